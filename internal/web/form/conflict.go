package form

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"atlas/internal/web/typed"
)

// Yes stands in place of a code list for fields that are a box to tick.
const Yes = "ano"

// Difference is one part of a form in which two versions differ.
type Difference struct {
	Part, Label              string
	Mine, Theirs             []string // a line for each value or row, to be read by people
	PreferMine, PreferTheirs bool     // only one of the two was changed
}

// Differences compares what was typed with what somebody else saved meanwhile,
// part by part. before is the version that was read, nil where it is not known.
// lists says from which code list the values of a field come.
func (s Sheet) Differences(theirs, before url.Values, parts []string, lists map[string]string) []Difference {
	var out []Difference
	for _, part := range typed.Differing(s.Values, theirs, parts) {
		d := Difference{Part: part, Label: s.label(part), Mine: s.lines(s.Values, part, lists), Theirs: s.lines(theirs, part, lists)}
		if before != nil {
			d.PreferMine = len(typed.Differing(before, theirs, []string{part})) == 0
			d.PreferTheirs = len(typed.Differing(before, s.Values, []string{part})) == 0
		}
		out = append(out, d)
	}
	return out
}

func (s Sheet) lines(values url.Values, part string, lists map[string]string) []string {
	var out []string
	row := ""
	for _, entry := range typed.Of(values, part) {
		name, value, _ := strings.Cut(entry, "=")
		number, inner, isRow := strings.Cut(name, ".")
		list := lists[part]
		if isRow {
			list = lists[part+"."+inner]
		}
		switch list {
		case "":
		case Yes:
			value = s.words.T(s.lang, s.area+".word."+Yes)
		default:
			value = s.lists.Label(list, value, s.lang)
		}
		if isRow && number == row && len(out) > 0 {
			out[len(out)-1] += ", " + value
		} else {
			out = append(out, value)
		}
		row = number
	}
	return out
}

// Field is a name with one value.
type Field struct{ Name, Value string }

// Hidden gives all that was typed, so that the page of a conflict can carry it.
func (s Sheet) Hidden() []Field {
	var out []Field
	for _, name := range slices.Sorted(maps.Keys(s.Values)) {
		if name == FieldVersion || name == FieldConflict || name == FieldAction || strings.HasPrefix(name, fieldChoice) {
			continue
		}
		for _, v := range s.Values[name] {
			out = append(out, Field{name, v})
		}
	}
	return out
}

// Settle puts the parts that were chosen of the other version into a form that
// comes from the page of a conflict; any other form stays as it is.
func Settle(f *typed.Form, theirs url.Values, parts []string) {
	if f.Get(FieldConflict) == "" {
		return
	}
	for _, part := range parts {
		if f.Get(fieldChoice+part) == choiceTheirs {
			typed.Take(f.Values, theirs, part)
		}
	}
}
