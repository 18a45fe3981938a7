package store_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
	"weak"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"

	"pgregory.net/rapid"
)

// step is something a transaction does with the records there are.
type step struct {
	kind, at, size int
	reg            string
	fail           bool
}

// steps draws transactions: each is some steps.
func steps(t *rapid.T) [][]step {
	one := rapid.Custom(func(t *rapid.T) step {
		return step{
			kind: rapid.IntRange(0, 6).Draw(t, "kind"),
			at:   rapid.IntRange(0, 30).Draw(t, "at"),
			size: rapid.IntRange(0, 3).Draw(t, "size"),
			reg:  rapid.SampledFrom([]string{"", "", "", "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9"}).Draw(t, "reg"),
			fail: rapid.IntRange(0, 39).Draw(t, "fail") == 0,
		}
	})
	return rapid.SliceOfN(rapid.SliceOfN(one, 1, 40), 1, 4).Draw(t, "transactions")
}

// do takes one step. What it chooses depends on the step and on what the
// transaction has written so far, nothing else.
func do(ctx context.Context, tx *store.Tx, s step, n *int) error {
	*n++
	switch s.kind {
	case 0:
		return tx.PutActor(ctx, altered(actor(fmt.Sprint("Charita ", *n)), s), write())
	case 1, 2:
		return tx.PutProject(ctx, shaped(project(fmt.Sprint("Projekt ", *n)), s), write())
	case 3:
		p, err := tx.Project(ctx, fmt.Sprintf("P-%05d", 90_001+s.at))
		if errors.Is(err, atlas.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		return tx.PutProject(ctx, shaped(p, s), write())
	case 4:
		a, err := tx.Actor(ctx, fmt.Sprintf("A-%05d", 1+s.at))
		if errors.Is(err, atlas.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		return tx.PutActor(ctx, altered(a, s), write())
	case 5:
		return tx.PutBatchRows(ctx, []atlas.BatchRow{{
			BatchID: "D-00001", Row: 10_000 + *n, RecordID: "P-90001", Raw: map[string]string{"b": "<&>", "a": "\u2028"},
			Problems: make([]atlas.RowProblem, s.size),
		}})
	}
	return tx.PutPair(ctx, store.Pair{First: "P-90001", Second: "P-90002", Decision: []string{"", store.PairTwo, store.PairLater, ""}[s.size], At: write().At})
}

func shaped(p *atlas.Project, s step) *atlas.Project {
	p.RegNumber, p.Territories, p.Parties = s.reg, nil, nil
	for i := range s.size {
		p.Territories = append(p.Territories, atlas.Place{Territory: fmt.Sprint("CZ", i)})
		p.Parties = append(p.Parties, atlas.Party{Actor: fmt.Sprintf("A-%05d", 1+i), Role: atlas.RoleImplementer})
	}
	if s.fail {
		p.Parties = []atlas.Party{{Actor: "A-99999", Role: atlas.RoleImplementer}}
	}
	return p
}

func altered(a *atlas.Actor, s step) *atlas.Actor {
	a.OtherNames = nil
	for i := range s.size {
		a.OtherNames = append(a.OtherNames, fmt.Sprint("Jinak ", i))
	}
	return a
}

// TestInBulkTheSameIsWritten compares record by record with in bulk: the same
// transactions fail, and the same stands in the database.
func TestInBulkTheSameIsWritten(t *testing.T) {
	for name, dsn := range engines() {
		t.Run(name, func(t *testing.T) {
			plain, bulk := storetest.Open(t, dsn(t)), storetest.Open(t, dsn(t))
			everything(t, plain)
			everything(t, bulk)
			n := 0
			rapid.Check(t, func(rt *rapid.T) {
				for _, all := range steps(rt) {
					first := n
					run := func(s *store.Store, begin func(*store.Tx)) error {
						n = first
						return s.Update(t.Context(), func(tx *store.Tx) error {
							begin(tx)
							for _, s := range all {
								if err := do(t.Context(), tx, s, &n); err != nil {
									return err
								}
							}
							return nil
						})
					}
					want := run(plain, func(*store.Tx) {})
					got := run(bulk, (*store.Tx).Bulk)
					if (want == nil) != (got == nil) {
						rt.Fatalf("record by record: %v; in bulk: %v", want, got)
					}
					n = first + len(all)
				}
			})
			same(t, "contents", contents(t, plain), contents(t, bulk))
		})
	}
}

func inBulk(t *testing.T, s *store.Store, fn func(ctx context.Context, tx *store.Tx) error) error {
	t.Helper()
	return s.Update(t.Context(), func(tx *store.Tx) error {
		tx.Bulk()
		return fn(t.Context(), tx)
	})
}

// 6.1: the registration number is unique when given.
// What the rows of a list share is told once for many of them, and in each from
// the first on that says otherwise.
func TestInBulkWhatRowsShareIsWrittenInEach(t *testing.T) {
	country := func(i int) string {
		switch {
		case i < 4000:
			return "CZ"
		case i < 4500:
			return ""
		}
		return []string{"SK", "CZ", ""}[i%3]
	}
	const n = 6000 // each third of them is sent at least once
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		err := inBulk(t, s, func(ctx context.Context, tx *store.Tx) error {
			for i := range n {
				a := actor(fmt.Sprint("Charita ", i))
				a.Country = country(i)
				if err := tx.PutActor(ctx, a, write()); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		i := 0
		err = s.EachActor(t.Context(), func(a *atlas.Actor) error {
			if a.Name != fmt.Sprint("Charita ", i) || a.Country != country(i) || a.CreatedBy != write().By || a.Version != 1 {
				t.Errorf("%d is %q of %q by %q", i, a.Name, a.Country, a.CreatedBy)
			}
			i++
			return nil
		})
		if err != nil || i != n {
			t.Error(i, err)
		}
	})
}

func TestInBulkATakenRegistrationNumberSaysWhoHasIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		numbered := func(reg string) *atlas.Project {
			p := project("Projekt " + reg)
			p.RegNumber = reg
			return p
		}
		put(t, s, numbered("R1"))
		for name, regs := range map[string][]string{
			"P-00001": {"R2", "R1", "R3"}, // stored before
			"P-00003": {"R2", "R3", "R4", "R3"},
		} {
			err := inBulk(t, s, func(ctx context.Context, tx *store.Tx) error {
				for _, reg := range regs {
					if err := tx.PutProject(ctx, numbered(reg), write()); err != nil {
						return err
					}
				}
				return nil
			})
			var invalid *atlas.InvalidError
			if !errors.As(err, &invalid) || !errors.Is(err, atlas.ErrConflict) {
				t.Fatalf("got %v", err)
			}
			same(t, "problem", []atlas.Problem{{Field: "reg_number", Key: "problem.reg_number_taken", Args: map[string]any{"id": name}}}, invalid.Problems)
		}
		if n := must(s.CountProjects(t.Context())); n != 1 {
			t.Errorf("%d projects", n)
		}
	})
}

