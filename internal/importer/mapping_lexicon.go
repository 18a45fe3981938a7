package importer

import (
	"embed"
	"encoding/csv"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"atlas/internal/czech"
)

// The words of headers. concepts.csv has stems of words by what they mean, in
// the languages of the Union; rules.csv says what concepts together make a
// target.
//
//go:embed lexicon/*.csv
var lexiconFiles embed.FS

// lexicon is the words and the rules.
type lexicon struct {
	stems []stem
	rules []rule
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
	lex := &lexicon{}
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
		inside := strings.HasPrefix(p, "*")
		out = append(out, part{text, inside, strings.HasSuffix(p, "$"), !inside && len([]rune(text)) >= misspelled})
	}
	return out
}

// fits says whether a folded word is the part.
func (p part) fits(word string) bool {
	switch {
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

var (
	brokenWord = regexp.MustCompile(`\pL+(?:-\s*\p{Ll}+)+`)
	hyphens    = regexp.MustCompile(`-\s*`)
	camelCase  = regexp.MustCompile(`(\p{Ll})(\p{Lu})`)
)

// headerWords parts a header into folded words. A word broken at the end of a
// line ("Interven-tionsbereich") is put together, two joined by a hyphen are not.
func (lex *lexicon) headerWords(header string) []string {
	header = brokenWord.ReplaceAllStringFunc(clean(header), func(s string) string {
		if parts := hyphens.Split(s, -1); lex.knowsAcross(parts) {
			return strings.Join(parts, "")
		}
		return s
	})
	header = camelCase.ReplaceAllString(header, "$1 $2")
	return strings.FieldsFunc(czech.Fold(header), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
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
	words  []string
	own    map[string]bool // concepts of the words under the heading
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
	r := reading{words: words, of: make([][]string, len(words)), own: map[string]bool{}, has: map[string]bool{}, spoken: map[string]string{}}
	for _, m := range all {
		if slices.ContainsFunc(all, func(o match) bool { return o.covers(m) }) {
			continue
		}
		r.has[m.concept] = true
		if m.at+len(m.parts) <= heading {
			continue // explained by being a heading
		}
		r.own[m.concept] = true
		r.spoken[m.concept] = strings.Join(words[m.at:m.at+len(m.parts)], " ")
		for j := range m.parts {
			r.of[m.at+j] = append(r.of[m.at+j], m.concept)
		}
	}
	if len(r.own) == 0 { // "Název 1", "Název 2": the heading is all there is
		r.own, heading = r.has, 0
	}
	r.of = r.of[heading:]
	return r
}

func fitsAt(words []string, parts []part) (fits, exact bool) {
	exact = true
	for j, p := range parts {
		switch {
		case p.fits(words[j]):
		case p.mayBeMisspelled && nearPrefix(words[j], p.text):
			exact = false
		default:
			return false, false
		}
	}
	return true, exact
}

// apart are the concepts that make a column something else, whatever its other
// words say, unless a rule knows them: the date of an update is no date of the
// project.
func apart() []string {
	return []string{"update", "contract", "score", "media", "geo", "contractor", "tax", "duration", "ineligible", "phone", "email"}
}

// What a word of the header costs that a rule does not explain: one with a
// meaning more than an unknown one.
const (
	costMeaning = 0.05
	costUnknown = 0.01
	costMost    = 0.3
)

// fit is how well a header says the target of a rule; 0 when it does not. The
// words are those that say it.
func (r rule) fit(h reading) (float64, []string) {
	var words []string
	own := false
	explains := slices.Clone(r.also)
	for _, group := range r.needs {
		i := slices.IndexFunc(group, func(c string) bool { return h.has[c] })
		if i < 0 {
			return 0, nil
		}
		own = own || h.own[group[i]]
		explains = append(explains, group...)
		if w := h.spoken[group[i]]; !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	if !own {
		return 0, nil
	}
	if slices.ContainsFunc(r.never, func(c string) bool { return h.own[c] }) || slices.ContainsFunc(apart(), func(c string) bool {
		return h.own[c] && !slices.Contains(explains, c)
	}) {
		return 0, nil
	}
	cost := 0.0
	for _, meanings := range h.of {
		switch {
		case len(meanings) == 0:
			cost += costUnknown
		case !slices.ContainsFunc(meanings, func(c string) bool { return slices.Contains(explains, c) }):
			cost += costMeaning
		}
	}
	return r.weight - math.Min(cost, costMost), words
}

// valuesFor is how much values that fit add to what the header says.
const valuesFor = 0.08

// against is how much values that do not fit take off. What looks like words is
// the least sure of shapes: titles can be codes.
func (s shape) against() float64 {
	switch s {
	case shapeText, shapeLong, shapeCountry, shapeID, shapeCode:
		return 0.3
	}
	return 0.5
}

// ofUnion says whether a target is money of the Union: a grant is that only
// where the header, or the table, names the Union or a fund of it.
func ofUnion(t Target) bool {
	return t == TargetEUAmount || t == TargetEUGranted
}

// guess scores every target for a column; union says that the table names the
// Union.
func (lex *lexicon) guess(header string, heading int, p profile, union bool) guess {
	g := guess{profile: p, scores: map[Target]candidate{}}
	h := lex.read(header, heading)
	for _, r := range lex.rules {
		score, words := r.fit(h)
		if score <= 0 {
			continue
		}
		if ofUnion(r.target) && !h.has["eu"] && !union {
			continue
		}
		c := candidate{r.target, score, because(ReasonHeader, "words", quoted(words))}
		share, known := p.share(r.values)
		switch {
		case known && share >= 0.5:
			c.score += valuesFor * share
			c.reason = because(ReasonBoth, "words", quoted(words), "share", int(math.Round(share*100)))
		case known:
			c.score -= r.values.against() * (1 - share)
		}
		if c.score < Sure && score >= Sure && g.against.score < score {
			g.against = candidate{r.target, c.score, because(ReasonAgainst, "words", quoted(words), "target", string(r.target))}
		}
		if c.score > g.scores[r.target].score {
			g.scores[r.target] = c
		}
	}
	if len(h.has) == 0 {
		g.byValues()
	}
	return g
}

// byValues guesses a column whose header says nothing: only values that look
// like one thing and nothing else count.
func (g *guess) byValues() {
	for _, v := range []struct {
		shape  shape
		target Target
	}{{shapeURL, TargetURL}, {shapeEmail, TargetEmail}, {shapeICO, TargetICO}, {shapeNumber, TargetNumber}, {shapeCurrency, TargetCurrency}} {
		if share, _ := g.profile.share(v.shape); share >= 0.9 && g.profile.filled >= 3 {
			g.scores[v.target] = candidate{v.target, 0.6 * share, because(ReasonValues, "share", int(math.Round(share*100)))}
		}
	}
}
