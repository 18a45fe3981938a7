package app_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/search"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// practice is a card with all that 6.11 requires.
func practice(change func(*atlas.Practice)) *atlas.Practice {
	p := &atlas.Practice{
		Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Title: "Kontaktní centrum pro cizince", Territories: []string{plzen}, Country: "CZ",
		Contacts: []atlas.Person{{Organisation: "Magistrát", Public: true}}, From: atlas.Date{Year: 2005}, Ongoing: true, Summary: "Shrnutí", Goal: "Cíl",
		Beneficiaries: "Cizincům", Areas: []string{"JAZ"}, Description: "Popis", Results: "Vyškolení lektoři", Transferability: "CELEK", Lessons: "Úspěch",
		Barriers: []atlas.Barrier{{Code: "DLOUHO"}}, Sources: []atlas.Source{{Kind: "WEB", URL: "https://example.cz", Accessed: atlas.Date{Year: 2026, Month: 11, Day: 1}}},
	}
	if change != nil {
		change(p)
	}
	return p
}

func TestACardIsProposedByAnybodyAndPublishedByEditorsWithAllThatItNeeds(t *testing.T) { // acceptance example 17, 6.11
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d, ctx := newDesk(t, s), t.Context()
		office := &atlas.Actor{Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Name: "Statutární město Plzeň"}
		ok(t, d.SaveActor(ctx, d.editor, office))
		card := practice(func(p *atlas.Practice) {
			p.RecordStatus, p.Transferability, p.Barriers, p.Status, p.Marked = atlas.RecordDraft, "", nil, atlas.PracticeRecommended, atlas.Date{Year: 2026, Month: 1, Day: 1}
			p.Implementers = []string{office.ID}
		})
		if err := d.SavePractice(ctx, d.author, practice(nil)); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("published by its author: %v", err)
		}
		ok(t, d.SavePractice(ctx, d.author, card))
		stands, err := d.Reader().Practice(ctx, card.ID)
		ok(t, err)
		if card.ID != "K-00001" || stands.Status != atlas.PracticeDraft || stands.Marked.Known() {
			t.Fatalf("a draft that gives itself a status and a mark: %+v", stands)
		}
		stands.RecordStatus = atlas.RecordReview
		if err := d.SavePractice(ctx, d.author, stands); err == nil || !strings.Contains(err.Error(), "problem.transferability (2 problems)") {
			t.Errorf("without transferability and barriers: %v", err)
		}
		stands.Transferability = "CELEK"
		refused(t, d.SavePractice(ctx, d.author, stands), "problem.barriers")
		stands.Barriers = []atlas.Barrier{{Code: "DLOUHO"}}
		stands.Photos = []atlas.Photo{{URL: "https://upload.wikimedia.org/r.jpg", Alt: "Radnice", Licence: "CC0"}}
		refused(t, d.SavePractice(ctx, d.author, stands), "problem.photo_source")
		stands.Photos[0].Source = "Wikimedia Commons"
		ok(t, d.SavePractice(ctx, d.author, stands))
		waits, err := d.Queue(ctx, d.editor)
		if err != nil || len(waits) != 1 || waits[0].ID != card.ID || len(waits[0].Missing) > 0 {
			t.Fatalf("in the queue: %+v, %v", waits, err)
		}
		ok(t, d.Decide(ctx, d.editor, card.ID, waits[0].Version, store.DeedPublished, ""))
		book, err := d.Practices(ctx)
		ok(t, err)
		public, there := book.Practice(card.ID)
		if !there || !public.Public() || public.Status != atlas.PracticePublished {
			t.Fatalf("published: %+v", public)
		}
		for text, want := range map[string]int{"kontaktnich centrech": 1, "lektorům": 1, "plzen": 1, "xyzzy": 0} {
			if got := book.Find(text); len(got) != want {
				t.Errorf("%q finds %v", text, got)
			}
		}
	})
}

