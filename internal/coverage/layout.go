package coverage

import (
	"slices"

	"atlas"
	"atlas/internal/place"
)

// RowKind says what a row of a matrix stands for.
type RowKind uint8

// Kinds of rows.
const (
	RowTerritory RowKind = iota // a territory of the level asked for
	// RowWhole (za celé vyšší území) has what belongs to a territory above the
	// level as a whole: to a kraj in a matrix of okresy. It is no local coverage of
	// what lies in it (8.1.3).
	RowWhole
	RowWide      // nationwide projects and those whose place is not known
	RowAbroad    // projects abroad
	RowElsewhere // what lies outside of the territory asked for
)

// Row is a row of a matrix.
type Row struct {
	Kind RowKind
	Code string // of the territory; "" where the kind has none
}

// layout is the rows of a matrix and where the places of every set belong.
type layout struct {
	places *place.Gazetteer
	level  atlas.Level
	within string // "CZ" for the whole country

	rows   []Row
	byRow  map[Row]int32
	ofCode []int32  // row by code of the sets of places
	placed []placed // rows of the places of all sets, side by side as the sets are
	sets   int      // of how many
	seenIn []int    // by row: the last set with a place in it
	// inside are the rows that are territories of the matrix or what belongs to
	// one as a whole.
	inside []bool
}

// placed is the row of one place of a set, and whether no place before it has the same
// row: two municipalities of one okres are one okres. Both lie in one number, for there
// are millions of them.
type placed int32

func placedAt(row int32, first bool) placed {
	if first {
		return placed(row<<1 | 1)
	}
	return placed(row << 1)
}

func (p placed) row() int    { return int(p >> 1) }
func (p placed) first() bool { return p&1 != 0 }

func newLayout(places *place.Gazetteer, level atlas.Level, within string, sets *shareSets) *layout {
	l := &layout{places: places, level: level, within: within, byRow: map[Row]int32{}}
	for _, t := range places.Children(within, level) {
		l.add(Row{RowTerritory, t.Code})
	}
	if t, ok := places.Get(within); ok && t.Level == level {
		l.add(Row{RowTerritory, within})
	}
	l.addWholes()
	for _, kind := range []RowKind{RowWide, RowAbroad, RowElsewhere} {
		l.add(Row{Kind: kind})
	}
	l.seenIn = make([]int, len(l.rows)) // set 0 has no places
	l.reach(sets)
	for _, r := range l.rows {
		l.inside = append(l.inside, r.Kind == RowTerritory || r.Kind == RowWhole)
	}
	return l
}

// reach finds the rows of the sets of places that came since.
func (l *layout) reach(sets *shareSets) {
	for _, code := range sets.codes[len(l.ofCode):] {
		l.ofCode = append(l.ofCode, l.rowOf(code))
	}
	for ; l.sets < sets.len(); l.sets++ {
		codes, _ := sets.of(uint32(l.sets))
		for _, code := range codes {
			row := l.ofCode[code]
			l.placed = append(l.placed, placedAt(row, l.seenIn[row] != l.sets))
			l.seenIn[row] = l.sets
		}
	}
}

// addWholes adds a row for each territory between the level and the one that the
// matrix is of.
func (l *layout) addWholes() {
	above := []atlas.Level{atlas.LevelRegion, atlas.LevelDistrict, atlas.LevelORP}
	for _, level := range above {
		if !wider(level, l.level) {
			continue
		}
		for _, t := range l.places.Children(l.within, level) {
			l.add(Row{RowWhole, t.Code})
		}
		if t, ok := l.places.Get(l.within); ok && t.Level == level {
			l.add(Row{RowWhole, t.Code})
		}
	}
}

// wider says whether a level stands above another. Okres and ORP do not nest in
// one another (10.3).
func wider(a, b atlas.Level) bool { return rank[a] < rank[b] }

var rank = map[atlas.Level]int{
	atlas.LevelCountry: 0, atlas.LevelRegion: 1, atlas.LevelDistrict: 2, atlas.LevelORP: 2,
	atlas.LevelMunicipality: 3, atlas.LevelCityDistrict: 4,
}

func (l *layout) add(r Row) int32 {
	if i, ok := l.byRow[r]; ok {
		return i
	}
	i := int32(len(l.rows))
	l.rows = append(l.rows, r)
	l.byRow[r] = i
	return i
}

// rowOf is the row of one place: of the territory of the level it lies in, else
// of the narrowest territory above the level. A code nobody knows is a place not
// known.
func (l *layout) rowOf(code string) int32 {
	chain := chainOf(l.places, code)
	if len(chain) == 0 {
		return l.byRow[Row{Kind: RowWide}]
	}
	for _, kind := range []RowKind{RowTerritory, RowWhole} {
		for _, t := range slices.Backward(chain) {
			if i, ok := l.byRow[Row{kind, t.Code}]; ok {
				return i
			}
		}
	}
	return l.byRow[Row{Kind: RowElsewhere}]
}

// chainOf lists the territories that a place stands for, widest first: all it
// lies in, itself, and those that are the only part of it. Praha is a kraj, an
// okres, an ORP and an obec, and what is done in one of them is done in all.
func chainOf(places *place.Gazetteer, code string) []atlas.Territory {
	t, ok := places.Get(code)
	if !ok {
		return nil
	}
	chain := append(places.Ancestors(code), t)
	for _, level := range levels {
		if !wider(t.Level, level) {
			continue
		}
		if only := places.Children(code, level); len(only) == 1 {
			chain = append(append(chain, places.Ancestors(only[0].Code)...), only[0])
		}
	}
	slices.SortStableFunc(chain, func(a, b atlas.Territory) int { return rank[a.Level] - rank[b.Level] })
	return slices.CompactFunc(chain, func(a, b atlas.Territory) bool { return a.Code == b.Code })
}

// levels are those below the kraj at which coverage is told.
var levels = []atlas.Level{atlas.LevelDistrict, atlas.LevelORP, atlas.LevelMunicipality}
