package coverage_test

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/web/webtest"
)

// cells reads the numbers of a matrix with the lists they lead to.
func cells(page webtest.Page) map[string]int {
	out := map[string]int{}
	page.Find("table.matrix td a").Each(func(_ int, a *goquery.Selection) {
		n, err := strconv.Atoi(strings.TrimSpace(a.Text()))
		if err == nil {
			out[a.AttrOr("href", "")] = n
		}
	})
	return out
}

func total(t *testing.T, i *webtest.Instance, list string) int {
	t.Helper()
	n, err := strconv.Atoi(i.Get(t, list).Find("#vysledky-nadpis").AttrOr("data-total", ""))
	if err != nil {
		t.Fatalf("%s does not say how many it found", list)
	}
	return n
}

func TestEveryCellOpensAsManyProjectsAsItCounts(t *testing.T) {
	i := webtest.Start(t)
	seen := 0
	for _, path := range []string{
		"/pokryti?od=2007&do=2026", "/pokryti?clenit=okres&od=2015&do=2020", "/pokryti?clenit=orp&od=2019&do=2019",
		"/pokryti?osa=skupiny&od=2007&do=2026", "/pokryti?uvnitr=CZ042&clenit=okres&od=2007&do=2026", "/en/pokryti?oblast=JAZ&od=2007&do=2026",
		"/pokryti?q=kurzy&od=2000&do=2026",
	} {
		for list, want := range cells(i.Get(t, path)) {
			seen++
			if got := total(t, i, list); got != want {
				t.Errorf("%s: the cell says %d, %s finds %d", path, want, list, got)
			}
		}
	}
	if seen < 300 {
		t.Errorf("only %d cells were asked", seen)
	}
}

// TestAddingAProjectChangesExactlyItsCells is the first acceptance of the living
// matrix: the next read shows it, nothing else moves, and ending or removing it
// takes it back.
func TestAddingAProjectChangesExactlyItsCells(t *testing.T) {
	i := webtest.Start(t)
	const path = "/pokryti?clenit=okres&od=2020&do=2026"
	before := cells(i.Get(t, path))
	p, err := i.App.Reader().Project(context.Background(), "P-00001")
	if err != nil {
		t.Fatal(err)
	}
	p.ID, p.Meta, p.RegNumber, p.Follows, p.PlaceText, p.Ongoing = "", atlas.Meta{}, "", nil, "", false
	p.TitleCs, p.TitleEn = "Rovné zacházení v Děčíně", ""
	p.From, p.To = atlas.Date{Year: 2025, Month: 1}, atlas.Date{Year: 2026, Month: 12}
	p.Status, p.Country, p.Scope = atlas.StatusRunning, "CZ", atlas.ScopeDistrict
	p.Territories, p.Areas = []atlas.Place{{Territory: "CZ0421"}}, []atlas.AreaShare{{Code: "ROV", Primary: true}}
	p.RecordStatus = atlas.RecordPublished
	save := func() {
		t.Helper()
		if err := i.App.SaveProject(context.Background(), atlas.Operator("test"), p); err != nil {
			t.Fatal(err)
		}
	}
	save()
	with := i.Get(t, path)
	var changed []string
	for list, n := range cells(with) {
		if before[list] != n {
			changed = append(changed, list)
			v, _ := url.Parse(list)
			q := v.Query()
			if q.Get("pokryti") != "CZ0421" || q.Get("oblast") != "" && q.Get("oblast") != "ROV" {
				t.Errorf("%s became %d", list, n)
			}
		}
	}
	if len(changed) != 2 {
		t.Errorf("changed %v, want the cell and the sum of its row", changed)
	}
	if got := with.Find("table.matrix tbody tr:contains('Děčín') td.matrix-nyni").Length(); got != 2 {
		t.Errorf("%d cells of the okres are covered now, want 2", got)
	}
	p.To, p.Status = atlas.Date{Year: 2025, Month: 3}, atlas.StatusEnded
	save()
	if got := i.Get(t, path).Find("table.matrix tbody tr:contains('Děčín') td.matrix-nyni").Length(); got != 0 {
		t.Error("the project ended and its cells are still covered now")
	}
	p.RecordStatus = atlas.RecordArchived
	save()
	after := cells(i.Get(t, path))
	if len(after) != len(before) {
		t.Errorf("%d cells with projects after it went, %d before it came", len(after), len(before))
	}
}

func TestATerritoryWhoseSourcesAreNotLoadedIsNoGap(t *testing.T) {
	i := webtest.Empty(t)
	page := i.Get(t, "/pokryti")
	if n := page.Find("td.matrix-zadny").Length(); n != 0 {
		t.Errorf("%d cells of an empty database look like gaps", n)
	}
	if !strings.Contains(page.Words("main"), "neodpovídá") {
		t.Error("an empty matrix does not say what to do")
	}
}

