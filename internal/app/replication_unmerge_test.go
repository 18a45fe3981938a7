package app_test

import (
	"errors"
	"slices"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/search"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

func (d *desk) cardNow(t *testing.T, id string) *atlas.Practice {
	t.Helper()
	all, err := d.Reader().Practices(t.Context(), []string{id})
	ok(t, err)
	return all[0]
}

func (d *desk) mergeCards(t *testing.T, drop, keep string) {
	t.Helper()
	ok(t, d.MergePractice(t.Context(), d.editor, drop, d.cardNow(t, drop).Version, keep))
}

func (d *desk) journey(t *testing.T, id string) []string {
	t.Helper()
	j, err := d.Journey(t.Context(), id)
	ok(t, err)
	return lines(j.Tree(j.Roots))
}

func TestAMergeOfTwoCardsIsUndoneAndEverythingIsWhereItWas(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		web := atlas.Source{Kind: "WEB", URL: "https://mesto.example/praxe", Accessed: atlas.Date{Year: 2026}}
		keep, drop := d.card(t, townA, nil), d.card(t, townA, func(p *atlas.Practice) {
			p.Title, p.Segments, p.Areas, p.Sources = "Totéž podruhé", []atlas.Segment{{Name: "Terén"}, {Name: "Tisk"}}, []string{"BYD", "STR"}, []atlas.Source{web}
		})
		old := d.card(t, townA, func(p *atlas.Practice) { p.Areas = []string{"STR"} })
		d.mergeCards(t, old.ID, drop.ID)
		one, other := taken(keep.ID, "", townB), taken(drop.ID, "", townC)
		other.Kind, other.Segments = atlas.TransferPart, []string{"Terén"}
		ofOld := taken(old.ID, "", "CZ0201")
		for _, x := range []*atlas.Replication{one, other, ofOld} {
			ok(t, d.SaveReplication(t.Context(), d.editor, x))
		}
		both := &atlas.Collection{Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Title: "Poradny", Practices: []string{drop.ID, keep.ID}}
		ok(t, d.SaveCollection(t.Context(), d.editor, both))
		chosen := func() (out []string) {
			b, err := d.Practices(t.Context())
			ok(t, err)
			for _, p := range b.Chosen(both) {
				out = append(out, p.ID)
			}
			return out
		}
		before := map[string][]string{keep.ID: d.journey(t, keep.ID), drop.ID: d.journey(t, drop.ID)}
		was := d.cardNow(t, drop.ID)

		d.mergeCards(t, drop.ID, keep.ID)
		if got := chosen(); !slices.Equal(got, []string{keep.ID}) {
			t.Errorf("the collection has %q", got)
		}
		now := d.cardNow(t, keep.ID)
		now.Awards = []atlas.Award{{Name: "Cena kraje", Year: 2026}}
		ok(t, d.store.Update(t.Context(), func(tx *store.Tx) error {
			return tx.PutPractice(t.Context(), now, store.Write{By: "test", At: d.Now()})
		}))
		since, part := taken(keep.ID, other.ID, "CZ0202"), taken(keep.ID, "", "CZ0203")
		part.Kind, part.Segments = atlas.TransferPart, []string{"Terén"}
		for _, x := range []*atlas.Replication{since, part} {
			ok(t, d.SaveReplication(t.Context(), d.editor, x))
		}

		if _, err := d.UnmergePractice(t.Context(), d.author, drop.ID); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("an author undoes a merge: %v", err)
		}
		into, err := d.UnmergePractice(t.Context(), d.editor, drop.ID)
		ok(t, err)
		k, p := d.cardNow(t, keep.ID), d.cardNow(t, drop.ID)
		if into != keep.ID || p.RecordStatus != atlas.RecordPublished || p.MergedInto != "" || !slices.Equal(p.Areas, was.Areas) || !slices.Equal(p.Segments, was.Segments) || d.cardNow(t, old.ID).MergedInto != drop.ID {
			t.Errorf("the one given up: %+v, an older one leads to %s", p, d.cardNow(t, old.ID).MergedInto)
		}
		_, tisk := k.Segment("Tisk")
		_, terrain := k.Segment("Terén")
		if !slices.Equal(k.Areas, []string{"JAZ"}) || len(k.Sources) != len(keep.Sources) || len(k.Awards) != 1 || tisk || !terrain {
			t.Errorf("the kept one: %+v", k)
		}
		if got := d.journey(t, drop.ID); len(got) != len(before[drop.ID])+1 || !slices.Contains(got, "2 Beroun nepotvrzeno") {
			t.Errorf("%q, before %q", got, before[drop.ID])
		}
		if x, err := d.Reader().Replication(t.Context(), since.ID); err != nil || x.Practice != drop.ID {
			t.Errorf("what was taken from a town of the other card is of %s, %v", x.Practice, err)
		}
		if got := d.journey(t, keep.ID); len(got) != len(before[keep.ID])+1 {
			t.Errorf("%q, before %q", got, before[keep.ID])
		}
		if got := chosen(); !slices.Equal(got, both.Practices) {
			t.Errorf("the collection has %q", got)
		}
		for _, x := range []*atlas.Replication{one, other, ofOld} { // all may be changed still
			x, err := d.Reader().Replication(t.Context(), x.ID)
			ok(t, err)
			ok(t, d.SaveReplication(t.Context(), d.editor, x))
		}
		_, err = d.UnmergePractice(t.Context(), d.editor, drop.ID)
		refused(t, err, "problem.not_merged")
	})
}

