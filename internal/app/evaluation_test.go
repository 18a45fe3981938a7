package app_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/search"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// panel is a published project with those who have to do with its evaluation.
type panel struct {
	*people
	rubric, implementer, project   string
	one, two, three, boss, founder string // accounts: evaluators, methodologist, member of the implementer
}

func newPanel(t *testing.T, s *store.Store) *panel {
	t.Helper()
	p := &panel{people: peopled(t, s)}
	p.rubric = "R-00001" // as it is shipped
	p.implementer = p.organisation(t, "Sdružení pro soužití")
	judged := mis(p.implementer)
	ok(t, p.SaveProject(t.Context(), editor, judged))
	p.project = judged.ID
	evaluator := atlas.Grant{Role: atlas.RoleEvaluator}
	p.one, p.two, p.three = p.person(t, "jedna@h.example", evaluator), p.person(t, "dva@h.example", evaluator), p.person(t, "tri@h.example", evaluator)
	p.boss = p.person(t, "metodik@a.example", atlas.Grant{Role: atlas.RoleMethodologist})
	p.founder = p.person(t, "clen@s.example")
	p.join(t, p.founder, p.implementer, true)
	return p
}

func (p *panel) plan() app.NewEvaluation {
	return app.NewEvaluation{Project: p.project, Mode: atlas.ModeExPost, Rubric: p.rubric, Due: atlas.Date{Year: 2026, Month: 12, Day: 15}, Evaluators: []string{p.one, p.two}}
}

func (p *panel) start(t *testing.T) string {
	t.Helper()
	id, err := p.StartEvaluation(t.Context(), p.as(t, p.boss), p.plan())
	ok(t, err)
	return id
}

// words are a sheet that gives points for K1, K2 … in their order; -1 is without
// data.
func words(points ...int) *atlas.Sheet {
	s := &atlas.Sheet{Strengths: "Silná stránka", Gates: []atlas.GateAnswer{{Code: "H1", Yes: atlas.No}, {Code: "H2", Yes: atlas.No}, {Code: "H3", Yes: atlas.No}}}
	for i, n := range points {
		score := atlas.Score{Criterion: fmt.Sprintf("K%d", i+1), Kind: atlas.ScorePoints, Points: n, Justification: "Zdůvodnění, které má dost znaků, aby stačilo."}
		if n < 0 {
			score.Kind, score.Points = atlas.ScoreNoData, 0
		}
		if n >= 3 {
			score.Evidence = []atlas.Evidence{{Kind: atlas.EvidenceDocument, Text: "Závěrečná zpráva, s. 4"}}
		}
		s.Scores = append(s.Scores, score)
	}
	return s
}

// typed is a sheet as its author would send it.
func (p *panel) typed(t *testing.T, account, evaluation string, s *atlas.Sheet) *atlas.Sheet {
	t.Helper()
	d, err := p.SheetFor(t.Context(), p.as(t, account), evaluation)
	ok(t, err)
	s.ID, s.Version = d.Sheet.ID, d.Sheet.Version
	return s
}

// submit declares no conflict and submits.
func (p *panel) submit(t *testing.T, account, evaluation string, points ...int) {
	t.Helper()
	ok(t, p.DeclareConflict(t.Context(), p.as(t, account), evaluation, false, ""))
	ok(t, p.SubmitSheet(t.Context(), p.as(t, account), "", p.typed(t, account, evaluation, words(points...))))
}

func (p *panel) judgement(t *testing.T, account, evaluation string) *app.Judgement {
	t.Helper()
	j, err := p.Judgement(t.Context(), p.as(t, account), evaluation)
	ok(t, err)
	return j
}

// Points of acceptance example 9, and of the same panel in dispute (example 11).
var (
	ninth    = []int{4, 3, 3, 2, 3, 3, 2, 3, 2, 4, 3, 2}
	disputed = []int{4, 3, 1, 2, 3, 3, 2, 3, 2, 4, 3, 2}
)

