package coverage_test

import (
	"bytes"
	"fmt"
	"image/png"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/web/webtest"
)

// square is the border of a square territory.
func square(west, south float64) []byte {
	return fmt.Appendf(nil, `{"type":"Polygon","coordinates":[[[%[1]v,%[2]v],[%[3]v,%[2]v],[%[3]v,%[4]v],[%[1]v,%[4]v],[%[1]v,%[2]v]]]}`, west, south, west+0.2, south+0.2)
}

// bordered gives all okresy but some a border.
func bordered(t *testing.T, i *webtest.Instance, without int) {
	t.Helper()
	borders := map[string][]byte{}
	for n, place := range i.App.Places().Children("CZ", atlas.LevelDistrict)[without:] {
		borders[place.Code] = square(12.1+float64(n%12)*0.4, 48.6+float64(n/12)*0.3)
	}
	if err := i.App.SaveBoundaries(t.Context(), atlas.Operator("test"), borders); err != nil {
		t.Fatal(err)
	}
}

// TestEveryTerritoryOfTheMapOpensAsManyProjectsAsItCounts, and the table under it has
// the same numbers: of all items and of one, on both axes, at both levels, whatever is
// measured.
func TestEveryTerritoryOfTheMapOpensAsManyProjectsAsItCounts(t *testing.T) {
	i := webtest.Start(t)
	bordered(t, i, 0)
	asked := map[string]string{} // list → number said of it
	for path, territories := range map[string]int{
		"/pokryti?zobrazeni=mapa&od=2007": 14, "/pokryti?zobrazeni=mapa&tema=JAZ&ukazat=penize&od=2010": 14, "/en/pokryti?zobrazeni=mapa&osa=skupiny&tema=TG-AZY&od=2010": 14,
		"/pokryti?zobrazeni=mapa&clenit=okres&od=2015&ukazat=bezi": 77, "/pokryti?zobrazeni=mapa&uvnitr=CZ042&od=2007&tema=NEZN": 7, "/pokryti?zobrazeni=mapa&oblast=JAZ&ukazat=mesice": 14,
	} {
		page := i.Get(t, path)
		regions := page.Find("svg.chart-map .map-region")
		if regions.Length() != territories {
			t.Errorf("%s draws %d territories, want %d", path, regions.Length(), territories)
		}
		table := map[string]string{}
		page.Find("table tbody td a").Each(func(_ int, a *goquery.Selection) { table[a.AttrOr("href", "")] = strings.TrimSpace(a.Text()) })
		for list, n := range table {
			asked[list] = n
		}
		regions.Each(func(_ int, r *goquery.Selection) {
			list, name := r.AttrOr("href", ""), r.AttrOr("aria-label", "")
			n, linked := table[list]
			if list == "" {
				n = "0"
			} else if !linked {
				t.Errorf("%s: %s leads to %s, the table does not", path, name, list)
			}
			if !strings.Contains(name, ", "+n+" proje") {
				t.Errorf("%s: the map says %q, the table %s", path, name, n)
			}
		})
	}
	for list, want := range asked {
		if got := total(t, i, list); strconv.Itoa(got) != want {
			t.Errorf("%s: the map says %s, the list %d", list, want, got)
		}
	}
	if len(asked) < 60 {
		t.Errorf("only %d territories were asked", len(asked))
	}
}

// TestTheMapAndTheMatrixTellTheSameStates of every territory, and the legend counts
// them.
func TestTheMapAndTheMatrixTellTheSameStates(t *testing.T) {
	i := webtest.Start(t)
	matrix := map[string]string{}
	i.Get(t, "/pokryti?od=2015").Find("table.matrix tbody").First().Find("tr").Each(func(_ int, r *goquery.Selection) {
		matrix[r.Find("th").Text()] = strings.TrimSpace(r.Find("td").First().Find(".visually-hidden").Text())
	})
	page := i.Get(t, "/pokryti?od=2015&zobrazeni=mapa")
	counts := map[string]int{}
	page.Find("table tbody tr").Each(func(_ int, r *goquery.Selection) {
		if want, there := matrix[r.Find("th").Text()]; there {
			if got := r.Find("td").First().Text(); got != want {
				t.Errorf("%s: the map says %q, the matrix %q", r.Find("th").Text(), got, want)
			}
			counts[want]++
		}
	})
	if len(matrix) != 14 {
		t.Fatalf("%d rows", len(matrix))
	}
	for state, n := range counts {
		if legend := page.Words(".matrix-legend"); !strings.Contains(legend, state+": "+strconv.Itoa(n)) {
			t.Errorf("the legend %q does not say %d × %s", legend, n, state)
		}
	}
}

