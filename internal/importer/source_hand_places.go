package importer

import (
	"strings"

	"atlas"
	"atlas/internal/czech"
)

// handPlaces finds the places of the row. An ambiguous or unknown name is never
// settled here: the words stay and a problem names what they can mean.
func (m *mapping) handPlaces() {
	p := &m.draft.Project
	p.Country = "CZ"
	cell := m.line("uzemi")
	var countries []string
	understood := true
	for _, name := range splitNames(cell) {
		if isWholeCountry(name) {
			countries = append(countries, "CZ")
			continue
		}
		if code := m.countryNamed(name); code != "" {
			countries = append(countries, code)
			continue
		}
		understood = m.addPlace(name) && understood
	}
	if !understood {
		p.PlaceText = cell
		m.keep("uzemi")
	}
	m.setCountries(countries, cell)
	if p.Scope == "" && understood {
		p.Scope = m.scopeOf(p.Territories)
	}
}

// addPlace adds the one territory a name means; false when it means none or
// several.
func (m *mapping) addPlace(name string) bool {
	return m.addFound("uzemi", name, m.Places.Recognise(name))
}

// addFound adds the one territory found by a name of a column; false when there
// is none or several.
func (m *mapping) addFound(column, name string, found []atlas.Territory) bool {
	p := &m.draft.Project
	switch len(found) {
	case 0:
		m.problem(column, "place_unknown", "place", name)
		return false
	case 1:
		for _, have := range p.Territories {
			if have.Territory == found[0].Code {
				return true
			}
		}
		p.Territories = append(p.Territories, atlas.Place{Territory: found[0].Code})
		return true
	}
	var labels []string
	for _, t := range found {
		labels = append(labels, m.Places.Label(t.Code))
	}
	m.problem(column, "place_ambiguous", "place", name, "candidates", strings.Join(labels, ", "))
	return false
}

// setCountries sets country and scope by the countries that the cell names.
func (m *mapping) setCountries(countries []string, cell string) {
	p := &m.draft.Project
	switch {
	case len(countries) == 0:
	case len(countries) > 1:
		p.Country, p.PlaceText = "", cell
		m.lost("uzemi", "several_countries")
	case countries[0] == "CZ":
		p.Scope = atlas.ScopeCountry
	default:
		p.Country, p.Scope, p.PlaceText = countries[0], atlas.ScopeAbroad, cell
	}
	if p.Country != "CZ" {
		p.Territories = nil
	}
}

func isWholeCountry(name string) bool {
	switch columnKey(name) {
	case "cr", "ceska republika", "cesko", "cela cr", "cela ceska republika", "vsechny kraje", "vsechny kraje cr", "celostatni", "celorepublikove":
		return true
	}
	return false
}

// countryNamed is the code of a country by its Czech name.
func (e Env) countryNamed(name string) string {
	list, ok := e.Lists.List(atlas.ListCountry)
	if !ok {
		return ""
	}
	for _, it := range list.Items {
		if czech.Fold(it.Cs) == czech.Fold(name) {
			return it.Code
		}
	}
	return ""
}

// scopeOf is the territorial scope that places make up; "" where no item of
// CL-13 says it.
func (e Env) scopeOf(places []atlas.Place) string {
	levels := map[atlas.Level]int{}
	for _, p := range places {
		if t, ok := e.Places.Get(p.Territory); ok {
			levels[t.Level]++
		}
	}
	if len(levels) != 1 {
		return ""
	}
	for level, n := range levels {
		switch {
		case level == atlas.LevelRegion && n > 1:
			return atlas.ScopeRegions
		case n > 1:
			return ""
		case level == atlas.LevelRegion:
			return atlas.ScopeRegion
		case level == atlas.LevelDistrict:
			return atlas.ScopeDistrict
		case level == atlas.LevelORP:
			return atlas.ScopeORP
		case level == atlas.LevelMunicipality, level == atlas.LevelCityDistrict:
			return atlas.ScopeMunicipality
		}
	}
	return ""
}
