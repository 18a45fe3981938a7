package evaluations

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// done leads back to the evaluation after a deed, or shows its page with what was
// typed and what stood in the way.
func (a *area) done(q *page.Request, f *typed.Form, deed string, err error) error {
	id := q.PathValue("id")
	if problems, is := problemsOf(err); is {
		return a.showWith(q, id, http.StatusUnprocessableEntity, f, problems)
	}
	if err != nil {
		return err
	}
	q.Flash(page.FlashSuccess, q.T("evaluations.done."+deed))
	return q.Redirect(route.Evaluation(q.Lang, id))
}

// manage assigns, removes, extends and cancels.
func (a *area) manage(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	ctx, v, id, account, reason := q.Context(), q.Viewer, q.PathValue("id"), f.Text("account"), f.Text("reason")
	switch deed := f.Get(form.FieldAction); deed {
	case "pridelit":
		return a.done(q, f, "assigned", a.app.AssignEvaluator(ctx, v, id, account))
	case "odebrat":
		return a.done(q, f, "removed", a.app.RemoveEvaluator(ctx, v, id, account, reason))
	case "prodlouzit":
		return a.done(q, f, "extended", a.app.ExtendEvaluation(ctx, v, id, f.Date("due")))
	case "zrusit":
		return a.done(q, f, "cancelled", a.app.CancelEvaluation(ctx, v, id, reason))
	}
	return page.ErrBadRequest
}

// Deeds by which something is taken back after the approval.
const (
	deedWithdraw = "stahnout"
	deedEvidence = "vyradit"
)

// decide approves, takes an approval back and publishes; and takes back what was
// published, as a whole or a piece of its evidence.
func (a *area) decide(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	ctx, v, id, version := q.Context(), q.Viewer, q.PathValue("id"), form.Version(f)
	switch f.Get(form.FieldAction) {
	case "schvalit":
		return a.done(q, f, "approved", a.app.ApproveEvaluation(ctx, v, id, version))
	case "vratit":
		return a.done(q, f, "returned", a.app.ReturnEvaluation(ctx, v, id))
	case "zverejnit":
		return a.done(q, f, "published", a.app.PublishEvaluation(ctx, v, id, version))
	case deedWithdraw:
		return a.done(q, f, "withdrawn", a.app.WithdrawEvaluation(ctx, v, id, version, f.Text("reason")))
	case deedEvidence:
		at, wrong := strconv.Atoi(f.Get("at"))
		read, err := strconv.ParseInt(f.Get("read"), 10, 64)
		if wrong != nil || err != nil {
			return page.ErrBadRequest
		}
		x := app.Piece{Sheet: f.Get("sheet"), Version: read, Criterion: f.Get("criterion"), At: at}
		return a.done(q, f, "evidence", a.app.WithdrawEvidence(ctx, v, id, x, f.Text("reason")))
	}
	return page.ErrBadRequest
}

// declare takes the declaration of an evaluator. With a conflict the evaluation is
// not theirs any more.
func (a *area) declare(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	id, answer := q.PathValue("id"), f.Get("conflict")
	j, err := a.app.Judgement(q.Context(), q.Viewer, id)
	if err != nil {
		return err
	}
	if j.Mine == nil {
		return atlas.ErrForbidden
	}
	if answer != "ano" && answer != "ne" {
		return a.showWith(q, id, http.StatusUnprocessableEntity, f, []atlas.Problem{{Field: "conflict", Key: "problem.conflict_open"}})
	}
	err = a.app.DeclareConflict(q.Context(), q.Viewer, id, answer == "ano", f.Text("reason"))
	if err != nil {
		return a.done(q, f, "declared", err)
	}
	if answer == "ano" {
		q.Flash(page.FlashSuccess, q.T("evaluations.done.conflict"))
		return q.Redirect(route.In(q.Lang, route.EvaluationsMine))
	}
	return q.Redirect(route.EvaluationPart(q.Lang, route.EvaluationSheet, id))
}

