package chart

import (
	"cmp"
	"html/template"
	"math"
	"slices"
	"strings"
)

// Step is a place on the axis of time. Steps lie as far apart as their At: a year
// nobody asked about still takes its place.
type Step struct {
	At    float64 // a year, a day; grows from step to step
	Label string
}

// Dot is the value of a series in one step. One that is not known is a gap: no
// line goes through it.
type Dot struct {
	Value float64
	Known bool
	// Fresh says that what is counted, or where, changed before this value: no line
	// comes to it from the one before.
	Fresh bool
	Text  string // the number as people read it
	Name  string // "Ukrajina, 2019: 4 512"
	Href  string
}

// Series is one line: one source, one definition, one category.
type Series struct {
	Name string
	Dots []Dot // one for each step
}

// Lines is a chart of values over time. Series differ by dashes and by marks, not
// by colour alone, and each carries its name at its end.
type Lines struct {
	ID, Title, Desc string
	Steps           []Step
	Series          []Series
	// Format writes the numbers of the value axis; nil writes them plainly.
	Format func(float64) string
	// Breaks are labels of steps from which on something else is counted.
	Breaks map[int]string
	// Most is the value at the top, where several pictures share a scale; 0 follows
	// the values.
	Most float64
	// Small is a picture among several: no names of series, fewer ticks.
	Small bool
}

const (
	linesWidth     = 720.0
	linesHeight    = 340.0
	smallWidth     = 320.0
	smallHeight    = 190.0
	linesTop       = 22.0
	linesBottom    = 34.0
	linesText      = 13.0
	linesMostName  = 250.0
	linesSlot      = 17.0 // between two names
	linesMostTick  = 100.0
	tickRoom       = 8.0
	markRadius     = 4.5
	targetRadius   = 12.0
	mostLines      = 6 // patterns; the seventh line has that of the first
	linesTicks     = 5
	smallTicks     = 3
	linesLastSpace = 12.0
)

// dashes are the patterns of lines, as in the style sheet.
var dashes = [mostLines][]float64{{}, {7, 4}, {2, 3}, {11, 4, 2, 4}, {14, 5}, {5, 2, 2, 2}}

// SVG draws the lines.
func (l Lines) SVG() template.HTML { return l.draw().svg() }

// plot is where the lines of a picture stand.
type plot struct {
	axis                     axis
	left, right, top, bottom float64
	first, last              float64 // At of the first and the last step
}

func (p plot) x(at float64) float64 {
	if p.first == p.last {
		return (p.left + p.right) / 2
	}
	return p.left + (at-p.first)/(p.last-p.first)*(p.right-p.left)
}

func (p plot) y(v float64) float64 { return p.bottom - p.axis.share(v)*(p.bottom-p.top) }

func (l Lines) draw() *canvas {
	var c canvas
	width, height, class := linesWidth, linesHeight, "chart-lines"
	if l.Small {
		width, height, class = smallWidth, smallHeight, "chart-lines chart-small-lines"
	}
	c.begin(l.ID, class, l.Title, l.Desc, width, height)
	p := l.plot(width, height)
	l.drawAxes(&c, p)
	for i, s := range l.Series {
		l.drawSeries(&c, p, i, s)
	}
	if !l.Small {
		l.drawNames(&c, p)
	}
	return &c
}

// reach is the least and the greatest known value and whether all are whole.
func (l Lines) reach() (low, high float64, whole bool) {
	high, whole = l.Most, l.Most == math.Trunc(l.Most)
	for _, s := range l.Series {
		for _, d := range s.Dots {
			if d.Known {
				low, high = math.Min(low, d.Value), math.Max(high, d.Value)
				whole = whole && d.Value == math.Trunc(d.Value)
			}
		}
	}
	return low, high, whole
}

func (l Lines) plot(width, height float64) plot {
	low, high, whole := l.reach()
	wanted := linesTicks
	if l.Small {
		wanted = smallTicks
	}
	p := plot{axis: axisFor(low, high, wanted, whole), top: linesTop, bottom: height - linesBottom, right: width - linesLastSpace*2}
	for _, v := range p.axis.ticks() {
		p.left = math.Max(p.left, wide(l.format(v), linesText))
	}
	p.left = math.Min(p.left, linesMostTick) + tickRoom*2
	if !l.Small {
		longest := 0.0
		for _, s := range l.Series {
			longest = math.Max(longest, wide(s.label(), linesText))
		}
		p.right = width - math.Min(longest, linesMostName) - tickRoom*3
	}
	if n := len(l.Steps); n > 0 {
		p.first, p.last = l.Steps[0].At, l.Steps[n-1].At
	}
	return p
}

func (l Lines) format(v float64) string {
	if l.Format == nil {
		return plainNumber(v)
	}
	return l.Format(v)
}

// label is what stands at the end of a line: its name and its last number.
// A name that is too long is cut, the number never.
func (s Series) label() string {
	number := ""
	if d := s.last(); d >= 0 {
		number = " " + s.Dots[d].Text
	}
	return strings.TrimSpace(short(s.Name, linesText, linesMostName-wide(number, linesText)) + number)
}

// last is the step of the last known value; −1 where none is known.
func (s Series) last() int {
	for i, d := range slices.Backward(s.Dots) {
		if d.Known {
			return i
		}
	}
	return -1
}

