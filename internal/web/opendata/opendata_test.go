package opendata_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
	"atlas/internal/web/webtest"
)

// lists are the addresses that answer in pages.
var lists = []string{"projects", "actors", "calls", "lists", "territories", "needs", "replications", "practices", "sources", "datasets"}

// shortLists are those that have few records in the demo.
var shortLists = []string{"needs", "replications", "practices", "sources", "datasets"}

func TestEveryAnswerIsWhatTheDocumentSaysAndARecordIsTheSameInItsList(t *testing.T) {
	p := connect(t, webtest.Start(t))
	p.get(t, "/api/v1")
	p.get(t, "/api/v1/facets")
	for _, list := range lists {
		records, total := p.walk(t, "/api/v1/"+list+"?na_strance=100")
		if len(records) != total || total < 10 && (total == 0 || !slices.Contains(shortLists, list)) {
			t.Errorf("%s: %d records of %d", list, len(records), total)
		}
		for _, r := range records[:min(len(records), 150)] {
			one := p.get(t, "/api/v1/"+list+"/"+url.PathEscape(name(r)))
			delete(one, "followed_by")
			if list == "lists" {
				delete(one, "items")
			}
			if diff := cmp.Diff(r, one); diff != "" {
				t.Errorf("%s %s: %s", list, name(r), diff)
			}
		}
	}
}

func TestPagesReachEveryRecordOnceWhateverTheirSizeAndOrder(t *testing.T) {
	p := connect(t, webtest.Start(t))
	for _, query := range []string{"projects?na_strance=7", "projects?na_strance=13&razeni=rok", "projects?na_strance=9&razeni=castka", "projects?na_strance=11&razeni=nazev&uroven=plna",
		"projects?na_strance=3&q=kurzy", "actors?na_strance=7", "calls?na_strance=4", "lists?na_strance=9", "territories?na_strance=60"} {
		records, total := p.walk(t, "/api/v1/"+query)
		seen := map[string]bool{}
		for _, r := range records {
			seen[name(r)] = true
		}
		if len(records) != total || len(seen) != total || total == 0 {
			t.Errorf("%s: %d records, %d distinct, of %d", query, len(records), len(seen), total)
		}
	}
}

func TestLinksLeadThroughPagesAndThePagePastTheLastOneIsEmpty(t *testing.T) {
	p := connect(t, webtest.Start(t))
	first := p.get(t, "/api/v1/projects?oblast=JAZ&oblast=SKO&q=d%C4%9Bti&na_strance=2&zobrazeni=mapa")
	last := first["links"].(map[string]any)["last"].(string)
	if want := p.Origin(t) + "/api/v1/projects?na_strance=2&oblast=JAZ&oblast=SKO&q=d%C4%9Bti&strana="; !strings.HasPrefix(last, want) {
		t.Fatalf("the last page is %s", last)
	}
	end := p.get(t, strings.TrimPrefix(last, p.Origin(t)))["links"].(map[string]any)
	if end["next"] != nil || end["prev"] == nil || end["self"] != last {
		t.Errorf("from the last page: %v", end)
	}
	res, _ := p.Ask(t, http.MethodGet, "/api/v1/projects?na_strance=2&strana=2")
	for _, rel := range []string{"first", "prev", "next", "last"} {
		if !strings.Contains(res.Header.Get("Link"), `rel="`+rel+`"`) {
			t.Errorf("Link: %s", res.Header.Get("Link"))
		}
	}
	past := p.get(t, "/api/v1/projects?strana=999999")
	if len(past["items"].([]any)) != 0 || number(past["total"]) != p.App.Index().Len() || past["links"].(map[string]any)["prev"] == nil {
		t.Errorf("past the end: %v", past["links"])
	}
}

