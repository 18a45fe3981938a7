package search

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"atlas"
)

// sampler draws documents and questions for an index large enough that every
// way of answering is taken: lists and fields, pairs of frequent words, frequent
// starts, ranking by the first gains only.
type sampler struct{ *rand.Rand }

func (r sampler) word() string {
	n := int(r.Float64() * r.Float64() * r.Float64() * 400)
	return []string{"ško", "pra", "kur", "cizin", "inte"}[n%5] + []string{"la", "ly", "ha", "ec", "cům", "grace", "zy"}[n/5%7] + strconv.Itoa(n/35)
}

func (r sampler) words(n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = r.word()
	}
	return strings.Join(out, " ")
}

func (r sampler) codes(prefix string, n, size int) (out []string) {
	for range r.IntN(n + 1) {
		if code := prefix + strconv.Itoa(int(r.Float64()*r.Float64()*float64(size))); !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out
}

// place is a municipality with all it lies in; some projects are of the whole
// country, some of two places, of some the place is not known.
func (r sampler) place() []string {
	n := int(r.Float64() * r.Float64() * 300)
	switch r.IntN(8) {
	case 0:
		return nil
	case 1:
		return []string{"CZ"}
	case 2:
		return []string{"CZ", "kraj1", "okres1", "kraj2", "okres2"}
	}
	return []string{"CZ", "kraj" + strconv.Itoa(n%14), "okres" + strconv.Itoa(n%77), "obec" + strconv.Itoa(n)}
}

// outcome is that of few documents.
func (r sampler) outcome() []string {
	if r.IntN(40) > 0 {
		return [][]string{nil, {rest}}[r.IntN(2)]
	}
	return append(r.codes("V", 2, 4), "ANO")
}

func (r sampler) document(id int) Document {
	year := 2000 + r.IntN(20)
	d := Document{
		ID: fmt.Sprintf("P-%05d", id), Title: r.words(1 + r.IntN(5)), Year: year, Added: int64(r.IntN(500)),
		Facets: map[Facet][]string{
			FacetArea: r.codes("O", 3, 18), FacetYear: {strconv.Itoa(year), strconv.Itoa(year + 1)}, FacetTerritory: r.place(),
			FacetCountry: r.codes("C", 1, 3), FacetImplementer: {"A" + strconv.Itoa(r.IntN(900))}, outcome: r.outcome(),
		},
	}
	d.Texts = map[Field]string{
		FieldTitle: d.Title, FieldActors: r.words(r.IntN(3)), FieldAnnotation: r.words(5+r.IntN(20)) + "\n" + r.words(3),
		FieldCodes: fmt.Sprintf("CZ.03/%05d", id),
	}
	if r.IntN(4) > 0 {
		d.Amount = atlas.Crowns(int64(r.IntN(1000)))
	}
	if r.IntN(9) == 0 {
		d.Amount.State = atlas.AmountEstimate
	}
	return d
}

// want draws a question of the kind with a number.
func (r sampler) want(kind int) want {
	w := want{filters: map[Facet][]string{}, order: []Sort{SortRelevance, SortYear, SortAmount, SortNewest, SortTitle}[r.IntN(5)]}
	switch kind % 8 {
	case 0:
	case 1:
		w.words = []wantWords{{words: []string{r.word()}}}
	case 2:
		w.words = []wantWords{{words: []string{r.word()}}, {words: []string{r.word()}}}
	case 3, 4:
		w.words = []wantWords{{words: []string{r.word(), r.word()}, quoted: true}}
	case 5:
		word := []rune(r.word())
		w.words = []wantWords{{words: []string{string(word[:1+r.IntN(4)])}, start: true}}
	case 6:
		w.words = []wantWords{{words: []string{r.word()}}, {words: []string{r.word()}, negative: true}}
	case 7:
		w.words = []wantWords{{words: []string{r.word(), r.word(), r.word()}[:2+r.IntN(2)]}}
	}
	if r.IntN(2) == 0 {
		w.filters[FacetArea] = r.codes("O", 3, 18)
	}
	if r.IntN(3) == 0 {
		w.filters[FacetTerritory] = []string{"kraj" + strconv.Itoa(r.IntN(14)), "okres" + strconv.Itoa(r.IntN(77)), "nikde"}[:1+r.IntN(3)]
	}
	if r.IntN(3) == 0 {
		w.filters[FacetYear] = []string{strconv.Itoa(2000 + r.IntN(21))}
	}
	if r.IntN(4) == 0 {
		w.filters[outcome] = [][]string{{rest}, {"ANO"}, {rest, "V1"}, {"V0", "V1"}, {rest, "ANO", "nic"}}[r.IntN(5)]
	}
	if r.IntN(6) == 0 {
		w.filters[FacetCountry] = []string{"C0", "C2"}
	}
	return w
}

func TestCountsOfTwoHundredQuestionsAreThoseOfReadingEveryDocument(t *testing.T) { // the benchmark's rule for facet counts
	r := sampler{rand.New(rand.NewPCG(3, 5))}
	x, o := New(restOfOutcome), oracle{}
	const documents, questions, rounds = 2500, 200, 4
	for id := range documents {
		d := r.document(id)
		o[d.ID] = d
	}
	x.Build(func(yield func(Document) bool) {
		for id := range documents {
			if !yield(o[fmt.Sprintf("P-%05d", id)]) {
				return
			}
		}
	})
	for n := range questions {
		if n%(questions/rounds) == 0 && n > 0 {
			r.change(x, o)
		}
		o.check(t, x, r.want(n), 100+r.IntN(2000))
	}
}

// change deletes, replaces and adds documents.
func (r sampler) change(x *Index, o oracle) {
	for range 150 {
		d := r.document(r.IntN(4000))
		if r.IntN(3) == 0 {
			x.Delete(d.ID)
			delete(o, d.ID)
			continue
		}
		x.Put(d)
		o[d.ID] = d
	}
}
