package blob_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"

	"atlas/internal/blob"
)

func TestAFileIsKeptOnceUnderItsContent(t *testing.T) {
	dir := t.TempDir() + "/files"
	f := blob.Open(dir)
	first, n, err := f.Put(strings.NewReader("a;b\n1;2\n"), 100)
	if err != nil || n != 8 {
		t.Fatal(n, err)
	}
	again, _, err := f.Put(strings.NewReader("a;b\n1;2\n"), 100)
	if err != nil || again != first {
		t.Fatalf("%s, then %s, %v", first, again, err)
	}
	data, err := f.Read(first)
	if err != nil || string(data) != "a;b\n1;2\n" {
		t.Errorf("%q, %v", data, err)
	}
	opened, err := f.File(first)
	if err != nil || !f.Has(first) {
		t.Fatal(err, f.Has(first))
	}
	defer opened.Close()
	if data, err := io.ReadAll(opened); err != nil || string(data) != "a;b\n1;2\n" {
		t.Errorf("opened: %q, %v", data, err)
	}
	all, _ := os.ReadDir(dir)
	if len(all) != 1 {
		t.Errorf("%d files stand in the folder", len(all))
	}
}

func TestWhatIsTooLargeOrBreaksOffLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	f := blob.Open(dir)
	if _, _, err := f.Put(strings.NewReader("12345"), 4); !errors.Is(err, blob.ErrTooLarge) {
		t.Errorf("over the limit: %v", err)
	}
	broken := io.MultiReader(strings.NewReader("123"), errReader{})
	if _, _, err := f.Put(broken, 100); err == nil {
		t.Error("half a file was kept")
	}
	if all, _ := os.ReadDir(dir); len(all) != 0 {
		t.Errorf("%d files are left", len(all))
	}
}

type errReader struct{}

func (errReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestOnlyASumNamesAFile(t *testing.T) {
	f := blob.Open(t.TempDir())
	for _, name := range []string{"", "../../etc/passwd", strings.Repeat("a", 64), strings.Repeat("A", 64)} {
		_, opened := f.File(name)
		if _, err := f.Read(name); !errors.Is(err, fs.ErrNotExist) || !errors.Is(opened, fs.ErrNotExist) || f.Has(name) {
			t.Errorf("%q: %v", name, err)
		}
	}
}
