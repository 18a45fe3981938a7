package question

import (
	"slices"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/coverage"
	"atlas/internal/place"
	"atlas/internal/search"
)

// Words are the facets whose few values are words of the catalogue.
var Words = map[search.Facet][]string{
	search.FacetUpscaling:   {string(atlas.Yes), string(atlas.No), search.NotKnown},
	search.FacetDetailLevel: {app.LevelBasic, app.LevelFull},
	search.FacetEvaluation: { // beside the bands of rubrics
		app.EvaluatedValue, app.NotEvaluatedValue, app.CandidateValue, app.UpscalingValue, app.ExcludedValue, app.PoorDataValue,
	},
	search.FacetPractice: {app.PracticeCurrent, app.PracticeLapsed, app.PracticeCandidate},
}

// Vocabulary names the values of facets in one language.
type Vocabulary struct {
	Lang   string
	Lists  *atlas.Lists
	Places *place.Gazetteer
	Actor  func(id string) string   // name of an actor; an unknown id is itself
	Band   func(code string) string // what rubrics call a band; "" when none has it
	Word   func(key string) string  // a message without arguments
}

// Label names a value; known is false for a code that nothing has.
func (v Vocabulary) Label(f search.Facet, value string) (text string, known bool) {
	if list, ok := Lists[f]; ok {
		if v.Lists.Has(list, value) {
			return v.Lists.Label(list, value, v.Lang), true
		}
		return v.unknown(value, "projects.unknown")
	}
	if words, ok := Words[f]; ok {
		if slices.Contains(words, value) {
			return v.Word("projects.value." + string(f) + "." + value), true
		}
		if f == search.FacetEvaluation {
			return v.band(value)
		}
		return value, false
	}
	switch f {
	case search.FacetTerritory:
		return v.territory(value)
	case search.FacetCoverage:
		return v.coverage(value)
	case search.FacetFunder, search.FacetImplementer:
		if name := v.Actor(value); name != value {
			return name, true
		}
		return v.unknown(value, "projects.unknown")
	case search.FacetYear:
		if len(value) == 4 && IsNumber(value) {
			return value, true
		}
		return v.unknown(value, "projects.value.year_unknown")
	}
	return value, false
}

// unknown names the value of what is not known; any other one is itself.
func (v Vocabulary) unknown(value, key string) (text string, known bool) {
	if value == search.NotKnown {
		return v.Word(key), true
	}
	return value, false
}

func (v Vocabulary) band(code string) (text string, known bool) {
	if words := v.Band(code); words != "" {
		return v.Word("projects.value.hodnoceni.band") + " " + words, true
	}
	return code, false
}

func (v Vocabulary) territory(code string) (text string, known bool) {
	t, ok := v.Places.Get(code)
	switch {
	case !ok:
		return v.unknown(code, "projects.value.place_unknown")
	case t.Level == atlas.LevelCountry:
		return v.Word("projects.value.country"), true
	}
	return v.Places.Label(code), true
}

// coverage names a row of a matrix of coverage.
func (v Vocabulary) coverage(code string) (text string, known bool) {
	switch code {
	case coverage.CodeWide:
		return v.Word("projects.value.wide"), true
	case coverage.CodeAbroad:
		return v.Word("projects.value.abroad"), true
	}
	code, level, whole := strings.Cut(code, "-")
	if _, ok := v.Places.Get(code); !ok {
		return code, false
	}
	if whole {
		return v.Places.Label(code) + " " + v.Word("projects.value.whole."+level), true
	}
	return v.Places.Label(code), true
}

// IsNumber says whether a text is a whole number without a sign.
func IsNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
