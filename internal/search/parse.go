package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mode says how a word of a query matches words of documents.
type mode uint8

const (
	anyForm mode = iota // the word and its inflected forms
	asIs                // the folded word only
	asStart             // every word that starts with it, and its forms
)

// slot is one word of a query and its place in the text.
type slot struct {
	word       string
	mode       mode
	start, end int
}

// unit is words that must stand side by side; most units have one.
type unit []slot

// clause is what must, or must not, be found: any of several alternatives, each
// of units that must all be found. Alternatives come from aliases; the first is
// what was written.
type clause struct {
	negative     bool
	quoted       bool
	alternatives [][]unit
}

func (c clause) written() []unit { return c.alternatives[0] }

// parsed is a query understood.
type parsed struct {
	clauses   []clause
	truncated bool
}

// parse understands the text of a query. There is no wrong text: what makes no
// sense is a word or is passed over.
func parse(text string, typing bool, al *aliases) parsed {
	p := parser{text: text}
	for p.next() {
	}
	if typing {
		p.openLast()
	}
	return parsed{clauses: al.expand(dropStopWords(p.clauses)), truncated: p.truncated}
}

type parser struct {
	text      string
	at        int
	words     int
	clauses   []clause
	truncated bool
}

// next reads one piece of the query; false at the end.
func (p *parser) next() bool {
	p.at += len(p.text[p.at:]) - len(strings.TrimLeftFunc(p.text[p.at:], unicode.IsSpace))
	if p.at >= len(p.text) {
		return false
	}
	if p.words >= maxWords {
		p.truncated = true
		return false
	}
	negative := p.minus()
	if size := quoteAt(p.text[p.at:]); size > 0 {
		p.at += size
		p.quoted(negative)
	} else {
		p.plain(negative)
	}
	return true
}

// minus reads the sign before a word that must not occur.
func (p *parser) minus() bool {
	for _, sign := range [...]string{"-", "−"} {
		if rest, ok := strings.CutPrefix(p.text[p.at:], sign); ok {
			r, _ := utf8.DecodeRuneInString(rest)
			if rest != "" && !unicode.IsSpace(r) {
				p.at += len(sign)
				return true
			}
		}
	}
	return false
}

// quoteAt gives the length of a quotation mark at the start of s, 0 if none.
func quoteAt(s string) int {
	r, size := utf8.DecodeRuneInString(s)
	switch r {
	case '"', '„', '“', '”', '«', '»':
		return size
	}
	return 0
}

// quoted reads up to the closing mark, or to the end if it is missing.
func (p *parser) quoted(negative bool) {
	start := p.at
	for p.at < len(p.text) && quoteAt(p.text[p.at:]) == 0 {
		p.at++
	}
	end := p.at
	p.at += quoteAt(p.text[p.at:])
	p.add(p.slots(start, end, asIs), negative, true)
}

// plain reads up to a blank or a quotation mark. Several words in one piece
// (Frýdek-Místek, a registration number) are looked for side by side.
func (p *parser) plain(negative bool) {
	start := p.at
	for p.at < len(p.text) {
		r, size := utf8.DecodeRuneInString(p.text[p.at:])
		if unicode.IsSpace(r) || quoteAt(p.text[p.at:]) > 0 {
			break
		}
		p.at += size
	}
	u := p.slots(start, p.at, anyForm)
	if len(u) > 0 && strings.HasSuffix(p.text[start:p.at], "*") {
		u[len(u)-1].mode = asStart
	}
	p.add(u, negative, false)
}

// slots gives the words between two places, no more than are left of maxWords.
func (p *parser) slots(start, end int, m mode) unit {
	var u unit
	for t := range tokens(p.text[start:end]) {
		if p.words >= maxWords {
			p.truncated = true
			break
		}
		p.words++
		u = append(u, slot{word: t.word, mode: m, start: start + t.start, end: start + t.end})
	}
	return u
}

func (p *parser) add(u unit, negative, quoted bool) {
	if len(u) > 0 {
		p.clauses = append(p.clauses, clause{negative: negative, quoted: quoted, alternatives: [][]unit{{u}}})
	}
}

// openLast makes the last word the start of a word, where nothing follows it
// yet and it is long enough to mean something.
func (p *parser) openLast() {
	if len(p.clauses) == 0 || p.truncated {
		return
	}
	last := p.clauses[len(p.clauses)-1]
	u := last.written()[0]
	s := &u[len(u)-1]
	if !last.quoted && s.end == len(p.text) && utf8.RuneCountInString(s.word) >= 2 {
		s.mode = asStart
	}
}

// dropStopWords leaves out words that carry no meaning, unless there is nothing
// else to look for.
func dropStopWords(all []clause) []clause {
	kept := make([]clause, 0, len(all))
	meaning := false
	for _, c := range all {
		if !c.negative && c.stopWord() {
			continue
		}
		meaning = meaning || !c.negative
		kept = append(kept, c)
	}
	if !meaning {
		return all
	}
	return kept
}

func (c clause) stopWord() bool {
	u := c.written()[0]
	return !c.quoted && len(u) == 1 && u[0].mode == anyForm && stopWord(u[0].word)
}

// stopWord says whether a folded word only joins others, in Czech, English,
// Ukrainian or Russian.
func stopWord(w string) bool {
	switch w {
	case "a", "aby", "ale", "ani", "co", "do", "i", "jak", "je", "k", "ke", "ktera", "ktere", "ktery", "na", "nad", "nebo",
		"o", "od", "po", "pod", "podle", "pri", "pro", "s", "se", "si", "u", "v", "ve", "z", "za", "ze",
		"an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with",
		"в", "во", "до", "для", "з", "за", "и", "из", "й", "на", "о", "по", "про", "с", "та", "у", "і", "із":
		return true
	}
	return false
}

// normalised gives what the query looks for, as Highlight takes it.
func (p parsed) normalised() []string {
	var out []string
	for _, c := range p.clauses {
		if c.negative {
			continue
		}
		for _, alt := range c.alternatives {
			for _, u := range alt {
				out = append(out, u.String())
			}
		}
	}
	return out
}

// String gives the words of the unit, with a star after the start of a word.
func (u unit) String() string {
	words := make([]string, len(u))
	for i, s := range u {
		words[i] = s.word
		if s.mode == asStart {
			words[i] += "*"
		}
	}
	return strings.Join(words, " ")
}
