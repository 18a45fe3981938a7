package actors

import (
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/web/form"
	"atlas/internal/web/typed"
)

// parts are the fields of the form in their order: what a conflict of two
// versions is shown and chosen by.
var parts = []string{
	"name", "name_en", "other_names", "generic", "actor_type", "sector", "sphere", "legal_form", "country", "parent",
	"territories", "ico", "foreign_id", "dic", "data_box",
	"web", "email", "phone", "seat_street", "seat_zip", "seat_city", "seat_ruian",
	"post_street", "post_zip", "post_city", "post_ruian",
	"billing_street", "billing_zip", "billing_city", "billing_ruian", "bank_account",
	"areas", "activities", "target_legal", "languages", "service_form", "capacity", "opening_hours", "price",
	"relations", "verified_at", "sources",
}

// needed are the fields without which an actor cannot be published (6.4).
var needed = []string{"name", "actor_type", "territories", "territories.place", "verified_at", "sources.kind"}

// rowGroups are the groups of the form whose rows are added and dropped.
var rowGroups = form.Groups{"territories": "place", "relations": "kind", "sources": "kind"}

// lists says from which code list the choices of a field come.
var lists = map[string]string{
	"actor_type": atlas.ListActorType, "sector": listSector, "sphere": atlas.ListSphere, "legal_form": atlas.ListLegalForm,
	"country": atlas.ListCountry, "areas": atlas.ListArea, "activities": atlas.ListActivity, "target_legal": atlas.ListTargetLegal,
	"languages": atlas.ListLanguage, "service_form": atlas.ListServiceForm, "price": atlas.ListPrice, "sources.kind": atlas.ListSourceKind,
	"generic": form.Box, "relations.kind": form.Word,
}

// fill writes an actor into a form so that decode reads the same back.
func fill(a *atlas.Actor, named func(id string) string) *typed.Form {
	f := typed.New(nil)
	for name, value := range map[string]string{
		"name": a.Name, "name_en": a.NameEn, "other_names": strings.Join(a.OtherNames, "\n"),
		"actor_type": a.Type, "sector": a.Sector, "sphere": a.Sphere, "legal_form": a.LegalForm, "country": a.Country,
		"parent": form.Coded(named(a.Parent), a.Parent), "ico": a.ICO, "foreign_id": a.ForeignID, "dic": a.DIC,
		"data_box": a.DataBox, "web": a.Web, "email": a.Email, "phone": a.Phone, "bank_account": a.BankAccount,
		"capacity": a.Capacity, "opening_hours": a.OpeningHours, "price": a.Price,
	} {
		f.Set(name, value)
	}
	if a.Generic {
		f.Set("generic", "1")
	}
	for prefix, at := range map[string]atlas.Address{"seat": a.Seat, "post": a.Post, "billing": a.Billing} {
		f.Set(prefix+"_street", at.Street)
		f.Set(prefix+"_zip", at.ZIP)
		f.Set(prefix+"_city", at.City)
		f.Set(prefix+"_ruian", at.RUIAN)
	}
	for name, all := range map[string][]string{
		"areas": a.Areas, "activities": a.Activities, "target_legal": a.TargetLegal, "languages": a.Languages, "service_form": a.ServiceForms,
	} {
		if len(all) > 0 {
			f.Values[name] = all
		}
	}
	f.SetDate("verified_at", a.Verified)
	for i, code := range a.Territories {
		f.Set(form.Row("territories", i)+"place", form.Coded(named(code), code))
	}
	for i, r := range a.Relations {
		at := form.Row("relations", i)
		f.Set(at+"actor", form.Coded(named(r.Actor), r.Actor))
		f.Set(at+"kind", r.Kind)
		f.SetDate(at+"since", r.Since)
		if r.Strength > 0 {
			f.Set(at+"strength", strconv.Itoa(r.Strength))
		}
	}
	form.SetSources(f, a.Sources)
	return f
}
