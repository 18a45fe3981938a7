package projects

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/app"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// fields collects what a browser would send of the form on a page.
func fields(d *goquery.Document) url.Values {
	out := url.Values{}
	d.Find("#formular, main form").First().Find("input, select, textarea").Each(func(_ int, s *goquery.Selection) {
		name, kind := s.AttrOr("name", ""), s.AttrOr("type", "")
		_, checked := s.Attr("checked")
		switch {
		case name == "":
		case s.Is("select"):
			out.Add(name, s.Find("option[selected]").AttrOr("value", ""))
		case s.Is("textarea"):
			out.Add(name, s.Text())
		case (kind == "checkbox" || kind == "radio") && !checked:
		default:
			out.Add(name, s.AttrOr("value", ""))
		}
	})
	return out
}

func with(form url.Values, pairs ...string) url.Values {
	out := url.Values{}
	for name, all := range form {
		out[name] = slices.Clone(all)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		out.Set(pairs[i], pairs[i+1])
	}
	return out
}

func stored(t testing.TB, i *instance, id string) *atlas.Project {
	t.Helper()
	p, err := i.app.Reader().Project(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// same compares two states of a record but for when and in which version.
func same(a, b *atlas.Project) string {
	return cmp.Diff(a, b, cmpopts.IgnoreFields(atlas.Meta{}, "Version", "UpdatedAt", "UpdatedBy"), cmpopts.EquateEmpty())
}

func TestAFormSentAsItWasOpenedChangesNothing(t *testing.T) {
	i := own(t, true)
	var all []string
	if err := i.app.Reader().EachProject(t.Context(), func(p *atlas.Project) error { all = append(all, p.ID); return nil }); err != nil {
		t.Fatal(err)
	}
	for _, id := range all[:min(len(all), 40)] {
		before := stored(t, i, id)
		form := fields(i.page(t, "/projekty/"+id+"/upravit"))
		a := i.post(t, "/projekty/"+id+"/upravit", with(form, "akce", "ulozit"))
		if a.Code != http.StatusSeeOther {
			t.Fatalf("%s: status %d: %s", id, a.Code, a.html().Find(".problems").Text())
		}
		if diff := same(before, stored(t, i, id)); diff != "" {
			t.Errorf("%s changed: %s", id, diff)
		}
	}
}

func TestANewProjectIsSavedAsADraftThatTheReadersDoNotSee(t *testing.T) {
	i := empty(t)
	city(t, i)
	form := fields(i.page(t, "/projekty/novy"))
	a := i.post(t, "/projekty/novy", with(form, "title_cs", "Klub sousedů", "parties.0.actor", "statutární město plzeň", "parties.0.role", "REAL", "akce", "ulozit"))
	if a.Code != http.StatusSeeOther || a.Header().Get("Location") != "/projekty/P-00001?ulozeno=projekt-novy" {
		t.Fatalf("status %d to %s: %s", a.Code, a.Header().Get("Location"), a.html().Find(".problems").Text())
	}
	p := stored(t, i, "P-00001")
	if p.RecordStatus != atlas.RecordDraft || p.TitleCs != "Klub sousedů" || len(p.Implementers()) != 1 {
		t.Errorf("%+v", p)
	}
	if got := i.page(t, "/projekty/P-00001?ulozeno=projekt-novy").Find("[data-saved]").AttrOr("data-saved", ""); got != "projekt-novy" {
		t.Errorf("the browser is not told to forget its copy: %q", got)
	}
	if link := i.page(t, "/projekty").Find("#koncepty li a"); link.Length() != 1 || link.AttrOr("href", "") != "/projekty/P-00001" {
		t.Errorf("the editor does not find the draft again: %d links", link.Length())
	}
	reader := i.as(t, atlas.Viewer{})
	if reader.page(t, "/projekty").Find("#koncepty").Length() != 0 {
		t.Error("a reader is told of drafts")
	}
	for address, want := range map[string]int{"/projekty/P-00001": 404, "/en/projekty/P-00001": 404, "/projekty/P-00001/upravit": 403, "/projekty/novy": 403} {
		if a := reader.get(t, address); a.Code != want {
			t.Errorf("a reader gets %d at %s, want %d", a.Code, address, want)
		}
	}
	if a := reader.post(t, "/projekty/P-00001/upravit", form); a.Code != http.StatusForbidden {
		t.Errorf("a reader may write: %d", a.Code)
	}
	if n := total(t, reader.page(t, "/projekty")); n != 0 {
		t.Errorf("the draft is in the list: %d", n)
	}
}

// nonsense fills every field of one line with what cannot be true.
func nonsense(d *goquery.Document) url.Values {
	form := fields(d)
	d.Find("#formular input[type=text], #formular textarea").Each(func(n int, s *goquery.Selection) {
		name := s.AttrOr("name", "")
		form.Set(name, "<nesmysl> „"+name+"“ & 31. 2. 20x7")
	})
	return form
}

func TestAFormWithEveryFieldWrongAtOnceGivesEveryWordBack(t *testing.T) {
	i := empty(t)
	d := i.page(t, "/projekty/novy")
	for _, group := range slices.Sorted(maps.Keys(rowGroups)) { // a row of every group
		form := fields(d)
		if group == "indicators.measurements" {
			group = "indicators.0.measurements"
		}
		a := i.post(t, "/projekty/novy", with(form, "akce", "pridat:"+group))
		if a.Code != http.StatusOK {
			t.Fatalf("adding a row of %s: status %d", group, a.Code)
		}
		d = a.html()
	}
	form := nonsense(d)
	a := i.post(t, "/projekty/novy", with(form, "akce", "zverejnit"))
	if a.Code != http.StatusUnprocessableEntity {
		t.Fatalf("status %d", a.Code)
	}
	back := a.html()
	got := fields(back)
	for name, want := range form {
		if strings.HasSuffix(name, ".row") || want[0] == "" || strings.HasPrefix(name, "territories.1") || strings.HasPrefix(name, "parties.1") {
			continue
		}
		if !slices.Equal(got[name], want) {
			t.Errorf("%s: typed %q, came back %q", name, want, got[name])
		}
	}
	problems := back.Find(".problems li")
	if problems.Length() < 30 {
		t.Errorf("%d problems named: %s", problems.Length(), problems.Text())
	}
	problems.Find("a").Each(func(_ int, s *goquery.Selection) {
		if href := s.AttrOr("href", ""); back.Find(href).Length() != 1 {
			t.Errorf("%q leads to %s, which is there %d times", s.Text(), href, back.Find(href).Length())
		}
	})
	if text := back.Find("main").Text(); strings.Contains(text, "projects.") || strings.Contains(text, "problem.") || strings.Contains(text, "typed.") {
		t.Errorf("a message is missing: %s", text[strings.Index(text, "projects."):][:60])
	}
	if n, _ := i.app.Reader().CountProjects(t.Context()); n != 0 {
		t.Errorf("%d projects were written", n)
	}
}

func TestRowsAreAddedAndRemovedWithoutAScript(t *testing.T) {
	i := empty(t)
	form := fields(i.page(t, "/projekty/novy"))
	form.Set("title_cs", "Rozepsaný název")
	a := i.post(t, "/projekty/novy", with(form, "akce", "pridat:"+"funding"))
	d := a.html()
	if d.Find("#rows-funding .row").Length() != 1 || d.Find("#f-title_cs").AttrOr("value", "") != "Rozepsaný název" {
		t.Error("no row came, or what was typed went")
	}
	if d.Find("#formular").AttrOr("data-guard", "") != "changed" || d.Find("#formular").AttrOr("data-draft", "") != "projekt-novy" {
		t.Error("the browser is not told that the form holds what is not saved")
	}
	if !d.Find("#part-money").Is("[open]") || !d.Find("#f-funding-0-funder").Is("[autofocus]") {
		t.Error("the new row is not where the person goes on")
	}
	form = fields(d)
	form.Set("funding.0.amount_granted", "100")
	form.Set("funding.0.amount_granted_state", "odhad")
	d = i.post(t, "/projekty/novy", with(form, "akce", "pridat:"+"funding")).html()
	if d.Find("#rows-funding .row").Length() != 2 || !d.Find("input[name='funding.0.amount_granted_state']").Is("[checked]") {
		t.Error("the second row, or the estimate of the first, is missing")
	}
	d = i.post(t, "/projekty/novy", with(fields(d), "akce", "odebrat:"+"funding.0")).html()
	if d.Find("#rows-funding .row").Length() != 1 || strings.Contains(d.Find("#rows-funding").Text(), "100") {
		t.Error("the first row did not go")
	}
}

func TestTheSecondOfTwoBrowsersSeesBothVersionsAndDecides(t *testing.T) {
	i := empty(t)
	p := publish(t, i, "Společný projekt")
	edit := "/projekty/" + p.ID + "/upravit"
	first, second := fields(i.page(t, edit)), fields(i.page(t, edit))
	if a := i.post(t, edit, with(first, "goal", "Cíl z prvního prohlížeče", "web", "https://prvni.example.org", "akce", "ulozit")); a.Code != http.StatusSeeOther {
		t.Fatalf("status %d: %s", a.Code, a.html().Find(".problems").Text())
	}
	a := i.post(t, edit, with(second, "goal", "Cíl z druhého prohlížeče", "title_cs", "Společný projekt II", "akce", "ulozit"))
	if a.Code != http.StatusConflict {
		t.Fatalf("status %d, want 409", a.Code)
	}
	d := a.html()
	if got := stored(t, i, p.ID); got.Goal != "Cíl z prvního prohlížeče" || got.TitleCs != "Společný projekt" {
		t.Errorf("overwritten unseen: %+v", got)
	}
	if d.Find(".conflict").Length() != 3 {
		t.Errorf("%d differences, want title, goal and web: %s", d.Find(".conflict").Length(), d.Find(".conflict").Text())
	}
	text := d.Find("main").Text()
	for _, want := range []string{"Cíl z prvního prohlížeče", "Cíl z druhého prohlížeče", "https://prvni.example.org", "Společný projekt II"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	preferred := func(part string) string { return d.Find("input[name='volba."+part+"'][checked]").AttrOr("value", "") }
	if preferred("title_cs") != "moje" || preferred("web") != "jejich" || preferred("goal") != "" {
		t.Errorf("chosen beforehand: title %q, web %q, goal %q", preferred("title_cs"), preferred("web"), preferred("goal"))
	}
	answer := fields(d)
	if a := i.post(t, edit, with(answer, "akce", "ulozit")); a.Code != http.StatusConflict {
		t.Errorf("an undecided difference is saved: status %d", a.Code)
	}
	if a := i.post(t, edit, with(answer, "volba.goal", "moje", "akce", "ulozit")); a.Code != http.StatusSeeOther {
		t.Fatalf("status %d: %s", a.Code, a.html().Find("main").Text())
	}
	got := stored(t, i, p.ID)
	if got.Goal != "Cíl z druhého prohlížeče" || got.TitleCs != "Společný projekt II" || got.Web != "https://prvni.example.org" {
		t.Errorf("goal %q, title %q, web %q", got.Goal, got.TitleCs, got.Web)
	}
}

func TestTheLastSourceOfAPublishedProjectCannotBeTakenAway(t *testing.T) { // acceptance example 18
	i := empty(t)
	p := publish(t, i, "Projekt se zdrojem")
	edit := "/projekty/" + p.ID + "/upravit"
	form := fields(i.post(t, edit, with(fields(i.page(t, edit)), "akce", "odebrat:"+"sources.0")).html())
	a := i.post(t, edit, with(form, "akce", "ulozit"))
	if a.Code != http.StatusUnprocessableEntity || a.html().Find("#f-sources").Length() != 1 {
		t.Errorf("status %d, %q", a.Code, a.html().Find(".problems").Text())
	}
	if got := stored(t, i, p.ID); len(got.Sources) != 1 || !got.Public() {
		t.Errorf("%+v", got.Sources)
	}
	if a := i.post(t, edit, with(form, "akce", "vratit")); a.Code != http.StatusSeeOther {
		t.Errorf("a record withdrawn from publishing needs no source: status %d", a.Code)
	}
	if a := i.as(t, atlas.Viewer{}).get(t, "/projekty/"+p.ID); a.Code != http.StatusNotFound {
		t.Errorf("a withdrawn record is still shown: %d", a.Code)
	}
}

func TestAPhotographWithoutSourceLicenceAndDescriptionIsRefused(t *testing.T) { // acceptance example 17, R4-24
	i := empty(t)
	p := publish(t, i, "Projekt s fotografií")
	edit := "/projekty/" + p.ID + "/upravit"
	form := fields(i.page(t, edit))
	a := i.post(t, edit, with(form, "media.0.kind", "foto", "media.0.url", "https://www.example.org/foto.jpg", "akce", "ulozit"))
	d := a.html()
	if a.Code != http.StatusUnprocessableEntity || d.Find("#f-media-0-source-problem").Length()+d.Find("#f-media-0-licence-problem").Length()+d.Find("#f-media-0-alt-problem").Length() != 3 {
		t.Errorf("status %d: %s", a.Code, d.Find(".problems").Text())
	}
}

func TestAnUnknownOrganisationIsOfferedToBeAdded(t *testing.T) {
	i := empty(t)
	p := publish(t, i, "Projekt s partnerem")
	edit := "/projekty/" + p.ID + "/upravit"
	form := with(fields(i.page(t, edit)), "parties.1.actor", "Spolek Nový soused", "parties.1.role", "PNEF",
		"funding.0.funder", "Spolek Nový soused", "funding.0.year", "2019", "akce", "ulozit")
	a := i.post(t, edit, form)
	d := a.html()
	if a.Code != http.StatusUnprocessableEntity || d.Find("select[name='parties.1.actor_new']").Length() != 1 {
		t.Fatalf("status %d, nothing offered: %s", a.Code, d.Find(".problems").Text())
	}
	form = with(fields(d), "parties.1.actor_new", "NNO", "funding.0.funder_new", "NNO", "akce", "ulozit")
	if a := i.post(t, edit, form); a.Code != http.StatusSeeOther {
		t.Fatalf("status %d: %s", a.Code, a.html().Find(".problems").Text())
	}
	got := stored(t, i, p.ID)
	if len(got.Parties) != 2 || len(got.Funding) != 1 || got.Parties[1].Actor != got.Funding[0].Funder {
		t.Fatalf("%+v %+v", got.Parties, got.Funding)
	}
	if name := i.app.ActorName(got.Parties[1].Actor, "cs"); name != "Spolek Nový soused" {
		t.Errorf("founded %q", name)
	}
}

func TestAnOrganisationIsAddedOnlyWithItsProject(t *testing.T) {
	i := empty(t)
	publish(t, i, "První", func(p *atlas.Project) { p.RegNumber = "CZ.03.3.X/0.0/0.0/15_124/0006483" })
	p := publish(t, i, "Druhý")
	edit, known := "/projekty/"+p.ID+"/upravit", len(i.app.ActorNames("cs"))
	form := with(fields(i.page(t, edit)), "parties.1.actor", "Spolek Nový soused", "parties.1.role", "PNEF", "parties.1.actor_new", "NNO", "akce", "ulozit")
	a := i.post(t, edit, with(form, "reg_number", "CZ.03.3.X/0.0/0.0/15_124/0006483"))
	if back := fields(a.html()); a.Code != http.StatusUnprocessableEntity || back.Get("parties.1.actor") != "Spolek Nový soused" || back.Get("parties.1.actor_new") != "NNO" {
		t.Errorf("status %d, what was typed is lost: %v", a.Code, back["parties.1.actor"])
	}
	if n := len(i.app.ActorNames("cs")); n != known {
		t.Errorf("%d organisations, %d before", n, known)
	}
	if a := i.post(t, edit, with(fields(i.page(t, edit)), "goal", "Jiný cíl", "akce", "ulozit")); a.Code != http.StatusSeeOther {
		t.Fatalf("status %d", a.Code)
	}
	a = i.post(t, edit, form)
	d := a.html()
	if a.Code != http.StatusConflict || !strings.Contains(d.Find(".conflict").Text(), "Spolek Nový soused") {
		t.Fatalf("status %d: %s", a.Code, d.Find(".conflict").Text())
	}
	if a := i.post(t, edit, with(fields(d), "akce", "ulozit")); a.Code != http.StatusSeeOther {
		t.Fatalf("status %d: %s", a.Code, a.html().Find("main").Text())
	}
	if got := stored(t, i, p.ID); got.Goal != "Jiný cíl" || len(got.Parties) != 2 || i.app.ActorName(got.Parties[1].Actor, "cs") != "Spolek Nový soused" {
		t.Errorf("%+v", got.Parties)
	}
}

func TestAnAmbiguousPlaceIsNeverGuessed(t *testing.T) { // 10.3
	i := empty(t)
	places := []atlas.Territory{
		{Code: "900001", Level: atlas.LevelMunicipality, Name: "Březová", Region: "CZ041", District: "CZ0413"},
		{Code: "900002", Level: atlas.LevelMunicipality, Name: "Březová", Region: "CZ072", District: "CZ0722"},
	}
	if _, _, _, err := i.app.SaveTerritories(t.Context(), editor, places); err != nil {
		t.Fatal(err)
	}
	p := publish(t, i, "Projekt v Březové")
	edit := "/projekty/" + p.ID + "/upravit"
	form := fields(i.page(t, edit))
	a := i.post(t, edit, with(form, "territories.0.place", "Březová", "scope", "OBEC", "akce", "ulozit"))
	problem := a.html().Find("#f-territories-0-place-problem").Text()
	if a.Code != http.StatusUnprocessableEntity || !strings.Contains(problem, "Březová (okres Sokolov) [900001]") {
		t.Errorf("status %d: %q", a.Code, problem)
	}
	for _, text := range []string{"Březová (okres Sokolov) [900001]", "Březová (okres Sokolov)", "Březová, okres Sokolov", "900001"} {
		form := fields(i.page(t, edit))
		if a := i.post(t, edit, with(form, "territories.0.place", text, "scope", "OBEC", "akce", "ulozit")); a.Code != http.StatusSeeOther {
			t.Errorf("%q: status %d: %s", text, a.Code, a.html().Find(".problems").Text())
		} else if got := stored(t, i, p.ID).Territories; len(got) != 1 || got[0].Territory != "900001" {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

func TestATakenRegistrationNumberIsSaidAtItsField(t *testing.T) {
	i := empty(t)
	publish(t, i, "První", func(p *atlas.Project) { p.RegNumber = "CZ.03.3.X/0.0/0.0/15_124/0006483" })
	p := publish(t, i, "Druhý")
	edit := "/projekty/" + p.ID + "/upravit"
	a := i.post(t, edit, with(fields(i.page(t, edit)), "reg_number", "CZ.03.3.X/0.0/0.0/15_124/0006483", "akce", "ulozit"))
	if text := a.html().Find("#f-reg_number-problem").Text(); a.Code != http.StatusUnprocessableEntity || !strings.Contains(text, "P-00001") {
		t.Errorf("status %d: %q", a.Code, text)
	}
}

func TestAMergedRecordLeadsToTheOneItLivesOnIn(t *testing.T) { // 8.9
	i := empty(t)
	keep, drop := publish(t, i, "Zůstává"), publish(t, i, "Mizí")
	open := fields(i.page(t, "/projekty/"+drop.ID+"/upravit"))
	if err := i.app.MergeProjects(t.Context(), editor, app.Merge{Keep: keep.ID, Drop: drop.ID}); err != nil {
		t.Fatal(err)
	}
	for _, face := range []string{"", "/en"} {
		a := i.get(t, face+"/projekty/"+drop.ID)
		if a.Code != http.StatusPermanentRedirect || a.Header().Get("Location") != face+"/projekty/"+keep.ID {
			t.Errorf("status %d to %q", a.Code, a.Header().Get("Location"))
		}
	}
	a := i.post(t, "/projekty/"+drop.ID+"/upravit", with(open, "goal", "Psáno před sloučením", "akce", "ulozit"))
	if a.Code != http.StatusConflict || !strings.Contains(a.html().Find("main").Text(), "Psáno před sloučením") {
		t.Errorf("status %d, what was typed is lost", a.Code)
	}
}

func TestABrokenFormIsRefusedAndNotGuessed(t *testing.T) {
	i := empty(t)
	p := publish(t, i, "Projekt")
	for _, version := range []string{"", "x", "-1", "0", "99999999999999999999"} {
		a := i.post(t, "/projekty/"+p.ID+"/upravit", url.Values{"title_cs": {"Jiný"}, "version": {version}, "akce": {"ulozit"}})
		if a.Code != http.StatusBadRequest {
			t.Errorf("version %q: status %d", version, a.Code)
		}
	}
	if got := stored(t, i, p.ID); got.TitleCs != "Projekt" {
		t.Errorf("written: %q", got.TitleCs)
	}
}

func TestANewProjectLikeAStoredOneIsAskedAboutAndCanStillBeSaved(t *testing.T) { // 8.9
	i := empty(t)
	p := publish(t, i, "Kurzy češtiny pro rodiče žáků")
	form := with(fields(i.page(t, "/projekty/novy")), "title_cs", "Kurzy cestiny pro rodice zaku II", "parties.0.actor", "Statutární město Plzeň", "parties.0.role", "REAL", "date_from", "2019", "akce", "ulozit")
	a := i.post(t, "/projekty/novy", form)
	d := a.html()
	if a.Code != http.StatusConflict || d.Find(".problems a").AttrOr("href", "") != "/projekty/"+p.ID || d.Find("#f-title_cs").AttrOr("value", "") != form.Get("title_cs") {
		t.Fatalf("status %d: %s", a.Code, d.Find(".problems").Text())
	}
	if a := i.post(t, "/projekty/novy", with(fields(d), "date_from", "2024", "akce", "ulozit")); a.Code != http.StatusSeeOther {
		t.Errorf("other years are no suspicion: status %d", a.Code)
	}
	if a := i.post(t, "/projekty/novy", with(fields(d), fieldOther, "1", "akce", "ulozit")); a.Code != http.StatusSeeOther {
		t.Errorf("a project that is another one is refused: status %d", a.Code)
	}
}

func TestAnOrganisationIsFoundByItsNumber(t *testing.T) { // acceptance example 13
	i := empty(t)
	r := &atlas.Actor{Name: "Město Cheb", Type: "OBEC", Country: "CZ", ICO: "00253979", Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}}
	if err := i.app.SaveActor(t.Context(), editor, r); err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]int{"00253979": 303, "253979": 303, "00253970": 422, "město cheb": 303, "Město Cheb [" + r.ID + "]": 303, "A-99999": 422} {
		form := with(fields(i.page(t, "/projekty/novy")), "title_cs", "Projekt "+typed, "parties.0.actor", typed, "parties.0.role", "REAL", fieldOther, "1", "akce", "ulozit")
		if a := i.post(t, "/projekty/novy", form); a.Code != want {
			t.Errorf("%q: status %d, want %d: %s", typed, a.Code, want, a.html().Find(".problems").Text())
		}
	}
}
