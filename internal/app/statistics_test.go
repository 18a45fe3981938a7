package app_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/coverage"
	"atlas/internal/importer"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

const protectionHead = "datum,obec_kod,obec_mc,mc_kod,celkem,m_do_3,z_do_3,m_sen,z_sen\n"

// withTowns has two municipalities beside what the product ships with.
func withTowns(t *testing.T, a *app.App) {
	t.Helper()
	_, _, _, err := a.SaveTerritories(t.Context(), editor, []atlas.Territory{
		{Code: "554481", Level: atlas.LevelMunicipality, Name: "Cheb", Region: "CZ041", District: "CZ0411", ORP: "4102"},
		{Code: "554961", Level: atlas.LevelMunicipality, Name: "Karlovy Vary", Region: "CZ041", District: "CZ0412", ORP: "4103"},
	})
	if err != nil {
		t.Fatal(err)
	}
}

func openText(t *testing.T, a *app.App, v atlas.Viewer, o app.StatisticsOptions, name, text string) *app.StatisticsPlan {
	t.Helper()
	plan, err := a.OpenStatistics(t.Context(), v, o, app.ImportFile{Name: name, Data: strings.NewReader(text), Size: int64(len(text))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(plan.Close)
	return plan
}

func applyText(t *testing.T, a *app.App, v atlas.Viewer, o app.StatisticsOptions, name, text string) (*app.StatisticsPlan, *atlas.Batch) {
	t.Helper()
	plan := openText(t, a, v, o, name, text)
	if plan.AlreadyApplied == nil {
		if err := a.PreviewStatistics(t.Context(), plan); err != nil {
			t.Fatal(err)
		}
	}
	previewed := plan.StatisticsOutcome
	b, err := a.ApplyStatistics(t.Context(), v, plan)
	if err != nil {
		t.Fatal(err)
	}
	if got := plan.StatisticsOutcome; fmt.Sprint(got) != fmt.Sprint(previewed) {
		t.Errorf("previewed %+v, done %+v", previewed, got)
	}
	return plan, b
}

func total(t *testing.T, a *app.App, dataset, territory string) string {
	t.Helper()
	all, err := a.Reader().SeriesOf(t.Context(), dataset, territory)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range all {
		out = append(out, fmt.Sprintf("%s %d v%d", s.Date, s.Total().Value, s.Version))
	}
	return strings.Join(out, ", ")
}

func TestAPreviewWritesNothingAndTheSameFileChangesNothingAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		withTowns(t, a)
		first := protectionHead + "2022-06-06,554481,Cheb,,4,1,1,1,1\n2022-06-06,554961,Karlovy Vary,,4,1,1,1,1\n2022-06-06,999999,Nikdov,,4,1,1,1,1\n"
		plan := openText(t, a, editor, app.StatisticsOptions{URL: "https://example.cz/a.csv"}, "a.csv", first)
		if err := a.PreviewStatistics(t.Context(), plan); err != nil {
			t.Fatal(err)
		}
		if plan.Created != 2 || plan.Report.Refused != 1 || total(t, a, atlas.DatasetProtection, "554481") != "" {
			t.Errorf("%+v %+v", plan.StatisticsOutcome, plan.Report.Counts)
		}
		_, batch := applyText(t, a, editor, app.StatisticsOptions{URL: "https://example.cz/a.csv"}, "a.csv", first)
		if batch.Created != 2 || batch.Problems != 1 || batch.URL == "" {
			t.Errorf("%+v", batch)
		}
		again := openText(t, a, editor, app.StatisticsOptions{}, "jinak.csv", first)
		if again.AlreadyApplied == nil || again.AlreadyApplied.ID != batch.ID {
			t.Fatalf("the same file again: %+v", again)
		}
		if b, err := a.ApplyStatistics(t.Context(), editor, again); err != nil || b.ID != batch.ID {
			t.Errorf("%+v %v", b, err)
		}
		d, err := a.Reader().Dataset(t.Context(), atlas.DatasetProtection)
		if err != nil || d.Slices != 2 || d.Last != (atlas.Date{Year: 2022, Month: 6, Day: 6}) {
			t.Errorf("%+v %v", d, err)
		}
	})
}

