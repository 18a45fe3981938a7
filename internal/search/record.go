package search

import "encoding/binary"

// record is what the index keeps of one document to be able to take it out
// again, to check phrases and to name likenesses: its title, its facet values
// and its words in their order, packed as variable-length numbers.
//
//	len(title) title  len(values) value…  (field+1 count word…)… 0
//
// Words are stored as their number plus one; 0 is a line break, over which no
// phrase reaches.
type record []byte

const lineBreak = 0

// number reads one number. Nearly all take one or two bytes.
func (r record) number() (uint32, record) {
	if r[0] < 0x80 {
		return uint32(r[0]), r[1:]
	}
	if len(r) > 1 && r[1] < 0x80 {
		return uint32(r[0]&0x7f) | uint32(r[1])<<7, r[2:]
	}
	v, n := binary.Uvarint(r)
	return uint32(v), r[n:]
}

// part reads bytes with their length before them.
func (r record) part() (part, rest record) {
	n, rest := r.number()
	return rest[:n], rest[n:]
}

func (r record) title() string {
	title, _ := r.part()
	return string(title)
}

// facetValues appends the numbers of the facet values to a list.
func (r record) facetValues(to []uint32) []uint32 {
	_, r = r.part()
	values, _ := r.part()
	var v uint32
	for len(values) > 0 {
		v, values = values.number()
		to = append(to, v)
	}
	return to
}

// eachField gives the words of each field, with line breaks. The slice is
// overwritten by the next field.
func (r record) eachField(scratch []uint32, fn func(Field, []uint32) (more bool)) []uint32 {
	_, r = r.part() // title
	_, r = r.part() // facet values
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
