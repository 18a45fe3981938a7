package importer

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"atlas"
	"atlas/internal/place"
	"atlas/internal/reference"
)

func territoryBase() *place.Gazetteer { return place.New(reference.Territories()) }

// territoryData opens a file of the shared real data, or skips the test.
func territoryData(t *testing.T, name string) *os.File {
	t.Helper()
	root := os.Getenv("ATLAS_DATA")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(root, name))
	if err != nil {
		t.Skipf("the shared real data are not here (%v); set ATLAS_DATA to their folder", err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func territoryFiles(texts map[string]string) []TerritoryFile {
	var out []TerritoryFile
	for name, text := range texts {
		out = append(out, TerritoryFile{name, strings.NewReader(text)})
	}
	return out
}

func oneTerritory(t *testing.T, all []atlas.Territory, code string) atlas.Territory {
	t.Helper()
	i := slices.IndexFunc(all, func(t atlas.Territory) bool { return t.Code == code })
	if i < 0 {
		t.Fatalf("%s was not read", code)
	}
	return all[i]
}

// ruianSample imitates the code lists of ČÚZK.
var ruianSample = map[string]string{
	"UI_VUSC.csv":  "KOD;NAZEV;REGSOUDR_KOD;NUTS_LAU;PLATI_OD;PLATI_DO;DATUM_VZNIKU\n51;Karlovarský kraj;43;CZ041;01.07.2011 00:00:00;;01.01.2000 00:00:00\n27;Středočeský kraj;27;CZ020;;;\n",
	"UI_OKRES.csv": "KOD;NAZEV;VUSC_KOD;KRAJ_1960_KOD;NUTS_LAU;PLATI_OD;PLATI_DO;DATUM_VZNIKU\n3403;Karlovy Vary;51;34;CZ0412;23.11.2017 00:00:00;;11.04.1960 00:00:00\n3211;Příbram;27;32;CZ020B;;;\n",
	"UI_ORP.csv":   "KOD;NAZEV;SPRAVNI_OBEC_KOD;VUSC_KOD;PLATI_OD;PLATI_DO;DATUM_VZNIKU\n1104;Ostrov;555428;51;01.01.2003 00:00:00;;\n",
	"UI_POU.csv":   "KOD;NAZEV;SPRAVNI_OBEC_KOD;ORP_KOD;PLATI_OD;PLATI_DO;DATUM_VZNIKU\n1121;Jáchymov;555215;1104;;;\n",
	"UI_OBEC.csv": "KOD;NAZEV;STATUS_KOD;POU_KOD;OKRES_KOD;CLENENI_SM_ROZSAH_KOD;CLENENI_SM_TYP_KOD;PLATI_OD;PLATI_DO;DATUM_VZNIKU\n" +
		"554979;Abertamy;3;1121;3403;;;18.09.2025 00:00:00;;\n" +
		"539996;Brdy;5;;3211;;;01.01.2013 00:00:00;31.12.2015 00:00:00;\n",
	"UI_MOMC.csv": "KOD;NAZEV;OBEC_KOD;MOP_KOD;SPRAVOBV_KOD;PORADI;PLATI_OD;PLATI_DO;DATUM_VZNIKU\n999991;Abertamy-střed;554979;;;1;20.03.2025 00:00:00;;24.11.1990 00:00:00\n",
}

func TestCodeListsOfRUIANAreJoinedByTheirNumbers(t *testing.T) {
	all, problems, err := ReadTerritoryFiles(territoryFiles(ruianSample), territoryBase())
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v, %v", problems, err)
	}
	want := atlas.Territory{Code: "554979", Level: atlas.LevelMunicipality, Name: "Abertamy",
		Region: "CZ041", District: "CZ0412", ORP: "4106", Source: "RÚIAN (ČÚZK)"}
	if got := oneTerritory(t, all, "554979"); got != want {
		t.Errorf("got %+v", got)
	}
	part := oneTerritory(t, all, "999991")
	if part.Municipality != "554979" || part.ORP != "4106" || part.ValidFrom != (atlas.Date{Year: 1990, Month: 11, Day: 24}) {
		t.Errorf("got %+v", part)
	}
	if brdy := oneTerritory(t, all, "539996"); brdy.ValidTo != (atlas.Date{Year: 2015, Month: 12, Day: 31}) || brdy.District != "CZ020B" {
		t.Errorf("the extinct Brdy: %+v", brdy)
	}
	if okres := oneTerritory(t, all, "CZ0412"); okres.RUIAN != "3403" || okres.CSU != "40436" || !okres.HasPoint {
		t.Errorf("the okres lost something: %+v", okres)
	}
}

func TestReadingAgainOverTheResultChangesNothing(t *testing.T) {
	first, _, err := ReadTerritoryFiles(territoryFiles(ruianSample), territoryBase())
	if err != nil {
		t.Fatal(err)
	}
	known := place.New(append(reference.Territories(), first...))
	again, problems, err := ReadTerritoryFiles(territoryFiles(ruianSample), known)
	if err != nil || len(problems) > 0 || !slices.Equal(first, again) {
		t.Errorf("second reading differs: %v, %v", problems, err)
	}
	// Later UI_OBEC alone is enough, and what it does not tell stays.
	alone, problems, err := ReadTerritories(strings.NewReader(ruianSample["UI_OBEC.csv"]), "UI_OBEC.csv", known)
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v, %v", problems, err)
	}
	if got := oneTerritory(t, alone, "554979"); got.ORP != "4106" || got.District != "CZ0412" {
		t.Errorf("got %+v", got)
	}
}

