package lists_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"atlas"
	"atlas/internal/reference"
	"atlas/internal/store"
	"atlas/internal/web/webtest"
)

// heads are the columns of the open formal norm for code lists.
var heads = []string{
	"číselník_kód", "číselník_název_cs", "číselník_název_en", "číselník_verze",
	"číselník_položka_kód", "číselník_položka_název_cs", "číselník_položka_název_en",
	"číselník_položka_popis_cs", "číselník_položka_popis_en", "číselník_položka_pořadí",
	"číselník_položka_platnost_od", "číselník_položka_platnost_do", "číselník_položka_nadřazená",
}

// lines are the lines that a file of a list must have.
func lines(l atlas.List) [][]string {
	var out [][]string
	for _, it := range l.Items {
		out = append(out, []string{
			l.Code, l.Cs, l.En, strconv.FormatInt(l.Version, 10), it.Code, it.Cs, it.En, it.NoteCs, it.NoteEn, strconv.Itoa(it.Order),
			it.ValidFrom.String(), it.ValidTo.String(), it.Parent,
		})
	}
	return out
}

func readCSV(t *testing.T, i *webtest.Instance, slug string) [][]string {
	t.Helper()
	status, header, data := i.File(t, "/ciselniky/"+slug+".csv")
	text, marked := bytes.CutPrefix(data, []byte("\ufeff"))
	if status != http.StatusOK || !marked || !strings.HasPrefix(header.Get("Content-Type"), "text/csv") || header.Get("Content-Disposition") != "attachment; filename="+slug+".csv" {
		t.Errorf("%s: %d %v, mark %v", slug, status, header, marked)
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma = ';'
	all, err := r.ReadAll()
	if err != nil || len(all) == 0 {
		t.Fatalf("%s: %v", slug, err)
	}
	if diff := cmp.Diff(heads, all[0]); diff != "" {
		t.Errorf("%s: %s", slug, diff)
	}
	return all[1:]
}

func readJSON(t *testing.T, i *webtest.Instance, slug string) [][]string {
	t.Helper()
	status, header, data := i.File(t, "/ciselniky/"+slug+".json")
	var all []map[string]*string
	if err := json.Unmarshal(data, &all); err != nil || status != http.StatusOK || !strings.HasPrefix(header.Get("Content-Type"), "application/json") {
		t.Fatalf("%s: %d %v %v", slug, status, header, err)
	}
	var out [][]string
	for _, one := range all {
		var line []string
		for _, head := range heads {
			value, there := one[head]
			switch {
			case !there:
				t.Fatalf("%s: %v has no %s", slug, one, head)
			case value == nil:
				line = append(line, "")
			case *value == "":
				t.Errorf("%s: %s is an empty text, not null", slug, head)
			default:
				line = append(line, *value)
			}
		}
		if len(one) != len(heads) {
			t.Errorf("%s: %v", slug, one)
		}
		out = append(out, line)
	}
	return out
}

// cells are the texts of one column of the table of a page.
func cells(p webtest.Page, column string) []string {
	return p.Find("main tbody tr > " + column).Map(func(_ int, s *goquery.Selection) string { return s.Text() })
}

func either(lang, cs, en string) string {
	if lang == "en" && en != "" || cs == "" {
		return en
	}
	return cs
}

func TestEveryListHoldsExactlyItsItemsInTheirOrderOnThePageInCSVAndInJSON(t *testing.T) {
	i := webtest.Empty(t)
	shipped := reference.Lists()
	if len(shipped) < 20 {
		t.Fatalf("%d lists are shipped", len(shipped))
	}
	for _, l := range shipped {
		stored, ok := i.App.Lists().List(l.Slug)
		if !ok || stored.Version < 1 {
			t.Fatalf("%s is not in the database", l.Slug)
		}
		l.Version = stored.Version
		var codes []string
		for _, it := range l.Items {
			codes = append(codes, it.Code)
		}
		if diff := cmp.Diff(lines(l), readCSV(t, i, l.Slug)); diff != "" {
			t.Errorf("%s.csv: %s", l.Slug, diff)
		}
		if diff := cmp.Diff(lines(l), readJSON(t, i, l.Slug)); diff != "" {
			t.Errorf("%s.json: %s", l.Slug, diff)
		}
		for lang, face := range map[string]string{"cs": "", "en": "/en"} {
			p := i.Get(t, face+"/ciselniky/"+l.Slug)
			var names []string
			for _, it := range l.Items {
				names = append(names, either(lang, it.Cs, it.En))
			}
			if p.Status != http.StatusOK || p.Find("h1").Text() != either(lang, l.Cs, l.En) {
				t.Errorf("%s in %s: %d %q", l.Slug, lang, p.Status, p.Find("h1").Text())
			}
			if diff := cmp.Diff(codes, cells(p, "td:first-child")); diff != "" {
				t.Errorf("%s in %s: %s", l.Slug, lang, diff)
			}
			if diff := cmp.Diff(names, cells(p, "th")); diff != "" {
				t.Errorf("%s in %s: %s", l.Slug, lang, diff)
			}
		}
	}
}

func TestTheIndexNamesEveryListWithItsSizeAndLeadsToIt(t *testing.T) {
	i := webtest.Empty(t)
	for lang, face := range map[string]string{"cs": "", "en": "/en"} {
		p := i.Get(t, face+"/ciselniky")
		var want, got [][]string
		for _, l := range reference.Lists() {
			want = append(want, []string{l.Code, either(lang, l.Cs, l.En), strconv.Itoa(len(l.Items)), face + "/ciselniky/" + l.Slug, face + "/ciselniky/" + l.Slug + ".csv", face + "/ciselniky/" + l.Slug + ".json", face + "/ciselniky/" + l.Slug + ".xlsx"})
		}
		p.Find("main tbody tr").Each(func(_ int, tr *goquery.Selection) {
			line := []string{tr.Find("td").First().Text(), tr.Find("th").Text(), tr.Find("td.number").First().Text()}
			tr.Find("a").Each(func(_ int, a *goquery.Selection) {
				href, _ := a.Attr("href")
				line = append(line, href)
			})
			got = append(got, line)
		})
		byCode := func(a, b []string) int { return strings.Compare(a[0], b[0]) }
		slices.SortStableFunc(want, byCode)
		slices.SortStableFunc(got, byCode)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("in %s: %s", lang, diff)
		}
	}
}

