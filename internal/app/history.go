package app

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"atlas"
	"atlas/internal/store"
)

// Edition (znění) is a record as it was written once: what the change that
// wrote it says, and the record, an *atlas.Project, *atlas.Actor, *atlas.Call,
// *atlas.SourceExtent or *atlas.Need.
type Edition struct {
	atlas.Change
	Record any
	Why    string // as its author said, for those who may edit the record; "" = not said
}

// Editions lists the versions of a record that the viewer may read, the newest
// first: who wrote each, when, why and where it came from. Those which were not
// published are there for those who may read such a record. atlas.ErrNotFound
// when the viewer may not read the record as it stands: what was withdrawn is not
// to be had by its history.
func (a *App) Editions(ctx context.Context, v atlas.Viewer, kind, id string) ([]Edition, error) {
	var out []Edition
	err := a.Reader().View(ctx, func(r *store.Reader) error {
		changes, err := r.History(ctx, kind, id)
		if err != nil {
			return err
		}
		reasons, err := r.Reasons(ctx, kind, id)
		if err != nil {
			return err
		}
		for _, c := range changes {
			text, err := r.Version(ctx, kind, id, c.Version)
			if err != nil {
				return err
			}
			e, err := a.edition(v, c, text)
			if err != nil {
				return err
			}
			if e == nil && len(out) == 0 {
				return nil
			}
			if e != nil {
				if a.may(v, atlas.RightEdit, subjectOf(e.Record)) {
					e.Why = reasons[c.Version]
				}
				out = append(out, *e)
			}
		}
		return nil
	})
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("%s %s: %w", kind, id, atlas.ErrNotFound)
	}
	return out, err
}

// EditionOf reads one version of a record. atlas.ErrNotFound when there is no
// such version or the viewer may not know of it.
func (a *App) EditionOf(ctx context.Context, v atlas.Viewer, kind, id string, version int64) (*Edition, error) {
	changes, err := a.Reader().History(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	for _, c := range changes {
		if c.Version != version {
			continue
		}
		text, err := a.Reader().Version(ctx, kind, id, version)
		if err != nil {
			return nil, err
		}
		return a.readable(v, c, text)
	}
	return nil, fmt.Errorf("%s %s version %d: %w", kind, id, version, atlas.ErrNotFound)
}

// EditionAt reads a record as it stood at a moment. atlas.ErrNotFound when it
// was not there, or not published and not for the viewer.
func (a *App) EditionAt(ctx context.Context, v atlas.Viewer, kind, id string, at time.Time) (*Edition, error) {
	c, text, err := a.Reader().VersionAt(ctx, kind, id, at)
	if err != nil {
		return nil, err
	}
	return a.readable(v, c, text)
}

func (a *App) readable(v atlas.Viewer, c atlas.Change, text []byte) (*Edition, error) {
	e, err := a.edition(v, c, text)
	if err == nil && e == nil {
		err = fmt.Errorf("%s %s version %d: %w", c.Kind, c.ID, c.Version, atlas.ErrNotFound)
	}
	return e, err
}

// edition reads a snapshot; nil when the viewer may not read it. What is not
// public of it only those see who may edit the record.
func (a *App) edition(v atlas.Viewer, c atlas.Change, text []byte) (*Edition, error) {
	e := &Edition{Change: c, Record: newRecord(c.Kind)}
	if e.Record == nil {
		return nil, fmt.Errorf("history of %s: %w", c.Kind, atlas.ErrNotFound)
	}
	if err := json.Unmarshal(text, e.Record); err != nil {
		return nil, fmt.Errorf("%s %s version %d: %w", c.Kind, c.ID, c.Version, err)
	}
	if !a.may(v, atlas.RightRead, subjectOf(e.Record)) || c.Kind == atlas.KindReport && !v.May(atlas.RightPublish) ||
		c.Kind == atlas.KindRound && !v.May(atlas.RightAssign) {
		return nil, nil // what readers have of a report are its editions
	}
	if !a.may(v, atlas.RightEdit, subjectOf(e.Record)) {
		hidePrivate(e.Record)
	}
	return e, nil
}

// newRecord is an empty record of a kind; nil of those without versions that
// people read.
func newRecord(kind string) any {
	switch kind {
	case atlas.KindProject:
		return new(atlas.Project)
	case atlas.KindActor:
		return new(atlas.Actor)
	case atlas.KindCall:
		return new(atlas.Call)
	case atlas.KindExtent:
		return new(atlas.SourceExtent)
	case atlas.KindNeed:
		return new(atlas.Need)
	case atlas.KindReport:
		return new(atlas.Report)
	case atlas.KindPractice:
		return new(atlas.Practice)
	case atlas.KindReplication:
		return new(atlas.Replication)
	case atlas.KindRubric:
		return new(atlas.Rubric)
	case atlas.KindRound:
		return new(atlas.Round)
	}
	return nil
}

func subjectOf(record any) atlas.Subject {
	if r, ok := record.(interface{ Subject() atlas.Subject }); ok {
		return r.Subject()
	}
	return atlas.Subject{}
}

// MetaOf is what every record has; of what is none, an empty one.
func MetaOf(record any) *atlas.Meta {
	if r, ok := record.(interface{ Common() *atlas.Meta }); ok {
		return r.Common()
	}
	return new(atlas.Meta)
}

// hidePrivate takes out what says anything of a person, and bank accounts. A
// contact that was public once need not be any more, so none is in the history.
func hidePrivate(record any) {
	switch r := record.(type) {
	case *atlas.Project:
		r.Contacts = nil
		for i := range r.Indicators {
			for j := range r.Indicators[i].Measurements {
				r.Indicators[i].Measurements[j].EnteredBy = ""
			}
		}
	case *atlas.Actor:
		r.BankAccount = ""
	case *atlas.Need:
		r.HideFew()
	case *atlas.Practice:
		r.Contacts = nil
		for i := range r.Confirmed {
			r.Confirmed[i].By = ""
		}
	}
}
