package seed_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/mail"
	"atlas/internal/rubric"
	"atlas/internal/search"
	"atlas/internal/seed"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// demo is an instance with the whole demo that writes letters.
func demo(t *testing.T) (*app.App, *store.Store) {
	t.Helper()
	letters, err := mail.NewComposer(mail.Site{Name: "Atlas"})
	if err != nil {
		t.Fatal(err)
	}
	s, clock := storetest.Open(t, storetest.SQLite(t)), new(seed.Clock)
	a := app.New(s, app.Options{Now: clock.Now, Letters: letters})
	if err := a.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if err := seed.Demo(t.Context(), a, clock); err != nil {
		t.Fatal(err)
	}
	t.Logf("the demo in %v", time.Since(start))
	return a, s
}

// operator is whoever sits at the machine of the demo.
var operator = atlas.Operator("demo")

func TestTheDemoHasInventedEvaluationsThatSaySo(t *testing.T) { // 8.2.8
	a, _ := demo(t)
	all, err := a.PublishedEvaluations(t.Context(), "cs")
	if err != nil {
		t.Fatal(err)
	}
	var results []*atlas.Evaluation
	modes, projects := map[string]int{}, map[string]bool{}
	selves, settled, replied := 0, 0, 0
	for _, x := range all {
		j, err := a.Judgement(t.Context(), atlas.Viewer{}, x.ID)
		if err != nil {
			t.Fatal(err)
		}
		e := j.Evaluation
		if !e.Sample || !j.Project.Sample || !strings.HasPrefix(j.Project.TitleCs, "Ukázka") || len(j.Sheets) != 2 {
			t.Errorf("%s is not a sample of a sample: %+v", x.ID, e)
		}
		for _, sheet := range j.Sheets {
			for _, y := range sheet.Scores {
				if !strings.HasPrefix(y.Justification, "Smyšlené") {
					t.Errorf("%s %s does not say that it is invented: %s", x.ID, y.Criterion, y.Justification)
				}
			}
		}
		results, projects[e.Project] = append(results, e), true
		modes[e.Project]++
		if j.Self != nil {
			selves++
		}
		if len(j.Dispute.Criteria) > 0 && e.Statement != "" {
			settled++
		}
		if e.Reply != "" {
			replied++
		}
	}
	peers := rubric.PeersOf(results, "R-00001", atlas.ModeExPost)
	totals := peers.Totals()
	if len(totals) < 6 || !rubric.MiddleOf(totals).Enough || totals[len(totals)-1]-totals[0] < 300 || len(slices.Compact(slices.Clone(totals))) != len(totals) || len(peers.Insufficient) == 0 {
		t.Errorf("the comparison shows %v and %d without data", totals, len(peers.Insufficient))
	}
	if selves == 0 || settled == 0 || replied < 2 || !slices.Contains(slices.Collect(maps.Values(modes)), 3) {
		t.Errorf("%d self-evaluations, %d settled, %d replies, moments %v", selves, settled, replied, modes)
	}
	if got := a.Index().Search(search.Query{Filters: map[search.Facet][]string{search.FacetEvaluation: {app.EvaluatedValue}}}).Total; got != len(projects) {
		t.Errorf("%d projects are found by it, not %d", got, len(projects))
	}
}

func TestTheDemoHasAnEvaluationThatRunsARoundAndACardWithAMark(t *testing.T) { // 7.2, 8.2.5, 8.2.7
	a, _ := demo(t)
	ctx := t.Context()
	running := ""
	err := a.Reader().EachEvaluation(ctx, func(e *atlas.Evaluation) error {
		if e.State == atlas.EvaluationOpen {
			running = e.ID
		}
		return nil
	})
	if err != nil || running == "" {
		t.Fatal(running, err)
	}
	if j, err := a.Judgement(ctx, operator, running); err != nil || j.Open || j.Sheets != nil || !j.SelfBegun || len(j.Evaluation.Assignments) != 3 {
		t.Errorf("what runs is blind for everybody: %+v, %v", j, err)
	}
	rounds, err := a.Rounds(ctx, operator)
	if err != nil || len(rounds) != 1 {
		t.Fatal(rounds, err)
	}
	x, err := a.Round(ctx, operator, rounds[0].Round.ID)
	if err != nil || !x.Round.Calibration || !x.Ready || !x.All.Ordinal.Known || rubric.LevelOf(x.All.Ordinal) == rubric.LevelUnknown || len(x.Discuss) == 0 || len(x.Drifts) != 3 {
		t.Errorf("the round says %+v, %v", x, err)
	}
	b, err := a.Practices(ctx)
	if err != nil {
		t.Fatal(err)
	}
	marked := 0
	for _, p := range b.All {
		if !p.Marked.Known() {
			continue
		}
		marked++
		if b.Mark(p) != app.PracticeCurrent || !p.Sample || !p.Public() || len(p.Evaluations) != 1 || p.Until.Compare(p.Marked) <= 0 {
			t.Errorf("the card with the mark: %+v", p)
		}
	}
	if marked != 1 {
		t.Errorf("%d cards have the mark", marked)
	}
}

func TestNobodyInventedIsWrittenTo(t *testing.T) {
	a, s := demo(t)
	if all, err := s.Letters(t.Context(), store.LetterWaiting, 1000); err != nil || len(all) > 0 {
		t.Errorf("%d letters, %v", len(all), err)
	}
	if people, err := a.Reader().AccountsWithRole(t.Context(), atlas.RoleEvaluator); err != nil || len(people) < 2 || slices.ContainsFunc(people, func(p *atlas.Account) bool {
		return !mail.Nobodys(p.Email) || !strings.Contains(p.Name, "(smyšlen")
	}) {
		t.Errorf("%d evaluators, %v", len(people), err)
	}
}