func TestAListThatIsNotThereIsNotFound(t *testing.T) {
	i := webtest.Empty(t)
	for _, path := range []string{"zadny", "zadny.csv", "zadny.json", "oblasti-integrace.ods", "oblasti-integrace.", "oblasti-integrace.csv.csv", "OBLASTI-INTEGRACE", "CL-0", "%2e%2e%2fcsv", ".csv"} {
		for face, title := range map[string]string{"": "Tato stránka tu není", "/en": "This page is not here"} {
			p := i.Get(t, face+"/ciselniky/"+path)
			if p.Status != http.StatusNotFound || p.Words("h1") != title {
				t.Errorf("%s%s: %d %q", face, path, p.Status, p.Words("h1"))
			}
		}
	}
}

// put writes a list past the product, as an older version or an import may have.
func put(t *testing.T, i *webtest.Instance, l atlas.List) {
	t.Helper()
	write := store.Write{By: "test", Origin: "test", Action: atlas.ActionCreate, At: webtest.Now}
	if err := i.Store.Update(t.Context(), func(tx *store.Tx) error { return tx.PutList(t.Context(), l, write) }); err != nil {
		t.Fatal(err)
	}
	if err := i.App.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestAFormulaInAListIsTextInASpreadsheetAndStaysAsItIsElsewhere(t *testing.T) {
	i := webtest.Empty(t)
	evil := []string{`=cmd|' /C calc'!A0`, "+SUM(A1)", "-2+3", "@SUM(1)", "\tskryté", "=1;2\"3\"", `<script>alert(1)</script>`}
	l := atlas.List{Code: "CL-99", Slug: "zkousky", Cs: "=Zkoušky", En: "Trials"}
	for n, text := range evil {
		l.Items = append(l.Items, atlas.Item{Code: "Z" + strconv.Itoa(n), Cs: text, En: text, NoteCs: text, Order: n + 1})
	}
	put(t, i, l)
	for n, line := range readCSV(t, i, "zkousky") {
		if line[1] != "'=Zkoušky" {
			t.Errorf("the list is named %q", line[1])
		}
		for _, column := range []int{5, 6, 7} {
			want := "'" + evil[n]
			if strings.HasPrefix(evil[n], "<") {
				want = evil[n] // runs nowhere in a spreadsheet
			}
			if line[column] != want {
				t.Errorf("%q is written %q", evil[n], line[column])
			}
		}
	}
	for n, line := range readJSON(t, i, "zkousky") {
		if line[5] != evil[n] {
			t.Errorf("%q is written %q", evil[n], line[5])
		}
	}
	p := i.Get(t, "/ciselniky/zkousky")
	if p.Find("main script").Length() > 0 || !slices.Contains(cells(p, "th"), `<script>alert(1)</script>`) {
		t.Error("a name became a script")
	}
}

func TestAnItemThatEndedSaysWhenAndAnEmptyListSaysThatItIsEmpty(t *testing.T) {
	i := webtest.Empty(t)
	put(t, i, atlas.List{Code: "CL-98", Slug: "konci", Cs: "Končí", En: "Ends", Items: []atlas.Item{
		{Code: "A", Cs: "Dřívější", En: "Former", Order: 1, ValidFrom: atlas.Date{Year: 2015, Month: 9}, ValidTo: atlas.Date{Year: 2020, Month: 12, Day: 31}},
		{Code: "B", Cs: "Nynější", Order: 2, Parent: "A", NoteCs: "pozn."},
	}})
	p := i.Get(t, "/ciselniky/konci")
	if got := p.Words("tbody tr:first-child td:last-child"); got != "od září 2015 do 31. 12. 2020" {
		t.Errorf("valid %q", got)
	}
	if got := p.Words("tbody tr:last-child"); !strings.Contains(got, "Nynější") || !strings.Contains(got, "pozn.") || !strings.Contains(got, "A") {
		t.Errorf("the second item: %q", got)
	}
	if got := i.Get(t, "/en/ciselniky/konci").Words("tbody tr:last-child th"); got != "Nynější" {
		t.Errorf("an item without an English name is called %q", got)
	}
	put(t, i, atlas.List{Code: "CL-97", Slug: "nic", Cs: "Nic", En: "Nothing"})
	for path, want := range map[string]string{"/ciselniky/nic": "Tento číselník zatím nemá žádné položky.", "/en/ciselniky/nic": "This list has no items yet."} {
		if p := i.Get(t, path); p.Words(".unknown") != want || p.Find("main table").Length() != 0 {
			t.Errorf("%s: %q", path, p.Words("main"))
		}
	}
	if all := readCSV(t, i, "nic"); len(all) != 0 {
		t.Errorf("%v", all)
	}
	if all := readJSON(t, i, "nic"); len(all) != 0 {
		t.Errorf("%v", all)
	}
}
