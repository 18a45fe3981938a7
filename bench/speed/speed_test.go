package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"atlas"
	"atlas/internal/place"
	"atlas/internal/reference"
)

// small is a corpus of a few invented projects.
func small(t *testing.T) *corpus {
	t.Helper()
	var all []real
	for i, title := range []string{
		"Kurzy češtiny pro dospělé cizince", "Komunitní centrum na sídlišti", "Podpora žáků s odlišným mateřským jazykem",
		"Sprachkurse für Neuankömmlinge", "Intercultural work in the city", "Poradna pro rodiny",
	} {
		all = append(all, real{
			title: words(title), annotation: words(title + " a jejich rodiny v obci a v kraji"), org: "Spolek " + title[:5],
			country: []string{"CZ", "DE"}[i%2], place: "Dresden", minor: int64(i+1) * 100_000_00,
			from: atlas.Date{Year: 2010 + i}, to: atlas.Date{Year: 2011 + i},
		})
	}
	return newCorpus(3, all, reference.Territories())
}

func whatIsKnown(t *testing.T, n int) *truth {
	t.Helper()
	actors := []actor{{"A-00001", "Ministerstvo vnitra", "MIN"}, {"A-00002", "Nadace Via", ""}}
	for _, r := range reference.Territories() {
		if r.Level == atlas.LevelORP {
			actors = append(actors, actor{"A-" + r.Code, "Město " + r.Name, "OBEC"})
		}
	}
	return newTruth(small(t), n, place.New(reference.Territories()), actors, 2026)
}

func TestTheSameSeedGivesTheSameBytes(t *testing.T) {
	var texts [2][]byte
	for i := range texts {
		dir := t.TempDir()
		files, err := small(t).writeFiles(dir, 500)
		if err != nil {
			t.Fatal(err)
		}
		if texts[i], err = os.ReadFile(files[0]); err != nil {
			t.Fatal(err)
		}
	}
	if string(texts[0]) != string(texts[1]) || len(texts[0]) == 0 {
		t.Error("two runs with one seed differ")
	}
}

func TestASmallerCorpusIsTheStartOfALargerOne(t *testing.T) {
	c, dir := small(t), t.TempDir()
	for _, n := range []int{100, 300} {
		if err := c.writeFile(filepath.Join(dir, pad(n)), 0, n); err != nil {
			t.Fatal(err)
		}
	}
	few, _ := os.ReadFile(filepath.Join(dir, pad(100)))
	many, _ := os.ReadFile(filepath.Join(dir, pad(300)))
	if len(few) == 0 || len(many) <= len(few) || string(many[:len(few)]) != string(few) {
		t.Error("the first hundred records depend on how many there are")
	}
}

func TestEveryFacetHasValuesAndSomeUnknown(t *testing.T) {
	known := whatIsKnown(t, 3000)
	for i, f := range known.facets {
		if len(known.ids[i]) < 2 {
			t.Errorf("%s has the values %v only", f, known.ids[i])
		}
		if _, ok := known.ids[i]["NEZN"]; !ok {
			t.Errorf("%s is never unknown", f)
		}
	}
}

func TestQuestionsAreDistinctOfAllKindsAndTheSameForOneSeed(t *testing.T) {
	known := whatIsKnown(t, 3000)
	first, again := newQuestions(known, 5, 200), newQuestions(known, 5, 200)
	seen, of := map[string]bool{}, map[string]int{}
	for i, q := range first {
		if seen[q.values().Encode()] || q.values().Encode() != again[i].values().Encode() {
			t.Errorf("%s is asked twice, or another one the second time: %s", q, again[i])
		}
		seen[q.values().Encode()] = true
		of[q.kind]++
	}
	for _, k := range kinds {
		if len(first) == 200 && of[k.name] != 2*k.share {
			t.Errorf("%d questions of %s, want %d", of[k.name], k.name, 2*k.share)
		}
	}
}

// The scan and the sets of the floor are two ways to the same counts.
func TestTheScanAndTheFloorCountAlike(t *testing.T) {
	known := whatIsKnown(t, 2000)
	var all []*query
	for _, q := range newQuestions(known, 7, 100) {
		if q = q.exactly(); q.kind != "phrase" {
			all = append(all, q)
		}
	}
	f, met := newFloor(known, all), 0
	for _, q := range all {
		got, want := f.answer(q), known.scan(q)
		if got.total != want.total || !slices.Equal(got.counts, want.counts) {
			t.Errorf("%s: sets find %d, the scan %d", q, got.total, want.total)
		}
		if want.total > 0 {
			met++
		}
	}
	if met < len(all)/2 {
		t.Errorf("only %d of %d questions find anything", met, len(all))
	}
}

func TestThePeersFindWhatTheScanFinds(t *testing.T) {
	known := whatIsKnown(t, 1500)
	all := newQuestions(known, 9, 60)
	sqlite, err := newSQLitePeer(t.Context(), known, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	bleve, err := newBlevePeer(known, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	peers := []peer{sqlite, bleve}
	if postgres, err := newPostgresPeer(t.Context(), known); err == nil {
		peers = append(peers, postgres)
	} else {
		t.Log(err)
	}
	for _, p := range peers {
		for _, part := range [][2]int{{0, 700}, {700, 1500}} { // a peer grows
			if err := p.add(t.Context(), known, part[0], part[1]); err != nil {
				t.Fatal(p.name(), err)
			}
		}
		for _, q := range all {
			if q = q.exactly(); q.kind == "phrase" {
				continue
			}
			got, err := p.ask(t.Context(), q)
			if err != nil {
				t.Fatal(p.name(), q, err)
			}
			if want := known.scan(q); got.total != want.total || !slices.Equal(got.counts, want.counts) {
				t.Errorf("%s, %s: %d, the scan finds %d", p.name(), q, got.total, want.total)
			}
		}
		if err := p.close(); err != nil {
			t.Error(err)
		}
	}
}

func TestAPercentileIsATimeThatWasMeasured(t *testing.T) {
	var hundred []time.Duration
	for i := range 100 {
		hundred = append(hundred, time.Duration(i+1))
	}
	for p, want := range map[float64]time.Duration{50: 50, 95: 95, 99: 99, 100: 100, 0: 1} {
		if got := percentile(hundred, p); got != want {
			t.Errorf("percentile %v is %d, want %d", p, got, want)
		}
	}
	if got := percentile([]time.Duration{7}, 95); got != 7 {
		t.Errorf("of one time: %d", got)
	}
	if got := percentile(nil, 95); got != 0 {
		t.Errorf("of none: %d", got)
	}
}

func TestALadderEndsWithAllRecords(t *testing.T) {
	for n, want := range map[int][]int{50_000: {50_000}, 100_000: {100_000}, 1_500_000: {100_000, 200_000, 400_000, 800_000, 1_500_000}} {
		if got := ladder(n); !slices.Equal(got, want) {
			t.Errorf("ladder of %d is %v, want %v", n, got, want)
		}
	}
}
