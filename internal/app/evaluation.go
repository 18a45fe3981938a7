package app

import (
	"context"
	"errors"
	"slices"

	"atlas"
	"atlas/internal/store"
)

// AuditEvaluationConflict is the action of the entry of the log that says that an
// evaluator declared a conflict of interest.
const AuditEvaluationConflict = "evaluation_conflict"

// NewEvaluation is what a methodologist says of an evaluation that begins.
type NewEvaluation struct {
	Project    string
	Mode       atlas.Mode
	Rubric     string     // code of a published version
	Round      string     // "" = by itself; else its mode, rubric and, where Due is not known, its day hold
	Due        atlas.Date // last day for sheets
	Evaluators []string   // accounts
}

// StartEvaluation assigns evaluators to a published project (7.2) and asks them by
// letter. It gives the code of the evaluation.
func (a *App) StartEvaluation(ctx context.Context, v atlas.Viewer, n NewEvaluation) (string, error) {
	ids, err := a.StartEvaluations(ctx, v, []NewEvaluation{n})
	if err != nil {
		return "", err
	}
	return ids[0], nil
}

// StartEvaluations is StartEvaluation of several, all or none of them.
func (a *App) StartEvaluations(ctx context.Context, v atlas.Viewer, all []NewEvaluation) (ids []string, err error) {
	if !v.May(atlas.RightAssign) {
		return nil, atlas.ErrForbidden
	}
	err = a.update(ctx, func(tx *store.Tx) error {
		ids = nil
		for _, n := range all {
			e, err := a.startEvaluation(ctx, tx, v, n)
			if err != nil {
				return err
			}
			ids = append(ids, e.ID)
		}
		return nil
	})
	return ids, err
}

func (a *App) startEvaluation(ctx context.Context, tx *store.Tx, v atlas.Viewer, n NewEvaluation) (*atlas.Evaluation, error) {
	e := &atlas.Evaluation{Project: n.Project, Mode: n.Mode, Rubric: n.Rubric, Round: n.Round, Due: n.Due, State: atlas.EvaluationOpen}
	calibration := false
	if n.Round != "" {
		round, err := tx.Round(ctx, n.Round)
		if err != nil {
			return nil, named("round", n.Round, err)
		}
		e.Mode, e.Rubric, calibration = round.Mode, round.Rubric, round.Calibration
		if !e.Due.Known() {
			e.Due = round.Due
		}
	}
	r, err := usableRubric(ctx, tx.Reader, e.Rubric, e.Mode)
	if err != nil {
		return nil, err
	}
	if err := onceInRound(ctx, tx.Reader, n.Round, n.Project); err != nil {
		return nil, err
	}
	p, err := a.judgeable(ctx, tx.Reader, e, calibration)
	if err != nil {
		return nil, err
	}
	e.Project, e.Sample, e.RecordStatus = p.ID, p.Sample, atlas.RecordDraft
	if err := a.dueAhead(e.Due); err != nil {
		return nil, err
	}
	accounts := distinct(n.Evaluators)
	if len(accounts) < r.Evaluators {
		return nil, refusal("evaluators", "problem.evaluators_few", "n", len(accounts), "min", r.Evaluators)
	}
	for _, account := range accounts {
		if err := a.assign(ctx, tx, e, p, account); err != nil {
			return nil, err
		}
	}
	if err := tx.PutEvaluation(ctx, e, a.write(v)); err != nil {
		return nil, err
	}
	return e, a.tellEvaluators(ctx, tx, e, letterAssigned, accounts...)
}

// onceInRound refuses a project that its round has already: asked in the transaction,
// so that two who assign at once do not both.
func onceInRound(ctx context.Context, r *store.Reader, round, project string) error {
	if round == "" {
		return nil
	}
	there, err := standingEvaluations(r.EvaluationsOfRound(ctx, round))
	if slices.ContainsFunc(there, func(e *atlas.Evaluation) bool { return e.Project == project }) {
		return refusal("project", "problem.round_has", "id", project)
	}
	return err
}

// named makes a problem of the field of what is named there and is not there.
func named(field, value string, err error) error {
	var moved *atlas.RedirectError
	if errors.Is(err, atlas.ErrNotFound) || errors.As(err, &moved) {
		return refusal(field, "problem.reference", "value", value)
	}
	return err
}

// usableRubric reads a version by which an evaluation may begin: one that is
// published. By one that was withdrawn those that run go on and none begins.
func usableRubric(ctx context.Context, r *store.Reader, id string, mode atlas.Mode) (*atlas.Rubric, error) {
	found, err := r.Rubric(ctx, id)
	if err != nil {
		return nil, named("rubric", id, err)
	}
	switch {
	case found.RecordStatus == atlas.RecordArchived:
		return nil, refusal("rubric", "problem.rubric_withdrawn", "id", id)
	case !found.Public():
		return nil, refusal("rubric", "problem.rubric_unpublished", "id", id)
	case !mode.Known() || len(found.Asked(mode)) == 0:
		return nil, refusal("mode", "problem.mode")
	}
	return found, nil
}

