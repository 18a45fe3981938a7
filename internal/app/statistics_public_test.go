package app_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// closely is a table of pupils by citizenship, sex and age: girls in Cheb, 30 in
// Karlovy Vary, both in the kraj.
func closely(day string, girls int) string {
	var b strings.Builder
	b.WriteString("datum;uzemi_kod;stobcan_kod;pohlavi_kod;vek_od;vek_do;hodnota\n")
	row := func(place, citizenship, sex, from, to string, n int) {
		fmt.Fprintf(&b, "%s;%s;%s;%s;%s;%s;%d\n", day, place, citizenship, sex, from, to, n)
	}
	for place, few := range map[string]int{"554481": girls, "554961": 30, "CZ041": girls + 30} {
		row(place, "UA", "z", "6", "14", few)
		row(place, "UA", "m", "6", "14", 37)
		row(place, "UA", "z", "15", "18", 40)
		row(place, "UA", "m", "15", "18", 50)
		row(place, "UA", "z", "", "", few+40)
		row(place, "UA", "m", "", "", 87)
		row(place, "UA", "", "6", "14", few+37)
		row(place, "UA", "", "15", "18", 90)
		row(place, "UA", "", "", "", few+127)
		row(place, "", "", "", "", few+500)
	}
	return b.String()
}

func TestASmallNumberCannotBeToldFromTheKrajAndTheOtherTown(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		withTowns(t, a)
		d := &atlas.Dataset{NameCs: "Žáci", DefinitionCs: "Žáci škol.", Publisher: "Kraj", Indicator: "žáci", Unit: "žáci", Licence: "CC-BY-4.0", Territory: "CZ041"}
		if err := a.SaveDataset(t.Context(), editor, d); err != nil {
			t.Fatal(err)
		}
		_, batch := applyText(t, a, editor, app.StatisticsOptions{Dataset: d.Code}, "zaci.csv", closely("2025-09-30", 3))
		applyText(t, a, editor, app.StatisticsOptions{Dataset: d.Code}, "loni.csv", closely("2024-09-30", 23))
		girls := atlas.Category{Citizenship: "UA", Sex: "z", Age: atlas.AgesBetween(6, 14)}
		states := func() string {
			var out []string
			for _, code := range []string{"554481", "554961", "CZ041"} {
				all, err := a.SeriesOf(t.Context(), d.Code, code)
				if err != nil || len(all) != 2 {
					t.Fatalf("%s: %+v, %v", code, all, err)
				}
				if !all[0].Figure(girls).Known() {
					t.Errorf("%s: %+v is hidden though nobody told few that year", code, all[0].Figure(girls))
				}
				all = all[1:]
				near, err := a.SlicesNear(t.Context(), d.Code, []string{code}, atlas.Date{}, atlas.Date{})
				if err != nil || len(near) != 1 || near[0].Figure(girls) != all[0].Figure(girls) {
					t.Errorf("%s by another way: %+v, %v", code, near, err)
				}
				if old, err := a.RevisionsOf(t.Context(), d.Code, code, all[0].Date); err != nil || old[0].Figure(girls) != all[0].Figure(girls) {
					t.Errorf("%s among versions: %+v, %v", code, old, err)
				}
				if !all[0].Total().Known() || !all[0].Figure(atlas.Category{Citizenship: "UA"}).Known() {
					t.Errorf("totals of %s are hidden", code)
				}
				out = append(out, fmt.Sprint(all[0].Figure(girls).State))
			}
			return strings.Join(out, " ")
		}
		const hidden, known = atlas.FigureSuppressed, atlas.FigureKnown
		if got, want := states(), fmt.Sprint(hidden, known, hidden); got != want {
			t.Errorf("hidden %s, want %s", got, want)
		}
		// A correction hides no more and no less of either version.
		applyText(t, a, editor, app.StatisticsOptions{Dataset: d.Code}, "oprava.csv", "datum;uzemi_kod;stobcan_kod;pohlavi_kod;vek_od;vek_do;hodnota\n2025-09-30;554481;UA;z;6;14;4\n")
		if got, want := states(), fmt.Sprint(hidden, known, hidden); got != want {
			t.Errorf("after a correction %s, want %s", got, want)
		}
		if _, _, err := a.UndoStatistics(t.Context(), editor, batch.ID); err != nil {
			t.Fatal(err)
		}
	})
}

