package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// Ways of putting a question to the program.
const (
	wayBoth   = "JSON: 20 whole records + 12 exact facet counts, one request"
	wayFacets = "JSON: 12 exact facet counts only"
	wayPage   = "the page of a person: 20 records, 19 facets"
)

// Targets.
const (
	targetP95    = 10 * time.Millisecond
	targetMemory = 2 << 30
	targetImport = 20_000
	targetExport = 64 << 20
)

// machine is what the figures were measured on.
type machine struct {
	cores  int
	memory int64
	system string
	load   string
	when   time.Time
}

func newMachine() machine {
	load, _ := os.ReadFile("/proc/loadavg")
	return machine{
		cores: runtime.NumCPU(), memory: memoryOfMachine(), system: runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH,
		load: strings.Join(strings.Fields(string(load))[:min(3, len(strings.Fields(string(load))))], " "), when: time.Now(),
	}
}

func memoryOfMachine() int64 {
	text, _ := os.ReadFile("/proc/meminfo")
	var kb int64
	fmt.Sscanf(string(text), "MemTotal: %d kB", &kb)
	return kb << 10
}

// run1 is one run of the workload.
type run1 struct {
	way     string
	clients int
	measured
}

// versus is a peer beside the program at the same size.
type versus struct {
	peerResult
	ours []time.Duration // sorted
}

// report is all that was measured.
type report struct {
	machine                machine
	origin                 string
	organisations          int
	found                  int      // records that the program has
	imported               imported // the corpus
	real                   imported // the largest real list; zero where it is not there
	first, index           time.Duration
	startMemory, startMost int64
	memory, most           int64 // after the workload, and the most under it
	runs                   []run1
	verdict                verdict
	exported               exported
	floor                  []time.Duration // sorted
	peers                  []versus
}

// target is one figure that was promised.
type target struct {
	name, want, got string
	met             bool
}

// answers is the run that the target of the answers is about.
func (b *bench) answers() (measured, bool) {
	i := slices.IndexFunc(b.runs, func(r run1) bool { return r.way == wayBoth && r.clients == 1 })
	if i < 0 {
		return measured{}, false
	}
	return b.runs[i].measured, true
}

func imports(name string, i imported) target {
	return target{name, fmt.Sprintf("at least %d rows/s", targetImport), fmt.Sprintf("%.0f rows/s", i.perSecond()), i.perSecond() >= targetImport}
}

func (b *bench) targets() []target {
	m, _ := b.answers()
	p95 := percentile(m.of(b.all, ""), 95)
	e, most := b.exported, max(b.startMost, b.most)
	exportGot := fmt.Sprintf("%d rows, %s", e.rows, mebi(e.grew))
	if e.err != nil {
		exportGot += ", then cut off: " + e.err.Error()
	}
	all := []target{
		{"p95 of an answer", "at most " + ms(targetP95), ms(p95), p95 > 0 && p95 <= targetP95},
		{"memory of the program", "at most " + mebi(targetMemory), mebi(most), most <= targetMemory},
		{"counts as a scan finds them", fmt.Sprintf("%d of %d questions", b.verdict.asked, b.verdict.asked), fmt.Sprintf("%d of %d, %d counts", b.verdict.right, b.verdict.asked, b.verdict.values), b.verdict.asked > 0 && b.verdict.right == b.verdict.asked},
		imports("import of the corpus", b.imported),
		{"export of all rows", "all, grows by less than " + mebi(targetExport), exportGot, e.err == nil && e.rows == b.records && e.grew < targetExport},
	}
	if b.real.rows > 0 {
		all = slices.Insert(all, 4, imports("import of a real list", b.real))
	}
	return all
}

func (t target) verdict() string {
	if t.met {
		return "met"
	}
	return "MISSED"
}

// print writes everything as plain tables.
func (b *bench) print(out io.Writer) {
	m := b.machine
	fmt.Fprintf(out, "\nMachine: %d cores, %s, %s, load before %s, program with GOMAXPROCS=%d, %s\n", m.cores, mebi(m.memory), m.system, m.load, b.procs, m.when.Format("2006-01-02 15:04"))
	fmt.Fprintf(out, "Corpus:  %d records resampled from %s (seed %d), %d organisations, %d values of %d facets, %d words\n\n", b.records, b.origin, b.seed, b.organisations, len(b.truth.values), len(b.truth.facets), len(b.truth.words)-1)
	if b.found != b.records {
		fmt.Fprintf(out, "The program has %d records only: the import refused the rest.\n\n", b.found)
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "TARGET\twanted\tmeasured\t")
	for _, t := range b.targets() {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", t.name, t.want, t.got, t.verdict())
	}
	w.Flush()
	for _, text := range b.verdict.wrong {
		fmt.Fprintln(out, "  wrong:", text)
	}
	b.printProgram(out)
	b.printRuns(out)
	b.printKinds(out)
	b.printPeers(out)
}

