package search

import (
	"cmp"
	"slices"
	"strings"
)

// Suggest completes what a person is typing: the last word by words of the
// documents, the commonest first, and then titles that match all of it.
func (x *Index) Suggest(prefix string, limit int) []string {
	a := x.arenas.take()
	defer x.arenas.put(a)
	x.mu.RLock()
	defer x.mu.RUnlock()
	a.fit(x.state.cols.size())
	p := parse(prefix, true, x.aliases)
	if limit <= 0 || len(p.clauses) == 0 {
		return nil
	}
	s := x.state
	out := s.completions(prefix, p, (limit+1)/2)
	for _, title := range s.titles(a, p, limit) {
		if len(out) == limit {
			break
		}
		if !slices.Contains(out, title) {
			out = append(out, title)
		}
	}
	return out
}

// completions finish the last word; what was typed before it stays as it is.
func (s *state) completions(typed string, p parsed, limit int) []string {
	last := lastSlot(p)
	if last.mode != asStart || last.end != len(typed) {
		return nil
	}
	words := s.words.startingWith(last.word)
	counts := make(map[uint32]int, len(words))
	for _, id := range words {
		counts[id] = s.words.postings.count(id)
	}
	words = slices.DeleteFunc(words, func(id uint32) bool { return counts[id] == 0 })
	selectRange(words, 0, min(limit, len(words)), func(a, b uint32) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), s.words.compare(a, b))
	})
	var out []string
	for _, id := range words[:min(limit, len(words))] {
		out = append(out, strings.ToValidUTF8(typed[:last.start], "")+s.words.show(id))
	}
	return out
}

func lastSlot(p parsed) slot {
	units := p.clauses[len(p.clauses)-1].written()
	u := units[len(units)-1]
	return u[len(u)-1]
}

// titles gives the titles of the documents that match best.
func (s *state) titles(a *arena, p parsed, limit int) []string {
	m := s.match(a, p)
	var out []string
	for _, doc := range s.page(a, m, m.docs, Query{Limit: limit}) {
		out = append(out, s.cols.record(doc).title())
	}
	return out
}
