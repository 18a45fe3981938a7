package rounds

import (
	"bytes"
	"strconv"

	"atlas"
	"atlas/internal/export"
	"atlas/internal/rubric"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// paramEvaluator names in an address whose report is shown.
const paramEvaluator = "hodnotitel"

// evaluatorReport is what one evaluator gave beside the medians.
type evaluatorReport struct {
	Name     string
	Yours    bool // of the reader themselves
	Projects []page.Link
	Lines    []reportLine
}

type reportLine struct {
	Code, Title string
	Cells       []reportCell
}

type reportCell struct {
	Points, Median string // "" = none
	Far            bool   // by the gap of a dispute or more
}

// report adds the report of the evaluator that the address names; an evaluator sees
// their own at once.
func (p *showPage) report(q *page.Request) {
	account := q.Param(paramEvaluator)
	if account == "" && !p.View.Manages {
		account = q.Viewer.Account
	}
	lines, judged := p.View.Report(q.Viewer, account)
	if len(judged) == 0 {
		return
	}
	out := &evaluatorReport{Name: p.View.Names[account]}
	if account == q.Viewer.Account {
		out.Name, out.Yours = q.T("rounds.you"), true
	}
	for _, j := range judged {
		title := p.View.Titles[j.Project]
		if title == "" {
			title = j.Project
		}
		out.Projects = append(out.Projects, page.Link{URL: route.Evaluation(q.Lang, j.Evaluation), Text: title})
	}
	for i, c := range p.View.Rubric.Asked(p.View.Round.Mode) {
		line := reportLine{Code: c.Code, Title: c.Title.In(q.Lang)}
		for _, cell := range lines[i] {
			line.Cells = append(line.Cells, cellIn(q, cell, p.View.Rubric))
		}
		out.Lines = append(out.Lines, line)
	}
	p.Report = out
}

func cellIn(q *page.Request, c rubric.Cell, r *atlas.Rubric) reportCell {
	var out reportCell
	if c.Given {
		out.Points = strconv.Itoa(c.Points)
	}
	if c.Known {
		out.Median = fraction(q.Lang, c.Median/10, 10, 1)
		if c.Median%100 == 0 {
			out.Median = strconv.Itoa(c.Median / 100)
		}
	}
	off := c.Off()
	out.Far = max(off, -off) >= 50*r.CriterionGap
	return out
}

// export answers the agreement of a round as CSV; nothing but its head while anybody
// is still to submit.
func (a *area) export(q *page.Request) error {
	x, err := a.app.Round(q.Context(), q.Viewer, q.PathValue("id"))
	if err != nil {
		return err
	}
	format, ok := export.ByName("csv")
	if !ok {
		return atlas.ErrNotFound
	}
	lines := x.Criteria
	if x.Ready {
		lines = append(lines, x.All)
	}
	table := export.Table{Rows: func(yield func([]string, error) bool) {
		for _, c := range lines {
			title := q.T("rounds.all")
			if criterion, ok := x.Rubric.Criterion(c.Criterion); ok {
				title = criterion.Title.In(q.Lang)
			}
			cells := []string{
				c.Criterion, title, alphaIn(q.Lang, c.Nominal), alphaIn(q.Lang, c.Ordinal), alphaIn(q.Lang, c.Interval),
				q.T("rounds.level." + levelKey(c.Level())), strconv.Itoa(c.Ordinal.Units), strconv.Itoa(c.Ordinal.Values), strconv.Itoa(c.NA), strconv.Itoa(c.NoData),
			}
			if !yield(cells, nil) {
				return
			}
		}
	}}
	for _, key := range []string{"code", "criterion", "nominal", "ordinal", "interval", "level", "units", "values", "na", "bd"} {
		table.Columns = append(table.Columns, export.Column{Key: key, Label: q.T("rounds.column." + key)})
	}
	var b bytes.Buffer
	if err := format.Write(&b, table); err != nil {
		return err
	}
	return q.Download(format.MediaType, "shoda-"+x.Round.ID+format.Extension, b.Bytes())
}
