package chart

import (
	"html/template"
	"math"
	"slices"
)

// DotRow is one row of a dot plot: many values on one line, and one's own.
type DotRow struct {
	Label  string
	Values []float64 // sorted, none negative
	// Box says that Lower and Upper are known: the middle half of the values.
	Box                  bool
	Lower, Median, Upper float64
	Owned                bool // Own is to be told apart from the others
	Own                  float64
	Text                 string // the middle as people read it; at the right of the name
	Name                 string // the whole for a screen reader
}

// Dots is a dot plot by rows on one scale: for each row a thin line from the least
// value to the most, a box over the middle half, a thick line at the median, dots
// larger where more values are the same, and a diamond for one's own.
type Dots struct {
	ID, Title, Desc string
	Rows            []DotRow
	Most            float64   // the end of the scale
	Ticks           []float64 // numbers of the scale
}

const (
	dotsWidth  = 350.0
	dotsHeight = 52.0
	dotsText   = 14.0 // base line of the name
	dotsLine   = 33.0 // of the dots
	dotsBox    = 14.0 // how high the box is
	dotsMargin = 14.0
	dotsFoot   = 20.0
	dotsLetter = 12.0
	dotLeast   = 2.5 // radius of one value
	dotMost    = 6.0
	ownRadius  = 7.0
)

// SVG draws the rows.
func (d Dots) SVG() template.HTML { return d.draw().svg() }

func (d Dots) draw() *canvas {
	var c canvas
	floor := float64(len(d.Rows)) * dotsHeight
	c.begin(d.ID, "chart-dots", d.Title, d.Desc, dotsWidth, floor+dotsFoot)
	most := math.Max(d.Most, 1)
	at := func(v float64) float64 { return dotsMargin + v/most*(dotsWidth-2*dotsMargin) }
	for _, v := range d.Ticks {
		c.leaf("line", "class", "chart-grid", "x1", at(v), "x2", at(v), "y1", dotsText+4, "y2", floor, "aria-hidden", "true")
		c.text("text", plainNumber(v), "class", "chart-tick", "x", at(v), "y", floor+dotsLetter, "text-anchor", "middle", "aria-hidden", "true")
	}
	for i, r := range d.Rows {
		c.dotRow(r, float64(i)*dotsHeight, at)
	}
	return &c
}

func (c *canvas) dotRow(r DotRow, top float64, at func(float64) float64) {
	end := c.link("", "dots-row", r.Name)
	room := dotsWidth - wide(r.Text, dotsLetter) - dotsLetter
	c.text("text", short(r.Label, dotsLetter, room), "class", "chart-label", "x", 2.0, "y", top+dotsText)
	c.text("text", r.Text, "class", "chart-value", "x", dotsWidth-2, "y", top+dotsText, "text-anchor", "end")
	y := top + dotsLine
	if n := len(r.Values); n > 0 {
		c.leaf("line", "class", "chart-axis", "x1", at(r.Values[0]), "x2", at(r.Values[n-1]), "y1", y, "y2", y)
		if r.Box {
			c.leaf("rect", "class", "spread-box", "x", at(r.Lower), "y", y-dotsBox/2, "width", math.Max(1, at(r.Upper)-at(r.Lower)), "height", dotsBox)
		}
		most := slices.Max(counted(r.Values))
		for i := 0; i < n; {
			same := i
			for same < n && r.Values[same] == r.Values[i] {
				same++
			}
			c.leaf("circle", "class", "spread-dot", "cx", at(r.Values[i]), "cy", y, "r", dotRadius(same-i, most))
			i = same
		}
		c.leaf("line", "class", "spread-median", "x1", at(r.Median), "x2", at(r.Median), "y1", y-dotsBox/2-3, "y2", y+dotsBox/2+3)
	}
	if r.Owned {
		x := number(at(r.Own))
		c.leaf("path", "class", "spread-own", "d", "M"+x+" "+number(y-ownRadius)+"l7 7l-7 7l-7 -7z")
	}
	c.close(end)
}

// counted is how many of sorted values are the same, by their runs.
func counted(sorted []float64) []int {
	var out []int
	for i, v := range sorted {
		if i == 0 || v != sorted[i-1] {
			out = append(out, 0)
		}
		out[len(out)-1]++
	}
	return out
}

// dotRadius makes the area of a dot follow how many values it stands for.
func dotRadius(n, most int) float64 {
	return math.Max(dotLeast, dotMost*math.Sqrt(float64(n)/float64(max(most, 4))))
}
