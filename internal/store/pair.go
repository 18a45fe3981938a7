package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"atlas"
)

// Decisions about a suspected duplicate (8.9) that are remembered.
const (
	PairTwo   = "two"   // the two records are two projects
	PairLater = "later" // put off
)

// Pair (dvojice) is a decision about two projects, of which First has the lower
// id.
type Pair struct {
	First, Second string
	Decision      string // PairTwo or PairLater
	By            string
	At            time.Time
}

func newPairs() *table[Pair] {
	return newTable("project_pair",
		text("first_id", func(r *Pair) *string { return &r.First }),
		text("second_id", func(r *Pair) *string { return &r.Second }),
		text("decision", func(r *Pair) *string { return &r.Decision }),
		text("made_by", func(r *Pair) *string { return &r.By }),
		moment("made_at", func(r *Pair) *time.Time { return &r.At }),
	)
}

// InOrder puts two ids as a Pair has them.
func InOrder(a, b string) (first, second string) { return min(a, b), max(a, b) }

// Pairs reads all decisions. What was decided about a project that was merged
// since is said of the one it lives on in.
func (r *Reader) Pairs(ctx context.Context) ([]Pair, error) {
	var out []Pair
	err := r.schema.pairs.each(ctx, r.q, "ORDER BY first_id, second_id", nil, func(p *Pair) error {
		out = append(out, *p)
		return nil
	})
	if err != nil {
		return nil, err
	}
	into := map[string]string{}
	err = r.firstIDs(ctx, into, `SELECT id, merged_into FROM project WHERE merged_into IS NOT NULL AND id IN
		(SELECT first_id FROM project_pair UNION SELECT second_id FROM project_pair)`, nil)
	now := func(id string) string {
		if to := into[id]; to != "" {
			return to
		}
		return id
	}
	for i, p := range out {
		out[i].First, out[i].Second = InOrder(now(p.First), now(p.Second))
	}
	return slices.DeleteFunc(out, func(p Pair) bool { return p.First == p.Second }), err
}

// PutPair remembers a decision in place of the one before; an empty one is
// forgotten. A project that is not there is atlas.ErrNotFound.
func (tx *Tx) PutPair(ctx context.Context, p Pair) error {
	if p.First >= p.Second {
		return fmt.Errorf("pair %s, %s: not in order", p.First, p.Second)
	}
	n, err := tx.q.number(ctx, "SELECT COUNT(*) FROM project WHERE id IN ($1, $2)", p.First, p.Second)
	if err != nil {
		return err
	}
	if n != 2 {
		return fmt.Errorf("pair %s, %s: %w", p.First, p.Second, atlas.ErrNotFound)
	}
	if _, err := tx.q.exec(ctx, "DELETE FROM project_pair WHERE first_id = $1 AND second_id = $2", p.First, p.Second); err != nil {
		return err
	}
	if p.Decision == "" {
		return nil
	}
	return tx.schema.pairs.insert(ctx, tx.q, []Pair{p})
}
