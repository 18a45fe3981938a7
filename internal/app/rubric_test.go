package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"atlas"
	"atlas/internal/rubric"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// shippedRubric is the version that every database has.
func shippedRubric(t *testing.T, d *desk) *atlas.Rubric {
	t.Helper()
	open, err := d.OpenRubrics(t.Context(), atlas.ModeExPost)
	ok(t, err)
	if len(open) != 1 || open[0].Family != rubric.DefaultFamily || open[0].Number != 1 {
		t.Fatalf("open rubrics: %+v", open)
	}
	return open[0]
}

func TestANewDatabaseHasTheShippedRubricOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		r := shippedRubric(t, d)
		if want := rubric.Default(); !bytes.Equal(rubric.Write(r), rubric.Write(want)) {
			t.Error("it is stored otherwise than it was shipped")
		}
		ok(t, d.Load(t.Context())) // the next start
		shippedRubric(t, d)
	})
}

// TestAPublishedVersionNeverChangesAndOldTotalsStay is 8.2.8: what an older
// evaluation came to is the same bytes after a new version.
func TestAPublishedVersionNeverChangesAndOldTotalsStay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		first := shippedRubric(t, d)
		before := rubric.Write(first)
		sheet := &atlas.Sheet{Role: atlas.SheetEvaluator, Submitted: time.Unix(1, 0), Scores: []atlas.Score{{Criterion: "K1", Kind: atlas.ScorePoints, Points: 4}, {Criterion: "K2", Kind: atlas.ScorePoints, Points: 1}}}
		total := rubric.Judge(first, atlas.ModeExPost, sheet).Total

		changed := *first
		changed.Title.Cs = "Jinak"
		refused(t, d.SaveRubric(t.Context(), editor, "", &changed), "problem.rubric_frozen")

		id, err := d.NextRubric(t.Context(), editor, first.ID)
		ok(t, err)
		if again, err := d.NextRubric(t.Context(), editor, first.ID); err != nil || again != id {
			t.Errorf("two drafts of one family: %s and %s, %v", id, again, err)
		}
		next, err := d.Reader().Rubric(t.Context(), id)
		ok(t, err)
		if next.RecordStatus != atlas.RecordDraft || next.Number != 0 {
			t.Fatalf("%+v", next.Meta)
		}
		next.Criteria[0].Weights.ExPost = 40
		ok(t, d.SaveRubric(t.Context(), editor, "", next))
		refused(t, d.PublishRubric(t.Context(), editor, id, next.Version), "problem.weights_sum")
		next.Criteria[1].Weights.ExPost, next.Criteria[2].Weights.ExPost, next.Criteria[3].Weights.ExPost = 0, 0, 2
		ok(t, d.SaveRubric(t.Context(), editor, "", next))
		ok(t, d.PublishRubric(t.Context(), editor, id, next.Version))

		open, err := d.OpenRubrics(t.Context(), atlas.ModeExPost)
		ok(t, err)
		if len(open) != 1 || open[0].ID != id || open[0].Number != 2 {
			t.Errorf("the newest version is open: %+v", open)
		}
		old, err := d.Reader().Rubric(t.Context(), first.ID)
		ok(t, err)
		if !bytes.Equal(rubric.Write(old), before) || rubric.Judge(old, atlas.ModeExPost, sheet).Total != total {
			t.Error("the first version has changed")
		}
		if rubric.Judge(open[0], atlas.ModeExPost, sheet).Total == total {
			t.Error("the example cannot fail: both versions give the same")
		}
	})
}

func TestAWithdrawnVersionIsReadAndNoLongerUsed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		r := shippedRubric(t, d)
		if err := d.WithdrawRubric(t.Context(), editor, r.ID, r.Version+1); !errors.Is(err, atlas.ErrConflict) {
			t.Errorf("over a version nobody read: %v", err)
		}
		ok(t, d.WithdrawRubric(t.Context(), editor, r.ID, r.Version))
		open, err := d.OpenRubrics(t.Context(), "")
		ok(t, err)
		all, err := d.Rubrics(t.Context(), atlas.Viewer{})
		ok(t, err)
		if len(open) != 0 || len(all) != 1 || !all[0].Withdrawn() {
			t.Errorf("open %v, read by the public %v", open, all)
		}
		ok(t, d.Load(t.Context())) // it is not shipped again
		ok(t, d.PublishRubric(t.Context(), editor, r.ID, all[0].Version))
		if again := shippedRubric(t, d); again.ID != r.ID {
			t.Error("opened again it is another one")
		}
	})
}

