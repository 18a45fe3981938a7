package store

import "atlas"

// newCalls says where each field of a call (6.16) is kept.
func newCalls() *records[atlas.Call] {
	type c = atlas.Call
	const owner = "call_id"
	t := newTable("call",
		text("id", func(r *c) *string { return &r.ID }),
		within(func(r *c) *atlas.Meta { return &r.Meta }, metaColumns()),
		text("title", func(r *c) *string { return &r.Title }),
		text("number", func(r *c) *string { return &r.Number }),
		number("year", func(r *c) *int { return &r.Year }),
		text("funder_id", func(r *c) *string { return &r.Funder }),
		text("programme", func(r *c) *string { return &r.Programme }),
		text("theme", func(r *c) *string { return &r.Theme }),
		text("description", func(r *c) *string { return &r.Description }),
		date("announced", func(r *c) *atlas.Date { return &r.Announced }),
		date("open_from", func(r *c) *atlas.Date { return &r.OpenFrom }),
		date("deadline", func(r *c) *atlas.Date { return &r.Deadline }),
		text("deadline_time", func(r *c) *string { return &r.DeadlineTime }),
		yesNo("continuous", func(r *c) *bool { return &r.Continuous }),
		date("cost_from", func(r *c) *atlas.Date { return &r.CostFrom }),
		date("cost_to", func(r *c) *atlas.Date { return &r.CostTo }),
		amount("allocation", func(r *c) *atlas.Amount { return &r.Allocation }),
		amount("lowest", func(r *c) *atlas.Amount { return &r.Min }),
		amount("highest", func(r *c) *atlas.Amount { return &r.Max }),
		percent("support_pct", func(r *c) *atlas.Percent { return &r.SupportPct }),
		percent("own_share", func(r *c) *atlas.Percent { return &r.OwnShare }),
		text("url", func(r *c) *string { return &r.URL }),
		date("checked", func(r *c) *atlas.Date { return &r.Checked }),
	)
	return newRecords(atlas.KindCall, "V",
		func(r *c) *string { return &r.ID }, func(r *c) *atlas.Meta { return &r.Meta }, t,
		newValues("call_value", owner,
			ofRecord("area", func(r *c) *[]string { return &r.Areas }),
			ofRecord("applicant", func(r *c) *[]string { return &r.Applicants })),
		newSources("call_source", owner, func(r *c) *[]atlas.Source { return &r.Sources }),
		newVerbatim("call_verbatim", owner, func(r *c) *[]atlas.Verbatim { return &r.Verbatim }),
	)
}
