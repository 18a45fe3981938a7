package chart

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Outline is the border of a territory: rings of longitude and latitude in
// degrees (WGS 84).
type Outline struct {
	Code  string
	Rings [][][2]float64
}

// ReadGeoJSON reads the geometry of one territory: a Polygon, a MultiPolygon,
// or a Feature that holds one. Holes are rings like others; the picture fills
// them by the even-odd rule.
func ReadGeoJSON(code string, data []byte) (Outline, error) {
	var g struct {
		Type        string
		Coordinates json.RawMessage
		Geometry    json.RawMessage
	}
	if err := json.Unmarshal(data, &g); err != nil {
		return Outline{}, fmt.Errorf("outline of %s: %w", code, err)
	}
	out := Outline{Code: code}
	switch g.Type {
	case "Feature":
		return ReadGeoJSON(code, g.Geometry)
	case "Polygon":
		if err := json.Unmarshal(g.Coordinates, &out.Rings); err != nil {
			return Outline{}, fmt.Errorf("outline of %s: %w", code, err)
		}
	case "MultiPolygon":
		var many [][][][2]float64
		if err := json.Unmarshal(g.Coordinates, &many); err != nil {
			return Outline{}, fmt.Errorf("outline of %s: %w", code, err)
		}
		for _, rings := range many {
			out.Rings = append(out.Rings, rings...)
		}
	default:
		return Outline{}, fmt.Errorf("outline of %s: geometry %q is no area", code, g.Type)
	}
	return out, nil
}

// Centre is a point well inside a territory, in degrees; ok is false for one without
// an area.
func (o Outline) Centre() (lat, lon float64, ok bool) {
	p, height := project([]Outline{o}, mapWidth, mapMargin)
	if height == 0 {
		return 0, 0, false
	}
	x, y := p.centre(o)
	return p.north - y/p.scale, p.west + x/p.squeeze/p.scale, true
}

// projection lays degrees on the picture: equirectangular, true to shape in the
// middle of the country.
type projection struct {
	west, north, scale, squeeze float64
	step                        int // points of a border nearer than this to the last one are left out
}

// project fits all outlines into a width and gives the height that follows.
func project(outlines []Outline, width, margin float64) (projection, float64) {
	west, east, south, north := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, o := range outlines {
		for _, ring := range o.Rings {
			for _, p := range ring {
				west, east = math.Min(west, p[0]), math.Max(east, p[0])
				south, north = math.Min(south, p[1]), math.Max(north, p[1])
			}
		}
	}
	if west >= east || south >= north {
		return projection{}, 0
	}
	squeeze := math.Cos((south + north) / 2 * math.Pi / 180)
	scale := (width - 2*margin) / ((east - west) * squeeze)
	p := projection{west: west - margin/scale/squeeze, north: north + margin/scale, scale: scale, squeeze: squeeze}
	return p, (north-south)*scale + 2*margin
}

func (p projection) at(lon, lat float64) (x, y float64) {
	return (lon - p.west) * p.squeeze * p.scale, (p.north - lat) * p.scale
}

// path writes the rings in whole units, relative to the point before; points
// that fall onto the last one, or within a step of it, are left out.
func (p projection) path(o Outline) string {
	var b strings.Builder
	for _, ring := range o.Rings {
		var lastX, lastY int
		for i, point := range ring {
			fx, fy := p.at(point[0], point[1])
			x, y := int(math.Round(fx)), int(math.Round(fy))
			switch {
			case i == 0:
				fmt.Fprintf(&b, "M%d %d", x, y)
			case x == lastX && y == lastY, abs(x-lastX) < p.step && abs(y-lastY) < p.step:
				continue
			default:
				fmt.Fprintf(&b, "l%d %d", x-lastX, y-lastY)
			}
			lastX, lastY = x, y
		}
		b.WriteByte('z')
	}
	return b.String()
}

func abs(n int) int { return max(n, -n) }

// clearance is how far from a border a number stands if it can.
const clearance = 45.0

// centre is where the number of a territory stands: the middle of its largest
// ring, or beside it when that lies in a hole or close to one, as the middle of
// Středočeský kraj lies at the edge of Prague.
func (p projection) centre(o Outline) (x, y float64) {
	x, y = p.middle(o)
	widest := 0.0
	spans := p.spans(o, y)
	for _, s := range spans {
		if s[0]+clearance <= x && x <= s[1]-clearance {
			return x, y
		}
	}
	for _, s := range spans {
		if w := s[1] - s[0]; w > widest {
			widest, x = w, (s[0]+s[1])/2
		}
	}
	return x, y
}

// spans are the parts of a level line that lie inside a territory.
func (p projection) spans(o Outline, y float64) [][2]float64 {
	var crossings []float64
	for _, ring := range o.Rings {
		for i := range ring {
			next := ring[(i+1)%len(ring)]
			ax, ay := p.at(ring[i][0], ring[i][1])
			bx, by := p.at(next[0], next[1])
			if (ay > y) != (by > y) {
				crossings = append(crossings, ax+(y-ay)/(by-ay)*(bx-ax))
			}
		}
	}
	slices.Sort(crossings)
	var out [][2]float64
	for pair := range slices.Chunk(crossings, 2) {
		if len(pair) == 2 {
			out = append(out, [2]float64{pair[0], pair[1]})
		}
	}
	return out
}

// middle is the centre of gravity of the largest ring.
func (p projection) middle(o Outline) (x, y float64) {
	largest := 0.0
	for _, ring := range o.Rings {
		area, cx, cy := 0.0, 0.0, 0.0
		for i := range ring {
			ax, ay := p.at(ring[i][0], ring[i][1])
			next := ring[(i+1)%len(ring)]
			bx, by := p.at(next[0], next[1])
			cross := ax*by - bx*ay
			area += cross
			cx += (ax + bx) * cross
			cy += (ay + by) * cross
		}
		if math.Abs(area) > largest {
			largest = math.Abs(area)
			x, y = cx/(3*area), cy/(3*area)
		}
	}
	return x, y
}
