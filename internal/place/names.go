package place

import (
	"slices"
	"strings"
	"unicode"

	"atlas"
	"atlas/internal/czech"
)

// key is the form in which names are compared: folded words with single
// spaces. "Brno-střed", "Brno - Střed" and "BRNO STRED" are one, and so are "Žďár
// n. Sázavou" and "Žďár nad Sázavou".
func key(name string) string {
	words := strings.FieldsFunc(czech.Fold(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	for i := 1; i < len(words)-1; i++ {
		switch words[i] {
		case "n":
			words[i] = "nad"
		case "p":
			words[i] = "pod"
		}
	}
	return strings.Join(words, " ")
}

// addNames notes the name of a territory and what else it is called.
func (g *Gazetteer) addNames(i int32, t atlas.Territory) {
	name := key(t.Name)
	add(g.byName, name, i)
	switch t.Level {
	case atlas.LevelCountry:
		for _, n := range []string{"cesko", "ceska republika", "cr", "cela cr", "cela ceska republika"} {
			add(g.byName, n, i)
		}
	case atlas.LevelRegion:
		add(g.byName, regionShort(name), i)
	case atlas.LevelCityDistrict:
		for _, n := range g.districtNames(t, name) {
			add(g.byName, n, i)
		}
	case atlas.LevelMunicipality:
		add(g.twins, name, i)
	}
}

// regionShort is the name of a kraj without the words that all have.
func regionShort(name string) string {
	for _, w := range []string{"hlavni mesto ", "kraj "} {
		name = strings.TrimPrefix(name, w)
	}
	return strings.TrimSuffix(name, " kraj")
}

// districtNames gives the further full names of a městská část: with its city
// ("ostrava vitkovice") and by its number alone ("plzen 5" of Plzeň 5-Křimice).
func (g *Gazetteer) districtNames(t atlas.Territory, name string) []string {
	city, ok := g.Get(t.Municipality)
	if !ok {
		return nil
	}
	cityName := key(city.Name)
	rest, ok := strings.CutPrefix(name, cityName+" ")
	if !ok {
		return []string{cityName + " " + name}
	}
	if number, _, ok := strings.Cut(rest, " "); ok && strings.Trim(number, "0123456789") == "" {
		return []string{cityName + " " + number}
	}
	return nil
}

// districtShort is the name of a městská část as it is called within its city:
// "bystrc" of Brno-Bystrc, "krimice" of Plzeň 5-Křimice.
func districtShort(name, city string) string {
	rest, ok := strings.CutPrefix(name, city+" ")
	if !ok {
		return name
	}
	if number, after, ok := strings.Cut(rest, " "); ok && strings.Trim(number, "0123456789") == "" {
		return after
	}
	return rest
}

// Find gives the territories of exactly that name, whatever its case,
// diacritics and punctuation. within is a name or code of what they lie in –
// kraj, okres, ORP or city – and "" for anywhere. Several mean that the name is
// ambiguous.
//
// A bare name is a municipality, a part of a city or a kraj; okres and ORP are
// found by it only where there is none of these. Extinct territories are found
// only where no living one is.
func (g *Gazetteer) Find(name, within string) []atlas.Territory {
	k := key(name)
	list := g.byName[k]
	if within != "" {
		list = slices.DeleteFunc(slices.Concat(list, g.partsOfCities(k, within)), func(i int32) bool { return !g.liesIn(g.all[i], within) })
	}
	return g.narrow(list)
}

// narrow keeps the best readings of a bare name, see Find.
func (g *Gazetteer) narrow(list []int32) []atlas.Territory {
	found := g.pick(list, func(t atlas.Territory) bool { return isLocal(t) || t.Level == atlas.LevelRegion })
	if len(found) == 0 {
		found = g.pick(list, func(atlas.Territory) bool { return true })
	}
	found = samePlaceOnce(found)
	if slices.ContainsFunc(found, living) {
		found = slices.DeleteFunc(found, func(t atlas.Territory) bool { return !living(t) })
	}
	return found
}

func living(t atlas.Territory) bool { return !t.ValidTo.Known() }

func isLocal(t atlas.Territory) bool {
	return t.Level == atlas.LevelMunicipality || t.Level == atlas.LevelCityDistrict
}

// samePlaceOnce leaves of the Prahas – city, kraj, okres and ORP within one
// border – the city, which lies in the others, or the kraj where the city is not
// known.
func samePlaceOnce(found []atlas.Territory) []atlas.Territory {
	const praha = "CZ010"
	if !slices.ContainsFunc(found, func(t atlas.Territory) bool { return t.Code == praha }) {
		return found
	}
	city := slices.ContainsFunc(found, func(t atlas.Territory) bool { return t.Region == praha && isLocal(t) })
	return slices.DeleteFunc(found, func(t atlas.Territory) bool {
		return city && t.Code == praha || t.Region == praha && !isLocal(t)
	})
}

// partsOfCities finds městské části by their short names in the cities that
// within can mean.
func (g *Gazetteer) partsOfCities(k, within string) []int32 {
	cities := g.byName[key(within)]
	if i, ok := g.byCode[cleanCode(within)]; ok {
		cities = []int32{i}
	}
	var out []int32
	for _, c := range cities {
		city := g.all[c]
		for _, i := range g.children[childKey{city.Code, atlas.LevelCityDistrict}] {
			name := key(g.all[i].Name)
			if city.Level == atlas.LevelMunicipality && name != k && districtShort(name, key(city.Name)) == k {
				out = append(out, i)
			}
		}
	}
	return out
}

// liesIn says whether a parent of t, or t itself, has the code or the name.
func (g *Gazetteer) liesIn(t atlas.Territory, within string) bool {
	codes := append(t.Parents(), "CZ")
	if other, ok := g.ByAnyCode(within); ok {
		return slices.Contains(codes, other.Code)
	}
	q := parse(within)
	for _, c := range codes {
		if i, ok := g.byCode[c]; ok && q.allows(g.all[i].Level) && slices.Contains(g.byName[q.name], i) {
			return true
		}
	}
	return false
}
