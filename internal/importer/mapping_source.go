package importer

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"atlas"
	"atlas/internal/czech"
)

// MappedName is the name of the source made of a mapping of columns.
const MappedName = "sloupce"

// MappedSource reads a list by a mapping of its columns, as far as the mapping
// goes: what no column says stays unknown, and what a column says that the
// record has no field for stays in words. The title is in Czech unless the
// project is of a country that speaks English.
func MappedSource(m Mapping) Source {
	by := newMappedColumns(m)
	return Source{Name: MappedName, Kind: "SEZNAM", read: func(row *mapping) {
		by.once.Do(func() { by.countries = newCountries(row.Env) })
		(&mappedRow{row, by}).read()
	}}
}

// mappedColumns is a mapping made ready for reading rows.
type mappedColumns struct {
	Mapping
	names map[Target][]string
	// By name of a column: the style of its values, the currency in its name.
	styles, currencies map[string]string
	keys               []string // the names of columns as they are compared
	once               sync.Once
	countries          countries // by the lists of the first row
}

func newMappedColumns(m Mapping) *mappedColumns {
	by := &mappedColumns{Mapping: m, names: map[Target][]string{}, styles: map[string]string{}, currencies: map[string]string{}}
	for _, c := range m.Columns {
		by.names[c.Target] = append(by.names[c.Target], c.Header)
		by.styles[c.Header] = c.Style
		by.currencies[c.Header] = currencyInHeader(c.Header)
		by.keys = append(by.keys, columnKey(c.Header))
	}
	return by
}

// mappedRow is a row read by a mapping.
type mappedRow struct {
	*mapping
	by *mappedColumns
}

// column is the first column of a target that says something in this row, else
// the first one at all, else "".
func (m *mappedRow) column(target Target) string {
	all := m.by.names[target]
	for _, c := range all {
		if m.text(c) != "" {
			return c
		}
	}
	if len(all) > 0 {
		return all[0]
	}
	return ""
}

// say is the cell of a target on one line.
func (m *mappedRow) say(target Target) string {
	if c := m.column(target); c != "" {
		return m.line(c)
	}
	return ""
}

func (m *mappedRow) read() {
	if m.isHeader() {
		m.skip(m.by.Columns[0].Header, "header_row")
		return
	}
	title, implementer := m.say(TargetName), m.say(TargetBeneficiary)
	if title == "" {
		title = m.titleInstead()
	}
	if title == "" && implementer == "" || isTotal(title) || isTotal(implementer) {
		column := m.column(TargetName)
		if column == "" || m.line(column) == "" {
			column = m.column(TargetBeneficiary)
		}
		m.skipNoProject(column, "")
		return
	}
	p := &m.draft.Project
	p.RegNumber = strings.ReplaceAll(m.say(TargetNumber), " ", "")
	p.Country = m.country()
	if speaksEnglish(p.Country) {
		p.TitleEn = title
	} else {
		p.TitleCs = title
	}
	m.describeProject()
	m.parties(implementer)
	m.dates()
	m.status()
	m.money()
	m.places()
	m.origin()
	m.keepTheRest()
}

// isHeader says whether the row repeats the names of the columns, as tables
// made of printed pages do.
func (m *mappedRow) isHeader() bool {
	same, filled := 0, 0
	for i, cell := range m.cells[:min(len(m.cells), len(m.by.keys))] {
		if startsOtherwise(cell, m.by.keys[i]) {
			filled++
		} else if key := columnKey(cell); key != "" {
			filled++
			if key == m.by.keys[i] {
				same++
			}
		}
	}
	return same >= 2 && same*2 > filled
}

// startsOtherwise says whether a text has words, the first of which is not what
// the key begins with: then the text is not the name of the column, and the rest
// of it need not be looked at.
func startsOtherwise(s, key string) bool {
	for i := range min(len(s), len(key)) {
		b := s[i]
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		if b >= utf8.RuneSelf || !inWord(rune(b)) {
			break
		}
		if b != key[i] {
			return true
		}
	}
	first, _, _ := strings.Cut(s, " ")
	first = columnKey(first)
	return first != "" && !strings.HasPrefix(key, first)
}

