package app_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/importer"
	"atlas/internal/search"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// realFile reads a file of real data, which is no part of the repository.
func realFile(t *testing.T, name string) []byte {
	t.Helper()
	folder := os.Getenv("ATLAS_DATA")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared", "data")
	}
	data, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Skipf("the real files are not here, ATLAS_DATA names their folder: %v", err)
	}
	return data
}

// Real lists.
const (
	realOperations = "reference/projects/cz_seznam_operaci_2014_2020_train70"
	realHand       = "reference/projects/cz_integracni_projekty_z_webu_rucne.csv"
	realGrants     = "open/projects_360giving/360giving_a002400000OiDBQAA3"
	realGrantNav   = "open/projects_360giving/360giving_grantnav-20180903134856"
)

// importReal prepares and applies a real file and demands that no row of it is
// lost.
func importReal(t *testing.T, a *app.App, name string) (*app.ImportPlan, *atlas.Batch) {
	t.Helper()
	o := app.ImportOptions{URL: "https://www.example.org/" + name, Accessed: atlas.Date{Year: 2026, Month: 11, Day: 20}, Publish: true}
	plan, err := a.PrepareImport(t.Context(), editor, o, name, realFile(t, name))
	if err != nil {
		t.Fatal(err)
	}
	b, err := a.ApplyImport(t.Context(), editor, plan)
	if err != nil {
		t.Fatal(err)
	}
	if tally(plan.Batch) != tally(*b) || plan.Count("") != b.Rows || len(batchRows(t, a, b.ID)) != b.Rows {
		t.Errorf("%s: planned %s, applied %s, %d rows", name, tally(plan.Batch), tally(*b), plan.Count(""))
	}
	if b.Created+b.Updated+b.Unchanged+b.Skipped+plan.Errors() != b.Rows {
		t.Errorf("%s: rows are lost: %+v", name, b)
	}
	return plan, b
}

func problemsOf(plan *app.ImportPlan) map[string]int {
	out := map[string]int{}
	for _, g := range plan.Groups {
		out[g.Key[len(importer.ProblemPrefix):]] += g.Count
	}
	return out
}

func TestTheRealListOfOperationsGoesInWholeAndOnce(t *testing.T) {
	realFile(t, realOperations+".csv")
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		plan, b := importReal(t, a, realOperations+".csv")
		if tally(*b) != "1238+0+0+8 of 1246" || plan.NewActors < 900 {
			t.Errorf("%s, %d organisations", tally(*b), plan.NewActors)
		}
		if n := problemsOf(plan); n["not_project"] != 8 || n["zero"] != 26 {
			t.Errorf("%v", n)
		}
		before := lastChange(t, a)
		if _, b := importReal(t, a, realOperations+".xlsx"); tally(*b) != "0+0+1238+8 of 1246" || lastChange(t, a) != before {
			t.Errorf("the same list as a workbook: %s", tally(*b))
		}
		if n := a.Index().Search(search.Query{}).Total; n != 1238 {
			t.Errorf("%d projects are found", n)
		}
		id, err := a.Reader().ProjectByRegNumber(t.Context(), "CZ.03.2.63/0.0/0.0/15_023/0001008")
		if err != nil {
			t.Fatal(err)
		}
		p, err := a.Reader().Project(t.Context(), id)
		if err != nil || p.Funding[0].Granted.String() != "2212809.25" || p.TotalCost.String() != "2603305.00" || p.Sources[0].Row != 2 {
			t.Errorf("%+v %v", p, err)
		}
	})
}

func TestTheRealHandCollectedProjectsGoIn(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a := loaded(t, s)
	withMunicipalities(t, a)
	plan, b := importReal(t, a, realHand)
	if tally(*b) != "16+0+0+0 of 16" {
		t.Errorf("%s", tally(*b))
	}
	if n := problemsOf(plan); n["suspect_row"] != 1 || n["place_unknown"] != 2 || n["several_countries"] != 1 || n["place_ambiguous"] != 0 {
		t.Errorf("%v", n)
	}
	if r := rowsOf(plan)[12]; r.Row != 14 || r.OtherRow != 13 || r.Outcome != atlas.OutcomeSuspect {
		t.Errorf("the genuine duplicate: %+v", r)
	}
	id := batchRows(t, a, b.ID)[0].RecordID
	p, err := a.Reader().Project(t.Context(), id)
	if err != nil || p.TotalCost.String() != "740576.85" || len(p.Funding) != 3 || p.Funding[0].Granted.String() != "583990.00" ||
		p.Funding[1].Granted.String() != "70000.00" || p.Funding[2].Granted.String() != "86586.85" || p.Territories[0].Territory != "500097" {
		t.Errorf("%+v %v", p, err)
	}
}

// withMunicipalities reads the register of municipalities.
func withMunicipalities(t *testing.T, a *app.App) {
	t.Helper()
	var files []importer.TerritoryFile
	for _, name := range []string{"open/geography/obce.csv", "open/geography/mestske_casti.csv"} {
		files = append(files, importer.TerritoryFile{Name: filepath.Base(name), Data: bytes.NewReader(realFile(t, name))})
	}
	all, _, err := importer.ReadTerritoryFiles(files, a.Places())
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := a.SaveTerritories(t.Context(), editor, all); err != nil {
		t.Fatal(err)
	}
}

func TestRealGrantsOf360GivingGoInOnceFromBothFormats(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a := loaded(t, s)
	for _, c := range []struct{ name, table, again string }{
		{realGrantNav, "5+0+0+0 of 5", "0+5+0+0 of 5"},            // JSON adds how long each lasts
		{realGrants, "4116+0+0+0 of 4116", "0+42+4074+0 of 4116"}, // and 42 broken web addresses
	} {
		plan, b := importReal(t, a, c.name+".csv")
		if tally(*b) != c.table || plan.Errors() != 0 {
			t.Errorf("%s: %s", c.name, tally(*b))
		}
		if _, b := importReal(t, a, c.name+".json.gz"); tally(*b) != c.again {
			t.Errorf("%s as JSON: %s", c.name, tally(*b))
		}
	}
	id, err := a.Reader().ProjectByRegNumber(t.Context(), "360G-LBFEW-111585")
	if err != nil {
		t.Fatal(err)
	}
	p, err := a.Reader().Project(t.Context(), id)
	if err != nil || p.Country != "GB" || len(p.Territories) > 0 || p.Funding[0].Currency != "GBP" || p.Funding[0].Granted.String() != "72027.00" {
		t.Errorf("%+v %v", p, err)
	}
	if n := a.Index().Search(search.Query{Text: "refugee forum"}).Total; n == 0 {
		t.Error("a grant is not found by its recipient")
	}
}
