package importer

import (
	"cmp"
	"io"
	"slices"

	"atlas"
	"atlas/internal/place"
)

// TerritoryFile is one file of territories under the name it came with.
type TerritoryFile struct {
	Name string
	Data io.Reader
}

// ReadTerritories reads one file of territories, see ReadTerritoryFiles.
func ReadTerritories(r io.Reader, name string, known *place.Gazetteer) ([]atlas.Territory, []atlas.RowProblem, error) {
	return ReadTerritoryFiles([]TerritoryFile{{name, r}}, known)
}

// ReadTerritoryFiles reads files of territories that belong together, CSV or
// ZIP archives of them, in whatever order they come:
//
//   - the code lists of RÚIAN (ČÚZK): UI_VUSC, UI_OKRES, UI_ORP, UI_POU,
//     UI_OBEC, UI_MOMC and the structure files of links between them; UI_OBEC
//     needs UI_OKRES and UI_ORP with UI_POU once, because it names its okres and
//     pověřený úřad by numbers of RÚIAN alone;
//   - the code lists of ČSÚ (43 obce, 44 městské části, 65 ORP, 100 and 108
//     kraje, 101 and 109 okresy) and the links between two of them;
//   - one table of municipalities or of městské části with all their parents.
//
// known is what is there already, at least the built-in levels: parents are
// looked up in it and what a file does not tell of a territory is taken from
// it. The result is every territory that the files speak of, as it shall be
// stored; nothing that they leave out is taken away, and an extinct
// municipality comes with its ValidTo. Reading the same files again over their
// own result gives the same.
//
// A problem tells the file in Args["file"]; its Row counts lines from 1, the
// header. A territory whose parent is not known comes without that parent; one
// without a code or name does not come. The error is for files that cannot be read at all; it is a
// *TerritoryLayoutError when the header is of no known layout.
func ReadTerritoryFiles(files []TerritoryFile, known *place.Gazetteer) ([]atlas.Territory, []atlas.RowProblem, error) {
	var sheets []territorySheet
	for _, f := range files {
		s, err := readTerritorySheets(f)
		if err != nil {
			return nil, nil, err
		}
		sheets = append(sheets, s...)
	}
	slices.SortStableFunc(sheets, func(a, b territorySheet) int { return cmp.Compare(a.layout.order, b.layout.order) })
	m := newTerritoryMerge(known)
	for i, s := range sheets {
		s.layout.apply(m, s)
		if i == len(sheets)-1 || sheets[i+1].layout.order != s.layout.order {
			m.settle()
		}
	}
	m.inheritParents()
	return m.result(), m.problems, nil
}

// territoryMerge is the territories known so far with those read over them.
type territoryMerge struct {
	known    *place.Gazetteer
	read     map[string]atlas.Territory // by code
	orpOfPOU map[string]string          // RÚIAN number of a POU → code of its ORP
	problems []atlas.RowProblem
	// otherLists are the code lists of something else, by file, told once.
	otherLists map[string]bool
}

func newTerritoryMerge(known *place.Gazetteer) *territoryMerge {
	if known == nil {
		known = place.New(nil)
	}
	return &territoryMerge{known: known, read: map[string]atlas.Territory{},
		orpOfPOU: map[string]string{}, otherLists: map[string]bool{}}
}

// get is a territory as read so far, else as known, else new.
func (m *territoryMerge) get(code string, level atlas.Level) atlas.Territory {
	if t, ok := m.read[code]; ok {
		return t
	}
	if t, ok := m.known.Get(code); ok && t.Level == level {
		return t
	}
	return atlas.Territory{Code: code, Level: level}
}

// settle makes what was read known, so that files of narrower levels find their
// parents there.
func (m *territoryMerge) settle() { m.known = place.New(m.everything()) }

func (m *territoryMerge) everything() []atlas.Territory {
	all := m.known.All()
	for _, t := range m.read {
		all = append(all, t)
	}
	return all
}

// inheritParents gives every městská část the parents of its city, also where
// the city was read and the part was not.
func (m *territoryMerge) inheritParents() {
	for _, t := range m.known.All() {
		if t.Level != atlas.LevelCityDistrict {
			continue
		}
		city, ok := m.known.Get(t.Municipality)
		if !ok {
			continue
		}
		before := t
		t.Region, t.District, t.ORP = city.Region, city.District, city.ORP
		if t != before {
			m.read[t.Code] = t
		}
	}
}

// result is what was read, wider levels first, in the order of codes.
func (m *territoryMerge) result() []atlas.Territory {
	levels := []atlas.Level{atlas.LevelRegion, atlas.LevelDistrict, atlas.LevelORP, atlas.LevelMunicipality, atlas.LevelCityDistrict}
	out := make([]atlas.Territory, 0, len(m.read))
	for _, t := range m.read {
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b atlas.Territory) int {
		return cmp.Or(cmp.Compare(slices.Index(levels, a.Level), slices.Index(levels, b.Level)), cmp.Compare(a.Code, b.Code))
	})
	return out
}
