package store

import "atlas"

// newProjects says where each field of a project (6.1) is kept. What a field
// of a list needs stands in project_children.go.
func newProjects() *records[atlas.Project] {
	type p = atlas.Project
	const owner = "project_id"
	t := newTable("project",
		text("id", func(r *p) *string { return &r.ID }),
		within(func(r *p) *atlas.Meta { return &r.Meta }, metaColumns()),
		text("title_cs", func(r *p) *string { return &r.TitleCs }),
		text("title_en", func(r *p) *string { return &r.TitleEn }),
		text("acronym", func(r *p) *string { return &r.Acronym }),
		text("reg_number", func(r *p) *string { return &r.RegNumber }),
		text("annotation", func(r *p) *string { return &r.Annotation }),
		text("detail", func(r *p) *string { return &r.Detail }),
		text("need_rationale", func(r *p) *string { return &r.NeedRationale }),
		text("goal", func(r *p) *string { return &r.Goal }),
		date("date_from", func(r *p) *atlas.Date { return &r.From }),
		date("date_to", func(r *p) *atlas.Date { return &r.To }),
		yesNo("ongoing", func(r *p) *bool { return &r.Ongoing }),
		text("status", func(r *p) *string { return &r.Status }),
		text("country", func(r *p) *string { return &r.Country }),
		text("scope", func(r *p) *string { return &r.Scope }),
		text("place_text", func(r *p) *string { return &r.PlaceText }),
		amount("total_cost", func(r *p) *atlas.Amount { return &r.TotalCost }),
		text("currency", func(r *p) *string { return &r.Currency }),
		percent("integration_share", func(r *p) *atlas.Percent { return &r.IntegrationShare }),
		people("people_planned", func(r *p) *atlas.Count { return &r.PeoplePlanned }),
		people("people_reached", func(r *p) *atlas.Count { return &r.PeopleReached }),
		text("price_for_client", func(r *p) *string { return &r.PriceForClient }),
		flag("innovation", func(r *p) *atlas.Flag { return &r.Innovation }),
		text("transfer", func(r *p) *string { return &r.Transfer }),
		text("transfer_note", func(r *p) *string { return &r.TransferNote }),
		flag("upscaling", func(r *p) *atlas.Flag { return &r.Upscaling }),
		text("replication_notes", func(r *p) *string { return &r.ReplicationNotes }),
		text("evaluated", func(r *p) *atlas.Tri { return &r.Evaluated.State }),
		date("evaluated_when", func(r *p) *atlas.Date { return &r.Evaluated.When }),
		text("evaluated_method", func(r *p) *string { return &r.Evaluated.Method }),
		text("evaluated_who", func(r *p) *string { return &r.Evaluated.Who }),
		text("evaluated_url", func(r *p) *string { return &r.Evaluated.URL }),
		text("web", func(r *p) *string { return &r.Web }),
	)
	return newRecords(atlas.KindProject, "P",
		func(r *p) *string { return &r.ID }, func(r *p) *atlas.Meta { return &r.Meta }, t,
		newPlaces(owner), newParties(owner), newFunding(owner), newAreas(owner),
		newActivities(owner), newBarriers(owner), newIndicators(owner), newMeasurements(owner),
		newFollows(owner), newReferences(owner), newContacts(owner), newMedia(owner),
		newProjectValues(owner), // after the items some of them belong to
		newSources("project_source", owner, func(r *p) *[]atlas.Source { return &r.Sources }),
		newVerbatim("project_verbatim", owner, func(r *p) *[]atlas.Verbatim { return &r.Verbatim }),
	)
}

func newProjectValues(owner string) child[atlas.Project, value] {
	type p = atlas.Project
	return newValues("project_value", owner,
		ofRecord("subgoal", func(r *p) *[]string { return &r.Subgoals }),
		ofRecord("target_legal", func(r *p) *[]string { return &r.TargetLegal }),
		ofRecord("target_situation", func(r *p) *[]string { return &r.TargetSituation }),
		ofRecord("citizenship", func(r *p) *[]string { return &r.Citizenships }),
		ofRecord("service_form", func(r *p) *[]string { return &r.ServiceForms }),
		ofItems("indicator_split", func(r *p) *[]atlas.Indicator { return &r.Indicators },
			func(i *atlas.Indicator) *[]string { return &i.Disaggregation }),
		ofItems("contact_language", func(r *p) *[]atlas.Person { return &r.Contacts },
			func(c *atlas.Person) *[]string { return &c.Languages }),
	)
}