func TestAnEvaluationGoesFromAssignmentToPublicationAndIsFoundByTheProject(t *testing.T) { // 7.2, acceptance example 9
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		found := func(value string) int {
			return p.Index().Search(search.Query{Filters: map[search.Facet][]string{search.FacetEvaluation: {value}}}).Total
		}
		if found(app.NotEvaluatedValue) != 1 || found(app.EvaluatedValue) != 0 {
			t.Error("before: the project is not found as not evaluated")
		}
		id := p.start(t)
		p.submit(t, p.one, id, ninth...)
		p.submit(t, p.two, id, ninth...)
		boss := p.as(t, p.boss)
		j := p.judgement(t, p.boss, id)
		if j.Evaluation.State != atlas.EvaluationSubmitted || j.Result.Total != 720 || len(j.Sheets) != 2 {
			t.Fatalf("after both: %s, %+v", j.Evaluation.State, j.Result)
		}
		if err := p.ApproveEvaluation(ctx, boss, id, j.Evaluation.Version-1); !errors.Is(err, atlas.ErrConflict) {
			t.Errorf("another version than was read: %v", err)
		}
		ok(t, p.ApproveEvaluation(ctx, boss, id, j.Evaluation.Version))
		if found(app.EvaluatedValue) != 0 {
			t.Error("found before it was published")
		}
		if _, err := p.Judgement(ctx, atlas.Viewer{}, id); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("the public reads what is not published: %v", err)
		}
		ok(t, p.PublishEvaluation(ctx, boss, id, p.judgement(t, p.boss, id).Evaluation.Version))
		public, err := p.Judgement(ctx, atlas.Viewer{}, id)
		ok(t, err)
		if r := public.Result; r.Total != 720 || !r.Candidate || !r.Upscaling || r.Band == "" || public.Names != nil || public.Evaluation.Assignments[0].Account != "" {
			t.Errorf("published: %+v, by %v", r, public.Evaluation.Assignments)
		}
		for value, want := range map[string]int{app.EvaluatedValue: 1, app.NotEvaluatedValue: 0, app.CandidateValue: 1, app.UpscalingValue: 1, public.Result.Band: 1} {
			if got := found(value); got != want {
				t.Errorf("%s finds %d projects", value, got)
			}
		}
		again := p.people.App
		ok(t, again.Load(ctx))
		if found(app.CandidateValue) != 1 {
			t.Error("not found after a restart")
		}
	})
}

func TestWhatDiffersGoesToAnAgreementOrToAThirdEvaluator(t *testing.T) { // 8.2.5, acceptance example 11
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		id := p.start(t)
		p.submit(t, p.one, id, ninth...)
		p.submit(t, p.two, id, disputed...)
		boss := p.as(t, p.boss)
		j := p.judgement(t, p.boss, id)
		if j.Evaluation.State != atlas.EvaluationDisputed || !reflect.DeepEqual(j.Dispute.Criteria, []string{"K3"}) {
			t.Fatalf("%s, %+v", j.Evaluation.State, j.Dispute)
		}
		refused(t, p.ApproveEvaluation(ctx, boss, id, j.Evaluation.Version), "problem.evaluation_is.k_dohode")
		refused(t, p.SettleEvaluation(ctx, p.as(t, p.one), id, "", strings.Repeat("Shodli jsme se. ", 3), nil), "problem.settlement")
		// A third evaluator: nobody sees anything again until they have submitted.
		ok(t, p.AssignEvaluator(ctx, boss, id, p.three))
		for _, who := range []string{p.one, p.boss, p.three} {
			if j := p.judgement(t, who, id); j.Open || len(j.Sheets) > 0 || j.Result.Evaluators > 0 || len(j.Dispute.Criteria) > 0 {
				t.Errorf("%s sees scores while the third one writes", who)
			}
		}
		p.submit(t, p.three, id, ninth...)
		j = p.judgement(t, p.boss, id)
		if j.Evaluation.State != atlas.EvaluationSubmitted || j.Result.Criteria[2].Points != 300 {
			t.Errorf("after the third: %s, %+v", j.Evaluation.State, j.Result.Criteria[2])
		}

		// Or a joint statement.
		n := p.plan()
		n.Mode = atlas.ModeInterim
		id, err := p.StartEvaluation(ctx, boss, n)
		ok(t, err)
		p.submit(t, p.one, id, 4, 3, 3, 2, 3, 3, 2, 3, 2, 4, 3, 2, 3)
		p.submit(t, p.two, id, 4, 3, 1, 2, 3, 3, 2, 3, 2, 4, 3, 2, 3)
		long := strings.Repeat("Shodli jsme se. ", 3)
		ok(t, p.SettleEvaluation(ctx, p.as(t, p.two), id, "", long, []atlas.Settlement{{Criterion: "K3", Text: long}}))
		if j := p.judgement(t, p.one, id); j.Evaluation.State != atlas.EvaluationSubmitted || j.Result.Criteria[2].Points != 200 || j.Evaluation.Settlements[0].Criterion != "K3" {
			t.Errorf("settled: %s, %+v", j.Evaluation.State, j.Evaluation.Settlements)
		}
	})
}

