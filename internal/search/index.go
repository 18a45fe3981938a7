package search

import (
	"encoding/binary"
	"iter"
	"math"
	"strings"
	"sync"

	"atlas/internal/coverage"
	"atlas/internal/czech"
)

// Index is the search index. Any number of goroutines may search while one
// changes it; a change is seen by the next search.
type Index struct {
	mu        sync.RWMutex
	state     *state
	aliases   *aliases
	arenas    arenas
	otherwise map[Facet]string
}

// Options say how an index understands queries.
type Options struct {
	Aliases [][]string // groups of spellings of one name
	// Otherwise says of a facet which value the documents have that are given no
	// other. One that most have costs neither memory nor time for each of them.
	Otherwise map[Facet]string
}

// New makes an empty index.
func New(opts Options) *Index {
	return &Index{
		state:     newState(opts.Otherwise),
		aliases:   newAliases(opts.Aliases),
		arenas:    newArenas(),
		otherwise: opts.Otherwise,
	}
}

// SetAliases replaces the groups of spellings.
func (x *Index) SetAliases(groups [][]string) {
	a := newAliases(groups)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.aliases = a
}

// Build replaces everything by the documents given. Searches go on over the
// old content until it is done. Of two documents with one id the later stands.
func (x *Index) Build(docs iter.Seq[Document]) {
	s := newState(x.otherwise)
	s.addAll(docs)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.state = s
}

// Put adds a document or replaces the one with its id.
func (x *Index) Put(d Document) {
	x.mu.Lock()
	defer x.mu.Unlock()
	s := x.state
	s.remove(d.ID)
	doc := s.add(d)
	s.words.learn()
	s.words.settle()
	for _, column := range s.facets {
		column.settle()
	}
	s.orders.insert(doc)
	if s.cols.count() > 2*max(s.known, frequentLeast) {
		s.learnFrequent()
	}
}

// Delete takes a document out; one that is not there is no error.
func (x *Index) Delete(id string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.state.remove(id)
}

// Len is the number of documents.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.state.cols.count()
}

// state is the content of an index.
type state struct {
	words  *dictionary
	facets map[Facet]*facetColumn
	cols   *columns
	orders *orders
	book   *coverage.Book
	starts *starts // of words, that very many have
	pairs  *pairs  // of frequent words
	known  int     // how many documents there were when starts and pairs were found

	zones   []zoneMask // by word: the zones of the document being added
	touched []uint32   // words with zones
	numbers []uint32
	packed  []byte
	part    []byte
	bulk    bool // building: sets of documents are made at the end, each at once
}

func newState(otherwise map[Facet]string) *state {
	c := newColumns()
	s := &state{
		words:  newDictionary(),
		facets: map[Facet]*facetColumn{},
		starts: newStarts(),
		pairs:  newPairs(),
		cols:   c,
		book:   coverage.NewBook(),
		orders: &orders{cols: c, collator: czech.NewCollator()},
	}
	for facet, code := range otherwise {
		s.facets[facet] = newColumnOtherwise(code)
	}
	return s
}

// add puts a document everywhere but into the orders. Its id must not be there.
func (s *state) add(d Document) uint32 {
	doc := s.cols.take()
	s.packed = packText(packText(s.packed[:0], d.ID), strings.ToValidUTF8(d.Title, "\ufffd"))
	s.linkFacets(doc, d.Facets)
	words := s.packTexts(d.Texts)
	s.linkWords(doc)
	s.cols.set(doc, d, s.packed, words)
	s.book.Put(doc, d.Entry)
	if !s.bulk {
		s.pairs.add(doc, s.cols.record(doc), s.cols.size())
	}
	return doc
}

// linkFacets writes the values of a document into the columns of the facets.
func (s *state) linkFacets(doc uint32, facets map[Facet][]string) {
	for facet, codes := range facets {
		if len(codes) == 0 {
			continue
		}
		column := s.facets[facet]
		if column == nil {
			column = newFacetColumn()
			s.facets[facet] = column
		}
		s.numbers = column.numbers(s.numbers[:0], codes)
		if len(s.numbers) == 0 {
			continue
		}
		column.write(doc, column.sets.id(s.numbers))
		if !s.bulk {
			column.link(doc, s.cols.size())
		}
	}
}

// packPart packs numbers with the length of what they take before them.
func (s *state) packPart(numbers []uint32) {
	s.part = s.part[:0]
	for _, v := range numbers {
		s.part = binary.AppendUvarint(s.part, uint64(v))
	}
	s.packed = binary.AppendUvarint(s.packed, uint64(len(s.part)))
	s.packed = append(s.packed, s.part...)
}

// packTexts packs the words of all fields and notes their zones. It gives the
// number of words.
func (s *state) packTexts(texts map[Field]string) int {
	total := 0
	for f := range fieldCount {
		text := texts[f]
		if text == "" {
			continue
		}
		n := s.readWords(text, zoneOf(f))
		if n == 0 {
			continue
		}
		s.packed = append(s.packed, byte(f)+1)
		s.packPart(s.numbers)
		total += n
	}
	s.packed = append(s.packed, 0)
	return total
}

// readWords leaves the words of a text in s.numbers.
func (s *state) readWords(text string, z zone) (count int) {
	s.numbers = s.numbers[:0]
	for line := range strings.SplitSeq(text, "\n") {
		if len(s.numbers) > 0 {
			s.numbers = append(s.numbers, lineBreak)
		}
		for start, end := range spans(line) {
			id, ok := s.words.read(line[start:end])
			if !ok {
				continue
			}
			s.numbers = append(s.numbers, id+1)
			s.touch(id, z)
			count++
		}
	}
	return count
}

func (s *state) touch(word uint32, z zone) {
	for int(word) >= len(s.zones) {
		s.zones = append(s.zones, 0)
	}
	if s.zones[word] == 0 {
		s.touched = append(s.touched, word)
	}
	s.zones[word] |= 1 << z
}

// linkWords adds the document to the words touched.
func (s *state) linkWords(doc uint32) {
	room := math.MaxInt // while building, bitmaps are made at the end
	if !s.bulk {
		room = longPosting(s.cols.size())
	}
	for _, w := range s.touched {
		s.words.postings.add(w, doc, s.zones[w], room)
		if !s.bulk {
			s.starts.add(s.words.words.get(w), doc, s.zones[w])
		}
		s.zones[w] = 0
	}
	s.touched = s.touched[:0]
}

// remove takes a document out of everything.
func (s *state) remove(id string) {
	doc, ok := s.cols.find(id)
	if !ok {
		return
	}
	s.orders.remove(doc)
	s.unlink(doc)
}

// unlink takes a document out of everything but the orders.
func (s *state) unlink(doc uint32) {
	r := s.cols.record(doc)
	for _, column := range s.facets {
		column.unlink(doc, s.bulk)
	}
	for f, packed := range r.fields() {
		s.numbers = packed.numbers(s.numbers[:0])
		for _, w := range s.numbers {
			if w != lineBreak {
				s.touch(w-1, zoneOf(f))
			}
		}
	}
	for _, w := range s.touched {
		s.words.postings.remove(w, doc)
		s.starts.remove(s.words.words.get(w), doc)
		s.zones[w] = 0
	}
	s.touched = s.touched[:0]
	s.pairs.remove(doc, r)
	s.cols.clear(doc)
	s.book.Delete(doc)
}
