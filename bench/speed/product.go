package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// program is the program under measure and the folder of its data.
type program struct {
	binary string
	data   string
	procs  int
}

// buildProgram compiles the program of these sources.
func buildProgram(ctx context.Context, dir string) (string, error) {
	out := filepath.Join(dir, "atlas")
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", out, "atlas/cmd/atlas")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if said, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w: %s", err, said)
	}
	return out, nil
}

func (p program) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, p.binary, args...)
	cmd.Args = append(cmd.Args, "--data", p.data)
	cmd.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(p.procs))
	return cmd
}

// file is the database.
func (p program) file() string { return filepath.Join(p.data, "atlas.db") }

// imported is what an import cost.
type imported struct {
	rows   int
	took   time.Duration
	memory int64 // most that was resident, bytes
	size   int64 // of the database
}

func (i imported) perSecond() float64 { return float64(i.rows) / max(i.took, 1).Seconds() }

// territories brings the register of municipalities in, where there is one.
func (p program) territories(ctx context.Context, register string) error {
	if said, err := p.command(ctx, "import", "territories", register).CombinedOutput(); err != nil {
		return fmt.Errorf("import territories: %w: %s", err, said)
	}
	return nil
}

// importFiles brings files in by the command that people use.
func (p program) importFiles(ctx context.Context, files []string, rows int) (imported, error) {
	args := append([]string{"import", "projects"}, files...)
	cmd := p.command(ctx, append(args, "--publish")...)
	start := time.Now()
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		return imported{}, err
	}
	highest := watchMemory(cmd.Process.Pid)
	err := cmd.Wait()
	i := imported{rows: rows, took: time.Since(start), memory: highest(), size: sizeOf(p.file())}
	if err != nil {
		return imported{}, fmt.Errorf("import projects: %w: %.2000s", err, said.Bytes())
	}
	return i, nil
}

// sizeOf is the size of a file with those that SQLite keeps beside it.
func sizeOf(file string) (all int64) {
	for _, name := range []string{file, file + "-wal"} {
		if info, err := os.Stat(name); err == nil {
			all += info.Size()
		}
	}
	return all
}

// server is the program serving.
type server struct {
	address string
	cmd     *exec.Cmd
	first   time.Duration // from the start of the process to the first answered page
	started time.Duration // what the program itself says it took to be ready
}

// serve starts the program on a free port of this machine and waits for the
// first page.
func (p program) serve(ctx context.Context) (*server, error) {
	listen, err := freePort()
	if err != nil {
		return nil, err
	}
	s := &server{address: "http://" + listen, cmd: p.command(ctx, "serve", "--listen", listen)}
	log, err := s.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	start := time.Now()
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	started := make(chan time.Duration, 1)
	go readLog(bufio.NewScanner(log), started)
	if s.started, err = awaitStart(ctx, started, 30*time.Minute); err != nil {
		s.stop()
		return nil, err
	}
	res, err := http.Get(s.address + "/projekty")
	if err != nil {
		s.stop()
		return nil, err
	}
	res.Body.Close()
	s.first = time.Since(start)
	return s, nil
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

var startedIn = regexp.MustCompile(`started_in=(\S+)`)

// readLog tells how long the start took as soon as the log says it, and reads
// on, so that the program never waits for a reader.
func readLog(lines *bufio.Scanner, started chan<- time.Duration) {
	defer close(started)
	for lines.Scan() {
		if m := startedIn.FindStringSubmatch(lines.Text()); m != nil {
			d, _ := time.ParseDuration(m[1])
			started <- d
		} else if !strings.Contains(lines.Text(), "level=INFO") {
			fmt.Fprintln(os.Stderr, "atlas:", lines.Text())
		}
	}
}

func awaitStart(ctx context.Context, started <-chan time.Duration, longest time.Duration) (time.Duration, error) {
	select {
	case <-ctx.Done():
		return 0, ctx.Err()
	case <-time.After(longest):
		return 0, fmt.Errorf("the program does not serve after %v", longest)
	case d, ok := <-started:
		if !ok {
			return 0, fmt.Errorf("the program ended before it served")
		}
		return d, nil
	}
}

// stop tells the program to stop and waits until it did.
func (s *server) stop() {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	_ = s.cmd.Wait()
}
