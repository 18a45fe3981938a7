package export

import (
	"io"
	"iter"
	"strconv"
)

// GeoJSON is the media type of RFC 7946.
const GeoJSON = "application/geo+json"

// Feature is one record on a map: its cells and where it is. Without a point it
// stays a feature, so that a map file has as many as the page says.
type Feature struct {
	Cells  []string
	Points []Point
}

// Point is a place in WGS 84.
type Point struct{ Lat, Lon float64 }

// MarshalJSON writes a position: the longitude comes first (RFC 7946, 3.1.1).
func (p Point) MarshalJSON() ([]byte, error) {
	degrees := func(f float64) []byte { return strconv.AppendFloat(nil, f, 'f', -1, 64) }
	return append(append(append(append([]byte{'['}, degrees(p.Lon)...), ','), degrees(p.Lat)...), ']'), nil
}

// WriteGeoJSON writes a FeatureCollection. Its member metadata says what about
// says and how many features there are, with and without a point.
func WriteGeoJSON(w io.Writer, columns []Column, features iter.Seq2[Feature, error], about []Member) error {
	with, without := 0, 0
	written := func(yield func(object, error) bool) {
		for f, err := range features {
			if len(f.Points) > 0 {
				with++
			} else {
				without++
			}
			if !yield(f.object(columns), err) {
				return
			}
		}
	}
	return writeList(w, []Member{{"type", "FeatureCollection"}}, "features", written, func() []Member {
		return []Member{{"metadata", append(object(about), Member{"features", with + without}, Member{"with_point", with}, Member{"without_point", without})}}
	})
}

// object is the feature of RFC 7946: a project of several places is one
// MultiPoint.
func (f Feature) object(columns []Column) object {
	var geometry any
	switch len(f.Points) {
	case 0:
	case 1:
		geometry = object{{"type", "Point"}, {"coordinates", f.Points[0]}}
	default:
		geometry = object{{"type", "MultiPoint"}, {"coordinates", f.Points}}
	}
	properties := make(object, 0, len(columns))
	for i, cell := range f.Cells {
		properties = append(properties, Member{columns[i].Key, columns[i].value(cell)})
	}
	return object{{"type", "Feature"}, {"geometry", geometry}, {"properties", properties}}
}
