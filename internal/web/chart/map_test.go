package chart_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlas/internal/web/chart"
	"atlas/internal/web/static"
)

// kraje are the outlines the product ships with.
func kraje(t testing.TB) []chart.Outline {
	t.Helper()
	files, err := static.New()
	if err != nil {
		t.Fatal(err)
	}
	all, err := files.Outlines()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// square is a territory from a corner, in degrees; steps say its holes.
func square(west, south, size float64) [][2]float64 {
	return [][2]float64{{west, south}, {west + size, south}, {west + size, south + size}, {west, south + size}, {west, south}}
}

func TestClassesCoverEveryValueAndNoneIsEmpty(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		values := rapid.SliceOfN(rapid.IntRange(0, 40), 0, 20).Draw(r, "values")
		var m chart.Map
		for _, v := range values {
			m.Regions = append(m.Regions, chart.Region{Value: v})
		}
		classes := m.Classes()
		inClass := map[int]int{}
		for _, v := range values {
			n := 0
			for _, c := range classes {
				if v >= c.From && v <= c.To {
					inClass[c.Number]++
					n++
				}
			}
			if want := min(1, v); n != want {
				r.Fatalf("%d lies in %d classes of %v", v, n, classes)
			}
		}
		for i, c := range classes {
			if c.Number != i+1 || inClass[c.Number] == 0 || c.From > c.To || !slices.Contains(values, c.To) {
				r.Fatalf("class %v of %v over %v", c, classes, values)
			}
			if i > 0 && c.From <= classes[i-1].To {
				r.Fatalf("classes %v overlap", classes)
			}
		}
		known := slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(values))), func(v int) bool { return v == 0 })
		if len(classes) > 5 || len(classes) > len(known) || len(known) > 0 && len(classes) == 0 {
			r.Fatalf("%d classes of the values %v", len(classes), known)
		}
	})
}

func TestFiveDifferentValuesMakeFiveClassesAndOneMakesOne(t *testing.T) {
	for _, c := range []struct {
		values []int
		want   []chart.Class
	}{
		{[]int{1, 2, 3, 4, 5}, []chart.Class{{1, 1, 1}, {2, 2, 2}, {3, 3, 3}, {4, 4, 4}, {5, 5, 5}}},
		{[]int{7}, []chart.Class{{1, 7, 7}}},
		{[]int{3, 3, 3, 3, 3, 3, 0}, []chart.Class{{1, 3, 3}}},
		{[]int{0, 0}, nil},
		{[]int{1, 1, 2, 2, 4, 4, 8, 8, 90, 100}, []chart.Class{{1, 1, 1}, {2, 2, 2}, {3, 3, 4}, {4, 5, 8}, {5, 9, 100}}},
	} {
		var m chart.Map
		for _, v := range c.values {
			m.Regions = append(m.Regions, chart.Region{Value: v})
		}
		got := m.Classes()
		for i := range min(len(got), len(c.want)) {
			// The lower edge may lie anywhere above the class before.
			if got[i].To != c.want[i].To || got[i].Number != c.want[i].Number {
				t.Errorf("%v gives %v, want %v", c.values, got, c.want)
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%v gives %v, want %v", c.values, got, c.want)
		}
	}
}

func TestEveryKrajIsShadedByItsValueAndItsNumberStandsInsideItAndInNoOther(t *testing.T) {
	m := chart.Map{ID: "mapa", Title: "Mapa", Outlines: kraje(t)}
	if len(m.Outlines) != 14 {
		t.Fatalf("%d kraje", len(m.Outlines))
	}
	for i, o := range m.Outlines {
		m.Regions = append(m.Regions, chart.Region{Code: o.Code, Value: i, Text: "n" + strconv.Itoa(i), Name: o.Code, Href: "/uzemi/" + o.Code})
	}
	all := marks(t, m.SVG())
	width, height := size(t, all[0])
	paths := map[string][][][2]float64{}
	for _, p := range byTag(all, "path") {
		code := p.Holder["aria-label"]
		paths[code] = rings(t, p.Attr["d"])
		i := slices.IndexFunc(m.Outlines, func(o chart.Outline) bool { return o.Code == code })
		class := 0
		for _, c := range m.Classes() {
			if i >= c.From && i <= c.To {
				class = c.Number
			}
		}
		if !slices.Contains(strings.Fields(p.Holder["class"]), "map-class-"+strconv.Itoa(class)) || p.Holder["href"] != "/uzemi/"+code {
			t.Errorf("%s with %d has %v, want class %d", code, i, p.Holder, class)
		}
	}
	if len(paths) != 14 {
		t.Fatalf("%d outlines are drawn", len(paths))
	}
	for _, n := range byClass(all, "map-number") {
		i, _ := strconv.Atoi(strings.TrimPrefix(n.Text, "n"))
		x, y := n.num(t, "x"), n.num(t, "y")-8 // the text stands 8 under its middle
		for code, rings := range paths {
			if own := code == m.Outlines[i].Code; own != inside(rings, x, y) && (own || code == "CZ010") {
				t.Errorf("the number of %s stands at %v %v; inside %s: %v", m.Outlines[i].Code, x, y, code, !own)
			}
		}
		if x < 0 || y < 0 || x > width || y > height {
			t.Errorf("the number of %s is outside the picture", m.Outlines[i].Code)
		}
	}
	if n := len(byClass(all, "map-number")); n != 14 {
		t.Errorf("%d numbers", n)
	}
}

func TestANumberStandsBesideTheHoleOfItsTerritory(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		// A territory of 10 by 10 with a hole somewhere in it, often over its middle.
		size := rapid.Float64Range(1, 8).Draw(r, "size")
		west := rapid.Float64Range(0.5, 9.5-size).Draw(r, "west")
		south := rapid.Float64Range(0.5, 9.5-size).Draw(r, "south")
		m := chart.Map{
			Outlines: []chart.Outline{{Code: "X", Rings: [][][2]float64{square(10, 45, 10), square(10+west, 45+south, size)}}},
			Regions:  []chart.Region{{Code: "X", Value: 3, Text: "3", Name: "X"}},
		}
		all := marks(r, m.SVG())
		n := byClass(all, "map-number")[0]
		if x, y := n.num(r, "x"), n.num(r, "y")-8; !inside(rings(r, byTag(all, "path")[0].Attr["d"]), x, y) {
			r.Fatalf("the number is at %v %v in %s", x, y, byTag(all, "path")[0].Attr["d"])
		}
	})
}

