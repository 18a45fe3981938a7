package question_test

import (
	"testing"

	"atlas/internal/app"
	"atlas/internal/search"
	"atlas/internal/web/question"
)

func TestABandIsNamedByItsWordsAndAnUnknownOneIsItsCode(t *testing.T) {
	v := question.Vocabulary{
		Word: func(key string) string { return "<" + key + ">" },
		Band: func(code string) string { return map[string]string{"mesto_a": "skvělé"}[code] },
	}
	for code, want := range map[string]struct {
		text  string
		known bool
	}{
		"mesto_a":                   {"<projects.value.hodnoceni.band> skvělé", true},
		"mesto_b":                   {"mesto_b", false},
		app.EvaluatedValue:          {"<projects.value.hodnoceni.ANO>", true},
		app.NotEvaluatedValue:       {"<projects.value.hodnoceni.NE>", true},
		app.PracticeCandidate + "?": {app.PracticeCandidate + "?", false},
	} {
		if text, known := v.Label(search.FacetEvaluation, code); text != want.text || known != want.known {
			t.Errorf("%s: %q %v", code, text, known)
		}
	}
	if text, known := v.Label(search.FacetPractice, app.PracticeLapsed); text != "<projects.value.dobra_praxe.pozbyla>" || !known {
		t.Errorf("%q %v", text, known)
	}
}
