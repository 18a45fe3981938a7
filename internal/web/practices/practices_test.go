package practices_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"image"
	"image/jpeg"
	"io/fs"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/web/webtest"
)

// card is a published card with something in every field.
func card(t *testing.T, i *webtest.Instance, change func(*atlas.Practice)) *atlas.Practice {
	t.Helper()
	office := &atlas.Actor{Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Name: "Statutární město Plzeň"}
	if err := i.App.SaveActor(t.Context(), webtest.Editor, office); err != nil {
		t.Fatal(err)
	}
	p := &atlas.Practice{
		Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Title: "Kontaktní centrum", Territories: []string{"CZ0323"}, Country: "CZ", Implementers: []string{office.ID},
		Contacts: []atlas.Person{{Organisation: "Magistrát", Function: "Odbor sociálních služeb"}, {Name: "Jana Tajná", Email: "tajna@plzen.example", Organisation: "Magistrát"}},
		From:     atlas.Date{Year: 2005}, Ongoing: true, Pioneer: true, Summary: "Shrnutí praxe", Goal: "Cíl praxe", Subgoals: []string{"První", "Druhý"}, Beneficiaries: "Cizincům",
		Areas: []string{"JAZ", "SKO"}, Activities: []string{"A01"}, TargetLegal: []string{"TG-EU"}, Situations: []string{"SG-DET"}, CityRoles: []atlas.CityRole{atlas.CityPolicy, atlas.CityService},
		Stimulus: "Podnět", Description: "Popis", Milestones: []atlas.Milestone{{When: atlas.Date{Year: 2009, Month: 9}, Text: "Konference"}}, Results: "Vyškolení lektoři",
		Services: []atlas.Service{{Form: "AMB", Price: "ZDARMA", Who: "kdo tu žije"}}, Funding: "Město", Staff: atlas.FTE{Known: true, Hundredths: 150}, Months: 6,
		YearlyCost: atlas.Amount{Minor: 85000000, State: atlas.AmountEstimate}, Transferability: "CELEK",
		Segments: []atlas.Segment{{Name: "Centrum", Transferable: atlas.Yes, Adaptation: "Místo"}, {Name: "Kurzy", Transferable: atlas.No}}, Adaptation: "Přizpůsobit",
		Advice:        []string{"Seznámit se", "Vyhodnotit"},
		Prerequisites: []atlas.Prerequisite{{Code: "p1", Kind: atlas.NeedsStaff, Least: 150, Text: "Pracovníci", Core: true}, {Code: "p2", Kind: atlas.NeedsMoney, Least: 500000}, {Code: "p7", Kind: atlas.NeedsPartner, Of: "NNO", Text: "Partner"}},
		Upscaling:     atlas.Flag{State: atlas.Yes, Reason: "Proto"}, Barriers: []atlas.Barrier{{Code: "DLOUHO", Text: "Běh na dlouhou trať"}}, Lessons: "Úspěch", Evaluation: "Anketa",
		Assessments: []atlas.Opinion{{Of: atlas.OpinionForeigners, Text: "Pomohli mi", Source: "anketa"}, {Of: atlas.OpinionLeadership, Text: "Osvědčilo se"}},
		Awards:      []atlas.Award{{Code: "MV-INOV", By: "Ministerstvo vnitra", Year: 2012}},
		Photos:      []atlas.Photo{{URL: "https://upload.wikimedia.org/r.jpg", Alt: "Radnice", Source: "Wikimedia Commons", Licence: "CC-BY-4.0", Author: "Kdosi"}},
		Videos:      []atlas.Video{{URL: "https://youtu.be/abc", Title: "Rozhovor", Speaker: "Vedoucí odboru", Function: "vedoucí", Organisation: "Magistrát", Transcript: "Dobrý den."}},
		Files:       []atlas.Reference{{Title: "Pracovní listy", URL: "https://example.cz/listy.pdf"}},
		Sources:     []atlas.Source{{Kind: "WEB", URL: "https://example.cz", Accessed: atlas.Date{Year: 2026, Month: 11, Day: 1}}},
	}
	if change != nil {
		change(p)
	}
	if err := i.App.SavePractice(t.Context(), webtest.Editor, p); err != nil {
		t.Fatal(err)
	}
	return p
}

