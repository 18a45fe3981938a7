package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"atlas"
	"atlas/internal/importer"
	"atlas/internal/place"
	"atlas/internal/reference"
	"atlas/internal/store"
)

// bench is one run of everything.
type bench struct {
	settings
	report
	register string // of municipalities; "" where there is none
	corpus   *corpus
	places   *place.Gazetteer
	files    []string
	truth    *truth
	all      []*query
	main     program
}

// run measures everything and prints the tables.
func run(ctx context.Context, s settings) error {
	b := &bench{settings: s}
	if s.dir == "" {
		dir, err := os.MkdirTemp("", "atlas-bench-")
		if err != nil {
			return err
		}
		b.dir = dir
		fmt.Fprintln(os.Stderr, "work folder", dir)
	} else if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return err
	}
	if !s.keep {
		defer os.RemoveAll(b.dir)
	}
	b.machine = newMachine()
	steps := []func(context.Context) error{b.build, b.makeCorpus, b.fill, b.importReal, b.know}
	if s.profile != "" {
		steps = append(steps, b.writeProfile)
	} else {
		steps = append(steps, b.measure, b.measureFloor, b.measurePeers)
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			b.tell() // what is known already, when a peer breaks or somebody loses patience
			return err
		}
	}
	b.tell()
	return nil
}

// tell prints the tables of what was measured.
func (b *bench) tell() {
	if len(b.runs) == 0 {
		return
	}
	b.print(os.Stdout)
	if b.markdown {
		b.printMarkdown(os.Stdout)
	}
}

// step tells what is being done now.
func step(format string, args ...any) { log.Printf(format, args...) }

func (b *bench) build(ctx context.Context) (err error) {
	if b.atlas == "" {
		step("building the program")
		b.atlas, err = buildProgram(ctx, b.dir)
	} else {
		b.atlas, err = filepath.Abs(b.atlas)
	}
	b.main = b.program("data")
	return err
}

func (b *bench) program(name string) program {
	return program{binary: b.atlas, data: filepath.Join(b.dir, name), procs: b.procs}
}

// makeCorpus reads the real lists and writes the files of the corpus.
func (b *bench) makeCorpus(ctx context.Context) error {
	data := dataFolder()
	if data != "" {
		b.register = filepath.Join(data, "open", "geography", "obce.csv")
		if _, err := os.Stat(b.register); err != nil {
			b.register = ""
		}
	}
	step("reading real projects")
	all, origin, err := readReal(ctx, data)
	if err != nil {
		return err
	}
	territories := reference.Territories()
	if b.register != "" {
		if territories, err = b.readRegister(ctx); err != nil {
			return err
		}
	}
	b.origin, b.places = origin, place.New(territories)
	b.corpus = newCorpus(b.seed, all, territories)
	step("writing a corpus of %d records", b.records)
	b.files, err = b.corpus.writeFiles(b.dir, b.records)
	return err
}

// readRegister brings the register of municipalities into the database and
// reads from there how the program calls them.
func (b *bench) readRegister(ctx context.Context) ([]atlas.Territory, error) {
	if err := b.main.territories(ctx, b.register); err != nil {
		return nil, err
	}
	s, err := store.Open(ctx, b.main.file())
	if err != nil {
		return nil, err
	}
	defer s.Close()
	return s.Territories(ctx)
}

// fill imports the corpus, unless the work folder has it from a run before.
func (b *bench) fill(ctx context.Context) (err error) {
	note := filepath.Join(b.dir, "imported.json")
	if text, err := os.ReadFile(note); err == nil {
		var was struct {
			Records int
			Seed    uint64
			Rows    int
			Took    time.Duration
			Memory  int64
			Size    int64
		}
		if json.Unmarshal(text, &was) == nil && was.Records == b.records && was.Seed == b.seed {
			b.imported = imported{was.Rows, was.Took, was.Memory, was.Size}
			return nil
		}
		return fmt.Errorf("%s holds another corpus", b.dir)
	}
	if b.imported, err = b.importInto(ctx, b.main, b.records); err != nil {
		return err
	}
	text, err := json.Marshal(map[string]any{"Records": b.records, "Seed": b.seed, "Rows": b.imported.rows, "Took": b.imported.took, "Memory": b.imported.memory, "Size": b.imported.size})
	return errors.Join(err, os.WriteFile(note, text, 0o644))
}

// realList is the largest real list, in a form of its own.
const realList = "eu_structural_funds_unified.csv.gz"

// importReal brings the largest real list into a database of its own.
func (b *bench) importReal(ctx context.Context) (err error) {
	list := filepath.Join(dataFolder(), "reference", "projects", realList)
	if _, err := os.Stat(list); dataFolder() == "" || err != nil {
		return nil
	}
	rows, err := rowsOf(list)
	if err != nil {
		return err
	}
	step("importing a real list of %d rows", rows)
	p := b.program("real")
	b.real, err = p.importFiles(ctx, []string{list}, rows)
	return errors.Join(err, os.RemoveAll(p.data))
}

// rowsOf counts the rows under the header of a list.
func rowsOf(file string) (int, error) {
	f, err := os.Open(file)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	t, err := importer.ReadTable(file, f, info.Size())
	if err != nil {
		return 0, err
	}
	return t.Len(), t.Close()
}

// importInto brings the first n records into a database.
func (b *bench) importInto(ctx context.Context, p program, n int) (imported, error) {
	step("importing %d records", n)
	files := b.files
	if n < b.records {
		files = files[:n/rowsOfFile]
	}
	i, err := p.importFiles(ctx, files, n)
	if err == nil {
		step("imported in %v", i.took.Round(time.Second))
	}
	return i, err
}

