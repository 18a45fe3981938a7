package importer

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"atlas"
	"atlas/internal/czech"
)

// What is written here for speed is compared with the plain way to say it.

var slowNotWord = regexp.MustCompile(`[^\pL\pN]+`)

func slowColumnKey(s string) string {
	return strings.TrimSpace(slowNotWord.ReplaceAllString(czech.Fold(s), " "))
}

func slowClean(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\r':
			return '\n'
		case r == '\u200b' || r == '\ufeff' || r == '\u00ad':
			return -1
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

func slowOneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

var (
	slowMunicipality = regexp.MustCompile(`^(?:statutarni mesto|hlavni mesto|hl m|mesto|mestys|obec) (.+)$`)
	slowCityPart     = regexp.MustCompile(`^(?:mestska cast|mestsky obvod|mc|mo) (.+)$`)
	slowMinistry     = regexp.MustCompile(`^(ministerstvo .+?)(?: cr| ceske republiky)?$`)
)

func slowNameKey(name string) (base, form string) {
	base = slowColumnKey(slowClean(name))
	for _, f := range legalForms {
		if rest, ok := strings.CutSuffix(base, f[0]); ok {
			return rest, f[1]
		}
	}
	if m := slowMunicipality.FindStringSubmatch(base); m != nil {
		return "obec " + m[1], ""
	}
	if m := slowCityPart.FindStringSubmatch(base); m != nil {
		return "mc " + m[1], ""
	}
	if m := slowMinistry.FindStringSubmatch(base); m != nil {
		return m[1], ""
	}
	return base, ""
}

// slowDate tries every expression in turn.
func slowDate(s, style string, more bool) (atlas.Date, bool) {
	text := slowOneLine(czech.Fold(slowClean(s)))
	order := []struct {
		e                *regexp.Regexp
		year, month, day int
		more             bool
	}{
		{yearOnly, 1, 0, 0, false}, {dayISO, 1, 2, 3, false}, {dayCzech, 3, 2, 1, false}, {monthCzech, 2, 1, 0, false}, {dayWords, 3, 0, 1, false},
		{daySlash, 4, 3, 1, true}, {dayDots, 3, 2, 1, true}, {dayYear, 1, 2, 3, true}, {dayPacked, 1, 2, 3, true}, {dayNamed, 3, 0, 1, true}, {daySerial, 0, 0, 0, true},
	}
	first := true
	for _, o := range order {
		m := o.e.FindStringSubmatch(text)
		if m == nil || o.more && !more || !o.more && !first {
			continue
		}
		if o.e == daySlash && style == StyleMonthFirst {
			o.month, o.day = 1, 3
		}
		var d atlas.Date
		if o.e == daySerial {
			d = serialDay(m[1])
		} else {
			d = numbers(m, o.year, o.month, o.day)
		}
		ok := true
		if o.e == dayWords || o.e == dayNamed {
			d.Month = monthOf(m[2])
			ok = d.Month > 0
		}
		ok = ok && d.Known() && d.Valid()
		if ok || o.more || !more {
			return d, ok
		}
		first = false // the first kinds failed; the others may read it
	}
	return atlas.Date{}, false
}

// texts draws what cells are made of: words, signs, blanks and letters of all
// kinds.
func texts() *rapid.Generator[string] {
	parts := rapid.SampledFrom([]string{
		"a", "Z", "ř", "Ž", "ß", "ﬁ", "Ⅷ", "½", "٣", "й", "и\u0306", "e\u0301", "\u0301", "漢", "_", "-", "–", ".", ",", "…", "°", "\x00", "\x7f", "\x85", "\xff", "\xc5",
		" ", "  ", "\t", "\n", "\r\n", "\r", "\u00a0", "\u0085", "\u1680", "\u2003", "\u2028", "\u3000", "\u200b", "\ufeff", "\u00ad", "\ufffd", "\u202e", "😀",
		"mesto ", "Město ", "obec ", "hl. m. ", "Statutární město ", "mc ", "Městská část ", "ministerstvo ", "Ministerstvo ", " cr", " ČR", " České republiky", " o.p.s.", ", z. s.", " s. r. o.", "a.s.", "p.o.", "1", "20",
	})
	return rapid.Custom(func(t *rapid.T) string {
		if rapid.IntRange(0, 4).Draw(t, "kind") == 0 {
			return rapid.String().Draw(t, "any")
		}
		return strings.Join(rapid.SliceOfN(parts, 0, 12).Draw(t, "parts"), "")
	})
}

func dateTexts() *rapid.Generator[string] {
	parts := rapid.SampledFrom([]string{
		"1", "9", "12", "13", "31", "20", "2", "16", "98", "2016", "1999", "2020", "20160630", "42370", "123", "rok ", "roku ", "září", "Jan", "leden", "ledna", "Jul", "maja", "xyz",
		".", ". ", "-", "/", " ", ", ", "–", "T", "t", "12:30", ":00", "+00:00", ".5", "\n",
	})
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(parts, 0, 9).Draw(t, "parts"), "")
	})
}

