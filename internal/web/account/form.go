package account

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// frame is what every page of the account has.
type frame struct {
	page.Base
	Links    []page.NavLink // the other pages of the account
	Flaws    []flaw
	problems []atlas.Problem
	values   map[string]string
}

// flaw is one thing wrong, with the way to where it stands.
type flaw struct{ Href, Label, Text string }

// field is one field of a form.
type field struct {
	Name, ID, Kind, Label, Hint, Value, Auto string
	Problems                                 []string
}

// pages are the pages of the account in their order, by the keys of their words.
func pages() []page.NavLink {
	return []page.NavLink{
		{URL: route.Account, Key: "mine.nav.overview"}, {URL: route.AccountDetails, Key: "mine.nav.details"},
		{URL: route.AccountPassword, Key: "mine.nav.password"}, {URL: route.AccountFactor, Key: "mine.nav.factor"},
		{URL: route.AccountKeys, Key: "mine.nav.keys"}, {URL: route.AccountDevices, Key: "mine.nav.devices"},
		{URL: route.AccountConsents, Key: "mine.nav.consents"}, {URL: route.AccountData, Key: "mine.nav.data"},
		{URL: route.AccountErase, Key: "mine.nav.erase"},
	}
}

// frame starts a page; pattern is the one of the account that it belongs to.
func (q *request) frame(titleKey, pattern string) frame {
	f := frame{Base: q.Base(q.T(titleKey)), values: map[string]string{}}
	f.NoIndex, f.Links = true, pages()
	for i := range f.Links {
		f.Links[i].Current = f.Links[i].URL == pattern
		f.Links[i].URL = route.In(q.Lang, f.Links[i].URL)
	}
	if pattern != route.Account {
		f.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Account), Text: q.T("mine.title")}}
	}
	return f
}

// wrong takes what is wrong with what was typed into the page; false when the error
// is another one, which the page cannot say.
func (f *frame) wrong(q *request, err error) bool {
	var invalid *atlas.InvalidError
	if !errors.As(err, &invalid) {
		return false
	}
	f.problems = invalid.Problems
	for _, p := range invalid.Problems {
		text := q.said(p)
		if p.Field == "" {
			f.Flaws = append(f.Flaws, flaw{Text: text})
			continue
		}
		f.Flaws = append(f.Flaws, flaw{Href: "#f-" + p.Field, Label: q.T("mine.field." + p.Field), Text: text})
	}
	return true
}

func (q *request) said(p atlas.Problem) string {
	var args []any
	for name, v := range p.Args {
		args = append(args, name, v)
	}
	return q.T(p.Key, args...)
}

// status of a page with or without things wrong.
func (f *frame) status() int {
	if len(f.Flaws) > 0 {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}

// field is a field with its words and what is wrong with it. Passwords and codes
// are never written back into a page.
func (q *request) field(f *frame, name, kind, auto string) field {
	x := field{Name: name, ID: "f-" + name, Kind: kind, Auto: auto, Label: q.T("mine.field." + name)}
	if kind != "password" && kind != "code" {
		x.Value = f.values[name]
	}
	if key := "mine.hint." + name; q.Site.Words.Has(key) {
		x.Hint = q.T(key)
	}
	for _, p := range f.problems {
		if p.Field == name {
			x.Problems = append(x.Problems, q.said(p))
		}
	}
	return x
}

// moment writes a day and an hour in Prague.
func (q *request) moment(t time.Time) string {
	if t.IsZero() {
		return q.T("mine.never")
	}
	return i18n.Day(q.Lang, t) + " " + t.In(i18n.Prague).Format("15:04")
}

// typed is a posted value without blanks around, as text that can be shown.
func (q *request) typed(name string) string {
	return strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(q.PostForm.Get(name), "\uFFFD"), "\x00", ""))
}
