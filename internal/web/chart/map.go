package chart

import (
	"cmp"
	"html/template"
	"math"
	"slices"
	"strconv"
)

// Region is a territory that the map shades.
type Region struct {
	Code  string // Outline.Code
	Value int
	Text  string // the number as people read it
	Name  string // "Kraj Vysočina: 12 projektů"
	Href  string
}

// Point is a place on the map with the projects there.
type Point struct {
	Lat, Lon float64
	Value    int
	Name     string // "Jihlava: 3 projekty"
	Href     string
	// Area says that it stands for the whole of a territory, in the middle of it: an
	// empty square, so that nobody takes it for a town.
	Area bool
}

// Leg is a way from one place on the map to another.
type Leg struct {
	FromLat, FromLon, ToLat, ToLon float64
	Style                          LinkStyle
	Name, Href                     string
}

// Class is one step of the shading, for the legend: values From to To.
type Class struct{ Number, From, To int }

// Map is the country with shaded kraje and points.
type Map struct {
	ID, Title, Desc string
	Outlines        []Outline
	Regions         []Region
	Legs            []Leg
	Points          []Point
	// Plain leaves the numbers out: a small map of one project or one place.
	Plain bool
	// Around is a territory whose border is drawn over all others.
	Around Outline
}

const (
	mapWidth  = 1000.0
	mapMargin = 6.0
	mapSteps  = 5
	// smallStep is one point of a small map on the screen, in units.
	smallStep = 2
	leastDot  = 5.0
	mostDot   = 22.0
)

// SVG draws the map; "" when there are no outlines.
func (m Map) SVG() template.HTML { return m.draw().svg() }

func (m Map) draw() *canvas {
	p, height := project(append([]Outline{m.Around}, m.Outlines...), mapWidth, mapMargin)
	if height == 0 || len(m.Outlines) == 0 {
		return &canvas{}
	}
	if m.Plain {
		p.step = smallStep
	}
	var c canvas
	c.begin(m.ID, "chart-map", m.Title, m.Desc, mapWidth, math.Ceil(height))
	classes := m.Classes()
	regions := map[string]Region{}
	for _, r := range m.Regions {
		regions[r.Code] = r
	}
	var numbers []func()
	// Prague lies inside another region: smaller ones are drawn later, on top.
	for _, o := range largestFirst(m.Outlines, p) {
		r := regions[o.Code]
		c.region(r, p.path(o), "map-region map-class-"+strconv.Itoa(classOf(classes, r.Value)), "")
		if x, y := p.centre(o); !m.Plain && r.Text != "" {
			numbers = append(numbers, func() {
				c.text("text", r.Text, "class", "map-number", "x", x, "y", y+8, "text-anchor", "middle", "aria-hidden", "true")
			})
		}
	}
	c.around(m.Around, p)
	c.legs(m.Legs, p)
	c.points(m.Points, p)
	for _, draw := range numbers {
		draw()
	}
	return &c
}

func (c *canvas) region(r Region, path, class, fill string) {
	if r.Name == "" {
		c.leaf("path", "class", class, "d", path, "fill", fill, "fill-rule", "evenodd", "aria-hidden", "true")
		return
	}
	end := c.link(r.Href, class, r.Name)
	c.leaf("path", "d", path, "fill", fill, "fill-rule", "evenodd")
	c.close(end)
}

// around draws a border in the colour of the text, so that it stands out on any
// shade and follows the theme.
func (c *canvas) around(o Outline, p projection) {
	if len(o.Rings) > 0 {
		c.leaf("path", "class", "map-around", "d", p.path(o), "fill", "none", "stroke", "currentColor", "stroke-width", "2.5",
			"stroke-linejoin", "round", "vector-effect", "non-scaling-stroke", "pointer-events", "none", "aria-hidden", "true")
	}
}

func (c *canvas) legs(legs []Leg, p projection) {
	for _, l := range legs {
		x1, y1 := p.at(l.FromLon, l.FromLat)
		x2, y2 := p.at(l.ToLon, l.ToLat)
		end := c.link(l.Href, "map-way", l.Name)
		c.leaf("line", "class", "map-leg map-leg-"+l.Style.word(), "x1", x1, "y1", y1, "x2", x2, "y2", y2)
		c.close(end)
	}
}

// points draws the largest first, so that small ones stay reachable.
func (c *canvas) points(points []Point, p projection) {
	sorted := slices.Clone(points)
	slices.SortStableFunc(sorted, func(a, b Point) int { return cmp.Compare(b.Value, a.Value) })
	most := 1
	for _, q := range sorted {
		most = max(most, q.Value)
	}
	for _, q := range sorted {
		x, y := p.at(q.Lon, q.Lat)
		radius := leastDot + (mostDot-leastDot)*math.Sqrt(float64(q.Value)/float64(most))
		end := c.link(q.Href, "map-point", q.Name)
		if q.Area {
			c.square(x, y, radius)
		} else {
			c.leaf("circle", "cx", x, "cy", y, "r", radius)
		}
		c.close(end)
	}
}

// square draws an empty square in the colour of the text, which can be pointed at
// inside as well.
func (c *canvas) square(x, y, half float64) {
	side := number(2 * half)
	c.leaf("path", "d", "M"+number(x-half)+" "+number(y-half)+"h"+side+"v"+side+"h-"+side+"z", "fill", "none", "stroke", "currentColor",
		"stroke-width", "3", "vector-effect", "non-scaling-stroke", "pointer-events", "all")
}

// Classes cuts the values into at most five steps of equal numbers of regions;
// step 0 is "none" and is not listed. Fewer different values give fewer steps.
func (m Map) Classes() []Class {
	var values []int
	for _, r := range m.Regions {
		if r.Value > 0 {
			values = append(values, r.Value)
		}
	}
	slices.Sort(values)
	var out []Class
	for i := range mapSteps {
		from, to := i*len(values)/mapSteps, (i+1)*len(values)/mapSteps
		if from == to {
			continue
		}
		low, high := values[from], values[to-1]
		if n := len(out); n > 0 && low <= out[n-1].To {
			low = out[n-1].To + 1
		}
		if low > high {
			continue
		}
		out = append(out, Class{Number: len(out) + 1, From: low, To: high})
	}
	return out
}

func classOf(classes []Class, value int) int {
	for _, c := range classes {
		if value >= c.From && value <= c.To {
			return c.Number
		}
	}
	return 0
}

func largestFirst(outlines []Outline, p projection) []Outline {
	span := func(o Outline) float64 {
		low, high := math.Inf(1), math.Inf(-1)
		for _, ring := range o.Rings {
			for _, point := range ring {
				x, _ := p.at(point[0], point[1])
				low, high = math.Min(low, x), math.Max(high, x)
			}
		}
		return high - low
	}
	sorted := slices.Clone(outlines)
	slices.SortStableFunc(sorted, func(a, b Outline) int { return cmp.Compare(span(b), span(a)) })
	return sorted
}
