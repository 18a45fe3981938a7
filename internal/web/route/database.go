package route

// Patterns of the pages around the list of projects, actors and calls.
const (
	ProjectsValues  = "/projekty/hodnoty"    // all values of one facet
	ProjectsSuggest = "/projekty/naseptavac" // suggestions while typing
	ProjectsViews   = "/projekty/pohledy"    // saved views
	ProjectsExport  = "/export/{file}"       // projekty.csv, projekty.json under any question; other data sets are there by their names
	ActorsSuggest   = "/akteri/naseptavac"
	PlacesSuggest   = "/uzemi/naseptavac"
)

// ProjectEditing is the address of a project's form.
func ProjectEditing(lang, id string) string { return In(lang, Fill(ProjectEdit, id)) }

// ActorEditing is the address of an actor's form.
func ActorEditing(lang, id string) string { return In(lang, Fill(ActorEdit, id)) }

// Import is the address of a batch.
func Import(lang, id string) string { return In(lang, Fill(ImportShow, id)) }

// WithQuery puts the query after an address; "" adds nothing.
func WithQuery(address, query string) string {
	if query == "" {
		return address
	}
	return address + "?" + query
}
