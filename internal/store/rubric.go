package store

import (
	"context"

	"atlas"
)

// newRubrics says where each field of a version of a rubric (8.2) is kept. What is
// read only as a whole stands as JSON.
func newRubrics() *records[atlas.Rubric] {
	type x = atlas.Rubric
	t := newTable("rubric",
		text("id", func(r *x) *string { return &r.ID }),
		within(func(r *x) *atlas.Meta { return &r.Meta }, metaColumns()),
		text("family", func(r *x) *string { return &r.Family }),
		number("number", func(r *x) *int { return &r.Number }),
		text("owner", func(r *x) *string { return &r.Owner }),
		asJSON("title", func(r *x) *atlas.Words { return &r.Title }),
		asJSON("note", func(r *x) *atlas.Words { return &r.Note }),
		asJSON("scale", func(r *x) *[]atlas.Step { return &r.Scale }),
		asJSON("criteria", func(r *x) *[]atlas.Criterion { return &r.Criteria }),
		asJSON("gates", func(r *x) *[]atlas.Gate { return &r.Gates }),
		asJSON("bands", func(r *x) *[]atlas.Band { return &r.Bands }),
		counted("floor", func(r *x) *int { return &r.Floor }),
		counted("evaluators", func(r *x) *int { return &r.Evaluators }),
		counted("criterion_gap", func(r *x) *int { return &r.CriterionGap }),
		counted("total_gap", func(r *x) *int { return &r.TotalGap }),
		asJSON("mark", func(r *x) *atlas.MarkRule { return &r.Mark }),
	)
	return newRecords(atlas.KindRubric, "R", func(r *x) *string { return &r.ID }, func(r *x) *atlas.Meta { return &r.Meta }, t)
}

// Rubric reads a version of a rubric, with errors as Project has.
func (r *Reader) Rubric(ctx context.Context, id string) (*atlas.Rubric, error) {
	return r.schema.rubrics.one(ctx, r, id)
}

// Rubrics reads versions in the order of ids, leaving out those not there.
func (r *Reader) Rubrics(ctx context.Context, ids []string) ([]*atlas.Rubric, error) {
	return r.schema.rubrics.many(ctx, r, ids)
}

// EachRubric streams all versions of all rubrics in the order of their ids.
func (r *Reader) EachRubric(ctx context.Context, fn func(*atlas.Rubric) error) error {
	return r.schema.rubrics.each(ctx, r, fn)
}

// PutRubric creates or changes a version, as PutProject does a project.
func (tx *Tx) PutRubric(ctx context.Context, x *atlas.Rubric, w Write) error {
	return tx.schema.rubrics.put(ctx, tx, x, w)
}
