package importer

import (
	"fmt"
	"slices"
	"strings"

	"atlas"
)

// territoryLayout is one kind of file: what its header must have and where its
// cells go. Names of columns are in lower case.
type territoryLayout struct {
	name   string
	order  int // files are applied from the widest level down
	level  atlas.Level
	needs  []string
	never  []string // columns of another kind of file with the same others
	ruian  bool     // numbers of parents are RÚIAN's own
	source string
	apply  func(*territoryMerge, territorySheet)

	code, city, district, region, orp, pou string // columns of codes
	lat, lon                               string
	from, to, born                         string // validity of the row, and since when the territory is
}

const (
	territorySourceRUIAN = "RÚIAN (ČÚZK)"
	territorySourceCSU   = "Číselníky ČSÚ"
)

// territoryLayouts lists the kinds of files; the first that fits counts.
func territoryLayouts() []territoryLayout {
	ruian := func(l territoryLayout) territoryLayout {
		l.ruian, l.source = true, territorySourceRUIAN
		l.from, l.to, l.born = "plati_od", "plati_do", "datum_vzniku"
		if l.code == "" {
			l.code = "kod"
		}
		return l
	}
	return []territoryLayout{
		ruian(territoryLayout{name: "UI_VUSC", order: 1, level: atlas.LevelRegion, apply: (*territoryMerge).numberUpperLevel,
			needs: []string{"kod", "nazev", "nuts_lau", "regsoudr_kod"}}),
		ruian(territoryLayout{name: "UI_OKRES", order: 2, level: atlas.LevelDistrict, apply: (*territoryMerge).numberUpperLevel,
			needs: []string{"kod", "nazev", "nuts_lau", "vusc_kod"}}),
		ruian(territoryLayout{name: "UI_OBEC", order: 5, level: atlas.LevelMunicipality, apply: (*territoryMerge).applyPlaces,
			needs: []string{"kod", "nazev", "pou_kod", "okres_kod"}, district: "okres_kod", pou: "pou_kod"}),
		ruian(territoryLayout{name: "UI_MOMC", order: 7, level: atlas.LevelCityDistrict, apply: (*territoryMerge).applyPlaces,
			needs: []string{"kod", "nazev", "obec_kod", "mop_kod"}, city: "obec_kod"}),
		ruian(territoryLayout{name: "UI_POU", order: 4, apply: (*territoryMerge).linkPOU,
			needs: []string{"kod", "nazev", "orp_kod"}, orp: "orp_kod"}),
		ruian(territoryLayout{name: "UI_ORP", order: 3, level: atlas.LevelORP, apply: (*territoryMerge).numberORP,
			needs: []string{"kod", "nazev", "vusc_kod"}, never: []string{"nuts_lau", "obec_kod"}, region: "vusc_kod"}),
		ruian(territoryLayout{name: "vazby-cr", order: 6, level: atlas.LevelMunicipality, apply: (*territoryMerge).applyLinks,
			needs: []string{"obec_kod", "orp_kod", "vusc_kod"}, never: []string{"nazev"}, code: "obec_kod", orp: "orp_kod", region: "vusc_kod"}),
		ruian(territoryLayout{name: "vazby-okresy-cr", order: 6, level: atlas.LevelMunicipality, apply: (*territoryMerge).applyLinks,
			needs: []string{"obec_kod", "okres_kod"}, never: []string{"nazev"}, code: "obec_kod", district: "okres_kod"}),
		{name: "ČSÚ vazba", order: 8, source: territorySourceCSU, apply: (*territoryMerge).applyCSULinks,
			needs: []string{"kodcis1", "chodnota1", "kodcis2", "chodnota2"}},
		{name: "ČSÚ číselník", order: 5, source: territorySourceCSU, apply: (*territoryMerge).applyCSUList,
			needs: []string{"kodcis", "chodnota", "text"}, code: "chodnota", from: "admplod", to: "admnepo", born: "admplod"},
		{name: "obce", order: 5, level: atlas.LevelMunicipality, source: territorySourceRUIAN, apply: (*territoryMerge).applyPlaces,
			needs: []string{"kod_obce", "nazev", "kod_okres_lau1", "kod_orp"}, code: "kod_obce",
			district: "kod_okres_lau1", orp: "kod_orp", region: "kod_kraj_nuts3", lat: "lat", lon: "lon"},
		{name: "mestske_casti", order: 7, level: atlas.LevelCityDistrict, source: territorySourceRUIAN, apply: (*territoryMerge).applyPlaces,
			needs: []string{"kod", "nazev", "kod_obec"}, code: "kod", city: "kod_obec"},
	}
}

// csuLevel is the level that a code list of ČSÚ holds. 108 and 109 are 100 and
// 101 with codes of NUTS and LAU for numbers.
func csuLevel(list string) (atlas.Level, bool) {
	switch strings.TrimLeft(list, "0") {
	case "43":
		return atlas.LevelMunicipality, true
	case "44":
		return atlas.LevelCityDistrict, true
	case "65":
		return atlas.LevelORP, true
	case "100", "108":
		return atlas.LevelRegion, true
	case "101", "109":
		return atlas.LevelDistrict, true
	}
	return "", false
}

// TerritoryLayoutError says that a file is of no layout that ReadTerritories
// knows, or of a code list that holds no territories of ours.
type TerritoryLayoutError struct {
	File   string
	Header []string
}

func (e *TerritoryLayoutError) Error() string {
	return fmt.Sprintf("%s: no known layout of territories has the header %q", e.File, e.Header)
}

// recogniseTerritoryLayout finds the layout of a header.
func recogniseTerritoryLayout(file string, header []string) (territoryLayout, error) {
	has := func(column string) bool { return slices.Contains(header, column) }
	for _, l := range territoryLayouts() {
		if !slices.ContainsFunc(l.needs, func(c string) bool { return !has(c) }) && !slices.ContainsFunc(l.never, has) {
			return l, nil
		}
	}
	return territoryLayout{}, &TerritoryLayoutError{file, header}
}
