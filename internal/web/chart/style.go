package chart

import (
	"image/color"
	"slices"
	"strings"
)

// palette is the light theme of the style sheet, by the names it gives colours.
// A file has no theme: it is painted as on paper. A test compares the two.
var palette = map[string]color.NRGBA{
	"ground": hex(0xffffff), "ink": hex(0x262626), "ink-soft": hex(0x5d5d5d), "line-soft": hex(0xe5eef9), "field-line": hex(0x6d6d6d),
	"accent": hex(0x2362a2), "accent-soft": hex(0xe5eef9), "warm": hex(0xfab413),
	"map-line": hex(0x5d5d5d), "map-point": hex(0x1e5086), "map-number": hex(0x000000), "map-halo": hex(0xffffff),
	"map-0": hex(0xffffff), "map-1": hex(0xfde1a1), "map-2": hex(0xfab413), "map-3": hex(0xdd7c14), "map-4": hex(0xa84a12), "map-5": hex(0x62200e),
	"part-1": hex(0x2362a2), "part-2": hex(0xfbc342), "part-3": hex(0x265529), "part-4": hex(0x93bde6),
	"part-5": hex(0xb32222), "part-6": hex(0xd1d1d1), "part-7": hex(0x67329e), "part-8": hex(0x9bda9e),
	"on-odd": hex(0xffffff), "on-even": hex(0x000000),
	"less-1": hex(0xc5dbf2), "less-2": hex(0x599bd7), "less-3": hex(0x1e5086),
	"more-1": hex(0xfde1a1), "more-2": hex(0xdd7c14), "more-3": hex(0xa84a12),
	"right-soft": hex(0xf3faf3), "warm-soft": hex(0xfff9e9), "wrong-soft": hex(0xfef2f2), "wrong-line": hex(0xc62828),
}

func hex(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 255} //nolint:gosec // bytes of the number
}

// look is how an element is painted. What is unset is as around it.
type look struct {
	fill, stroke string // names of the palette; "none"; of patterns
	width        float64
	dash         []float64
	size         float64
	bold         bool
	halo         float64
}

const (
	nothing  = "none"
	hatched  = "hatched"
	crossing = "crossing"
	dotting  = "dotting-" // with a step
)

// rule is how elements of a class are painted: the part of the style sheet
// (assets/css/chart.css) that a picture in a file needs. Later rules win.
type rule struct {
	selector string // "tag", ".class", or several of them, the outermost first
	look     look
}

var sheet = slices.Concat([]rule{
	{"svg", look{fill: "ink", stroke: nothing, width: 1, size: 16}},
	{".chart-bars", look{size: 12}},
	{".chart-axis", look{stroke: "field-line"}},
	{".chart-grid", look{stroke: "line-soft"}},
	{".chart-bar .chart-mark", look{fill: "accent"}},
	{".chart-current .chart-mark", look{fill: "warm", stroke: "ink"}},
	{".map-region", look{stroke: "map-line"}},
	{".map-number", look{fill: "map-number", stroke: "map-halo", size: 26, bold: true, halo: 2.5}},
	{".map-sign", look{size: 20}},
	{".map-point circle", look{fill: "map-point", stroke: "ground", width: 2}},
	{".chart-stack", look{size: 15, bold: true}},
	{".chart-stack .chart-mark", look{stroke: "field-line"}},
	{".chart-number", look{fill: "on-odd"}},
	{".chart-mark", look{dash: []float64{}}},
	{".chart-lines", look{size: 13}},
	{".chart-composition", look{size: 13}},
	{".chart-pyramid", look{size: 13}},
	{".chart-change", look{size: 22}},
	{".chart-states", look{size: 22}},
	{".chart-map .chart-swatch", look{stroke: "map-line"}},
	{".chart-matrix", look{size: 13}},
	{".matrix-head", look{bold: true}},
	{".matrix-field", look{stroke: "line-soft"}},
	{".matrix-edge", look{stroke: "field-line"}},
	{".state-cross", look{fill: crossing}},
	{".state-stripes", look{fill: hatched}},
	{".matrix-solid", look{fill: "right-soft"}},
	{".matrix-dots", look{fill: "warm-soft"}},
	{".matrix-cross", look{fill: "wrong-soft", stroke: "wrong-line"}},
	{".matrix-stripes", look{fill: hatched}},
	{".chart-tick", look{fill: "ink-soft"}},
	{".chart-break", look{stroke: "ink-soft", dash: []float64{2, 3}}},
	{".chart-leader", look{stroke: "field-line"}},
	{".chart-line", look{fill: nothing, width: 2.5}},
	{".chart-composition .chart-mark", look{stroke: "ground"}},
	{".chart-left", look{fill: "part-1"}},
	{".chart-right", look{fill: "part-2", stroke: "field-line"}},
	{".chart-unknown", look{fill: hatched, stroke: "field-line"}},
	{".state-solid-0", look{fill: "line-soft"}},
	{".chart-spread", look{size: 12}},
	{".spread-box", look{fill: "accent-soft", stroke: "accent"}},
	{".spread-median", look{stroke: "ink", width: 3}},
	{".spread-dot", look{fill: "accent"}},
	{".spread-own", look{fill: "warm", stroke: "ink"}},
	{".chart-rows", look{size: 12}},
	{".chart-dots", look{size: 12}},
	{".chart-weak .chart-mark", look{fill: "warm"}},
	{".chart-lineage", look{size: 13}},
	{".lineage-node .chart-mark", look{fill: "ground", stroke: "field-line"}},
	{".lineage-own .chart-mark", look{fill: "accent-soft", stroke: "accent", width: 2}},
	{".lineage-name", look{size: 15, bold: true}},
	{".lineage-note", look{size: 12, fill: "ink-soft"}},
	{".lineage-line", look{stroke: "ink", width: 2}},
	{".lineage-unconfirmed .lineage-line", look{dash: []float64{7, 4}}},
	{".lineage-abandoned .lineage-line", look{dash: []float64{2, 3}}},
	{".map-leg", look{stroke: "ink", width: 2.5}},
	{".map-leg-unconfirmed", look{dash: []float64{7, 4}}},
	{".map-leg-abandoned", look{dash: []float64{2, 3}}},
	{".lineage-cross", look{stroke: "wrong-line", width: 2.5}},
}, numbered(), []rule{{".chart-target", look{fill: nothing, stroke: nothing}}})

