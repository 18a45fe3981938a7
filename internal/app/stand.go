package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/search"
	"atlas/internal/store"
)

// Stand (stav) is the published projects as they stood at the end of a day in
// Prague: an index of them, and the records themselves. Codes and places are
// called by what they are called now; actors as they were called then.
type Stand struct {
	Day     atlas.Date
	Index   *search.Index
	Records int // projects that it holds

	app    *App
	actors map[string]actorNames
	// The stand of another moment from since until, which is not in it, is the
	// same: nothing was written between. seen is the last change that is known.
	since, until time.Time
	seen         int64
	present      bool // the day has not ended: what stands now
}

// Projects reads projects as they stood, in the order of ids, without what is
// not public of them. Those that were not published are left out.
func (s *Stand) Projects(ctx context.Context, ids []string) ([]*atlas.Project, error) {
	if s.present {
		found, err := s.app.Reader().Projects(ctx, ids)
		return publicOnly(found), err
	}
	all, err := s.app.Reader().VersionsAt(ctx, atlas.KindProject, ids, endOf(s.Day))
	if err != nil {
		return nil, err
	}
	out := make([]*atlas.Project, 0, len(all))
	for _, text := range all {
		p := new(atlas.Project)
		if err := json.Unmarshal(text, p); err != nil {
			return nil, fmt.Errorf("a project as of %s: %w", s.Day, err)
		}
		out = append(out, p)
	}
	return publicOnly(out), nil
}

func publicOnly(all []*atlas.Project) []*atlas.Project {
	all = slices.DeleteFunc(all, func(p *atlas.Project) bool { return !p.Public() })
	for _, p := range all {
		hidePrivate(p)
	}
	return all
}

// ActorName is what an actor was called; an unknown id is itself.
func (s *Stand) ActorName(id, lang string) string {
	if s.present {
		return s.app.ActorName(id, lang)
	}
	if n, ok := s.actors[id]; ok {
		return n.in(lang)
	}
	return id
}

// Present says that the day has not ended yet, so that its stand may change.
func (s *Stand) Present() bool { return s.present }

// Proof is the last entry of the audit log that is of the stand; false when the
// log begins later.
func (s *Stand) Proof(ctx context.Context) (store.AuditEntry, bool, error) {
	e, err := s.app.Reader().LastAudit(ctx, endOf(s.Day))
	if errors.Is(err, atlas.ErrNotFound) {
		return e, false, nil
	}
	return e, err == nil, err
}

// endOf is the last moment of a day in Prague.
func endOf(day atlas.Date) time.Time {
	return time.Date(day.Year, time.Month(day.Month), day.Day+1, 0, 0, 0, 0, i18n.Prague).Add(-time.Nanosecond)
}

// EndOf is the last moment that a record or a search as of a day takes in; of
// today it is now.
func (a *App) EndOf(day atlas.Date) time.Time {
	if end := endOf(day); end.Before(a.now()) {
		return end
	}
	return a.now()
}

// Days are the first and the last day of which the stand can be asked: when
// something was first written, and today. The first is zero when nothing was.
func (a *App) Days(ctx context.Context) (first, last atlas.Date, err error) {
	at, err := a.Reader().EarliestChange(ctx, 0)
	if err == nil && !at.IsZero() {
		first = atlas.DateOf(at.In(i18n.Prague))
	}
	return first, a.today(), err
}

// holds says whether the stand is that of a day. It looks at what was written
// since it was asked last: a change may bear an earlier time than one before it.
func (s *Stand) holds(ctx context.Context, day atlas.Date) (bool, error) {
	last, err := s.app.Reader().LastChange(ctx)
	if err != nil {
		return false, err
	}
	if last != s.seen {
		at, err := s.app.Reader().EarliestChange(ctx, s.seen)
		if err != nil {
			return false, err
		}
		if s.seen = last; !at.IsZero() && (s.until.IsZero() || at.Before(s.until)) {
			s.until = at
		}
	}
	end := endOf(day)
	return !end.Before(s.since) && (s.until.IsZero() || end.Before(s.until)), nil
}

// buildStand reads everything as it stood at the end of a day. It holds the
// index and the names of actors in memory, and of the records one at a time.
func (a *App) buildStand(ctx context.Context, day atlas.Date, told func(done int)) (*Stand, error) {
	s := &Stand{Day: day, app: a, actors: map[string]actorNames{}, Index: search.New(search.Options{})}
	end, err := endOf(day), error(nil)
	if s.seen, err = a.Reader().LastChange(ctx); err != nil {
		return nil, err
	}
	groups, err := a.Reader().Aliases(ctx)
	if err != nil {
		return nil, err
	}
	s.Index.SetAliases(groups)
	if s.since, s.until, err = a.Reader().ChangesAround(ctx, end); err != nil {
		return nil, err
	}
	err = a.Reader().EachAsOf(ctx, atlas.KindActor, end, func(c atlas.Change, text []byte) error {
		r := new(atlas.Actor)
		err := json.Unmarshal(text, r)
		s.actors[c.ID] = namesOf(r)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("actors as of %s: %w", day, err)
	}
	return s, a.indexStand(ctx, s, told)
}

func (a *App) indexStand(ctx context.Context, s *Stand, told func(done int)) error {
	d := a.describer()
	d.mentions = nil // they are of today
	d.year, d.actor = s.Day.Year, func(id string) (actorNames, bool) { n, ok := s.actors[id]; return n, ok }
	var failed error
	s.Index.Build(func(yield func(search.Document) bool) {
		read := 0
		failed = a.Reader().EachAsOf(ctx, atlas.KindProject, endOf(s.Day), func(c atlas.Change, text []byte) error {
			p := new(atlas.Project)
			if err := json.Unmarshal(text, p); err != nil {
				return fmt.Errorf("%s version %d: %w", c.ID, c.Version, err)
			}
			read++
			told(read)
			if p.Public() && !yield(d.document(p)) {
				return context.Canceled
			}
			return nil
		})
	})
	if failed != nil {
		return fmt.Errorf("projects as of %s: %w", s.Day, failed)
	}
	s.Records = s.Index.Len()
	return nil
}
