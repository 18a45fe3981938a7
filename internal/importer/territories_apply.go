package importer

import (
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/czech"
)

// Keys of problems in files of territories.
const (
	ProblemTerritoryCode    = "territory.code"    // no code, or not one of its level
	ProblemTerritoryName    = "territory.name"    // no name
	ProblemTerritoryParent  = "territory.parent"  // a code of a parent that is not known
	ProblemTerritoryDate    = "territory.date"    // not a date
	ProblemTerritoryPoint   = "territory.point"   // not a point in this country
	ProblemTerritoryUnknown = "territory.unknown" // a link of a territory that is not known
	ProblemTerritoryList    = "territory.list"    // a code list of something else
)

func (m *territoryMerge) problem(s territorySheet, r territoryRow, column, key string) {
	m.problems = append(m.problems, atlas.RowProblem{
		Row: r.line, Column: column, Value: s.get(r, column), Key: key, Args: map[string]any{"file": s.file},
	})
}

// applyPlaces reads municipalities or městské části, a row each or a row for
// each time of validity.
func (m *territoryMerge) applyPlaces(s territorySheet) {
	l := s.layout
	for _, v := range m.versions(s) {
		t := m.get(v.code, l.level)
		if t.Name = s.get(v.row, nameColumn(s)); t.Name == "" {
			m.problem(s, v.row, nameColumn(s), ProblemTerritoryName)
			continue
		}
		if l.from != "" {
			t.ValidFrom, t.ValidTo = v.born, v.to
		}
		t.Source = l.source
		m.setPoint(s, v.row, &t)
		m.setParents(s, v.row, &t)
		m.read[v.code] = t
	}
}

// territoryVersion is the row of a code that is in force the latest, with the
// day the territory came to be and the day this row ends.
type territoryVersion struct {
	code           string
	row            territoryRow
	from, to, born atlas.Date
}

// versions picks the row that counts for each code, in the order of the file.
// ČSÚ begins a new row when a name changes, so a territory is as old as the
// first of its rows; RÚIAN gives the day apart from the validity of the row.
func (m *territoryMerge) versions(s territorySheet) []territoryVersion {
	var out []territoryVersion
	place := map[string]int{}
	for _, r := range s.rows {
		v := territoryVersion{code: s.get(r, s.layout.code), row: r}
		if !isTerritoryCode(v.code) {
			m.problem(s, r, s.layout.code, ProblemTerritoryCode)
			continue
		}
		v.from, v.to = m.date(s, r, s.layout.from), m.date(s, r, s.layout.to)
		v.born = m.date(s, r, s.layout.born)
		i, seen := place[v.code]
		if !seen {
			place[v.code] = len(out)
			out = append(out, v)
			continue
		}
		born := v.born
		if old := out[i].born; old.Known() && (!born.Known() || old.Compare(born) < 0) {
			born = old
		}
		if v.from.Compare(out[i].from) >= 0 {
			out[i] = v
		}
		out[i].born = born
	}
	return out
}

// isTerritoryCode says whether a code of a municipality or městská část is well
// formed: six digits.
func isTerritoryCode(code string) bool {
	return len(code) == 6 && strings.Trim(code, "0123456789") == ""
}

func nameColumn(s territorySheet) string {
	if s.layout.code == "chodnota" {
		return "text"
	}
	return "nazev"
}

func (m *territoryMerge) setPoint(s territorySheet, r territoryRow, t *atlas.Territory) {
	lat, lon := s.get(r, s.layout.lat), s.get(r, s.layout.lon)
	if lat == "" && lon == "" {
		return
	}
	y, err1 := strconv.ParseFloat(strings.Replace(lat, ",", ".", 1), 64)
	x, err2 := strconv.ParseFloat(strings.Replace(lon, ",", ".", 1), 64)
	if err1 != nil || err2 != nil || !(48.5 < y && y < 51.1 && 12 < x && x < 18.9) {
		m.problem(s, r, s.layout.lat, ProblemTerritoryPoint)
		return
	}
	t.Lat, t.Lon, t.HasPoint = y, x, true
}

