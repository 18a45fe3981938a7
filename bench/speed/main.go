// Command speed measures the program on a corpus of real size beside what
// people would use instead, and prints one table.
//
// The corpus is made of real lists (real.go, corpus.go), goes in by the import
// of the program (product.go), and is asked a fixed workload (questions.go) over
// HTTP (load.go). The answers are checked by a scan that knows nothing of the
// index (scan.go). The same questions are put to SQLite FTS5, PostgreSQL and
// Bleve (peer_*.go) and to bare set operations (floor.go).
//
// It is a module of its own, so that nothing of the peers comes near the
// program.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"
)

// settings are what the command line says.
type settings struct {
	records   int
	seed      uint64
	questions int
	checked   int
	dir       string
	keep      bool
	markdown  bool
	atlas     string
	rivals    string
	procs     int
	perRun    time.Duration
	build     time.Duration
	median    time.Duration
	asking    time.Duration
	profile   string
}

func main() {
	var s settings
	flag.IntVar(&s.records, "records", 1_500_000, "records of the corpus")
	flag.Uint64Var(&s.seed, "seed", 3, "seed of the corpus and of the questions")
	flag.IntVar(&s.questions, "questions", 1000, "questions of the workload")
	flag.IntVar(&s.checked, "checked", 200, "questions whose counts are compared with a scan")
	flag.StringVar(&s.dir, "dir", "", "work in this folder instead of a temporary one")
	flag.BoolVar(&s.keep, "keep", false, "leave the work folder, to be used again with -dir")
	flag.BoolVar(&s.markdown, "markdown", false, "print the table of the README as well")
	flag.StringVar(&s.atlas, "atlas", "", "the program to measure; built from the sources where none is given")
	flag.StringVar(&s.rivals, "peers", "sqlite,postgres,bleve", "what to compare with; empty for nothing")
	flag.IntVar(&s.procs, "procs", 2, "GOMAXPROCS of the program")
	flag.DurationVar(&s.perRun, "run-time", 2*time.Minute, "longest time of one run of the workload")
	flag.DurationVar(&s.build, "peer-build", 3*time.Minute, "a peer grows no more once its build took so long")
	flag.DurationVar(&s.median, "peer-median", 2*time.Second, "a peer grows no more once half of the answers take longer")
	flag.DurationVar(&s.asking, "peer-time", time.Minute, "longest time to ask a peer of one size")
	flag.StringVar(&s.profile, "profile", "", "write a CPU profile of the workload inside this process and stop")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, s); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}
