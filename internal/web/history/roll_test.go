package history_test

import (
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
	"atlas/internal/web/webtest"
)

// onEachEngine runs a test over an empty database of each engine.
func onEachEngine(t *testing.T, test func(*testing.T, *webtest.Instance)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) { test(t, webtest.On(t, s)) })
}

// TestActorsAndCallsAreListedAsTheyStoodOnADay: an organisation is renamed, another
// withdrawn and a call published on 14 January.
func TestActorsAndCallsAreListedAsTheyStoodOnADay(t *testing.T) {
	before := webtest.Now
	t.Cleanup(func() { webtest.Now = before })
	webtest.Now = time.Date(2026, 2, 1, 12, 0, 0, 0, time.UTC)
	onEachEngine(t, func(t *testing.T, i *webtest.Instance) {
		renamed, gone, call := twoActorsAndACall(t, i)
		for _, lang := range languages {
			for path, want := range map[string]string{
				"/k/2026-01-10/akteri": "Spolek Most|Spolek Práh", "/k/2026-01-14/akteri": "Spolek Lávka", "/k/2026-02-01/akteri": "Spolek Lávka",
				"/k/2026-01-10/akteri?q=PRAH": "Spolek Práh", "/k/2026-01-14/akteri?q=most": "", "/k/2026-01-13/vyzvy": "", "/k/2026-01-14/vyzvy": "Výzva na kurzy",
			} {
				page := i.Get(t, lang+path)
				var names []string
				for _, a := range page.Find("tbody th a").EachIter() {
					names = append(names, a.Text())
				}
				if got := strings.Join(names, "|"); page.Status != 200 || got != want {
					t.Errorf("%s%s: %d, %s", lang, path, page.Status, got)
				}
				if page.Find("meta[name=robots][content=noindex]").Length() != 1 {
					t.Errorf("%s is for machines", path)
				}
			}
			day := i.Get(t, lang+"/k/2026-01-14/vyzvy")
			if funder := day.Find("tbody td a").AttrOr("href", ""); funder != lang+"/k/2026-01-14/akteri/"+renamed || !strings.Contains(day.Words("tbody"), "Spolek Lávka") {
				t.Errorf("the funder is at %s: %s", funder, day.Words("tbody"))
			}
			if cite := day.Words("main"); !strings.Contains(cite, lang+"/k/2026-01-14/vyzvy.") || day.Find(`a[href="`+lang+`/vyzvy"]`).Length() < 2 {
				t.Errorf("no citation or no way to today: %s", cite)
			}
			for _, link := range i.Get(t, lang+"/k/2026-01-10/akteri").Find("tbody a").EachIter() {
				if at := i.Get(t, link.AttrOr("href", "")); at.Status != 200 {
					t.Errorf("%s: %d", link.AttrOr("href", ""), at.Status)
				}
			}
		}
		late := store.Write{By: "editor", At: time.Date(2026, 1, 12, 8, 0, 0, 0, time.UTC)} // a change that comes late counts
		put(t, i, func(tx *store.Tx) error {
			return tx.PutActor(t.Context(), &atlas.Actor{Name: "Spolek Opožděný", Country: "CZ", Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}}, late)
		})
		if page := i.Get(t, "/k/2026-01-13/akteri"); !strings.Contains(page.Words("tbody"), "Opožděný") {
			t.Errorf("the list of the day is stale: %s", page.Words("tbody"))
		}
		_, _ = gone, call
	})
}

func TestAListOfADayThatIsNoneSaysWhy(t *testing.T) {
	i := webtest.Start(t)
	for _, list := range []string{"akteri", "vyzvy"} {
		for day, want := range map[string]string{"2000-01-01": "ještě nic nebylo", "2999-01-01": "teprve bude", "dnes": "není den"} {
			page := i.Get(t, "/k/"+day+"/"+list)
			if page.Status != 404 || !strings.Contains(page.Words("main"), want) || page.Find("input[name=ke-dni]").Length() != 1 {
				t.Errorf("%s of %s: %d %s", list, day, page.Status, page.Words("main"))
			}
		}
		day := webtest.Now.Format("2. 1. 2006")
		if page := i.Get(t, "/"+list+"?q=a&ke-dni="+strings.ReplaceAll(day, " ", "+")); page.Status != 200 || !strings.HasPrefix(page.Path, "/k/"+webtest.Now.Format("2006-01-02")+"/"+list+"?q=a") {
			t.Errorf("%s asked as of today leads to %s: %d", list, page.Path, page.Status)
		}
	}
}

func put(t *testing.T, i *webtest.Instance, write func(*store.Tx) error) {
	t.Helper()
	if err := i.Store.Update(t.Context(), write); err != nil {
		t.Fatal(err)
	}
	if err := i.App.Load(t.Context()); err != nil { // the store was written past the application
		t.Fatal(err)
	}
}

func twoActorsAndACall(t *testing.T, i *webtest.Instance) (renamed, gone, call string) {
	t.Helper()
	on := func(day int) store.Write {
		return store.Write{By: "editor", Origin: "form", At: time.Date(2026, 1, day, 12, 0, 0, 0, time.UTC)}
	}
	published := atlas.Meta{RecordStatus: atlas.RecordPublished}
	a := &atlas.Actor{Name: "Spolek Most", Type: "NNO", Country: "CZ", Meta: published}
	b := &atlas.Actor{Name: "Spolek Práh", Type: "NNO", Country: "CZ", Meta: published}
	c := &atlas.Call{Title: "Výzva na kurzy", Year: 2026, Meta: atlas.Meta{RecordStatus: atlas.RecordDraft}}
	put(t, i, func(tx *store.Tx) error {
		for _, err := range []error{tx.PutActor(t.Context(), a, on(10)), tx.PutActor(t.Context(), b, on(10)), tx.PutCall(t.Context(), c, on(10))} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	a.Name, b.RecordStatus, c.RecordStatus, c.Funder = "Spolek Lávka", atlas.RecordArchived, atlas.RecordPublished, a.ID
	put(t, i, func(tx *store.Tx) error {
		for _, err := range []error{tx.PutActor(t.Context(), a, on(14)), tx.PutActor(t.Context(), b, on(14)), tx.PutCall(t.Context(), c, on(14))} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	return a.ID, b.ID, c.ID
}
