package search

import (
	"cmp"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"atlas"
)

// generator makes records that look to an index like real ones: words of a
// Zipf distribution in several inflected forms, all facets, registration
// numbers. The same seed gives the same records.
type generator struct {
	rng    *rand.Rand
	words  []string
	common *rand.Zipf
}

func newGenerator(seed uint64) *generator {
	rng := rand.New(rand.NewPCG(seed, 16))
	g := &generator{rng: rng, common: rand.NewZipf(rng, 1.15, 12, 149_999)}
	syllables := []string{"ci", "zi", "ně", "pro", "jek", "ško", "la", "měs", "to", "pra", "ha", "vý", "uka", "in", "te", "gra", "so", "ci", "ál", "ní", "kur", "po", "ra", "dní", "služ", "by", "dě", "ti", "mlá", "dež", "rov", "nost", "brn", "ost", "rav", "hra", "dec", "kra", "lov", "ústí"}
	endings := []string{"", "a", "y", "u", "em", "ech", "ům", "ami", "ní", "ních"}
	seen := map[string]bool{}
	for len(g.words) < 150_000 {
		stem := ""
		for range 2 + rng.IntN(3) {
			stem += syllables[rng.IntN(len(syllables))]
		}
		for _, e := range endings[:1+rng.IntN(len(endings))] {
			if w := stem + e; !seen[w] {
				seen[w] = true
				g.words = append(g.words, w)
			}
		}
	}
	rng.Shuffle(len(g.words), func(i, j int) { g.words[i], g.words[j] = g.words[j], g.words[i] })
	return g
}

func (g *generator) word() string { return g.words[g.common.Uint64()] }

func (g *generator) text(n int) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = g.word()
	}
	return strings.Join(parts, " ")
}

