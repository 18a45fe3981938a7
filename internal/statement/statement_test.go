package statement_test

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlas/internal/i18n"
	"atlas/internal/statement"
)

func speaker(t testing.TB, lang string) statement.Speaker {
	t.Helper()
	words, err := i18n.Load(statement.Messages())
	if err != nil {
		t.Fatal(err)
	}
	return statement.Speaker{Words: words, Lang: lang}
}

// values are years from 2015 on: "?" has no data, "/" before a number is the
// first of another definition.
func values(text string) []statement.Value {
	var out []statement.Value
	for i, v := range strings.Fields(text) {
		rest, fresh := strings.CutPrefix(v, "/")
		n, err := strconv.ParseFloat(rest, 64)
		out = append(out, statement.Value{When: strconv.Itoa(2015 + i), N: n, Known: err == nil, Fresh: fresh})
	}
	return out
}

// plain writes hard spaces as spaces, so that expectations can be read.
func plain(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }

func TestATrendSaysWhatHappenedAndNoMore(t *testing.T) {
	for _, x := range []struct{ values, cs, en string }{
		{"4512 5000 9870", "Cizinci: od roku 2015 do roku 2017 nárůst o 5 358 (+119 %), na začátku 4 512, na konci 9 870.", "Cizinci: a rise of 5,358 (+119 %) from 2015 to 2017, 4,512 at the start, 9,870 at the end."},
		{"100 300 200", "Cizinci: od roku 2015 do roku 2017 nárůst o 100 (+100 %), na začátku 100, na konci 200; nejvíc 300 v roce 2016.", "Cizinci: a rise of 100 (+100 %) from 2015 to 2017, 100 at the start, 200 at the end; most 300 in 2016."},
		{"200 50 300 100", "Cizinci: od roku 2015 do roku 2018 pokles o 100 (−50 %), na začátku 200, na konci 100; nejvíc 300 v roce 2017; nejméně 50 v roce 2016.", ""},
		{"100 100", "Cizinci: od roku 2015 do roku 2016 beze změny, na začátku i na konci 100.", "Cizinci: no change from 2015 to 2016, 100 at the start and at the end."},
		{"1000 1004", "Cizinci: od roku 2015 do roku 2016 nárůst o 4 (+0,4 %), na začátku 1 000, na konci 1 004.", "Cizinci: a rise of 4 (+0.4 %) from 2015 to 2016, 1,000 at the start, 1,004 at the end."},
		// Of three people a percentage misleads, of none there is none.
		{"3 9", "Cizinci: od roku 2015 do roku 2016 nárůst o 6, na začátku 3, na konci 9.", ""},
		{"0 9", "Cizinci: od roku 2015 do roku 2016 nárůst o 9, na začátku 0, na konci 9.", ""},
		// Years without data are said, not joined over.
		{"10 ? ? ? 20", "Cizinci: od roku 2015 do roku 2019 nárůst o 10 (+100 %), na začátku 10, na konci 20. Údaje chybějí: 2016–2018.", ""},
		{"? 10 ? 20", "Cizinci: od roku 2016 do roku 2018 nárůst o 10 (+100 %), na začátku 10, na konci 20. Údaje chybějí: 2015 a 2017.", ""},
		{"? ? 7", "Cizinci: údaj je jen jeden, 7 v roce 2017; vývoj z něj říct nejde. Údaje chybějí: 2015 a 2016.", ""},
		{"? ?", "Cizinci: za zvolené období nejsou údaje a nic z toho neplyne.", "Cizinci: there are no data for this time and nothing follows from that."},
		{"", "Cizinci: za zvolené období nejsou údaje a nic z toho neplyne.", ""},
		// Other definitions are not compared.
		{"100 120 /50 60", "Cizinci: od roku 2017 do roku 2018 nárůst o 10 (+20 %), na začátku 50, na konci 60. To, co se počítá, se změnilo v roce 2017; se staršími hodnotami srovnávat nelze.", ""},
		{"100 /50", "Cizinci: údaj je jen jeden, 50 v roce 2016; vývoj z něj říct nejde. To, co se počítá, se změnilo v roce 2016; se staršími hodnotami srovnávat nelze.", ""},
		// Two years share the highest number: neither is said to be the one.
		{"10 30 30 20", "Cizinci: od roku 2015 do roku 2018 nárůst o 10 (+100 %), na začátku 10, na konci 20.", ""},
		{"1 ? 1 ? 1 ? 1 ? 1 ? 1 ? 1 ? 2", "Cizinci: od roku 2015 do roku 2029 nárůst o 1, na začátku 1, na konci 2. Chybí 7 údajů z 15.", "Cizinci: a rise of 1 from 2015 to 2029, 1 at the start, 2 at the end. 7 figures of 15 are missing."},
	} {
		tr := statement.Trend{What: "Cizinci", Values: values(x.values)}
		if got := plain(speaker(t, "cs").Trend(tr)); got != x.cs {
			t.Errorf("%s:\n got  %s\n want %s", x.values, got, x.cs)
		}
		if got := plain(speaker(t, "en").Trend(tr)); x.en != "" && got != x.en {
			t.Errorf("%s:\n got  %s\n want %s", x.values, got, x.en)
		}
	}
}