func TestWhatCannotBeDrawnIsSaidAndStandsInTheTable(t *testing.T) {
	i := webtest.Start(t)
	page := i.Get(t, "/pokryti?zobrazeni=mapa&clenit=okres")
	if page.Find("svg.chart-map").Length() != 0 || page.Find("table tbody tr").Length() < 77 || !strings.Contains(page.Words(".notice"), "nakreslit nejde") {
		t.Error("a level without borders is drawn, or has no table, or nothing is said")
	}
	kraje := page.Find(`.notice a`).AttrOr("href", "")
	if i.Get(t, kraje).Find("svg.chart-map .map-region").Length() != 14 {
		t.Errorf("%s does not show the kraje", kraje)
	}
	if status, _, _ := i.File(t, "/graf/pokryti/mapa.png?clenit=okres"); status != http.StatusNotFound {
		t.Errorf("a picture of nothing answers %d", status)
	}
	bordered(t, i, 3)
	page = i.Get(t, "/en/pokryti?zobrazeni=mapa&clenit=okres")
	if page.Find("svg.chart-map .map-region").Length() != 74 || !strings.Contains(page.Words(".notice"), "borders of 3 territories") {
		t.Errorf("%d drawn, %q said", page.Find("svg.chart-map .map-region").Length(), page.Words(".notice"))
	}
}

func TestAnItemThatTheAxisHasNotIsSaidAndAllAreShown(t *testing.T) {
	i := webtest.Start(t)
	for _, query := range []string{"tema=NENI", "tema=TG-AZY", "tema=JAZ&oblast=BYD"} {
		page := i.Get(t, "/pokryti?zobrazeni=mapa&od=2010&"+query)
		if !strings.Contains(page.Words(".notice"), "Téma z adresy") || page.Find("#tema option[selected]").AttrOr("value", "x") != "" {
			t.Errorf("%s: %q", query, page.Words(".notice"))
		}
	}
}

func TestAnEmptyDatabaseHasAMapOfNoDataAndHelp(t *testing.T) {
	i := webtest.Empty(t)
	if page := i.Get(t, "/pokryti?zobrazeni=mapa"); page.Words(".nothing") == "" {
		t.Error("nothing says what to do")
	}
}

// TestPicturesOfTheMatrixAndTheMapAreAsLargeAsTheyShouldBe: two points for a unit.
func TestPicturesOfTheMatrixAndTheMapAreAsLargeAsTheyShouldBe(t *testing.T) {
	i := webtest.Start(t)
	width := map[string]int{}
	for _, path := range []string{"/graf/pokryti/mapa.png?od=2010", "/graf/pokryti/matice.png?od=2010", "/en/graf/pokryti/matice.png?clenit=orp&od=2010&ukazat=penize", "/en/graf/pokryti/mapa.png?tema=JAZ&ukazat=penize"} {
		status, head, data := i.File(t, path)
		c, err := png.DecodeConfig(bytes.NewReader(data))
		if status != http.StatusOK || err != nil || head.Get("Content-Type") != "image/png" {
			t.Fatalf("%s: %d %v", path, status, err)
		}
		if width[path] = c.Width; c.Height < 900 || c.Width*c.Height > 16_000_000 {
			t.Errorf("%s is %d × %d", path, c.Width, c.Height)
		}
	}
	if got := width["/graf/pokryti/mapa.png?od=2010"]; got != 2*(1000+48) {
		t.Errorf("the map is %d wide", got)
	}
	page := i.Get(t, "/pokryti?od=2010&clenit=okres")
	link := page.Find(`.takeaway a[href*="matice.png"]`).AttrOr("href", "")
	if status, _, data := i.File(t, link); status != http.StatusOK || len(data) < 50_000 {
		t.Errorf("%s answers %d with %d bytes", link, status, len(data))
	}
}

