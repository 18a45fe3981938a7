package home_test

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/web/webtest"
)

// odd are projects of which little is known, or that lie where others do not.
func odd() []*atlas.Project {
	p := func(title string) *atlas.Project {
		return &atlas.Project{Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, TitleCs: title}
	}
	nothing, abroad, wide, draft, twice, old := p("Nic se neví"), p("Vídeň"), p("Celá země"), p("Rozpracovaný"), p("Dvakrát v Praze"), p("Starý")
	abroad.Country, abroad.Scope = "AT", atlas.ScopeAbroad
	wide.Country, wide.Scope = "CZ", atlas.ScopeCountry
	wide.TotalCost = atlas.Amount{Minor: 1_234_567_00, State: atlas.AmountEstimate}
	draft.RecordStatus, draft.From = atlas.RecordDraft, atlas.Date{Year: 1993}
	draft.Territories = []atlas.Place{{Territory: "CZ063"}}
	twice.Country, twice.Territories = "CZ", []atlas.Place{{Territory: "CZ010"}, {Territory: "554782"}}
	twice.Areas = []atlas.AreaShare{{Code: "JAZ", Primary: true}, {Code: "VZD"}}
	old.From, old.To = atlas.Date{Year: 1999, Month: 2}, atlas.Date{Year: 2001}
	old.Funding = []atlas.Funding{{Requested: atlas.Crowns(1_000_000)}} // asked for is not given
	return []*atlas.Project{nothing, abroad, wide, draft, twice, old}
}

