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
// codes. It is read again after the database has changed; until then a page of
// actors costs one query and the read of its records.
type directory struct {
	app *app.App

	mu   sync.Mutex
	seq  int64
	read bool
	all  []entry
}

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
	seq, err := d.app.Reader().LastChange(ctx)
	if err != nil || d.read && seq == d.seq {
		return d.all, err
	}
	var all []entry
	err = d.app.Reader().EachActor(ctx, func(r *atlas.Actor) error {
		if r.Public() {
			all = append(all, d.entry(r))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	d.all, d.seq, d.read = all, seq, true
	return all, nil
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