func TestLargePointsLieUnderSmallOnes(t *testing.T) {
	m := chart.Map{Outlines: []chart.Outline{{Code: "X", Rings: [][][2]float64{square(14, 49, 2)}}}, Points: []chart.Point{
		{Lat: 50, Lon: 15, Value: 1, Name: awkward}, {Lat: 50.5, Lon: 15, Value: 9, Name: "devět", Href: "/uzemi/1"}, {Lat: 50, Lon: 15.5, Value: 4, Name: "čtyři"},
	}}
	circles := byTag(marks(t, m.SVG()), "circle")
	var names []string
	var sizes []float64
	for _, c := range circles {
		names, sizes = append(names, c.Holder["aria-label"]), append(sizes, c.num(t, "r"))
	}
	if !slices.Equal(names, []string{"devět", "čtyři", awkward}) {
		t.Errorf("in the order %q", names)
	}
	// The area of a circle above the smallest follows the value: 9, 4, 1.
	if least := 5.0; !near((sizes[0]-least)/(sizes[2]-least), 3, 0.05) || !near((sizes[1]-least)/(sizes[2]-least), 2, 0.05) {
		t.Errorf("radii %v", sizes)
	}
	if !(circles[0].num(t, "cy") < circles[1].num(t, "cy")) || !(circles[1].num(t, "cx") > circles[2].num(t, "cx")) {
		t.Error("north is not up or east is not right")
	}
}

func TestATerritoryInsideAnotherIsDrawnLaterSoThatItCanBeClicked(t *testing.T) {
	m := chart.Map{Outlines: []chart.Outline{
		{Code: "in", Rings: [][][2]float64{square(14, 50, 1)}}, {Code: "out", Rings: [][][2]float64{square(12, 48, 5)}},
	}, Regions: []chart.Region{{Code: "in", Name: "in"}, {Code: "out", Name: "out"}}}
	paths := byTag(marks(t, m.SVG()), "path")
	if paths[0].Holder["aria-label"] != "out" || paths[1].Holder["aria-label"] != "in" {
		t.Errorf("%v", paths)
	}
}

