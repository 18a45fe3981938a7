package extents_test

import (
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/web/webtest"
)

func save(t *testing.T, i *webtest.Instance, x *atlas.SourceExtent) *atlas.SourceExtent {
	t.Helper()
	if x.RecordStatus == "" {
		x.RecordStatus = atlas.RecordPublished
	}
	x.Publisher, x.CheckedOn = "Ministerstvo", atlas.Date{Year: 2026, Month: 11, Day: 20}
	if err := i.App.SaveExtent(t.Context(), webtest.Editor, x); err != nil {
		t.Fatal(err)
	}
	return x
}

func sources(p webtest.Page) []string {
	return p.Find("#seznam tbody th a").Map(func(_ int, s *goquery.Selection) string { return s.Text() })
}

func some(t *testing.T) *webtest.Instance {
	t.Helper()
	i := webtest.Empty(t)
	save(t, i, &atlas.SourceExtent{Source: "Celostátní seznam", Territories: []string{"CZ"}, From: 2014, To: 2020, State: atlas.ExtentWhole})
	save(t, i, &atlas.SourceExtent{Source: "Plzeňský seznam", Territories: []string{"CZ032"}, From: 2018, To: 2018, State: atlas.ExtentPart})
	save(t, i, &atlas.SourceExtent{Source: "Seznam okresu", Territories: []string{"CZ0323"}, From: 2018, To: 2019, State: atlas.ExtentWhole})
	save(t, i, &atlas.SourceExtent{Source: "Chystaný záznam", Territories: []string{"CZ"}, From: 2014, To: 2026, State: atlas.ExtentWhole, Meta: atlas.Meta{RecordStatus: atlas.RecordDraft}})
	return i
}

func TestEachCellCountsTheSourcesThatItsListNames(t *testing.T) {
	i := some(t)
	for _, lang := range []string{"", "/en"} {
		p := i.Get(t, lang+"/pokryti/zdroje")
		if rows := p.Find("#uplnost-nadpis").Length(); rows != 1 {
			t.Fatalf("no table in %s", lang)
		}
		if heads := p.Find("main table").First().Find("thead th").Length(); heads != 22 {
			t.Errorf("%d columns, want the territory and 21 years", heads)
		}
		if rows := p.Find("main table").First().Find("tbody tr").Length(); rows != 15 {
			t.Errorf("%d rows, want the country and 14 kraje", rows)
		}
		cells := p.Find("main table").First().Find("tbody td a")
		if cells.Length() != 15*7 {
			t.Errorf("%d cells with sources", cells.Length())
		}
		cells.Each(func(_ int, a *goquery.Selection) {
			href := a.AttrOr("href", "")
			if !strings.Contains(href, "rok=2018") {
				return
			}
			n := 0
			for _, word := range strings.Fields(a.Find("span[aria-hidden]").Text()) {
				digits := strings.Trim(word, "●◐○")
				more, _ := strconv.Atoi(digits)
				n += more
			}
			if got := sources(i.Get(t, href)); len(got) != n {
				t.Errorf("%s: %d in the cell, %q listed", href, n, got)
			}
		})
	}
	plzen := i.Get(t, "/pokryti/zdroje?uzemi=CZ032&rok=2018")
	if got, want := sources(plzen), []string{"Plzeňský seznam", "Seznam okresu", "Celostátní seznam"}; !slices.Equal(got, want) {
		t.Errorf("of the kraj: %q", got) // the whole of an okres is a part of its kraj
	}
	if got := plzen.Words("#seznam tbody tr:nth-child(2) .tag"); !strings.Contains(got, "část") {
		t.Errorf("the list of an okres is %q of its kraj", got)
	}
	if got := sources(i.Get(t, "/pokryti/zdroje?uzemi=CZ&rok=2018")); !slices.Equal(got, []string{"Celostátní seznam"}) {
		t.Errorf("of the country: %q", got)
	}
	if p := i.Get(t, "/pokryti/zdroje?uzemi=CZ010&rok=2010"); p.Find("#seznam .nothing").Length() != 1 {
		t.Error("a year without a source does not say so")
	}
}

func TestWhereNobodyWroteDownASourceThePageSaysWhyAndWhatToDo(t *testing.T) {
	i := webtest.Empty(t)
	for _, lang := range []string{"", "/en"} {
		if p := i.Get(t, lang+"/pokryti/zdroje"); p.Find(".nothing p").Length() != 3 || p.Find("table").Length() != 0 {
			t.Errorf("%s", p.Words("main"))
		}
	}
	i.Viewer = webtest.Editor
	if p := i.Get(t, "/pokryti/zdroje"); p.Find(`.nothing a[href="/pokryti/zdroje/novy"]`).Length() != 1 {
		t.Error("an editor is not led to the form")
	}
}

func TestTheFormTakesWhatIsKnownOfAnImport(t *testing.T) {
	i := some(t)
	i.Viewer = webtest.Editor
	got := i.Get(t, "/pokryti/zdroje/novy?zdroj=seznam.csv&url=https%3A%2F%2Fwww.mpsv.cz%2Fs&davka=D-00001&od=2014&do=2020").Values()
	for field, want := range map[string]string{"source": "seznam.csv", "url": "https://www.mpsv.cz/s", "batch": "D-00001", "from": "2014", "to": "2020"} {
		if got.Get(field) != want {
			t.Errorf("%s is %q", field, got.Get(field))
		}
	}
}

