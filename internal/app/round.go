package app

import (
	"context"
	"errors"
	"slices"

	"atlas"
	"atlas/internal/rubric"
	"atlas/internal/store"
)

// SaveRound writes a round of evaluations, new or changed; form is what was typed
// into, "" of none. Once evaluations have begun in it, its mode, its rubric and
// whether it calibrates stay.
func (a *App) SaveRound(ctx context.Context, v atlas.Viewer, form string, x *atlas.Round) error {
	if !v.May(atlas.RightAssign) {
		return atlas.ErrForbidden
	}
	return a.update(ctx, func(tx *store.Tx) error {
		if err := a.stillMay(ctx, tx, v, atlas.RightAssign, atlas.Subject{}); err != nil {
			return err
		}
		if wrong := x.Problems(); len(wrong) > 0 {
			return &atlas.InvalidError{Problems: wrong}
		}
		if err := a.keepRound(ctx, tx, x); err != nil {
			return err
		}
		if err := tx.PutRound(ctx, x, a.write(v)); err != nil {
			return err
		}
		if form == "" || !v.SignedIn() {
			return nil
		}
		return tx.DropDraft(ctx, v.Account, form)
	})
}

// keepRound takes from the stored round what is not a person's to say and refuses
// what would change evaluations that have begun.
func (a *App) keepRound(ctx context.Context, tx *store.Tx, x *atlas.Round) error {
	if x.ID == "" {
		x.Meta = atlas.Meta{RecordStatus: atlas.RecordDraft, Sample: x.Sample}
		return a.roundBegins(ctx, tx, x)
	}
	stored, err := tx.Round(ctx, x.ID)
	if err != nil {
		return err
	}
	read := x.Version
	x.Meta = stored.Meta
	x.Version = read
	begun, err := tx.EvaluationsOfRound(ctx, x.ID)
	if err != nil {
		return err
	}
	if len(begun) == 0 {
		return a.roundBegins(ctx, tx, x)
	}
	for field, changed := range map[string]bool{
		"mode": x.Mode != stored.Mode, "rubric": x.Rubric != stored.Rubric, "calibration": x.Calibration != stored.Calibration,
	} {
		if changed {
			return refusal(field, "problem.round_begun")
		}
	}
	if x.Due != stored.Due {
		return a.dueAhead(x.Due)
	}
	return nil
}

func (a *App) roundBegins(ctx context.Context, tx *store.Tx, x *atlas.Round) error {
	if _, err := usableRubric(ctx, tx.Reader, x.Rubric, x.Mode); err != nil {
		return err
	}
	return a.dueAhead(x.Due)
}

// AssignRound gives projects to the same evaluators in a round, all of them or none:
// each project gets its own evaluation. One that the round has already is refused.
func (a *App) AssignRound(ctx context.Context, v atlas.Viewer, id string, projects, evaluators []string) (ids []string, err error) {
	if !v.May(atlas.RightAssign) {
		return nil, atlas.ErrForbidden
	}
	if len(projects) == 0 {
		return nil, refusal("projects", "problem.round_projects")
	}
	var all []NewEvaluation
	for _, project := range distinct(projects) {
		all = append(all, NewEvaluation{Project: project, Round: id, Evaluators: evaluators})
	}
	ids, err = a.StartEvaluations(ctx, v, all)
	var invalid *atlas.InvalidError
	if errors.As(err, &invalid) {
		for i := range invalid.Problems {
			if invalid.Problems[i].Field == "project" {
				invalid.Problems[i].Field = "projects"
			}
		}
	}
	return ids, err
}

// Evaluators are all who have the role of evaluator today, by name.
func (a *App) Evaluators(ctx context.Context, v atlas.Viewer) ([]PossibleEvaluator, error) {
	if !v.May(atlas.RightAssign) {
		return nil, atlas.ErrForbidden
	}
	all, err := a.Reader().AccountsWithRole(ctx, atlas.RoleEvaluator)
	var out []PossibleEvaluator
	for _, who := range all {
		if who.State == atlas.AccountActive && a.holds(who, atlas.RoleEvaluator) {
			out = append(out, PossibleEvaluator{Account: who.ID, Name: or(who.Name, who.ID)})
		}
	}
	return out, err
}

// RoundLine is a round in a list.
type RoundLine struct {
	Round      *atlas.Round
	Projects   int
	Owed, Asks int // sheets that are not in yet, of how many
}

// Rounds are the rounds that a viewer may know of, the newest first: all of them who
// assigns, those that they judge in an evaluator.
func (a *App) Rounds(ctx context.Context, v atlas.Viewer) ([]RoundLine, error) {
	var out []RoundLine
	err := a.Reader().View(ctx, func(r *store.Reader) error {
		var all []*atlas.Round
		if err := r.EachRound(ctx, func(x *atlas.Round) error { all = append(all, x); return nil }); err != nil {
			return err
		}
		slices.Reverse(all)
		for _, x := range all {
			evaluations, err := standingEvaluations(r.EvaluationsOfRound(ctx, x.ID))
			if err != nil {
				return err
			}
			if !managesRounds(v) && !judgesIn(v, evaluations) {
				continue
			}
			line := RoundLine{Round: x, Projects: len(evaluations)}
			for _, e := range evaluations {
				for _, s := range e.Assignments {
					if s.Active() {
						line.Asks++
						if s.State != atlas.AssignmentSubmitted {
							line.Owed++
						}
					}
				}
			}
			out = append(out, line)
		}
		return nil
	})
	return out, err
}

