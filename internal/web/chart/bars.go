package chart

import (
	"html/template"
	"math"
)

// Bar is one column of a bar chart.
type Bar struct {
	Label   string // below the column: "2019"
	Value   int
	Text    string // the number as people read it: "1 234"
	Name    string // the whole for a screen reader: "2019: 14 projektů"
	Href    string // where it leads; "" nowhere
	Current bool   // the column that is filtered now
}

// Bars is a chart of columns, one a year.
type Bars struct {
	ID, Title, Desc string
	Bars            []Bar
	// Most is the value of a full height, where several pictures share a scale; 0
	// is the largest of these.
	Most int
}

const (
	barsHeight  = 240.0
	barsTop     = 24.0
	barsBottom  = 28.0
	barSlot     = 36.0
	barWidth    = 26.0
	leastMark   = 2.0 // a column that is not zero is never invisible
	barsMargin  = 8.0
	labelOffset = 6.0
)

// SVG draws the columns.
func (b Bars) SVG() template.HTML { return b.draw().svg() }

func (b Bars) draw() *canvas {
	var c canvas
	width := 2*barsMargin + barSlot*float64(max(1, len(b.Bars)))
	c.begin(b.ID, "chart-bars", b.Title, b.Desc, width, barsHeight)
	floor := barsHeight - barsBottom
	c.leaf("line", "class", "chart-axis", "x1", barsMargin, "x2", width-barsMargin, "y1", floor, "y2", floor)
	most := max(1, b.Most)
	for _, bar := range b.Bars {
		most = max(most, bar.Value)
	}
	for i, bar := range b.Bars {
		c.column(bar, barsMargin+barSlot*float64(i), floor, float64(bar.Value)/float64(most))
	}
	return &c
}

func (c *canvas) column(bar Bar, x, floor, share float64) {
	class := "chart-bar"
	if bar.Current {
		class += " chart-current"
	}
	height := share * (floor - barsTop)
	if bar.Value > 0 {
		height = math.Max(height, leastMark)
	}
	end := c.link(bar.Href, class, bar.Name)
	// The whole slot can be clicked, not only the column.
	c.leaf("rect", "class", "chart-target", "x", x, "y", 0.0, "width", barSlot, "height", barsHeight)
	c.leaf("rect", "class", "chart-mark", "x", x+(barSlot-barWidth)/2, "y", floor-height, "width", barWidth, "height", height)
	c.text("text", bar.Text, "class", "chart-value", "x", x+barSlot/2, "y", floor-height-labelOffset, "text-anchor", "middle")
	c.text("text", bar.Label, "class", "chart-label", "x", x+barSlot/2, "y", barsHeight-labelOffset, "text-anchor", "middle")
	c.close(end)
}
