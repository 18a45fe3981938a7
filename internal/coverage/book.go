package coverage

import (
	"encoding/binary"
	"hash/maphash"
	"math"
	"slices"
	"sync"
)

// Book (kniha) keeps the entries of all published projects in columns, by the
// number of the document that the search index gives them, so that what a search
// finds can be summed at once. One goroutine at a time may change it; the index
// sees to that, and that nobody reads meanwhile.
//
// Most projects share their places and areas with many others, so each set of
// them is kept once and an entry takes 26 bytes.
type Book struct {
	minor       []int64
	first, last []uint16 // months since January of epoch; 0 of both = start not known
	flags       []flag
	places      []uint32
	areas       []uint32
	groups      []uint32

	placeSets, areaSets, groupSets *shareSets

	mu      sync.Mutex
	layouts []*layout // those asked for last: territories seldom change
	wholes  []*whole  // those asked for last
}

// epoch is the year before which no project starts; an earlier one is counted
// from there.
const epoch = 1800

type flag uint16

const (
	present flag = 1 << iota
	counted
	unknownStatus
	wide
	abroad
	known
	estimate
	fromCost
	partial
	wholeShare
	ongoing
	endUnknown
)

// NewBook makes an empty book.
func NewBook() *Book {
	return &Book{placeSets: newShareSets(), areaSets: newShareSets(), groupSets: newShareSets()}
}

// Put writes the entry of a document, in place of the one it had.
func (b *Book) Put(doc uint32, e Entry) {
	b.reach(doc)
	b.Delete(doc)
	b.minor[doc] = e.Minor
	b.first[doc], b.last[doc] = fromEpoch(e.First), fromEpoch(e.Last)
	b.flags[doc] = flagsOf(e)
	b.places[doc] = b.placeSets.id(e.Places)
	b.areas[doc] = b.areaSets.id(e.Areas)
	b.groups[doc] = b.groupSets.id(e.Groups)
	b.remember(doc)
}

// Delete forgets the entry of a document.
func (b *Book) Delete(doc uint32) {
	if int(doc) < len(b.flags) && b.flags[doc] != 0 {
		b.forget(doc)
		b.flags[doc] = 0
	}
}

func (b *Book) reach(doc uint32) {
	n := int(doc) + 1
	b.minor, b.first, b.last = grown(b.minor, n), grown(b.first, n), grown(b.last, n)
	b.flags = grown(b.flags, n)
	b.places, b.areas, b.groups = grown(b.places, n), grown(b.areas, n), grown(b.groups, n)
}

func grown[T any](column []T, n int) []T {
	if n <= len(column) {
		return column
	}
	return append(column, make([]T, n-len(column))...)
}

func fromEpoch(m Month) uint16 {
	if m == 0 {
		return 0
	}
	return uint16(min(max(int(m)-epoch*12, 1), math.MaxUint16))
}

func month(n uint16) Month { return Month(int(n) + epoch*12) }

func flagsOf(e Entry) flag {
	f := present
	set := func(yes bool, bit flag) {
		if yes {
			f |= bit
		}
	}
	set(e.Uncounted == Counted, counted)
	set(e.Uncounted == UnknownStatus, unknownStatus)
	set(e.Where == Wide, wide)
	set(e.Where == Abroad, abroad)
	set(e.Known, known)
	set(e.Estimate, estimate)
	set(e.FromCost, fromCost)
	set(e.Partial, partial)
	set(e.WholeShare, wholeShare)
	set(e.Ongoing, ongoing)
	set(e.EndUnknown, endUnknown)
	return f
}

// shareSets keeps each set of shares once, all of them side by side: a list of real
// projects has a set of its own for every tenth.
type shareSets struct {
	codes   []string
	byCode  map[string]uint32
	ends    []uint32 // of each set in members and weights
	members []uint32 // codes
	weights []int64
	byShape map[uint64]uint32 // set by hash; the next hash where another set has it
	seed    maphash.Seed
	key     []byte
}

// newShareSets makes a store of sets in which 0 is the empty set.
func newShareSets() *shareSets {
	return &shareSets{byCode: map[string]uint32{}, ends: []uint32{0}, byShape: map[uint64]uint32{}, seed: maphash.MakeSeed()}
}

// len is how many sets there are.
func (s *shareSets) len() int { return len(s.ends) }

// span is where a set lies.
func (s *shareSets) span(set uint32) (from, to uint32) {
	if set > 0 {
		from = s.ends[set-1]
	}
	return from, s.ends[set]
}

// of gives the codes of a set and their weights.
func (s *shareSets) of(set uint32) (codes []uint32, weights []int64) {
	from, to := s.span(set)
	return s.members[from:to], s.weights[from:to]
}

// id gives the number of a set, a new one if need be.
func (s *shareSets) id(shares []Share) uint32 {
	if len(shares) == 0 {
		return 0
	}
	s.key = s.key[:0]
	for _, x := range shares {
		s.key = binary.AppendUvarint(s.key, uint64(s.code(x.Code)))
		s.key = binary.AppendVarint(s.key, x.Weight)
	}
	hash := maphash.Bytes(s.seed, s.key)
	for id, taken := s.byShape[hash]; taken; id, taken = s.byShape[hash] {
		if s.is(id, shares) {
			return id
		}
		hash++
	}
	id := uint32(s.len())
	for _, x := range shares {
		s.members = append(s.members, s.byCode[x.Code])
		s.weights = append(s.weights, x.Weight)
	}
	s.ends = append(s.ends, uint32(len(s.members)))
	s.byShape[hash] = id
	return id
}

func (s *shareSets) is(id uint32, shares []Share) bool {
	codes, weights := s.of(id)
	if len(codes) != len(shares) {
		return false
	}
	for i, x := range shares {
		if codes[i] != s.byCode[x.Code] || weights[i] != x.Weight {
			return false
		}
	}
	return true
}

func (s *shareSets) code(code string) uint32 {
	id, ok := s.byCode[code]
	if !ok {
		id = uint32(len(s.codes))
		s.codes = append(s.codes, code)
		s.byCode[code] = id
	}
	return id
}

// items are the sets of an axis.
func (b *Book) items(axis Axis) *shareSets {
	if axis == ByTarget {
		return b.groupSets
	}
	return b.areaSets
}

// sorted gives the codes in order.
func (s *shareSets) sorted() []string {
	out := slices.Clone(s.codes)
	slices.Sort(out)
	return out
}
