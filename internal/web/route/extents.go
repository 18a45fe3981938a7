package route

import (
	"net/url"
	"strconv"
)

// Patterns of the extents of sources: what of which source is in the database.
const (
	Extents       = "/pokryti/zdroje"
	ExtentNew     = "/pokryti/zdroje/novy"
	ExtentShow    = "/pokryti/zdroje/{id}"
	ExtentEdit    = "/pokryti/zdroje/{id}/upravit"
	ExtentHistory = "/pokryti/zdroje/{id}/historie"
	ExtentCompare = "/pokryti/zdroje/{id}/porovnani"
	ExtentAsOf    = "/k/{den}/pokryti/zdroje/{id}"
)

// Parameters of the list of extents and, but the first two, of the form of a new
// one.
const (
	ParamExtentPlace = "uzemi"
	ParamExtentYear  = "rok"
	ParamExtentName  = "zdroj"
	ParamExtentURL   = "url"
	ParamExtentBatch = "davka"
	ParamExtentFrom  = "od"
	ParamExtentTo    = "do"
)

// Extent is the address of the extent of a source.
func Extent(lang, id string) string { return In(lang, Fill(ExtentShow, id)) }

// ExtentEditing is the address of its form.
func ExtentEditing(lang, id string) string { return In(lang, Fill(ExtentEdit, id)) }

// ExtentHistories are the addresses of what was of extents.
func ExtentHistories() History { return History{ExtentShow, ExtentHistory, ExtentCompare} }

// ExtentsOf is the list of sources that say anything of a territory and a year.
func ExtentsOf(lang, territory string, year int) string {
	q := url.Values{ParamExtentPlace: {territory}, ParamExtentYear: {strconv.Itoa(year)}}
	return In(lang, Extents) + "?" + q.Encode() + "#seznam"
}

// ExtentOf is the form of a new extent with what is known of an imported list
// already in it; years of 0 are not known.
func ExtentOf(lang, name, address, batch string, from, to int) string {
	q := url.Values{}
	for key, value := range map[string]string{ParamExtentName: name, ParamExtentURL: address, ParamExtentBatch: batch} {
		if value != "" {
			q.Set(key, value)
		}
	}
	for key, year := range map[string]int{ParamExtentFrom: from, ParamExtentTo: to} {
		if year != 0 {
			q.Set(key, strconv.Itoa(year))
		}
	}
	return WithQuery(In(lang, ExtentNew), q.Encode())
}
