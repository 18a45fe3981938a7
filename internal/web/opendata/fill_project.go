package opendata

import (
	"atlas"
	"atlas/internal/app"
	"atlas/internal/search"
	"atlas/internal/web/route"
)

// project gives a project its public shape. published says which of the
// projects it follows anybody may read.
func (f filler) project(p *atlas.Project, published map[string]bool) Project {
	out := Project{
		Record:  f.record(p.ID, route.Project("cs", p.ID), p.Meta),
		TitleCs: opt(p.TitleCs), TitleEn: opt(p.TitleEn), Acronym: opt(p.Acronym), RegNumber: opt(p.RegNumber),
		Annotation: opt(p.Annotation), Detail: opt(p.Detail), NeedRationale: opt(p.NeedRationale), Goal: opt(p.Goal),
		Subgoals: list(p.Subgoals, same),
		DateFrom: date(p.From), DateTo: date(p.To), Ongoing: p.Ongoing, Status: f.code(atlas.ListStatus, p.Status),
		Country: f.code(atlas.ListCountry, p.Country), Scope: f.code(atlas.ListScope, p.Scope),
		Territories: list(p.Territories, f.projectPlace), PlaceText: opt(p.PlaceText),
		Parties: list(p.Parties, f.party), Funding: list(p.Funding, f.funding), Amount: projectAmount(p),
		TotalCost: money(p.TotalCost, p.Currency), IntegrationShare: opt(p.IntegrationShare.String()),
		Areas: list(p.Areas, f.area), TargetLegal: f.codes(atlas.ListTargetLegal, p.TargetLegal),
		TargetSituation: f.codes(atlas.ListTargetSituation, p.TargetSituation), Citizenships: f.codes(atlas.ListCountry, p.Citizenships),
		Activities: list(p.Activities, f.activity), Indicators: list(p.Indicators, f.indicator),
		PeoplePlanned: f.people(p.PeoplePlanned), PeopleReached: f.people(p.PeopleReached),
		ServiceForm: f.codes(atlas.ListServiceForm, p.ServiceForms), PriceForClient: f.code(atlas.ListPrice, p.PriceForClient),
		Follows: only(p.Follows, published),
	}
	f.legacy(&out, p)
	f.evidence(&out, p)
	return out
}

// legacy fills what others can take from the project.
func (f filler) legacy(out *Project, p *atlas.Project) {
	out.Innovation, out.Upscaling = flag(p.Innovation), flag(p.Upscaling)
	out.Transfer, out.TransferNote = f.code(atlas.ListTransfer, p.Transfer), opt(p.TransferNote)
	out.ReplicationNotes, out.Barriers = opt(p.ReplicationNotes), list(p.Barriers, f.barrier)
	out.Evaluation = Evaluation{
		Value: answer(p.Evaluated.State), When: date(p.Evaluated.When), Method: opt(p.Evaluated.Method),
		Who: opt(p.Evaluated.Who), URL: opt(p.Evaluated.URL),
	}
}

// evidence fills links, people who agreed to be named, and sources.
func (f filler) evidence(out *Project, p *atlas.Project) {
	out.Measures, out.GoodPractice, out.Web = list(p.Measures, link), list(p.GoodPractice, link), opt(p.Web)
	out.Contacts = []Contact{}
	for _, c := range p.Contacts {
		if c.Public {
			out.Contacts = append(out.Contacts, f.contact(c))
		}
	}
	out.Media, out.Sources = list(p.Media, f.media), list(p.Sources, f.source)
	c := p.Completeness()
	level := app.LevelBasic
	if c.Full {
		level = app.LevelFull
	}
	out.DetailLevel = f.value(search.FacetDetailLevel, level)
	out.Completeness, out.Missing = c.Percent, list(c.Missing, same)
}

// only keeps the codes that are published.
func only(ids []string, published map[string]bool) []string {
	out := []string{}
	for _, id := range ids {
		if published[id] {
			out = append(out, id)
		}
	}
	return out
}

