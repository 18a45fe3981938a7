package watching

import (
	"errors"
	"net/http"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/store"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// askPage says what will be watched and asks how often.
type askPage struct {
	page.Base
	What, Subject string // as in the address
	Name          string
	Conditions    []string // of a question
	URL           string   // of what is watched
	Periods       []choice
	Problem       string
	Action        string
	URLWatches    string
}

func day(lang string, t time.Time) string { return i18n.Day(lang, t) }

// asked reads what is to be watched out of the address or the form.
func (a *area) asked(what, subject string) (store.Watch, error) {
	kind, ok := kinds[what]
	if !ok || kind == store.WatchOrganisation && app.KindOf(subject) != atlas.KindActor {
		return store.Watch{}, atlas.ErrNotFound
	}
	if kind == store.WatchSearch {
		subject = a.canonical(subject)
	}
	return store.Watch{Kind: kind, Subject: subject}, nil
}

// ask shows what will be watched.
func (a *area) ask(q *page.Request) error {
	w, err := a.asked(q.Param("co"), q.Param("na"))
	if err != nil {
		return err
	}
	if !q.Viewer.SignedIn() {
		return a.toSignIn(q, route.Following(q.Lang, q.Param("co"), q.Param("na")))
	}
	return a.showAsk(q, http.StatusOK, w, app.Periods[0], "")
}

func (a *area) showAsk(q *page.Request, status int, w store.Watch, period, problem string) error {
	titles, err := a.titles(q.Context(), q.Lang, []store.Watch{w})
	if err != nil {
		return err
	}
	l := a.line(q, w, titles)
	if _, known := a.app.Places().Get(w.Subject); l.Gone || w.Kind == store.WatchTerritory && !known {
		return atlas.ErrNotFound
	}
	p := &askPage{
		Base: q.Base(q.T("watching.begin.title")), Name: l.Name, URL: l.URL, Periods: choices(q, period), Problem: problem,
		Action: route.In(q.Lang, route.WatchNew), URLWatches: route.In(q.Lang, route.Watches), Subject: w.Subject,
	}
	for what, kind := range kinds {
		if kind == w.Kind {
			p.What = what
		}
	}
	if w.Kind == store.WatchSearch {
		p.Conditions = a.conditions(q.Lang, w.Subject)
	}
	p.NoIndex = true
	return q.Render(status, "watching/begin", p)
}

// begin begins to watch.
func (a *area) begin(q *page.Request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	w, err := a.asked(q.PostForm.Get("co"), q.PostForm.Get("na"))
	if err != nil {
		return err
	}
	period := q.PostForm.Get("obdobi")
	_, err = a.app.Begin(q.Context(), q.Viewer, w.Kind, w.Subject, period)
	if problem, ok := problemOf(err); ok {
		return a.showAsk(q, http.StatusUnprocessableEntity, w, period, q.T(problem))
	}
	switch {
	case errors.Is(err, atlas.ErrConflict):
		q.Flash(page.FlashWarning, q.T("watching.already"))
	case err != nil:
		return err
	default:
		q.Flash(page.FlashSuccess, q.T("watching.done.begin"))
	}
	return q.Redirect(route.In(q.Lang, route.Watches))
}

// problemOf is the key of what is wrong with a form.
func problemOf(err error) (key string, ok bool) {
	var invalid *atlas.InvalidError
	if errors.As(err, &invalid) && len(invalid.Problems) > 0 {
		return invalid.Problems[0].Key, true
	}
	return "", false
}
