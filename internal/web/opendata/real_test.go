package opendata_test

import (
	"os"
	"path/filepath"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/webtest"
)

func TestAnImportedListComesOutWholeAndEachRecordSaysItsFileAndRow(t *testing.T) {
	folder := os.Getenv("ATLAS_DATA")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "..", "shared", "data")
	}
	const file = "cz_seznam_operaci_2014_2020_train70.csv"
	data, err := os.ReadFile(filepath.Join(folder, "reference", "projects", file))
	if err != nil {
		t.Skipf("the real files are not here, ATLAS_DATA names their folder: %v", err)
	}
	i := webtest.Empty(t)
	o := app.ImportOptions{URL: "https://www.example.org/" + file, Accessed: atlas.Date{Year: 2026, Month: 11, Day: 20}, Publish: true}
	plan, err := i.App.PrepareImport(t.Context(), webtest.Editor, o, file, data)
	if err != nil {
		t.Fatal(err)
	}
	batch, err := i.App.ApplyImport(t.Context(), webtest.Editor, plan)
	if err != nil {
		t.Fatal(err)
	}
	p := connect(t, i)
	records, total := p.walk(t, "/api/v1/projects?na_strance=100&razeni=nazev")
	if len(records) != batch.Created || total != batch.Created || total < 1000 {
		t.Errorf("%d records of %d, %d were imported", len(records), total, batch.Created)
	}
	rows := map[int]bool{}
	for _, r := range records {
		s := r["sources"].([]any)[0].(map[string]any)
		rows[number(s["row"])] = true
		if s["batch"] != batch.ID || s["file"] != file || s["url"] != o.URL || s["accessed"].(map[string]any)["value"] != "2026-11-20" {
			t.Fatalf("%s comes from %v", name(r), s)
		}
	}
	if len(rows) != len(records) || rows[-1] {
		t.Errorf("%d records come from %d rows", len(records), len(rows))
	}
	actors, total := p.walk(t, "/api/v1/actors?na_strance=100")
	if len(actors) != total || total < 900 {
		t.Errorf("%d actors of %d", len(actors), total)
	}
}