// reply takes the reply of the implementer.
func (a *area) reply(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	return a.done(q, f, "replied", a.app.ReplyToEvaluation(q.Context(), q.Viewer, q.PathValue("id"), f.Text("read"), f.Text("reply")))
}

// settlePage is the form of the joint statement: what evaluators differ in, each
// with what they said.
type settlePage struct {
	page.Base
	J         *app.Judgement
	URLSave   string
	URLBack   string
	Address   string
	Kept      *form.Kept
	Flaws     []form.Flaw
	Statement string
	Other     string // what somebody else wrote since the writer began
	Problem   []string
	Low, Top  string // totals, where they differ by the gap
	Each      []settleRow
}

type settleRow struct {
	criterionRow
	Name, Value string
	Problems    []string
}

// settling answers the form of the joint statement.
func (a *area) settling(q *page.Request) error {
	return a.showSettling(q, http.StatusOK, nil)
}

func (a *area) showSettling(q *page.Request, status int, f *typed.Form) error {
	j, err := a.app.Judgement(q.Context(), q.Viewer, q.PathValue("id"))
	if err != nil {
		return err
	}
	if !j.MaySettle || !j.Open {
		return atlas.ErrForbidden
	}
	t, e := a.teller(q.Lang), j.Evaluation
	p := &settlePage{Base: q.Base(t.T("evaluations.settle.title")), J: j, URLSave: q.URL.EscapedPath(), URLBack: route.Evaluation(q.Lang, e.ID)}
	p.Nav, p.NoIndex = route.Evaluations, true
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Evaluations), Text: t.T("evaluations.title")}, {URL: p.URLBack, Text: j.Project.Title(q.Lang)}}
	if q.Viewer.SignedIn() {
		p.Address = form.Address(q)
	}
	if f == nil {
		f = typed.New(nil)
		f.Set("statement", e.Statement)
		for _, x := range e.Settlements {
			f.Set("settlements."+x.Criterion, x.Text)
		}
		if kept, err := a.app.Draft(q.Context(), q.Viewer, form.Address(q)); err == nil && form.Resuming(q) {
			f = form.Resumed(kept.Content)
		} else if err == nil {
			p.Kept = form.NewKept(q, kept.SavedAt)
		}
	}
	p.Statement, p.Flaws = f.Get("statement"), t.flaws(j.Rubric, f.Problems)
	if _, posted := f.Values["read"]; posted && !slices.Equal(strings.Fields(f.Text("read")), strings.Fields(e.Statement)) {
		p.Other = e.Statement
	}
	for _, x := range f.ProblemsOf("statement") {
		p.Problem = append(p.Problem, t.said(x))
	}
	if j.Dispute.Total {
		p.Low, p.Top = t.tenths(j.Dispute.Low), t.tenths(j.Dispute.Top)
	}
	rows := &showPage{J: j}
	for _, c := range j.Result.Criteria {
		if !c.Disputed {
			continue
		}
		row := settleRow{criterionRow: rows.criterion(t, c), Name: "settlements." + c.Code, Value: f.Get("settlements." + c.Code)}
		for _, x := range f.ProblemsOf(row.Name) {
			row.Problems = append(row.Problems, t.said(x))
		}
		p.Each = append(p.Each, row)
	}
	return q.Render(status, "evaluations/settle", p)
}

// settle takes the joint statement.
func (a *area) settle(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	var each []atlas.Settlement
	for name := range f.Values {
		if code, is := strings.CutPrefix(name, "settlements."); is {
			each = append(each, atlas.Settlement{Criterion: code, Text: f.Text(name)})
		}
	}
	err = a.app.SettleEvaluation(q.Context(), q.Viewer, q.PathValue("id"), f.Text("read"), f.Text("statement"), each)
	if problems, is := problemsOf(err); is {
		f.Problems = problems
		return a.showSettling(q, http.StatusUnprocessableEntity, f)
	}
	if err == nil && q.Viewer.SignedIn() {
		err = a.app.DropDraft(q.Context(), q.Viewer, form.Address(q))
	}
	return a.done(q, f, "settled", err)
}

