package actors

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

// entry is what lists and suggestions know of an actor. It never changes once
// made.
type entry struct {
	atlas.Meta
	id, name, nameEn string
	ico, kind        string
	city, parent     string
	country          string
	territories      []string
	regions          []string // kraje it works in, "CZ" for the whole country
	generic          bool
	relations        []atlas.Relation
	names            []string // all its names, folded
	text             string   // words of all its names and codes, folded, each after a blank
	sortCs, sortEn   string
}

// subject is the actor for permissions; its kraje stand for the territories
// above its own.
func (e *entry) subject() atlas.Subject {
	s := e.Meta.Subject()
	s.ID, s.Organisations, s.Territories = e.id, []string{e.id}, slices.Concat(e.territories, e.regions)
	return s
}

func (e *entry) named(lang string) string {
	if lang == "en" && e.nameEn != "" {
		return e.nameEn
	}
	return e.name
}

// words are the words of a text as they are looked for.
func words(s string) []string {
	return strings.FieldsFunc(czech.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// looking is what was typed in the search box: words that must all begin some
// word of an actor, or an identification number with blanks in it.
type looking struct {
	words []string
	ico   string
}

func lookFor(text string) looking {
	l := looking{words: words(text)}
	if joined := strings.Join(l.words, ""); len(joined) >= 6 && strings.Trim(joined, "0123456789") == "" {
		l.ico = joined
		if ico, ok := czech.NormaliseICO(joined); ok {
			l.ico = ico
		}
	}
	return l
}

func (l looking) finds(e *entry) bool {
	if l.ico != "" && strings.HasPrefix(e.ico, l.ico) {
		return true
	}
	for _, w := range l.words {
		if !strings.Contains(e.text, " "+w) {
			return false
		}
	}
	return true
}

// directory keeps every actor's entry in memory, in Czech order. It follows
// the database by its changes: while nothing changes, reading it costs one
// query.
type directory struct {
	app *app.App

	mu      sync.Mutex
	seq     int64 // the last change that is in memory
	byID    map[string]*entry
	ordered map[string][]*entry // by language
}

// mostChanges is how many changes are followed one by one; after more of them
// everything is read again.
const mostChanges = 500

// list gives all actors, drafts too, in the order of a language.
func (d *directory) list(ctx context.Context, lang string) ([]*entry, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.follow(ctx); err != nil {
		return nil, err
	}
	return d.ordered[lang], nil
}

func (d *directory) follow(ctx context.Context) error {
	if d.byID == nil {
		return d.load(ctx)
	}
	changes, err := d.app.Reader().Changes(ctx, d.seq, mostChanges)
	if err != nil || len(changes) == 0 {
		return err
	}
	var ids []string
	for _, c := range changes {
		switch {
		case c.Kind == atlas.KindTerritory || len(changes) == mostChanges:
			return d.load(ctx)
		case c.Kind == atlas.KindActor && !slices.Contains(ids, c.ID):
			ids = append(ids, c.ID)
		}
	}
	if len(ids) > 0 {
		found, err := d.app.Reader().Actors(ctx, ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			delete(d.byID, id)
		}
		for _, r := range found {
			d.put(r)
		}
		d.order()
	}
	d.seq = changes[len(changes)-1].Seq
	return nil
}

func (d *directory) load(ctx context.Context) error {
	seq, err := d.app.Reader().LastChange(ctx)
	if err != nil {
		return err
	}
	d.byID = map[string]*entry{}
	err = d.app.Reader().EachActor(ctx, func(r *atlas.Actor) error {
		d.put(r)
		return nil
	})
	if err != nil {
		d.byID = nil
		return err
	}
	d.order()
	d.seq = seq
	return nil
}

// put takes an actor over; one that was merged into another is found by that.
func (d *directory) put(r *atlas.Actor) {
	if r.MergedInto != "" {
		return
	}
	e := &entry{
		Meta: r.Meta, id: r.ID, name: r.Name, nameEn: r.NameEn, ico: r.ICO, kind: r.Type, city: r.Seat.City, country: r.Country,
		parent: r.Parent, territories: r.Territories, generic: r.Generic, relations: r.Relations,
		sortCs: czech.SortKey(r.Name),
	}
	e.sortEn = e.sortCs
	if r.NameEn != "" {
		e.sortEn = czech.SortKey(r.NameEn)
	}
	for _, code := range r.Territories {
		e.regions = append(e.regions, d.region(code))
	}
	for _, n := range append([]string{r.Name, r.NameEn}, r.OtherNames...) {
		if n := strings.Join(words(n), " "); n != "" {
			e.names = append(e.names, n)
		}
	}
	e.text = " " + strings.Join(append(e.names, words(r.ID+" "+r.ICO+" "+r.ForeignID)...), " ")
	d.byID[r.ID] = e
}

// region is the kraj a territory lies in, or is.
func (d *directory) region(code string) string {
	if t, ok := d.app.Places().Get(code); ok && t.Region != "" {
		return t.Region
	}
	return code
}

func (d *directory) order() {
	d.ordered = map[string][]*entry{}
	for lang, key := range map[string]func(*entry) string{
		"cs": func(e *entry) string { return e.sortCs },
		"en": func(e *entry) string { return e.sortEn },
	} {
		all := make([]*entry, 0, len(d.byID))
		for _, e := range d.byID {
			all = append(all, e)
		}
		slices.SortFunc(all, func(a, b *entry) int {
			if c := strings.Compare(key(a), key(b)); c != 0 {
				return c
			}
			return strings.Compare(a.id, b.id)
		})
		d.ordered[lang] = all
	}
}
