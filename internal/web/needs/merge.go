package needs

import (
	"cmp"
	"errors"
	"net/http"
	"strings"

	"atlas"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// mergePage asks into which need one is merged.
type mergePage struct {
	page.Base
	Action, URLBack string
	Version         int64
	Into, Problem   string // what was typed, and what is wrong with it
}

// merging answers the form that merges a need into another one.
func (a *area) merging(q *page.Request) error {
	n, err := a.app.Reader().Need(q.Context(), q.PathValue("id"))
	if err != nil {
		return err
	}
	return a.showMerging(q, http.StatusOK, n, "", "")
}

func (a *area) showMerging(q *page.Request, status int, n *atlas.Need, into, problem string) error {
	p := &mergePage{
		Base: q.Base(q.T("needs.merge.title", "name", n.Title)), Action: route.NeedMerging(q.Lang, n.ID), URLBack: route.Need(q.Lang, n.ID),
		Version: n.Version, Into: into, Problem: problem,
	}
	p.Nav, p.NoIndex = route.Needs, true
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Needs), Text: q.T("needs.title")}, {URL: p.URLBack, Text: n.Title}}
	return q.Render(status, "needs/merge", p)
}

// merge merges a need into the one that was typed, by its code or its address.
func (a *area) merge(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	n, err := a.app.Reader().Need(q.Context(), q.PathValue("id"))
	if err != nil {
		return err
	}
	into := f.Text("into")
	if into == "" {
		return a.showMerging(q, http.StatusUnprocessableEntity, n, into, q.T("problem.required"))
	}
	keep := cmp.Or(code.FindString(strings.ToUpper(into)), into)
	err = a.app.MergeNeed(q.Context(), q.Viewer, n.ID, form.Version(f), keep)
	var invalid *atlas.InvalidError
	switch {
	case errors.As(err, &invalid):
		return a.showMerging(q, http.StatusUnprocessableEntity, n, into, a.sheet(q.Lang, f).Said(invalid.Problems[0].Key, invalid.Problems[0].Args))
	case errors.Is(err, atlas.ErrConflict):
		return a.showMerging(q, http.StatusConflict, n, into, q.T("needs.merge.changed"))
	case err != nil:
		return err
	}
	q.Flash(page.FlashSuccess, q.T("needs.merge.done", "id", n.ID))
	return q.Redirect(route.Need(q.Lang, keep))
}

// unmerge gives a need that was merged away back.
func (a *area) unmerge(q *page.Request) error {
	id := q.PathValue("id")
	err := a.app.UnmergeNeed(q.Context(), q.Viewer, id)
	var invalid *atlas.InvalidError
	if errors.As(err, &invalid) {
		q.Flash(page.FlashError, q.T("problem.not_merged", "id", id))
	} else if err != nil {
		return err
	} else {
		q.Flash(page.FlashSuccess, q.T("needs.unmerge.done", "id", id))
	}
	return q.Redirect(route.Need(q.Lang, id))
}
