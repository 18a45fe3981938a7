package chart_test

import (
	"bytes"
	"image/png"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlas/internal/web/chart"
)

func TestEveryValueOfADotPlotStandsWhereItsNumberIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := chart.Dots{ID: "d", Title: awkward, Most: 4, Ticks: []float64{0, 4}}
		for range rapid.IntRange(1, 5).Draw(t, "rows") {
			values := rapid.SliceOfN(rapid.Float64Range(0, 4), 0, 20).Draw(t, "values")
			slices.Sort(values)
			r := chart.DotRow{Label: awkward, Name: awkward, Values: values, Box: len(values) > 4, Owned: true, Own: 2}
			if n := len(values); n > 0 {
				r.Lower, r.Median, r.Upper = values[n/4], values[n/2], values[3*n/4]
			}
			d.Rows = append(d.Rows, r)
		}
		all := marks(t, d.SVG())
		grid := byClass(all, "chart-grid")
		from, to := grid[0].num(t, "x1"), grid[1].num(t, "x1")
		dots := byClass(all, "spread-dot")
		for _, r := range d.Rows {
			for i, v := range r.Values {
				if i > 0 && v == r.Values[i-1] {
					continue
				}
				if x := dots[0].num(t, "cx"); !near(x, from+v/4*(to-from), 0.06) {
					t.Fatalf("%v stands at %v", v, x)
				}
				dots = dots[1:]
			}
		}
		if len(dots) > 0 || len(byClass(all, "spread-own")) != len(d.Rows) {
			t.Fatalf("%d dots are over", len(dots))
		}
	})
}

func TestADotPlotIsPaintedAndMoreOfTheSameIsALargerDot(t *testing.T) {
	d := chart.Dots{ID: "d", Title: "Kritéria", Most: 4, Ticks: []float64{0, 1, 2, 3, 4}, Rows: []chart.DotRow{{Label: "K1", Text: "3", Values: []float64{1, 3, 3, 3, 4}, Box: true, Lower: 3, Median: 3, Upper: 3}}}
	dots := byClass(marks(t, d.SVG()), "spread-dot")
	if len(dots) != 3 || dots[1].num(t, "r") <= dots[0].num(t, "r") {
		t.Errorf("%v", dots)
	}
	data, err := chart.PNG(chart.Plate{Title: d.Title}, d)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := png.Decode(bytes.NewReader(data)); err != nil || !strings.Contains(string(d.SVG()), "chart-dots") {
		t.Error(err)
	}
}
