package search

import (
	"math"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// correct gives the text of a query with its doubtful words replaced by the
// likeliest known ones; "" if there is nothing better.
func (s *state) correct(text string, doubtful []slot) string {
	var b strings.Builder
	done := 0
	for _, q := range doubtful {
		better, ok := s.likeliest(q)
		if !ok || q.start < done {
			continue
		}
		b.WriteString(text[done:q.start])
		b.WriteString(better)
		done = q.end
	}
	if done == 0 {
		return ""
	}
	b.WriteString(text[done:])
	return strings.ToValidUTF8(b.String(), "")
}

// likeliest finds the known word a mistyped one stands for: the nearer the
// better, and of words as near the one with more documents.
func (s *state) likeliest(q slot) (string, bool) {
	word := []rune(q.word)
	reach := reachOf(word)
	if reach == 0 {
		return "", false
	}
	least := 1
	if id, ok := s.words.find(q.word); ok {
		least = max(1, 20*s.words.postings.count(id))
	}
	best, bestScore := uint32(0), math.Inf(-1)
	var sheet sheet
	s.words.sieve.near(word, reach, func(id uint32, apart int) {
		if s.words.words.get(id) == q.word {
			return
		}
		docs := s.words.postings.count(id)
		if docs < least || likeness(docs, apart) < bestScore {
			return
		}
		far := reach // further than that it cannot be the best
		for far > apart && likeness(docs, far) < bestScore {
			far--
		}
		n := sheet.distance(word, s.words.words.get(id), far)
		if score := likeness(docs, n); n <= far && (score > bestScore || score == bestScore && id < best) {
			best, bestScore = id, score
		}
	})
	if math.IsInf(bestScore, -1) {
		return "", false
	}
	return s.words.show(best), true
}

// sieve sifts the words that a mistyped one may stand for by their length in
// letters and by which letters they have. Words with a digit are left out:
// registration numbers are most of all words, and none is what somebody meant to
// type.
type sieve struct {
	byLength [maxWord + 1]struct {
		words   []uint32
		letters []uint64
	}
}

func (s *sieve) add(id uint32, word string) {
	if strings.ContainsAny(word, "0123456789") {
		return
	}
	g := &s.byLength[min(utf8.RuneCountInString(word), maxWord)]
	g.words = append(g.words, id)
	g.letters = append(g.letters, letterBits(word))
}

// near calls fn with the words that may be within reach, the likeliest lengths
// first, and with how many edits they are apart at the least.
func (s *sieve) near(word []rune, reach int, fn func(id uint32, apart int)) {
	letters := letterBits(string(word))
	for i := range 2*reach + 1 {
		n := len(word) + (i+1)/2*(1-i%2*2) // those of its length first, then one shorter, one longer, …
		if n < 0 || n > maxWord {
			continue
		}
		g := &s.byLength[n]
		longer := max(1, n-len(word), len(word)-n)
		for i, theirs := range g.letters {
			if differ := bits.OnesCount64(letters ^ theirs); differ <= 2*reach {
				fn(g.words[i], max(longer, (differ+1)/2))
			}
		}
	}
}

// letterBits has one bit for each letter of a word. Two words that differ by n
// edits differ by at most 2n bits.
func letterBits(word string) uint64 {
	var bits uint64
	for _, r := range word {
		bits |= 1 << (uint32(r) & 63)
	}
	return bits
}

// reachOf is how many mistakes are looked for: none in numbers and very short
// words, one in short words, two in others.
func reachOf(word []rune) int {
	for _, r := range word {
		if r >= '0' && r <= '9' {
			return 0
		}
	}
	switch n := len(word); {
	case n < 3 || n > maxWord:
		return 0
	case n < 6:
		return 1
	}
	return 2
}

// likeness rates a known word of so many documents as a correction.
func likeness(docs, apart int) float64 { return math.Log2(float64(docs)) - 6*float64(apart) }

// sheet is the paper on which distances are worked out, used again and again.
type sheet struct {
	rows    [3][]int
	letters []rune
}

// distance counts the letters to add, drop, change or swap with the next one to
// make the word of a. It stops counting above limit, and so looks only at letters
// whose places are no further apart than that.
func (s *sheet) distance(a []rune, word string, limit int) int {
	b := s.letters[:0]
	for _, r := range word {
		b = append(b, r)
	}
	s.letters = b
	for i := range s.rows {
		s.rows[i] = slices.Grow(s.rows[i][:0], len(b)+1)[:len(b)+1]
	}
	before, above, row := s.rows[0], s.rows[1], s.rows[2]
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	for j := range above {
		above[j] = j
	}
	for i := 1; i <= len(a); i++ {
		from, to := max(1, i-limit), min(i+limit, len(b))
		row[from-1] = limit + 1
		if from == 1 {
			row[0] = i
		}
		if to == i+limit {
			above[to] = limit + 1
		}
		least := row[from-1]
		for j := from; j <= to; j++ {
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+differs(a[i-1], b[j-1]))
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit {
			return limit + 1
		}
		before, above, row = above, row, before
	}
	return above[len(b)]
}

func differs(a, b rune) int {
	if a == b {
		return 0
	}
	return 1
}
