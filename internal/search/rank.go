package search

import (
	"math"
	"slices"
)

// ranked is a document with what it is ordered by: higher relevance first.
type ranked struct {
	score float32
	doc   uint32
}

// page gives the documents of one page of the result in the order asked for.
func (s *state) page(a *arena, m matched, docs set, q Query) []uint32 {
	from := min(max(q.Offset, 0), docs.n)
	to := from + min(max(q.Limit, 0), docs.n-from)
	switch {
	case from == to:
		return nil
	case q.Sort == SortRelevance && len(m.scorings) > 0:
		return s.byRelevance(a, m.scorings, docs, from, to)
	case docs.n == s.cols.count():
		return slices.Clone((*s.orders.list(q.Sort))[from:to])
	case s.sorts(docs, from, to):
		return s.bySorting(a, q.Sort, docs, from, to)
	}
	return s.byWalking(a, q.Sort, docs, from, to)
}

// sorts says whether sorting the result is quicker than walking through all
// documents in their order until the page is reached.
func (s *state) sorts(docs set, from, to int) bool {
	const sortCost, walkCost = 40, 2
	all := s.cols.count()
	walk := min(to, docs.n-from) * (all / docs.n)
	return docs.n*sortCost < min(walk, all)*walkCost
}

// bySorting sorts a small result.
func (s *state) bySorting(a *arena, order Sort, docs set, from, to int) []uint32 {
	a.docs = docs.docs(a.docs[:0])
	selectRange(a.docs, from, to, func(x, y uint32) int { return s.orders.compare(order, x, y) })
	return slices.Clone(a.docs[from:to])
}

// byWalking walks the sorted list of all documents and takes those of the
// result, from whichever end is nearer to the page.
func (s *state) byWalking(a *arena, order Sort, docs set, from, to int) []uint32 {
	field := docs.field
	if field == nil {
		field = a.field()
		setBits(field, docs.list)
	}
	list := *s.orders.list(order)
	out := make([]uint32, 0, to-from)
	if from <= docs.n-to {
		skip := from
		for i := 0; len(out) < to-from; i++ {
			if has(field, list[i]) {
				if skip--; skip < 0 {
					out = append(out, list[i])
				}
			}
		}
		return out
	}
	skip := docs.n - to
	for i := len(list) - 1; len(out) < to-from; i-- {
		if has(field, list[i]) {
			if skip--; skip < 0 {
				out = append(out, list[i])
			}
		}
	}
	slices.Reverse(out)
	return out
}

// byRelevance ranks the documents of the result: a word adds its rarity times
// the weight of the zones it stands in and of the way it was found; long texts
// count for less.
func (s *state) byRelevance(a *arena, scorings []scoring, docs set, from, to int) []uint32 {
	var gains []gain
	for _, w := range scorings {
		rarity := s.rarity(w.found.docs.n)
		for _, t := range w.found.tiers {
			for z, in := range t.zones {
				gains = append(gains, gain{in, rarity * w.factor * t.weight * zoneWeight(zone(z))})
			}
		}
	}
	norm, highest := s.lengthNorm()
	return s.best(a, docs, gains, norm, highest, from, to)
}

// rarity is how much a word tells that stands in so many documents.
func (s *state) rarity(docs int) float32 {
	n := float64(s.cols.count())
	return float32(math.Log(1 + (n-float64(docs)+0.5)/(float64(docs)+0.5)))
}

// lengthNorm gives a factor that is 1 for a document of average length, and the
// highest it can be.
func (s *state) lengthNorm() (norm func(doc uint32) float32, highest float32) {
	const pull = 0.3
	average := float32(max(s.cols.words, 1)) / float32(max(s.cols.count(), 1))
	return func(doc uint32) float32 {
		return 1 / (1 - pull + pull*float32(s.cols.lengths[doc])/average)
	}, 1 / (1 - pull)
}
