package importer

import (
	"strings"
	"unicode"

	"atlas"
)

// between stands between several values of one cell.
const between = " | "

// values parts a cell of several values. A bar that stands alone parts them; one
// of a text is written twice.
func values(cell string) []string {
	if cell == "" {
		return nil
	}
	out := strings.Split(cell, between)
	for i, v := range out {
		out[i] = singleBars(v)
	}
	return out
}

// singleBars takes one bar from each word of nothing but bars.
func singleBars(s string) string {
	if !strings.Contains(s, "||") {
		return s
	}
	var b strings.Builder
	bars, alone := 0, true // bars of the word so far, and whether it has nothing else
	end := func(ends bool) {
		if bars > 0 && alone && ends {
			bars--
		}
		b.WriteString(strings.Repeat("|", bars))
		bars = 0
	}
	for _, r := range s {
		if r == '|' {
			bars++
			continue
		}
		end(unicode.IsSpace(r))
		alone = unicode.IsSpace(r)
		b.WriteRune(r)
	}
	end(true)
	return b.String()
}

func (m *mapping) ownValues(key string) []string { return values(m.own(key)) }

// ownCode is a code; one that the list does not have is kept as it stands.
func (m *mapping) ownCode(key, list string) string {
	code := m.own(key)
	if code != "" && !m.Lists.Has(list, code) {
		m.lost(m.ownColumn(key), "not_coded")
		return ""
	}
	return code
}

// ownCodes are several codes; those that the list does not have are kept.
func (m *mapping) ownCodes(key, list string) []string {
	var out []string
	for _, code := range m.ownValues(key) {
		if m.Lists.Has(list, code) {
			out = append(out, code)
		} else {
			m.unread(key, code)
		}
	}
	return out
}

// unread keeps a value of a cell and names it.
func (m *mapping) unread(key, value string) {
	m.problem(m.ownColumn(key), "not_coded")
	m.keepValue(m.ownColumn(key), value)
}

// worded is a value in words beside its code, which may be missing.
type worded struct {
	code, text string // of the list; what the words say beside the label
	known      bool   // to the list, or without a code
}

// ownWorded reads words with their codes, which stand in a column of their own:
// "Label, words | Label" beside "A | B". False where the columns do not go
// together.
func (m *mapping) ownWorded(key, list string) ([]worded, bool) {
	words, column := m.ownValues(key), m.own(key+"_code")
	codes := strings.Split(column, "|")
	switch {
	case len(words) == 0 && column == "":
		return nil, true
	case len(words) == 0:
		words = make([]string, len(codes)) // somebody took the words away
	case len(words) != len(codes):
		return nil, false
	}
	out := make([]worded, len(words))
	for i, code := range codes {
		code = strings.TrimSpace(code)
		text, ok := m.afterLabel(words[i], list, code)
		if !ok {
			return nil, false
		}
		out[i] = worded{code, text, code == "" || m.Lists.Has(list, code)}
	}
	return out, true
}

// afterLabel is what stands in a value behind the label of its code.
func (m *mapping) afterLabel(value, list, code string) (string, bool) {
	if code == "" || value == "" {
		return value, true
	}
	it, _ := m.Lists.Item(list, code)
	text, found := "", false
	for _, label := range []string{clean(it.Cs), clean(it.En), code} {
		if label == "" {
			continue
		}
		rest, ok := strings.CutPrefix(value+", ", label+", ")
		if ok && (!found || len(rest) < len(text)) { // the longest label
			text, found = rest, true
		}
	}
	return strings.TrimSuffix(text, ", "), found
}

// ownTri reads yes and no.
func (m *mapping) ownTri(key string) atlas.Tri {
	switch word := m.own(key); {
	case word == "":
		return atlas.Unknown
	case isYes(word):
		return atlas.Yes
	case word == "Ne" || word == "No":
		return atlas.No
	}
	m.lost(m.ownColumn(key), "not_coded")
	return atlas.Unknown
}

func isYes(word string) bool { return word == "Ano" || word == "Yes" }

func (m *mapping) ownPercent(key string) atlas.Percent {
	text := m.own(key)
	share, ok := readPercent(text)
	if text != "" && !ok {
		m.lost(m.ownColumn(key), "not_coded")
	}
	return share
}

func (m *mapping) ownAddress(key string) string {
	text := m.own(key)
	if text == "" || isAddress(text) {
		return text
	}
	m.lost(m.ownColumn(key), "url")
	return ""
}

// isAddress says whether a text is an address of the web and nothing beside.
func isAddress(text string) bool {
	return (strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "https://")) && !strings.ContainsFunc(text, unicode.IsSpace)
}
