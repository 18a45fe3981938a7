// Package dataset answers records as a file to keep: one row for each, in every
// format of package export, however many there are. What a row holds is the
// matter of the area whose records they are.
package dataset

import (
	"context"
	"errors"
	"io"
	"iter"
	"net/http"
	"strings"
	"time"

	"atlas"
	"atlas/internal/export"
	"atlas/internal/i18n"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// Names of the data sets, in addresses and in names of files.
const (
	Projects   = "projekty"
	Funding    = "financovani"
	Indicators = "indikatory"
	Actors     = "akteri"
	Calls      = "vyzvy"
	Coverage   = "pokryti"
	Needs      = "potreby"
	Practices  = "dobra-praxe"
	UnitCosts  = "jednotkove-naklady"
	Transfers  = "prenosy"

	Evaluations = "hodnoceni" // what evaluators without names gave

	CoverageRanking  = "pokryti-poradi"
	CoverageThemes   = "pokryti-temata"
	CoverageEnding   = "pokryti-konce"
	CoverageOverlaps = "pokryti-prekryvy"
)

// Link leads to a file.
type Link struct{ Text, URL string }

// Links leads to a data set in every format, under the query of an address.
func Links(lang, name, query string) []Link {
	out := TablesAt(lang, "", name, query)
	for _, k := range Kinds(name) {
		out = append(out, Link{k.Text, route.WithQuery(route.In(lang, route.Dataset(name, k.Extension)), query)})
	}
	return out
}

// TablesAt leads to a data set as of a day in every format of tables.
func TablesAt(lang, day, name, query string) []Link {
	var out []Link
	for _, f := range export.Formats {
		file := route.In(lang, route.At(day, route.Dataset(name, f.Extension)))
		out = append(out, Link{strings.ToUpper(f.Name), route.WithQuery(file, query)})
	}
	return out
}

// Kind is a kind of file that is no table and that only some data sets have.
type Kind struct{ Text, MediaType, Extension string }

// Map and Grants are the kinds of files of projects beside tables.
var (
	Map    = Kind{"GeoJSON", export.GeoJSON, ".geojson"}
	Grants = Kind{"360Giving", "application/json", "-360giving.json"}
)

// Kinds lists what a data set is written as beside tables.
func Kinds(name string) []Kind {
	if name == Projects {
		return []Kind{Map, Grants}
	}
	return nil
}

// Routes are the addresses of a data set, one for each format.
func Routes(name string, answer func(*page.Request, export.Format) error) []page.Route {
	var out []page.Route
	for _, f := range export.Formats {
		out = append(out, page.Route{
			Method: http.MethodGet, Pattern: route.Dataset(name, f.Extension), Right: atlas.RightDownload, Long: true,
			Handle: func(q *page.Request) error { return answer(q, f) },
		})
	}
	return out
}

// File is what is sent: the name of a data set, when, and the question that was
// asked in words, condition by condition.
type File struct {
	Name  string
	Now   time.Time
	Asked []string
}

// Send writes the records while they are read, as a file with the name of the
// data set and the day.
func Send[T any](q *page.Request, file File, f export.Format, columns Columns[T], records iter.Seq2[T, error]) error {
	return Stream(q, file, f.MediaType, f.Extension, func(w io.Writer) error {
		table := columns.table(records)
		table.About = func() export.About { return about(q, file) }
		return f.Write(w, table)
	})
}

// Stream sends what write writes as a file with the name of the data set and
// the day. An error ends the connection, because part of the file is out: a
// download that broke must not look whole.
func Stream(q *page.Request, file File, mediaType, extension string, write func(io.Writer) error) error {
	day := file.Now.In(i18n.Prague).Format(time.DateOnly)
	q.Attach(mediaType, file.Name+"-"+day+extension)
	err := write(q.W)
	if err == nil {
		return nil
	}
	if !errors.Is(err, context.Canceled) {
		q.Site.Log.Error("export failed", "request", page.RequestID(q.Context()), "error", err)
	}
	panic(http.ErrAbortHandler)
}
