package seed

import "atlas"

// parts reads the parts of a record and keeps the first error.
type parts struct{ err error }

func (p *parts) note(err error) {
	if p.err == nil {
		p.err = err
	}
}

func (p *parts) date(s string) atlas.Date {
	d, err := atlas.ParseDate(s)
	p.note(err)
	return d
}

func (p *parts) amount(s, state string) atlas.Amount {
	a, err := amount(s, state)
	p.note(err)
	return a
}

func (p *parts) percent(s string) atlas.Percent {
	x, err := percent(s)
	p.note(err)
	return x
}

func (p *parts) key(codes map[string]string, key string) string {
	id, err := named(codes, key)
	p.note(err)
	return id
}

func (p *parts) sources(all []source) []atlas.Source {
	out, err := sources(all)
	p.note(err)
	return out
}

func (l *loader) project(x project) (*atlas.Project, error) {
	var p parts
	r := &atlas.Project{
		Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, TitleCs: x.TitleCs, TitleEn: x.TitleEn, Acronym: x.Acronym,
		RegNumber: x.RegNumber, Annotation: x.Annotation, Detail: x.Detail, NeedRationale: x.NeedRationale, Goal: x.Goal,
		Subgoals: x.Subgoals, From: p.date(x.From), To: p.date(x.To), Ongoing: x.Ongoing, Status: x.Status, Country: x.Country,
		Scope: x.Scope, PlaceText: x.PlaceText, TotalCost: p.amount(x.TotalCost, x.CostState), Currency: x.Currency,
		IntegrationShare: p.percent(x.Share), TargetLegal: x.TargetLegal, TargetSituation: x.TargetSituation,
		Citizenships: x.Citizenships, PeoplePlanned: people(x.PeoplePlanned), PeopleReached: people(x.PeopleReached),
		ServiceForms: x.ServiceForms, PriceForClient: x.Price, Innovation: atlas.Flag{State: atlas.Tri(x.Innovation.State), Reason: x.Innovation.Reason},
		Transfer: x.Transfer, TransferNote: x.TransferNote, Upscaling: atlas.Flag{State: atlas.Tri(x.Upscaling.State), Reason: x.Upscaling.Reason},
		ReplicationNotes: x.Replication, Measures: references(x.Measures), GoodPractice: references(x.GoodPractice), Web: x.Web,
		Sources: p.sources(x.Sources),
	}
	if x.Draft {
		r.RecordStatus = atlas.RecordDraft
	}
	r.Evaluated = atlas.EvaluationDone{State: atlas.Tri(x.Evaluated.State), When: p.date(x.Evaluated.When), Method: x.Evaluated.Method, Who: x.Evaluated.Who, URL: x.Evaluated.URL}
	l.addLists(&p, r, x)
	for _, f := range x.Funding {
		r.Funding = append(r.Funding, atlas.Funding{
			Funder: p.key(l.actors, f.Funder), FunderType: f.FunderType, Programme: f.Programme, ProgrammeText: f.ProgrammeText,
			CallNo: f.CallNo, Call: p.key(l.calls, f.Call), Year: f.Year, Requested: p.amount(f.Requested, f.State),
			Granted: p.amount(f.Granted, f.State), Spent: p.amount(f.Spent, f.State), Currency: f.Currency, Share: p.percent(f.SharePct),
		})
	}
	return r, p.err
}

func (l *loader) addLists(p *parts, r *atlas.Project, x project) {
	for _, code := range x.Territories {
		r.Territories = append(r.Territories, atlas.Place{Territory: code})
	}
	for _, q := range x.Parties {
		r.Parties = append(r.Parties, atlas.Party{Actor: p.key(l.actors, q.Actor), Role: q.Role, Amount: p.amount(q.Amount, "")})
	}
	for _, a := range x.Areas {
		r.Areas = append(r.Areas, atlas.AreaShare{Code: a.Code, Primary: a.Primary, Share: p.percent(a.Share)})
	}
	for _, a := range x.Activities {
		r.Activities = append(r.Activities, atlas.Activity(a))
	}
	for _, b := range x.Barriers {
		r.Barriers = append(r.Barriers, atlas.Barrier(b))
	}
	for _, f := range x.Follows {
		r.Follows = append(r.Follows, p.key(l.projects, f))
	}
	for _, i := range x.Indicators {
		n := atlas.Indicator{Name: i.Name, Kind: i.Kind, Unit: i.Unit}
		for _, m := range i.Measurements {
			n.Measurements = append(n.Measurements, atlas.Measurement{Period: m.Period, Value: m.Value, CountKind: m.CountKind, Note: m.Note})
		}
		r.Indicators = append(r.Indicators, n)
	}
}

func people(c *count) atlas.Count {
	if c == nil {
		return atlas.Count{}
	}
	return atlas.Count{Known: true, N: c.N, Kind: c.Kind}
}
