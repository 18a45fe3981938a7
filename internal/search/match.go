package search

import "github.com/RoaringBitmap/roaring/v2"

// Relevance of a word by how it was found.
const (
	exactWeight  = 1.0
	formWeight   = 0.6
	startWeight  = 0.4
	aliasFactor  = 0.8
	phraseFactor = 1.5
)

// tier is the words that match a slot in one way, and where they stand.
type tier struct {
	weight float32
	zones  [zoneCount]*roaring.Bitmap // nil where there is none; not to be changed
}

// found is where one word of a query stands.
type found struct {
	words []uint32 // of the dictionary
	tiers []tier
	docs  *roaring.Bitmap // with the word in any zone; not to be changed
}

// find looks one word of a query up.
func (s *state) find(q slot) found {
	var f found
	if id, ok := s.words.ids[q.word]; ok {
		f.add(s, exactWeight, []uint32{id})
	}
	if q.mode == anyForm || q.mode == asStart {
		f.add(s, formWeight, s.words.formsOf(q.word))
	}
	if q.mode == asStart {
		f.add(s, startWeight, s.words.startingWith(q.word))
	}
	f.docs = f.anywhere()
	return f
}

func (f *found) add(s *state, weight float32, words []uint32) {
	if len(words) == 0 {
		return
	}
	f.words = append(f.words, words...)
	t := tier{weight: weight}
	work := 0 // reading one word is quick, joining many is not
	if len(words) > manyWords {
		work = len(s.cols.ids)
	}
	each(int(zoneCount), work, func(z int) { t.zones[z] = s.zoneOfWords(zone(z), words) })
	f.tiers = append(f.tiers, t)
}

// zoneOfWords gives the documents that have any of the words in a zone.
func (s *state) zoneOfWords(z zone, words []uint32) *roaring.Bitmap {
	if p := &s.words.postings[words[0]]; len(words) == 1 && p.many != nil {
		return p.many[z]
	}
	if len(words) > manyWords {
		return s.zoneOfMany(z, words)
	}
	var few []uint32
	var many []*roaring.Bitmap
	for _, w := range words {
		p := &s.words.postings[w]
		few = p.listZone(z, few)
		if p.many != nil && p.many[z] != nil {
			many = append(many, p.many[z])
		}
	}
	if len(few) > 0 {
		many = append(many, roaring.BitmapOf(few...))
	}
	return union(many)
}

// manyWords is from how many words on their documents are gathered in a plain
// bit field, which is then quicker than joining bitmaps.
const manyWords = 32

func (s *state) zoneOfMany(z zone, words []uint32) *roaring.Bitmap {
	field := make([]uint64, len(s.cols.ids)/64+1)
	set := func(list []uint32) {
		for _, d := range list {
			field[d>>6] |= 1 << (d & 63)
		}
	}
	var few []uint32
	for _, w := range words {
		p := &s.words.postings[w]
		few = p.listZone(z, few[:0])
		set(few)
		if p.many != nil && p.many[z] != nil {
			eachDoc(p.many[z], set)
		}
	}
	return roaring.FromDense(field, false)
}

// union of any number of bitmaps; nil for none, the bitmap itself for one.
func union(maps []*roaring.Bitmap) *roaring.Bitmap {
	switch len(maps) {
	case 0:
		return nil
	case 1:
		return maps[0]
	}
	return roaring.FastOr(maps...)
}

func (f *found) anywhere() *roaring.Bitmap {
	var all []*roaring.Bitmap
	for _, t := range f.tiers {
		for _, b := range t.zones {
			if b != nil {
				all = append(all, b)
			}
		}
	}
	if b := union(all); b != nil {
		return b
	}
	return roaring.New()
}

// inZone gives the documents that have the word in a zone.
func (f *found) inZone(z zone) *roaring.Bitmap {
	var all []*roaring.Bitmap
	for _, t := range f.tiers {
		if t.zones[z] != nil {
			all = append(all, t.zones[z])
		}
	}
	return union(all)
}

// scoring is one word found that counts to relevance, times a factor.
type scoring struct {
	found  found
	factor float32
}

// matched is the outcome of the text of a query.
type matched struct {
	docs     *roaring.Bitmap // not to be changed
	scorings []scoring
	doubtful []slot // words that hardly anybody has and that may be mistyped
}

// match finds the documents that have all clauses.
func (s *state) match(p parsed) matched {
	var m matched
	var none []*roaring.Bitmap
	for _, c := range p.clauses {
		docs, scorings := s.matchClause(c)
		if c.negative {
			none = append(none, docs)
			continue
		}
		if !c.quoted && docs.GetCardinality() <= doubtfulDocs {
			m.doubtful = append(m.doubtful, doubtful(c, scorings)...)
		}
		m.scorings = append(m.scorings, scorings...)
		m.docs = intersect(m.docs, docs)
	}
	if m.docs == nil {
		m.docs = s.cols.live
	}
	if len(none) > 0 {
		m.docs = roaring.AndNot(m.docs, union(none))
	}
	return m
}

// doubtfulDocs is how many documents a word may have and still be taken for a
// mistyped one.
const doubtfulDocs = 2

// doubtful gives the words as written that hardly anybody has.
func doubtful(c clause, scorings []scoring) (out []slot) {
	i := 0
	for _, u := range c.written() {
		for _, q := range u {
			if scorings[i].found.docs.GetCardinality() <= doubtfulDocs {
				out = append(out, q)
			}
			i++
		}
	}
	return out
}

// intersect treats nil as everything.
func intersect(a, b *roaring.Bitmap) *roaring.Bitmap {
	if a == nil {
		return b
	}
	return roaring.And(a, b)
}

// matchClause finds the documents with any alternative. The scorings start with
// one for each word of the first alternative, in their order.
func (s *state) matchClause(c clause) (*roaring.Bitmap, []scoring) {
	var either []*roaring.Bitmap
	var scorings []scoring
	for i, alt := range c.alternatives {
		factor := float32(1)
		if i > 0 {
			factor = aliasFactor
		}
		var docs *roaring.Bitmap
		for _, u := range alt {
			unitDocs, words := s.matchUnit(u, factor)
			docs = intersect(docs, unitDocs)
			scorings = append(scorings, words...)
		}
		either = append(either, docs)
	}
	return union(either), scorings
}

// matchUnit finds the documents with all words of a unit side by side.
func (s *state) matchUnit(u unit, factor float32) (*roaring.Bitmap, []scoring) {
	if len(u) > 1 {
		factor *= phraseFactor
	}
	words := make([]scoring, len(u))
	for i, q := range u {
		words[i] = scoring{s.find(q), factor}
	}
	if len(u) == 1 {
		return words[0].found.docs, words
	}
	return s.phrase(words), words
}
