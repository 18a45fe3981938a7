package importer

import (
	"strings"
	"unicode"

	"atlas"
	"atlas/internal/czech"
)

// handMoney makes the lines of funding. The programme belongs to the funder it
// stands by, else to the first one. Money asked for by an application is
// requested and not granted.
func (m *mapping) handMoney(implementer string) {
	p := &m.draft.Project
	p.TotalCost, p.Currency = m.crowns("celkem_kc"), "CZK"
	donors := readDonors(m.line("donor"))
	for _, d := range donors {
		p.Funding = append(p.Funding, m.fundingBy(d, implementer))
	}
	m.handProgramme(donors)
	m.handGrant(donors)
	if own := m.crowns("vlastni_zdroje_kc"); own.Known() {
		m.addFunding(atlas.Funding{Funder: implementer, FunderType: "VLA", Currency: "CZK"}, own)
	}
	if p.From.Known() && p.From.Year == p.To.Year {
		for i := range p.Funding {
			p.Funding[i].Year = p.From.Year
		}
	}
}

func (m *mapping) fundingBy(d donor, implementer string) atlas.Funding {
	f := atlas.Funding{FunderType: d.kind, Currency: "CZK"}
	if d.noActor {
		f.ProgrammeText = d.text
	} else {
		f.Funder = m.actor("donor", NamedActor{Name: d.text})
	}
	if f.Funder != "" && f.Funder == implementer {
		f.FunderType = "VLA"
	}
	if d.inBrackets != "" {
		m.keep("donor")
	}
	return f
}

// addFunding adds a line with its amount in the state of the project.
func (m *mapping) addFunding(f atlas.Funding, a atlas.Amount) {
	m.setAmount(&f, a)
	m.draft.Project.Funding = append(m.draft.Project.Funding, f)
}

func (m *mapping) setAmount(f *atlas.Funding, a atlas.Amount) {
	switch m.draft.Project.Status {
	case atlas.StatusApplied, atlas.StatusIntent, atlas.StatusRejected:
		f.Requested = a
	default:
		f.Granted = a
	}
}

// handProgramme sets the programme in words, its code where one is named, and
// the number of the call.
func (m *mapping) handProgramme(donors []donor) {
	p := &m.draft.Project
	at, words := 0, m.line("program")
	for i, d := range donors {
		if d.programme != "" {
			at = i
			words = strings.TrimSuffix(d.programme+", "+words, ", ")
			break
		}
	}
	if words == "" {
		return
	}
	if len(p.Funding) == 0 {
		p.Funding = []atlas.Funding{{Currency: "CZK"}}
	}
	f := &p.Funding[at]
	f.ProgrammeText, f.CallNo = strings.TrimPrefix(f.ProgrammeText+"; "+words, "; "), callOf(words)
	code := programmeOf(words, p.From.Year)
	switch {
	case code == "":
		m.problem("program", "programme")
	case !m.inForce(code, p.From.Year):
		m.problem("program", "programme_period", "programme", m.Lists.Label(atlas.ListProgramme, code, "cs"), "year", p.From.Year)
	default:
		f.Programme = code
	}
}

// handGrant gives the support to the funder it came from. A sum for several
// funders cannot be parted.
func (m *mapping) handGrant(donors []donor) {
	p := &m.draft.Project
	cell := m.line("dotace_kc")
	if cell == "" {
		return
	}
	whole, ok := readCrowns(cell)
	switch {
	case !ok:
		if !m.handParts(cell, donors) {
			m.lost("dotace_kc", "money")
		}
	case whole.Minor == 0:
		m.lost("dotace_kc", "zero")
	case whole.Minor < 0:
		m.lost("dotace_kc", "negative")
	case len(donors) > 1:
		m.lost("dotace_kc", "shared_money")
	case len(p.Funding) == 0:
		m.addFunding(atlas.Funding{Currency: "CZK"}, whole)
	default:
		m.setAmount(&p.Funding[0], whole)
	}
}

// handParts reads "583 990 (MVČR) + 70 000 (HMP)": an amount for each funder by
// its abbreviation. Nothing is set unless every part is clear.
func (m *mapping) handParts(cell string, donors []donor) bool {
	amounts := map[int]atlas.Amount{}
	parts := strings.Split(cell, "+")
	for _, part := range parts {
		b := bracketed.FindStringSubmatch(strings.TrimSpace(part))
		if b == nil {
			return false
		}
		a, ok := readCrowns(b[1])
		if !ok || a.Minor <= 0 {
			return false
		}
		for i, d := range donors {
			if abbreviation(d.text) == columnKey(b[2]) || columnKey(d.text) == columnKey(b[2]) {
				amounts[i] = a
			}
		}
	}
	if len(amounts) != len(parts) {
		return false
	}
	for i, a := range amounts {
		m.setAmount(&m.draft.Project.Funding[i], a)
	}
	return true
}

// abbreviation of "Ministerstvo vnitra ČR" is "mvcr": first letters, and words
// of capitals whole.
func abbreviation(name string) string {
	out := ""
	for _, word := range strings.Fields(name) {
		switch r := []rune(word); {
		case strings.ToUpper(word) == word && len(r) > 1:
			out += word
		case unicode.IsLetter(r[0]):
			out += string(r[0])
		}
	}
	return czech.Fold(out)
}

// crowns reads an amount of a column in CZK.
func (m *mapping) crowns(column string) atlas.Amount {
	cell := m.line(column)
	if cell == "" {
		return atlas.Amount{}
	}
	a, ok := readCrowns(cell)
	switch {
	case !ok:
		m.lost(column, "money")
	case a.Minor == 0:
		m.lost(column, "zero")
	case a.Minor < 0:
		m.lost(column, "negative")
	default:
		return a
	}
	return atlas.Amount{}
}

func readCrowns(cell string) (atlas.Amount, bool) {
	money, ok := ReadMoney(cell)
	return money.Amount, ok && (money.Currency == "" || money.Currency == "CZK")
}
