package watching

import (
	"context"
	"net/http"
	"slices"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// listPage is what somebody watches.
type listPage struct {
	page.Base
	Lines []line
}

// line is one watch.
type line struct {
	ID, Kind, Name string
	URL            string // of what is watched; "" when it is gone
	Gone           bool   // the record is not public any more
	Paused         bool
	Said           string // how often it is told
	Since          string
	Periods        []choice
	URLNews        string
	URLFeed        string // absolute, to be copied
	URLChange      string
}

// choice is one period in a form.
type choice struct {
	Value, Label, Hint string
	Chosen             bool
}

func choices(q *page.Request, chosen string) []choice {
	var out []choice
	for _, p := range app.Periods {
		out = append(out, choice{p, q.T("watching.period." + p), q.T("watching.period." + p + ".hint"), p == chosen})
	}
	return out
}

// list answers the page of one's own watches: one read of them and one for each
// kind of record among them.
func (a *area) list(q *page.Request) error {
	if !q.Viewer.SignedIn() {
		return a.toSignIn(q, route.In(q.Lang, route.Watches))
	}
	all, err := a.app.Reader().Watches(q.Context(), q.Viewer.Account)
	if err != nil {
		return err
	}
	titles, err := a.titles(q.Context(), q.Lang, all)
	if err != nil {
		return err
	}
	p := &listPage{Base: q.Base(q.T("watching.title"))}
	p.NoIndex = true
	for _, w := range slices.Backward(all) {
		p.Lines = append(p.Lines, a.line(q, w, titles))
	}
	return q.Render(http.StatusOK, "watching/list", p)
}

func (a *area) line(q *page.Request, w store.Watch, titles map[string]string) line {
	l := line{
		ID: w.ID, Kind: q.T("watching.kind." + w.Kind), Name: a.Watched(q.Lang, w), URL: a.subject(q.Lang, w), Paused: w.Paused,
		Said: q.T("watching.period." + w.Period), Since: q.T("watching.since", "day", day(q.Lang, w.CreatedAt)), Periods: choices(q, w.Period),
		URLNews: route.News(q.Lang, w.ID), URLFeed: q.Origin() + route.Feed(q.Lang, w.Feed), URLChange: route.In(q.Lang, route.Fill(route.WatchChange, w.ID)),
	}
	if w.Kind == store.WatchRecord || w.Kind == store.WatchOrganisation {
		title, known := titles[w.Subject]
		if known {
			l.Name = title
		} else {
			l.URL, l.Gone, l.Name = "", true, w.Subject
		}
	}
	return l
}

// titles of the watched records that anybody may read, or that lead on to where
// they live.
func (a *area) titles(ctx context.Context, lang string, all []store.Watch) (map[string]string, error) {
	ids := map[string][]string{}
	for _, w := range all {
		ids[app.KindOf(w.Subject)] = append(ids[app.KindOf(w.Subject)], w.Subject)
	}
	out := map[string]string{}
	note := func(id, title string, m atlas.Meta) {
		if m.Public() || m.MergedInto != "" {
			out[id] = title
		}
	}
	projects, err := a.app.Reader().Projects(ctx, ids[atlas.KindProject])
	if err != nil {
		return nil, err
	}
	for _, r := range projects {
		note(r.ID, r.Title(lang), r.Meta)
	}
	actors, err := a.app.Reader().Actors(ctx, ids[atlas.KindActor])
	if err != nil {
		return nil, err
	}
	for _, r := range actors {
		note(r.ID, r.DisplayName(lang), r.Meta)
	}
	calls, err := a.app.Reader().Calls(ctx, ids[atlas.KindCall])
	if err != nil {
		return nil, err
	}
	for _, r := range calls {
		note(r.ID, r.Title, r.Meta)
	}
	needs, err := a.app.Reader().Needs(ctx, ids[atlas.KindNeed])
	if err != nil {
		return nil, err
	}
	for _, r := range needs {
		note(r.ID, r.Title, r.Meta)
	}
	cards, err := a.app.Reader().Practices(ctx, ids[atlas.KindPractice])
	if err != nil {
		return nil, err
	}
	for _, r := range cards {
		note(r.ID, r.Title, r.Meta)
	}
	extents, err := a.app.Reader().Extents(ctx, ids[atlas.KindExtent])
	for _, r := range extents {
		note(r.ID, r.Source, r.Meta)
	}
	return out, err
}

// change does what a button beside a watch says.
func (a *area) change(q *page.Request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	id := q.PathValue("id")
	w, err := a.mine(q, id)
	if err != nil {
		return err
	}
	said := "watching.done." + q.PostForm.Get("akce")
	switch q.PostForm.Get("akce") {
	case "ulozit":
		err = a.app.Rewatch(q.Context(), q.Viewer, id, q.PostForm.Get("obdobi"), w.Paused)
	case "pozastavit":
		err = a.app.Rewatch(q.Context(), q.Viewer, id, w.Period, true)
	case "pokracovat":
		err = a.app.Rewatch(q.Context(), q.Viewer, id, w.Period, false)
	case "kanal":
		err = a.app.RenewFeed(q.Context(), q.Viewer, id)
	case "zrusit":
		err = a.app.Unwatch(q.Context(), q.Viewer, id)
	default:
		return page.ErrBadRequest
	}
	if problem, ok := problemOf(err); ok {
		q.Flash(page.FlashError, q.T(problem))
	} else if err != nil {
		return err
	} else {
		q.Flash(page.FlashSuccess, q.T(said))
	}
	return q.Redirect(route.In(q.Lang, route.Watches))
}

// mine reads a watch of who asks; that of another is not there for them.
func (a *area) mine(q *page.Request, id string) (store.Watch, error) {
	if !q.May(atlas.RightAccount, atlas.Subject{}) {
		return store.Watch{}, atlas.ErrForbidden
	}
	w, err := a.app.Reader().Watch(q.Context(), id)
	if err == nil && w.Account != q.Viewer.Account {
		err = atlas.ErrNotFound
	}
	return w, err
}
