package projects

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"atlas"

	"github.com/PuerkitoBio/goquery"
)

// everything is a project in which every field is filled.
func everything(t testing.TB, i *instance) *atlas.Project {
	t.Helper()
	earlier := publish(t, i, "Předchůdce")
	p := publish(t, i, "Všechno známé", func(p *atlas.Project) {
		p.TitleEn, p.Acronym, p.RegNumber = "Everything known", "VZ", "CZ.03.3.X/0.0/0.0/15_124/0006483"
		p.Detail, p.NeedRationale, p.Subgoals = "Podrobně krok za krokem", "Protože lidé čekají", []string{"první dílčí", "druhý dílčí"}
		p.Funding = []atlas.Funding{
			{Funder: p.Parties[0].Actor, FunderType: "EU-S", Programme: "OPZ", CallNo: "124", Year: 2017, Granted: atlas.Crowns(4_000_000), Currency: "CZK", Share: atlas.Pct(95)},
			{Funder: p.Parties[0].Actor, FunderType: "STA", ProgrammeText: "Vlastní zdroje města", Year: 2018, Spent: atlas.Amount{Minor: 1000_00, State: atlas.AmountEstimate}, Currency: "EUR", Rate: 25_120_000, RateDate: atlas.Date{Year: 2018, Month: 3, Day: 5}},
			{Funder: p.Parties[0].Actor, FunderType: "STA", Year: 2019, Currency: "CZK"},
		}
		p.TotalCost, p.IntegrationShare = atlas.Crowns(5_000_000), atlas.Pct(80)
		p.TargetSituation, p.Citizenships = []string{"SG-DET"}, []string{"UA", "VN"}
		p.Activities[0].Text = "Databáze dobrých příkladů"
		p.PeoplePlanned, p.PeopleReached = atlas.Count{Known: true, N: 1200, Kind: "UNIK"}, atlas.Count{Known: true, N: 900, Kind: "KONT"}
		p.ServiceForms, p.PriceForClient, p.Follows = []string{"AMB"}, "ZDARMA", []string{earlier.ID}
		p.Innovation = atlas.Flag{State: atlas.Yes, Reason: "poprvé v kraji"}
		p.Upscaling = atlas.Flag{State: atlas.Yes, Reason: "levné a jednoduché"}
		p.Transfer, p.TransferNote, p.ReplicationNotes = "CELEK", "celý postup", "dva úvazky a jedna místnost"
		p.Barriers = []atlas.Barrier{{Code: firstCode(t, i, atlas.ListBarrier), Text: "málo tlumočníků"}}
		p.Evaluated = atlas.EvaluationDone{State: atlas.Yes, When: atlas.Date{Year: 2021}, Method: "rozhovory", Who: "CESES", URL: "https://hodnoceni.example.org"}
		p.Measures = []atlas.Reference{{Title: "Kosmopolitní město", URL: "https://opatreni.example.org"}}
		p.GoodPractice = []atlas.Reference{{Title: "Karta Plzeň", URL: "https://karta.example.org"}}
		p.Web = "https://projekt.example.org"
		p.Contacts = []atlas.Person{
			{Name: "Jana Veřejná", Function: "koordinátorka", Email: "jana@example.org", Public: true, Consent: "e-mailem 1. 3. 2026"},
			{Name: "Petr Tajný", Email: "petr.tajny@example.org", Phone: "+420 777 000 111"},
		}
		p.Media = []atlas.Media{{Kind: "video", URL: "https://video.example.org", Title: "Film o projektu", Author: "Eva Kameramanka", Licence: firstCode(t, i, atlas.ListLicence), Alt: "Lidé u stolu"}}
		p.Indicators = []atlas.Indicator{{
			Name: "Absolventi kurzů", Kind: atlas.IndicatorOutput, Unit: "osoby", Definition: "složili zkoušku", Target: "120", TargetDate: atlas.Date{Year: 2020},
			Measurements: []atlas.Measurement{{Period: "2019", Value: "85.5", CountKind: "UNIK", EnteredBy: "Petr Tajný"}, {Period: "2020"}},
		}}
		p.Verbatim = []atlas.Verbatim{{Field: "poznámka", Value: "nečitelné slovo"}}
	})
	return p
}

func firstCode(t testing.TB, i *instance, list string) string {
	t.Helper()
	l, ok := i.app.Lists().List(list)
	if !ok || len(l.Items) == 0 {
		t.Fatalf("no list %s", list)
	}
	return l.Items[0].Code
}

// secrets are the words of people who did not agree to be shown.
var secrets = []string{"Petr Tajný", "petr.tajny@example.org", "777 000 111", "e-mailem 1. 3. 2026"}

