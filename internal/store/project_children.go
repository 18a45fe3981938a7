package store

import "atlas"

func newPlaces(owner string) child[atlas.Project, atlas.Place] {
	type c = atlas.Place
	return newList("project_place", owner, func(p *atlas.Project) *[]c { return &p.Territories },
		text("territory", func(r *c) *string { return &r.Territory }),
		percent("share", func(r *c) *atlas.Percent { return &r.Share }),
	)
}

func newParties(owner string) child[atlas.Project, atlas.Party] {
	type c = atlas.Party
	return newList("project_party", owner, func(p *atlas.Project) *[]c { return &p.Parties },
		text("actor_id", func(r *c) *string { return &r.Actor }),
		text("role", func(r *c) *string { return &r.Role }),
		amount("amount", func(r *c) *atlas.Amount { return &r.Amount }),
	)
}

func newFunding(owner string) child[atlas.Project, atlas.Funding] {
	type c = atlas.Funding
	return newList("project_funding", owner, func(p *atlas.Project) *[]c { return &p.Funding },
		text("funder_id", func(r *c) *string { return &r.Funder }),
		text("funder_type", func(r *c) *string { return &r.FunderType }),
		text("programme", func(r *c) *string { return &r.Programme }),
		text("programme_text", func(r *c) *string { return &r.ProgrammeText }),
		text("call_no", func(r *c) *string { return &r.CallNo }),
		text("call_id", func(r *c) *string { return &r.Call }),
		number("year", func(r *c) *int { return &r.Year }),
		amount("requested", func(r *c) *atlas.Amount { return &r.Requested }),
		amount("granted", func(r *c) *atlas.Amount { return &r.Granted }),
		amount("spent", func(r *c) *atlas.Amount { return &r.Spent }),
		text("currency", func(r *c) *string { return &r.Currency }),
		number("rate", func(r *c) *atlas.Rate { return &r.Rate }),
		date("rate_date", func(r *c) *atlas.Date { return &r.RateDate }),
		percent("share", func(r *c) *atlas.Percent { return &r.Share }),
	)
}

func newAreas(owner string) child[atlas.Project, atlas.AreaShare] {
	type c = atlas.AreaShare
	return newList("project_area", owner, func(p *atlas.Project) *[]c { return &p.Areas },
		text("code", func(r *c) *string { return &r.Code }),
		yesNo("is_primary", func(r *c) *bool { return &r.Primary }),
		percent("share", func(r *c) *atlas.Percent { return &r.Share }),
	)
}

func newActivities(owner string) child[atlas.Project, atlas.Activity] {
	type c = atlas.Activity
	return newList("project_activity", owner, func(p *atlas.Project) *[]c { return &p.Activities },
		text("code", func(r *c) *string { return &r.Code }),
		text("words", func(r *c) *string { return &r.Text }),
	)
}

func newBarriers(owner string) child[atlas.Project, atlas.Barrier] {
	type c = atlas.Barrier
	return newList("project_barrier", owner, func(p *atlas.Project) *[]c { return &p.Barriers },
		text("code", func(r *c) *string { return &r.Code }),
		text("words", func(r *c) *string { return &r.Text }),
	)
}

func newIndicators(owner string) child[atlas.Project, atlas.Indicator] {
	type c = atlas.Indicator
	return newList("project_indicator", owner, func(p *atlas.Project) *[]c { return &p.Indicators },
		text("code", func(r *c) *string { return &r.Code }),
		text("name", func(r *c) *string { return &r.Name }),
		text("definition", func(r *c) *string { return &r.Definition }),
		text("kind", func(r *c) *string { return &r.Kind }),
		text("unit", func(r *c) *string { return &r.Unit }),
		text("method", func(r *c) *string { return &r.Method }),
		text("data_source", func(r *c) *string { return &r.DataSource }),
		text("administrator", func(r *c) *string { return &r.Administrator }),
		text("guarantor", func(r *c) *string { return &r.Guarantor }),
		text("periodicity", func(r *c) *string { return &r.Periodicity }),
		text("direction", func(r *c) *string { return &r.Direction }),
		text("baseline", func(r *c) *string { return &r.Baseline }),
		date("baseline_date", func(r *c) *atlas.Date { return &r.BaselineDate }),
		text("target", func(r *c) *string { return &r.Target }),
		date("target_date", func(r *c) *atlas.Date { return &r.TargetDate }),
		text("linked_to", func(r *c) *string { return &r.LinkedTo }),
	)
}

