package main

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"atlas/internal/czech"
	"atlas/internal/reference"
	"atlas/internal/web/question"
)

// term is one thing looked for: a word, the start of a word, or words side by
// side. Its text is folded.
type term struct {
	kind termKind
	text string
}

type termKind uint8

const (
	wholeWord termKind = iota
	wordStart
	phrase
)

// query is one question of the workload.
type query struct {
	kind    string
	terms   []term
	exact   bool             // words are meant exactly as written
	filters map[int][]string // by the place of the facet in counted()
	sort    string           // value of razeni; "" as the list does
	page    int
}

// Kinds of questions and how many of a hundred there are.
var kinds = []struct {
	name  string
	share int
}{
	{"filters only", 20}, {"frequent word", 12}, {"rare word", 12}, {"two words", 14}, {"phrase", 10}, {"prefix", 10},
	{"sorted by year", 4}, {"sorted by amount", 4}, {"sorted by title", 4}, {"deep page", 10},
}

// asker draws questions from what is known of the corpus.
type asker struct {
	*truth
	*rand.Rand
	frequent, rare []uint32
	aliases        []string // words of names that have several spellings
}

// newQuestions draws n distinct questions, kinds taking turns, so that the first
// hundred are as mixed as all.
func newQuestions(t *truth, seed uint64, n int) []*query {
	a := &asker{truth: t, Rand: rand.New(rand.NewPCG(seed, 17))}
	for _, group := range reference.Aliases() {
		for _, name := range group {
			for _, w := range strings.FieldsFunc(name, notWord) {
				a.aliases = append(a.aliases, czech.Fold(w))
			}
		}
	}
	a.rank()
	order := turns()
	seen := map[string]bool{}
	var out []*query
	for tries := 0; len(out) < n && tries < 100*n; tries++ {
		q := a.ask(order[len(out)%len(order)])
		if key := q.values().Encode(); !seen[key] {
			seen[key] = true
			out = append(out, q)
		}
	}
	return out
}

// turns spreads the kinds evenly over a hundred places.
func turns() []string {
	var out []string
	due := make([]int, len(kinds))
	for range 100 {
		best := 0
		for i := range kinds {
			if due[i] += kinds[i].share; due[i] > due[best] {
				best = i
			}
		}
		due[best] -= 100
		out = append(out, kinds[best].name)
	}
	return out
}

// rank finds the frequent and the rare words of titles and annotations.
func (a *asker) rank() {
	records := make([]uint32, len(a.words))
	last := make([]uint32, len(a.words))
	for n := range a.n {
		for _, w := range a.text.of(n)[:a.title[n]] {
			if last[w] != uint32(n)+1 {
				last[w] = uint32(n) + 1
				records[w]++
			}
		}
	}
	var usable []uint32
	for w, text := range a.words {
		if records[w] > 0 && a.usable(text) {
			usable = append(usable, uint32(w))
		}
	}
	slices.SortStableFunc(usable, func(x, y uint32) int { return int(records[y]) - int(records[x]) })
	a.frequent = usable[:min(400, len(usable))]
	for _, w := range usable {
		if records[w] >= 3 && records[w] <= 30 {
			a.rare = append(a.rare, w)
		}
	}
	if len(a.rare) == 0 {
		a.rare = usable
	}
}

// usable words are of four letters or more, no number and no part of a name that
// has other spellings.
func (a *asker) usable(w string) bool {
	return utf8.RuneCountInString(w) >= 4 && len(w) < 40 && !strings.ContainsAny(w, "0123456789") && !a.alias(w) &&
		strings.IndexFunc(w, func(r rune) bool { return r >= 0x0300 }) < 0
}

// alias says whether a word may be a form of one that has other spellings: the
// program finds these as well, also within quotation marks, the scan does not.
func (a *asker) alias(w string) bool {
	return slices.ContainsFunc(a.aliases, func(other string) bool {
		same := 0
		for same < min(len(w), len(other)) && w[same] == other[same] {
			same++
		}
		return same >= 4 || w == other || czech.Stem(w) == czech.Stem(other)
	})
}

