package route

// Patterns of the forms of calls.
const (
	CallNew  = "/vyzvy/nova"
	CallEdit = "/vyzvy/{id}/upravit"
)

// CallEditing is the address of a call's form.
func CallEditing(lang, id string) string { return In(lang, Fill(CallEdit, id)) }

// Dataset is the address of a data set in one format: "/export/akteri.csv".
func Dataset(name, extension string) string { return Fill(ProjectsExport, name+extension) }
