package calls

import (
	"atlas"
	"atlas/internal/web/form"
	"atlas/internal/web/typed"
)

// parts are the fields of the form in their order: what a conflict of two
// versions is shown and chosen by.
var parts = []string{
	"title", "number", "year", "funder", "programme", "theme", "description", "areas", "applicants",
	"announced_on", "open_from", "deadline", "deadline_time", "continuous", "cost_from", "cost_to",
	"allocation", "min", "max", "support_pct", "own_share_pct", "url", "source_checked_on", "sources",
}

// needed are the fields without which a call cannot be published (6.16).
var needed = []string{"title", "year", "funder", "programme", "url", "source_checked_on"}

// rowGroups are the groups of the form whose rows are added and dropped.
var rowGroups = form.Groups{"sources": "kind"}

// lists says from which code list the choices of a field come.
var lists = map[string]string{
	"programme": atlas.ListProgramme, "areas": atlas.ListArea, "applicants": atlas.ListApplicant,
	"sources.kind": atlas.ListSourceKind, "continuous": form.Box,
}

// fill writes a call into a form so that decode reads the same back.
func fill(c *atlas.Call, named func(id string) string) *typed.Form {
	f := typed.New(nil)
	for name, value := range map[string]string{
		"title": c.Title, "number": c.Number, "funder": form.Coded(named(c.Funder), c.Funder), "programme": c.Programme,
		"theme": c.Theme, "description": c.Description, "deadline_time": c.DeadlineTime, "url": c.URL,
	} {
		f.Set(name, value)
	}
	f.SetYear("year", c.Year)
	for name, all := range map[string][]string{"areas": c.Areas, "applicants": c.Applicants} {
		if len(all) > 0 {
			f.Values[name] = all
		}
	}
	for name, d := range map[string]atlas.Date{
		"announced_on": c.Announced, "open_from": c.OpenFrom, "deadline": c.Deadline,
		"cost_from": c.CostFrom, "cost_to": c.CostTo, "source_checked_on": c.Checked,
	} {
		f.SetDate(name, d)
	}
	if c.Continuous {
		f.Set("continuous", "1")
	}
	for name, a := range map[string]atlas.Amount{"allocation": c.Allocation, "min": c.Min, "max": c.Max} {
		f.SetAmount(name, a)
	}
	f.SetPercent("support_pct", c.SupportPct)
	f.SetPercent("own_share_pct", c.OwnShare)
	form.SetSources(f, c.Sources)
	return f
}
