package search

import (
	"math/bits"

	"github.com/RoaringBitmap/roaring/v2"
)

// A field has one bit for each document number.

func has(field []uint64, doc uint32) bool { return field[doc>>6]>>(doc&63)&1 != 0 }

// setBit sets a bit, making the field longer if need be.
func setBit(field []uint64, doc uint32) []uint64 {
	for int(doc>>6) >= len(field) {
		field = append(field, 0)
	}
	field[doc>>6] |= 1 << (doc & 63)
	return field
}

// clearBit says whether the bit was set.
func clearBit(field []uint64, doc uint32) bool {
	if int(doc>>6) >= len(field) || !has(field, doc) {
		return false
	}
	field[doc>>6] &^= 1 << (doc & 63)
	return true
}

func setBits(field []uint64, docs []uint32) {
	for _, doc := range docs {
		field[doc>>6] |= 1 << (doc & 63)
	}
}

func countBits(field []uint64) int {
	n := 0
	for _, w := range field {
		n += bits.OnesCount64(w)
	}
	return n
}

// countBoth counts the bits set in both fields, of which one may be shorter.
func countBoth(a, b []uint64) int {
	size := min(len(a), len(b))
	a, b = a[:size], b[:size]
	n, m := 0, 0
	for len(a) >= 2 && len(b) >= 2 {
		n += bits.OnesCount64(a[0] & b[0])
		m += bits.OnesCount64(a[1] & b[1])
		a, b = a[2:], b[2:]
	}
	if len(a) > 0 && len(b) > 0 {
		n += bits.OnesCount64(a[0] & b[0])
	}
	return n + m
}

// countList counts the documents of a list whose bit is set.
func countList(list []uint32, field []uint64) int {
	n := uint64(0)
	for _, doc := range list {
		n += field[doc>>6] >> (doc & 63) & 1
	}
	return int(n)
}

// eachBit goes through a field in runs of document numbers.
func eachBit(field []uint64, fn func([]uint32)) {
	var buf [512]uint32
	n := 0
	for i, w := range field {
		if n > len(buf)-64 {
			fn(buf[:n])
			n = 0
		}
		for ; w != 0; w &= w - 1 {
			buf[n] = uint32(i<<6 + bits.TrailingZeros64(w))
			n++
		}
	}
	if n > 0 {
		fn(buf[:n])
	}
}

// eachDoc goes through a bitmap in runs of document numbers.
func eachDoc(docs *roaring.Bitmap, fn func([]uint32)) {
	var buf [512]uint32
	it := docs.ManyIterator()
	for n := it.NextMany(buf[:]); n > 0; n = it.NextMany(buf[:]) {
		fn(buf[:n])
	}
}
