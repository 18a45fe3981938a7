package app_test

import (
	"context"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/mail"
	"atlas/internal/search"
	"atlas/internal/store"
)

// plainWords say what happened in a form that tests can read.
type plainWords struct{}

func (plainWords) Question(subject string) search.Query {
	values, _ := url.ParseQuery(subject)
	q := search.Query{Text: values.Get("q"), Filters: map[search.Facet][]string{}}
	for name, all := range values {
		if name != "q" {
			q.Filters[search.Facet(name)] = all
		}
	}
	return q
}

func (plainWords) Watched(_ string, w store.Watch) string { return w.Kind + " " + w.Subject }

func (plainWords) Happened(_ string, n app.News) string {
	return strings.TrimSpace(fmt.Sprintf("%s v%d %s%s", n.What, n.Version, strings.Join(n.Fields, ","), n.Into))
}

func (plainWords) Address(_ string, n app.News) string { return "https://mesto.example/" + n.ID }
func (plainWords) All(string) string                   { return "https://mesto.example/sledovani" }
func (plainWords) Stop(_, token string) string         { return "https://mesto.example/nesledovat/" + token }

// teller is a process that tells people what is new.
func teller(t testing.TB, s *store.Store, c *clock) *app.App {
	t.Helper()
	letters, err := mail.NewComposer(mail.Site{Name: "Atlas", BaseURL: "https://mesto.example"})
	if err != nil {
		t.Fatal(err)
	}
	a := app.New(s, app.Options{Now: c.Now, Letters: letters})
	if err := a.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	a.WatchBy(plainWords{})
	return a
}

// person founds an account and gives it as a viewer.
func person(t testing.TB, s *store.Store, email string) atlas.Viewer {
	t.Helper()
	who := &atlas.Account{Email: email, Name: "Jana Nová", Lang: "cs", State: atlas.AccountActive, CreatedAt: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	err := s.Update(t.Context(), func(tx *store.Tx) error { return tx.PutAccount(t.Context(), who) })
	if err != nil {
		t.Fatal(err)
	}
	return atlas.Viewer{Account: who.ID, Name: who.ID}
}

func watches(t testing.TB, a *app.App, v atlas.Viewer, kind, subject, period string) store.Watch {
	t.Helper()
	w, err := a.Begin(t.Context(), v, kind, subject, period)
	if err != nil {
		t.Fatal(kind, subject, err)
	}
	return w
}

// told runs the tellers and gives what the letters put by that say: to whom, and
// a line for each thing that happened.
func told(t testing.TB, s *store.Store, tellers ...*app.App) []string {
	t.Helper()
	for _, a := range tellers {
		if err := a.TellWatchers(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return claimed(t, s)
}

// item of a letter: the address of a record and what happened to it.
var item = regexp.MustCompile(`href="https://mesto\.example/([PAV]-\d+)" [^>]*>[^<]*</a><br>([^<]*)</p>`)

// claimed takes all letters out of the outbox.
func claimed(t testing.TB, s *store.Store) []string {
	t.Helper()
	out := []string{}
	for {
		l, err := s.ClaimLetter(t.Context(), time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC), time.Minute)
		if err != nil {
			slices.Sort(out)
			return out
		}
		var lines []string
		for _, found := range item.FindAllStringSubmatch(l.HTML, -1) {
			lines = append(lines, found[1]+" "+html.UnescapeString(found[2]))
		}
		out = append(out, l.To+": "+strings.Join(lines, "; "))
		if err := s.LetterDone(context.WithoutCancel(t.Context()), l, time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)); err != nil {
			t.Fatal(err)
		}
	}
}

// at sets the clock to a time in Prague.
func (c *clock) at(t testing.TB, text string) {
	t.Helper()
	when, err := time.ParseInLocation("2006-01-02 15:04", text, i18n.Prague)
	if err != nil {
		t.Fatal(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = when.UTC()
}

// local is a project in Liberec.
func local(org, title, number string) *atlas.Project {
	p := mis(org)
	p.TitleCs, p.RegNumber, p.Scope, p.Territories = title, number, atlas.ScopeDistrict, []atlas.Place{{Territory: "CZ0513"}}
	return p
}

// organisation writes one that anybody may read.
func organisation(t testing.TB, a *app.App) *atlas.Actor {
	t.Helper()
	r := &atlas.Actor{
		Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Name: "Spolek", Type: "NNO", Country: "CZ", Territories: []string{"CZ"},
		Sources: []atlas.Source{{Kind: "WEB", URL: "https://www.example.org", Accessed: atlas.Date{Year: 2026}}},
	}
	if err := a.SaveActor(t.Context(), editor, r); err != nil {
		t.Fatal(err)
	}
	return r
}
