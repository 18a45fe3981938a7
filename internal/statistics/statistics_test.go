package statistics

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/importer"
)

const csuHeader = `"idhod","hodnota","stapro_kod","pohlavi_cis","pohlavi_kod","stobcan_cis","stobcan_kod","vek_cis","vek_kod","rok","vuzemi_cis","vuzemi_kod","kraj_cis","kraj_kod","vuzemi_txt","kraj_txt","pohlavi_txt","stobcan_txt","vek_txt"` + "\n"

func csuRow(value, sex, country, age, year, list, place, name, ageWords string) string {
	return fmt.Sprintf(`"1","%s","2407","102","%s","1234","%s","7700","%s","%s","%s","%s","","","%s","","","","%s"`+"\n",
		value, sex, country, age, year, list, place, name, ageWords)
}

// Acceptance example 14.
func TestARowOfForeignersHas19ColumnsWhateverStandsInTheAge(t *testing.T) {
	text := csuHeader + csuRow("12", "1", "804", "400000600005000", "2023", "101", "40428", "Cheb", "<0; 5)")
	record, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(record[1]) != 19 {
		t.Fatalf("the example is wrong: %d columns, %v", len(record[1]), err)
	}
	f, err := Open("290038-24data2023.csv", strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	if len(f.table.Header) != 19 || f.Layout != LayoutForeigners {
		t.Errorf("%d columns of layout %s", len(f.table.Header), f.Layout)
	}
	g := readText(t, world(), "290038-24data2023.csv", text)
	g.want(t, "CZ0411 2023-12-31", atlas.Category{Citizenship: "UA", Sex: "m", Age: atlas.AgesBetween(0, 4)}, "12")
}

// Acceptance example 14.
func TestColumnsInAnotherOrderGiveTheSame(t *testing.T) {
	text := csuHeader + csuRow("30", "", "804", "", "2023", "101", "40428", "Cheb", "celkem") +
		csuRow("10", "1", "804", "", "2023", "101", "40428", "Cheb", "") + csuRow("20", "2", "804", "", "2023", "101", "40428", "Cheb", "")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var turned bytes.Buffer
	w := csv.NewWriter(&turned)
	for _, r := range rows {
		r = slices.Clone(r)
		slices.Reverse(r)
		w.Write(r)
	}
	w.Flush()
	a, b := readText(t, world(), "a.csv", text), readText(t, world(), "b.csv", turned.String())
	ukraine := atlas.Category{Citizenship: "UA"}
	for _, g := range []got{a, b} {
		// Acceptance example 14: the row of both sexes is not added to men and women.
		g.want(t, "CZ0411 2023-12-31", ukraine, "30")
		g.want(t, "CZ0411 2023-12-31", atlas.Category{Citizenship: "UA", Sex: "m"}, "10")
		g.want(t, "CZ0411 2023-12-31", all, "?")
	}
}

func TestPrahaIsAKrajAndAnOkresAndTheStateIsItsOwnRow(t *testing.T) {
	g := readText(t, world(), "290038-24data2023.csv", csuHeader+
		csuRow("1000", "", "", "", "2023", "97", "19", "Česká republika", "")+
		csuRow("400", "", "", "", "2023", "100", "3018", "Hlavní město Praha", "")+
		csuRow("400", "", "", "", "2023", "101", "40924", "Praha", "")+
		csuRow("7", "", "", "", "2023", "100", "3107", "Kraj Vysočina", ""))
	g.want(t, "CZ 2023-12-31", all, "1000")
	g.want(t, "CZ010 2023-12-31", all, "400")
	g.want(t, "CZ0100 2023-12-31", all, "400")
	g.want(t, "CZ063 2023-12-31", all, "7")
}

func TestHalfAFileOfForeignersIsNoticed(t *testing.T) {
	g := readText(t, world(), "290038-18data2014.csv", csuHeader+
		csuRow("1000", "", "", "", "2013", "97", "19", "Česká republika", "")+
		csuRow("400", "", "", "", "2013", "100", "3018", "Praha", ""))
	var keys []string
	for _, n := range g.Notices {
		keys = append(keys, strings.TrimPrefix(n.Key, ProblemPrefix))
	}
	// A file of another year under a wrong name, and thirteen kraje missing.
	if !slices.Equal(keys, []string{"missing_places", "year_of_name"}) {
		t.Errorf("notices %v", g.Notices)
	}
	if g.Notices[0].Args["n"] != 13 {
		t.Errorf("%v", g.Notices[0])
	}
}

func TestARowThatBreaksOffIsRefused(t *testing.T) {
	text := csuHeader
	for _, year := range []string{"2021", "2022", "2023"} {
		text += csuRow("5", "", "", "", year, "101", "40428", "Cheb", "")
	}
	g := readText(t, world(), "a.csv", text+`"1","77","2407","102","","1234"`)
	g.wantProblem(t, "cut", 1)
	if g.Read != 3 || g.Refused != 1 {
		t.Errorf("%+v", g.Counts)
	}
}

func TestTwoNumbersOfOneKeyAreBothShownAndNeitherIsChosen(t *testing.T) {
	g := readText(t, world(), "a.csv", csuHeader+
		csuRow("5", "", "", "", "2023", "101", "40428", "Cheb", "")+
		csuRow("6", "", "", "", "2023", "101", "40428", "Cheb", "")+
		csuRow("3", "1", "", "", "2023", "101", "40428", "Cheb", "")+
		csuRow("3", "1", "", "", "2023", "101", "40428", "Cheb", ""))
	g.want(t, "CZ0411 2023-12-31", all, "?")
	g.want(t, "CZ0411 2023-12-31", men, "3")
	group := g.wantProblem(t, "same_key", 2)
	if p := group.Examples[0]; p.Value != "5" || p.Row != 2 || p.Args["others"] != "6 (3)" {
		t.Errorf("%+v", p)
	}
	if g.Read != 1 || g.Repeated != 1 || g.Refused != 2 {
		t.Errorf("%+v", g.Counts)
	}
}

func TestWhatCannotBeIsRefusedWithTheReasonAndTheRow(t *testing.T) {
	row := func(change func(r map[string]string)) string {
		r := map[string]string{"value": "5", "year": "2023", "list": "101", "place": "40428"}
		change(r)
		return csuRow(r["value"], r["sex"], r["country"], r["age"], r["year"], r["list"], r["place"], "", r["words"])
	}
	for _, c := range []struct {
		key    string
		change func(map[string]string)
	}{
		{"negative", func(r map[string]string) { r["value"] = "-4" }},
		{"value", func(r map[string]string) { r["value"] = "pět" }},
		{"decimals", func(r map[string]string) { r["value"] = "4.5" }},
		{"great", func(r map[string]string) { r["value"] = "40000000000" }},
		{"territory", func(r map[string]string) { r["place"] = "40429" }},
		{"territory_level", func(r map[string]string) { r["list"] = "999" }},
		{"citizenship", func(r map[string]string) { r["country"] = "555" }},
		{"citizenship", func(r map[string]string) { r["country"] = "150" }}, // Europe is no country
		{"sex", func(r map[string]string) { r["sex"] = "3" }},
		{"age", func(r map[string]string) { r["age"] = "12345" }},
		{"age_differs", func(r map[string]string) { r["age"], r["words"] = "400000600005000", "<5; 10)" }},
		{"future", func(r map[string]string) { r["year"] = "2027" }},
		{"date", func(r map[string]string) { r["year"] = "23" }},
	} {
		g := readText(t, world(), "a.csv", csuHeader+row(func(map[string]string) {})+row(c.change))
		group := g.wantProblem(t, c.key, 1)
		if p := group.Examples[0]; p.Row != 3 || p.Column == "" {
			t.Errorf("%s: %+v", c.key, p)
		}
		if g.Read != 1 || g.Refused != 1 {
			t.Errorf("%s: %+v", c.key, g.Counts)
		}
	}
}

func TestOldCodesOfOkresyAreMapped(t *testing.T) {
	env := own()
	g := readText(t, env, "a.csv", "datum;uzemi_kod;hodnota\n2020-12-31;CZ0211;4\n2020-12-31;CZ0611;5\n2020-12-31;CZ0621;6\n2020-12-31;CZ0811;7\n")
	for code, want := range map[string]string{"CZ0201": "4", "CZ0631": "5", "CZ0641": "6", "CZ0801": "7"} {
		g.want(t, code+" 2020-12-31", all, want)
	}
}

func TestInhabitantsOfMunicipalitiesAreOfOneIndicator(t *testing.T) {
	env := of(atlas.DatasetPopulation)
	g := readText(t, env, "130149-21data2020.csv", `"idhod","hodnota","stapro_kod","pohlavi_cis","pohlavi_kod","vuzemi_cis","vuzemi_kod","rok","casref_do","pohlavi_txt","vuzemi_txt"
"1","31977","2406","102","","43","554481","2020","2020-12-31","","Cheb"
"2","16000","2406","102","2","43","554481","2020","2020-12-31","žena","Cheb"
"3","300","4355","102","","43","554481","2020","2020-12-31","","Cheb"
"4","200000","2406","102","1","43","554481","2020","2020-12-31","","Cheb"
"5","12","2406","102","","43","539996","2020","2020-12-31","","Brdy"
`)
	g.want(t, "554481 2020-12-31", all, "31977")
	g.want(t, "554481 2020-12-31", women, "16000")
	g.wantProblem(t, "indicator", 1)
	g.wantProblem(t, "impossible", 1)
	g.wantProblem(t, "extinct", 1)
	g.want(t, "539996 2020-12-31", all, "12")
}

const protectionHeader = "kraj,okres,obec,kod_obce,obec_mc,celkem,m_do_3,z_do_3,x_do_3,m_do_65,z_do_65,x_do_65,m_sen,z_sen,x_sen\n"

// Acceptance example 15.
func TestTheRowWithoutAddressStandsForItselfAndUnknownSexIsInTotals(t *testing.T) {
	g := readText(t, of(atlas.DatasetProtection), "statistika-ukr-06-06-2022.csv", protectionHeader+
		",,,,,10,1,1,1,2,2,1,1,1,0\n"+
		"Karlovarský kraj,Cheb,Cheb,554481,Cheb,9,1,1,1,2,2,1,0,1,0\n"+
		"Celkem,,,,,19,2,2,2,4,4,2,1,2,0\n")
	g.want(t, atlas.NoAddress+" 2022-06-06", all, "10")
	g.want(t, "554481 2022-06-06", all, "9")
	g.want(t, "554481 2022-06-06", atlas.Category{Sex: "x", Age: atlas.AgesBetween(0, 2)}, "1")
	if f := g.slices["554481 2022-06-06"].Of(atlas.Category{Sex: "x"}); !f.Known() || f.Value != 2 {
		t.Errorf("people of unknown sex: %+v", f)
	}
	if g.Skipped != 1 || len(g.slices) != 2 {
		t.Errorf("the total row: %+v, %d slices", g.Counts, len(g.slices))
	}
}

func TestAWorkbookGivesWhatItsCSVGives(t *testing.T) {
	text := protectionHeader + "Karlovarský kraj,Cheb,Cheb,554481,Cheb,9,1,1,1,2,2,1,0,1,0\n"
	rows, _ := csv.NewReader(strings.NewReader(text)).ReadAll()
	g, err := tryRead(t, of(atlas.DatasetProtection), "statistika-ukr-06-06-2022.xlsx", workbook(t, rows))
	if err != nil {
		t.Fatal(err)
	}
	g.want(t, "554481 2022-06-06", all, "9")
}

func TestANameOfSeveralMunicipalitiesIsRefusedWithAllOfThem(t *testing.T) {
	g := readText(t, of(atlas.DatasetProtection), "x.csv", "datum,obec_kod,obec_mc,mc_kod,celkem,m_do_3,z_do_3,m_sen,z_sen,zdrojovy_soubor\n"+
		"2022-03-08,,Březina,,4,1,1,1,1,a.xls\n2022-03-08,,Cheb,,4,1,1,1,1,a.xls\n2022-03-08,,Nikdov,,4,1,1,1,1,a.xls\n")
	p := g.wantProblem(t, "name_ambiguous", 1).Examples[0]
	if c := fmt.Sprint(p.Args["candidates"]); !strings.Contains(c, "581429") || !strings.Contains(c, "582891") || p.Row != 2 {
		t.Errorf("%+v", p)
	}
	g.wantProblem(t, "name_unknown", 1)
	g.want(t, "554481 2022-03-08", all, "4")
}

func TestADayIsTakenFromTheNameOfTheFileOnlyWhereItIsOne(t *testing.T) {
	const header = "datum,obec_kod,obec_mc,celkem,m_do_3,z_do_3,zdrojovy_soubor\n"
	g := readText(t, of(atlas.DatasetProtection), "x.csv", header+
		",554481,Cheb,4,1,1,statistiky-ua22-statistika-ukr-17-08-2022.xls\n,554961,Karlovy Vary,4,1,1,statistika-ukr-28-09-20222.xls\n")
	g.want(t, "554481 2022-08-17", all, "4")
	g.wantProblem(t, "no_date", 1)
}

func TestACityToldByDistrictsIsTheirSumOnceAndKnownOnlyWhenAllAre(t *testing.T) {
	const header = "datum,obec_kod,obec_mc,mc_kod,celkem,m_do_3,z_do_3\n"
	g := readText(t, of(atlas.DatasetProtection), "x.csv", header+
		"2022-06-06,554791,Plzeň 1,545970,5,2,3\n2022-06-06,554791,Plzeň 1,545970,5,2,3\n2022-06-06,554791,Plzeň 2-Slovany,545988,7,3,4\n"+
		"2022-06-07,554791,Plzeň 1,545970,5,2,3\n2022-06-07,554791,Plzeň 2-Slovany,545988,7,-3,4\n"+
		"2022-06-08,554791,Plzeň 1,545970,5,2,3\n2022-06-08,554791,Plzeň,,6,2,4\n")
	g.want(t, "554791 2022-06-06", all, "12")
	g.want(t, "545970 2022-06-06", all, "5")
	if s := g.slices["554791 2022-06-06"]; !s.Summed {
		t.Error("the city is not said to be a sum")
	}
	if g.slices["554791 2022-06-07"] != nil {
		t.Error("a city of which a district is missing is known")
	}
	g.wantProblem(t, "summed_gap", 1)
	g.want(t, "554791 2022-06-08", all, "6")
	if g.Repeated != 1 {
		t.Errorf("%+v", g.Counts)
	}
}

func own() Env {
	env := world()
	env.Dataset = atlas.Dataset{Code: "vlastni-1", NameCs: "Žáci s OMJ", Indicator: "žáci s OMJ", Owner: "A-00001"}
	return env
}

func TestOwnDataInTheLongTableWithAllItsTraps(t *testing.T) {
	text := "\ufeffzdroj;datum;uzemi_kod;uzemi_uroven;ukazatel;stobcan_kod;pohlavi_kod;vek_od;vek_do;typ_pobytu;hodnota;poznamka\n" +
		"MÚ Cheb;31.12.2023;554481;obec;žáci s OMJ;804;2;6;14;TP;1\u00a0234;ze zahajovacích výkazů\n" +
		"MÚ Cheb;2023-12-31;554481;obec;žáci s OMJ;VN;;15;;;< 5;\n" +
		"MÚ Cheb;2023-12-31;554481;obec;žáci s OMJ;;;;;;;\n" +
		"MÚ Cheb;2023;Březina;obec;;;;;;;5;\n" +
		"Jiný;2023-12-31;554481;obec;žáci s OMJ;;;;;;9;\n" +
		"MÚ Cheb;2023-12-31;554481;obec;počet tříd;;;;;;9;\n" +
		"MÚ Cheb;2023-12-31;554481;obec;;;;;;TRVALÝ;9;\n"
	g := readText(t, own(), "omj.csv", text)
	key := "554481 2023-12-31"
	g.want(t, key, atlas.Category{Citizenship: "UA", Sex: "z", Age: atlas.AgesBetween(6, 14), Residence: "TP"}, "1234")
	g.want(t, key, atlas.Category{Citizenship: "VN", Age: atlas.AgesBetween(15, -1)}, "<")
	g.want(t, key, all, "?")
	if g.slices[key].Note != "ze zahajovacích výkazů" {
		t.Errorf("note %q", g.slices[key].Note)
	}
	for _, why := range []string{"name_ambiguous", "source", "indicator", "residence"} {
		g.wantProblem(t, why, 1)
	}
	if g.Read != 3 || g.Refused != 4 {
		t.Errorf("%+v", g.Counts)
	}
}

func TestOwnDataStayWithinTheirTerritory(t *testing.T) {
	env := own()
	env.Dataset.Territory = "554481"
	env.Within = func(code string) bool { return code == "554481" }
	g := readText(t, env, "a.csv", "datum,uzemi_kod,hodnota\n2023,554481,5\n2023,554961,6\n")
	g.wantProblem(t, "outside", 1)
	g.want(t, "554481 2023", all, "5")
}

func TestJSONStatIsReadByRolesAndNames(t *testing.T) {
	text := `{"version":"2.0","class":"dataset","id":["IndicatorType","Uz0","CasR"],"size":[1,3,2],
"role":{"time":["CasR"],"geo":["Uz0"],"metric":["IndicatorType"]},
"dimension":{"IndicatorType":{"category":{"label":{"1":"Počet cizinců"}}},
"Uz0":{"category":{"index":["CZ","CZ041","CZ999"],"label":{"CZ":"Česko","CZ041":"Karlovarský kraj","CZ999":"Nikde"}}},
"CasR":{"category":{"index":{"2022":0,"2023":1},"label":{"2022":"2022","2023":"2023"}}}},
"value":[100,200,10,null,7,8]}`
	g := readText(t, world(), "CIZ0102.json", text)
	g.want(t, "CZ 2023", all, "200")
	g.want(t, "CZ041 2022", all, "10")
	g.want(t, "CZ041 2023", all, "no slice")
	p := g.wantProblem(t, "territory", 2).Examples[0]
	if p.Row != 5 || p.Column != "Uz0" {
		t.Errorf("%+v", p)
	}
	for _, broken := range []string{
		strings.Replace(text, `"size":[1,3,2]`, `"size":[1,3,9]`, 1), strings.Replace(text, `"Uz0":{`, `"Uz1":{`, 1), text[:200],
	} {
		var refused *importer.FileError
		if _, err := tryRead(t, world(), "a.json", []byte(broken)); !errors.As(err, &refused) {
			t.Errorf("%s: %v", broken[:80], err)
		}
	}
}

func TestAFileOfAnotherDataSetIsRefused(t *testing.T) {
	var refused *importer.FileError
	_, err := tryRead(t, world(), "a.csv", []byte(protectionHeader+",,,,,10,1,1,1,2,2,1,1,1,0\n"))
	if !errors.As(err, &refused) || refused.Key != ErrorDataset {
		t.Errorf("%v", err)
	}
	_, err = tryRead(t, world(), "a.csv", []byte("jméno,příjmení\nA,B\nC,D\n"))
	if !errors.As(err, &refused) || refused.Key != ErrorLayout {
		t.Errorf("%v", err)
	}
}

func TestSlicesComeInOrderWhateverTheRowsAndHoweverMany(t *testing.T) {
	var text strings.Builder
	text.WriteString("datum,uzemi_kod,pohlavi_kod,hodnota\n")
	for i := range 5000 {
		fmt.Fprintf(&text, "%d,%s,%d,%d\n", 1900+i*7%50, []string{"554481", "554961", "555134"}[i%3], 1+i/3%2, i*7%50)
	}
	data := []byte(text.String())
	f, err := Open("a.csv", bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	r := &Reading{env: own(), layout: f.Layout, book: newBook(), parts: newSorter()}
	r.env.Progress = func(int, int) {}
	r.parts.room = 4000 // dozens of files
	if err := errors.Join(f.read(t.Context(), r), r.parts.done()); err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if len(r.parts.runs) < 20 {
		t.Fatalf("%d files", len(r.parts.runs))
	}
	for range 2 {
		last := ""
		report, err := r.Slices(context.Background(), func(s *atlas.Slice) error {
			key := s.Date.String() + " " + s.Territory
			if key <= last {
				t.Errorf("%s after %s", key, last)
			}
			last = key
			return nil
		})
		if err != nil || report.Slices != 150 || report.Read+report.Repeated+report.Refused != 5000 {
			t.Fatalf("%+v %v", report, err)
		}
	}
}

func TestEveryProblemHasWordsInBothLanguages(t *testing.T) {
	for _, lang := range []string{"cs", "en"} {
		words := map[string]string{}
		data, err := messageFiles.ReadFile("messages/" + lang + ".json")
		if err == nil {
			err = json.Unmarshal(data, &words)
		}
		if err != nil {
			t.Fatal(err)
		}
		for key, args := range Problems() {
			text := words[ProblemPrefix+key]
			for _, a := range args {
				if !strings.Contains(text, "{"+a+"}") {
					t.Errorf("%s: %s does not say {%s}: %q", lang, key, a, text)
				}
			}
			if text == "" {
				t.Errorf("%s: no words for %s", lang, key)
			}
		}
	}
}

func packed(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(text))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAPackedFileIsRead(t *testing.T) {
	g, err := tryRead(t, own(), "a.csv.gz", packed(t, "datum,uzemi_kod,hodnota\n2023,554481,5\n2022,554481,5\n"))
	if err != nil {
		t.Fatal(err)
	}
	g.want(t, "554481 2023", all, "5")
}
