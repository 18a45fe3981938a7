package app

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"atlas"
	"atlas/internal/search"
	"atlas/internal/store"
)

// What happened to a record that somebody watches.
const (
	NewsNew       = "new"       // it was published
	NewsChanged   = "changed"   // something of it is different
	NewsMerged    = "merged"    // it lives on in another record
	NewsWithdrawn = "withdrawn" // it is not public any more
)

// News (novinka) is what happened to one record, by one or several changes.
type News struct {
	Kind, ID         string
	What             string   // NewsNew, …
	TitleCs, TitleEn string   // of a record that is public; "" = not known
	Fields           []string // what changed, keys of 6.1, 6.4 or 6.16
	Into             string   // where a merged record lives on
	At               time.Time
	Version          int64 // which the last of the changes wrote
}

// Title of the record in a language; its id when it is not public.
func (n News) Title(lang string) string {
	if lang == "en" {
		return cmp.Or(n.TitleEn, n.TitleCs, n.ID)
	}
	return cmp.Or(n.TitleCs, n.TitleEn, n.ID)
}

// record names a record.
type record struct{ kind, id string }

// moment is one change of a record.
type moment struct {
	seq, version int64
	at           time.Time
}

// gazette is the feed of changes over some time, by records: read once for all
// who watch. It takes memory by the changes, some fifty bytes each.
type gazette struct {
	marks  map[record][]moment // in the order of changes
	latest []record            // the last changed first
}

// add takes changes in their order.
func (g *gazette) add(changes []atlas.Change) {
	for _, c := range changes {
		switch c.Kind {
		case atlas.KindProject, atlas.KindActor, atlas.KindCall:
			r := record{c.Kind, c.ID}
			g.marks[r] = append(g.marks[r], moment{c.Seq, c.Version, c.At})
		}
	}
}

func (g *gazette) last(r record) moment { return g.marks[r][len(g.marks[r])-1] }

// settle orders the records. It must run after all was added.
func (g *gazette) settle() {
	g.latest = g.latest[:0]
	for r := range g.marks {
		g.latest = append(g.latest, r)
	}
	slices.SortFunc(g.latest, func(a, b record) int { return cmp.Compare(g.last(b).seq, g.last(a).seq) })
}

// after gives the ids of the records of a kind that changed after a change, the
// last changed first.
func (g *gazette) after(kind string, seq int64) []string {
	var out []string
	for _, r := range g.latest {
		if g.last(r).seq <= seq {
			break
		}
		if r.kind == kind {
			out = append(out, r.id)
		}
	}
	return out
}

// first is the first version of a record written after a change.
func (g *gazette) first(r record, seq int64) int64 {
	for _, m := range g.marks[r] {
		if m.seq > seq {
			return m.version
		}
	}
	return 0
}

// readGazette reads the feed between two changes.
func (a *App) readGazette(ctx context.Context, since, until int64) (*gazette, error) {
	g := &gazette{marks: map[record][]moment{}}
	for since < until {
		changes, err := a.Reader().Changes(ctx, since, 5000)
		if err != nil {
			return nil, err
		}
		if len(changes) == 0 {
			break
		}
		since = changes[len(changes)-1].Seq
		over, _ := slices.BinarySearchFunc(changes, until+1, func(c atlas.Change, seq int64) int { return cmp.Compare(c.Seq, seq) })
		g.add(changes[:over])
	}
	g.settle()
	return g, nil
}

// editor picks of a gazette what is news to whom. What one watch is told of is
// not found out again for another of the same thing.
//
// For all watches together it costs one read of the feed, two of the projects of
// all organisations watched, three of records that were merged away; for each
// question, without counting and ordering, one search; and for a page of
// records that somebody is told of, one read of what they are and one of what
// they were.
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
	now, err := e.app.current(ctx, kind, versions)
	if err != nil {
		return err
	}
	texts, err := e.app.Reader().VersionsOf(ctx, kind, versions)
	if err != nil {
		return err
	}
	for id, version := range versions {
		r := record{kind, id}
		if e.checked[r] == nil {
			e.checked[r] = map[int64]*News{}
		}
		e.checked[r][version] = nil
		was := newRecord(kind)
		if text := texts[id]; text == nil {
			was = nil
		} else if err := json.Unmarshal(text, was); err != nil {
			return fmt.Errorf("%s %s version %d: %w", kind, id, version, err)
		}
		if now[id] == nil {
			continue
		}
		if n := newsOf(was, now[id]); n != nil {
			last := e.gazette.last(r)
			n.Kind, n.ID, n.At, n.Version = kind, id, last.at, last.version
			e.checked[r][version] = n
		}
	}
	return nil
}

