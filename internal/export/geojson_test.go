package export

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"testing"
)

func features(all ...Feature) iter.Seq2[Feature, error] {
	return func(yield func(Feature, error) bool) {
		for _, f := range all {
			if !yield(f, nil) {
				return
			}
		}
	}
}

func TestGeoJSONHasAFeatureForEachProjectAlsoWithoutAPoint(t *testing.T) {
	var b bytes.Buffer
	err := WriteGeoJSON(&b, columns, features(
		Feature{Cells: []string{"Brno", "12.50"}, Points: []Point{{49.195, 16.6075}}},
		Feature{Cells: []string{"nikde", ""}},
		Feature{Cells: []string{"=1+1", "asi 5"}, Points: []Point{{50, 14}, {49.5, 15}}},
	), []Member{{"date", "2026-11-21"}})
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Type     string
		Features []struct {
			Type       string
			Geometry   *struct{ Type, Coordinates any }
			Properties map[string]any
		}
		Metadata map[string]any
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err, b.String())
	}
	if got.Type != "FeatureCollection" || len(got.Features) != 3 {
		t.Fatalf("%s", b.String())
	}
	// RFC 7946: the longitude comes first; 3.2: geometry is null where there is none.
	point, none, many := got.Features[0], got.Features[1], got.Features[2]
	if point.Type != "Feature" || fmt.Sprint(point.Geometry.Coordinates) != "[16.6075 49.195]" || point.Properties["amount"] != 12.5 || point.Properties["title_cs"] != "Brno" {
		t.Errorf("%+v", point)
	}
	if unknown, there := none.Properties["amount"]; none.Geometry != nil || !there || unknown != nil {
		t.Errorf("%+v", none)
	}
	if many.Geometry.Type != "MultiPoint" || fmt.Sprint(many.Geometry.Coordinates) != "[[14 50] [15 49.5]]" || many.Properties["amount"] != "asi 5" {
		t.Errorf("%+v", many)
	}
	if fmt.Sprint(got.Metadata) != "map[date:2026-11-21 features:3 with_point:2 without_point:1]" {
		t.Errorf("%v", got.Metadata)
	}
}

func TestGeoJSONThatBrokeDoesNotEnd(t *testing.T) {
	broken := errors.New("broken")
	var b bytes.Buffer
	err := WriteGeoJSON(&b, columns, func(yield func(Feature, error) bool) {
		_ = yield(Feature{Cells: []string{"a", ""}}, nil) && yield(Feature{}, broken)
	}, nil)
	if !errors.Is(err, broken) || json.Valid(b.Bytes()) {
		t.Errorf("%v %s", err, b.String())
	}
}
