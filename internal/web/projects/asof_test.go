package projects_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store"
	"atlas/internal/web/webtest"
)

// grown is an empty instance whose clock shows 1 February 2026, with a project
// for each of three days of January; on the fourth one of them is renamed, its
// organisation too, and another withdrawn.
func grown(t *testing.T) *webtest.Instance {
	t.Helper()
	before := webtest.Now
	t.Cleanup(func() { webtest.Now = before })
	webtest.Now = time.Date(2026, 1, 10, 12, 0, 0, 0, time.UTC)
	i := webtest.Empty(t)
	org := &atlas.Actor{Name: "Spolek Most", Type: "NNO", Country: "CZ", Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}}
	var all []*atlas.Project
	write := func(day int, fn func(*store.Tx, store.Write) error) {
		t.Helper()
		w := store.Write{By: "editor", Origin: "form", At: time.Date(2026, 1, day, 22, 59, 59, 0, time.UTC)} // a second before midnight in Prague
		if err := i.Store.Update(t.Context(), func(tx *store.Tx) error { return fn(tx, w) }); err != nil {
			t.Fatal(err)
		}
	}
	write(10, func(tx *store.Tx, w store.Write) error { return tx.PutActor(t.Context(), org, w) })
	for n := range 3 {
		p := &atlas.Project{TitleCs: fmt.Sprint("Kurz ", n), Country: "CZ", Areas: []atlas.AreaShare{{Code: "JAZ", Primary: true}},
			Parties: []atlas.Party{{Actor: org.ID, Role: atlas.RoleImplementer}}, Meta: atlas.Meta{RecordStatus: atlas.RecordPublished},
			Contacts: []atlas.Person{{Name: "Jana Nováková", Email: "jana@example.cz", Public: true, Consent: "e-mail"}}}
		all = append(all, p)
		write(11+n, func(tx *store.Tx, w store.Write) error { return tx.PutProject(t.Context(), p, w) })
	}
	all[0].TitleCs, all[1].RecordStatus, org.Name = "Přejmenovaný kurz", atlas.RecordArchived, "Spolek Lávka"
	write(14, func(tx *store.Tx, w store.Write) error {
		return errors.Join(tx.PutProject(t.Context(), all[0], w), tx.PutProject(t.Context(), all[1], w), tx.PutActor(t.Context(), org, w))
	})
	webtest.Now = time.Date(2026, 2, 1, 12, 0, 0, 0, time.UTC)
	if err := i.App.Load(t.Context()); err != nil { // the store was written past the application
		t.Fatal(err)
	}
	return i
}

func TestTheListStandsAsItStoodOnADay(t *testing.T) {
	i := grown(t)
	for day, want := range map[string]string{
		"10": "0", "11": "1 Kurz 0 Spolek Most", "12": "2 Kurz 0 Spolek Most", "13": "3 Kurz 0 Spolek Most",
		"14": "2 Přejmenovaný kurz Spolek Lávka", "31": "2 Přejmenovaný kurz Spolek Lávka",
	} {
		for _, lang := range []string{"", "/en"} {
			page := i.Get(t, lang+"/k/2026-01-"+day+"/projekty?razeni=nazev")
			total, _ := page.Find("#vysledky-nadpis").Attr("data-total")
			words := strings.Fields(want)
			if page.Status != 200 || total != words[0] {
				t.Errorf("%s: %d, %s projects", day, page.Status, total)
			}
			if name, org := strings.Join(words[1:min(len(words), 3)], " "), strings.Join(words[min(len(words), 3):], " "); !strings.Contains(page.Words(".cards"), name) || !strings.Contains(page.Words(".cards"), org) {
				t.Errorf("%s: %s", day, page.Words(".cards"))
			}
			if page.Find("meta[name=robots][content=noindex]").Length() != 1 || strings.Contains(page.Body, "Nováková") {
				t.Errorf("%s can be found by machines or names a person", day)
			}
			page.Find(".cards h3 a").Each(func(_ int, s *goquery.Selection) {
				if href, _ := s.Attr("href"); !strings.HasPrefix(href, lang+"/k/2026-01-"+day+"/projekty/P-") {
					t.Errorf("%s leads to %s", day, href)
				}
			})
		}
	}
}

