package evaluations

import (
	"net/http"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// runPage is what running evaluations wait for.
type runPage struct {
	page.Base
	Mine     bool
	Rows     []owedRow
	Late     int
	MayCheck bool
	URLCheck string
	Sheets   []owedRow // finished ones of the reader
}

type owedRow struct {
	URL, Project, Mode, Step, Who, Due string
	Late                               bool
}

// run answers who owes what, for who manages.
func (a *area) run(q *page.Request) error {
	all, err := a.app.Owed(q.Context(), q.Viewer)
	if err != nil {
		return err
	}
	t := a.teller(q.Lang)
	p := &runPage{Base: q.Base(t.T("evaluations.run.title"))}
	return a.showRun(q, t, p, all)
}

// mine answers what waits for the reader.
func (a *area) mine(q *page.Request) error {
	all, err := a.app.Waiting(q.Context(), q.Viewer)
	if err != nil {
		return err
	}
	t := a.teller(q.Lang)
	p := &runPage{Base: q.Base(t.T("evaluations.mine.title")), Mine: true, MayCheck: app.MayCheck(q.Viewer), URLCheck: route.In(q.Lang, route.SelfChecks)}
	return a.showRun(q, t, p, all)
}

func (a *area) showRun(q *page.Request, t teller, p *runPage, all []app.Owed) error {
	p.Nav, p.NoIndex = route.Evaluations, true
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Evaluations), Text: t.T("evaluations.title")}}
	for _, o := range all {
		row := owedRow{URL: route.Evaluation(q.Lang, o.Evaluation), Project: o.Project, Mode: t.mode(o.Mode), Step: t.T("evaluations.step." + o.Step), Who: o.Who, Due: t.day(o.Due), Late: o.Late}
		if !p.Mine && row.Who == "" {
			row.Who = t.T("evaluations.step_of." + o.Step)
		}
		switch {
		case p.Mine && o.Step == app.StepWrite:
			row.URL = route.EvaluationPart(q.Lang, route.EvaluationSheet, o.Evaluation)
		case p.Mine && o.Step == app.StepSettle:
			row.URL = route.EvaluationPart(q.Lang, route.EvaluationSettle, o.Evaluation)
		}
		if o.Late {
			p.Late++
		}
		p.Rows = append(p.Rows, row)
	}
	return q.Render(http.StatusOK, "evaluations/run", p)
}

// checksPage is the reader's private self-checks and the form of a new one.
type checksPage struct {
	page.Base
	F       *typed.Form
	Flaws   []form.Flaw
	Rubrics []choice
	Rows    []checkRow
	URLSave string
}

type checkRow struct{ URL, What, Day string }

// checks answers the private self-checks of the reader (8.2.9).
func (a *area) checks(q *page.Request) error {
	if !app.MayCheck(q.Viewer) {
		return atlas.ErrForbidden
	}
	f := typed.New(nil)
	f.Set("project", q.Param(route.ParamProject))
	return a.showChecks(q, http.StatusOK, f)
}

func (a *area) showChecks(q *page.Request, status int, f *typed.Form) error {
	t := a.teller(q.Lang)
	p := &checksPage{Base: q.Base(t.T("evaluations.checks.title")), F: f, Flaws: t.flaws(nil, f.Problems), URLSave: route.In(q.Lang, route.SelfChecks)}
	p.Nav, p.NoIndex = route.Evaluations, true
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Evaluations), Text: t.T("evaluations.title")}}
	err := a.app.Reader().EachRubric(q.Context(), func(r *atlas.Rubric) error {
		if r.Public() && len(r.Asked(atlas.ModeExAnte)) > 0 {
			p.Rubrics = append(p.Rubrics, choice{Value: r.ID, Label: t.rubricName(r), Chosen: f.Get("rubric") == r.ID})
		}
		return nil
	})
	if err != nil {
		return err
	}
	all, err := a.app.Checks(q.Context(), q.Viewer)
	if err != nil {
		return err
	}
	var ids []string
	for _, s := range all {
		if s.Project != "" {
			ids = append(ids, s.Project)
		}
	}
	found, err := a.app.Reader().Projects(q.Context(), ids)
	if err != nil {
		return err
	}
	titles := map[string]string{}
	for _, x := range found {
		titles[x.ID] = x.Title(q.Lang)
	}
	for _, s := range all {
		row := checkRow{URL: route.Checking(q.Lang, s.ID), What: s.Title, Day: t.when(s.UpdatedAt)}
		if s.Project != "" {
			row.What = strings.TrimSpace(s.Project + " " + titles[s.Project])
		}
		p.Rows = append(p.Rows, row)
	}
	return q.Render(status, "evaluations/checks", p)
}

// beginCheck begins a private self-check.
func (a *area) beginCheck(q *page.Request) error {
	if !app.MayCheck(q.Viewer) {
		return atlas.ErrForbidden
	}
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	id, err := a.app.BeginCheck(q.Context(), q.Viewer, f.Get("rubric"), strings.ToUpper(f.Text("project")), f.Text("title"))
	if problems, is := problemsOf(err); is {
		f.Problems = problems
		return a.showChecks(q, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return q.Redirect(route.Checking(q.Lang, id))
}
