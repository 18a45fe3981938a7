package projects

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/search"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"
)

// total is the number of projects a page of the list says it found.
func total(t testing.TB, d *goquery.Document) int {
	t.Helper()
	n, err := strconv.Atoi(d.Find("#vysledky-nadpis").AttrOr("data-total", ""))
	if err != nil {
		t.Fatalf("no total: %v", err)
	}
	return n
}

// ids are the projects on a page of the list, in their order.
func ids(d *goquery.Document) []string {
	return d.Find(".cards .card h3 a, tbody th a[href*='/projekty/P-']").Map(func(_ int, s *goquery.Selection) string {
		href := s.AttrOr("href", "")
		return href[strings.LastIndex(href, "/")+1:]
	})
}

// public reads every published project of the instance.
func public(t testing.TB, i *instance) []*atlas.Project {
	t.Helper()
	var out []*atlas.Project
	err := i.app.Reader().EachProject(t.Context(), func(p *atlas.Project) error {
		if p.Public() {
			out = append(out, p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// byHand says which values a project has in a facet, read straight from its
// fields and not by the code that fills the index.
var byHand = map[search.Facet]func(*instance, *atlas.Project) []string{
	search.FacetArea: func(_ *instance, p *atlas.Project) (out []string) {
		for _, a := range p.Areas {
			out = append(out, a.Code)
		}
		return out
	},
	search.FacetTargetLegal: func(_ *instance, p *atlas.Project) []string { return p.TargetLegal },
	search.FacetStatus:      func(_ *instance, p *atlas.Project) []string { return []string{p.Status} },
	search.FacetCountry:     func(_ *instance, p *atlas.Project) []string { return []string{p.Country} },
	search.FacetActivity: func(_ *instance, p *atlas.Project) (out []string) {
		for _, a := range p.Activities {
			out = append(out, a.Code)
		}
		return out
	},
	search.FacetFunderType: func(_ *instance, p *atlas.Project) (out []string) {
		for _, f := range p.Funding {
			out = append(out, f.FunderType)
		}
		return out
	},
	search.FacetYear: func(_ *instance, p *atlas.Project) (out []string) {
		end := p.To.Year
		if end == 0 {
			end = p.From.Year
			if p.Ongoing {
				end = today.Year()
			}
		}
		for y := p.From.Year; y != 0 && y <= end; y++ {
			out = append(out, strconv.Itoa(y))
		}
		return out
	},
	search.FacetTerritory: func(i *instance, p *atlas.Project) (out []string) {
		for _, q := range p.Territories {
			place, _ := i.app.Places().Get(q.Territory)
			out = append(out, place.Code, place.Region, place.District, place.ORP, place.Municipality)
		}
		if len(out) == 0 && p.Scope == atlas.ScopeCountry {
			return []string{"CZ"}
		}
		if len(out) == 0 && p.Country == "CZ" {
			return []string{"NEZN"}
		}
		return out
	},
}

func (i *instance) has(p *atlas.Project, f search.Facet, values ...string) bool {
	own := byHand[f](i, p)
	if len(own) == 0 && f != search.FacetTerritory {
		own = []string{"NEZN"}
	}
	return slices.ContainsFunc(values, func(v string) bool { return slices.Contains(own, v) })
}

// filters are questions of several facets, with several values in one.
var filters = []map[search.Facet][]string{
	{},
	{search.FacetArea: {"JAZ"}},
	{search.FacetArea: {"JAZ", "SKO"}, search.FacetTerritory: {"CZ010"}},
	{search.FacetStatus: {"UKON"}, search.FacetYear: {"2019", "2020"}, search.FacetTargetLegal: {"TG-ALL"}},
	{search.FacetTerritory: {"CZ032", "CZ041"}},
}

func address(f map[search.Facet][]string, more ...string) string {
	values := url.Values{}
	for facet, all := range f {
		values[string(facet)] = all
	}
	for i := 0; i+1 < len(more); i += 2 {
		values.Set(more[i], more[i+1])
	}
	return "/projekty?" + values.Encode()
}

func TestEveryCountBesideAFilterEqualsCountingTheProjectsByHand(t *testing.T) {
	i := demo(t)
	all := public(t, i)
	for _, chosen := range filters {
		d := i.page(t, address(chosen))
		want := 0
		for _, p := range all {
			if i.matches(p, chosen, "") {
				want++
			}
		}
		if got := total(t, d); got != want {
			t.Errorf("%v: %d found, by hand %d", chosen, got, want)
		}
		for facet := range byHand {
			d.Find("#facet-" + string(facet) + " input").Each(func(_ int, box *goquery.Selection) {
				value, said := box.AttrOr("value", ""), box.AttrOr("data-count", "")
				n := 0
				for _, p := range all {
					if i.matches(p, chosen, facet) && i.has(p, facet, value) {
						n++
					}
				}
				if said != strconv.Itoa(n) {
					t.Errorf("%v, %s=%s: the page says %s, by hand %d", chosen, facet, value, said, n)
				}
			})
		}
	}
}

// matches says whether a project passes all filters but those of one facet.
func (i *instance) matches(p *atlas.Project, chosen map[search.Facet][]string, except search.Facet) bool {
	for facet, values := range chosen {
		if facet != except && !i.has(p, facet, values...) {
			return false
		}
	}
	return true
}

func TestChoosingAValueFindsAsManyAsItsCountSays(t *testing.T) {
	i := demo(t)
	d := i.page(t, "/projekty")
	seen := map[string]bool{}
	d.Find(".facet input").Each(func(_ int, box *goquery.Selection) {
		facet, value := box.AttrOr("name", ""), box.AttrOr("value", "")
		seen[facet] = true
		want, _ := strconv.Atoi(box.AttrOr("data-count", ""))
		if got := total(t, i.page(t, "/projekty?"+url.Values{facet: {value}}.Encode())); got != want {
			t.Errorf("%s=%s gives %d, the count said %d", facet, value, got, want)
		}
	})
	if len(seen) < 12 {
		t.Errorf("%d facets, want at least 12: %v", len(seen), slices.Sorted(maps.Keys(seen)))
	}
}

func TestATreeOfTerritoriesOpensBelowTheChosenOne(t *testing.T) {
	i := demo(t)
	d := i.page(t, "/projekty?uzemi=CZ032")
	var below []string
	d.Find("#facet-uzemi li[class] input").Each(func(_ int, box *goquery.Selection) { below = append(below, box.AttrOr("value", "")) })
	if !slices.Contains(below, "CZ0323") {
		t.Errorf("no okres Plzeň-město below the chosen kraj: %v", below)
	}
	d = i.page(t, "/projekty?uzemi=CZ032&uzemi=CZ0323")
	if got := d.Find(".chips .chip").Length(); got != 1 {
		t.Errorf("a kraj and a district in it are %d conditions, want the narrower alone", got)
	}
}

func TestEveryPageDeepIntoTheResultOpensAndTogetherTheyHoldEverythingOnce(t *testing.T) {
	i := demo(t)
	for _, sort := range []string{"shoda", "rok", "castka", "nove", "nazev"} {
		var got []string
		want := len(public(t, i))
		for n := 1; n <= lastPage(want); n++ {
			d := i.page(t, fmt.Sprintf("/projekty?razeni=%s&strana=%d", sort, n))
			got = append(got, ids(d)...)
		}
		slices.Sort(got)
		if len(slices.Compact(got)) != want || len(got) != want {
			t.Errorf("sorted by %s: %d projects on all pages, want each of %d once", sort, len(got), want)
		}
	}
}

func TestSpellingCaseAndDiacriticsFindTheSame(t *testing.T) { // acceptance example 16
	i := empty(t)
	publish(t, i, "Žďár nad Sázavou pro všechny")
	publish(t, i, "Cheb se učí česky")
	publish(t, i, "Havlíčkův Brod: klub sousedů")
	for _, words := range []string{"Žďár", "zdar", "ŽĎÁR"} {
		d := i.page(t, "/projekty?"+url.Values{"q": {words}}.Encode())
		if total(t, d) != 1 || d.Find(".card mark").First().Text() != "Žďár" {
			t.Errorf("%q finds %d, marks %q", words, total(t, d), d.Find(".card mark").First().Text())
		}
	}
	titles := i.page(t, "/projekty?razeni=nazev").Find(".card h3").Map(func(_ int, s *goquery.Selection) string { return s.Text()[:4] })
	if diff := cmp.Diff([]string{"Havl", "Cheb", "Žď"}, []string{titles[0], titles[1], titles[2][:len("Žď")]}); diff != "" {
		t.Errorf("Czech order has H before Ch: %s", diff)
	}
}

func TestTheSumOverTheListNamesTheProjectsWhoseAmountIsNotKnown(t *testing.T) { // 6.2, U-03
	i := demo(t)
	var sum int64
	unknown := 0
	for _, p := range public(t, i) {
		if a, _, _ := p.Money(); a.Known() {
			sum += a.Minor
		} else {
			unknown++
		}
	}
	text := i.page(t, "/projekty").Find(".sum").Text()
	w := words{i.site.Words, "cs"}
	for _, want := range []string{w.amount(atlas.Amount{Minor: sum, State: atlas.AmountKnown}, "CZK"), w.N("projects.sum_unknown", unknown)} {
		if !strings.Contains(text, want) {
			t.Errorf("%q lacks %q", text, want)
		}
	}
}

func TestMapAndYearsShowTheSameNumbersAsTheFilters(t *testing.T) {
	i := demo(t)
	counts := map[string]string{}
	i.page(t, "/projekty").Find("#facet-uzemi input").Each(func(_ int, s *goquery.Selection) {
		counts["/projekty?uzemi="+s.AttrOr("value", "")] = s.AttrOr("data-count", "")
	})
	d := i.page(t, "/projekty?zobrazeni=mapa")
	rows := d.Find(".results table").First().Find("tbody").First().Find("tr")
	if rows.Length() != 14 {
		t.Errorf("%d kraje in the table, want 14", rows.Length())
	}
	rows.Each(func(_ int, s *goquery.Selection) {
		link := strings.Replace(s.Find("a").AttrOr("href", ""), "&zobrazeni=mapa", "", 1)
		if got := s.Find("td").Text(); got != counts[link] {
			t.Errorf("%s: the table says %s, the filter %q", s.Find("th").Text(), got, counts[link])
		}
	})
	years := i.page(t, "/projekty?zobrazeni=roky")
	if n := years.Find("svg .chart-bar").Length(); n < 20 {
		t.Errorf("%d years in the chart, want at least the last 20", n)
	}
	years.Find(".results tbody tr").Each(func(_ int, s *goquery.Selection) {
		want := 0
		for _, p := range public(t, i) {
			if i.has(p, search.FacetYear, s.Find("th").Text()) {
				want++
			}
		}
		if s.Find("td").Text() != strconv.Itoa(want) {
			t.Errorf("year %s: %s, by hand %d", s.Find("th").Text(), s.Find("td").Text(), want)
		}
	})
}

func TestWhatNoListKnowsIsNamedAndCanBeTakenAway(t *testing.T) {
	i := demo(t)
	d := i.page(t, "/projekty?oblast=XYZ&uzemi=999999&razeni=barva&zobrazeni=kolo&strana=-3")
	if total(t, d) != 0 || d.Find(".chip-unknown").Length() != 2 || d.Find(".results .notice").Length() != 3 {
		t.Errorf("found %d, %d unknown conditions, notices %q", total(t, d), d.Find(".chip-unknown").Length(), d.Find(".results .notice").Text())
	}
	if !strings.Contains(d.Find(".nothing").Text(), "Projekty se objeví, když vynecháte") && d.Find(".nothing a").Length() == 0 {
		t.Errorf("an empty result offers no way on: %q", d.Find(".nothing").Text())
	}
	d = i.page(t, "/projekty?strana=99999999999999999999")
	if total(t, d) == 0 || len(ids(d)) == 0 || d.Find(".results .notice").Length() != 1 {
		t.Error("an enormous page is not the last one, said so")
	}
}

func TestAQueryOfAMillionWordsIsAnsweredAndSaysItWasCut(t *testing.T) {
	i := demo(t)
	d := i.get(t, "/projekty?q="+strings.Repeat("integrace+", 1_000_000)).html()
	if n := d.Find(".results .notice").Length(); n != 2 {
		t.Errorf("%d notices, want one about the length and one about the words: %s", n, d.Find(".results .notice").Text())
	}
}

func TestBytesThatAreNoTextGiveAPageAndNotAnError(t *testing.T) {
	i := demo(t)
	for _, query := range []string{"q=%ff%fe%00", "oblast=%c3%28", "%ff=%ff", "q=%zz", ";;;&&&=", "uzemi=%00"} {
		if a := i.get(t, "/projekty?"+query); a.Code != http.StatusOK {
			t.Errorf("%s: status %d", query, a.Code)
		}
	}
	for _, path := range []string{"/projekty/P-99999", "/projekty/%ff%fe", "/projekty/../etc", "/export/jine.csv", "/export/projekty.exe", "/projekty/hodnoty?facet=nic"} {
		if a := i.get(t, path); a.Code != http.StatusNotFound && a.Code != http.StatusTemporaryRedirect && a.Code != http.StatusMovedPermanently {
			t.Errorf("%s: status %d", path, a.Code)
		}
	}
}

func TestATypoIsAskedAbout(t *testing.T) {
	i := demo(t)
	d := i.page(t, "/projekty?q=integarce")
	link := d.Find(".results .notice a")
	if link.Length() != 1 || total(t, i.page(t, link.AttrOr("href", ""))) == 0 {
		t.Errorf("no correction: %q", d.Find(".results .notice").Text())
	}
}

func TestASavedViewComesBackAndCanBeDropped(t *testing.T) {
	i := demo(t)
	a := i.post(t, "/projekty/pohledy", url.Values{"jmeno": {"Čeština v Praze"}, "zpet": {"oblast=JAZ&uzemi=CZ010"}, "akce": {"ulozit"}})
	if a.Code != http.StatusSeeOther || !strings.HasPrefix(a.Header().Get("Location"), "/projekty?oblast=JAZ&uzemi=CZ010") {
		t.Fatalf("status %d, %s", a.Code, a.Header().Get("Location"))
	}
	r, _ := http.NewRequest(http.MethodGet, "/projekty", nil)
	for _, c := range a.Result().Cookies() {
		r.AddCookie(c)
	}
	saved := i.do(t, r).html().Find("#pohledy li a").First()
	if saved.Text() != "Čeština v Praze" || saved.AttrOr("href", "") != "/projekty?oblast=JAZ&uzemi=CZ010" {
		t.Errorf("saved view %q leads to %q", saved.Text(), saved.AttrOr("href", ""))
	}
	if a := i.post(t, "/projekty/pohledy", url.Values{"jmeno": {" "}, "akce": {"ulozit"}}); !strings.Contains(a.Header().Get("Set-Cookie"), "zprava=error") {
		t.Errorf("a view without a name: %v", a.Header())
	}
}

func TestAllValuesOfAFacetCanBeFoundByTheirNames(t *testing.T) {
	i := demo(t)
	d := i.page(t, "/projekty/hodnoty?facet=realizator&hledat=plzen")
	label := d.Find(".values label").First().Text()
	if !strings.Contains(label, "Plzeň") {
		t.Errorf("%q", label)
	}
}

func TestSuggestionsAreOptionsOfTheSearchBox(t *testing.T) {
	i := demo(t)
	a := i.get(t, "/projekty/naseptavac?q=kur")
	if n := a.html().Find("option").Length(); a.Code != http.StatusOK || n == 0 || n > 8 {
		t.Errorf("status %d, %d suggestions", a.Code, n)
	}
	box := i.page(t, "/projekty").Find("#q")
	if box.AttrOr("data-suggest", "") != "/projekty/naseptavac" || box.AttrOr("list", "") != "navrhy" {
		t.Error("the search box does not name its suggestions")
	}
}

func TestTheSearchFormKeepsTheChosenConditions(t *testing.T) {
	d := demo(t).page(t, "/projekty?oblast=JAZ&rok=2019&q=kurz")
	hidden := d.Find(`#seznam input[form="hledani"]`).Map(func(_ int, s *goquery.Selection) string {
		return s.AttrOr("name", "") + "=" + s.AttrOr("value", "")
	})
	if diff := cmp.Diff([]string{"oblast=JAZ", "rok=2019"}, hidden); diff != "" {
		t.Error(diff)
	}
}

func TestTheListLeadsToTheCoverageOfWhatItFound(t *testing.T) {
	page := demo(t).page(t, "/projekty?q=kurzy&oblast=JAZ&rok=2019-2021&pokryti=CZ042&razeni=nazev")
	got := page.Find(`.views a[href^="/pokryti"]`).AttrOr("href", "")
	if got != "/pokryti?do=2021&oblast=JAZ&od=2019&q=kurzy" {
		t.Errorf("it leads to %q", got)
	}
}
