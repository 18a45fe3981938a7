// Package figure is what stands around a chart on a page: the sentence that says
// what it shows, the source, the equal table, and the same as files – a picture
// (PNG) and the numbers (CSV). Files are made anew of the question in their
// address, so nothing is kept of them.
package figure

import (
	"errors"
	"iter"
	"net/url"
	"strings"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/export"
	"atlas/internal/web/chart"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// Figure is a chart of a page.
type Figure struct {
	Name     string // in addresses and names of files: "vyvoj"
	Title    string
	Pictures []chart.Picture
	Names    []string // of the pictures where there are several
	Sentence string   // what the chart shows, made from its numbers
	Note     string   // what to know about the numbers
	Source   string   // where they are from and of which day
	Columns  []Column
	Rows     [][]Cell
	// Shown says that the table is on the page already, where the chart stands.
	Shown bool

	// What Stand fills in.
	Own      []page.Paragraph // the words of an editor in place of Sentence
	Text     string           // of Own, for the file
	URLPNG   string
	URLCSV   string
	URLWrite string // where an editor writes Own; "" for others
}

// Column is a column of the table; the first one names the rows.
type Column struct {
	Key, Label string
	Number     bool
}

// Cell is what stands in the table and, as programs read it, in the file: there ""
// is not known.
type Cell struct{ Text, Value, Href string }

// Number is a cell of a number that is known.
func Number(text, value string) Cell { return Cell{Text: text, Value: value} }

// Word is a cell of words.
func Word(text string) Cell { return Cell{Text: text, Value: text} }

// Drawn says whether there is anything to see: a map without borders is not.
func (f *Figure) Drawn() bool {
	return len(f.Pictures) > 0 && f.Pictures[0].SVG() != ""
}

// Several says whether there are small pictures side by side.
func (f *Figure) Several() bool { return len(f.Pictures) > 1 }

// Named is a picture with its name.
type Named struct {
	Name    string
	Picture chart.Picture
}

// Panels are the small pictures with their names.
func (f *Figure) Panels() []Named {
	var out []Named
	for i, p := range f.Pictures {
		out = append(out, Named{f.Names[i], p})
	}
	return out
}

// Stand gives a chart the addresses of its files and the words of an editor. path
// is the page without a language; question is what the page shows, with all that
// it takes for granted said, so that words of one year never stand under another.
func (f *Figure) Stand(q *page.Request, ops *app.App, path string, question url.Values) {
	query := question.Encode()
	f.URLPNG = route.WithQuery(route.In(q.Lang, route.ChartFile(path, f.Name+".png")), query)
	f.URLCSV = route.WithQuery(route.In(q.Lang, route.ChartFile(path, f.Name+".csv")), query)
	code := app.ChartText(route.WithQuery(path+"/"+f.Name, query))
	if code == "" {
		return
	}
	f.Text = ops.Text(code).In(q.Lang)
	f.Own = page.Prose(f.Text)
	if q.Viewer.May(atlas.RightLists) {
		f.URLWrite = route.AdminTextOf(q.Lang, code)
	}
}

// words are what is said under the chart.
func (f *Figure) words() string {
	if f.Text != "" {
		return strings.Join(strings.Fields(f.Text), " ")
	}
	return f.Sentence
}

// Answer sends a chart as the file that the address asks for: find gives the
// chart of a name, nil where the page has none.
func Answer(q *page.Request, now time.Time, find func(name string) (*Figure, error)) error {
	_, file := route.ChartPage(lessLanguage(q))
	name, kind, _ := strings.Cut(file, ".")
	if kind != "png" && kind != "csv" {
		return atlas.ErrNotFound
	}
	f, err := find(name)
	switch {
	case err != nil:
		return err
	case f == nil:
		return atlas.ErrNotFound
	case kind == "csv":
		return f.csv(q, now)
	}
	data, err := f.png(q)
	if errors.Is(err, chart.ErrTooLarge) {
		return atlas.ErrNotFound
	}
	if err != nil {
		return err
	}
	return q.Download("image/png", "graf-"+f.Name+".png", data)
}

func lessLanguage(q *page.Request) string {
	_, path := route.Split(q.URL.Path)
	return path
}

func (f *Figure) png(q *page.Request) ([]byte, error) {
	plate := chart.Plate{Title: f.Title, Words: f.words(), Source: strings.TrimSpace(f.Note+" "+f.Source) + " · " + q.Site.Config.OperatorName + ", " + strings.TrimPrefix(strings.TrimPrefix(q.Origin(), "https://"), "http://")}
	if f.Several() {
		plate.Names = f.Names
	}
	return chart.PNG(plate, f.Pictures...)
}

// csv sends the table with the source in each row, so that a row never loses it.
func (f *Figure) csv(q *page.Request, now time.Time) error {
	var columns dataset.Columns[[]Cell]
	for i, c := range f.Columns {
		columns.Add(c.Key, c.Label, func(row []Cell) string { return row[i].Value })
		if c.Number {
			columns = columns.Typed(export.KindNumber, c.Key)
		}
	}
	columns.Add("source", q.T("figure.source"), func([]Cell) string { return f.Source })
	format, ok := export.ByName("csv")
	if !ok {
		return atlas.ErrNotFound
	}
	return dataset.Send(q, dataset.File{Name: "graf-" + f.Name, Now: now}, format, columns, f.records())
}

func (f *Figure) records() iter.Seq2[[]Cell, error] {
	return func(yield func([]Cell, error) bool) {
		for _, row := range f.Rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}
