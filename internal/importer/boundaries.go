package importer

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/place"
)

// boundaryMaxBytes bounds a file of boundaries; the unsimplified outlines of
// all municipalities fit.
const boundaryMaxBytes = 256 << 20

// ErrBoundaryFormat says that a file is not a GeoJSON FeatureCollection.
var ErrBoundaryFormat = errors.New("not a GeoJSON FeatureCollection")

// ErrBoundaryTooLarge says that a file is larger than any list of boundaries.
var ErrBoundaryTooLarge = errors.New("file of boundaries is too large")

// Keys of problems in files of boundaries.
const (
	ProblemBoundaryCode     = "boundary.code"     // no property with a code
	ProblemBoundaryUnknown  = "boundary.unknown"  // a code that is not known, or not of that name
	ProblemBoundaryGeometry = "boundary.geometry" // not a polygon with closed rings
	ProblemBoundaryOutside  = "boundary.outside"  // not in this country by latitude and longitude
	ProblemBoundaryTwice    = "boundary.twice"    // a territory drawn a second time
)

type boundaryFeature struct {
	Type       string
	Properties map[string]any
	Geometry   *struct {
		Type        string
		Coordinates json.RawMessage
	}
}

// ReadBoundaries reads outlines of territories from a GeoJSON
// FeatureCollection in WGS 84 (EPSG:4326). The territory of a feature is found
// by a code among its properties (KOD_OBEC, KOD_ORP, KOD_LAU1, KOD_OKRES,
// KOD_CZNUTS3, KOD_KRAJ, KOD, …). The result is a geometry, Polygon or
// MultiPolygon with coordinates to five decimals (about a metre), for each code.
//
// Features that cannot be used are problems, with their number from 1 as Row.
func ReadBoundaries(r io.Reader, known *place.Gazetteer) (map[string][]byte, []atlas.RowProblem, error) {
	limited := &io.LimitedReader{R: r, N: boundaryMaxBytes + 1}
	b := boundaryRead{known: known, found: map[string][]byte{}}
	err := eachBoundaryFeature(json.NewDecoder(limited), b.add)
	if limited.N <= 0 {
		return nil, nil, ErrBoundaryTooLarge
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrBoundaryFormat, err)
	}
	return b.found, b.problems, nil
}

// eachBoundaryFeature gives the features of a collection one after another, so
// that only one is in memory.
func eachBoundaryFeature(dec *json.Decoder, add func(boundaryFeature)) error {
	dec.UseNumber()
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return errors.Join(errors.New("want an object"), err)
	}
	collection, features := false, false
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return err
		}
		switch key {
		case "features":
			features = true
			err = boundaryFeatures(dec, add)
		case "type":
			var kind string
			err = dec.Decode(&kind)
			collection = kind == "FeatureCollection"
		default:
			err = dec.Decode(new(json.RawMessage))
		}
		if err != nil {
			return err
		}
	}
	if !collection || !features {
		return errors.New("want type FeatureCollection and features")
	}
	_, err := dec.Token()
	return err
}

func boundaryFeatures(dec *json.Decoder, add func(boundaryFeature)) error {
	if t, err := dec.Token(); err != nil || t != json.Delim('[') {
		return errors.Join(errors.New("want a list of features"), err)
	}
	for dec.More() {
		var f boundaryFeature
		if err := dec.Decode(&f); err != nil {
			return err
		}
		add(f)
	}
	_, err := dec.Token()
	return err
}

type boundaryRead struct {
	known    *place.Gazetteer
	found    map[string][]byte
	problems []atlas.RowProblem
	row      int
}

func (b *boundaryRead) add(f boundaryFeature) {
	b.row++
	column, value, t, key := b.territory(f)
	var geometry []byte
	if key == "" {
		geometry, key = boundaryGeometry(f)
	}
	if _, twice := b.found[t.Code]; key == "" && twice {
		key = ProblemBoundaryTwice
	}
	if key != "" {
		b.problems = append(b.problems, atlas.RowProblem{Row: b.row, Column: column, Value: value, Key: key})
		return
	}
	b.found[t.Code] = geometry
}

// boundaryKeys are properties that hold a code, the narrower level first: a
// feature of an okres tells the kraj it lies in too. "kod" may hold any code.
var boundaryKeys = []struct {
	property string
	level    atlas.Level
}{
	{"kod_momc", atlas.LevelCityDistrict}, {"kod_mc", atlas.LevelCityDistrict},
	{"kod", ""}, {"code", ""},
	{"kod_obec", atlas.LevelMunicipality}, {"kod_obce", atlas.LevelMunicipality}, {"kod_orp", atlas.LevelORP},
	{"kod_lau1", atlas.LevelDistrict}, {"lau1", atlas.LevelDistrict}, {"kod_okres", atlas.LevelDistrict}, {"kod_okresu", atlas.LevelDistrict},
	{"kod_cznuts3", atlas.LevelRegion}, {"nuts3", atlas.LevelRegion}, {"nuts_id", atlas.LevelRegion},
	{"kod_vusc", atlas.LevelRegion}, {"kod_kraj", atlas.LevelRegion}, {"kod_kraje", atlas.LevelRegion},
	{"kod_stat", atlas.LevelCountry}, {"iso", atlas.LevelCountry},
}

