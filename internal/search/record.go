package search

import "encoding/binary"

// record is what the index keeps of one document to be able to take it out
// again, to check phrases and to name likenesses: its title, its facet values
// and its words in their order, packed as variable-length numbers.
//
//	len(title) title  count facetValue…  (field+1 count word…)… 0
//
// Words are stored as their number plus one; 0 is a line break, over which no
// phrase reaches.
type record []byte

const lineBreak = 0

func (r record) number() (uint32, record) {
	if len(r) > 0 && r[0] < 0x80 { // most numbers are small
		return uint32(r[0]), r[1:]
	}
	v, n := binary.Uvarint(r)
	return uint32(v), r[n:]
}

func (r record) cutTitle() (title []byte, rest record) {
	n, rest := r.number()
	return rest[:n], rest[n:]
}

func (r record) title() string {
	title, _ := r.cutTitle()
	return string(title)
}

// facetValues appends the numbers of the facet values to a list.
func (r record) facetValues(to []uint32) []uint32 {
	_, r = r.cutTitle()
	count, r := r.number()
	var v uint32
	for range count {
		v, r = r.number()
		to = append(to, v)
	}
	return to
}

// skipFacets leaves the part with the words.
func (r record) skipFacets() record {
	_, r = r.cutTitle()
	count, r := r.number()
	for range count {
		_, r = r.number()
	}
	return r
}

// eachField gives the words of each field, with line breaks. The slice is
// overwritten by the next field.
func (r record) eachField(scratch []uint32, fn func(Field, []uint32) (more bool)) []uint32 {
	r = r.skipFacets()
	for {
		var field, count, word uint32
		if field, r = r.number(); field == 0 {
			return scratch
		}
		count, r = r.number()
		scratch = scratch[:0]
		for range count {
			word, r = r.number()
			scratch = append(scratch, word)
		}
		if !fn(Field(field-1), scratch) {
			return scratch
		}
	}
}
