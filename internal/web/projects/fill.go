package projects

import (
	"strings"

	"atlas"
	"atlas/internal/web/form"
	"atlas/internal/web/typed"
)

// parts are the fields of the form in their order: what a conflict of two
// versions is shown and chosen by.
var parts = []string{
	"title_cs", "annotation", "goal", "date_from", "date_to", "ongoing", "status", "country", "scope",
	"integration_share", "territories", "place_text", "parties", "areas", "target_legal", "activities", "sources",
	"total_cost", "currency", "funding", "title_en", "acronym", "reg_number", "web", "follows", "detail",
	"need_rationale", "subgoals", "target_situation", "citizenships", "service_form", "price_for_client",
	"people_planned", "people_reached", "indicators", "innovation_flag", "innovation_reason", "transfer_flag",
	"transfer_note", "upscaling_flag", "upscaling_reason", "replication_notes", "barriers", "evaluation_done",
	"evaluation_when", "evaluation_method", "evaluation_who", "evaluation_url", "measures", "good_practice",
	"contacts", "media",
}

// names writes records by name in a form, with the code in brackets, so that
// the name reads well and the code decides.
type names struct {
	actor func(id string) string
	place func(code string) string
}

// fill writes a project into a form so that decode reads the same back.
func fill(p *atlas.Project, n names) *typed.Form {
	f := typed.New(nil)
	fillBasics(f, p)
	for i, t := range p.Territories {
		prefix := form.Row("territories", i)
		f.Set(prefix+"place", form.Coded(n.place(t.Territory), t.Territory))
		f.SetPercent(prefix+"share", t.Share)
	}
	for i, q := range p.Parties {
		prefix := form.Row("parties", i)
		f.Set(prefix+"actor", form.Coded(n.actor(q.Actor), q.Actor))
		f.Set(prefix+"role", q.Role)
		f.SetAmount(prefix+"amount", q.Amount)
	}
	for i := range p.Funding {
		fillFunding(f, form.Row("funding", i), &p.Funding[i], n)
	}
	fillContent(f, p)
	for i := range p.Indicators {
		fillIndicator(f, form.Row("indicators", i), &p.Indicators[i])
	}
	fillEvidence(f, p)
	return f
}

func fillBasics(f *typed.Form, p *atlas.Project) {
	for name, value := range map[string]string{
		"title_cs": p.TitleCs, "title_en": p.TitleEn, "acronym": p.Acronym, "reg_number": p.RegNumber,
		"annotation": p.Annotation, "detail": p.Detail, "need_rationale": p.NeedRationale, "goal": p.Goal,
		"subgoals": strings.Join(p.Subgoals, "\n"), "status": p.Status, "country": p.Country, "scope": p.Scope,
		"place_text": p.PlaceText, "currency": p.Currency, "price_for_client": p.PriceForClient,
		"follows": strings.Join(p.Follows, "\n"), "web": p.Web,
		"innovation_flag": string(p.Innovation.State), "innovation_reason": p.Innovation.Reason,
		"transfer_flag": p.Transfer, "transfer_note": p.TransferNote,
		"upscaling_flag": string(p.Upscaling.State), "upscaling_reason": p.Upscaling.Reason,
		"replication_notes": p.ReplicationNotes, "evaluation_done": string(p.Evaluated.State),
		"evaluation_method": p.Evaluated.Method, "evaluation_who": p.Evaluated.Who, "evaluation_url": p.Evaluated.URL,
	} {
		f.Set(name, value)
	}
	if p.Ongoing {
		f.Set("ongoing", "1")
	}
	f.SetDate("date_from", p.From)
	f.SetDate("date_to", p.To)
	f.SetDate("evaluation_when", p.Evaluated.When)
	f.SetAmount("total_cost", p.TotalCost)
	f.SetPercent("integration_share", p.IntegrationShare)
	f.SetCount("people_planned", p.PeoplePlanned)
	f.SetCount("people_reached", p.PeopleReached)
}