func (f filler) projectPlace(p atlas.Place) ProjectPlace {
	return ProjectPlace{Territory: f.place(p.Territory), SharePct: opt(p.Share.String())}
}

func (f filler) party(q atlas.Party) Party {
	return Party{Actor: f.ref(q.Actor), Role: f.code(atlas.ListRole, q.Role), Amount: money(q.Amount, "")}
}

func projectAmount(p *atlas.Project) ProjectAmount {
	a, fromCost, partial := p.Money()
	out := ProjectAmount{Money: money(a, ""), Partial: partial}
	switch {
	case fromCost:
		out.Basis = opt("total_cost")
	case a.Known():
		out.Basis = opt("funding")
	}
	return out
}

func (f filler) funding(x atlas.Funding) Funding {
	return Funding{
		Funder: f.actor(x.Funder), FunderType: f.code(atlas.ListFunderType, x.FunderType),
		Programme: f.code(atlas.ListProgramme, x.Programme), ProgrammeText: opt(x.ProgrammeText),
		CallNo: opt(x.CallNo), Call: opt(x.Call), Year: whole(x.Year),
		Requested: money(x.Requested, x.Currency), Granted: money(x.Granted, x.Currency), Spent: money(x.Spent, x.Currency),
		Rate: rate(x.Rate), RateDate: date(x.RateDate), SharePct: opt(x.Share.String()),
	}
}

func (f filler) area(a atlas.AreaShare) ProjectArea {
	return ProjectArea{Code: f.coded(atlas.ListArea, a.Code), Primary: a.Primary, SharePct: opt(a.Share.String())}
}

func (f filler) activity(a atlas.Activity) Activity {
	return Activity{f.code(atlas.ListActivity, a.Code), opt(a.Text)}
}

func (f filler) barrier(b atlas.Barrier) Barrier {
	return Barrier{f.code(atlas.ListBarrier, b.Code), opt(b.Text)}
}

func (f filler) indicator(x atlas.Indicator) Indicator {
	return Indicator{
		Code: opt(x.Code), Name: opt(x.Name), Definition: opt(x.Definition), Kind: f.code(atlas.ListIndicatorKind, x.Kind),
		Unit: opt(x.Unit), Method: opt(x.Method), DataSource: opt(x.DataSource), Administrator: opt(x.Administrator),
		Guarantor: opt(x.Guarantor), Periodicity: f.code(atlas.ListPeriodicity, x.Periodicity), Direction: f.code(atlas.ListDirection, x.Direction),
		Baseline: opt(x.Baseline), BaselineDate: date(x.BaselineDate), Target: opt(x.Target), TargetDate: date(x.TargetDate),
		Disaggregation: list(x.Disaggregation, same), LinkedTo: opt(x.LinkedTo), Measurements: list(x.Measurements, f.measurement),
	}
}

func (f filler) measurement(m atlas.Measurement) Measurement {
	return Measurement{
		Period: opt(m.Period), Value: opt(m.Value), CountKind: f.code(atlas.ListCountKind, m.CountKind), Note: opt(m.Note), Source: opt(m.Source),
	}
}

func (f filler) contact(c atlas.Person) Contact {
	return Contact{
		Name: opt(c.Name), TitlesBefore: opt(c.TitlesBefore), TitlesAfter: opt(c.TitlesAfter), Function: opt(c.Function),
		Organisation: opt(c.Organisation), Email: opt(c.Email), Phone: opt(c.Phone), Languages: f.codes(atlas.ListLanguage, c.Languages),
	}
}

func (f filler) media(m atlas.Media) Media {
	return Media{
		Kind: opt(m.Kind), URL: opt(m.URL), Title: opt(m.Title), Author: opt(m.Author), Source: opt(m.Source),
		Licence: f.code(atlas.ListLicence, m.Licence), Alt: opt(m.Alt),
	}
}
