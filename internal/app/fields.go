package app

import (
	"reflect"
	"slices"

	"atlas"
)

// projectField is a field of a project as people know it: it changes, is
// compared, merged and taken back as one thing.
type projectField struct {
	Key   string   // of 6.1: "date_from"
	names []string // what of atlas.Project belongs to it
	// parts says that the parts of a list come and go each by itself: another
	// source more does not change those that are there.
	parts bool
}

// projectFields are all fields of a project in the order of the form; together
// they hold everything but its id, times and version.
func projectFields() []projectField {
	one := func(key string, names ...string) projectField { return projectField{Key: key, names: names} }
	parts := func(key, name string) projectField { return projectField{Key: key, names: []string{name}, parts: true} }
	return []projectField{
		one("title_cs", "TitleCs"), one("title_en", "TitleEn"), one("acronym", "Acronym"), one("reg_number", "RegNumber"),
		one("annotation", "Annotation"), one("detail", "Detail"), one("need_rationale", "NeedRationale"),
		one("goal", "Goal"), one("subgoals", "Subgoals"),
		one("date_from", "From"), one("date_to", "To"), one("ongoing", "Ongoing"), one("status", "Status"),
		one("country", "Country"), one("scope", "Scope"), one("territories", "Territories"), one("place_text", "PlaceText"),
		one("parties", "Parties"), one("funding", "Funding"), one("total_cost", "TotalCost", "Currency"),
		one("integration_share", "IntegrationShare"),
		one("areas", "Areas"), one("target_legal", "TargetLegal"), one("target_situation", "TargetSituation"),
		one("citizenships", "Citizenships"), one("activities", "Activities"), one("indicators", "Indicators"),
		one("people_planned", "PeoplePlanned"), one("people_reached", "PeopleReached"),
		one("service_form", "ServiceForms"), one("price_for_client", "PriceForClient"), parts("follows", "Follows"),
		one("innovation_flag", "Innovation"), one("transfer_flag", "Transfer"), one("transfer_note", "TransferNote"),
		one("upscaling_flag", "Upscaling"), one("replication_notes", "ReplicationNotes"), one("barriers", "Barriers"),
		one("evaluation_done", "Evaluated"), parts("measures", "Measures"), parts("good_practice", "GoodPractice"),
		one("web", "Web"), one("contacts", "Contacts"), one("media", "Media"),
		parts("sources", "Sources"), parts("verbatim", "Verbatim"),
		one("record_status", "RecordStatus", "MergedInto"), one("sample", "Sample"),
	}
}

func (f projectField) values(p *atlas.Project) []reflect.Value { return f.of(p) }

// of gives the values of the field in a record, of which it gets a pointer.
func (f projectField) of(record any) []reflect.Value {
	out := make([]reflect.Value, len(f.names))
	for i, name := range f.names {
		out[i] = reflect.ValueOf(record).Elem().FieldByName(name)
	}
	return out
}

// Same says whether two projects have the same in the field.
func (f projectField) Same(a, b *atlas.Project) bool {
	theirs := f.values(b)
	for i, v := range f.values(a) {
		if !alike(v, theirs[i]) {
			return false
		}
	}
	return true
}

// Known says whether a project has anything in the field.
func (f projectField) Known(p *atlas.Project) bool { return !f.Same(p, new(atlas.Project)) }

// Copy gives one project what another has in the field. Lists are copied.
func (f projectField) Copy(to, from *atlas.Project) {
	theirs := f.values(from)
	for i, v := range f.values(to) {
		if v.Kind() != reflect.Slice {
			v.Set(theirs[i])
			continue
		}
		v.Set(reflect.AppendSlice(reflect.Zero(v.Type()), theirs[i]))
	}
}

// takeBackParts takes from a list the parts that a change added and puts back
// those that it took, whatever became of the others. Parts that one of held has
// stay.
func (f projectField) takeBackParts(now, before, after *atlas.Project, held []*atlas.Project) {
	list, old, made := f.values(now)[0], f.values(before)[0], f.values(after)[0]
	out := reflect.Zero(list.Type())
	isHeld := func(part reflect.Value) bool {
		return slices.ContainsFunc(held, func(p *atlas.Project) bool { return hasPart(f.values(p)[0], part) })
	}
	for i := range list.Len() {
		part := list.Index(i)
		if !hasPart(made, part) || hasPart(old, part) || isHeld(part) {
			out = reflect.Append(out, part)
		}
	}
	for i := range old.Len() {
		if part := old.Index(i); !hasPart(made, part) && !hasPart(out, part) {
			out = reflect.Append(out, part)
		}
	}
	if sameParts(out, old) {
		out = old // in the order of then
	}
	list.Set(out)
}

func sameParts(a, b reflect.Value) bool {
	for i := range a.Len() {
		if !hasPart(b, a.Index(i)) {
			return false
		}
	}
	return a.Len() == b.Len()
}

func hasPart(list, part reflect.Value) bool {
	for i := range list.Len() {
		if alike(list.Index(i), part) {
			return true
		}
	}
	return false
}

// alike is reflect.DeepEqual which takes a missing and an empty list for the
// same: the database keeps no difference.
func alike(a, b reflect.Value) bool {
	switch a.Kind() {
	case reflect.Slice:
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !alike(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	case reflect.Struct:
		for i := range a.NumField() {
			if !alike(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	}
	return a.Equal(b)
}
