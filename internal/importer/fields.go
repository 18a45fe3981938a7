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
	field("reg_number", func(r *atlas.Project) *string { return &r.RegNumber }),
	field("annotation", func(r *atlas.Project) *string { return &r.Annotation }),
	field("detail", func(r *atlas.Project) *string { return &r.Detail }),
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