// territory finds whose outline a feature is. A code without a level must go
// with the name, where there is one: 3201 is an ORP, and an okres in RÚIAN.
func (b *boundaryRead) territory(f boundaryFeature) (property, value string, t atlas.Territory, key string) {
	properties := map[string]string{}
	for k, v := range f.Properties {
		if text := fmt.Sprint(v); v != nil && text != "" {
			properties[strings.ToLower(k)] = text
		}
	}
	for _, k := range boundaryKeys {
		value, ok := properties[k.property]
		if !ok {
			continue
		}
		if k.level != "" {
			t, ok = b.known.ByCodeAt(k.level, value)
		} else if t, ok = b.known.ByAnyCode(value); ok {
			name := properties["nazev"]
			ok = name == "" || czech.Fold(name) == czech.Fold(t.Name)
		}
		if !ok {
			return k.property, value, t, ProblemBoundaryUnknown
		}
		return k.property, value, t, ""
	}
	if name, ok := properties["naz_stat"]; ok {
		if t, ok = b.known.Get("CZ"); ok && czech.Fold(name) == "ceska republika" {
			return "naz_stat", name, t, ""
		}
	}
	return "", "", t, ProblemBoundaryCode
}

type (
	boundaryPosition []float64
	boundaryPolygon  [][]boundaryPosition
)

// boundaryGeometry checks the outline and writes it short. Coordinates nested
// deeper than a MultiPolygon do not decode.
func boundaryGeometry(f boundaryFeature) (geometry []byte, key string) {
	if f.Geometry == nil {
		return nil, ProblemBoundaryGeometry
	}
	var polygons []boundaryPolygon
	var err error
	switch f.Geometry.Type {
	case "Polygon":
		polygons = make([]boundaryPolygon, 1)
		err = json.Unmarshal(f.Geometry.Coordinates, &polygons[0])
	case "MultiPolygon":
		err = json.Unmarshal(f.Geometry.Coordinates, &polygons)
	default:
		return nil, ProblemBoundaryGeometry
	}
	if err != nil || len(polygons) == 0 {
		return nil, ProblemBoundaryGeometry
	}
	for _, p := range polygons {
		if key := checkBoundary(p); key != "" {
			return nil, key
		}
	}
	return writeBoundary(f.Geometry.Type, polygons), ""
}

// checkBoundary demands rings of at least four positions that end where they
// begin, all within a frame around the country.
func checkBoundary(p boundaryPolygon) string {
	if len(p) == 0 {
		return ProblemBoundaryGeometry
	}
	for _, ring := range p {
		if len(ring) < 4 {
			return ProblemBoundaryGeometry
		}
		for _, at := range ring {
			if len(at) < 2 || len(at) > 4 {
				return ProblemBoundaryGeometry
			}
			if at[0] < 12 || at[0] > 19 || at[1] < 48.4 || at[1] > 51.2 {
				return ProblemBoundaryOutside
			}
		}
		if !slices.Equal(ring[0], ring[len(ring)-1]) {
			return ProblemBoundaryGeometry
		}
	}
	return ""
}

func writeBoundary(kind string, polygons []boundaryPolygon) []byte {
	out := append([]byte(`{"type":"`), kind...)
	out = append(out, `","coordinates":`...)
	if kind == "Polygon" {
		out = appendBoundary(out, polygons[0])
		return append(out, '}')
	}
	for i, p := range polygons {
		out = append(out, "[,"[min(i, 1)])
		out = appendBoundary(out, p)
	}
	return append(out, "]}"...)
}

// appendBoundary writes longitude and latitude without needless zeros; a height
// is left out.
func appendBoundary(out []byte, p boundaryPolygon) []byte {
	for i, ring := range p {
		out = append(out, "[,"[min(i, 1)])
		for j, at := range ring {
			out = append(out, "[,"[min(j, 1)], '[')
			out = append(out, boundaryNumber(at[0])+","+boundaryNumber(at[1])...)
			out = append(out, ']')
		}
		out = append(out, ']')
	}
	return append(out, ']')
}

func boundaryNumber(v float64) string {
	text := strconv.FormatFloat(v, 'f', 5, 64)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}