func (b *bench) printProgram(out io.Writer) {
	fmt.Fprintln(out)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "THE PROGRAM\t\t")
	i, e := b.imported, b.exported
	fmt.Fprintf(w, "import of the corpus into SQLite, checks and provenance included\t%.1f s\t%.0f rows/s, %s resident at most, database %s\n", i.took.Seconds(), i.perSecond(), mebi(i.memory), mebi(i.size))
	if r := b.real; r.rows > 0 {
		fmt.Fprintf(w, "import of a real list of %d rows, likewise\t%.1f s\t%.0f rows/s, %s resident at most\n", r.rows, r.took.Seconds(), r.perSecond(), mebi(r.memory))
	}
	fmt.Fprintf(w, "start to the first answered page\t%.2f s\t%s resident, %s at most\n", b.first.Seconds(), mebi(b.startMemory), mebi(b.startMost))
	fmt.Fprintf(w, "reading the database and building the index\t%.2f s\tas the log tells the start, less the start of an empty database\n", b.index.Seconds())
	fmt.Fprintf(w, "memory under the workload, at its highest\t%s\t%s after it\n", mebi(b.most), mebi(b.memory))
	fmt.Fprintf(w, "export of everything as CSV over HTTP\t%.1f s\t%d rows, %.0f rows/s, %s, grew by %s\n", e.took.Seconds(), e.rows, float64(e.rows)/e.took.Seconds(), mebi(e.bytes), mebi(e.grew))
	w.Flush()
}

func (b *bench) printRuns(out io.Writer) {
	fmt.Fprintln(out)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "QUESTIONS OVER HTTP\tclients\tasked\tp50\tp95\tp99\tquestions/s\t")
	for _, r := range b.runs {
		d := r.of(b.all, "")
		fmt.Fprintf(w, "%s\t%d\t%d\t%s\t%s\t%s\t%.0f\t\n", r.way, r.clients, r.n, ms(percentile(d, 50)), ms(percentile(d, 95)), ms(percentile(d, 99)), r.perSecond())
	}
	fmt.Fprintf(w, "floor: bare set operations, no HTTP\t1\t%d\t%s\t%s\t%s\t%.0f\t\n", len(b.floor), ms(percentile(b.floor, 50)), ms(percentile(b.floor, 95)), ms(percentile(b.floor, 99)), perSecond(b.floor))
	w.Flush()
}

func perSecond(all []time.Duration) float64 {
	var sum time.Duration
	for _, d := range all {
		sum += d
	}
	if sum == 0 {
		return 0
	}
	return float64(len(all)) / sum.Seconds()
}

// printKinds shows the run of one client by kinds of questions.
func (b *bench) printKinds(out io.Writer) {
	m, ok := b.answers()
	if !ok {
		return
	}
	fmt.Fprintln(out)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "BY KIND, 20 whole records and 12 facets, one client\tasked\tp50\tp95\tp99\t")
	for _, k := range kinds {
		d := m.of(b.all, k.name)
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t\n", k.name, len(d), ms(percentile(d, 50)), ms(percentile(d, 95)), ms(percentile(d, 99)))
	}
	w.Flush()
}

func (b *bench) printPeers(out io.Writer) {
	if len(b.peers) == 0 {
		return
	}
	fmt.Fprintln(out)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "INSTEAD OF IT\trecords\tbuild\tdisk\tasked\tp50\tp95\tours p50\tours p95\tratio p50\tratio p95\tsame counts\t")
	for _, p := range b.peers {
		if p.err != nil {
			fmt.Fprintf(w, "%s\tnot measured: %v\t\n", p.name, p.err)
			continue
		}
		d := slices.Sorted(slices.Values(p.took))
		fmt.Fprintf(w, "%s\t%d\t%.0f s\t%s\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t%d of %d\t\n", p.name, p.records, p.build.Seconds(), mebi(p.size), len(d),
			ms(percentile(d, 50)), ms(percentile(d, 95)), ms(percentile(p.ours, 50)), ms(percentile(p.ours, 95)),
			ratio(d, p.ours, 50), ratio(d, p.ours, 95), p.same, p.compared)
	}
	w.Flush()
	for _, p := range b.peers {
		if p.stopped != "" && p.err == nil {
			fmt.Fprintf(out, "  %s grew no more: %s\n", p.name, p.stopped)
		}
	}
	fmt.Fprintln(out, "  Peers are asked without HTTP and look for words exactly as written; ours is asked over HTTP and finds inflected forms as well.")
}

func ratio(theirs, ours []time.Duration, p float64) string {
	if o := percentile(ours, p); o > 0 {
		return fmt.Sprintf("%.1f×", float64(percentile(theirs, p))/float64(o))
	}
	return "–"
}

func ms(d time.Duration) string {
	switch n := float64(d) / float64(time.Millisecond); {
	case d == 0:
		return "–"
	case n < 10:
		return fmt.Sprintf("%.2f ms", n)
	case n < 100:
		return fmt.Sprintf("%.1f ms", n)
	default:
		return fmt.Sprintf("%.0f ms", n)
	}
}

func mebi(bytes int64) string {
	if bytes >= 10<<30 {
		return fmt.Sprintf("%.1f GiB", float64(bytes)/(1<<30))
	}
	return fmt.Sprintf("%.0f MiB", float64(bytes)/(1<<20))
}
