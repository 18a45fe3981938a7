package store

import (
	"atlas"
	"atlas/internal/czech"
)

// newActors says where each field of an actor (6.4) is kept.
func newActors() *records[atlas.Actor] {
	type a = atlas.Actor
	const owner = "actor_id"
	t := newTable("actor",
		text("id", func(r *a) *string { return &r.ID }),
		within(func(r *a) *atlas.Meta { return &r.Meta }, metaColumns()),
		text("name", func(r *a) *string { return &r.Name }),
		text("name_en", func(r *a) *string { return &r.NameEn }),
		derived("name_folded", func(r *a) string { return czech.Fold(r.Name) }),
		derived("name_en_folded", func(r *a) string { return czech.Fold(r.NameEn) }),
		yesNo("generic", func(r *a) *bool { return &r.Generic }),
		text("type", func(r *a) *string { return &r.Type }),
		text("sector", func(r *a) *string { return &r.Sector }),
		text("parent_id", func(r *a) *string { return &r.Parent }),
		text("legal_form", func(r *a) *string { return &r.LegalForm }),
		text("country", func(r *a) *string { return &r.Country }),
		text("ico", func(r *a) *string { return &r.ICO }),
		text("foreign_id", func(r *a) *string { return &r.ForeignID }),
		text("dic", func(r *a) *string { return &r.DIC }),
		text("data_box", func(r *a) *string { return &r.DataBox }),
		address("seat", func(r *a) *atlas.Address { return &r.Seat }),
		address("post", func(r *a) *atlas.Address { return &r.Post }),
		address("billing", func(r *a) *atlas.Address { return &r.Billing }),
		text("bank_account", func(r *a) *string { return &r.BankAccount }),
		text("email", func(r *a) *string { return &r.Email }),
		text("phone", func(r *a) *string { return &r.Phone }),
		text("web", func(r *a) *string { return &r.Web }),
		text("capacity", func(r *a) *string { return &r.Capacity }),
		text("opening_hours", func(r *a) *string { return &r.OpeningHours }),
		text("price", func(r *a) *string { return &r.Price }),
		text("sphere", func(r *a) *string { return &r.Sphere }),
		date("verified", func(r *a) *atlas.Date { return &r.Verified }),
	)
	return newRecords(atlas.KindActor, "A",
		func(r *a) *string { return &r.ID }, func(r *a) *atlas.Meta { return &r.Meta }, t,
		newList("actor_other_name", owner, func(r *a) *[]string { return &r.OtherNames },
			text("name", func(n *string) *string { return n }),
			derived("name_folded", func(n *string) string { return czech.Fold(*n) })),
		newRelations(owner), newActorValues(owner),
		newSources("actor_source", owner, func(r *a) *[]atlas.Source { return &r.Sources }),
		newVerbatim("actor_verbatim", owner, func(r *a) *[]atlas.Verbatim { return &r.Verbatim }),
	)
}

func address[T any](prefix string, at func(*T) *atlas.Address) columns[T] {
	type ad = atlas.Address
	return prefixed(prefix+"_", within(at, join(
		text("street", func(r *ad) *string { return &r.Street }),
		text("zip", func(r *ad) *string { return &r.ZIP }),
		text("city", func(r *ad) *string { return &r.City }),
		text("ruian", func(r *ad) *string { return &r.RUIAN }),
	)))
}

func newRelations(owner string) child[atlas.Actor, atlas.Relation] {
	type c = atlas.Relation
	return newList("actor_relation", owner, func(a *atlas.Actor) *[]c { return &a.Relations },
		text("other_id", func(r *c) *string { return &r.Actor }),
		text("kind", func(r *c) *string { return &r.Kind }),
		date("since", func(r *c) *atlas.Date { return &r.Since }),
		number("strength", func(r *c) *int { return &r.Strength }),
	)
}

func newActorValues(owner string) child[atlas.Actor, value] {
	type a = atlas.Actor
	return newValues("actor_value", owner,
		ofRecord("territory", func(r *a) *[]string { return &r.Territories }),
		ofRecord("area", func(r *a) *[]string { return &r.Areas }),
		ofRecord("activity", func(r *a) *[]string { return &r.Activities }),
		ofRecord("target_legal", func(r *a) *[]string { return &r.TargetLegal }),
		ofRecord("language", func(r *a) *[]string { return &r.Languages }),
		ofRecord("service_form", func(r *a) *[]string { return &r.ServiceForms }),
	)
}
