package imports

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/importer"
	"atlas/internal/web/job"
	"atlas/internal/web/page"
	"atlas/internal/web/pager"
	"atlas/internal/web/route"
)

// pageRows is how many rows one page shows.
const pageRows = 100

// patience is how long a page waits for work before it shows progress instead.
const patience = 700 * time.Millisecond

// job finds or starts the work on an uploaded file.
func (a *area) job(q *page.Request) (*work, string, error) {
	sum, s := q.PathValue("sum"), askedOf(q)
	if !a.files.Has(sum) {
		return nil, "", atlas.ErrNotFound
	}
	o, err := s.options()
	if err != nil {
		return nil, "", err
	}
	key := sum + "?" + s.query()
	viewer := q.Viewer
	return a.jobs.Get(key, reading, ready, func(j *work, m *made) (err error) {
		o.Progress = j.Tell
		m.Plan, err = a.prepare(viewer, sum, s, o)
		return err
	}), key, nil
}

// prepare makes the plan of an uploaded file, with the columns mapped as a person
// chose.
func (a *area) prepare(v atlas.Viewer, sum string, s asked, o app.ImportOptions) (*app.ImportPlan, error) {
	file, err := a.files.File(sum)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	plan, err := a.app.OpenImport(ctx, v, o, app.ImportFile{Name: s.Name, Data: file, Size: info.Size()})
	if err != nil {
		return nil, err
	}
	if s.maps(plan) {
		if err := plan.MapBy(s.mapping(plan.Mapping)); err != nil {
			return nil, err
		}
	}
	return plan, a.app.PreviewImport(ctx, plan)
}

// preview shows what the file would do, or how far the work is.
func (a *area) preview(q *page.Request) error {
	j, key, err := a.job(q)
	if err != nil {
		return a.refused(q, err)
	}
	now := j.Wait(q.Context(), reading, patience)
	if now.Step == applying {
		now = j.Wait(q.Context(), applying, patience)
	}
	switch now.Step {
	case reading, applying:
		return a.progress(q, now)
	case applied:
		a.jobs.Forget(key)
		q.Flash(page.FlashSuccess, q.T("imports.applied"))
		return q.Redirect(route.Import(q.Lang, now.Made.Batch.ID))
	case job.Failed:
		a.jobs.Forget(key)
		return a.refused(q, a.failure(now))
	}
	return a.plan(q, now.Made.Plan)
}

// apply begins the writing; two clicks begin it once.
func (a *area) apply(q *page.Request) error {
	j, _, err := a.job(q)
	if err != nil {
		return a.refused(q, err)
	}
	j.Wait(q.Context(), reading, usualWait)
	viewer := q.Viewer
	j.Then(ready, applying, applied, func(m *made) (err error) {
		m.Batch, err = a.app.ApplyImport(context.Background(), viewer, m.Plan)
		return err
	})
	return q.Redirect(previewAddress(q.Lang, q.PathValue("sum"), askedOf(q)))
}

// usualWait is how long the press of the button waits for a plan that has to be
// made again.
const usualWait = 20 * time.Second

// progressPage says how far the work is; the browser asks again by itself.
type progressPage struct {
	page.Base
	standing
	Words string
}

func (a *area) progress(q *page.Request, now standing) error {
	v := progressPage{Base: q.Base(q.T("imports." + now.Step)), standing: now, Words: q.T("imports.progress.unknown")}
	if now.Total > 0 {
		v.Words = q.T("imports.progress", "percent", now.Percent())
	}
	v.NoIndex = true
	q.W.Header().Set("Refresh", "1")
	q.W.Header().Set("Cache-Control", "no-store")
	return q.Render(http.StatusOK, "imports/progress", v)
}

// mostNamed is how many organisations a page names.
const mostNamed = 200

// planPage is the preview.
type planPage struct {
	page.Base
	tally
	File, Source, Action string
	Before               *atlas.Batch // the very same file was applied already
	BeforeURL            string
	Publish              bool
	NewActors            []string
	Groups               []group
	Outcomes             []choice
	Rows                 []line
	Pager                pager.Pager
	Nothing              bool // nothing would change
	Columns              *columnsForm
}

