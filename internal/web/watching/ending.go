package watching

import (
	"net/http"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// endPage stops letters without signing in.
type endPage struct {
	page.Base
	Names      []string // what these letters tell of
	Stopped    bool     // nothing is left to be stopped
	Others     int      // watches of other periods that are not paused
	Action     string
	URLWatches string
}

// ending shows what a letter tells of and asks: a mail server that follows every
// link in a letter must not stop anything.
func (a *area) ending(q *page.Request) error { return a.showEnd(q) }

func (a *area) showEnd(q *page.Request) error {
	token := q.PathValue("token")
	account, period, ok := a.app.ReadStop(token)
	if !ok {
		return atlas.ErrNotFound
	}
	all, err := a.app.Reader().Watches(q.Context(), account)
	if err != nil {
		return err
	}
	p := &endPage{Base: q.Base(q.T("watching.end.title")), Action: route.Unfollowing(q.Lang, token), URLWatches: route.In(q.Lang, route.Watches)}
	p.NoIndex = true
	for _, w := range all {
		switch {
		case w.Paused:
		case w.Period == period:
			p.Names = append(p.Names, a.Watched(q.Lang, w))
		case w.Period != store.WatchFeedOnly:
			p.Others++
		}
	}
	p.Stopped = len(p.Names) == 0
	return q.Render(http.StatusOK, "watching/end", p)
}

// end stops letters at once: for the button of a mail program (RFC 8058), which
// wants no page to be sent on to, and for the buttons of the page.
func (a *area) end(q *page.Request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	_, err := a.app.StopLetters(q.Context(), q.PathValue("token"), q.PostForm.Get("co") == "vse")
	if err != nil {
		return err
	}
	if q.PostForm.Get("List-Unsubscribe") != "" {
		return a.showEnd(q)
	}
	return q.Redirect(route.Unfollowing(q.Lang, q.PathValue("token")))
}
