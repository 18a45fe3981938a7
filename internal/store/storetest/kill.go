package storetest

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// victimEnv makes a test binary a writer to be killed: the address of its
// database.
const victimEnv = "ATLAS_TEST_VICTIM"

// inTheMiddle is what the writer says when it is to be killed.
const inTheMiddle = "in the middle"

// Main runs the tests of a package, or its writer when Kill started the test
// binary again for that. TestMain calls it.
func Main(m *testing.M, victim func(dsn string) error) {
	dsn := os.Getenv(victimEnv)
	if dsn == "" {
		os.Exit(m.Run())
	}
	fmt.Println("failed:", victim(dsn))
	os.Exit(1)
}

// AwaitKill is called by the writer where it is to be killed; it gives an error
// when nobody comes.
func AwaitKill() error {
	fmt.Println(inTheMiddle)
	time.Sleep(time.Minute)
	return errors.New("nobody killed me")
}

// Kill runs the writer of Main over a database and kills it by kill -9 where it
// waits for that.
func Kill(t *testing.T, dsn string) {
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
	if strings.TrimSpace(line) != inTheMiddle {
		t.Errorf("the writer said %q: %v", line, err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Error(err)
	}
	_ = cmd.Wait() // it was killed
}