func (a *asker) ask(kind string) *query {
	q := &query{kind: kind, filters: map[int][]string{}, page: 1}
	switch kind {
	case "filters only":
		a.filter(q, 1+a.IntN(3))
	case "frequent word":
		a.word(q, a.frequent)
	case "rare word":
		a.word(q, a.rare)
	case "two words":
		a.two(q)
	case "phrase":
		a.phrase(q)
	case "prefix":
		w := []rune(a.words[a.frequent[a.IntN(len(a.frequent))]])
		q.terms = []term{{wordStart, string(w[:2+a.IntN(3)])}}
		a.filter(q, a.IntN(2))
	case "deep page":
		a.filter(q, a.IntN(2))
		q.page = 10 + a.IntN(190)
		if a.IntN(2) == 0 {
			a.word(q, a.frequent[:len(a.frequent)/4+1])
		}
	default:
		q.sort = map[string]string{"sorted by year": "rok", "sorted by amount": "castka", "sorted by title": "nazev"}[kind]
		a.filter(q, 1)
		if a.IntN(2) == 0 {
			a.word(q, a.frequent)
		}
	}
	return q
}

func (a *asker) word(q *query, of []uint32) {
	q.terms = append(q.terms, term{wholeWord, a.words[of[a.IntN(len(of))]]})
	if len(q.filters) == 0 {
		a.filter(q, a.IntN(2))
	}
}

// two takes two words of one record, so that something is found.
func (a *asker) two(q *query) {
	for range 50 {
		text := a.text.of(a.IntN(a.n))
		x, y := a.words[text[a.IntN(len(text))]], a.words[text[a.IntN(len(text))]]
		if x != y && a.usable(x) && a.usable(y) {
			q.terms = []term{{wholeWord, x}, {wholeWord, y}}
			break
		}
	}
	a.filter(q, a.IntN(2))
}

// phrase takes two or three words that stand side by side in a title.
func (a *asker) phrase(q *query) {
	for range 50 {
		n := a.IntN(a.n)
		text, size := a.text.of(n)[:a.title[n]], 2+a.IntN(2)
		if len(text) <= size {
			continue
		}
		from := a.IntN(len(text) - size)
		var all []string
		for _, w := range text[from : from+size] {
			all = append(all, a.words[w])
		}
		if !slices.Contains(all, "") && slices.ContainsFunc(all, a.usable) && !slices.ContainsFunc(all, a.alias) {
			q.terms = []term{{phrase, strings.Join(all, " ")}}
			break
		}
	}
	a.filter(q, a.IntN(2))
}

// filter chooses values of some facets, those more often that more records have.
func (a *asker) filter(q *query, facets int) {
	for len(q.filters) < facets {
		values := a.has.of(a.IntN(a.n))
		v := a.values[values[a.IntN(len(values))]]
		if q.filters[v.facet] != nil {
			continue
		}
		q.filters[v.facet] = []string{v.code}
		for _, w := range a.has.of(a.IntN(a.n)) { // a second value of the same facet
			if x := a.values[w]; x.facet == v.facet && x.code != v.code && a.IntN(4) == 0 && q.filters[x.facet][0] == v.code && len(q.filters[x.facet]) < 2 && a.beside(x, v) {
				q.filters[x.facet] = append(q.filters[x.facet], x.code)
			}
		}
	}
}

// beside says whether two values can be chosen together without one of them
// being taken for a part of the other, as territories are.
func (a *asker) beside(x, y value) bool {
	return a.facets[x.facet] != "uzemi" && x.facet == y.facet
}

// exactly is the question with its words meant exactly as written, which a scan
// can answer: inflected forms and starts of words are the work of the index.
func (q *query) exactly() *query {
	out := *q
	out.exact, out.terms = true, nil
	for _, t := range q.terms {
		if t.kind != wordStart {
			out.terms = append(out.terms, t)
		}
	}
	return &out
}

// written is what a person types.
func (q *query) written() string {
	var out []string
	for _, t := range q.terms {
		switch {
		case t.kind == phrase || q.exact:
			out = append(out, `"`+t.text+`"`)
		case t.kind == wordStart:
			out = append(out, t.text+"*")
		default:
			out = append(out, t.text)
		}
	}
	return strings.Join(out, " ")
}

// values are the parameters of the address of the list.
func (q *query) values() url.Values {
	v := url.Values{}
	if text := q.written(); text != "" {
		v.Set(question.ParamText, text)
	}
	for facet, codes := range q.filters {
		v[string(counted()[facet])] = codes
	}
	if q.sort != "" {
		v.Set(question.ParamSort, q.sort)
	}
	if q.page > 1 {
		v.Set(question.ParamPage, strconv.Itoa(q.page))
	}
	return v
}

func (q *query) String() string { return fmt.Sprintf("%s: %s", q.kind, q.values().Encode()) }
