package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// manyPlaces writes a register of n municipalities.
func manyPlaces(t *testing.T, dir string, n int) {
	t.Helper()
	var b strings.Builder
	b.WriteString("kod_obce,nazev,kod_okres_lau1,kod_orp,lat,lon\n")
	for i := range n {
		fmt.Fprintf(&b, "%06d,Lhota %d,CZ0724,7213,49.2,17.6\n", 900_000+i, i)
	}
	write(t, dir, "obce.csv", b.String())
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestImportingTerritoriesTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	eachDatabase(t, func(t *testing.T, flags ...string) {
		dir := t.TempDir()
		manyPlaces(t, dir, 40)
		importing := append([]string{"import", "territories", "obce.csv"}, flags...)
		for range 2 { // a trial writes nothing, so another one says the same
			atlasRun(t, dir, append(importing, "--dry-run")...).said(t, exitOK, "vytvořeno 40, změněno 0, beze změny 0", "nic se nezapsalo")
		}
		atlasRun(t, dir, importing...).said(t, exitOK, "vytvořeno 40, změněno 0, beze změny 0")
		atlasRun(t, dir, importing...).said(t, exitOK, "vytvořeno 0, změněno 0, beze změny 40")
		write(t, dir, "obce.csv", "kod_obce,nazev,kod_okres_lau1,kod_orp\n900000,Nová Lhota,CZ0724,7213\n")
		for _, trial := range []string{"--dry-run=true", "--dry-run=false"} {
			atlasRun(t, dir, append(importing, trial)...).said(t, exitOK, "vytvořeno 0, změněno 1, beze změny 0")
		}
	})
}

func TestProblemsOfRowsAreToldWithFileRowAndReason(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "obce.csv", "kod_obce;nazev;kod_okres_lau1;kod_orp\n12;Krátká;CZ0724;7213\n500001;Bez okresu;CZ9999;7213\n500002;;CZ0724;7213\n")
	atlasRun(t, dir, "import", "territories", "obce.csv").said(t, exitOK,
		"obce.csv, řádek 2, sloupec kod_obce: „12“ není kód", "například 585068",
		"obce.csv, řádek 3, sloupec kod_okres_lau1: nadřízené území „CZ9999“",
		"obce.csv, řádek 4, sloupec nazev: chybí název",
		"vytvořeno 1, změněno 0, beze změny 0")
	english := program(dir, "import", "territories", "obce.csv", "--dry-run")
	english.Env = append(english.Env, "ATLAS_LANG=en")
	if out, err := english.CombinedOutput(); err != nil || !strings.Contains(string(out), "obce.csv, row 2, column kod_obce: “12” is not a code") {
		t.Errorf("%v:\n%s", err, out)
	}
}

func TestForeignTextIsSafeForATerminal(t *testing.T) {
	t.Parallel()
	if got := printable("a\x1b[2Jb\r\n" + strings.Repeat("č", 100)); got != "a [2Jb  "+strings.Repeat("č", 72)+"…" {
		t.Errorf("%q", got)
	}
}

func TestManyProblemsAreCountedAndNotAllListed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "obce.csv", "kod_obce,nazev,kod_okres_lau1,kod_orp\n"+strings.Repeat("x,Lhota,CZ0724,7213\n", problemsShown+23))
	r := atlasRun(t, dir, "import", "territories", "obce.csv")
	r.said(t, exitOK, "další chyby: 23", "vytvořeno 0")
	if n := strings.Count(r.out, "není kód"); n != problemsShown {
		t.Errorf("%d problems are listed", n)
	}
}

func TestBoundariesComeFromGeoJSONByEitherCommand(t *testing.T) {
	t.Parallel()
	eachDatabase(t, func(t *testing.T, flags ...string) {
		dir := t.TempDir()
		feature := func(properties string, west int) string {
			return fmt.Sprintf(`{"type":"Feature","properties":%s,"geometry":{"type":"Polygon","coordinates":[[[%d,50],[15,50],[15,51],[%d,50]]]}}`, properties, west, west)
		}
		collection := func(features ...string) string {
			return `{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`
		}
		write(t, dir, "kraje.geojson", collection(feature(`{"KOD_CZNUTS3":"CZ010"}`, 14), feature(`{"KOD_CZNUTS3":"CZ999"}`, 14), feature(`{"KOD_CZNUTS3":"CZ020"}`, 0)))
		boundaries := append([]string{"import", "boundaries", "kraje.geojson"}, flags...)
		atlasRun(t, dir, append(boundaries, "--dry-run")...).said(t, exitOK, "vytvořeno 1", "kraje.geojson, útvar 2", "„CZ999“", "kraje.geojson, útvar 3", "S-JTSK", "nic se nezapsalo")
		atlasRun(t, dir, append([]string{"import", "territories", "kraje.geojson"}, flags...)...).said(t, exitOK, "vytvořeno 1")
		atlasRun(t, dir, boundaries...).said(t, exitOK, "vytvořeno 0, změněno 0, beze změny 1")
		write(t, dir, "kraje.geojson", collection(feature(`{"KOD_CZNUTS3":"CZ010"}`, 13)))
		atlasRun(t, dir, boundaries...).said(t, exitOK, "vytvořeno 0, změněno 1, beze změny 0")
		write(t, dir, "kraje.geojson", "{}")
		atlasRun(t, dir, boundaries...).said(t, exitError, "kraje.geojson není GeoJSON")
	})
}

