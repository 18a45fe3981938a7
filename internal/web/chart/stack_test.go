package chart_test

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlas/internal/web/chart"
)

func size(t rapid.TB, svg mark) (width, height float64) {
	t.Helper()
	box := strings.Fields(svg.Attr["viewBox"])
	if len(box) != 4 || box[0] != "0" || box[1] != "0" {
		t.Fatalf("view box %q", svg.Attr["viewBox"])
	}
	width, err1 := strconv.ParseFloat(box[2], 64)
	height, err2 := strconv.ParseFloat(box[3], 64)
	if err1 != nil || err2 != nil {
		t.Fatalf("view box %q", svg.Attr["viewBox"])
	}
	return width, height
}

func TestSharesFillTheBarSideBySideInTheirOrder(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-10, 1e9), 0, 12).Draw(r, "values")
		var s chart.Stack
		total, drawn := 0.0, []int(nil)
		for i, v := range values {
			s.Parts = append(s.Parts, chart.Part{Value: v, Name: strconv.Itoa(i)})
			if v > 0 {
				total += v
				drawn = append(drawn, i)
			}
		}
		all := marks(r, s.SVG())
		width, _ := size(r, all[0])
		parts := byTag(all, "rect")
		if len(parts) != len(drawn) {
			r.Fatalf("%d parts of %v", len(parts), values)
		}
		at := 0.0
		for n, m := range parts {
			i := drawn[n]
			if m.Holder["aria-label"] != strconv.Itoa(i) || !m.has("chart-part-"+strconv.Itoa(i%8+1)) {
				r.Fatalf("part %d is %v", i, m)
			}
			if !near(m.num(r, "x"), at, 0.06) || !near(m.num(r, "width"), values[i]/total*width, 0.06) {
				r.Fatalf("part %d of %v: %v, want it at %v", i, values, m, at)
			}
			at += values[i] / total * width
		}
		if len(parts) > 0 && !near(at, width, 0.06) {
			r.Fatalf("the parts end at %v of %v", at, width)
		}
	})
}

func TestOneShareIsTheWholeBarAndCarriesItsNumberAndName(t *testing.T) {
	all := marks(t, chart.Stack{ID: "s", Title: "Peníze", Parts: []chart.Part{{Value: 0.01, Name: awkward}}}.SVG())
	width, _ := size(t, all[0])
	if w := byTag(all, "rect")[0].num(t, "width"); w != width {
		t.Errorf("%v of %v", w, width)
	}
	numbers := byClass(all, "chart-number")
	if len(numbers) != 1 || numbers[0].Text != "1" || numbers[0].Holder["aria-label"] != awkward {
		t.Errorf("%v", numbers)
	}
}

func TestSharesOfNothingDrawNothing(t *testing.T) {
	for name, s := range map[string]chart.Stack{"no parts": {}, "zeros": {Parts: []chart.Part{{Value: 0}, {Value: 0}}}, "negative": {Parts: []chart.Part{{Value: -5}}}} {
		if all := marks(t, s.SVG()); len(byTag(all, "rect")) != 0 {
			t.Errorf("%s: %v", name, all)
		}
	}
}

func TestANumberIsWrittenOnlyWhereItFits(t *testing.T) {
	numbers := byClass(marks(t, chart.Stack{Parts: []chart.Part{{Value: 1}, {Value: 999}, {Value: 0}, {Value: 500}}}.SVG()), "chart-number")
	var said []string
	for _, n := range numbers {
		said = append(said, n.Text)
	}
	if got := strings.Join(said, " "); got != "2 4" {
		t.Errorf("numbers %q: want those of the two wide parts, by their places in the table", got)
	}
}
