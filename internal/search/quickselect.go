package search

import "slices"

// selectRange puts at list[from:to] what would stand there if the list were
// sorted, without sorting the rest.
func selectRange[T any](list []T, from, to int, compare func(a, b T) int) {
	lo, hi := 0, len(list)
	for hi-lo > 2*(to-from)+64 {
		at := lo + partition(list[lo:hi], compare)
		switch {
		case at < from:
			lo = at + 1
		case at >= to:
			hi = at
		default: // the pivot is inside the page: both sides matter
			selectRange(list[lo:at], from-lo, at-lo, compare)
			selectRange(list[at+1:hi], 0, to-at-1, compare)
			return
		}
	}
	slices.SortFunc(list[lo:hi], compare)
}

// partition moves what is lower than a middle value before it and gives its place.
func partition[T any](list []T, compare func(a, b T) int) int {
	last := len(list) - 1
	mid := median(list, 0, len(list)/2, last, compare)
	list[mid], list[last] = list[last], list[mid]
	pivot, at := list[last], 0
	for i := range last {
		if compare(list[i], pivot) < 0 {
			list[i], list[at] = list[at], list[i]
			at++
		}
	}
	list[at], list[last] = list[last], list[at]
	return at
}

func median[T any](list []T, a, b, c int, compare func(a, b T) int) int {
	if compare(list[a], list[b]) > 0 {
		a, b = b, a
	}
	if compare(list[b], list[c]) > 0 {
		b = c
	}
	if compare(list[a], list[b]) > 0 {
		b = a
	}
	return b
}