// know works out what is known of the records, and the questions.
func (b *bench) know(ctx context.Context) error {
	step("reading the corpus for the scan and the peers")
	db, err := openFile(b.main.file())
	if err != nil {
		return err
	}
	defer db.Close()
	actors, err := readActors(ctx, db)
	if err != nil {
		return err
	}
	b.organisations = len(actors)
	b.truth = newTruth(b.corpus, b.records, b.places, actors, time.Now().Year())
	b.all = newQuestions(b.truth, b.seed, b.questions)
	if len(b.all) < b.questions {
		step("only %d distinct questions can be made of this corpus", len(b.all))
	}
	runtime.GC()
	return nil
}

// measure asks the program.
func (b *bench) measure(ctx context.Context) error {
	empty, err := b.emptyStart(ctx)
	if err != nil {
		return err
	}
	step("starting the program")
	s, err := b.main.serve(ctx)
	if err != nil {
		return err
	}
	defer s.stop()
	b.first, b.index = s.first, s.started-empty
	b.startMemory, b.startMost = s.resident()
	if err := s.forgetMost(); err != nil {
		step("the highest memory of the start counts as that of the workload: %v", err)
	}
	if err := b.workload(ctx, s); err != nil {
		return err
	}
	b.memory, b.most = s.resident()
	step("comparing with a scan")
	c := newClient(s.address, 1)
	everything, _, err := c.counts(ctx, b.truth, &query{page: 1})
	if err != nil {
		return err
	}
	b.found = everything.total
	if b.verdict, err = check(ctx, c, b.truth, b.all[:min(b.checked, len(b.all))]); err != nil {
		return err
	}
	step("exporting everything")
	b.exported = exportAll(ctx, c, s)
	return nil
}

// emptyStart is how long the program takes to be ready without any project.
func (b *bench) emptyStart(ctx context.Context) (time.Duration, error) {
	p := b.program("empty")
	if b.register != "" {
		if err := p.territories(ctx, b.register); err != nil {
			return 0, err
		}
	}
	s, err := p.serve(ctx)
	if err != nil {
		return 0, err
	}
	defer s.stop()
	return s.started, nil
}

// loads are the numbers of clients that ask at once.
func loads() []int { return []int{1, 8, 64} }

// warming is how many questions are asked before anything is measured.
const warming = 20

// workload asks the program in every way by so many clients at once.
func (b *bench) workload(ctx context.Context, s *server) error {
	for _, clients := range loads() {
		c := newClient(s.address, clients)
		for _, way := range []struct {
			name string
			one  asking
		}{{wayBoth, c.both}, {wayFacets, c.facets}, {wayPage, c.page}} {
			step("asking %d clients at once: %s", clients, way.name)
			if _, err := ask(ctx, b.all[:min(warming, len(b.all))], clients, b.perRun, way.one); err != nil {
				return err
			}
			m, err := ask(ctx, b.all, clients, b.perRun, way.one)
			if err != nil {
				return err
			}
			b.runs = append(b.runs, run1{way.name, clients, m})
		}
	}
	return nil
}

func (b *bench) measureFloor(context.Context) error {
	step("the floor")
	f := newFloor(b.truth, b.all)
	b.floor = f.run(b.all, b.perRun)
	slices.Sort(b.floor)
	return nil
}

// measurePeers asks the peers and, at the size that each could bear, the
// program.
func (b *bench) measurePeers(ctx context.Context) error {
	for _, name := range strings.Split(b.settings.rivals, ",") {
		if name == "" {
			continue
		}
		step("%s", name)
		p, err := b.peer(ctx, name)
		if err != nil {
			b.peers = append(b.peers, versus{peerResult: peerResult{name: name, err: err}})
			continue
		}
		v := versus{peerResult: measurePeer(ctx, p, b.truth, b.all, b.settings)}
		if err := p.close(); err != nil {
			step("%s: %v", name, err)
		}
		if v.err == nil {
			if v.ours, err = b.atSize(ctx, v.records, v.asked); err != nil {
				return err
			}
		}
		b.peers = append(b.peers, v)
	}
	return ctx.Err()
}

func (b *bench) peer(ctx context.Context, name string) (peer, error) {
	switch name {
	case "sqlite":
		return newSQLitePeer(ctx, b.truth, b.dir)
	case "postgres":
		return newPostgresPeer(ctx, b.truth)
	case "bleve":
		return newBlevePeer(b.truth, b.dir)
	}
	return nil, fmt.Errorf("no such peer; there are sqlite, postgres and bleve")
}

// atSize asks the program the same questions over the same number of records,
// by one client.
func (b *bench) atSize(ctx context.Context, n int, all []*query) ([]time.Duration, error) {
	p := b.main
	if n < b.records {
		p = b.program(fmt.Sprintf("data-%d", n))
		if _, err := os.Stat(p.file()); err != nil {
			if b.register != "" {
				if err := p.territories(ctx, b.register); err != nil {
					return nil, err
				}
			}
			if _, err := b.importInto(ctx, p, n); err != nil {
				return nil, err
			}
		}
	}
	s, err := p.serve(ctx)
	if err != nil {
		return nil, err
	}
	defer s.stop()
	c := newClient(s.address, 1)
	if _, err := ask(ctx, all[:min(warming, len(all))], 1, b.perRun, c.both); err != nil {
		return nil, err
	}
	m, err := ask(ctx, all, 1, b.perRun, c.both)
	return m.of(all, ""), err
}
