package chart

import (
	"html/template"
	"math"
)

// RowBar is one row of a chart of rows: a name, a bar under it and its number.
type RowBar struct {
	Label string
	Value float64 // what the bar is long by; nothing is drawn of 0
	Text  string  // the number as people read it
	Href  string
	Name  string // the whole for a screen reader
	Weak  bool   // to be told apart, by its number in words too
}

// Rows is a chart of rows, for names too long to stand below columns.
type Rows struct {
	ID, Title, Desc string
	Rows            []RowBar
}

const (
	rowsWidth  = 350.0
	rowsHeight = 40.0
	rowsBar    = 12.0
	rowsText   = 14.0 // base line of the name
	rowsMargin = 2.0
	rowsNumber = 120.0 // room for the number
)

// SVG draws the rows.
func (l Rows) SVG() template.HTML { return l.draw().svg() }

func (l Rows) draw() *canvas {
	var c canvas
	c.begin(l.ID, "chart-rows", l.Title, l.Desc, rowsWidth, max(1, float64(len(l.Rows)))*rowsHeight)
	most := 0.0
	for _, x := range l.Rows {
		most = max(most, x.Value)
	}
	room := rowsWidth - 2*rowsMargin - rowsNumber
	for i, x := range l.Rows {
		top := float64(i) * rowsHeight
		class, width := "chart-bar", 0.0
		if x.Weak {
			class += " chart-weak"
		}
		if x.Value > 0 && most > 0 {
			width = math.Max(x.Value/most*room, leastMark)
		}
		end := c.link(x.Href, class, x.Name)
		c.leaf("rect", "class", "chart-target", "x", 0.0, "y", top, "width", rowsWidth, "height", rowsHeight)
		c.text("text", x.Label, "class", "chart-label", "x", rowsMargin, "y", top+rowsText)
		c.leaf("rect", "class", "chart-mark", "x", rowsMargin, "y", top+rowsText+6, "width", width, "height", rowsBar)
		c.text("text", x.Text, "class", "chart-value", "x", rowsMargin+width+6, "y", top+rowsText+6+rowsBar-1)
		c.close(end)
	}
	return &c
}
