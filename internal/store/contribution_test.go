package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

var proposedAt = time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC)

func TestACorrectionIsDecidedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := store.Proposal{Kind: atlas.KindProject, Record: "P-00001", BaseVersion: 2, Title: "Škola", Content: `{"TitleCs":"Škola"}`, Note: "proč",
			State: store.ProposalWaiting, By: "U-00001", At: proposedAt, SentAt: proposedAt}
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutProposal(ctx, &p) })
		if p.ID != "N-00001" || p.Version != 1 {
			t.Fatalf("%+v", p)
		}
		same(t, "written", p, must(s.Proposal(t.Context(), p.ID)))
		same(t, "waits", []store.Proposal{p}, must(s.WaitingProposals(t.Context(), 10)))
		same(t, "of its author", []store.Proposal{p}, must(s.ProposalsBy(t.Context(), "U-00001")))
		same(t, "of the record", []store.Proposal{p}, must(s.OpenProposals(t.Context(), "P-00001")))
		if n := must(s.CountWaiting(t.Context())); n != 1 {
			t.Errorf("%d wait", n)
		}
		second := p
		p.State, p.Fields, p.DecidedBy, p.DecidedAt = store.ProposalAccepted, "title_cs,goal", "U-00002", proposedAt
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutProposal(ctx, &p) })
		same(t, "decided", p, must(s.Proposal(t.Context(), p.ID)))
		before := second
		err := s.Update(t.Context(), func(tx *store.Tx) error { return tx.PutProposal(t.Context(), &second) })
		var conflict *atlas.ConflictError
		if !errors.As(err, &conflict) || conflict.Current != 2 {
			t.Errorf("decided twice: %v", err)
		}
		same(t, "what the second had", before, second)
		missing := store.Proposal{ID: "N-00009", Version: 1}
		if err := s.Update(t.Context(), func(tx *store.Tx) error { return tx.PutProposal(t.Context(), &missing) }); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("one that is not there: %v", err)
		}
	})
}

func TestRemarksComeInTheirOrder(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var want []store.Remark
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			for _, m := range []store.Remark{
				{About: "P-00001", Deed: store.DeedSent, By: "U-00001", At: proposedAt},
				{About: "P-00001", Deed: store.DeedReturned, Text: "Chybí rok.", Staff: true, By: "U-00002", At: proposedAt.Add(-time.Hour)},
				{About: "P-00002", Deed: store.DeedNote, Text: "jinde", By: "U-00001", At: proposedAt},
			} {
				if err := tx.PutRemark(ctx, &m); err != nil {
					return err
				}
				want = append(want, m)
			}
			return nil
		})
		same(t, "remarks", want[:2], must(s.Remarks(t.Context(), "P-00001")))
	})
}

func TestAReviewNamesWhatItWrote(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		v := store.Review{Deed: store.DeedPublished, By: "U-00002", At: proposedAt, Items: []store.ReviewItem{{Kind: atlas.KindProject, ID: "P-00001", Version: 3}}}
		write := func() {
			update(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
				if v.ID == "" {
					if v.ID, err = tx.ReviewID(ctx); err != nil {
						return err
					}
				}
				return tx.PutReview(ctx, v)
			})
			same(t, "review", v, must(s.Review(t.Context(), "R-00001")))
		}
		write()
		v.UndoneBy, v.UndoneAt = "U-00003", proposedAt
		write()
		if _, err := s.Review(t.Context(), "R-00009"); !errors.Is(err, atlas.ErrNotFound) {
			t.Error(err)
		}
	})
}

func TestWhatWaitsAndWhoseItIsAreFound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		waits, published, imported := project("Čeká"), project("Zveřejněný"), project("Ze seznamu")
		waits.RecordStatus, waits.RegNumber, published.RegNumber, imported.RegNumber = atlas.RecordReview, "", "", ""
		published.RecordStatus = atlas.RecordPublished
		for _, p := range []*atlas.Project{waits, published} {
			update(t, s, func(ctx context.Context, tx *store.Tx) error {
				return tx.PutProject(ctx, p, store.Write{By: "U-00001", At: proposedAt})
			})
		}
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.PutProject(ctx, imported, store.Write{By: "import"})
		})
		same(t, "waits", []string{waits.ID}, must(s.WaitingRecords(t.Context(), atlas.KindProject, 10)))
		same(t, "theirs", []string{published.ID, waits.ID}, must(s.RecordsBy(t.Context(), atlas.KindProject, "U-00001", 10)))
		same(t, "nobody's", []string(nil), must(s.RecordsBy(t.Context(), atlas.KindProject, "import", 10)))
		same(t, "actors", []string(nil), must(s.WaitingRecords(t.Context(), atlas.KindActor, 10)))
	})
}
