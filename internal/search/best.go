package search

import (
	"cmp"
	"math"
	"slices"
)

// gain is what documents win by being in a set.
type gain struct {
	set
	amount float32
}

// best gives the places from–to of a ranking of documents by the sum of their
// gains times a factor of the document, which is never above highest.
//
// The gains are taken in the order of their amounts. The documents that have one
// of the first few, just enough for the page, are scored to see what the last on
// the page must have at least. The gains that add up to less may then be left
// out: who has only those need not be looked at. Of the documents found by a
// frequent word only those that have it in their title are scored.
func (s *state) best(a *arena, docs set, gains []gain, norm func(uint32) float32, highest float32, from, to int) []uint32 {
	if from >= to {
		return nil
	}
	gains = slices.DeleteFunc(gains, func(g gain) bool { return g.n == 0 })
	slices.SortStableFunc(gains, func(x, y gain) int { return cmp.Compare(y.amount, x.amount) })
	const worthwhile = 4096 // so few documents are not worth choosing from
	if docs.n < worthwhile || 4*to > docs.n {
		return docsOf(s.ranking(a, docs, gains, norm, from, to))
	}
	var first set
	n := 0
	for ; n < len(gains) && first.n < to; n++ {
		first = a.union(first, a.and(docs, gains[n].set))
	}
	if first.n >= to && 2*first.n < docs.n {
		page := s.ranking(a, first, gains, norm, from, to)
		least := page[len(page)-1].score
		last := len(gains)
		for rest := float32(0); last > n; last-- {
			if rest += gains[last-1].amount; rest*highest*(1+1e-5) >= least { // sums are rounded
				break
			}
		}
		if last == n {
			return docsOf(page)
		}
		docs = s.having(a, docs, gains[:last])
	}
	return docsOf(s.ranking(a, docs, gains, norm, from, to))
}

// having gives the documents that have any of some gains.
func (s *state) having(a *arena, docs set, gains []gain) set {
	sets := make([]set, len(gains))
	for i, g := range gains {
		sets[i] = g.set
	}
	return a.and(docs, a.union(sets...))
}

func docsOf(page []ranked) []uint32 {
	out := make([]uint32, len(page))
	for i, r := range page {
		out[i] = r.doc
	}
	return out
}

// ranking scores documents and gives the places from–to in order.
func (s *state) ranking(a *arena, docs set, gains []gain, norm func(uint32) float32, from, to int) []ranked {
	a.docs = docs.docs(a.docs[:0])
	a.scores = slices.Grow(a.scores[:0], len(a.docs))[:len(a.docs)]
	const part = 1 << 14
	parts := (len(a.docs) + part - 1) / part
	each(parts, len(a.docs)*(len(gains)+2), func(i int) {
		at, end := i*part, min((i+1)*part, len(a.docs))
		score(a.scores[at:end], a.docs[at:end], gains)
		for j, doc := range a.docs[at:end] {
			a.scores[at+j] *= norm(doc)
		}
	})
	return s.choose(a, from, to)
}

// score adds up the gains of documents.
func score(scores []float32, docs []uint32, gains []gain) {
	clear(scores)
	for _, g := range gains {
		if g.field == nil {
			scoreList(scores, docs, g)
			continue
		}
		amount := math.Float32bits(g.amount)
		for i, doc := range docs {
			bit := uint32(g.field[doc>>6] >> (doc & 63) & 1)
			scores[i] += math.Float32frombits(amount & -bit)
		}
	}
}

// scoreList goes through two sorted lists side by side.
func scoreList(scores []float32, docs []uint32, g gain) {
	at, _ := slices.BinarySearch(g.list, docs[0])
	i := 0
	for _, doc := range g.list[at:] {
		for i < len(docs) && docs[i] < doc {
			i++
		}
		if i == len(docs) {
			return
		}
		if docs[i] == doc {
			scores[i] += g.amount
		}
	}
}

// choose gives the places from–to of what is scored in the arena. Where there is
// much, it first finds out between which scores the page lies: scores are never
// negative, so their bits are in the order of their sizes.
func (s *state) choose(a *arena, from, to int) []ranked {
	const few, shift = 2048, 17
	low, high := uint32(0), uint32(math.MaxUint32)
	if len(a.docs) > few {
		counts := a.counters(1 << (32 - shift))
		for _, score := range a.scores {
			counts[math.Float32bits(score)>>shift]++
		}
		above, bucket := 0, len(counts)-1
		for ; above+int(counts[bucket]) <= from; bucket-- {
			above += int(counts[bucket])
		}
		high = uint32(bucket)
		from, to = from-above, to-above
		for above = int(counts[bucket]); above < to; above += int(counts[bucket]) {
			bucket--
		}
		low = uint32(bucket)
	}
	a.ranked = a.ranked[:0]
	for i, score := range a.scores {
		if b := math.Float32bits(score) >> shift; b >= low && b <= high {
			a.ranked = append(a.ranked, ranked{score, a.docs[i]})
		}
	}
	s.selectRanked(a.ranked, from, to)
	return a.ranked[from:to]
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
