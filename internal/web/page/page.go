package page

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/web/route"
)

// Request is one request on its way to a page.
type Request struct {
	W http.ResponseWriter
	*http.Request
	Site   *Site
	Lang   string // "cs" or "en", said by the address
	Viewer atlas.Viewer
	Visit  atlas.Visit // the viewer and how they are signed in
	Ended  bool        // a session of this browser has just been found to have ended
}

// Handler answers a request; the error it gives becomes a page by the one table
// in error.go.
type Handler func(*Request) error

// Base is the frame of a page; each page struct embeds it.
type Base struct {
	Site        *Site
	Lang        string
	Title       string // of the page, without the name of the site; "" on the home page
	Description string
	Viewer      atlas.Viewer
	Visit       atlas.Visit
	Path        string     // without the language, without the query, escaped as in an address
	Query       url.Values // as asked
	Nav         string     // pattern of the section that is current, for example route.Projects
	Breadcrumb  []Link     // the way from the home page, without it and without this page
	Flash       *Flash
	Feed        string // address of an Atom feed, ""
	Catalogue   string // address of the catalogue of open data, for programs, ""
	Search      string // words in the search box of the head
	NoIndex     bool
	Wide        bool   // uses the whole width: tables, maps
	Theme       string // "light", "dark" or "" for what the machine prefers
	Now         time.Time
	Ended       bool // a session of this browser has just been found to have ended

	back string // where signing in leads back to
}

// Link is an address with its words.
type Link struct{ URL, Text string }

// T is a message in the language of the request; args are pairs of name and
// value.
func (q *Request) T(key string, args ...any) string { return q.Site.Words.T(q.Lang, key, args...) }

// N is a message with its plural form.
func (q *Request) N(key string, n int64, args ...any) string {
	return q.Site.Words.N(q.Lang, key, n, args...)
}

// Context of the request.
func (q *Request) Context() context.Context { return q.Request.Context() }

// May says whether who asks has a right to a subject.
func (q *Request) May(r atlas.Right, s atlas.Subject) bool {
	return atlas.Can(q.Viewer, r, q.Site.Places().Within(s))
}

// Allow refuses what who asks has no right to: of a record that they may not read
// it says no more than of one that there is not.
func (q *Request) Allow(r atlas.Right, s atlas.Subject) error {
	switch {
	case q.May(r, s):
		return nil
	case q.May(atlas.RightRead, s):
		return atlas.ErrForbidden
	}
	return atlas.ErrNotFound
}

// ReadForm reads the posted form into PostForm. One that cannot be read is a bad
// request, one that is too large says so.
func (q *Request) ReadForm() error {
	if err := q.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", ErrBadRequest, err)
	}
	return nil
}

// Param is a parameter of the address, as text that can be shown: bytes that
// are no text are replaced.
func (q *Request) Param(name string) string { return clean(q.URL.Query().Get(name)) }

func clean(s string) string { return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "") }

// Origin is the public address of the instance; where none is configured, that
// under which it was asked. Feeds and files take absolute addresses.
func (q *Request) Origin() string {
	if base := q.Site.Config.BaseURL; base != "" {
		return base
	}
	scheme := "http"
	if q.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + q.Host
}

// Base starts the frame of a page.
func (q *Request) Base(title string) Base {
	_, path := route.Split(q.URL.EscapedPath())
	return Base{
		Site: q.Site, Lang: q.Lang, Title: title, Viewer: q.Viewer, Visit: q.Visit,
		Path: path, Query: readable(q.URL.Query()), Theme: q.theme(),
		Flash: q.takeFlash(), Now: time.Now(), Ended: q.Ended, back: q.back(),
	}
}

func readable(query url.Values) url.Values {
	out := make(url.Values, len(query))
	for name, all := range query {
		for _, v := range all {
			out[clean(name)] = append(out[clean(name)], clean(v))
		}
	}
	return out
}

// Redirect sends to another address of ours after a write.
func (q *Request) Redirect(address string) error {
	http.Redirect(q.W, q.Request, address, http.StatusSeeOther)
	return nil
}

// Canonical is the address of the page in its language, absolute where the
// configuration says the public address.
func (b Base) Canonical() string { return b.Site.Config.BaseURL + b.Alternate(b.Lang) }

// Absolute is an address of ours with the public address of the instance.
func (b Base) Absolute(address string) string { return b.Site.Config.BaseURL + address }

// Alternate is the same page, with the same question, in a language.
func (b Base) Alternate(lang string) string {
	a := route.In(lang, b.Path)
	if len(b.Query) > 0 {
		a += "?" + b.Query.Encode()
	}
	return a
}

// Follow is the page where somebody begins to watch something, see
// route.Following.
func (b Base) Follow(what, subject string) string { return route.Following(b.Lang, what, subject) }

// Languages of the interface.
func (b Base) Languages() []string { return i18n.Languages }

// OtherLang is the other language of the interface.
func (b Base) OtherLang() string {
	if b.Lang == "en" {
		return "cs"
	}
	return "en"
}

// NavLink is one section in the head.
type NavLink struct {
	URL, Key string
	Current  bool
}

// Sections are the links of the head in their order.
func (b Base) Sections() []NavLink {
	sections := []NavLink{
		{route.Projects, "nav.projects", false}, {route.Coverage, "nav.coverage", false}, {route.Needs, "nav.needs", false}, {route.Practices, "nav.practices", false}, {route.Territories, "nav.territories", false}, {route.Statistics, "nav.statistics", false},
		{route.Actors, "nav.actors", false}, {route.Calls, "nav.calls", false}, {route.About, "nav.about", false},
	}
	if b.Viewer.May(atlas.RightPublish) {
		sections = append(sections, NavLink{route.Imports, "nav.imports", false}, NavLink{route.Queue, "nav.queue", false})
	}
	if b.Viewer.May(atlas.RightLists) {
		sections = append(sections, NavLink{route.Admin, "nav.admin", false})
	}
	for i := range sections {
		sections[i].Current = b.Nav == sections[i].URL
		sections[i].URL = route.In(b.Lang, sections[i].URL)
	}
	return sections
}
