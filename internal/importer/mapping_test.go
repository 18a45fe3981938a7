package importer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"atlas/internal/i18n"

	"github.com/google/go-cmp/cmp"
)

// table reads a file.
func table(t testing.TB, text string) *Table {
	t.Helper()
	got, err := ReadBytes("seznam.csv", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// proposed are the targets proposed for the columns of a file.
func proposed(t testing.TB, text string) string {
	t.Helper()
	var out []string
	for _, c := range Propose(table(t, text)).Columns {
		target := string(c.Target)
		if target == "" {
			target = "-"
		}
		out = append(out, target)
	}
	return strings.Join(out, " ")
}

func TestColumnsAreUnderstoodInManyLanguages(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"Reg. č. projektu;Název projektu;Příjemce;IČO příjemce;Zahájení;Ukončení;Celkové způsobilé výdaje;Mluvčí\n" +
			"CZ.1;Škola;Obec Řež;70098085;1. 9. 2017;31. 8. 2020;740 576,85 Kč;ano\nCZ.2;Dům;Město Brno;70098085;1. 1. 2018;září 2020;1.395.997,-;ne\n",
			"project_id project_name beneficiary_name beneficiary_ico starting_date completion_date total_amount_eligible -"},
		{"Názov projektu;Prijímateľ;Začiatok realizácie;Koniec realizácie;Celková suma\nŠkola;Mesto;01.02.2017;31.12.2018;5 000,00 €\nDom;Obec;01.03.2017;31.12.2019;6 000,00 €\n",
			"project_name beneficiary_name starting_date completion_date total_amount"},
		{"Tytuł projektu;Nazwa beneficjenta;Program;Wartość projektu;Dofinansowanie UE\nSzkoła;Gmina;POWER;1 234,56;1 000,00\nDom;Miasto;POWER;2 345,67;2 000,00\n",
			"project_name beneficiary_name operational_programme total_amount eu_cofinancing_amount"},
		{"Zuwendungsempfänger;Vorhaben;Beginn;Ende;Gesamtkosten;PLZ;Ort\nStadt Wien;Sprachkurs;01.02.2017;31.12.2018;5.000,00;1010;Wien\nLinz;Kurs;01.03.2017;31.12.2019;6.000,00;4020;Linz\n",
			"beneficiary_name project_name starting_date completion_date total_amount beneficiary_postal_code beneficiary_city"},
		{"Grant Title,Recipient,Start date,End date,Amount awarded,Country\nCourse,City Council,01-Jul-12,30-Jun-14,\"5,000.00\",England\nHouse,Trust,01-Aug-12,30-Jun-15,\"6,000.00\",Wales\n",
			"project_name beneficiary_name starting_date completion_date total_amount_eligible beneficiary_country"},
		{"Bénéficiaire;Intitulé du projet;Date de début;Date de fin;Montant total;Code postal\nVille;Cours;01/02/2017;31/12/2018;5 000,00;75001\nMairie;Maison;01/03/2017;30/12/2018;6 000,00;69001\n",
			"beneficiary_name project_name starting_date completion_date total_amount beneficiary_postal_code"},
	} {
		if got := proposed(t, c.file); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", strings.SplitN(c.file, "\n", 2)[0], got, c.want)
		}
	}
}

func TestValuesThatDoNotLookLikeTheHeaderMakeItUnsure(t *testing.T) {
	m := Propose(table(t, "Název projektu;Zahájení\nŠkola;velmi slavnostní\nDům;skromné\n"))
	if c := m.Columns[1]; c.Target != "" || c.Reason.Key != ReasonAgainst || c.Confidence >= Sure {
		t.Errorf("%+v", c)
	}
}

func TestATargetThatAProjectHasOnceGoesToTheColumnThatFitsBest(t *testing.T) {
	m := Propose(table(t, "Název;Název projektu;Obec\nŠkola;Škola hrou;Brno\nDům;Dům všem;Plzeň\n"))
	if m.Columns[1].Target != TargetName || m.Columns[0].Target == TargetName || m.Columns[0].Reason.Key != ReasonTaken {
		t.Errorf("%+v", m.Columns)
	}
}

func TestAnUnnamedColumnIsKnownByItsValuesOnlyWhenTheyLeaveNoDoubt(t *testing.T) {
	got := proposed(t, "Název projektu;xx;yy;zz\nA b;70098085;https://a.cz;5\nC d;00075370;https://b.cz;6\nE f;44992785;https://c.cz;7\n")
	if want := "project_name beneficiary_ico beneficiary_url -"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestAWordBrokenOrMisspelledInAHeaderIsStillKnown(t *testing.T) {
	lex := loadLexicon()
	for header, concept := range map[string]string{
		"Interven-tions-bereich": "intervention", "Beneificary Name": "beneficiary", "Unions-Kofinan-\nzierungssatz": "cofinancing",
		"startDate": "start", "NÁZEV PROJEKTU": "project", "beguenstigte": "beneficiary",
	} {
		if r := lex.read(header, 0); !r.has[concept] {
			t.Errorf("%q has no %s: %v", header, concept, r.has)
		}
	}
	if r := lex.read("county", 0); r.has["country"] {
		t.Error("county is taken for a misspelled country")
	}
	if r := lex.read("Zuwendungsempfänger", 0); r.has["grant"] {
		t.Error("the recipient of a grant is taken for the grant")
	}
}

func TestEveryRuleHasKnownTargetsAndConcepts(t *testing.T) {
	lex := loadLexicon()
	concepts := map[string]bool{}
	for _, s := range lex.stems {
		concepts[s.concept] = true
		if len(s.parts) == 0 || slices.ContainsFunc(s.parts, func(p part) bool { return p.text == "" }) {
			t.Errorf("an empty stem of %s", s.concept)
		}
	}
	for _, r := range lex.rules {
		if !slices.Contains(Targets(), r.target) {
			t.Errorf("unknown target %s", r.target)
		}
		for _, c := range slices.Concat(slices.Concat(r.needs...), r.never) {
			if !concepts[c] {
				t.Errorf("%s: unknown concept %q", r.target, c)
			}
		}
	}
	for _, c := range apart() {
		if !concepts[c] {
			t.Errorf("unknown concept %q", c)
		}
	}
}

func TestTheMatchingOfColumnsIsTheBestOne(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		rows, cols := 1+r.IntN(4), 5
		gain := make([][]float64, rows)
		for i := range gain {
			for range cols {
				gain[i] = append(gain[i], float64(r.IntN(20)))
			}
		}
		got := 0.0
		for i, j := range bestMatching(gain) {
			got += gain[i][j]
		}
		if want := bruteMatching(gain, 0, map[int]bool{}); got != want {
			t.Fatalf("%v: %v, want %v", gain, got, want)
		}
	}
}