// start serves the demo content with the odd projects beside it.
func start(t *testing.T) *webtest.Instance {
	t.Helper()
	i := webtest.Start(t)
	err := i.Store.Update(t.Context(), func(tx *store.Tx) error {
		for n, p := range odd() {
			write := store.Write{By: "test", Origin: "test", Action: atlas.ActionCreate, At: webtest.Now.Add(time.Duration(n+1) * time.Minute)}
			if err := tx.PutProject(t.Context(), p, write); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := i.App.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	return i
}

// published reads the projects that anybody may see.
func published(t *testing.T, i *webtest.Instance) []*atlas.Project {
	t.Helper()
	var out []*atlas.Project
	if err := i.App.Reader().EachProject(t.Context(), func(p *atlas.Project) error {
		if p.Public() {
			out = append(out, p)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func count(all []*atlas.Project, is func(*atlas.Project) bool) int {
	n := 0
	for _, p := range all {
		if is(p) {
			n++
		}
	}
	return n
}

// placeless says whether it is not known where in the country a project ran.
func placeless(p *atlas.Project) bool {
	return len(p.Territories) == 0 && p.Scope != atlas.ScopeCountry && (p.Country == "" || p.Country == "CZ")
}

// money is what a project cost in haléře: what was granted, else spent, of all
// its lines, or its whole cost where no line says (8.1.4).
func money(p *atlas.Project) (minor int64, known bool) {
	for _, f := range p.Funding {
		a := f.Granted
		if !a.Known() {
			a = f.Spent
		}
		switch {
		case !a.Known():
		case f.Currency == "" || f.Currency == "CZK":
			minor, known = minor+a.Minor, true
		case f.Rate > 0:
			minor, known = minor+int64(math.Round(float64(a.Minor)*float64(f.Rate)/1e6)), true
		}
	}
	if !known && p.TotalCost.Known() && (p.Currency == "" || p.Currency == "CZK") {
		return p.TotalCost.Minor, true
	}
	return minor, known
}

// lies says whether a project lies in a territory, by the tree of the store.
func lies(i *webtest.Instance, p *atlas.Project, code string) bool {
	return slices.ContainsFunc(p.Territories, func(place atlas.Place) bool {
		return place.Territory == code || slices.ContainsFunc(i.App.Places().Ancestors(place.Territory), func(up atlas.Territory) bool { return up.Code == code })
	})
}

// digits are the numbers of a text without what stands between thousands.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// tiles are the figures at the head of the page: number and note.
func tiles(p webtest.Page) [][2]string {
	var out [][2]string
	p.Find(".tiles .tile").Each(func(_ int, s *goquery.Selection) {
		out = append(out, [2]string{s.Find(".tile-number").Text(), digits(s.Find(".tile-note").Text())})
	})
	return out
}

func TestTheFiguresOfTheFirstPageAreThoseCountedByHand(t *testing.T) {
	i := start(t)
	all := published(t, i)
	places, first, last, timeless, sum, paid := map[string]bool{}, 9999, 0, 0, int64(0), 0
	for _, p := range all {
		for _, place := range p.Territories {
			chain := i.App.Places().Ancestors(place.Territory)
			if self, ok := i.App.Places().Get(place.Territory); ok {
				chain = append(chain, self)
			}
			for _, up := range chain {
				if up.Level == atlas.LevelMunicipality {
					places[up.Code] = true
				}
			}
		}
		if minor, known := money(p); known {
			sum, paid = sum+minor, paid+1
		}
		if !p.From.Known() {
			timeless++
			continue
		}
		end := p.From.Year
		if p.To.Known() {
			end = p.To.Year
		} else if p.Ongoing {
			end = webtest.Now.Year()
		}
		first, last = min(first, p.From.Year), max(last, end)
	}
	abroad := count(all, func(p *atlas.Project) bool { return p.Country != "" && p.Country != "CZ" })
	if abroad == 0 || timeless == 0 || paid == len(all) || first != 1999 {
		t.Fatalf("the content is no trial: %d abroad, %d without years, %d with money, from %d", abroad, timeless, paid, first)
	}
	want := [][2]string{
		{strconv.Itoa(len(all)), strconv.Itoa(abroad)},
		{strconv.Itoa(len(places)), strconv.Itoa(count(all, placeless))},
		{fmt.Sprintf("%d–%d", first, last), strconv.Itoa(timeless)},
	}
	for _, path := range []string{"/", "/en"} {
		p := i.Get(t, path)
		got := tiles(p)
		if len(got) != 4 {
			t.Fatalf("%s: %v", path, got)
		}
		if diff := cmp.Diff(want, got[:3]); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
		million := float64(sum) / 1e8
		number, _, _ := strings.Cut(strings.ReplaceAll(got[3][0], ",", "."), "\u00a0")
		if shown, err := strconv.ParseFloat(number, 64); err != nil || shown < million-0.051 || shown > million+0.051 || got[3][1] != strconv.Itoa(len(all)-paid) {
			t.Errorf("%s: %q of %q unknown, by hand %v million of %d unknown", path, got[3][0], got[3][1], million, len(all)-paid)
		}
		if label := p.Find(".tile-label").Eq(3).Text(); digits(label) != strconv.Itoa(paid) {
			t.Errorf("%s: the sum is of %q, by hand of %d", path, label, paid)
		}
	}
}

func TestThemesAreCountedByHandAndTheMostFrequentStandsFirst(t *testing.T) {
	i := start(t)
	all := published(t, i)
	want := map[string]int{}
	for _, p := range all {
		for _, a := range p.Areas {
			want["/projekty?oblast="+a.Code]++
		}
	}
	page := i.Get(t, "/")
	got, order := map[string]int{}, []int(nil)
	page.Find("ul.themes li").Each(func(_ int, s *goquery.Selection) {
		href, _ := s.Find("a").Attr("href")
		n, _ := strconv.Atoi(digits(s.Find(".facet-count").Text()))
		got[href], order = n, append(order, n)
	})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !slices.IsSortedFunc(order, func(a, b int) int { return b - a }) {
		t.Errorf("in the order %v", order)
	}
	unknown := count(all, func(p *atlas.Project) bool { return len(p.Areas) == 0 })
	if note := page.Words("ul.themes + .field-hint"); digits(note) != strconv.Itoa(unknown) {
		t.Errorf("%q, by hand %d", note, unknown)
	}
}

func TestKrajeInTheTableAndOnTheMapAreCountedByHand(t *testing.T) {
	i := start(t)
	all := published(t, i)
	want := map[string]int{}
	for _, kraj := range i.App.Places().Children("CZ", atlas.LevelRegion) {
		want["/uzemi/"+kraj.Code] = count(all, func(p *atlas.Project) bool { return lies(i, p, kraj.Code) })
	}
	if len(want) != 14 || want["/uzemi/CZ010"] == 0 {
		t.Fatalf("%v", want)
	}
	page := i.Get(t, "/")
	table, drawn := map[string]int{}, map[string]int{}
	rows := page.Find(".columns-map tbody tr")
	rows.Each(func(_ int, tr *goquery.Selection) {
		if href, ok := tr.Find("a").Attr("href"); ok {
			table[href], _ = strconv.Atoi(digits(tr.Find("td").Text()))
		}
	})
	page.Find("svg.chart-map a").Each(func(_ int, a *goquery.Selection) {
		href, _ := a.Attr("href")
		name, _ := a.Attr("aria-label")
		drawn[href], _ = strconv.Atoi(digits(name))
	})
	if diff := cmp.Diff(want, table); diff != "" {
		t.Errorf("table: %s", diff)
	}
	if diff := cmp.Diff(want, drawn); diff != "" {
		t.Errorf("map: %s", diff)
	}
	var shown []int
	page.Find("svg.chart-map .map-number").Each(func(_ int, s *goquery.Selection) {
		n, _ := strconv.Atoi(s.Text())
		shown = append(shown, n)
	})
	if diff := cmp.Diff(slices.Sorted(maps.Values(want)), slices.Sorted(slices.Values(shown))); diff != "" {
		t.Errorf("numbers on the map: %s", diff)
	}
	wide := count(all, func(p *atlas.Project) bool { return len(p.Territories) == 0 && p.Scope == atlas.ScopeCountry })
	for n, by := range map[int]int{1: count(all, placeless), 2: wide} {
		if got := digits(rows.Eq(rows.Length() - n).Find("td").Text()); got != strconv.Itoa(by) {
			t.Errorf("%q: by hand %d", rows.Eq(rows.Length()-n).Text(), by)
		}
	}
	if wide == 0 {
		t.Error("the content is no trial")
	}
}

func TestTheLastAddedStandFirstAndDraftsNowhere(t *testing.T) {
	i := start(t)
	page := i.Get(t, "/en")
	got := page.Find("ol.cards h3 a").Map(func(_ int, a *goquery.Selection) string { return a.Text() })
	want := []string{"Starý", "Dvakrát v Praze", "Celá země", "Vídeň", "Nic se neví"} // and one of those before
	if len(got) != 6 || !slices.Equal(got[:5], want) {
		t.Errorf("%q", got)
	}
	page.Find("ol.cards h3 a").Each(func(_ int, a *goquery.Selection) {
		href, _ := a.Attr("href")
		if p := i.Get(t, href); p.Status != 200 || !strings.HasPrefix(href, "/en/projekty/P-") || !strings.Contains(p.Find("h1").Text(), a.Text()) {
			t.Errorf("%s leads to %s: %d %s", a.Text(), href, p.Status, p.Words("h1"))
		}
	})
	if got := page.Words("ol.cards li:first-child .card-meta"); got != "1999–2001" {
		t.Errorf("the years of the first are %q", got)
	}
	if got := page.Words("ol.cards li:nth-child(5) .card-meta"); got != "years not known" {
		t.Errorf("years nobody knows are %q", got)
	}
	if strings.Contains(page.Body, "Rozpracovaný") {
		t.Error("a draft is shown")
	}
}

func TestTheGapsAreThoseCountedByHandAndLeadToTheProjects(t *testing.T) {
	i := start(t)
	all := published(t, i)
	gaps := map[string]func(*atlas.Project) bool{
		"castka":  func(p *atlas.Project) bool { _, known := money(p); return !known },
		"osoby":   func(p *atlas.Project) bool { return !p.PeopleReached.Known },
		"rok":     func(p *atlas.Project) bool { return !p.From.Known() },
		"uzemi":   placeless,
		"oblast":  func(p *atlas.Project) bool { return len(p.Areas) == 0 },
		"skupina": func(p *atlas.Project) bool { return len(p.TargetLegal) == 0 },
		"aktivita": func(p *atlas.Project) bool {
			return !slices.ContainsFunc(p.Activities, func(a atlas.Activity) bool { return a.Code != "" })
		},
		"poskytovatel": func(p *atlas.Project) bool {
			return !slices.ContainsFunc(p.Funding, func(f atlas.Funding) bool { return f.Funder != "" }) &&
				!slices.ContainsFunc(p.Parties, func(q atlas.Party) bool { return q.Role == atlas.RoleFunder })
		},
		"stav": func(p *atlas.Project) bool { return p.Status == "" || p.Status == atlas.StatusUnknown },
	}
	for _, face := range []string{"", "/en"} {
		page := i.Get(t, face+"/o-databazi")
		want, got := map[string]int{}, map[string]int{}
		for facet, is := range gaps {
			want[face+"/projekty?"+facet+"=NEZN"] = count(all, is)
		}
		page.Find("[aria-labelledby=nevime] tbody tr").Each(func(_ int, tr *goquery.Selection) {
			href, _ := tr.Find("a").Attr("href")
			got[href], _ = strconv.Atoi(digits(tr.Find("td").Text()))
		})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", face, diff)
		}
		if of := page.Words("main h2:contains('Co nevíme') + p, main h2:contains('What we do not know') + p"); !strings.Contains(of, " "+strconv.Itoa(len(all))+" ") {
			t.Errorf("%s: of %q, by hand of %d", face, of, len(all))
		}
		for address, n := range want {
			list := i.Get(t, address)
			if total, _ := list.Find("#vysledky-nadpis").Attr("data-total"); total != strconv.Itoa(n) {
				t.Errorf("%s leads to %s projects, by hand %d", address, total, n)
			}
		}
	}
}

func TestAnEmptyDatabaseSaysWhatToDoNext(t *testing.T) {
	i := webtest.Empty(t)
	for _, c := range []struct{ path, title, say string }{
		{"/", "V databázi zatím nic není", "příkazem atlas demo"}, {"/en", "The database is empty so far", "atlas demo"},
	} {
		for _, viewer := range []atlas.Viewer{{}, webtest.Editor} {
			i.Viewer = viewer
			p := i.Get(t, c.path)
			nothing := p.Find(".nothing")
			if p.Status != 200 || p.Words(".nothing h2") != c.title || !strings.Contains(p.Words(".nothing"), c.say) || !strings.Contains(p.Words(".nothing"), "atlas import projects") {
				t.Errorf("%s: %s", c.path, p.Words("main"))
			}
			if p.Find(".tiles, .themes, svg.chart, ol.cards").Length() > 0 {
				t.Errorf("%s shows figures of nothing", c.path)
			}
			if links := nothing.Find("a").Length(); (links == 2) != viewer.May(atlas.RightPublish) || links != 0 && !viewer.May(atlas.RightPublish) {
				t.Errorf("%s: %d links for %v", c.path, links, viewer)
			}
			nothing.Find("a").Each(func(_ int, a *goquery.Selection) {
				href, _ := a.Attr("href")
				if q := i.Get(t, href); q.Status != 200 {
					t.Errorf("%s leads to %s: %d", c.path, href, q.Status)
				}
			})
			if p.Find("ul.ways a").Length() != 6 {
				t.Errorf("%s: no way to start", c.path)
			}
		}
	}
	i.Viewer = atlas.Viewer{}
	for _, path := range []string{"/o-databazi", "/en/o-databazi"} {
		p := i.Get(t, path)
		if p.Status != 200 || p.Find("[aria-labelledby=nevime] tbody tr").Length() != 9 || p.Find("[aria-labelledby=nevime] a").Length() != 0 {
			t.Errorf("%s: %d %s", path, p.Status, p.Words("main tbody"))
		}
	}
}
