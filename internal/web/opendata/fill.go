package opendata

import (
	"fmt"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/place"
)

// filler turns records into their public shapes. It holds what is in memory:
// code lists, territories and names of actors cost no query.
type filler struct {
	app    *app.App
	lists  *atlas.Lists
	places *place.Gazetteer
	words  *i18n.Catalog
	origin string
}

// both says something in both languages.
func both(say func(lang string) string) Words { return Words{Cs: say("cs"), En: say("en")} }

// opt is a text, null when it is not known.
func opt(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// whole is a number of which 0 means not known.
func whole(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

// list gives an empty list rather than null.
func list[T, U any](all []T, fill func(T) U) []U {
	out := make([]U, 0, len(all))
	for _, x := range all {
		out = append(out, fill(x))
	}
	return out
}

func same(s string) string { return s }

func (f filler) coded(list, code string) Code {
	return Code{Code: code, Label: both(func(lang string) string { return f.lists.Label(list, code, lang) })}
}

// code is an item of a list, null when the field is empty.
func (f filler) code(list, code string) *Code {
	if code == "" {
		return nil
	}
	c := f.coded(list, code)
	return &c
}

func (f filler) codes(name string, all []string) []Code {
	return list(all, func(code string) Code { return f.coded(name, code) })
}

func (f filler) ref(id string) ActorRef {
	return ActorRef{ID: id, Name: both(func(lang string) string { return f.app.ActorName(id, lang) })}
}

func (f filler) actor(id string) *ActorRef {
	if id == "" {
		return nil
	}
	r := f.ref(id)
	return &r
}

func (f filler) place(code string) PlaceRef {
	p := PlaceRef{Code: code, Name: f.places.Label(code)}
	if t, ok := f.places.Get(code); ok {
		p.Level = opt(string(t.Level))
	}
	return p
}

// stateUnknown is the state of an amount that is not known (6.2 amount_state).
const stateUnknown = "neznamo"

// money is an amount in a currency; "" is CZK.
func money(a atlas.Amount, currency string) Money {
	m := Money{Currency: currency, State: stateUnknown}
	if currency == "" {
		m.Currency = "CZK"
	}
	if a.Known() {
		m.Amount, m.Minor, m.State = opt(a.String()), &a.Minor, string(a.State)
	}
	return m
}

func sum(s atlas.Sum) Sum {
	a := atlas.Amount{Minor: s.Minor, State: atlas.AmountKnown}
	return Sum{Amount: a.String(), Minor: s.Minor, Currency: "CZK", Known: s.Known, Estimates: s.Estimates, Unknown: s.Unknown}
}

func date(d atlas.Date) *Date {
	switch {
	case !d.Known():
		return nil
	case d.Month == 0:
		return &Date{d.String(), "year"}
	case d.Day == 0:
		return &Date{d.String(), "month"}
	}
	return &Date{d.String(), "day"}
}

func rate(r atlas.Rate) *string {
	if r <= 0 {
		return nil
	}
	return opt(fmt.Sprintf("%d.%06d", r/1_000_000, r%1_000_000))
}

// answer is yes, no or null.
func answer(t atlas.Tri) *bool {
	if t == atlas.Unknown {
		return nil
	}
	yes := t == atlas.Yes
	return &yes
}

func flag(x atlas.Flag) Flag { return Flag{answer(x.State), opt(x.Reason)} }

func (f filler) people(c atlas.Count) *People {
	if !c.Known {
		return nil
	}
	return &People{Value: c.N, Kind: f.code(atlas.ListCountKind, c.Kind)}
}

func link(r atlas.Reference) Link { return Link{opt(r.Title), opt(r.URL)} }

func (f filler) source(s atlas.Source) Source {
	return Source{
		Kind: f.code(atlas.ListSourceKind, s.Kind), URL: opt(s.URL), Accessed: date(s.Accessed), Note: opt(s.Note),
		Batch: opt(s.BatchID), File: opt(s.File), Row: whole(s.Row),
	}
}

// record is the head of a record; page is the address of its page.
func (f filler) record(id, page string, m atlas.Meta) Record {
	return Record{
		ID: id, Page: f.origin + page, Sample: m.Sample, Version: m.Version,
		CreatedAt: m.CreatedAt.UTC().Truncate(time.Second), UpdatedAt: m.UpdatedAt.UTC().Truncate(time.Second),
	}
}