func TestAddressesThatCannotBeTakenAsWrittenAreCorrectedAndSaid(t *testing.T) {
	i := webtest.Start(t)
	for address, want := range map[string]string{
		"/pokryti?od=abc":                 "napište jej čtyřmi číslicemi",
		"/pokryti?od=2025&do=2020":        "prohodili",
		"/pokryti?uvnitr=XX":              "celé Česko",
		"/pokryti?clenit=obec":            "vyberte nejdřív kraj",
		"/en/pokryti?od=99999":            "four digits",
		"/pokryti?do=1900":                "nejdřív 1990",
		"/pokryti?clenit=planeta":         "Takové řádky neumíme",
		"/pokryti?oblast=NENI":            "Zkuste",
		"/pokryti?razeni=nesmysl&od=2020": "",
	} {
		if page := i.Get(t, address); !strings.Contains(page.Words("main"), want) {
			t.Errorf("%s does not say %q", address, want)
		}
	}
}

// plain writes what is not known as "".
func plain(rows []map[string]*string) []map[string]string {
	var out []map[string]string
	for _, r := range rows {
		m := map[string]string{}
		for k, v := range r {
			if v != nil {
				m[k] = *v
			}
		}
		out = append(out, m)
	}
	return out
}

func TestTheColumnsOfTheFileHaveHeads(t *testing.T) { webtest.Start(t).Heads(t, "pokryti") }

func TestTheFileHasTheCellsOfThePage(t *testing.T) {
	i := webtest.Start(t)
	const asked = "?clenit=okres&od=2015&do=2024"
	sums := map[string]int{}
	for _, r := range plain(i.JSON(t, "/export/pokryti.json"+asked)) {
		if r["from"] == "2015" && r["to"] == "2024" && r["address"] != "" {
			v, err := url.Parse(r["address"])
			if err != nil {
				t.Fatal(err)
			}
			sums[v.RequestURI()], _ = strconv.Atoi(r["projects"])
		}
	}
	page := cells(i.Get(t, "/pokryti"+asked))
	for list, n := range page {
		if sums[list] != n {
			t.Errorf("%s: the page says %d, the file %d", list, n, sums[list])
		}
	}
	if len(page) == 0 {
		t.Error("the page has no cells")
	}
}

func TestTheCellsOfMoneySumToTheMoneyOfTheFile(t *testing.T) {
	i := webtest.Start(t)
	amount := func(s string) int64 {
		a, _ := strconv.ParseFloat(s, 64)
		return int64(a*100 + 0.5)
	}
	rows := plain(i.JSON(t, "/export/pokryti.json?clenit=okres&od=2010&do=2024"))
	parts, wholes := map[string]int64{}, map[string]int64{}
	for _, r := range rows {
		key := r["row_code"] + r["row"]
		switch {
		case r["from"] == "2010" && r["to"] == "2024" && r["item_code"] == "*":
			wholes[key] = amount(r["money"])
		case r["from"] == r["to"] && r["item_code"] != "*":
			parts[key] += amount(r["money"])
		}
	}
	if len(wholes) < 77 {
		t.Fatalf("%d rows", len(wholes))
	}
	for key, whole := range wholes {
		if whole != parts[key] {
			t.Errorf("%s: the row has %d haléře, its cells %d", key, whole, parts[key])
		}
	}
	keys := slices.Collect(func(yield func(int64) bool) {
		for _, v := range wholes {
			if v > 0 && !yield(v) {
				return
			}
		}
	})
	if len(keys) < 5 {
		t.Errorf("only %d rows have money", len(keys))
	}
}

// TestMoneyThatNobodyKnowsIsNeitherAShareOfZeroNorNeglected looks at the foot of the
// matrix: an area of which no project's amount is known has no share (U-03).
func TestMoneyThatNobodyKnowsIsNeitherAShareOfZeroNorNeglected(t *testing.T) {
	i := webtest.Start(t)
	shown := i.Get(t, "/pokryti?od=2022&do=2026")
	money := i.Get(t, "/pokryti?od=2022&do=2026&ukazat=penize")
	unknown := 0
	sums := money.Find("table.matrix tbody").Last().Find("tr").First().Find("td")
	shown.Find("table.matrix tfoot td").Each(func(n int, foot *goquery.Selection) {
		if n == 0 || !strings.Contains(sums.Eq(n).Text(), "neznámo") {
			return
		}
		unknown++
		if text := strings.TrimSpace(foot.Text()); text != "?" {
			t.Errorf("column %d: nobody knows its money and its share is %q", n, text)
		}
	})
	if unknown == 0 {
		t.Error("the demo has no area without known money: the test sees nothing")
	}
}

func TestARankingWithoutPeopleSaysWhatToDo(t *testing.T) {
	page := webtest.Start(t).Get(t, "/pokryti?zobrazeni=poradi")
	if page.Find("main table").Length() != 0 || page.Find(`.nothing a[href="/statistiky"]`).Length() != 1 {
		t.Error("it lists what cannot be ranked, or does not lead to statistics")
	}
}
