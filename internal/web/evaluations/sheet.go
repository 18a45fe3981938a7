package evaluations

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/rubric"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// draftKind stands in the names of the copies of sheets that browsers keep.
const draftKind = "list"

// actionSubmit closes a sheet.
const actionSubmit = "odevzdat"

// part is what differs between the three parts in which somebody writes a sheet.
type part struct {
	read  func(q *page.Request) (*app.Desk, error)
	name  string // in messages: "sheet", "self", "check"
	after string // where a submitted sheet leads to; "" = it stays open
}

// sheetPage is the form of a sheet, or the sheet as it was submitted.
type sheetPage struct {
	page.Base
	Part                    string
	D                       *app.Desk
	What                    string // the project, or what a self-check is of
	URLProject              string
	Mode, Rubric, URLRubric string
	URLSave, URLBack        string
	Address, Draft, Saved   string
	Kept                    *form.Kept
	Version                 int64
	Changed, Stale, Written bool // rows changed; saved elsewhere meanwhile; kept though not submitted
	Again                   bool // submitted already with other words than these
	Flaws                   []form.Flaw
	Blocks                  []block
	Gates                   []gateBlock
	Words, Opinions         []wordBlock
	Verdict                 verdictView
	Due                     string
	Focus                   string
	Own                     bool   // one may declare a conflict here
	Score                   string // what a script needs to count as the server does, JSON
}

// verdictView is what a sheet comes to as it stands.
type verdictView struct {
	Total, Completeness, Band string
	Open                      int // questions without an answer
	Excluded, Insufficient    bool
	Floor                     int
}

func (t teller) verdict(d *app.Desk, s *atlas.Sheet) verdictView {
	v := rubric.Judge(d.Rubric, d.Sheet.Mode, s)
	out := verdictView{Completeness: t.tenths(v.Completeness), Open: len(v.Open) + len(v.OpenGates), Excluded: v.Excluded, Insufficient: v.Insufficient, Floor: d.Rubric.Floor}
	if v.Known {
		out.Total = t.tenths(v.Total)
		if s.Role != atlas.SheetCheck && d.Sheet.Role != atlas.SheetCheck { // 8.2.9: no band
			out.Band = t.band(d.Rubric, v.Band)
		}
	}
	return out
}

// scoring is what a script needs of a rubric to count a sheet while it is written.
type scoring struct {
	Max      int           `json:"max"`
	Floor    int           `json:"floor"`
	Reason   int           `json:"reason"`   // characters of a justification
	Evidence int           `json:"evidence"` // points that need it
	Bands    []scoringBand `json:"bands,omitempty"`
}

type scoringBand struct {
	From int    `json:"from"` // tenths
	Name string `json:"name"`
}

// scoring writes it; a private self-check has no bands (8.2.9).
func (t teller) scoring(d *app.Desk) (string, error) {
	s := scoring{Max: d.Rubric.Max(), Floor: d.Rubric.Floor, Reason: atlas.JustificationMin, Evidence: d.Rubric.EvidenceFrom()}
	if d.Sheet.Role != atlas.SheetCheck {
		for _, b := range d.Rubric.Bands {
			s.Bands = append(s.Bands, scoringBand{b.From, t.in(b.Words)})
		}
	}
	out, err := json.Marshal(s)
	return string(out), err
}

func (a *area) evaluatorPart() part {
	return part{name: "sheet", after: route.EvaluationShow, read: func(q *page.Request) (*app.Desk, error) {
		return a.app.SheetFor(q.Context(), q.Viewer, q.PathValue("id"))
	}}
}

func (a *area) selfPart() part {
	return part{name: "self", after: route.EvaluationShow, read: func(q *page.Request) (*app.Desk, error) {
		return a.app.SelfSheet(q.Context(), q.Viewer, q.PathValue("id"))
	}}
}

func (a *area) checkPart() part {
	return part{name: "check", read: func(q *page.Request) (*app.Desk, error) {
		return a.app.Check(q.Context(), q.Viewer, q.PathValue("id"))
	}}
}