func TestFilesInWindows1250AndInArchivesAreRead(t *testing.T) {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, text := range ruianSample {
		w, _ := z.Create(name)
		encoded, err := charmap.Windows1250.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(w, encoded)
	}
	z.Close()
	all, problems, err := ReadTerritories(&buf, "ciselniky.zip", territoryBase())
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v, %v", problems, err)
	}
	if got := oneTerritory(t, all, "999991"); got.Name != "Abertamy-střed" {
		t.Errorf("name is %q", got.Name)
	}
}

// csuSample imitates the code lists of ČSÚ and the links between them.
var csuSample = map[string]string{
	"CIS0043.csv": `"kodjaz","akrcis","kodcis","chodnota","zkrtext","text","admplod","admnepo","kod_ruian"` + "\n" +
		`"CS","CISOB",43,"560294","Březová","Březová","2016-05-01","9999-09-09","560294"` + "\n" +
		`"CS","CISOB",43,"560294","Brezova","Stará Březová","2001-01-01","2016-04-30","560294"` + "\n" +
		`"EN","CISOB",43,"560294","x","x","2016-05-01","9999-09-09","560294"` + "\n" +
		`"CS","CISOB",43,"539996","Brdy","Brdy","01.01.2013","31.12.2015",""` + "\n",
	"CIS0065.csv": `"kodjaz","akrcis","kodcis","chodnota","zkrtext","text","admplod","admnepo","kod_ruian"` + "\n" +
		`"CS","CISORP",65,"4107","Sokolov","Sokolov","2003-01-01","9999-09-09","1112"` + "\n",
	"okres-obec.csv": `"kodjaz","typvaz","akrcis1","kodcis1","chodnota1","text1","akrcis2","kodcis2","chodnota2","text2"` + "\n" +
		`"CS","Editační vazba","OKRES_LAU",101,"40444","Sokolov","CISOB",43,"560294","Březová"` + "\n",
	"obec-orp.csv": `"kodjaz","typvaz","akrcis1","kodcis1","chodnota1","text1","akrcis2","kodcis2","chodnota2","text2"` + "\n" +
		`"CS","Odvozená vazba","CISOB",43,"560294","Březová","CISORP",65,"4107","Sokolov"` + "\n" +
		`"CS","Odvozená vazba","CISOB",43,"111111","Nikde","CISORP",65,"4107","Sokolov"` + "\n",
}

