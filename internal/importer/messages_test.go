package importer

import (
	"strings"
	"testing"

	"atlas/internal/i18n"
)

func TestEveryProblemOfTerritoriesSaysTheReasonAndWhatIsRight(t *testing.T) {
	words, err := i18n.Load(Messages())
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{
		ProblemTerritoryCode, ProblemTerritoryName, ProblemTerritoryParent, ProblemTerritoryDate,
		ProblemTerritoryPoint, ProblemTerritoryUnknown, ProblemTerritoryList,
		ProblemBoundaryCode, ProblemBoundaryUnknown, ProblemBoundaryGeometry, ProblemBoundaryOutside, ProblemBoundaryTwice,
	} {
		if !words.Has(key) {
			t.Errorf("%s has no words", key)
		}
		for _, lang := range i18n.Languages {
			if said := words.T(lang, key, "value", "x"); strings.Contains(said, "{") {
				t.Errorf("%s in %s: %q", key, lang, said)
			}
		}
	}
}