func (a *area) plan(q *page.Request, plan *app.ImportPlan) error {
	b := plan.Batch
	p := planPage{Base: q.Base(q.T("imports.preview.title", "file", b.File)), tally: tallyOf(b), File: b.File,
		Source: q.T("imports.source." + plan.Source), Publish: askedOf(q).Publish, Before: plan.AlreadyApplied}
	p.Breadcrumb, p.Nav, p.NoIndex, p.Wide = crumbs(q), route.Imports, true, true
	p.Action = previewAddress(q.Lang, q.PathValue("sum"), askedOf(q))
	p.Nothing = b.Created+b.Updated == 0
	p.Columns = a.columns(q, plan)
	if p.Before != nil {
		p.BeforeURL = route.Import(q.Lang, p.Before.ID)
	}
	for i := range plan.Actors {
		p.NewActors = append(p.NewActors, plan.Actors[i].Name)
	}
	if plan.NewActors > len(plan.Actors) {
		p.NewActors = append(p.NewActors, "…")
	}
	for _, g := range plan.Groups {
		p.Groups = append(p.Groups, groupOf(q, g))
	}
	count := map[string]int{}
	for _, o := range allOutcomes {
		count[o] = plan.Count(o)
	}
	chosen := q.Param(paramOutcome)
	address := func(outcome string, n int) string { return p.Action + rowsQuery(outcome, n) }
	p.Outcomes = outcomes(q, count, chosen, plan.Batch.Rows, func(o string) string { return address(o, 1) + "#radky" })
	p.Pager = pager.New(plan.Count(chosen), pager.Number(q.Param(paramPage)), pageRows, func(n int) string { return address(chosen, n) + "#radky" })
	rows, err := plan.Page(chosen, p.Pager.First-1, pageRows)
	if err != nil {
		return err
	}
	for _, r := range rows {
		p.Rows = append(p.Rows, a.planned(q, r))
	}
	return q.Render(http.StatusOK, "imports/preview", p)
}

// planned is a row of the preview.
func (a *area) planned(q *page.Request, r app.ImportRow) line {
	l := line{Row: r.Row, Outcome: r.Outcome, Said: q.T("imports.outcome." + r.Outcome), Title: r.Title, Record: r.Record, Problems: problems(q, r.Problems)}
	if r.Record != "" {
		l.URL = route.Project(q.Lang, r.Record)
	}
	switch {
	case r.Other != "":
		l.Like, l.LikeURL = q.T("imports.like", "record", r.Other), route.Project(q.Lang, r.Other)
	case r.OtherRow > 0:
		l.Like = q.T("imports.like_row", "row", r.OtherRow)
	}
	for _, f := range r.Fields {
		l.Fields = append(l.Fields, fieldName(q, f))
	}
	return l
}

// refused shows the form again with the reason, and what was said of the file.
func (a *area) refused(q *page.Request, err error) error {
	var file *importer.FileError
	var invalid *atlas.InvalidError
	switch {
	case errors.As(err, &file):
		return a.again(q, askedOf(q), []problem{{Href: "#" + paramFile, Text: explain(q, file.Key, file.Args)}})
	case errors.As(err, &invalid):
		var all []problem
		fields := map[string]string{"url": paramURL, "accessed": paramAccessed}
		for _, p := range invalid.Problems {
			id := fields[p.Field]
			if id == "" {
				id = paramFile
			}
			all = append(all, problem{Href: "#" + id, Text: explain(q, p.Key, p.Args)})
		}
		return a.again(q, askedOf(q), all)
	}
	return err
}

func rowsQuery(outcome string, n int) string {
	s := ""
	if outcome != "" {
		s += "&" + paramOutcome + "=" + outcome
	}
	if n > 1 {
		s += "&" + paramPage + "=" + strconv.Itoa(n)
	}
	return s
}

// allOutcomes in the order in which people ask for them.
var allOutcomes = []string{
	atlas.OutcomeError, atlas.OutcomeSuspect, atlas.OutcomeCreate, atlas.OutcomeUpdate, atlas.OutcomeUnchanged, atlas.OutcomeSkip,
}

func outcomes(q *page.Request, count map[string]int, chosen string, all int, url func(string) string) []choice {
	out := []choice{{Label: q.T("imports.outcome.all"), URL: url(""), Count: all, Current: !slices.Contains(allOutcomes, chosen)}}
	for _, o := range allOutcomes {
		if count[o] > 0 || o == chosen {
			out = append(out, choice{Label: q.T("imports.outcome." + o), URL: url(o), Count: count[o], Current: o == chosen})
		}
	}
	return out
}
