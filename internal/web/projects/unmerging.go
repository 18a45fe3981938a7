package projects

import (
	"errors"
	"net/http"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// unmergingPage shows what undoing a merge would do, and asks.
type unmergingPage struct {
	page.Base
	Plan         *app.MergeUndo
	Problem      string // why it cannot be undone
	Rows         []unmergingRow
	Action, List string
}

// unmergingRow is one record that the merge changed.
type unmergingRow struct {
	Title, URL     string
	Restored, Kept []string
}

func (a *area) unmerging(q *page.Request) error {
	id := q.PathValue("id")
	plan, err := a.app.PrepareUndoMerge(q.Context(), q.Viewer, id)
	p := &unmergingPage{Base: q.Base(q.T("projects.unmerge.title", "id", id)), Action: route.ProjectsUnmerging(q.Lang, id),
		List: route.In(q.Lang, route.ProjectsTwins) + "?" + paramTwinsState + "=" + twinsMerged, Plan: plan}
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Projects), Text: q.T("projects.title")}, {URL: p.List, Text: q.T("projects.twins.title")}}
	p.Nav, p.NoIndex = route.Projects, true
	s := a.sides(q.Lang)
	var invalid *atlas.InvalidError
	switch {
	case errors.As(err, &invalid):
		p.Problem = s.said(invalid.Problems[0])
		return q.Render(http.StatusOK, "projects/unmerge", p)
	case err != nil:
		return err
	}
	for _, r := range plan.Rows {
		row := unmergingRow{Title: r.Title + " (" + r.Record + ")", URL: route.Project(q.Lang, r.Record)}
		for _, key := range r.Restored {
			row.Restored = append(row.Restored, s.label(key))
		}
		for _, k := range r.Kept {
			row.Kept = append(row.Kept, s.kept(k))
		}
		p.Rows = append(p.Rows, row)
	}
	return q.Render(http.StatusOK, "projects/unmerge", p)
}

// unmerge makes two projects of one again.
func (a *area) unmerge(q *page.Request) error {
	id := q.PathValue("id")
	_, err := a.app.UndoMerge(q.Context(), q.Viewer, id)
	var invalid *atlas.InvalidError
	if errors.As(err, &invalid) {
		return q.Redirect(route.ProjectsUnmerging(q.Lang, id)) // which says why
	}
	if err != nil {
		return err
	}
	q.Flash(page.FlashSuccess, q.T("projects.unmerge.done", "id", id))
	return q.Redirect(route.Project(q.Lang, id))
}