// codes draws up to n values of a facet with size values, low ones more often.
func (g *generator) codes(prefix string, n, size int) []string {
	var out []string
	for range 1 + g.rng.IntN(n) {
		v := int(g.rng.Float64() * g.rng.Float64() * float64(size))
		if code := prefix + strconv.Itoa(v); !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out
}

// evaluated says of one document among three hundred how it was evaluated.
func (g *generator) evaluated(i int) []string {
	if i%300 != 0 {
		return nil
	}
	return append(g.codes("E", 2, 6), "ANO")
}

func (g *generator) document(i int) Document {
	r := g.rng
	obec := int(r.Float64() * r.Float64() * 6258)
	year := 2000 + r.IntN(26)
	actor := "A-" + strconv.Itoa(int(r.Float64()*r.Float64()*40_000))
	years := []string{strconv.Itoa(year)}
	for y := 1; y <= r.IntN(3); y++ {
		years = append(years, strconv.Itoa(year+y))
	}
	d := Document{
		ID: fmt.Sprintf("P-%07d", i), Title: g.text(3 + r.IntN(6)), Year: year, Added: int64(1_500_000_000 + r.IntN(200_000_000)),
		Facets: map[Facet][]string{
			FacetArea: g.codes("O", 3, 18), FacetTargetLegal: g.codes("L", 3, 16), FacetTargetSituation: g.codes("S", 3, 24), FacetActivity: g.codes("K", 4, 45),
			FacetTerritory: {"CZ", "kraj" + strconv.Itoa(obec%14), "okres" + strconv.Itoa(obec%77), "orp" + strconv.Itoa(obec%206), "obec" + strconv.Itoa(obec)},
			FacetFunder:    g.codes("F", 2, 300), FacetFunderType: g.codes("T", 1, 9), FacetProgramme: g.codes("G", 1, 60), FacetPeriod: g.codes("B", 1, 5),
			FacetYear: years, FacetStatus: g.codes("Z", 1, 9), FacetCountry: g.codes("C", 1, 12), FacetUpscaling: g.codes("U", 1, 3), FacetTransfer: g.codes("V", 1, 4),
			FacetAmountBand: g.codes("M", 1, 7), FacetPeopleBand: g.codes("N", 1, 6), FacetImplementerType: g.codes("Y", 1, 14), FacetImplementer: {actor}, FacetDetailLevel: g.codes("D", 1, 2),
			FacetEvaluation: g.evaluated(i),
		},
	}
	if r.IntN(5) > 0 {
		d.Amount = atlas.Crowns(int64(r.IntN(20_000_000)))
	}
	d.Texts = map[Field]string{
		FieldTitle: d.Title, FieldActors: g.text(4), FieldPlace: g.text(2), FieldProgramme: g.text(3), FieldAnnotation: g.text(25 + r.IntN(25)), FieldGoal: g.text(r.IntN(10)),
		FieldCodes: fmt.Sprintf("CZ.03.%d.X/0.0/0.0/15_%03d/%07d", r.IntN(5), r.IntN(200), i),
	}
	return d
}

func (g *generator) documents(n int) iter.Seq[Document] {
	return func(yield func(Document) bool) {
		for i := range n {
			if !yield(g.document(i)) {
				return
			}
		}
	}
}

// kinds of queries that are measured by themselves.
var kinds = []string{"browse", "phrase", "number", "start", "without", "typo", "word", "two words"}

// counted are the twelve facets that every query counts, those with thousands of
// values among them.
var counted = []Facet{
	FacetArea, FacetTerritory, FacetTargetLegal, FacetYear, FacetFunder, FacetStatus,
	FacetActivity, FacetImplementerType, FacetTargetSituation, FacetFunderType, FacetProgramme, FacetImplementer,
}

// query draws one of the mixed workload and names its kind.
func (g *generator) query(n int) (string, Query) {
	r := g.rng
	q := Query{Limit: 20, Count: counted, Filters: map[Facet][]string{}}
	q.Most, _ = strconv.Atoi(os.Getenv("ATLAS_BENCH_MOST")) // values of a facet; all without it
	kind := ""
	switch r.IntN(10) {
	case 0:
		kind = "browse"
	case 1:
		kind, q.Text = "phrase", `"`+g.word()+" "+g.word()+`"`
	case 2:
		kind, q.Text = "number", fmt.Sprintf("15_%03d/%07d", r.IntN(200), r.IntN(n))
	case 3:
		kind, q.Text, q.Typing = "start", g.word()[:3], true
	case 4:
		kind, q.Text = "without", g.word()+" -"+g.word()
	case 5:
		kind, q.Text = "typo", g.word()+"xq"
	case 6, 7:
		kind, q.Text = "word", g.word()
	default:
		kind, q.Text = "two words", g.text(2)
	}
	if r.IntN(2) == 0 {
		q.Filters[FacetArea] = g.codes("O", 2, 18)
	}
	if r.IntN(3) == 0 {
		q.Filters[FacetTerritory] = []string{"kraj" + strconv.Itoa(r.IntN(14))}
	}
	if r.IntN(3) == 0 {
		q.Filters[FacetYear] = []string{strconv.Itoa(2000 + r.IntN(26))}
	}
	q.Sort = []Sort{SortRelevance, SortRelevance, SortRelevance, SortYear, SortAmount, SortNewest, SortTitle}[r.IntN(7)]
	if r.IntN(10) == 0 {
		q.Offset = r.IntN(n / 10)
	}
	return kind, q
}

// BenchmarkSearch measures building, memory and a mixed workload at the sizes
// that ATLAS_BENCH_RECORDS names, for example "100000 1000000".
func BenchmarkSearch(b *testing.B) {
	sizes := strings.Fields(os.Getenv("ATLAS_BENCH_RECORDS"))
	if len(sizes) == 0 {
		sizes = []string{"5000", "100000"}
	}
	for _, size := range sizes {
		n, err := strconv.Atoi(size)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(size, func(b *testing.B) { benchmarkSize(b, n) })
	}
}

func benchmarkSize(b *testing.B, n int) {
	g := newGenerator(1)
	before := heap()
	x := New(Options{Aliases: [][]string{{"Charkov", "Kharkiv", "Харків"}}, Otherwise: map[Facet]string{FacetEvaluation: "NE"}})
	started := time.Now() // records are generated on the other core meanwhile
	x.Build(g.documents(n))
	build := time.Since(started)
	memory := heap() - before
	queries, kindOf := make([]Query, 1000), make([]string, 1000)
	for i := range queries {
		kindOf[i], queries[i] = g.query(n)
	}
	all := make(timings, len(queries))
	b.ResetTimer()
	for b.Loop() {
		for i, q := range queries {
			at, busy := time.Now(), processorTime()
			x.Search(q)
			all.note(i, time.Since(at), processorTime()-busy)
		}
	}
	b.StopTimer()
	byKind := map[string]timings{}
	for i, t := range all {
		byKind[kindOf[i]] = append(byKind[kindOf[i]], t)
		if queries[i].Offset > 0 {
			byKind["deep"] = append(byKind["deep"], t)
		}
	}
	for _, kind := range append(kinds, "deep") {
		t := byKind[kind]
		b.Logf("%8d %-9s %4d queries: p50 %6.2f  p95 %6.2f  p99 %6.2f ms; of all cores %6.2f  %6.2f  %6.2f", n, kind, len(t),
			t.at(0.5), t.at(0.95), t.at(0.99), t.busyAt(0.5), t.busyAt(0.95), t.busyAt(0.99))
	}
	reportSlowest(b, queries, all)
	b.ReportMetric(build.Seconds(), "s/build")
	b.ReportMetric(float64(memory)/(1<<20), "MB/heap")
	b.ReportMetric(all.at(0.5), "ms/p50")
	b.ReportMetric(all.at(0.95), "ms/p95")
	b.ReportMetric(all.at(0.99), "ms/p99")
	b.ReportMetric(all.busyAt(0.95), "cpu-ms/p95")
	b.ReportMetric(all.busyAt(0.99), "cpu-ms/p99")
	b.ReportMetric(putTime(x, g, n), "ms/put")
	b.ReportMetric(similarTime(x, n), "ms/similar")
	runtime.KeepAlive(x)
}

// timing is how long a query took and for how long it kept cores busy, both
// together; the latter says what it would take on a machine with nothing else to
// do: at most that, at least that divided by the cores.
type timing struct {
	took, busy time.Duration
	query      int
}

// processorTime is what this process has had of all cores.
func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

type timings []timing

// note keeps the least time of a query that is asked several times, which is
// what it takes where other programs want the cores too.
func (t timings) note(query int, took, busy time.Duration) {
	if old := t[query]; old.took > 0 {
		took, busy = min(took, old.took), min(busy, old.busy)
	}
	t[query] = timing{took, busy, query}
}

// at gives a quantile in milliseconds.
func (t timings) at(p float64) float64 {
	slices.SortFunc(t, func(a, b timing) int { return cmp.Compare(a.took, b.took) })
	if len(t) == 0 {
		return 0
	}
	return float64(t[int(p*float64(len(t)-1))].took.Microseconds()) / 1000
}

// busyAt is the same for the time on all cores.
func (t timings) busyAt(p float64) float64 {
	busy := make(timings, len(t))
	for i := range t {
		busy[i].took = t[i].busy
	}
	return busy.at(p)
}

// reportSlowest names the slowest queries when asked to be verbose.
func reportSlowest(b *testing.B, queries []Query, all timings) {
	if os.Getenv("ATLAS_BENCH_SLOWEST") == "" {
		return
	}
	all.at(1)
	for _, t := range slices.Backward(all[max(0, len(all)-30):]) {
		q := queries[t.query]
		b.Logf("%v %q typing=%v sort=%q offset=%d filters=%v", t.took, q.Text, q.Typing, q.Sort, q.Offset, q.Filters)
	}
}

func putTime(x *Index, g *generator, n int) float64 {
	const puts = 200
	var docs []Document
	for i := range puts {
		docs = append(docs, g.document(n-puts/2+i))
	}
	started := time.Now()
	for _, d := range docs {
		x.Put(d)
	}
	return float64(time.Since(started).Microseconds()) / 1000 / puts
}

func similarTime(x *Index, n int) float64 {
	const calls = 50
	started := time.Now()
	for i := range calls {
		x.Similar(fmt.Sprintf("P-%07d", i*n/calls), 6)
	}
	return float64(time.Since(started).Microseconds()) / 1000 / calls
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
