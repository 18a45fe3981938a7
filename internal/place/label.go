package place

import (
	"strings"

	"atlas"
)

// Label is the name by which people know a territory from others: "Žďár nad
// Sázavou", "Březová (okres Sokolov)", "Vítkovice (Ostrava)", "okres Cheb",
// "ORP Cheb". An unknown code is its own label.
func (g *Gazetteer) Label(code string) string {
	t, ok := g.Get(code)
	if !ok {
		return code
	}
	switch t.Level {
	case atlas.LevelDistrict:
		return "okres " + t.Name
	case atlas.LevelORP:
		return "ORP " + t.Name
	case atlas.LevelCityDistrict:
		city, ok := g.Get(t.Municipality)
		if ok && !strings.Contains(key(t.Name), key(city.Name)) {
			return t.Name + " (" + city.Name + ")"
		}
	case atlas.LevelMunicipality:
		return t.Name + g.distinction(t)
	}
	return t.Name
}

// distinction tells a municipality from others of its name: by the okres, and
// by the ORP too where the okres has two (Březina in Brno-venkov).
func (g *Gazetteer) distinction(t atlas.Territory) string {
	twins, inDistrict := g.twins[key(t.Name)], 0
	if len(twins) < 2 {
		return ""
	}
	for _, i := range twins {
		if g.all[i].District == t.District {
			inDistrict++
		}
	}
	okres, ok := g.Get(t.District)
	if !ok {
		return ""
	}
	if orp, ok := g.Get(t.ORP); ok && inDistrict > 1 {
		return " (okres " + okres.Name + ", ORP " + orp.Name + ")"
	}
	return " (okres " + okres.Name + ")"
}