// Of kraje the source tells nothing itself: the ranking takes our sums, says so and
// compares them with no other day.
func TestARankingOfKrajeTakesSumsOfMunicipalitiesWhereNothingElseIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		withTowns(t, a)
		asked := app.CoverageAsked{Level: atlas.LevelRegion}
		if got, err := a.Standings(t.Context(), asked); err != nil || got.Dataset != nil || got.Summed {
			t.Fatalf("without statistics %+v %v", got, err)
		}
		applyText(t, a, editor, app.StatisticsOptions{}, "a.csv", protectionHead+"2022-06-06,554481,Cheb,,4,1,1,1,1\n2022-06-06,554961,Karlovy Vary,,5,2,1,1,1\n")
		got, err := a.Standings(t.Context(), asked)
		if err != nil || got.Dataset == nil || got.Dataset.Code != atlas.DatasetProtection || !got.Summed || got.Compared {
			t.Fatalf("%+v %v", got, err)
		}
		for _, row := range got.Rows {
			want := coverage.Value{}
			if row.Code == "CZ041" {
				want = coverage.KnownValue(9)
			}
			if row.People != want {
				t.Errorf("%s: %+v people, want %+v", row.Code, row.People, want)
			}
		}
		if sum := got.Sums["CZ041"]; sum.Parts != 2 || sum.Untold != atlas.NoCount {
			t.Errorf("the sum is of %d municipalities and does not know %d", sum.Parts, sum.Untold)
		}
	})
}

func TestACorrectionIsANewVersionAndUndoingItBringsTheOldOneBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		withTowns(t, a)
		o := app.StatisticsOptions{}
		_, first := applyText(t, a, editor, o, "a.csv", protectionHead+"2022-06-06,554481,Cheb,,4,1,1,1,1\n2022-06-06,554961,Karlovy Vary,,4,1,1,1,1\n")
		plan, second := applyText(t, a, editor, o, "b.csv", protectionHead+"2022-06-06,554481,Cheb,,5,2,1,1,1\n2022-06-06,554961,Karlovy Vary,,4,1,1,1,1\n")
		if plan.Changed != 1 || plan.Unchanged != 1 || plan.Created != 0 || len(plan.Differences) != 2 {
			t.Errorf("%+v", plan.StatisticsOutcome)
		}
		if d := plan.Differences[0]; d.Was.Value != 4 || d.Is.Value != 5 || d.Territory != "554481" || !d.Category.Total() {
			t.Errorf("%+v", d)
		}
		if got := total(t, a, atlas.DatasetProtection, "554481"); got != "2022-06-06 5 v2" {
			t.Errorf("after the correction %s", got)
		}
		undo, err := a.UndoImport(t.Context(), editor, second.ID, nil)
		if err != nil || undo.Slices != 1 || !undo.Batch.Undone() {
			t.Fatalf("%+v %v", undo, err)
		}
		if got := total(t, a, atlas.DatasetProtection, "554481"); got != "2022-06-06 4 v1" {
			t.Errorf("after the undo %s", got)
		}
		if _, n, err := a.UndoStatistics(t.Context(), editor, first.ID); err != nil || n != 2 {
			t.Errorf("%d %v", n, err)
		}
		if d, _ := a.Reader().Dataset(t.Context(), atlas.DatasetProtection); d.Slices != 0 || d.Last.Known() {
			t.Errorf("%+v", d.Extent)
		}
	})
}

func TestOwnDataAreWrittenByTheirPeopleOnlyAndWithinTheirTerritory(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		withTowns(t, a)
		town := atlas.Viewer{Name: "obec", Grants: []atlas.Grant{{Role: atlas.RoleTerritory, Territory: "554481"}}}
		other := atlas.Viewer{Name: "jiná", Grants: []atlas.Grant{{Role: atlas.RoleTerritory, Territory: "554961"}}}
		d := &atlas.Dataset{NameCs: "Žáci s odlišným mateřským jazykem", DefinitionCs: "Žáci základních škol zřizovaných městem.", Publisher: "Město Cheb",
			Indicator: "žáci s OMJ", Unit: "žáci", Licence: "CC-BY-4.0", Territory: "554481"}
		if err := a.SaveDataset(t.Context(), other, d); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("another town made it: %v", err)
		}
		if err := a.SaveDataset(t.Context(), town, d); err != nil || d.Code != "zaci-s-odlisnym-materskym-jazykem" {
			t.Fatalf("%s %v", d.Code, err)
		}
		bad := *d
		bad.NameCs, bad.Licence = "", "MOJE"
		var invalid *atlas.InvalidError
		if err := a.SaveDataset(t.Context(), town, &bad); !errors.As(err, &invalid) || len(invalid.Problems) != 2 {
			t.Errorf("%v", err)
		}
		entry := app.Entry{"datum": "30. 9. 2025", "uzemi_kod": "554481", "stobcan_kod": "UA", "hodnota": "12", "poznamka": `ze "zahajovacích" výkazů`}
		plan, err := a.EnterStatistics(t.Context(), town, d.Code, []app.Entry{entry, {"datum": "30.9.2025", "uzemi_kod": "554961", "hodnota": "3"}, {"datum": "30.9.2025", "uzemi_kod": "554481", "hodnota": "40"}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.ApplyStatistics(t.Context(), other, plan); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("another town wrote: %v", err)
		}
		if _, err := a.ApplyStatistics(t.Context(), town, plan); err != nil {
			t.Fatal(err)
		}
		if plan.Report.Refusals("outside") != 1 || total(t, a, d.Code, "554481") != "2025-09-30 40 v1" {
			t.Errorf("%+v %s", plan.Report.Groups, total(t, a, d.Code, "554481"))
		}
		// One number more takes nothing away from those that are there.
		for _, value := range []string{"13", "12", "13"} {
			more, err := a.EnterStatistics(t.Context(), town, d.Code, []app.Entry{{"datum": "2025-09-30", "uzemi_kod": "554481", "stobcan_kod": "VN", "hodnota": value}})
			if err == nil {
				_, err = a.ApplyStatistics(t.Context(), town, more)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		all, err := a.Reader().SeriesOf(t.Context(), d.Code, "554481")
		if err != nil || len(all) != 1 || len(all[0].Figures) != 3 || all[0].Version != 4 || all[0].Figure(atlas.Category{Citizenship: "VN"}).Value != 13 {
			t.Errorf("%+v %v", all, err)
		}
		if _, err := a.OpenStatistics(t.Context(), town, app.StatisticsOptions{Dataset: atlas.DatasetProtection}, app.ImportFile{Name: "a.csv",
			Data: strings.NewReader(protectionHead + "2022-06-06,554481,Cheb,,4,1,1,1,1\n"), Size: 100}); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("a town wrote numbers of the ministry: %v", err)
		}
	})
}

