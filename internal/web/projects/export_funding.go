package projects

import (
	"cmp"
	"iter"
	"strconv"

	"atlas"
	"atlas/internal/export"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
)

// fundingRow is one line of funding with its project.
type fundingRow struct {
	project *atlas.Project
	line    *atlas.Funding
	number  int // of the line in the project, from 1
}

// exportFunding answers the lines of funding of all projects of a question,
// each in a row of its own.
func (a *area) exportFunding(q *page.Request, f export.Format) error {
	return dataset.Send(q, a.file(q, dataset.Funding), f, a.fundingColumns(q.Lang, q.Origin()), fundingRows(a.found(q)))
}

func fundingRows(projects iter.Seq2[*atlas.Project, error]) iter.Seq2[fundingRow, error] {
	return func(yield func(fundingRow, error) bool) {
		for p, err := range projects {
			if err != nil {
				yield(fundingRow{}, err)
				return
			}
			for i := range p.Funding {
				if !yield(fundingRow{p, &p.Funding[i], i + 1}, nil) {
					return
				}
			}
		}
	}
}

// fundingColumns are the fields of 6.2. Amounts stand in the currency of the
// line beside the same in crowns; these are not known where the rate is not, so
// that no column mixes currencies but those that say which one it is.
func (a *area) fundingColumns(lang, host string) dataset.Columns[fundingRow] {
	t := a.teller(lang)
	var c dataset.Columns[fundingRow]
	for _, head := range t.projectHead(host) {
		c.Add(head.key, head.label, func(r fundingRow) string { return head.cell(r.project) })
	}
	label := func(field string) string { return t.T("projects.field.funding." + field) }
	field := func(name string, cell func(*atlas.Funding) string) {
		c.Add(name, label(name), func(r fundingRow) string { return cell(r.line) })
	}
	code := func(name string, cell func(*atlas.Funding) string) {
		c.Add(name+"_code", t.T("projects.export.code", "label", label(name)), func(r fundingRow) string { return cell(r.line) })
	}
	c.Add("line", t.T("projects.export.line"), func(r fundingRow) string { return strconv.Itoa(r.number) })
	field("funder", func(f *atlas.Funding) string {
		if f.Funder == "" {
			return ""
		}
		return t.actor(f.Funder)
	})
	code("funder", func(f *atlas.Funding) string { return f.Funder })
	field("funder_type", func(f *atlas.Funding) string { return t.item(atlas.ListFunderType, f.FunderType).Text })
	code("funder_type", func(f *atlas.Funding) string { return f.FunderType })
	field("programme", func(f *atlas.Funding) string { return t.item(atlas.ListProgramme, f.Programme).Text })
	code("programme", func(f *atlas.Funding) string { return f.Programme })
	field("programme_text", func(f *atlas.Funding) string { return f.ProgrammeText })
	field("call_no", func(f *atlas.Funding) string { return f.CallNo })
	field("call", func(f *atlas.Funding) string { return f.Call })
	field("year", func(f *atlas.Funding) string {
		if f.Year == 0 {
			return ""
		}
		return strconv.Itoa(f.Year)
	})
	field("currency", func(f *atlas.Funding) string { return cmp.Or(f.Currency, "CZK") })
	t.fundingAmounts(&c)
	field("rate", func(f *atlas.Funding) string {
		if f.Rate <= 0 {
			return ""
		}
		return rateText(f.Rate)
	})
	field("rate_date", func(f *atlas.Funding) string { return f.RateDate.String() })
	field("share_pct", func(f *atlas.Funding) string { return f.Share.String() })
	c.Add("sources", t.T("projects.field.sources"), func(r fundingRow) string { return t.sourcesOf(r.project) })
	money := []string{"counted_czk"}
	for name := range fundingAmounts {
		money = append(money, name, name+"_czk")
	}
	return c.Typed(export.KindMoney, money...).Typed(export.KindDate, "rate_date").Typed(export.KindPercent, "share_pct").
		Typed(export.KindNumber, "line", "rate").Typed(export.KindYear, "year").Typed(export.KindURL, "url").
		Typed(export.KindCode, "project", "call_no", "call", "currency")
}

// fundingAmounts adds each amount in its currency, how it is known, and in
// crowns; last the amount that sums count, granted or else spent.
func (t teller) fundingAmounts(c *dataset.Columns[fundingRow]) {
	for name, amount := range fundingAmounts {
		label := t.T("projects.field.funding." + name)
		c.Add(name, label, func(r fundingRow) string { return amount(r.line).String() })
		c.Add(name+"_state", t.T("projects.export.state", "label", label), func(r fundingRow) string { return t.amountState(amount(r.line)) })
		c.Add(name+"_czk", t.T("projects.export.in_czk", "label", label), func(r fundingRow) string { return r.line.InCrowns(amount(r.line)).String() })
	}
	c.Add("counted_czk", t.T("projects.export.counted_czk"), func(r fundingRow) string { return r.line.Best().String() })
}

// fundingAmounts gives the amounts of a line by the names of their fields.
func fundingAmounts(yield func(string, func(*atlas.Funding) atlas.Amount) bool) {
	_ = yield("amount_requested", func(f *atlas.Funding) atlas.Amount { return f.Requested }) &&
		yield("amount_granted", func(f *atlas.Funding) atlas.Amount { return f.Granted }) &&
		yield("amount_spent", func(f *atlas.Funding) atlas.Amount { return f.Spent })
}
