package typed_test

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"atlas"
	"atlas/internal/web/typed"
)

// readers give what each reader makes of the field "x".
var readers = map[string]func(*typed.Form) any{
	"date":    func(f *typed.Form) any { return f.Date("x") },
	"amount":  func(f *typed.Form) any { return f.Amount("x") },
	"percent": func(f *typed.Form) any { return f.Percent("x") },
	"rate":    func(f *typed.Form) any { return f.Rate("x") },
	"count":   func(f *typed.Form) any { return f.Count("x") },
	"year":    func(f *typed.Form) any { return f.Year("x") },
	"number":  func(f *typed.Form) any { return f.Number("x") },
	"url":     func(f *typed.Form) any { return f.URL("x") },
}

// keys are the problems the readers name.
var keys = map[string]string{
	"date": typed.KeyDate, "amount": typed.KeyAmount, "percent": typed.KeyPercent, "rate": typed.KeyRate,
	"count": typed.KeyNumber, "year": typed.KeyYear, "number": typed.KeyNumber, "url": typed.KeyURL,
}

// unknown is what each reader gives for nothing and for what cannot be read.
var unknown = map[string]any{
	"date": atlas.Date{}, "amount": atlas.Amount{}, "percent": atlas.Percent{}, "rate": atlas.Rate(0),
	"count": atlas.Count{}, "year": 0, "number": "", "url": "",
}

func known(minor int64) atlas.Amount { return atlas.Amount{Minor: minor, State: atlas.AmountKnown} }

func share(hundredths int64) atlas.Percent { return atlas.Percent{Known: true, Hundredths: hundredths} }

func people(n int64) atlas.Count { return atlas.Count{Known: true, N: n} }

func TestWhatPeopleWriteIsUnderstood(t *testing.T) {
	for _, c := range []struct {
		reader, text string
		want         any
	}{
		{"date", "2017", atlas.Date{Year: 2017}},
		{"date", "9/2017", atlas.Date{Year: 2017, Month: 9}},
		{"date", "09. 2017", atlas.Date{Year: 2017, Month: 9}},
		{"date", "9.2017", atlas.Date{Year: 2017, Month: 9}},
		{"date", "2017-09", atlas.Date{Year: 2017, Month: 9}},
		{"date", "1. 9. 2017", atlas.Date{Year: 2017, Month: 9, Day: 1}},
		{"date", "01.09.2017", atlas.Date{Year: 2017, Month: 9, Day: 1}},
		{"date", " 1.\u00a09.\u00a0 2017 ", atlas.Date{Year: 2017, Month: 9, Day: 1}},
		{"date", "2017-9-1", atlas.Date{Year: 2017, Month: 9, Day: 1}},
		{"date", "29. 2. 2020", atlas.Date{Year: 2020, Month: 2, Day: 29}},
		{"date", "31. 12. 2019", atlas.Date{Year: 2019, Month: 12, Day: 31}},

		{"amount", "0", known(0)},
		{"amount", "1800000", known(1_800_000_00)},
		{"amount", "1.395.997,-", known(1_395_997_00)},
		{"amount", "1 395 997,– Kč", known(1_395_997_00)},
		{"amount", "740\u00a0576,85\u00a0Kč", known(740_576_85)},
		{"amount", "740\u202f576,85 CZK", known(740_576_85)},
		{"amount", "740\u2009576.85", known(740_576_85)},
		{"amount", "740576.8", known(740_576_80)},
		{"amount", "1.800.000", known(1_800_000_00)},
		{"amount", "1.800,50", known(1_800_50)},
		{"amount", "1'800'000 kč", known(1_800_000_00)},
		{"amount", "  12 ", known(12_00)},
		{"amount", "999999999999999,99", known(999_999_999_999_999_99)},

		{"percent", "0", share(0)},
		{"percent", "100 %", share(100_00)},
		{"percent", "33,33\u00a0%", share(33_33)},
		{"percent", "12.5%", share(12_50)},

		{"rate", "25,12", atlas.Rate(25_120_000)},
		{"rate", "0.000001", atlas.Rate(1)},
		{"rate", "24", atlas.Rate(24_000_000)},

		{"count", "0", people(0)},
		{"count", "1 234", people(1234)},
		{"count", "1.234.567", people(1_234_567)},

		{"year", "2017", 2017},
		{"year", " 1999 ", 1999},

		{"number", "12", "12"},
		{"number", "-0,5", "-0.5"},
		{"number", "1\u00a0234,50", "1234.50"},
		{"number", "1'234", "1234"},
		{"number", "1.234.567,25", "1234567.25"},
		{"number", "5,", "5"},
		{"number", "1.25", "1.25"},

		{"url", "https://www.mesto.cz/projekt?a=1&b=2", "https://www.mesto.cz/projekt?a=1&b=2"},
		{"url", "http://cizinci.cz", "http://cizinci.cz"},
		{"url", "www.mvcr.cz", "https://www.mvcr.cz"},
		{"url", "mvcr.cz/clanek", "https://mvcr.cz/clanek"},
	} {
		f := typed.New(url.Values{"x": {c.text}})
		if diff := cmp.Diff(c.want, readers[c.reader](f)); diff != "" || len(f.Problems) > 0 {
			t.Errorf("%s %q: %v %s", c.reader, c.text, f.Problems, diff)
		}
	}
}

