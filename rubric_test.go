package atlas_test

import (
	"testing"

	"atlas"
)

// 8.2.8 asks for evidence of 3 and 4 points of a scale from 0 to 4.
func TestEvidenceIsAskedForFromThreeQuartersOfAScale(t *testing.T) {
	for most, want := range map[int]int{4: 3, 1: 1, 2: 2, 3: 3, 5: 4, 10: 8} {
		r := &atlas.Rubric{}
		for n := range most + 1 {
			r.Scale = append(r.Scale, atlas.Step{Points: n})
		}
		if got := r.EvidenceFrom(); got != want {
			t.Errorf("from 0 to %d: %d", most, got)
		}
	}
}
