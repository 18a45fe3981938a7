package app_test

import (
	"errors"
	"slices"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// erase has somebody erase their own account.
func (p *panel) erase(t *testing.T, account string) {
	t.Helper()
	in, err := p.StartSession(t.Context(), account, "test", true)
	ok(t, err)
	hash, _ := app.SessionHash(in.Secret)
	v, err := p.Visit(t.Context(), hash)
	ok(t, err)
	ok(t, p.NewSelf().Erase(t.Context(), app.Asker{Visit: v}))
}

func TestAPanelDoesNotWaitForAnEvaluatorWhoseAccountWasErased(t *testing.T) { // 12.2, 8.2.5
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		id := p.start(t)
		p.submit(t, p.one, id, ninth...)
		ok(t, p.DeclareConflict(ctx, p.as(t, p.two), id, false, ""))
		ok(t, p.SaveSheet(ctx, p.as(t, p.two), "", p.typed(t, p.two, id, words(ninth[:3]...))))
		p.erase(t, p.two)
		j := p.judgement(t, p.boss, id)
		x, _ := j.Evaluation.Assigned(p.two)
		if x.State != atlas.AssignmentRemoved || x.Reason != "" || !j.Open || len(j.Sheets) != 1 || !j.Result.Preliminary {
			t.Errorf("%+v, open %v, %d sheets, %+v", x, j.Open, len(j.Sheets), j.Result)
		}
		if !slices.Contains(p.letters(t), "evaluation metodik@a.example") {
			t.Errorf("nobody was told: %v", p.letters(t))
		}
		if left, err := s.SheetsBy(ctx, p.two); err != nil || len(left) > 0 {
			t.Errorf("left: %+v, %v", left, err)
		}
		// The next one judges blind again, and the panel goes on to its end.
		ok(t, p.AssignEvaluator(ctx, p.as(t, p.boss), id, p.three))
		p.submit(t, p.three, id, ninth...)
		p.erase(t, p.one)
		e := p.judgement(t, p.boss, id)
		if e.Evaluation.State != atlas.EvaluationSubmitted || e.Result.Total != 720 || len(e.Sheets) != 2 {
			t.Errorf("%s, %+v, %d sheets", e.Evaluation.State, e.Result, len(e.Sheets))
		}
		ok(t, p.ApproveEvaluation(ctx, p.as(t, p.boss), id, e.Evaluation.Version))
		ok(t, p.PublishEvaluation(ctx, p.as(t, p.boss), id, e.Evaluation.Version+1))
		if public, err := p.Judgement(ctx, atlas.Viewer{}, id); err != nil || public.Result.Total != 720 || len(public.Sheets) != 2 {
			t.Errorf("published: %+v, %v", public, err)
		}
	})
}

// Another member of the implementer may begin what one whose account is gone left
// unfinished, and a self-check is gone with its author.
func TestWhatSomebodyLeftUnfinishedStandsInNobodysWay(t *testing.T) { // 12.2, 8.2.9
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		id := p.start(t)
		colleague := p.person(t, "kolega@s.example")
		p.join(t, colleague, p.implementer, true)
		ok(t, p.BeginSelf(ctx, p.as(t, p.founder), id))
		check, err := p.BeginCheck(ctx, p.as(t, p.founder), p.rubric, "", "Nápad, o kterém nikdo neví")
		ok(t, err)
		refused(t, p.BeginSelf(ctx, p.as(t, colleague), id), "problem.self_begun")
		p.erase(t, p.founder)
		if _, err := s.Sheet(ctx, check); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("the self-check: %v", err)
		}
		ok(t, p.BeginSelf(ctx, p.as(t, colleague), id))
	})
}
