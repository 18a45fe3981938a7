package app_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// importVictim makes the test binary an importer to be killed: it says when it
// is in the middle of a batch.
const importVictim = "ATLAS_IMPORT_VICTIM"

func TestMain(m *testing.M) {
	if dsn := os.Getenv(importVictim); dsn != "" {
		if err := victim(dsn); err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// victim imports one file whole and then another that it never finishes.
func victim(dsn string) error {
	ctx := context.Background()
	s, err := store.Open(ctx, dsn)
	if err != nil {
		return err
	}
	a := app.New(s, app.Options{})
	if err := a.Load(ctx); err != nil {
		return err
	}
	applying := false
	o := app.ImportOptions{Progress: func(done, total int) {
		if applying && done >= 800 {
			fmt.Println("in the middle")
			time.Sleep(time.Minute)
		}
	}}
	for _, n := range []int{50, 1000} {
		applying = false
		plan, err := a.PrepareImport(ctx, atlas.Viewer{Name: "victim", Write: true}, o, "seznam.csv", many(n))
		if err != nil {
			return err
		}
		applying = true
		if _, err := a.ApplyImport(ctx, atlas.Viewer{Name: "victim", Write: true}, plan); err != nil {
			return err
		}
	}
	return fmt.Errorf("nobody killed me")
}

// kill -9 during an import: after restart the whole batch or nothing, on both
// engines, and the same file goes in as if nothing had happened.
func TestAKilledImportLeavesWholeBatchesOnly(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		if err := storetest.Open(t, dsn).Close(); err != nil {
			t.Fatal(err)
		}
		killTheImport(t, dsn)
		a := loaded(t, storetest.Open(t, dsn))
		batches, err := a.Reader().Batches(t.Context())
		if err != nil || len(batches) != 1 || tally(batches[0]) != "50+0+0+0 of 50" {
			t.Fatalf("%+v %v", batches, err)
		}
		if n, err := a.Reader().CountProjects(t.Context()); err != nil || n != 50 {
			t.Errorf("%d projects, %v", n, err)
		}
		if n := len(a.ActorNames("cs")); n != 50 {
			t.Errorf("%d organisations", n)
		}
		if n := len(batchRows(t, a, "D-00001")); n != 50 {
			t.Errorf("%d rows", n)
		}
		b := apply(t, a, prepare(t, a, many(1000)))
		if b.ID != "D-00002" || tally(*b) != "950+0+50+0 of 1000" {
			t.Errorf("after restart: %+v", b)
		}
		if p := byNumber(t, a, 1000); p.ID != "P-01000" {
			t.Errorf("the last project is %s", p.ID)
		}
	})
}

func killTheImport(t *testing.T, dsn string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), importVictim+"="+dsn)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if strings.TrimSpace(line) != "in the middle" {
		t.Errorf("the importer said %q: %v", line, err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Error(err)
	}
	cmd.Wait()
}