// beginPage is the form that an evaluation begins by.
type beginPage struct {
	page.Base
	F          *typed.Form
	Flaws      []form.Flaw
	Project    *atlas.Project // nil until one is named
	Name       string         // its title
	Modes      []choice
	Rubrics    []choice
	Evaluators []app.PossibleEvaluator
	Barred     []barred
	Chosen     map[string]bool
}

// beginning answers the form; the project comes with the address.
func (a *area) beginning(q *page.Request) error {
	f := typed.New(nil)
	f.Set("project", q.Param(route.ParamProject))
	f.Set("due", a.app.Now().AddDate(0, 0, 28).Format("2006-01-02"))
	return a.showBeginning(q, http.StatusOK, f)
}

func (a *area) showBeginning(q *page.Request, status int, f *typed.Form) error {
	t, ctx := a.teller(q.Lang), q.Context()
	p := &beginPage{Base: q.Base(t.T("evaluations.begin.title")), F: f, Flaws: t.flaws(nil, f.Problems), Chosen: map[string]bool{}}
	p.Nav, p.NoIndex = route.Evaluations, true
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Evaluations), Text: t.T("evaluations.title")}}
	for _, m := range atlas.Modes() {
		p.Modes = append(p.Modes, choice{Value: string(m), Label: t.mode(m), Anchor: t.T("evaluations.mode_means." + string(m)), Chosen: f.Get("mode") == string(m)})
	}
	err := a.app.Reader().EachRubric(ctx, func(r *atlas.Rubric) error {
		if r.Public() {
			p.Rubrics = append(p.Rubrics, choice{Value: r.ID, Label: t.rubricName(r), Chosen: f.Get("rubric") == r.ID})
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, account := range f.Choices("evaluators") {
		p.Chosen[account] = true
	}
	if id := f.Text("project"); id != "" {
		if found, err := a.app.Reader().Projects(ctx, []string{id}); err != nil {
			return err
		} else if len(found) == 1 && found[0].Public() {
			p.Project, p.Name = found[0], found[0].Title(q.Lang)
		}
	}
	if p.Project == nil {
		return q.Render(status, "evaluations/begin", p)
	}
	all, err := a.app.PossibleEvaluators(ctx, q.Viewer, p.Project.ID)
	if err != nil {
		return err
	}
	for _, x := range all {
		if x.Problem != nil {
			p.Barred = append(p.Barred, barred{x.Name, t.said(*x.Problem)})
			continue
		}
		p.Evaluators = append(p.Evaluators, x)
	}
	return q.Render(status, "evaluations/begin", p)
}

// begin starts an evaluation.
func (a *area) begin(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	if f.Get(form.FieldAction) == "vybrat" { // the project was named, nothing begins yet
		return a.showBeginning(q, http.StatusOK, f)
	}
	n := app.NewEvaluation{
		Project: strings.ToUpper(f.Text("project")), Mode: atlas.Mode(f.Get("mode")), Rubric: f.Get("rubric"), Due: f.Date("due"), Evaluators: f.Choices("evaluators"),
	}
	if len(f.Problems) > 0 {
		return a.showBeginning(q, http.StatusUnprocessableEntity, f)
	}
	id, err := a.app.StartEvaluation(q.Context(), q.Viewer, n)
	if problems, is := problemsOf(err); is {
		f.Problems = problems
		return a.showBeginning(q, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	q.Flash(page.FlashSuccess, q.T("evaluations.done.begun", "n", strconv.Itoa(len(n.Evaluators))))
	return q.Redirect(route.Evaluation(q.Lang, id))
}
