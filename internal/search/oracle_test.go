package search

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"atlas"
	"atlas/internal/czech"
)

// oracle answers queries by reading every document. It shares with the index
// only the rules of what a word is and when two words are forms of one.
type oracle map[string]Document

// outcome is a facet of which most documents have nothing, and so have rest.
const (
	outcome Facet = "výsledek"
	rest          = "zbytek"
)

var restOfOutcome = Options{Otherwise: map[Facet]string{outcome: rest}}

// codesOf gives the values of a document.
func codesOf(d Document, f Facet) []string {
	codes := slices.DeleteFunc(slices.Clone(d.Facets[f]), func(c string) bool { return c == rest })
	if f == outcome && len(codes) == 0 {
		codes = []string{rest}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// want is a query made of parts, so that the oracle need not parse.
type want struct {
	words   []wantWords
	filters map[Facet][]string
	order   Sort
}

type wantWords struct {
	words    []string
	negative bool
	quoted   bool
	start    bool
}

func (w want) text() string {
	var parts []string
	for _, p := range w.words {
		s := strings.Join(p.words, "-")
		if p.quoted {
			s = `"` + strings.Join(p.words, " ") + `"`
		}
		if p.start {
			s += "*"
		}
		if p.negative {
			s = "-" + s
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, " ")
}

// forms remembers which words are forms of one, which takes long to find out.
type forms map[[2]string]bool

func (f forms) same(a, b string) bool {
	same, known := f[[2]string{a, b}]
	if !known {
		same = sameWord(a, b)
		f[[2]string{a, b}] = same
	}
	return same
}

func (p wantWords) in(lines [][]string, f forms) bool {
	for _, words := range lines {
		for i := range words {
			if p.at(words[i:], f) {
				return true
			}
		}
	}
	return false
}

// linesOf cuts the texts of a document into words.
func linesOf(d Document) (out [][]string) {
	for _, text := range d.Texts {
		for line := range strings.SplitSeq(text, "\n") {
			var words []string
			for t := range tokens(line) {
				words = append(words, t.word)
			}
			out = append(out, words)
		}
	}
	return out
}

func (p wantWords) at(words []string, f forms) bool {
	if len(words) < len(p.words) {
		return false
	}
	for i, w := range p.words {
		last := i == len(p.words)-1
		if words[i] != w && (p.quoted || !f.same(words[i], w)) && !(p.start && last && strings.HasPrefix(words[i], w)) {
			return false
		}
	}
	return true
}

func (w want) matches(d Document, f forms) bool {
	if len(w.words) == 0 {
		return true
	}
	lines := linesOf(d)
	for _, p := range w.words {
		if p.in(lines, f) == p.negative {
			return false
		}
	}
	return true
}

func (w want) admits(d Document, but Facet) bool {
	for f, codes := range w.filters {
		if f != but && len(codes) > 0 && !slices.ContainsFunc(codes, func(c string) bool { return slices.Contains(codesOf(d, f), c) }) {
			return false
		}
	}
	return true
}

// matching reads every document.
func (o oracle) matching(w want) []Document {
	for _, p := range w.words {
		for i := range p.words {
			p.words[i] = czech.Fold(p.words[i])
		}
	}
	f := forms{}
	var out []Document
	for _, d := range o {
		if w.matches(d, f) {
			out = append(out, d)
		}
	}
	return out
}

// inOrder gives those that the filters leave, sorted.
func inOrder(matching []Document, w want) []Document {
	var out []Document
	for _, d := range matching {
		if w.admits(d, "žádná") {
			out = append(out, d)
		}
	}
	collator := czech.NewCollator()
	slices.SortFunc(out, func(a, b Document) int {
		return cmp.Or(before(w.order, a, b), collator.Compare(a.Title, b.Title), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func before(order Sort, a, b Document) int {
	switch order {
	case SortYear:
		return cmp.Compare(b.Year, a.Year)
	case SortNewest:
		return cmp.Compare(b.Added, a.Added)
	case SortAmount:
		if a.Amount.Known() && b.Amount.Known() {
			return cmp.Compare(b.Amount.Minor, a.Amount.Minor)
		}
		return cmp.Compare(fmt.Sprint(b.Amount.Known()), fmt.Sprint(a.Amount.Known()))
	}
	return 0
}

func countsOf(matching []Document, w want, f Facet) []FacetCount {
	byCode := map[string]*FacetCount{}
	for _, c := range w.filters[f] {
		byCode[c] = &FacetCount{Value: c, Selected: true}
	}
	for _, d := range matching {
		if !w.admits(d, f) {
			continue
		}
		codes := codesOf(d, f)
		chosen := len(w.filters[f]) == 0 || slices.ContainsFunc(w.filters[f], func(c string) bool { return slices.Contains(codes, c) })
		for _, c := range codes {
			if byCode[c] == nil {
				byCode[c] = &FacetCount{Value: c}
			}
			byCode[c].Count++
			if !byCode[c].Selected && (len(w.filters[f]) == 0 || !chosen) {
				byCode[c].Adds++
			}
		}
	}
	var out []FacetCount
	for _, c := range slices.Sorted(maps.Keys(byCode)) {
		out = append(out, *byCode[c])
	}
	slices.SortStableFunc(out, func(a, b FacetCount) int { return cmp.Compare(b.Count, a.Count) })
	return out
}

// failer is what a test and a property have in common.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

func (o oracle) check(t failer, x *Index, w want, size int) {
	t.Helper()
	q := Query{Text: w.text(), Filters: w.filters, Count: []Facet{FacetArea, FacetYear, FacetCountry, FacetTerritory, outcome, "nic"}, Sort: w.order, Limit: 100_000}
	got := x.Search(q)
	matching := o.matching(w)
	found := inOrder(matching, w)
	var ids []string
	var sum atlas.Sum
	for _, d := range found {
		ids = append(ids, d.ID)
		sum.Add(d.Amount)
	}
	if got.Total != len(found) {
		t.Fatalf("%+v: %d found, want %d", q, got.Total, len(found))
	}
	if got.Amount != sum {
		t.Fatalf("%+v: sum %+v, want %+v", q, got.Amount, sum)
	}
	hits := slices.Clone(got.Hits)
	if w.order == SortRelevance {
		slices.Sort(hits)
		slices.Sort(ids)
	}
	if !slices.Equal(hits, ids) {
		t.Fatalf("%+v: hits %q, want %q", q, hits, ids)
	}
	for _, f := range q.Count {
		if diff := gocmp.Diff(countsOf(matching, w, f), got.Facets[f]); diff != "" {
			t.Fatalf("%+v: counts of %s: %s", q, f, diff)
		}
	}
	checkMost(t, x, q, got)
	checkPages(t, x, q, got.Hits, size)
}

// checkMost asks for the highest counts only.
func checkMost(t failer, x *Index, q Query, all Result) {
	t.Helper()
	q.Most = 2
	some := x.Search(q)
	for _, f := range q.Count {
		rest := slices.Clone(all.Facets[f])
		counted, kept := 0, 0
		rest = slices.DeleteFunc(rest, func(c FacetCount) bool {
			if c.Count > 0 {
				counted++
			}
			if c.Count > 0 && kept < q.Most {
				kept++
				return false
			}
			return !c.Selected
		})
		if diff := gocmp.Diff(rest, some.Facets[f], cmpopts.EquateEmpty()); diff != "" || some.Distinct[f] != counted {
			t.Fatalf("%+v: highest counts of %s of %d: %s", q, f, some.Distinct[f], diff)
		}
	}
}

// checkPages opens the same result page by page.
func checkPages(t failer, x *Index, q Query, all []string, size int) {
	t.Helper()
	q.Count, q.Limit = nil, size
	var paged []string
	for ; q.Offset <= len(all); q.Offset += q.Limit {
		paged = append(paged, x.Search(q).Hits...)
	}
	if !slices.Equal(paged, all) {
		t.Fatalf("%+v: pages give %q, the whole %q", q, paged, all)
	}
}

var vocabulary = []string{"cizinec", "cizinců", "Cizincům", "škola", "školy", "skol", "Praha", "Praze", "Žďár", "zdar", "integrace", "integrační", "integration", "migrants", "migrant", "Харків", "Харкова", "2017", "0006483", "kurz", "kurzy", "Cheb", "Chomutov"}

func drawDocument(t *rapid.T) Document {
	words := func(n int) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(vocabulary), 0, n).Draw(t, "words"), " ")
	}
	d := Document{
		ID:    fmt.Sprintf("P-%02d", rapid.IntRange(0, 60).Draw(t, "id")),
		Title: words(3),
		Year:  rapid.SampledFrom([]int{0, 2015, 2016, 2017}).Draw(t, "year"),
		Added: int64(rapid.IntRange(0, 5).Draw(t, "added")),
		Facets: map[Facet][]string{
			FacetArea:      rapid.SliceOfN(rapid.SampledFrom([]string{"JAZ", "VZD", "ZDR", "BYD"}), 0, 3).Draw(t, "areas"),
			FacetYear:      rapid.SliceOfN(rapid.SampledFrom([]string{"2015", "2016"}), 0, 2).Draw(t, "years"),
			FacetCountry:   {rapid.SampledFrom([]string{"CZ", "SK"}).Draw(t, "country")},
			outcome:        rapid.SampledFrom([][]string{nil, nil, {}, {rest}, {"dobrý"}, {"dobrý", "ANO"}, {rest, "ANO"}}).Draw(t, "outcome"),
			FacetTerritory: rapid.SampledFrom([][]string{nil, {"CZ"}, {"CZ", "kraj", "okres", "obec"}, {"CZ", "kraj", "jiný okres"}}).Draw(t, "place"),
		},
	}
	d.Texts = map[Field]string{FieldTitle: d.Title, FieldAnnotation: words(8) + "\n" + words(2), FieldPlace: words(2), FieldDetail: words(3)}
	switch rapid.IntRange(0, 2).Draw(t, "amount state") {
	case 1:
		d.Amount = atlas.Crowns(int64(rapid.IntRange(-1, 5).Draw(t, "amount")))
	case 2:
		d.Amount = atlas.Amount{Minor: int64(rapid.IntRange(0, 500).Draw(t, "estimate")), State: atlas.AmountEstimate}
	}
	return d
}

func drawWant(t *rapid.T) want {
	w := want{filters: map[Facet][]string{}, order: rapid.SampledFrom([]Sort{SortRelevance, SortYear, SortAmount, SortNewest, SortTitle}).Draw(t, "order")}
	for range rapid.IntRange(0, 3).Draw(t, "clauses") {
		w.words = append(w.words, wantWords{
			words:    rapid.SliceOfN(rapid.SampledFrom(vocabulary), 1, 2).Draw(t, "clause"),
			negative: rapid.IntRange(0, 4).Draw(t, "negative") == 0,
			quoted:   rapid.Bool().Draw(t, "quoted"),
		})
		last := &w.words[len(w.words)-1]
		if !last.quoted && rapid.Bool().Draw(t, "start") {
			word := []rune(last.words[len(last.words)-1])
			last.words[len(last.words)-1], last.start = string(word[:2]), true
		}
	}
	if rapid.Bool().Draw(t, "by area") {
		w.filters[FacetArea] = rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"JAZ", "VZD", "neznámá"}), 0, 2, rapid.ID).Draw(t, "area filter")
	}
	if rapid.IntRange(0, 3).Draw(t, "by place") == 0 {
		w.filters[FacetTerritory] = []string{"okres", "jiný okres"}
	}
	if rapid.Bool().Draw(t, "by outcome") {
		w.filters[outcome] = rapid.SliceOfNDistinct(rapid.SampledFrom([]string{rest, rest, "ANO", "dobrý", "neznámý"}), 0, 3, rapid.ID).Draw(t, "outcome filter")
	}
	if rapid.Bool().Draw(t, "by year") {
		w.filters[FacetYear] = []string{"2016"}
	}
	return w
}

func TestIndexAnswersLikeReadingEveryDocumentAfterAnyChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, o := New(restOfOutcome), oracle{}
		var docs []Document
		for range rapid.IntRange(0, 40).Draw(t, "built") {
			d := drawDocument(t)
			o[d.ID] = d
			docs = append(docs, d)
		}
		x.Build(slices.Values(docs))
		for range rapid.IntRange(0, 4).Draw(t, "rounds") {
			o.check(t, x, drawWant(t), rapid.IntRange(1, 7).Draw(t, "page size"))
			for range rapid.IntRange(0, 12).Draw(t, "changes") {
				d := drawDocument(t)
				if rapid.IntRange(0, 2).Draw(t, "kind") == 0 {
					x.Delete(d.ID)
					delete(o, d.ID)
					continue
				}
				x.Put(d)
				o[d.ID] = d
			}
		}
		o.check(t, x, drawWant(t), rapid.IntRange(1, 7).Draw(t, "page size"))
		if x.Len() != len(o) {
			t.Fatalf("%d documents, want %d", x.Len(), len(o))
		}
	})
}
