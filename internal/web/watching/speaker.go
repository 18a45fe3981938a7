package watching

import (
	"net"
	"net/url"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/search"
	"atlas/internal/store"
	"atlas/internal/web/page"
	"atlas/internal/web/question"
	"atlas/internal/web/route"
)

// speaker puts what is watched into words and addresses; it is the
// app.WatchWords of letters.
type speaker struct {
	site *page.Site
	app  *app.App
}

// canonical writes a question as the subject of a watch: without order, view and
// page, its values sorted, so that one question is watched once.
func (s speaker) canonical(asked string) string {
	q := s.question(asked)
	q.Sort = question.Orders[0].Name
	for _, values := range q.Filters {
		slices.Sort(values)
	}
	return q.Values().Encode()
}

func (s speaker) question(subject string) question.Question {
	values, _ := url.ParseQuery(subject) // what cannot be read is left out
	q, _ := question.Read(values, question.Narrowest(s.app.Places()))
	return q
}

// Question reads the subject of a watched search.
func (s speaker) Question(subject string) search.Query { return s.question(subject).Query(nil, 0, 0) }

// conditions are those of a question in words, as files to take away name them.
func (s speaker) conditions(lang, subject string) []string {
	q, words := s.question(subject), s.site.Words
	var out []string
	if q.Text != "" {
		out = append(out, words.T(lang, "projects.quoted", "text", q.Text))
	}
	v := question.Vocabulary{
		Lang: lang, Lists: s.app.Lists(), Places: s.app.Places(),
		Actor: func(id string) string { return s.app.ActorName(id, lang) },
		Band:  func(code string) string { return s.app.BandWords(code, lang) },
		Word:  func(key string) string { return words.T(lang, key) },
	}
	for _, f := range question.Facets {
		for _, code := range q.Filters[f] {
			label, _ := v.Label(f, code)
			out = append(out, words.T(lang, "projects.facet."+string(f))+": "+label)
		}
	}
	return out
}

// Watched names what is watched. A record is named by its id: who is told that it
// is not public any more need not be told what it was called.
func (s speaker) Watched(lang string, w store.Watch) string {
	switch w.Kind {
	case store.WatchTerritory:
		return s.site.Words.T(lang, "watching.named.territory", "name", s.app.Places().Label(w.Subject))
	case store.WatchOrganisation:
		return s.app.ActorName(w.Subject, lang)
	case store.WatchRecord:
		return s.site.Words.T(lang, "watching.named.record", "id", w.Subject)
	}
	if what := s.conditions(lang, w.Subject); len(what) > 0 {
		return s.site.Words.T(lang, "watching.named.search", "what", strings.Join(what, "; "))
	}
	return s.site.Words.T(lang, "watching.named.all")
}

// mostFields is how many changed fields are named.
const mostFields = 5

// Happened says what happened to a record in a few words.
func (s speaker) Happened(lang string, n app.News) string {
	words := s.site.Words
	switch n.What {
	case app.NewsMerged:
		return words.T(lang, "watching.happened.merged", "id", n.Into)
	case app.NewsWithdrawn:
		return words.T(lang, "watching.happened.withdrawn")
	case app.NewsNew:
		return words.T(lang, "watching.happened.new."+n.Kind)
	}
	var fields []string
	area := map[string]string{atlas.KindProject: "projects", atlas.KindActor: "actors", atlas.KindCall: "calls", atlas.KindNeed: "needs", atlas.KindExtent: "extents", atlas.KindPractice: "practices"}[n.Kind]
	for _, f := range n.Fields {
		for _, key := range []string{area + ".field." + f, "watching.field." + f} {
			if words.Has(key) {
				fields = append(fields, words.T(lang, key))
				break
			}
		}
	}
	more := len(n.Fields) - min(len(fields), mostFields)
	switch fields = fields[:min(len(fields), mostFields)]; {
	case len(fields) == 0:
		return words.T(lang, "watching.happened.changed_some")
	case more > 0:
		return words.N(lang, "watching.happened.changed_more", int64(more), "fields", strings.Join(fields, ", "))
	}
	return words.T(lang, "watching.happened.changed", "fields", strings.Join(fields, ", "))
}

// page is where what happened can be seen; "" when the record is gone.
func (s speaker) page(lang string, n app.News) string {
	if n.What == app.NewsWithdrawn {
		return ""
	}
	return recordAt(lang, n.Kind, n.ID)
}

func recordAt(lang, kind, id string) string {
	switch kind {
	case atlas.KindActor:
		return route.Actor(lang, id)
	case atlas.KindCall:
		return route.Call(lang, id)
	case atlas.KindNeed:
		return route.Need(lang, id)
	case atlas.KindExtent:
		return route.Extent(lang, id)
	case atlas.KindPractice:
		return route.Practice(lang, id)
	}
	return route.Project(lang, id)
}

// Address is the absolute address of the page of a record; of one that is gone
// that of all watches.
func (s speaker) Address(lang string, n app.News) string {
	if p := s.page(lang, n); p != "" {
		return s.base() + p
	}
	return s.All(lang)
}

// All is the absolute address of the page with all that a person watches.
func (s speaker) All(lang string) string { return s.base() + route.In(lang, route.Watches) }

// Stop is the absolute address that ends letters by a token.
func (s speaker) Stop(lang, token string) string { return s.base() + route.Unfollowing(lang, token) }

// base is the public address of the instance, and where none is configured that
// of this machine: a letter is written without anybody asking for it.
func (s speaker) base() string {
	if base := s.site.Config.BaseURL; base != "" {
		return base
	}
	host, port, _ := net.SplitHostPort(s.site.Config.Listen)
	if ip := net.ParseIP(host); host == "" || ip != nil && (ip.IsUnspecified() || ip.IsLoopback()) {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// subject is the address of what is watched.
func (s speaker) subject(lang string, w store.Watch) string {
	switch {
	case w.Kind == store.WatchSearch:
		return route.WithQuery(route.In(lang, route.Projects), w.Subject)
	case w.Kind == store.WatchTerritory:
		return route.Territory(lang, w.Subject)
	}
	return recordAt(lang, app.KindOf(w.Subject), w.Subject)
}
