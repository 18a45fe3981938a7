package importer

import (
	"strings"

	"atlas"
)

// countries finds the code of a country by its name in the languages of the
// Union.
type countries struct{ byName map[string]string }

func newCountries(env Env) countries {
	c := countries{map[string]string{}}
	if list, ok := env.Lists.List(atlas.ListCountry); ok {
		for _, it := range list.Items {
			c.byName[columnKey(it.Cs)], c.byName[columnKey(it.En)] = it.Code, it.Code
			c.byName[columnKey(it.Code)] = it.Code
		}
	}
	for _, row := range embeddedRows("lexicon/countries.csv") {
		for _, name := range strings.Split(row[1], ";") {
			c.byName[columnKey(name)] = row[0]
		}
	}
	delete(c.byName, "")
	return c
}

// country is that of the row, else that of the whole list. A value that names
// none is kept and named.
func (m *mappedRow) country() string {
	column := m.column(TargetCountry)
	text := m.say(TargetCountry)
	if text == "" {
		if m.by.Country == "" && column == "" {
			return ""
		}
		return m.by.Country
	}
	code := m.by.countries.byName[columnKey(text)]
	if code == "" { // "DEC0-Saarland", "DE – Deutschland"
		head, _, _ := strings.Cut(text, " ")
		head, _, _ = strings.Cut(head, "-")
		if len(head) == 2 || len(head) == 4 && strings.ToUpper(head) == head {
			code = m.by.countries.byName[columnKey(head[:2])]
		}
	}
	if code == "" {
		m.lost(column, "country")
		return m.by.Country
	}
	return code
}

// speaksEnglish says whether titles of a country stand in English.
func speaksEnglish(country string) bool {
	switch country {
	case "GB", "IE", "MT", "US", "CA", "AU", "NZ":
		return true
	}
	return false
}

// places sets where the project was: in this country by the register, elsewhere
// in words.
func (m *mappedRow) places() {
	p := &m.draft.Project
	var words []string
	for _, target := range []Target{TargetCity, TargetCounty, TargetRegion} {
		for _, column := range m.by.names[target] {
			if text := m.line(column); text != "" {
				words = append(words, text)
			}
		}
	}
	switch {
	case p.Country != "CZ":
		p.PlaceText = strings.Join(words, ", ")
		if p.Country != "" {
			p.Scope = atlas.ScopeAbroad
		}
	case len(words) > 0:
		m.czechPlaces(words)
	}
}

// czechPlaces finds the smallest of the places that the row names. Within what
// the wider ones say, it can be only one; else the words stay.
func (m *mappedRow) czechPlaces(words []string) {
	p := &m.draft.Project
	column := m.column(TargetCity)
	for _, target := range []Target{TargetCounty, TargetRegion} {
		if column == "" || m.line(column) == "" {
			column = m.column(target)
		}
	}
	if isWholeCountry(words[0]) {
		p.Scope = atlas.ScopeCountry
		return
	}
	understood := true
	for _, name := range splitNames(words[0]) {
		understood = m.addPlaceIn(column, name, words[1:]) && understood
	}
	if !understood {
		p.PlaceText = strings.Join(words, ", ")
		m.keep(column)
		return
	}
	p.Scope = m.scopeOf(p.Territories)
}

// addPlaceIn adds the one territory that a name means, within the wider places
// where the name alone means several.
func (m *mappedRow) addPlaceIn(column, name string, within []string) bool {
	found := m.Places.Recognise(name)
	for _, wider := range within {
		if len(found) > 1 {
			if in := m.Places.Find(name, wider); len(in) == 1 {
				found = in
			}
		}
	}
	return m.addFound(column, name, found)
}
