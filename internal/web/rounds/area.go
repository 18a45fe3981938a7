// Package rounds shows rounds of evaluations (kola hodnocení): who owes what, and,
// once all of a round have submitted, how far the evaluators agree, what is to be
// talked over and where each of them drifts.
package rounds

import (
	"embed"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/rubric"
	"atlas/internal/web/chart"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed messages/*.json
var messages embed.FS

// area answers the requests of the area.
type area struct {
	site *page.Site
	app  *app.App
}

// New makes the area. Of the pages for whoever has an account, each says what its
// reader has a part in and nothing of other rounds.
func New(site *page.Site, ops *app.App) page.Area {
	a := &area{site, ops}
	get, post := http.MethodGet, http.MethodPost
	return page.Area{
		Name: "rounds",
		Routes: []page.Route{
			{Method: get, Pattern: route.Rounds, Handle: a.list, Right: atlas.RightPropose},
			{Method: get, Pattern: route.RoundNew, Handle: a.create, Right: atlas.RightAssign},
			{Method: post, Pattern: route.RoundNew, Handle: a.save, Right: atlas.RightAssign},
			{Method: get, Pattern: route.RoundShow, Handle: a.show, Right: atlas.RightPropose},
			{Method: get, Pattern: route.RoundCSV, Handle: a.export, Right: atlas.RightPropose},
			{Method: get, Pattern: route.RoundEdit, Handle: a.edit, Right: atlas.RightAssign},
			{Method: post, Pattern: route.RoundEdit, Handle: a.save, Right: atlas.RightAssign},
			{Method: post, Pattern: route.RoundAssign, Handle: a.assign, Right: atlas.RightAssign},
		},
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}

// listPage names rounds.
type listPage struct {
	page.Base
	Lines   []line
	MayEdit bool
	URLNew  string
}

type line struct {
	app.RoundLine
	URL, Mode string
	Late      bool
}

func (a *area) list(q *page.Request) error {
	all, err := a.app.Rounds(q.Context(), q.Viewer)
	if err != nil {
		return err
	}
	p := &listPage{Base: q.Base(q.T("rounds.title")), MayEdit: q.Viewer.May(atlas.RightAssign), URLNew: route.In(q.Lang, route.RoundNew)}
	p.Nav, p.NoIndex = route.Rounds, true
	for _, x := range all {
		p.Lines = append(p.Lines, line{x, route.Round(q.Lang, x.Round.ID), modeWord(q, x.Round.Mode), x.Owed > 0 && a.late(x.Round)})
	}
	return q.Render(http.StatusOK, "rounds/list", p)
}

// late says whether the last day of a round is over, by the calendar of Prague.
func (a *area) late(x *atlas.Round) bool {
	return x.Due.Known() && x.Due.Compare(atlas.DateOf(a.app.Now().In(i18n.Prague))) < 0
}

func modeWord(q *page.Request, m atlas.Mode) string {
	if !m.Known() {
		return ""
	}
	return q.T("rounds.word." + string(m))
}

// showPage is one round.
type showPage struct {
	page.Base
	View                *app.RoundView
	Mode                string
	RubricName          string
	URLRubric           string
	URLEdit, URLAssign  string
	URLCSV, URLHistory  string
	MayAssign           bool
	Late                bool
	Board               []evaluation
	Owed, Asks          int
	Criteria            []agreed
	All                 *agreed
	Picture             chart.Against // of the ordinal alpha
	Unknown             int           // criteria of which it is not known
	Discuss             []agreed
	Drifts              []drift
	Report              *evaluatorReport
	Projects            string   // typed into the form of assigning
	Evaluators          []choice // who may be chosen
	Flaws               []string
	Reliable, Tentative string
	Enough              int
}

// evaluation is an evaluation on the board: who is where, never what they gave.
type evaluation struct {
	URL, Title, State string
	Panel             []member
}

type member struct {
	Name, State string
	Done        bool
}

// agreed is a line of the table of agreement.
type agreed struct {
	Code, Title                string
	Nominal, Ordinal, Interval string // "" = not known
	Level                      string
	Units, Values, NA, NoData  int
}

type drift struct {
	rubric.Drift
	Name, Sentence, URL string
}

type choice struct {
	Value, Label string
	Chosen       bool
}

func (a *area) show(q *page.Request) error {
	return a.showRound(q, http.StatusOK, "", nil, nil)
}

// showRound answers the page of a round; projects, evaluators and wrong are what was
// typed into the form of assigning and why it was refused.
func (a *area) showRound(q *page.Request, status int, projects string, evaluators []string, wrong []atlas.Problem) error {
	x, err := a.app.Round(q.Context(), q.Viewer, q.PathValue("id"))
	if err != nil {
		return err
	}
	p := &showPage{
		Base: q.Base(x.Round.Title), View: x, Mode: modeWord(q, x.Round.Mode),
		RubricName: x.Rubric.Title.In(q.Lang) + ", " + q.T("rounds.version", "n", x.Rubric.Number), URLRubric: route.Rubric(q.Lang, x.Rubric.ID),
		URLEdit: route.RoundEditing(q.Lang, x.Round.ID), URLAssign: route.RoundAssigning(q.Lang, x.Round.ID), URLCSV: route.RoundFile(q.Lang, x.Round.ID), URLHistory: route.RoundHistories().Of(q.Lang, x.Round.ID),
		MayAssign: q.Viewer.May(atlas.RightAssign), Late: a.late(x.Round), Projects: projects,
		Reliable: thousandths(q.Lang, rubric.Reliable), Tentative: thousandths(q.Lang, rubric.Tentative), Enough: rubric.EnoughScores,
	}
	p.Nav, p.NoIndex = route.Rounds, true
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Rounds), Text: q.T("rounds.title")}}
	p.board(q)
	p.agreement(q)
	p.report(q)
	for _, w := range wrong {
		p.Flaws = append(p.Flaws, a.said(q, w))
	}
	if p.MayAssign {
		all, err := a.app.Evaluators(q.Context(), q.Viewer)
		if err != nil {
			return err
		}
		for _, who := range all {
			p.Evaluators = append(p.Evaluators, choice{who.Account, who.Name, slices.Contains(evaluators, who.Account)})
		}
	}
	return q.Render(status, "rounds/show", p)
}

// board says who owes what. Names are known to who manages only.
func (p *showPage) board(q *page.Request) {
	for _, e := range p.View.Evaluations {
		one := evaluation{URL: route.Evaluation(q.Lang, e.ID), Title: p.View.Titles[e.Project], State: q.T("rounds.state." + string(e.State))}
		if one.Title == "" {
			one.Title = e.Project
		}
		for _, s := range e.Assignments {
			if !s.Active() {
				continue
			}
			done := s.State == atlas.AssignmentSubmitted
			p.Asks++
			if !done {
				p.Owed++
			}
			name := p.View.Names[s.Account]
			switch {
			case s.Account == q.Viewer.Account && s.Account != "":
				name = q.T("rounds.you")
			case name == "" && !p.View.Manages:
				name = q.T("rounds.evaluator")
			case name == "":
				name = q.T("rounds.erased")
			}
			one.Panel = append(one.Panel, member{name, q.T("rounds.assignment." + string(s.State)), done})
		}
		p.Board = append(p.Board, one)
	}
}

func (p *showPage) agreement(q *page.Request) {
	x := p.View
	if !x.Ready {
		return
	}
	title := func(code string) string {
		c, _ := x.Rubric.Criterion(code)
		return c.Title.In(q.Lang)
	}
	for _, c := range x.Criteria {
		p.Criteria = append(p.Criteria, lineOf(q, c, title(c.Criterion)))
	}
	for _, c := range x.Discuss {
		p.Discuss = append(p.Discuss, lineOf(q, c, title(c.Criterion)))
	}
	all := lineOf(q, x.All, q.T("rounds.all"))
	p.All = &all
	p.picture(q)
	for _, d := range x.Drifts {
		one := drift{Drift: d, Name: x.Names[d.Account], Sentence: driftIn(q, d)}
		if d.Account == q.Viewer.Account {
			one.Name = q.T("rounds.you")
		}
		if one.Name == "" {
			one.Name = q.T("rounds.erased")
		}
		one.URL = route.WithQuery(route.Round(q.Lang, x.Round.ID), paramEvaluator+"="+d.Account) + "#hodnotitel"
		p.Drifts = append(p.Drifts, one)
	}
}

func lineOf(q *page.Request, c rubric.Agreed, title string) agreed {
	return agreed{
		Code: c.Criterion, Title: title, Units: c.Ordinal.Units, Values: c.Ordinal.Values, NA: c.NA, NoData: c.NoData, Level: q.T("rounds.level." + levelKey(c.Level())),
		Nominal: alphaIn(q.Lang, c.Nominal), Ordinal: alphaIn(q.Lang, c.Ordinal), Interval: alphaIn(q.Lang, c.Interval),
	}
}

func levelKey(l rubric.Level) string {
	if l == rubric.LevelUnknown {
		return "unknown"
	}
	return string(l)
}

func alphaIn(lang string, a rubric.Agreement) string {
	if !a.Known {
		return ""
	}
	return thousandths(lang, a.Thousandths())
}

// slight is under how many hundredths of a point a drift is not worth a word.
const slight = 25

// driftIn says in words where an evaluator drifts.
func driftIn(q *page.Request, d rubric.Drift) string {
	counts := q.N("rounds.drift_scores", int64(d.Scores), "above", d.Above, "below", d.Below)
	if !d.Known {
		return q.T("rounds.drift_few", "least", rubric.EnoughScores) + " " + counts
	}
	h := d.Hundredths()
	key := "rounds.drift_none"
	switch {
	case h >= slight:
		key = "rounds.drift_more"
	case h <= -slight:
		key = "rounds.drift_less"
	}
	return q.T(key, "points", hundredths(q.Lang, max(h, -h))) + " " + counts
}

// thousandths writes 743 as "0,743" and -52 as "−0,052".
func thousandths(lang string, n int) string { return fraction(lang, n, 1000, 3) }

// hundredths writes 45 as "0,45".
func hundredths(lang string, n int) string { return fraction(lang, n, 100, 2) }

func fraction(lang string, n, by, places int) string {
	sign := ""
	if n < 0 {
		sign, n = "−", -n
	}
	mark := ","
	if lang == "en" {
		mark = "."
	}
	part := strconv.Itoa(n % by)
	return sign + strconv.Itoa(n/by) + mark + strings.Repeat("0", places-len(part)) + part
}

// said is a problem in words.
func (a *area) said(q *page.Request, w atlas.Problem) string {
	var pairs []any
	for name, v := range w.Args {
		pairs = append(pairs, name, v)
	}
	key := w.Key
	if !a.site.Words.Has(key) {
		key = "rounds." + key
	}
	return q.T(key, pairs...)
}