func managesRounds(v atlas.Viewer) bool {
	return v.May(atlas.RightAssign) || v.May(atlas.RightUsers)
}

func judgesIn(v atlas.Viewer, all []*atlas.Evaluation) bool {
	return v.SignedIn() && slices.ContainsFunc(all, func(e *atlas.Evaluation) bool {
		x, there := e.Assigned(v.Account)
		return there && x.Active()
	})
}

// standingEvaluations leaves out evaluations that were given up.
func standingEvaluations(all []*atlas.Evaluation, err error) ([]*atlas.Evaluation, error) {
	return slices.DeleteFunc(all, func(e *atlas.Evaluation) bool { return e.State == atlas.EvaluationCancelled }), err
}

// RoundView is what one viewer may read of a round. While anybody in it is still to
// submit it says who owes what and nothing of what anybody gave.
type RoundView struct {
	Round       *atlas.Round
	Rubric      *atlas.Rubric
	Evaluations []*atlas.Evaluation // with who judges for who manages only
	Titles      map[string]string   // of projects, by their codes
	Names       map[string]string   // of evaluators, for who manages only
	Manages     bool

	Ready    bool // all of the round have submitted; what follows is empty otherwise
	Criteria []rubric.Agreed
	All      rubric.Agreed
	Discuss  []rubric.Agreed
	Drifts   []rubric.Drift // of all for who manages, else one's own
	judged   []rubric.Judged
}

// Round reads a round for a viewer. Whoever has no part in it learns no more than of
// one that there is not.
func (a *App) Round(ctx context.Context, v atlas.Viewer, id string) (*RoundView, error) {
	var out *RoundView
	err := a.Reader().View(ctx, func(r *store.Reader) (err error) {
		out, err = a.roundFor(ctx, r, v, id)
		return err
	})
	return out, err
}

func (a *App) roundFor(ctx context.Context, r *store.Reader, v atlas.Viewer, id string) (*RoundView, error) {
	x, err := r.Round(ctx, id)
	if err != nil {
		return nil, err
	}
	out := &RoundView{Round: x, Manages: managesRounds(v)}
	if out.Evaluations, err = standingEvaluations(r.EvaluationsOfRound(ctx, id)); err != nil {
		return nil, err
	}
	if !out.Manages && !judgesIn(v, out.Evaluations) {
		return nil, atlas.ErrNotFound
	}
	if out.Rubric, err = r.Rubric(ctx, x.Rubric); err != nil {
		return nil, err
	}
	if out.Titles, err = a.titlesOf(ctx, r, out.Evaluations, v.Lang); err != nil {
		return nil, err
	}
	if err := a.agree(ctx, r, v, out); err != nil {
		return nil, err
	}
	if !out.Manages {
		for _, e := range out.Evaluations {
			hidePanel(e, v.Account)
			e.Statement, e.Settlements, e.Reply, e.Result = "", nil, "", atlas.Result{} // of others as well
		}
		return out, nil
	}
	var accounts []string
	for _, e := range out.Evaluations {
		for _, s := range e.Assignments {
			accounts = append(accounts, s.Account)
		}
	}
	out.Names, err = r.AccountNames(ctx, distinct(accounts))
	return out, err
}

// agree adds the agreement of the round once all of it have submitted.
func (a *App) agree(ctx context.Context, r *store.Reader, v atlas.Viewer, out *RoundView) error {
	for _, e := range out.Evaluations {
		if e.Blind() {
			return nil
		}
	}
	for _, e := range out.Evaluations {
		sheets, err := a.OpenSheets(ctx, r, e)
		if err != nil {
			return err
		}
		out.judged = append(out.judged, rubric.Judged{Evaluation: e.ID, Project: e.Project, Sheets: sheets})
	}
	if out.Ready = len(out.judged) > 0; !out.Ready {
		return nil
	}
	out.Criteria, out.All = rubric.AgreementOf(out.Rubric, out.Round.Mode, out.judged)
	out.Discuss = rubric.Discuss(out.Criteria)
	out.Drifts = slices.DeleteFunc(rubric.Drifts(out.Rubric, out.Round.Mode, out.judged), func(d rubric.Drift) bool {
		return !out.Manages && d.Account != v.Account
	})
	return nil
}

// Report sets what one evaluator gave beside the medians, see rubric.Beside: anybody's
// for who manages, else one's own. Nothing before all of the round have submitted.
func (x *RoundView) Report(v atlas.Viewer, account string) (lines [][]rubric.Cell, judged []rubric.Judged) {
	if !x.Ready || account == "" || !x.Manages && account != v.Account {
		return nil, nil
	}
	return rubric.Beside(x.Rubric, x.Round.Mode, x.judged, account)
}