func TestSourcesAreNeverMixedInOneDataSet(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		withTowns(t, a)
		text := protectionHead + "2022-06-06,554481,Cheb,,4,1,1,1,1\n"
		_, err := a.OpenStatistics(t.Context(), editor, app.StatisticsOptions{Dataset: atlas.DatasetForeigners},
			app.ImportFile{Name: "a.csv", Data: strings.NewReader(text), Size: int64(len(text))})
		var refused *importer.FileError
		if !errors.As(err, &refused) {
			t.Errorf("%v", err)
		}
	})
}

// The 981 614 real rows of temporary protection go into the database at a pace,
// and then half of a file of corrections.
func TestRealTemporaryProtectionIsStored(t *testing.T) {
	if testing.Short() {
		t.Skip("stores a million rows")
	}
	data := realFile(t, "reference/foreigners/docasna_ochrana_obce_denne_2022.csv.gz")
	s := storetest.Open(t, storetest.SQLite(t))
	a := loaded(t, s)
	var files []importer.TerritoryFile
	for _, name := range []string{"open/geography/obce.csv", "open/geography/mestske_casti.csv"} {
		files = append(files, importer.TerritoryFile{Name: name, Data: strings.NewReader(string(realFile(t, name)))})
	}
	places, _, err := importer.ReadTerritoryFiles(files, a.Places())
	if err == nil {
		_, _, _, err = a.SaveTerritories(t.Context(), editor, places)
	}
	if err != nil {
		t.Fatal(err)
	}
	before, _ := s.Size(t.Context())
	start := time.Now()
	text := string(data)
	plan := openText(t, a, editor, app.StatisticsOptions{}, "denne.csv.gz", text)
	read := time.Since(start)
	if _, err := a.ApplyStatistics(t.Context(), editor, plan); err != nil {
		t.Fatal(err)
	}
	stored := time.Since(start) - read
	after, _ := s.Size(t.Context())
	t.Logf("%d slices: read in %s, stored in %s, %d MB", plan.Created, read.Round(time.Millisecond), stored.Round(time.Millisecond), (after-before)>>20)
	on := atlas.Date{Year: 2022, Month: 10, Day: 7}
	for what, fn := range map[string]func() (int, error){
		"totals of all municipalities on a date": func() (int, error) {
			o, err := a.Reader().Observations(t.Context(), atlas.DatasetProtection, atlas.LevelMunicipality, on, atlas.Date{})
			return len(o), err
		},
		"series of a municipality": func() (int, error) {
			o, err := a.Reader().SeriesOf(t.Context(), atlas.DatasetProtection, "554481")
			return len(o), err
		},
		"completeness": func() (int, error) {
			o, err := a.Reader().Dataset(t.Context(), atlas.DatasetProtection)
			return len(o.Held), err
		},
	} {
		fn()
		start := time.Now()
		n, err := fn()
		t.Logf("%s: %d in %s, %v", what, n, time.Since(start).Round(100*time.Microsecond), err)
	}
	if plan.Created < 950_000 || stored > 2*time.Minute {
		t.Errorf("%d slices in %s", plan.Created, stored)
	}
}
