package importer

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlas"
)

func TestMoneyIsReadAsPeopleWriteIt(t *testing.T) {
	for text, want := range map[string]string{
		"740 576,85":                  "740576.85 znamo ",
		"740\u00a0576,85":             "740576.85 znamo ",
		"1.395.997,-":                 "1395997.00 znamo ",
		"2.997.060,- Kč":              "2997060.00 znamo CZK",
		"přibližně 1,5 milionu korun": "1500000.00 odhad CZK",
		"cca 250 tis. Kč":             "250000.00 odhad CZK",
		"12,3 mld. Kč":                "12300000000.00 znamo CZK",
		"1 665 019":                   "1665019.00 znamo ",
		"201.635 Kč":                  "201635.00 znamo CZK",
		"5 000 EUR":                   "5000.00 znamo EUR",
		"€ 5 000,5":                   "5000.50 znamo EUR",
		"12.5":                        "12.50 znamo ",
		"0":                           "0.00 znamo ",
		"max. 201.635 Kč (10%)":       "",
		"neměly by přesáhnout 2 miliony korun": "",
		"583 990 (MVČR) + 70 000 (HMP)":        "",
		"1,500":                                "", // thousands or decimals
		"12 34":                                "",
		"1.23.456":                             "",
		"1 000.000":                            "",
		"100 Kč EUR":                           "",
		"12,345678":                            "",
		"":                                     "",
		"tisíc korun":                          "",
	} {
		got := ""
		if m, ok := ReadMoney(text); ok {
			got = fmt.Sprint(m.Amount, " ", m.Amount.State, " ", m.Currency)
		}
		if got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestMachineMoneyIsNeverRounded(t *testing.T) {
	for text, want := range map[string]string{
		"2212809.25": "2212809.25", "3239.34": "3239.34", "15000": "15000.00", "0.1": "0.10", "-5.5": "-5.50", "7.500": "7.50",
		"1.005": "", "1,5": "", "1e6": "", "": "", ".5": "", "99999999999999999999": "", "abc": "",
	} {
		got, ok := ReadMachineMoney(text)
		if ok != (want != "") || got.String() != want {
			t.Errorf("%q is %q %v, want %q", text, got, ok, want)
		}
	}
}

// spellings of an amount as a Czech office writes it.
func spellings(minor int64) []string {
	whole, part := fmt.Sprint(minor/100), fmt.Sprintf("%02d", minor%100)
	grouped := func(sep string) string {
		out := whole
		for i := len(out) - 3; i > 0; i -= 3 {
			out = out[:i] + sep + out[i:]
		}
		return out
	}
	all := []string{whole + "," + part, grouped(" ") + "," + part, grouped(".") + "," + part + " Kč", grouped("\u00a0") + "," + part + " CZK", whole + "." + part}
	if minor%100 == 0 {
		all = append(all, grouped(".")+",-", grouped(" ")+" Kč", whole)
	}
	return all
}

func TestEverySpellingOfAnAmountIsThatAmount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minor := rapid.Int64Range(0, 999_999_999_999_99).Draw(t, "minor")
		for _, s := range spellings(minor) {
			got, ok := ReadMoney(s)
			if !ok || got.Amount != (atlas.Amount{Minor: minor, State: atlas.AmountKnown}) {
				t.Fatalf("%q is %v %v", s, got, ok)
			}
		}
		a := atlas.Amount{Minor: minor, State: atlas.AmountKnown}
		if got, ok := ReadMachineMoney(a.String()); !ok || got != a {
			t.Fatalf("%q is %v", a, got)
		}
	})
}

