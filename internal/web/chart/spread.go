package chart

import "html/template"

// Spread is a picture of single values on one line: a dot for each, a box from the
// lower quartile to the upper and a line at the median.
type Spread struct {
	ID, Title, Desc      string
	Values               []float64 // sorted, none negative
	Lower, Median, Upper float64
	// LowerText, MedianText and UpperText are the same as people read them, Zero and
	// Most the ends of the scale.
	LowerText, MedianText, UpperText, Zero, Most string
	// Own is a value to be told apart; 0 is none.
	Own float64
}

const (
	spreadWidth  = 360.0
	spreadHeight = 132.0
	spreadMargin = 12.0
	spreadTop    = 34.0 // of the box
	spreadBox    = 26.0 // how high the box is
	spreadDots   = 84.0 // middle of the band of dots
	spreadFloor  = 106.0
	spreadDot    = 3.5
	// mostDots is how many dots can be told apart; of more only the box is drawn.
	mostDots = 300
	// spreadApart is how far labels have to be not to touch.
	spreadApart = 76.0
)

// SVG draws the spread.
func (s Spread) SVG() template.HTML { return s.draw().svg() }

func (s Spread) draw() *canvas {
	var c canvas
	c.begin(s.ID, "chart-spread", s.Title, s.Desc, spreadWidth, spreadHeight)
	most := s.Upper
	if n := len(s.Values); n > 0 {
		most = max(most, s.Values[n-1])
	}
	most = max(most, s.Own, 1)
	at := func(v float64) float64 { return spreadMargin + v/most*(spreadWidth-2*spreadMargin) }
	c.leaf("line", "class", "chart-axis", "x1", spreadMargin, "x2", spreadWidth-spreadMargin, "y1", spreadFloor, "y2", spreadFloor)
	c.text("text", s.Zero, "class", "chart-label", "x", spreadMargin, "y", spreadFloor+16, "text-anchor", "start")
	c.text("text", s.Most, "class", "chart-label", "x", spreadWidth-spreadMargin, "y", spreadFloor+16, "text-anchor", "end")
	c.leaf("rect", "class", "spread-box", "x", at(s.Lower), "y", spreadTop, "width", max(1, at(s.Upper)-at(s.Lower)), "height", spreadBox)
	c.leaf("line", "class", "spread-median", "x1", at(s.Median), "x2", at(s.Median), "y1", spreadTop-4, "y2", spreadTop+spreadBox+4)
	c.spreadLabels(s, at)
	if len(s.Values) <= mostDots {
		for i, v := range s.Values {
			c.leaf("circle", "class", "spread-dot", "cx", at(v), "cy", spreadDots+float64(i%3-1)*2*spreadDot, "r", spreadDot)
		}
	}
	if s.Own > 0 {
		c.leaf("circle", "class", "spread-own", "cx", at(s.Own), "cy", spreadTop+spreadBox/2, "r", 2*spreadDot)
	}
	return &c
}

// spreadLabels names the median, and the quartiles where their names do not touch
// its own; the table has them all.
func (c *canvas) spreadLabels(s Spread, at func(float64) float64) {
	label := func(v float64, text string) {
		x, anchor := at(v), "middle"
		switch {
		case x < spreadApart/2+spreadMargin:
			x, anchor = spreadMargin, "start"
		case x > spreadWidth-spreadApart/2-spreadMargin:
			x, anchor = spreadWidth-spreadMargin, "end"
		}
		c.text("text", text, "class", "chart-value", "x", x, "y", spreadTop-10, "text-anchor", anchor)
	}
	label(s.Median, s.MedianText)
	if at(s.Median)-at(s.Lower) > spreadApart && at(s.Lower) > spreadApart/2+spreadMargin {
		label(s.Lower, s.LowerText)
	}
	if at(s.Upper)-at(s.Median) > spreadApart && at(s.Upper) < spreadWidth-spreadApart/2-spreadMargin {
		label(s.Upper, s.UpperText)
	}
}
