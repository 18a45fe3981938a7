package contributions_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"atlas"

	"atlas/internal/store"
	"atlas/internal/web/webtest"

	"github.com/PuerkitoBio/goquery"
)

// people are an author and an editor before one instance.
type people struct {
	*webtest.Instance
	author, other, editor string
}

func start(t *testing.T) *people {
	t.Helper()
	i := webtest.Start(t)
	return &people{
		i, i.Account(t, "jana@mesto.example").ID, i.Account(t, "petr@mesto.example").ID,
		i.Account(t, "eva@atlas.example", atlas.Grant{Role: atlas.RoleMethodologist}).ID,
	}
}

func (p *people) as(t *testing.T, who string) { t.Helper(); p.SignIn(t, who, who == p.editor) }

func (p *people) project(t *testing.T, id string) *atlas.Project {
	t.Helper()
	r, err := p.App.Reader().Project(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return r
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

// anActor is an organisation of the demo content.
func (p *people) anActor(t *testing.T) *atlas.Actor {
	t.Helper()
	r, err := p.App.Reader().Actor(t.Context(), "A-00001")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// short fills the short form of a project.
func (p *people) short(t *testing.T, lang, title, actor string) url.Values {
	t.Helper()
	page := p.Get(t, lang+"/projekty/novy")
	if page.Status != http.StatusOK || page.Find("#part-short").Length() != 1 || page.Find("#part-people").Length() != 0 {
		t.Fatalf("status %d, no short form", page.Status)
	}
	return with(page.Values(), "title_cs", title, "annotation", "Setkávání sousedů.", "date_from", "2024", "date_to", "2025",
		"territories.0.place", "Plzeňský kraj", "parties.0.actor", actor, "areas.0.code", "JAZ", "target_legal", "TG-ALL",
		"sources.0.kind", "WEB", "sources.0.url", "https://www.example.cz/klub")
}

// id is the last part of an address.
func id(path string) string {
	path, _, _ = strings.Cut(path, "?")
	return path[strings.LastIndex(path, "/")+1:]
}

func (p *people) sent(t *testing.T, page webtest.Page) string {
	t.Helper()
	if page.Status != http.StatusOK || page.Find(".problems").Length() > 0 {
		t.Fatalf("status %d at %s: %s", page.Status, page.Path, page.Words(".problems"))
	}
	return id(page.Path)
}

func TestAProjectGoesFromAProposalToThePublic(t *testing.T) { // 7.1, U-13
	for _, lang := range []string{"", "/en"} {
		t.Run("face "+lang, func(t *testing.T) {
			p := start(t)
			p.as(t, p.author)
			made := p.sent(t, p.Post(t, lang+"/projekty/novy", with(p.short(t, lang, "Klub sousedů Doubravka", "Spolek Nový soused, IČO 00075370"), "parties.0.actor_new", "NNO", "akce", "odeslat")))
			r := p.project(t, made)
			if r.RecordStatus != atlas.RecordReview || r.CreatedBy != p.author || r.Scope != atlas.ScopeRegion || r.Status != atlas.StatusEnded || !r.Sources[0].Accessed.Known() {
				t.Fatalf("%+v", r)
			}
			org, err := p.App.Reader().Actor(t.Context(), r.Parties[0].Actor)
			if err != nil || org.RecordStatus != atlas.RecordReview || org.ICO != "00075370" || org.Name != "Spolek Nový soused" {
				t.Fatalf("the organisation: %+v %v", org, err)
			}
			if got := p.Get(t, lang+"/projekty/"+made+"/upravit").Status; got != http.StatusForbidden {
				t.Errorf("what waits for an editor is edited by its author: %d", got)
			}
			p.as(t, p.other)
			for _, path := range []string{"/projekty/" + made, "/prispevky/" + made} {
				if got := p.Get(t, lang+path).Status; got != http.StatusNotFound {
					t.Errorf("another person sees %s: %d", path, got)
				}
			}

			p.as(t, p.editor)
			if queue := p.Get(t, lang+"/redakce"); !strings.Contains(queue.Words("table"), "Klub sousedů Doubravka") {
				t.Fatalf("not in the queue: %s", queue.Words("main"))
			}
			judge := p.Get(t, lang+"/redakce/"+made)
			if judge.Find(".notice-warning li").Length() == 0 {
				t.Error("the editor is not told what is missing")
			}
			judge.Find("main tbody td").Each(func(_ int, s *goquery.Selection) {
				if s.Text() == "CZK" {
					t.Error("a currency stands for costs that nobody knows")
				}
			})
			if none := p.Post(t, lang+"/redakce/"+made, with(judge.Values(), "rozhodnuti", "returned")); none.Status != http.StatusUnprocessableEntity {
				t.Errorf("returned without a reason: %d", none.Status)
			}
			if early := p.Post(t, lang+"/redakce/"+made, with(judge.Values(), "rozhodnuti", "published")); early.Status != http.StatusUnprocessableEntity {
				t.Errorf("published unfinished: %d", early.Status)
			}
			p.sent(t, p.Post(t, lang+"/redakce/"+made, with(judge.Values(), "rozhodnuti", "returned", "duvod", "udaje", "slovy", "Doplňte cíl.")))

			p.as(t, p.author)
			if mine := p.Get(t, lang+"/prispevky"); !strings.Contains(mine.Words("#navrhy"), "Doplňte cíl.") {
				t.Errorf("the author is not told why: %s", mine.Words("#navrhy"))
			}
			form := p.Get(t, lang+"/projekty/"+made+"/upravit").Values()
			p.sent(t, p.Post(t, lang+"/projekty/"+made+"/upravit", with(form, "goal", "Dobré soužití", "activities.0.code", "A01", "akce", "odeslat")))
			if got := p.project(t, made).RecordStatus; got != atlas.RecordReview {
				t.Fatalf("sent again it is %s", got)
			}

			p.as(t, p.editor)
			judge = p.Get(t, lang+"/redakce/"+made)
			p.sent(t, p.Post(t, lang+"/redakce/"+made, with(judge.Values(), "rozhodnuti", "published")))
			if got := p.project(t, made); !got.Public() || got.CreatedBy != p.author {
				t.Fatalf("%+v", got.Meta)
			}
			if org, err = p.App.Reader().Actor(t.Context(), org.ID); err != nil || !org.Public() {
				t.Errorf("its organisation is not published: %+v %v", org, err)
			}
			p.SignOut(t)
			if shown := p.Get(t, lang+"/projekty/"+made); shown.Status != http.StatusOK || shown.Find(`a[href$="/navrhnout-opravu"]`).Length() != 1 {
				t.Errorf("the public gets %d", shown.Status)
			}
		})
	}
}

func TestTheSecondOfTwoEditorsIsToldWhatTheFirstDid(t *testing.T) {
	p := start(t)
	p.as(t, p.author)
	made := p.sent(t, p.Post(t, "/projekty/novy", with(p.short(t, "", "Klub Bory", p.anActor(t).ID), "akce", "odeslat")))
	p.as(t, p.editor)
	form := with(p.Get(t, "/redakce/"+made).Values(), "rozhodnuti", "returned", "duvod", "zdroj")
	for range 2 { // a double click
		if once := p.Post(t, "/redakce/"+made, form); p.sent(t, once) != "redakce" || !strings.Contains(once.Words(".notice"), "Vráceno") {
			t.Errorf("%d %s", once.Status, once.Words("main"))
		}
	}
	p.SignIn(t, p.Account(t, "karel@atlas.example", atlas.Grant{Role: atlas.RoleMethodologist}).ID, true)
	for _, deed := range []string{"returned", "published"} {
		second := p.Post(t, "/redakce/"+made, with(form, "rozhodnuti", deed, "slovy", "Moje slova"))
		if second.Status != http.StatusConflict || !strings.Contains(second.Words("#poznamky"), "vráceno k doplnění") || !strings.Contains(second.Words("#poznamky"), "Jana Nová (editor)") {
			t.Errorf("%d %s", second.Status, second.Words("main"))
		}
		if !strings.Contains(second.Find("main").Text(), "Moje slova") {
			t.Errorf("the words of the second are lost: %s", second.Words("main"))
		}
	}
	all, _ := p.App.Reader().Remarks(t.Context(), made)
	if len(all) != 2 {
		t.Errorf("%d deeds", len(all))
	}
}

func TestADoubleClickOnPublishingAndAcceptingIsOneDeed(t *testing.T) {
	p := start(t)
	p.as(t, p.author)
	made := p.sent(t, p.Post(t, "/projekty/novy", with(p.short(t, "", "Klub Bory", p.anActor(t).ID), "akce", "odeslat")))
	fixed := p.correct(t, "/projekty/P-00001", "acronym", "ABN")
	p.as(t, p.editor)
	whole := with(p.Get(t, "/projekty/"+made+"/upravit").Values(), "goal", "Soužití", "activities.0.code", "A01", "akce", "ulozit")
	p.sent(t, p.Post(t, "/projekty/"+made+"/upravit", whole))
	for id, deed := range map[string]string{made: "published", fixed: "accepted"} {
		form := with(p.Get(t, "/redakce/"+id).Values(), "rozhodnuti", deed)
		for range 2 {
			if once := p.Post(t, "/redakce/"+id, form); p.sent(t, once) != "redakce" {
				t.Errorf("%s: %d at %s: %s", deed, once.Status, once.Path, once.Words("main"))
			}
		}
	}
	if got := p.project(t, made); !got.Public() || got.Version != 3 {
		t.Errorf("published: %+v", got.Meta)
	}
	if got := p.project(t, "P-00001"); got.Acronym != "ABN" || got.Version != 2 {
		t.Errorf("accepted: %+v", got.Meta)
	}
}

func TestAMembershipTakenAwayInMidEditOfADraftLosesNothingOfWhatWasTyped(t *testing.T) {
	for lang, want := range map[string]string{"": "není, nebo k němu už nemáte přístup", "/en": "you can no longer reach it"} {
		p := start(t)
		p.Join(t, p.other, "A-00001", false)
		p.as(t, p.author)
		made := p.sent(t, p.Post(t, "/projekty/novy", with(p.short(t, "", "Klub Bory", p.anActor(t).ID), "akce", "ulozit")))
		p.as(t, p.other)
		at := lang + "/projekty/" + made + "/upravit"
		form := with(p.Get(t, at).Values(), "goal", "Dlouhý cíl", "akce", "ulozit")
		if err := p.Store.Update(t.Context(), func(tx *store.Tx) error {
			return tx.PutMembership(t.Context(), atlas.Membership{Account: p.other, Actor: "A-00001", State: atlas.MemberEnded, At: webtest.Now})
		}); err != nil {
			t.Fatal(err)
		}
		lost := p.Post(t, at, form)
		if lost.Status != http.StatusNotFound || !strings.Contains(lost.Words("main"), want) || lost.Find(`#formular input[name=goal]`).AttrOr("value", "") != "Dlouhý cíl" {
			t.Errorf("%d %s", lost.Status, lost.Words("main"))
		}
		if none := p.Post(t, lang+"/projekty/P-99999/upravit", form); none.Status != lost.Status || none.Words("h1") != lost.Words("h1") {
			t.Errorf("a project that is not there is answered otherwise: %d %s", none.Status, none.Words("h1"))
		}
		if got := p.Get(t, at).Status; got != http.StatusNotFound {
			t.Errorf("its form is answered %d", got)
		}
	}
}

func TestSeveralAreDecidedAtOnceAndTakenBackAtOnce(t *testing.T) {
	p := start(t)
	p.as(t, p.author)
	var made []string
	for _, title := range []string{"Klub Slovany", "Hřiště Skvrňany", "Knihovna Lochotín"} {
		form := with(p.short(t, "", title, p.anActor(t).ID), "akce", "odeslat", "goal", "Soužití", "activities.0.code", "A01")
		made = append(made, p.sent(t, p.Post(t, "/projekty/novy", form)))
	}
	p.as(t, p.editor)
	queue := p.Get(t, "/redakce?druh=projekty")
	form := url.Values{"rozhodnuti": {"published"}}
	queue.Find("input[name=vec]").Each(func(_ int, s *goquery.Selection) { form.Add("vec", s.AttrOr("value", "")) })
	if len(form["vec"]) != 3 {
		t.Fatalf("%v", form)
	}
	form["vec"][2] = made[2] + ".7" // of another version
	done := p.Post(t, "/redakce", form)
	if done.Status != http.StatusOK || !strings.HasPrefix(done.Path, "/redakce/davky/R-00001") || !strings.Contains(done.Words("main, .notice"), "Klub Slovany") {
		t.Fatalf("%d %s %s", done.Status, done.Path, done.Words("main"))
	}
	if !p.project(t, made[0]).Public() || !p.project(t, made[1]).Public() || p.project(t, made[2]).Public() {
		t.Fatal("not the two of the queue are published")
	}
	edited := p.project(t, made[1])
	edited.Goal = "Jiný cíl"
	if err := p.App.SaveProject(t.Context(), webtest.Editor, edited); err != nil {
		t.Fatal(err)
	}
	for range 2 { // a double click
		p.sent(t, p.Post(t, "/redakce/davky/R-00001/zpet", url.Values{}))
	}
	if first, second := p.project(t, made[0]), p.project(t, made[1]); first.RecordStatus != atlas.RecordReview || !second.Public() || second.Goal != "Jiný cíl" {
		t.Errorf("%s, %s", first.RecordStatus, second.RecordStatus)
	}
}

func TestACorrectionIsTakenFieldByField(t *testing.T) {
	for _, lang := range []string{"", "/en"} {
		t.Run("face "+lang, func(t *testing.T) {
			p := start(t)
			before := p.project(t, "P-00001")
			p.SignOut(t)
			if got := p.Get(t, lang+"/projekty/P-00001/navrhnout-opravu").Status; got == http.StatusOK {
				t.Error("nobody proposes")
			}
			p.as(t, p.author)
			form := p.Get(t, lang+"/projekty/P-00001/navrhnout-opravu").Values()
			if same := p.Post(t, lang+"/projekty/P-00001/navrhnout-opravu", with(form, "akce", "odeslat")); same.Status != http.StatusUnprocessableEntity {
				t.Errorf("nothing changed: %d", same.Status)
			}
			copied := p.Get(t, lang+"/projekty/P-00001/navrhnout-opravu").Find("form[data-draft]").AttrOr("data-draft", "none")
			proposed := p.Post(t, lang+"/projekty/P-00001/navrhnout-opravu", with(form, "title_en", "A better name", "goal", "Nový cíl", "acronym", "ABN", "poznamka", "Podle zprávy", "akce", "odeslat"))
			made := p.sent(t, proposed)
			if got := proposed.Find("[data-saved]").AttrOr("data-saved", ""); got != copied {
				t.Errorf("the browser drops its copy %q, not %q", got, copied)
			}
			if now := p.project(t, "P-00001"); now.Version != before.Version {
				t.Fatal("a proposal changed the record")
			}
			p.as(t, p.other)
			if got := p.Get(t, lang+"/prispevky/"+made).Status; got != http.StatusNotFound {
				t.Errorf("another person reads it: %d", got)
			}

			meanwhile := p.project(t, "P-00001")
			meanwhile.Goal = "Cíl někoho jiného"
			if err := p.App.SaveProject(t.Context(), webtest.Editor, meanwhile); err != nil {
				t.Fatal(err)
			}
			p.as(t, p.editor)
			judge := p.Get(t, lang+"/redakce/"+made)
			values := judge.Values()
			if chosen := values["pole"]; !slices.Contains(chosen, "title_en") || !slices.Contains(chosen, "acronym") || slices.Contains(chosen, "goal") || !strings.Contains(judge.Words("table"), "Cíl někoho jiného") {
				t.Fatalf("chosen %v of %s", chosen, judge.Words("table"))
			}
			values["pole"] = []string{"title_en", "record_status", "contacts"}
			p.sent(t, p.Post(t, lang+"/redakce/"+made, with(values, "rozhodnuti", "accepted")))
			now := p.project(t, "P-00001")
			if now.TitleEn != "A better name" || now.Acronym != before.Acronym || now.Goal != "Cíl někoho jiného" || len(now.Contacts) != len(before.Contacts) {
				t.Errorf("%+v", now)
			}
			h, err := p.App.Reader().History(t.Context(), atlas.KindProject, "P-00001")
			if err != nil || h[0].Origin != made || h[0].By != p.editor {
				t.Errorf("%+v %v", h[0], err)
			}
			if second := p.Post(t, lang+"/redakce/"+made, with(values, "rozhodnuti", "accepted")); second.Status != http.StatusOK || p.project(t, "P-00001").Version != now.Version {
				t.Errorf("a double click: %d", second.Status) // tells what was done, and does nothing
			}
			values["pole"] = []string{"goal"}
			if other := p.Post(t, lang+"/redakce/"+made, with(values, "rozhodnuti", "accepted")); other.Status != http.StatusConflict {
				t.Errorf("accepted otherwise after it was decided: %d", other.Status)
			}
		})
	}
}

func TestACorrectionOfAnActorComesBackAndIsSentAgain(t *testing.T) {
	p := start(t)
	p.as(t, p.author)
	form := p.Get(t, "/akteri/A-00001/navrhnout-opravu").Values()
	made := p.sent(t, p.Post(t, "/akteri/A-00001/navrhnout-opravu", with(form, "web", "https://www.nova-adresa.cz", "akce", "odeslat")))
	p.as(t, p.editor)
	p.sent(t, p.Post(t, "/redakce/"+made, with(p.Get(t, "/redakce/"+made).Values(), "rozhodnuti", "returned", "duvod", "zdroj")))
	p.as(t, p.author)
	again := p.Get(t, "/akteri/A-00001/navrhnout-opravu?navrh="+made).Values()
	if again.Get("web") != "https://www.nova-adresa.cz" || again.Get("navrh") != made+".2" {
		t.Fatalf("%v", again)
	}
	if second := p.sent(t, p.Post(t, "/akteri/A-00001/navrhnout-opravu", with(again, "web", "https://www.novejsi-adresa.cz", "akce", "odeslat"))); second != made {
		t.Fatalf("sent again as %s", second)
	}
	p.as(t, p.editor)
	p.sent(t, p.Post(t, "/redakce/"+made, with(p.Get(t, "/redakce/"+made).Values(), "rozhodnuti", "accepted")))
	if got := p.anActor(t).Web; got != "https://www.novejsi-adresa.cz" {
		t.Error(got)
	}
}

func TestNotesAreBetweenTheAuthorAndEditors(t *testing.T) {
	p := start(t)
	p.as(t, p.author)
	made := p.sent(t, p.Post(t, "/projekty/novy", with(p.short(t, "", "Klub Doudlevce", p.anActor(t).ID), "akce", "odeslat")))
	for range 2 { // a double click
		p.sent(t, p.Post(t, "/prispevky/"+made+"/poznamka", url.Values{"text": {"Rok ještě ověřím."}}))
	}
	if empty := p.Post(t, "/prispevky/"+made+"/poznamka", url.Values{"text": {"  "}}); empty.Status != http.StatusUnprocessableEntity {
		t.Errorf("an empty note: %d", empty.Status)
	}
	p.as(t, p.other)
	for _, path := range []string{"/poznamka", "/stahnout", "/odeslat"} {
		if got := p.Post(t, "/prispevky/"+made+path, url.Values{"text": {"cizí"}}).Status; got != http.StatusNotFound {
			t.Errorf("another person at %s: %d", path, got)
		}
	}
	if got := p.Get(t, "/redakce/"+made).Status; got != http.StatusForbidden {
		t.Errorf("another person decides: %d", got)
	}
	p.as(t, p.author)
	p.sent(t, p.Post(t, "/prispevky/"+made+"/stahnout", url.Values{}))
	if got := p.project(t, made).RecordStatus; got != atlas.RecordDraft {
		t.Error(got)
	}
	all, err := p.App.Reader().Remarks(t.Context(), made)
	if err != nil || len(all) != 3 || all[1].Text != "Rok ještě ověřím." || all[2].Deed != store.DeedWithdrawn {
		t.Errorf("%+v %v", all, err)
	}
}

func TestNobodyMakesARecordTheirsByWhatTheySend(t *testing.T) { // mass assignment
	p := start(t)
	mine := atlas.Viewer{Account: p.author, Name: p.author}
	org := p.anActor(t)
	r := &atlas.Project{
		Meta:    atlas.Meta{CreatedBy: p.other, Sample: true, RecordStatus: atlas.RecordDraft},
		TitleCs: "Klub", Parties: []atlas.Party{{Actor: org.ID, Role: atlas.RoleImplementer}}, Country: "CZ",
		Sources: []atlas.Source{{Kind: "WEB", URL: "https://www.example.cz", BatchID: "D-00001", File: "mv.csv", Row: 2}},
	}
	if err := p.App.SaveProject(t.Context(), mine, r); err != nil {
		t.Fatal(err)
	}
	got := p.project(t, r.ID)
	if got.CreatedBy != p.author || got.Sample || got.Sources[0].BatchID != "" || got.Sources[0].Row != 0 {
		t.Errorf("%+v %+v", got.Meta, got.Sources)
	}
	for name, spoil := range map[string]func(*atlas.Project){
		"publishes": func(r *atlas.Project) { r.RecordStatus = atlas.RecordPublished },
		"archives":  func(r *atlas.Project) { r.RecordStatus = atlas.RecordArchived },
		"merges":    func(r *atlas.Project) { r.RecordStatus = atlas.RecordMerged },
	} {
		changed := *got
		spoil(&changed)
		if err := p.App.SaveProject(t.Context(), mine, &changed); err == nil {
			t.Errorf("an author %s", name)
		}
	}
	theirs := p.project(t, "P-00001")
	theirs.CreatedBy, theirs.RecordStatus, theirs.Parties = p.author, atlas.RecordDraft, r.Parties
	if err := p.App.SaveProject(t.Context(), atlas.Viewer{Account: p.other, Name: p.other}, theirs); err == nil {
		t.Error("a stranger wrote a record by saying that it is theirs")
	}
}

func TestAnEditorOfAnOrganisationNeitherTakesNorGivesARecordAway(t *testing.T) {
	p := start(t)
	all, err := p.App.Reader().Projects(t.Context(), []string{"P-00001", "P-00002", "P-00003", "P-00004", "P-00005"})
	if err != nil {
		t.Fatal(err)
	}
	own := all[0]
	org := own.Implementers()[0]
	p.Join(t, p.author, org, false)
	member := atlas.Viewer{Account: p.author, Name: p.author, Memberships: []atlas.Membership{{Account: p.author, Actor: org, State: atlas.MemberActive}}}
	at := slices.IndexFunc(all, func(r *atlas.Project) bool { return !slices.Contains(r.Implementers(), org) })
	foreign := all[at]
	foreign.Parties = own.Parties
	if err := p.App.SaveProject(t.Context(), member, foreign); err == nil {
		t.Error("took the record of another organisation")
	}
	given := *own
	given.Parties = []atlas.Party{{Actor: "A-00002", Role: atlas.RoleImplementer}}
	if org == "A-00002" {
		given.Parties[0].Actor = "A-00001"
	}
	if err := p.App.SaveProject(t.Context(), member, &given); err == nil {
		t.Error("gave a record away")
	}
	p.as(t, p.author)
	form := p.Get(t, "/projekty/"+own.ID+"/upravit")
	if form.Status != http.StatusOK || form.Find("button[value=zverejnit], button[value=vratit]").Length() != 0 {
		t.Errorf("status %d", form.Status)
	}
	p.sent(t, p.Post(t, "/projekty/"+own.ID+"/upravit", with(form.Values(), "acronym", "NOVÁ", "akce", "vratit")))
	if got := p.project(t, own.ID); got.Acronym != "NOVÁ" || !got.Public() {
		t.Errorf("%+v", got.Meta)
	}
}

func TestWhatIsTypedIsKeptAndOffered(t *testing.T) {
	for _, lang := range []string{"", "/en"} {
		t.Run("face "+lang, func(t *testing.T) {
			p := start(t)
			p.as(t, p.author)
			typed := p.short(t, lang, "Rozepsaný klub", p.anActor(t).ID)
			silent := p.Post(t, lang+"/rozepsane", with(typed, "tise", "1"))
			if silent.Status != http.StatusNoContent {
				t.Fatalf("%d", silent.Status)
			}
			kept := p.Post(t, lang+"/rozepsane", typed)
			if kept.Values().Get("title_cs") != "Rozepsaný klub" || !strings.Contains(kept.Path, "rozepsane=1") {
				t.Errorf("%s: %v", kept.Path, kept.Values())
			}
			if offer := p.Get(t, lang+"/projekty/novy"); offer.Find(`.notice a[href$="rozepsane=1"]`).Length() != 1 || offer.Values().Get("title_cs") != "" {
				t.Error("it is not offered")
			}
			p.as(t, p.other)
			if other := p.Get(t, lang+"/projekty/novy?rozepsane=1"); strings.Contains(other.Body, "Rozepsaný klub") {
				t.Error("another person reads it")
			}
			p.Post(t, lang+"/rozepsane/zahodit", url.Values{"formular": {"/projekty/novy"}})

			if err := p.App.SignOutElsewhere(t.Context(), p.author, ""); err != nil { // the session ends while typing
				t.Fatal(err)
			}
			p.SignOut(t)
			if late := p.Post(t, lang+"/rozepsane", with(typed, "title_cs", "Pozdě")); late.Status == http.StatusOK && !strings.Contains(late.Path, "prihl") {
				t.Errorf("kept for nobody: %d %s", late.Status, late.Path)
			}
			p.as(t, p.author)
			if mine := p.Get(t, lang+"/prispevky"); !strings.Contains(mine.Words("#rozepsane"), "Rozepsaný klub") {
				t.Error("it is gone after the session ended")
			}
			p.sent(t, p.Post(t, lang+"/projekty/novy", with(p.Get(t, lang+"/projekty/novy?rozepsane=1").Values(), "akce", "ulozit")))
			if all, _ := p.App.Drafts(t.Context(), atlas.Viewer{Account: p.author}); len(all) != 0 {
				t.Errorf("it stays after it was saved: %+v", all)
			}
			if bad := p.Post(t, lang+"/rozepsane", with(typed, "formular", "//jinde.example/")); bad.Status != http.StatusBadRequest {
				t.Errorf("a foreign form: %d", bad.Status)
			}
		})
	}
}

func TestADoubleClickDoesNotProposeTwice(t *testing.T) {
	p := start(t)
	p.as(t, p.author)
	form := with(p.short(t, "", "Klub Lobzy", p.anActor(t).ID), "akce", "odeslat")
	p.sent(t, p.Post(t, "/projekty/novy", form))
	if second := p.Post(t, "/projekty/novy", form); second.Status != http.StatusConflict {
		t.Errorf("the same again: %d", second.Status)
	}
}

func TestTheWholeFormIsAButtonAway(t *testing.T) {
	p := start(t)
	p.as(t, p.author)
	whole := p.Post(t, "/projekty/novy", with(p.short(t, "", "Klub", "nikdo"), "akce", "vic"))
	if whole.Status != http.StatusOK || whole.Find("#part-people").Length() != 1 || whole.Values().Get("title_cs") != "Klub" || whole.Values().Get("parties.0.actor") != "nikdo" {
		t.Errorf("%d %v", whole.Status, whole.Values())
	}
}

func TestAMemberFindsTheirOrganisationFilledIn(t *testing.T) {
	p := start(t)
	p.Join(t, p.author, "A-00001", false)
	p.as(t, p.author)
	if got := p.Get(t, "/projekty/novy").Values(); !strings.HasSuffix(got.Get("parties.0.actor"), "[A-00001]") || got.Get("sources.0.kind") != "REAL" {
		t.Errorf("%v", got)
	}
}

func TestARoleTakenAwayWhileDecidingDecidesNothing(t *testing.T) {
	p := start(t)
	p.as(t, p.author)
	made := p.sent(t, p.Post(t, "/projekty/novy", with(p.short(t, "", "Klub Bolevec", p.anActor(t).ID), "akce", "odeslat")))
	p.as(t, p.editor)
	form := with(p.Get(t, "/redakce/"+made).Values(), "rozhodnuti", "returned", "duvod", "zdroj")
	if err := p.Store.Update(t.Context(), func(tx *store.Tx) error {
		return tx.DropGrant(t.Context(), p.editor, atlas.RoleMethodologist, "")
	}); err != nil {
		t.Fatal(err)
	}
	if got := p.Post(t, "/redakce/"+made, form).Status; got != http.StatusForbidden {
		t.Errorf("%d", got)
	}
	if got := p.project(t, made).RecordStatus; got != atlas.RecordReview {
		t.Error(got)
	}
}
