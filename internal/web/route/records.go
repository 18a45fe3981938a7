package route

// Patterns of the forms of calls and of what actors and territories suggest
// while a person types stand beside those of their pages.
const (
	CallNew  = "/vyzvy/nova"
	CallEdit = "/vyzvy/{id}/upravit"
)

// CallEditing is the address of a call's form.
func CallEditing(lang, id string) string { return In(lang, Fill(CallEdit, id)) }
