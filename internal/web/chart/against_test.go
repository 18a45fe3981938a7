package chart_test

import (
	"strings"
	"testing"

	"atlas/internal/web/chart"
)

func TestAValueAgainstLimitsStandsWhereItsNumberIsAndWhatIsNotKnownIsWordsOnly(t *testing.T) {
	g := chart.Against{
		ID: "a", Title: "Shoda", Desc: "Popis", Least: -0.5, Ticks: []chart.Limit{{-0.5, "−0,5"}, {0, "0"}, {0.5, "0,5"}, {1, "1"}},
		Limits: []chart.Limit{{Value: 0.667, Text: "0,667"}, {Value: 0.8, Text: "0,8"}},
		Rows: []chart.AgainstRow{
			{Label: "K1", Known: true, Value: 0.91, Text: "0,91", Name: "K1: 0,91"}, {Label: "K2", Known: true, Value: -0.2, Below: true, Text: "−0,2"},
			{Label: "K3", Text: "není známo"}, {Label: awkward, Known: true, Text: "0", Name: awkward},
		},
	}
	all := marks(t, g.SVG())
	from, to := byClass(all, "chart-tick")[0].num(t, "x"), byClass(all, "chart-tick")[3].num(t, "x")
	at := func(v float64) float64 { return from + (v+0.5)/1.5*(to-from) }
	dots := byClass(all, "spread-dot")
	if len(dots) != 2 || !near(dots[0].num(t, "cx"), at(0.91), 0.06) || !near(dots[1].num(t, "cx"), at(0), 0.06) {
		t.Errorf("dots %v", dots)
	}
	if len(byClass(all, "spread-own")) != 1 || len(byClass(all, "dots-row")) != 4 {
		t.Error("the one below the limits is drawn like the others, or a row is missing")
	}
	limits := byClass(all, "chart-axis")
	if len(limits) != 2+2*3 || !near(limits[0].num(t, "x1"), at(0.667), 0.06) || !near(limits[1].num(t, "x1"), at(0.8), 0.06) {
		t.Errorf("limits %v", limits)
	}
	for _, want := range []string{"<title", "<desc", "není známo", "0,667"} {
		if !strings.Contains(string(g.SVG()), want) {
			t.Errorf("%q is not there", want)
		}
	}
	for _, c := range []struct{ value, least float64 }{{0.9, 0}, {0, 0}, {-0.01, -0.5}, {-0.5, -0.5}, {-0.51, -1}} {
		if got := chart.LeastOf(0.3, c.value); got != c.least {
			t.Errorf("%v: %v", c.value, got)
		}
	}
}
