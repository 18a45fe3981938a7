package app_test

import (
	"errors"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// won counts what went through and hands over why the rest did not.
func won(t *testing.T, all []error) (n int, rest []error) {
	t.Helper()
	for _, err := range all {
		var invalid *atlas.InvalidError
		switch {
		case err == nil:
			n++
		case errors.As(err, &invalid), errors.Is(err, atlas.ErrConflict):
			rest = append(rest, err)
		default:
			t.Errorf("neither done nor refused: %v", err)
		}
	}
	return n, rest
}

func TestWhatTwoDoAtTheSameMomentIsDoneOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		other := p.person(t, "druhy@a.example", atlas.Grant{Role: atlas.RoleMethodologist})
		boss, second := p.as(t, p.boss), p.as(t, other)

		var ids [2]string
		begin := func(i int, v atlas.Viewer) func() error {
			return func() (err error) { ids[i], err = p.StartEvaluation(ctx, v, p.plan()); return err }
		}
		if n, rest := won(t, atOnce(begin(0, boss), begin(1, second))); n != 1 || problem(rest[0]) != "problem.evaluation_runs" {
			t.Fatalf("%d panels of one project begun: %v", n, rest)
		}
		id := ids[0] + ids[1]

		one, two := p.as(t, p.one), p.as(t, p.two)
		for _, who := range []atlas.Viewer{one, two} {
			ok(t, p.DeclareConflict(ctx, who, id, false, ""))
		}
		first, sheet := p.typed(t, p.one, id, words(ninth...)), p.typed(t, p.two, id, words(disputed...))
		again := *first
		all := atOnce(
			func() error { return p.SubmitSheet(ctx, one, "", first) },
			func() error { return p.SubmitSheet(ctx, one, "", &again) },
			func() error { return p.SubmitSheet(ctx, two, "", sheet) },
		)
		if n, _ := won(t, all); n != 2 || all[2] != nil {
			t.Fatalf("two submit, one of them twice: %v", all)
		}
		j := p.judgement(t, p.boss, id)
		if j.Evaluation.State != atlas.EvaluationDisputed || len(j.Sheets) != 2 {
			t.Fatalf("after both: %s, %d sheets", j.Evaluation.State, len(j.Sheets))
		}

		settle := func(v atlas.Viewer, text string) func() error {
			text = strings.Repeat(text+" ", 4)
			return func() error {
				return p.SettleEvaluation(ctx, v, id, "", text, []atlas.Settlement{{Criterion: "K3", Text: text}})
			}
		}
		if n, rest := won(t, atOnce(settle(one, "Shodli jsme se"), settle(two, "Podle mě ne tak"))); n != 1 || problem(rest[0]) != "problem.statement_changed" {
			t.Errorf("%d of two statements went over the other: %v", n, rest)
		}
		stands := p.judgement(t, p.boss, id).Evaluation
		ok(t, p.SettleEvaluation(ctx, one, id, stands.Statement, "Po druhém čtení jsme to upřesnili oba.", []atlas.Settlement{{Criterion: "K3", Text: "Po druhém čtení jsme to upřesnili oba."}}))

		version := p.judgement(t, p.boss, id).Evaluation.Version
		approve := func(v atlas.Viewer) func() error {
			return func() error { return p.ApproveEvaluation(ctx, v, id, version) }
		}
		if n, _ := won(t, atOnce(approve(boss), approve(second))); n != 1 {
			t.Errorf("approved %d times", n)
		}
		version = p.judgement(t, p.boss, id).Evaluation.Version
		if n, _ := won(t, atOnce(
			func() error { return p.PublishEvaluation(ctx, boss, id, version) },
			func() error { return p.ReturnEvaluation(ctx, second, id) },
		)); n != 1 {
			t.Errorf("published and taken back: %d", n)
		}
	})
}

func TestAProjectComesIntoARoundOnceWhoeverAssigns(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		boss := p.as(t, p.boss)
		x := &atlas.Round{Title: "Kalibrace", Mode: atlas.ModeExPost, Rubric: p.rubric, Due: p.plan().Due, Calibration: true}
		ok(t, p.SaveRound(ctx, boss, "", x))
		assign := func() error {
			_, err := p.AssignRound(ctx, boss, x.ID, []string{p.project}, []string{p.one, p.two})
			return err
		}
		n, rest := won(t, atOnce(assign, assign, assign))
		if n != 1 || problem(rest[0]) != "problem.round_has" {
			t.Errorf("%d times in the round: %v", n, rest)
		}
	})
}

func TestAReplyOfAColleagueIsNotWrittenOver(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		id := p.judged(t)
		colleague := p.person(t, "kolega@s.example")
		p.join(t, colleague, p.implementer, false)
		ok(t, p.ReplyToEvaluation(ctx, p.as(t, p.founder), id, "", "Děkujeme.\r\nZa všechny."))
		refused(t, p.ReplyToEvaluation(ctx, p.as(t, colleague), id, "", "Nesouhlasíme."), "problem.reply_changed")
		ok(t, p.ReplyToEvaluation(ctx, p.as(t, p.founder), id, "", "Děkujeme.\nZa všechny.")) // a double click
		ok(t, p.ReplyToEvaluation(ctx, p.as(t, colleague), id, "Děkujeme.\nZa všechny.", "Děkujeme a doplňujeme."))
	})
}

func TestAnEvaluationOfAProjectThatNobodyMayReadIsNotPublished(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		id := p.start(t)
		p.submit(t, p.one, id, ninth...)
		p.submit(t, p.two, id, ninth...)
		boss := p.as(t, p.boss)
		ok(t, p.ApproveEvaluation(ctx, boss, id, p.judgement(t, p.boss, id).Evaluation.Version))
		ok(t, p.SetProjectStatus(ctx, boss, p.project, p.version(t), atlas.RecordArchived))
		refused(t, p.PublishEvaluation(ctx, boss, id, p.judgement(t, p.boss, id).Evaluation.Version), "problem.project_unpublished")
	})
}
