package store

import (
	"context"
	"fmt"
)

// children are the rows of another table that belong to a P, whatever their
// type: what a record needs of them.
type children[P any] interface {
	// store collects the rows of a P that has none stored.
	store(q *querier, id string, p *P) error
	// remove queues the deletion of the rows of a P.
	remove(q *querier, id string)
	// load reads rows in their order and hands each to its P.
	load(ctx context.Context, q *querier, s selection, owner map[string]*P) error
}

// owned is a row of a child table: whose it is, at which place of the list.
type owned[C any] struct {
	owner    string
	position int
	item     C
}

// child is a list of Cs that belongs to each P.
type child[P, C any] struct {
	table  *table[owned[C]]
	column string       // of the owner: "project_id"
	clear  *form        // deletes the rows of one owner
	list   func(*P) []C // what is written
	add    func(*P, *C) // takes back what was read, in the same order
}

// newChild makes a child table. Its columns are the owner, the position and
// those of C.
func newChild[P, C any](name, owner string, list func(*P) []C, add func(*P, *C), cols ...columns[C]) child[P, C] {
	type row = owned[C]
	return child[P, C]{
		table: newTable(name,
			text(owner, func(r *row) *string { return &r.owner }),
			counted("position", func(r *row) *int { return &r.position }),
			within(func(r *row) *C { return &r.item }, join(cols...)),
		),
		column: owner, list: list, add: add,
		clear: newForm(name, "DELETE FROM "+name+" WHERE "+owner+" = $1"),
	}
}

// newList makes a child table of a plain slice.
func newList[P, C any](name, owner string, at func(*P) *[]C, cols ...columns[C]) child[P, C] {
	return newChild(name, owner,
		func(p *P) []C { return *at(p) },
		func(p *P, c *C) { *at(p) = append(*at(p), *c) },
		cols...)
}

func (c child[P, C]) store(q *querier, id string, p *P) error {
	var row owned[C]
	for i, item := range c.list(p) {
		row = owned[C]{id, i, item}
		if err := c.table.collect(q, &row); err != nil {
			return err
		}
	}
	return nil
}

func (c child[P, C]) remove(q *querier, id string) { q.write(c.clear, id) }

func (c child[P, C]) load(ctx context.Context, q *querier, s selection, owner map[string]*P) error {
	rest := fmt.Sprintf("WHERE %s ORDER BY %s, position", s.where(c.column), c.column)
	return c.table.each(ctx, q, rest, s.args, func(r *owned[C]) error {
		if p := owner[r.owner]; p != nil {
			c.add(p, &r.item)
		}
		return nil
	})
}

// selection chooses records by their id; the same choice is made in the table
// of the record and, by the owner's id, in its child tables.
type selection struct {
	where func(column string) string
	args  []any
}

// oneOf selects given ids, by one parameter however many there are.
func (q *querier) oneOf(ids []string) selection {
	in, arg := q.engine.among(ids)
	return selection{
		where: func(col string) string { return col + " " + in },
		args:  []any{arg},
	}
}

// between selects ids above low up to high.
func between(low, high string) selection {
	return selection{
		where: func(col string) string { return col + " > $1 AND " + col + " <= $2" },
		args:  []any{low, high},
	}
}
