package coverage_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/web/webtest"
)

// TestEveryThemeOpensAsManyProjectsAsItCounts on both axes, for the whole country
// and inside a kraj; the citizens of the EU are always there (R4-21).
func TestEveryThemeOpensAsManyProjectsAsItCounts(t *testing.T) {
	i := webtest.Start(t)
	seen := 0
	for _, path := range []string{
		"/pokryti?zobrazeni=temata", "/pokryti?zobrazeni=temata&osa=skupiny&do=2021", "/pokryti?zobrazeni=temata&uvnitr=CZ042&do=2020",
		"/en/pokryti?zobrazeni=temata&osa=skupiny&skupina=TG-AZY",
	} {
		got := i.Get(t, path)
		got.Find("table tbody td a").Each(func(_ int, a *goquery.Selection) {
			seen++
			list := a.AttrOr("href", "")
			if n := i.Get(t, list).Find("#vysledky-nadpis").AttrOr("data-total", ""); n != strings.TrimSpace(a.Text()) {
				t.Errorf("%s: %s projects, %s finds %s", path, a.Text(), list, n)
			}
		})
		if words := got.Words("main"); !strings.Contains(words, "Občané EU, EHP a Švýcarska") && !strings.Contains(words, "Citizens of the EU") {
			t.Errorf("%s does not name the citizens of the EU", path)
		}
		if bars, rows := got.Find(".chart-rows .chart-bar").Length(), got.Find("table tbody tr").Length(); bars != rows || rows == 0 {
			t.Errorf("%s draws %d bars of %d rows", path, bars, rows)
		}
	}
	if seen < 30 {
		t.Errorf("only %d themes were asked", seen)
	}
}

func TestCitizensOfTheEUAreShownEvenWithNothing(t *testing.T) {
	i := webtest.Empty(t)
	if got := i.Get(t, "/pokryti?zobrazeni=temata&osa=skupiny").Words("table tbody"); !strings.Contains(got, "Občané EU, EHP a Švýcarska") {
		t.Errorf("%q", got)
	}
	if got := i.Get(t, "/pokryti?zobrazeni=temata").Words(".notice"); !strings.Contains(got, "0 projektů") {
		t.Errorf("%q", got)
	}
	for _, view := range []string{"konce", "prekryvy"} {
		if got := i.Get(t, "/pokryti?zobrazeni="+view).Words(".nothing"); got == "" {
			t.Errorf("%s of nothing says nothing", view)
		}
	}
}

func running(t *testing.T, i *webtest.Instance, title string, to atlas.Date) *atlas.Project {
	t.Helper()
	p, err := i.App.Reader().Project(t.Context(), "P-00001")
	if err != nil {
		t.Fatal(err)
	}
	p.ID, p.Meta, p.RegNumber, p.Follows, p.PlaceText, p.Ongoing = "", atlas.Meta{RecordStatus: atlas.RecordPublished}, "", nil, "", false
	p.TitleCs, p.TitleEn, p.Country, p.Scope = title, "", "CZ", atlas.ScopeMunicipality
	p.From, p.To, p.Status = atlas.Date{Year: 2025, Month: 1}, to, atlas.StatusRunning
	p.Territories = []atlas.Place{{Territory: "CZ010"}}
	p.Areas, p.TargetLegal, p.Activities = []atlas.AreaShare{{Code: "JAZ", Primary: true}}, []string{groupEU}, []atlas.Activity{{Code: "A01"}}
	if err := i.App.SaveProject(t.Context(), webtest.Editor, p); err != nil {
		t.Fatal(err)
	}
	return p
}

const groupEU = "TG-EU"

// TestWhatEndsUnfollowedIsListedUntilSomethingFollows (U-04).
func TestWhatEndsUnfollowedIsListedUntilSomethingFollows(t *testing.T) {
	i := webtest.Start(t)
	p := running(t, i, "Končící kurz", atlas.Date{Year: 2027, Month: 2})
	const path = "/pokryti?zobrazeni=konce&uvnitr=CZ010"
	row := i.Get(t, path).Find("table tbody tr").FilterFunction(func(_ int, r *goquery.Selection) bool { return strings.Contains(r.Text(), "Končící kurz") })
	if row.Length() != 1 {
		t.Fatal("it is not listed")
	}
	i.SignIn(t, i.Account(t, "nova@example.cz").ID, false)
	form := i.Get(t, row.Find("td a[rel]").AttrOr("href", ""))
	if got := form.Find("[name=follows]").Text(); strings.TrimSpace(got) != p.ID {
		t.Errorf("the form of a follow-up follows %q", got)
	}
	i.SignOut(t)
	next := running(t, i, "Pokračování", atlas.Date{Year: 2029, Month: 2})
	next.Follows = []string{p.ID}
	if err := i.App.SaveProject(t.Context(), webtest.Editor, next); err != nil {
		t.Fatal(err)
	}
	if got := i.Get(t, path).Words("main"); strings.Contains(got, "Končící kurz") || !strings.Contains(got, "pokračování známe") {
		t.Error("a followed project is still a gap")
	}
}

func TestThreeOfTheSameInOneMunicipalityAreListed(t *testing.T) {
	i := webtest.Start(t)
	for _, title := range []string{"První stejný", "Druhý stejný", "Třetí stejný"} {
		running(t, i, title, atlas.Date{Year: 2029, Month: 2})
	}
	for _, path := range []string{"/pokryti?zobrazeni=prekryvy", "/en/pokryti?zobrazeni=prekryvy&uvnitr=CZ010"} {
		if got := i.Get(t, path).Words("table tbody"); !strings.Contains(got, "Praha") || !strings.Contains(got, "Třetí stejný") {
			t.Errorf("%s: %q", path, got)
		}
	}
	if got := i.Get(t, "/pokryti?zobrazeni=prekryvy&uvnitr=CZ042").Words("table tbody"); strings.Contains(got, "Praha") {
		t.Errorf("an overlap in Praha is shown in another kraj: %q", got)
	}
}