// sheet answers the sheet of an evaluator. Who has not declared yet is led to where
// they do.
func (a *area) sheet(q *page.Request) error {
	err := a.open(q, a.evaluatorPart())
	if errors.Is(err, atlas.ErrForbidden) {
		if j, readable := a.app.Judgement(q.Context(), q.Viewer, q.PathValue("id")); readable == nil && j.Mine != nil {
			return q.Redirect(route.Evaluation(q.Lang, q.PathValue("id")) + "#prohlaseni")
		}
	}
	return err
}

func (a *area) saveSheet(q *page.Request) error { return a.save(q, a.evaluatorPart()) }
func (a *area) check(q *page.Request) error     { return a.open(q, a.checkPart()) }
func (a *area) saveCheck(q *page.Request) error { return a.save(q, a.checkPart()) }

// self answers the self-evaluation, or the offer to begin one.
func (a *area) self(q *page.Request) error {
	err := a.open(q, a.selfPart())
	if app.NotBegun(err) {
		return q.Redirect(route.Evaluation(q.Lang, q.PathValue("id")) + "#sebehodnoceni")
	}
	if problems, is := problemsOf(err); is {
		return a.showWith(q, q.PathValue("id"), http.StatusConflict, typed.New(nil), problems)
	}
	return err
}

// saveSelf begins a self-evaluation or saves it.
func (a *area) saveSelf(q *page.Request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	if q.PostForm.Get(form.FieldAction) != "zacit" {
		return a.save(q, a.selfPart())
	}
	id := q.PathValue("id")
	err := a.app.BeginSelf(q.Context(), q.Viewer, id)
	if problems, is := problemsOf(err); is {
		return a.showWith(q, id, http.StatusConflict, typed.New(nil), problems)
	}
	if err != nil {
		return err
	}
	return q.Redirect(route.EvaluationPart(q.Lang, route.EvaluationSelf, id))
}

// open answers a sheet, with the offer of what was typed into it before.
func (a *area) open(q *page.Request, of part) error {
	d, err := of.read(q)
	if err != nil {
		return err
	}
	f := fill(d.Sheet)
	kept, err := a.app.Draft(q.Context(), q.Viewer, form.Address(q))
	switch {
	case errors.Is(err, atlas.ErrNotFound) || d.Closed:
		return a.showSheet(q, http.StatusOK, of, d, f, &sheetPage{})
	case err != nil:
		return err
	case form.Resuming(q):
		return a.showSheet(q, http.StatusOK, of, d, form.Resumed(kept.Content), &sheetPage{})
	}
	return a.showSheet(q, http.StatusOK, of, d, f, &sheetPage{Kept: form.NewKept(q, kept.SavedAt)})
}

// showSheet writes the form over what was typed, or a closed sheet.
func (a *area) showSheet(q *page.Request, status int, of part, d *app.Desk, f *typed.Form, p *sheetPage) error {
	t := a.teller(q.Lang)
	p.Part, p.D, p.Mode, p.Rubric, p.URLRubric = of.name, d, t.mode(d.Sheet.Mode), t.rubricName(d.Rubric), route.Rubric(q.Lang, d.Rubric.ID)
	p.What = d.Sheet.Title
	if d.Project != nil {
		p.What, p.URLProject = d.Project.Title(q.Lang), route.Project(q.Lang, d.Project.ID)
	}
	p.Base = q.Base(t.T("evaluations."+of.name+".title", "what", p.What))
	p.Nav, p.NoIndex = route.Evaluations, true
	if d.Evaluation == nil {
		p.URLBack = route.In(q.Lang, route.SelfChecks)
		p.Breadcrumb = []page.Link{{URL: p.URLBack, Text: t.T("evaluations.checks.title")}}
	} else {
		p.URLBack, p.Due = route.Evaluation(q.Lang, d.Evaluation.ID), t.day(d.Evaluation.Due)
		p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Evaluations), Text: t.T("evaluations.title")}, {URL: p.URLBack, Text: p.What}}
	}
	p.URLSave, p.Draft = q.URL.EscapedPath(), draftKind+"-"+d.Sheet.ID
	p.Saved = form.SavedDraft(q, draftKind, d.Sheet.ID)
	if q.Viewer.SignedIn() {
		p.Address = form.Address(q)
	}
	p.Version = d.Sheet.Version
	if v := form.Version(f); v > 0 && !p.Stale {
		p.Version = v
	}
	p.Own = of.name == "sheet"
	p.Verdict = t.verdict(d, decode(typed.New(copied(f.Values)), d.Rubric, d.Sheet.Mode))
	p.Blocks, p.Gates = t.blocks(f, d.Rubric, d.Sheet.Mode, d.Closed), t.gates(f, d.Rubric)
	p.Words, p.Opinions = t.wordBlocks(f)
	p.Flaws = t.flaws(d.Rubric, f.Problems)
	var err error
	if p.Score, err = t.scoring(d); err != nil {
		return err
	}
	return q.Render(status, "evaluations/sheet", p)
}