func fillFunding(f *typed.Form, prefix string, m *atlas.Funding, n names) {
	f.Set(prefix+"funder", form.Coded(n.actor(m.Funder), m.Funder))
	f.Set(prefix+"funder_type", m.FunderType)
	f.Set(prefix+"programme", m.Programme)
	f.Set(prefix+"programme_text", m.ProgrammeText)
	f.Set(prefix+"call_no", m.CallNo)
	f.Set(prefix+"call", m.Call)
	f.SetYear(prefix+"year", m.Year)
	f.SetAmount(prefix+"amount_requested", m.Requested)
	f.SetAmount(prefix+"amount_granted", m.Granted)
	f.SetAmount(prefix+"amount_spent", m.Spent)
	f.Set(prefix+"currency", m.Currency)
	f.SetRate(prefix+"rate", m.Rate)
	f.SetDate(prefix+"rate_date", m.RateDate)
	f.SetPercent(prefix+"share_pct", m.Share)
}

// fillContent writes what the project is about. The primary area comes first.
func fillContent(f *typed.Form, p *atlas.Project) {
	n := 0
	for _, primary := range []bool{true, false} {
		for _, a := range p.Areas {
			if a.Primary == primary {
				f.Set(form.Row("areas", n)+"code", a.Code)
				f.SetPercent(form.Row("areas", n)+"share", a.Share)
				n++
			}
		}
	}
	for name, all := range map[string][]string{
		"target_legal": p.TargetLegal, "target_situation": p.TargetSituation,
		"citizenships": p.Citizenships, "service_form": p.ServiceForms,
	} {
		f.Values[name] = all
	}
	for i, a := range p.Activities {
		f.Set(form.Row("activities", i)+"code", a.Code)
		f.Set(form.Row("activities", i)+"text", a.Text)
	}
	for i, b := range p.Barriers {
		f.Set(form.Row("barriers", i)+"code", b.Code)
		f.Set(form.Row("barriers", i)+"text", b.Text)
	}
}

func fillIndicator(f *typed.Form, prefix string, x *atlas.Indicator) {
	for name, value := range map[string]string{
		"code": x.Code, "name": x.Name, "definition": x.Definition, "kind": x.Kind, "unit": x.Unit,
		"method": x.Method, "data_source": x.DataSource, "administrator": x.Administrator,
		"guarantor": x.Guarantor, "periodicity": x.Periodicity, "direction": x.Direction,
		"baseline": x.Baseline, "target": x.Target, "linked_to": x.LinkedTo,
	} {
		f.Set(prefix+name, value)
	}
	f.SetDate(prefix+"baseline_date", x.BaselineDate)
	f.SetDate(prefix+"target_date", x.TargetDate)
	f.Values[prefix+"disaggregation"] = x.Disaggregation
	for i, m := range x.Measurements {
		inner := form.Row(prefix+"measurements", i)
		f.Set(inner+"period", m.Period)
		f.Set(inner+"value", m.Value)
		f.Set(inner+"count_kind", m.CountKind)
		f.Set(inner+"note", m.Note)
		f.Set(inner+"source", m.Source)
		f.Set(inner+"entered_by", m.EnteredBy)
		f.Set(inner+"row", "1")
	}
}

// fillEvidence writes what the project leans on: links, people, media, sources.
func fillEvidence(f *typed.Form, p *atlas.Project) {
	for group, all := range map[string][]atlas.Reference{"measures": p.Measures, "good_practice": p.GoodPractice} {
		for i, r := range all {
			f.Set(form.Row(group, i)+"title", r.Title)
			f.Set(form.Row(group, i)+"url", r.URL)
		}
	}
	for i, c := range p.Contacts {
		prefix := form.Row("contacts", i)
		for name, value := range map[string]string{
			"name": c.Name, "titles_before": c.TitlesBefore, "titles_after": c.TitlesAfter, "function": c.Function,
			"organisation": c.Organisation, "email": c.Email, "phone": c.Phone, "consent": c.Consent,
		} {
			f.Set(prefix+name, value)
		}
		f.Values[prefix+"languages"] = c.Languages
		if c.Public {
			f.Set(prefix+"public", "1")
		}
		f.SetDate(prefix+"retain_until", c.RetainUntil)
	}
	for i, m := range p.Media {
		prefix := form.Row("media", i)
		for name, value := range map[string]string{
			"kind": m.Kind, "url": m.URL, "title": m.Title, "author": m.Author, "source": m.Source,
			"licence": m.Licence, "alt": m.Alt,
		} {
			f.Set(prefix+name, value)
		}
	}
	form.SetSources(f, p.Sources)
}
