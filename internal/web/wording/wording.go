// Package wording writes the values of a record's fields for people, one on a
// line: what a comparison of two versions shows.
package wording

import (
	"cmp"
	"fmt"
	"strings"

	"atlas"
	"atlas/internal/i18n"
)

// Teller names codes, places and actors in one language.
type Teller struct {
	Lang  string
	Words *i18n.Catalog
	Lists *atlas.Lists
	Place func(code string) string
	Actor func(id string) string
	kind  string // of the record, where its fields stand for something of their own
}

// Of writes fields of a kind of record.
func (t Teller) Of(kind string) Teller {
	t.kind = kind
	return t
}

// areaOf is where the words of a kind of record stand.
var areaOf = map[string]string{atlas.KindProject: "projects", atlas.KindActor: "actors", atlas.KindCall: "calls", atlas.KindNeed: "needs", atlas.KindExtent: "extents", atlas.KindPractice: "practices", atlas.KindReplication: "transfers"}

// otherKey are fields whose words stand under another key.
var otherKey = map[string]string{"actors.type": "actor_type", "actors.verified": "verified_at"}

// Label is the name of a field of a kind of record.
func (t Teller) Label(kind, key string) string {
	area := areaOf[kind]
	if other := otherKey[area+"."+key]; other != "" {
		key = other
	}
	for _, k := range []string{area + ".field." + key, "projects.field." + key} {
		if t.Words.Has(k) {
			return t.Words.T(t.Lang, k)
		}
	}
	return key
}

// listOf says from which code list the texts of a field come.
var listOf = map[string]string{
	"status": atlas.ListStatus, "country": atlas.ListCountry, "scope": atlas.ListScope, "currency": atlas.ListCurrency,
	"target_legal": atlas.ListTargetLegal, "target_situation": atlas.ListTargetSituation, "citizenships": atlas.ListCountry,
	"service_form": atlas.ListServiceForm, "price_for_client": atlas.ListPrice, "transfer_flag": atlas.ListTransfer,
	"record_status": atlas.ListRecordStatus, "type": atlas.ListActorType, "legal_form": atlas.ListLegalForm,
	"sphere": atlas.ListSphere, "areas": atlas.ListArea, "activities": atlas.ListActivity, "languages": atlas.ListLanguage,
	"price": atlas.ListPrice, "programme": atlas.ListProgramme, "applicants": atlas.ListActorType,
	"need.status": atlas.ListNeedStatus, "need.kind": atlas.ListNeedKind, "need.area": atlas.ListArea, "need.origin": atlas.ListNeedOrigin,
	"replication.status": atlas.ListTransferStatus, "replication.kind": atlas.ListTransferKind,
}

// Lines writes the values of a field; none when nothing is known.
func (t Teller) Lines(key string, values []any) []string {
	if key == "total_cost" && len(values) == 2 {
		return t.cost(values[0].(atlas.Amount), values[1].(string))
	}
	var out []string
	for _, v := range values {
		for _, line := range t.lines(key, v) {
			if strings.TrimSpace(line) != "" {
				out = append(out, line)
			}
		}
	}
	return out
}

// cost is an amount in its currency; a currency of no amount says nothing.
func (t Teller) cost(a atlas.Amount, currency string) []string {
	if !a.Known() {
		return nil
	}
	return []string{t.money(a, currency)}
}

func (t Teller) lines(key string, value any) []string {
	switch v := value.(type) {
	case string:
		return []string{t.text(key, v)}
	case []string:
		out := make([]string, len(v))
		for i, s := range v {
			out[i] = t.text(key, s)
		}
		return out
	case bool:
		if v {
			return []string{t.Words.T(t.Lang, "wording.yes")}
		}
		return nil
	case int:
		if v == 0 {
			return nil
		}
		return []string{fmt.Sprint(v)}
	case atlas.Date:
		return []string{i18n.Date(t.Lang, v)}
	case atlas.Amount:
		return []string{t.money(v, "CZK")}
	case atlas.Percent:
		return []string{t.percent(v)}
	case atlas.Count:
		return []string{t.count(v)}
	case atlas.Flag:
		return []string{t.joined(t.tri(v.State), v.Reason)}
	case atlas.EvaluationDone:
		return []string{t.joined(t.tri(v.State), i18n.Date(t.Lang, v.When), v.Method, v.Who, v.URL)}
	case atlas.Address:
		return []string{t.joined(v.Street, strings.TrimSpace(v.ZIP+" "+v.City))}
	}
	return t.items(key, value)
}

// text is a code by its name, and any other text as it is.
func (t Teller) text(key, s string) string {
	switch list := cmp.Or(listOf[t.kind+"."+key], listOf[key]); {
	case s == "":
		return ""
	case key == "parent" || key == "funder":
		return t.Actor(s)
	case key == "territories" || key == "territory":
		return t.Place(s)
	case list != "":
		return t.Lists.Label(list, s, t.Lang)
	}
	return s
}

func (t Teller) tri(s atlas.Tri) string {
	if s == atlas.Unknown {
		return ""
	}
	return t.Words.T(t.Lang, "projects.word."+string(s))
}

func (t Teller) money(a atlas.Amount, currency string) string {
	if !a.Known() {
		return ""
	}
	if currency == "" {
		currency = "CZK"
	}
	text := i18n.Money(t.Lang, a, currency)
	if a.State == atlas.AmountEstimate {
		text += " (" + t.Words.T(t.Lang, "wording.estimate") + ")"
	}
	return text
}

func (t Teller) percent(p atlas.Percent) string {
	if !p.Known {
		return ""
	}
	return i18n.Percent(t.Lang, p)
}

func (t Teller) count(c atlas.Count) string {
	if !c.Known {
		return ""
	}
	return t.joined(i18n.Number(t.Lang, c.N), t.Lists.Label(atlas.ListCountKind, c.Kind, t.Lang))
}

// joined writes what is known of several texts.
func (t Teller) joined(texts ...string) string {
	var known []string
	for _, s := range texts {
		if s != "" {
			known = append(known, s)
		}
	}
	return strings.Join(known, ", ")
}