func TestCodeListsOfCSUAreJoinedByTheirLinks(t *testing.T) {
	all, problems, err := ReadTerritoryFiles(territoryFiles(csuSample), territoryBase())
	if err != nil {
		t.Fatal(err)
	}
	want := atlas.Territory{Code: "560294", Level: atlas.LevelMunicipality, Name: "Březová", Region: "CZ041",
		District: "CZ0413", ORP: "4107", ValidFrom: atlas.Date{Year: 2001, Month: 1, Day: 1}, Source: "Číselníky ČSÚ"}
	if got := oneTerritory(t, all, "560294"); got != want {
		t.Errorf("got %+v", got)
	}
	if got := oneTerritory(t, all, "539996"); got.ValidTo != (atlas.Date{Year: 2015, Month: 12, Day: 31}) {
		t.Errorf("Brdy: %+v", got)
	}
	if got := oneTerritory(t, all, "4107"); got.RUIAN != "1112" {
		t.Errorf("ORP Sokolov: %+v", got)
	}
	if len(problems) != 1 || problems[0].Key != ProblemTerritoryUnknown || problems[0].Value != "111111" ||
		problems[0].Row != 3 || problems[0].Args["file"] != "obec-orp.csv" {
		t.Errorf("problems: %+v", problems)
	}
}

func TestLinksOfTheStructureFileGiveParents(t *testing.T) {
	known := place.New(append(reference.Territories(),
		atlas.Territory{Code: "4107", Level: atlas.LevelORP, Name: "Sokolov", Region: "CZ041", RUIAN: "1112"},
		atlas.Territory{Code: "560294", Level: atlas.LevelMunicipality, Name: "Březová"}))
	all, problems, err := ReadTerritories(strings.NewReader("COBCE_KOD;OBEC_KOD;POU_KOD;ORP_KOD;VUSC_KOD;REGSOUDR_KOD;STAT_KOD\n"+
		"14591;560294;1;1112;51;43;1\n14592;560294;1;1112;51;43;1\n"), "vazby-cr.csv", known)
	if err != nil || len(problems) > 0 || len(all) != 1 {
		t.Fatalf("%v, %v, %v", all, problems, err)
	}
	if all[0].ORP != "4107" || all[0].Region != "CZ041" {
		t.Errorf("got %+v", all[0])
	}
}

func TestEachFaultOfARowIsNamedAndTheOtherRowsStand(t *testing.T) {
	text := "kod_obce;nazev;kod_okres_lau1;kod_orp;kod_kraj_nuts3;lat;lon\n" +
		"560294;Březová;CZ0413;4107;CZ041;50,14;12,64\n" + // right
		"56029;Krátká;CZ0413;4107;CZ041;;\n" +
		"560295;;CZ0413;4107;CZ041;;\n" +
		"560296;Jinde;CZ0999;4107;CZ041;;\n" +
		"560297;Daleko;CZ0413;4107;CZ041;-33.9;151.2\n" +
		"560298\n"
	all, problems, err := ReadTerritories(strings.NewReader(text), "obce.csv", territoryBase())
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, p := range problems {
		keys = append(keys, fmt.Sprintf("%d %s", p.Row, p.Key))
	}
	want := []string{"3 territory.code", "4 territory.name", "5 territory.parent", "6 territory.point", "7 territory.name"}
	slices.Sort(keys)
	if !slices.Equal(keys, want) {
		t.Errorf("problems %q, want %q", keys, want)
	}
	if got := oneTerritory(t, all, "560294"); !got.HasPoint || got.Lat != 50.14 {
		t.Errorf("got %+v", got)
	}
	if got := oneTerritory(t, all, "560297"); got.HasPoint {
		t.Error("a point in Sydney was kept")
	}
	if len(all) != 3 {
		t.Errorf("%d territories read", len(all))
	}
}

