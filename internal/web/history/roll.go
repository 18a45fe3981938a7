package history

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/web/route"
)

// line is what the list of a day says of one record, in codes.
type line struct {
	id, name, nameEn       string
	kind, ico, city, where string // of an actor: type, number, seat, country
	places                 []string
	year                   int // of a call
	funder, programme      string
	deadline               atlas.Date
	sample                 bool
	text, sort             string // words that it is found by; order
}

func (l line) named(lang string) string {
	if lang == "en" && l.nameEn != "" {
		return l.nameEn
	}
	return l.name
}

// dayOf names one list: a kind of records, a day, a language.
type dayOf struct {
	kind, lang string
	day        atlas.Date
}

// mostRolls is how many lists are kept in memory.
const mostRolls = 12

// rolls keep the last lists that were read. A change of any record forgets them
// all, because it may bear an earlier time than those before it. One list is read
// at a time.
type rolls struct {
	mu   sync.Mutex
	seen int64
	kept map[dayOf][]line
}

// roll gives the published records of a kind as they stood on a day, in the order
// of their names. The list belongs to all who ask; nobody changes it.
func (a *area) roll(ctx context.Context, of dayOf) ([]line, error) {
	r := &a.rolls
	r.mu.Lock()
	defer r.mu.Unlock()
	last, err := a.app.Reader().LastChange(ctx)
	if err != nil {
		return nil, err
	}
	if last != r.seen || r.kept == nil || len(r.kept) >= mostRolls {
		r.seen, r.kept = last, map[dayOf][]line{}
	}
	if all, ok := r.kept[of]; ok {
		return all, nil
	}
	var all []line
	err = a.app.Reader().EachAsOf(ctx, of.kind, a.app.EndOf(of.day), func(c atlas.Change, text []byte) error {
		l, public, err := readLine(of, c.ID, text)
		if err != nil {
			return fmt.Errorf("%s version %d: %w", c.ID, c.Version, err)
		}
		if public {
			all = append(all, l)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("%s as of %s: %w", of.kind, of.day, err)
	}
	slices.SortFunc(all, func(a, b line) int {
		if c := strings.Compare(a.sort, b.sort); c != 0 {
			return c
		}
		return strings.Compare(a.id, b.id)
	})
	r.kept[of] = all
	return all, nil
}

func readLine(of dayOf, id string, text []byte) (line, bool, error) {
	l := line{id: id}
	var meta atlas.Meta
	found := []string{id}
	if of.kind == atlas.KindCall {
		c := new(atlas.Call)
		if err := json.Unmarshal(text, c); err != nil {
			return l, false, err
		}
		meta, l.name, l.year, l.funder, l.programme, l.deadline = c.Meta, c.Title, c.Year, c.Funder, c.Programme, c.Deadline
		found = append(found, c.Title, c.Number, c.Theme)
	} else {
		r := new(atlas.Actor)
		if err := json.Unmarshal(text, r); err != nil {
			return l, false, err
		}
		meta, l.name, l.nameEn, l.kind, l.ico, l.city, l.where, l.places = r.Meta, r.Name, r.NameEn, r.Type, r.ICO, r.Seat.City, r.Country, r.Territories[:min(len(r.Territories), shownPlaces)]
		found = append(append(found, r.Name, r.NameEn, r.ICO, r.Seat.City), r.OtherNames...)
	}
	l.sample = meta.Sample
	l.text, l.sort = " "+strings.Join(words(strings.Join(found, " ")), " "), czech.SortKey(l.named(of.lang))
	return l, meta.Public() && meta.MergedInto == "", nil
}

// shownPlaces is how many places of work a line names.
const shownPlaces = 2

// words are the words of a text as they are looked for.
func words(s string) []string {
	return strings.FieldsFunc(czech.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// having keeps the lines of which some word begins as each word asked for does.
func having(all []line, text string) []line {
	asked := words(text)
	if len(asked) == 0 {
		return all
	}
	var out []line
	for _, l := range all {
		if !slices.ContainsFunc(asked, func(w string) bool { return !strings.Contains(l.text, " "+w) }) {
			out = append(out, l)
		}
	}
	return out
}

// then is the address of a page as of a day.
func (of dayOf) then(path string) string { return route.In(of.lang, route.At(of.day.String(), path)) }
