package projects

import (
	"cmp"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/web/dataset"
	"atlas/internal/web/form"
)

func (s *columnSet) naming() {
	s.other("id", func(p *atlas.Project) string { return p.ID })
	s.field("title_cs", func(p *atlas.Project) string { return p.TitleCs })
	s.field("title_en", func(p *atlas.Project) string { return p.TitleEn })
	s.field("acronym", func(p *atlas.Project) string { return p.Acronym })
	s.field("reg_number", func(p *atlas.Project) string { return p.RegNumber })
}

func (s *columnSet) description() {
	s.field("annotation", func(p *atlas.Project) string { return p.Annotation })
	s.field("detail", func(p *atlas.Project) string { return p.Detail })
	s.field("need_rationale", func(p *atlas.Project) string { return p.NeedRationale })
	s.field("goal", func(p *atlas.Project) string { return p.Goal })
	s.field("subgoals", func(p *atlas.Project) string { return dataset.Many(p.Subgoals, dataset.Same) })
}

func (s *columnSet) timeAndPlace() {
	s.field("date_from", func(p *atlas.Project) string { return p.From.String() })
	s.field("date_to", func(p *atlas.Project) string { return p.To.String() })
	s.field("ongoing", func(p *atlas.Project) string { return s.yes(p.Ongoing) })
	s.coded("status", atlas.ListStatus, one(func(p *atlas.Project) string { return p.Status }))
	s.coded("country", atlas.ListCountry, one(func(p *atlas.Project) string { return p.Country }))
	s.coded("scope", atlas.ListScope, one(func(p *atlas.Project) string { return p.Scope }))
	s.field("territories", func(p *atlas.Project) string {
		return dataset.Many(p.Territories, func(q atlas.Place) string {
			return dataset.Pairs("", s.places.Label(q.Territory), "%", q.Share.String())
		})
	})
	s.add("territories_code", s.T("projects.export.code", "label", s.T("projects.field.territories")), func(p *atlas.Project) string {
		return dataset.Many(p.Territories, func(q atlas.Place) string { return q.Territory })
	})
	s.field("place_text", func(p *atlas.Project) string { return p.PlaceText })
}

func (s *columnSet) organisations() {
	s.other("implementers", func(p *atlas.Project) string { return dataset.Many(p.Implementers(), s.actor) })
	s.field("parties", func(p *atlas.Project) string {
		return dataset.Many(p.Parties, func(q atlas.Party) string {
			return dataset.Pairs("", form.Coded(s.actor(q.Actor), q.Actor), s.T("projects.field.parties.role"), s.item(atlas.ListRole, q.Role).Text,
				s.T("projects.field.parties.amount"), s.amountIn(q.Amount, "CZK"))
		})
	})
}

func (s *columnSet) money() {
	s.other("funders", func(p *atlas.Project) string {
		return dataset.Many(p.Funding, func(f atlas.Funding) string {
			if f.Funder == "" {
				return ""
			}
			return s.actor(f.Funder)
		})
	})
	s.field("funding", func(p *atlas.Project) string { return dataset.Many(p.Funding, s.fundingLine) })
	s.other("actors_ico", s.numbered(func(actor string) string { ico, _ := s.numbers(actor); return ico }))
	s.other("actors_foreign_id", s.numbered(func(actor string) string { _, abroad := s.numbers(actor); return abroad }))
	s.amountOf("total_cost", func(p *atlas.Project) atlas.Amount { return p.TotalCost })
	s.field("currency", func(p *atlas.Project) string { return p.Currency })
	s.other("amount_czk", func(p *atlas.Project) string { a, _, _ := p.Money(); return a.String() })
	s.other("amount_from", func(p *atlas.Project) string {
		switch a, fromCost, _ := p.Money(); {
		case !a.Known():
			return ""
		case fromCost:
			return s.T("projects.field.total_cost")
		}
		return s.T("projects.field.funding")
	})
	s.other("amount_unknown_lines", func(p *atlas.Project) string {
		n := 0
		for i := range p.Funding {
			if !p.Funding[i].Best().Known() {
				n++
			}
		}
		return strconv.Itoa(n)
	})
	s.field("integration_share", func(p *atlas.Project) string { return p.IntegrationShare.String() })
}

