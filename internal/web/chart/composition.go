package chart

import (
	"html/template"
	"math"
)

// Slot is the value of one part in one step.
type Slot struct {
	Value float64
	Known bool
	Name  string // "Ukrajina, 2019: 4 512 (45 %)"
	Href  string
}

// Portion is one part of the whole over all steps.
type Portion struct {
	Name string
	// Unknown is the part of which nothing more is known: it is hatched, stands last
	// and never has a number or a colour.
	Unknown bool
	Slots   []Slot // one for each step
}

// Composition is what a whole is made of, as shares in columns, one a step. A step
// without any known value stays empty.
type Composition struct {
	ID, Title, Desc string
	Steps           []Step
	Portions        []Portion
	Percent         func(share float64) string // 0.45 -> "45 %"; nil writes it plainly
	NoData          string                     // said in a step without values
}

const (
	compositionWidth  = 720.0
	compositionHeight = 360.0
	compositionText   = 13.0
	compositionLine   = 22.0
	compositionLegend = 230.0
	mostColumn        = 64.0
	leastNumber       = 15.0 // height of a part that has its number inside
	swatch            = 16.0
)

// SVG draws the columns.
func (m Composition) SVG() template.HTML { return m.draw().svg() }

func (m Composition) draw() *canvas {
	var c canvas
	height := math.Max(compositionHeight, linesTop+linesBottom+compositionLine*float64(len(m.Portions)))
	c.begin(m.ID, "chart-composition", m.Title, m.Desc, compositionWidth, height)
	c.stripes(m.ID)
	p := plot{axis: axis{0, 1, 0.25}, left: 4 * compositionText, right: compositionWidth - compositionLegend, top: linesTop, bottom: height - linesBottom}
	for _, v := range p.axis.ticks() {
		c.leaf("line", "class", "chart-grid", "x1", p.left, "x2", p.right, "y1", p.y(v), "y2", p.y(v), "aria-hidden", "true")
		c.text("text", m.percent(v), "class", "chart-tick", "x", p.left-tickRoom, "y", p.y(v)+compositionText/3, "text-anchor", "end", "aria-hidden", "true")
	}
	slot := (p.right - p.left) / float64(max(1, len(m.Steps)))
	every := m.everyLabel(slot)
	for i, s := range m.Steps {
		x := p.left + slot*float64(i)
		m.drawColumn(&c, p, i, x, slot)
		if (len(m.Steps)-1-i)%every == 0 {
			c.text("text", s.Label, "class", "chart-label", "x", x+slot/2, "y", p.bottom+compositionText+tickRoom, "text-anchor", "middle", "aria-hidden", "true")
		}
	}
	m.drawLegend(&c, p)
	return &c
}

func (m Composition) percent(share float64) string {
	if m.Percent == nil {
		return plainNumber(math.Round(share*100)) + " %"
	}
	return m.Percent(share)
}

// everyLabel is which labels fit: all, every second…
func (m Composition) everyLabel(slot float64) int {
	longest := 1.0
	for _, s := range m.Steps {
		longest = math.Max(longest, wide(s.Label, compositionText)+4)
	}
	return max(1, int(math.Ceil(longest/slot)))
}

// partClass is the class of the colour of a part: the unknown one is hatched.
func (m Composition) partClass(i int) string {
	if m.Portions[i].Unknown {
		return "chart-unknown"
	}
	return "chart-part-" + itoa(i%stackClasses+1)
}

func (m Composition) fillOf(i int) string {
	if m.Portions[i].Unknown {
		return striped(m.ID)
	}
	return ""
}

func (m Composition) drawColumn(c *canvas, p plot, step int, x, slot float64) {
	total := 0.0
	for _, q := range m.Portions {
		if s := q.Slots[step]; s.Known {
			total += math.Max(0, s.Value)
		}
	}
	width := math.Min(slot*0.8, mostColumn)
	x += (slot - width) / 2
	if total <= 0 {
		c.text("text", m.NoData, "class", "chart-tick", "x", x+width/2, "y", p.bottom-tickRoom, "text-anchor", "middle")
		return
	}
	low := 0.0
	for i, q := range m.Portions {
		s := q.Slots[step]
		if !s.Known || s.Value <= 0 {
			continue
		}
		high := low + s.Value/total
		top, bottom := p.y(high), p.y(low)
		end := c.link(s.Href, "chart-portion chart-on-"+itoa(i%stackClasses+1), s.Name)
		c.leaf("rect", "class", "chart-mark "+m.partClass(i), "x", x, "y", top, "width", width, "height", bottom-top, "fill", m.fillOf(i))
		if !q.Unknown && bottom-top >= leastNumber && width >= leastNumber {
			c.text("text", itoa(i+1), "class", "chart-number", "x", x+width/2, "y", (top+bottom)/2+compositionText/3, "text-anchor", "middle", "aria-hidden", "true")
		}
		c.close(end)
		low = high
	}
}

// drawLegend names the parts in the order of the columns, from above.
func (m Composition) drawLegend(c *canvas, p plot) {
	x, y := p.right+tickRoom*3, p.top
	for i := len(m.Portions) - 1; i >= 0; i-- {
		q := m.Portions[i]
		c.open("g", "class", "chart-key chart-on-"+itoa(i%stackClasses+1), "aria-hidden", "true")
		c.leaf("rect", "class", "chart-swatch chart-mark "+m.partClass(i), "x", x, "y", y, "width", swatch, "height", swatch, "fill", m.fillOf(i))
		if !q.Unknown {
			c.text("text", itoa(i+1), "class", "chart-number", "x", x+swatch/2, "y", y+compositionText, "text-anchor", "middle")
		}
		c.text("text", short(q.Name, compositionText, compositionLegend-swatch-tickRoom*5), "class", "chart-name", "x", x+swatch+tickRoom, "y", y+compositionText)
		c.close("g")
		y += compositionLine
	}
}
