package chart_test

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlas/internal/web/chart"
)

func TestSharesOfAYearFillItsColumnAndWhatIsNotKnownIsSeenOnTop(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		steps := rapid.IntRange(1, 12).Draw(r, "years")
		m := chart.Composition{ID: "c", Title: awkward, Steps: years(2010, steps), NoData: "bez údajů"}
		totals := make([]float64, steps)
		parts := rapid.IntRange(1, 10).Draw(r, "parts")
		for i := range parts {
			p := chart.Portion{Name: strconv.Itoa(i), Unknown: i == parts-1}
			for s := range steps {
				v := chart.Slot{Value: float64(rapid.IntRange(0, 1000).Draw(r, "value")), Known: rapid.Bool().Draw(r, "known"), Name: p.Name + "/" + strconv.Itoa(s)}
				if v.Known {
					totals[s] += v.Value
				}
				p.Slots = append(p.Slots, v)
			}
			m.Portions = append(m.Portions, p)
		}
		all := marks(r, m.SVG())
		drawn := map[string]mark{}
		for _, x := range byTag(all, "rect") {
			if name := x.Holder["aria-label"]; name != "" {
				drawn[name] = x
			}
		}
		grid := byClass(all, "chart-grid")
		floor, top := grid[0].num(r, "y1"), grid[len(grid)-1].num(r, "y1")
		empty := 0
		for s := range steps {
			at := floor
			for i, p := range m.Portions {
				x, there := drawn[p.Name+"/"+strconv.Itoa(s)]
				v := p.Slots[s]
				if there != (v.Known && v.Value > 0) {
					r.Fatalf("part %d of year %d with %v is drawn: %v", i, s, v, there)
				}
				if !there {
					continue
				}
				high := v.Value / totals[s] * (floor - top)
				if !near(x.num(r, "height"), high, 0.11) || !near(x.num(r, "y")+x.num(r, "height"), at, 0.2) {
					r.Fatalf("part %d of year %d is %v, want %v high from %v", i, s, x.Attr, high, at)
				}
				if x.has("chart-unknown") != p.Unknown || (x.Attr["fill"] == "url(#c-stripes)") != p.Unknown {
					r.Fatalf("part %d is hatched: %v", i, x.Attr)
				}
				at -= high
			}
			if totals[s] == 0 {
				empty++
			} else if !near(at, top, 0.11) {
				r.Fatalf("the shares of year %d end at %v, not %v", s, at, top)
			}
		}
		if said := only(all, func(m mark) bool { return m.Text == "bez údajů" }); len(said) != empty {
			r.Fatalf("%d years are said to be without data, %d are", len(said), empty)
		}
	})
}

func TestBarsOfAPyramidHaveOneScaleOnAllSidesAndWhatIsNotKnownHasNone(t *testing.T) {
	count := func(v float64) chart.Count {
		return chart.Count{Value: v, Known: true, Text: "n", Name: strconv.Itoa(int(v))}
	}
	all := marks(t, chart.Pyramid{ID: "p", Left: "Muži", Right: "Ženy", Beside: "Neznámo", Bands: []chart.Band{
		{Label: "0–4", Left: count(100), Right: count(200), Beside: count(50)},
		{Label: "5–9", Left: chart.Count{Text: "< 5", Name: "hidden"}, Right: count(0)},
		{Label: "neznámý věk", Unknown: true, Left: count(25), Right: count(40)},
	}}.SVG())
	long := map[string]float64{}
	for _, m := range byClass(all, "chart-mark") {
		long[m.Holder["aria-label"]] = m.num(t, "width")
	}
	if _, drawn := long["hidden"]; drawn {
		t.Error("a number that is not known has a bar")
	}
	unit := long["200"] / 200
	for name, want := range map[string]float64{"100": 100, "50": 50, "25": 25, "40": 40, "0": 0} {
		if !near(long[name], want*unit, 0.11) {
			t.Errorf("%s is %v long, want %v", name, long[name], want*unit)
		}
	}
	labels := byClass(all, "chart-label")
	if labels[0].Text != "5–9" || labels[2].Text != "neznámý věk" {
		t.Errorf("order %v", labels)
	}
	apart := labels[2].num(t, "y") - labels[1].num(t, "y")
	if apart <= labels[1].num(t, "y")-labels[0].num(t, "y") {
		t.Error("the unknown age does not stand apart")
	}
}

func TestAPyramidNeverLeavesItsPicture(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var p chart.Pyramid
		p.ID, p.Beside = "p", "Neznámo"
		count := func() chart.Count {
			v := rapid.IntRange(0, 9_999_999).Draw(r, "value")
			return chart.Count{Value: float64(v), Known: rapid.Bool().Draw(r, "known"), Text: strconv.Itoa(v)}
		}
		for i := range rapid.IntRange(0, 22).Draw(r, "bands") {
			p.Bands = append(p.Bands, chart.Band{Label: strconv.Itoa(i*5) + "–" + strconv.Itoa(i*5+4), Left: count(), Right: count(), Beside: count()})
		}
		all := marks(r, p.SVG())
		width, height := size(r, all[0])
		for _, m := range byClass(all, "chart-mark") {
			if x, y := m.num(r, "x"), m.num(r, "y"); x < 0 || y < 0 || x+m.num(r, "width") > width || y+m.num(r, "height") > height {
				r.Fatalf("%v of %v × %v", m.Attr, width, height)
			}
		}
	})
}

func TestGrowthAndFallHaveTheSameStepsAndMissingDataAreHatched(t *testing.T) {
	m := chart.ChangeMap{ID: "m", Title: "Změna", NoData: "bez údajů", Same: "beze změny"}
	values := map[string]float64{"a": -500, "b": 500, "c": -3, "d": 3, "e": 0}
	for i, code := range []string{"a", "b", "c", "d", "e", "f", "g"} {
		m.Outlines = append(m.Outlines, chart.Outline{Code: code, Rings: [][][2]float64{square(14+float64(i), 49, 0.9)}})
		v, there := values[code]
		if code != "g" {
			m.Changes = append(m.Changes, chart.Change{Code: code, Value: v, Known: there, Text: code, Name: code})
		}
	}
	all := marks(t, m.SVG())
	class := map[string]string{}
	for _, x := range byTag(all, "path") {
		class[x.Holder["aria-label"]] = x.Holder["class"]
	}
	for a, b := range map[string]string{"a": "b", "c": "d"} {
		if less, more := class[a], class[b]; strings.Replace(less, "less", "more", 1) != more || !strings.Contains(less, "chart-less-") {
			t.Errorf("%v is %s, %v is %s", values[a], less, values[b], more)
		}
	}
	if class["a"] == class["c"] || !strings.Contains(class["e"], "map-class-0") || !strings.Contains(class["f"], "chart-unknown") {
		t.Errorf("%v", class)
	}
	if hatched := only(all, func(m mark) bool { return m.Tag == "path" && m.Attr["fill"] == "url(#m-stripes)" }); len(hatched) != 2 {
		t.Errorf("%d territories are hatched, want the one without data and the one nobody told of", len(hatched))
	}
	if len(only(all, func(m mark) bool { return m.Text == "f" })) != 0 {
		t.Error("a number stands where there are no data")
	}
	var legend []string
	for _, m := range byClass(all, "chart-name") {
		legend = append(legend, m.Text)
	}
	if got := strings.Join(legend, "; "); !strings.HasSuffix(got, "bez údajů") || !strings.Contains(got, "beze změny") || !strings.Contains(got, "≤ +") || !strings.Contains(got, "≥ −") {
		t.Errorf("legend %s", got)
	}
}
