package store

import (
	"context"
	"crypto/sha256"
	"fmt"

	"atlas"
)

// newReports says where each field of a report is kept. The content of editions
// lies apart, so that neither a list nor the history carries it.
func newReports() *records[atlas.Report] {
	type r = atlas.Report
	type e = atlas.ReportEdition
	const owner = "report_id"
	t := newTable("report",
		text("id", func(x *r) *string { return &x.ID }),
		within(func(x *r) *atlas.Meta { return &x.Meta }, metaColumns()),
		text("title", func(x *r) *string { return &x.Title }),
		text("lang", func(x *r) *string { return &x.Lang }),
		text("territory", func(x *r) *string { return &x.Territory }),
		number("year_from", func(x *r) *int { return &x.From }),
		number("year_to", func(x *r) *int { return &x.To }),
	)
	return newRecords(atlas.KindReport, "H",
		func(x *r) *string { return &x.ID }, func(x *r) *atlas.Meta { return &x.Meta }, t,
		newList("report_text", owner, func(x *r) *[]atlas.ReportText { return &x.Texts },
			text("section", func(x *atlas.ReportText) *string { return &x.Section }),
			text("body", func(x *atlas.ReportText) *string { return &x.Text })),
		newList("report_edition", owner, func(x *r) *[]e { return &x.Editions },
			number("number", func(x *e) *int { return &x.Number }),
			date("as_of", func(x *e) *atlas.Date { return &x.AsOf }),
			text("made_by", func(x *e) *string { return &x.By }),
			text("digest", func(x *e) *string { return &x.Digest })),
	)
}

// Report reads a report without the content of its editions, with errors as
// Project has.
func (r *Reader) Report(ctx context.Context, id string) (*atlas.Report, error) {
	return r.schema.reports.one(ctx, r, id)
}

// EachReport streams all reports in the order of their ids.
func (r *Reader) EachReport(ctx context.Context, fn func(*atlas.Report) error) error {
	return r.schema.reports.each(ctx, r, fn)
}

// EditionContent reads what an edition of a report says; atlas.ErrNotFound where
// there is none. Content that is not what was published is an error.
func (r *Reader) EditionContent(ctx context.Context, id string, number int) ([]byte, error) {
	var content, digest string
	err := r.q.scan(ctx, `SELECT c.content, e.digest FROM report_content c
		JOIN report_edition e ON e.report_id = c.report_id AND e.number = c.number
		WHERE c.report_id = $1 AND c.number = $2`, []any{id, number}, &content, &digest)
	if err != nil {
		return nil, err
	}
	if Digest([]byte(content)) != digest {
		return nil, fmt.Errorf("edition %d of report %s is not what was published", number, id)
	}
	return []byte(content), nil
}

// Digest is the SHA-256 of a content, in hexadecimal.
func Digest(content []byte) string { return fmt.Sprintf("%x", sha256.Sum256(content)) }

// PutReport creates or changes a report, as PutProject does a project.
func (tx *Tx) PutReport(ctx context.Context, x *atlas.Report, w Write) error {
	return tx.schema.reports.put(ctx, tx, x, w)
}

// PutEdition keeps the content of an edition, which is never changed again.
func (tx *Tx) PutEdition(ctx context.Context, id string, number int, content []byte) error {
	_, err := tx.q.exec(ctx, "INSERT INTO report_content (report_id, number, content) VALUES ($1, $2, $3)", id, number, string(content))
	return err
}
