package store_test

import (
	"context"
	"errors"
	"testing"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// survives writes a record with every field set, changes every field, and compares
// what is read with what was written.
func survives[R any](t *testing.T, id string, meta func(*R) *atlas.Meta, code func(*R) *string,
	put func(*store.Tx, context.Context, *R, store.Write) error, read func(*store.Reader, context.Context, string) (*R, error)) {
	t.Run(id, func(t *testing.T) {
		storetest.Each(t, func(t *testing.T, s *store.Store) {
			var f filler
			record := filled[R](&f)
			*code(record), *meta(record) = "", fresh(*meta(record), "")
			for range 2 {
				update(t, s, func(ctx context.Context, tx *store.Tx) error { return put(tx, ctx, record, write()) })
				got, err := read(s.Reader, t.Context(), id)
				if err != nil {
					t.Fatal(err)
				}
				same(t, id, record, got)
				next := filled[R](&f)
				*code(next), *meta(next) = id, *meta(record)
				record = next
			}
		})
	})
}

func TestEveryFieldOfJudgingAndPassingOnSurvivesWritingAndChanging(t *testing.T) { // 6.11–6.13
	survives(t, "R-00001", func(r *atlas.Rubric) *atlas.Meta { return &r.Meta }, func(r *atlas.Rubric) *string { return &r.ID }, (*store.Tx).PutRubric, (*store.Reader).Rubric)
	survives(t, "G-00001", func(r *atlas.Round) *atlas.Meta { return &r.Meta }, func(r *atlas.Round) *string { return &r.ID }, (*store.Tx).PutRound, (*store.Reader).Round)
	survives(t, "E-00001", func(r *atlas.Evaluation) *atlas.Meta { return &r.Meta }, func(r *atlas.Evaluation) *string { return &r.ID }, (*store.Tx).PutEvaluation, (*store.Reader).Evaluation)
	survives(t, "L-00001", func(r *atlas.Sheet) *atlas.Meta { return &r.Meta }, func(r *atlas.Sheet) *string { return &r.ID }, (*store.Tx).PutSheet, (*store.Reader).Sheet)
	survives(t, "K-00001", func(r *atlas.Practice) *atlas.Meta { return &r.Meta }, func(r *atlas.Practice) *string { return &r.ID }, (*store.Tx).PutPractice, (*store.Reader).Practice)
	survives(t, "S-00001", func(r *atlas.Collection) *atlas.Meta { return &r.Meta }, func(r *atlas.Collection) *string { return &r.ID }, (*store.Tx).PutCollection, (*store.Reader).Collection)
	survives(t, "B-00001", func(r *atlas.Replication) *atlas.Meta { return &r.Meta }, func(r *atlas.Replication) *string { return &r.ID }, (*store.Tx).PutReplication, (*store.Reader).Replication)
}

func TestWhatBelongsToAProjectACardOrAPersonIsFoundByIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			for _, e := range []*atlas.Evaluation{
				{Project: "P-00001", Round: "G-00001", Assignments: []atlas.Assignment{{Account: "U-00001"}, {Account: "U-00002"}}},
				{Project: "P-00002", Round: "G-00001", Assignments: []atlas.Assignment{{Account: "U-00002"}}},
				{Project: "P-00001"},
			} {
				e.RecordStatus = atlas.RecordDraft
				if err := tx.PutEvaluation(ctx, e, write()); err != nil {
					return err
				}
			}
			for _, x := range []*atlas.Sheet{{Evaluation: "E-00001", Account: "U-00001"}, {Evaluation: "E-00001", Account: "U-00002"}, {Account: "U-00002", Role: atlas.SheetCheck}} {
				x.RecordStatus = atlas.RecordDraft
				if err := tx.PutSheet(ctx, x, write()); err != nil {
					return err
				}
			}
			for _, p := range []*atlas.Practice{{Title: "A", Projects: []string{"P-00001", "P-00002"}, Evaluations: []string{"E-00001"}}, {Title: "B", Projects: []string{"P-00002"}}} {
				p.RecordStatus = atlas.RecordDraft
				if err := tx.PutPractice(ctx, p, write()); err != nil {
					return err
				}
			}
			return tx.PutReplication(ctx, &atlas.Replication{Practice: "K-00001", Territory: "554791", Project: "P-00002", Meta: atlas.Meta{RecordStatus: atlas.RecordDraft}}, write())
		})
		for what, got := range map[string]struct{ have, want int }{
			"evaluations of a project":  {len(must(s.EvaluationsOf(t.Context(), "P-00001"))), 2},
			"of a round":                {len(must(s.EvaluationsOfRound(t.Context(), "G-00001"))), 2},
			"for an account":            {len(must(s.EvaluationsFor(t.Context(), "U-00002"))), 2},
			"for nobody":                {len(must(s.EvaluationsFor(t.Context(), "U-00009"))), 0},
			"sheets of an evaluation":   {len(must(s.SheetsOf(t.Context(), "E-00001"))), 2},
			"sheets by an account":      {len(must(s.SheetsBy(t.Context(), "U-00002"))), 2},
			"cards of a project":        {len(must(s.PracticesOf(t.Context(), "P-00002"))), 2},
			"cards on an evaluation":    {len(must(s.PracticesOn(t.Context(), "E-00001"))), 1},
			"replications of a card":    {len(must(s.ReplicationsOf(t.Context(), "K-00001"))), 1},
			"replications of a place":   {len(must(s.ReplicationsIn(t.Context(), "554791"))), 1},
			"replications of a project": {len(must(s.ReplicationsOfProject(t.Context(), "P-00002"))), 1},
		} {
			if got.have != got.want {
				t.Errorf("%s: %d, want %d", what, got.have, got.want)
			}
		}
	})
}

