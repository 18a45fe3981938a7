package statistics_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/web/webtest"
)

const protection = "datum,obec_kod,obec_mc,mc_kod,celkem,m_do_3,z_do_3,m_sen,z_sen\n"

func withTowns(t *testing.T, i *webtest.Instance) {
	t.Helper()
	_, _, _, err := i.App.SaveTerritories(t.Context(), atlas.Operator("test"), []atlas.Territory{
		{Code: "554481", Level: atlas.LevelMunicipality, Name: "Cheb", Region: "CZ041", District: "CZ0411", ORP: "4102", Population: 31977},
		{Code: "554961", Level: atlas.LevelMunicipality, Name: "Karlovy Vary", Region: "CZ041", District: "CZ0412", ORP: "4103"},
		{Code: "539996", Level: atlas.LevelMunicipality, Name: "Brdy", Region: "CZ020", District: "CZ020B", ValidTo: atlas.Date{Year: 2015, Month: 12, Day: 31}},
		{Code: "500011", Level: atlas.LevelMunicipality, Name: "Nová Ves", Region: "CZ020", District: "CZ020B", ValidFrom: atlas.Date{Year: 2024, Month: 1, Day: 1}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// previewed uploads a file and gives the preview in a language.
func previewed(t *testing.T, i *webtest.Instance, lang string, said map[string]string, name, text string) webtest.Page {
	t.Helper()
	prefix := ""
	if lang == "en" {
		prefix = "/en"
	}
	return i.PostFile(t, prefix+"/statistiky/nahrat", said, "soubor", name, []byte(text))
}

// Every way in which a file of statistics may be wrong is told with place, reason
// and what to do, in both languages, and nothing of it is stored.
func TestABadFileIsToldClearlyInBothLanguages(t *testing.T) {
	i := start(t)
	withTowns(t, i)
	lines := strings.SplitAfter(foreigners, "\n")
	for _, c := range []struct {
		what, name, text string
		cs, en           []string
	}{
		{"another year under a wrong name", "290038-24data2019.csv", foreigners,
			[]string{"Název souboru 290038-24data2019.csv říká 2019", "čísla uvnitř jsou z 2022-12-31 – 2023-12-31", "Platí to, co je uvnitř"},
			[]string{"says 2019, the numbers in it are of 2022-12-31 – 2023-12-31"}},
		{"half a file", "290038-24data2023.csv", foreigners[:strings.LastIndex(foreigners, `"Plzeňský`)-1],
			[]string{"Poslední řádek není celý", "chybí 13 z 14"}, []string{"The last row is not whole", "13 of 14 territories are missing"}},
		{"one key twice with other values", "a.csv", foreigners + strings.Replace(lines[1], `"1200"`, `"1300"`, 1),
			[]string{"Řádek říká 1200, kdežto jiné řádky (v závorce) 1300 (6)", "Nevybrali jsme ani jedno"},
			[]string{"The row says 1200, other rows (in brackets) 1300 (6)", "Neither was chosen"}},
		{"a territory that no register knows", "a.csv", foreigners + strings.Replace(lines[1], `"3051"`, `"9999"`, 1),
			[]string{"Kód území „9999“ v registru není"}, []string{"The code of territory “9999” is not in the register"}},
		{"territories that no longer or not yet exist", "ochrana.csv", protection + "2022-06-06,539996,Brdy,,4,1,1,1,1\n2022-06-06,500011,Nová Ves,,4,1,1,1,1\n",
			[]string{"Brdy zanikla 2015-12-31", "Nová Ves vznikla až 2024-01-01"}, []string{"Brdy ceased to be on 2015-12-31", "Nová Ves came into being on 2024-01-01"}},
		{"negative and impossible numbers", "ochrana.csv", protection + "2022-06-06,554481,Cheb,,-4,1,1,1,1\n2022-06-06,554961,Karlovy Vary,,99999999999,1,1,1,1\n2022-06-07,554481,Cheb,,200000,1,1,1,1\n2022-06-08,554481,Cheb,,4,5,1,1,1\n2022-06-09,554481,Cheb,,\"4,5\",1,1,1,1\n2032-06-09,554481,Cheb,,4,1,1,1,1\n",
			[]string{"Počet -4 je záporný", "je víc lidí, než v Česku kdy žilo", "Počet 200000 nemůže být z území Cheb, které má 31977 obyvatel", "Část 5 je větší než celek 4", "víc desetinných míst", "teprve bude"},
			[]string{"The number -4 is negative", "more people than ever lived in Czechia", "cannot be of Cheb, which has 31977 inhabitants", "The part 5 is greater than the total 4", "more decimal places", "is yet to come"}},
	} {
		for lang, wanted := range map[string][]string{"cs": c.cs, "en": c.en} {
			p := previewed(t, i, lang, nil, c.name, c.text)
			if p.Status != http.StatusOK {
				t.Errorf("%s (%s): %d", c.what, lang, p.Status)
			}
			wants(t, p, wanted...)
		}
	}
	broken := foreigners[:strings.LastIndex(foreigners, "Plzeňský")+4] // within a cell in quotes
	for lang, want := range map[string]string{"cs": "začínají na řádku 5 uvozovky, které nekončí", "en": "a quotation mark on row 5 is never closed"} {
		if p := previewed(t, i, lang, nil, "290038-24data2023.csv", broken); p.Status != http.StatusUnprocessableEntity {
			t.Errorf("a file that breaks off in a cell: %d", p.Status)
		} else {
			wants(t, p, want)
		}
	}
	for _, d := range []string{atlas.DatasetForeigners, atlas.DatasetProtection} {
		if e, err := i.App.Reader().Dataset(t.Context(), d); err != nil || e.Slices > 0 {
			t.Errorf("a preview stored %+v of %s, %v", e.Extent, d, err)
		}
	}
}

func TestAFileInAnotherOrderOfColumnsIsReadTheSame(t *testing.T) {
	i := start(t)
	var turned strings.Builder
	for _, line := range strings.Split(strings.TrimSpace(foreigners), "\n") {
		cells := strings.Split(line, ",")
		for n := len(cells) - 1; n >= 0; n-- {
			turned.WriteString(cells[n] + map[bool]string{true: ",", false: "\n"}[n > 0])
		}
	}
	_, done := imported(t, i, nil, "290038-24data2023.csv", turned.String())
	wants(t, done, "Karlovarský kraj", "1 200")
}

func TestColumnsThatNobodyKnowsAreAskedForRememberedAndKeptOnError(t *testing.T) {
	i := start(t)
	withTowns(t, i)
	const renamed = "Město;Muži do 3 let;Kód ZÚJ;Ženy 65+;Úhrnem;K jakému dni\nCheb;1;554481;3;4;6.6.2022\n"
	p := previewed(t, i, "cs", map[string]string{"odkud": "https://mv.gov.cz/x", "kdy": "1. 9. 2026"}, "uprchlici.csv", renamed)
	wants(t, p, "Co znamenají sloupce: uprchlici.csv", "Ještě chybí: celkem", "554481", "Úhrnem")
	chosen := func(p webtest.Page, n int) string {
		v, _ := p.Find(fmt.Sprintf("#sloupec-%d option[selected]", n)).Attr("value")
		return v
	}
	if p.Status != http.StatusUnprocessableEntity || chosen(p, 1) != "1:m_do_3" || chosen(p, 2) != "2:obec_kod" || chosen(p, 3) != "3:z_sen" || chosen(p, 4) != "4:-" {
		t.Errorf("%d, proposed %s %s %s %s", p.Status, chosen(p, 1), chosen(p, 2), chosen(p, 3), chosen(p, 4))
	}
	address, _ := p.Find(`main form[method="get"]`).Attr("action")
	ask := func(columns ...string) webtest.Page {
		v := url.Values{"jmeno": {"uprchlici.csv"}, "odkud": {"https://mv.gov.cz/x"}, "kdy": {"1. 9. 2026"}, "rozvrzeni": {"mv-docasna-ochrana"}, "sloupec": columns}
		return i.Get(t, address+"?"+v.Encode())
	}
	// One role twice: the choice is kept and the error says what to do.
	twice := ask("0:obec", "1:m_do_3", "2:obec_kod", "3:z_sen", "4:celkem", "5:celkem")
	wants(t, twice, "dva sloupce vybrány jako celkem")
	if value, _ := twice.Find(`input[name="odkud"]`).Attr("value"); twice.Status != http.StatusUnprocessableEntity || chosen(twice, 4) != "4:celkem" || value != "https://mv.gov.cz/x" {
		t.Errorf("%d %s %q", twice.Status, chosen(twice, 4), value)
	}
	good := ask("0:obec", "1:m_do_3", "2:obec_kod", "3:z_sen", "4:celkem", "5:datum")
	wants(t, good, "1 nových údajů", "Úhrnem → celkem")
	action, _ := good.Find(`main form[method="post"]`).First().Attr("action")
	if done := i.Post(t, action, url.Values{}); done.Path != "/statistiky/mv-docasna-ochrana" {
		t.Fatalf("%d %s %s", done.Status, done.Path, done.Words("main"))
	}
	wants(t, i.Get(t, "/statistiky/mv-docasna-ochrana/CZ0411"), "náš součet obcí", "4", "Kolik dalších obcí")
	// The next file of the same columns needs no asking.
	next := previewed(t, i, "cs", nil, "uprchlici2.csv", strings.Replace(renamed, "6.6.2022", "7.6.2022", 1))
	wants(t, next, "1 nových údajů", "Použili jsme volbu z minulého souboru")
	wants(t, previewed(t, i, "en", nil, "uprchlici3.csv", strings.Replace(renamed, "6.6.2022", "8.6.2022", 1)), "The choice made for an earlier file")
}

func TestAFileThatTakesLongerShowsHowFarItIs(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a large file")
	}
	i := start(t)
	withTowns(t, i)
	var b strings.Builder
	b.WriteString(protection)
	for n := range 400_000 {
		fmt.Fprintf(&b, "2022-%02d-%02d,%d,Obec,,4,1,1,1,1\n", n%9+1, n%28+1, 600_000+n%6000)
	}
	p := previewed(t, i, "cs", nil, "velky.csv", b.String())
	seen := false
	for n := 0; n < 200 && p.Find(`main p[role="status"]`).Length() > 0; n++ {
		seen = true
		if p.Header.Get("Refresh") == "" {
			t.Fatal("the page of progress does not ask again by itself")
		}
		p = i.Get(t, p.Path)
	}
	if !seen {
		t.Log("this machine read it before anybody could look")
	}
	wants(t, p, "řádků v souboru", "400 000 odmítnuto")
}