func TestASearchAndAFileAsOfADay(t *testing.T) {
	i := grown(t)
	if page := i.Get(t, "/k/2026-01-13/projekty?q=lávka"); strings.Contains(page.Words(".results"), "Kurz 0") {
		t.Errorf("found by a later name: %s", page.Words(".results"))
	}
	page := i.Get(t, "/k/2026-01-13/projekty?q=kurz&oblast=JAZ")
	if n := page.Find(`input[type=checkbox][name=oblast][value=JAZ]`).AttrOr("data-count", ""); n != "3" {
		t.Errorf("the facet counts %s", n)
	}
	csv := page.Find(`.takeaway a[href*=".csv"]`).AttrOr("href", "")
	if want := "/k/2026-01-13/export/projekty.csv?q=kurz&oblast=JAZ"; csv != want {
		t.Errorf("the file is at %s", csv)
	}
	file := i.Get(t, csv)
	if n := strings.Count(strings.TrimSpace(file.Body), "\n"); file.Status != 200 || n != 3 || strings.Contains(file.Body, "jana@") || strings.Contains(file.Body, "Lávka") {
		t.Errorf("%d: %d rows: %s", file.Status, n, file.Body)
	}
	if values := i.Get(t, "/k/2026-01-11/projekty/hodnoty?facet=oblast"); values.Status != 200 || values.Find(`form[action="/k/2026-01-11/projekty"]`).Length() == 0 {
		t.Errorf("values of a facet: %d", values.Status)
	}
	for _, view := range []string{"tabulka", "mapa", "roky"} {
		if page := i.Get(t, "/k/2026-01-13/projekty?zobrazeni="+view); page.Status != 200 {
			t.Errorf("%s: %d", view, page.Status)
		}
	}
}

func TestAnAskedDayLeadsToItsLastingAddressAndAWrongOneIsSaid(t *testing.T) {
	i := grown(t)
	page := i.Get(t, "/en/projekty?ke-dni=12.+1.+2026&q=kurz")
	if page.Path != "/en/k/2026-01-12/projekty?q=kurz" || page.Status != 200 {
		t.Errorf("%d at %s", page.Status, page.Path)
	}
	if cite := page.Words("details"); !strings.Contains(cite, page.Path) || !strings.Contains(cite, "1 February 2026") {
		t.Errorf("cited as %s", cite)
	}
	for day, want := range map[string]string{
		"2026-01-09": "První záznamy má databáze ze dne 10. 1. 2026", "2026-02-02": "teprve bude", "2026-02-30": "není den", "v%C4%8Dera": "„včera“ není den",
	} {
		if page := i.Get(t, "/k/"+day+"/projekty"); page.Status != 404 || !strings.Contains(page.Words("main"), want) || page.Find("input[name=ke-dni]").Length() != 1 {
			t.Errorf("%s: %d %s", day, page.Status, page.Words("main"))
		}
	}
	today := i.Get(t, "/k/2026-02-01/projekty")
	if today.Status != 200 || !strings.Contains(today.Words("main"), "do půlnoci se tedy může něco změnit") {
		t.Errorf("today: %d %s", today.Status, today.Words("main"))
	}
	if old := i.Get(t, "/k/2026-01-13/projekty/P-00002"); old.Status != 200 || !strings.Contains(old.Words("main"), "Kurz 1") {
		t.Errorf("a project archived since: %d %s", old.Status, old.Words("main"))
	}
}

func TestADayIsBuiltAnewWhenSomethingOfItComesLate(t *testing.T) {
	i := grown(t)
	total := func() string {
		return i.Get(t, "/k/2026-01-13/projekty").Find("#vysledky-nadpis").AttrOr("data-total", "")
	}
	before := total()
	first, err := i.App.StandAt(t.Context(), atlas.Date{Year: 2026, Month: 1, Day: 20})
	if err != nil {
		t.Fatal(err)
	}
	again, err := i.App.StandAt(t.Context(), atlas.Date{Year: 2026, Month: 1, Day: 30}) // nothing was written between
	if err != nil || again.Index != first.Index {
		t.Errorf("two days with one state are built twice: %v", err)
	}
	p := &atlas.Project{TitleCs: "Opožděný", Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}}
	err = i.Store.Update(t.Context(), func(tx *store.Tx) error {
		return tx.PutProject(t.Context(), p, store.Write{By: "editor", At: time.Date(2026, 1, 12, 8, 0, 0, 0, time.UTC)})
	})
	if err != nil {
		t.Fatal(err)
	}
	if after := total(); before != "3" || after != "4" {
		t.Errorf("%s projects, then %s", before, after)
	}
	var unready *app.BuildingError
	if _, err := i.App.StandAt(t.Context(), atlas.Date{Year: 2026, Month: 1, Day: 11}); err != nil && !errors.As(err, &unready) {
		t.Error(err)
	}
}