func TestThePageOfAProjectShowsEverythingKnownOfIt(t *testing.T) {
	i := empty(t)
	p := everything(t, i)
	reader := i.as(t, atlas.Viewer{})
	text := reader.page(t, "/projekty/"+p.ID).Find("main").Text()
	for _, want := range []string{
		"Všechno známé", "Everything known", "(VZ)", p.RegNumber, "Popis projektu", "Podrobně krok za krokem", "Protože lidé čekají", "druhý dílčí",
		"září 2017", "prosinec 2020", "Statutární město Plzeň", "4 000 000 Kč", "95 %", "Vlastní zdroje města", "1 000 €", "25 120 Kč", "kurz 25,12", "5. 3. 2018",
		"není známo", "odhad", "bez 1 řádku", "5 000 000 Kč", "80 %", "Děti", "Ukrajina", "Databáze dobrých příkladů", "1 200", "900",
		"Jedinečné osoby", "Kontakty, intervence", "Ambulantní", "Zdarma", "poprvé v kraji", "levné a jednoduché", "celý postup", "dva úvazky a jedna místnost",
		"málo tlumočníků", "rozhovory", "CESES", "Kosmopolitní město", "Karta Plzeň", "https://projekt.example.org", "Jana Veřejná", "jana@example.org",
		"Film o projektu", "Eva Kameramanka", "Lidé u stolu", "Absolventi kurzů", "složili zkoušku", "120 (2020)", "85,5", "Předchůdce",
		"21. 11. 2026", "https://www.example.org/projekt", "nečitelné slovo", "Úplnost záznamu: 100 %",
	} {
		if !strings.Contains(strings.ReplaceAll(text, "\u00a0", " "), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, face := range []string{"/projekty/", "/en/projekty/"} {
		body := reader.get(t, face+p.ID).Body.String()
		for _, secret := range secrets {
			if strings.Contains(body, secret) {
				t.Errorf("%s shows %q of a person who did not agree", face, secret)
			}
		}
	}
	if !strings.Contains(i.page(t, "/projekty/"+p.ID).Find("main").Text(), "Petr Tajný") {
		t.Error("an editor does not see who did not agree")
	}
}

func TestWhatIsNotKnownIsSaidAndIsNeverANumber(t *testing.T) {
	i := empty(t)
	p := publish(t, i, "Málo známé")
	d := i.page(t, "/projekty/"+p.ID)
	unknown := d.Find(".unknown-list").Text()
	for _, field := range []string{"Financování", "Celkové náklady", "Dosažený počet lidí", "Výstupy a výsledky", "Proběhlo hodnocení?", "Web projektu"} {
		if !strings.Contains(strings.ReplaceAll(unknown, "\u00a0", " "), field) {
			t.Errorf("%q is not said to be unknown: %s", field, unknown)
		}
	}
	if head := d.Find(".project-line").Text(); strings.Contains(head, "0 Kč") || !strings.Contains(head, "není známo") {
		t.Errorf("%q", head)
	}
}

func TestTheChainOfProjectsLeadsBothWays(t *testing.T) { // U-04
	i := empty(t)
	first := publish(t, i, "První etapa", func(p *atlas.Project) { p.From, p.To = atlas.Date{Year: 2008}, atlas.Date{Year: 2009} })
	second := publish(t, i, "Druhá etapa", func(p *atlas.Project) { p.Follows = []string{first.ID} })
	publish(t, i, "Třetí etapa", func(p *atlas.Project) { p.Follows = []string{second.ID}; p.From = atlas.Date{Year: 2020} })
	chain := i.page(t, "/projekty/"+second.ID).Find(".chain li").Map(func(_ int, s *goquery.Selection) string { return s.Text() })
	if len(chain) != 3 || !strings.HasPrefix(chain[0], "navazuje na První etapa") || !strings.HasPrefix(chain[1], "Druhá etapa") || !strings.HasPrefix(chain[2], "pokračuje v") {
		t.Errorf("%q", chain)
	}
}

func TestSimilarProjectsSayWhyTheyAreSimilar(t *testing.T) {
	d := demo(t).page(t, "/projekty/P-00003")
	likes := d.Find(".similar li")
	if likes.Length() == 0 || likes.Length() > similarCount {
		t.Fatalf("%d similar projects", likes.Length())
	}
	likes.Each(func(_ int, s *goquery.Selection) {
		why := s.Find(".field-hint").Text()
		if !strings.Contains(why, ": ") || strings.Contains(why, "ORP Plzeň") {
			t.Errorf("%s: %q", s.Find("a").Text(), why)
		}
	})
}

func TestMachinesReadTheProjectAsLinkedData(t *testing.T) {
	i := empty(t)
	p := everything(t, i)
	p.Annotation = `</script><script>alert("x")</script>`
	if err := i.app.SaveProject(t.Context(), editor, p); err != nil {
		t.Fatal(err)
	}
	a := i.as(t, atlas.Viewer{}).get(t, "/projekty/"+p.ID)
	script := a.html().Find(`script[type="application/ld+json"]`)
	var data map[string]any
	if err := json.Unmarshal([]byte(script.Text()), &data); err != nil {
		t.Fatalf("%v: %s", err, script.Text())
	}
	if data["@type"] != "Project" || data["@id"] != "http://example.com/projekty/"+p.ID || data["foundingDate"] != "2017-09" || data["description"] != p.Annotation {
		t.Errorf("%v", data)
	}
	if n := a.html().Find("script:not([src])").Length(); n != 1 {
		t.Errorf("%d scripts in the page: text of the record runs", n)
	}
}

func TestPagesAreSmallEnough(t *testing.T) { // a page of results has 60 kB compressed at most
	i := demo(t)
	for _, address := range []string{"/projekty", "/projekty?zobrazeni=tabulka", "/projekty?zobrazeni=mapa", "/projekty?zobrazeni=roky", "/projekty/P-00001"} {
		a := i.get(t, address)
		if a.Code != http.StatusOK || a.gzipped() > 60_000 {
			t.Errorf("%s: status %d, %d bytes compressed", address, a.Code, a.gzipped())
		}
		t.Logf("%s: %d bytes, %d compressed", address, a.Body.Len(), a.gzipped())
	}
}
