package chart

import (
	"image"
	"image/draw"
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// spot is a place in a picture.
type spot struct{ x, y float64 }

// painter paints elements of pictures onto an image: the part of SVG that charts
// use, and no more.
type painter struct {
	on      *image.RGBA
	scale   float64 // points of the image for one unit of the picture
	corner  spot    // of the picture, in points of the image
	letters letters
	raster  vector.Rasterizer
}

// paint paints an element and what it holds; chain is the elements around it.
func (p *painter) paint(chain []*node, around look) error {
	n := chain[len(chain)-1]
	l := lookOf(chain, around)
	switch n.tag {
	case "title", "desc", "defs":
		return nil
	case "text":
		return p.text(n, l)
	}
	shape, closed := n.shape()
	if len(shape) > 0 {
		p.fill(shape, l)
		p.stroke(shape, closed, l)
	}
	for _, kid := range n.kids {
		if err := p.paint(append(chain[:len(chain):len(chain)], kid), l); err != nil {
			return err
		}
	}
	return nil
}

// number and word read an attribute.
func (n *node) number(name string) float64 {
	for i := 0; i+1 < len(n.attrs); i += 2 {
		if n.attrs[i] == name {
			switch v := n.attrs[i+1].(type) {
			case float64:
				return v
			case string:
				f, _ := strconv.ParseFloat(v, 64)
				return f
			}
		}
	}
	return 0
}

func (n *node) word(name string) string {
	for i := 0; i+1 < len(n.attrs); i += 2 {
		if s, ok := n.attrs[i+1].(string); ok && n.attrs[i] == name {
			return s
		}
	}
	return ""
}

// roundness is of how many straight parts a circle is made.
const roundness = 32

// shape is the outline of an element and whether it is an area.
func (n *node) shape() (rings [][]spot, closed bool) {
	switch n.tag {
	case "rect":
		x, y, w, h := n.number("x"), n.number("y"), n.number("width"), n.number("height")
		if w <= 0 || h <= 0 {
			return nil, true
		}
		return [][]spot{{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}}}, true
	case "circle":
		return [][]spot{circle(spot{n.number("cx"), n.number("cy")}, n.number("r"))}, true
	case "line":
		return [][]spot{{{n.number("x1"), n.number("y1")}, {n.number("x2"), n.number("y2")}}}, false
	case "polyline":
		return [][]spot{spots(n.word("points"))}, false
	case "path":
		return unnest(pathSpots(n.word("d"))), true
	}
	return nil, false
}

func circle(at spot, r float64) []spot {
	out := make([]spot, roundness)
	for i := range out {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / roundness)
		out[i] = spot{at.x + r*cos, at.y + r*sin}
	}
	return out
}

func spots(points string) []spot {
	var out []spot
	for pair := range strings.FieldsSeq(points) {
		x, y, _ := strings.Cut(pair, ",")
		fx, _ := strconv.ParseFloat(x, 64)
		fy, _ := strconv.ParseFloat(y, 64)
		out = append(out, spot{fx, fy})
	}
	return out
}

// pathSpots reads a path of M, l and z, which is all that charts write.
func pathSpots(d string) [][]spot {
	var out [][]spot
	for ring := range strings.SplitSeq(d, "z") {
		var at spot
		var all []spot
		for step := range strings.FieldsSeq(strings.NewReplacer("M", "\n", "l", "\n", " ", ",").Replace(ring)) {
			next := spots(step)[0]
			at = spot{at.x + next.x, at.y + next.y}
			all = append(all, at)
		}
		if len(all) > 0 {
			out = append(out, all)
		}
	}
	return out
}

// unnest turns rings that lie in another one the other way round, so that holes
// stay empty whatever way a source drew them.
func unnest(rings [][]spot) [][]spot {
	for i, ring := range rings {
		depth := 0
		for j, other := range rings {
			if i != j && within(other, ring[0]) {
				depth++
			}
		}
		if (turn(ring) < 0) != (depth%2 == 1) {
			for a, b := 0, len(ring)-1; a < b; a, b = a+1, b-1 {
				ring[a], ring[b] = ring[b], ring[a]
			}
		}
	}
	return rings
}

// turn is twice the area of a ring, negative when it runs the other way.
func turn(ring []spot) float64 {
	sum := 0.0
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		sum += a.x*b.y - b.x*a.y
	}
	return sum
}

func within(ring []spot, at spot) bool {
	in := false
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		if (a.y > at.y) != (b.y > at.y) && a.x+(at.y-a.y)/(b.y-a.y)*(b.x-a.x) > at.x {
			in = !in
		}
	}
	return in
}

func (p *painter) fill(rings [][]spot, l look) {
	if l.fill != nothing && len(rings[0]) > 2 {
		p.area(p.placed(rings), inkOf(l.fill))
	}
}

// inkOf is what an area is filled with.
func inkOf(name string) image.Image {
	if p, ok := patterns[name]; ok {
		return p
	}
	return image.NewUniform(palette[name])
}

// placed moves rings from units of the picture to points of the image.
func (p *painter) placed(rings [][]spot) [][]spot {
	out := make([][]spot, len(rings))
	for i, ring := range rings {
		out[i] = make([]spot, len(ring))
		for j, s := range ring {
			out[i][j] = spot{p.corner.x + s.x*p.scale, p.corner.y + s.y*p.scale}
		}
	}
	return out
}