// numbered writes the number of each organisation that a project names behind
// its code: "A-00001 70098085".
func (s *columnSet) numbered(number func(actor string) string) func(*atlas.Project) string {
	return func(p *atlas.Project) string {
		var all []string
		for _, q := range p.Parties {
			all = append(all, q.Actor)
		}
		for _, f := range p.Funding {
			all = append(all, f.Funder)
		}
		slices.Sort(all)
		return dataset.Many(slices.Compact(all), func(actor string) string {
			if n := number(actor); n != "" {
				return actor + " " + n
			}
			return ""
		})
	}
}

// fundingLine writes one line of 6.2 with the labels of its fields.
func (s *columnSet) fundingLine(f atlas.Funding) string {
	label := func(field string) string { return s.T("projects.field.funding." + field) }
	funder, year, rate := "", "", ""
	if f.Funder != "" {
		funder = form.Coded(s.actor(f.Funder), f.Funder)
	}
	if f.Year != 0 {
		year = strconv.Itoa(f.Year)
	}
	if f.Rate > 0 {
		rate = rateText(f.Rate)
	}
	amount := func(a atlas.Amount) string { return s.amountIn(a, f.Currency) }
	return dataset.Pairs(label("funder"), funder, label("funder_type"), s.item(atlas.ListFunderType, f.FunderType).Text,
		label("programme"), s.item(atlas.ListProgramme, f.Programme).Text, label("programme_text"), f.ProgrammeText,
		label("call_no"), f.CallNo, label("call"), f.Call, label("year"), year,
		label("amount_requested"), amount(f.Requested), label("amount_granted"), amount(f.Granted), label("amount_spent"), amount(f.Spent),
		label("currency"), f.Currency, label("rate"), rate, label("rate_date"), f.RateDate.String(), label("share_pct"), f.Share.String())
}

// amountIn writes an amount with its currency and whether it is an estimate.
func (t teller) amountIn(a atlas.Amount, currency string) string {
	if !a.Known() {
		return ""
	}
	text := a.String() + " " + cmp.Or(currency, "CZK")
	if a.State == atlas.AmountEstimate {
		text += " (" + t.T("projects.estimate") + ")"
	}
	return text
}

func (s *columnSet) content() {
	s.field("areas", func(p *atlas.Project) string {
		return dataset.Many(p.Areas, func(a atlas.AreaShare) string {
			primary := ""
			if a.Primary {
				primary = s.T("projects.primary")
			}
			return dataset.Pairs("", s.item(atlas.ListArea, a.Code).Text, "", primary, "%", a.Share.String())
		})
	})
	s.add("areas_code", s.T("projects.export.code", "label", s.T("projects.field.areas")), func(p *atlas.Project) string {
		return dataset.Many(p.Areas, func(a atlas.AreaShare) string { return a.Code })
	})
	s.coded("target_legal", atlas.ListTargetLegal, func(p *atlas.Project) []string { return p.TargetLegal })
	s.coded("target_situation", atlas.ListTargetSituation, func(p *atlas.Project) []string { return p.TargetSituation })
	s.coded("citizenships", atlas.ListCountry, func(p *atlas.Project) []string { return p.Citizenships })
	s.field("activities", func(p *atlas.Project) string {
		return dataset.Many(p.Activities, func(a atlas.Activity) string {
			return dataset.Pairs("", s.item(atlas.ListActivity, a.Code).Text, "", a.Text)
		})
	})
	s.add("activities_code", s.T("projects.export.code", "label", s.T("projects.field.activities")), func(p *atlas.Project) string {
		return dataset.Beside(p.Activities, func(a atlas.Activity) string { return a.Code })
	})
	s.coded("service_form", atlas.ListServiceForm, func(p *atlas.Project) []string { return p.ServiceForms })
	s.coded("price_for_client", atlas.ListPrice, one(func(p *atlas.Project) string { return p.PriceForClient }))
}

func (s *columnSet) results() {
	s.countOf("people_planned", func(p *atlas.Project) atlas.Count { return p.PeoplePlanned })
	s.countOf("people_reached", func(p *atlas.Project) atlas.Count { return p.PeopleReached })
	s.field("indicators", func(p *atlas.Project) string { return dataset.Many(p.Indicators, s.indicatorLine) })
	s.other("followed", func(p *atlas.Project) string { return dataset.Many(p.Follows, dataset.Same) })
}