func TestUntilEverybodyHasSubmittedNobodySeesWhatAnotherWrote(t *testing.T) { // chapter 11; peers, ranked 3
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		id := p.start(t)
		p.submit(t, p.one, id, ninth...)
		ok(t, p.DeclareConflict(ctx, p.as(t, p.two), id, false, ""))
		for _, who := range []string{p.two, p.boss, p.founder} {
			j := p.judgement(t, who, id)
			if j.Open || len(j.Sheets) > 0 || j.Result.Known || j.Sheet != nil && j.Sheet.Account != who {
				t.Errorf("%s sees %+v", who, j)
			}
		}
		if j := p.judgement(t, p.one, id); j.Open || len(j.Sheets) > 0 || j.Sheet == nil {
			t.Error("who has submitted sees more than their own sheet")
		}
		e, err := p.Reader().Evaluation(ctx, id)
		ok(t, err)
		if e.Result.Evaluators > 0 || e.State != atlas.EvaluationOpen {
			t.Errorf("the evaluation itself tells: %+v", e.Result)
		}
		if sheets, err := p.OpenSheets(ctx, p.Reader(), e); err != nil || len(sheets[e.ID]) > 0 {
			t.Errorf("open sheets: %d, %v", len(sheets), err)
		}
		sheets, err := p.Reader().SheetsBy(ctx, p.one)
		ok(t, err)
		for _, who := range []string{p.two, p.boss, p.founder} {
			if _, err := p.EditionOf(ctx, p.as(t, who), atlas.KindSheet, sheets[0].ID, sheets[0].Version); err == nil {
				t.Errorf("%s reads the history of a sealed sheet", who)
			}
		}
	})
}

func TestAnEvaluationBeginsOnlyOfWhatCanBeJudgedByThoseWhoCan(t *testing.T) { // 8.2.5, 8.2.8
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		boss := p.as(t, p.boss)
		member, funder := p.person(t, "m@h.example", atlas.Grant{Role: atlas.RoleEvaluator}), p.person(t, "f@h.example", atlas.Grant{Role: atlas.RoleEvaluator})
		partner, pays := p.organisation(t, "Partner"), p.organisation(t, "Nadace")
		judged, err := p.Reader().Project(ctx, p.project)
		ok(t, err)
		judged.Parties = append(judged.Parties, atlas.Party{Actor: partner, Role: "PNEF"})
		judged.Funding[0].Funder = pays
		ok(t, p.SaveProject(ctx, editor, judged))
		p.join(t, member, partner, false)
		p.join(t, funder, pays, false)
		for key, change := range map[string]func(*app.NewEvaluation){
			"problem.reference":        func(n *app.NewEvaluation) { n.Project = "P-99999" },
			"problem.mode":             func(n *app.NewEvaluation) { n.Mode = "jindy" },
			"problem.due":              func(n *app.NewEvaluation) { n.Due = atlas.Date{Year: 2026} },
			"problem.due_past":         func(n *app.NewEvaluation) { n.Due = atlas.Date{Year: 2026, Month: 1, Day: 1} },
			"problem.evaluators_few":   func(n *app.NewEvaluation) { n.Evaluators = []string{p.one, p.one} },
			"problem.not_evaluator":    func(n *app.NewEvaluation) { n.Evaluators = []string{p.one, p.founder} },
			"problem.evaluator_party":  func(n *app.NewEvaluation) { n.Evaluators = []string{p.one, member} },
			"problem.evaluator_funder": func(n *app.NewEvaluation) { n.Evaluators = []string{p.one, funder} },
		} {
			n := p.plan()
			change(&n)
			_, err := p.StartEvaluation(ctx, boss, n)
			refused(t, err, key)
		}
		if _, err := p.StartEvaluation(ctx, p.as(t, p.one), p.plan()); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("begun by an evaluator: %v", err)
		}
		id := p.start(t)
		_, err = p.StartEvaluation(ctx, boss, p.plan())
		refused(t, err, "problem.evaluation_runs")
		refused(t, p.AssignEvaluator(ctx, boss, id, p.one), "problem.evaluator_twice")

		// The version of the rubric is withdrawn: what runs goes on, nothing begins.
		by, err := p.Reader().Rubric(ctx, p.rubric)
		ok(t, err)
		by.RecordStatus = atlas.RecordArchived
		ok(t, s.Update(ctx, func(tx *store.Tx) error { return tx.PutRubric(ctx, by, store.Write{By: "atlas"}) }))
		n := p.plan()
		n.Mode = atlas.ModeInterim
		_, err = p.StartEvaluation(ctx, boss, n)
		refused(t, err, "problem.rubric_withdrawn")
		p.submit(t, p.one, id, ninth...)
		p.submit(t, p.two, id, ninth...)
		ok(t, p.ApproveEvaluation(ctx, boss, id, p.judgement(t, p.boss, id).Evaluation.Version))
	})
}