func TestThisYearIsSaidNotToBeOver(t *testing.T) {
	tr := statement.Trend{What: "Projekty", Values: values("10 12"), Unfinished: "2016"}
	if got := speaker(t, "cs").Trend(tr); !strings.HasSuffix(got, "Rok 2016 ještě neskončil.") {
		t.Error(got)
	}
	tr.Values = values("10 12 ?")
	tr.Unfinished = "2017"
	if got := speaker(t, "cs").Trend(tr); strings.Contains(got, "neskončil") {
		t.Errorf("a year without data is not talked about: %s", got)
	}
}

func TestATrendNeverTellsAYearWithoutDataAsAnEndOrAnExtreme(t *testing.T) {
	s := speaker(t, "en")
	rapid.Check(t, func(r *rapid.T) {
		var all []statement.Value
		for i := range rapid.IntRange(0, 12).Draw(r, "years") {
			all = append(all, statement.Value{When: "y" + strconv.Itoa(i), N: float64(rapid.IntRange(0, 30).Draw(r, "n")), Known: rapid.Bool().Draw(r, "known")})
		}
		said, _, _ := strings.Cut(s.Trend(statement.Trend{What: "X", Values: all}), "Data missing")
		for _, v := range all {
			for _, word := range strings.FieldsFunc(said, func(r rune) bool { return strings.ContainsRune(" ,;.", r) }) {
				if !v.Known && word == v.When {
					r.Fatalf("%s has no data: %s", v.When, said)
				}
			}
		}
	})
}

func TestTheLargestPartIsNamedOnlyAsFarAsItIsKnown(t *testing.T) {
	part := func(name string, n float64) statement.Part { return statement.Part{Name: name, N: n} }
	unknown := func(n float64) statement.Part { return statement.Part{Name: "neuvedeno", N: n, Unknown: true} }
	for _, x := range []struct {
		parts  []statement.Part
		hidden bool
		want   string
	}{
		{[]statement.Part{part("Slovensko", 30), part("Ukrajina", 67), unknown(3)}, false, "Cizinci v roce 2024: největší část je Ukrajina (67 %), pak Slovensko (30 %); neznámo 3 %."},
		{[]statement.Part{part("Ukrajina", 40), part("Slovensko", 35), unknown(25)}, false, "Cizinci v roce 2024: z toho, co je známo, je největší část Ukrajina (40 %), pak Slovensko (35 %); neznámo 25 %."},
		{[]statement.Part{part("Ukrajina", 40), unknown(60)}, false, "Cizinci v roce 2024: u většiny (60 %) to není známo, o největší části proto nejde říct nic jistého."},
		{[]statement.Part{part("Ukrajina", 40), part("Slovensko", 40), part("Vietnam", 20)}, false, "Cizinci v roce 2024: stejně velké největší části jsou Ukrajina (40 %) a Slovensko (40 %)."},
		{[]statement.Part{part("Ukrajina", 10), {Name: "ostatní", N: 90, Rest: true}}, false, "Cizinci v roce 2024: největší část je Ukrajina (10 %); ostatní dohromady 90 %."},
		{[]statement.Part{part("Ukrajina", 996), part("Slovensko", 4)}, false, "Cizinci v roce 2024: největší část je Ukrajina (přes 99 %), pak Slovensko (méně než 1 %)."},
		{[]statement.Part{part("Ukrajina", 40), part("Slovensko", 0)}, true, "Cizinci v roce 2024: z toho, co je zveřejněno, je nejvíc Ukrajina, 40. Některá čísla zveřejněna nejsou, podíly proto říct nejde."},
		{nil, false, "Cizinci: složení v roce 2024 není známo."},
		{[]statement.Part{unknown(5)}, false, "Cizinci: složení v roce 2024 není známo."},
	} {
		if got := plain(speaker(t, "cs").Composition(statement.Composition{What: "Cizinci", When: "2024", Parts: x.parts, Hidden: x.hidden})); got != x.want {
			t.Errorf("%v:\n got  %s\n want %s", x.parts, got, x.want)
		}
	}
}

