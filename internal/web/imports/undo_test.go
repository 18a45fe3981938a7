package imports_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/web/webtest"
)

// imported applies the list and gives the page of its batch.
func imported(t *testing.T, i *webtest.Instance) webtest.Page {
	t.Helper()
	p := settled(t, i, i.PostFile(t, "/import", map[string]string{"zverejnit": "1"}, "soubor", "seznam.csv", []byte(list)))
	action, ok := p.Find(`main form[method="post"]`).First().Attr("action")
	if !ok {
		t.Fatalf("%s offers nothing to apply: %s", p.Path, p.Words("main"))
	}
	return settled(t, i, i.Post(t, action, url.Values{}))
}

func TestABatchIsTakenBackAfterItWasShownWhatThatDoes(t *testing.T) { // domain.md 9.4
	i := start(t, t.TempDir())
	batch := imported(t, i)
	p, err := i.App.Reader().Project(t.Context(), "P-00002")
	if err != nil {
		t.Fatal(err)
	}
	p.Goal = "Cíl od člověka"
	if err := i.App.SaveProject(t.Context(), webtest.Editor, p); err != nil {
		t.Fatal(err)
	}
	address, _ := batch.Find(`a[href$="/vratit"]`).Attr("href")
	preview := i.Get(t, address)
	if preview.Status != http.StatusOK || preview.Words("h1") != "Vrátit dávku D-00001" || i.App.Index().Len() != 2 {
		t.Fatalf("%d %s", preview.Status, preview.Words("h1"))
	}
	for _, want := range []string{"1 záznam půjde do archivu", "1 záznam si nechá pozdější úpravy", "Cíl – upraveno 21. 11. 2026, editor", "Sousedské úterky v Jihlavě"} {
		if !strings.Contains(preview.Words("main"), want) {
			t.Errorf("the preview does not say %q: %s", want, preview.Words("main"))
		}
	}
	if only := i.Get(t, address+"?vysledek=keep"); strings.Contains(only.Words("tbody"), "Sousedské") || !strings.Contains(only.Words("tbody"), "Čeština u kávy") {
		t.Errorf("only what stays: %s", only.Words("tbody"))
	}
	if english := i.Get(t, "/en"+address); !strings.Contains(english.Words("main"), "1 record keeps later edits") {
		t.Error(english.Words("main"))
	}
	done := i.Post(t, address, url.Values{})
	if done.Path != "/import/D-00001" || !strings.Contains(done.Words("main"), "Tuto dávku někdo vrátil") || done.Find(`a[href$="/vratit"]`).Length() != 0 {
		t.Errorf("%s %s", done.Path, done.Words("main"))
	}
	if !strings.Contains(done.Words("main"), "Dávku někdo vzal zpět, ale pole „Cíl“ záznamu P-00002") {
		t.Error("the batch does not remember what stayed")
	}
	if i.App.Index().Len() != 1 {
		t.Errorf("%d projects are found", i.App.Index().Len())
	}
	if again := i.Get(t, address); !strings.Contains(again.Words("main"), "už je vrácená") || again.Find("main form").Length() != 0 {
		t.Error(again.Words("main"))
	}
	if index := i.Get(t, "/import"); !strings.Contains(index.Words("tbody"), "vráceno") {
		t.Error(index.Words("tbody"))
	}
	if again := imported(t, i); again.Path != "/import/D-00002" || i.App.Index().Len() != 2 {
		t.Errorf("the same file again: %s, %d projects", again.Path, i.App.Index().Len())
	}
}

func TestOnlyThoseWhoMayWriteTakeABatchBack(t *testing.T) {
	i := start(t, t.TempDir())
	imported(t, i)
	i.Viewer = atlas.Viewer{}
	if p := i.Get(t, "/import/D-00001"); p.Find(`a[href$="/vratit"]`).Length() != 0 {
		t.Error("a reader is offered to take the batch back")
	}
	if p := i.Post(t, "/import/D-00001/vratit", url.Values{}); p.Status != http.StatusForbidden || i.App.Index().Len() != 2 {
		t.Errorf("%d", p.Status)
	}
	i.Viewer = webtest.Editor
	if p := i.Get(t, "/import/D-00099/vratit"); p.Status != http.StatusNotFound {
		t.Errorf("%d", p.Status)
	}
}

