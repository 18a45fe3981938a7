package chart_test

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"atlas/internal/web/chart"
)

// awkward is a name that breaks whatever forgets to escape.
const awkward = `A < B > C & "D" 'E' </svg>`

func TestColumnsStandOnOneFloorAndTheirHeightsFollowTheValues(t *testing.T) {
	all := marks(t, chart.Bars{ID: "roky", Title: "Roky", Bars: []chart.Bar{
		{Label: "2019", Value: 10, Text: "10"}, {Label: "2020", Value: 40, Text: "40"}, {Label: "2021", Value: 0, Text: "0"}, {Label: "2022", Value: 20, Text: "20"},
	}}.SVG())
	columns := byClass(all, "chart-mark")
	if len(columns) != 4 {
		t.Fatalf("%d columns", len(columns))
	}
	axis := byClass(all, "chart-axis")[0].num(t, "y1")
	highest := columns[1].num(t, "height")
	for i, share := range []float64{0.25, 1, 0, 0.5} {
		c := columns[i]
		if h := c.num(t, "height"); !near(h, share*highest, 0.11) {
			t.Errorf("column %d is %v high, want %v of %v", i, h, share, highest)
		}
		if foot := c.num(t, "y") + c.num(t, "height"); !near(foot, axis, 0.11) {
			t.Errorf("column %d ends at %v, the axis is at %v", i, foot, axis)
		}
		if w := c.num(t, "width"); w != columns[0].num(t, "width") {
			t.Errorf("column %d is %v wide", i, w)
		}
	}
	for i, want := range []string{"10", "40", "0", "20"} {
		if got := byClass(all, "chart-value")[i].Text; got != want {
			t.Errorf("column %d says %s, want %s", i, got, want)
		}
	}
}

func TestAColumnOfOneIsSeenBesideAColumnOfManyThousandsAndAColumnOfNothingIsNot(t *testing.T) {
	columns := byClass(marks(t, chart.Bars{ID: "b", Bars: []chart.Bar{{Value: 50_000}, {Value: 1}, {Value: 0}}}.SVG()), "chart-mark")
	if h := columns[1].num(t, "height"); h < 1 {
		t.Errorf("a column of one is %v high", h)
	}
	if h := columns[2].num(t, "height"); h != 0 {
		t.Errorf("a column of nothing is %v high", h)
	}
}

func TestBarsOfNothingAreAnEmptyPictureWithItsName(t *testing.T) {
	all := marks(t, chart.Bars{ID: "roky", Title: "Roky"}.SVG())
	if len(byClass(all, "chart-mark")) != 0 || byTag(all, "title")[0].Text != "Roky" || all[0].Attr["aria-labelledby"] != "roky-title" {
		t.Errorf("%v", all)
	}
	if _, said := all[0].Attr["aria-describedby"]; said {
		t.Error("a description that is not there is pointed to")
	}
}

func TestColumnsNeverLeaveThePictureWhateverTheValues(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var b chart.Bars
		for _, v := range rapid.SliceOfN(rapid.IntRange(0, 1_000_000), 0, 40).Draw(r, "values") {
			b.Bars = append(b.Bars, chart.Bar{Value: v, Text: strconv.Itoa(v)})
		}
		all := marks(r, b.SVG())
		width, height := size(r, all[0])
		last := 0.0
		for _, m := range byTag(all, "rect") {
			x, y, w, h := m.num(r, "x"), m.num(r, "y"), m.num(r, "width"), m.num(r, "height")
			if x < 0 || y < 0 || x+w > width || y+h > height+0.11 || x < last-m.num(r, "width") {
				r.Fatalf("%v of %v × %v", m, width, height)
			}
			last = x
		}
		for _, m := range byClass(all, "chart-value") {
			if y := m.num(r, "y"); y < 10 || y > height {
				r.Fatalf("the number %s stands at %v", m.Text, y)
			}
		}
	})
}

func TestAColumnLeadsWhereItShouldAndTheChosenOneIsMarked(t *testing.T) {
	all := marks(t, chart.Bars{ID: "b", Title: awkward, Desc: awkward, Bars: []chart.Bar{
		{Label: awkward, Text: awkward, Name: awkward, Value: 1, Href: "/projekty?rok=2019&q=%22a%22", Current: true}, {Name: "bez odkazu", Value: 1},
	}}.SVG())
	links := byTag(all, "a")
	if len(links) != 1 || links[0].Attr["href"] != "/projekty?rok=2019&q=%22a%22" || !links[0].has("chart-current") {
		t.Errorf("%v", links)
	}
	for _, got := range []string{links[0].Attr["aria-label"], byTag(all, "title")[0].Text, byTag(all, "desc")[0].Text, byClass(all, "chart-value")[0].Text, byClass(all, "chart-label")[0].Text} {
		if got != awkward {
			t.Errorf("a name came out as %q", got)
		}
	}
	images := only(all, func(m mark) bool { return m.Attr["role"] == "img" })
	if len(images) != 1 || images[0].Attr["aria-label"] != "bez odkazu" || images[0].has("chart-current") {
		t.Errorf("%v", images)
	}
}
