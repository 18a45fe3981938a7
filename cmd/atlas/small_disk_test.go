package main

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// onSmallDisk prepares a script that runs with a disk of its own of so many
// megabytes at the folder "disk", which only it sees.
func onSmallDisk(t *testing.T, dir string, megabytes int, script string) *exec.Cmd {
	t.Helper()
	if err := os.Mkdir(filepath.Join(dir, "disk"), 0o700); err != nil {
		t.Fatal(err)
	}
	mount := func(then string) string {
		return "mount -t tmpfs -o size=" + strconv.Itoa(megabytes) + "m none disk && " + then
	}
	try := exec.Command("unshare", "-rm", "sh", "-c", mount("true"))
	if try.Dir = dir; try.Run() != nil {
		t.Skip("this machine lets nobody mount a small disk (unshare -rm)")
	}
	cmd := program(dir)
	cmd.Path, cmd.Args = try.Path, []string{"unshare", "-rm", "sh", "-c", mount(script)}
	cmd.Env = append(cmd.Env, "ATLAS="+binary)
	return cmd
}

// fill takes what is left of the disk but so many kilobytes; the file is called
// filler.
func fill(but int) string {
	return fmt.Sprintf("dd if=/dev/zero of=disk/filler bs=1k count=$(( $(df -k --output=avail disk | tail -1) - %d )) 2>/dev/null", but)
}

func TestACommandOnAFullDiskSaysSoAndLeavesNothingHalf(t *testing.T) {
	t.Parallel()
	for lang, words := range map[string]string{"cs": "Na disku došlo místo. Nic z rozpracovaného se nezapsalo. Uvolněte místo", "en": "The disk is full. Nothing of what was under way was written. Make room"} {
		dir := t.TempDir()
		write(t, dir, "seznam.csv", operationsList(2000))
		cmd := onSmallDisk(t, dir, 16, `$ATLAS import projects seznam.csv --data disk/data --dry-run >/dev/null && `+fill(1500)+`
			$ATLAS import projects seznam.csv --data disk/data; echo "ended with $?"
			rm disk/filler
			$ATLAS import projects seznam.csv --data disk/data --dry-run && $ATLAS import projects seznam.csv --data disk/data && $ATLAS reindex --data disk/data`)
		cmd.Env = append(cmd.Env, "ATLAS_LANG="+lang)
		out, err := cmd.CombinedOutput()
		said := strings.ReplaceAll(string(out), "\u00a0", " ")
		first, then, _ := strings.Cut(said, "ended with 1")
		if err != nil || !strings.Contains(first, words) || strings.Contains(first, "D-00001:") || !strings.Contains(then, "D-00001") || !strings.Contains(then, map[string]string{"cs": "vytvořit 2 000", "en": "2,000"}[lang]) {
			t.Errorf("%s: %v\n%s", lang, err, said)
		}
	}
}

func TestAnImportOnAFullDiskIsTakenBackAndGoesInWhenThereIsRoom(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, v := serveOnSmallDisk(t, dir, 24)
	list := []byte(operationsList(3000))
	preview := v.upload("", "seznam.csv", list)
	v.says(preview, http.StatusOK, "3 000 projektů se založí")
	s.fill(t, dir, 2000)
	v.says(v.apply(preview.address), http.StatusInsufficientStorage, "Na disku došlo místo", "nic se nezměnilo", "uvolnit místo")
	english := strings.Replace(preview.address, "/import-nahled", "/en/import-nahled", 1)
	v.says(v.apply(english), http.StatusInsufficientStorage, "The disk is full", "nothing has changed", "free some space")
	if p := v.get("/import"); p.status != http.StatusOK || strings.Contains(p.words, "D-00001") {
		t.Errorf("the batch is there: %s", p.words)
	}
	if p := v.get("/projekty"); p.status != http.StatusOK || strings.Contains(p.words, "Podpora rodin") {
		t.Errorf("projects of it are there: %d", p.status)
	}
	s.makeRoom(t, dir)
	v.says(v.apply(preview.address), http.StatusOK, "D-00001", "Podpora rodin 1")
}

func TestAnUploadThatTheDiskCannotHoldIsRefusedAndNothingOfItIsLeft(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, v := serveOnSmallDisk(t, dir, 16)
	v.get("/import")
	s.fill(t, dir, 500)
	list := []byte(operationsList(20_000)) // 1.6 MB
	v.says(v.upload("", "seznam.csv", list), http.StatusInsufficientStorage, "Na disku došlo místo", "uvolnit místo")
	v.says(v.upload("/en", "seznam.csv", list), http.StatusInsufficientStorage, "The disk is full", "free some space")
	if kept, err := os.ReadDir(s.inside(dir, "data", "imports")); err != nil || len(kept) != 0 {
		t.Errorf("%d files are left, %v", len(kept), err)
	}
	v.says(v.get("/projekty"), http.StatusOK)
	s.makeRoom(t, dir)
	v.says(v.upload("", "seznam.csv", []byte(operationsList(5))), http.StatusOK, "5 projektů se založí")
}

// serveOnSmallDisk starts an open instance that keeps everything on a small
// disk.
func serveOnSmallDisk(t *testing.T, dir string, megabytes int) (*serving, visitor) {
	t.Helper()
	s := startCmd(t, onSmallDisk(t, dir, megabytes, "exec $ATLAS serve --open-editing --data disk/data --listen 127.0.0.1:0"))
	return s, visitor{t, strings.TrimSuffix(s.address, "/")}
}

// inside is a path on the small disk, seen from outside.
func (s *serving) inside(dir string, path ...string) string {
	return filepath.Join(append([]string{"/proc", strconv.Itoa(s.cmd.Process.Pid), "root", dir, "disk"}, path...)...)
}

// fill takes the disk of a program but so many kilobytes.
func (s *serving) fill(t *testing.T, dir string, but int) {
	t.Helper()
	var disk syscall.Statfs_t
	if err := syscall.Statfs(s.inside(dir), &disk); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.inside(dir, "filler"), make([]byte, int(disk.Bavail)*int(disk.Bsize)-but<<10), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (s *serving) makeRoom(t *testing.T, dir string) {
	t.Helper()
	if err := os.Remove(s.inside(dir, "filler")); err != nil {
		t.Fatal(err)
	}
}