// holdWriting keeps everybody from writing until it is released.
func holdWriting(t *testing.T, i *webtest.Instance) (release func()) {
	t.Helper()
	held, end, ended := make(chan struct{}), make(chan struct{}), make(chan error)
	go func() {
		ended <- i.Store.Update(context.WithoutCancel(t.Context()), func(*store.Tx) error {
			close(held)
			<-end
			return nil
		})
	}()
	<-held
	release = sync.OnceFunc(func() {
		close(end)
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(release)
	return release
}

func TestALargeBatchIsTakenBackBesideAPageThatRefreshesItself(t *testing.T) {
	i := start(t, t.TempDir())
	var large strings.Builder
	large.WriteString("Registrační číslo projektu;Název projektu CZ;Žadatel;Příspěvek EU\n")
	for n := range 2000 {
		fmt.Fprintf(&large, "CZ.03.2.63/0.0/0.0/15_023/%07d;Podpora rodin %d;Spolek %d, z. s.;850000\n", n+1, n+1, n%1000)
	}
	p := settled(t, i, i.PostFile(t, "/import", nil, "soubor", "velky.csv", []byte(large.String())))
	action, _ := p.Find(`main form[method="post"]`).First().Attr("action")
	if done := settled(t, i, i.Post(t, action, url.Values{})); done.Path != "/import/D-00001" {
		t.Fatalf("%s: %s", done.Path, done.Words("main"))
	}
	for lang, words := range map[string]string{"/en": "Finding out what the undoing would change", "": "Zjišťujeme, co by vrácení změnilo"} {
		address := lang + "/import/D-00001/vratit"
		shown := settled(t, i, i.Get(t, address))
		if shown.Words("h1") == words || shown.Find(`main form[method="post"]`).Length() != 1 {
			t.Fatalf("%s: %s", address, shown.Words("main"))
		}
	}
	release := holdWriting(t, i)
	first := i.Post(t, "/import/D-00001/vratit", url.Values{})
	if first.Path != "/import/D-00001/vratit" || first.Words("h1") != "Vracíme dávku zpět" {
		t.Errorf("%s: %s", first.Path, first.Words("main"))
	}
	if again, _ := i.Ask(t, http.MethodGet, "/import/D-00001/vratit"); again.Header.Get("Refresh") == "" || again.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the page would not look again: %v", again.Header)
	}
	if english := i.Get(t, "/en/import/D-00001/vratit"); english.Words("h1") != "Taking the import back" {
		t.Errorf("%s: %s", english.Path, english.Words("main"))
	}
	i.Post(t, "/import/D-00001/vratit", url.Values{}) // a second press begins nothing
	release()
	done := settled(t, i, first)
	if done.Path != "/import/D-00001" || !strings.Contains(done.Words("main"), "Tuto dávku někdo vrátil") {
		t.Errorf("%s: %s", done.Path, done.Words("main"))
	}
	if b, err := i.App.Reader().Batch(t.Context(), "D-00001"); err != nil || !b.Undone() {
		t.Errorf("%+v %v", b, err)
	}
}

func TestABatchLeadsToSayingWhichTerritoriesAndYearsItHoldsWhole(t *testing.T) {
	i := start(t, t.TempDir())
	batch := imported(t, i)
	address, _ := batch.Find(`a[href^="/pokryti/zdroje/novy"]`).Attr("href")
	form := i.Get(t, address).Values()
	for field, want := range map[string]string{"source": "seznam.csv", "batch": "D-00001"} {
		if form.Get(field) != want {
			t.Errorf("%s is %q", field, form.Get(field))
		}
	}
	from, to, err := i.App.Reader().BatchYears(t.Context(), "D-00001")
	if err != nil || from == 0 || form.Get("from") != fmt.Sprint(from) || form.Get("to") != fmt.Sprint(to) {
		t.Errorf("years %d to %d in the form as %q to %q: %v", from, to, form.Get("from"), form.Get("to"), err)
	}
	for field, value := range map[string]string{"publisher": "Město", "territories.0.place": "CZ032", "state": "cely", "checked_on": "21. 11. 2026", "akce": "zverejnit"} {
		form.Set(field, value)
	}
	if p := i.Post(t, "/pokryti/zdroje/novy", form); p.Status != http.StatusOK {
		t.Fatalf("%d %s", p.Status, p.Words(".problems"))
	}
	if again := i.Get(t, "/import/D-00001"); again.Find(`a[href="/pokryti/zdroje/Z-00001"]`).Length() != 1 || again.Find(`a[href^="/pokryti/zdroje/novy"]`).Length() != 0 {
		t.Errorf("%s", again.Words("main"))
	}
}
