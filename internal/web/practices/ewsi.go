package practices

import (
	"bytes"
	"cmp"
	"strings"

	"atlas"
	"atlas/internal/document"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// templateField is a field of the template for integration practices of the European
// Web Site on Integration (4.7), with how many words it wants.
type templateField struct {
	key         string
	least, most int // 0 = no limit
	text        string
}

// templateFields are the fields of the template in its order.
func (t teller) templateFields(c *atlas.Practice) []templateField {
	period := t.when(c)
	if c.BecameService {
		period = strings.TrimSpace(period + " – " + t.T("practices.field.became_service"))
	}
	joined := func(texts ...string) string {
		var out []string
		for _, s := range texts {
			if s != "" {
				out = append(out, s)
			}
		}
		return strings.Join(out, "\n\n")
	}
	var said, resources []string
	for _, o := range c.Assessments {
		said = append(said, t.T("practices.word."+string(o.Of))+": "+o.Text)
	}
	for _, x := range []struct{ field, text string }{{"staff", t.staff(c.Staff)}, {"months", t.months(c.Months)}, {"yearly_cost", t.money(c.YearlyCost)}} {
		if x.text != "" {
			resources = append(resources, t.T("practices.field."+x.field)+": "+x.text)
		}
	}
	return []templateField{
		{"name", 0, atlas.PracticeTitleWords, c.Title},
		{"period", 0, 0, period},
		{"country", 0, 0, t.label(atlas.ListCountry, cmp.Or(c.Country, atlas.CountryCode))},
		{"place", 0, 0, t.where(c)},
		{"summary", atlas.PracticeSummaryLeast, atlas.PracticeSummaryMost, c.Summary},
		{"issue", 100, 150, joined(c.Stimulus, c.Goal, strings.Join(c.Subgoals, "\n"))},
		{"how", 75, 100, c.Description},
		{"results", 75, 100, joined(c.Results, strings.Join(said, "\n"))},
		{"evaluation", 0, 100, joined(c.Lessons, c.Evaluation)},
		{"who", 0, 40, c.Beneficiaries},
		{"funding", 0, 100, joined(c.Funding, strings.Join(resources, "\n"))},
	}
}

// template answers the card in the template, as a document to be edited: each field
// with its text and how many words it has and may have.
func (a *area) template(q *page.Request) error {
	c, err := a.readable(q)
	if err != nil {
		return err
	}
	t := a.teller(q.Lang)
	d := &document.Document{
		Lang: q.Lang, Title: c.Title, Subject: q.T("practices.ewsi.title"), Author: q.Site.Config.OperatorName, MadeAt: c.UpdatedAt.UTC(),
		Foot: q.T("practices.ewsi.foot", "address", q.Origin()+route.Practice(q.Lang, c.ID)),
	}
	d.Blocks = append(d.Blocks, document.Note(q.T("practices.ewsi.lead")))
	for _, f := range t.templateFields(c) {
		d.Blocks = append(d.Blocks, document.Heading(1, q.T("practices.ewsi."+f.key)))
		if f.text == "" {
			d.Blocks = append(d.Blocks, document.Note(q.T("practices.unknown")))
		} else {
			d.Blocks = append(d.Blocks, document.Prose(f.text)...)
		}
		if f.most > 0 {
			d.Blocks = append(d.Blocks, document.Note(t.counted(f)))
		}
	}
	var b bytes.Buffer
	if err := document.WriteDOCX(&b, d); err != nil {
		return err
	}
	return q.Download("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "ewsi-"+c.ID+".docx", b.Bytes())
}

// counted says how many words a field has, how many it may have, and whether that is
// so.
func (t teller) counted(f templateField) string {
	n := atlas.WordCount(f.text)
	key := "practices.ewsi.words_most"
	if f.least > 0 {
		key = "practices.ewsi.words"
	}
	text := t.T(key, "n", n, "least", f.least, "most", f.most)
	switch {
	case n > f.most:
		return text + " " + t.T("practices.ewsi.shorten", "n", n-f.most)
	case n < f.least:
		return text + " " + t.T("practices.ewsi.lengthen", "n", f.least-n)
	}
	return text
}