func TestAConflictOfInterestEndsAccessAtOnceAndIsLoggedAndTold(t *testing.T) { // 8.2.5
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		id := p.start(t)
		if _, err := p.SheetFor(ctx, p.as(t, p.two), id); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("the sheet before the declaration: %v", err)
		}
		refused(t, p.DeclareConflict(ctx, p.as(t, p.two), id, true, " "), "problem.reason")
		ok(t, p.DeclareConflict(ctx, p.as(t, p.two), id, true, "Znám ředitele."))
		if _, err := p.Judgement(ctx, p.as(t, p.two), id); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("reads on: %v", err)
		}
		if _, err := p.SheetFor(ctx, p.as(t, p.two), id); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("writes on: %v", err)
		}
		entries, err := s.AuditEntries(ctx, store.AuditFilter{By: p.two})
		ok(t, err)
		if !slices.ContainsFunc(entries, func(e store.AuditEntry) bool { return e.Action == app.AuditEvaluationConflict && e.Subject == id }) {
			t.Errorf("not in the log: %+v", entries)
		}
		if got := p.letters(t); !slices.ContainsFunc(got, func(l string) bool { return strings.Contains(l, "metodik@a.example") }) {
			t.Errorf("the methodologist was not told: %v", got)
		}
		refused(t, p.AssignEvaluator(ctx, p.as(t, p.boss), id, p.two), "problem.evaluator_left")
		ok(t, p.AssignEvaluator(ctx, p.as(t, p.boss), id, p.three))
		p.submit(t, p.one, id, ninth...)
		p.submit(t, p.three, id, ninth...)
		if j := p.judgement(t, p.boss, id); j.Result.Evaluators != 2 || j.Result.Preliminary {
			t.Errorf("%+v", j.Result)
		}
	})
}