func texts(p webtest.Page, selector string) []string {
	return p.Find(selector).Map(func(_ int, s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") })
}

func TestACardStandsInTheBlocksOfItsModelAndItsVoicesStandApart(t *testing.T) { // acceptance example 17, R4-01, R4-22
	i := webtest.Empty(t)
	c := card(t, i, nil)
	p := i.Get(t, "/dobra-praxe/"+c.ID)
	want := []string{"Základní údaje", "Popis", "Přenositelnost", "Bariéry", "Zhodnocení zkušeností", "Ocenění", "Fotografie a videa", "Zdroje"}
	if got := texts(p, "article h2"); !reflect.DeepEqual(got, want) {
		t.Errorf("blocks %q", got)
	}
	if got := texts(p, "#experience h3"); !reflect.DeepEqual(got, []string{"Vedení města", "Cizinci"}) {
		t.Errorf("voices %q", got)
	}
	page := strings.Join(texts(p, "article"), " ")
	for _, word := range []string{"Cena MV za inovaci ve veřejné správě (2012)", "Wikimedia Commons", "Vedoucí odboru, vedoucí, Magistrát", "Dobrý den.", "Odbor sociálních služeb", "1,5 úvazku", "alespoň 500 000 Kč ročně", "Běh na dlouhou trať"} {
		if !strings.Contains(strings.ReplaceAll(page, "\u00a0", " "), word) {
			t.Errorf("no %q on the card", word)
		}
	}
	for _, secret := range []string{"Jana Tajná", "tajna@plzen.example"} {
		for _, path := range []string{"/dobra-praxe/" + c.ID, "/dobra-praxe/" + c.ID + "/historie?verze=1", "/export/dobra-praxe.csv", "/export/dobra-praxe.json", "/api/v1/practices/" + c.ID, "/dobra-praxe/" + c.ID + "/ewsi.docx"} {
			if _, _, data := i.File(t, path); bytes.Contains(data, []byte(secret)) {
				t.Errorf("%q stands in %s", secret, path)
			}
		}
	}
	if n := p.Find("iframe, video, embed, object").Length() + p.Find("img[src^=http]").Length(); n > 0 {
		t.Errorf("%d things of other sites are on the page", n)
	}
	var data map[string]any
	if err := json.Unmarshal([]byte(p.Find(`script[type="application/ld+json"]`).Text()), &data); err != nil || data["headline"] != c.Title {
		t.Errorf("linked data %v, %v", data, err)
	}
}

func TestCardsAreFoundByWordsInAnyFormAndNarrowed(t *testing.T) {
	i := webtest.Empty(t)
	card(t, i, nil)
	card(t, i, func(p *atlas.Practice) {
		p.Title, p.Country, p.Territories, p.PlaceText, p.Needed, p.Awards, p.Transferability, p.Areas = "Uvítací rozhovor", "AT", nil, "Vídeň", "Úvazek", nil, "SEGMENTY", []string{"ORI"}
	})
	card(t, i, func(p *atlas.Practice) { p.Title, p.RecordStatus = "Koncept", atlas.RecordDraft })
	for query, want := range map[string][]string{
		"": {"Kontaktní centrum", "Uvítací rozhovor"}, "q=kontaktn%C3%ADch+center": {"Kontaktní centrum"}, "q=rozhovory": {"Uvítací rozhovor"}, "oblast=ORI": {"Uvítací rozhovor"},
		"uzemi=CZ032": {"Kontaktní centrum"}, "zeme=zahranicni": {"Uvítací rozhovor"}, "zeme=domaci": {"Kontaktní centrum"}, "znacka=bez": {"Kontaktní centrum", "Uvítací rozhovor"},
		"znacka=plati": nil, "prenositelnost=SEGMENTY": {"Uvítací rozhovor"}, "oceneni=MV-INOV": {"Kontaktní centrum"}, "oceneni=%22&uzemi=%3Cx%3E": nil,
	} {
		for _, lang := range []string{"", "/en"} {
			got := texts(i.Get(t, lang+"/dobra-praxe?"+query), ".practice-list h3")
			slices.Sort(got)
			if len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
				t.Errorf("%s/dobra-praxe?%s: %q", lang, query, got)
			}
		}
	}
}

// form is what the form of a card holds, as a browser would send it.
func form(p webtest.Page) url.Values {
	v := url.Values{}
	p.Find("#formular").Find("input, select, textarea").Each(func(_ int, s *goquery.Selection) {
		name, _ := s.Attr("name")
		kind, _ := s.Attr("type")
		switch {
		case name == "" || kind == "file" || kind == "checkbox" && s.AttrOr("checked", "no") == "no":
		case goquery.NodeName(s) == "select":
			v.Add(name, s.Find("option[selected]").AttrOr("value", ""))
		case goquery.NodeName(s) == "textarea":
			v.Add(name, s.Text())
		default:
			v.Add(name, s.AttrOr("value", ""))
		}
	})
	return v
}

func TestSavingTheFormUnchangedChangesNothing(t *testing.T) {
	i := open(t)
	c := card(t, i, nil)
	before, err := i.App.Reader().Practice(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	v := form(i.Get(t, "/dobra-praxe/"+c.ID+"/upravit"))
	v.Set("akce", "ulozit")
	if p := i.Post(t, "/dobra-praxe/"+c.ID+"/upravit", v); p.Status != http.StatusOK {
		t.Fatalf("answered %d: %q", p.Status, texts(p, ".problems"))
	}
	after, err := i.App.Reader().Practice(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	after.Meta, before.Meta = atlas.Meta{}, atlas.Meta{}
	if !reflect.DeepEqual(before, after) {
		t.Errorf("before %+v\nafter  %+v", before, after)
	}
}

func TestWhatIsMissingForPublicationIsSaidAtItsPlaceAndEveryWordIsKept(t *testing.T) { // acceptance example 17
	i := open(t)
	v := url.Values{"akce": {"zverejnit"}, "title": {"Karta"}, "description": {"Dlouhý popis"}, "photos.0.url": {"https://upload.wikimedia.org/r.jpg"}, "photos.0.alt": {"Radnice"},
		"videos.0.url": {"https://mesto.example/aktuality"}, "videos.0.title": {"Video"}, "country": {"CZ"}, "territories.0.territory": {"Neznámá Lhota"}}
	p := i.Post(t, "/dobra-praxe/nova", v)
	if p.Status != http.StatusUnprocessableEntity {
		t.Fatalf("answered %d", p.Status)
	}
	problems := strings.Join(texts(p, ".problems li"), "\n")
	for _, want := range []string{"Bez toho kartu zveřejnit nejde", "Napište aspoň jednu bariéru", "Fotografie bez zdroje se nezveřejní", "není adresa videa", "Území „Neznámá Lhota“ neznáme"} {
		if !strings.Contains(problems, want) {
			t.Errorf("not said: %s\n%s", want, problems)
		}
	}
	kept := form(p)
	for name := range v {
		if name != "akce" && kept.Get(name) != v.Get(name) {
			t.Errorf("%s is %q", name, kept.Get(name))
		}
	}
	v.Set("akce", "pridat:segments")
	if p := i.Post(t, "/dobra-praxe/nova", v); p.Status != http.StatusOK || p.Find(`[name="segments.1.name"], [name="segments.0.name"]`).Length() == 0 {
		t.Error("no row was added without a script")
	}
}

func jpegOf(t *testing.T, exif string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 700, 400)), nil); err != nil {
		t.Fatal(err)
	}
	file := b.Bytes()
	if exif == "" {
		return file
	}
	part := "Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x25\x88\x04\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00" + exif
	size := len(part) + 2
	return slices.Concat(file[:2], []byte{0xFF, 0xE1, byte(size >> 8), byte(size)}, []byte(part), file[2:])
}