func TestWhatCannotBeUnderstoodIsUnknownKeepsEveryCharacterAndNamesItsProblem(t *testing.T) {
	for reader, texts := range map[string][]string{
		"date": {"včera", "30. 2. 2017", "29. 2. 2019", "31. 4. 2017", "2017-13", "2017-00", "0/2017", "0. 9. 2017", "1. 0. 2017", "2017-09-00",
			"17", "20177", "0000", "9-2017", "1. 9. 17", "1. 9.", "2017–2019", "2017-09-01T00:00", "-2017", "２０１７"},
		"amount": {"asi milion", "Kč", ",-", "-5", "−5", "1,234", "12,345", "1.2.3", "1.5,5", "1. 9. 2017", "1.395.99", "1395.997.000", "1,800,000", "1,800.50", "5 EUR",
			"1e6", "0x10", "1,2,3", ".5", ",5", "9999999999999999", "NaN", "١٢"},
		"percent": {"sto", "%", "101", "100,01", "-1", "33,333", "1/3"},
		"rate":    {"kurz", "0", "0,0", "-25", "25,1234567", "999999999999999"},
		"count":   {"mnoho", "12,5", "12.5", "-3", "1.234", "cca 20", "20–30", "20+"},
		"year":    {"rok", "17", "02017", "0000", "-201", "2017/18", "20 17", "２０１７", "2o17"},
		"number":  {"nic", "-", "--5", "+5", "1,2,3", "0,1234567", "1.2.3", "5 osob"},
		"url": {"javascript:alert(1)", "javascript://a.cz/%0aalert(1)", "data:text/html,x", "ftp://a.cz", "//evil.example", "/projekty", "https://", "https:///cesta",
			"http://[::1", "https://a.cz/b c", "mailto:a@b.cz", "viz příloha", "JaVaScRiPt:alert(1)"},
	} {
		for _, text := range texts {
			typedText := "  " + text + "\n"
			f := typed.New(url.Values{"x": {typedText}, "y": {"jiné"}})
			if got := readers[reader](f); got != unknown[reader] {
				t.Errorf("%s %q was read as %v", reader, text, got)
			}
			want := []atlas.Problem{{Field: "x", Key: keys[reader], Args: map[string]any{"value": text}}}
			if diff := cmp.Diff(want, f.Problems); diff != "" {
				t.Errorf("%s %q: %s", reader, text, diff)
			}
			if f.Get("x") != typedText || len(f.ProblemsOf("x")) != 1 || len(f.ProblemsOf("y")) != 0 {
				t.Errorf("%s %q came back as %q with %v", reader, text, f.Get("x"), f.ProblemsOf("x"))
			}
		}
	}
}

