package app_test

import (
	"bytes"
	"fmt"
	"runtime"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// What memory may grow by: buffers that a small file does not fill, and some
// bytes of each row. Measured are 5 MB and 55 B.
const (
	buffers     = 8 << 20
	bytesPerRow = 100
)

func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	if testing.Short() {
		t.Skip("imports 70 000 rows")
	}
	const small, large = 10_000, 60_000
	peak(t, 1000) // what is made once and stays
	few, many := peak(t, small), peak(t, large)
	t.Logf("live heap at most %d kB with %d rows, %d kB with %d rows: %d B per row", few>>10, small, many>>10, large, (many-few)/(large-small))
	if many > few+buffers+bytesPerRow*(large-small) {
		t.Errorf("memory grows with the file: %d kB, %d kB", few>>10, many>>10)
	}
}

// peak is the largest live heap while a list of so many rows is previewed and
// applied, and after, without the list itself.
func peak(t *testing.T, rows int) int {
	s := storetest.Open(t, storetest.SQLite(t))
	defer s.Close()
	a := app.New(s, app.Options{WithoutIndex: true})
	if err := a.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	data := large(rows)
	most, calls := 0, 0
	o := app.ImportOptions{Publish: true, Progress: func(done, total int) {
		if calls++; calls%10 == 0 {
			most = max(most, heap())
		}
	}}
	plan, err := a.OpenImport(t.Context(), editor, o, app.ImportFile{Name: "velký.csv", Data: bytes.NewReader(data), Size: int64(len(data))})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.PreviewImport(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	if b := apply(t, a, plan); b.Created != rows || b.Created != plan.Batch.Created || plan.Count(atlas.OutcomeSuspect) == 0 {
		t.Fatalf("%s of %s", tally(*b), tally(plan.Batch))
	}
	most = max(most, heap())
	runtime.KeepAlive(plan)
	runtime.KeepAlive(data)
	return most - len(data)
}

func heap() int {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// large is a list of operations of a third as many organisations, some of them
// similar to others.
func large(rows int) []byte {
	var b bytes.Buffer
	b.Write(operations(";"))
	for i := range rows {
		reg, title := number(i+1), fmt.Sprintf("Projekt %x podpory obyvatel %d", uint32(i)*2654435761, i%977)
		if i%30 < 2 {
			reg, title = "", fmt.Sprint("Projekt bez čísla ", i%30)
		}
		fmt.Fprintf(&b, "%s;%s;Organizace %d;PP36;Projekt ve fyzické realizaci;03_15_001;Výzva;03;1000;850\n", reg, title, i/3)
	}
	return b.Bytes()
}

// The rows of one file that are one project stand far apart, with other rows of
// the same number of organisations between them.
func TestRowsOfOneProjectAreFoundAcrossTheWholeFile(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		const n = 700 // several chunks
		rows := make([][5]string, 0, 2*n)
		for _, times := range []int{1, 2} {
			for i := range n {
				rows = append(rows, [5]string{number(i + 1), fmt.Sprint("Projekt ", i), fmt.Sprint("Organizace ", i), fmt.Sprint(1000 * times), "850"})
			}
		}
		plan := prepare(t, a, operations(",", rows...))
		if tally(plan.Batch) != fmt.Sprintf("%d+0+0+%d of %d", n, n, 2*n) || plan.NewActors != n || len(plan.Actors) >= n {
			t.Fatalf("%s, %d organisations, %d of them told", tally(plan.Batch), plan.NewActors, len(plan.Actors))
		}
		page, err := plan.Page(atlas.OutcomeSkip, n-1, 10)
		if err != nil || len(page) != 1 || page[0].Row != 2*n+1 || keysOf(page[0].Problems) != "same_project row_differs" {
			t.Errorf("%+v %v", page, err)
		}
		b := apply(t, a, plan)
		stored := batchRows(t, a, b.ID)
		for i := range n {
			if stored[i].RecordID == "" || stored[i].RecordID != stored[n+i].RecordID {
				t.Fatalf("rows %d and %d are %q and %q", i, n+i, stored[i].RecordID, stored[n+i].RecordID)
			}
		}
		if p := byNumber(t, a, n); len(p.Sources) != 2 || p.Sources[1].Row != 2*n+1 {
			t.Errorf("%+v", p.Sources)
		}
	})
}