// judgeable reads the project of an evaluation that is to begin: a published one
// that its round has not yet and no other panel judges in the same mode. In a
// calibration round anybody may judge what others judge.
func (a *App) judgeable(ctx context.Context, r *store.Reader, e *atlas.Evaluation, calibration bool) (*atlas.Project, error) {
	p, err := r.Project(ctx, e.Project)
	if err != nil {
		return nil, named("project", e.Project, err)
	}
	if !p.Public() {
		return nil, refusal("project", "problem.project_unpublished", "id", p.ID)
	}
	others, err := r.EvaluationsOf(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	for _, o := range others {
		if e.Round != "" && o.Round == e.Round && o.State != atlas.EvaluationCancelled {
			return nil, refusal("project", "problem.round_has", "id", p.ID)
		}
		if calibration || o.Mode != e.Mode || !goesOn(o) {
			continue
		}
		if apart, err := calibrates(ctx, r, o); err != nil {
			return nil, err
		} else if !apart {
			return nil, refusal("project", "problem.evaluation_runs", "id", o.ID, "project", p.ID)
		}
	}
	return p, nil
}

// goesOn says whether an evaluation still goes on.
func goesOn(e *atlas.Evaluation) bool {
	return e.State != atlas.EvaluationPublished && e.State != atlas.EvaluationCancelled
}

// calibrates says whether an evaluation is of a calibration round, of which nothing
// is ever published.
func calibrates(ctx context.Context, r *store.Reader, e *atlas.Evaluation) (bool, error) {
	if e.Round == "" {
		return false, nil
	}
	round, err := r.Round(ctx, e.Round)
	if err != nil {
		return false, err
	}
	return round.Calibration, nil
}

// longestDue is how many years ahead the last day may be; a later one is a slip of the
// pen.
const longestDue = 5

// dueAhead refuses a day that is not known, is over or is further than anybody plans.
func (a *App) dueAhead(due atlas.Date) error {
	switch {
	case !due.Known() || due.Day == 0:
		return refusal("due", "problem.due")
	case due.Compare(a.today()) < 0:
		return refusal("due", "problem.due_past", "day", due)
	case due.Year > a.year()+longestDue:
		return refusal("due", "problem.due_far", "day", due, "years", longestDue)
	}
	return nil
}

// changeEvaluation changes an evaluation in one of some states by whoever has a
// right to it. Who may not even read it learns nothing of it.
func (a *App) changeEvaluation(ctx context.Context, v atlas.Viewer, right atlas.Right, id string, states []atlas.EvaluationState, fn func(*store.Tx, *atlas.Evaluation) error) error {
	return a.update(ctx, func(tx *store.Tx) error {
		e, err := tx.Evaluation(ctx, id)
		if err != nil {
			return err
		}
		if !a.may(v, right, e.Subject()) {
			if a.may(v, atlas.RightRead, e.Subject()) {
				return atlas.ErrForbidden
			}
			return atlas.ErrNotFound
		}
		if !slices.Contains(states, e.State) {
			return refusal("state", "problem.evaluation_is."+string(e.State))
		}
		if err := fn(tx, e); err != nil {
			return err
		}
		return tx.PutEvaluation(ctx, e, a.write(v))
	})
}

// States in which some things can be done.
func beforeApproval() []atlas.EvaluationState {
	return []atlas.EvaluationState{atlas.EvaluationOpen, atlas.EvaluationSubmitted, atlas.EvaluationDisputed}
}

func afterApproval() []atlas.EvaluationState {
	return []atlas.EvaluationState{atlas.EvaluationApproved, atlas.EvaluationPublished}
}

// ExtendEvaluation gives evaluators another last day and tells those who have not
// submitted.
func (a *App) ExtendEvaluation(ctx context.Context, v atlas.Viewer, id string, due atlas.Date) error {
	if err := a.dueAhead(due); err != nil {
		return err
	}
	open := []atlas.EvaluationState{atlas.EvaluationOpen}
	return a.changeEvaluation(ctx, v, atlas.RightAssign, id, open, func(tx *store.Tx, e *atlas.Evaluation) error {
		e.Due = due
		return a.tellEvaluators(ctx, tx, e, letterExtended, owing(e)...)
	})
}

// CancelEvaluation gives an evaluation up for a reason. What was written stays with
// who wrote it and is never counted.
func (a *App) CancelEvaluation(ctx context.Context, v atlas.Viewer, id, reason string) error {
	if reason == "" {
		return refusal("reason", "problem.reason")
	}
	states := append(beforeApproval(), atlas.EvaluationApproved)
	return a.changeEvaluation(ctx, v, atlas.RightAssign, id, states, func(tx *store.Tx, e *atlas.Evaluation) error {
		e.State, e.Cancelled = atlas.EvaluationCancelled, reason
		return a.tellEvaluators(ctx, tx, e, letterCancelled, active(e)...)
	})
}

// active are the accounts that judge or have judged.
func active(e *atlas.Evaluation) (accounts []string) {
	for _, x := range e.Assignments {
		if x.Active() {
			accounts = append(accounts, x.Account)
		}
	}
	return accounts
}

// owing are the accounts that are still to submit.
func owing(e *atlas.Evaluation) (accounts []string) {
	for _, x := range e.Assignments {
		if x.Active() && x.State != atlas.AssignmentSubmitted {
			accounts = append(accounts, x.Account)
		}
	}
	return accounts
}
