package route

import "net/url"

// Patterns of the pages around the list of projects, actors and calls.
const (
	ProjectsValues  = "/projekty/hodnoty"    // all values of one facet
	ProjectsSuggest = "/projekty/naseptavac" // suggestions while typing
	ProjectsViews   = "/projekty/pohledy"    // saved views
	ProjectsTwins   = "/projekty/dvojnici"   // suspected duplicates (8.9)
	ProjectsMerge   = "/projekty/dvojnici/{first}/{second}"
	ProjectsUnmerge = "/projekty/slouceni/{id}/zrusit"
	ProjectsExport  = "/export/{file}" // projekty.csv, projekty.json under any question; other data sets are there by their names
	ActorsSuggest   = "/akteri/naseptavac"
	PlacesSuggest   = "/uzemi/naseptavac"
)

// ProjectEditing is the address of a project's form.
func ProjectEditing(lang, id string) string { return In(lang, Fill(ProjectEdit, id)) }

// ProjectsMerging is the address where two projects stand side by side; the
// first one is kept.
func ProjectsMerging(lang, first, second string) string {
	return In(lang, Fill(Fill(ProjectsMerge, first), second))
}

// ProjectsUnmerging is the address where a merge is undone.
func ProjectsUnmerging(lang, id string) string { return In(lang, Fill(ProjectsUnmerge, id)) }

// ProjectsTwinsOf is the work list of duplicates with the records of one batch.
func ProjectsTwinsOf(lang, batch string) string {
	return In(lang, ProjectsTwins) + "?davka=" + url.QueryEscape(batch)
}

// ImportUndoing is the address where a batch is taken back.
func ImportUndoing(lang, id string) string { return In(lang, Fill(ImportUndo, id)) }

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
