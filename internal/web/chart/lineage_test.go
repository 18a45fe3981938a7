package chart_test

import (
	"testing"

	"atlas/internal/web/chart"
)

// ranked 3: A→B→C and A→D, which was given up.
func journey() chart.Lineage {
	return chart.Lineage{
		ID: "cesta", Title: "Cesta praxe", Desc: "Kdo převzal praxi od koho", Columns: 3, Rows: 2,
		Nodes: []chart.LineageNode{
			{Column: 0, Row: 0.5, Text: "A", Name: "A: odtud vyšla", Href: "/dobra-praxe/K-00001", Own: true},
			{Column: 1, Row: 0, Text: "B & spol.", Note: "2012", Name: "B", Href: "/prenosy/B-00001"},
			{Column: 2, Row: 0, Text: "Město s velmi dlouhým jménem nad řekou", Name: "C"},
			{Column: 1, Row: 1, Text: "D", Name: "D"},
		},
		Links: []chart.LineageLink{
			{From: 0, To: 1, Style: chart.LinkAgreed, Name: "A → B", Href: "/prenosy/B-00001"},
			{From: 1, To: 2, Style: chart.LinkUnconfirmed, Name: "B → C, nepotvrzeno"}, {From: 0, To: 3, Style: chart.LinkAbandoned, Name: "A → D, opuštěno"},
		},
		Words: [3]string{"potvrzeno oběma stranami", "nepotvrzeno", "opuštěno"},
	}
}

func TestAJourneyIsDrawnWithItsTownsAndLinksFromLeftToRight(t *testing.T) {
	all := marks(t, journey().SVG())
	names, crosses, boxes, right := map[string]int{}, 0, 0, 0.0
	for _, m := range all {
		if m.Attr["aria-label"] != "" {
			names[m.Attr["aria-label"]]++
		}
		if m.has("lineage-cross") {
			crosses++
		}
		if m.Tag == "rect" {
			boxes++
			right = max(right, m.num(t, "x")+m.num(t, "width"))
		}
		if m.has("lineage-line") && m.num(t, "x1") >= m.num(t, "x2") {
			t.Error("a link leads back")
		}
	}
	for _, name := range []string{"A: odtud vyšla", "B", "C", "D", "A → B", "B → C, nepotvrzeno", "A → D, opuštěno"} {
		if names[name] != 1 {
			t.Errorf("%q stands %d×", name, names[name])
		}
	}
	if boxes != 4 || crosses != 4 { // one cross of the link, one of the legend, two lines each
		t.Errorf("%d boxes, %d lines of crosses", boxes, crosses)
	}
	if right < 600 {
		t.Errorf("three columns end at %v", right)
	}
	if chart.Lineage(chart.Lineage{}).SVG() != "" {
		t.Error("a journey of nobody is drawn")
	}
	if png, err := chart.PNG(chart.Plate{Title: "Cesta"}, journey()); err != nil || len(png) < 1000 {
		t.Error(len(png), err)
	}
}

func TestLegsOfAMapGoBetweenTheirPoints(t *testing.T) {
	m := chart.Map{
		ID: "mapa", Title: "Mapa", Outlines: []chart.Outline{{Code: "CZ032", Rings: [][][2]float64{{{12, 49}, {18, 49}, {18, 51}, {12, 51}}}}}, Plain: true,
		Legs:   []chart.Leg{{FromLat: 49.7, FromLon: 13.4, ToLat: 50, ToLon: 15.8, Style: chart.LinkUnconfirmed, Name: "Plzeň → Pardubice"}},
		Points: []chart.Point{{Lat: 49.7, Lon: 13.4, Value: 1, Name: "Plzeň"}, {Lat: 50, Lon: 15.8, Value: 1, Name: "Pardubice"}},
	}
	var leg, dots []mark
	for _, x := range marks(t, m.SVG()) {
		if x.has("map-leg-unconfirmed") {
			leg = append(leg, x)
		}
		if x.Tag == "circle" {
			dots = append(dots, x)
		}
	}
	if len(leg) != 1 || len(dots) != 2 {
		t.Fatal(len(leg), len(dots))
	}
	if leg[0].num(t, "x1") != dots[0].num(t, "cx") || leg[0].num(t, "y2") != dots[1].num(t, "cy") {
		t.Error(leg[0].Attr, dots)
	}
}
