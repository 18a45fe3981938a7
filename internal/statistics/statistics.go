// Package statistics reads files of statistics as their publishers make them and
// gives slices: all figures of one territory at one date. Every row is either
// read, repeated, skipped as a total or refused with a reason; nothing is guessed
// and nothing is left out in silence.
//
// Files are read in memory that does not grow with them: what rows say is sorted
// by date and territory, in temporary files where it is much, and then put
// together slice by slice.
package statistics

import (
	"context"

	"atlas"
	"atlas/internal/importer"
	"atlas/internal/place"
)

// Layouts of files.
const (
	LayoutForeigners = "csu-290038"
	LayoutPopulation = "csu-130149"
	LayoutProtection = "mv-docasna-ochrana"
	LayoutLong       = "tabulka" // the long table of own data
	LayoutJSONStat   = "json-stat"
)

// SourcePrefix begins the source of a batch of statistics, which ends in the code
// of the data set.
const SourcePrefix = "statistika/"

// Env is what the world knows while a file is read.
type Env struct {
	Places *place.Gazetteer
	Lists  *atlas.Lists
	// Dataset that the numbers are of. Its indicator, decimals and territory bind.
	Dataset atlas.Dataset
	Today   atlas.Date // no number is of a later day
	// Within says whether a territory may have numbers here; nil = any.
	Within func(code string) bool
	// Indicator chooses among several of a JSON-stat file, by its code.
	Indicator string
	// Progress is told how many rows of all are read, now and then.
	Progress func(done, total int)
}

// Counts are what became of the rows of a file; the last four add up to Rows.
type Counts struct {
	Rows     int
	Read     int // their numbers are in slices
	Repeated int // said again what another row says
	Skipped  int // totals of what other rows say, notes under the table
	Refused  int // told wrong, each with a problem
}

// Report is what was found in a file.
type Report struct {
	Counts
	Slices      int
	From, To    atlas.Date // the first and the last date
	Territories int        // how many have numbers at the last date
	Groups      []Group    // problems of rows, the commonest first
	Notices     []atlas.RowProblem
	// Kept are problems one by one, as many as there is room for.
	Kept []atlas.RowProblem
}

// Refusals is how many rows were refused for a reason.
func (r *Report) Refusals(key string) int {
	n := 0
	for _, g := range r.Groups {
		if g.Key == ProblemPrefix+key {
			n += g.Count
		}
	}
	return n
}

// Reading is a file that was read and waits to be given slice by slice. Close
// frees its temporary files.
type Reading struct {
	env    Env
	name   string // of the file
	layout string
	counts Counts
	book   *book
	parts  *sorter
}

// Read understands all rows of a file. The error is a *importer.FileError where
// the file as a whole cannot be of the data set.
func (f *File) Read(ctx context.Context, env Env) (*Reading, error) {
	if env.Progress == nil {
		env.Progress = func(int, int) {}
	}
	r := &Reading{env: env, layout: f.Layout, book: newBook(), parts: newSorter()}
	if err := f.read(ctx, r); err != nil {
		r.Close()
		return nil, err
	}
	if err := r.parts.done(); err != nil {
		r.Close()
		return nil, noRoom(f.Name, err)
	}
	return r, nil
}

func noRoom(name string, err error) error {
	return &importer.FileError{Key: importer.ErrorNoRoom, Args: map[string]any{"file": name}, Err: err}
}

// Close frees the temporary files.
func (r *Reading) Close() error { return r.parts.Close() }

// skip takes a row that says nothing of its own.
func (r *Reading) skip() { r.counts.Rows++; r.counts.Skipped++ }

// refuse takes a row of which something is wrong.
func (r *Reading) refuse(p atlas.RowProblem) {
	r.counts.Rows++
	r.counts.Refused++
	r.book.add(p, true)
}
