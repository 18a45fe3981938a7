package app_test

import (
	"testing"

	"atlas/internal/app"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

func TestWhoCameToBelongToTheProjectMeanwhileDoesNotCount(t *testing.T) { // 8.2.5: without conflict of interest
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		id := p.start(t)
		p.submit(t, p.one, id, ninth...)
		p.submit(t, p.two, id, ninth...)
		boss := p.as(t, p.boss)
		approve := func() error {
			return p.ApproveEvaluation(ctx, boss, id, p.judgement(t, p.boss, id).Evaluation.Version)
		}
		// The project is merged with another one, which the employer of an evaluator runs.
		employer := p.organisation(t, "Zaměstnavatel")
		p.join(t, p.two, employer, false)
		twin := mis(employer)
		twin.RegNumber = ""
		ok(t, p.SaveProject(ctx, editor, twin))
		ok(t, p.MergeProjects(ctx, editor, app.Merge{Keep: twin.ID, Drop: p.project}))
		refused(t, approve(), "problem.evaluator_party")
		ok(t, p.RemoveEvaluator(ctx, boss, id, p.two, "Pracuje pro realizátora"))
		ok(t, p.AssignEvaluator(ctx, boss, id, p.three))
		p.submit(t, p.three, id, ninth...)
		ok(t, approve())
	})
}