func TestFastWordsAreTheSameAsPlainOnes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := texts().Draw(t, "text")
		if got, want := columnKey(s), slowColumnKey(s); got != want {
			t.Fatalf("columnKey(%q) = %q, want %q", s, got, want)
		}
		if got, want := clean(s), slowClean(s); got != want {
			t.Fatalf("clean(%q) = %q, want %q", s, got, want)
		}
		if got, want := oneLine(s), slowOneLine(s); got != want {
			t.Fatalf("oneLine(%q) = %q, want %q", s, got, want)
		}
		if key := columnKey(texts().Draw(t, "name")); startsOtherwise(s, key) && (columnKey(s) == "" || columnKey(s) == key) {
			t.Fatalf("%q is said not to be %q", s, key)
		}
		base, form := NameKey(s)
		if wantBase, wantForm := slowNameKey(s); base != wantBase || form != wantForm {
			t.Fatalf("NameKey(%q) = %q %q, want %q %q", s, base, form, wantBase, wantForm)
		}
	})
}

func FuzzWords(f *testing.F) {
	for _, s := range []string{"Název_projektu (Kč)", "  a\u00a0b\r\n", "Město Žďár, o. p. s.", "\xff\u0301", "Ministerstvo vnitra ČR"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := columnKey(s), slowColumnKey(s); got != want {
			t.Fatalf("columnKey(%q) = %q, want %q", s, got, want)
		}
		if got, want := clean(s), slowClean(s); got != want {
			t.Fatalf("clean(%q) = %q, want %q", s, got, want)
		}
		if got, want := oneLine(s), slowOneLine(s); got != want {
			t.Fatalf("oneLine(%q) = %q, want %q", s, got, want)
		}
	})
}

func TestDatesReadByTheirBeginningAreThoseOfEveryExpression(t *testing.T) {
	for style := range 2 {
		rapid.Check(t, func(t *rapid.T) {
			s := dateTexts().Draw(t, "text")
			style := []string{"", StyleMonthFirst}[style]
			got, ok := ReadDate(s)
			if want, wantOK := slowDate(s, "", false); ok != wantOK || ok && got != want {
				t.Fatalf("ReadDate(%q) = %v %v, want %v %v", s, got, ok, want, wantOK)
			}
			got, ok = ReadDateAs(s, style)
			if want, wantOK := slowDate(s, style, true); ok != wantOK || ok && got != want {
				t.Fatalf("ReadDateAs(%q) = %v %v, want %v %v", s, got, ok, want, wantOK)
			}
		})
	}
}

// slowMoney reads an amount without short cuts.
func slowMoney(s, style string) (Money, bool) {
	number, currency := slowOneLine(slowClean(s)), ""
	if m := currencyAfter.FindStringSubmatch(number); m != nil && currencyCode(strings.TrimSuffix(m[2], ".")) != "" {
		number, currency = m[1], currencyCode(strings.TrimSuffix(m[2], "."))
	} else if m := currencyBefore.FindStringSubmatch(number); m != nil && currencyCode(m[1]) != "" {
		number, currency = m[2], currencyCode(m[1])
	}
	number = strings.ReplaceAll(trailingDash.ReplaceAllString(number, ""), "’", "'")
	if expression := numberIn(number, style); expression != nil {
		if m := expression.FindStringSubmatch(number); m != nil {
			a, ok := exact(strings.NewReplacer(",", "", ".", "", " ", "", "'", "").Replace(m[1]), m[2])
			return Money{a, currency}, ok
		}
	}
	read, ok := ReadMoney(number)
	if !ok {
		read, ok = ReadMoney(s)
	}
	if ok && currency != "" {
		read.Currency = currency
	}
	return read, ok
}

func TestPlainNumbersAreTheMoneyOfEveryExpression(t *testing.T) {
	parts := rapid.SampledFrom([]string{
		"1", "12", "123", "0", "00", "1234567", "1234567890123456", "-", ".", ",", " ", "'", "’", "\u00a0", ",-", ".–", "Kč", "EUR", "€", "zł", "$", "(", ")", "cca ", "mil.", "x",
	})
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(parts, 0, 6).Draw(t, "parts"), "")
		style := rapid.SampledFrom([]string{"", StylePoint, StyleComma, StyleMonthFirst}).Draw(t, "style")
		got, ok := ReadMoneyAs(s, style)
		if want, wantOK := slowMoney(s, style); ok != wantOK || ok && got != want {
			t.Fatalf("ReadMoneyAs(%q, %q) = %v %v, want %v %v", s, style, got, ok, want, wantOK)
		}
	})
}

func TestEveryMonthIsKnownByItsName(t *testing.T) {
	for i, name := range strings.Fields("leden unora march duben kvetna jun cervence aug zari rijna nov prosinec") {
		if monthOf(name) != i+1 {
			t.Errorf("%s is the month %s", name, strconv.Itoa(monthOf(name)))
		}
	}
}
