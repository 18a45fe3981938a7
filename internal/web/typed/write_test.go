package typed_test

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"atlas"
	"atlas/internal/web/typed"
)

// back reads what was written, as a form that went to a browser and back.
func back[V comparable](t *rapid.T, v V, write func(*typed.Form), read func(*typed.Form) V) {
	f := typed.New(url.Values{})
	write(f)
	sent, err := url.ParseQuery(f.Values.Encode())
	if err != nil {
		t.Fatal(err)
	}
	g := typed.New(sent)
	if got := read(g); got != v || len(g.Problems) > 0 {
		t.Fatalf("%v is written %v and read back as %v %v", v, f.Values, got, g.Problems)
	}
}

func TestWhatIsWrittenIsReadBackEqual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		state := rapid.SampledFrom([]atlas.AmountState{atlas.AmountKnown, atlas.AmountEstimate}).Draw(t, "state")
		amount := atlas.Amount{Minor: rapid.Int64Range(0, 999_999_999_999_999_99).Draw(t, "minor"), State: state}
		if rapid.Bool().Draw(t, "no amount") {
			amount = atlas.Amount{}
		}
		back(t, amount, func(f *typed.Form) { f.SetAmount("x", amount) }, func(f *typed.Form) atlas.Amount { return f.Amount("x") })

		percent := atlas.Percent{Known: true, Hundredths: rapid.Int64Range(0, 100_00).Draw(t, "hundredths")}
		back(t, percent, func(f *typed.Form) { f.SetPercent("x", percent) }, func(f *typed.Form) atlas.Percent { return f.Percent("x") })

		rate := atlas.Rate(rapid.Int64Range(0, 1_000_000_000_000).Draw(t, "rate"))
		back(t, rate, func(f *typed.Form) { f.SetRate("x", rate) }, func(f *typed.Form) atlas.Rate { return f.Rate("x") })

		count := atlas.Count{Known: true, N: rapid.Int64Range(0, 1e15-1).Draw(t, "n"), Kind: rapid.SampledFrom([]string{"", "osoby", "kontakty"}).Draw(t, "kind")}
		back(t, count, func(f *typed.Form) { f.SetCount("x", count) }, func(f *typed.Form) atlas.Count { return f.Count("x") })

		year := rapid.IntRange(0, 9999).Draw(t, "year")
		back(t, year, func(f *typed.Form) { f.SetYear("x", year) }, func(f *typed.Form) int { return f.Year("x") })

		date := rapid.Custom(date).Draw(t, "date")
		back(t, date, func(f *typed.Form) { f.SetDate("x", date) }, func(f *typed.Form) atlas.Date { return f.Date("x") })
	})
}

func date(t *rapid.T) atlas.Date {
	d := atlas.Date{Year: rapid.IntRange(1, 9999).Draw(t, "year"), Month: rapid.IntRange(0, 12).Draw(t, "month")}
	if d.Month > 0 {
		d.Day = rapid.IntRange(0, d.Last().Day).Draw(t, "day")
	}
	return d
}

func TestTheUnknownIsWrittenAsAnEmptyField(t *testing.T) {
	f := typed.New(url.Values{})
	f.SetAmount("a", atlas.Amount{})
	f.SetPercent("p", atlas.Percent{})
	f.SetCount("c", atlas.Count{Kind: "osoby"})
	f.SetDate("d", atlas.Date{})
	f.SetRate("r", 0)
	f.SetYear("y", 0)
	if len(f.Values) != 0 {
		t.Errorf("%v", f.Values)
	}
}

func TestValuesAreWrittenAsACzechFormExpects(t *testing.T) {
	f := typed.New(url.Values{})
	f.SetAmount("whole", atlas.Crowns(1_800_000))
	f.SetAmount("part", atlas.Amount{Minor: 740_576_05, State: atlas.AmountEstimate})
	f.SetPercent("percent", atlas.Pct(25))
	f.SetPercent("third", atlas.Percent{Known: true, Hundredths: 33_30})
	f.SetRate("rate", 25_120_000)
	f.SetRate("even", 25_000_000)
	f.SetDate("day", atlas.Date{Year: 2017, Month: 9, Day: 1})
	f.SetDate("month", atlas.Date{Year: 2017, Month: 9})
	want := url.Values{
		"whole": {"1800000"}, "part": {"740576,05"}, "part_state": {"odhad"}, "percent": {"25"}, "third": {"33,30"},
		"rate": {"25,12"}, "even": {"25"}, "day": {"1. 9. 2017"}, "month": {"9/2017"},
	}
	if diff := cmp.Diff(want, f.Values); diff != "" {
		t.Error(diff)
	}
}