func TestAFileThatIsNotThereOrOfNoKnownLayoutStopsTheImport(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	manyPlaces(t, dir, 3)
	write(t, dir, "jine.csv", "a;b\n1;2\n")
	atlasRun(t, dir, "import", "territories", "obce.csv", "neni.csv").said(t, exitError, "neni.csv")
	atlasRun(t, dir, "import", "territories", "obce.csv", "jine.csv").said(t, exitError, "jine.csv", "UI_OBEC.csv")
	atlasRun(t, dir, "import", "territories", "obce.csv").said(t, exitOK, "vytvořeno 3")
}

// kill -9 during an import: after restart the whole batch or nothing, on both
// engines.
func TestAKilledImportLeavesAllOrNothing(t *testing.T) {
	t.Parallel()
	const n = 4000
	eachDatabase(t, func(t *testing.T, flags ...string) {
		dir := t.TempDir()
		mustRun(t, dir, append([]string{"restore", demoBackup(t)}, flags...)...)
		manyPlaces(t, dir, n)
		importing := append([]string{"import", "territories", "obce.csv"}, flags...)
		for _, after := range []time.Duration{60, 120, 240, 480} {
			cmd := program(dir, importing...)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(after * time.Millisecond)
			cmd.Process.Kill()
			cmd.Wait()
			r := atlasRun(t, dir, append(importing, "--dry-run")...)
			if all := strings.Contains(r.out, "beze změny 4\u00a0000"); !all && !strings.Contains(r.out, "vytvořeno 4\u00a0000") {
				t.Errorf("killed after %d ms, the next import finds:\n%s%s", after, r.out, r.err)
			}
		}
		mustRun(t, dir, importing...)
		atlasRun(t, dir, importing...).said(t, exitOK, "beze změny 4\u00a0000")
		s := start(t, dir, append([]string{"serve"}, flags...)...)
		get(t, s.address)
		s.stop(t)
	})
}

func TestCtrlCDuringAnImportLeavesAllOrNothing(t *testing.T) {
	t.Parallel()
	const n = 4000
	eachDatabase(t, func(t *testing.T, flags ...string) {
		dir := t.TempDir()
		manyPlaces(t, dir, n)
		importing := append([]string{"import", "territories", "obce.csv"}, flags...)
		for _, after := range []time.Duration{50, 150, 300} {
			cmd := program(dir, importing...)
			out := &said{}
			cmd.Stdout, cmd.Stderr = out, out
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(after * time.Millisecond)
			cmd.Process.Signal(os.Interrupt)
			cmd.Wait()
			if code := cmd.ProcessState.ExitCode(); code == exitError && !strings.Contains(out.String(), "Přerušeno") {
				t.Errorf("interrupted after %d ms it ended with %d:\n%s", after, code, out)
			}
			r := atlasRun(t, dir, append(importing, "--dry-run")...)
			if all := strings.Contains(r.out, "beze změny 4\u00a0000"); !all && !strings.Contains(r.out, "vytvořeno 4\u00a0000") {
				t.Errorf("interrupted after %d ms, the next import finds:\n%s%s", after, r.out, r.err)
			}
		}
	})
}

func TestTheRealRegistersAreRead(t *testing.T) {
	t.Parallel()
	var files []string
	for _, name := range []string{"obce.csv", "mestske_casti.csv", "kraje_simplified.geojson", "okresy_simplified.geojson", "mestske_casti_simplified.geojson"} {
		files = append(files, realData(t, "open/geography/"+name))
	}
	dir := t.TempDir()
	args := append([]string{"import", "territories"}, files...)
	atlasRun(t, dir, args...).said(t, exitOK, "Území: vytvořeno 6\u00a0400, změněno 0", "Hranice: vytvořeno 233")
	r := atlasRun(t, dir, args...)
	r.said(t, exitOK, "Území: vytvořeno 0, změněno 0", "Hranice: vytvořeno 0, změněno 0, beze změny 233")
	if strings.Contains(r.out, "řádek") {
		t.Errorf("problems:\n%s", r.out)
	}
}
