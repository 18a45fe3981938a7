package app

import (
	"context"
	"errors"
	"slices"

	"atlas"
	"atlas/internal/store"
)

// Waiting (ke kontrole) is one thing in the queue of editors.
type Waiting struct {
	Matter
	Since   int64            // when it came into the queue, unix seconds
	Version int64            // of the record, or of the proposal
	Missing []atlas.Problem  // what stands in the way of publishing it
	Unknown bool             // no amount of money is known
	Suspect []*atlas.Project // what it may be a duplicate of (8.9)
}

// mostWaiting is how much of the queue is read at once; what is decided makes
// room for the rest.
const mostWaiting = 200

// Queue lists what waits for editors, the oldest first: new projects, actors,
// needs and replications, and corrections.
func (a *App) Queue(ctx context.Context, v atlas.Viewer) ([]Waiting, error) {
	if !v.May(atlas.RightPublish) {
		return nil, atlas.ErrForbidden
	}
	var out []Waiting
	err := a.Reader().View(ctx, func(r *store.Reader) error {
		for _, kind := range []string{atlas.KindProject, atlas.KindActor, atlas.KindNeed, atlas.KindPractice, atlas.KindReplication} {
			ids, err := r.WaitingRecords(ctx, kind, mostWaiting)
			if err != nil {
				return err
			}
			for _, id := range ids {
				m, err := a.matter(ctx, r, v, id)
				if err != nil {
					return err
				}
				out = append(out, a.waiting(m))
			}
		}
		all, err := r.WaitingProposals(ctx, mostWaiting)
		if err != nil {
			return err
		}
		for _, p := range all {
			m, err := a.matter(ctx, r, v, p.ID)
			var moved *atlas.RedirectError
			if errors.As(err, &moved) || errors.Is(err, atlas.ErrNotFound) {
				continue // its record lives on elsewhere: it is decided there
			}
			if err != nil {
				return err
			}
			out = append(out, a.waiting(m))
		}
		return nil
	})
	slices.SortStableFunc(out, func(x, y Waiting) int { return int(x.Since - y.Since) })
	return out, err
}

// Judge is one thing of the queue with all that an editor decides by.
func (a *App) Judge(ctx context.Context, v atlas.Viewer, id string) (*Waiting, error) {
	if !v.May(atlas.RightPublish) {
		return nil, atlas.ErrForbidden
	}
	m, err := a.Matter(ctx, v, id)
	if err != nil {
		return nil, err
	}
	w := a.waiting(m)
	if p, ok := m.Record.(*atlas.Project); ok && m.Proposal == nil {
		w.Suspect, err = a.Suspects(ctx, p)
	}
	return &w, err
}

func (a *App) waiting(m *Matter) Waiting {
	w := Waiting{Matter: *m, Since: MetaOf(m.Record).UpdatedAt.Unix(), Version: MetaOf(m.Record).Version}
	if m.Proposal != nil {
		w.Since, w.Version = m.Proposal.SentAt.Unix(), m.Proposal.Version
		return w
	}
	switch r := m.Record.(type) {
	case *atlas.Project:
		as := *r
		as.RecordStatus = atlas.RecordPublished
		w.Missing = a.CheckProject(&as)
		money, _, _ := r.Money()
		w.Unknown = !money.Known()
	case *atlas.Actor:
		as := *r
		as.RecordStatus = atlas.RecordPublished
		w.Missing = a.prepareActor(&as)
	case *atlas.Practice:
		w.Missing = r.Problems(a.Lists(), atlas.StagePublish, a.year())
	case *atlas.Need:
		w.Missing = r.Problems(a.Lists(), atlas.StageListed, a.year())
	}
	return w
}
