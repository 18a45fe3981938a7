package search

import "atlas"

// Query asks the index.
type Query struct {
	// Text is what a person wrote: words that must all occur in any form,
	// "a phrase" exactly as written, -words that must not occur, the start of
	// a word with a star.
	Text string
	// Typing says that the last word may not be finished yet.
	Typing bool
	// Filters choose by facets: any of the values of a facet, all of the facets.
	// A value nobody has matches nothing.
	Filters map[Facet][]string
	// Count names the facets to be counted, Only narrows the counting of a
	// facet to some values, for example to the places right below the chosen one.
	Count []Facet
	Only  map[Facet][]string
	// Most cuts the counts of each facet to so many values, those with the
	// highest counts, and the chosen ones; 0 gives all. A facet of thousands of
	// organisations then costs no more than the few that are shown.
	Most          int
	Sort          Sort
	Offset, Limit int
	// Correct asks for DidYouMean, which only who shows it should.
	Correct bool
	// Found is called with the hits as soon as they are known, while all else is
	// still being counted, so that their records can be read meanwhile. It must
	// return at once: the index is locked for changes until the answer is whole.
	// It may be nil.
	Found func(ids []string)
}

// Result is the answer to a query.
type Result struct {
	Total  int
	Hits   []string // ids of the page asked for
	Facets map[Facet][]FacetCount
	// Distinct is how many values of each facet have a count, also where Most
	// left some out.
	Distinct map[Facet]int
	// Amount adds the known amounts of all that was found.
	Amount atlas.Sum
	// DidYouMean is the query with its unknown words corrected, or ""; only where
	// Correct asks for it.
	DidYouMean string
	// Normalised are the words and phrases looked for, as Highlight takes them.
	Normalised []string
	// Truncated is the message key of what was left out of the query, or "".
	Truncated string
}

// FacetCount is a value of a facet and how many of the projects found have it.
// The projects are those that match the text and the filters of all other
// facets, so the count of a value not chosen is what choosing it would give.
type FacetCount struct {
	Value    string
	Count    int
	Selected bool
	// Adds is how many projects the result would gain if the value were chosen
	// beside those of its facet that are chosen already; 0 when it is one of them.
	Adds int
}

// TooManyWords is the message key of a query of which only the first words
// were used.
const TooManyWords = "search.too_many_words"

// maxWords is how many words of a query are used.
const maxWords = 64
