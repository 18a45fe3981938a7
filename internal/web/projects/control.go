package projects

import (
	"slices"

	"atlas"
	"atlas/internal/web/form"
	"atlas/internal/web/typed"
)

// sheet draws a form over what was typed.
func (a *area) sheet(lang string, f *typed.Form) form.Sheet {
	return form.New(f, "projects", lang, a.site.Words, a.app.Lists(), needed)
}

// needed are the fields without which a project cannot be published (6.1).
var needed = []string{
	"title_cs", "annotation", "goal", "date_from", "status", "country", "scope", "parties", "areas", "target_legal",
	"activities", "sources",
}

// rowGroups are the groups of the form whose rows are added and dropped.
var rowGroups = form.Groups{
	"territories": "place", "parties": "actor", "activities": "code", "sources": "kind", "funding": "funder",
	"indicators": "name", "indicators.measurements": "period", "barriers": "code", "measures": "title",
	"good_practice": "title", "contacts": "name", "media": "kind",
}

// Founding offers to found the organisation typed in a field that was not
// found.
func (p *editPage) Founding(name string) *form.Control {
	unknown := func(wrong atlas.Problem) bool { return wrong.Key == keyActorUnknown || wrong.Key == keyICOUnknown }
	if !slices.ContainsFunc(p.ProblemsOf(name), unknown) && p.Text(name+"_new") == "" {
		return nil
	}
	c := p.Pick(name+"_new", atlas.ListActorType)
	c.Label, c.Hint = p.Said("projects.form.found", nil), ""
	return &c
}

// partsOf says which fields stand in which closed part of the form.
var partsOf = map[string][]string{
	"money":      {"total_cost", "funding"},
	"naming":     {"title_en", "acronym", "reg_number", "web", "follows"},
	"content":    {"detail", "need_rationale", "subgoals", "target_situation", "citizenships", "service_form", "price_for_client"},
	"people":     {"people_planned", "people_reached", "indicators"},
	"transfer":   {"innovation_flag", "innovation_reason", "transfer_flag", "transfer_note", "upscaling_flag", "upscaling_reason", "replication_notes", "barriers"},
	"evaluation": {"evaluation_done", "evaluation_when", "evaluation_method", "evaluation_who", "evaluation_url", "measures", "good_practice"},
	"contacts":   {"contacts", "media"},
}

// PartOpen opens a part of the form that has something in it or something
// wrong.
func (p *editPage) PartOpen(name string) bool { return p.Any(partsOf[name]...) }