func TestWhatARemovedEvaluatorWroteIsKeptAndNeverCounted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		boss := p.as(t, p.boss)
		id := p.start(t)
		p.submit(t, p.one, id, ninth...)
		p.submit(t, p.two, id, disputed...)
		refused(t, p.RemoveEvaluator(ctx, boss, id, p.two, ""), "problem.reason")
		ok(t, p.RemoveEvaluator(ctx, boss, id, p.two, "Odešla z panelu"))
		j := p.judgement(t, p.boss, id)
		if j.Evaluation.State != atlas.EvaluationSubmitted || !j.Result.Preliminary || len(j.Sheets) != 1 {
			t.Errorf("%s, %+v", j.Evaluation.State, j.Result)
		}
		refused(t, p.ApproveEvaluation(ctx, boss, id, j.Evaluation.Version), "problem.preliminary")
		kept, err := p.Reader().SheetsBy(ctx, p.two)
		ok(t, err)
		if len(kept) != 1 || len(kept[0].Scores) != 12 || kept[0].Open {
			t.Errorf("kept: %+v", kept)
		}
		if _, err := p.Judgement(ctx, p.as(t, p.two), id); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("the removed one reads on: %v", err)
		}
		// Whoever could have read what one submitted cannot be the next to judge.
		both := p.person(t, "oba@a.example", atlas.Grant{Role: atlas.RoleMethodologist}, atlas.Grant{Role: atlas.RoleEvaluator})
		refused(t, p.AssignEvaluator(ctx, boss, id, both), "problem.evaluator_saw")
		ok(t, p.AssignEvaluator(ctx, boss, id, p.three))
		if j := p.judgement(t, p.boss, id); j.Open {
			t.Error("open while the next one writes")
		}
		refused(t, p.CancelEvaluation(ctx, boss, id, ""), "problem.reason")
		ok(t, p.CancelEvaluation(ctx, boss, id, "Projekt skončil"))
		theirs, err := p.Reader().SheetsBy(ctx, p.one)
		ok(t, err)
		if err := p.SaveSheet(ctx, p.as(t, p.one), "", theirs[0]); !errors.Is(err, app.ErrSubmitted) {
			t.Errorf("a submitted sheet of what was cancelled is changed: %v", err)
		}
	})
}

func TestNothingTypedIsLostWhateverStandsInTheWayOfSubmitting(t *testing.T) { // 8.2.8
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		id := p.start(t)
		one := p.as(t, p.one)
		ok(t, p.DeclareConflict(ctx, one, id, false, ""))
		bad := words(ninth...)
		bad.Scores[2].Justification, bad.Scores[4].Evidence, bad.Gates = "Krátké", nil, bad.Gates[:2]
		bad.Scores = bad.Scores[:11]
		bad = p.typed(t, p.one, id, bad)
		err := p.SubmitSheet(ctx, one, "", bad)
		var invalid *atlas.InvalidError
		if !errors.As(err, &invalid) {
			t.Fatal(err)
		}
		var got []string
		for _, x := range invalid.Problems {
			got = append(got, x.Field+" "+x.Key)
		}
		want := []string{"gates.H3 problem.gate_open", "scores.K3.justification problem.justification", "scores.K5.evidence problem.evidence", "scores.K12 problem.score_open"}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%v", got)
		}
		d, err := p.SheetFor(ctx, one, id)
		ok(t, err)
		if d.Sheet.Done() || d.Sheet.Scores[2].Justification != "Krátké" || len(d.Sheet.Scores) != 11 {
			t.Errorf("what was typed is not there: %+v", d.Sheet)
		}
		p.now = p.now.AddDate(0, 1, 0) // the last day is over
		refused(t, p.SubmitSheet(ctx, p.as(t, p.one), "", p.typed(t, p.one, id, words(ninth...))), "problem.sheet_late")
		d, err = p.SheetFor(ctx, p.as(t, p.one), id)
		ok(t, err)
		if !d.Late || len(d.Sheet.Scores) != 12 || d.Sheet.Done() {
			t.Errorf("after the last day: late %v, %d scores", d.Late, len(d.Sheet.Scores))
		}
		ok(t, p.ExtendEvaluation(ctx, p.as(t, p.boss), id, atlas.Date{Year: 2027, Month: 1, Day: 31}))
		ok(t, p.SubmitSheet(ctx, p.as(t, p.one), "", p.typed(t, p.one, id, words(ninth...))))
		if err := p.SubmitSheet(ctx, p.as(t, p.one), "", p.typed(t, p.one, id, words(disputed...))); !errors.Is(err, app.ErrSubmitted) {
			t.Errorf("a second time: %v", err)
		}
		stays, err := p.SheetFor(ctx, p.as(t, p.one), id)
		ok(t, err)
		if stays.Sheet.Scores[2].Points != 3 || stays.Sheet.Version != d.Sheet.Version+1 {
			t.Errorf("submitting twice changed %+v", stays.Sheet.Scores[2])
		}
		if err := p.SaveSheet(ctx, p.as(t, p.two), "", &atlas.Sheet{ID: d.Sheet.ID, Meta: atlas.Meta{Version: d.Sheet.Version}}); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("another's sheet: %v", err)
		}
	})
}

