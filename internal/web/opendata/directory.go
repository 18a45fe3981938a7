package opendata

import (
	"context"
	"slices"
	"strings"
	"sync"
	"unicode"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/czech"
)

// directory keeps what lists of actors are narrowed by, in the order of their
// codes. It follows the database by its changes: while no actor changes, a page
// of actors costs one query and the read of its records.
type directory struct {
	app *app.App

	mu  sync.Mutex
	seq int64   // the last change that is in memory; 0 = nothing is
	all []entry // replaced, never changed: readers hold it without the lock
}

// mostChanges is how many changes are followed one by one; after more of them
// everything is read again.
const mostChanges = 500

// entry is a published actor.
type entry struct {
	id, ico, kind string
	regions       []string // kraje it works in, "CZ" for the whole country
	text          string   // words of all its names and codes, folded, each after a blank
}

// list gives all published actors.
func (d *directory) list(ctx context.Context) ([]entry, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.seq == 0 {
		return d.all, d.load(ctx)
	}
	changes, err := d.app.Reader().Changes(ctx, d.seq, mostChanges)
	if err != nil || len(changes) == 0 {
		return d.all, err
	}
	var ids []string
	for _, c := range changes {
		switch {
		case c.Kind == atlas.KindTerritory || len(changes) == mostChanges:
			return d.all, d.load(ctx)
		case c.Kind == atlas.KindActor:
			ids = append(ids, c.ID)
		}
	}
	if len(ids) > 0 {
		err = d.renew(ctx, ids)
	}
	if err == nil {
		d.seq = changes[len(changes)-1].Seq
	}
	return d.all, err
}

func (d *directory) load(ctx context.Context) error {
	seq, err := d.app.Reader().LastChange(ctx)
	if err != nil {
		return err
	}
	var all []entry
	err = d.app.Reader().EachActor(ctx, func(r *atlas.Actor) error {
		if r.Public() {
			all = append(all, d.entry(r))
		}
		return nil
	})
	if err == nil {
		slices.SortFunc(all, func(a, b entry) int { return strings.Compare(a.id, b.id) })
		d.all, d.seq = all, seq
	}
	return err
}

// renew takes over the state of some actors.
func (d *directory) renew(ctx context.Context, ids []string) error {
	found, err := d.app.Reader().Actors(ctx, slices.Compact(slices.Sorted(slices.Values(ids))))
	if err != nil {
		return err
	}
	all := slices.DeleteFunc(slices.Clone(d.all), func(e entry) bool { return slices.Contains(ids, e.id) })
	for _, r := range found {
		if r.Public() {
			at, _ := slices.BinarySearchFunc(all, r.ID, func(e entry, id string) int { return strings.Compare(e.id, id) })
			all = slices.Insert(all, at, d.entry(r))
		}
	}
	d.all = all
	return nil
}

func (d *directory) entry(r *atlas.Actor) entry {
	names := strings.Join(append([]string{r.Name, r.NameEn, r.ID, r.ICO, r.ForeignID}, r.OtherNames...), " ")
	e := entry{id: r.ID, ico: r.ICO, kind: r.Type, text: " " + strings.Join(words(names), " ")}
	for _, code := range r.Territories {
		if t, ok := d.app.Places().Get(code); ok && t.Region != "" {
			code = t.Region
		}
		e.regions = append(e.regions, code)
	}
	return e
}

// words are the words of a text as they are looked for.
func words(s string) []string {
	return strings.FieldsFunc(czech.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// begins says whether each of the words begins some word of a text.
func begins(text string, all []string) bool {
	return !slices.ContainsFunc(all, func(w string) bool { return !strings.Contains(text, " "+w) })
}

// actorQuestion is what a list of actors is asked.
type actorQuestion struct {
	words             []string
	ico, kind, region string
}

// narrow gives the codes of the actors asked for.
func (q actorQuestion) narrow(all []entry) []string {
	var out []string
	for _, e := range all {
		named := begins(e.text, q.words) || q.ico != "" && strings.HasPrefix(e.ico, q.ico)
		if named && (q.kind == "" || e.kind == q.kind) && (q.region == "" || slices.Contains(e.regions, q.region)) {
			out = append(out, e.id)
		}
	}
	return out
}
