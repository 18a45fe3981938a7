package statistics

import (
	"cmp"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/importer"
)

// Mapping (význam sloupců) is what the columns of a table of temporary protection
// or of a generic table are, where their names do not tell it (9.2): proposed,
// chosen by a person, and remembered for the next file of the same columns.
type Mapping struct {
	Shape  string   `json:"shape"`
	Layout string   `json:"layout"`
	Roles  []string `json:"roles"` // of each column one of Roles; "" = nothing we know
}

// MappedLayouts are the layouts whose columns a person may choose.
func MappedLayouts() []string { return []string{LayoutLong, LayoutProtection} }

// Roles are what columns of a layout can be, in the words of its own header.
func Roles(layout string) []string {
	if layout == LayoutLong {
		return append(LongColumns(), "uzemi_platne_od")
	}
	out := []string{"datum", "kraj", "okres", "obec", "obec_kod", "obec_mc", "mc_kod", "celkem"}
	for _, age := range bandEnds {
		for _, sex := range []string{atlas.SexMen, atlas.SexWomen, atlas.SexUnknown} {
			out = append(out, sex+"_"+age.name)
		}
	}
	return out
}

// bandEnds are the ages of temporary protection, by the first age above them.
var bandEnds = []struct {
	name  string
	below int
}{{"do_3", 3}, {"do_6", 6}, {"do_15", 15}, {"do_18", 18}, {"do_65", 65}, {"sen", 0}}

// needed are the roles without which a layout says nothing; of a group any one.
func needed(layout string) [][]string {
	if layout == LayoutLong {
		return [][]string{{"datum"}, {"uzemi_kod"}, {"hodnota"}}
	}
	return [][]string{{"obec_kod", "mc_kod", "obec", "obec_mc"}, {"celkem"}}
}

// Lacks says which needed roles no column has, in words of the header.
func (m *Mapping) Lacks() []string {
	var out []string
	for _, group := range needed(m.Layout) {
		if !slices.ContainsFunc(group, func(role string) bool { return slices.Contains(m.Roles, role) }) {
			out = append(out, group[0])
		}
	}
	return out
}

// head is the header as columns are looked up in it.
func (f *File) head() head {
	if f.Mapping == nil {
		return head{f.table.Header, f.table.Header}
	}
	return head{f.Mapping.Roles, f.table.Header}
}

// follow takes the layout and the columns that a person chose.
func (f *File) follow() error {
	m := f.Mapping
	if len(m.Roles) != len(f.table.Header) || !slices.Contains(MappedLayouts(), m.Layout) {
		return &importer.FileError{Key: ErrorLayout, Args: map[string]any{"file": f.Name, "columns": someHeaders(f.table.Header)}}
	}
	if lacks := m.Lacks(); len(lacks) > 0 {
		return &importer.FileError{Key: ErrorColumns, Args: map[string]any{"file": f.Name, "columns": strings.Join(lacks, ", ")}}
	}
	seen := map[string]bool{}
	for _, role := range m.Roles {
		if role != "" && seen[role] {
			return &importer.FileError{Key: ErrorTwice, Args: map[string]any{"file": f.Name, "column": role}}
		}
		seen[role] = true
	}
	if f.Layout = m.Layout; f.Layout == LayoutProtection {
		f.Dataset = atlas.DatasetProtection
	}
	f.Columns = f.meanings()
	return nil
}

// Sheet is the columns of a table that a person is to say the meaning of.
type Sheet struct {
	File, Shape string
	Header      []string
	Samples     []string // some values of each column
	// Layout is that by which the columns are known by their names; "" = none.
	Layout string
}

// samplesShown is how many values of a column a person sees.
const samplesShown = 3

// Look reads the columns of a table and some values, nothing else. The error is a
// *importer.FileError; a JSON-stat file has no columns.
func Look(name string, data io.ReaderAt, size int64) (*Sheet, error) {
	t, err := importer.ReadTable(name, data, size)
	if err != nil {
		return nil, err
	}
	defer t.Close()
	s := &Sheet{File: t.File, Shape: t.Shape(), Header: t.Header, Samples: make([]string, len(t.Header))}
	f := &File{Name: t.File, table: t}
	if f.recognise() == nil {
		s.Layout = f.Layout
	}
	for i := range t.Header {
		var values []string
		for _, row := range t.Sample() {
			if i < len(row.Cells) && row.Cells[i] != "" && !slices.Contains(values, row.Cells[i]) && len(values) < samplesShown {
				values = append(values, short(row.Cells[i]))
			}
		}
		s.Samples[i] = strings.Join(values, " · ")
	}
	return s, nil
}

