package history

import (
	"reflect"
	"strconv"
	"strings"
	"unicode"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
)

// teller writes the values of fields for people, in words of the form.
type teller struct {
	app   *app.App
	words *i18n.Catalog
	lang  string
	area  string // whose form: "projects"
}

func (a *area) teller(lang string, k kind) teller { return teller{a.app, a.site.Words, lang, k.area} }

func (t teller) T(key string, args ...any) string { return t.words.T(t.lang, key, args...) }

// first is the first of some messages that there is.
func (t teller) first(keys ...string) string {
	for _, key := range keys {
		if t.words.Has(key) {
			return t.T(key)
		}
	}
	return ""
}

// label is the name of a field, as the form has it.
func (t teller) label(key string) string {
	return t.first(t.area+".field."+otherNames[t.area+"."+key], t.area+".field."+key, "history.field."+key)
}

// otherNames are fields that a form names otherwise than the record.
var otherNames = map[string]string{
	"actors.type": "actor_type", "actors.verified": "verified_at",
	"calls.announced": "announced_on", "calls.checked": "source_checked_on", "calls.own_share": "own_share_pct",
}

// lines are the values of a field, one on a line; none when it is not known.
// values are those of an app.FieldChange.
func (t teller) lines(key string, values []any) []string {
	first := reflect.ValueOf(values[0])
	switch {
	case key == "total_cost":
		return known(t.money(values[0].(atlas.Amount), values[1].(string)))
	case first.Kind() == reflect.Slice:
		var out []string
		for i := range first.Len() {
			out = append(out, t.item(key, first.Index(i).Interface()))
		}
		return out
	}
	out := known(t.value(t.area+"."+key, values[0]))
	for _, more := range values[1:] { // the hour of a deadline, where a merged record lives on
		out = append(out, known(t.value(t.area+"."+key+"+", more))...)
	}
	return out
}

// item is one item of a list.
func (t teller) item(key string, v any) string { return t.value(t.area+"."+key, v) }

// value writes a value; "" when it is not known. at is the place where it
// stands, by which its code list is found.
func (t teller) value(at string, v any) string {
	switch x := v.(type) {
	case string:
		return t.coded(at, x)
	case atlas.ExtentState:
		return t.coded(at, string(x))
	case bool:
		if x {
			return t.T("history.yes")
		}
		return ""
	case int:
		if x != 0 {
			return strconv.Itoa(x)
		}
		return ""
	case int64:
		if x != 0 {
			return i18n.Number(t.lang, x)
		}
		return ""
	case atlas.FTE:
		if !x.Known {
			return ""
		}
		return t.T("practices.jobs", "n", i18n.Decimal(t.lang, strconv.FormatFloat(float64(x.Hundredths)/100, 'f', -1, 64)))
	case atlas.Date:
		return i18n.Date(t.lang, x)
	case atlas.Amount:
		return t.money(x, "CZK")
	case atlas.Percent:
		return i18n.Percent(t.lang, x)
	case atlas.Tri:
		return t.first("history.tri." + string(x))
	case atlas.Rate:
		if x <= 0 {
			return ""
		}
		return i18n.Decimal(t.lang, strings.TrimRight(strings.TrimRight(strconv.FormatFloat(float64(x)/1e6, 'f', 6, 64), "0"), "."))
	case atlas.ReportText:
		return joined(": ", t.T("reports.section."+x.Section), x.Text)
	case atlas.ReportEdition:
		return t.T("reports.edition", "number", x.Number, "date", i18n.Date(t.lang, x.AsOf))
	case atlas.Mode:
		return t.first("rubrics.mode." + string(x))
	case atlas.Words, atlas.Step, atlas.Gate, atlas.Band, atlas.AtLeast, atlas.Criterion, atlas.MarkRule:
		return t.ofRubric(x)
	case atlas.Count:
		if !x.Known {
			return ""
		}
		return joined(" – ", i18n.Number(t.lang, x.N), t.coded("Count.Kind", x.Kind))
	}
	if word := reflect.ValueOf(v); word.Kind() == reflect.String {
		return t.coded(at, word.String())
	}
	return t.compound(reflect.ValueOf(v))
}

func (t teller) money(a atlas.Amount, currency string) string {
	switch {
	case !a.Known():
		return ""
	case a.State == atlas.AmountEstimate:
		return i18n.Money(t.lang, a, currency) + " (" + t.T("history.estimate") + ")"
	}
	return i18n.Money(t.lang, a, currency)
}

// compound writes what is known of a value of several parts: "Role: partner;
// Částka: 1 000 Kč".
func (t teller) compound(v reflect.Value) string {
	var out []string
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			out = append(out, t.value(v.Type().Elem().Name(), v.Index(i).Interface()))
		}
		return joined(", ", out...)
	case reflect.Struct:
	default:
		return ""
	}
	currency := "CZK"
	if c := v.FieldByName("Currency"); c.IsValid() && c.String() != "" {
		currency = c.String()
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		at := v.Type().Name() + "." + f.Name
		text := ""
		if a, ok := v.Field(i).Interface().(atlas.Amount); ok {
			text = t.money(a, currency)
		} else if list := v.Field(i); list.Kind() == reflect.Slice && list.Type().Elem().Kind() == reflect.String {
			var all []string
			for j := range list.Len() {
				all = append(all, t.coded(at, list.Index(j).String()))
			}
			text = joined(", ", all...)
		} else {
			text = t.value(at, v.Field(i).Interface())
		}
		if text != "" {
			out = append(out, t.part(v.Type().Name(), f.Name)+": "+text)
		}
	}
	return joined("; ", out...)
}

// groups are the groups of the form that items of lists stand in.
var groups = map[string]string{
	"Party": "projects.field.parties.", "Funding": "projects.field.funding.", "Place": "projects.field.territories.",
	"AreaShare": "projects.field.areas.", "Activity": "projects.field.activities.", "Barrier": "projects.field.barriers.",
	"Indicator": "projects.field.indicators.", "Measurement": "projects.field.indicators.measurements.",
	"Reference": "projects.field.measures.", "Media": "projects.field.media.", "Person": "projects.field.contacts.",
	"EvaluationDone": "projects.field.evaluation_", "Relation": "actors.field.relations.", "Source": "projects.field.sources.",
	"Address": "actors.field.seat_", "Milestone": "practices.field.milestones.", "Service": "practices.field.services.",
	"Segment": "practices.field.segments.", "Prerequisite": "practices.field.prerequisites.", "Opinion": "practices.field.assessments.",
	"Award": "practices.field.awards.", "Photo": "practices.field.photos.", "Video": "practices.field.videos.", "Confirmation": "practices.field.confirmed.",
}

// otherParts are parts that the form names otherwise than the record.
var otherParts = map[string]string{
	"Funding.Requested": "amount_requested", "Funding.Granted": "amount_granted", "Funding.Spent": "amount_spent",
	"Funding.Share": "share_pct", "Place.Territory": "place",
}

// part is the name of a part of an item.
func (t teller) part(item, name string) string {
	sub := snake(name)
	if other := otherParts[item+"."+name]; other != "" {
		sub = other
	}
	return t.first("history.part."+snake(item)+"."+sub, groups[item]+sub, "history.part."+sub)
}

// snake writes a name of Go as messages have it: RateDate is "rate_date".
func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 && !unicode.IsUpper(rune(name[i-1])) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func joined(by string, texts ...string) string { return strings.Join(known(texts...), by) }

func known(texts ...string) []string {
	var out []string
	for _, s := range texts {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}
