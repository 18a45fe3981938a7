package territories_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/web/webtest"
)

// figures are counted over the projects, without the index.
type figures struct {
	total, unknownYears int
	amount              atlas.Sum
	areas, years        map[string]int
	recent              map[string]int // areas of projects active in the last 20 years, or when is not known
	active              int
}

// byHand counts the published projects of a territory; "" counts all.
func byHand(projects []*atlas.Project, i *webtest.Instance, code string) figures {
	f := figures{areas: map[string]int{}, years: map[string]int{}, recent: map[string]int{}}
	now := webtest.Now.Year()
	for _, p := range projects {
		if !p.Public() || code != "" && !lies(i, p, code) {
			continue
		}
		f.total++
		money, _, _ := p.Money()
		f.amount.Add(money)
		from, to, ok := p.ActiveYears(now)
		if !ok {
			f.unknownYears++
		}
		recent := ok && to >= now-19 && from <= now
		if recent {
			f.active++
		}
		for y := from; ok && y <= to; y++ {
			f.years[strconv.Itoa(y)]++
		}
		for _, a := range p.Areas {
			f.areas[a.Code]++
			if recent || !ok {
				f.recent[a.Code]++
			}
		}
	}
	return f
}

func lies(i *webtest.Instance, p *atlas.Project, code string) bool {
	return slices.ContainsFunc(p.Territories, func(q atlas.Place) bool {
		t, ok := i.App.Places().Get(q.Territory)
		return ok && (t.Code == code || slices.Contains(t.Parents(), code))
	})
}

