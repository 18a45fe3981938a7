package imports_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/web/webtest"
)

// list imitates a hand-kept list: two good rows, one of a total, one without an
// implementer.
const list = `nazev,realizator,partneri,donor,program,od,do,celkem_kc,dotace_kc,vlastni_zdroje_kc,uzemi,cilova_skupina,temata,stav,zdroj_url,poznamka
Sousedské úterky v Jihlavě,Město Jihlava,,Ministerstvo vnitra ČR,Projekty obcí na podporu integrace cizinců na lokální úrovni,2021,2021,"140 500,50",120 000,,Jihlava,cizinci,výuka češtiny,realizován,https://www.example.cz/a,
Čeština u kávy,Město Jihlava,,Ministerstvo vnitra ČR,,září 2022,2022,kolem milionu,,,Březová,cizinci,výuka češtiny,realizován,https://www.example.cz/b,
Projekt bez realizátora,,,Ministerstvo vnitra ČR,,2022,2022,,,,Jihlava,,,,https://www.example.cz/c,
`

// start serves the pages of imports; files of one folder outlive the instance.
func start(t *testing.T, folder string) *webtest.Instance {
	i := webtest.EmptyIn(t, folder)
	i.Viewer = webtest.Editor
	return i
}

// settled asks for a preview until the work is done.
func settled(t *testing.T, i *webtest.Instance, p webtest.Page) webtest.Page {
	t.Helper()
	for range 100 {
		if p.Find("progress").Length() == 0 && p.Find(`p[role="status"]:contains("Začínáme")`).Length() == 0 {
			return p
		}
		time.Sleep(50 * time.Millisecond)
		p = i.Get(t, p.Path)
	}
	t.Fatalf("%s is never done", p.Path)
	return p
}

func TestAFileIsShownFirstThenAppliedAndChangesNothingTheSecondTime(t *testing.T) {
	i := start(t, t.TempDir())
	said := map[string]string{"odkud": "https://www.example.cz/seznam", "kdy": "1. 9. 2026", "zverejnit": "1"}
	p := settled(t, i, i.PostFile(t, "/import", said, "soubor", `C:\data\seznam.csv`, []byte(list)))
	if p.Status != http.StatusOK || !strings.HasPrefix(p.Path, "/import-nahled/") || p.Words("h1") != "Náhled: seznam.csv" {
		t.Fatalf("%d %s %s", p.Status, p.Path, p.Words("h1"))
	}
	if i.App.Index().Len() != 0 {
		t.Error("the preview has written something")
	}
	tiles := p.Words(".tiles")
	for _, want := range []string{"2 projekty se založí", "1 řádek nejde převzít"} {
		if !strings.Contains(tiles, want) {
			t.Errorf("%q is not in %q", want, tiles)
		}
	}
	for _, want := range []string{"kolem milionu", "Březová", "Chybí realizátor"} {
		if !strings.Contains(p.Words("main"), want) {
			t.Errorf("the preview does not name %q", want)
		}
	}
	action, _ := p.Find(`main form[method="post"]`).First().Attr("action")
	done := settled(t, i, i.Post(t, action, url.Values{}))
	if done.Path != "/import/D-00001" || !strings.Contains(done.Words("main"), "Sousedské úterky v Jihlavě") {
		t.Fatalf("%d %s", done.Status, done.Path)
	}
	if i.App.Index().Len() != 2 {
		t.Errorf("%d projects are found", i.App.Index().Len())
	}
	again := settled(t, i, i.PostFile(t, "/import", said, "soubor", "jiny.csv", []byte(list)))
	if !strings.Contains(again.Words("main"), "už v databázi je jako dávka D-00001") || again.Find(`main form[method="post"]`).Length() != 0 {
		t.Error("the same file is offered again")
	}
	if wrong := i.Get(t, "/import/D-00001?vysledek=error&strana=9"); !strings.Contains(wrong.Words("main"), "Chybí realizátor") {
		t.Error("the row that could not be taken is not named with the batch")
	}
	if file := i.Get(t, "/import/D-00001/soubor"); file.Body != list {
		t.Error("the original is not what was uploaded")
	}
}

func TestAPreviewOutlivesTheInstance(t *testing.T) {
	folder := t.TempDir()
	p := settled(t, start(t, folder), start(t, folder).PostFile(t, "/import", nil, "soubor", "seznam.csv", []byte(list)))
	if again := settled(t, start(t, folder), start(t, folder).Get(t, p.Path)); again.Words(".tiles") != p.Words(".tiles") || again.Status != http.StatusOK {
		t.Errorf("%d %q", again.Status, again.Words(".tiles"))
	}
}

