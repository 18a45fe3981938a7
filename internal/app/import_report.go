package app

import (
	"cmp"
	"slices"

	"atlas"
)

// ImportReport is what became, or would become, of the rows of a file. Only what
// does not grow with the file is in memory, and 12 B of each row.
type ImportReport struct {
	Batch  atlas.Batch    // counts of rows
	Groups []ProblemGroup // the commonest first
	// Actors are the organisations that are created, in the order in which
	// projects name them; of many the first, and NewActors counts all.
	Actors    []atlas.Actor
	NewActors int

	rows      *shelf[ImportRow] // nil when nobody is going to look at them
	byOutcome map[string][]int32
	counts    map[string]int
}

// ImportRow is one row of the file and what becomes of it.
type ImportRow struct {
	Row     int
	Outcome string // atlas.OutcomeCreate, …
	Title   string
	Record  string // the record updated or left as it is; "" for a new one
	// Other is the record that a suspected duplicate is like (8.9), OtherRow the
	// row of the same file where it is that.
	Other    string
	OtherRow int
	Fields   []string // what an update changes: "date_to"
	Problems []atlas.RowProblem
}

// ProblemGroup is all problems of one kind in one column.
type ProblemGroup struct {
	Key, Column string
	Count       int
	Examples    []atlas.RowProblem // the first few
}

const (
	// problemExamples is how many problems of a group a report shows.
	problemExamples = 3
	// mostActors is how many new organisations a report tells.
	mostActors = 200
)

// Errors is how many rows cannot be taken over.
func (r *ImportReport) Errors() int { return r.Count(atlas.OutcomeError) }

// Count is how many rows have an outcome; "" counts all.
func (r *ImportReport) Count(outcome string) int {
	if outcome == "" {
		return r.Batch.Rows
	}
	return r.counts[outcome]
}

// Page gives at most n rows of an outcome, or of any when it is "", from one on,
// counted from 0, in the order of the file.
func (r *ImportReport) Page(outcome string, from, n int) ([]ImportRow, error) {
	if r.rows == nil {
		return nil, nil
	}
	var out []ImportRow
	for i := from; i < min(from+n, r.Count(outcome)); i++ {
		place := i
		if outcome != "" {
			place = int(r.byOutcome[outcome][i])
		}
		row, err := r.rows.get(place)
		if err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, nil
}

// reporter makes a report of decisions.
type reporter struct {
	ImportReport
	groups map[[2]string]*ProblemGroup
}

// newReporter begins a report; keepRows says that somebody will look at the
// rows.
func newReporter(plan *ImportPlan, keepRows bool) *reporter {
	r := &reporter{groups: map[[2]string]*ProblemGroup{}}
	b := plan.Batch
	r.Batch = atlas.Batch{File: b.File, SHA256: b.SHA256, Source: b.Source, URL: b.URL, Accessed: b.Accessed, By: b.By}
	r.counts = map[string]int{}
	if keepRows {
		r.rows, r.byOutcome = &shelf[ImportRow]{}, map[string][]int32{}
	}
	return r
}

// take notes the next decisions.
func (r *reporter) take(steps []*importStep) error {
	for _, s := range steps {
		r.count(s)
		if r.rows == nil {
			continue
		}
		n, err := r.rows.put(s.row())
		if err != nil {
			return err
		}
		r.byOutcome[s.outcome] = append(r.byOutcome[s.outcome], int32(n))
	}
	return nil
}

func (r *reporter) count(s *importStep) {
	b := &r.Batch
	b.Rows++
	r.counts[s.outcome]++
	r.NewActors += len(s.founds)
	for _, f := range s.founds {
		if len(r.Actors) < mostActors {
			r.Actors = append(r.Actors, *f.actor)
		}
	}
	b.Problems += len(s.problems)
	switch s.outcome {
	case atlas.OutcomeCreate, atlas.OutcomeSuspect:
		b.Created++
	case atlas.OutcomeUpdate:
		b.Updated++
	case atlas.OutcomeUnchanged:
		b.Unchanged++
	case atlas.OutcomeSkip:
		b.Skipped++
	}
	for _, problem := range s.problems {
		id := [2]string{problem.Key, problem.Column}
		g := r.groups[id]
		if g == nil {
			g = &ProblemGroup{Key: problem.Key, Column: problem.Column}
			r.groups[id] = g
		}
		if g.Count++; g.Count <= problemExamples {
			g.Examples = append(g.Examples, problem)
		}
	}
}

// done is the report as it stands.
func (r *reporter) done() ImportReport {
	for _, g := range r.groups {
		r.Groups = append(r.Groups, *g)
	}
	slices.SortFunc(r.Groups, func(x, y ProblemGroup) int {
		return cmp.Or(cmp.Compare(y.Count, x.Count), cmp.Compare(x.Key, y.Key), cmp.Compare(x.Column, y.Column))
	})
	return r.ImportReport
}