func projects(t *testing.T, i *webtest.Instance) []*atlas.Project {
	t.Helper()
	var out []*atlas.Project
	err := i.App.Reader().EachProject(t.Context(), func(p *atlas.Project) error {
		out = append(out, p)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// cells reads a table by the texts of its row heads.
func cells(p webtest.Page, section string) map[string][]string {
	out := map[string][]string{}
	p.Find(`section[aria-labelledby="` + section + `"] tbody tr`).Each(func(_ int, tr *goquery.Selection) {
		head := strings.TrimSpace(tr.Find("th").Text())
		tr.Find("td.number").Each(func(_ int, td *goquery.Selection) {
			out[head] = append(out[head], strings.TrimSpace(strings.ReplaceAll(td.Text(), "\u00a0", "")))
		})
	})
	return out
}

func TestEveryFigureOfAPlaceEqualsTheCountByHand(t *testing.T) {
	i := webtest.Start(t)
	all := projects(t, i)
	var codes []string
	for _, level := range []atlas.Level{atlas.LevelRegion, atlas.LevelMunicipality, atlas.LevelCityDistrict} {
		for _, place := range i.App.Places().Children("CZ", level) {
			codes = append(codes, place.Code)
		}
	}
	codes = append(codes, "CZ0323", "CZ0100", "3209")
	lists := i.App.Lists()
	areas, _ := lists.List(atlas.ListArea)
	for _, code := range codes {
		p, want := i.Get(t, "/uzemi/"+code), byHand(all, i, code)
		if p.Status != 200 {
			t.Fatalf("%s: %d", code, p.Status)
		}
		compared := cells(p, "srovnani")
		name := i.App.Places().Label(code)
		wantRow := []string{strconv.Itoa(want.total), strconv.Itoa(want.active), strconv.Itoa(len(want.recent)) + " z " + strconv.Itoa(len(areas.Items))}
		if got := compared[name]; !slices.Equal(normal(got), normal(wantRow)) {
			t.Errorf("%s: %q, by hand %q", code, got, wantRow)
		}
		byArea, years := cells(p, "podle-temat"), cells(p, "podle-let")
		missing := strings.Split(strings.Join(texts(p, `section[aria-labelledby="neznama-temata"] .chip`), "|"), "|")
		for _, it := range areas.Items {
			label := lists.Label(atlas.ListArea, it.Code, "cs")
			if got := strings.Join(byArea[label], ""); got != shown(want.areas[it.Code]) {
				t.Errorf("%s, %s: %q, by hand %d", code, it.Code, got, want.areas[it.Code])
			}
			if slices.Contains(missing, label) != (want.recent[it.Code] == 0) {
				t.Errorf("%s: %s is said not to be known: %v, by hand %d", code, it.Code, slices.Contains(missing, label), want.recent[it.Code])
			}
		}
		for _, year := range slices.Sorted(maps.Keys(want.years)) {
			if got := strings.Join(years[year], ""); got != strconv.Itoa(want.years[year]) {
				t.Errorf("%s in %s: %q, by hand %d", code, year, got, want.years[year])
			}
		}
		if want.amount.Known > 0 && !strings.Contains(p.Words(".tiles"), plain(i18n.MoneyShort("cs", want.amount.Minor, "CZK"))) {
			t.Errorf("%s: %s, by hand %d", code, p.Words(".tiles"), want.amount.Minor)
		}
		if want.amount.Unknown > 0 && !strings.Contains(p.Words(".tiles"), "u "+strconv.Itoa(want.amount.Unknown)+" projekt") {
			t.Errorf("%s does not say of how many projects the amount is not known (%d): %s", code, want.amount.Unknown, p.Words(".tiles"))
		}
		if want.unknownYears > 0 && !strings.Contains(p.Words("figcaption"), strconv.Itoa(want.unknownYears)) {
			t.Errorf("%s does not say how many projects have no known start", code)
		}
	}
}

// shown is how a count stands in a table that leaves rows of 0 out.
func shown(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func normal(all []string) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = strings.Join(strings.Fields(s), "")
	}
	return out
}

func plain(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }

func texts(p webtest.Page, selector string) []string {
	return p.Find(selector).Map(func(_ int, s *goquery.Selection) string { return s.Text() })
}

func TestTheTreeHasEveryTerritoryWithItsExactCount(t *testing.T) {
	i := webtest.Start(t)
	all := projects(t, i)
	for _, lang := range []string{"", "/en"} {
		p := i.Get(t, lang+"/uzemi")
		if n := p.Find("details.fold").Length(); n != 14 {
			t.Errorf("%d kraje", n)
		}
		if n := p.Find("details.fold li a").Length(); n != 77+206 {
			t.Errorf("%d okresy and ORP", n)
		}
		p.Find("details.fold li").Each(func(_ int, li *goquery.Selection) {
			href, _ := li.Find("a").Attr("href")
			code := strings.TrimPrefix(href, lang+"/uzemi/")
			if got, want := li.Find(".facet-count").Text(), byHand(all, i, code).total; got != strconv.Itoa(want) {
				t.Errorf("%s: %s, by hand %d", code, got, want)
			}
		})
		if p.Find("svg a.map-region").Length() != 14 {
			t.Error("the map does not have 14 kraje")
		}
	}
}

// twins writes municipalities of one name, one that is no more, and their city
// district.
func twins(t *testing.T, i *webtest.Instance) {
	t.Helper()
	_, _, _, err := i.App.SaveTerritories(t.Context(), webtest.Editor, []atlas.Territory{
		{Code: "560294", Level: atlas.LevelMunicipality, Name: "Březová", Region: "CZ041", District: "CZ0413", ORP: "4107"},
		{Code: "506214", Level: atlas.LevelMunicipality, Name: "Březová", Region: "CZ080", District: "CZ0805", ORP: "8121"},
		{Code: "539996", Level: atlas.LevelMunicipality, Name: "Brdy", Region: "CZ020", District: "CZ020B", ValidTo: atlas.Date{Year: 2015, Month: 12, Day: 31}},
		{Code: "500001", Level: atlas.LevelMunicipality, Name: "Stará Ves", Region: "CZ020", District: "CZ020B", Municipality: "560294", ValidTo: atlas.Date{Year: 2010}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAnAmbiguousNameOffersItsDistricts(t *testing.T) { // 10.3: 591 names belong to more municipalities
	i := webtest.Start(t)
	twins(t, i)
	p := i.Get(t, "/uzemi?q=BREZOVA")
	choices := strings.Join(texts(p, `section[aria-labelledby="volby"] li`), "\n")
	if p.Path != "/uzemi?q=BREZOVA" || !strings.Contains(choices, "okres Sokolov") || !strings.Contains(choices, "okres Opava") {
		t.Fatalf("%s: %s", p.Path, choices)
	}
	for q, code := range map[string]string{
		"Březová, okres Opava": "506214", "Březová (okres Sokolov) [560294]": "560294", "plzen": "554791", "CZ0323": "CZ0323",
		"Karlovarský kraj": "CZ041", "brezo okres": "", "okres Cheb": "CZ0411",
	} {
		p := i.Get(t, "/uzemi?q="+strings.ReplaceAll(q, " ", "+"))
		if code != "" && p.Path != "/uzemi/"+code {
			t.Errorf("%q leads to %s", q, p.Path)
		}
	}
	p = i.Get(t, "/en/uzemi?q=Plze%C5%88")
	if p.Path != "/en/uzemi/554791" {
		t.Errorf("English leads to %s", p.Path)
	}
}

func TestNothingFoundSaysWhatToDo(t *testing.T) {
	i := webtest.Empty(t)
	p := i.Get(t, "/uzemi?q=Lhota")
	if text := p.Words(".nothing"); !strings.Contains(text, "Lhota") || !strings.Contains(text, "atlas import territories") {
		t.Errorf("%s", text)
	}
	if p := i.Get(t, "/uzemi/CZ041"); p.Status != 200 || !strings.Contains(p.Words(".lead"), "zatím nevíme") {
		t.Errorf("%d %s", p.Status, p.Words("main"))
	}
}

func TestOddAddressesAreAnsweredAndNeverBreak(t *testing.T) {
	i := webtest.Start(t)
	for path, status := range map[string]int{
		"/uzemi/XX999": 404, "/uzemi/%ff": 404, "/uzemi/<script>": 404, "/uzemi?q=%ff%00": 200, "/uzemi?q=" + strings.Repeat("a+", 50_000): 200,
		"/uzemi/naseptavac?q=%ff": 200, "/uzemi/naseptavac": 200,
	} {
		if p := i.Get(t, path); p.Status != status {
			t.Errorf("%.40s: %d, want %d", path, p.Status, status)
		}
	}
	for path, to := range map[string]string{"/uzemi/CZ": "/uzemi", "/uzemi/3131": "/uzemi/CZ072", "/en/uzemi/CZ": "/en/uzemi"} {
		if p := i.Get(t, path); p.Path != to {
			t.Errorf("%s leads to %s, want %s", path, p.Path, to)
		}
	}
}

func TestAnExtinctMunicipalityIsSaidToBe(t *testing.T) {
	i := webtest.Start(t)
	twins(t, i)
	p := i.Get(t, "/uzemi/539996")
	if got := p.Words("main .notice"); !strings.Contains(got, "31. 12. 2015") || !strings.Contains(got, "Nástupce není znám") {
		t.Errorf("%q", got)
	}
	if got := i.Get(t, "/uzemi/500001").Words("main .notice"); !strings.Contains(got, "Březová (okres Sokolov)") {
		t.Errorf("%q", got)
	}
}

func TestThePageLeadsUpDownAndAside(t *testing.T) {
	i := webtest.Start(t)
	p := i.Get(t, "/uzemi/539694")
	var way []string
	p.Find(".breadcrumb a").Each(func(_ int, a *goquery.Selection) {
		href, _ := a.Attr("href")
		way = append(way, href)
	})
	if want := []string{"/", "/uzemi", "/uzemi/CZ010", "/uzemi/CZ0100", "/uzemi/1000", "/uzemi/554782"}; !slices.Equal(way, want) {
		t.Errorf("%q", way)
	}
	if p.Find(`section[aria-labelledby="vedle"] a[href="/uzemi/500097"]`).Length() != 1 {
		t.Error("Praha 13 does not lead to Praha 3")
	}
	up := i.Get(t, "/uzemi/554782")
	for _, href := range []string{"/uzemi/539694", "/projekty?uzemi=554782", "/export/projekty.csv?uzemi=554782", "/uzemi/CZ010"} {
		if up.Find(`a[href="`+href+`"]`).Length() == 0 {
			t.Errorf("Praha does not lead to %s", href)
		}
	}
}

func TestQueriesAndBytesStaySmall(t *testing.T) {
	i := webtest.Start(t)
	for path, most := range map[string]int64{"/uzemi": 0, "/uzemi?q=a": 30, "/uzemi/CZ032": 30, "/uzemi/CZ010": 30, "/uzemi/554791": 30, "/uzemi/CZ010/vlozit": 30, "/uzemi/naseptavac?q=p": 0} {
		i.Get(t, path) // what is made of the whole database is remembered
		before := i.Store.Queries()
		p := i.Get(t, path)
		if n := i.Store.Queries() - before; n > most {
			t.Errorf("%s costs %d queries, at most %d", path, n, most)
		}
		t.Logf("%s: %d bytes", p.Path, len(p.Body))
	}
}

func TestSuggestionsTellNamesakesApartByTheirCode(t *testing.T) {
	i := webtest.Start(t)
	twins(t, i)
	var values []string
	i.Get(t, "/uzemi/naseptavac?q=brezo").Find("option").Each(func(_ int, o *goquery.Selection) {
		v, _ := o.Attr("value")
		values = append(values, v)
	})
	if !slices.Contains(values, "Březová (okres Opava) [506214]") || !slices.Contains(values, "Březová (okres Sokolov) [560294]") {
		t.Errorf("%q", values)
	}
}

func TestAllMunicipalitiesOfAnORPAreNamedAndOfAKrajThoseWithAProject(t *testing.T) {
	i := webtest.Start(t)
	var many []atlas.Territory
	for n := range 300 {
		orp := "3209"
		if n >= 20 {
			orp = "3201"
		}
		many = append(many, atlas.Territory{
			Code: strconv.Itoa(600_000 + n), Level: atlas.LevelMunicipality, Name: "Ves " + strconv.Itoa(n), Region: "CZ032", District: "CZ0323", ORP: orp,
		})
	}
	if _, _, _, err := i.App.SaveTerritories(t.Context(), webtest.Editor, many); err != nil {
		t.Fatal(err)
	}
	inside := func(path string) (titles string, villages int) {
		p := i.Get(t, path)
		return p.Words(`section[aria-labelledby="casti"] summary`), p.Find(`section[aria-labelledby="casti"] a[href^="/uzemi/600"]`).Length()
	}
	if titles, n := inside("/uzemi/3209"); n != 20 || !strings.Contains(titles, "Obce – ") {
		t.Errorf("ORP: %d villages, %s", n, titles)
	}
	if titles, n := inside("/uzemi/CZ032"); n != 0 || !strings.Contains(titles, "Obce s projektem – projekt mají 2") {
		t.Errorf("kraj: %d villages, %s", n, titles)
	}
}
