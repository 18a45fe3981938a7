package projects

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// mergingPage shows two records side by side; what differs is chosen.
type mergingPage struct {
	page.Base
	Keep, Drop       *atlas.Project
	Fields           []mergingField
	Always           []mergingField // where both stay
	Problems         []string
	Changed          bool // a record was edited since the page was made
	Action, Other    string
	URLKeep, URLDrop string
	List             string
}

// mergingField is a field in which the records differ.
type mergingField struct {
	Key, Label string
	Keep, Drop []string
	Choice     string // app.MergeKeep, …
	Joined     bool   // both can be had
}

// field names of the form.
const (
	fieldChoice      = "volba."
	fieldKeepVersion = "verze_prvni"
	fieldDropVersion = "verze_druhy"
)

// two reads the records that the address names. A merged one leads to where it
// lives on.
func (a *area) two(q *page.Request) (keep, drop *atlas.Project, err error) {
	if keep, err = a.app.Reader().Project(q.Context(), q.PathValue("first")); err != nil {
		return nil, nil, err
	}
	drop, err = a.app.Reader().Project(q.Context(), q.PathValue("second"))
	if err == nil && keep.ID == drop.ID {
		err = atlas.ErrNotFound
	}
	return keep, drop, err
}

func (a *area) merging(q *page.Request) error {
	keep, drop, err := a.two(q)
	if err != nil {
		return err
	}
	return a.side(q, http.StatusOK, keep, drop, nil, false)
}

// side shows the records with what was chosen and what was wrong with it.
func (a *area) side(q *page.Request, status int, keep, drop *atlas.Project, wrong []atlas.Problem, changed bool) error {
	p := &mergingPage{Base: q.Base(q.T("projects.merge.title")), Keep: keep, Drop: drop, Changed: changed,
		Action: route.ProjectsMerging(q.Lang, keep.ID, drop.ID), Other: route.ProjectsMerging(q.Lang, drop.ID, keep.ID),
		List: route.In(q.Lang, route.ProjectsTwins), URLKeep: route.Project(q.Lang, keep.ID), URLDrop: route.Project(q.Lang, drop.ID)}
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Projects), Text: q.T("projects.title")}, {URL: p.List, Text: q.T("projects.twins.title")}}
	p.Nav, p.NoIndex, p.Wide = route.Projects, true, true
	s := a.sides(q.Lang)
	for _, d := range app.Differences(keep, drop) {
		f := mergingField{Key: d.Key, Label: s.label(d.Key), Keep: s.lines(keep, d.Key), Drop: s.lines(drop, d.Key), Choice: d.Default,
			Joined: slices.Contains(d.Choices, app.MergeBoth)}
		if len(d.Choices) == 0 {
			p.Always = append(p.Always, f)
			continue
		}
		if chosen := q.PostFormValue(fieldChoice + d.Key); slices.Contains(d.Choices, chosen) {
			f.Choice = chosen
		}
		p.Fields = append(p.Fields, f)
	}
	for _, w := range wrong {
		field, _, _ := strings.Cut(onForm(w).Field, ".")
		p.Problems = append(p.Problems, s.label(field)+": "+s.said(w))
	}
	return q.Render(status, "projects/merge", p)
}

// merge joins the records as chosen. Where one was edited meanwhile, or the
// result would break a rule, the page comes again with all that was chosen.
func (a *area) merge(q *page.Request) error {
	keep, drop, err := a.two(q)
	if err != nil {
		return err
	}
	m := app.Merge{Keep: keep.ID, Drop: drop.ID, Choice: map[string]string{}}
	for field, to := range map[string]*int64{fieldKeepVersion: &m.KeepVersion, fieldDropVersion: &m.DropVersion} {
		if *to, err = strconv.ParseInt(q.PostFormValue(field), 10, 64); err != nil || *to < 1 {
			return a.side(q, http.StatusConflict, keep, drop, nil, true)
		}
	}
	for _, d := range app.Differences(keep, drop) {
		if chosen := q.PostFormValue(fieldChoice + d.Key); slices.Contains(d.Choices, chosen) {
			m.Choice[d.Key] = chosen
		}
	}
	err = a.app.MergeProjects(q.Context(), q.Viewer, m)
	var invalid *atlas.InvalidError
	switch {
	case errors.As(err, &invalid):
		return a.side(q, http.StatusUnprocessableEntity, keep, drop, invalid.Problems, false)
	case errors.Is(err, atlas.ErrConflict):
		if keep, drop, err = a.two(q); err != nil {
			return err
		}
		return a.side(q, http.StatusConflict, keep, drop, nil, true)
	case err != nil:
		return err
	}
	q.Flash(page.FlashSuccess, q.T("projects.merge.done", "drop", drop.ID, "keep", keep.ID))
	return q.Redirect(route.Project(q.Lang, keep.ID))
}