func TestAPhotographLosesItsPlaceAndThatIsSaid(t *testing.T) {
	i := open(t)
	c := card(t, i, func(p *atlas.Practice) { p.Photos = nil })
	fields := map[string]string{"alt": "Radnice", "source": "Vlastní", "licence": "CC-BY-4.0", "author": "Kdosi"}
	path := "/dobra-praxe/" + c.ID + "/fotografie"
	p := i.PostFile(t, path, fields, "soubor", "radnice.jpg", jpegOf(t, "50.0755N"))
	if said := strings.Join(texts(p, ".notice"), " "); !strings.Contains(said, "V obrázku byla poloha GPS; odstranili jsme ji.") {
		t.Fatalf("%d, said %q, %q", p.Status, said, texts(p, ".problems"))
	}
	stands, err := i.App.Reader().Practice(t.Context(), c.ID)
	if err != nil || len(stands.Photos) != 1 || stands.Photos[0].File == "" || stands.Photos[0].Width != 700 {
		t.Fatalf("%+v, %v", stands.Photos, err)
	}
	for _, sum := range []string{stands.Photos[0].File, stands.Photos[0].Small} {
		status, h, data := i.File(t, "/obrazky/"+sum+".jpg")
		if status != http.StatusOK || h.Get("Content-Type") != "image/jpeg" || h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(h.Get("Cache-Control"), "immutable") {
			t.Errorf("%d, %v", status, h)
		}
		if bytes.Contains(data, []byte("50.0755")) || bytes.Contains(data, []byte("Exif")) {
			t.Error("the place is in the kept picture")
		}
	}
	if got := i.Get(t, "/dobra-praxe/"+c.ID).Find(".photo img").AttrOr("alt", ""); got != "Radnice" {
		t.Errorf("on the card: %q", got)
	}
	stands.Photos = nil
	if err := i.App.SavePractice(t.Context(), webtest.Editor, stands); err != nil {
		t.Fatal(err)
	}
	if status, _, _ := i.File(t, "/obrazky/"+strings.Repeat("a", 64)+".jpg"); status != http.StatusNotFound {
		t.Errorf("a picture that is not kept: %d", status)
	}
}

