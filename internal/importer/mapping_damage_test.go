package importer

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// wholeList is a header of each language that code pages hurt, and its targets.
func wholeLists() map[string][2]string {
	return map[string][2]string{
		"cs": {"Název projektu;Příjemce;Registrační číslo projektu;Celkové způsobilé výdaje;Příspěvek EU;Datum zahájení;Datum ukončení;PSČ",
			"project_name beneficiary_name project_id total_amount_eligible eu_cofinancing_amount starting_date completion_date beneficiary_postal_code"},
		"pl": {"Tytuł projektu;Nazwa beneficjenta;Wartość projektu;Data rozpoczęcia realizacji;Data zakończenia realizacji;Oś priorytetowa",
			"project_name beneficiary_name total_amount starting_date completion_date priority_label"},
		"de": {"Begünstigter;Vorhaben;Förderfähige Ausgaben;Prioritätsachse;Durchführungsort",
			"beneficiary_name project_name total_amount_eligible priority_label beneficiary_city"},
	}
}

// readBy reads the bytes that a text has in one code page by another.
func readBy(t *testing.T, text string, written, read encoding.Encoding) string {
	t.Helper()
	data, err := written.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	out, err := read.NewDecoder().String(data)
	if err != nil || strings.ContainsRune(out, utf8.RuneError) {
		t.Fatalf("%q cannot be read so: %v", text, err)
	}
	return out
}

func TestHeadersReadByAWrongCodePageAreUnderstood(t *testing.T) {
	lists := wholeLists()
	for name, c := range map[string]struct {
		lang          string
		written, read encoding.Encoding
	}{
		"cs in 1250 as 1252":  {"cs", charmap.Windows1250, charmap.Windows1252},
		"pl in 1250 as 1252":  {"pl", charmap.Windows1250, charmap.Windows1252},
		"pl in UTF-8 as 1250": {"pl", encoding.Nop, charmap.Windows1250},
		"de in UTF-8 as 1252": {"de", encoding.Nop, charmap.Windows1252},
		"de of a Mac as 1252": {"de", charmap.Macintosh, charmap.Windows1252},
	} {
		t.Run(name, func(t *testing.T) {
			damaged := readBy(t, lists[c.lang][0], c.written, c.read)
			if damaged == lists[c.lang][0] {
				t.Fatal("nothing is damaged")
			}
			header{damaged, lists[c.lang][1]}.check(t)
		})
	}
}

func TestHeadersThatLostTheirLettersAreUnderstood(t *testing.T) {
	for lang, list := range wholeLists() {
		for _, sign := range []string{"?", "\ufffd"} {
			lost := strings.Map(func(r rune) rune {
				if r >= utf8.RuneSelf {
					r, _ = utf8.DecodeRuneInString(sign)
				}
				return r
			}, strings.ReplaceAll(list[0], "Oś ", "Os "))
			t.Run(lang+" "+sign, header{strings.ReplaceAll(lost, "PS"+sign, "PSC"), list[1]}.check)
		}
	}
}

func TestAHeaderThatIsWholeIsNotRepaired(t *testing.T) {
	lex := loadLexicon()
	for _, list := range wholeLists() {
		columns := strings.Split(list[0]+";Žánr přehlídky;Größe;Être;œuvre;Mittel in €;Endgültiger Förderbetrag in £;Číslo §", ";")
		for i, again := range lex.repaired(columns) {
			if again != columns[i] {
				t.Errorf("%q became %q", columns[i], again)
			}
		}
	}
}

func TestAWordOfWhichTooLittleIsLeftMeansNothing(t *testing.T) {
	lex := loadLexicon()
	for _, header := range []string{"???", "a?b", "??c??", "\ufffd\ufffd\ufffd\ufffd"} {
		if r := lex.read(header, 0); len(r.has) > 0 {
			t.Errorf("%q is %v", header, r.has)
		}
	}
	if got := withLost("Je to ?? ano??ne ?x y?"); got != "Je to ?? ano\ufffd\ufffdne \ufffdx y?" {
		t.Error(got)
	}
}
