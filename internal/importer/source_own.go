package importer

import (
	"regexp"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/czech"
)

// ownExport is the file of projects that an Atlas gives: CSV and workbooks with
// labels in either language, JSON with keys. Codes of records are those of the
// other database, so organisations come by their numbers, or else by their names.
func ownExport() Source {
	var needs [][]string
	for _, key := range []string{"id", "ongoing", "total_cost_state", "amount_unknown_lines"} { // never empty, so that JSON has them too
		needs = append(needs, ownNames(key))
	}
	return Source{Name: "atlas", Kind: "SEZNAM", read: readOwn, needs: needs}
}

// ownLabels are the Czech and English labels of the columns that are read, by
// their keys. What has a code is read by it.
func ownLabels() map[string][2]string {
	return map[string][2]string{
		"id": {"Kód záznamu", "Record code"}, "title_cs": {"Název projektu", "Project title"}, "title_en": {"Název anglicky", "Title in English"},
		"reg_number": {"Registrační číslo", "Registration number"}, "annotation": {"Anotace", "Summary"}, "detail": {"Podrobný popis", "Detailed description"},
		"date_from": {"Začátek", "Start"}, "date_to": {"Konec", "End"}, "ongoing": {"Pokračuje, stal se pravidelnou službou", "Goes on, has become a regular service"},
		"status_code": {"Stav projektu (kód)", "Project status (code)"}, "country_code": {"Země (kód)", "Country (code)"}, "scope_code": {"Územní rozsah (kód)", "Scope (code)"},
		"territories": {"Místa realizace", "Places"}, "territories_code": {"Místa realizace (kód)", "Places (code)"}, "place_text": {"Místo slovy", "Place in words"},
		"parties": {"Kdo se na projektu podílí", "Who takes part"}, "funding": {"Financování", "Funding"},
		"actors_ico":        {"IČO organizací podle jejich kódů", "Czech company numbers (IČO) of organisations by their codes"},
		"actors_foreign_id": {"Zahraniční identifikátory organizací podle jejich kódů", "Foreign identifiers of organisations by their codes"},
		"total_cost":        {"Celkové náklady", "Total cost"}, "total_cost_state": {"Celkové náklady – jak je známo", "Total cost – how it is known"},
		"amount_unknown_lines": {"Řádků financování bez známé částky", "Funding lines without a known amount"},
		"currency":             {"Měna celkových nákladů", "Currency of the total cost"}, "url": {"Adresa", "Address"},
	}
}

func ownNames(key string) []string {
	labels := ownLabels()[key]
	return []string{key, labels[0], labels[1]}
}

// own is a cell of our export, without the apostrophe that keeps a text in CSV
// from being a formula.
func (m *mapping) own(key string) string {
	text := m.text(m.ownColumn(key))
	if m.table.Format == FormatCSV && len(text) > 1 && text[0] == '\'' && strings.IndexByte("=+-@", text[1]) >= 0 {
		return text[1:]
	}
	return text
}

func (m *mapping) ownColumn(key string) string { return first(m, ownNames(key)...) }

func readOwn(m *mapping) {
	p := &m.draft.Project
	p.TitleCs, p.TitleEn, p.RegNumber = m.own("title_cs"), m.own("title_en"), m.own("reg_number")
	if p.TitleCs == "" && p.TitleEn == "" {
		m.skip(m.ownColumn("title_cs"), "not_project")
		return
	}
	p.Annotation, p.Detail, p.PlaceText = m.own("annotation"), m.own("detail"), m.own("place_text")
	m.span(m.ownColumn("date_from"), m.ownColumn("date_to"))
	switch m.own("ongoing") {
	case "Ano", "Yes":
		p.Ongoing = true
	}
	p.Status, p.Country = m.ownCode("status_code", atlas.ListStatus), m.ownCode("country_code", atlas.ListCountry)
	p.Scope = m.ownCode("scope_code", atlas.ListScope)
	m.ownPlaces()
	m.ownParties()
	m.ownFunding()
	p.Currency = m.ownCode("currency", atlas.ListCurrency)
	if cost := m.own("total_cost"); cost != "" {
		a, ok := ReadMachineMoney(cost)
		if !ok {
			m.lost(m.ownColumn("total_cost"), "money")
		} else if p.TotalCost = a; isEstimate(m.own("total_cost_state")) {
			p.TotalCost.State = atlas.AmountEstimate
		}
	}
	if address := webAddress(m.own("url")); address != "" {
		p.Sources = []atlas.Source{{Kind: "WEB", URL: address}}
	}
}

func isEstimate(word string) bool { return word == "odhad" || word == "estimate" }

// ownCode is a code; one that the list does not have is kept as it stands.
func (m *mapping) ownCode(key, list string) string {
	code := m.own(key)
	if code != "" && !m.Lists.Has(list, code) {
		m.lost(m.ownColumn(key), "not_coded")
		return ""
	}
	return code
}

