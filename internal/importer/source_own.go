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
	return Source{Name: "atlas", Kind: "SEZNAM", read: readOwn, needs: needs, names: allOwnNames()}
}

// ownNames are the names that a column of our export has: its key and its labels
// in Czech and in English.
func ownNames(key string) []string {
	labels := ownLabels()[key]
	return []string{key, labels[0], labels[1]}
}

// allOwnNames are the names of every column that is read, by its key.
func allOwnNames() map[string][]string {
	out := map[string][]string{}
	for key := range ownLabels() {
		out[key] = ownNames(key)
	}
	return out
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

// ownColumn is the name that the file has for a column of our export.
func (m *mapping) ownColumn(key string) string {
	if name, ok := m.keys[key]; ok {
		return name
	}
	return key
}

func readOwn(m *mapping) {
	p := &m.draft.Project
	m.ownTexts()
	if p.TitleCs == "" && p.TitleEn == "" {
		m.skip(m.ownColumn("title_cs"), "not_project")
		return
	}
	m.span(m.ownColumn("date_from"), m.ownColumn("date_to"))
	p.Ongoing = isYes(m.own("ongoing"))
	p.Status, p.Country = m.ownCode("status_code", atlas.ListStatus), m.ownCode("country_code", atlas.ListCountry)
	p.Scope = m.ownCode("scope_code", atlas.ListScope)
	m.ownPlaces()
	m.ownParties()
	m.ownFunding()
	m.ownCost()
	m.ownContent()
	m.ownTransfer()
	m.ownEvaluation()
	m.ownOrigin()
	if address := webAddress(m.own("url")); address != "" {
		p.Sources = []atlas.Source{{Kind: "WEB", URL: address}}
	}
}

// ownTexts reads what is plain text.
func (m *mapping) ownTexts() {
	p := &m.draft.Project
	p.TitleCs, p.TitleEn, p.Acronym, p.RegNumber = m.own("title_cs"), m.own("title_en"), m.own("acronym"), m.own("reg_number")
	p.Annotation, p.Detail, p.PlaceText = m.own("annotation"), m.own("detail"), m.own("place_text")
	p.NeedRationale, p.Goal, p.Subgoals = m.own("need_rationale"), m.own("goal"), m.ownValues("subgoals")
	p.TransferNote, p.ReplicationNotes = m.own("transfer_note"), m.own("replication_notes")
	p.Web = m.ownAddress("web")
}

// ownCost reads the total cost with its currency, and how much of the project is
// integration.
func (m *mapping) ownCost() {
	p := &m.draft.Project
	p.Currency = m.ownCode("currency", atlas.ListCurrency)
	p.IntegrationShare = m.ownPercent("integration_share")
	cost := m.own("total_cost")
	if cost == "" {
		return
	}
	a, ok := ReadMachineMoney(cost)
	if !ok {
		m.lost(m.ownColumn("total_cost"), "money")
		return
	}
	if p.TotalCost = a; isEstimate(m.own("total_cost_state")) {
		p.TotalCost.State = atlas.AmountEstimate
	}
}

func isEstimate(word string) bool { return word == "odhad" || word == "estimate" }

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
	for _, one := range m.ownValues(key) {
		if number, ok := strings.CutPrefix(one, code+" "); ok {
			return number
		}
	}
	return ""
}

func (m *mapping) ownParties() {
	p, column := &m.draft.Project, m.ownColumn("parties")
	labels := pairs{{"Role", "Role"}, {"Částka", "Amount"}}
	for _, text := range m.ownValues("parties") {
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
