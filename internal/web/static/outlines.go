package static

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"atlas/internal/web/chart"
)

// thousandth is the unit of the embedded outlines in degrees.
const thousandth = 0.001

// Outlines are the borders of the 14 kraje in the order of their codes. In the
// file a ring is its first point and then steps from point to point.
func (f *Files) Outlines() ([]chart.Outline, error) {
	data, err := dist.ReadFile("dist/kraje.json")
	if err != nil {
		return nil, fmt.Errorf("outlines: %w", err)
	}
	var shapes map[string][][]int
	if err := json.Unmarshal(data, &shapes); err != nil {
		return nil, fmt.Errorf("outlines: %w", err)
	}
	var out []chart.Outline
	for _, code := range slices.Sorted(maps.Keys(shapes)) {
		o := chart.Outline{Code: code}
		for _, steps := range shapes[code] {
			o.Rings = append(o.Rings, ring(steps))
		}
		out = append(out, o)
	}
	return out, nil
}

func ring(steps []int) [][2]float64 {
	points := make([][2]float64, 0, len(steps)/2)
	lon, lat := 0, 0
	for i := 0; i+1 < len(steps); i += 2 {
		lon, lat = lon+steps[i], lat+steps[i+1]
		points = append(points, [2]float64{float64(lon) * thousandth, float64(lat) * thousandth})
	}
	return points
}