// current reads records as they stand.
func (a *App) current(ctx context.Context, kind string, versions map[string]int64) (map[string]any, error) {
	var ids []string
	for id := range versions {
		ids = append(ids, id)
	}
	out := map[string]any{}
	switch kind {
	case atlas.KindProject:
		all, err := a.Reader().Projects(ctx, ids)
		for _, x := range all {
			out[x.ID] = x
		}
		return out, err
	case atlas.KindActor:
		all, err := a.Reader().Actors(ctx, ids)
		for _, x := range all {
			out[x.ID] = x
		}
		return out, err
	}
	all, err := a.Reader().Calls(ctx, ids)
	for _, x := range all {
		out[x.ID] = x
	}
	return out, err
}

// newsOf compares a record as it was, nil when it was not there, with what it is
// now, as the public sees both; nil when the public sees no difference.
func newsOf(was, now any) *News {
	before := was != nil && metaOf(was).Public()
	n := &News{What: NewsNew}
	switch {
	case !metaOf(now).Public() && !before:
		return nil
	case !metaOf(now).Public():
		if n.What, n.Into = NewsWithdrawn, metaOf(now).MergedInto; n.Into != "" {
			n.What = NewsMerged
		}
		return n
	case before:
		hidePrivate(was)
		hidePrivate(now)
		changes := Compare(was, now)
		if len(changes) == 0 {
			return nil
		}
		n.What = NewsChanged
		for _, c := range changes {
			n.Fields = append(n.Fields, c.Key)
		}
	}
	n.TitleCs, n.TitleEn = titlesOf(now)
	return n
}

func titlesOf(of any) (cs, en string) {
	switch r := of.(type) {
	case *atlas.Project:
		return r.TitleCs, r.TitleEn
	case *atlas.Actor:
		return r.Name, r.NameEn
	case *atlas.Call:
		return r.Title, ""
	}
	return "", ""
}

// How far back a feed looks.
const (
	feedChunk  = 500
	feedChunks = 20
)

// WatchNews is what a feed of a watch says: the last change of each of the records
// that changed last, the newest first, at most so many. It looks through the
// last ten thousand changes, so that what a feed costs does not grow with the
// database; for each five hundred it costs what an editor does.
func (a *App) WatchNews(ctx context.Context, w store.Watch, most int) ([]News, error) {
	if a.watchWords() == nil {
		return nil, nil
	}
	before, err := a.settled(ctx)
	if err != nil {
		return nil, err
	}
	before++
	var out []News
	seen := map[record]bool{}
	for range feedChunks {
		changes, err := a.Reader().ChangesBefore(ctx, before, feedChunk)
		if err != nil || len(changes) == 0 {
			return out, err
		}
		before = changes[len(changes)-1].Seq
		found, err := a.lastNews(ctx, w, changes, seen)
		if err != nil {
			return nil, err
		}
		if out = append(out, found...); len(out) >= most {
			return out[:most], nil
		}
	}
	return out, nil
}

// lastNews is what some changes, the newest first, say of a watch about records
// that were not seen in later ones.
func (a *App) lastNews(ctx context.Context, w store.Watch, changes []atlas.Change, seen map[record]bool) ([]News, error) {
	g := &gazette{marks: map[record][]moment{}}
	for i, c := range changes {
		if r := (record{c.Kind, c.ID}); !seen[r] {
			seen[r] = true
			g.add(changes[i : i+1])
		}
	}
	g.settle()
	e, err := a.edit(ctx, g, []store.Watch{w})
	if err != nil {
		return nil, err
	}
	t, err := e.newsFor(ctx, w.Kind, w.Subject, 0)
	return t.news, err
}
