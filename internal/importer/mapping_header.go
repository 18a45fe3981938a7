package importer

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"atlas/internal/czech"
)

var (
	brokenWord = regexp.MustCompile(`\pL+(?:-\s*\p{Ll}+)+`)
	// A word of four letters and more with a full stop, at the end of the header or
	// before another word.
	abbreviated = regexp.MustCompile(`(\pL{4,})\.([\s-]+\pL|$)`)
	hyphens     = regexp.MustCompile(`-\s*`)
	camelCase   = regexp.MustCompile(`(\p{Ll})(\p{Lu})`)
)

// cut stands at the end of a word that is abbreviated ("förderf. Ausgaben").
const cut = "\ue000"

// headerWords parts a header into folded words. A word broken at the end of a
// line ("Interven-tionsbereich") is put together, two joined by a hyphen are not.
func (lex *lexicon) headerWords(header string) []string {
	header = brokenWord.ReplaceAllStringFunc(withLost(clean(header)), func(s string) string {
		if parts := hyphens.Split(s, -1); lex.knowsAcross(parts) {
			return strings.Join(parts, "")
		}
		return s
	})
	header = strings.ReplaceAll(header, "%", " percent ")
	header = abbreviated.ReplaceAllString(header, "$1"+cut+"$2")
	header = camelCase.ReplaceAllString(header, "$1 $2")
	return strings.FieldsFunc(czech.Fold(header), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && string(r) != cut && r != lost })
}

// knowsAcross says whether parts put together have a stem that none of them has
// alone.
func (lex *lexicon) knowsAcross(parts []string) bool {
	whole, ends := "", map[int]bool{}
	for _, p := range parts {
		whole += czech.Fold(p)
		ends[len(whole)] = true
	}
	delete(ends, len(whole))
	for _, s := range lex.stems {
		if len(s.parts) > 1 || !s.parts[0].fits(whole) {
			continue
		}
		text := s.parts[0].text
		at := strings.Index(whole, text)
		for end := range ends {
			if at < end && end < at+len(text) {
				return true
			}
		}
	}
	return false
}

// headings counts for each header how many of its first words stand over
// several columns: the names of members in nested records ("recipient.name") and
// of two-row headers, and repeated beginnings ("Datum des …"). One word alone is
// no heading, nor is a whole header.
func (lex *lexicon) headings(headers []string) []int {
	out := make([]int, len(headers))
	begins := map[string]int{}
	for _, h := range headers {
		words := lex.headerWords(h)
		for n := 2; n < len(words); n++ {
			begins[strings.Join(words[:n], " ")]++
		}
	}
	for i, h := range headers {
		words := lex.headerWords(h)
		for n := 2; n < len(words) && begins[strings.Join(words[:n], " ")] > 1; n++ {
			out[i] = n
		}
	}
	return out
}

// reading is a header understood: the concepts in it, and those of each word.
// What stands only in the heading can be needed by a rule, but forbids nothing.
type reading struct {
	own    map[string]bool // concepts of the words under the heading
	words  []string        // under the heading
	of     [][]string      // concepts by word
	has    map[string]bool
	spoken map[string]string // concept → the words that say it
}

// match is a stem found in a header.
type match struct {
	stem
	at    int  // the first word
	exact bool // without a wrong letter
}

// covers says whether a match leaves no meaning to another one in its words:
// "zuwendungsempfänger" is a recipient, not a grant, and a word spelled right
// is not another one misspelled.
func (m match) covers(o match) bool {
	if o.exact && !m.exact || o.at < m.at || o.at+len(o.parts) > m.at+len(m.parts) {
		return false
	}
	if len(m.parts) > len(o.parts) {
		return true
	}
	a, b := m.parts[0].text, o.parts[0].text
	return m.exact && !o.exact || len(m.parts) == 1 && len(a) > len(b) && strings.Contains(a, b)
}

// read understands a header. The first words of it that other headers begin
// with as well are the heading above several columns.
func (lex *lexicon) read(header string, heading int) reading {
	words := lex.headerWords(header)
	var all []match
	for _, s := range lex.stems {
		for i := 0; i+len(s.parts) <= len(words); i++ {
			if fits, exact := fitsAt(words[i:], s.parts); fits {
				all = append(all, match{s, i, exact})
			}
		}
	}
	r := reading{of: make([][]string, len(words)), own: map[string]bool{}, has: map[string]bool{}, spoken: map[string]string{}}
	for _, m := range all {
		if slices.ContainsFunc(all, func(o match) bool { return o.covers(m) }) {
			continue
		}
		r.has[m.concept] = true
		r.spoken[m.concept] = strings.ReplaceAll(strings.Join(words[m.at:m.at+len(m.parts)], " "), cut, ".")
		if m.at+len(m.parts) <= heading {
			continue // explained by being a heading
		}
		r.own[m.concept] = true
		for j := range m.parts {
			r.of[m.at+j] = append(r.of[m.at+j], m.concept)
		}
	}
	if heading > 0 && onlyNames(r.own) { // "Kraj žadatele – název": the heading says of what
		return lex.read(header, 0)
	}
	r.words, r.of = words[heading:], r.of[heading:]
	return r
}

// strange says whether there are words without a meaning; numbers have none.
func (h reading) strange() bool {
	for i, word := range h.words {
		if len(h.of[i]) == 0 && strings.ContainsFunc(word, unicode.IsLetter) {
			return true
		}
	}
	return false
}

// onlyNames says whether concepts tell no more than that there is a name or a
// code, of whatever it is.
func onlyNames(own map[string]bool) bool {
	for c := range own {
		if c != "name" && c != "code" && c != plain {
			return false
		}
	}
	return true
}

func fitsAt(words []string, parts []part) (fits, exact bool) {
	exact = true
	for j, p := range parts {
		word, isCut := strings.CutSuffix(words[j], cut)
		switch {
		case p.fits(word):
			exact = exact && !strings.ContainsRune(word, lost)
		case isCut && !p.inside && strings.HasPrefix(p.text, word):
		case p.mayBeMisspelled && nearPrefix(word, p.text):
			exact = false
		default:
			return false, false
		}
	}
	return true, exact
}
