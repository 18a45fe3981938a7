package store_test

import (
	"context"
	"errors"
	"testing"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// published is a report with one edition, which says its title.
func published() *atlas.Report {
	const title = "Zpráva o kraji"
	return &atlas.Report{Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Title: title, Lang: "cs", Territory: "CZ042", From: 2019, To: 2023,
		Texts:    []atlas.ReportText{{Section: atlas.ReportTrends, Text: "Města"}},
		Editions: []atlas.ReportEdition{{Number: 1, AsOf: atlas.Date{Year: 2026, Month: 1, Day: 31}, Digest: store.Digest([]byte(title))}}}
}

func TestEveryFieldOfAReportSurvivesAndEditionsKeepTheirContent(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		content := []byte(`{"title":"Příliš žluťoučký kůň"}`)
		r := &atlas.Report{Meta: atlas.Meta{RecordStatus: atlas.RecordDraft}, Title: "Zpráva", Lang: "cs", Territory: "CZ042", From: 2019, To: 2023,
			Texts: []atlas.ReportText{{Section: atlas.ReportTrends, Text: "Města\n\n- jedno"}}}
		for _, number := range []int{1, 2} {
			r.Editions = append(r.Editions, atlas.ReportEdition{Number: number, AsOf: atlas.Date{Year: 2026, Month: 1, Day: 31}, By: "U-00001", Digest: store.Digest(content)})
			r.RecordStatus = atlas.RecordPublished
			update(t, s, func(ctx context.Context, tx *store.Tx) error {
				if err := tx.PutReport(ctx, r, write()); err != nil {
					return err
				}
				return tx.PutEdition(ctx, r.ID, number, content)
			})
			same(t, "report", r, must(s.Report(t.Context(), r.ID)))
			same(t, "content", string(content), string(must(s.EditionContent(t.Context(), r.ID, number))))
		}
		if r.ID != "H-00001" {
			t.Errorf("the code is %s", r.ID)
		}
		if _, err := s.EditionContent(t.Context(), r.ID, 3); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("an edition that is none: %v", err)
		}
		// What was published twice under one number, or under a digest that is not its
		// own, is refused.
		if err := s.Update(t.Context(), func(tx *store.Tx) error { return tx.PutEdition(t.Context(), r.ID, 1, []byte("jiné")) }); err == nil {
			t.Error("an edition was written over")
		}
		r.Editions[0].Digest = store.Digest([]byte("jiné"))
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutReport(ctx, r, write()) })
		if _, err := s.EditionContent(t.Context(), r.ID, 1); err == nil || errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("content that is not what was published: %v", err)
		}
	})
}
