package search

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// The correction passes over most words without a look at their letters; who
// looks at all of them must find the same.
func TestTheLikeliestWordIsTheBestOfAllWords(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 8))
	letters := []string{"a", "e", "k", "o", "r", "s", "š", "t", "u", "ж"}
	word := func() string {
		var b strings.Builder
		for range 3 + r.IntN(5) {
			b.WriteString(letters[int(r.Float64()*r.Float64()*float64(len(letters)))])
		}
		return b.String()
	}
	known := make([]string, 400)
	for i := range known {
		known[i] = word()
	}
	var titles []string
	for range 3000 {
		titles = append(titles, known[int(r.Float64()*r.Float64()*float64(len(known)))])
	}
	x := titled(titles...)
	s, corrected := x.state, 0
	for range 2000 {
		q := parse(word(), false, x.aliases).clauses[0].written()[0][0]
		letters := []rune(q.word)
		least := 1
		if id, ok := s.words.find(q.word); ok {
			least = max(1, 20*s.words.postings.count(id))
		}
		want, wantScore := "", 0.0
		var sheet sheet
		for id := range uint32(s.words.words.len()) {
			w := s.words.words.get(id)
			docs := s.words.postings.count(id)
			n := sheet.distance(letters, w, 99)
			if w == q.word || docs < least || n > reachOf(letters) {
				continue
			}
			if score := likeness(docs, n); want == "" || score > wantScore {
				want, wantScore = s.words.show(id), score
			}
		}
		if got, ok := s.likeliest(q); got != want || ok != (want != "") {
			t.Errorf("%s is corrected to %q, the best of all is %q", q.word, got, want)
		}
		if want != "" {
			corrected++
		}
	}
	if corrected < 500 {
		t.Errorf("only %d words were corrected at all", corrected)
	}
}

func TestTheFoundOnesAreToldBeforeTheAnswerIsWhole(t *testing.T) {
	x := titled("kurzy", "kurzy češtiny", "domov")
	for query, want := range map[string]int{"kurzy": 2, "": 3, "nic": 0} {
		told := -1
		r := x.Search(Query{Text: query, Limit: 10, Found: func(ids []string) { told = len(ids) }})
		if told != want || len(r.Hits) != want {
			t.Errorf("%q: told of %d, found %d, want %d", query, told, len(r.Hits), want)
		}
	}
	if r := x.Search(Query{Text: "kurzi"}); r.DidYouMean != "" {
		t.Errorf("nobody asked for %q", r.DidYouMean)
	}
}
