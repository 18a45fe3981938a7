package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"atlas/internal/importer"
	"atlas/internal/store"
)

// survey is what is known of a whole file before anything is decided about its
// rows: which rows are one project, and what its organisations are.
type survey struct {
	actors *importActors
	// joined are the rows that may be one project, by the first of them, and into
	// the first row of the others. Rows are places in the table, counted from 0.
	joined map[int32][]int32
	into   map[int32]int32
}

// survey reads the whole file once. tell is told how many rows are read.
func (a *App) survey(ctx context.Context, r *store.Reader, plan *ImportPlan, tell func(done int)) (*survey, error) {
	v, err := newResolver(ctx, r)
	if err != nil {
		return nil, err
	}
	same := make(identities, 0, plan.table.Len())
	for chunk, err := range draftsOf(ctx, plan.table, plan.reading(a)) {
		if err != nil {
			return nil, err
		}
		for i, d := range chunk.drafts {
			if !d.Skip {
				same = append(same, identity{d.Identity(), int32(chunk.from + i)})
			}
		}
		if err := v.settle(ctx, chunk.drafts); err != nil {
			return nil, fmt.Errorf("organisations of the file: %w", err)
		}
		tell(chunk.from + len(chunk.drafts))
	}
	s := &survey{actors: v.importActors, joined: map[int32][]int32{}, into: map[int32]int32{}}
	for _, group := range same.groups() {
		s.join(group)
	}
	return s, nil
}

// join notes rows that may be one project.
func (s *survey) join(group []int32) {
	if len(group) < 2 {
		return
	}
	s.joined[group[0]] = group[1:]
	for _, row := range group[1:] {
		s.into[row] = group[0]
	}
}

// first puts the later rows of the same project into a draft. Those that only
// had its number are a group of their own from now on.
func (s *survey) first(row int, d *importer.Draft, read func(row int) (*importer.Draft, error)) error {
	later := s.joined[int32(row)]
	if later == nil {
		return nil
	}
	var others []int32
	for _, i := range later {
		o, err := read(int(i))
		if err != nil {
			return err
		}
		if d.SameProject(o) {
			d.Join(o)
			continue
		}
		delete(s.into, i)
		others = append(others, i)
	}
	s.join(others)
	return nil
}

// identity says by a number which project a row is.
type identity struct {
	sum uint64
	row int32
}

// identities are those of all rows: 16 B each.
type identities []identity

// groups gives the rows of each number that several have, in their order.
func (all identities) groups() [][]int32 {
	slices.SortFunc(all, func(x, y identity) int { return cmp.Or(cmp.Compare(x.sum, y.sum), cmp.Compare(x.row, y.row)) })
	var out [][]int32
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].sum == all[0].sum {
			n++
		}
		if n > 1 {
			group := make([]int32, n)
			for i := range group {
				group[i] = all[i].row
			}
			out = append(out, group)
		}
		all = all[n:]
	}
	return out
}
