package projects

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/search"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// The pages of the list look for projects in the index of the area, which is
// that of now or, in a copy of the area, that of a day.

func (a *area) index() *search.Index {
	if a.stand != nil {
		return a.stand.Index
	}
	return a.app.Index()
}

// records reads projects by their ids.
func (a *area) records(ctx context.Context, ids []string) ([]*atlas.Project, error) {
	if a.stand != nil {
		return a.stand.Projects(ctx, ids)
	}
	return a.app.Reader().Projects(ctx, ids)
}

func (a *area) actorName(id, lang string) string {
	if a.stand != nil {
		return a.stand.ActorName(id, lang)
	}
	return a.app.ActorName(id, lang)
}

// day is the day that is asked of, "" when it is now.
func (a *area) day() string {
	if a.stand != nil {
		return a.stand.Day.String()
	}
	return ""
}

// year is the last one that projects are counted in.
func (a *area) year() int {
	if a.stand != nil {
		return a.stand.Day.Year
	}
	return a.app.Now().Year()
}

// in is the address of a page of the list, as of the day that is asked of.
func (a *area) in(lang, path string) string { return route.In(lang, route.At(a.day(), path)) }

// theDay is what a page as of a day says of it: how it is to be cited, and the
// way back to now.
type theDay struct {
	Title, Text string
	Present     string // that the day has not ended, "" when it has
	URLNow      string
	Address     string // whole, lasting
	Accessed    string // day when it was read
	Entry, Hash string // of the log that the state is proved by; "" where it begins later
}

func (a *area) theDay(q *page.Request, s state) (*theDay, error) {
	if a.stand == nil {
		return nil, nil
	}
	day := i18n.Date(q.Lang, a.stand.Day)
	d := &theDay{
		Title: a.named(q.Lang, s, "projects.title", "projects.title_for") + " – " + q.T("projects.as_of", "day", day), Text: q.T("projects.as_of", "day", day),
		URLNow: route.WithQuery(route.In(q.Lang, route.Projects), s.Encode()), Address: q.Origin() + a.url(q.Lang)(s),
		Accessed: i18n.Day(q.Lang, a.app.Now()),
	}
	if a.stand.Present() {
		d.Present = q.T("projects.as_of.present")
	}
	entry, ok, err := a.stand.Proof(q.Context())
	if ok {
		d.Entry, d.Hash = strconv.FormatInt(entry.Seq, 10), entry.Hash[:hashShown]
	}
	return d, err
}

// hashShown is how much of the hash of an entry a citation gives.
const hashShown = 16

// asOf has a page of the list answered as of the day in the address.
func (a *area) asOf(answer func(*area, *page.Request) error) page.Handler {
	return func(q *page.Request) error {
		first, last, err := a.app.Days(q.Context())
		if err != nil {
			return err
		}
		day, ok := page.Day(q.PathValue("den"))
		if !ok || day.Compare(first) < 0 || !first.Known() || day.Compare(last) > 0 {
			return a.noDay(q, first, last)
		}
		if asked := q.PathValue("den"); asked != day.String() {
			return atlas.ErrNotFound // one address for one page
		}
		stand, err := a.app.StandAt(q.Context(), day)
		var unready *app.BuildingError
		if errors.As(err, &unready) {
			return a.waiting(q, day, unready)
		}
		if err != nil {
			return err
		}
		then := *a
		then.stand = stand
		return answer(&then, q)
	}
}

// noDayPage says why there is nothing as of a day.
type noDayPage struct {
	page.Base
	Problem        string
	First, Last    string
	Action, URLNow string
}

func (a *area) noDay(q *page.Request, first, last atlas.Date) error {
	p := &noDayPage{Base: q.Base(q.T("projects.no_day.title")), First: first.String(), Last: last.String(),
		Action: route.In(q.Lang, route.Projects), URLNow: route.In(q.Lang, route.Projects)}
	p.NoIndex, p.Nav = true, route.Projects
	day, ok := page.Day(q.PathValue("den"))
	switch {
	case !ok:
		p.Problem = q.T("projects.no_day.wrong", "value", q.PathValue("den"))
	case !first.Known():
		p.Problem = q.T("projects.no_day.empty")
	case day.Compare(last) > 0:
		p.Problem = q.T("projects.no_day.future", "day", i18n.Date(q.Lang, day), "last", i18n.Date(q.Lang, last))
	default:
		p.Problem = q.T("projects.no_day.before", "day", i18n.Date(q.Lang, day), "first", i18n.Date(q.Lang, first))
	}
	return q.Render(http.StatusNotFound, "projects/noday", p)
}

// waitingPage says how far the state of a day is from being ready.
type waitingPage struct {
	page.Base
	Progress, Other string
	URLAgain        string
}

// refreshAfter is in how many seconds a page that waits asks again.
const refreshAfter = 5

// waiting answers with a page that asks again by itself.
func (a *area) waiting(q *page.Request, day atlas.Date, b *app.BuildingError) error {
	p := &waitingPage{Base: q.Base(q.T("projects.waiting.title", "day", i18n.Date(q.Lang, day))), URLAgain: q.URL.RequestURI()}
	p.NoIndex, p.Nav = true, route.Projects
	p.Progress = q.T("projects.waiting.progress", "done", i18n.Number(q.Lang, int64(b.Done)), "all", i18n.Number(q.Lang, int64(max(b.All, b.Done))))
	if b.Day != day {
		p.Other = q.T("projects.waiting.other", "day", i18n.Date(q.Lang, b.Day))
	}
	q.W.Header().Set("Refresh", strconv.Itoa(refreshAfter))
	q.W.Header().Set("Retry-After", strconv.Itoa(refreshAfter))
	return q.Render(http.StatusServiceUnavailable, "projects/waiting", p)
}
