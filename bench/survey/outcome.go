package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/importer"
)

// outcome is what came of one file, or of all.
type outcome struct {
	encoding, delimiter, source string
	header                      int // the row of the header; 0 where rows name their cells
	batch                       atlas.Batch
	unusable, withProblems      int // rows
	columns, mapped, unsure     int
	keys                        map[string]int // rows by problem
}

func newOutcome() *outcome { return &outcome{keys: map[string]int{}} }

// pageRows is how many rows of a plan are in memory at once.
const pageRows = 1000

// survey previews one file. The error is why it is refused.
func survey(ctx context.Context, a *app.App, name string) (*outcome, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	t, err := importer.ReadBytes(filepath.Base(name), data)
	if err != nil {
		return nil, err
	}
	plan, err := a.PrepareImport(ctx, atlas.Operator("survey"), app.ImportOptions{}, filepath.Base(name), data)
	if err != nil {
		return nil, err
	}
	o := newOutcome()
	o.encoding, o.delimiter, o.header, o.source, o.batch, o.unusable = t.Encoding, t.Delimiter, t.HeaderRow, plan.Source, plan.Batch, plan.Errors()
	m := plan.Mapping
	if m == nil { // a list that is recognised
		proposed := importer.Propose(t)
		m = &proposed
	}
	o.columns = len(m.Columns)
	for _, c := range m.Columns {
		switch {
		case c.Target != "":
			o.mapped++
		case c.Confidence > 0:
			o.unsure++
		}
	}
	for from := 0; from < plan.Batch.Rows; from += pageRows {
		rows, err := plan.Page("", from, pageRows)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			o.addRow(r)
		}
	}
	return o, nil
}

func (o *outcome) addRow(r app.ImportRow) {
	seen := map[string]bool{}
	for _, p := range r.Problems {
		if !seen[p.Key] {
			seen[p.Key] = true
			o.keys[p.Key]++
		}
	}
	if len(seen) > 0 {
		o.withProblems++
	}
}

func (o *outcome) add(p *outcome) {
	o.batch.Rows, o.batch.Created, o.batch.Skipped = o.batch.Rows+p.batch.Rows, o.batch.Created+p.batch.Created, o.batch.Skipped+p.batch.Skipped
	o.unusable, o.withProblems = o.unusable+p.unusable, o.withProblems+p.withProblems
	o.columns, o.mapped, o.unsure = o.columns+p.columns, o.mapped+p.mapped, o.unsure+p.unsure
	for key, n := range p.keys {
		o.keys[key] += n
	}
}

func (o *outcome) print(w io.Writer, file string) {
	header := strconv.Itoa(o.header)
	if o.header == 0 {
		header = "names"
	}
	fmt.Fprintf(w, "%s\t%q\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%s\t%s\n", o.encoding, o.delimiter, header, o.batch.Rows, o.batch.Skipped,
		o.unusable, o.withProblems, o.columns, o.mapped, o.unsure, o.source, file)
}

// sum prints the totals; every row read is in one of its numbers.
func (o *outcome) sum(w io.Writer) {
	fmt.Fprintf(w, "%d rows: %d would become projects, %d skipped with a reason, %d unusable with a reason; %d with any problem\n",
		o.batch.Rows, o.batch.Created, o.batch.Skipped, o.unusable, o.withProblems)
	fmt.Fprintf(w, "%d columns: %d mapped, %d unsure, %d of nothing known\n", o.columns, o.mapped, o.unsure, o.columns-o.mapped-o.unsure)
	for _, key := range slices.SortedFunc(maps.Keys(o.keys), func(a, b string) int {
		return cmp.Or(cmp.Compare(o.keys[b], o.keys[a]), cmp.Compare(a, b))
	}) {
		fmt.Fprintf(w, "%9d rows  %s\n", o.keys[key], key)
	}
}
