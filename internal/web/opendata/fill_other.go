package opendata

import (
	"cmp"

	"atlas"
	"atlas/internal/web/route"
)

// listSector names the two sectors of actors.
const listSector = "CL-08-SEK"

// tally counts the published projects of actors by role.
type tally struct{ implements, funds map[string]int }

// actorOf gives an actor its public shape; published says to which other
// actors it may lead. The bank account is never public.
func (f filler) actorOf(r *atlas.Actor, published map[string]bool, n tally) Actor {
	out := Actor{
		Record: f.record(r.ID, route.Actor("cs", r.ID), r.Meta),
		Name:   r.Name, NameEn: opt(r.NameEn), OtherNames: list(r.OtherNames, same), Generic: r.Generic,
		Type: f.code(atlas.ListActorType, r.Type), Sector: f.code(listSector, r.Sector), LegalForm: f.code(atlas.ListLegalForm, r.LegalForm),
		Country: f.code(atlas.ListCountry, r.Country), ICO: opt(r.ICO), ForeignID: opt(r.ForeignID), DIC: opt(r.DIC), DataBox: opt(r.DataBox),
		Seat: address(r.Seat), Post: address(r.Post), Billing: address(r.Billing), Email: opt(r.Email), Phone: opt(r.Phone), Web: opt(r.Web),
		Territories: list(r.Territories, f.place), Areas: f.codes(atlas.ListArea, r.Areas), Activities: f.codes(atlas.ListActivity, r.Activities),
		TargetLegal: f.codes(atlas.ListTargetLegal, r.TargetLegal), Languages: f.codes(atlas.ListLanguage, r.Languages),
		ServiceForm: f.codes(atlas.ListServiceForm, r.ServiceForms), Capacity: opt(r.Capacity), OpeningHours: opt(r.OpeningHours),
		Price: f.code(atlas.ListPrice, r.Price), Sphere: f.code(atlas.ListSphere, r.Sphere), VerifiedAt: date(r.Verified),
		Relations: []Relation{}, Implements: n.implements[r.ID], Funds: n.funds[r.ID], Sources: list(r.Sources, f.source),
	}
	if published[r.Parent] {
		out.Parent = f.actor(r.Parent)
	}
	for _, x := range r.Relations {
		if published[x.Actor] {
			out.Relations = append(out.Relations, Relation{f.ref(x.Actor), opt(x.Kind), date(x.Since), whole(x.Strength)})
		}
	}
	return out
}

func address(a atlas.Address) *Address {
	if a.Empty() {
		return nil
	}
	return &Address{opt(a.Street), opt(a.ZIP), opt(a.City), opt(a.RUIAN)}
}

func (f filler) call(c *atlas.Call) Call {
	return Call{
		Record: f.record(c.ID, route.Call("cs", c.ID), c.Meta),
		Title:  c.Title, Number: opt(c.Number), Year: whole(c.Year), Funder: f.actor(c.Funder),
		Programme: f.code(atlas.ListProgramme, c.Programme), Theme: opt(c.Theme), Description: opt(c.Description),
		Areas: f.codes(atlas.ListArea, c.Areas), Applicants: f.codes(atlas.ListApplicant, c.Applicants),
		Announced: date(c.Announced), OpenFrom: date(c.OpenFrom), Deadline: date(c.Deadline), DeadlineTime: opt(c.DeadlineTime),
		Continuous: c.Continuous, CostFrom: date(c.CostFrom), CostTo: date(c.CostTo),
		Allocation: money(c.Allocation, ""), Min: money(c.Min, ""), Max: money(c.Max, ""),
		SupportPct: opt(c.SupportPct.String()), OwnShare: opt(c.OwnShare.String()), URL: opt(c.URL), Checked: date(c.Checked),
		Sources: list(c.Sources, f.source),
	}
}

func (f filler) listHead(l *atlas.List) ListHead {
	return ListHead{
		Code: l.Code, Slug: l.Slug, Label: named(l.Cs, l.En), Source: named(l.SourceCs, l.SourceEn),
		Version: l.Version, Count: len(l.Items), Page: f.origin + route.List("cs", l.Slug),
	}
}

// named is a text in both languages, the other one rather than nothing.
func named(cs, en string) Words { return Words{Cs: cmp.Or(cs, en), En: cmp.Or(en, cs)} }

func item(it atlas.Item) Item {
	out := Item{
		Code: Code{it.Code, named(it.Cs, it.En)}, Order: it.Order, Parent: opt(it.Parent),
		ValidFrom: date(it.ValidFrom), ValidTo: date(it.ValidTo), Successor: opt(it.Successor),
	}
	if it.NoteCs != "" || it.NoteEn != "" {
		note := named(it.NoteCs, it.NoteEn)
		out.Note = &note
	}
	return out
}

func (f filler) territory(t atlas.Territory, projects int) Territory {
	out := Territory{
		Code: t.Code, Level: string(t.Level), Name: t.Name, CSU: opt(t.CSU), RUIAN: opt(t.RUIAN),
		Region: opt(t.Region), District: opt(t.District), ORP: opt(t.ORP), Municipality: opt(t.Municipality),
		PopulationDate: date(t.PopulationDate), ValidFrom: date(t.ValidFrom), ValidTo: date(t.ValidTo),
		Source: opt(t.Source), Projects: projects, Page: f.origin + route.Territory("cs", t.Code),
	}
	if t.HasPoint {
		out.Lat, out.Lon = &t.Lat, &t.Lon
	}
	if t.Population > 0 {
		out.Population = &t.Population
	}
	return out
}