// isTotal says whether a cell is the word of a row of totals, alone or with a
// colon.
func isTotal(s string) bool {
	letters := 0
	for i := range len(s) {
		if s[i] < utf8.RuneSelf && inWord(rune(s[i])) {
			letters++
		}
	}
	if letters > len("gesamtsumme") { // no word is longer
		return false
	}
	switch columnKey(s) {
	case "celkem", "soucet", "spolu", "suma", "summe", "gesamt", "gesamtsumme", "insgesamt", "total", "totals", "grand total", "ogolem", "razem", "totale", "yhteensa", "osszesen":
		return true
	}
	return false
}

// titleInstead is what names the project where no column is its title: a short
// description.
func (m *mappedRow) titleInstead() string {
	if len(m.by.names[TargetName]) > 0 {
		return ""
	}
	if s := m.say(TargetDescription); len([]rune(s)) <= 300 {
		return s
	}
	return ""
}

// describeProject joins the columns of descriptions; activities go into the
// detailed one.
func (m *mappedRow) describeProject() {
	p := &m.draft.Project
	var long []string
	for i, column := range slices.Concat(m.by.names[TargetDescription], m.by.names[TargetActivities]) {
		text := m.text(column)
		switch {
		case text == "" || text == p.TitleCs || text == p.TitleEn:
		case i == 0:
			m.annotation(column)
		default:
			long = append(long, text)
		}
	}
	if p.Detail != "" {
		long = append([]string{p.Detail}, long...)
	}
	p.Detail = strings.Join(long, "\n\n")
}

// parties names the organisation that carries the project out, its partners and
// the body that runs the programme.
func (m *mappedRow) parties(implementer string) {
	column := m.column(TargetBeneficiary)
	if implementer == "" {
		m.problem(column, "no_implementer")
	} else {
		m.addParty(m.actor(column, m.beneficiary(implementer)), atlas.RoleImplementer)
	}
	for _, column := range m.by.names[TargetPartner] {
		names := splitNames(m.line(column))
		if len(names) > 0 {
			m.problem(column, "partner_role")
		}
		for _, name := range names {
			m.addParty(m.actor(column, NamedActor{Name: name}), rolePartner)
		}
	}
}

func (m *mappedRow) beneficiary(name string) NamedActor {
	n := NamedActor{Name: name, Country: m.draft.Project.Country, City: m.say(TargetCity), ZIP: m.say(TargetPostcode), Street: m.say(TargetAddress)}
	if n.Country == "CZ" {
		n.Country = "" // only an IČO or a form of Czech law says that of the organisation
	}
	if web := m.column(TargetURL); web != "" {
		if n.Web = webAddress(m.line(web)); n.Web == "" && m.line(web) != "" {
			m.lost(web, "url")
		}
	}
	column := m.column(TargetICO)
	number := m.say(TargetICO)
	switch ico, valid := czech.NormaliseICO(number); {
	case number == "":
	case m.draft.Project.Country != "CZ":
		m.keep(column) // of a register that nobody names; Slovak numbers look the same
	case valid:
		n.ICO, n.Country = ico, "CZ"
	default:
		m.lost(column, "ico", "ico", number)
	}
	return foreign(n)
}

// status reads the words of the state of a project.
func (m *mappedRow) status() {
	column := m.column(TargetStatus)
	words := " " + columnKey(m.say(TargetStatus))
	if words == " " {
		return
	}
	for _, s := range statusWords {
		if strings.Contains(words, s[0]) {
			m.draft.Project.Status = s[1]
			return
		}
	}
	m.lost(column, "status")
}