func TestFramesMayStandInPagesOfOthersAndHaveNoForm(t *testing.T) {
	i := webtest.Start(t)
	for path, what := range map[string]string{
		"/pokryti/vlozit": "table.matrix", "/en/pokryti/vlozit?zobrazeni=mapa": "svg.chart-map", "/pokryti/vlozit?clenit=okres&zobrazeni=mapa": "table", "/pokryti/vlozit?zobrazeni=poradi": "table.matrix",
	} {
		page := i.Get(t, path)
		if csp := page.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors *") || page.Header.Get("X-Frame-Options") != "" {
			t.Errorf("%s: %s", path, csp)
		}
		if page.Find(what).Length() == 0 || page.Find("form, script, button").Length() != 0 || page.Find(`a[href^="http"]`).Length() == 0 && page.Find(`p a`).Length() == 0 {
			t.Errorf("%s shows something else", path)
		}
		if words := page.Words("main"); !strings.Contains(words, "Zdroj:") && !strings.Contains(words, "Source:") {
			t.Errorf("%s does not say its source", path)
		}
	}
	for _, path := range []string{"/pokryti", "/pokryti?zobrazeni=mapa"} {
		page := i.Get(t, path)
		if csp := page.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors 'none'") {
			t.Errorf("%s: %s", path, csp)
		}
		snippet, err := goquery.NewDocumentFromReader(strings.NewReader(page.Find("#vlozit code").Text()))
		if err != nil {
			t.Fatal(err)
		}
		frame := snippet.Find("iframe")
		if i.Get(t, frame.AttrOr("src", "")).Find("table").Length() == 0 || frame.AttrOr("title", "") == "" {
			t.Errorf("the snippet of %s is %s", path, page.Find("#vlozit code").Text())
		}
		if src := frame.AttrOr("src", ""); strings.Contains(src, "od=") {
			t.Errorf("usual years stay behind in %s", src)
		}
	}
	page := i.Get(t, `/pokryti?q=%22kurzy+%C4%8De%C5%A1tiny%22&od=2010`)
	snippet, _ := goquery.NewDocumentFromReader(strings.NewReader(page.Find("#vlozit code").Text()))
	if title := snippet.Find("iframe").AttrOr("title", ""); !strings.Contains(title, `"kurzy češtiny"`) || !strings.Contains(snippet.Find("iframe").AttrOr("src", ""), "od=2010") {
		t.Errorf("a search with quotation marks makes %s", page.Find("#vlozit code").Text())
	}
}

// TestMoneyAndMonthsByPeopleAreWhatOneComputes by hand from the table of the map.
func TestMoneyAndMonthsByPeopleAreWhatOneComputes(t *testing.T) {
	i := webtest.Start(t)
	without := i.Get(t, "/pokryti?ukazat=penize-na-osobu&od=2010")
	if !strings.Contains(without.Words("main"), "neznámo") || !strings.Contains(without.Words("main"), "Nemáme žádnou statistiku") {
		t.Error("money per foreigner where nobody counted them is not said to be unknown")
	}
	people(t, i, map[string]int64{"CZ010": 200_000, "CZ042": 50_000, "CZ064": 40_000})
	csv := func(show string) map[string][]string {
		out := map[string][]string{}
		_, _, data := i.File(t, "/graf/pokryti/mapa.csv?od=2010&ukazat="+show)
		for line := range strings.Lines(string(data)) {
			cells := strings.Split(strings.TrimSpace(line), ";")
			out[cells[0]] = cells
		}
		return out
	}
	number := func(s string) float64 {
		v, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", "."), 64)
		if err != nil {
			t.Fatalf("%q", s)
		}
		return v
	}
	for _, c := range []struct {
		whole, per string
		times      float64
	}{{"penize", "penize-na-osobu", 1}, {"mesice", "mesice-na-1000", 1000}} {
		whole, per := csv(c.whole), csv(c.per)
		for name, n := range map[string]float64{"Hlavní město Praha": 200_000, "Ústecký kraj": 50_000, "Jihomoravský kraj": 40_000} {
			want, got := number(whole[name][3])*c.times/n, number(per[name][3])
			if want == 0 || got/want < 0.999 || got/want > 1.001 || number(per[name][4]) != n {
				t.Errorf("%s of %s is %v, want %v (%v)", c.per, name, got, want, per[name])
			}
		}
		if got := per["Zlínský kraj"][3]; got != "" {
			t.Errorf("%s of a kraj whose people nobody counted is %s", c.per, got)
		}
	}
}

// people puts the numbers of foreigners of 2025 into the database.
func people(t *testing.T, i *webtest.Instance, counts map[string]int64) {
	t.Helper()
	err := i.Store.Update(t.Context(), func(tx *store.Tx) error {
		b := atlas.Batch{Source: "statistika:" + atlas.DatasetForeigners, File: "cizinci"}
		if err := tx.PutBatch(t.Context(), &b); err != nil {
			return err
		}
		var slices []atlas.Slice
		for code, n := range counts {
			s := atlas.Slice{Dataset: atlas.DatasetForeigners, Territory: code, Date: atlas.Date{Year: 2025, Month: 12, Day: 31}, Version: 1, Batch: b.ID,
				Figures: []atlas.Figure{{Value: n, State: atlas.FigureKnown}}}
			slices = append(slices, s)
		}
		if err := tx.PutSlices(t.Context(), atlas.DatasetForeigners, slices); err != nil {
			return err
		}
		if _, err := tx.SumUpDataset(t.Context(), atlas.DatasetForeigners); err != nil {
			return err
		}
		return tx.Audit(t.Context(), store.AuditEntry{By: "atlas", Action: "statistics", Subject: b.ID})
	})
	if err != nil {
		t.Fatal(err)
	}
}