func bruteMatching(gain [][]float64, row int, used map[int]bool) float64 {
	if row == len(gain) {
		return 0
	}
	best := 0.0
	for j := range gain[row] {
		if !used[j] {
			used[j] = true
			best = max(best, gain[row][j]+bruteMatching(gain, row+1, used))
			used[j] = false
		}
	}
	return best
}

func TestAMappingSurvivesStoringAndFitsOnlyItsColumns(t *testing.T) {
	data := table(t, "Název projektu;Příjemce\nŠkola;Obec\nDům;Město\n")
	m := Propose(data)
	m.Set(1, TargetPartner)
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var again Mapping
	if err := json.Unmarshal(text, &again); err != nil {
		t.Fatal(err)
	}
	if again.Columns[1].Target != TargetPartner || again.Columns[1].Reason.Key != ReasonPerson || again.Fits(data) != nil {
		t.Errorf("%+v: %v", again, again.Fits(data))
	}
	if err := again.Fits(table(t, "Název projektu;Obec\nŠkola;Obec\n")); err == nil {
		t.Error("fits other columns")
	}
	again.Set(1, TargetName)
	if err := again.Fits(data); err == nil {
		t.Error("two columns are the name")
	}
}

func TestEveryReasonAndErrorOfAMappingHasWords(t *testing.T) {
	words, err := i18n.Load(Messages())
	if err != nil {
		t.Fatal(err)
	}
	reasons := Reasons()
	reasons[ErrorMapping] = []string{"file", "column"}
	for key, args := range reasons {
		var pairs []any
		for _, a := range args {
			pairs = append(pairs, a, "x")
		}
		for _, lang := range i18n.Languages {
			if said := words.T(lang, key, pairs...); !words.Has(key) || strings.Contains(said, "{") {
				t.Errorf("%s in %s: %q", key, lang, said)
			}
		}
	}
}

func TestAThousandColumnsAreMappedInGoodTime(t *testing.T) {
	var header, row []string
	for i := range 1000 {
		header, row = append(header, fmt.Sprintf("Název projektu %d", i)), append(row, "Škola hrou")
	}
	text := strings.Join(header, ";") + "\n" + strings.Repeat(strings.Join(row, ";")+"\n", 3)
	named := 0
	for _, c := range Propose(table(t, text)).Columns {
		if c.Target == TargetName {
			named++
		}
	}
	if named != 1 {
		t.Errorf("%d columns are the name", named)
	}
}

func FuzzPropose(f *testing.F) {
	for _, s := range []string{"Název projektu;Příjemce\nŠkola;Obec\n", "a,b\n1,2\n", "Datum od;Datum do\n1. 1. 2020;2/2021\n", "x\ty\n\t\n"} {
		f.Add([]byte(s))
	}
	known := env()
	f.Fuzz(func(t *testing.T, data []byte) {
		read, err := ReadBytes("a", data)
		if err != nil {
			return
		}
		m := Propose(read)
		seen := map[Target]bool{}
		for _, c := range m.Columns {
			if c.Target != "" && !c.Target.Repeats() && seen[c.Target] || c.Confidence < 0 || c.Confidence > 1 {
				t.Fatalf("%+v", m.Columns)
			}
			seen[c.Target] = true
		}
		if drafts := draftsOf(t, MappedSource(m), known, read); len(drafts) != read.Len() {
			t.Fatalf("%d drafts of %d rows", len(drafts), read.Len())
		}
	})
}

func FuzzDecodeText(f *testing.F) {
	for _, s := range []string{"Název;Obec\n", "\xff\xfeN\x00", "N\xe1zev;P\xf8\xedjemce\n", "Ř\n\xd8e\x9e\n", "\ufeffŘ\nŘ\r\n\xd8e\x9e", "ř\xc5", "\xfe\xff\x00a\x00\n", strings.Repeat("a\x00", 30)} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		text, name, err := decodeText(data)
		want, wantName, wantErr := decodeAtOnce(data)
		if (err == nil) != (wantErr == nil) || err == nil && (name != wantName || !bytes.Equal(text, want)) {
			t.Fatalf("%q: %s %q %v, want %s %q %v", data, name, text, err, wantName, want, wantErr)
		}
		if err == nil && (name == "" || strings.ToValidUTF8(string(text), "") != string(text) && name != EncodingUTF8) {
			t.Fatalf("%q: %s %q", data, name, text)
		}
	})
}

func TestTheHeadingOfSeveralColumnsIsNotTheirMeaning(t *testing.T) {
	got := loadLexicon().headings([]string{"project data name", "project data code", "budget", "project data"})
	if diff := cmp.Diff([]int{2, 2, 0, 0}, got); diff != "" {
		t.Error(diff)
	}
}
