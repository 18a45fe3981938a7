package app

import (
	"context"
	"strings"

	"atlas"
	"atlas/internal/rubric"
	"atlas/internal/store"
)

// SettleEvaluation puts down what evaluators say together on what they differ in
// (8.2.5), as one of them or a methodologist writes it down. Every criterion in
// dispute needs words of its own. read is the statement that the writer saw: one that
// somebody else wrote meanwhile is not written over.
func (a *App) SettleEvaluation(ctx context.Context, v atlas.Viewer, id, read, statement string, each []atlas.Settlement) error {
	right := atlas.RightEvaluate
	if v.May(atlas.RightAssign) {
		right = atlas.RightAssign
	}
	states := []atlas.EvaluationState{atlas.EvaluationDisputed, atlas.EvaluationSubmitted}
	return a.changeEvaluation(ctx, v, right, id, states, func(tx *store.Tx, e *atlas.Evaluation) error {
		r, err := tx.Rubric(ctx, e.Rubric)
		if err != nil {
			return err
		}
		sheets, err := countedSheets(ctx, tx.Reader, e)
		if err != nil {
			return err
		}
		disputed := rubric.Disputes(r, e.Mode, sheets)
		if !disputed.Any() {
			return refusal("statement", "problem.no_dispute")
		}
		if !sameWriting(e.Statement, read, statement) {
			return refusal("statement", "problem.statement_changed")
		}
		var wrong []atlas.Problem
		demand := func(field, text string) {
			if n := len([]rune(strings.TrimSpace(text))); n < atlas.JustificationMin {
				wrong = append(wrong, atlas.Problem{Field: field, Key: "problem.settlement", Args: map[string]any{"n": n, "min": atlas.JustificationMin}})
			}
		}
		demand("statement", statement)
		said := map[string]string{}
		for _, x := range each {
			said[x.Criterion] = strings.TrimSpace(x.Text)
		}
		e.Settlements = nil
		for _, code := range disputed.Criteria {
			demand("settlements."+code, said[code])
			e.Settlements = append(e.Settlements, atlas.Settlement{Criterion: code, Text: said[code]})
		}
		if len(wrong) > 0 {
			return &atlas.InvalidError{Problems: wrong}
		}
		e.Statement, e.State = strings.TrimSpace(statement), atlas.EvaluationSubmitted
		return a.tellMethodologists(ctx, tx, e, letterSettled)
	})
}

// ApproveEvaluation freezes what the panel found, by the version of the rubric that
// it was made by. Nobody approves what they judged. version is the one that was
// read.
func (a *App) ApproveEvaluation(ctx context.Context, v atlas.Viewer, id string, version int64) error {
	states := []atlas.EvaluationState{atlas.EvaluationSubmitted}
	return a.changeEvaluation(ctx, v, atlas.RightApprove, id, states, func(tx *store.Tx, e *atlas.Evaluation) error {
		if err := readAt(e, version); err != nil {
			return err
		}
		if apart, err := calibrates(ctx, tx.Reader, e); err != nil {
			return err
		} else if apart {
			return refusal("round", "problem.calibration")
		}
		if err := a.stillUnbound(ctx, tx.Reader, e); err != nil {
			return err
		}
		found, err := a.panelOf(ctx, tx.Reader, e)
		if err != nil {
			return err
		}
		if found.Preliminary {
			return refusal("evaluators", "problem.preliminary", "n", found.Evaluators)
		}
		e.Result, e.State, e.ApprovedBy, e.Approved = found, atlas.EvaluationApproved, v.Name, a.today()
		return a.tellImplementers(ctx, tx, e, letterApproved)
	})
}

// stillUnbound refuses a panel of which somebody has come to belong to the project
// since they were asked: by a new job, or because it was merged with one of theirs.
func (a *App) stillUnbound(ctx context.Context, r *store.Reader, e *atlas.Evaluation) error {
	p, err := a.projectNow(ctx, r, e.Project)
	if err != nil {
		return err
	}
	judges, err := r.AccountsByID(ctx, active(e))
	if err != nil {
		return err
	}
	them, err := a.belonging(ctx, r, judges...)
	if err != nil {
		return err
	}
	for _, who := range judges {
		if err := a.unbound(p, who, them[who.ID]); err != nil {
			return err
		}
	}
	return nil
}

// readAt refuses to decide about another version than the one that was read.
func readAt(e *atlas.Evaluation, version int64) error {
	if e.Version == version {
		return nil
	}
	return &atlas.ConflictError{Kind: atlas.KindEvaluation, ID: e.ID, Read: version, Current: e.Version}
}

