package place

import (
	"regexp"
	"slices"
	"strings"

	"atlas"
)

// query is what a text says of a place: its name and, where a word such as
// "okres" stands by it, the levels it can have.
type query struct {
	name   string
	levels []atlas.Level // nil = not said
}

func (q query) allows(l atlas.Level) bool { return q.levels == nil || slices.Contains(q.levels, l) }

// levelWords stand before a name and tell its level; longer ones first.
var levelWords = []struct {
	words  string
	levels []atlas.Level
}{
	{"spravni obvod obce s rozsirenou pusobnosti", []atlas.Level{atlas.LevelORP}},
	{"obec s rozsirenou pusobnosti", []atlas.Level{atlas.LevelORP}},
	{"spravni obvod orp", []atlas.Level{atlas.LevelORP}},
	{"so orp", []atlas.Level{atlas.LevelORP}},
	{"orp", []atlas.Level{atlas.LevelORP}},
	{"okres", []atlas.Level{atlas.LevelDistrict}},
	{"okr", []atlas.Level{atlas.LevelDistrict}},
	{"kraj", []atlas.Level{atlas.LevelRegion}},
	{"mestska cast", []atlas.Level{atlas.LevelCityDistrict}},
	{"mestsky obvod", []atlas.Level{atlas.LevelCityDistrict}},
	{"m c", []atlas.Level{atlas.LevelCityDistrict}},
	{"mc", []atlas.Level{atlas.LevelCityDistrict}},
	{"umc", []atlas.Level{atlas.LevelCityDistrict}},
	{"mo", []atlas.Level{atlas.LevelCityDistrict}},
	{"umo", []atlas.Level{atlas.LevelCityDistrict}},
	{"statutarni mesto", []atlas.Level{atlas.LevelMunicipality}},
	{"hlavni mesto", []atlas.Level{atlas.LevelMunicipality, atlas.LevelRegion}},
	{"hl mesto", []atlas.Level{atlas.LevelMunicipality, atlas.LevelRegion}},
	{"hl m", []atlas.Level{atlas.LevelMunicipality, atlas.LevelRegion}},
	{"hmp", []atlas.Level{atlas.LevelMunicipality, atlas.LevelRegion}},
	{"mesto", []atlas.Level{atlas.LevelMunicipality}},
	{"mestys", []atlas.Level{atlas.LevelMunicipality}},
	{"obec", []atlas.Level{atlas.LevelMunicipality}},
}

// parse takes the word of level off the beginning or "kraj" off the end.
func parse(text string) query {
	name := key(text)
	for _, w := range levelWords {
		if rest, ok := strings.CutPrefix(name, w.words+" "); ok {
			return query{rest, w.levels}
		}
	}
	if rest, ok := strings.CutSuffix(name, " kraj"); ok {
		return query{rest, []atlas.Level{atlas.LevelRegion}}
	}
	return query{name: name}
}

// qualified is a name followed by what it lies in, after a comma or in
// brackets: "Březová (okres Sokolov)", "Březová, okr. Sokolov", "Bystrc, Brno".
var qualified = regexp.MustCompile(`^([^,;()]+?)\s*([,(])\s*([^,;()]+?)\)?$`)

// Recognise gives the territories that a text for one place can mean: a code,
// a name as Find takes it, a name with a word of level ("okres Cheb", "MČ Praha
// 14", "město Česká Lípa", "Liberecký kraj", "hl. m. Praha"), or a name with
// what it lies in ("Březová, okres Sokolov"). One is certain, several are
// ambiguous, none is unknown.
//
// "Ostrov, Karlovy Vary" is unknown: it can be two towns.
func (g *Gazetteer) Recognise(text string) []atlas.Territory {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	if t, ok := g.ByAnyCode(text); ok {
		return []atlas.Territory{t}
	}
	if found := g.recogniseName(text); len(found) > 0 {
		return found
	}
	m := qualified.FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	name, sign, within := m[1], m[2], m[3]
	if sign == "," && parse(within).levels == nil && len(g.recogniseName(name)) > 0 {
		return nil
	}
	return g.recogniseWithin(name, within)
}

// recogniseWithin takes the name whole, then without its word of level.
func (g *Gazetteer) recogniseWithin(name, within string) []atlas.Territory {
	if found := g.Find(name, within); len(found) > 0 {
		return found
	}
	q := parse(name)
	return slices.DeleteFunc(g.Find(q.name, within), func(t atlas.Territory) bool { return !q.allows(t.Level) })
}

// recogniseName takes the text as a whole name, then as a word of level and a
// name: "Město Albrechtice" is the name of a town.
func (g *Gazetteer) recogniseName(text string) []atlas.Territory {
	whole := key(text)
	if strings.HasPrefix(whole, "hlavni mesto ") { // the name of the kraj; the city is closer
		return g.findAt(parse(text))
	}
	if found := g.Find(text, ""); len(found) > 0 {
		return found
	}
	q := parse(text)
	if q.levels == nil {
		return nil
	}
	return g.findAt(q)
}

// findAt finds a name at the levels the query allows.
func (g *Gazetteer) findAt(q query) []atlas.Territory {
	list := slices.DeleteFunc(slices.Clone(g.byName[q.name]), func(i int32) bool { return !q.allows(g.all[i].Level) })
	return g.narrow(list)
}
