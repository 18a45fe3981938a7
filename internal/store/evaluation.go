package store

import (
	"context"
	"time"

	"atlas"
)

// newEvaluations says where each field of an evaluation (6.13) is kept.
func newEvaluations() *records[atlas.Evaluation] {
	type x = atlas.Evaluation
	type s = atlas.Assignment
	t := newTable("evaluation",
		text("id", func(r *x) *string { return &r.ID }),
		within(func(r *x) *atlas.Meta { return &r.Meta }, metaColumns()),
		text("project_id", func(r *x) *string { return &r.Project }),
		text("mode", func(r *x) *atlas.Mode { return &r.Mode }),
		text("rubric_id", func(r *x) *string { return &r.Rubric }),
		text("round_id", func(r *x) *string { return &r.Round }),
		text("state", func(r *x) *atlas.EvaluationState { return &r.State }),
		date("due", func(r *x) *atlas.Date { return &r.Due }),
		text("statement", func(r *x) *string { return &r.Statement }),
		asJSON("settlements", func(r *x) *[]atlas.Settlement { return &r.Settlements }),
		text("reply", func(r *x) *string { return &r.Reply }),
		text("replied_by", func(r *x) *string { return &r.RepliedBy }),
		asJSON("result", func(r *x) *atlas.Result { return &r.Result }),
		text("approved_by", func(r *x) *string { return &r.ApprovedBy }),
		date("approved", func(r *x) *atlas.Date { return &r.Approved }),
		text("cancelled", func(r *x) *string { return &r.Cancelled }),
	)
	return newRecords(atlas.KindEvaluation, "E", func(r *x) *string { return &r.ID }, func(r *x) *atlas.Meta { return &r.Meta }, t,
		newList("evaluation_assignment", "evaluation_id", func(r *x) *[]s { return &r.Assignments },
			text("evaluator", func(r *s) *string { return &r.Account }),
			text("state", func(r *s) *atlas.AssignmentState { return &r.State }),
			yesNo("third", func(r *s) *bool { return &r.Third }),
			moment("asked", func(r *s) *time.Time { return &r.Asked }),
			moment("declared", func(r *s) *time.Time { return &r.Declared }),
			moment("done", func(r *s) *time.Time { return &r.Done }),
			text("reason", func(r *s) *string { return &r.Reason }),
			moment("reminded", func(r *s) *time.Time { return &r.Reminded })),
	)
}

// Evaluation reads an evaluation, with errors as Project has.
func (r *Reader) Evaluation(ctx context.Context, id string) (*atlas.Evaluation, error) {
	return r.schema.evaluations.one(ctx, r, id)
}

// Evaluations reads evaluations in the order of ids, leaving out those not there.
func (r *Reader) Evaluations(ctx context.Context, ids []string) ([]*atlas.Evaluation, error) {
	return r.schema.evaluations.many(ctx, r, ids)
}

// EachEvaluation streams all evaluations in the order of their ids.
func (r *Reader) EachEvaluation(ctx context.Context, fn func(*atlas.Evaluation) error) error {
	return r.schema.evaluations.each(ctx, r, fn)
}

// EvaluationsOf reads the evaluations of a project, whatever their state.
func (r *Reader) EvaluationsOf(ctx context.Context, project string) ([]*atlas.Evaluation, error) {
	return r.schema.evaluations.where(ctx, r, "SELECT id FROM evaluation WHERE project_id = $1 ORDER BY id", project)
}

// EvaluationsOfRound reads the evaluations of rounds.
func (r *Reader) EvaluationsOfRound(ctx context.Context, rounds ...string) ([]*atlas.Evaluation, error) {
	s := r.q.oneOf(rounds)
	return r.schema.evaluations.where(ctx, r, "SELECT id FROM evaluation WHERE "+s.where("round_id")+" ORDER BY id", s.args...)
}

// EvaluationsFor reads the evaluations that one of some accounts was ever assigned to.
func (r *Reader) EvaluationsFor(ctx context.Context, accounts ...string) ([]*atlas.Evaluation, error) {
	s := r.q.oneOf(accounts)
	return r.schema.evaluations.where(ctx, r, "SELECT DISTINCT evaluation_id FROM evaluation_assignment WHERE "+s.where("evaluator")+" ORDER BY evaluation_id", s.args...)
}

// PutEvaluation creates or changes an evaluation, as PutProject does a project.
func (tx *Tx) PutEvaluation(ctx context.Context, x *atlas.Evaluation, w Write) error {
	return tx.schema.evaluations.put(ctx, tx, x, w)
}

// newRounds says where each field of a round of evaluations is kept.
func newRounds() *records[atlas.Round] {
	type x = atlas.Round
	t := newTable("evaluation_round",
		text("id", func(r *x) *string { return &r.ID }),
		within(func(r *x) *atlas.Meta { return &r.Meta }, metaColumns()),
		text("title", func(r *x) *string { return &r.Title }),
		text("mode", func(r *x) *atlas.Mode { return &r.Mode }),
		text("rubric_id", func(r *x) *string { return &r.Rubric }),
		date("due", func(r *x) *atlas.Date { return &r.Due }),
		yesNo("calibration", func(r *x) *bool { return &r.Calibration }),
		text("note", func(r *x) *string { return &r.Note }),
	)
	return newRecords(atlas.KindRound, "G", func(r *x) *string { return &r.ID }, func(r *x) *atlas.Meta { return &r.Meta }, t)
}

// Round reads a round, with errors as Project has.
func (r *Reader) Round(ctx context.Context, id string) (*atlas.Round, error) {
	return r.schema.rounds.one(ctx, r, id)
}

// Rounds reads rounds in the order of ids, leaving out those not there.
func (r *Reader) Rounds(ctx context.Context, ids []string) ([]*atlas.Round, error) {
	return r.schema.rounds.many(ctx, r, ids)
}

// EachRound streams all rounds in the order of their ids.
func (r *Reader) EachRound(ctx context.Context, fn func(*atlas.Round) error) error {
	return r.schema.rounds.each(ctx, r, fn)
}

// PutRound creates or changes a round, as PutProject does a project.
func (tx *Tx) PutRound(ctx context.Context, x *atlas.Round, w Write) error {
	return tx.schema.rounds.put(ctx, tx, x, w)
}
