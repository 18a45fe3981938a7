package projects

import (
	"cmp"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/search"
	"atlas/internal/web/chart"
	"atlas/internal/web/route"
)

// partyLine is one organisation in a role.
type partyLine struct {
	Role   string
	Actor  namedLink
	Type   string
	Amount string
}

// fundingLine is one row of the table of money.
type fundingLine struct {
	Number                    int // in the picture; 0 = not drawn
	Funder                    namedLink
	Type, Programme, Call     string
	CallURL                   string
	Year                      string
	Requested, Granted, Spent string
	State                     string // známo, odhad, neznámo
	InCrowns                  string // of a line in another currency
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

// measureLine is one indicator with its measurements.
type measureLine struct {
	Kind, Name, Unit, Baseline, Target, Definition string
	Values                                         []value
	Unknown                                        []string
}

// mediaLine is one picture or recording: always with author or source, licence
// and a text alternative (R4-24). It is a link; nothing is loaded from elsewhere.
type mediaLine struct{ Kind, Title, Href, Author, Licence, Alt string }

// likeLine is a similar project with the reasons.
type likeLine struct {
	Project namedLink
	Years   string
	Reasons []string
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
	return v
}

func (v *moneyView) line(t teller, m *atlas.Funding, sum int64) {
	line := fundingLine{
		Funder: t.actorLink(m.Funder), Type: t.lists.Label(atlas.ListFunderType, m.FunderType, t.lang()),
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
	best := m.Best()
	if m.Currency != "" && m.Currency != "CZK" {
		line.InCrowns = t.amount(best, "CZK")
	}
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

func (t teller) actorLink(id string) namedLink {
	if id == "" {
		return namedLink{}
	}
	return namedLink{Text: t.actor(id), URL: route.Actor(t.lang(), id)}
}

// parties lists the organisations, those that carry the project out first.
func (t teller) parties(p *atlas.Project, types map[string]string) []partyLine {
	var out []partyLine
	for _, q := range p.Parties {
		out = append(out, partyLine{
			Role: t.lists.Label(atlas.ListRole, q.Role, t.lang()), Actor: t.actorLink(q.Actor),
			Type: t.item(atlas.ListActorType, types[q.Actor]).Text, Amount: t.amount(q.Amount, "CZK"),
		})
	}
	slices.SortStableFunc(out, func(a, b partyLine) int {
		first := t.lists.Label(atlas.ListRole, atlas.RoleImplementer, t.lang())
		return cmp.Compare(boolRank(b.Role == first), boolRank(a.Role == first))
	})
	return out
}

func boolRank(b bool) int {
	if b {
		return 1
	}
	return 0
}

// indicators lists outputs and results with what was measured.
func (t teller) indicators(p *atlas.Project) []measureLine {
	var out []measureLine
	for i := range p.Indicators {
		x := &p.Indicators[i]
		line := measureLine{
			Kind: t.item(atlas.ListIndicatorKind, x.Kind).Text, Name: x.Name, Unit: x.Unit, Definition: x.Definition,
			Baseline: dated(t.decimal(x.Baseline), t.date(x.BaselineDate)), Target: dated(t.decimal(x.Target), t.date(x.TargetDate)),
		}
		for _, m := range x.Measurements {
			line.Values = append(line.Values, t.measurement(m))
		}
		out = append(out, line)
	}
	return out
}

func dated(value, date string) string {
	if value == "" || date == "" {
		return value
	}
	return value + " (" + date + ")"
}

func (t teller) measurement(m atlas.Measurement) value {
	v := value{Text: t.decimal(m.Value), Note: m.Period}
	if v.Text == "" {
		v.Text = t.T("projects.unknown")
	}
	for _, note := range []string{t.item(atlas.ListCountKind, m.CountKind).Text, m.Note, m.Source} {
		if note != "" && v.Note != "" {
			v.Note += "; "
		}
		v.Note += note
	}
	return v
}

func (t teller) media(p *atlas.Project) []mediaLine {
	var out []mediaLine
	for _, m := range p.Media {
		line := mediaLine{
			Kind: t.T("projects.word." + m.Kind), Title: cmp.Or(m.Title, m.Alt, m.URL), Href: safeLink(m.URL),
			Author: cmp.Or(m.Author, m.Source), Licence: t.item(atlas.ListLicence, m.Licence).Text, Alt: m.Alt,
		}
		out = append(out, line)
	}
	return out
}

// similarCount is how many similar projects a page names.
const similarCount = 6

// similar names similar projects and says why they are.
func (t teller) similar(hits []search.SimilarHit, projects []*atlas.Project) []likeLine {
	byID := map[string]*atlas.Project{}
	for _, p := range projects {
		byID[p.ID] = p
	}
	var out []likeLine
	for _, hit := range hits {
		p, ok := byID[hit.ID]
		if !ok {
			continue
		}
		line := likeLine{Project: namedLink{p.Title(t.lang()), route.Project(t.lang(), p.ID)}, Years: t.years(p)}
		for _, r := range hit.Reasons[:min(len(hit.Reasons), 5)] {
			line.Reasons = append(line.Reasons, t.reason(r))
		}
		out = append(out, line)
	}
	return out
}

func (t teller) reason(r search.Reason) string {
	if r.Facet == "" {
		return t.T("projects.similar.word", "word", r.Word)
	}
	label, _ := t.label(r.Facet, r.Value)
	return t.T("projects.facet."+string(r.Facet)) + ": " + label
}

// chainLink is one project of a chain of continuity.
type chainLink struct {
	Project namedLink
	Years   string
}

func (t teller) chain(projects []*atlas.Project) []chainLink {
	var out []chainLink
	for _, p := range projects {
		out = append(out, chainLink{Project: namedLink{p.Title(t.lang()), route.Project(t.lang(), p.ID)}, Years: t.years(p)})
	}
	return out
}

// smallMap shows where the project works: the kraje it names and its
// municipalities as points.
func (t teller) smallMap(p *atlas.Project, outlines []chart.Outline) chart.Map {
	m := chart.Map{ID: "kde", Title: t.T("projects.where.map"), Outlines: outlines, Plain: true}
	for _, q := range p.Territories {
		place, ok := t.places.Get(q.Territory)
		if !ok {
			continue
		}
		name, href := t.places.Label(place.Code), route.Territory(t.lang(), place.Code)
		switch {
		case place.Level == atlas.LevelRegion:
			m.Regions = append(m.Regions, chart.Region{Code: place.Code, Value: 1, Name: name, Href: href})
		case place.HasPoint:
			m.Points = append(m.Points, chart.Point{Lat: place.Lat, Lon: place.Lon, Value: 1, Name: name, Href: href})
		case place.Region != "":
			m.Regions = append(m.Regions, chart.Region{Code: place.Region, Value: 1, Name: name, Href: href})
		}
	}
	if len(m.Regions) == 0 && len(m.Points) == 0 {
		m.Outlines = nil
	}
	return m
}
