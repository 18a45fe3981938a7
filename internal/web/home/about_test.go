package home_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"atlas/internal/web/webtest"
)

func TestTheDatabaseListsAllItsDataSetsAndEachCanBeTaken(t *testing.T) {
	i := webtest.Start(t)
	for _, lang := range []string{"", "/en"} {
		p := i.Get(t, lang+"/o-databazi")
		files := p.Find("a[download]").Map(func(_ int, a *goquery.Selection) string { return a.AttrOr("href", "") })
		if len(files) != 29 {
			t.Errorf("%s: files %q", p.Path, files)
		}
		for _, name := range []string{"projekty", "financovani", "indikatory", "akteri", "vyzvy", "potreby", "dobra-praxe", "prenosy"} {
			rows, all := i.Table(t, lang+"/export/"+name+".csv"), i.JSON(t, lang+"/export/"+name+".json")
			if len(rows) == 0 || len(rows) != len(all) {
				t.Errorf("%s: %d rows in CSV, %d in JSON", name, len(rows), len(all))
			}
			for _, ending := range []string{".csv", ".json", ".xlsx"} {
				if link := p.Find(`a[href="` + lang + "/export/" + name + ending + `"]`); link.Length() != 1 {
					t.Errorf("%s does not lead to %s%s", p.Path, name, ending)
				}
			}
			t.Logf("%s%s: %d rows", lang, name, len(rows))
		}
		p.Find("tbody a:not([download])").Each(func(_ int, a *goquery.Selection) {
			if href := a.AttrOr("href", ""); i.Get(t, href).Status != http.StatusOK {
				t.Errorf("%s leads nowhere", href)
			}
		})
		for _, link := range []string{`head link[rel="alternate"][type="application/ld+json"]`, "main a"} {
			if p.Find(link+`[href="/katalog.jsonld"]`).Length() != 1 {
				t.Errorf("%s does not lead to the catalogue by %s", p.Path, link)
			}
		}
		if text := p.Words("main"); strings.Contains(text, "home.") {
			t.Errorf("a key shows: %s", text)
		}
	}
}
