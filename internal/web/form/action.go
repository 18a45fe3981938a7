package form

import (
	"slices"

	"atlas"
	"atlas/internal/web/typed"
)

// Names and values of a form beside its fields.
const (
	FieldAction   = "akce"
	FieldVersion  = "version"  // of the record when the form was opened
	FieldConflict = "rozpor"   // the form comes from the page of a conflict
	FieldShort    = "kratky"   // the form is the short one
	FieldForm     = "formular" // address of the form, without a language
	FieldNote     = "poznamka" // why, of a correction
	FieldProposal = "navrh"    // the correction that is sent again
	fieldChoice   = "volba."   // and a part: whose version of it is to stand

	ActionSave    = "ulozit"
	ActionPublish = "zverejnit"
	ActionReturn  = "vratit"
	ActionSend    = "odeslat" // to editors
	ActionMore    = "vic"     // the whole form in place of the short one
	actionAdd     = "pridat:"
	actionDrop    = "odebrat:"
	actionUp      = "nahoru:"
	actionDown    = "dolu:"

	choiceMine   = "moje"
	choiceTheirs = "jejich"
)

// StatusAfter is the status of a record that a button of its form leads to.
func StatusAfter(action, stored string) string {
	switch action {
	case ActionPublish:
		return atlas.RecordPublished
	case ActionReturn:
		return atlas.RecordDraft
	case ActionSend:
		return atlas.RecordReview
	}
	return stored
}

// InOrder puts the problems of a form in the order of its fields, so that the
// summary reads from top to bottom.
func InOrder(f *typed.Form, parts []string) {
	slices.SortStableFunc(f.Problems, func(a, b atlas.Problem) int {
		return slices.Index(parts, typed.Part(a.Field)) - slices.Index(parts, typed.Part(b.Field))
	})
}
