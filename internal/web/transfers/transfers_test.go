package transfers_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/web/webtest"
)

const (
	townA = "CZ0323" // okres Plzeň-město
	townB = "CZ0532" // okres Pardubice
	townC = "CZ0631" // okres Havlíčkův Brod
	townD = "CZ0642" // okres Brno-město
)

func card(t *testing.T, i *webtest.Instance, change func(*atlas.Practice)) *atlas.Practice {
	t.Helper()
	p := &atlas.Practice{
		Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Title: "Kontaktní centrum", Territories: []string{townA}, Country: "CZ", Areas: []string{"JAZ"},
		Segments: []atlas.Segment{{Name: "Poradna"}, {Name: "Kurzy"}}, Advice: []string{"Seznámit se s podstatou"}, Status: atlas.PracticePublished,
		Prerequisites: []atlas.Prerequisite{{Code: "p1", Kind: atlas.NeedsStaff, Least: 150, Core: true}, {Code: "p2", Kind: atlas.NeedsPower, Of: "kraj"}},
	}
	if change != nil {
		change(p)
	}
	err := i.Store.Update(t.Context(), func(tx *store.Tx) error {
		return tx.PutPractice(t.Context(), p, store.Write{By: "test", At: webtest.Now})
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func save(t *testing.T, i *webtest.Instance, r *atlas.Replication) *atlas.Replication {
	t.Helper()
	r.RecordStatus = atlas.RecordPublished
	if r.Kind == "" {
		r.Kind = atlas.TransferInspired
	}
	if err := i.App.SaveReplication(t.Context(), webtest.Editor, r); err != nil {
		t.Fatal(err)
	}
	return r
}

// chain is A→B→C and A→D, which was given up.
func chain(t *testing.T, i *webtest.Instance) *atlas.Practice {
	t.Helper()
	k := card(t, i, nil)
	b := save(t, i, &atlas.Replication{Practice: k.ID, Territory: townB, Status: atlas.TransferRunning, From: atlas.Date{Year: 2012}, Adapted: "Jiné jazyky <b>"})
	save(t, i, &atlas.Replication{Practice: k.ID, Via: b.ID, Territory: townC})
	save(t, i, &atlas.Replication{Practice: k.ID, Territory: townD, Status: atlas.TransferAbandoned, Because: "Nebyly peníze."})
	return k
}

func texts(s *goquery.Selection) []string {
	return s.Map(func(_ int, x *goquery.Selection) string { return strings.TrimSpace(x.Text()) })
}

// ranked 3: the drawing, the tree and the table show the same links with depths,
// dates, what was changed and confirmation.
func TestTheJourneyIsTheSameAsADrawingATreeATableAndJSONLD(t *testing.T) {
	i := webtest.Empty(t)
	k := chain(t, i)
	for _, lang := range []string{"", "/en"} {
		p := i.Get(t, lang+"/dobra-praxe/"+k.ID+"/cesta")
		if p.Status != http.StatusOK {
			t.Fatal(p.Status)
		}
		rows := p.Find("table tbody tr")
		if got := texts(rows.Find("th a")); !slices.Equal(got, []string{"okres Pardubice", "okres Havlíčkův Brod", "okres Brno-město"}) {
			t.Errorf("table %q", got)
		}
		if got := texts(rows.Find("td.number")); !slices.Equal(got, []string{"1", "2", "1"}) {
			t.Errorf("depths %q", got)
		}
		if got := texts(p.Find("main section ul li > a")); !slices.Equal(got, []string{"okres Plzeň-město", "okres Pardubice", "okres Havlíčkův Brod", "okres Brno-město"}) {
			t.Errorf("tree %q", got)
		}
		drawing := p.Find("svg.chart-lineage")
		if n := drawing.Find(".lineage-node").Length(); n != 4 || drawing.Find("a.lineage-link").Length() != 3 || drawing.Find("title").Length() != 1 || drawing.Find("desc").Length() != 1 {
			t.Errorf("%d towns are drawn", n)
		}
		for _, word := range []string{"Nebyly peníze.", "Jiné jazyky <b>", "2012"} {
			if !strings.Contains(p.Find("table").Text(), word) || !strings.Contains(p.Find("main").Text(), word) {
				t.Errorf("%q is not there", word)
			}
		}
		unconfirmed := map[string]string{"": "nepotvrzeno", "/en": "unconfirmed"}[lang]
		if n := strings.Count(rows.Text(), unconfirmed); n != 3 {
			t.Errorf("%d links are called unconfirmed", n)
		}
		_, _, body := i.File(t, lang+"/dobra-praxe/"+k.ID+"/cesta.jsonld")
		var ld struct {
			Graph []map[string]any `json:"@graph"`
		}
		if err := json.Unmarshal(body, &ld); err != nil {
			t.Fatal(err)
		}
		actions, failed := 0, 0
		for _, x := range ld.Graph {
			if x["@type"] == "TransferAction" {
				actions++
				if x["actionStatus"] == "https://schema.org/FailedActionStatus" && x["description"] == "Nebyly peníze." {
					failed++
				}
			}
		}
		if actions != 3 || failed != 1 || len(ld.Graph) != 7 {
			t.Errorf("%d handings over, %d given up, %d in all", actions, failed, len(ld.Graph))
		}
		if got := i.Table(t, lang+"/export/prenosy.csv?praxe="+k.ID); len(got) != 3 {
			t.Errorf("%d rows in the file", len(got))
		}
	}
}

func TestTheMapOfAJourneyShowsTownsAndTerritoriesAndSaysWhatItCannotShow(t *testing.T) {
	i := webtest.Empty(t)
	k := chain(t, i)
	save(t, i, &atlas.Replication{Practice: k.ID, Territory: "CZ020"}) // a kraj around another one
	for lang, want := range map[string][]string{"": {"čtverec", "Mimo mapu", "Musterstadt"}, "/en": {"square", "Beyond the map", "Musterstadt"}} {
		address := lang + "/dobra-praxe/" + k.ID + "/cesta"
		if said := i.Get(t, address).Words("figure + p"); strings.Contains(said, want[1]) {
			t.Errorf("something is beyond the map: %q", said)
		}
		abroad := card(t, i, func(p *atlas.Practice) {
			p.Title, p.Country, p.Territories, p.PlaceText = "Jinde", "DE", nil, "Musterstadt"
		})
		save(t, i, &atlas.Replication{Practice: abroad.ID, Territory: townB})
		p := i.Get(t, lang+"/dobra-praxe/"+abroad.ID+"/cesta")
		squares := p.Find("svg.chart-map a.map-point path").Length()
		if said := p.Words("main"); squares != 1 || !strings.Contains(said, want[0]) || !strings.Contains(said, want[1]) || strings.Count(said, want[2]) < 2 {
			t.Errorf("%s: %d squares: %s", lang, squares, said)
		}
		p = i.Get(t, address)
		if got := p.Find("svg.chart-map a.map-point path").Length(); got != 5 || p.Find("svg.chart-map .map-way").Length() != 4 {
			t.Errorf("%s: %d territories are on the map", lang, got)
		}
	}
}

func TestAChecklistIsOpenedFromTheCardAndKeepsEveryWordOnAWrongField(t *testing.T) { // R4-15, 7.8
	i := webtest.Empty(t)
	k := chain(t, i)
	i.Viewer = webtest.Editor
	p := i.Get(t, "/prenosy/novy?praxe="+k.ID+"&obec=CZ0201")
	if p.Status != http.StatusOK || p.Find("textarea[name^='steps.']").Length() != 5 || p.Find("input[name='segments']").Length() != 2 || p.Find("select[name='answers.p1.met']").Length() != 1 {
		t.Fatalf("%d, %d steps", p.Status, p.Find("textarea[name^='steps.']").Length())
	}
	v := p.Values()
	v.Set("kind", atlas.TransferPart)
	v["segments"] = []string{"Poradna"}
	v.Set("steps.acquaint.answer", "Byli jsme tam <i>se</i> podívat.")
	v.Set("steps.acquaint.done", "5/2026")
	v.Set("answers.p1.met", "ne")
	v.Set("answers.p1.source", "Rozpočet 2026")
	v.Set("status", atlas.TransferAbandoned)
	v.Set("akce", "zverejnit")
	wrong := i.Post(t, "/prenosy/novy", v)
	if wrong.Status != http.StatusUnprocessableEntity || !strings.Contains(wrong.Words("#problemy"), "proč přenos skončil") {
		t.Fatalf("%d %q", wrong.Status, wrong.Words("#problemy"))
	}
	for name, want := range v {
		if name != "akce" && name != "version" && !slices.Equal(wrong.Values()[name], want) && strings.Join(want, "") != "" {
			t.Errorf("%s came back as %q, typed %q", name, wrong.Values()[name], want)
		}
	}
	v.Set("because", "Odešel koordinátor.")
	if done := i.Post(t, "/prenosy/novy", v); done.Status != http.StatusOK && done.Status != http.StatusSeeOther {
		t.Fatal(done.Status, done.Words("#problemy"))
	}
	all, err := i.App.Reader().ReplicationsIn(t.Context(), "CZ0201")
	if err != nil || len(all) != 1 {
		t.Fatal(len(all), err)
	}
	r := all[0]
	if !r.Public() || !r.Abandoned() || r.Because != "Odešel koordinátor." || r.Step(atlas.StepAcquaint).Done != (atlas.Date{Year: 2026, Month: 5}) || !slices.Equal(r.Segments, []string{"Poradna"}) {
		t.Errorf("%+v", r)
	}
	if x, ok := r.Answer("p1"); !ok || x.Met != atlas.No || x.Source != "Rozpočet 2026" {
		t.Errorf("%+v", r.Answers)
	}
	// Opening the form and saving it changes nothing.
	again := i.Get(t, "/prenosy/"+r.ID+"/upravit").Values()
	i.Post(t, "/prenosy/"+r.ID+"/upravit", again)
	now, err := i.App.Reader().Replication(t.Context(), r.ID)
	if err != nil || now.Because != r.Because || now.Status != r.Status || len(now.Steps) != 1 || len(now.Answers) != 1 {
		t.Errorf("%+v %v", now, err)
	}
	show := i.Get(t, "/prenosy/"+r.ID)
	if show.Status != http.StatusOK || !strings.Contains(show.Find("main").Text(), "Byli jsme tam <i>se</i> podívat.") {
		t.Error(show.Status)
	}
}

func TestACircleIsRefusedInTheFormWithItsChain(t *testing.T) { // ranked 3
	i := webtest.Empty(t)
	k := chain(t, i)
	i.Viewer = webtest.Editor
	v := i.Get(t, "/prenosy/novy?praxe="+k.ID+"&obec="+townA).Values()
	v.Set("kind", atlas.TransferInspired)
	v.Set("via", "B-00002")
	p := i.Post(t, "/prenosy/novy", v)
	if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Words("#problemy"), "okres Plzeň-město → okres Pardubice → okres Havlíčkův Brod → okres Plzeň-město") {
		t.Errorf("%d %q", p.Status, p.Words("#problemy"))
	}
	p = i.Post(t, "/en/prenosy/novy", v)
	if !strings.Contains(p.Words("#problemy"), "would get back what it gave") {
		t.Errorf("%q", p.Words("#problemy"))
	}
}

func TestTheFitSaysOfEachPrerequisiteWhatSaysSo(t *testing.T) { // ranked 4
	i := webtest.Empty(t)
	k := chain(t, i)
	if p := i.Get(t, "/dobra-praxe/"+k.ID+"/sedi-nam"); p.Status != http.StatusOK || p.Find("table").Length() != 0 {
		t.Errorf("without a town: %d", p.Status)
	}
	p := i.Get(t, "/dobra-praxe/"+k.ID+"/sedi-nam?obec="+townB)
	if p.Status != http.StatusOK || !strings.Contains(p.Words("main"), "1,50 úvazku") || !strings.Contains(p.Words("main"), "nevíme") {
		t.Errorf("%d %q", p.Status, p.Words("main table"))
	}
	parts := p.Find("section:nth-of-type(2) table")
	sum := 0.0
	parts.Find("tbody td:last-child").Each(func(_ int, s *goquery.Selection) { sum += decimal(t, s.Text()) })
	if total := decimal(t, parts.Find("tfoot td:last-child").Text()); parts.Length() != 1 || sum < total-0.011 || sum > total+0.011 {
		t.Errorf("parts sum to %v of %v in %d tables", sum, total, parts.Length())
	}
	if got := texts(p.Find("section:nth-of-type(3) ul.similar a")); !slices.Contains(got, "okres Havlíčkův Brod") || !slices.Contains(got, "okres Brno-město") {
		t.Errorf("adopters and those who gave up: %q", got)
	}
	for query, status := range map[string]int{"?obec=Xyzzy": 422, "?obec=CZ": 422, "?obec=%3Cb%3E": 422} {
		if p := i.Get(t, "/dobra-praxe/"+k.ID+"/sedi-nam"+query); p.Status != status || p.Find("[role=alert]").Length() != 1 {
			t.Errorf("%s: %d", query, p.Status)
		}
	}
}

func decimal(t *testing.T, text string) float64 {
	t.Helper()
	var f float64
	if err := json.Unmarshal([]byte(strings.Replace(strings.TrimSpace(text), ",", ".", 1)), &f); err != nil {
		t.Errorf("%q is no number", text)
	}
	return f
}

func TestInspirationNamesItsFigures(t *testing.T) {
	i := webtest.Empty(t)
	k := chain(t, i)
	card(t, i, func(p *atlas.Practice) { p.RecordStatus = atlas.RecordDraft })
	p := i.Get(t, "/inspirace?obec="+"CZ0201")
	if p.Status != http.StatusOK {
		t.Fatal(p.Status)
	}
	ideas := p.Find("main ol > li")
	if ideas.Length() != 1 || ideas.Find("h3 a").AttrOr("href", "") != "/dobra-praxe/"+k.ID || ideas.Find("ul li").Length() < 3 {
		t.Errorf("%d ideas: %q", ideas.Length(), texts(ideas))
	}
	for _, path := range []string{"/", "/uzemi/CZ0201"} {
		if n := i.Get(t, path).Find("main a[href^='/inspirace']").Length(); n == 0 {
			t.Errorf("%s does not lead to inspiration", path)
		}
	}
}

func TestMessagesAreForTheTwoTownsOnly(t *testing.T) {
	i := webtest.Empty(t)
	k := chain(t, i)
	town := i.Account(t, "pardubice@mesto.example", atlas.Grant{Role: atlas.RoleTerritory, Territory: townB})
	other := i.Account(t, "jina@mesto.example", atlas.Grant{Role: atlas.RoleTerritory, Territory: townD})
	source := i.Account(t, "plzen@mesto.example", atlas.Grant{Role: atlas.RoleTerritory, Territory: townA})
	_ = k
	i.SignIn(t, town.ID, true)
	p := i.Get(t, "/prenosy/B-00001")
	if p.Find("#zpravy form").Length() != 1 {
		t.Fatal("the follower cannot write")
	}
	if p := i.Post(t, "/prenosy/B-00001/zprava", url.Values{"message": {""}}); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("an empty message: %d", p.Status)
	}
	i.Post(t, "/prenosy/B-00001/zprava", url.Values{"message": {"Kolik vás to stálo?"}})
	i.SignOut(t)
	i.SignIn(t, source.ID, true)
	if p := i.Get(t, "/prenosy/B-00001"); !strings.Contains(p.Words("#zpravy"), "Kolik vás to stálo?") || strings.Contains(p.Words("body"), "pardubice@mesto.example") {
		t.Errorf("the source reads %q", p.Words("#zpravy"))
	}
	i.SignOut(t)
	i.SignIn(t, other.ID, true)
	if p := i.Get(t, "/prenosy/B-00001"); p.Find("#zpravy").Length() != 0 || strings.Contains(p.Words("body"), "Kolik vás to stálo?") {
		t.Error("another town reads the thread")
	}
	if p := i.Post(t, "/prenosy/B-00001/zprava", url.Values{"message": {"Dobrý den"}}); p.Status != http.StatusNotFound {
		t.Errorf("another town writes: %d", p.Status)
	}
	if p := i.Post(t, "/prenosy/B-00001/potvrdit", url.Values{"strana": {store.SideFollower}, "version": {"1"}, "ano": {"1"}}); p.Status != http.StatusForbidden {
		t.Errorf("another town confirms: %d", p.Status)
	}
	i.SignOut(t)
	for _, path := range []string{"/api/v1/replications", "/export/prenosy.csv", "/export/prenosy.json"} {
		if _, _, body := i.File(t, path); strings.Contains(string(body), "Kolik vás to stálo?") {
			t.Errorf("%s tells the thread", path)
		}
	}
}

func TestTheListIsNarrowed(t *testing.T) {
	i := webtest.Empty(t)
	chain(t, i)
	for query, want := range map[string]int{"": 3, "stav=OPUST": 1, "uzemi=CZ053": 1, "vztah=INSPIRACE": 3, "vztah=ROZSIRENI": 0, "uzemi=%3Cx%3E": 0} {
		for _, lang := range []string{"", "/en"} {
			p := i.Get(t, lang+"/prenosy?"+query)
			if got := p.Find("tbody tr").Length(); p.Status != 200 || got != want {
				t.Errorf("%s: %d, %d rows", query, p.Status, got)
			}
			if rows := i.Table(t, lang+"/export/prenosy.csv?"+query); len(rows) != want {
				t.Errorf("%s: %d rows in the file", query, len(rows))
			}
		}
	}
}

func TestAMergeOfTwoCardsIsUndoneFromThePageOfTheOneThatIsKept(t *testing.T) {
	i := webtest.Empty(t)
	keep := chain(t, i)
	drop := card(t, i, func(p *atlas.Practice) { p.Title = "Totéž podruhé" })
	i.SignIn(t, i.Account(t, "metodik@a.example", atlas.Grant{Role: atlas.RoleMethodologist}).ID, true)
	if p := i.Post(t, "/dobra-praxe/"+drop.ID+"/sloucit", url.Values{"version": {"1"}, "into": {keep.ID}}); p.Status != http.StatusOK {
		t.Fatalf("%d %s", p.Status, p.Words("main"))
	}
	for _, lang := range []string{"", "/en"} {
		p := i.Get(t, lang+"/dobra-praxe/"+keep.ID)
		if got := p.Words("#sloucene li"); !strings.HasPrefix(got, "Totéž podruhé ("+drop.ID+")") || p.Find("#sloucene form").AttrOr("action", "") != lang+"/dobra-praxe/"+drop.ID+"/oddelit" {
			t.Errorf("%s: %q", lang, got)
		}
	}
	if p := i.Post(t, "/dobra-praxe/"+drop.ID+"/oddelit", nil); p.Status != http.StatusOK || p.Words("h1") != "Totéž podruhé" || !strings.Contains(p.Body, "je zase samostatná") {
		t.Errorf("%d %s", p.Status, p.Words("main"))
	}
	if p := i.Get(t, "/dobra-praxe/"+keep.ID); p.Find("#sloucene").Length() > 0 {
		t.Error("it is still called merged")
	}
	if p := i.Post(t, "/dobra-praxe/"+drop.ID+"/oddelit", nil); !strings.Contains(p.Body, "není sloučený s jiným") {
		t.Errorf("undone twice: %d %s", p.Status, p.Words("main"))
	}
}

// What nobody knows of a handing over is not said of it in JSON-LD either: neither a
// code of a place abroad nor how far it is.
func TestJSONLDSaysNothingOfWhatIsNotKnown(t *testing.T) {
	i := webtest.Empty(t)
	k := card(t, i, func(p *atlas.Practice) { p.Territories, p.Country, p.PlaceText = nil, "AT", "Vídeň" })
	save(t, i, &atlas.Replication{Practice: k.ID, Territory: townB})
	_, _, body := i.File(t, "/dobra-praxe/"+k.ID+"/cesta.jsonld")
	for _, never := range []string{`"identifier": ""`, `"value": ""`, "PotentialActionStatus"} {
		if strings.Contains(string(body), never) {
			t.Errorf("%s is said: %s", never, body)
		}
	}
	if !strings.Contains(string(body), `"identifier": "`+townB+`"`) || !strings.Contains(string(body), `"depth"`) {
		t.Errorf("what is known is not said: %s", body)
	}
}
