package store

import (
	"context"
	"time"

	"atlas"
)

// newSheets says where each field of a sheet (6.13) is kept. Who may read one is
// said by its Subject, never here.
func newSheets() *records[atlas.Sheet] {
	type x = atlas.Sheet
	t := newTable("sheet",
		text("id", func(r *x) *string { return &r.ID }),
		within(func(r *x) *atlas.Meta { return &r.Meta }, metaColumns()),
		text("evaluation_id", func(r *x) *string { return &r.Evaluation }),
		text("project_id", func(r *x) *string { return &r.Project }),
		text("title", func(r *x) *string { return &r.Title }),
		text("rubric_id", func(r *x) *string { return &r.Rubric }),
		text("mode", func(r *x) *atlas.Mode { return &r.Mode }),
		text("written_by", func(r *x) *string { return &r.Account }),
		text("part", func(r *x) *atlas.SheetRole { return &r.Role }),
		yesNo("no_conflict", func(r *x) *bool { return &r.NoConflict }),
		moment("declared", func(r *x) *time.Time { return &r.Declared }),
		asJSON("scores", func(r *x) *[]atlas.Score { return &r.Scores }),
		asJSON("gates", func(r *x) *[]atlas.GateAnswer { return &r.Gates }),
		text("strengths", func(r *x) *string { return &r.Strengths }),
		text("weaknesses", func(r *x) *string { return &r.Weaknesses }),
		text("advice", func(r *x) *string { return &r.Advice }),
		asJSON("opinions", func(r *x) *[]atlas.Opinion { return &r.Opinions }),
		moment("submitted", func(r *x) *time.Time { return &r.Submitted }),
		yesNo("is_open", func(r *x) *bool { return &r.Open }),
	)
	return newRecords(atlas.KindSheet, "L", func(r *x) *string { return &r.ID }, func(r *x) *atlas.Meta { return &r.Meta }, t)
}

// Sheet reads a sheet, with errors as Project has.
func (r *Reader) Sheet(ctx context.Context, id string) (*atlas.Sheet, error) {
	return r.schema.sheets.one(ctx, r, id)
}

// Sheets reads sheets in the order of ids, leaving out those not there.
func (r *Reader) Sheets(ctx context.Context, ids []string) ([]*atlas.Sheet, error) {
	return r.schema.sheets.many(ctx, r, ids)
}

// EachSheet streams all sheets in the order of their ids.
func (r *Reader) EachSheet(ctx context.Context, fn func(*atlas.Sheet) error) error {
	return r.schema.sheets.each(ctx, r, fn)
}

// SheetsOf reads all sheets of evaluations, sealed ones as well.
func (r *Reader) SheetsOf(ctx context.Context, evaluations ...string) ([]*atlas.Sheet, error) {
	s := r.q.oneOf(evaluations)
	return r.schema.sheets.where(ctx, r, "SELECT id FROM sheet WHERE "+s.where("evaluation_id")+" ORDER BY id", s.args...)
}

// SheetsBy reads the sheets of an account.
func (r *Reader) SheetsBy(ctx context.Context, account string) ([]*atlas.Sheet, error) {
	return r.schema.sheets.where(ctx, r, "SELECT id FROM sheet WHERE written_by = $1 ORDER BY id", account)
}

// PutSheet creates or changes a sheet, as PutProject does a project.
func (tx *Tx) PutSheet(ctx context.Context, x *atlas.Sheet, w Write) error {
	return tx.schema.sheets.put(ctx, tx, x, w)
}
