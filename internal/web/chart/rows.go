package chart

import (
	"html/template"
	"math"
)

// Line is one row of a chart of rows: a name, a bar under it and its number.
type Line struct {
	Label string
	Value float64 // what the bar is long by; nothing is drawn of 0
	Text  string  // the number as people read it
	Href  string
	Name  string // the whole for a screen reader
	Weak  bool   // to be told apart, by its number in words too
}

// Lines is a chart of rows, for names too long to stand below columns.
type Lines struct {
	ID, Title, Desc string
	Lines           []Line
}

const (
	linesWidth  = 350.0
	lineHeight  = 40.0
	lineBar     = 12.0
	lineText    = 14.0 // base line of the name
	linesMargin = 2.0
	lineNumber  = 120.0 // room for the number
)

// SVG draws the rows.
func (l Lines) SVG() template.HTML {
	var c canvas
	c.begin(l.ID, "chart-lines", l.Title, l.Desc, linesWidth, max(1, float64(len(l.Lines)))*lineHeight)
	most := 0.0
	for _, x := range l.Lines {
		most = max(most, x.Value)
	}
	room := linesWidth - 2*linesMargin - lineNumber
	for i, x := range l.Lines {
		top := float64(i) * lineHeight
		class, width := "chart-bar", 0.0
		if x.Weak {
			class += " chart-weak"
		}
		if x.Value > 0 && most > 0 {
			width = math.Max(x.Value/most*room, leastMark)
		}
		end := c.link(x.Href, class, x.Name)
		c.leaf("rect", "class", "chart-target", "x", 0.0, "y", top, "width", linesWidth, "height", lineHeight)
		c.text("text", x.Label, "class", "chart-label", "x", linesMargin, "y", top+lineText)
		c.leaf("rect", "class", "chart-mark", "x", linesMargin, "y", top+lineText+6, "width", width, "height", lineBar)
		c.text("text", x.Text, "class", "chart-value", "x", linesMargin+width+6, "y", top+lineText+6+lineBar-1)
		c.close(end)
	}
	return c.done()
}
