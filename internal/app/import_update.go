package app

import (
	"context"
	"encoding/json"
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
	if len(s.fields) == 0 {
		s.outcome = atlas.OutcomeUnchanged
		return nil
	}
	next.Sources = append(next.Sources, c.plan.sources(s.draft, "")...)
	if c.refuse(s, next.Problems(c.Lists(), c.stage(now), c.year())) {
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

func readHistory(ctx context.Context, r *store.Reader, p *atlas.Project) (*fieldHistory, error) {
	h := &fieldHistory{}
	var err error
	if h.changes, err = r.History(ctx, atlas.KindProject, p.ID); err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(h.changes, byPerson) {
		return h, nil
	}
	for _, c := range h.changes {
		text, err := r.Version(ctx, atlas.KindProject, p.ID, c.Version)
		if err != nil {
			return nil, err
		}
		v := new(atlas.Project)
		if err := json.Unmarshal(text, v); err != nil {
			return nil, err
		}
		h.versions = append(h.versions, v)
	}
	return h, nil
}

// byPerson says whether a change was not an import's; imports sign with the id
// of their batch.
func byPerson(c atlas.Change) bool { return !strings.HasPrefix(c.Origin, "D-") }

// personLast says whether the last change of a field was a person's.
func (h *fieldHistory) personLast(f importer.Field) bool {
	for i, v := range h.versions {
		before := new(atlas.Project)
		if i+1 < len(h.versions) {
			before = h.versions[i+1]
		}
		if !f.Same(v, before) {
			return byPerson(h.changes[i])
		}
	}
	return false
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
