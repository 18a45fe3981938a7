package reference

import (
	"fmt"
	"io/fs"
	"strconv"

	"atlas"
)

// sourceTerritories is where the codes, names and points come from.
const sourceTerritories = "RÚIAN (ČÚZK), číselníky ČSÚ"

// Territories gives the country, its 14 regions (kraje), 77 districts (okresy)
// and 206 districts of municipalities with extended powers (ORP), each level in
// the order of its codes (10.1, 10.2). Municipalities come from the register
// that the operator imports.
//
// The point of a territory is the definition point of its seat; where the seat
// lies outside (okres Praha-východ), that of the municipality nearest to the
// middle. The column point_of of the embedded files names it.
func Territories() []atlas.Territory { return must(loadTerritories(files)) }

func loadTerritories(fsys fs.FS) ([]atlas.Territory, error) {
	all := []atlas.Territory{{
		Code: "CZ", Level: atlas.LevelCountry, Name: "Česko", CSU: "19",
		Lat: 49.743905, Lon: 15.338106, HasPoint: true, Source: sourceTerritories,
	}}
	known := map[string]bool{}
	for _, f := range []struct {
		level   atlas.Level
		name    string
		columns []string
	}{
		{atlas.LevelRegion, "territories/kraje.csv", []string{"code", "csu", "ruian", "name", "lat", "lon", "point_of"}},
		{atlas.LevelDistrict, "territories/okresy.csv", []string{"code", "csu", "name", "region", "lat", "lon", "point_of"}},
		{atlas.LevelORP, "territories/orp.csv", []string{"code", "name", "region", "lat", "lon", "point_of"}},
	} {
		t, err := readTable(fsys, f.name, f.columns...)
		if err != nil {
			return nil, err
		}
		for i := range t.rows {
			place, err := territory(t, i, f.level)
			if err != nil {
				return nil, err
			}
			if known[place.Code] || f.level != atlas.LevelRegion && !known[place.Region] {
				return nil, t.fault(i, "%s is there twice or its region %q is not", place.Code, place.Region)
			}
			known[place.Code] = true
			all = append(all, place)
		}
	}
	return all, nil
}

func territory(t *table, i int, level atlas.Level) (atlas.Territory, error) {
	place := atlas.Territory{
		Code: t.get(i, "code"), Level: level, Name: t.get(i, "name"),
		HasPoint: true, Source: sourceTerritories,
	}
	switch level {
	case atlas.LevelRegion:
		place.CSU, place.RUIAN = t.get(i, "csu"), t.get(i, "ruian")
	case atlas.LevelDistrict:
		place.CSU, place.Region = t.get(i, "csu"), t.get(i, "region")
	case atlas.LevelORP:
		place.Region = t.get(i, "region")
	}
	var err error
	if place.Lat, err = degrees(t.get(i, "lat"), 48.5, 51.1); err != nil {
		return place, t.fault(i, "lat: %v", err)
	}
	if place.Lon, err = degrees(t.get(i, "lon"), 12.0, 18.9); err != nil {
		return place, t.fault(i, "lon: %v", err)
	}
	if place.Code == "" || place.Name == "" {
		return place, t.fault(i, "no code or no name")
	}
	return place, nil
}

// degrees reads a coordinate that must lie within the country.
func degrees(s string, least, most float64) (float64, error) {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || v < least || v > most {
		return 0, fmt.Errorf("%q is not between %g and %g", s, least, most)
	}
	return v, nil
}
