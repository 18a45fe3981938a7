package importer

import (
	"embed"
	"encoding/csv"
	"strconv"
	"strings"

	"atlas/internal/czech"
)

// The words of headers. concepts.csv has stems of words by what they mean, in
// the languages of the Union; rules.csv says what concepts together make a
// target. countries.csv and organisations.csv have words of values.
//
//go:embed lexicon/*.csv
var lexiconFiles embed.FS

// lexicon is the words and the rules.
type lexicon struct {
	stems     []stem
	rules     []rule
	countries map[string]bool // names and codes of countries, as keys of columns
	bodies    map[string]bool // words in names of organisations, in small letters
}

// stem is one way to say a concept: the beginnings of words that follow each
// other.
type stem struct {
	concept string
	parts   []part
}

// part is the beginning of a word; a whole one ("rok$"), or one anywhere in a
// word ("*betrag").
type part struct {
	text            string
	inside, ends    bool
	mayBeMisspelled bool
}

// rule is one way to name a target. Of each group of needs one concept must be
// in the header; those of also may be; those of never must not.
type rule struct {
	target      Target
	values      shape
	weight      float64
	needs       [][]string
	also, never []string
}

// loadLexicon reads the embedded tables; an error is one of the program.
func loadLexicon() *lexicon {
	lex := &lexicon{countries: map[string]bool{}, bodies: map[string]bool{}}
	for _, row := range embeddedRows("lexicon/concepts.csv") {
		for _, s := range strings.Fields(row[2]) {
			lex.stems = append(lex.stems, stem{row[0], stemParts(s)})
		}
	}
	for _, row := range embeddedRows("lexicon/rules.csv") {
		weight, err := strconv.ParseFloat(row[2], 64)
		if err != nil {
			panic(err)
		}
		r := rule{target: Target(row[0]), values: shape(row[1]), weight: weight,
			also: strings.Fields(row[4]), never: strings.Fields(row[5])}
		for _, group := range strings.Fields(row[3]) {
			r.needs = append(r.needs, strings.Split(group, "|"))
		}
		lex.rules = append(lex.rules, r)
	}
	for _, row := range embeddedRows("lexicon/countries.csv") {
		lex.countries[columnKey(row[0])] = true
		for _, name := range strings.Split(row[1], ";") {
			lex.countries[columnKey(name)] = true
		}
	}
	for _, row := range embeddedRows("lexicon/organisations.csv") {
		for _, word := range strings.Fields(row[1]) {
			lex.bodies[word] = true
		}
	}
	return lex
}

func embeddedRows(name string) [][]string {
	f, err := lexiconFiles.Open(name)
	if err != nil {
		panic(err) // embedded
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		panic(err) // embedded, and read by every test
	}
	return rows[1:]
}

// misspelled is how long a stem must be so that one wrong letter is let pass.
const misspelled = 7

func stemParts(s string) []part {
	var out []part
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return r == '+' || r == '_' || r == '-' }) {
		text := czech.Fold(strings.Trim(p, "*$"))
		inside, ends := strings.HasPrefix(p, "*"), strings.HasSuffix(p, "$")
		out = append(out, part{text, inside, ends, !inside && !ends && len([]rune(text)) >= misspelled})
	}
	return out
}

// fits says whether a folded word is the part.
func (p part) fits(word string) bool {
	switch {
	case strings.ContainsRune(word, lost):
		return p.fitsLost(word)
	case p.inside && p.ends:
		return strings.HasSuffix(word, p.text)
	case p.inside:
		return strings.Contains(word, p.text)
	case p.ends:
		return word == p.text
	}
	return strings.HasPrefix(word, p.text)
}

// nearPrefix says whether a word begins like a stem but for a letter that is
// missing, superfluous, wrong, or changed places with the next; two of them in a
// stem of ten letters. The first and the last letter of the stem must be right:
// endings differ without being mistakes.
func nearPrefix(word, text string) bool {
	w, s := []rune(word), []rune(text)
	most := 1
	if len(s) >= 10 {
		most = 2
	}
	if len(w) < len(s)-most || len(w) == 0 || w[0] != s[0] {
		return false
	}
	w = w[:min(len(w), len(s)+most)]
	distance := make([][]int, len(w)+1) // of the first i letters of the word and j of the stem
	for i := range distance {
		distance[i] = make([]int, len(s)+1)
		distance[i][0] = i
		for j := 1; j <= len(s); j++ {
			switch {
			case i == 0:
				distance[i][j] = j
				continue
			case w[i-1] == s[j-1]:
				distance[i][j] = distance[i-1][j-1]
				continue
			}
			d := min(distance[i-1][j], distance[i][j-1], distance[i-1][j-1])
			if i > 1 && j > 1 && w[i-1] == s[j-2] && w[i-2] == s[j-1] {
				d = min(d, distance[i-2][j-2])
			}
			distance[i][j] = d + 1
		}
	}
	for i := 1; i <= len(w); i++ {
		if w[i-1] == s[len(s)-1] && distance[i][len(s)] <= most {
			return true
		}
	}
	return false
}
