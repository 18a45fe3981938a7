// Package place is the tree of Czech territories in memory: found by any of
// their codes, by name with what it lies in, by the beginning of a name, and by
// the words people write for a place.
//
// 591 names of municipalities belong to more than one of them. No function here
// chooses among them: whatever a text can mean comes back, and the caller asks
// for the district.
package place

import (
	"bytes"
	"slices"

	"atlas"
	"atlas/internal/czech"
)

// Gazetteer answers questions about one set of territories. It never changes
// once made and is safe for concurrent use.
type Gazetteer struct {
	all            []atlas.Territory // in Czech order of names
	byCode         map[string]int32
	byOther        map[string][]int32 // codes of other systems, see codes.go
	byCSU, byRUIAN map[levelCode]int32
	byName         map[string][]int32   // keys of names and their variants, see names.go
	children       map[childKey][]int32 // in Czech order
	starts         []start              // beginnings of words, see prefix.go
	twins          map[string][]int32   // municipalities by key of the name alone
}

type childKey struct {
	parent string
	level  atlas.Level
}

// New indexes territories. Of two with one code the later one counts.
func New(territories []atlas.Territory) *Gazetteer {
	g := &Gazetteer{
		byCode: make(map[string]int32, len(territories)), byOther: map[string][]int32{},
		byCSU: map[levelCode]int32{}, byRUIAN: map[levelCode]int32{},
		byName: make(map[string][]int32, 2*len(territories)), children: map[childKey][]int32{},
		twins: map[string][]int32{},
	}
	g.all = inCzechOrder(territories)
	for i, t := range g.all {
		g.byCode[t.Code] = int32(i)
	}
	for i, t := range g.all {
		g.addChild(int32(i), t)
		g.addCodes(int32(i), t)
		g.addNames(int32(i), t)
		g.addStarts(int32(i), t)
	}
	slices.SortFunc(g.starts, compareStarts)
	return g
}

// inCzechOrder copies the territories, the last of each code, in Czech order of
// names and then of codes.
func inCzechOrder(territories []atlas.Territory) []atlas.Territory {
	type entry struct {
		atlas.Territory
		key []byte
	}
	last := make(map[string]int, len(territories))
	for i, t := range territories {
		last[t.Code] = i
	}
	collator := czech.NewCollator()
	entries := make([]entry, 0, len(last))
	for i, t := range territories {
		if last[t.Code] == i {
			entries = append(entries, entry{t, collator.Key(t.Name)})
		}
	}
	slices.SortStableFunc(entries, func(a, b entry) int {
		if c := bytes.Compare(a.key, b.key); c != 0 {
			return c
		}
		return compareCodes(a.Code, b.Code)
	})
	out := make([]atlas.Territory, len(entries))
	for i, e := range entries {
		out[i] = e.Territory
	}
	return out
}

func (g *Gazetteer) addChild(i int32, t atlas.Territory) {
	if t.Level != atlas.LevelCountry {
		k := childKey{"CZ", t.Level}
		g.children[k] = append(g.children[k], i)
	}
	for _, p := range t.Parents() {
		k := childKey{p, t.Level}
		g.children[k] = append(g.children[k], i)
	}
}

// Len is the number of territories.
func (g *Gazetteer) Len() int { return len(g.all) }

// All gives every territory in Czech order.
func (g *Gazetteer) All() []atlas.Territory { return slices.Clone(g.all) }

// Get finds a territory by its own code.
func (g *Gazetteer) Get(code string) (atlas.Territory, bool) {
	i, ok := g.byCode[code]
	if !ok {
		return atlas.Territory{}, false
	}
	return g.all[i], true
}

// Children gives the territories of a level that lie in the one with the code,
// in Czech order. Extinct ones are left out.
func (g *Gazetteer) Children(code string, level atlas.Level) []atlas.Territory {
	return g.pick(g.children[childKey{code, level}], func(t atlas.Territory) bool { return !t.ValidTo.Known() })
}

// Within adds to the territories of a subject those above them.
func (g *Gazetteer) Within(s atlas.Subject) atlas.Subject {
	all := slices.Clone(s.Territories)
	for _, code := range s.Territories {
		for _, t := range g.Ancestors(code) {
			all = append(all, t.Code)
		}
	}
	s.Territories = all
	return s
}

// Ancestors gives the territories that the one with the code lies in, widest
// first, without the country: kraj, okres, ORP, obec. An unknown code has none.
func (g *Gazetteer) Ancestors(code string) []atlas.Territory {
	t, ok := g.Get(code)
	if !ok {
		return nil
	}
	var out []atlas.Territory
	for _, p := range t.Parents() {
		if a, ok := g.Get(p); ok {
			out = append(out, a)
		}
	}
	return out
}

// pick gives those of the listed territories that keep says yes to.
func (g *Gazetteer) pick(list []int32, keep func(atlas.Territory) bool) []atlas.Territory {
	if len(list) == 0 {
		return nil
	}
	out := make([]atlas.Territory, 0, len(list))
	for _, i := range list {
		if keep(g.all[i]) {
			out = append(out, g.all[i])
		}
	}
	return out
}

// add appends an index to a list once.
func add(m map[string][]int32, key string, i int32) {
	if key != "" && !slices.Contains(m[key], i) {
		m[key] = append(m[key], i)
	}
}