func TestAPictureThatIsNoneOrTooLargeIsRefusedAndEveryWordIsKept(t *testing.T) {
	i := open(t)
	c := card(t, i, func(p *atlas.Practice) { p.Photos = nil })
	path := "/dobra-praxe/" + c.ID + "/fotografie"
	fields := map[string]string{"alt": "Radnice", "source": "Vlastní"}
	for name, x := range map[string]struct {
		file []byte
		says string
	}{
		"200 MB":     {make([]byte, 200<<20), "větší než 10 MB"},
		"11 MB":      {make([]byte, 11<<20), "větší než 10 MB"},
		"a page":     {[]byte("<!doctype html><p>nic"), "není fotografie"},
		"broken off": {jpegOf(t, "")[:300], "poškozený"},
		"no file":    {nil, "poškozený|není fotografie|Vyberte soubor"},
	} {
		p := i.PostFile(t, path, fields, "soubor", "radnice.jpg", x.file)
		if said := strings.Join(texts(p, ".field-problem"), " "); p.Status != http.StatusUnprocessableEntity || !regexp.MustCompile(x.says).MatchString(said) {
			t.Errorf("%s: %d, %q", name, p.Status, said)
		}
		if kept := form(p); kept.Get("alt") != "Radnice" || kept.Get("source") != "Vlastní" {
			t.Errorf("%s: kept %v", name, kept)
		}
	}
	p := i.PostFile(t, path, map[string]string{"alt": "Radnice"}, "soubor", "radnice.jpg", jpegOf(t, ""))
	kept := form(p)
	if p.Status != http.StatusUnprocessableEntity || kept.Get("file") == "" {
		t.Fatalf("a photograph without its source on a published card: %d, %v", p.Status, kept)
	}
}

func TestTheTemplateSaysHowManyWordsEachFieldHasAndMayHave(t *testing.T) { // 4.7
	i := webtest.Empty(t)
	c := card(t, i, nil)
	status, h, data := i.File(t, "/dobra-praxe/"+c.ID+"/ewsi.docx")
	if status != http.StatusOK || !strings.Contains(h.Get("Content-Disposition"), "ewsi-K-00001.docx") || !bytes.HasPrefix(data, []byte("PK")) {
		t.Fatalf("%d, %v", status, h)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	body, err := fs.ReadFile(z, "word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(regexp.MustCompile(`<[^>]+>`).ReplaceAllString(string(body), " "), "\u00a0", " ")
	for _, want := range []string{" Název ", "Kontaktní centrum", "2 slov, šablona chce nejvýše 15.", "2 slov, šablona chce 75 až 100. Doplňte aspoň 73.", "Komu to slouží", "Cizincům"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in the template: %s", want, text)
		}
	}
}

// open is an instance on which everybody may write.
func open(t *testing.T) *webtest.Instance {
	t.Helper()
	i := webtest.Empty(t)
	i.Viewer = webtest.Editor
	return i
}

// TestACollectionShowsTheCardThatAMergedOneLivesInOnce
func TestACollectionShowsTheCardThatAMergedOneLivesInOnce(t *testing.T) {
	i := webtest.Empty(t)
	keep, drop := card(t, i, nil), card(t, i, func(p *atlas.Practice) { p.Title = "Dvojník" })
	c := &atlas.Collection{Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Title: "Sbírka", Practices: []string{drop.ID, keep.ID}}
	if err := i.App.SaveCollection(t.Context(), webtest.Editor, c); err != nil {
		t.Fatal(err)
	}
	if err := i.App.MergePractice(t.Context(), webtest.Editor, drop.ID, drop.Version, keep.ID); err != nil {
		t.Fatal(err)
	}
	p := i.Get(t, "/sbirky/"+c.ID)
	if n := strings.Count(p.Words("main"), keep.Title); p.Status != http.StatusOK || n != 1 || strings.Contains(p.Words("main"), "Dvojník") {
		t.Errorf("%d, shown %d times: %s", p.Status, n, p.Words("main"))
	}
}