func TestACardNamesOnlyWhatThereIs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		for field, change := range map[string]func(*atlas.Practice){
			"projects.0":              func(p *atlas.Practice) { p.Projects = []string{"P-99999"} },
			"evaluations.0":           func(p *atlas.Practice) { p.Evaluations = []string{"E-99999"} },
			"implementers.0.actor":    func(p *atlas.Practice) { p.Implementers = []string{"A-99999"} },
			"territories.0.territory": func(p *atlas.Practice) { p.Territories = []string{"000000"} },
		} {
			card := practice(change)
			card.RecordStatus = atlas.RecordDraft
			var invalid *atlas.InvalidError
			err := d.SavePractice(t.Context(), d.editor, card)
			if !errors.As(err, &invalid) || invalid.Problems[0].Field != field || invalid.Problems[0].Key != "problem.reference" {
				t.Errorf("%s: %v", field, err)
			}
		}
	})
}

// judged publishes an evaluation of the panel's project with example 9.
func (p *panel) judged(t *testing.T) string {
	t.Helper()
	id := p.start(t)
	p.submit(t, p.one, id, ninth...)
	p.submit(t, p.two, id, ninth...)
	boss := p.as(t, p.boss)
	ok(t, p.ApproveEvaluation(t.Context(), boss, id, p.judgement(t, p.boss, id).Evaluation.Version))
	ok(t, p.PublishEvaluation(t.Context(), boss, id, p.judgement(t, p.boss, id).Evaluation.Version))
	return id
}

// marked is a published card of an evaluated project that has the mark and the
// upscaling mark.
func (p *panel) marked(t *testing.T) (card, evaluation string) {
	t.Helper()
	evaluation = p.judged(t)
	boss := p.as(t, p.boss)
	c, err := p.PracticeFrom(t.Context(), boss, p.project, evaluation)
	ok(t, err)
	whole := practice(nil)
	whole.Title, whole.Projects, whole.Evaluations, whole.Implementers = c.Title, c.Projects, c.Evaluations, c.Implementers
	ok(t, p.SavePractice(t.Context(), boss, whole))
	ok(t, p.GiveMark(t.Context(), boss, whole.ID, whole.Version, true))
	return whole.ID, evaluation
}

func (p *panel) card(t *testing.T, id string) *atlas.Practice {
	t.Helper()
	c, err := p.Reader().Practice(t.Context(), id)
	ok(t, err)
	return c
}

func (p *panel) says(t *testing.T, id string) string {
	t.Helper()
	b, err := p.Practices(t.Context())
	ok(t, err)
	c, _ := b.Practice(id)
	return b.Mark(c)
}

