package chart

import (
	"image"
	"image/color"
	"math"
)

// Pattern is what an area is told apart by beside its colour.
type Pattern string

// The patterns.
const (
	Solid   Pattern = "solid"   // no pattern: the colour alone
	Dotted  Pattern = "dots"    // the larger the dots, the more
	Crossed Pattern = "cross"   // lines both ways
	Striped Pattern = "stripes" // lines one way: not known
)

// stripes defines the hatching that a picture refers to.
func (c *canvas) stripes(id string) {
	c.open("defs")
	c.hatching(id+"-stripes", "chart-stripe-ground", "chart-stripe", false)
	c.close("defs")
}

// striped refers to the hatching of a picture.
func striped(id string) string { return "url(#" + id + "-stripes)" }

// hatching defines slanted lines over a ground, one way or both.
func (c *canvas) hatching(id, ground, line string, both bool) {
	c.open("pattern", "id", id, "width", "8", "height", "8", "patternUnits", "userSpaceOnUse", "patternTransform", "rotate(45)")
	c.leaf("rect", "class", ground, "width", "8", "height", "8")
	c.leaf("rect", "class", line, "width", "2", "height", "8")
	if both {
		c.leaf("rect", "class", line, "width", "8", "height", "2")
	}
	c.close("pattern")
}

// dotSizes are the radii of dots by step, in units; step 0 has a value that is 0 or
// not known.
var dotSizes = [shadeSteps + 1]float64{0.8, 1.6, 2.7, 3.8}

// dotsApart is how far dots are from one another, in units.
const dotsApart = 10.0

func (c *canvas) dots(id string, step int) {
	c.open("pattern", "id", id, "width", dotsApart, "height", dotsApart, "patternUnits", "userSpaceOnUse")
	c.leaf("rect", "class", "state-dots-ground", "width", dotsApart, "height", dotsApart)
	c.leaf("circle", "class", "state-dots-ink", "cx", dotsApart/2, "cy", dotsApart/2, "r", dotSizes[step])
	c.close("pattern")
}

// patterned is an area of a file filled with a pattern.
type patterned struct {
	ground, ink color.NRGBA
	// share is how much of a point is ink.
	share func(x, y int) float64
}

func (patterned) ColorModel() color.Model { return color.NRGBAModel }
func (patterned) Bounds() image.Rectangle { return image.Rect(-1e9, -1e9, 1e9, 1e9) }
func (p patterned) At(x, y int) color.Color {
	switch share := p.share(x, y); {
	case share <= 0:
		return p.ground
	case share >= 1:
		return p.ink
	default:
		mix := func(a, b uint8) uint8 { return uint8(float64(a)*(1-share) + float64(b)*share) }
		return color.NRGBA{mix(p.ground.R, p.ink.R), mix(p.ground.G, p.ink.G), mix(p.ground.B, p.ink.B), 255}
	}
}

const (
	stripeStep  = 12
	stripeWidth = 2
)

func modulo(n, m int) int { return (n%m + m) % m }

func stripe(x, y int) float64 {
	if modulo(x+y, stripeStep) < stripeWidth {
		return 1
	}
	return 0
}

func cross(x, y int) float64 { return max(stripe(x, y), stripe(x, -y)) }

// dotted gives the dots of a step; a dot of the picture is as large as in SVG.
func dotted(step int) func(x, y int) float64 {
	radius, apart := dotSizes[step]*pointsPerUnit, int(dotsApart*pointsPerUnit)
	return func(x, y int) float64 {
		dx, dy := float64(modulo(x, apart)-apart/2), float64(modulo(y, apart)-apart/2)
		return radius - math.Hypot(dx, dy) + 0.5
	}
}

// patterns are what areas are filled with beside plain colours, by the names that
// looks call them.
var patterns = func() map[string]patterned {
	out := map[string]patterned{
		hatched:  {palette["ground"], palette["field-line"], stripe},
		crossing: {palette["wrong-soft"], palette["wrong-line"], cross},
	}
	for step := range dotSizes {
		out[dotting+itoa(step)] = patterned{palette["warm-soft"], palette["more-3"], dotted(step)}
	}
	return out
}()
