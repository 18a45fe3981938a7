package importer

import (
	"strings"

	"atlas"
)

// applyCSUList reads one code list of ČSÚ: municipalities and městské části
// become territories, of kraje, okresy and ORP it takes the RÚIAN number where
// the list has it. Rows in another language than Czech are left out.
func (m *territoryMerge) applyCSUList(s territorySheet) {
	byLevel := map[atlas.Level][]territoryRow{}
	for _, r := range s.rows {
		if lang := s.get(r, "kodjaz"); lang != "" && !strings.EqualFold(lang, "CS") {
			continue
		}
		level, ok := m.csuLevelOf(s, r, "kodcis")
		if !ok {
			continue
		}
		byLevel[level] = append(byLevel[level], r)
	}
	for _, level := range []atlas.Level{atlas.LevelRegion, atlas.LevelDistrict, atlas.LevelORP} {
		for _, r := range byLevel[level] {
			m.numberCSU(s, r, level)
		}
	}
	for _, level := range []atlas.Level{atlas.LevelMunicipality, atlas.LevelCityDistrict} {
		part := s
		part.layout.level, part.rows = level, byLevel[level]
		m.applyPlaces(part)
	}
}

// numberCSU notes the RÚIAN number of a kraj, okres or ORP in force.
func (m *territoryMerge) numberCSU(s territorySheet, r territoryRow, level atlas.Level) {
	if m.date(s, r, s.layout.to).Known() {
		return
	}
	t, ok := m.known.ByCodeAt(level, s.get(r, "chodnota"))
	if !ok {
		m.problem(s, r, "chodnota", ProblemTerritoryUnknown)
		return
	}
	t = m.get(t.Code, level)
	if number := s.get(r, "kod_ruian"); number != "" {
		t.RUIAN = number
	}
	m.read[t.Code] = t
}

// csuLevelOf is the level of the code list that a cell names. A list that holds
// no territories of ours is one problem of the file, not one of each row.
func (m *territoryMerge) csuLevelOf(s territorySheet, r territoryRow, column string) (atlas.Level, bool) {
	list := s.get(r, column)
	level, ok := csuLevel(list)
	if seen := s.file + "\n" + list; !ok && !m.otherLists[seen] {
		m.otherLists[seen] = true
		m.problem(s, r, column, ProblemTerritoryList)
	}
	return level, ok
}

// applyCSULinks reads pairs of codes of two lists, either of which may be the
// wider: the narrower gets the wider as its parent. Pairs with a list that holds
// no territories of ours, such as kraj and region soudržnosti, are a problem.
func (m *territoryMerge) applyCSULinks(s territorySheet) {
	for _, r := range s.rows {
		level1, ok1 := m.csuLevelOf(s, r, "kodcis1")
		level2, ok2 := m.csuLevelOf(s, r, "kodcis2")
		switch {
		case !ok1 || !ok2:
		case territoryDepth(level1) < territoryDepth(level2):
			m.linkCSU(s, r, "chodnota2", level2, "chodnota1", level1)
		default:
			m.linkCSU(s, r, "chodnota1", level1, "chodnota2", level2)
		}
	}
}

func territoryDepth(level atlas.Level) int {
	switch level {
	case atlas.LevelRegion:
		return 1
	case atlas.LevelDistrict, atlas.LevelORP:
		return 2
	case atlas.LevelMunicipality:
		return 3
	}
	return 4
}

// linkCSU makes one territory the parent of another. The parents of kraje,
// okresy and ORP are built in and stay as they are.
func (m *territoryMerge) linkCSU(s territorySheet, r territoryRow, column string, level atlas.Level, wide string, wideLevel atlas.Level) {
	t, ok := m.known.Get(s.get(r, column))
	if !ok || t.Level != level {
		if _, upper := m.known.ByCodeAt(level, s.get(r, column)); !upper {
			m.problem(s, r, column, ProblemTerritoryUnknown)
		}
		return
	}
	if territoryDepth(level) < 3 {
		return
	}
	parent, ok := m.parent(s, r, wide, wideLevel)
	if !ok {
		return
	}
	t = m.get(t.Code, level)
	switch wideLevel {
	case atlas.LevelRegion:
		t.Region = parent.Code
	case atlas.LevelDistrict:
		t.District, t.Region = parent.Code, parent.Region
	case atlas.LevelORP:
		t.ORP = parent.Code
	case atlas.LevelMunicipality:
		t.Municipality = parent.Code
	}
	m.read[t.Code] = t
}