// measurement is a measurement of the indicator at a place of the list.
type measurement struct {
	indicator int
	atlas.Measurement
}

func newMeasurements(owner string) child[atlas.Project, measurement] {
	type c = measurement
	return newChild("project_measurement", owner,
		func(p *atlas.Project) []c {
			var out []c
			for i := range p.Indicators {
				for _, m := range p.Indicators[i].Measurements {
					out = append(out, c{i, m})
				}
			}
			return out
		},
		func(p *atlas.Project, m *c) {
			if m.indicator >= len(p.Indicators) {
				return
			}
			of := &p.Indicators[m.indicator]
			of.Measurements = append(of.Measurements, m.Measurement)
		},
		counted("indicator", func(r *c) *int { return &r.indicator }),
		text("period", func(r *c) *string { return &r.Period }),
		text("value", func(r *c) *string { return &r.Value }),
		text("count_kind", func(r *c) *string { return &r.CountKind }),
		text("note", func(r *c) *string { return &r.Note }),
		text("source", func(r *c) *string { return &r.Source }),
		text("entered_by", func(r *c) *string { return &r.EnteredBy }),
	)
}

func newFollows(owner string) child[atlas.Project, string] {
	return newList("project_follow", owner, func(p *atlas.Project) *[]string { return &p.Follows },
		text("follows_id", func(r *string) *string { return r }),
	)
}

// reference is a link of one of the two lists of links.
type reference struct {
	kind string
	atlas.Reference
}

func newReferences(owner string) child[atlas.Project, reference] {
	const measure, practice = "measure", "good_practice"
	return newChild("project_reference", owner,
		func(p *atlas.Project) []reference {
			var out []reference
			for _, r := range p.Measures {
				out = append(out, reference{measure, r})
			}
			for _, r := range p.GoodPractice {
				out = append(out, reference{practice, r})
			}
			return out
		},
		func(p *atlas.Project, r *reference) {
			to := &p.Measures
			if r.kind == practice {
				to = &p.GoodPractice
			}
			*to = append(*to, r.Reference)
		},
		text("kind", func(r *reference) *string { return &r.kind }),
		text("title", func(r *reference) *string { return &r.Title }),
		text("url", func(r *reference) *string { return &r.URL }),
	)
}

func newContacts(owner string) child[atlas.Project, atlas.Person] {
	type c = atlas.Person
	return newList("project_contact", owner, func(p *atlas.Project) *[]c { return &p.Contacts },
		text("name", func(r *c) *string { return &r.Name }),
		text("titles_before", func(r *c) *string { return &r.TitlesBefore }),
		text("titles_after", func(r *c) *string { return &r.TitlesAfter }),
		text("job", func(r *c) *string { return &r.Function }),
		text("organisation", func(r *c) *string { return &r.Organisation }),
		text("email", func(r *c) *string { return &r.Email }),
		text("phone", func(r *c) *string { return &r.Phone }),
		yesNo("is_public", func(r *c) *bool { return &r.Public }),
		text("consent", func(r *c) *string { return &r.Consent }),
		date("retain_until", func(r *c) *atlas.Date { return &r.RetainUntil }),
	)
}

func newMedia(owner string) child[atlas.Project, atlas.Media] {
	type c = atlas.Media
	return newList("project_media", owner, func(p *atlas.Project) *[]c { return &p.Media },
		text("kind", func(r *c) *string { return &r.Kind }),
		text("url", func(r *c) *string { return &r.URL }),
		text("title", func(r *c) *string { return &r.Title }),
		text("author", func(r *c) *string { return &r.Author }),
		text("source", func(r *c) *string { return &r.Source }),
		text("licence", func(r *c) *string { return &r.Licence }),
		text("alt", func(r *c) *string { return &r.Alt }),
	)
}
