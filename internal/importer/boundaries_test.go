package importer

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/place"
	"atlas/internal/reference"
)

func boundaryCollection(features ...string) string {
	return `{"name":"x","type":"FeatureCollection","features":[` + strings.Join(features, ",") + `],"crs":{"a":[1]}}`
}

func boundarySquare(properties string) string {
	return `{"type":"Feature","properties":` + properties +
		`,"geometry":{"type":"Polygon","coordinates":[[[14,50,200],[14.1234567,50],[14.1,50.100000],[14,50,200]]]}}`
}

func TestBoundariesAreFoundByTheirCodesAndWrittenShort(t *testing.T) {
	for properties, code := range map[string]string{
		`{"KOD_KRAJ":"3018","KOD_CZNUTS3":"CZ010"}`:                                      "CZ010",
		`{"KOD_OKRES":"40169","KOD_LAU1":"CZ0201","KOD_KRAJ":"3026"}`:                    "CZ0201",
		`{"KOD_OKRES":40169}`:                                                            "CZ0201",
		`{"KOD_ORP":"3107","KOD_KRAJ":"3034","NAZ_ORP":"Milevsko"}`:                      "3107",
		`{"KOD_KRAJ":"3107"}`:                                                            "CZ063",
		`{"kod":"7213","nazev":"Zlín"}`:                                                  "7213",
		`{"KOD_LAU1":"CZ0611"}`:                                                          "CZ0631",
		`{"NAZ_STAT":"Česká republika"}`:                                                 "CZ",
		`{"KOD":"539694","NAZEV":"Praha 13","KOD_OBEC":"554782","NAZ_OBEC":"Praha"}`:     "539694",
		`{"KOD_OBEC":"554782","NAZ_OBEC":"Praha","KOD_KRAJ":"3018","cosi":null,"x":[1]}`: "554782",
	} {
		known := place.New(append(reference.Territories(),
			atlas.Territory{Code: "554782", Level: atlas.LevelMunicipality, Name: "Praha"},
			atlas.Territory{Code: "539694", Level: atlas.LevelCityDistrict, Name: "Praha 13", Municipality: "554782"}))
		found, problems, err := ReadBoundaries(strings.NewReader(boundaryCollection(boundarySquare(properties))), known)
		if err != nil || len(problems) > 0 {
			t.Errorf("%s: %v, %v", properties, problems, err)
			continue
		}
		want := `{"type":"Polygon","coordinates":[[[14,50],[14.12346,50],[14.1,50.1],[14,50]]]}`
		if string(found[code]) != want {
			t.Errorf("%s: %s is %s", properties, code, found[code])
		}
	}
}

func TestFeaturesThatCannotBeUsedAreProblems(t *testing.T) {
	shape := func(kind, coordinates string) string {
		return `{"type":"Feature","properties":{"KOD_KRAJ":"3018"},"geometry":{"type":"` + kind + `","coordinates":` + coordinates + `}}`
	}
	for feature, key := range map[string]string{
		boundarySquare(`{"x":"1"}`):                                       ProblemBoundaryCode,
		boundarySquare(`null`):                                            ProblemBoundaryCode,
		boundarySquare(`{"KOD_KRAJ":"9999"}`):                             ProblemBoundaryUnknown,
		boundarySquare(`{"KOD":"3201","NAZEV":"Benešov"}`):                ProblemBoundaryUnknown, // RÚIAN okres, ČSÚ ORP Blovice
		`{"type":"Feature","properties":{"KOD_KRAJ":"3018"}}`:             ProblemBoundaryGeometry,
		shape("Point", "[14,50]"):                                         ProblemBoundaryGeometry,
		shape("Polygon", "[[[14,50],[14,51],[15,50],[14,50.5]]]"):         ProblemBoundaryGeometry, // open ring
		shape("Polygon", "[[[14,50],[14,51],[14,50]]]"):                   ProblemBoundaryGeometry,
		shape("Polygon", "[]"):                                            ProblemBoundaryGeometry,
		shape("MultiPolygon", "[]"):                                       ProblemBoundaryGeometry,
		shape("Polygon", "null"):                                          ProblemBoundaryGeometry,
		shape("Polygon", strings.Repeat("[", 50)+strings.Repeat("]", 50)): ProblemBoundaryGeometry,
		shape("Polygon", "[[[-743100,-1043000],[-743100,-1043001],[-743000,-1043000],[-743100,-1043000]]]"): ProblemBoundaryOutside, // S-JTSK
	} {
		found, problems, err := ReadBoundaries(strings.NewReader(boundaryCollection(feature)), territoryBase())
		if err != nil || len(found) > 0 || len(problems) != 1 || problems[0].Key != key || problems[0].Row != 1 {
			t.Errorf("%s: %v, %v, want %s", feature, problems, err, key)
		}
	}
	two := boundaryCollection(boundarySquare(`{"KOD_KRAJ":"3018"}`), boundarySquare(`{"KOD_CZNUTS3":"CZ010"}`))
	found, problems, err := ReadBoundaries(strings.NewReader(two), territoryBase())
	if err != nil || len(found) != 1 || len(problems) != 1 || problems[0].Key != ProblemBoundaryTwice || problems[0].Row != 2 {
		t.Errorf("%v, %v", problems, err)
	}
}

func TestWhatIsNotACollectionIsRefused(t *testing.T) {
	for _, text := range []string{"", "[]", "{}", `{"type":"Topology","features":[]}`, `{"type":"FeatureCollection"}`,
		`{"type":"FeatureCollection","features":{}}`, `{"type":"FeatureCollection","features":[{`, `{"type":3}`,
		`{"type":"FeatureCollection","features":[1]}`, strings.Repeat(`{"a":`, 20_000)} {
		if _, _, err := ReadBoundaries(strings.NewReader(text), territoryBase()); !errors.Is(err, ErrBoundaryFormat) {
			t.Errorf("%.40q gave %v", text, err)
		}
	}
}

func TestTheRealBoundariesAreReadWhole(t *testing.T) {
	parts, _, err := ReadTerritoryFiles([]TerritoryFile{
		{"mestske_casti.csv", territoryData(t, "open/geography/mestske_casti.csv")},
		{"obce.csv", territoryData(t, "open/geography/obce.csv")},
	}, territoryBase())
	if err != nil {
		t.Fatal(err)
	}
	known := place.New(append(reference.Territories(), parts...))
	for name, want := range map[string]int{"kraje_low": 14, "okresy_low": 77, "republika_low": 1, "kraje_simplified": 14,
		"okresy_simplified": 77, "orp_simplified": 206, "mestske_casti_simplified": 142} {
		found, problems, err := ReadBoundaries(territoryData(t, fmt.Sprintf("open/geography/%s.geojson", name)), known)
		if err != nil || len(found) != want || len(problems) > 0 {
			t.Errorf("%s: %d outlines, %v, %v", name, len(found), problems, err)
		}
		for code, g := range found {
			if !json.Valid(g) {
				t.Errorf("%s: %s is not JSON", name, code)
			}
		}
	}
}

func FuzzReadBoundariesNeverPanics(f *testing.F) {
	f.Add(boundaryCollection(boundarySquare(`{"KOD_KRAJ":"3018"}`)))
	f.Add(`{"type":"FeatureCollection","features":[{"geometry":{"type":"MultiPolygon","coordinates":[[[[1]]]]}}]}`)
	known := territoryBase()
	f.Fuzz(func(t *testing.T, text string) {
		found, _, _ := ReadBoundaries(strings.NewReader(text), known)
		for code, g := range found {
			if !json.Valid(g) {
				t.Errorf("%s: %s", code, g)
			}
		}
	})
}