// area fills rings given in points of the image.
func (p *painter) area(rings [][]spot, ink image.Image) {
	low, high := spot{math.Inf(1), math.Inf(1)}, spot{math.Inf(-1), math.Inf(-1)}
	for _, ring := range rings {
		for _, s := range ring {
			low = spot{math.Min(low.x, s.x), math.Min(low.y, s.y)}
			high = spot{math.Max(high.x, s.x), math.Max(high.y, s.y)}
		}
	}
	box := image.Rect(int(math.Floor(low.x)), int(math.Floor(low.y)), int(math.Ceil(high.x))+1, int(math.Ceil(high.y))+1).Intersect(p.on.Bounds())
	if box.Empty() {
		return
	}
	p.raster.Reset(box.Dx(), box.Dy())
	p.raster.DrawOp = draw.Over
	for _, ring := range rings {
		for i, s := range ring {
			x, y := float32(s.x-float64(box.Min.X)), float32(s.y-float64(box.Min.Y))
			if i == 0 {
				p.raster.MoveTo(x, y)
			} else {
				p.raster.LineTo(x, y)
			}
		}
		p.raster.ClosePath()
	}
	p.raster.Draw(p.on, box, ink, box.Min)
}

// stroke draws the outline of a shape: each part as a bar, rounded where parts
// meet.
func (p *painter) stroke(rings [][]spot, closed bool, l look) {
	if l.stroke == nothing || l.stroke == "" {
		return
	}
	half := l.width * p.scale / 2
	if closed {
		half = min(half, l.width*pointsPerUnit/2) // borders of areas do not scale
	}
	var bars [][]spot
	for _, ring := range p.placed(rings) {
		if closed {
			ring = append(ring, ring[0])
		}
		for _, part := range dashed(ring, l.dash, p.scale) {
			for i := 1; i < len(part); i++ {
				bars = append(bars, bar(part[i-1], part[i], half))
				if half > 1 && i > 1 {
					bars = append(bars, circle(part[i-1], half))
				}
			}
		}
	}
	if len(bars) > 0 {
		p.area(bars, inkOf(l.stroke))
	}
}

// bar is a straight part of a line of some width, always the same way round.
func bar(a, b spot, half float64) []spot {
	length := math.Hypot(b.x-a.x, b.y-a.y)
	if length == 0 {
		return circle(a, half)
	}
	dx, dy := (b.x-a.x)/length*half, (b.y-a.y)/length*half
	return []spot{{a.x + dy, a.y - dx}, {b.x + dy, b.y - dx}, {b.x - dy, b.y + dx}, {a.x - dy, a.y + dx}}
}

// dashed cuts a line into its dashes; a line without a pattern stays whole.
func dashed(line []spot, pattern []float64, scale float64) [][]spot {
	if len(pattern) == 0 {
		return [][]spot{line}
	}
	var out [][]spot
	turn, left, drawn := 0, pattern[0]*scale, []spot{line[0]}
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		for {
			rest := math.Hypot(b.x-a.x, b.y-a.y)
			if rest <= left {
				left -= rest
				break
			}
			a = spot{a.x + (b.x-a.x)*left/rest, a.y + (b.y-a.y)*left/rest}
			if turn%2 == 0 {
				out = append(out, append(drawn, a))
			}
			turn++
			drawn, left = []spot{a}, pattern[turn%len(pattern)]*scale
		}
		drawn = append(drawn, b)
	}
	if turn%2 == 0 {
		out = append(out, drawn)
	}
	return out
}

// text writes a word at its place, with a halo where the look has one, or upwards.
func (p *painter) text(n *node, l look) error {
	face, err := p.letters.face(l.size*p.scale, l.bold)
	if err != nil {
		return err
	}
	x, y := p.corner.x+n.number("x")*p.scale, p.corner.y+n.number("y")*p.scale
	if n.word("transform") != "" {
		p.writeUp(n.text, spot{x, y}, face, l.fill)
		return nil
	}
	switch wide := float64(font.MeasureString(face, n.text)) / 64; n.word("text-anchor") {
	case "middle":
		x -= wide / 2
	case "end":
		x -= wide
	}
	if l.halo > 0 {
		for _, s := range circle(spot{x, y}, l.halo*p.scale) {
			p.write(n.text, s, face, l.stroke)
		}
	}
	p.write(n.text, spot{x, y}, face, l.fill)
	return nil
}

// writeUp writes a word from a spot upwards: as it is, beside, and then turned.
func (p *painter) writeUp(text string, at spot, face font.Face, ink string) {
	m := face.Metrics()
	rise, wide := m.Ascent.Ceil(), font.MeasureString(face, text).Ceil()+1
	aside := image.NewAlpha(image.Rect(0, 0, wide, rise+m.Descent.Ceil()))
	d := font.Drawer{Dst: aside, Src: image.Opaque, Face: face, Dot: fixed.P(0, rise)}
	d.DrawString(text)
	turned := image.NewAlpha(image.Rect(0, 0, aside.Bounds().Dy(), wide))
	for x := range wide {
		for y := range aside.Bounds().Dy() {
			turned.SetAlpha(y, wide-1-x, aside.AlphaAt(x, y))
		}
	}
	corner := image.Pt(int(at.x)-rise, int(at.y)-wide)
	draw.DrawMask(p.on, turned.Bounds().Add(corner), image.NewUniform(palette[ink]), image.Point{}, turned, image.Point{}, draw.Over)
}

func (p *painter) write(text string, at spot, face font.Face, ink string) {
	d := font.Drawer{Dst: p.on, Src: image.NewUniform(palette[ink]), Face: face, Dot: fixed.Point26_6{X: fixed.Int26_6(at.x * 64), Y: fixed.Int26_6(at.y * 64)}}
	d.DrawString(text)
}
