package evaluations

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// showPage is an evaluation as far as its reader may read it.
type showPage struct {
	page.Base
	J                          *app.Judgement
	E                          *atlas.Evaluation
	What, URLProject           string
	Mode, State, Means, Rubric string
	URLRubric                  string
	Due, Approved              string
	Late                       bool
	Withdrawn                  bool // no evaluation begins by this version any more
	Result                     resultView
	Criteria                   []criterionRow
	Gates                      []gateRow
	Texts                      []textRow // strengths and so on, by who said it
	Opinions                   []opinionRow
	SelfTexts                  []textRow
	SelfShown                  bool
	Panel                      []panelRow
	Choose                     []app.PossibleEvaluator
	Barred                     []barred
	Beside                     []page.Link
	Outputs                    []page.Link // what is made of it
	F                          *typed.Form // what was typed where something stood in the way
	Flaws                      []form.Flaw

	URLSheet, URLSelf, URLSettle, URLManage, URLDecide, URLDeclare, URLReply string
	MayReply, MaySelf, Running                                               bool
	MayDrop                                                                  bool // evidence that does not hold
}

// resultView is what the panel found.
type resultView struct {
	Shown                                       bool // there is something to show
	Total, Completeness, Band                   string
	Evaluators                                  int
	Excluded, Insufficient, Preliminary, Frozen bool
	Candidate, Upscaling                        bool
	Floor                                       int
}

// criterionRow is what was found of one criterion.
type criterionRow struct {
	Code, Title string
	Open        bool // something in it was refused
	Weight      int
	Points      string // "3,5", or why there are none
	Scored      bool
	Spread      string // "1–3", or that they do not differ
	Disputed    bool
	Means       string // what the points mean, where they are whole
	Anchors     []choice
	Self        string // of the self-evaluation
	Difference  string // "+1": self less panel
	Settlement  string
	Said        []saidRow
}

// saidRow is what one evaluator said of a criterion.
type saidRow struct {
	Who, Points, Text, Confidence string
	Evidence                      []evidenceView
}

type evidenceView struct {
	Kind, Text, Href string
	Withdrawn        string // why it does not hold
	Drop             *pieceView
}

// pieceView says which piece of evidence an editor takes out.
type pieceView struct {
	Action, Sheet, Criterion string
	Version                  int64
	At                       int
	Reason                   reasonView
}

// reasonView is the field of a reason of one of the forms that ask for one. The form
// that was refused stands open with what was typed.
type reasonView struct {
	ID, Text string
	Open     bool
}

// Reason is that of a form by its deed and what it is about: "odebrat-U-00002".
func (p *showPage) Reason(deed string) reasonView {
	v := reasonView{ID: "f-reason-" + deed}
	if deed == refused(p.F) {
		v.Open, v.Text = true, p.F.Get("reason")
	}
	return v
}

// refused names the form that was refused, as Reason does.
func refused(f *typed.Form) string {
	switch deed := f.Get(form.FieldAction); deed {
	case "odebrat":
		return deed + "-" + f.Get("account")
	case deedEvidence:
		return pieceDeed(f.Get("sheet"), f.Get("criterion"), f.Get("at"))
	default:
		return deed
	}
}

// pieceDeed names the form by which a piece of evidence is taken out.
func pieceDeed(sheet, criterion, at string) string {
	return strings.Join([]string{deedEvidence, sheet, criterion, at}, "-")
}

type gateRow struct {
	Code, Text string
	Yes        bool
	Notes      []string
}

type textRow struct{ Who, Label, Text string }

type opinionRow struct {
	Of    string
	Texts []textRow // Label is the source
}

// panelRow is an evaluator, for who manages.
type panelRow struct {
	Account, Name, State, Reason string
	Asked, Declared, Done        string
	Third, Active                bool
}

// barred is somebody who cannot judge the project, with the reason.
type barred struct{ Name, Why string }

func (t teller) day(d atlas.Date) string { return i18n.Date(t.lang, d) }

// when is a day, "" where it has not come yet.
func (t teller) when(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return i18n.Day(t.lang, at)
}

// show answers the page of an evaluation.
func (a *area) show(q *page.Request) error {
	return a.showWith(q, q.PathValue("id"), http.StatusOK, typed.New(nil), nil)
}

