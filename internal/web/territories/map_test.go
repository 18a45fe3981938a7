package territories_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/web/webtest"
)

// circle is an outline around a point as GeoJSON, with as many corners as asked
// for and a wavy border.
func circle(lon, lat, radius float64, corners int) []byte {
	var b strings.Builder
	b.WriteString(`{"type":"Polygon","coordinates":[[`)
	for n := range corners + 1 {
		at := 2 * math.Pi * float64(n%corners) / float64(corners)
		r := radius * (1 + 0.03*math.Sin(40*at))
		if n > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "[%.6f,%.6f]", lon+r*math.Cos(at)*1.5, lat+r*math.Sin(at))
	}
	b.WriteString(`]]}`)
	return []byte(b.String())
}

func imported(t *testing.T, i *webtest.Instance, outlines map[string][]byte) {
	t.Helper()
	if err := i.App.SaveBoundaries(t.Context(), webtest.Editor, outlines); err != nil {
		t.Fatal(err)
	}
}

// shapes are the areas of the map: their names and classes.
func shapes(p webtest.Page) map[string]string {
	out := map[string]string{}
	p.Find("svg.chart-map .map-region").Each(func(_ int, s *goquery.Selection) {
		name, _ := s.Attr("aria-label")
		class, _ := s.Attr("class")
		out[strings.ReplaceAll(name, "\u00a0", " ")] = strings.TrimPrefix(class, "map-region ")
	})
	return out
}

func TestAPageWithoutAnImportedOutlineStaysAsItIs(t *testing.T) {
	i := webtest.Start(t)
	before := map[string]string{}
	for _, path := range []string{"/uzemi/CZ032", "/uzemi/CZ0323", "/uzemi/554791"} {
		p := i.Get(t, path)
		before[path] = p.Body
		if got := shapes(p); len(got) != 1 || got["Plzeňský kraj"] != "map-class-1" || p.Find(".map-around").Length() != 0 {
			t.Errorf("%s: %v", path, got)
		}
	}
	imported(t, i, map[string][]byte{
		"CZ0324": circle(13.4, 49.5, 0.2, 40), "CZ0413": circle(12.6, 50.2, 0.1, 40),
		"554791": circle(13.4, 49.7, 0.1, 20_000), // larger than a picture can show
	})
	for path, body := range before {
		if got := i.Get(t, path); got.Body != body {
			t.Errorf("%s changed", path)
		}
	}
}

func TestAnImportedOutlineIsDrawnInItsKraj(t *testing.T) {
	i := webtest.Start(t)
	imported(t, i, map[string][]byte{"554791": circle(13.38, 49.74, 0.08, 60), "CZ0321": circle(12.9, 49.4, 0.15, 60)})
	for path, want := range map[string]string{"/uzemi/554791": "Plzeň: ", "/uzemi/CZ0321": "okres Domažlice: "} {
		p := i.Get(t, path)
		got := shapes(p)
		if len(got) != 2 || got["Plzeňský kraj"] != "map-class-0" || p.Find("svg.chart-map path.map-around").Length() != 1 {
			t.Errorf("%s: %v", path, got)
		}
		found := false
		for name := range got {
			found = found || strings.HasPrefix(name, want)
		}
		if !found || !strings.Contains(p.Words("figcaption"), "Silná čára je hranice území.") {
			t.Errorf("%s: %v, %s", path, got, p.Words("figcaption"))
		}
	}
}

func TestTerritoriesInsideAreShadedByTheNumbersOfTheList(t *testing.T) {
	i := webtest.Start(t)
	inside := map[string][]byte{
		"CZ032": circle(13.3, 49.6, 0.5, 200), "CZ0323": circle(13.4, 49.7, 0.1, 60), "CZ0321": circle(12.9, 49.4, 0.1, 60), "CZ0327": circle(12.6, 49.8, 0.1, 60),
		"3209": circle(13.4, 49.7, 0.1, 60), // an ORP lies over the okresy: only one of the two levels is drawn
	}
	imported(t, i, inside)
	p := i.Get(t, "/uzemi/CZ032")
	got := shapes(p)
	if len(got) != 4 {
		t.Errorf("%v", got)
	}
	for _, code := range []string{"CZ0323", "CZ0321", "CZ0327"} {
		li := p.Find(`section[aria-labelledby="casti"] li`).FilterFunction(func(_ int, s *goquery.Selection) bool {
			return s.Find(`a[href="/uzemi/`+code+`"]`).Length() == 1
		})
		name, count := li.Find("a").Text(), li.Find(".facet-count").Text()
		shape := p.Find(`svg.chart-map a.map-region[href="/uzemi/` + code + `"]`)
		label, _ := shape.Attr("aria-label")
		if !strings.HasPrefix(strings.ReplaceAll(label, "\u00a0", " "), name+": "+count+" ") {
			t.Errorf("%s: the map says %q, the list %q %s", code, label, name, count)
		}
		if shape.HasClass("map-class-0") != (count == "0") {
			t.Errorf("%s with %s projects is shaded %v", code, count, got)
		}
	}
	if p.Find(".legend .legend-mark").Length() == 0 {
		t.Error("no legend")
	}
}

func TestOutlinesCostTwoQueriesAndFewBytesHoweverDetailedTheyAre(t *testing.T) {
	i := webtest.Start(t)
	cost := func(path string) (int64, int) {
		i.Get(t, path) // what is made of the whole database is remembered
		before := i.Store.Queries()
		p := i.Get(t, path)
		return i.Store.Queries() - before, len(p.Body)
	}
	queries, size := cost("/uzemi/CZ020")
	if n, _ := cost("/uzemi/CZ020"); n != queries {
		t.Fatalf("%d queries, then %d", queries, n)
	}
	outlines := map[string][]byte{"CZ020": circle(14.5, 50, 0.6, 10_000)}
	for n, place := range i.App.Places().Children("CZ020", atlas.LevelDistrict) {
		outlines[place.Code] = circle(13.9+0.1*float64(n), 50, 0.2, 10_000)
	}
	imported(t, i, outlines)
	n, drawn := cost("/uzemi/CZ020")
	if n > queries+1 {
		t.Errorf("%d queries, %d without outlines", n, queries)
	}
	if drawn > size+100_000 {
		t.Errorf("%d bytes, %d without outlines", drawn, size)
	}
	t.Logf("%d queries and %d bytes without outlines, %d and %d with %d outlines of %d bytes", queries, size, n, drawn, len(outlines), len(outlines["CZ020"]))

	for code := range outlines { // together more than is read
		outlines[code] = circle(14.5, 50, 0.2, 13_000)
	}
	if each := len(outlines["CZ020"]); each > 300_000 || each*13 < 3_500_000 {
		t.Fatalf("an outline of %d bytes proves nothing", each)
	}
	for _, place := range i.App.Places().Children("CZ020", atlas.LevelORP) {
		outlines[place.Code] = outlines["CZ020"]
	}
	imported(t, i, outlines)
	p := i.Get(t, "/uzemi/CZ020")
	if got := shapes(p); len(got) != 1 || p.Find(".map-around").Length() != 1 {
		t.Errorf("%d shapes, want the border alone: %v", len(got), got)
	}
}

func TestAnOutlineThatCannotBeReadIsLeftOut(t *testing.T) {
	i := webtest.Start(t)
	imported(t, i, map[string][]byte{"CZ032": []byte(`{"type":"Point","coordinates":[1,2]}`)})
	if got := shapes(i.Get(t, "/uzemi/CZ032")); len(got) != 1 || got["Plzeňský kraj"] != "map-class-1" {
		t.Errorf("%v", got)
	}
}
