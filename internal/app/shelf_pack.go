package app

import (
	"encoding/binary"
	"io"
)

// packTexts appends texts, each with its length before it. Records that a shelf
// gives back by the hundred thousand pack themselves so: reading JSON takes five
// times as long.
func packTexts(to []byte, all ...string) []byte {
	for _, s := range all {
		to = append(binary.AppendUvarint(to, uint64(len(s))), s...)
	}
	return to
}

// packNumbers appends numbers.
func packNumbers(to []byte, all ...int) []byte {
	for _, n := range all {
		to = binary.AppendVarint(to, int64(n))
	}
	return to
}

// unpacking takes back what was packed, in the same order. The texts share one.
type unpacking struct {
	rest   []byte
	text   string // the same bytes
	broken bool
}

func newUnpacking(packed []byte) *unpacking {
	return &unpacking{rest: packed, text: string(packed)}
}

// skip leaves n bytes behind, or everything where there are not so many.
func (u *unpacking) skip(n int) {
	if n <= 0 || n > len(u.rest) {
		n, u.broken = len(u.rest), true
	}
	u.rest, u.text = u.rest[n:], u.text[n:]
}

func (u *unpacking) texts(to ...*string) {
	for _, s := range to {
		size, n := binary.Uvarint(u.rest)
		if u.skip(n); size > uint64(len(u.rest)) {
			u.broken = true
			return
		}
		*s = u.text[:size]
		u.rest, u.text = u.rest[size:], u.text[size:]
	}
}

func (u *unpacking) numbers(to ...*int) {
	for _, i := range to {
		v, n := binary.Varint(u.rest)
		u.skip(n)
		*i = int(v)
	}
}

// list is n texts; nil when there are none.
func (u *unpacking) list(n int) []string {
	var out []string
	for ; n > 0 && !u.broken; n-- {
		var s string
		u.texts(&s)
		out = append(out, s)
	}
	return out
}

// err says whether what was packed was as it should be, and nothing is left.
func (u *unpacking) err() error {
	if u.broken || len(u.rest) > 0 {
		return io.ErrUnexpectedEOF
	}
	return nil
}