func TestInBulkAMissingReferenceNamesItsTable(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		seed(t, s)
		err := inBulk(t, s, func(ctx context.Context, tx *store.Tx) error {
			for n := range 50 {
				p := project("Projekt")
				p.Parties = []atlas.Party{{Actor: "A-00001", Role: "REAL"}}
				if n == 30 {
					p.Parties[0].Actor = "A-99999"
				}
				if err := tx.PutProject(ctx, p, write()); err != nil {
					return err
				}
			}
			return nil
		})
		var invalid *atlas.InvalidError
		if !errors.As(err, &invalid) || invalid.Problems[0].Field != "project_party" {
			t.Fatalf("got %v", err)
		}
		// PostgreSQL lets nothing more be asked in a transaction that failed.
		if where := map[string]string{store.SQLite: "P-90033:", store.Postgres: "P-90004 to P-90035:"}[s.Engine()]; !strings.Contains(err.Error(), "write project_party "+where) {
			t.Errorf("got %v", err)
		}
	})
}

// What is sent after the transaction was rolled back behind the writer's back
// must not be written outside of it.
func TestInBulkNothingIsWrittenAfterTheContextEnded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx, cancel := context.WithCancel(t.Context())
		err := s.Update(ctx, func(tx *store.Tx) error {
			tx.Bulk()
			if err := tens(ctx, tx, 200); err != nil {
				return err
			}
			cancel()
			time.Sleep(50 * time.Millisecond) // database/sql rolls back
			return tens(context.WithoutCancel(ctx), tx, 200)
		})
		if err == nil {
			t.Error("no error")
		}
		if n := must(s.CountProjects(t.Context())); n != 0 {
			t.Errorf("%d projects", n)
		}
		put(t, s, project("Potom"))
	})
}