// numbered are the rules of classes that differ by a number only.
func numbered() []rule {
	var out []rule
	for _, steps := range []struct {
		class, colour string
		from, to      int
	}{{"map-class-", "map-", 0, mapSteps}, {"chart-part-", "part-", 1, stackClasses}, {"chart-more-", "more-", 1, shadeSteps}, {"chart-less-", "less-", 1, shadeSteps}, {"state-solid-", "less-", 1, shadeSteps}, {"state-dots-", dotting, 0, shadeSteps}} {
		for i := steps.from; i <= steps.to; i++ {
			out = append(out, rule{"." + steps.class + itoa(i), look{fill: steps.colour + itoa(i)}})
		}
	}
	for i, dash := range dashes {
		name := "chart-series-" + itoa(i+1)
		colour := "part-" + itoa(2*(i%4)+1)
		out = append(out, rule{"." + name, look{stroke: colour, dash: dash}}, rule{"." + name + " .chart-mark", look{fill: colour, stroke: "ground", width: 1}})
	}
	for i := 2; i <= stackClasses; i += 2 {
		out = append(out, rule{".chart-on-" + itoa(i) + " .chart-number", look{fill: "on-even"}})
	}
	return out
}

// applies says whether a selector means the last of these elements.
func applies(selector string, chain []*node) bool {
	parts := strings.Fields(selector)
	if !chain[len(chain)-1].is(parts[len(parts)-1]) {
		return false
	}
	chain, parts = chain[:len(chain)-1], parts[:len(parts)-1]
	for len(parts) > 0 && len(chain) > 0 {
		if chain[len(chain)-1].is(parts[len(parts)-1]) {
			parts = parts[:len(parts)-1]
		}
		chain = chain[:len(chain)-1]
	}
	return len(parts) == 0
}

func (n *node) is(simple string) bool {
	if class, ok := strings.CutPrefix(simple, "."); ok {
		return slices.Contains(strings.Fields(n.word("class")), class)
	}
	return n.tag == simple
}

// lookOf is how the last of these elements is painted inside what is around it.
func lookOf(chain []*node, around look) look {
	out := around
	out.halo = 0
	for _, r := range sheet {
		if applies(r.selector, chain) {
			out.take(r.look)
		}
	}
	own := chain[len(chain)-1]
	if own.word("fill") == nothing {
		out.fill = nothing
	}
	if own.word("stroke") == "currentColor" {
		out.stroke, out.width = "ink", 2.5
	}
	return out
}

func (l *look) take(r look) {
	if r.fill != "" {
		l.fill = r.fill
	}
	if r.stroke != "" {
		l.stroke = r.stroke
	}
	if r.width != 0 {
		l.width = r.width
	}
	if r.dash != nil {
		l.dash = r.dash
	}
	if r.size != 0 {
		l.size = r.size
	}
	if r.halo != 0 {
		l.halo = r.halo
	}
	l.bold = l.bold || r.bold
}