func TestTemporaryProtectionIsSummedAndSaysWhatItLacks(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		withTowns(t, a)
		_, _, _, err := a.SaveTerritories(t.Context(), editor, []atlas.Territory{
			{Code: "554499", Level: atlas.LevelMunicipality, Name: "Aš", Region: "CZ041", District: "CZ0411", ORP: "4101"}})
		if err != nil {
			t.Fatal(err)
		}
		applyText(t, a, editor, app.StatisticsOptions{}, "a.csv", protectionHead+
			"2022-06-06,554481,Cheb,,10,1,2,3,4\n2022-06-06,554961,Karlovy Vary,,5,1,1,1,2\n2022-06-06,,,,7,1,1,1,4\n2022-06-07,554481,Cheb,,11,2,2,3,4\n")
		for code, want := range map[string]string{
			"CZ0411": "2022-06-06 10 of 1, 2022-06-07 11 of 1", "CZ041": "2022-06-06 15 of 2, 2022-06-07 11 of 1", "4103": "2022-06-06 5 of 1",
			"CZ0421": "", "CZ": "",
		} {
			all, err := a.SeriesOf(t.Context(), atlas.DatasetProtection, code)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, one := range all {
				got = append(got, fmt.Sprintf("%s %d of %d", one.Date, one.Total().Value, one.Parts))
				if !one.Summed || one.Untold != atlas.NoCount {
					t.Errorf("%s %s is our sum of a register that is not whole: %+v", code, one.Date, one)
				}
			}
			if strings.Join(got, ", ") != want {
				t.Errorf("%s: %s, want %s", code, got, want)
			}
		}
		kraj, _ := a.SeriesOf(t.Context(), atlas.DatasetProtection, "CZ041")
		if f := kraj[0].Figure(atlas.Category{Sex: "z", Age: atlas.AgesBetween(3, -1)}); !f.Known() || f.Value != 6 {
			t.Errorf("women from 3 years: %+v of %v", f, kraj[0].Figures)
		}
		day := atlas.Date{Year: 2022, Month: 6, Day: 6}
		if f, err := a.WithoutAddress(t.Context(), atlas.DatasetProtection, day); err != nil || f.Value != 7 || !f.Known() {
			t.Errorf("without an address %+v, %v", f, err)
		}
		all, err := a.ObservationsOf(t.Context(), atlas.DatasetProtection, atlas.LevelRegion, day, atlas.Date{})
		if err != nil || len(all) != 1 || all[0].Value != 15 || all[0].Parts != 2 {
			t.Errorf("kraje: %+v, %v", all, err)
		}
		// A number of another definition is never compared or summed.
		if f, err := a.ObservationsOf(t.Context(), atlas.DatasetForeigners, atlas.LevelRegion, day, atlas.Date{}); err != nil || len(f) != 0 {
			t.Errorf("%+v, %v", f, err)
		}
	})
}

func TestASumCountsTheMunicipalitiesThatItDoesNotKnow(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a := loaded(t, s)
	towns := make([]atlas.Territory, 0, 6001)
	for i := range 6000 {
		okres := []string{"CZ0411", "CZ0421"}[min(1, i/10)]
		towns = append(towns, atlas.Territory{Code: fmt.Sprint(600000 + i), Level: atlas.LevelMunicipality, Name: fmt.Sprint("Obec ", i), Region: okres[:5], District: okres})
	}
	towns[3].ValidFrom = atlas.Date{Year: 2024, Month: 1, Day: 1} // not yet there
	if _, _, _, err := a.SaveTerritories(t.Context(), editor, towns); err != nil {
		t.Fatal(err)
	}
	applyText(t, a, editor, app.StatisticsOptions{}, "a.csv", protectionHead+"2022-06-06,600000,Obec 0,,10,1,2,3,4\n2022-06-06,600001,Obec 1,,5,1,1,1,2\n")
	all, err := a.SeriesOf(t.Context(), atlas.DatasetProtection, "CZ0411")
	if err != nil || len(all) != 1 || all[0].Total().Value != 15 || all[0].Parts != 2 || all[0].Untold != 7 {
		t.Errorf("%+v, %v", all, err)
	}
	o, err := a.ObservationsOf(t.Context(), atlas.DatasetProtection, atlas.LevelDistrict, atlas.Date{}, atlas.Date{})
	if err != nil || len(o) != 1 || o[0].Untold != 7 {
		t.Errorf("%+v, %v", o, err)
	}
}

// Pages, files and programs get statistics through the functions that hide small
// numbers and never from the store itself.
func TestNothingOfTheWebReadsStatisticsPastTheHiding(t *testing.T) {
	raw := map[string]bool{"SeriesOf": true, "Revisions": true, "SlicesNear": true, "SlicesOn": true, "EachSlice": true, "EachSeriesOf": true, "SlicesOfDay": true}
	seen := 0
	err := filepath.WalkDir("../web", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		seen++
		ast.Inspect(f, func(n ast.Node) bool {
			outer, ok := n.(*ast.SelectorExpr)
			if !ok || !raw[outer.Sel.Name] {
				return true
			}
			if call, ok := outer.X.(*ast.CallExpr); ok {
				if inner, ok := call.Fun.(*ast.SelectorExpr); ok && inner.Sel.Name == "Reader" {
					err = errors.Join(err, fmt.Errorf("%s calls Reader().%s", path, outer.Sel.Name))
				}
			}
			return true
		})
		return err
	})
	if err != nil || seen < 100 {
		t.Errorf("%d files: %v", seen, err)
	}
}
