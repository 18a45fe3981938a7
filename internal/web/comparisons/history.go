package comparisons

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/web/chart"
	"atlas/internal/web/figure"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// historyPage is whether, when, how and by whom a project was evaluated (R3-04) and
// how what was found changed from mode to mode.
type historyPage struct {
	page.Base
	P          *atlas.Project
	URLProject string
	URLList    string
	Record     []fact // what the record itself says
	RecordURL  string
	Rows       []moment
	Total      *figure.Figure // of the totals of all moments
	Spans      []span         // by the version of the rubric
	Steps      []string       // what changed between two moments that follow
}

// fact is a line of a description list.
type fact struct{ Name, Text string }

// moment is one published evaluation in the life of the project.
type moment struct {
	row
	When, Mode, Method, Who string
	URLMethod, URLReport    string
}

// span are moments by one version of a rubric: only they may be compared.
type span struct {
	Heading string
	Alone   bool // there is nothing to compare it with
	Figure  *figure.Figure
}

func (a *area) history(q *page.Request) error {
	p, err := a.life(q)
	if err != nil {
		return err
	}
	return q.Render(http.StatusOK, "comparisons/history", p)
}

func (a *area) historyChart(q *page.Request) error {
	return figure.Answer(q, a.app.Now(), func(name string) (*figure.Figure, error) {
		p, err := a.life(q)
		if err != nil {
			return nil, err
		}
		all := []*figure.Figure{p.Total}
		for _, s := range p.Spans {
			all = append(all, s.Figure)
		}
		return named(name, all...), nil
	})
}

func (a *area) life(q *page.Request) (*historyPage, error) {
	x, err := a.app.Reader().Project(q.Context(), q.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if err := q.Allow(atlas.RightRead, x.Subject()); err != nil {
		return nil, err
	}
	all, err := a.pool(q.Context(), q.Lang)
	if err != nil {
		return nil, err
	}
	t := a.teller(q.Lang)
	p := &historyPage{
		Base: q.Base(q.T("comparisons.history.title", "project", x.Title(q.Lang))), P: x,
		URLProject: route.Project(q.Lang, x.ID), URLList: route.In(q.Lang, route.Evaluations),
	}
	p.Nav, p.NoIndex = route.Projects, !x.Public()
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Projects), Text: q.T("nav.projects")}, {URL: p.URLProject, Text: x.Title(q.Lang)}}
	p.record(t, x.Evaluated)
	var moments []*atlas.Evaluation
	for _, e := range all.all {
		if e.Project == x.ID && all.rubrics[e.Rubric] != nil {
			moments = append(moments, e)
		}
	}
	inTime(moments)
	for _, e := range moments {
		p.Rows = append(p.Rows, all.moment(t, e))
	}
	l := line{area: a, q: q, teller: t, all: all, project: x, moments: moments}
	p.Steps, p.Total, p.Spans = l.steps(), l.totals(), l.spans()
	return p, nil
}

// inTime puts evaluations in the order of the life of a project: by mode, those of
// one mode by their day.
func inTime(all []*atlas.Evaluation) {
	modes := atlas.Modes()
	slices.SortStableFunc(all, func(x, y *atlas.Evaluation) int {
		return cmp.Or(cmp.Compare(slices.Index(modes, x.Mode), slices.Index(modes, y.Mode)), x.Approved.Compare(y.Approved), cmp.Compare(x.ID, y.ID))
	})
}

// record is what the record of the project says of its evaluation: not known is said.
func (p *historyPage) record(t teller, e atlas.EvaluationDone) {
	known := func(text string) string {
		if text == "" {
			return t.T("comparisons.not_known")
		}
		return text
	}
	state := map[atlas.Tri]string{atlas.Yes: "yes", atlas.No: "no", atlas.Unknown: "unknown"}[e.State]
	p.Record = []fact{{t.T("comparisons.record.whether"), t.T("comparisons.record." + state)}}
	if e.State == atlas.Yes {
		p.Record = append(p.Record, fact{t.T("comparisons.column.when"), known(i18n.Date(t.lang, e.When))},
			fact{t.T("comparisons.column.how"), known(e.Method)}, fact{t.T("comparisons.column.who"), known(e.Who)})
	}
	if strings.HasPrefix(e.URL, "https://") || strings.HasPrefix(e.URL, "http://") {
		p.RecordURL = e.URL
	}
}