// judging stores one record of each kind with every field set.
func judging(t *testing.T, s *store.Store) {
	t.Helper()
	update(t, s, func(ctx context.Context, tx *store.Tx) error {
		var f filler
		r, g, e, l := filled[atlas.Rubric](&f), filled[atlas.Round](&f), filled[atlas.Evaluation](&f), filled[atlas.Sheet](&f)
		k, c, b := filled[atlas.Practice](&f), filled[atlas.Collection](&f), filled[atlas.Replication](&f)
		for _, m := range []*atlas.Meta{&r.Meta, &g.Meta, &e.Meta, &l.Meta, &k.Meta, &c.Meta, &b.Meta} {
			*m = fresh(*m, "")
		}
		r.ID, g.ID, e.ID, l.ID, k.ID, c.ID, b.ID = "", "", "", "", "", "", ""
		w := write()
		return errors.Join(tx.PutRubric(ctx, r, w), tx.PutRound(ctx, g, w), tx.PutEvaluation(ctx, e, w), tx.PutSheet(ctx, l, w),
			tx.PutPractice(ctx, k, w), tx.PutCollection(ctx, c, w), tx.PutReplication(ctx, b, w))
	})
}

// judged is all there is of judging and passing on in a database.
func judged(t *testing.T, s *store.Store) map[string]any {
	t.Helper()
	out := map[string]any{}
	ctx := t.Context()
	err := errors.Join(
		s.EachRubric(ctx, func(x *atlas.Rubric) error { out[x.ID] = x; return nil }),
		s.EachRound(ctx, func(x *atlas.Round) error { out[x.ID] = x; return nil }),
		s.EachEvaluation(ctx, func(x *atlas.Evaluation) error { out[x.ID] = x; return nil }),
		s.EachSheet(ctx, func(x *atlas.Sheet) error { out[x.ID] = x; return nil }),
		s.EachPractice(ctx, func(x *atlas.Practice) error { out[x.ID] = x; return nil }),
		s.EachCollection(ctx, func(x *atlas.Collection) error { out[x.ID] = x; return nil }),
		s.EachReplication(ctx, func(x *atlas.Replication) error { out[x.ID] = x; return nil }),
	)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