// sameWords says whether what was typed is what the sheet says.
func sameWords(typed, stored *atlas.Sheet) bool {
	return bytes.Equal(rubric.Said(&atlas.Sheet{Scores: typed.Scores, Gates: typed.Gates, Strengths: typed.Strengths, Weaknesses: typed.Weaknesses, Advice: typed.Advice, Opinions: typed.Opinions}),
		rubric.Said(&atlas.Sheet{Scores: stored.Scores, Gates: stored.Gates, Strengths: stored.Strengths, Weaknesses: stored.Weaknesses, Advice: stored.Advice, Opinions: stored.Opinions}))
}

// copied are the values of a form that may be changed without changing it.
func copied(values map[string][]string) map[string][]string {
	out := make(map[string][]string, len(values))
	for name, all := range values {
		out[name] = append([]string(nil), all...)
	}
	return out
}

// save takes a sheet: adds or drops a row of evidence, saves, or submits. Whatever
// stands in the way, every word comes back.
func (a *area) save(q *page.Request, of part) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	d, err := of.read(q)
	if err != nil {
		return err
	}
	if focus, done := groups(d.Rubric).Change(f); done {
		return a.showSheet(q, http.StatusOK, of, d, f, &sheetPage{Changed: true, Focus: focus})
	}
	s := decode(f, d.Rubric, d.Sheet.Mode)
	if len(f.Problems) > 0 {
		return a.showSheet(q, http.StatusUnprocessableEntity, of, d, f, &sheetPage{})
	}
	s.ID, s.Version = d.Sheet.ID, form.Version(f)
	write, done := a.app.SaveSheet, "saved"
	if f.Get(form.FieldAction) == actionSubmit && of.after != "" {
		write, done = a.app.SubmitSheet, "submitted"
	}
	before := s.Version
	err = write(q.Context(), q.Viewer, form.Address(q), s)
	problems, invalid := problemsOf(err)
	switch {
	case invalid:
		f.Problems = problems
		f.Set(form.FieldVersion, "")
		if d, err = of.read(q); err != nil {
			return err
		}
		return a.showSheet(q, http.StatusUnprocessableEntity, of, d, f, &sheetPage{Written: s.Version > before})
	case errors.Is(err, app.ErrSubmitted) && !sameWords(s, d.Sheet):
		if d, err = of.read(q); err != nil {
			return err
		}
		return a.showSheet(q, http.StatusConflict, of, d, f, &sheetPage{Again: true})
	case errors.Is(err, app.ErrSubmitted):
		q.Flash(page.FlashWarning, q.T("evaluations.already_submitted"))
		return q.Redirect(route.EvaluationPart(q.Lang, of.after, q.PathValue("id")))
	case errors.Is(err, atlas.ErrConflict):
		return a.showSheet(q, http.StatusConflict, of, d, f, &sheetPage{Stale: true})
	case err != nil:
		return err
	}
	q.Flash(page.FlashSuccess, q.T("evaluations.done."+done))
	to := q.URL.EscapedPath()
	if done == "submitted" {
		to = route.EvaluationPart(q.Lang, of.after, q.PathValue("id"))
	}
	return q.Redirect(form.Forget(draftKind, d.Sheet.ID, to))
}
