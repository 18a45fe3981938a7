// Command survey sends every file of a folder through the reading and mapping
// of an import and prints what came of each. Nothing is stored. It fails when a
// file makes the program fail or a cell is lost without a word.
package main

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"atlas"
	"atlas/internal/importer"
	"atlas/internal/place"
	"atlas/internal/reference"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: survey FOLDER (unpack an archive first: tar -xf lists.tar.xz)")
		os.Exit(2)
	}
	env := importer.Env{Places: place.New(reference.Territories()), Lists: atlas.NewLists(reference.Lists()), Year: time.Now().Year()}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "encoding\tdelimiter\theader\trows\tskipped\tproblems\tcolumns\tmapped\tunsure\tlost\tsource\tfile")
	all := outcome{keys: map[string]int{}}
	refused, files := 0, 0
	err := filepath.WalkDir(os.Args[1], func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files++
		o, err := survey(env, name)
		if err != nil {
			refused++
			fmt.Fprintf(w, "refused\t\t\t\t\t\t\t\t\t\t\t%s: %v\n", filepath.Base(name), err)
			return nil
		}
		o.print(w, filepath.Base(name))
		all.add(o)
		return nil
	})
	w.Flush()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("\n%d files, %d refused; %d rows, %d skipped with a reason, %d with a problem; %d columns: %d mapped, %d unsure; %d cells lost\n",
		files, refused, all.rows, all.skipped, all.problems, all.columns, all.mapped, all.unsure, all.lost)
	for _, key := range slices.SortedFunc(maps.Keys(all.keys), func(a, b string) int { return cmp.Compare(all.keys[b], all.keys[a]) }) {
		fmt.Printf("%9d rows  %s\n", all.keys[key], key)
	}
	if all.lost > 0 {
		os.Exit(1)
	}
}

// outcome is what came of one file, or of all.
type outcome struct {
	encoding, delimiter, source string
	header                      int
	rows, skipped, problems     int // rows
	columns, mapped, unsure     int
	lost                        int            // cells that no draft has
	keys                        map[string]int // rows by problem
}

func (o *outcome) add(p outcome) {
	o.rows, o.skipped, o.problems, o.lost = o.rows+p.rows, o.skipped+p.skipped, o.problems+p.problems, o.lost+p.lost
	o.columns, o.mapped, o.unsure = o.columns+p.columns, o.mapped+p.mapped, o.unsure+p.unsure
	for key, n := range p.keys {
		o.keys[key] += n
	}
}

func (o outcome) print(w *tabwriter.Writer, file string) {
	header := strconv.Itoa(o.header)
	if o.header == 0 {
		header = "names"
	}
	fmt.Fprintf(w, "%s\t%q\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%s\t%s\n", o.encoding, o.delimiter, header, o.rows, o.skipped, o.problems,
		o.columns, o.mapped, o.unsure, o.lost, o.source, file)
}

// survey reads one file as an import does. The error is why it is refused.
func survey(env importer.Env, name string) (outcome, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return outcome{}, err
	}
	t, err := importer.ReadTable(filepath.Base(name), data)
	if err != nil {
		return outcome{}, err
	}
	o := outcome{encoding: t.Encoding, delimiter: t.Delimiter, header: t.HeaderRow, rows: len(t.Rows), columns: len(t.Header), keys: map[string]int{}}
	m := importer.Propose(t)
	for _, c := range m.Columns {
		switch {
		case c.Target != "":
			o.mapped++
		case c.Confidence > 0:
			o.unsure++
		}
	}
	source, err := importer.Recognise(t)
	if err != nil {
		source = importer.MappedSource(m)
		if !m.Usable() {
			return outcome{}, err
		}
	}
	o.source = source.Name
	drafts, err := source.Map(context.Background(), env, t, func(int) {})
	if err != nil {
		return outcome{}, err
	}
	for i, d := range drafts {
		switch {
		case d.Skip:
			o.skipped++
		case len(d.Problems) > 0:
			o.problems++
		}
		seen := map[string]bool{}
		for _, p := range d.Problems {
			if !seen[p.Key] {
				seen[p.Key] = true
				o.keys[p.Key]++
			}
		}
		o.lost += filled(t.Rows[i]) - len(d.Raw)
	}
	return o, nil
}

// filled is how many cells of a row say something.
func filled(r importer.Row) int {
	n := 0
	for _, cell := range r.Cells {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}