func TestWhatCannotBeReadIsExplainedAndWhatWasTypedStays(t *testing.T) {
	i := start(t, t.TempDir())
	for _, c := range []struct{ name, body, url, when, say string }{
		{"obrazek.csv", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "https://www.example.cz/x", "2026", "není tabulka"},
		{"prazdny.csv", "", "https://www.example.cz/x", "2026", "je prázdný"},
		{"jiny.csv", "a,b\n1,2\n", "https://www.example.cz/x", "2026", "neznáme"},
		{"seznam.csv", list, "https://www.example.cz/x", "předevčírem", "není datum"},
		{"seznam.csv", list, "nikde", "2026", "není adresa webu"},
	} {
		p := settled(t, i, i.PostFile(t, "/import", map[string]string{"odkud": c.url, "kdy": c.when}, "soubor", c.name, []byte(c.body)))
		if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Words(".problems"), c.say) {
			t.Errorf("%s %s: %d %q", c.name, c.when, p.Status, p.Words(".problems"))
		}
		if v := p.Find("#odkud").AttrOr("value", ""); v != c.url {
			t.Errorf("%s: the address %q came back as %q", c.name, c.url, v)
		}
		if v := p.Find("#kdy").AttrOr("value", ""); v != c.when {
			t.Errorf("%s: the date %q came back as %q", c.name, c.when, v)
		}
	}
	none := i.PostFile(t, "/import", map[string]string{"kdy": "2026"}, "soubor", "", nil)
	if none.Status != http.StatusUnprocessableEntity || !strings.Contains(none.Words(".problems"), "Vyberte soubor") {
		t.Errorf("no file: %d %q", none.Status, none.Words(".problems"))
	}
}

func TestOnlyThoseWhoMayWriteUploadAndAnyoneSeesBatches(t *testing.T) {
	i := start(t, t.TempDir())
	i.Viewer = atlas.Viewer{}
	if p := i.PostFile(t, "/import", nil, "soubor", "a.csv", []byte(list)); p.Status != http.StatusForbidden {
		t.Errorf("upload: %d", p.Status)
	}
	if p := i.Get(t, "/import-nahled/"+strings.Repeat("0", 64)); p.Status != http.StatusForbidden {
		t.Errorf("preview: %d", p.Status)
	}
	if p := i.Get(t, "/en/import"); p.Status != http.StatusOK || p.Find("form[enctype]").Length() != 0 {
		t.Errorf("list: %d", p.Status)
	}
	i.Viewer = webtest.Editor
	for _, path := range []string{"/import/D-99999", "/import-nahled/zz", "/import-nahled/" + strings.Repeat("0", 64), "/import/D-99999/soubor"} {
		if p := i.Get(t, path); p.Status != http.StatusNotFound {
			t.Errorf("%s: %d", path, p.Status)
		}
	}
}

// foreign is a list of a layout that nobody described.
const foreign = "Título;Nazwa projektu;Beneficjent;Wartość projektu;Data rozpoczęcia\n" +
	"x;Kursy języka;Fundacja Mosty;120 000,50;2021-03-01\nx;Porady prawne;Fundacja Mosty;80 000,00;2022-05-01\n"

func TestTheMeaningOfColumnsIsShownAndCanBeChanged(t *testing.T) {
	i := start(t, t.TempDir())
	p := settled(t, i, i.PostFile(t, "/import", nil, "soubor", "lista.csv", []byte(foreign)))
	if p.Status != http.StatusOK || p.Find(`select[name="sloupec"]`).Length() != 5 {
		t.Fatalf("%d %s", p.Status, p.Words("main"))
	}
	meaning := func(p webtest.Page, column int) string {
		return p.Find(`select[name="sloupec"]`).Eq(column).Find("option[selected]").AttrOr("value", "")
	}
	if meaning(p, 1) != "1:project_name" || meaning(p, 2) != "2:beneficiary_name" {
		t.Errorf("guessed %s, %s", meaning(p, 1), meaning(p, 2))
	}
	changed := settled(t, i, i.Get(t, p.Path+"&sloupec=0:note&sloupec=1:project_name&sloupec=4:-&sloupec=9:note&sloupec=x&mena=PLN&zeme=PL"))
	if meaning(changed, 0) != "0:note" || meaning(changed, 4) != "4:-" || changed.Find("#mena option[selected]").AttrOr("value", "") != "PLN" {
		t.Errorf("after the change: %s, %s", meaning(changed, 0), meaning(changed, 4))
	}
	action, _ := changed.Find(`main form[method="post"]`).First().Attr("action")
	done := settled(t, i, i.Post(t, action, url.Values{}))
	if !strings.HasPrefix(done.Path, "/import/D-") || !strings.Contains(done.Words("main"), "Kursy języka") {
		t.Fatalf("%d %s", done.Status, done.Path)
	}
	again := settled(t, i, i.PostFile(t, "/import", nil, "soubor", "druga.csv", []byte(foreign+"x;Świetlica;Fundacja Mosty;1,00;2023-01-01\n")))
	if meaning(again, 0) != "0:note" || !strings.Contains(again.Words("#sloupce ~ p"), "minulého souboru") {
		t.Errorf("the choice is not remembered: %s %s", meaning(again, 0), again.Words("#sloupce ~ p"))
	}
}
