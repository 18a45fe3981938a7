package app_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/search"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

func TestWithdrawnEvidenceStaysToBeReadAndCarriesNothing(t *testing.T) { // 8.2.8; ranked 9
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		found := func(value string) int {
			return p.Index().Search(search.Query{Filters: map[search.Facet][]string{search.FacetEvaluation: {value}}}).Total
		}
		id := p.judged(t)
		boss := p.as(t, p.boss)
		before := p.judgement(t, p.boss, id)
		of := func(criterion string, i int) app.Piece {
			s := p.judgement(t, p.boss, id).Sheets[i]
			return app.Piece{Sheet: s.ID, Version: s.Version, Criterion: criterion}
		}
		refused(t, p.WithdrawEvidence(ctx, boss, id, of("K5", 0), "  "), "problem.withdrawn_why")
		refused(t, p.WithdrawEvidence(ctx, boss, id, of("K4", 0), "Nesedí"), "problem.evidence_gone") // 2 points rest on nothing
		missing := of("K5", 0)
		missing.At = 1
		refused(t, p.WithdrawEvidence(ctx, boss, id, missing, "Nesedí"), "problem.evidence_gone")
		old := of("K5", 0)
		old.Version--
		if err := p.WithdrawEvidence(ctx, boss, id, old, "Nesedí"); !errors.Is(err, atlas.ErrConflict) {
			t.Errorf("another version than was read: %v", err)
		}
		for _, who := range []string{p.one, p.founder} {
			if err := p.WithdrawEvidence(ctx, p.as(t, who), id, of("K5", 0), "Nesedí"); !errors.Is(err, atlas.ErrForbidden) {
				t.Errorf("withdrawn by %s: %v", who, err)
			}
		}
		ok(t, p.WithdrawEvidence(ctx, boss, id, of("K5", 0), "Zpráva byla opravena"))
		if found(app.CandidateValue) != 1 {
			t.Error("one of two evaluators still has evidence, and the project is no candidate any more")
		}
		refused(t, p.WithdrawEvidence(ctx, boss, id, of("K5", 0), "Nesedí"), "problem.evidence_gone")
		ok(t, p.WithdrawEvidence(ctx, boss, id, of("K5", 1), "Zpráva byla opravena"))
		if found(app.CandidateValue) != 0 || found(app.UpscalingValue) != 0 || found(app.EvaluatedValue) != 1 {
			t.Error("without evidence of K5 the project is found as a candidate still")
		}
		w, err := p.PracticeWork(ctx, boss)
		ok(t, err)
		if len(w.Candidates) != 0 {
			t.Errorf("proposed without evidence: %+v", w.Candidates)
		}
		after, err := p.Judgement(ctx, atlas.Viewer{}, id)
		ok(t, err)
		if after.Result.Total != before.Result.Total || after.Result.Candidate || after.Result.Upscaling {
			t.Errorf("the result: %+v", after.Result)
		}
		for i, s := range after.Sheets {
			x, _ := s.Score("K5")
			if x.Points != 3 || len(x.Evidence) != 1 || x.Evidence[0].Withdrawn != "Zpráva byla opravena" || x.Evidence[0].Text == "" {
				t.Errorf("read: %+v", x)
			}
			if s.ID != before.Sheets[i].ID {
				t.Error("evaluators have changed their numbers")
			}
		}
	})
}

func TestAPublishedEvaluationThatIsTakenBackIsReadByNobody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		id := p.judged(t)
		boss, version := p.as(t, p.boss), p.judgement(t, p.boss, id).Evaluation.Version
		refused(t, p.WithdrawEvaluation(ctx, boss, id, version, ""), "problem.withdrawn_why")
		if err := p.WithdrawEvaluation(ctx, boss, id, version-1, "Chyba"); !errors.Is(err, atlas.ErrConflict) {
			t.Errorf("another version than was read: %v", err)
		}
		if err := p.WithdrawEvaluation(ctx, p.as(t, p.two), id, version, "Chyba"); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("taken back by an evaluator: %v", err)
		}
		ok(t, p.WithdrawEvaluation(ctx, boss, id, version, "Chyba v podkladech"))
		if _, err := p.Judgement(ctx, atlas.Viewer{}, id); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("the public reads it: %v", err)
		}
		if n := p.Index().Search(search.Query{Filters: map[search.Facet][]string{search.FacetEvaluation: {app.EvaluatedValue}}}).Total; n != 0 {
			t.Error("the project is found by it")
		}
		if j := p.judgement(t, p.boss, id); j.Evaluation.Cancelled != "Chyba v podkladech" || j.Evaluation.State != atlas.EvaluationCancelled {
			t.Errorf("%+v", j.Evaluation)
		}
		told := p.letters(t)
		for _, who := range []string{"jedna@h.example", "dva@h.example", "clen@s.example"} {
			if !slices.ContainsFunc(told, func(l string) bool { return strings.HasSuffix(l, who) }) {
				t.Errorf("%s was told nothing: %v", who, told)
			}
		}
		ok(t, func() error { _, err := p.StartEvaluation(ctx, boss, p.plan()); return err }()) // it may be judged again
	})
}
