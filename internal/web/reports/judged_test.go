package reports_test

import (
	"strings"
	"testing"

	"atlas"
	"atlas/internal/rubric"
	"atlas/internal/store"
	"atlas/internal/web/route"
	"atlas/internal/web/webtest"
)

// TestAReportListsPublishedEvaluationsAndCardsOfItsTerritoryAndYears: what is not
// published, elsewhere or of other years is in no report (R3-04, R3-07).
func TestAReportListsPublishedEvaluationsAndCardsOfItsTerritoryAndYears(t *testing.T) {
	i := written(t)
	report := route.ReportOf("cs", "H-00002") // CZ042, 2015–2023
	before := i.Get(t, report).Words("main")
	if !strings.Contains(before, "Žádný z projektů nemá v této databázi zveřejněné hodnocení.") || !strings.Contains(before, "Žádná karta dobré praxe") {
		t.Errorf("without any: %s", before)
	}
	by, r := store.Write{By: "atlas", At: webtest.Now}, rubric.Default()
	r.Family, r.RecordStatus = "zkouska", atlas.RecordPublished
	published, draft := atlas.Meta{RecordStatus: atlas.RecordPublished}, atlas.Meta{RecordStatus: atlas.RecordDraft}
	here := &atlas.Project{Meta: published, TitleCs: "Kurzy v Ústí", From: atlas.Date{Year: 2020}, To: atlas.Date{Year: 2021}, Territories: []atlas.Place{{Territory: "CZ0427"}}, Status: atlas.StatusEnded}
	elsewhere := *here
	elsewhere.TitleCs, elsewhere.Territories = "Kurzy v Plzni", []atlas.Place{{Territory: "CZ0323"}}
	write := func(do func(*store.Tx) error) {
		t.Helper()
		if err := i.Store.Update(t.Context(), do); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range []*atlas.Project{here, &elsewhere} {
		if err := i.App.SaveProject(t.Context(), webtest.Editor, p); err != nil {
			write(func(tx *store.Tx) error { return tx.PutProject(t.Context(), p, by) })
		}
	}
	write(func(tx *store.Tx) error {
		if err := tx.PutRubric(t.Context(), r, by); err != nil {
			return err
		}
		for _, e := range []*atlas.Evaluation{
			{Meta: published, Project: here.ID, State: atlas.EvaluationPublished, Result: atlas.Result{Known: true, Total: 745, Band: r.Bands[1].Code, Evaluators: 2}},
			{Meta: draft, Project: here.ID, State: atlas.EvaluationApproved, Result: atlas.Result{Known: true, Total: 311, Evaluators: 2}},
			{Meta: published, Project: elsewhere.ID, State: atlas.EvaluationPublished, Result: atlas.Result{Known: true, Total: 922, Evaluators: 2}},
		} {
			e.Mode, e.Rubric, e.Approved = atlas.ModeExPost, r.ID, atlas.Date{Year: 2026, Month: 3, Day: 4}
			if err := tx.PutEvaluation(t.Context(), e, by); err != nil {
				return err
			}
		}
		for _, p := range []*atlas.Practice{
			{Meta: published, Title: "Kontaktní místo v Ústí", Country: "CZ", Territories: []string{"CZ0427"}, From: atlas.Date{Year: 2016}, Ongoing: true, Marked: atlas.Date{Year: 2026, Month: 1, Day: 1}, Until: atlas.Date{Year: 2029, Month: 1, Day: 1}},
			{Meta: published, Title: "Staré místo", Country: "CZ", Territories: []string{"CZ0427"}, From: atlas.Date{Year: 2003}, To: atlas.Date{Year: 2005}},
			{Meta: draft, Title: "Rozepsané místo", Country: "CZ", Territories: []string{"CZ0427"}, Ongoing: true},
			{Meta: published, Title: "Plzeňské místo", Country: "CZ", Territories: []string{"CZ0323"}, Ongoing: true},
			{Meta: published, Title: "Bon Courage", Country: "DE", PlaceText: "Lipsko", From: atlas.Date{Year: 2018}, Ongoing: true},
		} {
			if err := tx.PutPractice(t.Context(), p, by); err != nil {
				return err
			}
		}
		return nil
	})
	if err := i.App.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := i.Get(t, report).Words("main")
	for _, want := range []string{"74,5", r.Bands[1].Cs, "2 hodnotitelé", "4. 3. 2026", "po skončení", "Kontaktní místo v Ústí", "platí do 1. 1. 2029", "Bon Courage", "Lipsko, Německo"} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %q", want)
		}
	}
	for _, never := range []string{"31,1", "92,2", "Staré místo", "Rozepsané místo", "Plzeňské místo"} {
		if strings.Contains(got, never) {
			t.Errorf("says %q", never)
		}
	}
}
