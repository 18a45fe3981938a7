package main

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/importer"
	"atlas/internal/place"
	"atlas/internal/search"
	"atlas/internal/web/question"
)

// countedFacets is how many facets every question counts.
const countedFacets = 12

// counted are the facets that every question counts: the first of the column of
// filters of the public list.
func counted() []search.Facet { return question.Facets[:countedFacets] }

// actor is an organisation as the import made it.
type actor struct{ id, name, kind string }

// truth is what is known of every record of the corpus, in plain columns and
// without any index: the scan, the peers and the questions are made of it.
type truth struct {
	n      int
	facets []search.Facet
	values []value             // of all facets
	ids    []map[string]uint32 // by facet: code → place in values
	has    flat                // values of each record
	text   flat                // words of each record; 0 parts lines
	title  []uint32            // how many words of text are the title, which comes first, and the annotation
	words  []string            // by number; 0 is none
	number map[string]uint32
	year   []int32  // first active year, 0 unknown
	amount []int64  // haléře, -1 unknown
	titles []string // folded
}

// value is a value of a facet.
type value struct {
	facet int // in truth.facets
	code  string
}

// flat is a list of short lists.
type flat struct {
	all []uint32
	end []uint32
}

func (f *flat) of(n int) []uint32 {
	from := uint32(0)
	if n > 0 {
		from = f.end[n-1]
	}
	return f.all[from:f.end[n]]
}

func (f *flat) close() { f.end = append(f.end, uint32(len(f.all))) }

// telling turns records into what is known of them.
type telling struct {
	*truth
	c      *corpus
	places *place.Gazetteer
	actors map[string]actor    // by the base of the name
	called map[string]actor    // by the name, once it was looked for
	lines  map[string][]uint32 // words of texts that many records have
	now    int
}

// newTruth works out what is known of the first n records. Organisations are
// those that the import made, territories those of the database.
func newTruth(c *corpus, n int, places *place.Gazetteer, actors []actor, now int) *truth {
	t := telling{c: c, places: places, actors: map[string]actor{}, called: map[string]actor{}, lines: map[string][]uint32{}, now: now,
		truth: &truth{n: n, facets: counted(), words: []string{""}, number: map[string]uint32{}}}
	for range t.facets {
		t.ids = append(t.ids, map[string]uint32{})
	}
	for _, a := range actors {
		base, _ := importer.NameKey(a.name)
		t.actors[base] = a
	}
	for i := range n {
		r := c.at(i)
		t.read(&r)
		t.classes(&r)
		minor, ok := r.amount()
		if !ok {
			minor = -1
		}
		t.year, t.amount, t.titles = append(t.year, int32(r.from.Year)), append(t.amount, minor), append(t.titles, czech.Fold(r.title))
	}
	return t.truth
}

func (t *telling) actor(name string) actor {
	a, ok := t.called[name]
	if !ok {
		base, _ := importer.NameKey(name)
		a = t.actors[base]
		t.called[name] = a
	}
	return a
}

// read takes the words of all that is searched of a record.
func (t *telling) read(r *record) {
	start := len(t.text.all)
	t.line(r.title)
	t.line(r.annotation)
	t.title = append(t.title, uint32(len(t.text.all)-start))
	t.line(t.projectID(r))
	t.line(r.reg)
	t.shared(r.implementer)
	t.shared(r.partner)
	for _, l := range r.funding {
		t.shared(l.funder)
		t.labels(atlas.ListProgramme, l.programme)
	}
	t.shared(r.placeText)
	if r.country != "CZ" {
		t.labels(atlas.ListCountry, r.country)
	}
	for _, code := range r.territories {
		t.placeWords(code)
	}
	for _, list := range []struct {
		name  string
		codes []string
	}{{atlas.ListActivity, r.activities}, {atlas.ListArea, r.areas}, {atlas.ListTargetLegal, r.targets}, {atlas.ListTargetSituation, r.situations}} {
		t.labels(list.name, list.codes...)
	}
	t.text.close()
}

// projectID is the code that a record gets; codes go by the order of the rows.
func (t *telling) projectID(r *record) string { return "P-" + pad(r.n+1) }

func pad(n int) string {
	s := strconv.Itoa(n)
	return strings.Repeat("0", max(0, 5-len(s))) + s
}

func (t *telling) placeWords(code string) {
	p, ok := t.places.Get(code)
	if !ok {
		return
	}
	t.shared(p.Name)
	for _, up := range t.places.Ancestors(code) {
		if up.Level != atlas.LevelORP && up.Name != p.Name {
			t.shared(up.Name)
		}
	}
}

// labels adds the words of codes in both languages.
func (t *telling) labels(list string, codes ...string) {
	for _, code := range codes {
		if it, ok := t.c.lists.Item(list, code); ok && code != "" {
			t.shared(it.Cs)
			t.shared(it.En)
		}
	}
}