func TestTotalsAreThoseOfThePagesForPeopleAndOfTheirFiles(t *testing.T) {
	p := connect(t, webtest.Start(t))
	for _, query := range []string{"", "q=%C4%8De%C5%A1tina", "oblast=JAZ&oblast=SKO", "uzemi=CZ041", "uzemi=CZ041&uzemi=CZ0412", "stav=UKON&razeni=rok", "castka=NEZN",
		"q=%22kurzy+%C4%8De%C5%A1tiny%22+-d%C4%9Bti", "rok=2019&upscaling=ano", "oblast=NENI", "q=%ff", "realizator_typ=OBEC"} {
		page := p.get(t, "/api/v1/projects?"+query)
		shown, _ := p.Get(t, "/projekty?"+query).Find("#vysledky-nadpis").Attr("data-total")
		counted := p.get(t, "/api/v1/facets?"+query)
		_, _, file := p.File(t, "/export/projekty.csv?"+query)
		if total := number(page["total"]); strconv.Itoa(total) != shown || number(counted["total"]) != total || rows(t, file) != total {
			t.Errorf("%s: %v, counted %v, people see %s, the file has %d", query, page["total"], counted["total"], shown, rows(t, file))
		}
		if diff := cmp.Diff(page["amount"], counted["amount"]); diff != "" {
			t.Errorf("%s: %s", query, diff)
		}
	}
	for _, c := range [][2]string{{"actors", "akteri"}, {"actors?q=plze%C5%88", "akteri?q=plze%C5%88"}, {"actors?typ=OBEC", "akteri?typ=OBEC"}, {"actors?kraj=CZ032", "akteri?kraj=CZ032"},
		{"actors?q=00075370", "akteri?q=000+753+70"}, {"calls", "vyzvy"}, {"calls?rok=2024", "vyzvy?rok=2024"}, {"calls?q=integrace", "vyzvy?q=integrace"}} {
		total := number(p.get(t, "/api/v1/"+c[0])["total"])
		heading := p.Get(t, "/"+c[1]).Words("#vysledky-nadpis")
		said, _ := strconv.Atoi(strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, heading))
		if total != said {
			t.Errorf("%s: %d, people see %q", c[0], total, heading)
		}
	}
}

func rows(t *testing.T, file []byte) int {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(file))
	r.Comma = ';'
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return len(all) - 1
}

func TestFacetsCountWhatChoosingAValueGives(t *testing.T) {
	p := connect(t, webtest.Start(t))
	page := p.get(t, "/api/v1/facets?q=integrace&stav=UKON&facet=oblast&facet=uzemi&hodnot=5")
	facets := page["facets"].([]any)
	if len(facets) != 2 {
		t.Fatalf("%d facets", len(facets))
	}
	for _, f := range facets {
		f := f.(map[string]any)
		values := f["values"].([]any)
		if len(values) != min(5, number(f["values_total"])) {
			t.Errorf("%s: %d values of %v", f["name"], len(values), f["values_total"])
		}
		for _, v := range values {
			v := v.(map[string]any)
			query := url.Values{"q": {"integrace"}, "stav": {"UKON"}, f["name"].(string): {v["code"].(string)}}
			if total := number(p.get(t, "/api/v1/projects?"+query.Encode())["total"]); total != number(v["count"]) {
				t.Errorf("%s %s: counted %v, found %d", f["name"], v["code"], v["count"], total)
			}
		}
	}
}

func TestACodeThatNobodyHasIsNoErrorButIsNamed(t *testing.T) {
	p := connect(t, webtest.Start(t))
	page := p.get(t, "/api/v1/projects?oblast=NENI&poskytovatel=A-99999")
	notes := page["notes"].([]any)
	if number(page["total"]) != 0 || len(notes) != 2 {
		t.Fatalf("%v projects, notes %v", page["total"], notes)
	}
	first := notes[0].(map[string]any)
	if first["kind"] != "unknown_code" || first["parameter"] != "oblast" || first["value"] != "NENI" || !strings.Contains(first["message"].(map[string]any)["en"].(string), "NENI") {
		t.Errorf("%v", first)
	}
	for _, query := range []string{"actors?typ=NENI", "actors?kraj=NENI", "calls?program=NENI", "territories?lezi_v=NENI"} {
		page := p.get(t, "/api/v1/"+query)
		if number(page["total"]) != 0 || len(page["notes"].([]any)) != 1 {
			t.Errorf("%s: %v of %v", query, page["notes"], page["total"])
		}
	}
}

