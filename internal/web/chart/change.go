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

// changeColumns is how many columns the legend of changes has.
const changeColumns = 4

// SVG draws the map; "" where there are no outlines.
func (m ChangeMap) SVG() template.HTML { return m.draw().svg() }

func (m ChangeMap) draw() *canvas {
	p, height := project(m.Outlines, mapWidth, mapMargin)
	var c canvas
	if height == 0 || len(m.Outlines) == 0 {
		return &c
	}
	items := m.legend()
	c.begin(m.ID, "chart-map chart-change", m.Title, m.Desc, mapWidth, math.Ceil(height)+legendHeight(len(items), changeColumns)+mapMargin)
	c.stripes(m.ID)
	limits := m.limits()
	changes := map[string]Change{}
	for _, r := range m.Changes {
		changes[r.Code] = r
	}
	c.tinted(m.Outlines, p, func(code string) tint {
		r := changes[code]
		t := tint{class: changeClass(limits, r), text: r.Text, name: r.Name, href: r.Href}
		if !r.Known {
			t.fill = striped(m.ID)
		}
		if m.Plain || !r.Known {
			t.text, t.sign = signOf(r), true
		}
		return t
	})
	c.legend(items, math.Ceil(height), changeColumns)
	return &c
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

// limits are the upper ends of the steps, by the size of the changes.
func (m ChangeMap) limits() [shadeSteps - 1]float64 {
	var sizes []float64
	for _, r := range m.Changes {
		if r.Known {
			sizes = append(sizes, math.Abs(r.Value))
		}
	}
	return thirds(sizes)
}

func changeClass(limits [shadeSteps - 1]float64, r Change) string {
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
	add := func(class, fill, text string) {
		if there[class] {
			out = append(out, legendItem{[]key{{class, fill}}, text})
		}
	}
	for step := shadeSteps; step > 0; step-- {
		add("chart-less-"+itoa(step), "", m.stepText(limits, step, "−"))
	}
	add("map-class-0", "", m.Same)
	for step := 1; step <= shadeSteps; step++ {
		add("chart-more-"+itoa(step), "", m.stepText(limits, step, "+"))
	}
	add("chart-unknown", striped(m.ID), m.NoData)
	return out
}

// stepText writes a step by its end: "≤ +100", "> +1 000", "≥ −100".
func (m ChangeMap) stepText(limits [shadeSteps - 1]float64, step int, sign string) string {
	format := m.Format
	if format == nil {
		format = plainNumber
	}
	until, beyond := "≤ ", "> "
	if sign == "−" {
		until, beyond = "≥ ", "< "
	}
	if step == shadeSteps {
		return beyond + sign + format(limits[shadeSteps-2])
	}
	return until + sign + format(limits[step-1])
}
