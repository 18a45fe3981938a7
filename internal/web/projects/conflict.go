package projects

import (
	"atlas"
	"atlas/internal/web/form"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// conflict shows the stored version beside the typed one.
func (s *saving) conflict(mine *typed.Form) error {
	filled := func(p *atlas.Project) *typed.Form { return fill(p, s.names(s.q.Lang)) }
	before, err := form.Before(s.q.Context(), s.app.Reader(), atlas.KindProject, s.stored.ID, s.read, filled)
	if err != nil {
		return err
	}
	mine.Set(form.FieldAction, s.typed.Get(form.FieldAction))
	return s.sheet(s.q.Lang, mine).ShowConflict(s.q, form.Conflict{
		Nav: route.Projects, ID: s.stored.ID, Read: s.read, Stored: s.stored.Meta,
		Theirs: filled(s.stored).Values, Before: before, Parts: parts, Lists: lists,
		URLSave: route.ProjectEditing(s.q.Lang, s.stored.ID), URLShow: route.Project(s.q.Lang, s.stored.ID),
	})
}

// lists says from which code list the values of a field come.
var lists = map[string]string{
	"status": atlas.ListStatus, "country": atlas.ListCountry, "scope": atlas.ListScope, "currency": atlas.ListCurrency,
	"target_legal": atlas.ListTargetLegal, "target_situation": atlas.ListTargetSituation, "citizenships": atlas.ListCountry,
	"service_form": atlas.ListServiceForm, "price_for_client": atlas.ListPrice, "transfer_flag": atlas.ListTransfer,
	"people_planned_kind": atlas.ListCountKind, "people_reached_kind": atlas.ListCountKind, "parties.role": atlas.ListRole,
	"funding.funder_type": atlas.ListFunderType, "funding.programme": atlas.ListProgramme, "areas.code": atlas.ListArea,
	"activities.code": atlas.ListActivity, "barriers.code": atlas.ListBarrier, "indicators.kind": atlas.ListIndicatorKind,
	"indicators.periodicity": atlas.ListPeriodicity, "indicators.direction": atlas.ListDirection,
	"indicators.measurements.count_kind": atlas.ListCountKind, "contacts.languages": atlas.ListLanguage,
	"media.licence": atlas.ListLicence, "sources.kind": atlas.ListSourceKind,
	"parties.actor_new": atlas.ListActorType, "funding.funder_new": atlas.ListActorType,
	"ongoing": form.Box, "contacts.public": form.Box, "innovation_flag": form.Word, "upscaling_flag": form.Word,
	"evaluation_done": form.Word, "media.kind": form.Word, "indicators.disaggregation": form.Word,
}