// showWith is the page with what was typed and what stood in its way.
func (a *area) showWith(q *page.Request, id string, status int, f *typed.Form, problems []atlas.Problem) error {
	j, err := a.app.Judgement(q.Context(), q.Viewer, id)
	if err != nil {
		return err
	}
	t, e := a.teller(q.Lang), j.Evaluation
	what := j.Project.Title(q.Lang)
	p := &showPage{
		Base: q.Base(t.T("evaluations.show.title", "what", what)), J: j, E: e, What: what, URLProject: route.Project(q.Lang, j.Project.ID), F: f,
		Mode: t.mode(e.Mode), State: t.state(e.State), Means: t.T("evaluations.means." + string(e.State)), Rubric: t.rubricName(j.Rubric), URLRubric: route.Rubric(q.Lang, j.Rubric.ID),
		Due: t.day(e.Due), Approved: t.day(e.Approved), Withdrawn: j.Rubric.RecordStatus == atlas.RecordArchived,
		Late:  e.State == atlas.EvaluationOpen && e.Due.Compare(atlas.DateOf(a.app.Now().In(i18n.Prague))) < 0,
		Flaws: t.flaws(j.Rubric, problems),
	}
	for i := range p.Flaws {
		if deed := refused(f); deed != "" && p.Flaws[i].Href == "#f-reason" {
			p.Flaws[i].Href = "#" + p.Reason(deed).ID
		}
	}
	p.Query, p.Nav, p.NoIndex = nil, route.Evaluations, !e.Public() || e.Sample
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Evaluations), Text: t.T("evaluations.title")}}
	p.Running = slices.Contains([]atlas.EvaluationState{atlas.EvaluationOpen, atlas.EvaluationSubmitted, atlas.EvaluationDisputed}, e.State)
	p.MaySelf = j.Implements && p.Running
	approved := e.State == atlas.EvaluationApproved || e.State == atlas.EvaluationPublished
	p.MayReply, p.MayDrop = j.Implements && approved, j.MayApprove && approved
	for pattern, to := range map[string]*string{
		route.EvaluationSheet: &p.URLSheet, route.EvaluationSelf: &p.URLSelf, route.EvaluationSettle: &p.URLSettle, route.EvaluationManage: &p.URLManage,
		route.EvaluationDecide: &p.URLDecide, route.EvaluationDeclare: &p.URLDeclare, route.EvaluationReply: &p.URLReply,
	} {
		*to = route.EvaluationPart(q.Lang, pattern, e.ID)
	}
	if j.Open {
		p.found(t)
		p.outputs(q)
	}
	if j.Manages {
		err = a.panel(q, t, p)
	}
	if err != nil {
		return err
	}
	return q.Render(status, "evaluations/show", p)
}

// found fills what the panel found and what its members said.
func (p *showPage) found(t teller) {
	j, r := p.J, p.J.Result
	p.Result = resultView{
		Shown: true, Completeness: t.tenths(r.Completeness), Evaluators: r.Evaluators, Excluded: r.Excluded, Insufficient: r.Insufficient,
		Preliminary: r.Preliminary, Frozen: j.Evaluation.Result.Evaluators > 0, Candidate: r.Candidate, Upscaling: r.Upscaling, Floor: j.Rubric.Floor,
	}
	if r.Known {
		p.Result.Total, p.Result.Band = t.tenths(r.Total), t.band(j.Rubric, r.Band)
	}
	for _, c := range r.Criteria {
		p.Criteria = append(p.Criteria, p.criterion(t, c))
	}
	for _, g := range j.Rubric.Gates {
		row := gateRow{Code: g.Code, Text: t.in(g.Words)}
		for _, s := range j.Sheets {
			if x, _ := s.Gate(g.Code); x.Yes == atlas.Yes {
				row.Yes, row.Notes = true, append(row.Notes, x.Note)
			}
		}
		p.Gates = append(p.Gates, row)
	}
	for i, s := range j.Sheets {
		p.Texts = append(p.Texts, t.texts(s, p.who(t, i))...)
	}
	if j.Self != nil && j.Self.Open {
		p.SelfShown, p.SelfTexts = true, t.texts(j.Self, "")
	}
	for _, of := range atlas.OpinionsOf() {
		row := opinionRow{Of: t.T("evaluations.opinion." + string(of))}
		for i, s := range j.Sheets {
			for _, o := range s.Opinions {
				if o.Of == of {
					row.Texts = append(row.Texts, textRow{p.who(t, i), o.Source, o.Text})
				}
			}
		}
		if len(row.Texts) > 0 {
			p.Opinions = append(p.Opinions, row)
		}
	}
}

// who names an evaluator: to who manages by name, to others by a number.
func (p *showPage) who(t teller, i int) string {
	number := t.T("evaluations.evaluator", "n", i+1)
	if name := p.J.Names[p.J.Sheets[i].Account]; name != "" {
		return number + " – " + name
	}
	return number
}

func (t teller) texts(s *atlas.Sheet, who string) []textRow {
	var out []textRow
	for _, x := range []struct{ name, text string }{{"strengths", s.Strengths}, {"weaknesses", s.Weaknesses}, {"advice", s.Advice}} {
		if x.text != "" {
			out = append(out, textRow{who, t.T("evaluations.field." + x.name), x.text})
		}
	}
	return out
}

