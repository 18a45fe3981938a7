package store_test

import (
	"context"
	"errors"
	"testing"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

func TestEveryFieldOfTheExtentOfASourceSurvivesWritingAndChanging(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var f filler
		x := fullExtent(&f, "")
		for range 2 {
			update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutExtent(ctx, x, write()) })
			got, err := s.Extent(t.Context(), "Z-00001")
			if err != nil {
				t.Fatal(err)
			}
			same(t, "extent", x, got)
			meta := x.Meta
			x = fullExtent(&f, x.ID)
			x.Meta = meta
		}
	})
}

func TestEveryFieldOfANeedSurvivesWritingAndChanging(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var f filler
		n := fullNeed(&f, "")
		for range 2 {
			update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutNeed(ctx, n, write()) })
			got, err := s.Need(t.Context(), "T-00001")
			if err != nil {
				t.Fatal(err)
			}
			same(t, "need", n, got)
			meta := n.Meta
			n = fullNeed(&f, n.ID)
			n.Meta = meta
		}
	})
}

// need is a published need of the JAZ area in Plzeň that an editor verified.
func need(change func(*atlas.Need)) *atlas.Need {
	n := &atlas.Need{
		Title: "Kurzy češtiny", Kind: "SLUZBA", Area: "JAZ", Territory: "554791", TargetLegal: []string{"TG-EU", "TG-TCN-L"},
		Severity: 3, Status: atlas.NeedVerified, Meta: atlas.Meta{RecordStatus: atlas.RecordPublished},
	}
	if change != nil {
		change(n)
	}
	return n
}

func TestOnlyPublishedAndVerifiedNeedsThatLastAreOpen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		same(t, "of an empty database", []store.OpenNeed(nil), must(s.OpenNeeds(t.Context())))
		var all []error
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			for _, n := range []*atlas.Need{
				need(nil),
				need(func(n *atlas.Need) { n.Status = atlas.NeedReported }),
				need(func(n *atlas.Need) { n.Status = atlas.NeedResolved }),
				need(func(n *atlas.Need) { n.Status = atlas.NeedRejected }),
				need(func(n *atlas.Need) { n.RecordStatus = atlas.RecordDraft }),
				need(func(n *atlas.Need) { n.RecordStatus, n.MergedInto = atlas.RecordMerged, "T-00001" }),
				need(func(n *atlas.Need) { n.Status, n.Severity, n.TargetLegal = atlas.NeedAddressed, 4, nil }),
				need(func(n *atlas.Need) { n.Territory = "" }),
			} {
				all = append(all, tx.PutNeed(ctx, n, write()))
			}
			return errors.Join(all...)
		})
		same(t, "open needs", []store.OpenNeed{
			{ID: "T-00001", Territory: "554791", Area: "JAZ", Severity: 3, Groups: []string{"TG-EU", "TG-TCN-L"}},
			{ID: "T-00007", Territory: "554791", Area: "JAZ", Severity: 4},
		}, must(s.OpenNeeds(t.Context())))
	})
}