// between stands between several values of one cell.
const between = " | "

// ownPlaces reads the codes of places, and their shares from the words beside.
func (m *mapping) ownPlaces() {
	p := &m.draft.Project
	words := strings.Split(m.own("territories"), between)
	for i, code := range strings.Split(m.own("territories_code"), between) {
		if code == "" {
			continue
		}
		if _, ok := m.Places.Get(code); !ok {
			m.problem(m.ownColumn("territories_code"), "place_unknown", "place", code)
			m.keepValue(m.ownColumn("territories_code"), code)
			continue
		}
		place := atlas.Place{Territory: code}
		if i < len(words) {
			_, share, _ := strings.Cut(words[i], ", %: ")
			place.Share, _ = readPercent(share)
		}
		p.Territories = append(p.Territories, place)
	}
}

// pairs are the labels of the parts of a value in their order, each in Czech and
// in English.
type pairs [][2]string

// split parts "Name, Role: Partner, Amount: 1.00 CZK" by labels; the part before
// the first label has the number -1. ok is false where a text within it looks
// like a label, so that it can be read in two ways.
func (labels pairs) split(text string) (out map[int]string, ok bool) {
	out, ok = map[int]string{}, true
	text, at := ", "+text, -1
	for i, label := range labels {
		for _, word := range label {
			mark := ", " + word + ": "
			before, rest, found := strings.Cut(text, mark)
			if !found {
				continue
			}
			out[at], text, at = before, rest, i
			ok = ok && !strings.Contains(rest, mark)
			break
		}
	}
	out[at] = text
	out[-1] = strings.TrimPrefix(out[-1], ", ")
	return out, ok
}

// members parts a cell of several values. A value starts with a label where
// those of the cell do; a bar within a text does not part it.
func members(cell string, starts func(string) bool) []string {
	var out []string
	for _, s := range strings.Split(cell, between) {
		if len(out) > 0 && !starts(s) {
			out[len(out)-1] += between + s
		} else if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// ownRecord is the code of a record of the other database behind its name.
var ownRecord = regexp.MustCompile(`^(?:(.+) )?\[(A-\d+)\]$`)

// ownActor is the key of an organisation named in a cell; "" where only its code
// is.
func (m *mapping) ownActor(column, text string) string {
	n := NamedActor{Name: text}
	if found := ownRecord.FindStringSubmatch(text); found != nil {
		n.Name = found[1]
		if ico := m.ownNumber("actors_ico", found[2]); czech.ValidICO(ico) {
			n.ICO, n.Country = ico, "CZ"
		} else if id := m.ownNumber("actors_foreign_id", found[2]); organisationID.MatchString(id) {
			n.ForeignID = id
			if country := registerCountry(id); m.Lists.Has(atlas.ListCountry, country) {
				n.Country = country
			}
		}
	}
	if n.Name == "" {
		return ""
	}
	return m.actor(column, n)
}

// ownNumber is the number of an organisation, by its code in the other database:
// "A-00001 70098085 | A-00002 …".
func (m *mapping) ownNumber(key, code string) string {
	for _, one := range strings.Split(m.own(key), between) {
		if number, ok := strings.CutPrefix(one, code+" "); ok {
			return number
		}
	}
	return ""
}

func (m *mapping) ownParties() {
	p, column := &m.draft.Project, m.ownColumn("parties")
	labels := pairs{{"Role", "Role"}, {"Částka", "Amount"}}
	starts := func(s string) bool { return strings.Contains(s, ", Role: ") }
	for _, text := range members(m.own("parties"), starts) {
		parts, ok := labels.split(text)
		role := m.ownWord(atlas.ListRole, parts[0])
		actor := m.ownActor(column, parts[-1])
		if !ok || role == "" || actor == "" {
			m.problem(column, "not_coded")
			m.keepValue(column, text)
			continue
		}
		p.Parties = append(p.Parties, atlas.Party{Actor: actor, Role: role, Amount: m.ownAmount(column, parts[1])})
	}
}

// ownWord is the code of a word of a list in either language.
func (m *mapping) ownWord(list, word string) string {
	if l, ok := m.Lists.List(list); ok && word != "" {
		i := slices.IndexFunc(l.Items, func(it atlas.Item) bool { return clean(it.Cs) == word || clean(it.En) == word || it.Code == word })
		if i >= 0 {
			return l.Items[i].Code
		}
	}
	return ""
}

// ownAmount reads "740576.85 CZK (odhad)".
func (m *mapping) ownAmount(column, text string) atlas.Amount {
	number, rest, _ := strings.Cut(text, " ")
	a, ok := ReadMachineMoney(number)
	if !ok {
		if text != "" {
			m.problem(column, "money")
			m.keepValue(column, text)
		}
		return atlas.Amount{}
	}
	if _, word, found := strings.Cut(rest, " ("); found && isEstimate(strings.TrimSuffix(word, ")")) {
		a.State = atlas.AmountEstimate
	}
	return a
}
