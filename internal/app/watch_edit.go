package app

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"atlas"
	"atlas/internal/search"
	"atlas/internal/store"
)

// editor picks of a gazette what is news to whom. What one watch is told of is
// not found out again for another of the same thing.
//
// For all watches together it costs one read of the feed, two of the projects of
// all organisations watched, three of records that were merged away; for each
// question, without counting and ordering, one search; and for a page of
// records that somebody is told of, three reads: of what they were, of what they
// became, and whether they are still public.
type editor struct {
	app     *App
	words   WatchWords
	gazette *gazette
	lives   map[string]string          // where records that are watched live on
	theirs  map[string][]string        // projects of organisations
	told    map[string]told            // by kind, subject and change
	checked map[record]map[int64]*News // by the version before; nil = nothing to tell
}

// told is the answer to one watch.
type told struct {
	news []News
	more int // records that are not among the news
}

// edit prepares for what some watches need.
func (a *App) edit(ctx context.Context, g *gazette, watches []store.Watch) (*editor, error) {
	e := &editor{app: a, words: a.watchWords(), gazette: g, lives: map[string]string{}, told: map[string]told{}, checked: map[record]map[int64]*News{}}
	byKind := map[string][]string{}
	for _, w := range watches {
		if w.Kind == store.WatchOrganisation || w.Kind == store.WatchRecord {
			byKind[KindOf(w.Subject)] = append(byKind[KindOf(w.Subject)], w.Subject)
		}
	}
	for kind, ids := range byKind {
		if err := e.follow(ctx, kind, distinct(ids)); err != nil {
			return nil, err
		}
	}
	var actors []string
	for _, w := range watches {
		if w.Kind == store.WatchOrganisation {
			actors = append(actors, e.identities(w.Subject)...)
		}
	}
	var err error
	e.theirs, err = a.Reader().ProjectsOfActors(ctx, distinct(actors))
	return e, err
}

// follow finds where records live on, over several merges.
func (e *editor) follow(ctx context.Context, kind string, ids []string) error {
	for len(ids) > 0 {
		into, err := e.app.Reader().Survivors(ctx, kind, ids)
		if err != nil {
			return err
		}
		ids = ids[:0:0]
		for id, survivor := range into {
			if _, known := e.lives[id]; !known {
				e.lives[id] = survivor
				ids = append(ids, survivor)
			}
		}
		ids = distinct(ids)
	}
	return nil
}

// identities are a record and those that it was merged into, one into another.
func (e *editor) identities(id string) []string {
	out := []string{id}
	for next := e.lives[id]; next != "" && !slices.Contains(out, next); next = e.lives[next] {
		out = append(out, next)
	}
	return out
}

// mostChecked is of how many records one watch is told what changed in each;
// further ones are only counted. Nobody reads more in a letter.
const mostChecked = 100

// newsFor is what is new for a watch after a change.
func (e *editor) newsFor(ctx context.Context, kind, subject string, since int64) (told, error) {
	key := fmt.Sprint(kind, " ", since, " ", subject)
	if t, ok := e.told[key]; ok {
		return t, nil
	}
	found := e.records(kind, subject, since)
	t := told{more: max(0, len(found)-mostChecked)}
	found = found[:len(found)-t.more]
	before := make(map[record]int64, len(found))
	for _, r := range found {
		before[r] = e.gazette.first(r, since) - 1
	}
	if err := e.check(ctx, before); err != nil {
		return told{}, err
	}
	for _, r := range found {
		if n := e.checked[r][before[r]]; n != nil {
			t.news = append(t.news, *n)
		}
	}
	e.told[key] = t
	return t, nil
}

// records are those of a watch that changed after a change, the last changed
// first.
func (e *editor) records(kind, subject string, since int64) []record {
	switch kind {
	case store.WatchSearch:
		return recordsOf(atlas.KindProject, e.app.index.Among(e.words.Question(subject), e.gazette.after(atlas.KindProject, since)))
	case store.WatchTerritory:
		in := search.Query{Filters: map[search.Facet][]string{search.FacetTerritory: {subject}}}
		return recordsOf(atlas.KindProject, e.app.index.Among(in, e.gazette.after(atlas.KindProject, since)))
	}
	ids := e.identities(subject)
	wanted := map[record]bool{}
	for _, id := range ids {
		wanted[record{KindOf(id), id}] = true
		if kind == store.WatchOrganisation {
			for _, project := range e.theirs[id] {
				wanted[record{atlas.KindProject, project}] = true
			}
		}
	}
	var out []record
	for r := range wanted {
		if marks := e.gazette.marks[r]; len(marks) > 0 && e.gazette.last(r).seq > since {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b record) int { return cmp.Compare(e.gazette.last(b).seq, e.gazette.last(a).seq) })
	return out
}

func recordsOf(kind string, ids []string) []record {
	out := make([]record, len(ids))
	for i, id := range ids {
		out[i] = record{kind, id}
	}
	return out
}

// check finds out what happened to records since a version of each, those that
// are not known yet.
func (e *editor) check(ctx context.Context, before map[record]int64) error {
	versions := map[string]map[string]int64{}
	for r, version := range before {
		if _, known := e.checked[r][version]; known {
			continue
		}
		if versions[r.kind] == nil {
			versions[r.kind] = map[string]int64{}
		}
		versions[r.kind][r.id] = version
	}
	for kind, some := range versions {
		if err := e.checkKind(ctx, kind, some); err != nil {
			return err
		}
	}
	return nil
}

func (e *editor) checkKind(ctx context.Context, kind string, versions map[string]int64) error {
	last := make(map[string]int64, len(versions))
	for id := range versions {
		last[id] = e.gazette.last(record{kind, id}).version
	}
	was, err := e.app.versions(ctx, kind, versions)
	if err != nil {
		return err
	}
	is, err := e.app.versions(ctx, kind, last)
	if err != nil {
		return err
	}
	public, err := e.app.public(ctx, kind, last)
	if err != nil {
		return err
	}
	for id, version := range versions {
		r := record{kind, id}
		if e.checked[r] == nil {
			e.checked[r] = map[int64]*News{}
		}
		e.checked[r][version] = nil
		if is[id] == nil || MetaOf(is[id]).Public() && !public[id] {
			continue // withdrawn by a later change, which will be told
		}
		if n := newsOf(was[id], is[id]); n != nil {
			m := e.gazette.last(r)
			n.Kind, n.ID, n.At, n.Version = kind, id, m.at, m.version
			e.checked[r][version] = n
		}
	}
	return nil
}

// versions reads one version of each of some records.
func (a *App) versions(ctx context.Context, kind string, versions map[string]int64) (map[string]any, error) {
	texts, err := a.Reader().VersionsOf(ctx, kind, versions)
	if err != nil {
		return nil, err
	}
	out := make(map[string]any, len(texts))
	for id, text := range texts {
		out[id] = newRecord(kind)
		if err := json.Unmarshal(text, out[id]); err != nil {
			return nil, fmt.Errorf("%s %s version %d: %w", kind, id, versions[id], err)
		}
	}
	return out, nil
}

// public says which of some records anybody may read now.
func (a *App) public(ctx context.Context, kind string, of map[string]int64) (map[string]bool, error) {
	out := map[string]bool{}
	all, err := readMany(ctx, a.Reader(), kind, slices.Sorted(maps.Keys(of)))
	for _, x := range all {
		out[idOf(x)] = MetaOf(x).Public()
	}
	return out, err
}
