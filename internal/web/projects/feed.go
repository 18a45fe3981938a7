package projects

import (
	"bytes"
	"encoding/xml"
	"io"
	"time"

	"atlas"
	"atlas/internal/web/page"
	"atlas/internal/web/question"
	"atlas/internal/web/route"
)

// feedSize is how many projects the feed of newly added ones holds.
const feedSize = 30

// atomFeed and atomEntry are the Atom format (RFC 4287) as far as we write it.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string   `xml:"id"`
	Title     string   `xml:"title"`
	Link      atomLink `xml:"link"`
	Published string   `xml:"published"`
	Updated   string   `xml:"updated"`
	Summary   string   `xml:"summary,omitempty"`
}

// feed answers the newly added projects of a question, newest first.
func (a *area) feed(q *page.Request) error {
	s := a.read(q).sort(question.Newest)
	query := s.query(nil)
	query.Limit = feedSize
	found, err := a.app.Reader().Projects(q.Context(), a.app.Index().Search(query).Hits)
	if err != nil {
		return err
	}
	host := q.Origin()
	plain := s.view(viewList).sort(sorts[0].Name)
	self := host + route.WithQuery(route.In(q.Lang, route.ProjectsFeed), plain.Encode())
	html := host + a.url(q.Lang)(plain)
	address := func(id string) string { return host + route.Project(q.Lang, id) }
	f := atom(a.words(q.Lang), a.named(q.Lang, plain, "projects.feed.title", "projects.feed.title_for"), found, self, html, address, a.app.Now())
	var b bytes.Buffer
	if err := f.write(&b); err != nil {
		return err
	}
	return q.Answer("application/atom+xml; charset=utf-8", b.Bytes())
}

// atom makes the feed; self and html are its own address and that of the list.
func atom(w words, title string, projects []*atlas.Project, self, html string, address func(id string) string, now time.Time) atomFeed {
	f := atomFeed{
		Lang: w.lang, ID: self, Title: title, Author: w.T("projects.feed.author"),
		Links: []atomLink{{"self", "application/atom+xml", self}, {"alternate", "text/html", html}},
	}
	latest := time.Time{}
	for _, p := range projects {
		if p.UpdatedAt.After(latest) {
			latest = p.UpdatedAt
		}
		f.Entries = append(f.Entries, atomEntry{
			ID: address(p.ID), Title: p.Title(w.lang), Link: atomLink{"alternate", "text/html", address(p.ID)},
			Published: p.CreatedAt.UTC().Format(time.RFC3339), Updated: p.UpdatedAt.UTC().Format(time.RFC3339),
			Summary: p.Annotation,
		})
	}
	if latest.IsZero() {
		latest = now
	}
	f.Updated = latest.UTC().Format(time.RFC3339)
	return f
}

func (f atomFeed) write(w io.Writer) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	return xml.NewEncoder(w).Encode(f)
}