func TestAStreamOfManyPagesIsWholeAndMayBeLeft(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		const n = 1000 // two full pages
		if err := inBulk(t, s, func(ctx context.Context, tx *store.Tx) error { return tens(ctx, tx, n/10) }); err != nil {
			t.Fatal(err)
		}
		stop := errors.New("stop")
		for _, most := range []int{n, 1, 500, 501} {
			seen := 0
			err := s.EachProject(t.Context(), func(p *atlas.Project) error {
				if want := fmt.Sprintf("P-%05d", seen+1); p.ID != want {
					t.Fatalf("%s stands where %s should", p.ID, want)
				}
				if seen++; seen == most && most < n {
					return stop
				}
				return nil
			})
			if seen != most || (most < n) != errors.Is(err, stop) {
				t.Errorf("left at %d after %d: %v", most, seen, err)
			}
		}
	})
}

func TestARecordThatFailedIsNotCommittedInPart(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for name, begin := range map[string]func(*store.Tx){"record by record": func(*store.Tx) {}, "in bulk": (*store.Tx).Bulk} {
			err := s.Update(t.Context(), func(tx *store.Tx) error {
				begin(tx)
				p := project("Zčásti")
				p.Areas = []atlas.AreaShare{{Code: "\xff"}}
				if err := tx.PutProject(t.Context(), p, write()); err == nil {
					t.Errorf("%s: no error", name)
				}
				return nil // as if nothing had happened
			})
			if err == nil {
				t.Errorf("%s: committed", name)
			}
		}
		if n := must(s.CountProjects(t.Context())); n != 0 {
			t.Errorf("%d projects", n)
		}
	})
}

// Memory must not grow with the file.
func TestInBulkNoRecordIsKept(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	err := inBulk(t, s, func(ctx context.Context, tx *store.Tx) error {
		first := project("První")
		first.RegNumber = "R"
		if err := tx.PutProject(ctx, first, write()); err != nil {
			return err
		}
		seen := weak.Make(first)
		if err := tens(ctx, tx, 500); err != nil {
			return err
		}
		runtime.GC()
		if seen.Value() != nil {
			t.Error("the first of 5 001 projects is still held")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestASnapshotIsWrittenAsEncodingJSONWould(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("aá<>&\"\\\u2028\u2029\n\x00\x7f\ufffd"))),
			rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }))
		row := rapid.MapOf(text, text).Draw(t, "row")
		want := must(json.Marshal(row))
		if got := must(store.AppendTexts(nil, row)); string(got) != string(want) {
			t.Errorf("got %s, want %s", got, want)
		}
		type record struct {
			Text string
			N    int
			Yes  bool
			List []string
		}
		r := record{"x" + text.Draw(t, "text"), 1 + rapid.IntRange(0, 1<<40).Draw(t, "n"), true, []string{text.Draw(t, "item"), ""}}
		if got, want := must(store.Snapshot(&r)), must(json.Marshal(r)); string(got) != string(want) {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}
