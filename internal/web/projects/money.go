package projects

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/web/chart"
	"atlas/internal/web/route"
)

// fundingLine is one row of the table of money.
type fundingLine struct {
	Number                    int // in the picture; 0 = not drawn
	Funder                    namedLink
	Type, Programme, Call     string
	CallURL                   string
	Year                      string
	Requested, Granted, Spent string
	State                     string // známo, odhad, neznámo
	InCrowns                  string // of a line in another currency, with the rate
	Supports                  string // what part of the cost the line covers
	Share                     string // of the known sum
}

// moneyView is the money of a project by source and year.
type moneyView struct {
	Lines       []fundingLine
	Stack       chart.Stack
	Drawn       bool
	Total, Note string
	Unknown     int // lines whose amount is not known
}

// moneyOf makes the table and the bar of the money.
func (t teller) moneyOf(p *atlas.Project) moneyView {
	v := moneyView{Stack: chart.Stack{ID: "penize", Title: t.T("projects.money.chart"), Desc: t.T("projects.money.chart_desc")}}
	var sum int64
	for i := range p.Funding {
		if best := p.Funding[i].Best(); best.Known() && best.Minor > 0 {
			sum += best.Minor
		}
	}
	for i := range p.Funding {
		v.line(t, &p.Funding[i], sum)
	}
	v.Drawn = len(v.Stack.Parts) > 1
	total, fromCost, partial := p.Money()
	v.Total = t.amount(total, "CZK")
	switch {
	case fromCost:
		v.Note = t.T("projects.from_cost")
	case partial:
		v.Note = t.N("projects.money.partial", v.Unknown)
	}
	if total.State == atlas.AmountEstimate {
		v.Note = joined(t.T("projects.estimate"), v.Note)
	}
	return v
}

func (v *moneyView) line(t teller, m *atlas.Funding, sum int64) {
	line := fundingLine{
		Funder: t.actorLink(m.Funder), Type: t.item(atlas.ListFunderType, m.FunderType).Text,
		Programme: cmp.Or(t.item(atlas.ListProgramme, m.Programme).Text, m.ProgrammeText), Call: cmp.Or(m.CallNo, m.Call),
		Requested: t.amount(m.Requested, m.Currency), Granted: t.amount(m.Granted, m.Currency), Spent: t.amount(m.Spent, m.Currency),
	}
	if m.Programme != "" && m.ProgrammeText != "" {
		line.Programme += " – " + m.ProgrammeText
	}
	if m.Call != "" {
		line.CallURL = route.Call(t.lang(), m.Call)
	}
	if m.Year != 0 {
		line.Year = strconv.Itoa(m.Year)
	}
	if m.Share.Known {
		line.Supports = t.T("projects.money.supports", "share", t.percent(m.Share))
	}
	best := m.Best()
	line.InCrowns = t.inCrowns(m, best)
	switch {
	case !best.Known():
		v.Unknown++
		line.State = t.T("projects.state.neznamo")
	default:
		line.State = t.T("projects.state." + string(best.State))
		v.draw(t, &line, best, sum)
	}
	v.Lines = append(v.Lines, line)
}

func (v *moneyView) draw(t teller, line *fundingLine, best atlas.Amount, sum int64) {
	if sum <= 0 || best.Minor <= 0 {
		return
	}
	line.Number = len(v.Stack.Parts) + 1
	line.Share = t.percent(atlas.Percent{Known: true, Hundredths: int64(float64(best.Minor)/float64(sum)*10_000 + 0.5)})
	name := line.Funder.Text
	if line.Year != "" {
		name += ", " + line.Year
	}
	v.Stack.Parts = append(v.Stack.Parts, chart.Part{
		Value: float64(best.Minor), Name: name + ": " + t.amount(best, "CZK") + " (" + line.Share + ")",
	})
}

// inCrowns writes a line of another currency in crowns with its rate; "" for a
// line in crowns.
func (t teller) inCrowns(m *atlas.Funding, best atlas.Amount) string {
	if m.Currency == "" || m.Currency == "CZK" {
		return ""
	}
	if m.Rate <= 0 {
		return t.T("projects.money.rate_unknown")
	}
	args := []any{"rate", t.decimal(rateText(m.Rate)), "currency", m.Currency, "date", t.date(m.RateDate)}
	key := "projects.money.rate_of"
	if !m.RateDate.Known() {
		key, args = "projects.money.rate", args[:4]
	}
	return joined(t.amount(best, "CZK"), t.T(key, args...))
}

// rateText writes a rate as a decimal without needless zeros.
func rateText(r atlas.Rate) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%d.%06d", r/1_000_000, r%1_000_000), "0"), ".")
}
