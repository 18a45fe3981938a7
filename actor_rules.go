package atlas

import "fmt"

// Problems checks an actor by the rules of 6.4. Checksums of IČO, bank account
// and data box are added by the operation that saves it.
func (a *Actor) Problems(ls *Lists, stage Stage, year int) []Problem {
	var ps problems
	ps.require(a.Name != "", "name")
	ps.code(ls, ListActorType, a.Type, "actor_type")
	ps.code(ls, ListLegalForm, a.LegalForm, "legal_form")
	ps.code(ls, ListCountry, a.Country, "country")
	ps.codes(ls, ListArea, a.Areas, "areas")
	ps.codes(ls, ListActivity, a.Activities, "activities")
	ps.codes(ls, ListTargetLegal, a.TargetLegal, "target_legal")
	ps.codes(ls, ListLanguage, a.Languages, "languages")
	ps.codes(ls, ListServiceForm, a.ServiceForms, "service_form")
	ps.code(ls, ListPrice, a.Price, "price")
	ps.code(ls, ListSphere, a.Sphere, "sphere")
	ps.web(a.Web, "web")
	ps.email(a.Email, "email")
	ps.date(a.Verified, year, "verified_at")
	if a.Parent != "" && a.Parent == a.ID {
		ps.add("parent", "problem.own_parent")
	}
	for i, r := range a.Relations {
		at := fmt.Sprintf("relations.%d", i)
		ps.require(r.Actor != "", at+".actor")
		if r.Actor != "" && r.Actor == a.ID {
			ps.add(at+".actor", "problem.own_relation")
		}
		if r.Strength < 0 || r.Strength > 3 {
			ps.add(at+".strength", "problem.strength")
		}
		ps.date(r.Since, year, at+".since")
	}
	ps.sources(ls, a.Sources, year)
	if stage >= StagePublish {
		ps.require(a.Type != "", "actor_type")
		ps.require(a.Sector == SectorPublic || a.Sector == SectorPrivate, "sector")
		ps.require(len(a.Territories) > 0 || a.Country != "CZ", "territories")
		ps.require(a.Verified.Known(), "verified_at")
	}
	return ps
}

// Problems checks a call by the rules of 6.16.
func (c *Call) Problems(ls *Lists, stage Stage, year int) []Problem {
	var ps problems
	ps.require(c.Title != "", "title")
	ps.code(ls, ListProgramme, c.Programme, "programme")
	ps.codes(ls, ListArea, c.Areas, "areas")
	ps.codes(ls, ListApplicant, c.Applicants, "applicants")
	ps.web(c.URL, "url")
	for field, d := range map[string]Date{"announced_on": c.Announced, "open_from": c.OpenFrom, "deadline": c.Deadline, "cost_from": c.CostFrom, "cost_to": c.CostTo} {
		ps.date(d, year, field)
	}
	for field, a := range map[string]Amount{"allocation": c.Allocation, "min": c.Min, "max": c.Max} {
		ps.amount(a, field)
	}
	ps.percent(c.SupportPct, "support_pct")
	ps.percent(c.OwnShare, "own_share_pct")
	ps.sources(ls, c.Sources, year)
	if stage >= StagePublish {
		ps.require(c.URL != "", "url")
		ps.require(c.Checked.Known(), "source_checked_on")
	}
	return ps
}