func TestAnEvaluationFollowsItsProjectThroughAMergeAndBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		id := p.start(t)
		twin := mis(p.implementer)
		twin.RegNumber = ""
		ok(t, p.SaveProject(ctx, editor, twin))
		own, err := p.StartEvaluation(ctx, p.as(t, p.boss), app.NewEvaluation{Project: twin.ID, Mode: atlas.ModeExPost, Rubric: p.rubric, Due: p.plan().Due, Evaluators: []string{p.one, p.two}})
		ok(t, err)
		ok(t, p.DeclareConflict(ctx, p.as(t, p.one), id, false, ""))
		ok(t, p.MergeProjects(ctx, editor, app.Merge{Keep: twin.ID, Drop: p.project}))
		if j := p.judgement(t, p.boss, id); j.Project.ID != twin.ID || !reflect.DeepEqual(j.Beside, []string{own}) {
			t.Errorf("of %s, beside %v", j.Project.ID, j.Beside)
		}
		ok(t, p.SubmitSheet(ctx, p.as(t, p.one), "", p.typed(t, p.one, id, words(ninth...))))
		if _, err := p.UndoMerge(ctx, editor, p.project); err != nil {
			t.Fatal(err)
		}
		if j := p.judgement(t, p.boss, id); j.Project.ID != p.project || len(j.Beside) > 0 {
			t.Errorf("back: of %s, beside %v", j.Project.ID, j.Beside)
		}
		if j := p.judgement(t, p.boss, own); j.Project.ID != twin.ID {
			t.Errorf("the other one went along to %s", j.Project.ID)
		}
	})
}

func TestWhoOwesASheetIsRemindedOnceAtEachMoment(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		id := p.start(t) // due 15 December
		p.submit(t, p.one, id, ninth...)
		for _, x := range []struct {
			day  time.Time
			want int
		}{
			{time.Date(2026, 12, 7, 12, 0, 0, 0, time.UTC), 0}, {time.Date(2026, 12, 8, 12, 0, 0, 0, time.UTC), 1}, {time.Date(2026, 12, 10, 12, 0, 0, 0, time.UTC), 0},
			{time.Date(2026, 12, 14, 12, 0, 0, 0, time.UTC), 1}, {time.Date(2026, 12, 15, 12, 0, 0, 0, time.UTC), 0}, {time.Date(2026, 12, 16, 12, 0, 0, 0, time.UTC), 1},
			{time.Date(2026, 12, 20, 12, 0, 0, 0, time.UTC), 0}, {time.Date(2026, 12, 9, 12, 0, 0, 0, time.UTC), 0}, // a clock set back
		} {
			p.now = x.day
			for i, want := range []int{x.want, 0} {
				if n, err := p.RemindEvaluators(ctx); err != nil || n != want {
					t.Errorf("%s, time %d: %d letters, %v", x.day.Format(time.DateOnly), i, n, err)
				}
			}
		}
		all, err := s.Letters(ctx, "waiting", 100)
		ok(t, err)
		for _, l := range all {
			if strings.Contains(l.Text+l.HTML, "Silná stránka") || strings.Contains(l.Text, "72,0") {
				t.Errorf("a letter tells of a sheet: %s", l.Text)
			}
		}
		owed, err := p.Owed(ctx, p.as(t, p.boss))
		ok(t, err)
		if len(owed) != 1 || owed[0].Step != app.StepDeclare || owed[0].Account != p.two {
			t.Errorf("owed: %+v", owed)
		}
		mine, err := p.Waiting(ctx, p.as(t, p.two))
		ok(t, err)
		if len(mine) != 1 || mine[0].Evaluation != id {
			t.Errorf("waiting: %+v", mine)
		}
	})
}

