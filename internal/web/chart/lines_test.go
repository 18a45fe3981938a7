package chart_test

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlas/internal/web/chart"
)

// years are steps from a year on.
func years(from, n int) []chart.Step {
	var out []chart.Step
	for y := from; y < from+n; y++ {
		out = append(out, chart.Step{At: float64(y), Label: strconv.Itoa(y)})
	}
	return out
}

// known are dots of values; "?" is a year without data, "/" before a number a new
// definition.
func known(values string) []chart.Dot {
	var out []chart.Dot
	for v := range strings.FieldsSeq(values) {
		text, fresh := strings.CutPrefix(v, "/")
		f, err := strconv.ParseFloat(text, 64)
		out = append(out, chart.Dot{Value: f, Known: err == nil, Fresh: fresh, Text: text, Name: text})
	}
	return out
}

// joined counts the straight parts of lines and says how far along one goes.
func joined(t rapid.TB, all []mark) (parts int, longest float64) {
	for _, m := range byTag(all, "polyline") {
		last := -1.0
		for pair := range strings.FieldsSeq(m.Attr["points"]) {
			x, _, _ := strings.Cut(pair, ",")
			f, err := strconv.ParseFloat(x, 64)
			if err != nil {
				t.Fatalf("points %q", m.Attr["points"])
			}
			if last >= 0 {
				parts, longest = parts+1, max(longest, f-last)
			}
			last = f
		}
	}
	return parts, longest
}

func TestAYearWithoutDataIsAGapAndNoLineGoesThroughIt(t *testing.T) {
	all := marks(t, chart.Lines{ID: "l", Title: "Cizinci", Steps: years(2015, 6), Series: []chart.Series{{Name: "UA", Dots: known("10 20 ? 40 50 60")}}}.SVG())
	if n := len(byTag(all, "polyline")); n != 2 {
		t.Errorf("%d lines, want one on each side of the gap", n)
	}
	parts, longest := joined(t, all)
	dots := byClass(all, "chart-dot")
	if parts != 3 || len(dots) != 5 {
		t.Errorf("%d parts and %d values, want 3 and 5", parts, len(dots))
	}
	step := byTag(all, "circle")[2].num(t, "cx") - byTag(all, "circle")[0].num(t, "cx")
	if longest > step+0.2 {
		t.Errorf("a line goes over %v, years are %v apart", longest, step)
	}
}

func TestAChangeOfDefinitionBreaksTheLineAndIsSaid(t *testing.T) {
	all := marks(t, chart.Lines{ID: "l", Steps: years(2015, 4), Series: []chart.Series{{Dots: known("10 20 /5 6")}}, Breaks: map[int]string{2: "jiná definice"}}.SVG())
	if parts, _ := joined(t, all); parts != 2 {
		t.Errorf("%d parts, want 2: none between 2016 and 2017", parts)
	}
	if b := byClass(all, "chart-break"); len(b) != 1 || len(only(all, func(m mark) bool { return m.Text == "jiná definice" })) != 1 {
		t.Errorf("the change is not drawn and said: %v", b)
	}
}

func TestLinesJoinExactlyNeighboursThatAreKnownWhateverTheData(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		steps := rapid.IntRange(0, 25).Draw(r, "years")
		l := chart.Lines{ID: "l", Title: awkward, Steps: years(2000, steps)}
		want, dots := 0, 0
		most, least := 0.0, 0.0
		for range rapid.IntRange(0, 8).Draw(r, "series") {
			s := chart.Series{Name: awkward}
			for i := range steps {
				d := chart.Dot{Known: rapid.Bool().Draw(r, "known"), Fresh: rapid.IntRange(0, 9).Draw(r, "fresh") == 0, Value: rapid.Float64Range(-1e6, 1e9).Draw(r, "value")}
				if d.Known {
					dots++
					most, least = max(most, d.Value), min(least, d.Value)
					if i > 0 && s.Dots[i-1].Known && !d.Fresh {
						want++
					}
				}
				s.Dots = append(s.Dots, d)
			}
			l.Series = append(l.Series, s)
		}
		all := marks(r, l.SVG())
		if got, _ := joined(r, all); got != want {
			r.Fatalf("%d parts, want %d", got, want)
		}
		width, height := size(r, all[0])
		targets := byClass(all, "chart-target")
		if len(targets) != dots {
			r.Fatalf("%d values drawn of %d", len(targets), dots)
		}
		for _, m := range targets {
			if x, y := m.num(r, "cx"), m.num(r, "cy"); x < 0 || x > width || y < 0 || y > height {
				r.Fatalf("a value stands at %v, %v", x, y)
			}
		}
		for _, m := range byTag(all, "text") {
			if x, y := m.num(r, "x"), m.num(r, "y"); x < 0 || x > width || y < 0 || y > height {
				r.Fatalf("%q stands at %v, %v of %v × %v", m.Text, x, y, width, height)
			}
		}
	})
}

