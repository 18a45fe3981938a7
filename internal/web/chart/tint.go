package chart

import (
	"math"
	"slices"
)

// tint is how one territory of a map is told apart: the class of its shade with
// the reference to a pattern where it has one, what stands in it, and what it is
// called.
type tint struct {
	class, fill string
	text        string // stands in the territory; "" nothing
	sign        bool   // text is a sign or long: smaller than a number
	name, href  string
}

// tinted draws territories by their shades, the largest first, so that one inside
// another stays on top, and over all of them what stands in each.
func (c *canvas) tinted(outlines []Outline, p projection, of func(code string) tint) {
	sorted := largestFirst(outlines, p)
	for _, o := range sorted {
		t := of(o.Code)
		c.region(Region{Name: t.name, Href: t.href}, p.path(o), "map-region "+t.class, t.fill)
	}
	for _, o := range sorted {
		t := of(o.Code)
		if t.text == "" {
			continue
		}
		x, y := p.centre(o)
		class, below := "map-number", 8.0
		if t.sign {
			class, below = "map-number map-sign", 7
		}
		c.text("text", t.text, "class", class, "x", x, "y", y+below, "text-anchor", "middle", "aria-hidden", "true")
	}
}

// shadeSteps is how many steps the shades of numbers have.
const shadeSteps = 3

// thirds are the upper ends of the steps: thirds of the sizes, made round so that
// a legend can be read. The last step has no end. Sizes that are not positive
// have no step.
func thirds(sizes []float64) [shadeSteps - 1]float64 {
	var out [shadeSteps - 1]float64
	sizes = slices.DeleteFunc(slices.Clone(sizes), func(v float64) bool { return v <= 0 })
	if len(sizes) == 0 {
		return out
	}
	slices.Sort(sizes)
	for i := range out {
		out[i] = roundLimit(sizes[min(len(sizes)-1, (i+1)*len(sizes)/shadeSteps)])
		if i > 0 && out[i] <= out[i-1] {
			out[i] = roundLimit(out[i-1] * 1.01)
		}
	}
	return out
}

// roundLimit is the least round number that is no smaller: finer than the steps of an
// axis, so that thirds of similar sizes stay thirds.
func roundLimit(least float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(least)))
	for _, n := range []float64{1, 1.5, 2, 2.5, 3, 4, 5, 6, 8} {
		if limit := n * power; limit >= least*(1-tiny) {
			return limit
		}
	}
	return 10 * power
}

// stepOf is the step of a value by its size, 1 to 3; 0 for none.
func stepOf(limits [shadeSteps - 1]float64, v float64) int {
	if v == 0 {
		return 0
	}
	for i, limit := range limits {
		if math.Abs(v) <= limit {
			return i + 1
		}
	}
	return shadeSteps
}

// legendItem is one line of the legend of a picture: what it is drawn with, once
// or in steps, and what that means.
type legendItem struct {
	keys []key
	text string
}

// key is the shade of a legend with the reference to its pattern, if any.
type key struct{ class, fill string }

const (
	legendRow  = 44.0 // height of a line of the legend
	legendText = 22.0
	legendKey  = legendText * 1.5 // width of a shade
)

// legend draws the lines of a legend in columns from y down, as wide as a map.
func (c *canvas) legend(items []legendItem, y float64, columns int) {
	for i, item := range items {
		x := mapMargin + float64(i%columns)*(mapWidth/float64(columns))
		top := y + legendRow*float64(i/columns) + 8
		x = c.keys(item.keys, x, top)
		c.text("text", item.text, "class", "chart-name", "x", x, "y", top+legendText*0.8)
	}
}

// keys draws shades side by side and gives where the words after them begin.
func (c *canvas) keys(all []key, x, y float64) float64 {
	for _, k := range all {
		c.open("g", "class", "chart-swatch "+k.class)
		c.leaf("rect", "x", x, "y", y, "width", legendKey, "height", legendText, "fill", k.fill)
		c.close("g")
		x += legendKey + tickRoom
	}
	return x
}

// legendHeight is the room that the lines of a legend take.
func legendHeight(items, columns int) float64 {
	return legendRow * math.Ceil(float64(items)/float64(columns))
}
