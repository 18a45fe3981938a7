package contributions

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/store"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// decideMany decides several records at once.
func (a *area) decideMany(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	var items []store.ReviewItem
	for _, mark := range f.Choices(fieldMatter) {
		id, number, _ := strings.Cut(mark, ".")
		version, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return fmt.Errorf("%w: %s", page.ErrBadRequest, fieldMatter)
		}
		items = append(items, store.ReviewItem{ID: id, Version: version})
	}
	if len(items) == 0 {
		return a.showQueue(q, http.StatusUnprocessableEntity, f.Get(paramKind), f, q.T("contributions.queue.none_chosen"))
	}
	done, left, err := a.app.DecideMany(q.Context(), q.Viewer, items, f.Get(fieldDeed), a.reasonOf(q.Lang, f))
	var invalid *atlas.InvalidError
	if errors.As(err, &invalid) {
		return a.showQueue(q, http.StatusUnprocessableEntity, f.Get(paramKind), f, a.wrongReason(q, invalid.Problems[0]))
	}
	if errors.Is(err, app.ErrTransition) {
		return page.ErrBadRequest
	}
	if err != nil {
		return err
	}
	a.flashLeft(q, left, "contributions.left")
	if done.ID == "" {
		return q.Redirect(route.In(q.Lang, route.Queue))
	}
	return q.Redirect(route.Reviewed(q.Lang, done.ID))
}

// wrongReason says what is wrong with a reason.
func (a *area) wrongReason(q *page.Request, p atlas.Problem) string {
	if p.Key == "problem.required" {
		return q.T("contributions.reason.missing")
	}
	return a.said(q, p)
}

// mostNamed is how many records a message names.
const mostNamed = 8

// flashLeft says what was left as it is.
func (a *area) flashLeft(q *page.Request, left []app.LeftOut, key string) {
	if len(left) == 0 {
		return
	}
	var names []string
	for _, l := range left[:min(len(left), mostNamed)] {
		why := q.T("contributions.why.changed")
		var invalid *atlas.InvalidError
		if errors.As(l.Err, &invalid) {
			why = a.problem(q, invalid.Problems[0])
		}
		names = append(names, l.ID+" ("+why+")")
	}
	if len(left) > mostNamed {
		names = append(names, "…")
	}
	q.Flash(page.FlashWarning, q.N(key, int64(len(left)), "names", strings.Join(names, "; ")))
}

// problem is a problem with the name of its field.
func (a *area) problem(q *page.Request, p atlas.Problem) string {
	field, _, _ := strings.Cut(p.Field, ".")
	if field == "" {
		return a.said(q, p)
	}
	return a.teller(q.Lang).Label(atlas.KindProject, field) + ": " + a.said(q, p)
}

// reviewPage is several decisions made at once.
type reviewPage struct {
	page.Base
	What, Day string
	Undone    bool
	Lines     []page.Link
	URLUndo   string
	URLQueue  string
}

// review shows several decisions made at once; they can be taken back.
func (a *area) review(q *page.Request) error {
	r, err := a.app.Reader().Review(q.Context(), q.PathValue("id"))
	if err != nil {
		return err
	}
	p := &reviewPage{Base: q.Base(q.T("contributions.review.title")), What: q.T("contributions.deed." + r.Deed), Day: i18n.Day(q.Lang, r.At),
		Undone: !r.UndoneAt.IsZero(), URLUndo: route.In(q.Lang, route.Fill(route.ReviewUndo, r.ID)), URLQueue: route.In(q.Lang, route.Queue)}
	p.Nav, p.NoIndex = route.Queue, true
	p.Breadcrumb = []page.Link{{URL: p.URLQueue, Text: q.T("contributions.queue.title")}}
	for _, it := range r.Items {
		name := it.ID
		if m, err := a.app.Matter(q.Context(), q.Viewer, it.ID); err == nil {
			name = m.Title + " (" + it.ID + ")"
		}
		address := record(q.Lang, it.Kind, it.ID)
		if app.IsCorrection(it) {
			address, name = route.Judging(q.Lang, it.ID), q.T("contributions.correction_of", "name", name)
		}
		p.Lines = append(p.Lines, page.Link{URL: address, Text: name})
	}
	return q.Render(http.StatusOK, "contributions/review", p)
}

// undo takes several decisions back.
func (a *area) undo(q *page.Request) error {
	kept, err := a.app.UndoReview(q.Context(), q.Viewer, q.PathValue("id"))
	if err != nil {
		return err
	}
	if len(kept) == 0 {
		q.Flash(page.FlashSuccess, q.T("contributions.review.undone"))
	}
	a.flashLeft(q, kept, "contributions.kept_changed")
	return q.Redirect(route.Reviewed(q.Lang, q.PathValue("id")))
}