func (p *pool) moment(t teller, e *atlas.Evaluation) moment {
	r := p.rubrics[e.Rubric]
	return moment{
		row: p.row(t, r, p.peers(combination{e.Rubric, e.Mode}), e), When: i18n.Date(t.lang, e.Approved), Mode: t.mode(e.Mode), Method: t.version(r),
		Who: t.N("comparisons.panel", e.Result.Evaluators), URLMethod: route.Rubric(t.lang, r.ID), URLReport: route.EvaluationReportOf(t.lang, e.ID),
	}
}

// line is the life of one project.
type line struct {
	*area
	q *page.Request
	teller
	all     *pool
	project *atlas.Project
	moments []*atlas.Evaluation
}

// usable says whether the total of an evaluation may be put beside another's.
func usable(e *atlas.Evaluation) bool {
	return e.Result.Known && !e.Result.Insufficient && !e.Result.Excluded
}

// steps says of two moments that follow each other what changed, or why no
// difference is computed.
func (l line) steps() []string {
	var out []string
	for i := 1; i < len(l.moments); i++ {
		from, to := l.moments[i-1], l.moments[i]
		args := []any{"from", l.when(from), "to", l.when(to)}
		switch {
		case from.Rubric != to.Rubric:
			out = append(out, l.T("comparisons.step.version", args...))
		case !usable(from) || !usable(to):
			out = append(out, l.T("comparisons.step.unusable", args...))
		default:
			out = append(out, l.T("comparisons.step", append(args, "was", l.total(from.Result.Total), "is", l.total(to.Result.Total), "by", signed(to.Result.Total-from.Result.Total, l.total))...))
		}
	}
	return out
}

// when names a moment: "ex-post (12. 3. 2024)".
func (l line) when(e *atlas.Evaluation) string {
	return l.T("comparisons.short."+string(e.Mode)) + " (" + i18n.Date(l.lang, e.Approved) + ")"
}

// signed writes a difference with its sign: "+12,5", "−3", "0".
func signed(n int, write func(int) string) string {
	switch {
	case n > 0:
		return "+" + write(n)
	case n < 0:
		return "−" + write(-n)
	}
	return write(0)
}

// signedValue is the same for programs.
func signedValue(n int, write func(int) string) string {
	if n < 0 {
		return "-" + write(-n)
	}
	return write(n)
}

func (l line) chartSteps(moments []*atlas.Evaluation) []chart.Step {
	var out []chart.Step
	for i, e := range moments {
		out = append(out, chart.Step{At: float64(i), Label: l.T("comparisons.short." + string(e.Mode))})
	}
	return out
}

// totals draws the total of every moment. No line leads from one version of a rubric
// to another.
func (l line) totals() *figure.Figure {
	if len(l.moments) < 2 {
		return nil
	}
	f := l.figure("celkem", l.T("comparisons.line.totals"), l.moments)
	f.Note = l.T("comparisons.line.note")
	drawn := chart.Lines{ID: "graf-celkem", Title: f.Title, Steps: l.chartSteps(l.moments), Most: 100, Breaks: map[int]string{}}
	series := chart.Series{Name: l.T("comparisons.column.total")}
	f.Columns = []figure.Column{{Key: "moment", Label: l.T("comparisons.column.moment")}, {Key: "version", Label: l.T("comparisons.column.how")}, {Key: "total", Label: l.T("comparisons.column.total"), Number: true}, {Key: "change", Label: l.T("comparisons.column.change"), Number: true}}
	for i, e := range l.moments {
		dot := chart.Dot{Known: usable(e), Value: float64(e.Result.Total) / 10, Text: l.total(e.Result.Total), Name: l.when(e) + ": " + l.total(e.Result.Total)}
		change := figure.Word("–")
		change.Value = ""
		if i > 0 && l.moments[i-1].Rubric != e.Rubric {
			dot.Fresh, drawn.Breaks[i] = true, l.T("comparisons.line.break")
			change.Text = l.T("comparisons.other_version")
		} else if i > 0 && usable(e) && usable(l.moments[i-1]) {
			by := e.Result.Total - l.moments[i-1].Result.Total
			change = figure.Number(signed(by, l.total), signedValue(by, totalValue))
		}
		total := figure.Number(l.total(e.Result.Total), totalValue(e.Result.Total))
		if !dot.Known {
			total = figure.Cell{Text: l.result(l.all.rubrics[e.Rubric], e.Result)}
		}
		series.Dots = append(series.Dots, dot)
		f.Rows = append(f.Rows, []figure.Cell{{Text: l.when(e), Value: l.when(e), Href: route.Evaluation(l.lang, e.ID)}, figure.Word(l.version(l.all.rubrics[e.Rubric])), total, change})
	}
	drawn.Series = []chart.Series{series}
	drawn.Desc = strings.Join(l.steps(), " ")
	f.Sentence, f.Pictures = drawn.Desc, []chart.Picture{drawn}
	return f
}

