package chart_test

import (
	"encoding/xml"
	"errors"
	"html/template"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"pgregory.net/rapid"
)

// mark is one element of a picture with the text it holds.
type mark struct {
	Tag, Text string
	Attr      map[string]string
	Holder    map[string]string // attributes of the element around it
}

func (m mark) has(class string) bool {
	return slices.Contains(strings.Fields(m.Attr["class"]), class)
}

func (m mark) num(t rapid.TB, name string) float64 {
	t.Helper()
	f, err := strconv.ParseFloat(m.Attr[name], 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		t.Fatalf("%s of %v is %q", name, m, m.Attr[name])
	}
	return f
}

// marks reads a picture as strictly as an XML reader does, and checks what holds
// for each: no style inside it, one element around all.
func marks(t rapid.TB, picture template.HTML) []mark {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(string(picture)))
	var open []int
	var out []mark
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("not well-formed: %v in %s", err, picture)
		}
		switch token := token.(type) {
		case xml.StartElement:
			m := mark{Tag: token.Name.Local, Attr: map[string]string{}}
			for _, a := range token.Attr {
				m.Attr[a.Name.Local] = a.Value
			}
			if len(open) > 0 {
				m.Holder = out[open[len(open)-1]].Attr
			} else if len(out) > 0 {
				t.Fatalf("two pictures in %s", picture)
			}
			if _, styled := m.Attr["style"]; styled {
				t.Errorf("%s has a style", m.Tag)
			}
			open, out = append(open, len(out)), append(out, m)
		case xml.CharData:
			if len(open) > 0 {
				out[open[len(open)-1]].Text += string(token)
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
	return out
}

func only(all []mark, keep func(mark) bool) []mark {
	var out []mark
	for _, m := range all {
		if keep(m) {
			out = append(out, m)
		}
	}
	return out
}

func byClass(all []mark, class string) []mark {
	return only(all, func(m mark) bool { return m.has(class) })
}

func byTag(all []mark, tag string) []mark {
	return only(all, func(m mark) bool { return m.Tag == tag })
}

func near(a, b, by float64) bool { return math.Abs(a-b) <= by }

// rings reads a path of M, l and z in whole units.
func rings(t rapid.TB, path string) [][][2]float64 {
	t.Helper()
	var out [][][2]float64
	var x, y float64
	for part := range strings.SplitSeq(path, "z") {
		var ring [][2]float64
		for _, step := range strings.FieldsFunc(strings.ReplaceAll(strings.ReplaceAll(part, "M", "|M"), "l", "|l"), func(r rune) bool { return r == '|' }) {
			a, b, ok := strings.Cut(step[1:], " ")
			dx, err1 := strconv.ParseFloat(a, 64)
			dy, err2 := strconv.ParseFloat(b, 64)
			if !ok || err1 != nil || err2 != nil {
				t.Fatalf("step %q of a path", step)
			}
			if step[0] == 'M' {
				x, y = 0, 0
			}
			x, y = x+dx, y+dy
			ring = append(ring, [2]float64{x, y})
		}
		if len(ring) > 0 {
			out = append(out, ring)
		}
	}
	return out
}

// inside says by the even-odd rule whether a place lies in rings; a ray goes up,
// where the product looks along a level line.
func inside(rings [][][2]float64, x, y float64) bool {
	in := false
	for _, ring := range rings {
		for i, a := range ring {
			b := ring[(i+1)%len(ring)]
			if (a[0] > x) != (b[0] > x) && a[1]+(x-a[0])/(b[0]-a[0])*(b[1]-a[1]) > y {
				in = !in
			}
		}
	}
	return in
}
