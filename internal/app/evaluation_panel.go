package app

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/store"
)

// AssignEvaluator asks one more person to judge: instead of one who left, or as the
// third who settles a dispute (8.2.5). What the others submitted is sealed again
// until they have submitted as well, for everybody.
func (a *App) AssignEvaluator(ctx context.Context, v atlas.Viewer, id, account string) error {
	return a.changeEvaluation(ctx, v, atlas.RightAssign, id, beforeApproval(), func(tx *store.Tx, e *atlas.Evaluation) error {
		p, err := tx.Project(ctx, e.Project)
		if err != nil {
			return err
		}
		if !e.Blind() {
			if err := a.saw(ctx, tx.Reader, account); err != nil {
				return err
			}
		}
		if err := a.assign(ctx, tx, e, p, account); err != nil {
			return err
		}
		e.Assignments[len(e.Assignments)-1].Third = e.State == atlas.EvaluationDisputed
		e.State, e.Statement, e.Settlements = atlas.EvaluationOpen, "", nil
		if err := a.seal(ctx, tx, v, e, false); err != nil {
			return err
		}
		return a.tellEvaluators(ctx, tx, e, letterAssigned, account)
	})
}

// saw refuses somebody who could have read what others submitted.
func (a *App) saw(ctx context.Context, r *store.Reader, account string) error {
	who, err := r.Account(ctx, account)
	if err != nil {
		return named("account", account, err)
	}
	for _, role := range []atlas.Role{atlas.RoleMethodologist, atlas.RoleAdmin} {
		if a.holds(who, role) {
			return refusal("account", "problem.evaluator_saw", "name", who.Name)
		}
	}
	return nil
}

// holds says whether an account has a role today.
func (a *App) holds(who *atlas.Account, role atlas.Role) bool {
	return slices.ContainsFunc(who.Grants, func(g atlas.Grant) bool { return g.Role == role && g.InForce(a.today()) })
}

// assign adds an evaluator, or says why they cannot judge this project.
func (a *App) assign(ctx context.Context, tx *store.Tx, e *atlas.Evaluation, p *atlas.Project, account string) error {
	if before, there := e.Assigned(account); there {
		key := "problem.evaluator_twice"
		if !before.Active() {
			key = "problem.evaluator_left"
		}
		return refusal("account", key, "account", account)
	}
	who, err := tx.Account(ctx, account)
	if errors.Is(err, atlas.ErrNotFound) {
		return refusal("account", "problem.not_evaluator", "name", account)
	}
	if err != nil {
		return err
	}
	them, err := a.belonging(ctx, tx.Reader, who)
	if err != nil {
		return err
	}
	if err := a.impartial(p, who, them[who.ID]); err != nil {
		return err
	}
	e.Assignments = append(e.Assignments, atlas.Assignment{Account: account, State: atlas.AssignmentAsked, Asked: a.now().UTC()})
	return nil
}

// impartial refuses whoever is no evaluator, may write the record of the project,
// or belongs to an organisation that carries it out or pays for it (8.2.5). them is
// what they write for.
func (a *App) impartial(p *atlas.Project, who *atlas.Account, them atlas.Viewer) error {
	if !a.evaluates(who) {
		return refusal("account", "problem.not_evaluator", "name", or(who.Name, who.ID))
	}
	return a.unbound(p, who, them)
}

// unbound refuses whoever belongs to an organisation of a project or may write its
// record.
func (a *App) unbound(p *atlas.Project, who *atlas.Account, them atlas.Viewer) error {
	name, theirs := or(who.Name, who.ID), partiesOf(p)
	for _, m := range them.Memberships {
		if kind, party := theirs[m.Actor]; party {
			return refusal("account", "problem.evaluator_"+kind, "name", name, "actor", a.ActorName(m.Actor, "cs"))
		}
	}
	if a.may(them, atlas.RightSelfCheck, p.Subject()) {
		return refusal("account", "problem.evaluator_editor", "name", name)
	}
	return nil
}

// evaluates says whether an account can sign in and has the role of evaluator today.
func (a *App) evaluates(who *atlas.Account) bool {
	return who.State == atlas.AccountActive && a.holds(who, atlas.RoleEvaluator)
}

