package route

import "strconv"

// Patterns of the pages of what was: the history of a record, older versions of
// it, the log. Those under AsOf show how the database stood on a day.
const (
	ProjectHistory = "/projekty/{id}/historie"
	ProjectCompare = "/projekty/{id}/porovnani"
	ActorHistory   = "/akteri/{id}/historie"
	ActorCompare   = "/akteri/{id}/porovnani"
	CallHistory    = "/vyzvy/{id}/historie"
	CallCompare    = "/vyzvy/{id}/porovnani"

	AsOf         = "/k/{den}"
	ProjectsAsOf = "/k/{den}/projekty"
	ValuesAsOf   = "/k/{den}/projekty/hodnoty"
	ExportAsOf   = "/k/{den}/export/{file}"
	ProjectAsOf  = "/k/{den}/projekty/{id}"
	ActorsAsOf   = "/k/{den}/akteri"
	ActorAsOf    = "/k/{den}/akteri/{id}"
	CallsAsOf    = "/k/{den}/vyzvy"
	CallAsOf     = "/k/{den}/vyzvy/{id}"

	Log       = "/protokol"
	LogVerify = "/protokol/overit"
)

// At is a page as of a day, "2026-01-31"; of "" it is the page itself.
func At(day, path string) string {
	if day == "" {
		return path
	}
	return Fill(AsOf, day) + path
}

// History are the addresses of what was of records of one kind.
type History struct{ Show, List, Compare string }

// ProjectHistories are those of projects.
func ProjectHistories() History {
	return History{ProjectShow, ProjectHistory, ProjectCompare}
}

// ActorHistories are those of actors.
func ActorHistories() History {
	return History{ActorShow, ActorHistory, ActorCompare}
}

// CallHistories are those of calls.
func CallHistories() History {
	return History{CallShow, CallHistory, CallCompare}
}

// Of is the list of versions of a record.
func (h History) Of(lang, id string) string { return In(lang, Fill(h.List, id)) }

// Record is the record itself.
func (h History) Record(lang, id string) string { return In(lang, Fill(h.Show, id)) }

// At is one version of a record.
func (h History) At(lang, id string, version int64) string {
	return WithQuery(h.Of(lang, id), "verze="+strconv.FormatInt(version, 10))
}

// Comparing is the page that compares two versions.
func (h History) Comparing(lang, id string, from, to int64) string {
	return WithQuery(In(lang, Fill(h.Compare, id)), "od="+strconv.FormatInt(from, 10)+"&do="+strconv.FormatInt(to, 10))
}