// setParents looks up the parents that the row names. A wider one that it does
// not name follows from the narrower.
func (m *territoryMerge) setParents(s territorySheet, r territoryRow, t *atlas.Territory) {
	l := s.layout
	if p, ok := m.parent(s, r, l.region, atlas.LevelRegion); ok {
		t.Region = p.Code
	}
	if p, ok := m.parent(s, r, l.district, atlas.LevelDistrict); ok {
		t.District, t.Region = p.Code, p.Region
	}
	if p, ok := m.parent(s, r, l.orp, atlas.LevelORP); ok {
		t.ORP = p.Code
	}
	if p, ok := m.parent(s, r, l.city, atlas.LevelMunicipality); ok {
		t.Municipality, t.ORP, t.District, t.Region = p.Code, p.ORP, p.District, p.Region
	}
	if number := s.get(r, l.pou); number != "" {
		if orp, ok := m.orpOfPOU[number]; ok {
			t.ORP = orp
		} else if t.ORP == "" {
			m.problem(s, r, l.pou, ProblemTerritoryParent)
		}
	}
}

// parent finds the territory that a cell names; an empty cell names none. One
// that is not known is a problem.
func (m *territoryMerge) parent(s territorySheet, r territoryRow, column string, level atlas.Level) (atlas.Territory, bool) {
	code := s.get(r, column)
	if code == "" {
		return atlas.Territory{}, false
	}
	find := m.known.ByCodeAt
	if s.layout.ruian {
		find = m.known.ByRUIAN
	}
	t, ok := find(level, code)
	if !ok {
		m.problem(s, r, column, ProblemTerritoryParent)
	}
	return t, ok
}

// numberUpperLevel notes the RÚIAN numbers of kraje or okresy, which the file
// gives beside their codes of NUTS and LAU.
func (m *territoryMerge) numberUpperLevel(s territorySheet) {
	for _, r := range s.rows {
		code := s.get(r, "nuts_lau")
		if t, ok := m.known.Get(code); !ok || t.Level != s.layout.level {
			m.problem(s, r, "nuts_lau", ProblemTerritoryCode)
			continue
		}
		t := m.get(code, s.layout.level)
		t.RUIAN = s.get(r, "kod")
		m.read[t.Code] = t
	}
}

// numberORP notes the RÚIAN numbers of ORP, found by name in their kraj: the
// file has no other code, and no kraj has two ORP of one name.
func (m *territoryMerge) numberORP(s territorySheet) {
	for _, r := range s.rows {
		region, ok := m.parent(s, r, s.layout.region, atlas.LevelRegion)
		if !ok {
			continue
		}
		found := false
		for _, t := range m.known.Children(region.Code, atlas.LevelORP) {
			if czech.Fold(t.Name) == czech.Fold(s.get(r, "nazev")) {
				t, found = m.get(t.Code, atlas.LevelORP), true
				t.RUIAN = s.get(r, "kod")
				m.read[t.Code] = t
			}
		}
		if !found {
			m.problem(s, r, "nazev", ProblemTerritoryUnknown)
		}
	}
}

// linkPOU notes to which ORP each pověřený úřad belongs.
func (m *territoryMerge) linkPOU(s territorySheet) {
	for _, r := range s.rows {
		if orp, ok := m.parent(s, r, s.layout.orp, atlas.LevelORP); ok {
			m.orpOfPOU[s.get(r, "kod")] = orp.Code
		}
	}
}

// applyLinks reads the parents of municipalities known already, one row for
// each of their parts, so most rows repeat the one before.
func (m *territoryMerge) applyLinks(s territorySheet) {
	l := s.layout
	done := map[string]bool{}
	for _, r := range s.rows {
		code := s.get(r, l.code)
		if done[code] {
			continue
		}
		done[code] = true
		if t, ok := m.known.Get(code); !ok || t.Level != l.level {
			m.problem(s, r, l.code, ProblemTerritoryUnknown)
			continue
		}
		t := m.get(code, l.level)
		m.setParents(s, r, &t)
		m.read[code] = t
	}
}

// date reads a cell with a date.
func (m *territoryMerge) date(s territorySheet, r territoryRow, column string) atlas.Date {
	d, ok := territoryDate(s.get(r, column))
	if !ok {
		m.problem(s, r, column, ProblemTerritoryDate)
	}
	return d
}

// territoryDate reads "18.09.2025 00:00:00", "18.09.2025" or "2025-09-18"; an
// empty text and the year 9999 are unknown.
func territoryDate(text string) (atlas.Date, bool) {
	day, _, _ := strings.Cut(text, " ")
	day, _, _ = strings.Cut(day, "T")
	if p := strings.Split(day, "."); len(p) == 3 {
		for i := range 2 {
			p[i] = strings.Repeat("0", max(0, 2-len(p[i]))) + p[i]
		}
		day = p[2] + "-" + p[1] + "-" + p[0]
	}
	if strings.HasPrefix(day, "9999") {
		return atlas.Date{}, true
	}
	d, err := atlas.ParseDate(day)
	return d, err == nil
}
