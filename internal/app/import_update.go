package app

import (
	"context"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/importer"
	"atlas/internal/store"
)

// update decides about a row that is a record already. A newer list changes
// only what no person has changed since: a field whose last change was an
// import's, or that nobody ever filled. What the list does not tell stays.
func (c *checker) update(ctx context.Context, s *importStep, now *atlas.Project) error {
	next, draft := cloneProject(now), s.project
	s.record, s.project = now.ID, nil
	var past *fieldHistory
	for _, f := range importer.Fields() {
		if !f.Known(draft) || f.Same(draft, now) {
			continue
		}
		if past == nil {
			var err error
			if past, err = readHistory(ctx, c.r, now); err != nil {
				return err
			}
		}
		if past.personLast(f) {
			s.problem("", s.draft.Title(), "kept_edit", map[string]any{"field": f.Key, "id": now.ID})
			continue
		}
		f.Copy(next, draft)
		s.fields = append(s.fields, f.Key)
	}
	if next.Verbatim = addVerbatim(now.Verbatim, draft.Verbatim); !slices.Equal(next.Verbatim, now.Verbatim) {
		s.fields = append(s.fields, "verbatim")
	}
	stage := c.stage(now)
	if batch, ok := c.known.withdrawn[now.ID]; ok {
		next.RecordStatus, stage = c.plan.status(), atlas.StageListed
		next.Sources = slices.DeleteFunc(next.Sources, func(s atlas.Source) bool { return s.BatchID == batch })
		s.fields = append(s.fields, "record_status")
	}
	if len(s.fields) == 0 {
		s.outcome = atlas.OutcomeUnchanged
		return nil
	}
	next.Sources = append(next.Sources, c.plan.sources(s.draft, "")...)
	if c.refuse(s, next.Problems(c.Lists(), stage, c.year())) {
		s.fields = nil
		return nil
	}
	s.outcome, s.project = atlas.OutcomeUpdate, next
	return nil
}

// addVerbatim puts the words of a newer row among those kept: under a name that
// is there once they take the place of the old ones.
func addVerbatim(have, more []atlas.Verbatim) []atlas.Verbatim {
	out := slices.Clone(have)
	for _, v := range more {
		if slices.Contains(out, v) {
			continue
		}
		sameField := func(w atlas.Verbatim) bool { return w.Field == v.Field }
		at := slices.IndexFunc(out, sameField)
		if at < 0 || slices.ContainsFunc(out[at+1:], sameField) || slices.Contains(more, out[at]) {
			out = append(out, v)
			continue
		}
		out[at] = v
	}
	return out
}

// fieldHistory is a record at each change of it, the newest first.
type fieldHistory struct {
	changes  []atlas.Change
	versions []*atlas.Project
}

// readHistory reads the history of a project; its versions only where a person
// had a hand in it.
func readHistory(ctx context.Context, r *store.Reader, p *atlas.Project) (*fieldHistory, error) {
	changes, err := r.History(ctx, atlas.KindProject, p.ID)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(changes, byPerson) {
		return &fieldHistory{changes: changes}, nil
	}
	return wholeHistory(ctx, r, p.ID)
}

// wholeHistory reads all changes and versions of a project.
func wholeHistory(ctx context.Context, r *store.Reader, id string) (*fieldHistory, error) {
	h := &fieldHistory{}
	var err error
	if h.changes, err = r.History(ctx, atlas.KindProject, id); err != nil {
		return nil, err
	}
	for _, c := range h.changes {
		v, err := projectAt(ctx, r, id, c.Version)
		if err != nil {
			return nil, err
		}
		h.versions = append(h.versions, v)
	}
	return h, nil
}

// byPerson says whether a change was not an import's; imports sign with the id
// of their batch.
func byPerson(c atlas.Change) bool { return !strings.HasPrefix(c.Origin, "D-") }

// personLast says whether the last change of a field was a person's. What an
// undoing put back is whose it was before.
func (h *fieldHistory) personLast(f importer.Field) bool {
	for i := 0; i < len(h.versions); i++ {
		before := new(atlas.Project)
		if i+1 < len(h.versions) {
			before = h.versions[i+1]
		}
		if f.Same(h.versions[i], before) {
			continue
		}
		if h.changes[i].Action != atlas.ActionUndo {
			return byPerson(h.changes[i])
		}
		i = h.putBack(f, i) - 1
	}
	return false
}

// putBack finds the version from which an undoing put a field back.
func (h *fieldHistory) putBack(f importer.Field, undoing int) int {
	for i := undoing + 1; i < len(h.versions); i++ {
		if f.Same(h.versions[i], h.versions[undoing]) {
			return i
		}
	}
	return len(h.versions)
}

// cloneProject copies a project so that the lists which imports write to are
// its own.
func cloneProject(p *atlas.Project) *atlas.Project {
	c := *p
	c.Parties = slices.Clone(p.Parties)
	c.Funding = slices.Clone(p.Funding)
	c.Territories = slices.Clone(p.Territories)
	c.Sources = slices.Clone(p.Sources)
	c.Verbatim = slices.Clone(p.Verbatim)
	return &c
}