func TestSavingAFormUnchangedChangesNothing(t *testing.T) {
	i := some(t)
	i.Viewer = webtest.Editor
	x := save(t, i, &atlas.SourceExtent{
		Source: "Seznam", URL: "https://www.mpsv.cz/seznam", Programmes: []string{"OPZ", "OPZP"}, Territories: []string{"CZ032", "CZ010"},
		From: 2014, To: 2020, State: atlas.ExtentPart, Note: "Jen schválené.\n\nBez příloh.",
	})
	for _, lang := range []string{"", "/en"} {
		before, _ := i.App.Reader().Extent(t.Context(), x.ID)
		form := i.Get(t, lang+"/pokryti/zdroje/"+x.ID+"/upravit").Values()
		form.Set("akce", "ulozit")
		if p := i.Post(t, lang+"/pokryti/zdroje/"+x.ID+"/upravit", form); p.Status != 200 || p.Path != lang+"/pokryti/zdroje/"+x.ID+"?ulozeno=rozsah-zdroje-"+x.ID {
			t.Fatalf("%d at %s: %s", p.Status, p.Path, p.Words(".problems"))
		}
		after, _ := i.App.Reader().Extent(t.Context(), x.ID)
		if after.Version != before.Version+1 {
			t.Errorf("version %d after %d", after.Version, before.Version)
		}
		after.Meta, before.Meta = atlas.Meta{}, atlas.Meta{}
		if !reflect.DeepEqual(before, after) {
			t.Errorf("\n%+v\n%+v", before, after)
		}
	}
}

func TestAFormWithEveryFieldWrongComesBackWithEveryWord(t *testing.T) {
	i := some(t)
	i.Viewer = webtest.Editor
	form := url.Values{
		"source": {""}, "publisher": {""}, "url": {"javascript:alert(1)"}, "programmes": {"NIC"}, "territories.0.place": {"Lhota"}, "territories.1.place": {"<Nikde>"},
		"from": {"loni"}, "to": {"1800"}, "state": {"snad"}, "checked_on": {"31. 2. 2026"}, "batch": {"D-99999"}, "note": {"a & b"}, "version": {"0"}, "akce": {"zverejnit"},
	}
	for _, lang := range []string{"", "/en"} {
		p := i.Post(t, lang+"/pokryti/zdroje/novy", form)
		if p.Status != http.StatusUnprocessableEntity {
			t.Fatalf("status %d", p.Status)
		}
		back := p.Values()
		for name, typed := range form {
			if name != "akce" && !slices.Contains(back[name], typed[0]) {
				t.Errorf("%s came back as %q, typed %q", name, back[name], typed[0])
			}
		}
		for _, field := range []string{"source", "publisher", "url", "programmes", "territories-0-place", "territories-1-place", "from", "to", "state", "checked_on", "batch"} {
			if p.Find(`.problems a[href="#f-`+field+`"]`).Length() == 0 || p.Find("#f-"+field).Length() != 1 {
				t.Errorf("the summary does not lead to %s", field)
			}
		}
	}
}

func TestOfTwoWritersTheSecondSeesBothAndLosesNothing(t *testing.T) {
	i := some(t)
	i.Viewer = webtest.Editor
	form := i.Get(t, "/pokryti/zdroje/Z-00001/upravit").Values()
	x, _ := i.App.Reader().Extent(t.Context(), "Z-00001")
	x.Note = "od jiného"
	save(t, i, x)
	form.Set("note", "moje")
	form.Set("akce", "ulozit")
	p := i.Post(t, "/pokryti/zdroje/Z-00001/upravit", form)
	if p.Status != http.StatusConflict || !strings.Contains(p.Words("main"), "od jiného") || !strings.Contains(p.Words("main"), "moje") {
		t.Errorf("%d: %s", p.Status, p.Words("main"))
	}
}

func TestASourceShowsWhatItMeansThatAProjectIsNotHere(t *testing.T) {
	i := some(t)
	for _, lang := range []string{"", "/en"} {
		said := map[string]bool{}
		for _, id := range []string{"Z-00001", "Z-00002"} {
			p := i.Get(t, lang+"/pokryti/zdroje/"+id)
			if p.Status != 200 || strings.Contains(p.Words("main"), "extents.") {
				t.Errorf("%s: %d %s", id, p.Status, p.Words("main"))
			}
			said[p.Words("header .lead + p")] = true
			if h := i.Get(t, lang+"/pokryti/zdroje/"+id+"/historie?verze=1"); h.Status != 200 || strings.Contains(h.Words("main"), "field.") {
				t.Errorf("history of %s: %d %s", id, h.Status, h.Words("main"))
			}
		}
		if len(said) != 2 {
			t.Errorf("a whole source and a part mean the same: %v", said)
		}
	}
	if p := i.Get(t, "/pokryti/zdroje/Z-00004"); p.Status != http.StatusNotFound {
		t.Errorf("a draft is shown to the public: %d", p.Status)
	}
}
