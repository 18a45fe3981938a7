package projects

import (
	"cmp"
	"slices"
	"strings"

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

// measureLine is one indicator with its measurements.
type measureLine struct {
	Kind, Name, Unit, Baseline, Target string
	More                               []string // "Definice: …", what else is known of it
	Values                             []value
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

// indicators lists outputs and results with what was measured. Who entered a
// value is for editors only.
func (t teller) indicators(p *atlas.Project, editor bool) []measureLine {
	var out []measureLine
	for i := range p.Indicators {
		x := &p.Indicators[i]
		line := measureLine{
			Kind: t.item(atlas.ListIndicatorKind, x.Kind).Text, Name: x.Name, Unit: x.Unit, More: t.indicatorNotes(x),
			Baseline: dated(t.decimal(x.Baseline), t.date(x.BaselineDate)), Target: dated(t.decimal(x.Target), t.date(x.TargetDate)),
		}
		for _, m := range x.Measurements {
			if !editor {
				m.EnteredBy = ""
			}
			line.Values = append(line.Values, t.measurement(m))
		}
		out = append(out, line)
	}
	return out
}

// indicatorNotes writes what is known of an indicator beside its numbers.
func (t teller) indicatorNotes(x *atlas.Indicator) []string {
	var out []string
	note := func(field, text string) {
		if text != "" {
			out = append(out, t.T("projects.field.indicators."+field)+": "+text)
		}
	}
	note("code", x.Code)
	note("definition", x.Definition)
	note("method", x.Method)
	note("data_source", x.DataSource)
	note("administrator", x.Administrator)
	note("guarantor", x.Guarantor)
	note("periodicity", t.item(atlas.ListPeriodicity, x.Periodicity).Text)
	note("direction", t.item(atlas.ListDirection, x.Direction).Text)
	note("linked_to", x.LinkedTo)
	var by []string
	for _, d := range x.Disaggregation {
		by = append(by, t.known("projects.word."+d, d))
	}
	note("disaggregation", strings.Join(by, ", "))
	return out
}

func dated(value, date string) string {
	if value == "" || date == "" {
		return value
	}
	return value + " (" + date + ")"
}

func (t teller) measurement(m atlas.Measurement) value {
	v := value{Text: t.decimal(m.Value)}
	if v.Text == "" {
		v.Text = t.T("projects.unknown")
	}
	notes := []string{m.Period, t.item(atlas.ListCountKind, m.CountKind).Text, m.Note, m.Source, m.EnteredBy}
	v.Note = strings.Join(slices.DeleteFunc(notes, func(s string) bool { return s == "" }), "; ")
	return v
}

func (t teller) media(p *atlas.Project) []mediaLine {
	var out []mediaLine
	for _, m := range p.Media {
		line := mediaLine{
			Kind: t.known("projects.word."+m.Kind, m.Kind), Title: cmp.Or(m.Title, m.Alt, m.URL), Href: route.Outside(m.URL), Author: joined(m.Author, m.Source), Licence: t.item(atlas.ListLicence, m.Licence).Text, Alt: m.Alt,
		}
		out = append(out, line)
	}
	return out
}

// joined puts a comma between two texts where both are known and differ.
func joined(a, b string) string {
	if a == "" || b == "" || a == b {
		return cmp.Or(a, b)
	}
	return a + ", " + b
}

// similarCount is how many similar projects a page names.
const similarCount = 6

// mostReasons is how many reasons of likeness are named, the heaviest first.
const mostReasons = 5

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
		reasons := t.telling(hit.Reasons)
		for _, r := range reasons[:min(len(reasons), mostReasons)] {
			line.Reasons = append(line.Reasons, t.reason(r))
		}
		out = append(out, line)
	}
	return out
}

// telling leaves out the territories around one that is shared: who knows of
// the town need not be told of its district.
func (t teller) telling(reasons []search.Reason) []search.Reason {
	around := map[string]bool{}
	for _, r := range reasons {
		if r.Facet == search.FacetTerritory {
			for _, up := range t.places.Ancestors(r.Value) {
				around[up.Code] = true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(reasons), func(r search.Reason) bool {
		return r.Facet == search.FacetTerritory && around[r.Value]
	})
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
