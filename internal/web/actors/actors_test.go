package actors_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/web/webtest"
)

func all(t *testing.T, i *webtest.Instance) []*atlas.Actor {
	t.Helper()
	var out []*atlas.Actor
	err := i.App.Reader().EachActor(t.Context(), func(r *atlas.Actor) error {
		out = append(out, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func projects(t *testing.T, i *webtest.Instance) []*atlas.Project {
	t.Helper()
	var out []*atlas.Project
	err := i.App.Reader().EachProject(t.Context(), func(p *atlas.Project) error {
		out = append(out, p)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// byHand counts the published projects in which an actor has a role, or for
// RoleFunder gave money.
func byHand(projects []*atlas.Project, id, role string) int {
	n := 0
	for _, p := range projects {
		is := slices.ContainsFunc(p.Parties, func(q atlas.Party) bool { return q.Actor == id && q.Role == role })
		if role == atlas.RoleFunder {
			is = is || slices.ContainsFunc(p.Funding, func(f atlas.Funding) bool { return f.Funder == id })
		}
		if is && p.Public() {
			n++
		}
	}
	return n
}

// number is what stands in a cell, without the words for a screen reader.
func number(cell *goquery.Selection) string {
	cell.Find(".visually-hidden").Remove()
	return digits(cell.Text())
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

func TestTheListHasEveryActorOnceInCzechOrderWithItsNumberOfProjects(t *testing.T) {
	i := webtest.Start(t)
	known := projects(t, i)
	var names, ids []string
	for page := 1; page <= 3; page++ {
		p := i.Get(t, "/akteri?strana="+strconv.Itoa(page))
		p.Find("tbody tr").Each(func(_ int, tr *goquery.Selection) {
			link := tr.Find("th a")
			href, _ := link.Attr("href")
			id := strings.TrimPrefix(href, "/akteri/")
			names, ids = append(names, link.Text()), append(ids, id)
			if got, want := number(tr.Find("td.number").Eq(0)), byHand(known, id, atlas.RoleImplementer); got != strconv.Itoa(want) {
				t.Errorf("%s carries out %q projects, by hand %d", id, got, want)
			}
			if got, want := number(tr.Find("td.number").Eq(1)), byHand(known, id, atlas.RoleFunder); got != strconv.Itoa(want) {
				t.Errorf("%s funds %q projects, by hand %d", id, got, want)
			}
		})
	}
	if n := len(slices.Compact(slices.Sorted(slices.Values(ids)))); n != len(ids) || n != len(all(t, i)) {
		t.Errorf("%d actors on the pages, %d of them different, %d in the database", len(ids), n, len(all(t, i)))
	}
	if !slices.IsSortedFunc(names, func(a, b string) int { return strings.Compare(czech.SortKey(a), czech.SortKey(b)) }) {
		t.Errorf("not in Czech order: %q", names)
	}
}

func TestAnActorIsFoundByTheBeginningOfAWordByNumberAndByOtherNames(t *testing.T) { // acceptance example 16
	i := webtest.Start(t)
	one := &atlas.Actor{
		Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Name: "Žďárský spolek přátel", OtherNames: []string{"Druschba e. V."},
		ICO: "00551023", Type: "NNO", Country: "CZ", Territories: []string{"CZ0635"},
	}
	if err := i.App.SaveActor(t.Context(), webtest.Editor, one); err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{"zdar", "ŽĎÁR", "pratel zdarsk", "drusch", "00551023", "005 51 023", "551023", one.ID} {
		p := i.Get(t, "/akteri?"+url.Values{"q": {q}}.Encode())
		if !strings.Contains(p.Words("tbody"), one.Name) {
			t.Errorf("%q does not find it: %s", q, p.Words("h2"))
		}
	}
	p := i.Get(t, "/akteri?q=zdar+nesmysl")
	if p.Find("tbody tr").Length() != 0 || !strings.Contains(p.Words("main"), "Takového aktéra tu nemáme") {
		t.Errorf("%s", p.Words("main"))
	}
}

func TestFiltersNarrowTheListAndTheirCountsAreExact(t *testing.T) {
	i := webtest.Start(t)
	want := map[string]int{}
	for _, r := range all(t, i) {
		want[r.Type]++
	}
	p := i.Get(t, "/akteri")
	p.Find("select#typ option").Each(func(_ int, o *goquery.Selection) {
		value, _ := o.Attr("value")
		if value == "" {
			return
		}
		if !strings.HasSuffix(o.Text(), "("+strconv.Itoa(want[value])+")") {
			t.Errorf("%s is shown as %q, by hand %d", value, o.Text(), want[value])
		}
		if got := i.Get(t, "/akteri?typ="+value).Words("#vysledky-nadpis"); digits(got) != strconv.Itoa(want[value]) {
			t.Errorf("type %s: %q, by hand %d", value, got, want[value])
		}
	})
	inPlzen := 0
	for _, r := range all(t, i) {
		if slices.ContainsFunc(r.Territories, func(c string) bool { place, _ := i.App.Places().Get(c); return place.Region == "CZ032" || c == "CZ032" }) {
			inPlzen++
		}
	}
	if got := i.Get(t, "/akteri?kraj=CZ032").Words("#vysledky-nadpis"); inPlzen == 0 || digits(got) != strconv.Itoa(inPlzen) {
		t.Errorf("Plzeňský kraj: %q, by hand %d", got, inPlzen)
	}
	if got := i.Get(t, "/akteri?typ=XX&kraj=CZ9"); got.Find(".notice").Length() != 2 || digits(got.Words("#vysledky-nadpis")) != strconv.Itoa(len(all(t, i))) {
		t.Errorf("unknown codes: %s", got.Words("main .notice"))
	}
}

func TestOddAddressesAreAnsweredAndNeverBreak(t *testing.T) {
	i := webtest.Start(t)
	for path, status := range map[string]int{
		"/akteri?q=%ff%fe%00":                           200,
		"/akteri?strana=-5":                             200,
		"/akteri?strana=999999999999":                   200,
		"/akteri?strana=9999":                           200,
		"/akteri?q=" + strings.Repeat("slovo+", 20_000): 200,
		"/akteri/A-99999":                               404,
		"/akteri/%ff":                                   404,
		"/akteri/naseptavac?q=%ff":                      200,
		"/akteri/A-00001/upravit":                       403,
		"/akteri/novy":                                  403,
	} {
		if p := i.Get(t, path); p.Status != status {
			t.Errorf("%.60s: %d, want %d", path, p.Status, status)
		}
	}
	last := i.Get(t, "/akteri?strana=9999")
	if last.Find("tbody tr").Length() == 0 || last.Find(".pager-here").Length() != 1 {
		t.Error("a page past the end is not the last one")
	}
}

func TestReadersDoNotSeeDrafts(t *testing.T) {
	i := webtest.Start(t)
	parent := all(t, i)[0]
	draft := &atlas.Actor{Name: "Tajný koncept, z. s.", Type: "NNO", Country: "CZ", Parent: parent.ID, Relations: []atlas.Relation{{Actor: parent.ID, Kind: "clen"}}}
	if err := i.App.SaveActor(t.Context(), webtest.Editor, draft); err != nil {
		t.Fatal(err)
	}
	pages := []string{"/akteri?q=tajny", "/akteri/naseptavac?q=tajny", "/akteri/" + parent.ID, "/akteri/" + draft.ID}
	for _, path := range pages {
		if p := i.Get(t, path); strings.Contains(strings.ReplaceAll(p.Body, `value="tajny"`, ""), "Tajný") {
			t.Errorf("a reader sees the draft at %s", path)
		}
	}
	if p := i.Get(t, pages[3]); p.Status != http.StatusNotFound {
		t.Errorf("status %d", p.Status)
	}
	i.Viewer = webtest.Editor
	for _, path := range pages {
		if p := i.Get(t, path); !strings.Contains(p.Body, "Tajný") {
			t.Errorf("the editor does not see the draft at %s", path)
		}
	}
}

func TestAPageTellsProjectsByRoleAsCountedByHand(t *testing.T) {
	i := webtest.Start(t)
	known := projects(t, i)
	for n, r := range all(t, i) {
		for lang, prefix := range map[string]string{"cs": "", "en": "/en"} {
			if lang == "en" && n%10 > 0 {
				continue
			}
			p := i.Get(t, prefix+"/akteri/"+r.ID)
			if p.Status != 200 || p.Words("h1") != strings.Join(strings.Fields(r.DisplayName(lang)), " ") {
				t.Fatalf("%s: %d %q", r.ID, p.Status, p.Words("h1"))
			}
			roles, _ := i.App.Lists().List(atlas.ListRole)
			for _, it := range roles.Items {
				want := byHand(known, r.ID, it.Code)
				head := p.Find("#projekty h3").FilterFunction(func(_ int, s *goquery.Selection) bool {
					return strings.HasPrefix(s.Text(), i.App.Lists().Label(atlas.ListRole, it.Code, lang)+" –")
				})
				if got := digits(head.Text()); got != strconv.Itoa(want) && (got != "" || want > 0) {
					t.Errorf("%s as %s: %q, by hand %d", r.ID, it.Code, head.Text(), want)
				}
			}
			for _, s := range r.Sources {
				if s.URL != "" && !strings.Contains(p.Words("#zdroje"), s.URL) {
					t.Errorf("%s does not name its source %s", r.ID, s.URL)
				}
			}
			if lang == "cs" {
				linked(t, p, r)
			}
		}
	}
}

func linked(t *testing.T, p webtest.Page, r *atlas.Actor) {
	t.Helper()
	if r.Generic {
		return
	}
	var data map[string]any
	if err := json.Unmarshal([]byte(p.Find(`script[type="application/ld+json"]`).Text()), &data); err != nil {
		t.Fatalf("%s: %v", r.ID, err)
	}
	if data["@type"] != "Organization" || data["name"] != r.Name || r.ICO != "" && data["taxID"] != r.ICO {
		t.Errorf("%s: %v", r.ID, data)
	}
}

func TestQueriesDoNotGrowWithTheActorsOfAPage(t *testing.T) {
	i := webtest.Start(t)
	i.Get(t, "/akteri")
	queries := func(path string) int64 {
		before := i.Store.Queries()
		i.Get(t, path)
		return i.Store.Queries() - before
	}
	if long, short := queries("/akteri"), queries("/akteri?q=plzen"); long != 1 || short != 1 {
		t.Errorf("50 actors cost %d queries, a few %d; want 1", long, short)
	}
	t.Logf("one actor costs %d queries", queries("/akteri/A-00001"))
}

// whole is an actor with every field of 6.4 filled.
func whole(t *testing.T, i *webtest.Instance) *atlas.Actor {
	t.Helper()
	seeded := all(t, i)
	return &atlas.Actor{
		Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Name: "Centrum pod Hradem, z. ú.", NameEn: "Centre below the Castle",
		OtherNames: []string{"CPH", "Centrum"}, Type: "NNO", Sector: atlas.SectorPrivate, Sphere: "S2", LegalForm: legalForm(i), Country: "CZ",
		Parent: seeded[3].ID, ICO: "00551023", DIC: "CZ00551023", DataBox: "4ujaaqd", ForeignID: "GB-CHC-1136419",
		Seat:        atlas.Address{Street: "Smetanovy sady 1145/1", ZIP: "36001", City: "Karlovy Vary", RUIAN: "1234567"},
		Post:        atlas.Address{Street: "Poštovní 2", ZIP: "36002", City: "Karlovy Vary"},
		Billing:     atlas.Address{City: "Cheb"},
		BankAccount: "19-2000145399/0800", Email: "info@centrum.cz", Phone: "+420 353 000 000", Web: "https://www.centrum.cz",
		Territories: []string{"CZ041", "CZ0411"}, Areas: []string{"JAZ", "SOU"}, Activities: []string{"A01"}, TargetLegal: []string{"TG-ALL"},
		Languages: codes(i, atlas.ListLanguage, 2), ServiceForms: codes(i, atlas.ListServiceForm, 1), Price: codes(i, atlas.ListPrice, 1)[0],
		Capacity: "20 osob denně", OpeningHours: "po–pá 9–17",
		Relations: []atlas.Relation{{Actor: seeded[1].ID, Kind: "spoluprace", Since: atlas.Date{Year: 2019, Month: 5}, Strength: 2}},
		Verified:  atlas.Date{Year: 2026, Month: 11, Day: 1},
		Sources:   []atlas.Source{{Kind: "WEB", URL: "https://www.centrum.cz/o-nas", Accessed: atlas.Date{Year: 2026, Month: 11, Day: 2}, Note: "výroční zpráva"}},
		Verbatim:  []atlas.Verbatim{{Field: "poznámka", Value: "dle sdělení"}},
	}
}

func codes(i *webtest.Instance, list string, n int) []string {
	l, _ := i.App.Lists().List(list)
	var out []string
	for _, it := range l.Items[:n] {
		out = append(out, it.Code)
	}
	return out
}

func legalForm(i *webtest.Instance) string { return codes(i, atlas.ListLegalForm, 1)[0] }

func TestSavingAFormUnchangedChangesNothing(t *testing.T) {
	i := webtest.Start(t)
	r := whole(t, i)
	if err := i.App.SaveActor(t.Context(), webtest.Editor, r); err != nil {
		t.Fatal(err)
	}
	i.Viewer = webtest.Editor
	for _, lang := range []string{"", "/en"} {
		before, _ := i.App.Reader().Actor(t.Context(), r.ID)
		form := i.Get(t, lang+"/akteri/"+r.ID+"/upravit").Values()
		form.Set("akce", "ulozit")
		if p := i.Post(t, lang+"/akteri/"+r.ID+"/upravit", form); p.Status != 200 || p.Path != lang+"/akteri/"+r.ID+"?ulozeno=akter-"+r.ID || p.Find("[data-saved]").AttrOr("data-saved", "") != "akter-"+r.ID {
			t.Fatalf("%d at %s: %s", p.Status, p.Path, p.Words(".problems"))
		}
		after, _ := i.App.Reader().Actor(t.Context(), r.ID)
		if after.Version != before.Version+1 {
			t.Errorf("version %d after %d", after.Version, before.Version)
		}
		after.Meta, before.Meta = atlas.Meta{}, atlas.Meta{}
		if !reflect.DeepEqual(before, after) {
			t.Errorf("\n%+v\n%+v", before, after)
		}
	}
}

func TestThePublicNeverSeesABankAccount(t *testing.T) {
	i := webtest.Start(t)
	r := whole(t, i)
	if err := i.App.SaveActor(t.Context(), webtest.Editor, r); err != nil {
		t.Fatal(err)
	}
	if p := i.Get(t, "/akteri/"+r.ID); strings.Contains(p.Body, "2000145399") || strings.Contains(p.Body, "účtu") {
		t.Error("a reader sees the bank account, or is told of it")
	}
	i.Viewer = webtest.Editor
	if p := i.Get(t, "/akteri/"+r.ID); !strings.Contains(p.Body, "2000145399") {
		t.Error("the editor does not see it")
	}
}

func TestAFormWithEveryFieldWrongComesBackWithEveryWord(t *testing.T) {
	i := webtest.Start(t)
	before := len(all(t, i))
	i.Viewer = webtest.Editor
	form := url.Values{
		"name": {""}, "name_en": {"<b>English & more</b>"}, "other_names": {"jiné\njméno"}, "generic": {"1"},
		"actor_type": {"XXX"}, "sector": {"MODRY"}, "sphere": {"S9"}, "legal_form": {"999x"}, "country": {"QQ"},
		"parent": {"Neexistující úřad"}, "ico": {"12345678"}, "dic": {"CZ8001011234"}, "data_box": {"krátká"},
		"foreign_id": {"něco"}, "seat_zip": {"36 00"}, "seat_street": {"Ulice 1"}, "seat_city": {"Aš"}, "bank_account": {"123/9"},
		"email": {"není e-mail"}, "phone": {"???"}, "web": {"javascript:alert(1)"}, "verified_at": {"32. 13. 2026"},
		"areas": {"NIC"}, "activities": {"A999"}, "target_legal": {"TG-X"}, "languages": {"xx"}, "service_form": {"zzz"},
		"price": {"hodně"}, "capacity": {"plno"}, "opening_hours": {"\xffnon-stop"},
		"territories.0.place": {"Atlantida"}, "territories.3.place": {""},
		"relations.0.actor": {"Nikdo"}, "relations.0.kind": {"nenavidi"}, "relations.0.since": {"loni"}, "relations.0.strength": {"9"},
		"sources.0.kind": {"BAJKA"}, "sources.0.url": {"ftp://x"}, "sources.0.accessed": {"včera"}, "sources.0.note": {"\"uvozovky\""},
		"version": {"0"}, "akce": {"zverejnit"},
	}
	for _, lang := range []string{"", "/en"} {
		p := i.Post(t, lang+"/akteri/novy", form)
		if p.Status != http.StatusUnprocessableEntity {
			t.Fatalf("status %d", p.Status)
		}
		back := p.Values()
		for name, typed := range form {
			want := strings.ToValidUTF8(typed[0], "\uFFFD")
			if name == "akce" || name == "territories.3.place" {
				continue
			}
			if got := back[name]; !slices.Contains(got, want) && !(name == "other_names" && strings.TrimSpace(got[0]) == want) {
				t.Errorf("%s came back as %q, typed %q", name, got, want)
			}
		}
		wrong := []string{"name", "actor_type", "sphere", "legal_form", "country", "parent", "ico", "dic", "data_box", "bank_account",
			"email", "web", "verified_at", "areas", "activities", "target_legal", "languages", "service_form", "price",
			"territories-0-place", "relations-0-actor", "relations-0-since", "relations-0-strength",
			"sources-0-kind", "sources-0-url", "sources-0-accessed"}
		for _, field := range wrong {
			if p.Find(`.problems a[href="#f-`+field+`"]`).Length() == 0 || p.Find("#f-"+field).Length() != 1 {
				t.Errorf("the summary does not lead to %s", field)
			}
		}
	}
	p := i.Post(t, "/akteri/novy", form)
	if !strings.Contains(p.Words("#f-ico-problem"), "12345678") || !strings.Contains(p.Words("#f-ico-problem"), "například") {
		t.Errorf("the problem of the number has no example: %s", p.Words("#f-ico-problem"))
	}
	if n := len(all(t, i)); n != before {
		t.Errorf("something was written: %d actors", n)
	}
}

func TestAnAmbiguousPlaceIsAskedAboutAndNeverGuessed(t *testing.T) {
	i := webtest.Start(t)
	twins(t, i)
	i.Viewer = webtest.Editor
	form := url.Values{"name": {"Spolek"}, "country": {"CZ"}, "territories.0.place": {"Březová"}, "akce": {"ulozit"}}
	p := i.Post(t, "/akteri/novy", form)
	if got := p.Words("#f-territories-0-place-problem"); p.Status != 422 || !strings.Contains(got, "okres Sokolov") || !strings.Contains(got, "okres Opava") {
		t.Fatalf("%d %s", p.Status, got)
	}
	form.Set("territories.0.place", "Březová, okres Opava")
	if p := i.Post(t, "/akteri/novy", form); p.Status != 200 || !strings.Contains(p.Words("#pusobeni"), "Březová (okres Opava)") {
		t.Errorf("%d %s", p.Status, p.Words(".problems"))
	}
}

// twins writes two municipalities of one name.
func twins(t *testing.T, i *webtest.Instance) {
	t.Helper()
	_, _, _, err := i.App.SaveTerritories(t.Context(), webtest.Editor, []atlas.Territory{
		{Code: "560294", Level: atlas.LevelMunicipality, Name: "Březová", Region: "CZ041", District: "CZ0413", ORP: "4107"},
		{Code: "506214", Level: atlas.LevelMunicipality, Name: "Březová", Region: "CZ080", District: "CZ0805", ORP: "8121"},
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestRowsAreAddedAndDroppedWithoutAScript(t *testing.T) {
	i := webtest.Start(t)
	i.Viewer = webtest.Editor
	form := i.Get(t, "/akteri/novy").Values()
	form.Set("name", "Rozepsaný")
	form.Set("territories.0.place", "něco")
	form.Set("akce", "pridat:territories")
	p := i.Post(t, "/akteri/novy", form)
	if p.Find(`input[name="territories.1.place"]`).Length() != 1 || p.Values().Get("name") != "Rozepsaný" || p.Find(".problems").Length() != 0 {
		t.Fatal("no row was added, or words were lost")
	}
	form = p.Values()
	form.Set("akce", "odebrat:territories.0")
	p = i.Post(t, "/akteri/novy", form)
	if p.Find(`input[name="territories.0.place"]`).Length() != 0 || p.Find(`input[name="territories.1.place"]`).Length() != 1 {
		t.Error("the row was not dropped")
	}
}

func TestTheSecondOfTwoWritersSeesBothVersionsAndChooses(t *testing.T) {
	i := webtest.Start(t)
	r := whole(t, i)
	if err := i.App.SaveActor(t.Context(), webtest.Editor, r); err != nil {
		t.Fatal(err)
	}
	i.Viewer = webtest.Editor
	address := "/akteri/" + r.ID + "/upravit"
	first, second := i.Get(t, address).Values(), i.Get(t, address).Values()
	first.Set("phone", "111 111 111")
	first.Set("capacity", "první")
	first.Set("akce", "ulozit")
	if p := i.Post(t, address, first); p.Status != 200 {
		t.Fatal(p.Status)
	}
	second.Set("capacity", "druhý")
	second.Set("email", "druhy@centrum.cz")
	second.Set("akce", "ulozit")
	p := i.Post(t, address, second)
	text := p.Words("main")
	if p.Status != http.StatusConflict || !strings.Contains(text, "první") || !strings.Contains(text, "druhý") || !strings.Contains(text, "111 111 111") {
		t.Fatalf("%d %s", p.Status, text)
	}
	if now, _ := i.App.Reader().Actor(t.Context(), r.ID); now.Capacity != "první" || now.Email != r.Email {
		t.Fatal("something was overwritten unseen")
	}
	choice := p.Values()
	if choice.Get("volba.phone") != "jejich" || choice.Get("volba.email") != "moje" || choice.Get("volba.capacity") != "" {
		t.Errorf("preferred: phone %q, email %q, capacity %q", choice.Get("volba.phone"), choice.Get("volba.email"), choice.Get("volba.capacity"))
	}
	choice.Set("volba.capacity", "moje")
	choice.Set("akce", "ulozit")
	if p := i.Post(t, address, choice); p.Status != 200 {
		t.Fatalf("%d %s", p.Status, p.Words("main"))
	}
	now, _ := i.App.Reader().Actor(t.Context(), r.ID)
	if now.Capacity != "druhý" || now.Email != "druhy@centrum.cz" || now.Phone != "111 111 111" {
		t.Errorf("%q %q %q", now.Capacity, now.Email, now.Phone)
	}
}

func TestANumberThatAnotherActorHasIsSaid(t *testing.T) {
	i := webtest.Start(t)
	i.Viewer = webtest.Editor
	var taken *atlas.Actor
	for _, r := range all(t, i) {
		if r.ICO != "" && r.Parent == "" {
			taken = r
		}
	}
	form := url.Values{"name": {"Nový"}, "country": {"CZ"}, "ico": {taken.ICO}, "akce": {"ulozit"}}
	if p := i.Post(t, "/akteri/novy", form); p.Status != 422 || !strings.Contains(p.Words("#f-ico-problem"), taken.ID) {
		t.Errorf("%d %s", p.Status, p.Words(".problems"))
	}
	form.Set("parent", taken.Name)
	if p := i.Post(t, "/akteri/novy", form); p.Status != 200 || !strings.Contains(p.Words("main"), taken.Name) {
		t.Errorf("a part of it: %d %s", p.Status, p.Words(".problems"))
	}
}

func TestSuggestionsCarryTheCode(t *testing.T) {
	i := webtest.Start(t)
	p := i.Get(t, "/akteri/naseptavac?q=plz")
	value, _ := p.Find("option").First().Attr("value")
	if !strings.Contains(czech.Fold(value), " plz") || !strings.Contains(value, "[A-") {
		t.Errorf("%q", value)
	}
	if i.Get(t, "/akteri/naseptavac?q=").Find("option").Length() != 0 {
		t.Error("an empty text suggests something")
	}
}

func TestAnEmptyDatabaseSaysWhatToDo(t *testing.T) {
	i := webtest.Empty(t)
	for lang, want := range map[string]string{"": "atlas import", "/en": "atlas import"} {
		if p := i.Get(t, lang+"/akteri"); p.Status != 200 || !strings.Contains(p.Words("main"), want) {
			t.Errorf("%d %s", p.Status, p.Words("main"))
		}
	}
}
