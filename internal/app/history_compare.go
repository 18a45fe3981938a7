package app

import (
	"reflect"
	"slices"
)

// FieldChange is a field in which two versions of a record differ.
type FieldChange struct {
	Key string // of 6.1, 6.4 or 6.16: "date_from"
	// Before and After are the values as the record has them: of type string,
	// atlas.Date, atlas.Amount, []atlas.Funding and so on; several where the
	// field has several, as a status with the place where a merged record lives.
	Before, After []any
	// Items says of a list what became of each item that did not stay; nil of
	// fields that are no list, and of a list in which only the order changed.
	Items []ItemChange
}

// What became of an item of a list.
const (
	ItemAdded   = "added"
	ItemRemoved = "removed"
	ItemChanged = "changed"
)

// ItemChange is an item of a list that did not stay as it was.
type ItemChange struct {
	What          string // ItemAdded, …
	Before, After any    // nil where there is none
}

// Compare compares two records of one kind, *atlas.Project, *atlas.Actor or
// *atlas.Call, field by field in the order of the form. Lists are compared item
// by item: first those that stayed, then those that are about the same thing,
// such as one organisation in one role.
func Compare(before, after any) []FieldChange {
	var out []FieldChange
	if reflect.TypeOf(before) != reflect.TypeOf(after) {
		return nil
	}
	for _, f := range fieldsOf(before) {
		old, made := f.of(before), f.of(after)
		if alikeAll(old, made) {
			continue
		}
		c := FieldChange{Key: f.Key, Before: interfaces(old), After: interfaces(made)}
		if len(old) == 1 && old[0].Kind() == reflect.Slice {
			c.Items = compareItems(old[0], made[0])
		}
		out = append(out, c)
	}
	return out
}

func alikeAll(a, b []reflect.Value) bool {
	for i := range a {
		if !alike(a[i], b[i]) {
			return false
		}
	}
	return true
}

func interfaces(values []reflect.Value) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = v.Interface()
	}
	return out
}

// compareItems pairs the items of two lists, each with one at most.
func compareItems(before, after reflect.Value) []ItemChange {
	old, made := items(before), items(after)
	old, made = unpaired(old, made, alike, nil)
	var out []ItemChange
	pair := func(a, b reflect.Value) { out = append(out, ItemChange{ItemChanged, a.Interface(), b.Interface()}) }
	old, made = unpaired(old, made, sameThing, pair)
	for _, v := range old {
		out = append(out, ItemChange{What: ItemRemoved, Before: v.Interface()})
	}
	for _, v := range made {
		out = append(out, ItemChange{What: ItemAdded, After: v.Interface()})
	}
	return out
}

func items(list reflect.Value) []reflect.Value {
	out := make([]reflect.Value, list.Len())
	for i := range out {
		out[i] = list.Index(i)
	}
	return out
}

// unpaired takes pairs out of two lists and gives what remains of each.
func unpaired(a, b []reflect.Value, same func(a, b reflect.Value) bool, pair func(a, b reflect.Value)) (restA, restB []reflect.Value) {
	restB = slices.Clone(b)
	for _, v := range a {
		at := slices.IndexFunc(restB, func(w reflect.Value) bool { return same(v, w) })
		if at < 0 {
			restA = append(restA, v)
			continue
		}
		if pair != nil {
			pair(v, restB[at])
		}
		restB = slices.Delete(restB, at, at+1)
	}
	return restA, restB
}

// identifiedBy names the fields by which two items of a list are about the same
// thing, by the type of the item. The first that both know decides. Plain texts
// are what they say.
func identifiedBy(item reflect.Type) [][]string {
	switch item.Name() {
	case "Party":
		return [][]string{{"Actor", "Role"}, {"Actor"}}
	case "Funding":
		return [][]string{{"Funder", "Programme", "Year"}, {"Call"}, {"Funder", "Year"}, {"Funder"}, {"Programme"}, {"ProgrammeText"}}
	case "Place":
		return [][]string{{"Territory"}}
	case "AreaShare", "Activity", "Barrier":
		return [][]string{{"Code"}}
	case "Indicator":
		return [][]string{{"Code"}, {"Name"}}
	case "Reference", "Media":
		return [][]string{{"URL"}, {"Title"}}
	case "Person":
		return [][]string{{"Email"}, {"Name"}}
	case "Relation":
		return [][]string{{"Actor", "Kind"}, {"Actor"}}
	case "Source":
		return [][]string{{"File", "Row"}, {"URL"}}
	case "Verbatim":
		return [][]string{{"Field"}}
	case "Criterion", "Gate", "Band":
		return [][]string{{"Code"}}
	case "Step":
		return [][]string{{"Points"}}
	case "ReportText":
		return [][]string{{"Section"}}
	case "ReportEdition":
		return [][]string{{"Number"}}
	}
	return nil
}

// sameThing says whether two items are about the same thing.
func sameThing(a, b reflect.Value) bool {
	if a.Kind() != reflect.Struct {
		return false
	}
	return slices.ContainsFunc(identifiedBy(a.Type()), func(names []string) bool {
		for _, name := range names {
			v := a.FieldByName(name)
			if v.IsZero() || !alike(v, b.FieldByName(name)) {
				return false
			}
		}
		return true
	})
}
