package search

import (
	"bytes"
	"encoding/binary"
	"iter"
)

// record is what the index keeps of one document to be able to take it out
// again, to check phrases and to name likenesses: its id, its title and its
// words in their order, packed as variable-length numbers.
//
//	len(id) id  len(title) title  (field+1 len(words) word…)… 0
//
// What lies behind the 0 belongs to other documents.
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

// packText adds a text to packed ones, with its length before it.
func packText[T string | []byte](to []byte, text T) []byte {
	return append(binary.AppendUvarint(to, uint64(len(text))), text...)
}

func (r record) id() string {
	id, _ := r.part()
	return string(id)
}

// is says whether a record is there and has the id.
func (r record) is(id string) bool {
	if r == nil {
		return false
	}
	own, _ := r.part()
	return string(own) == id
}

func (r record) title() string {
	_, r = r.part()
	title, _ := r.part()
	return string(title)
}

// numbers appends all numbers of a part to a list.
func (r record) numbers(to []uint32) []uint32 {
	var v uint32
	for len(r) > 0 {
		v, r = r.number()
		to = append(to, v)
	}
	return to
}

// fields gives the fields that have words, each with its words still packed;
// numbers unpacks them.
func (r record) fields() iter.Seq2[Field, record] {
	return func(yield func(Field, record) bool) {
		_, r := r.part() // id
		_, r = r.part()  // title
		for r[0] != 0 {
			field := Field(r[0] - 1)
			var words record
			if words, r = r[1:].part(); !yield(field, words) {
				return
			}
		}
	}
}

// has says whether some packed numbers stand in a part one after another. All
// but the last byte of a number have the high bit, so that what is found is whole
// numbers if it does not start inside one.
func (r record) has(packed record) bool {
	for len(r) >= len(packed) {
		at := bytes.Index(r, packed)
		if at <= 0 || r[at-1] < 0x80 {
			return at >= 0
		}
		r = r[at+1:]
	}
	return false
}
