package coverage_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/web/webtest"
)

func TestTheColumnsOfTheFilesOfTheOtherViewsHaveHeads(t *testing.T) {
	i := webtest.Start(t)
	people(t, i, map[string]int64{"CZ010": 200_000})
	for _, name := range []string{"pokryti-poradi", "pokryti-temata", "pokryti-konce", "pokryti-prekryvy"} {
		i.Heads(t, name)
	}
}

// TestEveryViewLeadsToAFileOfItself, of which the page shows the same records.
func TestEveryViewLeadsToAFileOfItself(t *testing.T) {
	i := webtest.Start(t)
	people(t, i, map[string]int64{"CZ010": 200_000, "CZ042": 50_000, "CZ064": 2_000})
	for _, title := range []string{"První stejný", "Druhý stejný", "Třetí stejný"} {
		running(t, i, title, atlas.Date{Year: 2027, Month: 2})
	}
	for view, name := range map[string]string{"poradi&poradi=uzemi": "pokryti-poradi", "poradi&poradi=uzemi&trida=bez_udaju": "pokryti-poradi", "temata&osa=skupiny": "pokryti-temata", "konce&uvnitr=CZ010": "pokryti-konce", "prekryvy": "pokryti-prekryvy"} {
		page := i.Get(t, "/pokryti?zobrazeni="+view)
		link := page.Find(`.takeaway a[href*="/export/`+name+`.json"]`).AttrOr("href", "")
		if link == "" {
			t.Errorf("%s leads to no file", view)
			continue
		}
		rows := page.Find("table tbody tr")
		file := plain(i.JSON(t, link))
		if len(file) != rows.Length() || len(file) == 0 {
			t.Errorf("%s shows %d rows, %s has %d", view, rows.Length(), link, len(file))
		}
		rows.Each(func(n int, r *goquery.Selection) {
			if n < len(file) && !says(r.Text(), file[n]) && name != "pokryti-temata" {
				t.Errorf("%s, row %d: %q is not %v", view, n, strings.Join(strings.Fields(r.Text()), " "), file[n])
			}
		})
		for _, r := range file {
			if list, err := url.Parse(r["address"]); err == nil && r["projects"] != "" && r["address"] != "" {
				if n := total(t, i, list.RequestURI()); strconv.Itoa(n) != r["projects"] {
					t.Errorf("%s: the file says %s, %s finds %d", link, r["projects"], list.RequestURI(), n)
				}
			}
		}
	}
}

// says tells whether a row of a page names what a record is of.
func says(row string, r map[string]string) bool {
	for _, key := range []string{"project", "territory", "class", "area", "activity"} {
		for part := range strings.SplitSeq(r[key], "; ") {
			if !strings.Contains(row, part) {
				return false
			}
		}
	}
	return true
}

// TestMoneyThatNobodyKnowsIsEmptyInTheFileOfThemes, as is the share of it.
func TestMoneyThatNobodyKnowsIsEmptyInTheFileOfThemes(t *testing.T) {
	i := webtest.Start(t)
	unknown := 0
	for _, r := range plain(i.JSON(t, "/export/pokryti-temata.json?do=2026")) {
		if r["projects"] == "0" || r["unknown_money"] != r["projects"] {
			continue
		}
		if unknown++; r["money"] != "" || r["share"] != "" || r["neglected"] != "" {
			t.Errorf("%v", r)
		}
	}
	if unknown == 0 {
		t.Error("the demo has no theme without known money: the test sees nothing")
	}
}
