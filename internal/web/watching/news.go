package watching

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// mostNews is how many records a feed and a page of news name.
const mostNews = 50

// newsPage is what is new in one watch.
type newsPage struct {
	page.Base
	Name, URLSubject string
	News             []newsLine
	URLFeed          string
}

// newsLine is what happened to one record.
type newsLine struct{ Title, URL, What, Day string }

// news answers the page of what is new in a watch.
func (a *area) news(q *page.Request) error {
	if !q.Viewer.SignedIn() {
		return a.toSignIn(q, route.News(q.Lang, q.PathValue("id")))
	}
	w, err := a.mine(q, q.PathValue("id"))
	if err != nil {
		return err
	}
	found, err := a.app.WatchNews(q.Context(), w, mostNews)
	if err != nil {
		return err
	}
	name := a.Watched(q.Lang, w)
	p := &newsPage{Base: q.Base(q.T("watching.news.title", "name", name)), Name: name, URLFeed: q.Origin() + route.Feed(q.Lang, w.Feed)}
	p.URLSubject = a.subject(q.Lang, w)
	p.NoIndex = true
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Watches), Text: q.T("watching.title")}}
	for _, n := range found {
		p.News = append(p.News, newsLine{n.Title(q.Lang), a.page(q.Lang, n), a.Happened(q.Lang, n), day(q.Lang, n.At)})
	}
	return q.Render(http.StatusOK, "watching/news", p)
}

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
	ID      string     `xml:"id"`
	Title   string     `xml:"title"`
	Links   []atomLink `xml:"link"`
	Updated string     `xml:"updated"`
	Summary string     `xml:"summary"`
}

// feed answers the feed of a watch to whoever knows its address; it ends with the
// watch, with its owner, and when its owner renews the address.
func (a *area) feed(q *page.Request) error {
	secret, ok := strings.CutSuffix(q.PathValue("file"), ".atom")
	if !ok || secret == "" {
		return atlas.ErrNotFound
	}
	w, err := a.app.Reader().WatchByFeed(q.Context(), secret)
	if err != nil {
		return err
	}
	who, err := a.app.Reader().Account(q.Context(), w.Account)
	if err != nil {
		return err
	}
	if who.State != atlas.AccountActive {
		return atlas.ErrNotFound
	}
	var found []app.News
	if !w.Paused {
		if found, err = a.app.WatchNews(q.Context(), w, mostNews); err != nil {
			return err
		}
	}
	var body bytes.Buffer
	body.WriteString(xml.Header)
	if err := xml.NewEncoder(&body).Encode(a.atom(q, w, found)); err != nil {
		return fmt.Errorf("feed: %w", err)
	}
	sum := sha256.Sum256(body.Bytes())
	h := q.W.Header()
	h.Set("Content-Type", "application/atom+xml; charset=utf-8")
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	h.Set("X-Robots-Tag", "noindex")
	http.ServeContent(q.W, q.Request, "", time.Time{}, bytes.NewReader(body.Bytes()))
	return nil
}

// atom makes the feed. The ids of entries name a version of a record and nothing
// of the watch, so that they stay when its address is renewed.
func (a *area) atom(q *page.Request, w store.Watch, found []app.News) atomFeed {
	self := q.Origin() + route.Feed(q.Lang, w.Feed)
	f := atomFeed{
		Lang: q.Lang, ID: a.All(q.Lang) + "#" + w.ID, Title: q.T("watching.feed.title", "name", a.Watched(q.Lang, w)),
		Author: a.site.Config.OperatorName, Updated: stamp(w.CreatedAt),
		Links: []atomLink{{"self", "application/atom+xml", self}, {"alternate", "text/html", q.Origin() + route.News(q.Lang, w.ID)}},
	}
	for i, n := range found {
		if i == 0 {
			f.Updated = stamp(n.At)
		}
		e := atomEntry{Title: n.Title(q.Lang), Updated: stamp(n.At), Summary: a.Happened(q.Lang, n)}
		e.ID = fmt.Sprintf("%s%s#v%d", a.base(), recordAt(q.Lang, n.Kind, n.ID), n.Version)
		if p := a.page(q.Lang, n); p != "" {
			e.Links = []atomLink{{"alternate", "text/html", q.Origin() + p}}
		}
		f.Entries = append(f.Entries, e)
	}
	return f
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