func short(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// Propose says what the columns seem to be: of a layout, or of the one that they
// fit better.
func (s *Sheet) Propose(layout string) *Mapping {
	if layout == "" {
		long, protection := s.Propose(LayoutLong), s.Propose(LayoutProtection)
		bands := 0
		for _, role := range protection.Roles {
			if strings.Contains(role, "_do_") || strings.HasSuffix(role, "_sen") {
				bands++
			}
		}
		if bands >= 2 && len(protection.Lacks()) <= len(long.Lacks()) {
			return protection
		}
		return long
	}
	m := &Mapping{Shape: s.Shape, Layout: layout, Roles: make([]string, len(s.Header))}
	type guess struct {
		column int
		role   string
		score  int
	}
	var all []guess
	for i, h := range s.Header {
		for _, role := range Roles(layout) {
			if n := likeness(layout, role, h, s.Samples[i]); n > 0 {
				all = append(all, guess{i, role, n})
			}
		}
	}
	slices.SortStableFunc(all, func(x, y guess) int { return cmp.Compare(y.score, x.score) })
	for _, g := range all {
		if m.Roles[g.column] == "" && !slices.Contains(m.Roles, g.role) {
			m.Roles[g.column] = g.role
		}
	}
	return m
}

// called are words that columns of a role are called by, the surest first.
var called = map[string][]string{
	"zdroj": {"zdroj", "source", "vydavatel"}, "datum": {"datum", "stav ke dni", "ke dni", "den", "date", "rok", "year", "obdobi", "stav k"},
	"uzemi_kod":    {"uzemi kod", "kod uzemi", "uzemi", "kod obce", "obec", "okres", "kraj", "territory", "municipality", "lau", "nuts"},
	"uzemi_uroven": {"uzemi uroven", "uroven", "typ uzemi", "level"}, "ukazatel": {"ukazatel", "indikator", "indicator"},
	"stobcan_kod": {"stobcan kod", "obcanstvi", "statni prislusnost", "prislusnost", "citizenship", "nationality", "stat", "zeme", "country"},
	"pohlavi_kod": {"pohlavi", "sex", "gender"}, "vek_od": {"vek od", "age from", "od let"}, "vek_do": {"vek do", "age to", "do let"},
	"typ_pobytu": {"typ pobytu", "druh pobytu", "pobyt", "residence"}, "poznamka": {"poznamka", "note", "komentar"},
	"hodnota":         {"hodnota", "pocet osob", "pocet", "value", "count", "osob", "osoby", "celkem", "persons", "number"},
	"uzemi_platne_od": {"uzemi platne od", "platnost uzemi od"},
	"kraj":            {"kraj", "nazev kraje", "region"}, "okres": {"okres", "nazev okresu", "district"},
	"obec": {"obec", "nazev obce", "mesto", "municipality"}, "obec_kod": {"kod obce", "obec kod", "ico obce", "zuj", "icob", "kod"},
	"obec_mc": {"mestska cast", "obec mc", "mc", "obvod"}, "mc_kod": {"kod mc", "mc kod", "kod mestske casti"},
	"celkem": {"celkem", "pocet osob", "celkovy pocet", "total", "pocet", "osob", "osoby"},
}

var digitsOnly = regexp.MustCompile(`^\d{6}( · \d{6})*$`)

// likeness is how much a column looks like a role; 0 not at all.
func likeness(layout, role, header, samples string) int {
	name := plain(header)
	if name == plain(role) {
		return 100
	}
	if sex, age, ok := strings.Cut(role, "_"); layout == LayoutProtection && len(sex) == 1 && ok {
		return bandLikeness(sex, age, name)
	}
	best := 0
	for i, words := range called[role] {
		switch {
		case name == words:
			best = max(best, 90-i)
		case hasWords(name, words):
			best = max(best, 60-i)
		}
	}
	if best == 0 {
		return 0
	}
	coded := digitsOnly.MatchString(samples)
	switch role {
	case "obec_kod", "mc_kod":
		if !coded && samples != "" {
			return 0
		}
		best += 10
	case "obec", "obec_mc", "kraj", "okres":
		if coded {
			return 0
		}
	case "uzemi_kod":
		if coded {
			best += 20
		}
	}
	return best
}

// hasWords says whether a name has all of some words, each as the beginning of one
// of its own.
func hasWords(name, words string) bool {
	own := strings.Fields(name)
	for _, w := range strings.Fields(words) {
		if !slices.ContainsFunc(own, func(o string) bool { return o == w || len(w) > 3 && strings.HasPrefix(o, w) }) {
			return false
		}
	}
	return true
}

var agesInName = regexp.MustCompile(`(\d{1,2})(?: (?:az |to )?(\d{1,2}))?`)

// bandLikeness is how much a column looks like one of a sex and ages: "Muži 0–2",
// "ženy do 6 let", "x 65+".
func bandLikeness(sexOf, age, name string) int {
	said := ""
	for _, w := range strings.Fields(name) {
		if s, ok := sex(w); ok && s != "" && strings.Trim(w, "0123456789") != "" {
			said = s
		}
	}
	if said != sexOf {
		return 0
	}
	last := strings.Contains(name, "sen") || strings.Contains(name, "starsi") || strings.Contains(name, "+") || strings.Contains(name, "vice")
	m := agesInName.FindStringSubmatch(name)
	below := 0
	if m != nil && !last {
		to, _ := strconv.Atoi(cmp.Or(m[2], m[1]))
		if below = to + 1; m[2] == "" && (strings.Contains(name, "do ") || strings.Contains(name, "pod ")) {
			below = to
		}
	}
	for _, e := range bandEnds {
		if e.name == age && (e.below == below && (m != nil || last)) {
			return 80
		}
	}
	return 0
}
