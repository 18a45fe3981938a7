package store

import (
	"context"

	"atlas"
)

// newExtents says where each field of the extent of a source is kept.
func newExtents() *records[atlas.SourceExtent] {
	type x = atlas.SourceExtent
	t := newTable("source_extent",
		text("id", func(r *x) *string { return &r.ID }),
		within(func(r *x) *atlas.Meta { return &r.Meta }, metaColumns()),
		text("source", func(r *x) *string { return &r.Source }),
		text("publisher", func(r *x) *string { return &r.Publisher }),
		text("url", func(r *x) *string { return &r.URL }),
		number("year_from", func(r *x) *int { return &r.From }),
		number("year_to", func(r *x) *int { return &r.To }),
		text("state", func(r *x) *atlas.ExtentState { return &r.State }),
		date("checked_on", func(r *x) *atlas.Date { return &r.CheckedOn }),
		text("batch_id", func(r *x) *string { return &r.Batch }),
		text("note", func(r *x) *string { return &r.Note }),
	)
	return newRecords(atlas.KindExtent, "Z",
		func(r *x) *string { return &r.ID }, func(r *x) *atlas.Meta { return &r.Meta }, t,
		newValues("source_extent_value", "source_extent_id",
			ofRecord("programme", func(r *x) *[]string { return &r.Programmes }),
			ofRecord("territory", func(r *x) *[]string { return &r.Territories })),
	)
}

// Extent reads the extent of a source, with errors as Project has.
func (r *Reader) Extent(ctx context.Context, id string) (*atlas.SourceExtent, error) {
	return r.schema.extents.one(ctx, r, id)
}

// Extents reads extents in the order of ids, leaving out those not there.
func (r *Reader) Extents(ctx context.Context, ids []string) ([]*atlas.SourceExtent, error) {
	return r.schema.extents.many(ctx, r, ids)
}

// EachExtent streams all extents in the order of their ids.
func (r *Reader) EachExtent(ctx context.Context, fn func(*atlas.SourceExtent) error) error {
	return r.schema.extents.each(ctx, r, fn)
}

// PutExtent creates or changes an extent, as PutProject does a project.
func (tx *Tx) PutExtent(ctx context.Context, x *atlas.SourceExtent, w Write) error {
	return tx.schema.extents.put(ctx, tx, x, w)
}
