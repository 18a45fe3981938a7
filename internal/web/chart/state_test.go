package chart_test

import (
	"bytes"
	"fmt"
	"image/color"
	"image/png"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlas/internal/web/chart"
)

var fourStates = []chart.State{
	{Pattern: chart.Solid, Mark: "●", Text: "now"}, {Pattern: chart.Dotted, Mark: "○", Text: "past"},
	{Pattern: chart.Crossed, Mark: "–", Text: "none"}, {Pattern: chart.Striped, Mark: "?", Text: "no data"},
}

// country is squares side by side, one for each place.
func country(places ...chart.Stated) chart.StateMap {
	m := chart.StateMap{ID: "m", Title: awkward, States: fourStates, NoValue: "nothing"}
	for i, p := range places {
		if p.Code == "" {
			p.Code = strconv.Itoa(i)
		}
		m.Places = append(m.Places, p)
		m.Outlines = append(m.Outlines, chart.Outline{Code: p.Code, Rings: [][][2]float64{square(14+float64(i), 49, 0.9)}})
	}
	return m
}

func TestTheFourStatesDifferByTheirPatternsAndSteps(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var places []chart.Stated
		for i := range rapid.IntRange(1, 40).Draw(r, "places") {
			p := chart.Stated{State: rapid.IntRange(0, 3).Draw(r, "state"), Known: rapid.Bool().Draw(r, "known"), Name: fmt.Sprint("place ", i), Href: "/p/" + strconv.Itoa(i)}
			if p.State < 2 {
				p.Value = float64(rapid.IntRange(0, 50).Draw(r, "value"))
			}
			places = append(places, p)
		}
		m := country(places...)
		all := marks(r, m.SVG())
		ids := map[string]bool{}
		for _, x := range byTag(all, "pattern") {
			ids["url(#"+x.Attr["id"]+")"] = true
		}
		looks := map[string]map[string]bool{} // fill → states that have it
		for _, x := range byTag(all, "path") {
			i, err := strconv.Atoi(strings.TrimPrefix(x.Holder["aria-label"], "place "))
			if err != nil || x.Holder["href"] != places[i].Href {
				r.Fatalf("%v", x.Holder)
			}
			look := x.Attr["fill"]
			if look == "" {
				look = x.Holder["class"]
			} else if !ids[look] {
				r.Fatalf("nothing defines %s", look)
			}
			if looks[look] == nil {
				looks[look] = map[string]bool{}
			}
			looks[look][fourStates[places[i].State].Text] = true
		}
		for look, states := range looks {
			if len(states) != 1 {
				r.Fatalf("%s stands for %v", look, states)
			}
		}
		lines := m.Legend()
		if len(lines) != 4 {
			r.Fatalf("%d lines of the legend", len(lines))
		}
		for i, l := range lines {
			if !strings.HasPrefix(l.Text, fourStates[i].Text) || !strings.Contains(string(l.Keys), "<rect") {
				r.Fatalf("%q %s", l.Text, l.Keys)
			}
		}
	})
}

func TestALargerNumberIsNeverALighterStep(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var places []chart.Stated
		values := rapid.SliceOfN(rapid.IntRange(0, 1000), 1, 20).Draw(r, "values")
		for _, v := range values {
			places = append(places, chart.Stated{Value: float64(v), Known: true, Name: strconv.Itoa(v)})
		}
		step := map[int]string{}
		for _, x := range byTag(marks(r, country(places...).SVG()), "path") {
			v, _ := strconv.Atoi(x.Holder["aria-label"])
			classes := strings.Fields(x.Holder["class"])
			step[v] = classes[len(classes)-1]
			if (v == 0) != (step[v] == "state-solid-0") {
				r.Fatalf("%d is in %s", v, step[v])
			}
		}
		slices.Sort(values)
		for i := 1; i < len(values); i++ {
			if step[values[i]] < step[values[i-1]] {
				r.Fatalf("%d is in %s, %d in %s", values[i-1], step[values[i-1]], values[i], step[values[i]])
			}
		}
	})
}

