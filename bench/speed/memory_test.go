package main

import (
	"os"
	"os/exec"
	"testing"
)

// The figure of an import was once that of this program, which is larger.
func TestTheMemoryOfAProgramIsItsOwnAndNotOfTheOneThatStartedIt(t *testing.T) {
	if statusOf(os.Getpid(), "VmHWM") == 0 {
		t.Skip("this system does not tell the memory of a process")
	}
	held := make([]byte, 128<<20)
	for i := 0; i < len(held); i += 4096 {
		held[i] = 1
	}
	ours := statusOf(os.Getpid(), "VmHWM")
	cmd := exec.Command("sleep", "0.3")
	if err := cmd.Start(); err != nil {
		t.Skip(err)
	}
	highest := watchMemory(cmd.Process.Pid)
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	if most := highest(); most == 0 || most > 32<<20 || ours < int64(len(held)) {
		t.Errorf("sleep had %s, this program %s", mebi(most), mebi(ours))
	}
	_ = held[0]
}

func TestTheMostMemoryCountsAnewOnceItIsForgotten(t *testing.T) {
	cmd := exec.Command("sh", "-c", "x=$(head -c 60000000 /dev/zero | tr '\\0' a); x=; echo; sleep 30")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Skip(err)
	}
	defer cmd.Wait()
	defer cmd.Process.Kill()
	if _, err := out.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	s := &server{cmd: cmd}
	_, before := s.resident()
	if err := s.forgetMost(); err != nil || before == 0 {
		t.Skip("this system does not forget the most memory of a process:", err)
	}
	if now, most := s.resident(); most >= before || most < now {
		t.Errorf("%s now, %s at most, %s before", mebi(now), mebi(most), mebi(before))
	}
}