// spans puts moments by one version of a rubric together.
func (l line) spans() []span {
	var versions []string
	for _, e := range l.moments {
		if !slices.Contains(versions, e.Rubric) {
			versions = append(versions, e.Rubric)
		}
	}
	var out []span
	for _, v := range versions {
		var mine []*atlas.Evaluation
		for _, e := range l.moments {
			if e.Rubric == v {
				mine = append(mine, e)
			}
		}
		s := span{Heading: l.version(l.all.rubrics[v]), Alone: len(mine) < 2}
		if !s.Alone {
			s.Figure = l.criteria(l.all.rubrics[v], mine)
		}
		out = append(out, s)
	}
	return out
}

// criteria draws each criterion over the moments of one version, small pictures on
// one scale.
func (l line) criteria(r *atlas.Rubric, moments []*atlas.Evaluation) *figure.Figure {
	f := l.figure("kriteria-"+strings.ToLower(r.ID), l.T("comparisons.line.criteria", "version", l.version(r)), moments)
	f.Columns = []figure.Column{{Key: "criterion", Label: l.T("comparisons.column.criterion")}}
	for i, e := range moments {
		f.Columns = append(f.Columns, figure.Column{Key: strings.ToLower(strings.ReplaceAll(e.ID, "-", "_")), Label: l.when(e), Number: true})
		if i > 0 {
			f.Columns = append(f.Columns, figure.Column{Key: "change_" + strings.ToLower(strings.ReplaceAll(e.ID, "-", "_")), Label: l.T("comparisons.column.change"), Number: true})
		}
	}
	rose, fell := 0, 0
	for _, c := range r.Criteria {
		name := l.criterion(r, c.Code)
		drawn := chart.Lines{ID: "graf-" + strings.ToLower(c.Code) + "-" + strings.ToLower(r.ID), Title: name, Steps: l.chartSteps(moments), Most: float64(r.Max()), Small: true}
		series, cells, any := chart.Series{Name: name}, []figure.Cell{figure.Word(name)}, false
		for i, e := range moments {
			got, asked := resultOf(e.Result, c.Code)
			dot := chart.Dot{Known: got.Scored, Value: points(got.Points), Text: l.points(got.Points), Name: name + ", " + l.when(e) + ": " + l.points(got.Points)}
			series.Dots, any = append(series.Dots, dot), any || got.Scored
			if i > 0 {
				before, _ := resultOf(moments[i-1].Result, c.Code)
				change := figure.Cell{Text: "–"}
				if before.Scored && got.Scored {
					by := got.Points - before.Points
					change = figure.Number(signed(by, l.points), signedValue(by, pointsValue))
					if i == len(moments)-1 && by > 0 {
						rose++
					} else if i == len(moments)-1 && by < 0 {
						fell++
					}
				}
				cells = append(cells, l.pointsCell(got, asked), change)
			} else {
				cells = append(cells, l.pointsCell(got, asked))
			}
		}
		f.Rows = append(f.Rows, cells)
		if any {
			drawn.Series = []chart.Series{series}
			f.Pictures, f.Names = append(f.Pictures, drawn), append(f.Names, name)
		}
	}
	n := len(moments)
	f.Sentence = l.T("comparisons.line.words", "from", l.when(moments[n-2]), "to", l.when(moments[n-1]), "rose", l.N("comparisons.criteria_rose", rose), "fell", l.N("comparisons.criteria_fell", fell))
	return f
}

// pointsCell says how many points there were, or why there are none.
func (l line) pointsCell(got atlas.CriterionResult, asked bool) figure.Cell {
	switch {
	case got.Scored:
		return figure.Number(l.points(got.Points), pointsValue(got.Points))
	case !asked:
		return figure.Cell{Text: l.T("comparisons.not_asked")}
	case got.Missing:
		return figure.Cell{Text: l.T("comparisons.no_data")}
	}
	return figure.Cell{Text: l.T("comparisons.not_applicable")}
}

func (l line) figure(name, title string, moments []*atlas.Evaluation) *figure.Figure {
	f := &figure.Figure{Name: name, Title: title, Source: l.T("comparisons.line.source", "day", i18n.Day(l.lang, l.app.Now()), "n", l.N("comparisons.evaluations_n", len(moments)))}
	f.Stand(l.q, l.app, route.Fill(route.ProjectEvaluations, l.project.ID), nil)
	return f
}