func (l Lines) drawAxes(c *canvas, p plot) {
	for _, v := range p.axis.ticks() {
		class := "chart-grid"
		if v == 0 {
			class = "chart-axis"
		}
		c.leaf("line", "class", class, "x1", p.left, "x2", p.right, "y1", p.y(v), "y2", p.y(v), "aria-hidden", "true")
		c.text("text", short(l.format(v), linesText, linesMostTick), "class", "chart-tick", "x", p.left-tickRoom, "y", p.y(v)+linesText/3, "text-anchor", "end", "aria-hidden", "true")
	}
	free := math.Inf(1)
	for i, s := range slices.Backward(l.Steps) { // the last year is always named
		x, half := p.x(s.At), wide(s.Label, linesText)/2+2
		if x+half <= free {
			c.text("text", s.Label, "class", "chart-label", "x", x, "y", p.bottom+linesText+tickRoom, "text-anchor", "middle", "aria-hidden", "true")
			free = x - half
		}
		if what, changed := l.Breaks[i]; changed && i > 0 {
			between := (p.x(l.Steps[i-1].At) + x) / 2
			c.leaf("line", "class", "chart-break", "x1", between, "x2", between, "y1", p.top, "y2", p.bottom, "aria-hidden", "true")
			if !l.Small {
				c.text("text", what, "class", "chart-tick", "x", between, "y", p.top-tickRoom, "text-anchor", "middle", "aria-hidden", "true")
			}
		}
	}
}

// drawSeries draws the parts of a line between gaps and a mark for each value.
func (l Lines) drawSeries(c *canvas, p plot, i int, s Series) {
	class := "chart-series-" + itoa(i%mostLines+1)
	c.open("g", "class", class, "data-series", s.Name)
	var part []string
	end := func() {
		if len(part) > 1 {
			c.leaf("polyline", "class", "chart-line", "points", strings.Join(part, " "), "fill", "none", "aria-hidden", "true")
		}
		part = nil
	}
	for n, d := range s.Dots {
		if !d.Known || d.Fresh {
			end()
		}
		if d.Known {
			part = append(part, number(p.x(l.Steps[n].At))+","+number(p.y(d.Value)))
		}
	}
	end()
	for n, d := range s.Dots {
		if d.Known {
			x, y := p.x(l.Steps[n].At), p.y(d.Value)
			tag := c.link(d.Href, "chart-dot", d.Name)
			c.leaf("circle", "class", "chart-target", "cx", x, "cy", y, "r", targetRadius)
			c.sign(i, x, y, markRadius)
			c.close(tag)
		}
	}
	c.close("g")
	l.drawNumbers(c, p, s)
}

// drawNumbers writes the numbers over a line that stands alone, where they fit.
func (l Lines) drawNumbers(c *canvas, p plot, s Series) {
	if l.Small || len(l.Series) != 1 {
		return
	}
	free := p.left - tickRoom
	last := s.last()
	for n, d := range s.Dots {
		x, half := p.x(l.Steps[n].At), wide(d.Text, linesText)/2
		if d.Known && n != last && x-half >= free {
			c.text("text", d.Text, "class", "chart-value", "x", x, "y", p.y(d.Value)-tickRoom-2, "text-anchor", "middle", "aria-hidden", "true")
			free = x + half + tickRoom
		}
	}
}

// sign draws the mark of a series: circle, square, diamond, triangles, bar.
func (c *canvas) sign(i int, x, y, r float64) {
	corner := func(points ...float64) {
		var b strings.Builder
		for n := 0; n < len(points); n += 2 {
			b.WriteString(map[bool]string{true: "M", false: "l"}[n == 0])
			b.WriteString(number(points[n]) + " " + number(points[n+1]))
		}
		c.leaf("path", "class", "chart-mark", "d", b.String()+"z")
	}
	switch i % mostLines {
	case 0:
		c.leaf("circle", "class", "chart-mark", "cx", x, "cy", y, "r", r)
	case 1:
		c.leaf("rect", "class", "chart-mark", "x", x-r, "y", y-r, "width", 2*r, "height", 2*r)
	case 2:
		r *= 1.3
		corner(x, y-r, r, r, -r, r, -r, -r)
	case 3:
		r *= 1.2
		corner(x, y-r, r, 2*r, -2*r, 0)
	case 4:
		r *= 1.2
		corner(x, y+r, r, -2*r, -2*r, 0)
	default:
		c.leaf("rect", "class", "chart-mark", "x", x-r*0.6, "y", y-r*1.3, "width", r*1.2, "height", r*2.6)
	}
}

// drawNames writes the name of each series beside its last value, moved apart
// where they would meet, with a thin line where it stands elsewhere.
func (l Lines) drawNames(c *canvas, p plot) {
	type name struct {
		series int
		y, at  float64
		x      float64
	}
	var names []name
	for i, s := range l.Series {
		if d := s.last(); d >= 0 {
			y := p.y(s.Dots[d].Value)
			names = append(names, name{i, y, y, p.x(l.Steps[d].At)})
		}
	}
	slices.SortStableFunc(names, func(a, b name) int { return cmp.Compare(a.y, b.y) })
	lowest := p.bottom + linesText/3
	for i := range names {
		names[i].y = math.Max(names[i].y, p.top)
		if i > 0 {
			names[i].y = math.Max(names[i].y, names[i-1].y+linesSlot)
		}
	}
	for i := len(names) - 1; i >= 0; i-- {
		names[i].y = math.Min(names[i].y, lowest)
		lowest = names[i].y - linesSlot
	}
	for _, n := range names {
		x := p.right + tickRoom*2
		if n.x < p.right-1 || math.Abs(n.y-n.at) > 3 {
			c.leaf("line", "class", "chart-leader", "x1", n.x+markRadius, "x2", x-3, "y1", n.at, "y2", n.y, "aria-hidden", "true")
		}
		c.text("text", short(l.Series[n.series].label(), linesText, linesMostName+linesText), "class", "chart-name", "x", x, "y", n.y+linesText/3, "aria-hidden", "true")
	}
}
