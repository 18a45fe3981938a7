package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"atlas"
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
		case atlas.KindProject, atlas.KindActor, atlas.KindCall, atlas.KindExtent, atlas.KindNeed, atlas.KindPractice:
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

// newsOf compares a record as it was, nil when it was not there, with what it
// became, as the public sees both; nil when the public sees no difference.
func newsOf(was, now any) *News {
	before := was != nil && MetaOf(was).Public()
	n := &News{What: NewsNew}
	switch {
	case !MetaOf(now).Public() && !before:
		return nil
	case !MetaOf(now).Public():
		if n.What, n.Into = NewsWithdrawn, MetaOf(now).MergedInto; n.Into != "" {
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
	case *atlas.SourceExtent:
		return r.Source, ""
	case *atlas.Need:
		return r.Title, ""
	}
	return "", ""
}