func TestMergesOfCardsAreUndoneInTheOrderInWhichTheyCanBe(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		a, b, c := d.card(t, townA, nil), d.card(t, townA, func(p *atlas.Practice) { p.Areas = []string{"BYD"} }), d.card(t, townA, func(p *atlas.Practice) { p.Areas = []string{"STR"} })
		for range 2 { // the second time as well
			d.mergeCards(t, a.ID, b.ID)
			d.mergeCards(t, b.ID, c.ID)
			_, err := d.UnmergePractice(t.Context(), d.editor, a.ID)
			refused(t, err, "problem.merged_on")
			for _, id := range []string{b.ID, a.ID} {
				_, err := d.UnmergePractice(t.Context(), d.editor, id)
				ok(t, err)
			}
			for _, p := range []*atlas.Practice{a, b, c} {
				if now := d.cardNow(t, p.ID); now.MergedInto != "" || !slices.Equal(now.Areas, p.Areas) || now.RecordStatus != atlas.RecordPublished {
					t.Errorf("%s: %+v", p.ID, now)
				}
			}
		}
		d.mergeCards(t, a.ID, c.ID)
		d.mergeCards(t, b.ID, c.ID)
		_, err := d.UnmergePractice(t.Context(), d.editor, a.ID)
		ok(t, err)
		if got := d.cardNow(t, c.ID).Areas; !slices.Equal(got, []string{"STR", "BYD"}) {
			t.Errorf("what another card gave went with this one: %q", got)
		}
	})
}

func TestAMarkComesBackWithTheCardThatHasIt(t *testing.T) { // 8.2.7
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPanel(t, s)
		marked, _ := p.marked(t)
		boss := p.as(t, p.boss)
		other := practice(func(x *atlas.Practice) { x.Implementers = []string{p.implementer} })
		ok(t, p.SavePractice(t.Context(), boss, other))
		ok(t, p.MergePractice(t.Context(), boss, marked, p.card(t, marked).Version, other.ID))
		if p.found(search.FacetPractice, app.PracticeCurrent) != 0 {
			t.Error("the mark of a card that is not there any more")
		}
		_, err := p.UnmergePractice(t.Context(), boss, marked)
		ok(t, err)
		if p.found(search.FacetPractice, app.PracticeCurrent) != 1 || p.says(t, marked) != app.PracticeCurrent || p.says(t, other.ID) != "" {
			t.Error("the mark did not come back")
		}
		if now := p.card(t, other.ID); len(now.Projects)+len(now.Evaluations) > 0 {
			t.Errorf("the other card keeps %q %q", now.Projects, now.Evaluations)
		}
	})
}
