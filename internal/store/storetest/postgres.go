package storetest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	// serverEnv is the address of a server to use instead of an own one; its
	// user may create databases.
	serverEnv = "ATLAS_TEST_POSTGRES"
	// requireEnv, set to 1, fails a test that lacks PostgreSQL instead of
	// skipping it.
	requireEnv = "ATLAS_REQUIRE_POSTGRES"

	howToInstall = "PostgreSQL server is not installed: on Debian `apt-get install postgresql`, or set " + serverEnv +
		" to a postgres:// address"
)

// errAbsent says that there is no PostgreSQL to test with.
var errAbsent = errors.New(howToInstall)

// running is a server and, when it is our own, the pipe that keeps it alive.
type running struct {
	dsn      string
	lifeline io.Closer
}

// server starts the one server of the test process when first asked.
var server = sync.OnceValues(func() (running, error) {
	if dsn := os.Getenv(serverEnv); dsn != "" {
		return running{dsn: dsn}, nil
	}
	return startServer()
})

// Postgres gives the address of a new, empty PostgreSQL database, which is
// dropped after the test. Without PostgreSQL the test is skipped, or fails
// when ATLAS_REQUIRE_POSTGRES=1.
func Postgres(t testing.TB) string {
	t.Helper()
	server, err := server()
	switch {
	case errors.Is(err, errAbsent) && os.Getenv(requireEnv) != "1":
		t.Skip(err)
	case err != nil:
		t.Fatal(err)
	}
	name := fmt.Sprintf("atlas_%d_%d", os.Getpid(), time.Now().UnixNano())
	if err := execOn(server.dsn, "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := execOn(server.dsn, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	u, err := url.Parse(server.dsn)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

func execOn(dsn, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}

// startServer makes a throw-away cluster in a temporary folder, which talks by
// a socket in that folder only.
func startServer() (running, error) {
	initdb, err := program("initdb")
	if err != nil {
		return running{}, err
	}
	postgres, err := program("postgres")
	if err != nil {
		return running{}, err
	}
	dir, err := os.MkdirTemp("", "atlas-pg-")
	if err != nil {
		return running{}, err
	}
	as, err := owner(dir)
	if err != nil {
		return running{}, errors.Join(err, os.RemoveAll(dir))
	}
	data := filepath.Join(dir, "data")
	out, err := command(as, dir, initdb, "-D", data, "-U", "atlas", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync").CombinedOutput()
	if err != nil {
		return running{}, errors.Join(fmt.Errorf("initdb: %w: %s", err, out), os.RemoveAll(dir))
	}
	lifeline, err := guard(as, dir, postgres, data)
	if err != nil {
		return running{}, err
	}
	dsn := "postgres://atlas@localhost/postgres?host=" + url.QueryEscape(dir)
	return running{dsn, lifeline}, waitFor(dsn, filepath.Join(dir, "log"))
}

// guard runs the server under a shell that stops it and removes the folder as
// soon as its input ends: that is when this process ends, however it does.
func guard(as *syscall.Credential, dir, postgres, data string) (io.Closer, error) {
	const script = `"$1" -D "$2" -k "$3" -c listen_addresses= -c fsync=off -c full_page_writes=off \
		-c synchronous_commit=off -c max_connections=300 >"$3/log" 2>&1 </dev/null &
	server=$!
	read -r _
	kill -INT $server
	wait $server
	cd / && rm -rf "$3"`
	cmd := command(as, dir, "sh", "-c", script, "atlas-pg", postgres, data, dir)
	cmd.SysProcAttr.Setpgid = true // Ctrl-C is for the tests, not for the guard
	lifeline, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	return lifeline, cmd.Start()
}

func waitFor(dsn, log string) error {
	var err error
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if err = execOn(dsn, "SELECT 1"); err == nil {
			return nil
		}
	}
	text, _ := os.ReadFile(log)
	return fmt.Errorf("PostgreSQL did not start: %w: %s", err, text)
}

func command(as *syscall.Credential, dir, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "LC_ALL=C", "HOME="+dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as}
	return cmd
}

// program finds a program of PostgreSQL, in the newest version installed.
func program(name string) (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if err != nil {
		return "", err
	}
	if len(found) > 0 {
		return slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) }), nil
	}
	path, err := exec.LookPath(name)
	if err != nil {
		return "", errAbsent
	}
	return path, nil
}

// version reads 15 from /usr/lib/postgresql/15/bin/initdb.
func version(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	return n
}

// owner gives the folder to somebody who may run the server: root may not, so
// it hands over to postgres or nobody. nil is the user there is.
func owner(dir string) (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(err1, err2, os.Chown(dir, int(uid), int(gid))); err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is no user postgres or nobody")
}
