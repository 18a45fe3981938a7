package importer

import (
	"fmt"
	"strings"
	"testing"
)

// target is what is proposed for one column of a file.
func target(t *testing.T, text string, column int) Column {
	t.Helper()
	return Propose(table(t, text)).Columns[column]
}

func TestTheOnlyYearBesideWhatWasAllocatedAndPaidIsThatOfTheAllocation(t *testing.T) {
	const rows = "\nStadt;Kurs;2009;100,00;90,00\nVerein;Haus;2010;200,00;190,00\nLand;Weg;2011;300,00;290,00\n"
	for head, want := range map[string]string{
		"Begünstigter;Vorhaben;Jahr;gewährter Betrag;gezahlter Betrag":   "beneficiary_name project_name approval_date total_amount_eligible total_amount",
		"Begünstigter;Vorhaben;Jahr;förderfähige Ausgaben;Gesamtkosten":  "beneficiary_name project_name starting_date total_amount_eligible total_amount",
		"Begünstigter;Vorhaben;Beginn;gewährter Betrag;gezahlter Betrag": "beneficiary_name project_name starting_date total_amount_eligible total_amount",
	} {
		if got := proposed(t, head+rows); got != want {
			t.Errorf("%s: %s, want %s", head, got, want)
		}
	}
}

func TestTwoYearsOfWhichTheFirstIsNeverLaterAreStartAndEnd(t *testing.T) {
	list := func(head string, years ...string) string {
		out := head
		for i, y := range years {
			out += fmt.Sprintf("\nKurz %d;Spolek;%s", i, y)
		}
		return out + "\n"
	}
	const plain = "Název projektu;Příjemce;Rok 1;Rok 2"
	for text, want := range map[string]string{
		list(plain, "2009;2011", "2010;2010", "2008;2012"): "starting_date completion_date",
		list(plain, "2009;2011", "2010;2009", "2008;2012"): "- -",
		list(plain, "2009;2009", "2010;2010", "2008;2008"): "- -",
		list("Název projektu;Příjemce;Datum vložení;Datum editace", "1. 1. 2009;2. 1. 2011", "1. 1. 2009;2. 1. 2011", "1. 1. 2009;2. 1. 2011"): "- -",
	} {
		got := strings.TrimPrefix(proposed(t, text), "project_name beneficiary_name ")
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestTheSumOfWhichTheRateOfTheUnionIsIsTheEligibleOne(t *testing.T) {
	list := func(head string, union func(total int) int) string {
		out := head
		for i := 1; i <= 8; i++ {
			out += fmt.Sprintf("\nCourse %d,City %d,%d,%d,60%%", i, i, 10000*i, union(10000*i))
		}
		return out + "\n"
	}
	const head = "Project,Recipient,Total project costs,EU contribution,EU co-financing rate"
	of := func(part int) func(int) int { return func(total int) int { return total * part / 100 } }
	if c := target(t, list(head, of(60)), 2); c.Target != TargetEligible || c.Reason.Key != ReasonContext {
		t.Errorf("the base of the rate: %+v", c)
	}
	if c := target(t, list(head, of(45)), 2); c.Target != TargetTotal {
		t.Errorf("not the base of the rate: %+v", c)
	}
	grants := strings.NewReplacer("EU contribution", "Grant awarded", "EU co-financing rate", "Share of the grant in %").Replace(head)
	if c := target(t, list(grants, of(60)), 2); c.Target != TargetTotal {
		t.Errorf("no money of the Union: %+v", c)
	}
}

func TestWhatWasPaidIsTheTotalOnlyWhereTheCostsAreNotTold(t *testing.T) {
	const rows = "\nKurz;Spolek;100 000,00;90 000,00\nKlub;Obec;50 000,00;40 000,00\nHřiště;Město;20 000,00;10 000,00\n"
	for head, want := range map[string]string{
		"Projekt;Příjemce;Celkové náklady;Vyplaceno":  "project_name beneficiary_name total_amount -",
		"Projekt;Příjemce;Způsobilé výdaje;Vyplaceno": "project_name beneficiary_name total_amount_eligible total_amount",
	} {
		if got := proposed(t, head+rows); got != want {
			t.Errorf("%s: %s, want %s", head, got, want)
		}
	}
}

func TestAColumnOfOneValueDoesNotNameProjects(t *testing.T) {
	text := "_title,beneficiary,operation\n"
	for i := range 12 {
		text += fmt.Sprintf("BALEARES,Agencia %d,Curso de idiomas %d\n", i, i)
	}
	if got := proposed(t, text); got != "- beneficiary_name project_name" {
		t.Error(got)
	}
}

func TestAHeaderThatSaysTooMuchIsReadInParts(t *testing.T) {
	for head, want := range map[string]Target{
		"Land (ohne Betrag)":           TargetCountry,
		"Grant / country":              TargetCountry,
		"Land (letzte Aktualisierung)": "",
	} {
		rows := "Vorhaben;" + head + "\nKurs;Deutschland\nHaus;Österreich\nWeg;Deutschland\n"
		if got := target(t, rows, 1); got.Target != want {
			t.Errorf("%s: %+v", head, got)
		}
	}
}

func TestPartsOfAHeaderThatSayDifferentThingsSayNothing(t *testing.T) {
	lex := loadLexicon()
	p := lex.profileOf(table(t, "a;b\nBrno;x\nPraha;y\nZlín;z\n"), 0)
	for header, want := range map[string]int{"Town / country": 0, "Town / obec": 1, "Town / xyz": 1} {
		if got := lex.guessByParts(header, p, false); len(got) != want {
			t.Errorf("%s: %v", header, got)
		}
	}
}

func TestWhatStandsUnderOneHeadingIsOfIt(t *testing.T) {
	const text = "Žadatel;Kraj žadatele - kód;Kraj žadatele - název\nSpolek A, z. s.;CZ064;Jihomoravský kraj\nMěsto B;CZ072;Zlínský kraj\nObec C;CZ064;Jihomoravský kraj\n"
	m := Propose(table(t, text))
	if m.Columns[0].Target != TargetBeneficiary || m.Columns[2].Target != TargetRegion {
		t.Errorf("%+v", m.Columns)
	}
	if words := m.Columns[2].Reason.Args["words"]; words == "" || strings.HasPrefix(words.(string), ",") {
		t.Errorf("the words are %q", words)
	}
}

func TestAbbreviatedWordsOfAHeaderAreUnderstood(t *testing.T) {
	header{"Name d. Begünst.;Bez. des Vorhabens;Zusammenf. des Vorhabens;Gesamtbetrag d. förderf. Ausgaben;Unions-Kofin.-Satz",
		"beneficiary_name project_name project_description total_amount_eligible eu_cofinancing_rate"}.check(t)
	lex := loadLexicon()
	if r := lex.read("Proj nal.", 0); r.has["project"] {
		t.Error("a word without a full stop is taken for an abbreviation")
	}
	if r := lex.read("Příj. v tis.", 0); !r.has["beneficiary"] || r.spoken["beneficiary"] != "prij." {
		t.Errorf("%v %q", r.has, r.spoken)
	}
}
