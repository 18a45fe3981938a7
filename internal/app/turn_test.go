package app_test

import (
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/search"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// found is how many projects have a value of a facet.
func (p *people) found(f search.Facet, value string) int {
	return p.Index().Search(search.Query{Filters: map[search.Facet][]string{f: {value}}}).Total
}

func TestTheIndexFollowsTheEndOfAMarkAtMidnight(t *testing.T) { // 8.2.7
	for name, read := range map[string]bool{"nobody looks": false, "somebody reads a page first": true} {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				p := newPanel(t, s)
				card, _ := p.marked(t)
				until := p.card(t, card).Until
				midnight := time.Date(until.Year, time.Month(until.Month), until.Day+1, 0, 0, 0, 0, i18n.Prague)
				p.now = midnight.Add(-time.Second).UTC()
				ok(t, p.TurnDay(t.Context()))
				if p.found(search.FacetPractice, app.PracticeCurrent) != 1 || p.found(search.FacetPractice, app.PracticeLapsed) != 0 {
					t.Error("the mark ended on its last day")
				}
				p.now = midnight.UTC()
				if read && p.says(t, card) != app.PracticeLapsed {
					t.Error("the page says that the mark holds")
				}
				for range 2 { // the second time changes nothing
					ok(t, p.TurnDay(t.Context()))
					if p.found(search.FacetPractice, app.PracticeCurrent) != 0 || p.found(search.FacetPractice, app.PracticeLapsed) != 1 {
						t.Error("the index says that the mark holds")
					}
				}
				p.now = noon // the clock was ahead
				ok(t, p.TurnDay(t.Context()))
				if p.found(search.FacetPractice, app.PracticeCurrent) != 1 {
					t.Error("a clock that ran ahead took the mark away")
				}
			})
		})
	}
}

func TestWhatGoesOnIsActiveInANewYearFromItsMidnight(t *testing.T) { // 8.1.2
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := peopled(t, s)
		x := mis(p.organisation(t, "Sdružení pro soužití"))
		x.From, x.To, x.Ongoing, x.Status = atlas.Date{Year: 2025}, atlas.Date{}, true, atlas.StatusRunning
		ok(t, p.SaveProject(t.Context(), editor, x))
		p.now = time.Date(2026, 12, 31, 22, 59, 59, 0, time.UTC)
		ok(t, p.TurnDay(t.Context()))
		if p.found(search.FacetYear, "2026") != 1 || p.found(search.FacetYear, "2027") != 0 {
			t.Error("the new year began sooner")
		}
		p.now = p.now.Add(time.Second)
		ok(t, p.TurnDay(t.Context()))
		if p.found(search.FacetYear, "2027") != 1 {
			t.Error("the project ended with the old year")
		}
	})
}
