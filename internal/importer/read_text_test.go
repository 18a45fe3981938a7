package importer

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

func TestTheCodePageIsKnownByTheLettersOfTheText(t *testing.T) {
	for _, c := range []struct {
		page *charmap.Charmap
		name string
		text string
	}{
		{charmap.Windows1250, Encoding1250, "Název projektu;Příjemce podpory;Výše dotace\nPříliš žluťoučký kůň;Město Žďár nad Sázavou;1\n"},
		{charmap.Windows1250, Encoding1250, "Názov projektu;Prijímateľ;Výška príspevku\nĽudia bez domova;Mesto Žilina;1\n"},
		{charmap.Windows1250, Encoding1250, "Tytuł projektu;Nazwa beneficjenta;Wartość projektu\nŁączy nas przyszłość;Gmina Żory;1\n"},
		{charmap.Windows1252, Encoding1252, "Bénéficiaire;Intitulé de l'opération;Coût\nCommune de Liège;Accès à l'emploi;1\n"},
		{charmap.Windows1252, Encoding1252, "Projektnamn;Stödmottagare;Belopp\nVägar till språket;Malmö på nytt, region Skåne;1\n"},
		{charmap.Windows1252, Encoding1252, "Operación;Beneficiario;Año\nInserción de jóvenes;Ayuntamiento de Logroño;1\n"},
		{charmap.Windows1253, Encoding1253, "Τίτλος Έργου;Δικαιούχος;Ποσό\nΕνταξη μεταναστών;Δήμος Αθηναίων;1\n"},
	} {
		data, err := c.page.NewEncoder().Bytes([]byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		got, name, err := decodeText(data)
		if err != nil || name != c.name || string(got) != c.text {
			t.Errorf("%q is %s, %v: %q", c.text, name, err, got)
		}
	}
}

func TestLinesOfAnotherEncodingDoNotSpoilTheOthers(t *testing.T) {
	bad, err := charmap.Windows1250.NewEncoder().String("Škola v Řeži;1\n")
	if err != nil {
		t.Fatal(err)
	}
	good := "Název;Částka\n" + strings.Repeat("Příliš žluťoučký;2\n", 3)
	got, name, err := decodeText([]byte(good + bad))
	if err != nil || name != "UTF-8 + windows-1250" || string(got) != good+"Škola v Řeži;1\n" {
		t.Errorf("%s %v %q", name, err, got)
	}
}

func TestAHeaderOfTwoRowsIsPutTogether(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"Projekt;Příjemce;;Dotace;\n;Název;IČO;EU;stát\nŠkola;Obec;70098085;5;1\nDům;Město;70098085;6;2\n", "Projekt|Příjemce Název|Příjemce IČO|Dotace EU|Dotace stát"},
		{"Seznam\nProjekt;;Dotace;;\nčíslo;název;EU;stát;rok\n1;Škola;5;1;2019\n2;Dům;6;2;2020\n", "Projekt číslo|Projekt název|Dotace EU|Dotace stát|Dotace rok"},
		{"Název;Obec;Poznámka\nŠkola;Brno;nic\nDům;Plzeň;nic\n", "Název|Obec|Poznámka"},
		{"Název;Obec;;Rok\nŠkola;Brno;nic;2019\nDům;Plzeň;nic;2020\n", "Název|Obec|#3|Rok"},
	} {
		got, err := ReadBytes("a.csv", []byte(c.file))
		if err != nil {
			t.Fatal(err)
		}
		if h := strings.Join(got.Header, "|"); h != c.want || got.Len() != 2 {
			t.Errorf("%q: %s, %d rows; want %s", c.file, h, got.Len(), c.want)
		}
	}
}

func TestTheDelimiterIsNotTakenFromTheTexts(t *testing.T) {
	for text, want := range map[string]string{
		"a;b;c, d;e\n1;\"x, y\nz, u\";3;4\n":                    ";", // with commas, three lines have two cells
		"a;b\n1;2,5\n3;4,5\n":                                   ";",
		"Název;Obec;Rok\nA, B;C;1\nD, E;F;2\nG, H;I\n":          ";",
		"name,town\nx;y,z\nu;v,w\n":                             ",",
		"Stav k;1.1.2020\nNázev;Obec;Rok\nA, B;C;1\nD, E;F;2\n": ";",
	} {
		got, err := ReadBytes("a.csv", []byte(text))
		if err != nil || got.Delimiter != want {
			t.Errorf("%q: %+v %v, want %q", text, got, err, want)
		}
	}
}

func TestFilesThatCouldFillTheMemoryAreRefusedWithAReason(t *testing.T) {
	l := limits{bytes: 1 << 20, rows: 100, columns: 50}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"one column":         {[]byte("Název\nŠkola\nDům\n"), ErrorNoHeader},
		"too many columns":   {[]byte(strings.Repeat("x;", 5000) + "\n1;2\n"), ErrorManyColumns},
		"too many members":   {[]byte("[" + manyMembers(60) + "]"), ErrorManyColumns},
		"too many rows":      {[]byte("Název;Obec\n" + strings.Repeat("Škola;Brno\n", 200)), ErrorTooManyRows},
		"cut JSON":           {[]byte(`[{"název": "Škola", "obec": "Brno"}, {"náz`), ErrorBroken},
		"cut in a letter":    {[]byte("Název;Obec\nŠkola;Brno\nDům;Plze\xc5"), ""},
		"bytes of a program": {bytes.Repeat([]byte{0x7f, 'E', 'L', 'F', 0, 0, 1, 2, 0}, 50), ErrorFormat},
	} {
		_, err := readWithin(l, "a", c.data)
		refused, _ := err.(*FileError)
		switch {
		case c.want == "" && err != nil, c.want != "" && (refused == nil || refused.Key != c.want):
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// manyMembers is a record of JSON with n members.
func manyMembers(n int) string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("\"a%d\": 1", i))
	}
	return "{" + strings.Join(out, ", ") + "}"
}