func TestManySmallTerritoriesHaveMarksAndVeryManyNothing(t *testing.T) {
	for n, want := range map[int]string{20: "7", 100: "●", 300: ""} {
		places := make([]chart.Stated, n)
		for i := range places {
			places[i] = chart.Stated{Value: 7, Known: true, Text: "7", Name: "x"}
		}
		all := byClass(marks(t, country(places...).SVG()), "map-number")
		if want == "" && len(all) != 0 || want != "" && (len(all) != n || all[0].Text != want) {
			t.Errorf("%d territories: %d texts %v", n, len(all), all[:min(1, len(all))])
		}
	}
}

// TestAFileOfAMapHasItsLegendAndItsPatterns: on a page the legend stands beside in
// words; a file has nothing beside it.
func TestAFileOfAMapHasItsLegendAndItsPatterns(t *testing.T) {
	m := country(chart.Stated{Value: 1, Known: true}, chart.Stated{State: 1, Value: 1, Known: true}, chart.Stated{State: 2}, chart.Stated{State: 3})
	if strings.Contains(string(m.SVG()), "no data") {
		t.Error("the page has the legend twice")
	}
	img := painted(t, chart.Plate{Title: "Území"}, m)
	for name, ink := range map[string]color.NRGBA{"solid": {0xc5, 0xdb, 0xf2, 255}, "dots": {0xa8, 0x4a, 0x12, 255}, "cross": {0xc6, 0x28, 0x28, 255}, "stripes": {0x6d, 0x6d, 0x6d, 255}} {
		if len(stretches(img, ink)) == 0 {
			t.Errorf("no %s", name)
		}
	}
	wide, high := size(t, marks(t, m.SVG())[0])
	if b := img.Bounds(); float64(b.Dx()) != 2*(wide+48) || float64(b.Dy()) < 2*(high+4*44) {
		t.Errorf("%v of a map of %v × %v", b, wide, high)
	}
}

func grid(rows, columns int) chart.Grid {
	g := chart.Grid{ID: "g", Title: awkward, Corner: "Kraj", States: fourStates}
	for c := range columns {
		g.Columns = append(g.Columns, "Příliš žluťoučký kůň, úpěl a ďábelské ódy "+strconv.Itoa(c))
	}
	for n := range rows {
		row := chart.GridRow{Name: "Území " + strconv.Itoa(1000+n)}
		for c := range columns {
			row.Cells = append(row.Cells, chart.GridCell{State: (n + c) % 4, Text: strconv.Itoa(n * c % 10)})
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

func TestEveryCellOfAGridStandsInItsRowAndColumnWithItsMark(t *testing.T) {
	g := grid(5, 7)
	all := marks(t, g.SVG())
	width, height := size(t, all[0])
	at := map[string]bool{}
	cells := 0
	for _, x := range byTag(all, "rect") {
		if !strings.Contains(x.Holder["class"], "matrix-field") {
			continue
		}
		cells++
		place := x.Attr["x"] + " " + x.Attr["y"]
		if at[place] {
			t.Errorf("two cells at %s", place)
		}
		at[place] = true
		if x.num(t, "x")+x.num(t, "width") > width || x.num(t, "y")+x.num(t, "height") > height {
			t.Errorf("a cell is outside: %v", x.Attr)
		}
	}
	if cells != 5*7+4 {
		t.Errorf("%d cells and lines of the legend", cells)
	}
	for n := range 5 {
		for c := range 7 {
			want := strconv.Itoa(n*c%10) + " " + fourStates[(n+c)%4].Mark
			if !slices.ContainsFunc(all, func(m mark) bool { return m.Text == want }) {
				t.Errorf("no cell %q", want)
			}
		}
	}
	var heads []string
	for _, m := range byClass(all, "matrix-head") {
		heads = append(heads, m.Text)
	}
	if said := strings.Join(heads, " "); strings.Count(said, "žluťoučký") != 7 {
		t.Errorf("heads %s", said)
	}
}

// TestALongGridIsAFileWithFewerPointsAndAVeryLongOneNone.
func TestALongGridIsAFileWithFewerPointsAndAVeryLongOneNone(t *testing.T) {
	wide := func(rows int) int {
		data, err := chart.PNG(chart.Plate{}, grid(rows, 18))
		if err != nil {
			return 0
		}
		c, err := png.DecodeConfig(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		return c.Width
	}
	if few, many, most := wide(14), wide(300), wide(3000); few != 2*many || most != 0 {
		t.Errorf("14 rows are %d wide, 300 %d, 3000 %d", few, many, most)
	}
}