func TestTheMarkIsProposedNeverGivenByItselfAndEndsUnlessConfirmed(t *testing.T) { // 8.2.7, R2-33, 7.2
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		found := func(value string) int {
			return p.Index().Search(search.Query{Filters: map[search.Facet][]string{search.FacetPractice: {value}}}).Total
		}
		evaluation := p.judged(t)
		boss := p.as(t, p.boss)
		w, err := p.PracticeWork(ctx, boss)
		ok(t, err)
		if len(w.Candidates) != 1 || w.Candidates[0].Project.ID != p.project || !w.Candidates[0].StandsUpscaled() || found(app.PracticeCandidate) != 1 {
			t.Fatalf("proposed: %+v", w)
		}
		c, err := p.PracticeFrom(ctx, boss, p.project, evaluation)
		ok(t, err)
		if !slices.Equal(c.Projects, []string{p.project}) || !slices.Equal(c.Evaluations, []string{evaluation}) || c.Title == "" || len(c.Contacts) > 0 || c.ID != "" {
			t.Errorf("pre-filled: %+v", c)
		}
		card := practice(func(x *atlas.Practice) {
			x.Projects, x.Evaluations, x.Implementers = c.Projects, c.Evaluations, c.Implementers
		})
		ok(t, p.SavePractice(ctx, boss, card))
		if p.says(t, card.ID) != "" {
			t.Error("a card has the mark before anybody gave it")
		}
		if err := p.GiveMark(ctx, p.as(t, p.founder), card.ID, card.Version, false); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("given by an author: %v", err)
		}
		ok(t, p.GiveMark(ctx, boss, card.ID, card.Version, true))
		stands := p.card(t, card.ID)
		months := 0
		for d := stands.Marked; d.Compare(stands.Until) < 0; months++ {
			d = app.MonthsAfter(stands.Marked, months+1)
		}
		r, err := p.Reader().Rubric(ctx, p.rubric)
		ok(t, err)
		if months != r.Mark.Valid || !stands.Upscaled || len(stands.Confirmed) != 1 || p.says(t, card.ID) != app.PracticeCurrent {
			t.Errorf("marked for %d months: %+v", months, stands)
		}
		if found(app.PracticeCurrent) != 1 || found(app.PracticeCandidate) != 0 {
			t.Error("the project is not found as good practice")
		}
		if stands.Holds(app.MonthsAfter(stands.Until, 1)) || !stands.Lapsed(app.MonthsAfter(stands.Until, 1)) {
			t.Error("the mark has no end")
		}
		ok(t, p.ConfirmMark(ctx, boss, card.ID, stands.Version))
		if c := p.card(t, card.ID); len(c.Confirmed) != 2 {
			t.Errorf("confirmed: %+v", c.Confirmed)
		}
		refused(t, p.TakeMark(ctx, boss, card.ID, p.card(t, card.ID).Version, " "), "problem.required")
		ok(t, p.TakeMark(ctx, boss, card.ID, p.card(t, card.ID).Version, "Praxe skončila"))
		if c := p.card(t, card.ID); c.Lost != "Praxe skončila" || p.says(t, card.ID) != app.PracticeLapsed || found(app.PracticeLapsed) != 1 {
			t.Errorf("taken: %+v", c)
		}
	})
}

func TestTheMarkFallsAtOnceWhenWhatItRestsOnIsGone(t *testing.T) { // 8.2.7
	for name, x := range map[string]struct {
		gone func(*testing.T, *panel, string) // takes something away
		why  string
	}{
		"the evaluation is not published any more": {func(t *testing.T, p *panel, id string) {
			ok(t, p.WithdrawEvaluation(t.Context(), p.as(t, p.boss), id, p.judgement(t, p.boss, id).Evaluation.Version, "Spletli jsme se"))
		}, app.FailsWithdrawn},
		"the project is not published any more": {func(t *testing.T, p *panel, _ string) {
			ok(t, p.SetProjectStatus(t.Context(), p.as(t, p.boss), p.project, p.version(t), atlas.RecordArchived))
		}, app.FailsProject},
		"one of two evaluators is gone": {func(t *testing.T, p *panel, id string) {
			p.evaluation(t, id, func(e *atlas.Evaluation) { e.Assignments[0].State = atlas.AssignmentConflict })
		}, app.FailsEvaluators},
		"the points of K5 lost their evidence": {func(t *testing.T, p *panel, id string) { p.unbacked(t, id, "K5") }, app.FailsEvidence + " K5"},
		"those of K10 did":                     {func(t *testing.T, p *panel, id string) { p.unbacked(t, id, "K10") }, app.FailsEvidence + " K10"},
		"the total is not enough": {func(t *testing.T, p *panel, id string) {
			p.evaluation(t, id, func(e *atlas.Evaluation) { e.Result.Total = 699 })
		}, app.FailsRule},
		"a gate was answered with yes": {func(t *testing.T, p *panel, id string) {
			p.evaluation(t, id, func(e *atlas.Evaluation) { e.Result.Excluded = true })
		}, app.FailsRule},
	} {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				p := newPanel(t, s)
				card, evaluation := p.marked(t)
				x.gone(t, p, evaluation)
				c := p.card(t, card)
				if c.Lost != x.why || !c.LostOn.Known() || p.says(t, card) != app.PracticeLapsed {
					t.Errorf("lost for %q on %s, says %q", c.Lost, c.LostOn, p.says(t, card))
				}
				if got := p.letters(t); !slices.ContainsFunc(got, func(l string) bool { return strings.Contains(l, "mark") }) {
					t.Errorf("editors were told nothing: %v", got)
				}
				if err := p.ConfirmMark(t.Context(), p.as(t, p.boss), card, c.Version); err == nil {
					t.Error("a mark that fell was confirmed")
				}
			})
		})
	}
	storetest.Each(t, func(t *testing.T, s *store.Store) { // the upscaling mark alone
		p := newPanel(t, s)
		card, evaluation := p.marked(t)
		p.unbacked(t, evaluation, "K11")
		if c := p.card(t, card); c.Upscaled || c.LostOn.Known() || p.says(t, card) != app.PracticeCurrent {
			t.Errorf("after K11 lost its evidence: upscaled %v, lost %q", c.Upscaled, c.Lost)
		}
	})
}