func TestDatesKeepTheirPrecision(t *testing.T) {
	for text, want := range map[string]string{
		"2019": "2019", "rok 2010": "2010", "roku 2010": "2010", "1. 1. 2020": "2020-01-01", "1.5. 2016": "2016-05-01", "31.12. 2016": "2016-12-31",
		"01.09.2017": "2017-09-01", "září 2017": "2017-09", "červenec 2020": "2020-07", "1. září 2017": "2017-09-01", "9/2017": "2017-09", "09.2017": "2017-09",
		"2015-07-01T00:00:00+00:00": "2015-07-01", "2017-11-21T00:00:00.000Z": "2017-11-21", "2017-09": "2017-09", "2018-03-01 00:00:00": "2018-03-01",
		"April 2016":  "2016-04",
		"30. 2. 2020": "", "13/2017": "", "2017-13-01": "", "léto 2017": "", "2014–2016": "", "1.1.16": "", "": "", "42370": "", "0000": "",
	} {
		got, ok := ReadDate(text)
		if ok != (want != "") || ok && got.String() != want {
			t.Errorf("%q is %q %v, want %q", text, got, ok, want)
		}
	}
}

func TestEverySpellingOfADayIsThatDay(t *testing.T) {
	names := []string{"ledna", "února", "března", "dubna", "května", "června", "července", "srpna", "září", "října", "listopadu", "prosince"}
	rapid.Check(t, func(t *rapid.T) {
		d := atlas.Date{Year: rapid.IntRange(1990, 2035).Draw(t, "year"), Month: rapid.IntRange(1, 12).Draw(t, "month"), Day: rapid.IntRange(1, 31).Draw(t, "day")}
		for _, s := range []string{
			d.String(), d.String() + "T12:00:00Z", fmt.Sprintf("%d. %d. %d", d.Day, d.Month, d.Year), fmt.Sprintf("%02d.%02d.%d", d.Day, d.Month, d.Year),
			fmt.Sprintf("%d. %s %d", d.Day, names[d.Month-1], d.Year), strings.ToUpper(fmt.Sprintf("%d. %s %d", d.Day, names[d.Month-1], d.Year)),
		} {
			got, ok := ReadDate(s)
			if ok != d.Valid() || ok && got != d {
				t.Fatalf("%q is %v %v", s, got, ok)
			}
		}
	})
}

func TestNamesOfOneOrganisationHaveOneKey(t *testing.T) {
	for name, want := range map[string]string{
		"Sdružení pro integraci a migraci, o. p. s.": "sdruzeni pro integraci a migraci/OPS",
		"SDRUŽENÍ PRO INTEGRACI A MIGRACI o.p.s.":    "sdruzeni pro integraci a migraci/OPS",
		"Sdružení pro integraci a migraci":           "sdruzeni pro integraci a migraci/",
		"Slovo 21, z.s.":                             "slovo 21/SPOLEK",
		"Multikulturní centrum Praha, o.s.":          "multikulturni centrum praha/SPOLEK",
		"BIVIO spol. s r.o.":                         "bivio/SRO",
		"Domov, příspěvková organizace":              "domov/PO",
		"Statutární město Brno":                      "obec brno/",
		"město Brno":                                 "obec brno/",
		"HLAVNÍ MĚSTO PRAHA":                         "obec praha/",
		"hl. m. Praha":                               "obec praha/",
		"MČ Praha 3":                                 "mc praha 3/",
		"Městská část Praha 3":                       "mc praha 3/",
		"Ministerstvo vnitra ČR":                     "ministerstvo vnitra/",
		"Ministerstvo vnitra":                        "ministerstvo vnitra/",
		"z. s.":                                      "z s/",
	} {
		base, form := NameKey(name)
		if got := base + "/" + form; got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

// distance is the number of letters to change, by the whole table.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			cost := diagonal
			if a[i] != b[j] {
				cost = min(diagonal, row[j], row[j+1]) + 1
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}

func TestSimilarTitlesAreThoseEightyFivePercentAlike(t *testing.T) { // 8.9
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.StringMatching(`[abc ]{0,60}`).Draw(t, "a")
		b := a
		for range rapid.IntRange(0, 12).Draw(t, "changes") {
			at := rapid.IntRange(0, len(b)).Draw(t, "at")
			rest := b[at:]
			if rapid.Bool().Draw(t, "drop") && rest != "" {
				rest = rest[1:]
			}
			b = b[:at] + rapid.StringMatching(`[abc]?`).Draw(t, "put") + rest
		}
		x, y := NewTitle(a), NewTitle(b)
		p, q := []rune(x.Key), []rune(y.Key)
		want := len(p) > 0 && len(q) > 0 && distance(p, q)*100 <= 15*max(len(p), len(q))
		if got := x.Similar(&y); got != want {
			t.Fatalf("%q and %q: %v, distance %d", p, q, got, distance(p, q))
		}
	})
}

