package importer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// longList is a CSV file of so many rows that is nowhere: its bytes are made
// when they are read. It notes the largest heap meanwhile.
type longList struct {
	rows  int
	reads int
	heap  uint64
}

const longListHeader = "Název projektu;Příjemce;Registrační číslo;Příspěvek EU\n"

func longListRow(i int) string {
	return fmt.Sprintf("Kurzy češtiny č. %07d;Město Řež %03d;CZ.03.2.60/0.0/%07d;%07d,50\n", i, i%1000, i, i)
}

func (l *longList) size() int64 {
	return int64(len(longListHeader) + l.rows*len(longListRow(0)))
}

func (l *longList) ReadAt(p []byte, at int64) (int, error) {
	if l.reads++; l.reads%64 == 0 {
		l.heap = max(l.heap, heapNow())
	}
	if at >= l.size() {
		return 0, io.EOF
	}
	begin := max(0, int(at)-len(longListHeader))
	each := len(longListRow(0))
	var text []byte
	skip := int(at)
	if begin == 0 && at < int64(len(longListHeader)) {
		text = append(text, longListHeader...)
	} else {
		skip = begin % each
	}
	for i := begin / each; i < l.rows && len(text)-skip < len(p); i++ {
		text = append(text, longListRow(i)...)
	}
	n := copy(p, text[skip:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func heapNow() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func TestAMillionRowsAreReadInFlatMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("a million rows take a few seconds")
	}
	file := &longList{rows: 1_000_000}
	runtime.GC()
	before := heapNow()
	began := time.Now()
	got, err := ReadTable("dlouhy.csv", file, file.size())
	if err != nil {
		t.Fatal(err)
	}
	defer got.Close()
	t.Logf("%d MB in %v", file.size()>>20, time.Since(began))
	if got.Len() != file.rows || len(got.Header) != 4 {
		t.Fatalf("%d rows of %q", got.Len(), got.Header)
	}
	want := func(i int) Row {
		return Row{i + 2, strings.Split(strings.TrimSuffix(longListRow(i), "\n"), ";")}
	}
	began = time.Now()
	i := 0
	for r, err := range got.Rows(0) {
		if err != nil {
			t.Fatal(err)
		}
		if i%1000 == 0 && (r.Number != i+2 || !slices.Equal(r.Cells, want(i).Cells)) {
			t.Fatalf("%+v, want %+v", r, want(i))
		}
		if i++; i%10_000 == 0 {
			file.heap = max(file.heap, heapNow())
		}
	}
	t.Logf("walked in %v", time.Since(began))
	for _, i := range []int{999_999, 0, 500_000, 499_999, 7} {
		if r, err := got.Row(i); err != nil || !slices.Equal(r.Cells, want(i).Cells) {
			t.Errorf("%+v %v, want %+v", r, err, want(i))
		}
	}
	if n := len(got.Sample()); n < 2000 || n > 4000 {
		t.Errorf("a sample of %d", n)
	}
	grown := int64(max(file.heap, heapNow())) - int64(before)
	t.Logf("the heap grew by %.1f MB", float64(grown)/(1<<20))
	if grown > 32<<20 {
		t.Errorf("the heap grew by %d bytes", grown)
	}
}

// spooled puts rows aside: row i has i%5 cells of i bytes at most.
func spooled(t *testing.T, rows int) (*spool, []Row) {
	t.Helper()
	s, want := &spool{folder: t.TempDir()}, []Row(nil)
	c := collector{limit: fileLimits, rows: s}
	for i := range rows {
		cells := make([]string, 1+i%5)
		for j := range cells {
			cells[j] = strings.Repeat("ž", (i*7+j)%300) + "."
		}
		want = append(want, Row{i + 1, cells})
		if err := c.addCells(i+1, cells); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.done(); err != nil {
		t.Fatal(err)
	}
	return s, want
}

func TestRowsPutAsideComeBackFromMemoryAndFromAFile(t *testing.T) {
	for _, rows := range []int{1, 500, 30_000} {
		s, want := spooled(t, rows)
		if onDisk := s.file != nil; onDisk != (rows == 30_000) {
			t.Errorf("%d rows in a file: %v", rows, onDisk)
		}
		if left, err := os.ReadDir(s.folder); err != nil || len(left) > 0 {
			t.Errorf("%v is left in the folder, %v", left, err)
		}
		var readers sync.WaitGroup
		for from := range 4 {
			readers.Go(func() {
				i := from
				for r, err := range s.all(from) {
					if err != nil || r.Number != want[i].Number || !slices.Equal(r.Cells, want[i].Cells) {
						t.Errorf("row %d: %v %v", i, r.Number, err)
						return
					}
					i++
				}
				if i < rows {
					t.Errorf("%d rows of %d", i, rows)
				}
			})
		}
		for i := 0; i < rows; i += 97 {
			if r, err := s.row(i); err != nil || !slices.Equal(r.Cells, want[i].Cells) {
				t.Errorf("row %d: %v %v", i, r.Number, err)
			}
		}
		readers.Wait()
		if _, err := s.row(rows); err == nil {
			t.Error("there is a row after the last")
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		for _, err := range s.all(0) {
			if !errors.Is(err, os.ErrClosed) {
				t.Errorf("a row that is freed is read: %v", err)
			}
		}
	}
}

func TestASampleIsOfTheWholeTable(t *testing.T) {
	for _, c := range []struct{ rows, least, most int }{{3, 3, 3}, {1999, 1999, 1999}, {4100, 2000, 4000}, {50_000, 2000, 4000}} {
		list := &longList{rows: c.rows}
		got, err := ReadTable("a.csv", list, list.size())
		if err != nil {
			t.Fatal(err)
		}
		sample := got.Sample()
		if n := len(sample); n < c.least || n > c.most || sample[0].Number != 2 || sample[n-1].Number < c.rows*99/100 {
			t.Errorf("%d of %d rows, the last is %d", n, c.rows, sample[n-1].Number)
		}
	}
	long, err := ReadBytes("a.csv", []byte("Název;Popis\n"+strings.Repeat("a;"+strings.Repeat("dlouhý ", 10_000)+"\n", 400)))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(long.Sample()); n == 0 || n*70_000 > 2*sampleBytes {
		t.Errorf("a sample of %d rows of 70 kB", n)
	}
}

func TestAFullDiskIsToldAsSuch(t *testing.T) {
	var refused *FileError
	full, err := os.OpenFile("/dev/full", os.O_RDWR, 0)
	if err != nil {
		t.Skip("no device that is always full")
	}
	c := fileLimits.collector("a.csv")
	c.rows.file = full
	for err = nil; err == nil; {
		err = c.addCells(1, []string{strings.Repeat("x", 1000)})
	}
	if !errors.As(err, &refused) || refused.Key != ErrorNoRoom {
		t.Errorf("a full disk: %v", err)
	}

	l := fileLimits
	l.folder = t.TempDir() + "/missing"
	if _, err := readWithin(l, "a.csv", bytes.Repeat([]byte("Škola;Obec\n"), 1_000_000)); !errors.As(err, &refused) || refused.Key != ErrorNoRoom {
		t.Errorf("no folder: %v", err)
	}
	if small, err := readWithin(l, "a.csv", []byte("Škola;Obec\na;b\n")); err != nil || small.Len() != 1 {
		t.Errorf("a small file needs no folder: %v", err)
	}
}

func TestABombIsRefusedBeforeItFillsTheDisk(t *testing.T) {
	bomb := packed(t, bytes.Repeat([]byte("a;b\n"), bombFrom/4+1))
	began := time.Now()
	_, err := ReadBytes("a.csv.gz", bomb)
	var refused *FileError
	if !errors.As(err, &refused) || refused.Key != ErrorTooLarge {
		t.Errorf("%v after %v", err, time.Since(began))
	}
	if _, err := ReadBytes("a.xlsx", zipBomb(t, bombFrom/2+1)); !errors.As(err, &refused) || refused.Key != ErrorTooLarge {
		t.Errorf("%v", err)
	}
}

func TestARecordOfJSONOnEachLineIsRead(t *testing.T) {
	got, err := ReadBytes("a.jsonl", []byte("{\"nazev\": \"Škola\", \"mista\": [\"Brno\", \"Plzeň\"]}\n\n{\"nazev\": \"Dům\", \"rok\": 2020}\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := &tableRead{Table: Table{File: "a.jsonl", Format: FormatJSON, Encoding: EncodingUTF8, Header: []string{"nazev", "mista", "mista.2", "rok"}},
		Rows: []Row{{1, []string{"Škola", "Brno", "Plzeň"}}, {2, []string{"Dům", "", "", "2020"}}}}
	if diff := tableDiff(want, wholeTable(got)); diff != "" {
		t.Error(diff)
	}
	var refused *FileError
	if _, err := ReadBytes("a.jsonl", []byte("{\"nazev\": 1}\n{\"nazev\"")); !errors.As(err, &refused) || refused.Key != ErrorBroken {
		t.Errorf("cut: %v", err)
	}
	if _, err := ReadBytes("a.json", []byte(`{"g": [{"a": "`+strings.Repeat("x", 3*longestRecord)+`"}]}`)); !errors.As(err, &refused) || refused.Key != ErrorBroken {
		t.Errorf("a record without an end: %v", err)
	}
}
