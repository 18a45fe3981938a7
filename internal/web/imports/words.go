package imports

import (
	"fmt"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/statistics"
	"atlas/internal/web/page"
)

// Parameters of the table of rows.
const (
	paramOutcome = "vysledek"
	paramPage    = "strana"
)

// tally is what became of the rows, or would.
type tally struct{ Read, Created, Updated, Unchanged, Skipped, Wrong, Problems int }

func tallyOf(b atlas.Batch) tally {
	return tally{b.Rows, b.Created, b.Updated, b.Unchanged, b.Skipped, b.Rows - b.Created - b.Updated - b.Unchanged - b.Skipped, b.Problems}
}

// problem is one thing wrong with the form, linked to its field.
type problem struct{ Href, Text string }

// line is one row of a file.
type line struct {
	Row                int
	Outcome, Said      string
	Title, Record, URL string
	Like, LikeURL      string
	Fields             []string
	Problems           []said
}

// said is one problem of a row in words.
type said struct{ Column, Value, Text string }

// choice is one outcome by which rows can be chosen.
type choice struct {
	Label, URL string
	Count      int
	Current    bool
}

// group is all problems of one kind in one column.
type group struct {
	Column, Text string
	Count        int
	Examples     []example
}

type example struct {
	Row   int
	Value string
}

func problems(q *page.Request, all []atlas.RowProblem) []said {
	var out []said
	for _, p := range all {
		out = append(out, said{p.Column, short(p.Value), explain(q, p.Key, p.Args, "value", short(p.Value), "row", p.Row, "column", p.Column)})
	}
	return out
}

func groupOf(q *page.Request, g app.ProblemGroup) group {
	out := group{Column: g.Column, Count: g.Count}
	for i, p := range g.Examples {
		if i == 0 {
			out.Text = problems(q, g.Examples[:1])[0].Text
		}
		out.Examples = append(out.Examples, example{p.Row, short(p.Value)})
	}
	return out
}

// explain is a message with its arguments; numbers are written as people write
// them, except years and rows.
func explain(q *page.Request, key string, args map[string]any, more ...any) string {
	var pairs []any
	for name, v := range args {
		switch name {
		case "field":
			v = fieldName(q, fmt.Sprint(v))
		case "rule":
			v = strings.TrimSuffix(q.T(fmt.Sprint(v)), ".")
		}
		if n, ok := v.(int); ok && n > 9999 {
			v = i18n.Number(q.Lang, int64(n))
		}
		pairs = append(pairs, name, v)
	}
	for i := 0; i+1 < len(more); i += 2 {
		if _, given := args[more[i].(string)]; !given {
			pairs = append(pairs, more[i], more[i+1])
		}
	}
	return q.T(key, pairs...)
}

// fieldName is a field of a project in words; one that has none is itself.
func fieldName(q *page.Request, field string) string {
	first, _, _ := strings.Cut(field, ".")
	if key := "projects.field." + first; q.Site.Words.Has(key) {
		return q.T(key)
	}
	return field
}

// longestValue bounds the values shown; the whole one is kept with the row.
const longestValue = 120

func short(s string) string {
	r := []rune(s)
	if len(r) <= longestValue {
		return s
	}
	return string(r[:longestValue]) + "…"
}

func webAddress(s string) bool {
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}

// sourceName is what understood the file of a batch: a list of projects, or
// statistics of a data set.
func sourceName(q *page.Request, source string) string {
	if dataset, ok := strings.CutPrefix(source, statistics.SourcePrefix); ok {
		return q.T("imports.source.statistics", "dataset", dataset)
	}
	return q.T("imports.source." + source)
}