// belonging are accounts with the organisations and territories that they write for
// today, by their codes.
func (a *App) belonging(ctx context.Context, r *store.Reader, all ...*atlas.Account) (map[string]atlas.Viewer, error) {
	ids := make([]string, len(all))
	for i, who := range all {
		ids[i] = who.ID
	}
	members, err1 := r.Memberships(ctx, ids...)
	mandates, err2 := r.MandatesOf(ctx, ids...)
	out := make(map[string]atlas.Viewer, len(all))
	for _, who := range all {
		v := atlas.Viewer{Account: who.ID, Name: who.ID}
		for _, g := range who.Grants {
			if g.Role == atlas.RoleTerritory && g.InForce(a.today()) {
				v.Grants = append(v.Grants, g)
			}
		}
		for _, m := range members {
			if m.Account == who.ID && m.State == atlas.MemberActive {
				v.Memberships = append(v.Memberships, m)
			}
		}
		for _, m := range mandates {
			if m.InForce(a.today()) && slices.ContainsFunc(v.Memberships, func(x atlas.Membership) bool { return x.Actor == m.Actor }) {
				v.Mandates = append(v.Mandates, m)
			}
		}
		out[who.ID] = v
	}
	return out, errors.Join(err1, err2)
}

// partiesOf are the organisations of a project: "funder" of those that pay for it,
// "party" of those that carry it out.
func partiesOf(p *atlas.Project) map[string]string {
	out := map[string]string{}
	for _, f := range p.Funding {
		if f.Funder != "" {
			out[f.Funder] = "funder"
		}
	}
	for _, q := range p.Parties {
		if q.Actor == "" {
			continue
		}
		out[q.Actor] = "party"
		if q.Role == atlas.RoleFunder {
			out[q.Actor] = "funder"
		}
	}
	return out
}

// RemoveEvaluator takes somebody out of the panel for a reason. What they wrote is
// kept and never counted.
func (a *App) RemoveEvaluator(ctx context.Context, v atlas.Viewer, id, account, reason string) error {
	if reason = strings.TrimSpace(reason); reason == "" {
		return refusal("reason", "problem.reason")
	}
	return a.changeEvaluation(ctx, v, atlas.RightAssign, id, beforeApproval(), func(tx *store.Tx, e *atlas.Evaluation) error {
		x, there := e.Assigned(account)
		if !there || !x.Active() {
			return refusal("account", "problem.evaluator_gone")
		}
		if err := a.leave(ctx, tx, v, e, x, atlas.AssignmentRemoved, reason); err != nil {
			return err
		}
		return a.tellEvaluators(ctx, tx, e, letterRemoved, account)
	})
}

// leave ends the part of an evaluator; where the others have all submitted, that
// was what they waited for.
func (a *App) leave(ctx context.Context, tx *store.Tx, v atlas.Viewer, e *atlas.Evaluation, x *atlas.Assignment, state atlas.AssignmentState, reason string) error {
	x.State, x.Reason, x.Done = state, reason, a.now().UTC()
	if s, err := sheetOf(ctx, tx.Reader, e.ID, x.Account, atlas.SheetEvaluator); err != nil {
		return err
	} else if s != nil && s.Open {
		s.Open = false
		if err := tx.PutSheet(ctx, s, a.write(v)); err != nil {
			return err
		}
	}
	e.Statement, e.Settlements = "", nil
	if e.Blind() {
		e.State = atlas.EvaluationOpen
		return nil
	}
	return a.gathered(ctx, tx, v, e)
}

