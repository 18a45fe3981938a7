package importer

import (
	"slices"

	"atlas"
)

// Field is a field of a project that imports write: how to see whether it is
// known, whether two projects have the same in it, and how to copy it. Fields
// that no list fills are not here and no import touches them.
type Field struct {
	Key   string // of 6.1: "date_from"
	Known func(*atlas.Project) bool
	Same  func(a, b *atlas.Project) bool
	Copy  func(to, from *atlas.Project)
}

// Fields lists them. An amount goes with its currency. The list is the same
// each time and not to be changed.
func Fields() []Field { return fields[:] }

var fields = [...]Field{
	field("title_cs", func(r *atlas.Project) *string { return &r.TitleCs }),
	field("title_en", func(r *atlas.Project) *string { return &r.TitleEn }),
	field("acronym", func(r *atlas.Project) *string { return &r.Acronym }),
	field("reg_number", func(r *atlas.Project) *string { return &r.RegNumber }),
	field("annotation", func(r *atlas.Project) *string { return &r.Annotation }),
	field("detail", func(r *atlas.Project) *string { return &r.Detail }),
	field("need_rationale", func(r *atlas.Project) *string { return &r.NeedRationale }),
	field("goal", func(r *atlas.Project) *string { return &r.Goal }),
	list("subgoals", func(r *atlas.Project) *[]string { return &r.Subgoals }),
	field("date_from", func(r *atlas.Project) *atlas.Date { return &r.From }),
	field("date_to", func(r *atlas.Project) *atlas.Date { return &r.To }),
	field("ongoing", func(r *atlas.Project) *bool { return &r.Ongoing }),
	field("status", func(r *atlas.Project) *string { return &r.Status }),
	field("country", func(r *atlas.Project) *string { return &r.Country }),
	field("scope", func(r *atlas.Project) *string { return &r.Scope }),
	list("territories", func(r *atlas.Project) *[]atlas.Place { return &r.Territories }),
	field("place_text", func(r *atlas.Project) *string { return &r.PlaceText }),
	list("parties", func(r *atlas.Project) *[]atlas.Party { return &r.Parties }),
	list("funding", func(r *atlas.Project) *[]atlas.Funding { return &r.Funding }),
	{
		Key:   "total_cost",
		Known: func(r *atlas.Project) bool { return r.TotalCost.Known() },
		Same: func(a, b *atlas.Project) bool {
			return a.TotalCost == b.TotalCost && a.Currency == b.Currency
		},
		Copy: func(to, from *atlas.Project) { to.TotalCost, to.Currency = from.TotalCost, from.Currency },
	},
	field("integration_share", func(r *atlas.Project) *atlas.Percent { return &r.IntegrationShare }),
	list("areas", func(r *atlas.Project) *[]atlas.AreaShare { return &r.Areas }),
	list("target_legal", func(r *atlas.Project) *[]string { return &r.TargetLegal }),
	list("target_situation", func(r *atlas.Project) *[]string { return &r.TargetSituation }),
	list("citizenships", func(r *atlas.Project) *[]string { return &r.Citizenships }),
	list("activities", func(r *atlas.Project) *[]atlas.Activity { return &r.Activities }),
	field("people_planned", func(r *atlas.Project) *atlas.Count { return &r.PeoplePlanned }),
	field("people_reached", func(r *atlas.Project) *atlas.Count { return &r.PeopleReached }),
	list("service_form", func(r *atlas.Project) *[]string { return &r.ServiceForms }),
	field("price_for_client", func(r *atlas.Project) *string { return &r.PriceForClient }),
	list("follows", func(r *atlas.Project) *[]string { return &r.Follows }),
	field("innovation_flag", func(r *atlas.Project) *atlas.Flag { return &r.Innovation }),
	field("transfer_flag", func(r *atlas.Project) *string { return &r.Transfer }),
	field("transfer_note", func(r *atlas.Project) *string { return &r.TransferNote }),
	field("upscaling_flag", func(r *atlas.Project) *atlas.Flag { return &r.Upscaling }),
	field("replication_notes", func(r *atlas.Project) *string { return &r.ReplicationNotes }),
	list("barriers", func(r *atlas.Project) *[]atlas.Barrier { return &r.Barriers }),
	field("evaluation_done", func(r *atlas.Project) *atlas.EvaluationDone { return &r.Evaluated }),
	list("measures", func(r *atlas.Project) *[]atlas.Reference { return &r.Measures }),
	list("good_practice", func(r *atlas.Project) *[]atlas.Reference { return &r.GoodPractice }),
	field("web", func(r *atlas.Project) *string { return &r.Web }),
}

func field[T comparable](key string, at func(*atlas.Project) *T) Field {
	return Field{
		Key:   key,
		Known: func(p *atlas.Project) bool { return *at(p) != *new(T) },
		Same:  func(a, b *atlas.Project) bool { return *at(a) == *at(b) },
		Copy:  func(to, from *atlas.Project) { *at(to) = *at(from) },
	}
}

// list is a field of several values; one that is missing is the same as one
// that is empty.
func list[E comparable](key string, at func(*atlas.Project) *[]E) Field {
	return Field{
		Key:   key,
		Known: func(p *atlas.Project) bool { return len(*at(p)) > 0 },
		Same:  func(a, b *atlas.Project) bool { return slices.Equal(*at(a), *at(b)) },
		Copy:  func(to, from *atlas.Project) { *at(to) = *at(from) },
	}
}
