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
// The gains are taken in the order of their amounts. Once enough documents have
// one of the first, and the last on the page scores more than all other gains
// together could give, the documents that have none of the first need not be
// looked at: of those found by a frequent word only the ones that have it in
// their title are scored.
func (s *state) best(a *arena, docs set, gains []gain, norm func(uint32) float32, highest float32, from, to int) []uint32 {
	if from >= to {
		return nil
	}
	gains = slices.DeleteFunc(gains, func(g gain) bool { return g.n == 0 })
	slices.SortStableFunc(gains, func(x, y gain) int { return cmp.Compare(y.amount, x.amount) })
	const enough = 4096 // so few documents are not worth choosing from
	var leading set
	tried := 0
	for i := range gains {
		if docs.n < enough {
			break
		}
		leading = a.union(leading, a.and(docs, gains[i].set))
		if leading.n < max(to, 2*tried) || 2*leading.n > docs.n {
			continue
		}
		tried = leading.n
		page := s.ranking(a, leading, gains, norm, from, to)
		rest := float32(0)
		for _, g := range gains[i+1:] {
			rest += g.amount
		}
		if page[len(page)-1].score > rest*highest*(1+1e-5) { // sums are rounded
			return docsOf(page)
		}
	}
	return docsOf(s.ranking(a, docs, gains, norm, from, to))
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