func TestYearsOverlapOrMayOverlap(t *testing.T) { // 8.9
	year := func(from, to int, reg string) *atlas.Project {
		return &atlas.Project{From: atlas.Date{Year: from}, To: atlas.Date{Year: to}, RegNumber: reg}
	}
	for _, c := range []struct {
		a, b *atlas.Project
		want bool
	}{
		{year(2017, 2020, ""), year(2020, 2021, ""), true},
		{year(2018, 2018, ""), year(2019, 2019, ""), false},
		{year(2017, 2020, "A"), year(2018, 2018, "B"), true},
		{year(0, 0, ""), year(2019, 2019, "B"), true},
		{year(0, 0, "A"), year(2019, 2019, "B"), false},
		{&atlas.Project{From: atlas.Date{Year: 2010}, Ongoing: true}, year(2021, 2022, ""), true},
	} {
		if got := MayOverlap(c.a, c.b, 2026); got != c.want {
			t.Errorf("%v–%v and %v–%v: %v", c.a.From, c.a.To, c.b.From, c.b.To, got)
		}
	}
}

func TestMoneyIsReadInTheStyleOfItsColumn(t *testing.T) {
	for _, c := range []struct{ text, style, want string }{
		{"1.234,56", "", "1234.56 "}, {"1,234.56", "", "1234.56 "}, {"1,500", StylePoint, "1500.00 "}, {"1.500", StyleComma, "1500.00 "},
		{"1,500", "", ""}, {"149 736 100 .- HUF", "", "149736100.00 HUF"}, {"€ 1570.00", StylePoint, "1570.00 EUR"},
		{"1 234,5 zł", "", "1234.50 PLN"}, {"1'234.50 CHF", "", "1234.50 CHF"}, {"-5,00", StyleComma, "-5.00 "},
		{"1.2345", StylePoint, ""}, {"přibližně 1,5 milionu korun", "", "1500000.00 CZK"}, {"12 ks", "", ""}, {"", "", ""},
	} {
		got := ""
		if m, ok := ReadMoneyAs(c.text, c.style); ok {
			got = fmt.Sprint(m.Amount, " ", m.Currency)
		}
		if got != c.want {
			t.Errorf("%q in style %q is %q, want %q", c.text, c.style, got, c.want)
		}
	}
}

func TestDatesOfAnyListOfTheUnionAreRead(t *testing.T) {
	for _, c := range []struct{ text, style, want string }{
		{"1. 9. 2017", "", "2017-09-01"}, {"září 2017", "", "2017-09"}, {"2017", "", "2017"}, {"31/12/2016", "", "2016-12-31"},
		{"12/31/2016", StyleMonthFirst, "2016-12-31"}, {"12/31/2016", "", ""}, {"01-Jul-12", "", "2012-07-01"}, {"01. Nov 15", "", "2015-11-01"},
		{"2014.03.17", "", "2014-03-17"}, {"20160630", "", "2016-06-30"}, {"42370", "", "2016-01-01"}, {"42370.5", "", "2016-01-01"},
		{"15.08.98", "", "1998-08-15"}, {"1. marca 2018", "", "2018-03-01"}, {"31.02.2016", "", ""}, {"12345678", "", ""}, {"dle dohody", "", ""},
	} {
		got, ok := ReadDateAs(c.text, c.style)
		if ok != (c.want != "") || ok && got.String() != c.want {
			t.Errorf("%q is %s %v, want %s", c.text, got, ok, c.want)
		}
	}
	from, to, ok := ReadSpan("2007/2008")
	if _, _, backwards := ReadSpan("2008/2007"); !ok || backwards || from.String() != "2007" || to.String() != "2008" {
		t.Error(from, to, ok)
	}
}
