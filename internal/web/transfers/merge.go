package transfers

import (
	"errors"
	"net/http"

	"atlas"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// mergePage asks into which card one is merged.
type mergePage struct {
	page.Base
	Action, URLBack string
	Version         int64
	Into, Problem   string // what was typed, and what is wrong with it
}

// merging answers the form that merges a card into another one.
func (a *area) merging(q *page.Request) error {
	return a.showMerging(q, http.StatusOK, "", "")
}

func (a *area) showMerging(q *page.Request, status int, into, problem string) error {
	card, err := a.app.Reader().Practice(q.Context(), q.PathValue("id"))
	if err != nil {
		return err
	}
	p := &mergePage{
		Base: q.Base(q.T("transfers.merge.title", "name", card.Title)), Action: route.PracticeMerging(q.Lang, card.ID),
		URLBack: route.Practice(q.Lang, card.ID), Version: card.Version, Into: into, Problem: problem,
	}
	p.Nav, p.NoIndex, p.Breadcrumb = route.Practices, true, []page.Link{{URL: p.URLBack, Text: card.Title}}
	return q.Render(status, "transfers/merge", p)
}

// merge merges a card into the one that was typed, by its code or its address.
func (a *area) merge(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	id, into := q.PathValue("id"), f.Text("into")
	if into == "" {
		return a.showMerging(q, http.StatusUnprocessableEntity, into, q.T("problem.required"))
	}
	keep := codeOf(f, "into")
	err = a.app.MergePractice(q.Context(), q.Viewer, id, form.Version(f), keep)
	var invalid *atlas.InvalidError
	switch {
	case errors.As(err, &invalid):
		return a.showMerging(q, http.StatusUnprocessableEntity, into, a.said(q, invalid.Problems[0].Key, invalid.Problems[0].Args))
	case errors.Is(err, atlas.ErrConflict):
		return a.showMerging(q, http.StatusConflict, into, q.T("transfers.merge.changed"))
	case err != nil:
		return err
	}
	q.Flash(page.FlashSuccess, q.T("transfers.merge.done", "id", id))
	return q.Redirect(route.Practice(q.Lang, keep))
}

// unmerge makes a card that was merged away stand by itself again.
func (a *area) unmerge(q *page.Request) error {
	id := q.PathValue("id")
	_, err := a.app.UnmergePractice(q.Context(), q.Viewer, id)
	var invalid *atlas.InvalidError
	switch {
	case errors.As(err, &invalid):
		q.Flash(page.FlashError, a.said(q, invalid.Problems[0].Key, invalid.Problems[0].Args))
	case err != nil:
		return err
	default:
		q.Flash(page.FlashSuccess, q.T("transfers.unmerge.done", "id", id))
	}
	return q.Redirect(route.Practice(q.Lang, id))
}