func TestFilesOfOtherLayoutsAreRefusedWithTheirHeader(t *testing.T) {
	for _, text := range []string{
		"KOD;NAZEV;OBEC_KOD;PLATI_OD;PLATI_DO;DATUM_VZNIKU\n", // parts of municipalities
		"id,name\n1,x\n", "{}", "\x00\x01",
	} {
		_, _, err := ReadTerritories(strings.NewReader(text), "f.csv", territoryBase())
		if layout := new(TerritoryLayoutError); !errors.As(err, &layout) || layout.File != "f.csv" {
			t.Errorf("%q gave %v", text, err)
		}
	}
	for _, text := range []string{"", "PK\x03\x04 broken"} {
		if _, _, err := ReadTerritories(strings.NewReader(text), "f.csv", territoryBase()); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

func TestTheRealRegisterIsReadWhole(t *testing.T) {
	files := []TerritoryFile{
		{"mestske_casti.csv", territoryData(t, "open/geography/mestske_casti.csv")},
		{"obce.csv", territoryData(t, "open/geography/obce.csv")},
	}
	all, problems, err := ReadTerritoryFiles(files, territoryBase())
	if err != nil || len(problems) > 0 {
		t.Fatalf("%d problems, %v", len(problems), err)
	}
	n, names := map[atlas.Level]int{}, map[string]int{}
	for _, p := range all {
		n[p.Level]++
		if p.Level == atlas.LevelMunicipality {
			names[p.Name]++
			if p.Region == "" || p.District == "" || p.ORP == "" || !p.HasPoint {
				t.Errorf("%s %s lacks a parent or its point", p.Code, p.Name)
			}
		}
	}
	ambiguous := 0
	for _, c := range names {
		if c > 1 {
			ambiguous++
		}
	}
	if n[atlas.LevelMunicipality] != 6258 || n[atlas.LevelCityDistrict] != 142 || ambiguous != 591 {
		t.Errorf("levels %v, %d ambiguous names; want 6258 obec, 142 mc, 591", n, ambiguous)
	}
	g := place.New(append(reference.Territories(), all...))
	checkRealRegister(t, g)
}

func checkRealRegister(t *testing.T, g *place.Gazetteer) {
	if got := g.Find("Březová", ""); len(got) < 2 {
		t.Errorf("Březová is one of %d", len(got))
	}
	if got := g.Find("Březová", "Sokolov"); len(got) != 1 || got[0].Code != "560294" || g.Label("560294") != "Březová (okres Sokolov)" {
		t.Errorf("Březová in okres Sokolov: %v", got)
	}
	for text, code := range map[string]string{
		"Brno-střed": "550973", "MČ Praha 13": "539694", "Plzeň 3": "546003", "hl. m. Praha": "554782", "město Česká Lípa": "561380",
		"Žďár nad Sázavou": "595209", "Libavá, okres Olomouc": "",
	} {
		got := g.Recognise(text)
		if code == "" {
			continue
		}
		if len(got) != 1 || got[0].Code != code {
			t.Errorf("Recognise(%q) = %v, want %s", text, got, code)
		}
	}
	if got := g.Prefix("pra", 1); len(got) != 1 || got[0].Name != "Praha" {
		t.Errorf("pra suggests %v first", got)
	}
	if n := len(g.Children("CZ0413", atlas.LevelMunicipality)); n != 38 {
		t.Errorf("okres Sokolov has %d municipalities", n)
	}
	if n := len(g.Children("CZ", atlas.LevelMunicipality)); n != 6258 {
		t.Errorf("the country has %d municipalities", n)
	}
}

func FuzzReadTerritoriesNeverPanics(f *testing.F) {
	for _, s := range []map[string]string{ruianSample, csuSample} {
		for name, text := range s {
			f.Add(name, []byte(text))
		}
	}
	f.Add("x.csv", []byte("KOD;NAZEV;KOD_OBEC\n\"\n"))
	known := place.New(append(reference.Territories(), atlas.Territory{Code: "560294", Level: atlas.LevelMunicipality, Name: "Březová"})[:120])
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		all, _, err := ReadTerritories(bytes.NewReader(data), name, known)
		if err != nil && all != nil {
			t.Error("an error came with territories")
		}
		for _, p := range all {
			if p.Code == "" || p.Name == "" {
				t.Errorf("a territory without code or name: %+v", p)
			}
		}
	})
}