func TestAPyramidSaysAgeAndSexOfThoseOfWhomItIsKnown(t *testing.T) {
	n := func(v float64) statement.Value { return statement.Value{N: v, Known: true} }
	bands := []statement.Band{{Label: "0–14", Men: n(10), Women: n(20), Beside: n(0)}, {Label: "15–64", Men: n(40), Women: n(30), Beside: n(1)}, {Label: "neznámý", Men: n(0), Women: n(4), Beside: n(1), Unknown: true}}
	got := plain(speaker(t, "cs").Pyramid(statement.Pyramid{What: "Cizinci", When: "2024", Bands: bands}))
	want := "Cizinci v roce 2024: nejpočetnější věková skupina je 15–64, 71 (70 % těch, u nichž věk známe). Ženy jsou 52 % těch, u nichž pohlaví známe. U 2 osob pohlaví neznáme. U 5 osob věk neznáme."
	if got != want {
		t.Errorf("\n got  %s\n want %s", got, want)
	}
	bands[0].Men = statement.Value{}
	got = speaker(t, "cs").Pyramid(statement.Pyramid{What: "Cizinci", When: "2024", Bands: bands})
	if want := "Cizinci v roce 2024: 1 číslo není zveřejněno, věkové skupiny proto srovnávat nejde."; got != want {
		t.Errorf("\n got  %s\n want %s", got, want)
	}
	if got := speaker(t, "en").Pyramid(statement.Pyramid{What: "Foreigners", When: "2024"}); got != "Foreigners: age and sex in 2024 are not known." {
		t.Error(got)
	}
}

func TestChangesNameWhereMostCameAndWhereMostWent(t *testing.T) {
	type c = statement.Change
	for _, x := range []struct {
		all  []c
		want string
	}{
		{[]c{{Name: "Děčín", N: 1200, Known: true}, {Name: "Louny", N: -30, Known: true}, {Name: "Most", N: 5, Known: true}}, "Cizinci, od roku 2015 do roku 2024: nejvíc přibylo +1 200: Děčín; nejvíc ubylo −30: Louny."},
		{[]c{{Name: "Děčín", N: 12, Known: true}, {Name: "Most", N: 12, Known: true}, {Name: "Louny", N: 0, Known: false}}, "Cizinci, od roku 2015 do roku 2024: nejvíc přibylo +12: Děčín a Most; nikde neubylo. 1 z nich oba údaje nemá."},
		{[]c{{Name: "Děčín", N: 0, Known: true}}, "Cizinci, od roku 2015 do roku 2024: nikde nepřibylo; nikde neubylo."},
		{[]c{{Name: "Děčín", N: 0, Known: false}}, "Cizinci, od roku 2015 do roku 2024: oba údaje nejsou u ničeho, o změně nejde říct nic."},
		{[]c{{Name: "A", N: 1, Known: true}, {Name: "B", N: 1, Known: true}, {Name: "C", N: 1, Known: true}, {Name: "D", N: 1, Known: true}, {Name: "E", N: 1, Known: true}}, "Cizinci, od roku 2015 do roku 2024: nejvíc přibylo +1: A, B, C a 2 další; nikde neubylo."},
		// Where something else is counted, nothing is compared, and it is said.
		{[]c{{Name: "Děčín", N: 12, Known: true}, {Name: "Most", N: 900, Broken: true}, {Name: "Louny"}}, "Cizinci, od roku 2015 do roku 2024: nejvíc přibylo +12: Děčín; nikde neubylo. 1 z nich oba údaje nemá. U 1 se mezi oběma daty změnila definice nebo rozsah území, změna se proto nepočítá."},
		{[]c{{Name: "Děčín", N: 12, Known: true, Broken: true}}, "Cizinci, od roku 2015 do roku 2024: změnu nejde říct. U 1 se mezi oběma daty změnila definice nebo rozsah území, změna se proto nepočítá."},
	} {
		if got := plain(speaker(t, "cs").Changes("Cizinci", "2015", "2024", x.all)); got != x.want {
			t.Errorf("%v:\n got  %s\n want %s", x.all, got, x.want)
		}
	}
}