func (p *panel) version(t *testing.T) int64 {
	t.Helper()
	x, err := p.Reader().Project(t.Context(), p.project)
	ok(t, err)
	return x.Version
}

// evaluation changes a stored evaluation as an operation of the program would, in its
// transaction.
func (p *panel) evaluation(t *testing.T, id string, change func(*atlas.Evaluation)) {
	t.Helper()
	ok(t, p.Change(t.Context(), func(tx *store.Tx) error {
		e, err := tx.Evaluation(t.Context(), id)
		if err != nil {
			return err
		}
		change(e)
		return tx.PutEvaluation(t.Context(), e, store.Write{By: "atlas", At: p.Now()})
	}))
}

// unbacked withdraws the evidence of a criterion from all sheets.
func (p *panel) unbacked(t *testing.T, evaluation, criterion string) {
	t.Helper()
	for _, s := range p.judgement(t, p.boss, evaluation).Sheets {
		x := app.Piece{Sheet: s.ID, Version: s.Version, Criterion: criterion}
		ok(t, p.WithdrawEvidence(t.Context(), p.as(t, p.boss), evaluation, x, "Zpráva byla opravena"))
	}
}

func TestSoManyMonthsLaterIsADayOfTheCalendarAndNeverOfAnotherMonth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := atlas.Date{Year: rapid.IntRange(2000, 2100).Draw(t, "year"), Month: rapid.IntRange(1, 12).Draw(t, "month"), Day: rapid.IntRange(1, 31).Draw(t, "day")}
		if !d.Valid() {
			t.Skip("no such day")
		}
		months := rapid.IntRange(0, 120).Draw(t, "months")
		got := app.MonthsAfter(d, months)
		if !got.Valid() || (got.Year*12+got.Month)-(d.Year*12+d.Month) != months || got.Day > d.Day || got.Day < min(d.Day, 28) {
			t.Fatalf("%d months after %s: %s", months, d, got)
		}
	})
}

func TestACardNamesEvaluationsOfItsOwnProjectsOnly(t *testing.T) { // 8.2.7: the mark is earned
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := newPanel(t, s), t.Context()
		id := p.judged(t)
		boss := p.as(t, p.boss)
		other := mis(p.implementer)
		other.RegNumber = ""
		ok(t, p.SaveProject(ctx, editor, other))
		card := practice(func(x *atlas.Practice) {
			x.Projects, x.Evaluations, x.Implementers = []string{other.ID}, []string{id}, []string{p.implementer}
		})
		refused(t, p.SavePractice(ctx, boss, card), "problem.evaluation_of_other")
		card.Projects = []string{p.project}
		ok(t, p.SavePractice(ctx, boss, card))
		ok(t, p.GiveMark(ctx, boss, card.ID, card.Version, false))
		// The project is merged away: the evaluation goes along, the card still names the
		// old code and is its card all the same.
		ok(t, p.MergeProjects(ctx, editor, app.Merge{Keep: other.ID, Drop: p.project}))
		stands := p.card(t, card.ID)
		stands.Lessons = "Poučení"
		ok(t, p.SavePractice(ctx, boss, stands))
		if p.says(t, card.ID) != app.PracticeCurrent {
			t.Errorf("the mark fell with the merge: %+v", p.card(t, card.ID).Lost)
		}
	})
}
