package search

import (
	"cmp"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// scratch is working memory of one search that is kept for the next.
type scratch struct {
	scores []float32 // by document; all zero between searches
	ranked []ranked
	bits   []uint64
}

// ranked is a document with what it is ordered by: higher relevance first.
type ranked struct {
	score float32
	doc   uint32
}

// page gives the documents of one page of the result in the order asked for.
func (s *state) page(sc *scratch, m matched, docs *roaring.Bitmap, q Query) []uint32 {
	total := int(docs.GetCardinality())
	from := min(max(q.Offset, 0), total)
	to := from + min(max(q.Limit, 0), total-from)
	switch {
	case from == to:
		return nil
	case q.Sort == SortRelevance && len(m.scorings) > 0:
		return s.byRelevance(sc, m.scorings, docs, from, to)
	case total == s.cols.count():
		return slices.Clone((*s.orders.list(q.Sort))[from:to])
	case total < s.cols.count()/64:
		return s.bySorting(q.Sort, docs, from, to)
	}
	return s.byWalking(sc, q.Sort, docs, total, from, to)
}

// bySorting sorts a small result.
func (s *state) bySorting(order Sort, docs *roaring.Bitmap, from, to int) []uint32 {
	list := docs.ToArray()
	compare := func(a, b uint32) int { return s.orders.compare(order, a, b) }
	selectRange(list, from, to, compare)
	return list[from:to]
}

// byWalking walks the sorted list of all documents and takes those of the
// result, from whichever end is nearer to the page.
func (s *state) byWalking(sc *scratch, order Sort, docs *roaring.Bitmap, total, from, to int) []uint32 {
	sc.bits = dense(sc.bits, docs, len(s.cols.ids))
	list := *s.orders.list(order)
	out := make([]uint32, 0, to-from)
	if from <= total-to {
		skip := from
		for i := 0; len(out) < to-from; i++ {
			if has(sc.bits, list[i]) {
				if skip--; skip < 0 {
					out = append(out, list[i])
				}
			}
		}
		return out
	}
	skip := total - to
	for i := len(list) - 1; len(out) < to-from; i-- {
		if has(sc.bits, list[i]) {
			if skip--; skip < 0 {
				out = append(out, list[i])
			}
		}
	}
	slices.Reverse(out)
	return out
}

// dense writes a set as a plain bit field over n documents.
func dense(bits []uint64, set *roaring.Bitmap, n int) []uint64 {
	size := n/64 + 1
	bits = slices.Grow(bits[:0], size)[:size]
	clear(bits)
	eachDoc(set, func(list []uint32) {
		for _, d := range list {
			bits[d>>6] |= 1 << (d & 63)
		}
	})
	return bits
}

func has(bits []uint64, doc uint32) bool { return bits[doc>>6]>>(doc&63)&1 != 0 }

// byRelevance scores every document of the result: a word adds its rarity times
// the weight of the zones it stands in and of the way it was found; long texts
// count for less.
func (s *state) byRelevance(sc *scratch, scorings []scoring, docs *roaring.Bitmap, from, to int) []uint32 {
	if n := len(s.cols.ids); len(sc.scores) < n {
		sc.scores = make([]float32, n+n/8)
	}
	for _, w := range scorings {
		s.score(sc.scores, w, docs)
	}
	sc.ranked = slices.Grow(sc.ranked[:0], int(docs.GetCardinality()))
	norm := s.lengthNorm()
	eachDoc(docs, func(list []uint32) {
		for _, doc := range list {
			sc.ranked = append(sc.ranked, ranked{sc.scores[doc] * norm(doc), doc})
			sc.scores[doc] = 0
		}
	})
	s.selectRanked(sc.ranked, from, to)
	out := make([]uint32, 0, to-from)
	for _, r := range sc.ranked[from:to] {
		out = append(out, r.doc)
	}
	return out
}

// selectRanked puts the page from–to of a ranking in its place.
func (s *state) selectRanked(list []ranked, from, to int) {
	labels := s.cols.labels
	selectRange(list, from, to, func(a, b ranked) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return cmp.Compare(labels[a.doc], labels[b.doc])
	})
}

// score adds what one word is worth to the documents of the result that have it.
func (s *state) score(scores []float32, w scoring, docs *roaring.Bitmap) {
	rarity := s.rarity(int(w.found.docs.GetCardinality()))
	for _, t := range w.found.tiers {
		for z, set := range t.zones {
			if set == nil {
				continue
			}
			gain := rarity * w.factor * t.weight * zoneWeight(zone(z))
			eachDoc(roaring.And(set, docs), func(list []uint32) {
				for _, doc := range list {
					scores[doc] += gain
				}
			})
		}
	}
}

// rarity is how much a word tells that stands in so many documents.
func (s *state) rarity(docs int) float32 {
	n := float64(s.cols.count())
	return float32(math.Log(1 + (n-float64(docs)+0.5)/(float64(docs)+0.5)))
}

// lengthNorm gives a factor that is 1 for a document of average length.
func (s *state) lengthNorm() func(doc uint32) float32 {
	const pull = 0.3
	average := float32(max(s.cols.words, 1)) / float32(max(s.cols.count(), 1))
	return func(doc uint32) float32 {
		return 1 / (1 - pull + pull*float32(s.cols.lengths[doc])/average)
	}
}

// selectRange puts at list[from:to] what would stand there if the list were
// sorted, without sorting the rest.
func selectRange[T any](list []T, from, to int, compare func(a, b T) int) {
	lo, hi := 0, len(list)
	for hi-lo > 2*(to-from)+64 {
		at := lo + partition(list[lo:hi], compare)
		switch {
		case at < from:
			lo = at + 1
		case at >= to:
			hi = at
		default: // the pivot is inside the page: both sides matter
			selectRange(list[lo:at], from-lo, at-lo, compare)
			selectRange(list[at+1:hi], 0, to-at-1, compare)
			return
		}
	}
	slices.SortFunc(list[lo:hi], compare)
}

// partition moves what is lower than a middle value before it and gives its place.
func partition[T any](list []T, compare func(a, b T) int) int {
	last := len(list) - 1
	mid := median(list, 0, len(list)/2, last, compare)
	list[mid], list[last] = list[last], list[mid]
	pivot, at := list[last], 0
	for i := range last {
		if compare(list[i], pivot) < 0 {
			list[i], list[at] = list[at], list[i]
			at++
		}
	}
	list[at], list[last] = list[last], list[at]
	return at
}

func median[T any](list []T, a, b, c int, compare func(a, b T) int) int {
	if compare(list[a], list[b]) > 0 {
		a, b = b, a
	}
	if compare(list[b], list[c]) > 0 {
		b = c
	}
	if compare(list[a], list[b]) > 0 {
		b = a
	}
	return b
}