// panelOf computes what the panel found so far, with the marks (8.2.4–8.2.7).
func (a *App) panelOf(ctx context.Context, r *store.Reader, e *atlas.Evaluation) (atlas.Result, error) {
	by, err := r.Rubric(ctx, e.Rubric)
	if err != nil {
		return atlas.Result{}, err
	}
	sheets, err := countedSheets(ctx, r, e)
	if err != nil {
		return atlas.Result{}, err
	}
	p, err := a.projectNow(ctx, r, e.Project)
	if err != nil {
		return atlas.Result{}, err
	}
	found := rubric.Panel(by, e.Mode, sheets)
	months, known := rubric.MonthsRun(p, a.today())
	rubric.Mark(by, &found, months, known)
	return found, nil
}

// ReturnEvaluation takes an approval back before publication, for instance because
// the implementer showed a mistake.
func (a *App) ReturnEvaluation(ctx context.Context, v atlas.Viewer, id string) error {
	states := []atlas.EvaluationState{atlas.EvaluationApproved}
	return a.changeEvaluation(ctx, v, atlas.RightApprove, id, states, func(_ *store.Tx, e *atlas.Evaluation) error {
		e.Result, e.State, e.ApprovedBy, e.Approved = atlas.Result{}, atlas.EvaluationSubmitted, "", atlas.Date{}
		return nil
	})
}

// PublishEvaluation lets everybody read what was approved; the project is found by
// it from then on (R3-15).
func (a *App) PublishEvaluation(ctx context.Context, v atlas.Viewer, id string, version int64) error {
	states := []atlas.EvaluationState{atlas.EvaluationApproved}
	return a.changeEvaluation(ctx, v, atlas.RightApprove, id, states, func(tx *store.Tx, e *atlas.Evaluation) error {
		if err := readAt(e, version); err != nil {
			return err
		}
		if p, err := a.projectNow(ctx, tx.Reader, e.Project); err != nil {
			return err
		} else if !p.Public() { // whose title nobody may read any more
			return refusal("project", "problem.project_unpublished", "id", p.ID)
		}
		e.State, e.RecordStatus = atlas.EvaluationPublished, atlas.RecordPublished
		return a.tellImplementers(ctx, tx, e, letterPublished)
	})
}

// sameWriting says whether a text still stands as its writer read it, or says already
// what they write: the second half of a double click.
func sameWriting(stands, read, written string) bool {
	plain := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	return plain(stands) == plain(read) || plain(stands) == plain(written)
}

// longestReply bounds the reply of an implementer, in characters.
const longestReply = 10_000

// ReplyToEvaluation is the right of reply of the implementer: from the approval on
// they may say what they think of the result, and it stands beside it. read is the
// reply that the writer saw: one that a colleague wrote meanwhile is not written over.
func (a *App) ReplyToEvaluation(ctx context.Context, v atlas.Viewer, id, read, text string) error {
	text = strings.TrimSpace(text)
	if n := len([]rune(text)); n > longestReply {
		return refusal("reply", "problem.reply_long", "n", n, "max", longestReply)
	}
	return a.update(ctx, func(tx *store.Tx) error {
		e, err := a.ofImplementer(ctx, tx.Reader, v, id)
		if err != nil {
			return err
		}
		if e.State != atlas.EvaluationApproved && e.State != atlas.EvaluationPublished {
			return refusal("state", "problem.evaluation_is."+string(e.State))
		}
		if !sameWriting(e.Reply, read, text) {
			return refusal("reply", "problem.reply_changed")
		}
		e.Reply, e.RepliedBy = text, v.Name
		return tx.PutEvaluation(ctx, e, a.write(v))
	})
}

// ofImplementer reads an evaluation for whoever writes for the implementer of its
// project.
func (a *App) ofImplementer(ctx context.Context, r *store.Reader, v atlas.Viewer, id string) (*atlas.Evaluation, error) {
	e, err := r.Evaluation(ctx, id)
	if err != nil {
		return nil, err
	}
	p, err := a.projectNow(ctx, r, e.Project)
	switch {
	case err != nil:
		return nil, err
	case a.may(v, atlas.RightSelfCheck, p.Subject()):
		return e, nil
	case a.may(v, atlas.RightRead, e.Subject()):
		return nil, atlas.ErrForbidden
	}
	return nil, atlas.ErrNotFound
}