// leavePanels ends the part of an evaluator whose account is erased in evaluations
// that still wait for their sheet, and tells methodologists. What they submitted
// counts.
func (a *App) leavePanels(ctx context.Context, tx *store.Tx, who *atlas.Account) error {
	all, err := tx.EvaluationsFor(ctx, who.ID)
	if err != nil {
		return err
	}
	v := atlas.Viewer{Account: who.ID, Name: who.ID}
	for _, e := range all {
		x, there := e.Assigned(who.ID)
		if !there || !x.Active() || x.State == atlas.AssignmentSubmitted || !slices.Contains(beforeApproval(), e.State) {
			continue
		}
		if err := a.leave(ctx, tx, v, e, x, atlas.AssignmentRemoved, ""); err != nil {
			return err
		}
		if err := tx.PutEvaluation(ctx, e, a.write(v)); err != nil {
			return err
		}
		if err := a.tellMethodologists(ctx, tx, e, letterErased); err != nil {
			return err
		}
	}
	return nil
}

// DeclareConflict is what an evaluator says before they see the sheet, and may say
// at any time later: whether anything could sway them. With a conflict their access
// ends at once; it is logged and methodologists are told. Without one the sheet
// begins.
func (a *App) DeclareConflict(ctx context.Context, v atlas.Viewer, id string, conflict bool, reason string) error {
	if reason = strings.TrimSpace(reason); conflict && reason == "" {
		return refusal("reason", "problem.reason")
	}
	return a.changeEvaluation(ctx, v, atlas.RightEvaluate, id, beforeApproval(), func(tx *store.Tx, e *atlas.Evaluation) error {
		x, there := e.Assigned(v.Account)
		if !there || !x.Active() {
			return atlas.ErrForbidden
		}
		now := a.now().UTC()
		if conflict {
			x.Declared = now
			if err := a.audit(ctx, tx, v, AuditEvaluationConflict, e.ID); err != nil {
				return err
			}
			if err := a.leave(ctx, tx, v, e, x, atlas.AssignmentConflict, reason); err != nil {
				return err
			}
			return a.tellMethodologists(ctx, tx, e, letterConflict)
		}
		if x.State != atlas.AssignmentAsked {
			return nil // said already
		}
		x.State, x.Declared = atlas.AssignmentWriting, now
		return tx.PutSheet(ctx, &atlas.Sheet{
			Meta: atlas.Meta{RecordStatus: atlas.RecordDraft, Sample: e.Sample}, Evaluation: e.ID, Project: e.Project, Rubric: e.Rubric, Mode: e.Mode,
			Account: v.Account, Role: atlas.SheetEvaluator, NoConflict: true, Declared: now,
		}, a.write(v))
	})
}

// PossibleEvaluator is somebody who could judge a project, or why they cannot.
type PossibleEvaluator struct {
	Account, Name string
	Problem       *atlas.Problem // nil = can
	Running       int            // evaluations they owe now
}

// PossibleEvaluators are all who have the role of evaluator today.
func (a *App) PossibleEvaluators(ctx context.Context, v atlas.Viewer, project string) ([]PossibleEvaluator, error) {
	if !v.May(atlas.RightAssign) {
		return nil, atlas.ErrForbidden
	}
	r := a.Reader()
	p, err := r.Project(ctx, project)
	if err != nil {
		return nil, err
	}
	all, err := a.evaluators(ctx, r)
	if err != nil {
		return nil, err
	}
	them, err := a.belonging(ctx, r, all...)
	if err != nil {
		return nil, err
	}
	theirs, err := r.EvaluationsFor(ctx, slices.Collect(maps.Keys(them))...)
	running := map[string]int{}
	for _, e := range theirs {
		if e.State == atlas.EvaluationOpen {
			for _, account := range owing(e) {
				running[account]++
			}
		}
	}
	var out []PossibleEvaluator
	for _, who := range all {
		x := PossibleEvaluator{Account: who.ID, Name: or(who.Name, who.ID), Running: running[who.ID]}
		var invalid *atlas.InvalidError
		if errors.As(a.impartial(p, who, them[who.ID]), &invalid) {
			x.Problem = &invalid.Problems[0]
		}
		out = append(out, x)
	}
	return out, err
}

// evaluators are all who have the role of evaluator today.
func (a *App) evaluators(ctx context.Context, r *store.Reader) ([]*atlas.Account, error) {
	all, err := r.AccountsWithRole(ctx, atlas.RoleEvaluator)
	return slices.DeleteFunc(all, func(who *atlas.Account) bool { return !a.evaluates(who) }), err
}
