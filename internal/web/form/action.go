package form

import (
	"slices"
	"strings"

	"atlas"
	"atlas/internal/web/typed"
)

// Names and values of a form beside its fields.
const (
	FieldAction   = "akce"
	FieldVersion  = "version" // of the record when the form was opened
	FieldConflict = "rozpor"  // the form comes from the page of a conflict
	fieldChoice   = "volba."  // and a part: whose version of it is to stand

	ActionSave    = "ulozit"
	ActionPublish = "zverejnit"
	ActionReturn  = "vratit"
	actionAdd     = "pridat:"
	actionDrop    = "odebrat:"

	choiceTheirs = "jejich"
)

// Rows adds a row to one of the groups or drops one, when that is what the
// button says; then the form is to be shown again and nothing is written.
func Rows(f *typed.Form, groups ...string) bool {
	action := f.Get(FieldAction)
	if group, ok := strings.CutPrefix(action, actionAdd); ok {
		if slices.Contains(groups, group) {
			f.AddRow(group)
		}
		return true
	}
	if name, ok := strings.CutPrefix(action, actionDrop); ok {
		f.DropRow(name)
		return true
	}
	return false
}

// InOrder puts the problems of a form in the order of its fields, so that the
// summary reads from top to bottom.
func InOrder(f *typed.Form, parts []string) {
	slices.SortStableFunc(f.Problems, func(a, b atlas.Problem) int {
		return slices.Index(parts, typed.Part(a.Field)) - slices.Index(parts, typed.Part(b.Field))
	})
}