func TestARubricOfACityStandsBesideTheOthers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		r := rubric.Default()
		refused(t, d.SaveRubric(t.Context(), editor, "", r), "problem.family_taken")
		r.Family, r.Title.Cs, r.Owner = "plzen", "Metodika města Plzně", "A-99999"
		refused(t, d.SaveRubric(t.Context(), editor, "", r), "problem.reference")
		r.Owner = ""
		ok(t, d.SaveRubric(t.Context(), editor, "", r))
		mine, err := d.Rubrics(t.Context(), editor)
		ok(t, err)
		public, err := d.Rubrics(t.Context(), atlas.Viewer{})
		ok(t, err)
		if len(mine) != 2 || len(public) != 1 {
			t.Errorf("a draft is for editors: %d and %d", len(mine), len(public))
		}
		ok(t, d.PublishRubric(t.Context(), editor, r.ID, r.Version))
		open, err := d.OpenRubrics(t.Context(), atlas.ModeExAnte)
		ok(t, err)
		if len(open) != 2 || !slices.ContainsFunc(open, func(x *atlas.Rubric) bool { return x.Family == "plzen" && x.Number == 1 }) {
			t.Errorf("%+v", open)
		}

		taken := rubric.Default()
		taken.Family = "plzen"
		ok(t, d.TakeRubric(t.Context(), editor, taken))
		if taken.RecordStatus != atlas.RecordDraft || taken.Number != 0 {
			t.Errorf("from a file it is a draft: %+v", taken.Meta)
		}
		if err := d.TakeRubric(t.Context(), d.author, rubric.Default()); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("taken by an author: %v", err)
		}
	})
}

// TestAnApprovedResultStaysAfterANewVersion: what was frozen is the same bytes, and
// the page of the evaluation still goes by the version it was made by.
func TestAnApprovedResultStaysAfterANewVersion(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		id := p.start(t)
		p.submit(t, p.one, id, ninth...)
		p.submit(t, p.two, id, ninth...)
		ok(t, p.ApproveEvaluation(ctx, p.as(t, p.boss), id, p.judgement(t, p.boss, id).Evaluation.Version))
		result := func() string {
			e, err := p.Reader().Evaluation(ctx, id)
			ok(t, err)
			text, err := json.Marshal(e.Result)
			ok(t, err)
			return e.Rubric + string(text)
		}
		before := result()
		next, err := p.NextRubric(ctx, editor, p.rubric)
		ok(t, err)
		r, err := p.Reader().Rubric(ctx, next)
		ok(t, err)
		r.Criteria[0].Weights.ExPost, r.Criteria[1].Weights.ExPost = 0, 20
		r.Mark.Total = 990
		ok(t, p.SaveRubric(ctx, editor, "", r))
		ok(t, p.PublishRubric(ctx, editor, next, r.Version))
		first, err := p.Reader().Rubric(ctx, p.rubric)
		ok(t, err)
		ok(t, p.WithdrawRubric(ctx, editor, first.ID, first.Version))
		if after := result(); after != before {
			t.Errorf("before %s\nafter %s", before, after)
		}
		if j := p.judgement(t, p.boss, id); j.Rubric.ID != p.rubric || j.Result.Total != 720 {
			t.Errorf("by %s: %d", j.Rubric.ID, j.Result.Total)
		}
		refused(t, p.newStart(t), "problem.rubric_withdrawn")
	})
}

// newStart begins another evaluation as the plan says.
func (p *panel) newStart(t *testing.T) error {
	plan := p.plan()
	plan.Mode = atlas.ModeInterim
	_, err := p.StartEvaluation(t.Context(), p.as(t, p.boss), plan)
	return err
}
