package atlas

import (
	"fmt"
	"slices"
)

// SourceExtent (rozsah zdroje) says of a source of projects which territories and
// years of it are in the database, so that “no project is known” can be told from
// “nobody has looked”.
type SourceExtent struct {
	ID string // "Z-00001"
	Meta

	Source      string // the source in words: "Seznam operací OP Zaměstnanost 2014–2020"
	Publisher   string // in words
	URL         string
	Programmes  []string // CL-07; none = not of one programme
	Territories []string // codes; CountryCode is the whole country
	From, To    int      // years of the projects, both included
	State       ExtentState
	CheckedOn   Date   // when somebody last compared the database with the source
	Batch       string // import that brought it, "D-00001"; "" = none
	Note        string
}

// ExtentState is how much of an extent is in the database.
type ExtentState string

// The states of an extent.
const (
	ExtentWhole   ExtentState = "cely" // all of it
	ExtentPart    ExtentState = "cast" // a part, for example a selection
	ExtentMissing ExtentState = "neni" // known to exist, none of it
)

// ExtentStates are the states from all to nothing.
func ExtentStates() []ExtentState { return []ExtentState{ExtentWhole, ExtentPart, ExtentMissing} }

// CountryCode is the code of the whole country among territories.
const CountryCode = "CZ"

// Problems checks an extent. Territories are checked by the operation that saves
// it. year is the current year.
func (x *SourceExtent) Problems(ls *Lists, year int) []Problem {
	var ps problems
	ps.require(x.Source != "", "source")
	ps.require(x.Publisher != "", "publisher")
	ps.web(x.URL, "url")
	ps.codes(ls, ListProgramme, x.Programmes, "programmes")
	ps.require(len(x.Territories) > 0, "territories")
	seen := map[string]bool{}
	for i, code := range x.Territories {
		if seen[code] {
			ps.add(fmt.Sprintf("territories.%d", i), "problem.repeated")
		}
		seen[code] = true
	}
	for _, y := range []struct {
		field string
		year  int
	}{{"from", x.From}, {"to", x.To}} {
		ps.require(y.year != 0, y.field)
		if y.year != 0 && (y.year < FirstYear || y.year > year+10) {
			ps.add(y.field, "problem.year_range", "from", FirstYear, "to", year+10)
		}
	}
	if x.From != 0 && x.To != 0 && x.To < x.From {
		ps.add("to", "problem.date_order")
	}
	ps.require(x.State != "", "state")
	if x.State != "" && !slices.Contains(ExtentStates(), x.State) {
		ps.add("state", "problem.code", "code", string(x.State))
	}
	ps.require(x.CheckedOn.Known(), "checked_on")
	ps.date(x.CheckedOn, year-10, "checked_on") // not of years to come
	return ps
}

// covers says whether an extent is about one of some territories in one of the
// years of a span.
func (x *SourceExtent) covers(chain []string, from, to int) bool {
	if x.From > to || x.To < from {
		return false
	}
	return slices.ContainsFunc(x.Territories, func(code string) bool {
		return code == CountryCode || slices.Contains(chain, code)
	})
}

// SourceCompleteness (úplnost zdrojů) is the published extents of all sources. It
// is never changed once made.
type SourceCompleteness struct{ extents []SourceExtent }

// NewSourceCompleteness keeps those extents that are published.
func NewSourceCompleteness(all []SourceExtent) *SourceCompleteness {
	c := &SourceCompleteness{}
	for _, x := range all {
		if x.Public() {
			c.extents = append(c.extents, x)
		}
	}
	return c
}

// All gives the extents in the order of their codes.
func (c *SourceCompleteness) All() []SourceExtent { return c.extents }

// Of gives the extents that say anything of a territory in one of the years from
// and to, both included. The chain is the code of the territory and of those that
// it lies in; the country need not be in it.
func (c *SourceCompleteness) Of(chain []string, from, to int) []SourceExtent {
	var out []SourceExtent
	for _, x := range c.extents {
		if x.covers(chain, from, to) {
			out = append(out, x)
		}
	}
	return out
}

// At counts the extents of a territory and a span of years (see Of) by their
// state. All zero means that no source is known at all: nobody has looked.
func (c *SourceCompleteness) At(chain []string, from, to int) (whole, part, missing int) {
	for i := range c.extents {
		if !c.extents[i].covers(chain, from, to) {
			continue
		}
		switch c.extents[i].State {
		case ExtentWhole:
			whole++
		case ExtentPart:
			part++
		case ExtentMissing:
			missing++
		}
	}
	return whole, part, missing
}

// Loaded says whether in each year of a span a source of the territory is whole
// in the database. Only then does "no project is known" say anything: one year of
// ten must not make the other nine look like a gap.
func (c *SourceCompleteness) Loaded(chain []string, from, to int) bool {
	for year := from; year <= to; year++ {
		if whole, _, _ := c.At(chain, year, year); whole == 0 {
			return false
		}
	}
	return from <= to
}
