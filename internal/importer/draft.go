package importer

import (
	"strings"

	"atlas"
	"atlas/internal/place"
)

// Env is what mapping looks things up in. It is read only.
type Env struct {
	Places *place.Gazetteer
	Lists  *atlas.Lists
	Year   int // the current one
}

// Draft is what one row says of a project, before it meets the database.
type Draft struct {
	Row  int
	Rows []int // all rows that this draft is made of, the first included
	Raw  map[string]string
	// Skip says that the row is no project; the problem with that key says why.
	Skip bool
	// Project has no codes yet: Parties[].Actor and Funding[].Funder hold keys of
	// Actors.
	Project atlas.Project
	Actors  map[string]NamedActor
	// Order keeps the keys of Actors in the order met.
	Order    []string
	Problems []atlas.RowProblem
	// Origin is where the row was written, for a row of an export of ours.
	Origin Origin
}

// Title is the name of the project, for a preview.
func (d *Draft) Title() string { return d.Project.Title("cs") }

// mapping is one row being read into a draft.
type mapping struct {
	Env
	table   *Table
	columns map[string]int    // name of a column, and its key → its place, or noColumn
	keys    map[string]string // key of the source → name of a column
	row     Row               // word for word
	cells   []string          // of the row, clean
	draft   *Draft
}

func newMapping(env Env, t *Table, columns map[string]int, row Row) *mapping {
	d := &Draft{Row: row.Number, Rows: []int{row.Number}, Raw: make(map[string]string, len(row.Cells)), Actors: map[string]NamedActor{}}
	cells := make([]string, len(row.Cells))
	for i, cell := range row.Cells {
		if cell = clean(cell); cell != "" {
			cells[i] = cell
			d.Raw[t.Header[i]] = cell
		}
	}
	if row.Number == t.Cut {
		d.Problems = append(d.Problems, atlas.RowProblem{Row: row.Number, Key: ProblemPrefix + "maybe_cut"})
	}
	return &mapping{Env: env, table: t, columns: columns, row: row, cells: cells, draft: d}
}

// text is the cell of a column, clean; "" where there is none.
func (m *mapping) text(column string) string {
	if i, ok := m.place(column); ok && i < len(m.cells) {
		return m.cells[i]
	}
	return ""
}

// place is where a column stands, by its name as it is in the file or by its
// key.
func (m *mapping) place(column string) (int, bool) {
	i, ok := m.columns[column]
	if !ok && column != "" {
		i, ok = m.columns[columnKey(column)]
	}
	return i, ok && i != noColumn
}

// name is the column as the file calls it.
func (m *mapping) name(column string) string {
	if i, ok := m.place(column); ok {
		return m.table.Header[i]
	}
	return column
}

// line is the cell on one line.
func (m *mapping) line(column string) string {
	return oneLine(m.text(column))
}

// keep stores the cell word for word beside what was understood.
func (m *mapping) keep(column string) { m.keepValue(column, m.text(column)) }

func (m *mapping) keepValue(column, value string) {
	if value == "" {
		return
	}
	v := atlas.Verbatim{Field: m.name(column), Value: value}
	for _, have := range m.draft.Project.Verbatim {
		if have == v {
			return
		}
	}
	m.draft.Project.Verbatim = append(m.draft.Project.Verbatim, v)
}

// problem says what is wrong with a cell. The key goes without its prefix.
func (m *mapping) problem(column, key string, args ...any) {
	all := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		all[args[i].(string)] = args[i+1]
	}
	m.draft.Problems = append(m.draft.Problems, atlas.RowProblem{
		Row: m.row.Number, Column: m.name(column), Value: m.text(column), Key: ProblemPrefix + key, Args: all,
	})
}

// lost is a cell that could not be understood: it is kept and named.
func (m *mapping) lost(column, key string, args ...any) {
	m.keep(column)
	m.problem(column, key, args...)
}

// skip says that the row is no project.
func (m *mapping) skip(column, key string) {
	m.draft.Skip = true
	m.problem(column, key)
}

// actor notes an organisation named in a column and gives its key.
func (m *mapping) actor(column string, n NamedActor) string {
	base, form := NameKey(n.Name)
	n = m.describe(n, base, form)
	n.Column = m.name(column)
	key := n.keyBy(base, form)
	if _, ok := m.draft.Actors[key]; !ok {
		m.draft.Actors[key] = n
		m.draft.Order = append(m.draft.Order, key)
	}
	return key
}

// addParty puts an organisation in a role, once.
func (m *mapping) addParty(key, role string) {
	for _, p := range m.draft.Project.Parties {
		if p.Actor == key && p.Role == role {
			return
		}
	}
	m.draft.Project.Parties = append(m.draft.Project.Parties, atlas.Party{Actor: key, Role: role})
}

// date reads a column; what is no date, or no year of a project, is kept.
func (m *mapping) date(column string) atlas.Date {
	text := m.text(column)
	if text == "" {
		return atlas.Date{}
	}
	d, ok := ReadDate(text)
	switch {
	case !ok:
		m.lost(column, "date")
		return atlas.Date{}
	case d.Year < atlas.FirstYear || d.Year > m.Year+10:
		m.lost(column, "year_range", "from", atlas.FirstYear, "to", m.Year+10)
		return atlas.Date{}
	}
	return d
}

// span sets the dates of the project. An end before the start is not believed.
func (m *mapping) span(from, to string) {
	m.draft.Project.From = m.date(from)
	m.end(to)
}

// end sets the end after the start is set.
func (m *mapping) end(to string) {
	p := &m.draft.Project
	p.To = m.date(to)
	if p.From.Known() && p.To.Known() && p.To.Last().Compare(p.From.First()) < 0 {
		m.lost(to, "date_order", "from", p.From.String())
		p.To = atlas.Date{}
	}
}

// machineMoney reads an amount as programs write it. A negative one and a zero
// are not amounts that anybody gave.
func (m *mapping) machineMoney(column string) atlas.Amount {
	text := m.text(column)
	if text == "" {
		return atlas.Amount{}
	}
	a, ok := ReadMachineMoney(text)
	if !ok && (!strings.Contains(text, ".") || strings.Contains(text, ",")) { // 12.345 can be two things here
		if read, plain := ReadMoney(text); plain && (read.Currency == "" || read.Currency == "CZK") {
			a, ok = read.Amount, true
		}
	}
	switch {
	case !ok:
		m.lost(column, "money")
	case a.Minor < 0:
		m.lost(column, "negative")
	case a.Minor == 0:
		m.lost(column, "zero")
	default:
		return a
	}
	return atlas.Amount{}
}

// annotation sets the short text, or the long one where it is too long for it.
func (m *mapping) annotation(column string) {
	text := m.text(column)
	if len([]rune(text)) <= atlas.AnnotationLimit {
		m.draft.Project.Annotation = text
		return
	}
	m.draft.Project.Detail = text
	m.problem(column, "long_text", "limit", atlas.AnnotationLimit, "n", len([]rune(text)))
}

// namesakes are the municipalities of a folded name, where there are several.
func (e Env) namesakes(name string) []string {
	var out []string
	for _, t := range e.Places.Find(name, "") {
		if t.Level == atlas.LevelMunicipality {
			out = append(out, e.Places.Label(t.Code))
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

func (e Env) isRegion(name string) bool {
	found := e.Places.Recognise(name)
	return len(found) == 1 && found[0].Level == atlas.LevelRegion
}
