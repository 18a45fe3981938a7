package place

import (
	"cmp"
	"slices"
	"strings"

	"atlas"
)

// start is the rest of a name from the beginning of one of its words.
type start struct {
	text  string
	place int32
	word  int // which word of the name, from 0
}

func compareStarts(a, b start) int { return cmp.Compare(a.text, b.text) }

func (g *Gazetteer) addStarts(i int32, t atlas.Territory) {
	if t.ValidTo.Known() {
		return
	}
	text := key(t.Name)
	for word := 0; ; word++ {
		g.starts = append(g.starts, start{text, i, word})
		_, rest, more := strings.Cut(text, " ")
		if !more {
			return
		}
		text = rest
	}
}

// Prefix gives at most limit territories with a word that begins as the text
// does, for suggestions while typing. First comes the name that is the text,
// then names that begin with it, of these the seats of okresy and ORP before
// other places, then names with a later word that does; among equals
// municipalities, city districts and wider territories in turn, each in Czech
// order. An empty text suggests nothing.
func (g *Gazetteer) Prefix(text string, limit int) []atlas.Territory {
	k := key(text)
	if k == "" || limit <= 0 {
		return nil
	}
	from, _ := slices.BinarySearchFunc(g.starts, k, func(s start, k string) int { return cmp.Compare(s.text, k) })
	best := map[int32]int{} // place → rank
	for _, s := range g.starts[from:] {
		if !strings.HasPrefix(s.text, k) {
			break
		}
		r := g.rank(s, k)
		if old, ok := best[s.place]; !ok || r < old {
			best[s.place] = r
		}
	}
	places := make([]int32, 0, len(best))
	for p := range best {
		places = append(places, p)
	}
	slices.SortFunc(places, func(a, b int32) int { return cmp.Or(cmp.Compare(best[a], best[b]), cmp.Compare(a, b)) })
	return g.pick(places[:min(limit, len(places))], func(atlas.Territory) bool { return true })
}

// rank is smaller for what people more likely mean.
func (g *Gazetteer) rank(s start, k string) int {
	levels := []atlas.Level{atlas.LevelMunicipality, atlas.LevelCityDistrict, atlas.LevelRegion,
		atlas.LevelDistrict, atlas.LevelORP, atlas.LevelCountry}
	t := g.all[s.place]
	r := slices.Index(levels, t.Level)
	switch {
	case s.word == 0 && s.text == k:
		return r
	case s.word == 0 && g.isSeat(t):
		return 10 + r
	case s.word == 0:
		return 20 + r
	}
	return 30 + r
}

// isSeat says whether an okres or ORP is named after the municipality.
func (g *Gazetteer) isSeat(t atlas.Territory) bool {
	district, _ := g.Get(t.District)
	orp, _ := g.Get(t.ORP)
	return t.Level == atlas.LevelMunicipality && (t.Name == district.Name || t.Name == orp.Name)
}