func (s *columnSet) indicatorLine(x atlas.Indicator) string {
	label := func(field string) string { return s.T("projects.field.indicators." + field) }
	parts := []string{"", x.Name, label("kind"), s.item(atlas.ListIndicatorKind, x.Kind).Text, label("unit"), x.Unit,
		label("baseline"), dated(x.Baseline, x.BaselineDate.String()), label("target"), dated(x.Target, x.TargetDate.String())}
	for _, m := range x.Measurements {
		v := m.Value
		if v == "" {
			v = s.T("projects.unknown")
		}
		parts = append(parts, m.Period, joined(v, s.item(atlas.ListCountKind, m.CountKind).Text))
	}
	text := dataset.Pairs(parts...)
	for _, note := range s.indicatorNotes(&x) {
		text += ", " + note
	}
	return text
}

func (s *columnSet) transferAndEvaluation() {
	s.flagOf("innovation_flag", "innovation_reason", func(p *atlas.Project) atlas.Flag { return p.Innovation })
	s.coded("transfer_flag", atlas.ListTransfer, one(func(p *atlas.Project) string { return p.Transfer }))
	s.field("transfer_note", func(p *atlas.Project) string { return p.TransferNote })
	s.flagOf("upscaling_flag", "upscaling_reason", func(p *atlas.Project) atlas.Flag { return p.Upscaling })
	s.field("replication_notes", func(p *atlas.Project) string { return p.ReplicationNotes })
	s.field("barriers", func(p *atlas.Project) string {
		return dataset.Many(p.Barriers, func(b atlas.Barrier) string {
			return dataset.Pairs("", s.item(atlas.ListBarrier, b.Code).Text, "", b.Text)
		})
	})
	s.add("barriers_code", s.T("projects.export.code", "label", s.T("projects.field.barriers")), func(p *atlas.Project) string {
		return dataset.Beside(p.Barriers, func(b atlas.Barrier) string { return b.Code })
	})
	s.field("evaluation_done", func(p *atlas.Project) string { return s.tri(p.Evaluated.State) })
	s.field("evaluation_when", func(p *atlas.Project) string { return p.Evaluated.When.String() })
	s.field("evaluation_method", func(p *atlas.Project) string { return p.Evaluated.Method })
	s.field("evaluation_who", func(p *atlas.Project) string { return p.Evaluated.Who })
	s.field("evaluation_url", func(p *atlas.Project) string { return p.Evaluated.URL })
}

func (s *columnSet) evidence() {
	reference := func(r atlas.Reference) string { return dataset.Pairs("", r.Title, "", r.URL) }
	s.field("measures", func(p *atlas.Project) string { return dataset.Many(p.Measures, reference) })
	s.field("good_practice", func(p *atlas.Project) string { return dataset.Many(p.GoodPractice, reference) })
	s.field("web", func(p *atlas.Project) string { return p.Web })
	s.field("contacts", func(p *atlas.Project) string {
		return dataset.Many(p.Contacts, func(c atlas.Person) string {
			if !c.Public {
				return ""
			}
			v := s.person(c)
			return joined(v.Text, v.Note)
		})
	})
	s.field("media", func(p *atlas.Project) string {
		return dataset.Many(p.Media, func(m atlas.Media) string {
			return dataset.Pairs("", m.Title, "", m.URL, s.T("projects.field.media.author"), joined(m.Author, m.Source),
				s.T("projects.field.media.licence"), s.item(atlas.ListLicence, m.Licence).Text, s.T("projects.field.media.alt"), m.Alt)
		})
	})
	s.field("sources", s.sourcesOf)
}

// sourcesOf writes where the facts of a project come from.
func (t teller) sourcesOf(p *atlas.Project) string {
	return dataset.Many(p.Sources, func(r atlas.Source) string {
		row := ""
		if r.Row > 0 {
			row = t.T("projects.from_row", "row", r.Row)
		}
		return dataset.Pairs("", t.item(atlas.ListSourceKind, r.Kind).Text, "", r.URL, t.T("projects.field.sources.accessed"), r.Accessed.String(),
			"", r.Note, "", r.File, "", row)
	})
}
