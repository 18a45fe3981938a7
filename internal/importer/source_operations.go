package importer

import (
	"regexp"
	"strings"

	"atlas"
	"atlas/internal/czech"
)

// operations is the list of operations of the Czech programmes of 2014–2020
// (dotaceEU, Seznam operací). It has no dates, no places and no IČO. Total
// eligible costs (CZV) are the only costs it tells; they are taken for the
// costs of the project and kept under their own name as well.
func operations() Source {
	return Source{Name: "operace-2014", Kind: "SEZNAM", read: readOperation, needs: [][]string{
		{"Registrační číslo projektu"}, {"Název projektu CZ", "Název projektu"}, {"Žadatel", "Příjemce"}, {"Příspěvek EU"},
	}}
}

var operationNumber = regexp.MustCompile(`^CZ\.(\d\d)\.[0-9A-Z]+\.[0-9A-Z]+/\d+\.\d+/\d+\.\d+/\d\d_\d{3}/\d{7}$`)

func readOperation(m *mapping) {
	p := &m.draft.Project
	reg := strings.ReplaceAll(m.line("Registrační číslo projektu"), " ", "")
	title := m.line(first(m, "Název projektu CZ", "Název projektu"))
	applicant := first(m, "Žadatel", "Příjemce")
	if !operationNumber.MatchString(reg) && m.line(applicant) == "" {
		m.skipNoProject("Registrační číslo projektu", title)
		return
	}
	p.RegNumber, p.TitleCs = reg, title
	if !operationNumber.MatchString(reg) {
		m.problem("Registrační číslo projektu", "reg_number")
	}
	m.readProgramme(reg)
	m.addImplementer(applicant)
	p.Status = m.operationStatus()
	m.keep("Název výzvy")
}

// first is the first of the columns that the table has.
func first(m *mapping, columns ...string) string {
	for _, c := range columns {
		if _, ok := m.columns[columnKey(c)]; ok {
			return c
		}
	}
	return columns[0]
}

// skipNoProject says what a row without a project is: a total, a line of a
// legend such as "OPZ, 003", or a title.
func (m *mapping) skipNoProject(column, title string) {
	if text := czech.Fold(m.line(column) + " " + title); strings.HasPrefix(strings.TrimSpace(text), "celkem") || strings.HasPrefix(strings.TrimSpace(text), "soucet") {
		m.skip(column, "total_row")
		return
	}
	m.skip(column, "not_project")
}

// addImplementer puts the organisation of a cell in the role of implementer.
func (m *mapping) addImplementer(column string) {
	name := m.line(column)
	if name == "" {
		m.problem(column, "no_implementer")
		return
	}
	m.addParty(m.actor(column, NamedActor{Name: name}), atlas.RoleImplementer)
}

// operationProgrammes are the programmes by their two digits: the code of
// CL-07, or the name of one that has no code there.
func operationProgrammes() map[string][2]string {
	return map[string][2]string{
		"01": {"JINY", "OP Podnikání a inovace pro konkurenceschopnost"},
		"02": {"OPVVV", ""}, "03": {"OPZ", ""},
		"04": {"JINY", "OP Doprava"}, "05": {"JINY", "OP Životní prostředí"},
		"06": {"IROP14", ""}, "07": {"OPPPR", ""},
		"08": {"JINY", "OP Technická pomoc"},
		"11": {"JINY", "INTERREG V-A Česká republika – Polsko"},
		"30": {"JINY", "OP potravinové a materiální pomoci"},
	}
}

// crossBorder is the programme whose operations lie in two countries, so the
// list does not tell in which.
const crossBorder = "11"

// readProgramme sets the line of funding, its costs and the country.
func (m *mapping) readProgramme(reg string) {
	p := &m.draft.Project
	code := m.line("Operační program")
	if len(code) == 1 {
		code = "0" + code
	}
	inNumber := ""
	if found := operationNumber.FindStringSubmatch(reg); found != nil {
		inNumber = found[1]
	}
	switch {
	case code == "":
		code = inNumber
	case inNumber != "" && inNumber != code:
		m.problem("Operační program", "programme_differs", "number", reg)
	}
	f := atlas.Funding{FunderType: "EU-S", Currency: "CZK", CallNo: m.line("Číslo výzvy")}
	known, ok := operationProgrammes()[code]
	if f.Programme, f.ProgrammeText = known[0], known[1]; !ok && code != "" {
		f.ProgrammeText = code
		m.lost("Operační program", "programme")
	}
	f.Granted = m.machineMoney("Příspěvek EU")
	p.TotalCost, p.Currency = m.machineMoney("CZV projektu"), "CZK"
	m.keep("CZV projektu")
	if f.Granted.Known() && p.TotalCost.Known() && f.Granted.Minor > p.TotalCost.Minor {
		m.problem("Příspěvek EU", "support_over_cost", "cost", m.line("CZV projektu"))
	}
	p.Funding = []atlas.Funding{f}
	if code != crossBorder {
		p.Country = "CZ"
	}
}

// operationStatus follows the words of the monitoring system, which its codes
// stand for.
func (m *mapping) operationStatus() string {
	words := strings.Join(strings.Fields(czech.Fold(m.line("Název stavu"))), " ")
	for _, s := range []struct{ part, status string }{
		{"nedokoncen", atlas.StatusCancelled}, {"odstoup", atlas.StatusCancelled}, {"predcasne", atlas.StatusCancelled},
		{"nesplnil", atlas.StatusRejected}, {"neschvalen", atlas.StatusRejected}, {"nedoporucen", atlas.StatusRejected},
		{"ukoncen", atlas.StatusEnded}, {"realizaci", atlas.StatusRunning},
		{"pravnim aktem", atlas.StatusSupported}, {"schvalen", atlas.StatusSupported}, {"zadost", atlas.StatusApplied},
	} {
		if strings.Contains(words, s.part) {
			return s.status
		}
	}
	if words != "" || m.line("Kód stavu") != "" {
		m.keep("Kód stavu")
		m.lost("Název stavu", "status")
	}
	return ""
}