func TestAMapEscapesNamesAndAPlainOneHasNoNumbers(t *testing.T) {
	m := chart.Map{ID: "mapa", Title: awkward, Desc: awkward, Outlines: kraje(t)[:2], Regions: []chart.Region{{Code: kraje(t)[0].Code, Value: 2, Text: awkward, Name: awkward, Href: "/u?a=1&b=" + awkward}}}
	all := marks(t, m.SVG())
	if n := byClass(all, "map-number"); len(n) != 1 || n[0].Text != awkward {
		t.Errorf("%v", n)
	}
	if a := byTag(all, "a"); len(a) != 1 || a[0].Attr["aria-label"] != awkward || a[0].Attr["href"] != "/u?a=1&b="+awkward {
		t.Errorf("%v", a)
	}
	silent := only(byTag(all, "path"), func(m mark) bool { return m.Attr["aria-hidden"] == "true" })
	if len(silent) != 1 || !silent[0].has("map-class-0") {
		t.Errorf("the kraj nothing was said of: %v", silent)
	}
	m.Plain = true
	if n := byClass(marks(t, m.SVG()), "map-number"); len(n) != 0 {
		t.Errorf("a plain map has the numbers %v", n)
	}
}

func TestAMapWithoutOutlinesIsNothing(t *testing.T) {
	for name, m := range map[string]chart.Map{"none": {}, "no rings": {Outlines: []chart.Outline{{Code: "X"}}}, "a dot": {Outlines: []chart.Outline{{Rings: [][][2]float64{{{14, 50}}}}}}} {
		if got := m.SVG(); got != "" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestOutlinesAreReadFromGeoJSON(t *testing.T) {
	ring, hole := `[[14,50],[15,50],[15,51],[14,50]]`, `[[14.5,50.1],[14.6,50.1],[14.6,50.2],[14.5,50.1]]`
	for text, want := range map[string]int{
		`{"type":"Polygon","coordinates":[` + ring + `,` + hole + `]}`:                                                2,
		`{"type":"MultiPolygon","coordinates":[[` + ring + `,` + hole + `],[` + ring + `]]}`:                          3,
		`{"type":"Feature","properties":{"a":1},"geometry":{"type":"Polygon","coordinates":[` + ring + `]}}`:          1,
		`{"type":"Feature","geometry":{"type":"Feature","geometry":{"type":"Polygon","coordinates":[` + ring + `]}}}`: 1,
	} {
		o, err := chart.ReadGeoJSON("CZ010", []byte(text))
		if err != nil || len(o.Rings) != want || o.Code != "CZ010" || o.Rings[0][1] != [2]float64{15, 50} {
			t.Errorf("%s: %v %v", text, o, err)
		}
	}
	for _, text := range []string{"", "{", `{"type":"Point","coordinates":[14,50]}`, `{"type":"Polygon","coordinates":[14,50]}`, `{"type":"MultiPolygon","coordinates":[[14,50]]}`, `{"type":"Feature"}`, `{"type":"Feature","geometry":null}`} {
		if o, err := chart.ReadGeoJSON("CZ010", []byte(text)); err == nil || !strings.Contains(err.Error(), "CZ010") {
			t.Errorf("%s was read: %v %v", text, o, err)
		}
	}
}

func TestABorderIsDrawnOverTheAreasAndNamesNothing(t *testing.T) {
	m := chart.Map{
		ID: "m", Title: "t", Plain: true,
		Outlines: []chart.Outline{{Code: "big", Rings: [][][2]float64{square(14, 49, 1)}}},
		Regions:  []chart.Region{{Code: "big", Name: "Kraj"}},
	}
	if strings.Contains(string(m.SVG()), "map-around") {
		t.Error("a border without one")
	}
	m.Around = chart.Outline{Code: "small", Rings: [][][2]float64{square(14.2, 49.2, 0.1)}}
	svg := string(m.SVG())
	area, border := strings.Index(svg, "map-region"), strings.Index(svg, "map-around")
	if area < 0 || border < area || !strings.Contains(svg[border:], `fill="none"`) || !strings.Contains(svg[border:], `aria-hidden="true"`) {
		t.Error(svg)
	}
}

func TestASmallMapLeavesOutPointsThatAScreenCannotTellApart(t *testing.T) {
	var ring [][2]float64
	for n := range 4000 { // a square, a thousand points on each side
		side, at := n/1000, float64(n%1000)/1000
		ring = append(ring, [][2]float64{{14 + at, 49}, {15, 49 + at}, {15 - at, 50}, {14, 50 - at}}[side])
	}
	m := chart.Map{ID: "m", Outlines: []chart.Outline{{Code: "a", Rings: [][][2]float64{ring}}}}
	large := strings.Count(string(m.SVG()), "l")
	m.Plain = true
	if small := strings.Count(string(m.SVG()), "l"); small > large*2/3 || small < large/4 {
		t.Errorf("%d points on a small map, %d on a large one", small, large)
	}
}
