package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// binary is the program under test, built once.
var binary string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "atlas-test-")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		binary = filepath.Join(dir, "atlas")
		if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "build: %v\n%s", err, out)
			return 1
		}
		return m.Run()
	}())
}

// program prepares a run of the program in a folder, with none of the settings
// of whoever runs the tests.
func program(dir string, args ...string) *exec.Cmd {
	cmd := exec.Command(binary, args...)
	cmd.Dir = dir
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "ATLAS_") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	return cmd
}

// result is what a run said and how it ended.
type result struct {
	code     int
	out, err string
}

func atlasRun(t *testing.T, dir string, args ...string) result {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := program(dir, args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return result{cmd.ProcessState.ExitCode(), out.String(), errs.String()}
}

// mustRun fails the test when the program does.
func mustRun(t *testing.T, dir string, args ...string) string {
	t.Helper()
	r := atlasRun(t, dir, args...)
	if r.code != exitOK {
		t.Fatalf("atlas %v ended with %d:\n%s%s", args, r.code, r.out, r.err)
	}
	return r.out
}

// said fails the test unless a run ended with the code and said all the words.
func (r result) said(t *testing.T, code int, words ...string) {
	t.Helper()
	if r.code != code {
		t.Errorf("ended with %d, want %d", r.code, code)
	}
	for _, w := range words {
		if !strings.Contains(r.out+r.err, w) {
			t.Errorf("does not say %q", w)
		}
	}
	if t.Failed() {
		t.Logf("it said:\n%s%s", r.out, r.err)
	}
}

// eachDatabase runs a test over each engine, with the flags that name a new
// database.
func eachDatabase(t *testing.T, test func(t *testing.T, flags ...string)) {
	t.Run(store.SQLite, func(t *testing.T) {
		t.Parallel()
		test(t, "--data", filepath.Join(t.TempDir(), "data"))
	})
	t.Run(store.Postgres, func(t *testing.T) {
		t.Parallel()
		test(t, "--database", storetest.Postgres(t), "--data", filepath.Join(t.TempDir(), "data"))
	})
}

// serving is a program that serves.
type serving struct {
	cmd     *exec.Cmd
	said    *said
	address string
}

// said collects what a program says while it runs.
type said struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

var addressSaid = regexp.MustCompile(`http://[^/\s"]+:\d+/`)

// start starts the program at a free port and waits until it says where.
func start(t testing.TB, dir string, args ...string) *serving {
	t.Helper()
	return startCmd(t, program(dir, append(args, "--listen", "127.0.0.1:0")...))
}

// startCmd starts what is prepared and waits until it says where it serves.
func startCmd(t testing.TB, cmd *exec.Cmd) *serving {
	t.Helper()
	s := &serving{cmd: cmd, said: &said{}}
	s.cmd.Stdout, s.cmd.Stderr = s.said, s.said
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.cmd.Process.Kill(); s.cmd.Wait() })
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		if s.address = addressSaid.FindString(s.said.String()); s.address != "" {
			return s
		}
	}
	t.Fatalf("it does not serve:\n%s", s.said)
	return nil
}

// stop asks the program to stop and gives its exit code.
func (s *serving) stop(t testing.TB) int {
	t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	s.cmd.Wait()
	return s.cmd.ProcessState.ExitCode()
}
