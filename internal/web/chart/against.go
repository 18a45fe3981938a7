package chart

import (
	"html/template"
	"math"
)

// AgainstRow is one value of a thing, and whether it is known.
type AgainstRow struct {
	Label string
	Known bool
	Value float64
	Below bool   // it does not come up to what is wanted: a diamond instead of a dot
	Text  string // the value as people read it, or why it is not known; at the right of the name
	Name  string // the whole for a screen reader
}

// Limit is a value that means something, drawn through the rows, or one of the scale.
type Limit struct {
	Value float64
	Text  string
}

// Against is one value in each row against limits, on one scale from Least to 1. A row
// of which the value is not known has no dot and no line, only words.
type Against struct {
	ID, Title, Desc string
	Rows            []AgainstRow
	Limits          []Limit // in their order
	Least           float64 // the start of the scale; no value is less
	Ticks           []Limit
}

const (
	againstHead   = 18.0 // for the words of limits
	againstHeight = 40.0
	againstText   = 15.0
	againstLine   = 29.0
	againstDot    = 5.5
	againstReach  = 10.0 // of a limit over and under the dot
)

// SVG draws the rows.
func (g Against) SVG() template.HTML { return g.draw().svg() }

func (g Against) draw() *canvas {
	var c canvas
	floor := againstHead + float64(len(g.Rows))*againstHeight
	c.begin(g.ID, "chart-dots", g.Title, g.Desc, dotsWidth, floor+dotsFoot)
	at := func(v float64) float64 {
		return dotsMargin + (v-g.Least)/(1-g.Least)*(dotsWidth-2*dotsMargin)
	}
	for _, l := range g.Ticks {
		c.leaf("line", "class", "chart-grid", "x1", at(l.Value), "x2", at(l.Value), "y1", againstHead, "y2", floor, "aria-hidden", "true")
		c.text("text", l.Text, "class", "chart-tick", "x", at(l.Value), "y", floor+dotsLetter, "text-anchor", "middle", "aria-hidden", "true")
	}
	for i, l := range g.Limits {
		x, side, anchor := at(l.Value), -3.0, "end"
		if i == len(g.Limits)-1 {
			side, anchor = 3, "start"
		}
		c.limit(i, x, 4, againstHead)
		c.text("text", l.Text, "class", "chart-value", "x", x+side, "y", dotsLetter, "text-anchor", anchor, "aria-hidden", "true")
	}
	for i, r := range g.Rows {
		c.againstRow(r, againstHead+float64(i)*againstHeight, g.Limits, at)
	}
	return &c
}

// limit draws a part of the line of a limit: the first is dashed, the others are solid.
func (c *canvas) limit(i int, x, from, to float64) {
	dashes := "none"
	if i == 0 {
		dashes = "4 2"
	}
	c.leaf("line", "class", "chart-axis", "x1", x, "x2", x, "y1", from, "y2", to, "stroke-width", "1.5", "stroke-dasharray", dashes, "aria-hidden", "true")
}

// againstRow draws a row; limits go through its dot and leave its words alone.
func (c *canvas) againstRow(r AgainstRow, top float64, limits []Limit, at func(float64) float64) {
	end := c.link("", "dots-row", r.Name)
	defer c.close(end)
	room := dotsWidth - wide(r.Text, dotsLetter) - dotsLetter
	c.text("text", short(r.Label, dotsLetter, room), "class", "chart-label", "x", 2.0, "y", top+againstText)
	c.text("text", r.Text, "class", "chart-value", "x", dotsWidth-2, "y", top+againstText, "text-anchor", "end")
	if !r.Known {
		return
	}
	x, y := at(r.Value), top+againstLine
	for i, l := range limits {
		c.limit(i, at(l.Value), y-againstReach, y+againstReach)
	}
	c.leaf("line", "class", "chart-grid", "x1", dotsMargin, "x2", dotsWidth-dotsMargin, "y1", y, "y2", y)
	if r.Below {
		c.leaf("path", "class", "spread-own", "d", "M"+number(x)+" "+number(y-ownRadius)+"l7 7l-7 7l-7 -7z")
		return
	}
	c.leaf("circle", "class", "spread-dot", "cx", x, "cy", y, "r", againstDot)
}

// LeastOf is where a scale that ends by 1 starts for some values: at 0, or in steps of a
// half below it.
func LeastOf(values ...float64) float64 {
	least := 0.0
	for _, v := range values {
		least = min(least, math.Floor(2*v)/2)
	}
	return least
}