// statusWords are beginnings of words of states of projects, folded; what
// denies comes before what it denies.
var statusWords = [...][2]string{
	{" nedokoncen", atlas.StatusCancelled}, {" odstoup", atlas.StatusCancelled}, {" predcasne", atlas.StatusCancelled}, {" zrusen", atlas.StatusCancelled},
	{" cancelled", atlas.StatusCancelled}, {" withdrawn", atlas.StatusCancelled}, {" mimoriadne ukoncen", atlas.StatusCancelled},
	{" nesplnil", atlas.StatusRejected}, {" neschvalen", atlas.StatusRejected}, {" nedoporucen", atlas.StatusRejected}, {" nepodpor", atlas.StatusRejected},
	{" rejected", atlas.StatusRejected}, {" abgelehnt", atlas.StatusRejected}, {" zamietnut", atlas.StatusRejected},
	{" pravnim aktem", atlas.StatusSupported}, {" schvalen", atlas.StatusSupported}, {" pridelena dotace", atlas.StatusSupported}, {" podporen", atlas.StatusSupported},
	{" approved", atlas.StatusSupported}, {" genehmigt", atlas.StatusSupported}, {" bewilligt", atlas.StatusSupported},
	{" ukoncen", atlas.StatusEnded}, {" dokoncen", atlas.StatusEnded}, {" realizovan", atlas.StatusEnded}, {" completed", atlas.StatusEnded},
	{" closed", atlas.StatusEnded}, {" finished", atlas.StatusEnded}, {" abgeschlossen", atlas.StatusEnded}, {" zakonczon", atlas.StatusEnded}, {" paattyn", atlas.StatusEnded},
	{" ve fyzicke realiza", atlas.StatusRunning}, {" v plne fyzicke", atlas.StatusRunning}, {" v plne realiza", atlas.StatusRunning},
	{" pp30", atlas.StatusSupported}, {" pp36", atlas.StatusRunning}, {" pp37", atlas.StatusRunning}, // codes of the monitoring system of European funds
	{" realizuje", atlas.StatusRunning}, {" v realiza", atlas.StatusRunning}, {" fyzicka realizace", atlas.StatusRunning}, {" bezi", atlas.StatusRunning},
	{" probiha", atlas.StatusRunning}, {" running", atlas.StatusRunning}, {" ongoing", atlas.StatusRunning}, {" in progress", atlas.StatusRunning},
	{" active", atlas.StatusRunning}, {" laufend", atlas.StatusRunning}, {" kaynnissa", atlas.StatusRunning}, {" w realizacji", atlas.StatusRunning},
	{" zadost", atlas.StatusApplied}, {" podan", atlas.StatusApplied}, {" applied", atlas.StatusApplied}, {" beantragt", atlas.StatusApplied},
}

// origin is where the row was taken from, if a column says so.
func (m *mappedRow) origin() {
	s := atlas.Source{Kind: "SEZNAM"}
	var notes []string
	for _, column := range slices.Concat(m.by.names[TargetSource], m.by.names[TargetNote]) {
		text := m.line(column)
		if s.URL == "" && strings.Contains(text, "://") {
			s.URL = webAddress(text)
			if s.URL != "" {
				continue
			}
		}
		if text != "" {
			notes = append(notes, text)
		}
	}
	s.Note = strings.Join(notes, "; ")
	if s.URL != "" || s.Note != "" {
		m.draft.Project.Sources = []atlas.Source{s}
	}
}

// keepTheRest stores in words what the record has no field for. Columns without
// a target are named by the mapping, not row by row. Contacts of persons stay
// in the batch alone: they are not for everybody to read.
func (m *mappedRow) keepTheRest() {
	for _, c := range m.by.Columns {
		switch c.Target {
		case "", TargetFund, TargetPriority, TargetPriorityNumber, TargetThemeCode, TargetCallName, TargetProgrammeCode,
			TargetProgrammeTitle, TargetLegalForm, TargetNUTS, TargetEUShare, TargetLastPaid, TargetOtherAmount:
			m.keep(c.Header)
		case TargetTheme, TargetGroup:
			if m.text(c.Header) != "" {
				m.lost(c.Header, "not_coded")
			}
		}
	}
}