func TestTheImplementerEvaluatesThemselvesAndReplies(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		id := p.start(t)
		founder := p.as(t, p.founder)
		if _, err := p.SelfSheet(ctx, founder, id); !app.NotBegun(err) {
			t.Errorf("before it was begun: %v", err)
		}
		ok(t, p.BeginSelf(ctx, founder, id))
		colleague := p.person(t, "kolega@s.example")
		p.join(t, colleague, p.implementer, false)
		refused(t, p.BeginSelf(ctx, p.as(t, colleague), id), "problem.self_begun")
		d, err := p.SelfSheet(ctx, founder, id)
		ok(t, err)
		self := words(ninth...)
		self.ID, self.Version, self.Strengths = d.Sheet.ID, d.Sheet.Version, "Vlastní chvála"
		ok(t, p.SubmitSheet(ctx, founder, "", self))
		p.submit(t, p.one, id, ninth...)
		for _, who := range []string{p.one, p.two, p.boss} {
			if j := p.judgement(t, who, id); j.Self != nil {
				t.Errorf("%s sees the self-evaluation before all have submitted", who)
			}
		}
		p.submit(t, p.two, id, ninth...)
		if j := p.judgement(t, p.one, id); j.Self == nil || j.Self.Strengths != "Vlastní chvála" {
			t.Error("the evaluators do not see the self-evaluation after all have submitted")
		}
		if j := p.judgement(t, p.founder, id); j.Open || len(j.Sheets) > 0 || j.Self == nil {
			t.Error("the implementer sees the panel before the approval, or not their own")
		}
		refused(t, p.ReplyToEvaluation(ctx, founder, id, "", "Děkujeme."), "problem.evaluation_is.odevzdano")
		ok(t, p.ApproveEvaluation(ctx, p.as(t, p.boss), id, p.judgement(t, p.boss, id).Evaluation.Version))
		ok(t, p.ReplyToEvaluation(ctx, founder, id, "", "Děkujeme."))
		if err := p.ReplyToEvaluation(ctx, p.as(t, p.one), id, "", "Není zač"); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("a reply of an evaluator: %v", err)
		}
		ok(t, p.PublishEvaluation(ctx, p.as(t, p.boss), id, p.judgement(t, p.boss, id).Evaluation.Version))
		ok(t, p.ReplyToEvaluation(ctx, founder, id, "Děkujeme.", "Děkujeme znovu."))
		public, err := p.Judgement(ctx, atlas.Viewer{}, id)
		ok(t, err)
		if public.Evaluation.Reply != "Děkujeme znovu." || public.Self == nil || public.Evaluation.RepliedBy != "" {
			t.Errorf("public: %+v", public.Evaluation)
		}
	})
}

func TestAPrivateSelfCheckIsItsAuthorsForEver(t *testing.T) { // 8.2.9
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		founder := p.as(t, p.founder)
		if _, err := p.BeginCheck(ctx, p.as(t, p.one), p.rubric, "", "Nápad"); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("by an evaluator: %v", err)
		}
		_, err := p.BeginCheck(ctx, founder, p.rubric, "", " ")
		refused(t, err, "problem.check_title")
		id, err := p.BeginCheck(ctx, founder, p.rubric, "", "Nápad na jazykové kurzy")
		ok(t, err)
		ofRecord, err := p.BeginCheck(ctx, founder, p.rubric, p.project, "")
		ok(t, err)
		d, err := p.Check(ctx, founder, ofRecord)
		ok(t, err)
		if d.Project.ID != p.project || d.Sheet.Mode != atlas.ModeExAnte {
			t.Errorf("%+v", d.Sheet)
		}
		d, err = p.Check(ctx, founder, id)
		ok(t, err)
		s2 := words(3, 2, 3, 2, 2, 2, 3, 3, 1, 2, 1, 2, 3)
		s2.ID, s2.Version = id, d.Sheet.Version
		ok(t, p.SaveSheet(ctx, founder, "", s2))
		if d, err = p.Check(ctx, founder, id); err != nil || d.Verdict.Total != 600 { // acceptance example 10
			t.Errorf("%+v, %v", d.Verdict, err)
		}
		colleague := p.person(t, "kolega@s.example")
		p.join(t, colleague, p.implementer, true)
		for _, who := range []string{colleague, p.one, p.boss} {
			if _, err := p.Check(ctx, p.as(t, who), id); !errors.Is(err, atlas.ErrNotFound) {
				t.Errorf("%s reads it: %v", who, err)
			}
		}
		if all, err := p.Checks(ctx, founder); err != nil || len(all) != 2 {
			t.Errorf("%d, %v", len(all), err)
		}
	})
}
