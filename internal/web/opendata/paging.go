package opendata

import (
	"maps"
	"net/url"
	"strconv"
	"strings"

	"atlas/internal/web/pager"
	"atlas/internal/web/question"
	"atlas/internal/web/route"
)

// Parameters of every list.
const (
	paramPage = question.ParamPage
	paramSize = "na_strance"
)

// Sizes of a page.
const (
	usualSize = 20
	mostSize  = 100
	mostPages = 1_000_000
)

// pages are the parameters that lead through a list.
var pages = []parameter{
	{name: paramPage, doc: "Number of the page, from 1; a page past the last one has no items", from: 1, to: mostPages, usual: "1", example: "2"},
	{name: paramSize, doc: "Records on a page", from: 1, to: mostSize, usual: strconv.Itoa(usualSize), example: "100"},
}

// cut is which part of a list is asked for.
type cut struct{ page, size int }

func (q *asked) cut() cut { return cut{q.number(paramPage, 1), q.number(paramSize, usualSize)} }

func (c cut) offset() int { return (c.page - 1) * c.size }

// of cuts the page out of all records.
func of[T any](c cut, all []T) []T {
	from := min(c.offset(), len(all))
	return all[from:min(from+c.size, len(all))]
}

// paging says where the page is and leads to the others, under the question of
// values; the same goes to the head Link (RFC 8288).
func (q *asked) paging(total int, c cut, values url.Values, notes []Note) Paging {
	at := func(page int) string {
		v := url.Values{}
		maps.Copy(v, values)
		if c.size != usualSize {
			v.Set(paramSize, strconv.Itoa(c.size))
		}
		if page > 1 {
			v.Set(paramPage, strconv.Itoa(page))
		}
		return route.WithQuery(q.origin+q.pattern, v.Encode())
	}
	p := pager.New(total, c.page, c.size, at)
	out := Paging{Total: total, Page: c.page, PerPage: c.size, Notes: notes, Links: Links{Self: at(c.page), First: at(1), Last: at(p.Last)}}
	if out.Notes == nil {
		out.Notes = []Note{}
	}
	if c.page > p.Last { // the pager would show the last page again, and a program would never end
		out.Links.Prev = opt(at(p.Last))
	} else {
		out.Links.Prev, out.Links.Next = opt(p.Prev), opt(p.Next)
	}
	q.W.Header().Set("Link", out.Links.head())
	return out
}

// head writes the links as a head of the answer.
func (l Links) head() string {
	parts := []string{"<" + l.First + `>; rel="first"`, "<" + l.Last + `>; rel="last"`}
	if l.Prev != nil {
		parts = append(parts, "<"+*l.Prev+`>; rel="prev"`)
	}
	if l.Next != nil {
		parts = append(parts, "<"+*l.Next+`>; rel="next"`)
	}
	return strings.Join(parts, ", ")
}
