package chart

import (
	"html/template"
	"math"
	"slices"
)

// Change is how the value of a territory changed.
type Change struct {
	Code  string // Outline.Code
	Value float64
	Known bool   // both of the values are
	Text  string // "+120"; stands in the map where territories are large
	Name  string // "Kraj Vysočina: +120"
	Href  string
}

// ChangeMap is where something grew and where it fell. Steps are alike on both
// sides of zero; a territory without both values is hatched.
type ChangeMap struct {
	ID, Title, Desc string
	Outlines        []Outline
	Changes         []Change
	Format          func(float64) string // writes the steps of the legend
	NoData, Same    string               // words of the legend
	Plain           bool                 // signs instead of numbers: many small territories
}

const (
	changeSteps  = 3
	changeLegend = 44.0 // height of the legend below
	changeText   = 22.0
)

// SVG draws the map; "" where there are no outlines.
func (m ChangeMap) SVG() template.HTML { return m.draw().svg() }

func (m ChangeMap) draw() *canvas {
	p, height := project(m.Outlines, mapWidth, mapMargin)
	var c canvas
	if height == 0 || len(m.Outlines) == 0 {
		return &c
	}
	lines := float64(len(m.legend())+1) / 2
	c.begin(m.ID, "chart-map chart-change", m.Title, m.Desc, mapWidth, math.Ceil(height)+changeLegend*math.Ceil(lines/2)+mapMargin)
	c.stripes(m.ID)
	limits := m.limits()
	changes := map[string]Change{}
	for _, r := range m.Changes {
		changes[r.Code] = r
	}
	for _, o := range largestFirst(m.Outlines, p) {
		r := changes[o.Code]
		c.region(Region{Name: r.Name, Href: r.Href}, p.path(o), "map-region "+changeClass(limits, r), m.fillOf(r))
	}
	for _, o := range largestFirst(m.Outlines, p) {
		r := changes[o.Code]
		x, y := p.centre(o)
		if m.Plain || !r.Known {
			c.text("text", signOf(r), "class", "map-number map-sign", "x", x, "y", y+7, "text-anchor", "middle", "aria-hidden", "true")
		} else if r.Text != "" {
			c.text("text", r.Text, "class", "map-number", "x", x, "y", y+8, "text-anchor", "middle", "aria-hidden", "true")
		}
	}
	m.drawLegend(&c, math.Ceil(height))
	return &c
}

// fillOf is the reference to the hatching of a territory without data.
func (m ChangeMap) fillOf(r Change) string {
	if r.Known {
		return ""
	}
	return striped(m.ID)
}

func signOf(r Change) string {
	switch {
	case !r.Known:
		return "?"
	case r.Value > 0:
		return "+"
	case r.Value < 0:
		return "−"
	}
	return "0"
}

// limits are the upper ends of the steps: thirds of the changes by size, made
// round so that a legend can be read. The last step has no end.
func (m ChangeMap) limits() [changeSteps - 1]float64 {
	var sizes []float64
	for _, r := range m.Changes {
		if r.Known && r.Value != 0 {
			sizes = append(sizes, math.Abs(r.Value))
		}
	}
	var out [changeSteps - 1]float64
	if len(sizes) == 0 {
		return out
	}
	slices.Sort(sizes)
	for i := range out {
		out[i] = roundLimit(sizes[min(len(sizes)-1, (i+1)*len(sizes)/changeSteps)])
		if i > 0 && out[i] <= out[i-1] {
			out[i] = roundLimit(out[i-1] * 1.01)
		}
	}
	return out
}

// roundLimit is the least round number that is no smaller: finer than the steps of an
// axis, so that thirds of similar changes stay thirds.
func roundLimit(least float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(least)))
	for _, n := range []float64{1, 1.5, 2, 2.5, 3, 4, 5, 6, 8} {
		if limit := n * power; limit >= least*(1-tiny) {
			return limit
		}
	}
	return 10 * power
}

// stepOf is the step of a change, 1 to 3; 0 for none.
func stepOf(limits [changeSteps - 1]float64, v float64) int {
	if v == 0 {
		return 0
	}
	for i, limit := range limits {
		if math.Abs(v) <= limit {
			return i + 1
		}
	}
	return changeSteps
}

func changeClass(limits [changeSteps - 1]float64, r Change) string {
	switch step := stepOf(limits, r.Value); {
	case !r.Known:
		return "chart-unknown"
	case step == 0:
		return "map-class-0"
	case r.Value > 0:
		return "chart-more-" + itoa(step)
	default:
		return "chart-less-" + itoa(step)
	}
}

// legendItem is one step of the legend.
type legendItem struct{ class, text string }

// legend lists the steps that occur, from the greatest loss.
func (m ChangeMap) legend() []legendItem {
	limits := m.limits()
	there := map[string]bool{}
	for _, o := range m.Outlines {
		i := slices.IndexFunc(m.Changes, func(r Change) bool { return r.Code == o.Code })
		if i < 0 {
			there["chart-unknown"] = true
			continue
		}
		there[changeClass(limits, m.Changes[i])] = true
	}
	var out []legendItem
	add := func(class, text string) {
		if there[class] {
			out = append(out, legendItem{class, text})
		}
	}
	for step := changeSteps; step > 0; step-- {
		add("chart-less-"+itoa(step), m.stepText(limits, step, "−"))
	}
	add("map-class-0", m.Same)
	for step := 1; step <= changeSteps; step++ {
		add("chart-more-"+itoa(step), m.stepText(limits, step, "+"))
	}
	add("chart-unknown", m.NoData)
	return out
}

// stepText writes a step by its end: "≤ +100", "> +1 000", "≥ −100".
func (m ChangeMap) stepText(limits [changeSteps - 1]float64, step int, sign string) string {
	format := m.Format
	if format == nil {
		format = plainNumber
	}
	until, beyond := "≤ ", "> "
	if sign == "−" {
		until, beyond = "≥ ", "< "
	}
	if step == changeSteps {
		return beyond + sign + format(limits[changeSteps-2])
	}
	return until + sign + format(limits[step-1])
}

func (m ChangeMap) drawLegend(c *canvas, y float64) {
	const columns = 4
	for i, item := range m.legend() {
		x := mapMargin + float64(i%columns)*(mapWidth/columns)
		top := y + changeLegend*float64(i/columns) + 8
		fill := ""
		if item.class == "chart-unknown" {
			fill = striped(m.ID)
		}
		c.leaf("rect", "class", "map-region chart-swatch "+item.class, "x", x, "y", top, "width", changeText*1.5, "height", changeText, "fill", fill)
		c.text("text", item.text, "class", "chart-name", "x", x+changeText*1.5+tickRoom, "y", top+changeText*0.8)
	}
}
