package search

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestAWordListGivesEveryWordAsItWasAdded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var l wordList
		var want []string
		for range rapid.IntRange(0, 40).Draw(t, "words") {
			word := strings.Repeat(rapid.StringN(0, 4, -1).Draw(t, "part"), rapid.SampledFrom([]int{1, 20, 3000}).Draw(t, "times"))
			l.add(word)
			want = append(want, word)
		}
		for i, word := range want {
			if got := l.get(uint32(i)); got != word {
				t.Fatalf("word %d of %d bytes came back as %d bytes", i, len(word), len(got))
			}
		}
		if l.len() != len(want) {
			t.Fatalf("%d words, want %d", l.len(), len(want))
		}
	})
}
