package main

import (
	"atlas"
)

// record is one project of the corpus.
type record struct {
	n                   int    // its place, from 0
	reg                 string // its own registration number
	title, annotation   string
	country, scope      string
	placeText           string
	territories         []string
	from, to            atlas.Date
	ongoing             bool
	status              string
	implementer         string // names of organisations
	partner             string
	funding             []line
	areas, activities   []string
	targets, situations []string
}

// line is one line of funding.
type line struct {
	funder, kind, programme string
	minor                   int64 // haléře; 0 not known
}

// amount is the money of a record in haléře; ok is false when it is not known.
func (r *record) amount() (minor int64, ok bool) {
	for _, l := range r.funding {
		minor += l.minor
		ok = ok || l.minor > 0
	}
	return minor, ok
}
