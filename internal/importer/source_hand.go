package importer

import (
	"regexp"
	"strings"

	"atlas"
	"atlas/internal/czech"
)

// handCollected is the list of Czech municipal projects that people copy from
// web pages by hand, with one project a row and words as they stand on the
// page. It is of projects in this country unless the row names others. Themes
// and target groups are words there, not codes, so they are kept as words.
func handCollected() Source {
	return Source{Name: "rucne", Kind: "WEB", read: readHandCollected, needs: [][]string{
		{"nazev"}, {"realizator"}, {"donor"}, {"uzemi"}, {"od"}, {"do"}, {"celkem_kc"},
	}}
}

func readHandCollected(m *mapping) {
	p := &m.draft.Project
	p.TitleCs = m.handTitle()
	if p.TitleCs == "" && m.line("realizator") == "" {
		m.skipNoProject("nazev", p.TitleCs)
		return
	}
	implementer := m.handImplementer()
	m.handPartners()
	p.Status = m.handStatus()
	m.handSpan()
	m.handMoney(implementer)
	m.handPlaces()
	for _, column := range []string{"cilova_skupina", "temata"} {
		if m.text(column) != "" {
			m.lost(column, "not_coded")
		}
	}
	m.handSource()
}

// handTitle takes off quotes about the whole title: ",,Žijeme společně“".
func (m *mapping) handTitle() string {
	title := m.line("nazev")
	inner := strings.TrimLeft(title, `,„"'”“`)
	bare := strings.TrimRight(inner, `“”"'`)
	if inner == title || bare == inner || bare == "" || strings.ContainsAny(bare, `„“”"`) {
		return title
	}
	m.keep("nazev")
	return strings.TrimSpace(bare)
}

var icoInNote = regexp.MustCompile(`(?i)IČO? (?:realizátora )?(\d{8})\b`)

// handImplementer notes who carries the project out and gives the key, "" when
// nobody is named. What stands in brackets by the name is kept, not understood.
func (m *mapping) handImplementer() string {
	name := m.line("realizator")
	if name == "" {
		m.problem("realizator", "no_implementer")
		return ""
	}
	n := NamedActor{Name: name}
	if b := bracketed.FindStringSubmatch(name); b != nil {
		n.Name = b[1]
		m.keep("realizator")
	}
	if found := icoInNote.FindStringSubmatch(m.line("poznamka")); found != nil {
		if czech.ValidICO(found[1]) {
			n.ICO, n.Country = found[1], "CZ"
		} else {
			m.lost("poznamka", "ico", "ico", found[1])
		}
	}
	key := m.actor("realizator", n)
	m.addParty(key, atlas.RoleImplementer)
	return key
}

// rolePartner is the role (CL-09) of a partner of whom nobody says that it got
// money.
const rolePartner = "PNEF"

func (m *mapping) handPartners() {
	names := splitNames(m.line("partneri"))
	if len(names) == 0 {
		return
	}
	m.problem("partneri", "partner_role")
	for _, name := range names {
		n := NamedActor{Name: name}
		if b := bracketed.FindStringSubmatch(name); b != nil {
			n.Name = b[1]
			if n.Country = m.countryCode(b[2]); n.Country == "" {
				m.keep("partneri")
			}
		}
		m.addParty(m.actor("partneri", foreign(n)), rolePartner)
	}
}

// countryCode is the country of "BG" or "ČR"; "" for anything else.
func (e Env) countryCode(s string) string {
	if s = strings.TrimSpace(s); s == "ČR" {
		return "CZ"
	}
	if e.Lists.Has(atlas.ListCountry, s) {
		return s
	}
	return ""
}

func (m *mapping) handStatus() string {
	words := m.line("stav")
	if b := bracketed.FindStringSubmatch(words); b != nil {
		words = b[1]
		m.keep("stav")
	}
	switch columnKey(words) {
	case "":
		return ""
	case "zadost", "podana zadost", "podano":
		return atlas.StatusApplied
	case "pridelena dotace", "podporen", "schvalen":
		return atlas.StatusSupported
	case "realizuje se", "bezi", "v realizaci", "probiha":
		return atlas.StatusRunning
	case "realizovan", "ukoncen", "dokoncen":
		return atlas.StatusEnded
	case "zrusen":
		return atlas.StatusCancelled
	case "nepodporen":
		return atlas.StatusRejected
	}
	m.lost("stav", "status")
	return ""
}

var since = regexp.MustCompile(`^(?i:od)\s+(.+)$`)

// handSpan reads the dates. "od roku 2010" of a project that runs has no end: it
// goes on.
func (m *mapping) handSpan() {
	p := &m.draft.Project
	open := since.FindStringSubmatch(m.line("od"))
	if open == nil {
		m.span("od", "do")
		return
	}
	if d, ok := ReadDate(open[1]); ok && d.Year >= atlas.FirstYear && d.Year <= m.Year+10 {
		p.From = d
	} else {
		m.lost("od", "date")
	}
	m.end("do")
	p.Ongoing = p.From.Known() && !p.To.Known() && p.Status == atlas.StatusRunning
}

// handSource is where the row was copied from: an address, or words in its
// place.
func (m *mapping) handSource() {
	s := atlas.Source{Kind: "WEB"}
	where := m.line("zdroj_url")
	address, rest, _ := strings.Cut(where, " ")
	if s.URL = webAddress(address); s.URL == "" || !strings.Contains(address, "://") {
		s.URL, rest = "", where
		s.Kind = "JINY"
		if where != "" {
			m.problem("zdroj_url", "url")
		}
	}
	notes := []string{}
	for _, note := range []string{rest, m.line("poznamka")} {
		if note != "" {
			notes = append(notes, note)
		}
	}
	s.Note = strings.Join(notes, "; ")
	m.draft.Project.Sources = []atlas.Source{s}
}
