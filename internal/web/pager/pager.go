// Package pager leads through the pages of a long list.
package pager

import (
	"slices"
	"strconv"
)

// Pager is the way from one page of a list to the others. The zero Pager is a
// list of one page.
type Pager struct {
	Page, Last int
	First, End int // numbers of the first and last entry of the page, from 1
	Prev, Next string
	Pages      []Link
}

// Link is one page to go to.
type Link struct {
	Number  int
	URL     string
	Current bool
	Gap     bool // pages are left out before this one
}

// Number reads the number of a page from an address; anything that is no page
// is the first one.
func Number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 1
	}
	return n
}

// New makes the way through total entries of which a page shows size. A page
// past the end is the last one. url writes the address of a page.
func New(total, asked, size int, url func(page int) string) Pager {
	last := max(1, (total+size-1)/size)
	page := min(max(1, asked), last)
	p := Pager{Page: page, Last: last, First: (page-1)*size + 1, End: min(page*size, total)}
	if page > 1 {
		p.Prev = url(page - 1)
	}
	if page < last {
		p.Next = url(page + 1)
	}
	numbers := []int{1, last}
	for n := max(1, page-2); n <= min(last, page+2); n++ {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	before := 0
	for _, n := range slices.Compact(numbers) {
		p.Pages = append(p.Pages, Link{Number: n, URL: url(n), Current: n == page, Gap: n > before+1})
		before = n
	}
	return p
}

// Of cuts the page out of all entries.
func Of[T any](p Pager, all []T) []T { return all[min(p.First-1, len(all)):min(p.End, len(all))] }
