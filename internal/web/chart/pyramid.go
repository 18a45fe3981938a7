package chart

import (
	"html/template"
	"math"
)

// Count is one number of a pyramid.
type Count struct {
	Value float64
	Known bool
	Text  string // as people read it; of one that is not known why: "< 5", "?"
	Name  string // "Ženy, 30–34 let: 1 234"
}

// Band is one age group.
type Band struct {
	Label               string
	Left, Right, Beside Count // men, women, sex not known
	Unknown             bool  // the age is not known: stands apart, below
}

// Pyramid is people by age and sex. Bands stand from the oldest; those whose age
// or sex is not known stand beside and are never spread over the others.
type Pyramid struct {
	ID, Title, Desc     string
	Left, Right, Beside string // heads: "Muži", "Ženy", "Pohlaví neznámo"
	Bands               []Band // from the youngest
	Format              func(float64) string
}

const (
	pyramidWidth  = 720.0
	pyramidText   = 13.0
	pyramidRow    = 20.0
	pyramidBar    = 16.0
	pyramidTop    = 44.0
	pyramidBottom = 30.0
	pyramidApart  = 12.0 // between known and unknown ages
	pyramidSide   = 100.0
	pyramidNumber = 58.0 // room of a number beside its bar
	pyramidTicks  = 3
)

// SVG draws the pyramid.
func (m Pyramid) SVG() template.HTML { return m.draw().svg() }

// wings are where the two sides of a pyramid begin and how long the longest bar
// may be.
type wings struct {
	axis        axis
	left, right float64 // where the bars begin
	length      float64
	besideAt    float64
}

func (m Pyramid) draw() *canvas {
	var c canvas
	apart := 0.0
	for _, b := range m.Bands {
		if b.Unknown {
			apart = pyramidApart
		}
	}
	height := pyramidTop + pyramidBottom + apart + pyramidRow*float64(len(m.Bands))
	c.begin(m.ID, "chart-pyramid", m.Title, m.Desc, pyramidWidth, height)
	c.stripes(m.ID)
	w := m.wings()
	floor := height - pyramidBottom
	m.drawAxis(&c, w, floor)
	y := pyramidTop
	for i := len(m.Bands) - 1; i >= 0; i-- {
		if b := m.Bands[i]; !b.Unknown {
			m.drawBand(&c, w, b, y)
			y += pyramidRow
		}
	}
	y += apart
	for _, b := range m.Bands {
		if b.Unknown {
			m.drawBand(&c, w, b, y)
			y += pyramidRow
		}
	}
	return &c
}

// besides says whether anything is known or said of people of unknown sex.
func (m Pyramid) besides() bool {
	for _, b := range m.Bands {
		if b.Beside.Text != "" {
			return true
		}
	}
	return false
}

func (m Pyramid) wings() wings {
	most, beside, longest := 0.0, 0.0, 0.0
	for _, b := range m.Bands {
		longest = math.Max(longest, wide(b.Label, pyramidText))
		for _, n := range []Count{b.Left, b.Right, b.Beside} {
			if n.Known {
				most = math.Max(most, n.Value)
			}
		}
		if b.Beside.Known {
			beside = math.Max(beside, b.Beside.Value)
		}
	}
	w := wings{axis: axisFor(0, most, pyramidTicks, true)}
	middle := longest + 2*tickRoom
	room := pyramidWidth - middle - 2*pyramidNumber
	w.length = room / 2
	if m.besides() {
		// One scale for all three: however many there are beside, their bar fits.
		room -= pyramidNumber + tickRoom
		w.length = math.Min((room-pyramidSide)/2, room/(2+w.axis.share(beside)))
	}
	w.left = pyramidNumber + w.length
	w.right = w.left + middle
	w.besideAt = w.right + w.length + pyramidNumber + tickRoom
	return w
}

func (m Pyramid) drawAxis(c *canvas, w wings, floor float64) {
	c.text("text", m.Left, "class", "chart-name", "x", w.left, "y", pyramidTop-pyramidText-4, "text-anchor", "end")
	c.text("text", m.Right, "class", "chart-name", "x", w.right, "y", pyramidTop-pyramidText-4)
	if m.besides() {
		c.text("text", m.Beside, "class", "chart-name", "x", w.besideAt, "y", pyramidTop-pyramidText-4)
		c.leaf("line", "class", "chart-axis", "x1", w.besideAt, "x2", w.besideAt, "y1", pyramidTop-4, "y2", floor, "aria-hidden", "true")
	}
	for _, v := range w.axis.ticks() {
		long := w.axis.share(v) * w.length
		for _, x := range []float64{w.left - long, w.right + long} {
			class := "chart-grid"
			if v == 0 {
				class = "chart-axis"
			}
			c.leaf("line", "class", class, "x1", x, "x2", x, "y1", pyramidTop-4, "y2", floor, "aria-hidden", "true")
			c.text("text", m.format(v), "class", "chart-tick", "x", x, "y", floor+pyramidText+4, "text-anchor", "middle", "aria-hidden", "true")
		}
	}
}

func (m Pyramid) format(v float64) string {
	if m.Format == nil {
		return plainNumber(v)
	}
	return m.Format(v)
}

func (m Pyramid) drawBand(c *canvas, w wings, b Band, y float64) {
	text := y + pyramidBar/2 + pyramidText/3
	c.text("text", b.Label, "class", "chart-label", "x", (w.left+w.right)/2, "y", text, "text-anchor", "middle", "aria-hidden", "true")
	draw := func(n Count, class, fill, anchor string, at, way, most float64) {
		if n.Text == "" {
			return
		}
		long := 0.0
		if n.Known && n.Value > 0 {
			long = math.Max(leastMark/2, math.Min(1, w.axis.share(n.Value))*most)
		}
		end := c.link("", "chart-band", n.Name)
		if n.Known {
			c.leaf("rect", "class", "chart-mark "+class, "x", math.Min(at, at+way*long), "y", y, "width", long, "height", pyramidBar, "fill", fill)
		}
		c.text("text", n.Text, "class", "chart-value", "x", at+way*(long+4), "y", text, "text-anchor", anchor)
		c.close(end)
	}
	draw(b.Left, "chart-left", "", "end", w.left, -1, w.length)
	draw(b.Right, "chart-right", "", "", w.right, 1, w.length)
	draw(b.Beside, "chart-unknown", striped(m.ID), "", w.besideAt, 1, w.length)
}
