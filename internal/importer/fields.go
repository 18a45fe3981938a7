package importer

import (
	"reflect"

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

// Fields lists them. An amount goes with its currency.
func Fields() []Field {
	type p = atlas.Project
	type cost struct {
		Amount   atlas.Amount
		Currency string
	}
	return []Field{
		field("title_cs", func(r *p) *string { return &r.TitleCs }),
		field("title_en", func(r *p) *string { return &r.TitleEn }),
		field("reg_number", func(r *p) *string { return &r.RegNumber }),
		field("annotation", func(r *p) *string { return &r.Annotation }),
		field("detail", func(r *p) *string { return &r.Detail }),
		field("date_from", func(r *p) *atlas.Date { return &r.From }),
		field("date_to", func(r *p) *atlas.Date { return &r.To }),
		field("ongoing", func(r *p) *bool { return &r.Ongoing }),
		field("status", func(r *p) *string { return &r.Status }),
		field("country", func(r *p) *string { return &r.Country }),
		field("scope", func(r *p) *string { return &r.Scope }),
		field("territories", func(r *p) *[]atlas.Place { return &r.Territories }),
		field("place_text", func(r *p) *string { return &r.PlaceText }),
		field("parties", func(r *p) *[]atlas.Party { return &r.Parties }),
		field("funding", func(r *p) *[]atlas.Funding { return &r.Funding }),
		{
			Key:   "total_cost",
			Known: func(r *p) bool { return r.TotalCost.Known() },
			Same: func(a, b *p) bool {
				return cost{a.TotalCost, a.Currency} == cost{b.TotalCost, b.Currency}
			},
			Copy: func(to, from *p) { to.TotalCost, to.Currency = from.TotalCost, from.Currency },
		},
	}
}

func field[T any](key string, at func(*atlas.Project) *T) Field {
	return Field{
		Key:   key,
		Known: func(p *atlas.Project) bool { v := reflect.ValueOf(at(p)).Elem(); return !v.IsZero() && !empty(v) },
		Same: func(a, b *atlas.Project) bool {
			return same(reflect.ValueOf(at(a)).Elem(), reflect.ValueOf(at(b)).Elem())
		},
		Copy: func(to, from *atlas.Project) { *at(to) = *at(from) },
	}
}

func empty(v reflect.Value) bool { return v.Kind() == reflect.Slice && v.Len() == 0 }

// same takes a missing and an empty list for the same.
func same(a, b reflect.Value) bool {
	return empty(a) && empty(b) || reflect.DeepEqual(a.Interface(), b.Interface())
}
