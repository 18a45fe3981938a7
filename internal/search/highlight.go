package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Span is a piece of a text; Hit says that it is to be marked. The pieces of
// Highlight put together are the text.
type Span struct {
	Text string
	Hit  bool
}

// Highlight marks the words that the terms of a query found (Result.Normalised):
// the word itself, its inflected forms, what starts with it where the term ends
// in a star, and phrases only where they stand whole.
func Highlight(text string, terms []string) []Span {
	return cut(text, 0, len(text), hits(text, terms))
}

// Snippet gives the part of a text, about so many characters long, that has the
// most different terms, marked as Highlight does; "…" stands where text was
// left out. Without any hit it is the beginning.
func Snippet(text string, terms []string, runes int) []Span {
	found := hits(text, terms)
	if utf8.RuneCountInString(text) <= runes {
		return cut(text, 0, len(text), found)
	}
	from, to := window(text, found, max(runes, 1))
	out := cut(text, from, to, found)
	if from > 0 {
		out = append([]Span{{Text: "…"}}, out...)
	}
	if to < len(text) {
		out = append(out, Span{Text: "…"})
	}
	return out
}

// hit is a place in a text that a term found.
type hit struct{ start, end, term int }

// hits finds all places, in their order, none over another.
func hits(text string, terms []string) []hit {
	patterns := patternsOf(terms)
	words := slices.Collect(tokens(text))
	var out []hit
	for i := 0; i < len(words); {
		n, term := longestAt(words[i:], patterns)
		if n == 0 {
			i++
			continue
		}
		out = append(out, hit{words[i].start, words[i+n-1].end, term})
		i += n
	}
	return out
}

// pattern is one term: the words that must stand side by side.
type pattern []patternWord

type patternWord struct {
	word  string
	keys  []string
	start bool // what starts with the word matches as well
}

func patternsOf(terms []string) []pattern {
	out := make([]pattern, len(terms))
	for i, term := range terms {
		for _, chunk := range strings.Fields(term) {
			for t := range tokens(chunk) {
				out[i] = append(out[i], patternWord{word: t.word, keys: stemKeys(t.word), start: strings.HasSuffix(chunk, "*")})
			}
		}
	}
	return out
}

// longestAt finds the pattern that takes most words from the first on.
func longestAt(words []token, patterns []pattern) (n, term int) {
	for i, p := range patterns {
		if len(p) > n && len(p) <= len(words) && p.matches(words) {
			n, term = len(p), i
		}
	}
	return n, term
}

func (p pattern) matches(words []token) bool {
	for i, w := range p {
		if !w.matches(words[i].word) {
			return false
		}
	}
	return true
}

func (w patternWord) matches(word string) bool {
	if word == w.word || w.start && strings.HasPrefix(word, w.word) {
		return true
	}
	if len(w.keys) == 0 || word[0] != w.word[0] { // stems keep the first letter
		return false
	}
	return slices.ContainsFunc(stemKeys(word), func(k string) bool { return slices.Contains(w.keys, k) })
}

// window chooses the part of a text with the most different terms. Its ends are
// at the ends of words where there are any near.
func window(text string, found []hit, runes int) (from, to int) {
	best := 0
	for i := range found {
		start := back(text, found[i].start, runes/5)
		end := forward(text, start, runes)
		if n := different(found[i:], end); n > best {
			best, from = n, start
		}
	}
	to = forward(text, from, runes)
	if to < len(text) {
		if space := strings.LastIndexAny(text[from:to], " \n\u00a0"); space > (to-from)*3/4 {
			to = from + space
		}
	}
	return from, to
}

// different counts the terms that have a hit before a place.
func different(found []hit, end int) int {
	var seen []int
	for _, h := range found {
		if h.start >= end {
			break
		}
		if h.end <= end && !slices.Contains(seen, h.term) {
			seen = append(seen, h.term)
		}
	}
	return len(seen)
}

// back goes up to so many characters back and then on to the next word.
func back(text string, at, runes int) int {
	start := at
	for ; runes > 0 && start > 0; runes-- {
		_, size := utf8.DecodeLastRuneInString(text[:start])
		start -= size
	}
	if start == 0 {
		return 0
	}
	if space := strings.IndexAny(text[start:at], " \n"); space >= 0 {
		return start + space + 1
	}
	return at
}

func forward(text string, at, runes int) int {
	for ; runes > 0 && at < len(text); runes-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// cut cuts text[from:to] at the hits that lie whole inside it.
func cut(text string, from, to int, found []hit) []Span {
	var out []Span
	for _, h := range found {
		if h.start < from || h.end > to {
			continue
		}
		if h.start > from {
			out = append(out, Span{Text: text[from:h.start]})
		}
		out = append(out, Span{Text: text[h.start:h.end], Hit: true})
		from = h.end
	}
	if from < to {
		out = append(out, Span{Text: text[from:to]})
	}
	return out
}