// put writes a published project with a title and gives its code.
func put(t *testing.T, i *webtest.Instance, title string, change func(*atlas.Project)) string {
	t.Helper()
	var template *atlas.Project
	err := i.App.Reader().EachProject(t.Context(), func(p *atlas.Project) error {
		if template == nil && p.Public() && len(p.Sources) > 0 {
			template = p
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	p := *template
	p.ID, p.Version, p.RegNumber, p.TitleCs = "", 0, "", title
	change(&p)
	if err := i.App.SaveProject(t.Context(), webtest.Editor, &p); err != nil {
		t.Fatal(err)
	}
	return p.ID
}

func TestDraftsPeopleWithoutConsentAndBankAccountsAreNowhere(t *testing.T) {
	i := webtest.Start(t)
	ctx, published := t.Context(), atlas.Meta{RecordStatus: atlas.RecordPublished}
	draft := put(t, i, "Tajný koncept", func(p *atlas.Project) { p.RecordStatus = atlas.RecordDraft })
	open := put(t, i, "Veřejný projekt", func(p *atlas.Project) {
		p.Follows = []string{draft}
		p.Contacts = []atlas.Person{
			{Name: "Tajná Jana", Email: "tajna@example.org", Phone: "tajny telefon"},
			{Name: "Jana Souhlasná", Public: true, Consent: "tajný důkaz souhlasu"},
		}
		p.Verbatim = []atlas.Verbatim{{Field: "x", Value: "tajná poznámka seznamu"}}
	})
	hidden := &atlas.Actor{Name: "Tajný aktér", Country: "CZ", Type: "NNO", Meta: atlas.Meta{RecordStatus: atlas.RecordDraft}}
	if err := i.App.SaveActor(ctx, webtest.Editor, hidden); err != nil {
		t.Fatal(err)
	}
	shown := &atlas.Actor{Name: "Veřejný aktér", Country: "CZ", Type: "NNO", Meta: published, BankAccount: "19-2000145399/0800", Parent: hidden.ID,
		Relations: []atlas.Relation{{Actor: hidden.ID, Kind: "spoluprace"}}}
	if err := i.App.SaveActor(ctx, webtest.Editor, shown); err != nil {
		t.Fatal(err)
	}
	call := &atlas.Call{Title: "Tajná výzva", Meta: atlas.Meta{RecordStatus: atlas.RecordDraft}}
	if err := i.App.SaveCall(ctx, webtest.Editor, call); err != nil {
		t.Fatal(err)
	}
	for _, who := range []atlas.Viewer{{}, webtest.Editor} { // an editor's program sees what anybody's does
		i.Viewer = who
		p := connect(t, i)
		for _, id := range []string{"projects/" + draft, "actors/" + hidden.ID, "calls/" + call.ID} {
			p.refused(t, http.MethodGet, "/api/v1/"+id, http.StatusNotFound)
		}
		for _, path := range []string{"projects/" + open, "projects?q=ve%C5%99ejn%C3%BD+projekt", "projects?na_strance=100", "actors/" + shown.ID, "actors?q=akter", "actors?na_strance=100", "calls?na_strance=100", "facets?hodnot=1000"} {
			p.get(t, "/api/v1/"+path)
			_, data := p.Ask(t, http.MethodGet, "/api/v1/"+path)
			for _, secret := range []string{"Tajn", "tajn", draft, hidden.ID, "2000145399"} {
				if strings.Contains(string(data), secret) {
					t.Errorf("%s says %q", path, secret)
				}
			}
		}
		one := p.get(t, "/api/v1/projects/"+open)
		if people := one["contacts"].([]any); len(people) != 1 || people[0].(map[string]any)["name"] != "Jana Souhlasná" {
			t.Errorf("people: %v", one["contacts"])
		}
	}
}

func TestWhatIsNotKnownIsNullAndNothingIsZero(t *testing.T) {
	i := webtest.Start(t)
	id := put(t, i, "Nic nevíme", func(p *atlas.Project) {
		p.To, p.Funding = atlas.Date{}, []atlas.Funding{{Funder: p.Parties[0].Actor, FunderType: "STA", Granted: atlas.Crowns(0)}}
		p.TotalCost, p.PeopleReached, p.PeoplePlanned = atlas.Amount{}, atlas.Count{}, atlas.Count{Known: true, N: 0, Kind: "UNIK"}
		p.IntegrationShare, p.Upscaling, p.Innovation = atlas.Percent{}, atlas.Flag{}, atlas.Flag{State: atlas.No}
		p.From, p.Evaluated, p.Indicators = atlas.Date{Year: 2017}, atlas.EvaluationDone{}, nil
	})
	p := connect(t, i)
	r := p.get(t, "/api/v1/projects/"+id)
	line := r["funding"].([]any)[0].(map[string]any)
	unknown := map[string]any{"amount": nil, "minor": nil, "currency": "CZK", "state": "neznamo"}
	for _, c := range []struct{ got, want any }{
		{r["total_cost"], unknown}, {line["amount_spent"], unknown}, {line["amount_requested"], unknown},
		{line["amount_granted"].(map[string]any)["amount"], "0.00"}, {line["amount_granted"].(map[string]any)["state"], "znamo"},
		{line["year"], nil}, {line["rate"], nil}, {line["share_pct"], nil}, {r["people_reached"], nil}, {r["date_to"], nil}, {r["integration_share"], nil},
		{r["date_from"], map[string]any{"value": "2017", "precision": "year"}}, {r["indicators"], []any{}},
		{r["upscaling_flag"].(map[string]any)["value"], nil}, {r["innovation_flag"].(map[string]any)["value"], false},
		{r["evaluation_done"].(map[string]any)["value"], nil},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Error(diff)
		}
	}
	if planned, _ := r["people_planned"].(map[string]any); planned == nil || number(planned["value"]) != 0 {
		t.Errorf("a known nought is %v", r["people_planned"])
	}
}

func TestBothEnginesAnswerByteForByteTheSame(t *testing.T) {
	from := webtest.Database(t)
	copied, dsn := t.TempDir()+"/copy.sqlite", storetest.Postgres(t)
	if err := from.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	if err := store.Restore(t.Context(), copied, dsn); err != nil {
		t.Fatal(err)
	}
	one, other := webtest.On(t, from), webtest.On(t, storetest.Open(t, dsn))
	for _, path := range []string{"/api/v1", "/api/v1/openapi.json", "/katalog.jsonld", "/api/v1/projects?na_strance=100", "/api/v1/projects?q=kurzy&razeni=castka", "/api/v1/projects?q=kurzy&facet=uzemi&facet=poskytovatel", "/api/v1/projects/P-00001",
		"/api/v1/facets?hodnot=1000", "/api/v1/actors?na_strance=100", "/api/v1/actors/A-00001", "/api/v1/calls", "/api/v1/calls/V-00001", "/api/v1/lists?na_strance=100",
		"/api/v1/needs", "/api/v1/sources", "/api/v1/datasets", "/api/v1/datasets/csu-cizinci", "/api/v1/datasets/csu-cizinci/values", "/api/v1/datasets/csu-cizinci/territories/CZ041", "/api/v1/lists/CL-07", "/api/v1/territories?na_strance=100&lezi_v=CZ041", "/api/v1/territories/CZ041"} {
		_, a := one.Ask(t, http.MethodGet, path)
		_, b := other.Ask(t, http.MethodGet, path)
		a = bytes.ReplaceAll(a, []byte(one.Origin(t)), []byte("https://atlas.example"))
		b = bytes.ReplaceAll(b, []byte(other.Origin(t)), []byte("https://atlas.example"))
		if !bytes.Equal(a, b) {
			t.Errorf("%s: %s", path, cmp.Diff(strings.Split(string(a), ","), strings.Split(string(b), ",")))
		}
	}
}

func TestAPageCostsAsManyQueriesForOneRecordAsForAHundred(t *testing.T) {
	p := connect(t, webtest.Start(t))
	for _, list := range lists {
		cost := func(size int) int64 {
			path := fmt.Sprintf("/api/v1/%s?na_strance=%d", list, size)
			p.Ask(t, http.MethodGet, path)
			before := p.Store.Queries()
			p.Ask(t, http.MethodGet, path)
			return p.Store.Queries() - before
		}
		few, many := cost(1), cost(100)
		// What some records follow on or lead to is one more read of records.
		if many > 2*few+2 {
			t.Errorf("%s: %d queries for one record, %d for a hundred", list, few, many)
		}
		if again := cost(100); again != many {
			t.Errorf("%s: %d queries, then %d", list, many, again)
		}
	}
}

func TestTheDocumentSaysEverythingAndItsReferencesLeadSomewhere(t *testing.T) {
	p := connect(t, webtest.Start(t))
	schemas := p.document["components"].(map[string]any)["schemas"].(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		p.schema(t, name) // compiles with all it refers to
		for field, s := range schemas[name].(map[string]any)["properties"].(map[string]any) {
			if s.(map[string]any)["description"] == "" {
				t.Errorf("%s.%s is not explained", name, field)
			}
			if field != strings.ToLower(field) || strings.ContainsAny(field, "- ") {
				t.Errorf("%s.%s is no snake_case", name, field)
			}
		}
	}
	if p.document["openapi"] != "3.1.0" || p.document["servers"].([]any)[0].(map[string]any)["url"] != p.Origin(t)+"/api/v1" {
		t.Errorf("%v %v", p.document["openapi"], p.document["servers"])
	}
	ids := map[any]bool{}
	for path, item := range p.document["paths"].(map[string]any) {
		get := item.(map[string]any)["get"].(map[string]any)
		if ids[get["operationId"]] || get["summary"] == "" {
			t.Errorf("%s: %v", path, get["operationId"])
		}
		ids[get["operationId"]] = true
		for _, x := range get["parameters"].([]any) {
			x := x.(map[string]any)
			if in := strings.Contains(path, "{"+x["name"].(string)+"}"); in != (x["in"] == "path") {
				t.Errorf("%s: parameter %v", path, x)
			}
		}
	}
	if len(ids) != 26 {
		t.Errorf("%d addresses", len(ids))
	}
	p.follow(t, p.document)
}

func TestTheListOfActorsFollowsTheDatabase(t *testing.T) {
	i := webtest.Start(t)
	p := connect(t, i)
	total := func(query string) int { return number(p.get(t, "/api/v1/actors?"+query)["total"]) }
	before := total("")
	r := &atlas.Actor{Name: "Spolek Žižala", Country: "CZ", Type: "NNO", Territories: []string{"CZ032"}, Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}}
	save := func() {
		t.Helper()
		if err := i.App.SaveActor(t.Context(), webtest.Editor, r); err != nil {
			t.Fatal(err)
		}
	}
	save()
	if total("") != before+1 || total("q=zizala&kraj=CZ032&typ=NNO") != 1 || total("q=zizala&kraj=CZ041") != 0 {
		t.Errorf("after a new one: %d, before %d", total(""), before)
	}
	put(t, i, "Jiná změna", func(*atlas.Project) {})
	if total("") != before+1 {
		t.Errorf("after a change of something else: %d", total(""))
	}
	r.Name = "Spolek Hlemýžď"
	save()
	if total("q=zizala") != 0 || total("q=hlemyzd") != 1 {
		t.Error("the new name is not found, or the old one is")
	}
	r.RecordStatus = atlas.RecordDraft
	save()
	if total("") != before || total("q=hlemyzd") != 0 {
		t.Errorf("after it was taken back: %d", total(""))
	}
}

func TestActorsAndTerritoriesSayHowManyProjectsTheyHave(t *testing.T) {
	p := connect(t, webtest.Start(t))
	found := func(query string) int { return number(p.get(t, "/api/v1/projects?"+query)["total"]) }
	for _, id := range []string{"A-00001", "A-00002", "A-00003"} {
		r := p.get(t, "/api/v1/actors/"+id)
		if number(r["projects_implemented"]) != found("realizator="+id) || number(r["projects_funded"]) != found("poskytovatel="+id) {
			t.Errorf("%s: %v, %v", id, r["projects_implemented"], r["projects_funded"])
		}
	}
	regions, _ := p.walk(t, "/api/v1/territories?uroven=kraj")
	anywhere := "uzemi=CZ"
	for _, r := range regions {
		if number(r["projects"]) != found("uzemi="+name(r)) {
			t.Errorf("%s: %v projects", name(r), r["projects"])
		}
	}
	whole := p.get(t, "/api/v1/territories/CZ")
	if n := number(whole["projects"]); n <= found(anywhere) || n > found("") {
		t.Errorf("the whole country has %d of %d projects", n, found(""))
	}
}

func TestAQuestionTooLongIsAnsweredInPartAndThatIsSaid(t *testing.T) {
	p := connect(t, webtest.Start(t))
	many := url.Values{"oblast": {}}
	for n := range 120 {
		many["oblast"] = append(many["oblast"], fmt.Sprint("X", n))
	}
	kinds := func(query string) (out []string) {
		for _, n := range p.get(t, "/api/v1/projects?"+query)["notes"].([]any) {
			out = append(out, n.(map[string]any)["kind"].(string))
		}
		return slices.Compact(out)
	}
	for query, want := range map[string][]string{
		"q=" + strings.Repeat("slovo+", 80): {"words"}, "q=" + strings.Repeat("x", 2100): {"long"}, "q=a%ff": {"bytes"},
		many.Encode(): {"many", "unknown_code"}, "q=integrace": nil,
	} {
		if diff := cmp.Diff(want, kinds(query)); diff != "" {
			t.Errorf("%.40s: %s", query, diff)
		}
	}
}
