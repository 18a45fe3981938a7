package app

import (
	"context"
	"fmt"
	"strings"

	"atlas"
	"atlas/internal/store"
)

// Matter (věc) is what authors and editors write about: a record or a proposal.
type Matter struct {
	Kind   string // of the record; also of that which a proposal would change
	ID     string // "P-00001", "A-00001", "T-00001", "B-00001", "N-00001"
	Title  string
	Author string // account, "" where no person wrote it
	Record any    // as it stands
	// Proposal is nil of a record.
	Proposal *store.Proposal
}

// Matter reads a record or a proposal for its author, for who may edit it and for
// editors; for all others it does not exist.
func (a *App) Matter(ctx context.Context, v atlas.Viewer, id string) (*Matter, error) {
	return a.matter(ctx, a.Reader(), v, id)
}

func (a *App) matter(ctx context.Context, r *store.Reader, v atlas.Viewer, id string) (*Matter, error) {
	m := &Matter{ID: id}
	var record string
	switch {
	case strings.HasPrefix(id, "N-"):
		p, err := r.Proposal(ctx, id)
		if err != nil {
			return nil, err
		}
		m.Proposal, m.Kind, m.Author, record = &p, p.Kind, p.By, p.Record
	case strings.HasPrefix(id, "P-"):
		m.Kind, record = atlas.KindProject, id
	case strings.HasPrefix(id, "A-"):
		m.Kind, record = atlas.KindActor, id
	case strings.HasPrefix(id, "T-"):
		m.Kind, record = atlas.KindNeed, id
	case strings.HasPrefix(id, "B-"):
		m.Kind, record = atlas.KindReplication, id
	case strings.HasPrefix(id, "K-"):
		m.Kind, record = atlas.KindPractice, id
	default:
		return nil, fmt.Errorf("matter %q: %w", id, atlas.ErrNotFound)
	}
	var err error
	if m.Record, err = recordOf(ctx, r, m.Kind, record); err != nil {
		return nil, err
	}
	if m.Title = TitleOf(m.Record, v.Lang); m.Proposal == nil {
		m.Author = MetaOf(m.Record).CreatedBy
	}
	if !a.concerns(v, m) {
		return nil, fmt.Errorf("matter %q: %w", id, atlas.ErrNotFound)
	}
	return m, nil
}

// concerns says whether a viewer may read and write notes about a matter.
func (a *App) concerns(v atlas.Viewer, m *Matter) bool {
	if v.May(atlas.RightPublish) || v.SignedIn() && m.Author == v.Account {
		return true
	}
	return m.Proposal == nil && a.may(v, atlas.RightEdit, subjectOf(m.Record))
}

// Subject is the record of a matter for permissions.
func (m *Matter) Subject() atlas.Subject { return subjectOf(m.Record) }

// Sources are those of the record of a matter.
func (m *Matter) Sources() []atlas.Source { return *sourcesOf(m.Record) }

// Meta is what every record carries, of the record of a matter.
func (m *Matter) Meta() atlas.Meta { return *MetaOf(m.Record) }
