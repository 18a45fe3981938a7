package app

import (
	"context"
	"strings"
	"unicode/utf8"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/store"
)

// Bounds of spellings of names.
const (
	longestSpelling = 100
	mostSpellings   = 30 // of one name
	mostGroups      = 5000
)

// SaveSpellings replaces the spellings of names. s.Version is the version that
// was read. A problem is said at the group, counted from 1.
func (a *App) SaveSpellings(ctx context.Context, v atlas.Viewer, s atlas.Spellings) error {
	if !v.May(atlas.RightLists) {
		return atlas.ErrForbidden
	}
	if err := checkSpellings(s.Groups); err != nil {
		return err
	}
	return a.update(ctx, func(tx *store.Tx) error {
		if err := a.stillMay(ctx, tx, v, atlas.RightLists, atlas.Subject{}); err != nil {
			return err
		}
		return tx.PutSpellings(ctx, s, a.write(v))
	})
}

func checkSpellings(groups [][]string) error {
	if len(groups) == 0 {
		return refusal("groups", "problem.spellings_none")
	}
	if len(groups) > mostGroups {
		return refusal("groups", "problem.spellings_many", "limit", mostGroups)
	}
	seen := map[string]int{}
	for i, group := range groups {
		line := i + 1
		switch {
		case len(group) < 2:
			return refusal("groups", "problem.spellings_one", "line", line, "value", strings.Join(group, ""))
		case len(group) > mostSpellings:
			return refusal("groups", "problem.spellings_row", "line", line, "limit", mostSpellings)
		}
		for _, s := range group {
			if utf8.RuneCountInString(s) > longestSpelling {
				return refusal("groups", "problem.spelling_long", "line", line, "limit", longestSpelling)
			}
			key := czech.Fold(s)
			if before := seen[key]; before != 0 && before != line {
				return refusal("groups", "problem.spelling_twice", "line", line, "before", before, "value", s)
			}
			seen[key] = line
		}
	}
	return nil
}
