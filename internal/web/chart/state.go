package chart

import (
	"html/template"
	"math"
	"strings"
)

// State is one of the states that territories are told apart by.
type State struct {
	Pattern Pattern
	Mark    string // a sign that stands for it where there is no room for numbers
	Text    string // what it means, for the legend
}

// Stated is a territory in its state with its number.
type Stated struct {
	Code  string // Outline.Code
	State int    // index of StateMap.States
	Value float64
	Known bool   // whether the number is
	Text  string // the number as people read it; stands in the territory
	Name  string // "Kraj Vysočina: nyní běží projekt, 12 projektů"
	Href  string
}

// StateMap tells territories apart by their state, by a pattern and a colour, and
// within the states that have numbers by steps of the number.
type StateMap struct {
	ID, Title, Desc string
	Outlines        []Outline
	Places          []Stated
	States          []State              // in the order of the legend
	Format          func(float64) string // writes the steps of the legend
	NoValue         string               // word of the legend for what is 0 or not known
}

const (
	// mostNumbers is how many territories have their numbers in them, mostSigns how
	// many at least the marks of their states.
	mostNumbers = 30
	mostSigns   = 250
	// longText is from how many characters on a number is written smaller.
	longText = 5
)

// SVG draws the map for a page, which has the legend beside it in words; "" where
// there are no outlines.
func (m StateMap) SVG() template.HTML { return m.drawn(false).svg() }

// draw draws the map with its legend, as it stands in a file.
func (m StateMap) draw() *canvas { return m.drawn(true) }

func (m StateMap) drawn(legend bool) *canvas {
	p, height := project(m.Outlines, mapWidth, mapMargin)
	var c canvas
	if height == 0 || len(m.Outlines) == 0 {
		return &c
	}
	items := m.legend()
	below := 0.0
	if legend {
		below = legendHeight(len(items), 1) + mapMargin
	}
	c.begin(m.ID, "chart-map chart-states", m.Title, m.Desc, mapWidth, math.Ceil(height)+below)
	m.define(&c)
	limits, places := m.limits(), map[string]Stated{}
	for _, s := range m.Places {
		places[s.Code] = s
	}
	c.tinted(m.Outlines, p, func(code string) tint {
		s, there := places[code]
		if !there {
			return tint{class: "map-class-0"}
		}
		k := m.key(s.State, m.step(limits, s))
		t := tint{class: k.class, fill: k.fill, name: s.Name, href: s.Href}
		switch {
		case len(m.Outlines) <= mostNumbers && s.Text != "":
			t.text, t.sign = s.Text, len([]rune(s.Text)) > longText
		case len(m.Outlines) <= mostSigns:
			t.text, t.sign = m.States[s.State].Mark, true
		}
		return t
	})
	if legend {
		c.legend(items, math.Ceil(height), 1)
	}
	return &c
}

// define writes the patterns of all states with all their steps.
func (m StateMap) define(c *canvas) {
	c.open("defs")
	for _, s := range m.States {
		switch id := m.ID + "-" + string(s.Pattern); s.Pattern {
		case Dotted:
			for step := range dotSizes {
				c.dots(id+"-"+itoa(step), step)
			}
		case Crossed:
			c.hatching(id, "state-cross-ground", "state-cross-ink", true)
		case Striped:
			c.hatching(id, "chart-stripe-ground", "chart-stripe", false)
		}
	}
	c.close("defs")
}

// stepped says whether territories in a state differ by their numbers too.
func (s State) stepped() bool { return s.Pattern == Solid || s.Pattern == Dotted }

// key is the shade of a state in a step.
func (m StateMap) key(state, step int) key {
	s := m.States[state]
	name := string(s.Pattern)
	if s.stepped() {
		name += "-" + itoa(step)
	}
	if s.Pattern == Solid {
		return key{class: "state-" + name}
	}
	return key{"state-" + name, "url(#" + m.ID + "-" + name + ")"}
}

func (m StateMap) limits() [shadeSteps - 1]float64 {
	var sizes []float64
	for _, s := range m.Places {
		if s.Known && m.States[s.State].stepped() {
			sizes = append(sizes, s.Value)
		}
	}
	return thirds(sizes)
}

func (m StateMap) step(limits [shadeSteps - 1]float64, s Stated) int {
	if !s.Known || s.Value <= 0 {
		return 0
	}
	return stepOf(limits, s.Value)
}

// legend has a line for each state: the steps that occur in it and what they mean.
// A state that no territory is in has its line too.
func (m StateMap) legend() []legendItem {
	limits := m.limits()
	var out []legendItem
	for i, s := range m.States {
		there := [shadeSteps + 1]bool{}
		for _, p := range m.Places {
			if p.State == i {
				there[m.step(limits, p)] = true
			}
		}
		item := legendItem{text: s.Text}
		var words []string
		for step, occurs := range there {
			if s.stepped() && occurs {
				item.keys = append(item.keys, m.key(i, step))
				words = append(words, m.stepText(limits, step))
			}
		}
		if len(item.keys) == 0 {
			item.keys = []key{m.key(i, 1)}
		}
		if len(words) > 0 {
			item.text += " (" + strings.Join(words, ", ") + ")"
		}
		out = append(out, item)
	}
	return out
}

// stepText writes a step by its end.
func (m StateMap) stepText(limits [shadeSteps - 1]float64, step int) string {
	format := m.Format
	if format == nil {
		format = plainNumber
	}
	switch step {
	case 0:
		return m.NoValue
	case shadeSteps:
		return ">\u00a0" + format(limits[shadeSteps-2])
	}
	return "≤\u00a0" + format(limits[step-1])
}

// LegendLine is a line of the legend as a page shows it.
type LegendLine struct {
	Keys template.HTML // drawn with the patterns of the map on the same page
	Text string
}

// Legend is the legend for a page.
func (m StateMap) Legend() []LegendLine {
	var out []LegendLine
	for _, item := range m.legend() {
		var c canvas
		width := float64(len(item.keys))*(legendKey+tickRoom) - tickRoom
		c.open("svg", "class", "chart-keys", "width", width*0.8, "height", legendText*0.8, "viewBox", "0 0 "+number(width)+" "+number(legendText), "aria-hidden", "true")
		c.keys(item.keys, 0, 0)
		c.close("svg")
		out = append(out, LegendLine{c.svg(), item.text})
	}
	return out
}
