package app

import "iter"

// chains are lists of numbers by a key, each in the order of adding, for many
// keys of which most have one number. Every number, counted from 0, is in one
// list.
type chains[K comparable] struct {
	of   map[K]chain
	next []int32 // number → the next one of the same list, or -1
}

// chain is the first and the last number of a list.
type chain struct{ first, last int32 }

func newChains[K comparable]() chains[K] { return chains[K]{of: map[K]chain{}} }

// add puts the next number, one more than the one before, at the end of the list
// of a key.
func (c *chains[K]) add(key K) {
	n := int32(len(c.next))
	c.next = append(c.next, -1)
	list, ok := c.of[key]
	if ok {
		c.next[list.last] = n
	} else {
		list.first = n
	}
	list.last = n
	c.of[key] = list
}

// all gives the list of a key.
func (c *chains[K]) all(key K) iter.Seq[int] {
	return func(yield func(int) bool) {
		list, ok := c.of[key]
		for n := list.first; ok && n >= 0; n = c.next[n] {
			if !yield(int(n)) {
				return
			}
		}
	}
}
