package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// victimEnv makes the test binary a writer to be killed: it says when it is in
// the middle of a transaction.
const victimEnv = "ATLAS_STORE_VICTIM"

func TestMain(m *testing.M) {
	if dsn := os.Getenv(victimEnv); dsn != "" {
		if err := victim(dsn); err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// victim commits a batch of ten and then begins one it never finishes.
func victim(dsn string) error {
	ctx := context.Background()
	s, err := store.Open(ctx, dsn)
	if err != nil {
		return err
	}
	err = s.Update(ctx, func(tx *store.Tx) error { return tens(ctx, tx, 1) })
	if err != nil {
		return err
	}
	return s.Update(ctx, func(tx *store.Tx) error {
		if err := tens(ctx, tx, 300); err != nil { // more than stays in memory
			return err
		}
		fmt.Println("in the middle")
		time.Sleep(time.Minute)
		return errors.New("nobody killed me")
	})
}

func tens(ctx context.Context, tx *store.Tx, n int) error {
	for i := range 10 * n {
		if err := tx.PutProject(ctx, project(fmt.Sprint("Projekt ", i, strings.Repeat(" dlouhý", 100))), write()); err != nil {
			return err
		}
	}
	return nil
}

// kill -9 during a write or an import: after restart the whole batch or
// nothing, on both engines.
func TestAKilledWriterLeavesWholeTransactionsOnly(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		if err := storetest.Open(t, dsn).Close(); err != nil {
			t.Fatal(err)
		}
		killInTheMiddle(t, dsn)
		s := storetest.Open(t, dsn)
		if n := must(s.CountProjects(t.Context())); n != 10 {
			t.Errorf("%d projects", n)
		}
		if n := must(s.LastChange(t.Context())); n != 10 {
			t.Errorf("last change %d", n)
		}
		p := project("Po pádu")
		put(t, s, p) // nothing is locked
		if p.ID != "P-00011" {
			t.Errorf("the next id is %s", p.ID)
		}
	})
}

func killInTheMiddle(t *testing.T, dsn string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), victimEnv+"="+dsn)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if strings.TrimSpace(line) != "in the middle" {
		t.Errorf("the writer said %q: %v", line, err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Error(err)
	}
	cmd.Wait()
}

func TestAFullDiskIsNamedAndKeepsWhatWasCommitted(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	put(t, s, project("Vejde se"))
	if err := s.MaxPages(200); err != nil {
		t.Fatal(err)
	}
	err := s.Update(t.Context(), func(tx *store.Tx) error { return tens(t.Context(), tx, 300) })
	if !errors.Is(err, store.ErrDiskFull) {
		t.Fatalf("got %v", err)
	}
	if n := must(s.CountProjects(t.Context())); n != 1 {
		t.Errorf("%d projects", n)
	}
	if err := s.MaxPages(1 << 30); err != nil {
		t.Fatal(err)
	}
	put(t, s, project("Po uvolnění místa"))
}
