package comparisons

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/document"
	"atlas/internal/i18n"
	"atlas/internal/rubric"
)

// composer makes the document of one evaluation of what its reader may read. It reads
// no clock: the same evaluation gives the same document on any day.
type composer struct {
	teller
	*app.Judgement
	months int // how long the project has run at the approval
	known  bool
	doc    *document.Document
}

func (a *area) compose(lang string, j *app.Judgement) *document.Document {
	e, author := j.Evaluation, a.site.Config.OperatorName
	c := &composer{teller: a.teller(lang), Judgement: j}
	c.months, c.known = rubric.MonthsRun(j.Project, e.Approved)
	asOf := c.T("comparisons.report.as_of", "date", i18n.Date(lang, e.Approved))
	c.doc = &document.Document{
		Lang: lang, Title: c.T("comparisons.report.title", "project", j.Project.Title(lang)), Subject: c.version(j.Rubric) + ", " + c.mode(e.Mode), Author: author,
		AsOf: asOf, MadeAt: dayOf(e.Approved), Foot: author + " – " + e.ID + " – " + asOf, Contents: c.T("comparisons.report.contents"),
	}
	if !e.Public() {
		c.doc.Foot = c.T("comparisons.report.unpublished_foot") + " – " + c.doc.Foot
		c.add(document.Text(document.Span{Text: c.T("comparisons.report.unpublished"), Strong: true}))
	}
	if e.Sample {
		c.add(document.Text(document.Span{Text: c.T("comparisons.report.sample"), Strong: true}))
	}
	for _, part := range []func(){c.outcome, c.criteria, c.gates, c.verdicts, c.opinions, c.dispute, c.self, c.reply, c.rule, c.arithmetic, c.inputs} {
		part()
	}
	return c.doc
}

// dayOf is a day as a time; a day that is not known is the beginning of time, never
// today.
func dayOf(d atlas.Date) time.Time {
	if !d.Known() {
		return time.Unix(0, 0).UTC()
	}
	return time.Date(d.Year, time.Month(max(d.Month, 1)), max(d.Day, 1), 0, 0, 0, 0, time.UTC)
}

func (c *composer) add(blocks ...document.Block) { c.doc.Blocks = append(c.doc.Blocks, blocks...) }

func (c *composer) say(text string) { c.add(document.Text(document.Span{Text: text})) }

func (c *composer) heading(level int, key string) {
	c.add(document.Heading(level, c.T("comparisons.report."+key)))
}

// labelled adds a paragraph that begins with a name.
func (c *composer) labelled(label, text string) {
	c.add(document.Text(document.Span{Text: label + ": ", Strong: true}, document.Span{Text: text}))
}

func (c *composer) evaluator(i int) string { return c.T("comparisons.evaluator", "n", i+1) }

// columns are headers; those whose key begins with "#" are numbers.
func (c *composer) columns(keys ...string) (out []document.Column) {
	for _, key := range keys {
		number := key[0] == '#'
		if number {
			key = key[1:]
		}
		out = append(out, document.Column{Title: c.T("comparisons.column." + key), Number: number})
	}
	return out
}

func (c *composer) table(key string, rows [][][]document.Span, columns ...string) {
	c.add(document.Tabular(document.Table{Caption: c.T("comparisons.report." + key), Columns: c.columns(columns...), Rows: rows, RowHeader: true}))
}

// outcome is what was judged, by what and with which result.
func (c *composer) outcome() {
	e, res := c.Evaluation, c.Result
	c.heading(1, "outcome")
	var rows [][][]document.Span
	row := func(key, text string) { rows = append(rows, document.Row(c.T("comparisons.column."+key), text)) }
	row("project", c.Project.Title(c.lang)+" ("+e.Project+")")
	row("mode", c.mode(e.Mode))
	row("how", c.version(c.Rubric)+" ("+c.Rubric.ID+")")
	row("evaluation", e.ID)
	row("approved", i18n.Date(c.lang, e.Approved))
	row("panel_of", c.N("comparisons.panel", res.Evaluators))
	total := c.T("comparisons.no_points")
	if res.Known {
		total = c.teller.total(res.Total)
	}
	row("total", total)
	row("band", c.result(c.Rubric, res))
	row("completeness", c.percent(res.Completeness))
	row("candidate", c.yes(res.Candidate))
	row("upscaling", c.yes(res.Upscaling))
	c.table("outcome.table", rows, "what", "value")
	switch {
	case res.Excluded:
		c.add(document.Note(c.T("comparisons.unranked.excluded")))
	case res.Insufficient:
		c.add(document.Note(c.T("comparisons.unranked.insufficient", "n", c.percent(res.Completeness))))
	}
}

func (c *composer) yes(is bool) string {
	if is {
		return c.T("comparisons.yes")
	}
	return c.T("comparisons.no")
}

// inputs prints the digest of everything that the report is made of, so that two
// copies can be compared; it is the same in both languages.
func (c *composer) inputs() {
	e := c.Evaluation
	in := struct {
		Evaluation, Project string
		Titles              [2]string
		Mode                atlas.Mode
		Rubric              []byte
		Sheets              [][]byte
		Self                []byte
		Statement           string
		Settlements         []atlas.Settlement
		Reply               string
		Approved            string
		Months              string
		Result              atlas.Result
	}{Evaluation: e.ID, Project: e.Project, Titles: [2]string{c.Project.TitleCs, c.Project.TitleEn}, Mode: e.Mode, Rubric: rubric.Write(c.Rubric), Statement: e.Statement, Settlements: e.Settlements,
		Reply: e.Reply, Approved: e.Approved.String(), Result: c.Result}
	for _, s := range c.Sheets {
		in.Sheets = append(in.Sheets, rubric.Said(s))
	}
	if c.Self != nil {
		in.Self = rubric.Said(c.Self)
	}
	if c.known {
		in.Months = strconv.Itoa(c.months)
	}
	data, err := json.Marshal(in)
	if err != nil {
		panic(err) // plain data
	}
	sum := sha256.Sum256(data)
	c.heading(1, "inputs")
	c.say(c.T("comparisons.report.inputs.text"))
	c.labelled("SHA-256", hex.EncodeToString(sum[:]))
}
