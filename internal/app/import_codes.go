package app

import (
	"fmt"
	"strconv"
	"strings"
)

// codes keeps codes of records, "P-00042", by small numbers, at 4 B each.
type codes struct {
	prefix  string // "P-"
	numbers []uint32
	odd     map[int]string // those that are not written as the rest
}

// set notes a code.
func (c *codes) set(i int, code string) {
	for i >= len(c.numbers) {
		c.numbers = append(c.numbers, 0)
	}
	if n, ok := codeNumber(c.prefix, code); ok {
		c.numbers[i] = n
		return
	}
	if c.odd == nil {
		c.odd = map[int]string{}
	}
	c.odd[i] = code
}

// get is the code noted; "" when there is none.
func (c *codes) get(i int) string {
	if i < len(c.numbers) && c.numbers[i] != 0 {
		return codeOf(c.prefix, c.numbers[i])
	}
	return c.odd[i]
}

func codeOf(prefix string, n uint32) string { return fmt.Sprintf("%s%05d", prefix, n) }

// codeNumber is the number in a code; ok is false for a code that the number
// alone does not tell.
func codeNumber(prefix, code string) (uint32, bool) {
	digits, ok := strings.CutPrefix(code, prefix)
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseUint(digits, 10, 32)
	return uint32(n), err == nil && n > 0 && codeOf(prefix, uint32(n)) == code
}

// codeSet is a set of codes, at one bit for each number up to the highest.
type codeSet struct {
	prefix string
	bits   numberSet
	odd    map[string]bool
}

func (s *codeSet) add(code string) {
	if n, ok := codeNumber(s.prefix, code); ok {
		s.bits.add(int(n))
		return
	}
	if s.odd == nil {
		s.odd = map[string]bool{}
	}
	s.odd[code] = true
}

func (s *codeSet) has(code string) bool {
	if n, ok := codeNumber(s.prefix, code); ok {
		return s.bits.has(int(n))
	}
	return s.odd[code]
}

// numberSet is a set of small numbers.
type numberSet []uint64

// add says whether the number was not there.
func (s *numberSet) add(n int) bool {
	for n/64 >= len(*s) {
		*s = append(*s, 0)
	}
	before := (*s)[n/64]
	(*s)[n/64] |= 1 << (n % 64)
	return before != (*s)[n/64]
}

func (s numberSet) has(n int) bool { return n/64 < len(s) && s[n/64]&(1<<(n%64)) != 0 }
