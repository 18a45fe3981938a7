package store

import (
	"context"
	"fmt"

	"atlas"
)

// Aliases reads the groups of spellings of one name: Charkov, Kharkiv, Харків.
func (r *Reader) Aliases(ctx context.Context) ([][]string, error) {
	rows, err := r.q.query(ctx, "SELECT group_no, spelling FROM alias ORDER BY group_no, position")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out [][]string
	for rows.Next() {
		var group int
		var spelling string
		if err := rows.Scan(&group, &spelling); err != nil {
			return nil, err
		}
		for len(out) <= group {
			out = append(out, nil)
		}
		out[group] = append(out[group], spelling)
	}
	return out, r.q.engine.explain(rows.Err())
}

// PutAliases replaces all groups of spellings.
func (tx *Tx) PutAliases(ctx context.Context, groups [][]string) error {
	if _, err := tx.q.exec(ctx, "DELETE FROM alias"); err != nil {
		return err
	}
	for g, spellings := range groups {
		for i, s := range spellings {
			_, err := tx.q.exec(ctx, "INSERT INTO alias (group_no, position, spelling) VALUES ($1, $2, $3)", g, i, s)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// spellingsID is the one record of spellings in the feed of changes.
const spellingsID = "names"

// Spellings reads all spellings of names with the version that stands; 0 = as
// they were shipped.
func (r *Reader) Spellings(ctx context.Context) (atlas.Spellings, error) {
	var out atlas.Spellings
	err := r.View(ctx, func(r *Reader) error {
		var err error
		if out.Groups, err = r.Aliases(ctx); err != nil {
			return err
		}
		out.Version, err = r.q.number(ctx, "SELECT MAX(version) FROM change WHERE kind = $1 AND record_id = $2", atlas.KindSpellings, spellingsID)
		return err
	})
	return out, err
}

// PutSpellings replaces all spellings. The version must be the one that stands,
// else the error is *atlas.ConflictError.
func (tx *Tx) PutSpellings(ctx context.Context, s atlas.Spellings, w Write) error {
	current, err := tx.q.number(ctx, "SELECT MAX(version) FROM change WHERE kind = $1 AND record_id = $2", atlas.KindSpellings, spellingsID)
	if err != nil {
		return err
	}
	if s.Version != current {
		return &atlas.ConflictError{Kind: atlas.KindSpellings, ID: spellingsID, Read: s.Version, Current: current}
	}
	if err := tx.PutAliases(ctx, s.Groups); err != nil {
		return fmt.Errorf("put spellings: %w", err)
	}
	w = w.complete(current)
	s.Version = current + 1
	return tx.record(ctx, atlas.Change{
		At: w.At, Kind: atlas.KindSpellings, ID: spellingsID, Version: s.Version, Action: w.Action, By: w.By, Origin: w.Origin,
	}, &s)
}