// shared adds the words of a text that many records have.
func (t *telling) shared(text string) {
	if words, ok := t.lines[text]; ok {
		t.text.all = append(t.text.all, words...)
		return
	}
	before := len(t.text.all)
	t.line(text)
	t.lines[text] = slices.Clone(t.text.all[before:])
}

// line adds the words of a text: runs of letters and digits, folded.
func (t *telling) line(text string) {
	before := len(t.text.all)
	for _, w := range strings.FieldsFunc(text, notWord) {
		w = czech.Fold(w)
		id, ok := t.number[w]
		if !ok {
			id = uint32(len(t.words))
			t.number[strings.Clone(w)] = id
			t.words = append(t.words, strings.Clone(w))
		}
		t.text.all = append(t.text.all, id)
	}
	if len(t.text.all) > before {
		t.text.all = append(t.text.all, 0)
	}
}

func notWord(r rune) bool {
	if r < unicode.MaxASCII {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	}
	return !unicode.In(r, unicode.L, unicode.N, unicode.Mn)
}

// classes takes the values of the facets of a record.
func (t *telling) classes(r *record) {
	for i, f := range t.facets {
		first := len(t.has.all)
		for _, code := range t.codes(f, r) {
			if id := t.valueID(i, code); !slices.Contains(t.has.all[first:], id) {
				t.has.all = append(t.has.all, id)
			}
		}
	}
	t.has.close()
}

func (t *telling) valueID(facet int, code string) uint32 {
	id, ok := t.ids[facet][code]
	if !ok {
		id = uint32(len(t.values))
		t.ids[facet][code] = id
		t.values = append(t.values, value{facet, code})
	}
	return id
}

// codes are the values of one facet; what is not known says so.
func (t *telling) codes(f search.Facet, r *record) (out []string) {
	switch f {
	case search.FacetArea:
		out = r.areas
	case search.FacetTargetLegal:
		out = r.targets
	case search.FacetTargetSituation:
		out = r.situations
	case search.FacetActivity:
		out = r.activities
	case search.FacetTerritory:
		return t.territories(r)
	case search.FacetYear:
		out = t.years(r)
	case search.FacetStatus:
		out = []string{r.status}
	case search.FacetImplementerType:
		out = []string{t.actor(r.implementer).kind}
	default:
		out = t.fundingCodes(f, r)
	}
	if len(out) == 0 || len(out) == 1 && out[0] == "" {
		return []string{search.NotKnown}
	}
	return out
}

func (t *telling) fundingCodes(f search.Facet, r *record) (out []string) {
	for _, l := range r.funding {
		code := ""
		switch f {
		case search.FacetFunder:
			if l.funder != "" {
				code = t.actor(l.funder).id
			}
		case search.FacetFunderType:
			code = l.kind
		case search.FacetProgramme:
			code = l.programme
		case search.FacetPeriod:
			if it, ok := t.c.lists.Item(atlas.ListProgramme, l.programme); ok {
				code = it.Parent
			}
		}
		if code != "" {
			out = append(out, code)
		}
	}
	return out
}

// territories are the places of a record and all that they lie in.
func (t *telling) territories(r *record) (out []string) {
	for _, code := range r.territories {
		out = append(out, code)
		for _, up := range t.places.Ancestors(code) {
			out = append(out, up.Code)
		}
	}
	switch {
	case len(out) > 0:
		return out
	case r.scope == atlas.ScopeCountry:
		return []string{"CZ"}
	case r.country == "CZ":
		return []string{search.NotKnown}
	}
	return nil
}

// years are those in which a project is active (8.1.2).
func (t *telling) years(r *record) (out []string) {
	if r.from.Year == 0 {
		return nil
	}
	last := r.from.Year
	if r.to.Year != 0 {
		last = r.to.Year
	} else if r.ongoing {
		last = max(last, t.now)
	}
	for y := r.from.Year; y <= last; y++ {
		out = append(out, strconv.Itoa(y))
	}
	return out
}

// matching are the words that a term means.
func (t *truth) matching(x term) (out []uint32) {
	if x.kind == wholeWord {
		if w, ok := t.number[x.text]; ok {
			out = append(out, w)
		}
		return out
	}
	for w, text := range t.words {
		if w > 0 && strings.HasPrefix(text, x.text) {
			out = append(out, uint32(w))
		}
	}
	return out
}

// body is all words of a record in one line, as the peers get it.
func (t *truth) body(n int) string {
	var b strings.Builder
	for _, w := range t.text.of(n) {
		if w != 0 {
			b.WriteString(t.words[w])
			b.WriteByte(' ')
		}
	}
	return b.String()
}
