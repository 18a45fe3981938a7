package opendata_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/rubric"
	"atlas/internal/store"
	"atlas/internal/web/webtest"
)

// TestEvaluationsForProgramsAreThosePublishedAndSayNobodysName: acceptance example 9
// comes out as 72.0.
func TestEvaluationsForProgramsAreThosePublishedAndSayNobodysName(t *testing.T) {
	i := webtest.Start(t)
	who, by := i.Account(t, "tajny@hodnotitele.example"), store.Write{By: "atlas", At: webtest.Now}
	r := rubric.Default()
	r.Family, r.RecordStatus = "zkouska", atlas.RecordPublished
	var ids []string
	err := i.Store.Update(t.Context(), func(tx *store.Tx) error {
		if err := tx.PutRubric(t.Context(), r, by); err != nil {
			return err
		}
		s := &atlas.Sheet{Account: who.ID, Role: atlas.SheetEvaluator, Rubric: r.ID, Mode: atlas.ModeExPost, Submitted: webtest.Now, Open: true}
		for n, points := range []int{4, 3, 3, 2, 3, 3, 2, 3, 2, 4, 3, 2} {
			s.Scores = append(s.Scores, atlas.Score{Criterion: r.Criteria[n].Code, Kind: atlas.ScorePoints, Points: points})
		}
		for _, state := range []atlas.EvaluationState{atlas.EvaluationPublished, atlas.EvaluationApproved} {
			e := &atlas.Evaluation{Project: "P-00001", Mode: atlas.ModeExPost, Rubric: r.ID, State: state, Approved: atlas.Date{Year: 2026, Month: 10, Day: 5}, ApprovedBy: who.ID, Result: rubric.Panel(r, atlas.ModeExPost, []*atlas.Sheet{s, s})}
			e.RecordStatus = map[bool]string{true: atlas.RecordPublished, false: atlas.RecordDraft}[state == atlas.EvaluationPublished]
			if err := tx.PutEvaluation(t.Context(), e, by); err != nil {
				return err
			}
			ids = append(ids, e.ID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	p := connect(t, i)
	one := p.get(t, "/api/v1/evaluations/"+ids[0])
	if one["total"] != "72.0" || one["completeness"] != "100.0" || one["band"].(map[string]any)["label"].(map[string]any)["en"] == "" || len(one["criteria"].([]any)) != 12 {
		t.Errorf("%v", one)
	}
	p.refused(t, http.MethodGet, "/api/v1/evaluations/"+ids[1], http.StatusNotFound)
	for query, want := range map[string]string{"": ids[0], "?metodika=" + r.ID + "&rezim=ex-post": ids[0], "?rezim=ex-ante": "", "?projekt=P-00002": "", "?metodika=R-99999": ""} {
		if got := said(p, t, "evaluations"+query, "id"); got != want {
			t.Errorf("%s: %s", query, got)
		}
	}
	p.refused(t, http.MethodGet, "/api/v1/evaluations?rezim=vse", http.StatusBadRequest)
	_, data := p.Ask(t, http.MethodGet, "/api/v1/evaluations")
	if slices.ContainsFunc([]string{who.ID, who.Email, who.Name}, func(secret string) bool { return strings.Contains(string(data), secret) }) {
		t.Errorf("it says who evaluated or approved: %s", data)
	}
}
