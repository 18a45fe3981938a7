package coverage

import (
	"slices"
	"sync"

	"atlas"
	"atlas/internal/place"
)

// Codes of rows that stand for no single territory; they are no codes of
// territories.
const (
	CodeWide   = "CZ"   // nationwide or not known where
	CodeAbroad = "ZAHR" // abroad
)

// WholeCode is the code of what counts for a territory as a whole in a matrix of
// a level below it: "CZ032-okres" for projects of Plzeňský kraj that are in none
// of its okresy.
func WholeCode(territory string, level atlas.Level) string { return territory + "-" + string(level) }

// Coder knows the codes of the rows that places are counted in. Many goroutines
// may ask it.
type Coder struct {
	places *place.Gazetteer
	known  sync.Map // codes of rows by code of place
}

// NewCoder makes a coder for the territories as they stand.
func NewCoder(places *place.Gazetteer) *Coder { return &Coder{places: places} }

func (c *Coder) of(place string) []string {
	if known, ok := c.known.Load(place); ok {
		return known.([]string)
	}
	codes := codesOf(c.places, place)
	c.known.Store(place, codes)
	return codes
}

// Codes lists, for an entry that is counted, the codes of every row of every
// matrix that it is counted in, so that a search finds exactly the projects of a
// cell.
func (c *Coder) Codes(e Entry) []string {
	switch {
	case e.Uncounted != Counted:
		return nil
	case e.Where == Abroad:
		return []string{CodeAbroad}
	case len(e.Places) == 0:
		return []string{CodeWide}
	}
	var out []string
	for _, s := range e.Places {
		for _, code := range c.of(s.Code) {
			if !slices.Contains(out, code) {
				out = append(out, code)
			}
		}
	}
	return out
}

// codesOf are the rows of one place: of all that it stands for, and at each
// level that it stands above, of the narrowest territory that has it as a whole.
func codesOf(places *place.Gazetteer, code string) []string {
	chain := chainOf(places, code)
	if len(chain) == 0 {
		return []string{CodeWide}
	}
	var out []string
	has := map[atlas.Level]bool{}
	for _, t := range chain {
		has[t.Level] = true
		out = append(out, t.Code)
	}
	for _, level := range levels {
		if has[level] {
			continue
		}
		for _, t := range slices.Backward(chain) {
			if wider(t.Level, level) {
				out = append(out, WholeCode(t.Code, level))
				break
			}
		}
	}
	return out
}

// Search is the code by which a search finds the projects of a row in a matrix
// of a level; "" for what lies elsewhere.
func (r Row) Search(level atlas.Level) string {
	switch r.Kind {
	case RowTerritory:
		return r.Code
	case RowWhole:
		return WholeCode(r.Code, level)
	case RowWide:
		return CodeWide
	case RowAbroad:
		return CodeAbroad
	}
	return ""
}
