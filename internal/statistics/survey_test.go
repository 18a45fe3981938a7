package statistics

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"atlas"
	"atlas/internal/importer"
	"atlas/internal/place"
	"atlas/internal/reference"
)

// realData is the path of a file of real data, which no repository holds.
func realData(t testing.TB, name string) string {
	t.Helper()
	folders := []string{os.Getenv("ATLAS_DATA")}
	if root, err := filepath.Abs("../.."); err == nil {
		folders = append(folders, filepath.Join(root, "..", "shared", "data"))
	}
	for _, folder := range folders {
		if file := filepath.Join(folder, name); folder != "" {
			if _, err := os.Stat(file); err == nil {
				return file
			}
		}
	}
	t.Skipf("no %s: set ATLAS_DATA to the folder of real data, or put it beside the repository as shared/data", name)
	return ""
}

// country is the register of all municipalities and city districts.
func country(t testing.TB) *place.Gazetteer {
	t.Helper()
	var files []importer.TerritoryFile
	for _, name := range []string{"open/geography/obce.csv", "open/geography/mestske_casti.csv"} {
		f, err := os.Open(realData(t, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		files = append(files, importer.TerritoryFile{Name: filepath.Base(name), Data: f})
	}
	all, _, err := importer.ReadTerritoryFiles(files, place.New(reference.Territories()))
	if err != nil {
		t.Fatal(err)
	}
	return place.New(append(reference.Territories(), all...))
}

// Every one of the 981 614 real rows of temporary protection is read, repeated,
// or refused with a reason, in memory that does not grow with the file.
func TestEveryRealRowOfTemporaryProtectionIsAccountedFor(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a million rows")
	}
	name := realData(t, "reference/foreigners/docasna_ochrana_obce_denne_2022.csv.gz")
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	env := of(atlas.DatasetProtection)
	env.Places = country(t)
	start := time.Now()
	f, err := Open(filepath.Base(name), file, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := f.Read(t.Context(), env)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	read := time.Since(start)
	sums := map[atlas.Date]int64{}
	var packed []byte
	var bytes, summed int
	var most uint64
	report, err := r.Slices(t.Context(), func(s *atlas.Slice) error {
		packed = atlas.PackFigures(packed[:0], s.Figures)
		if bytes += len(packed); s.Summed {
			summed++
		} else if total := s.Total(); total.Known() {
			sums[s.Date] += total.Value
		}
		if bytes%1_000_003 < len(packed) {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", report.Counts)
	t.Logf("read in %s, put together in %s: %d slices (%d of them cities summed from districts), %d bytes of figures, heap in use at most %d MB",
		read.Round(time.Millisecond), (time.Since(start) - read).Round(time.Millisecond), report.Slices, summed, bytes, most>>20)
	for _, g := range report.Groups {
		t.Logf("%7d× %s, column %s, refused: %v, for example row %d %q %v", g.Count, g.Key, g.Column, g.Refused, g.Examples[0].Row, g.Examples[0].Value, g.Examples[0].Args)
	}
	for _, n := range report.Notices {
		t.Logf("notice %s %v", n.Key, n.Args)
	}
	c := report.Counts
	if c.Rows != 981_614 || c.Read+c.Repeated+c.Skipped+c.Refused != c.Rows {
		t.Errorf("%+v", c)
	}
	if c.Refused > c.Rows/20 {
		t.Errorf("%d rows refused", c.Refused)
	}
	// The source tells 10 March and the last day; people without an address are in
	// the sum, city districts are in it once.
	if got := sums[atlas.Date{Year: 2022, Month: 10, Day: 1}]; got < 400_000 || got > 450_000 {
		t.Errorf("on 1 October %d people", got)
	}
	if most > 400<<20 {
		t.Errorf("%d MB in use", most>>20)
	}
}
