package app

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"atlas"
	"atlas/internal/store"
)

// Limits of a report.
const (
	longestReportTitle   = 300
	longestReportSection = 20_000
	firstReportYear      = 1990
	mostReportYears      = 30
)

// SaveReport creates or changes a report without publishing it: what was published
// stays as it is. r.Version is the version that was read.
func (a *App) SaveReport(ctx context.Context, v atlas.Viewer, r *atlas.Report) error {
	if !v.May(atlas.RightPublish) {
		return atlas.ErrForbidden
	}
	r.Title = strings.TrimSpace(r.Title)
	r.Texts = slices.DeleteFunc(slices.Clone(r.Texts), func(t atlas.ReportText) bool { return strings.TrimSpace(t.Text) == "" })
	if wrong := a.reportProblems(r); len(wrong) > 0 {
		return &atlas.InvalidError{Problems: wrong}
	}
	return a.update(ctx, func(tx *store.Tx) error {
		if err := a.stillMay(ctx, tx, v, atlas.RightPublish, atlas.Subject{}); err != nil {
			return err
		}
		if r.ID == "" {
			r.Meta, r.Editions = atlas.Meta{RecordStatus: atlas.RecordDraft, Sample: r.Sample}, nil
			return tx.PutReport(ctx, r, a.write(v))
		}
		stored, err := tx.Report(ctx, r.ID)
		if err != nil {
			return err
		}
		read := r.Version
		r.Meta, r.Editions = stored.Meta, stored.Editions
		r.Version = read
		return tx.PutReport(ctx, r, a.write(v))
	})
}

// reportProblems says what of a report cannot be written.
func (a *App) reportProblems(r *atlas.Report) (wrong []atlas.Problem) {
	fail := func(field, key string, args map[string]any) {
		wrong = append(wrong, atlas.Problem{Field: field, Key: key, Args: args})
	}
	switch n := utf8.RuneCountInString(r.Title); {
	case n == 0:
		fail("title", "problem.report_title", nil)
	case n > longestReportTitle:
		fail("title", "problem.text_long", map[string]any{"n": n, "limit": longestReportTitle})
	}
	if r.Lang != "cs" && r.Lang != "en" {
		fail("lang", "problem.report_lang", nil)
	}
	if t, ok := a.Places().Get(r.Territory); !ok || t.Level != atlas.LevelRegion && t.Level != atlas.LevelCountry {
		fail("territory", "problem.report_territory", nil)
	}
	last := a.year() + 1
	if r.From < firstReportYear || r.To > last || r.From > r.To || r.To-r.From >= mostReportYears {
		fail("from", "problem.report_years", map[string]any{"first": firstReportYear, "last": last, "most": mostReportYears})
	}
	sections := atlas.ReportSections()
	for _, t := range r.Texts {
		if !slices.Contains(sections, t.Section) {
			fail("", "problem.report_section", map[string]any{"section": t.Section})
		}
		if n := utf8.RuneCountInString(t.Text); n > longestReportSection {
			fail("text."+t.Section, "problem.text_long", map[string]any{"n": n, "limit": longestReportSection})
		}
	}
	return wrong
}

// PublishReport freezes a content made of a report at a version as its next
// edition, whose number it gives. Since then another version means that the content
// was made of other texts: *atlas.ConflictError.
func (a *App) PublishReport(ctx context.Context, v atlas.Viewer, id string, version int64, asOf atlas.Date, content []byte) (number int, err error) {
	if !v.May(atlas.RightPublish) {
		return 0, atlas.ErrForbidden
	}
	err = a.update(ctx, func(tx *store.Tx) error {
		if err := a.stillMay(ctx, tx, v, atlas.RightPublish, atlas.Subject{}); err != nil {
			return err
		}
		r, err := tx.Report(ctx, id)
		if err != nil {
			return err
		}
		if r.Version != version {
			return &atlas.ConflictError{Kind: atlas.KindReport, ID: id, Read: version, Current: r.Version}
		}
		number = r.Latest() + 1
		r.Editions = append(r.Editions, atlas.ReportEdition{Number: number, AsOf: asOf, By: v.Name, Digest: store.Digest(content)})
		r.RecordStatus = atlas.RecordPublished
		if err := tx.PutReport(ctx, r, a.write(v)); err != nil {
			return err
		}
		return tx.PutEdition(ctx, id, number, content)
	})
	return number, err
}
