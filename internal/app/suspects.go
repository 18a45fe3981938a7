package app

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"atlas"
	"atlas/internal/store"
)

// SuspectPair is two projects that may be one (8.9): alike in title, of the same
// implementer, with overlapping years. First has the lower id.
type SuspectPair struct {
	First, Second string
	Decision      string // store.PairTwo, store.PairLater; "" = nobody decided yet
}

// suspects are all pairs as of a change of the database.
type suspects struct {
	mu    sync.Mutex
	known bool
	seq   int64
	pairs map[[2]string]bool
}

// Suspicions lists all suspected duplicates of the database with what was
// decided of them, in the order of their ids; also those pairs of which it was
// decided once that they are two projects.
func (a *App) Suspicions(ctx context.Context, v atlas.Viewer) ([]SuspectPair, error) {
	if !v.May(atlas.RightPublish) {
		return nil, atlas.ErrForbidden
	}
	var out []SuspectPair
	err := a.Reader().View(ctx, func(r *store.Reader) error {
		decided, err := r.Pairs(ctx)
		if err != nil {
			return err
		}
		a.suspects.mu.Lock()
		defer a.suspects.mu.Unlock()
		if err := a.suspect(ctx, r); err != nil {
			return err
		}
		said := map[[2]string]string{}
		for _, p := range decided {
			pair := [2]string{p.First, p.Second}
			if said[pair] != store.PairTwo { // of several, after a merge
				said[pair] = p.Decision
			}
			if p.Decision == store.PairTwo && !a.suspects.pairs[pair] {
				out = append(out, SuspectPair{p.First, p.Second, p.Decision})
			}
		}
		for pair := range a.suspects.pairs {
			out = append(out, SuspectPair{pair[0], pair[1], said[pair]})
		}
		return nil
	})
	slices.SortFunc(out, func(x, y SuspectPair) int {
		return cmp.Or(cmp.Compare(x.First, y.First), cmp.Compare(x.Second, y.Second))
	})
	return slices.Compact(out), err
}

// DecidePair remembers what a person decided of two suspected duplicates:
// store.PairTwo does not come back, store.PairLater is put off, "" is forgotten.
func (a *App) DecidePair(ctx context.Context, v atlas.Viewer, first, second, decision string) error {
	if !v.May(atlas.RightPublish) {
		return atlas.ErrForbidden
	}
	first, second = store.InOrder(first, second)
	return a.store.Update(ctx, func(tx *store.Tx) error {
		return tx.PutPair(ctx, store.Pair{First: first, Second: second, Decision: decision, By: v.Name, At: a.now().UTC()})
	})
}

// mostTouched is after how many changes it is quicker to look at everything.
const mostTouched = 300

// suspect brings the pairs up to the state that the reader sees: only what
// changed since is compared anew where that is little.
func (a *App) suspect(ctx context.Context, r *store.Reader) error {
	s := &a.suspects
	last, err := r.LastChange(ctx)
	if err != nil || s.known && last == s.seq {
		return err
	}
	touched, few, err := a.touchedSince(ctx, r, last)
	if err != nil {
		return err
	}
	b, err := newSuspectBlocks(ctx, r, a.year())
	if err != nil {
		return err
	}
	if few {
		err = b.some(ctx, s.pairs, touched)
	} else {
		b.pairs = map[[2]string]bool{}
		err = b.all(ctx)
	}
	s.known = err == nil // half done is not done
	if err == nil {
		s.seq, s.pairs = last, b.pairs
	}
	return err
}

// touchedSince gives the projects changed since the pairs were found. few is
// false when there are many, or when an organisation changed: then any block may
// be another.
func (a *App) touchedSince(ctx context.Context, r *store.Reader, last int64) (ids []string, few bool, err error) {
	s := &a.suspects
	if !s.known || last < s.seq || last-s.seq > mostTouched {
		return nil, false, nil
	}
	changes, err := r.Changes(ctx, s.seq, mostTouched+1)
	if err != nil {
		return nil, false, err
	}
	for _, c := range changes {
		switch c.Kind {
		case atlas.KindProject:
			ids = append(ids, c.ID)
		case atlas.KindActor:
			return nil, false, nil
		}
	}
	return distinct(ids), true, nil
}