// criterion is a row of the result with what each evaluator said.
func (p *showPage) criterion(t teller, c atlas.CriterionResult) criterionRow {
	j := p.J
	row := criterionRow{Code: c.Code, Scored: c.Scored, Disputed: c.Disputed, Points: t.T("evaluations.score.na")}
	asked, _ := j.Rubric.Criterion(c.Code)
	if asked != nil {
		row.Title, row.Weight = t.in(asked.Title), asked.Weights.In(j.Evaluation.Mode)
		for _, x := range asked.Anchors {
			row.Anchors = append(row.Anchors, choice{Value: t.hundredths(100 * x.Points), Label: t.in(x.Words), Chosen: c.Scored && c.Points == 100*x.Points})
			if c.Scored && c.Points == 100*x.Points {
				row.Means = t.in(x.Words)
			}
		}
	}
	switch {
	case c.Scored:
		row.Points = t.hundredths(c.Points)
	case c.Missing:
		row.Points = t.T("evaluations.score.bd")
	}
	switch {
	case c.Scored && c.Low != c.Top:
		row.Spread = t.T("evaluations.spread", "low", c.Low, "top", c.Top)
	case c.Scored:
		row.Spread = t.T("evaluations.spread.none")
	}
	for _, x := range j.Evaluation.Settlements {
		if x.Criterion == c.Code {
			row.Settlement = x.Text
		}
	}
	for i, s := range j.Sheets {
		said := t.saidOf(s, c.Code, p.who(t, i))
		for n := range said.Evidence {
			if e := &said.Evidence[n]; p.MayDrop && e.Withdrawn == "" {
				e.Drop = &pieceView{p.URLDecide, s.ID, c.Code, s.Version, n, p.Reason(pieceDeed(s.ID, c.Code, strconv.Itoa(n)))}
				row.Open = row.Open || e.Drop.Reason.Open
			}
		}
		row.Said = append(row.Said, said)
	}
	if j.Self != nil && j.Self.Open {
		x, there := j.Self.Score(c.Code)
		row.Self = t.given(x, there)
		row.Said = append(row.Said, t.saidOf(j.Self, c.Code, t.T("evaluations.self_short")))
		if c.Scored && there && x.Kind == atlas.ScorePoints {
			row.Difference = t.signed(100*x.Points - c.Points)
		}
	}
	return row
}

// signed writes a difference with its sign; none is "0".
func (t teller) signed(hundredths int) string {
	switch {
	case hundredths > 0:
		return "+" + t.hundredths(hundredths)
	case hundredths < 0:
		return "−" + t.hundredths(-hundredths)
	}
	return "0"
}

func (t teller) saidOf(s *atlas.Sheet, code, who string) saidRow {
	x, there := s.Score(code)
	row := saidRow{Who: who, Points: t.given(x, there)}
	if !there {
		return row
	}
	row.Text = x.Justification
	if x.Confidence > 0 {
		row.Confidence = t.T("evaluations.confidence." + string(rune('0'+x.Confidence)))
	}
	for _, e := range x.Evidence {
		v := evidenceView{Kind: t.T("evaluations.evidence.unknown"), Text: e.Text, Href: e.URL, Withdrawn: e.Withdrawn}
		if e.Kind != "" {
			v.Kind = t.T("evaluations.evidence." + string(e.Kind))
		}
		row.Evidence = append(row.Evidence, v)
	}
	return row
}

// panel fills what only who manages sees.
func (a *area) panel(q *page.Request, t teller, p *showPage) error {
	for _, x := range p.E.Assignments {
		row := panelRow{Account: x.Account, Name: p.J.Names[x.Account], State: t.T("evaluations.assignment." + string(x.State)), Reason: x.Reason, Third: x.Third, Active: x.Active()}
		if row.Name == "" {
			row.Name = t.T("evaluations.erased", "account", x.Account)
		}
		row.Asked, row.Declared, row.Done = t.when(x.Asked), t.when(x.Declared), t.when(x.Done)
		p.Panel = append(p.Panel, row)
	}
	for _, id := range p.J.Beside {
		p.Beside = append(p.Beside, page.Link{URL: route.Evaluation(q.Lang, id), Text: id})
	}
	if !p.Running || !q.Viewer.May(atlas.RightAssign) {
		return nil
	}
	all, err := a.app.PossibleEvaluators(q.Context(), q.Viewer, p.J.Project.ID)
	for _, x := range all {
		switch _, there := p.E.Assigned(x.Account); {
		case there:
		case x.Problem != nil:
			p.Barred = append(p.Barred, barred{x.Name, t.said(*x.Problem)})
		default:
			p.Choose = append(p.Choose, x)
		}
	}
	return err
}

// outputs are the pages that are made of an evaluation that was approved.
func (p *showPage) outputs(q *page.Request) {
	e := p.E
	if e.State == atlas.EvaluationApproved || e.Public() {
		p.Outputs = append(p.Outputs, page.Link{URL: route.EvaluationReportOf(q.Lang, e.ID), Text: q.T("comparisons.to.report")})
	}
	if e.Public() {
		p.Outputs = append(p.Outputs, page.Link{URL: route.PeersOf(q.Lang, e.ID), Text: q.T("comparisons.to.among")},
			page.Link{URL: route.EvaluationsOfProject(q.Lang, e.Project), Text: q.T("comparisons.to.history")})
	}
}
