package statistics

import (
	"strings"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/importer"
)

// placeColumn is the column that says best where a row is.
func (p *protection) placeColumn(row importer.Row) column {
	for _, c := range []column{p.districtCode, p.municipalityCode, p.district, p.municipality} {
		if c.in(row.Cells) != "" {
			return c
		}
	}
	return p.municipality
}

// name is what the row calls its place.
func (p *protection) name(row importer.Row) (string, column) {
	if text := p.district.in(row.Cells); text != "" {
		return text, p.district
	}
	return p.municipality.in(row.Cells), p.municipality
}

// place finds the municipality or city district of a row: by the code of the
// district, by that of the municipality, or by the name within okres or kraj.
// What has none of these is "bez adresy".
func (p *protection) place(row importer.Row) (nameFound, *atlas.RowProblem) {
	name, named := p.name(row)
	code, city := p.districtCode.in(row.Cells), p.municipalityCode.in(row.Cells)
	switch {
	case code != "":
		t, ok := p.r.env.Places.ByCodeAt(atlas.LevelCityDistrict, code)
		if !ok {
			return nameFound{cities: nonEmpty(city)}, at(row, p.districtCode, "territory")
		}
		return nameFound{Territory: t}, nil
	case city != "":
		found, ok := p.byCode(city, name)
		if !ok {
			return nameFound{}, at(row, p.municipalityCode, "territory")
		}
		return found, nil
	case withoutAddress(name) && p.okres.in(row.Cells) == "":
		return nameFound{Territory: atlas.Territory{Code: atlas.NoAddress}}, nil
	case withoutAddress(name):
		return nameFound{}, at(row, named, "no_territory")
	}
	found := p.byName(name, first(p.okres.in(row.Cells), p.kraj.in(row.Cells)))
	if found.why != "" {
		return found, at(row, named, found.why, "candidates", found.candidates)
	}
	return found, nil
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

func first(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}

// withoutAddress says whether a name stands for people without an address.
func withoutAddress(name string) bool {
	switch strings.Trim(czech.Fold(name), " ()-.") {
	case "", "bez adresy", "bez platne adresy", "neuvedeno", "nezjisteno", "neznama adresa", "bez adresy pobytu":
		return true
	}
	return false
}

// byCode finds a municipality, and the district of it that the name may say.
func (p *protection) byCode(code, name string) (nameFound, bool) {
	key := [2]string{code, name}
	if found, ok := p.names[key]; ok {
		return found, found.Code != ""
	}
	places := p.r.env.Places
	t, ok := places.ByCodeAt(atlas.LevelMunicipality, code)
	if !ok {
		t, ok = places.ByCodeAt(atlas.LevelCityDistrict, code)
	}
	if ok && p.cities[t.Code] && name != "" && czech.Fold(name) != czech.Fold(t.Name) {
		parts := places.Find(name, t.Code)
		if len(parts) == 1 && parts[0].Level == atlas.LevelCityDistrict {
			t = parts[0]
		}
	}
	return p.remember(key, nameFound{Territory: t}), ok
}

func (p *protection) remember(key [2]string, f nameFound) nameFound {
	if len(p.names) < rememberedMost {
		p.names[key] = f
	}
	return f
}

// byName finds a place by its name. One that several places have is refused with
// all of them; nothing is chosen.
func (p *protection) byName(name, within string) nameFound {
	key := [2]string{name, "\x00" + within}
	if found, ok := p.names[key]; ok {
		return found
	}
	var local []atlas.Territory
	for _, t := range p.r.env.Places.Find(name, within) {
		if t.Level == atlas.LevelMunicipality || t.Level == atlas.LevelCityDistrict {
			local = append(local, t)
		}
	}
	switch len(local) {
	case 1:
		return p.remember(key, nameFound{Territory: local[0]})
	case 0:
		return p.remember(key, nameFound{why: "name_unknown"})
	}
	found := nameFound{why: "name_ambiguous"}
	var names []string
	for _, t := range local {
		names = append(names, p.r.env.Places.Label(t.Code)+" "+t.Code)
		if t.Municipality != "" {
			found.cities = append(found.cities, t.Municipality)
		}
	}
	const shown = 12
	found.candidates = strings.Join(names[:min(len(names), shown)], ", ")
	if len(names) > shown {
		found.candidates += ", …"
	}
	return p.remember(key, found)
}
