package rubric

import (
	_ "embed"
	"fmt"

	"atlas"
)

//go:embed default.json
var shipped []byte

// DefaultFamily is the family of the rubric that the product ships with (8.2.2).
const DefaultFamily = "atlas"

// Default is the rubric that the product ships with, in its first version and not
// stored yet: criteria, weights, questions and anchors of 8.2.2, gates of 8.2.3,
// bands of 8.2.6, the rule of 8.2.7. The result is the caller's own.
func Default() *atlas.Rubric {
	r, wrong := Read(shipped)
	if len(wrong) > 0 {
		panic(fmt.Sprintf("the shipped rubric: %v", wrong)) // a test reads it
	}
	return r
}