func TestAnEmptyFieldIsUnknownAndNoProblem(t *testing.T) {
	for reader, read := range readers {
		for _, values := range []url.Values{{}, {"x": {""}}, {"x": {" \u00a0\t"}}, {"x": {""}, "x_state": {"odhad"}, "x_kind": {"osoby"}}} {
			f := typed.New(values)
			if got := read(f); got != unknown[reader] || len(f.Problems) > 0 {
				t.Errorf("%s of %v: %v %v", reader, values, got, f.Problems)
			}
		}
	}
}

func TestStateAndKindStandInFieldsOfTheirOwn(t *testing.T) {
	f := typed.New(url.Values{"a": {"5"}, "a_state": {"odhad"}, "b": {"5"}, "b_state": {"cokoli"}, "n": {"7"}, "n_kind": {" kontakty "}})
	if got := f.Amount("a"); got != (atlas.Amount{Minor: 500, State: atlas.AmountEstimate}) {
		t.Errorf("%v", got)
	}
	if got := f.Amount("b"); got != known(500) {
		t.Errorf("a state we do not know: %v", got)
	}
	if got := f.Count("n"); got != (atlas.Count{Known: true, N: 7, Kind: "kontakty"}) {
		t.Errorf("%v", got)
	}
}

func TestBytesThatAreNoTextAreReplacedAndLinesOfABrowserJoinOurs(t *testing.T) {
	f := typed.New(url.Values{"a": {"x\xff\x00y"}, "long": {"jedna\r\n\r\n  dvě \r\n"}, "many": {" b ", "a", "b", ""}})
	if f.Get("a") != "x\uFFFDy" {
		t.Errorf("%q", f.Get("a"))
	}
	if diff := cmp.Diff([]string{"jedna", "dvě"}, f.Lines("long")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"b", "a"}, f.Choices("many")); diff != "" {
		t.Error(diff)
	}
	if !f.Has("many", "a") || f.Has("many", "c") {
		t.Error("a ticked box is not seen, or one that is not")
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2017", "9/2017", "1. 9. 2017", "2017-09-01", "29. 2. 2019", "0000", "", "１. 9. 2017"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, ok := typed.ParseDate(s)
		if !ok {
			return
		}
		if !d.Known() || !d.Valid() || d.Month == 0 && d.Day != 0 {
			t.Fatalf("%q is %#v", s, d)
		}
		if again, ok := typed.ParseDate(typed.DateText(d)); !ok || again != d {
			t.Fatalf("%q is written %q and read back as %v", s, typed.DateText(d), again)
		}
		if again, err := atlas.ParseDate(d.String()); err != nil || again != d {
			t.Fatalf("%q is stored as %q: %v", s, d, err)
		}
	})
}

func FuzzAmount(f *testing.F) {
	for _, s := range []string{"1.395.997,-", "740\u00a0576,85\u00a0Kč", "1'800", "999999999999999,99", "-1", "1. 9. 2017", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		form := typed.New(url.Values{"x": {s}})
		before := form.Get("x")
		a := form.Amount("x")
		if form.Get("x") != before {
			t.Fatalf("%q came back as %q", before, form.Get("x"))
		}
		switch {
		case form.Text("x") == "" || len(form.Problems) == 1:
			if a != (atlas.Amount{}) {
				t.Fatalf("%q is %v", s, a)
			}
			return
		case len(form.Problems) > 1 || a.State != atlas.AmountKnown || a.Minor < 0:
			t.Fatalf("%q is %v with %v", s, a, form.Problems)
		}
		form.SetAmount("x", a)
		if again := form.Amount("x"); again != a {
			t.Fatalf("%q is written %q and read back as %v", s, form.Get("x"), again)
		}
	})
}
