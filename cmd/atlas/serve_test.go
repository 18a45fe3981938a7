package main

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"atlas/internal/app"
	"atlas/internal/store/storetest"
)

func get(t testing.TB, address string) string {
	t.Helper()
	r, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		t.Fatalf("%s answered %s: %v", address, r.Status, err)
	}
	return string(body)
}

// files lists a folder by names of files relative to it.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			path, err = filepath.Rel(dir, path)
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTheDemoServesAndLeavesNothingButItsFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, round := range []string{"the first time", "once more"} {
		demo := start(t, dir, "demo")
		if page := get(t, demo.address); !strings.Contains(page, "Atlas integrace") {
			t.Errorf("%s: the first page is %s", round, page)
		}
		for _, words := range []string{"běží na adrese http://localhost:", "Otevřete", "složce atlas-data", "Ctrl+C"} {
			if !strings.Contains(demo.said.String(), words) {
				t.Errorf("%s: does not say %q:\n%s", round, words, demo.said)
			}
		}
		if code := demo.stop(t); code != exitOK {
			t.Errorf("%s: stopped with %d:\n%s", round, code, demo.said)
		}
		if got := strings.Join(files(t, dir), " "); got != "atlas-data/atlas.db atlas-data/key" {
			t.Errorf("%s: left %s", round, got)
		}
	}
	atlasRun(t, dir, "reindex").said(t, exitOK, "shodují")
}

func TestATakenPortIsToldBeforeAnythingIsWritten(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, command := range []string{"demo", "serve"} {
		dir := t.TempDir()
		atlasRun(t, dir, command, "--listen", taken.Addr().String()).said(t, exitError, taken.Addr().String(), "--listen")
		if left := files(t, dir); len(left) > 0 {
			t.Errorf("%s left %v", command, left)
		}
	}
}

func TestOpenEditingIsRefusedWhereOtherMachinesReach(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	atlasRun(t, dir, "demo", "--listen", "0.0.0.0:0").said(t, exitUsage, "0.0.0.0:0", "--open-editing=false")
	atlasRun(t, dir, "serve", "--listen", ":0", "--open-editing").said(t, exitUsage, "jiné počítače")
	s := start(t, dir, "serve", "--open-editing")
	defer s.stop(t)
	if !strings.Contains(s.said.String(), "POZOR") {
		t.Errorf("serve --open-editing says only:\n%s", s.said)
	}
}

func TestTheDemoIsDeafToTheDatabaseOfAConfiguration(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cmd := program(dir, "demo", "--listen", "127.0.0.1:0", "--data", "x")
	cmd.Env = append(cmd.Env, "PGCONNECT_TIMEOUT=1", "ATLAS_DATABASE=postgres://127.0.0.1:1/ostra")
	out := &said{}
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Wait()
	defer cmd.Process.Kill()
	for deadline := time.Now().Add(30 * time.Second); !strings.Contains(out.String(), "localhost"); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the demo does not start:\n%s", out)
		}
	}
}

func TestPrintConfigHidesThePassword(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r := atlasRun(t, dir, "serve", "--print-config", "--database", "postgres://atlas:tajne@db/atlas", "--contact", "x@example.cz")
	r.said(t, exitOK, "listen = 127.0.0.1:8080", "contact = x@example.cz", "@db/atlas")
	if strings.Contains(r.out+r.err, "tajne") {
		t.Errorf("the password is printed:\n%s", r.out)
	}
	for _, address := range []string{"postgres://a:tajne@127.0.0.1:1/x", "postgres://%zz:tajne@db/x", "postgres://a:tajne@db:port/x"} {
		r := atlasRun(t, dir, "migrate", "--database", address)
		r.said(t, exitError)
		if strings.Contains(r.out+r.err, "tajne") {
			t.Errorf("%s: the error tells the password:\n%s", address, r.err)
		}
	}
}

// A request under way when the program is told to stop gets its answer.
func TestStoppingLetsAnAnswerFinish(t *testing.T) {
	t.Parallel()
	log := slog.New(slog.DiscardHandler)
	a := app.New(storetest.Open(t, storetest.SQLite(t)), app.Options{Log: log})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	slow := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		stop()
		time.Sleep(200 * time.Millisecond)
		io.WriteString(w, "doběhlo")
	})
	done := make(chan error, 1)
	go func() { done <- run(ctx, l, slow, a, log) }()
	if got := get(t, "http://"+l.Addr().String()+"/"); got != "doběhlo" {
		t.Errorf("got %q", got)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestFollowingBeginsAgainMoreAndMoreSlowly(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		start := time.Now()
		var at []time.Duration
		keepFollowing(ctx, func(context.Context) error {
			at = append(at, time.Since(start))
			if len(at) == 8 {
				return nil
			}
			return io.ErrUnexpectedEOF
		}, slog.New(slog.DiscardHandler))
		for i, want := range []int{0, 1, 3, 7, 15, 31, 61, 91} {
			if at[i] != time.Duration(want)*time.Second {
				t.Errorf("attempt %d after %v, want %d s", i, at[i], want)
			}
		}
	})
}

func TestTheLogHoldsNoAddressesOfVisitors(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	log := serverLog(newLog(&b, "json", slog.LevelInfo))
	log.Print("http: panic serving 192.0.2.7:51234: chyba")
	log.Print("http: TLS handshake error from [2001:db8::7]:443: EOF")
	log.Print("http: odmítnuto 192.0.2.7, 2001:db8::7")
	for _, address := range []string{"192.0.2", "2001:db8"} {
		if strings.Contains(b.String(), address) {
			t.Errorf("the log tells %s:\n%s", address, b.String())
		}
	}
	if !strings.Contains(b.String(), "panic serving") || !strings.Contains(b.String(), "chyba") {
		t.Errorf("the log does not tell what happened:\n%s", b.String())
	}
}
