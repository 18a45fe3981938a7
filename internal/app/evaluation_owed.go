package app

import (
	"cmp"
	"context"
	"slices"

	"atlas"
)

// Steps that an evaluation waits for.
const (
	StepDeclare = "declare" // an evaluator says whether they have a conflict of interest
	StepWrite   = "write"   // an evaluator submits
	StepAssign  = "assign"  // a methodologist finds another evaluator
	StepSettle  = "settle"  // evaluators agree, or a third one is called
	StepApprove = "approve" // somebody who did not judge approves
	StepPublish = "publish" // and publishes
	StepSelf    = "self"    // the implementer may evaluate themselves
	StepReply   = "reply"   // the implementer may reply
)

// Owed (co kdo dluží) is one thing that an evaluation waits for.
type Owed struct {
	Evaluation string
	Project    string // title, in the language of the viewer
	ProjectID  string
	Mode       atlas.Mode
	Step       string
	Who        string // name of the evaluator, for who manages; "" = the viewer or the methodologists
	Account    string
	Due        atlas.Date
	Late       bool
}

// Owed lists what running evaluations wait for, of whom, the most pressing first. It
// is for who manages them.
func (a *App) Owed(ctx context.Context, v atlas.Viewer) ([]Owed, error) {
	if !v.May(atlas.RightAssign) {
		return nil, atlas.ErrForbidden
	}
	return a.owed(ctx, v, func(e *atlas.Evaluation) []Owed {
		switch e.State {
		case atlas.EvaluationOpen:
			var out []Owed
			for _, x := range e.Assignments {
				if step := stepOf(x); step != "" {
					out = append(out, Owed{Step: step, Account: x.Account})
				}
			}
			if len(out) == 0 {
				return []Owed{{Step: StepAssign}}
			}
			return out
		case atlas.EvaluationDisputed:
			return []Owed{{Step: StepSettle}}
		case atlas.EvaluationSubmitted:
			return []Owed{{Step: StepApprove}}
		case atlas.EvaluationApproved:
			return []Owed{{Step: StepPublish}}
		}
		return nil
	})
}

func stepOf(x atlas.Assignment) string {
	switch x.State {
	case atlas.AssignmentAsked:
		return StepDeclare
	case atlas.AssignmentWriting:
		return StepWrite
	}
	return ""
}

// Waiting lists what waits for the viewer as an evaluator and for whoever writes for
// an implementer, the most pressing first.
func (a *App) Waiting(ctx context.Context, v atlas.Viewer) ([]Owed, error) {
	if !v.SignedIn() || !v.Has(atlas.RoleEvaluator) && !atlas.Could(v, atlas.RightSelfCheck) {
		return nil, nil
	}
	mine := func(e *atlas.Evaluation) []Owed {
		x, there := e.Assigned(v.Account)
		if !there || !x.Active() || !v.Has(atlas.RoleEvaluator) {
			return nil
		}
		step := ""
		switch e.State {
		case atlas.EvaluationOpen:
			step = stepOf(*x)
		case atlas.EvaluationDisputed:
			step = StepSettle
		}
		if step == "" {
			return nil
		}
		return []Owed{{Step: step}}
	}
	out, err := a.owed(ctx, v, mine)
	if err != nil || !atlas.Could(v, atlas.RightSelfCheck) {
		return out, err
	}
	theirs, err := a.ofMyProjects(ctx, v)
	return sortOwed(append(out, theirs...)), err
}

// ofMyProjects lists what the viewer may do for the implementers that they write
// for.
func (a *App) ofMyProjects(ctx context.Context, v atlas.Viewer) ([]Owed, error) {
	all, err := a.owed(ctx, v, func(e *atlas.Evaluation) []Owed {
		switch e.State {
		case atlas.EvaluationOpen, atlas.EvaluationSubmitted, atlas.EvaluationDisputed:
			return []Owed{{Step: StepSelf}}
		case atlas.EvaluationApproved:
			if e.Reply == "" {
				return []Owed{{Step: StepReply}}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	projects := map[string]bool{}
	var ids []string
	for _, o := range all {
		ids = append(ids, o.ProjectID)
	}
	found, err := a.Reader().Projects(ctx, distinct(ids))
	for _, p := range found {
		projects[p.ID] = a.may(v, atlas.RightSelfCheck, p.Subject())
	}
	return slices.DeleteFunc(all, func(o Owed) bool { return !projects[o.ProjectID] }), err
}

// owed asks each evaluation what it waits for and says the rest of it. One of a
// calibration round waits for sheets only: nothing of it is approved or published.
func (a *App) owed(ctx context.Context, v atlas.Viewer, of func(*atlas.Evaluation) []Owed) ([]Owed, error) {
	var out []Owed
	var all []*atlas.Evaluation
	var accounts []string
	calibrating := map[string]bool{}
	err := a.Reader().EachRound(ctx, func(r *atlas.Round) error {
		calibrating[r.ID] = r.Calibration
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = a.Reader().EachEvaluation(ctx, func(e *atlas.Evaluation) error {
		if calibrating[e.Round] && e.State != atlas.EvaluationOpen {
			return nil
		}
		for _, o := range of(e) {
			if calibrating[e.Round] && o.Step == StepSelf {
				continue
			}
			o.Evaluation, o.ProjectID, o.Mode, o.Due = e.ID, e.Project, e.Mode, e.Due
			o.Late = (o.Step == StepDeclare || o.Step == StepWrite || o.Step == StepAssign) && e.Due.Compare(a.today()) < 0
			out, all = append(out, o), append(all, e)
			accounts = append(accounts, o.Account)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	titles, err := a.titlesOf(ctx, a.Reader(), all, v.Lang)
	if err != nil {
		return nil, err
	}
	names, err := a.Reader().AccountNames(ctx, distinct(accounts))
	for i := range out {
		out[i].Project = titles[out[i].ProjectID]
		if out[i].Account != "" {
			out[i].Who = or(names[out[i].Account], out[i].Account)
		}
	}
	return sortOwed(out), err
}

func sortOwed(all []Owed) []Owed {
	slices.SortStableFunc(all, func(x, y Owed) int {
		return cmp.Or(x.Due.Compare(y.Due), cmp.Compare(x.Evaluation, y.Evaluation), cmp.Compare(x.Step, y.Step))
	})
	return all
}
