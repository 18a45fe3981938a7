package export_test

import (
	"fmt"
	"io"
	"iter"
	"runtime"
	"strconv"
	"testing"
	"time"

	"atlas"
	"atlas/internal/export"
)

// many is how many generated projects go out in each format: enough to show
// memory that grows with the file.
const many = 20_000

// wide is a table as wide as that of projects.
func wide(n int) export.Table {
	var t export.Table
	for i := range 80 {
		kind := export.KindText
		switch i % 8 {
		case 0:
			kind = export.KindDate
		case 1:
			kind = export.KindMoney
		}
		t.Columns = append(t.Columns, export.Column{Key: "c" + strconv.Itoa(i), Label: "Sloupec " + strconv.Itoa(i), Kind: kind})
	}
	t.Rows = func(yield func([]string, error) bool) {
		for i := range n {
			row := make([]string, len(t.Columns))
			for c := range row {
				switch {
				case c%8 == 0:
					row[c] = fmt.Sprintf("20%02d-09-01", i%30)
				case c%8 == 1:
					row[c] = strconv.Itoa(i*c) + ".50"
				case c%3 == 0:
					row[c] = "Kurzy češtiny pro cizince v obci " + strconv.Itoa(i+c)
				}
			}
			if !yield(row, nil) {
				return
			}
		}
	}
	return t
}

func generated(n int) iter.Seq2[*atlas.Project, error] {
	return func(yield func(*atlas.Project, error) bool) {
		for i := range n {
			p := &atlas.Project{
				ID: fmt.Sprintf("P-%05d", i), TitleCs: "Integrace cizinců " + strconv.Itoa(i), Annotation: "Kurzy a poradenství v obci.", From: atlas.Date{Year: 2017},
				Parties: []atlas.Party{{Actor: "A-00001", Role: atlas.RoleImplementer}}, Territories: []atlas.Place{{Territory: "CZ064"}},
				Funding: []atlas.Funding{{Funder: "A-00002", Granted: atlas.Crowns(int64(i + 1)), Year: 2018}},
			}
			if !yield(p, nil) {
				return
			}
		}
	}
}

func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	write := map[string]func(io.Writer) error{
		"geojson": func(w io.Writer) error {
			table := wide(many)
			return export.WriteGeoJSON(w, table.Columns[:24], func(yield func(export.Feature, error) bool) {
				for row, err := range table.Rows {
					if !yield(export.Feature{Cells: row[:24], Points: []export.Point{{Lat: 50, Lon: 15}}}, err) {
						return
					}
				}
			}, nil)
		},
		"360giving": func(w io.Writer) error { return giving().Write(w, nil, generated(many), nil) },
	}
	for _, f := range export.Formats {
		write[f.Name] = func(w io.Writer) error { return f.Write(w, wide(many)) }
	}
	for name, write := range write {
		runtime.GC()
		var before, during runtime.MemStats
		runtime.ReadMemStats(&before)
		out, begun := &heapWatch{most: &during}, time.Now()
		if err := write(out); err != nil {
			t.Fatal(err)
		}
		growth := int64(during.HeapInuse) - int64(before.HeapInuse)
		t.Logf("%s: %d records, %d MB in %v, heap grew by %d MB at most", name, many, out.n>>20, time.Since(begun).Round(time.Millisecond), growth>>20)
		if growth > 24<<20 {
			t.Errorf("%s: the heap grew by %d MB", name, growth>>20)
		}
	}
}

// heapWatch counts what is written and looks at the heap now and then.
type heapWatch struct {
	n, next int64
	most    *runtime.MemStats
}

func (w *heapWatch) Write(b []byte) (int, error) {
	if w.n += int64(len(b)); w.n >= w.next {
		w.next = w.n + 1<<20
		var now runtime.MemStats
		if runtime.ReadMemStats(&now); now.HeapInuse > w.most.HeapInuse {
			*w.most = now
		}
	}
	return len(b), nil
}
