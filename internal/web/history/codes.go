package history

import (
	"atlas"
)

// References that are no codes of a list.
const (
	toActor   = "actor"
	toPlace   = "place"
	toWord    = "word" // of the messages of forms
	toDecimal = "decimal"
)

// codes says what a text stands for, by its place: a field of an area or a part
// of an item. What is not here is words.
var codes = map[string]string{
	"projects.status": atlas.ListStatus, "projects.country": atlas.ListCountry, "projects.scope": atlas.ListScope,
	"projects.target_legal": atlas.ListTargetLegal, "projects.target_situation": atlas.ListTargetSituation,
	"projects.citizenships": atlas.ListCountry, "projects.service_form": atlas.ListServiceForm,
	"projects.price_for_client": atlas.ListPrice, "projects.transfer_flag": atlas.ListTransfer,
	"projects.record_status": atlas.ListRecordStatus,

	"actors.type": atlas.ListActorType, "actors.sector": toWord, "actors.parent": toActor, "actors.legal_form": atlas.ListLegalForm,
	"actors.country": atlas.ListCountry, "actors.territories": toPlace, "actors.areas": atlas.ListArea,
	"actors.activities": atlas.ListActivity, "actors.target_legal": atlas.ListTargetLegal, "actors.languages": atlas.ListLanguage,
	"actors.service_form": atlas.ListServiceForm, "actors.price": atlas.ListPrice, "actors.sphere": atlas.ListSphere,
	"actors.record_status": atlas.ListRecordStatus,

	"calls.funder": toActor, "calls.programme": atlas.ListProgramme, "calls.areas": atlas.ListArea,
	"calls.applicants": atlas.ListApplicant, "calls.record_status": atlas.ListRecordStatus,

	"needs.kind": atlas.ListNeedKind, "needs.area": atlas.ListArea, "needs.territory": toPlace, "needs.target_legal": atlas.ListTargetLegal,
	"needs.origin": atlas.ListNeedOrigin, "needs.status": atlas.ListNeedStatus, "needs.record_status": atlas.ListRecordStatus,

	"practices.country": atlas.ListCountry, "practices.territories": toPlace, "practices.implementers": toActor, "practices.areas": atlas.ListArea,
	"practices.activities": atlas.ListActivity, "practices.target_legal": atlas.ListTargetLegal, "practices.situations": atlas.ListTargetSituation,
	"practices.city_roles": toWord, "practices.transferability": atlas.ListTransfer, "practices.status": atlas.ListPractice, "practices.record_status": atlas.ListRecordStatus,

	"extents.programmes": atlas.ListProgramme, "extents.territories": toPlace, "extents.state": toWord, "extents.record_status": atlas.ListRecordStatus,

	"rubrics.owner": toActor, "rubrics.record_status": atlas.ListRecordStatus, "rounds.record_status": atlas.ListRecordStatus,

	"reports.lang": toWord, "reports.territory": toPlace, "reports.record_status": atlas.ListRecordStatus,

	"Party.Actor": toActor, "Party.Role": atlas.ListRole, "Place.Territory": toPlace, "AreaShare.Code": atlas.ListArea,
	"Activity.Code": atlas.ListActivity, "Barrier.Code": atlas.ListBarrier,
	"Funding.Funder": toActor, "Funding.FunderType": atlas.ListFunderType, "Funding.Programme": atlas.ListProgramme,
	"Funding.Currency": atlas.ListCurrency,
	"Indicator.Kind":   atlas.ListIndicatorKind, "Indicator.Periodicity": atlas.ListPeriodicity, "Indicator.Direction": atlas.ListDirection,
	"Indicator.Disaggregation": toWord, "Indicator.Baseline": toDecimal, "Indicator.Target": toDecimal,
	"Measurement.Value": toDecimal, "Measurement.CountKind": atlas.ListCountKind, "Count.Kind": atlas.ListCountKind,
	"Media.Kind": toWord, "Media.Licence": atlas.ListLicence, "Person.Languages": atlas.ListLanguage,
	"Service.Form": atlas.ListServiceForm, "Service.Price": atlas.ListPrice, "Prerequisite.Kind": toWord, "Opinion.Of": toWord,
	"Award.Code": atlas.ListAward, "Photo.Licence": atlas.ListLicence,
	"Relation.Actor": toActor, "Relation.Kind": toWord, "Source.Kind": atlas.ListSourceKind,
}

// coded writes a text as what it stands for; a code that nothing has is itself.
func (t teller) coded(at, text string) string {
	to := codes[at]
	switch {
	case text == "" || to == "":
		return text
	case to == toActor:
		return t.app.ActorName(text, t.lang)
	case to == toPlace:
		return t.app.Places().Label(text)
	case to == toDecimal:
		return decimal(t.lang, text)
	case to == toWord:
		if word := t.first("history.word."+text, "actors.word."+text, "projects.word."+text, "extents.word."+text, "reports.word."+text, "practices.word."+text); word != "" {
			return word
		}
		return text
	}
	return t.app.Lists().Label(to, text, t.lang)
}
