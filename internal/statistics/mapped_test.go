package statistics

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/importer"
	"atlas/internal/place"
)

func TestRenamedColumnsAreProposedAndReadAsAPersonChose(t *testing.T) {
	const renamed = "Město;Muži do 3 let;Kód ZÚJ;Ženy 65+;Úhrnem;K jakému dni\nCheb;1;554481;3;4;6.6.2022\n"
	open := func(name, text string) (*Sheet, error) { return Look(name, strings.NewReader(text), int64(len(text))) }
	sheet, err := open("ochrana.csv", renamed)
	if err != nil || sheet.Layout != "" || sheet.Samples[2] != "554481" {
		t.Fatalf("%+v %v", sheet, err)
	}
	m := sheet.Propose("")
	if m.Layout != LayoutProtection || strings.Join(m.Roles, ",") != "obec,m_do_3,obec_kod,z_sen,," || strings.Join(m.Lacks(), ",") != "celkem" {
		t.Fatalf("%s %q lacks %v", m.Layout, m.Roles, m.Lacks())
	}
	read := func(m *Mapping, env Env, text string) (got, error) {
		f, err := OpenMapped("ochrana.csv", strings.NewReader(text), int64(len(text)), func(string) (*Mapping, error) { return m, nil })
		if err != nil {
			return got{}, err
		}
		return gather(t, env, f)
	}
	var refused *importer.FileError
	if _, err := read(m, of(atlas.DatasetProtection), renamed); !errors.As(err, &refused) || refused.Key != ErrorColumns || refused.Args["columns"] != "celkem" {
		t.Errorf("without the total: %v", err)
	}
	m.Roles[4], m.Roles[5] = "celkem", "datum"
	g, err := read(m, of(atlas.DatasetProtection), renamed)
	if err != nil {
		t.Fatal(err)
	}
	g.want(t, "554481 2022-06-06", atlas.Category{}, "4")
	g.want(t, "554481 2022-06-06", atlas.Category{Sex: "z", Age: atlas.AgesBetween(3, -1)}, "3")
	m.Roles[0] = "celkem"
	if _, err := read(m, of(atlas.DatasetProtection), renamed); !errors.As(err, &refused) || refused.Key != ErrorTwice {
		t.Errorf("one role twice: %v", err)
	}
	// What is wrong is said of the column as it is called in the file.
	m.Roles[0] = "obec"
	g, err = read(m, of(atlas.DatasetProtection), strings.Replace(renamed, ";4;", ";-4;", 1))
	if err != nil || g.wantProblem(t, "negative", 1).Column != "Úhrnem" {
		t.Errorf("%v %+v", err, g.Groups)
	}
	generic, err := open("skoly.csv", "Rok;Kde;Kolik dětí;Národnost\n2024;554481;12;UA\n")
	if err != nil {
		t.Fatal(err)
	}
	if m := generic.Propose(""); m.Layout != LayoutLong || m.Roles[0] != "datum" {
		t.Errorf("%+v", m)
	}
}

func TestATerritoryHasTheExtentThatTheFileTellsOrThatOfTheDate(t *testing.T) {
	env := own()
	cheb, _ := env.Places.Get("554481")
	cheb.ValidFrom = atlas.Date{Year: 2016, Month: 1, Day: 1}
	env.Places = place.New(append(slices.DeleteFunc(env.Places.All(), func(t atlas.Territory) bool { return t.Code == cheb.Code }), cheb))
	g := readText(t, env, "vlastni.csv", "datum;uzemi_kod;uzemi_platne_od;hodnota;stobcan_kod\n"+
		"2023-12-31;554481;;10;\n2022-12-31;554481;2021-01-01;20;\n2022-12-31;554481;2020-01-01;21;UA\n2021-12-31;554481;2022-01-01;30;\n2021-12-31;554961;;5;\n")
	for key, want := range map[string]string{"554481 2023-12-31": "2016-01-01", "554481 2022-12-31": "2021-01-01", "554961 2021-12-31": ""} {
		if s := g.slices[key]; s == nil || s.TerritoryVersion != want {
			t.Errorf("%s: %+v, want the extent since %q", key, s, want)
		}
	}
	if p := g.wantProblem(t, "version_differs", 1).Examples[0]; p.Row != 4 || p.Args["expected"] != "2021-01-01" {
		t.Errorf("two extents of one place and day: %+v", p)
	}
	if p := g.wantProblem(t, "version_later", 1).Examples[0]; p.Row != 5 {
		t.Errorf("an extent later than the number: %+v", p)
	}
}