func TestValuesStandAsHighAsTheyAreOverAZeroThatIsAlwaysThere(t *testing.T) {
	all := marks(t, chart.Lines{ID: "l", Steps: years(2000, 3), Series: []chart.Series{{Dots: known("500 1000 750")}}}.SVG())
	zero := byClass(all, "chart-axis")[0].num(t, "y1")
	dots := byClass(all, "chart-target")
	high := zero - dots[1].num(t, "cy")
	for i, share := range []float64{0.5, 1, 0.75} {
		if got := zero - dots[i].num(t, "cy"); !near(got, share*high, 0.11) {
			t.Errorf("value %d stands %v high, want %v", i, got, share*high)
		}
	}
}

func TestTheAxisHasRoundNumbersAndWholeOnesForCounts(t *testing.T) {
	for values, want := range map[string]string{
		"4512 9870": "0 2000 4000 6000 8000 10000", "1 2": "0 1 2", "0.1 0.4": "0 0.1 0.2 0.3 0.4", "-30 60": "-40 -20 0 20 40 60", "0 0": "0 1", "? ?": "0 1",
	} {
		all := marks(t, chart.Lines{ID: "l", Steps: years(2000, 2), Series: []chart.Series{{Dots: known(values)}}}.SVG())
		var got []string
		for _, m := range byClass(all, "chart-tick") {
			f, _ := strconv.ParseFloat(m.Text, 64)
			got = append(got, strconv.FormatFloat(f, 'g', 6, 64))
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%s: ticks %s, want %s", values, g, want)
		}
	}
}

func TestSeriesDifferWithoutColourAndTheirNamesNeverMeet(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		l := chart.Lines{ID: "l", Steps: years(2020, 2)}
		n := rapid.IntRange(1, 8).Draw(r, "series")
		for i := range n {
			v := rapid.Float64Range(0, 100).Draw(r, "value")
			l.Series = append(l.Series, chart.Series{Name: "Země " + strconv.Itoa(i), Dots: []chart.Dot{{Known: true, Value: v}, {Known: rapid.Bool().Draw(r, "known"), Value: v}}})
		}
		all := marks(r, l.SVG())
		names := byClass(all, "chart-name")
		if len(names) != n {
			r.Fatalf("%d names of %d series", len(names), n)
		}
		for i, a := range names {
			for _, b := range names[:i] {
				if d := a.num(r, "y") - b.num(r, "y"); d < 16.8 && d > -16.8 {
					r.Fatalf("%s and %s stand %v apart", a.Text, b.Text, d)
				}
			}
		}
		classes := map[string]bool{}
		for _, m := range only(all, func(m mark) bool { return strings.HasPrefix(m.Attr["class"], "chart-series-") }) {
			classes[m.Attr["class"]] = true
		}
		if len(classes) != min(n, 6) {
			r.Fatalf("%d patterns of %d series", len(classes), n)
		}
	})
}

func TestSmallPicturesShareOneScale(t *testing.T) {
	panel := func(values string) chart.Lines {
		return chart.Lines{ID: "p", Steps: years(2020, 2), Series: []chart.Series{{Dots: known(values)}}}
	}
	small := chart.Multiples{Panels: []chart.Lines{panel("10 20"), panel("50 100"), panel("? ?")}}.Pictures()
	at := func(p chart.Lines) []float64 {
		all := marks(t, p.SVG())
		zero := byClass(all, "chart-axis")[0].num(t, "y1")
		var out []float64
		for _, m := range byClass(all, "chart-target") {
			out = append(out, zero-m.num(t, "cy"))
		}
		return out
	}
	low, high := at(small[0]), at(small[1])
	if !near(low[1]*5, high[1], 0.6) || len(at(small[2])) != 0 {
		t.Errorf("20 stands %v high, 100 %v", low[1], high[1])
	}
}
