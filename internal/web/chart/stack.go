package chart

import (
	"html/template"
	"strconv"
)

// Part is one share of a whole.
type Part struct {
	Value float64 // in any unit; parts of zero or less are not drawn
	Name  string  // "Ministerstvo vnitra: 1 800 000 Kč (45 %)"
}

// Stack is one bar cut into shares. Parts are numbered from 1 in the picture and
// in the table beneath it, so that colour is never the only key.
type Stack struct {
	ID, Title, Desc string
	Parts           []Part
}

const (
	stackWidth   = 720.0
	stackHeight  = 48.0
	stackClasses = 8 // colours; the ninth part has the colour of the first
	stackNumber  = 20.0
)

// SVG draws the shares in their order.
func (s Stack) SVG() template.HTML { return s.draw().svg() }

func (s Stack) draw() *canvas {
	var c canvas
	c.begin(s.ID, "chart-stack", s.Title, s.Desc, stackWidth, stackHeight)
	total := 0.0
	for _, p := range s.Parts {
		total += max(0, p.Value)
	}
	x := 0.0
	for i, p := range s.Parts {
		if p.Value <= 0 {
			continue
		}
		width := p.Value / total * stackWidth
		end := c.link("", "chart-part", p.Name)
		c.leaf("rect", "class", "chart-mark chart-part-"+strconv.Itoa(i%stackClasses+1), "x", x, "y", 0.0, "width", width, "height", stackHeight)
		if width >= stackNumber {
			c.text("text", strconv.Itoa(i+1), "class", "chart-number", "x", x+width/2, "y", stackHeight/2+5, "text-anchor", "middle")
		}
		c.close(end)
		x += width
	}
	return &c
}
