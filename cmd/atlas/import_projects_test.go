package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// operationsList is a list of n operations as the ministry publishes it, with a
// legend above and a sum below.
func operationsList(n int) string {
	var b strings.Builder
	b.WriteString("Registrační číslo projektu;Název projektu CZ;Žadatel;Příspěvek EU;CZV projektu\n")
	for i := range n {
		fmt.Fprintf(&b, "CZ.03.2.63/0.0/0.0/15_023/%07d;Podpora rodin %d;Spolek %d, z. s.;850000;1000000\n", i+1, i+1, i%7)
	}
	b.WriteString("CELKEM;;;850000;\n")
	return b.String()
}

func TestImportingAListOfProjectsTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	eachDatabase(t, func(t *testing.T, flags ...string) {
		dir := t.TempDir()
		write(t, dir, "seznam.csv", operationsList(12))
		importing := append([]string{"import", "projects", "seznam.csv"}, flags...)
		for range 2 { // a trial writes nothing, so another one says the same
			atlasRun(t, dir, append(importing, "--dry-run")...).said(t, exitOK, "seznam.csv (seznam operace-2014), řádků 13: vytvořit 12", "přeskočit 1",
				"Řádek se součtem", "(řádky 14)", "nic se nezapsalo")
		}
		atlasRun(t, dir, importing...).said(t, exitOK, "dávka D-00001: vytvořeno 12", "--publish")
		atlasRun(t, dir, importing...).said(t, exitOK, "už byl načten", "D-00001")
		write(t, dir, "seznam.csv", operationsList(13))
		atlasRun(t, dir, append(importing, "--publish", "--url", "https://example.cz/seznam", "--accessed", "2026-01-31")...).
			said(t, exitOK, "D-00002: vytvořeno 1, změněno 0, beze změny 12")
		if kept, err := os.ReadDir(filepath.Join(flags[len(flags)-1], "imports")); err != nil || len(kept) != 2 {
			t.Errorf("%d originals are kept, %v", len(kept), err)
		}
		atlasRun(t, dir, append([]string{"reindex"}, flags...)...).said(t, exitOK, "1 zveřejněných z\u00a013 projektů", "shodují")
	})
}

func TestAnImportThatCannotBeginSaysWhy(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "seznam.csv", operationsList(1))
	write(t, dir, "jiny.csv", "jablka;hrušky\n1;2\n")
	importing := []string{"import", "projects", "seznam.csv"}
	atlasRun(t, dir, append(importing, "--accessed", "zítra")...).said(t, exitUsage, "„zítra“")
	atlasRun(t, dir, append(importing, "--url", "ftp:x")...).said(t, exitUsage, "„ftp:x“")
	atlasRun(t, dir, append(importing, "neni.csv")...).said(t, exitError, "neni.csv")
	atlasRun(t, dir, "import", "projects", "jiny.csv").said(t, exitError, "jiny.csv", "jablka")
	atlasRun(t, dir, importing...).said(t, exitOK, "vytvořeno 1") // nothing was written before
}

func TestTheMeaningOfColumnsOfAnUnknownListIsPrinted(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	list := "Tytuł projektu;Beneficjent;Wartość projektu;Xyz\nKursy języka;Fundacja Mosty;120 000,50;a\nPorady prawne;Fundacja Mosty;80 000,00;\n"
	write(t, dir, "lista.csv", list)
	importing := []string{"import", "projects", "lista.csv"}
	atlasRun(t, dir, append(importing, "--dry-run")...).said(t, exitOK, "návrh podle záhlaví a hodnot", "  Tytuł projektu → Název projektu (jisté na",
		"Říkají to slova v záhlaví", "  Xyz → nic (nejisté).")
	atlasRun(t, dir, importing...).said(t, exitOK, "dávka D-00001")
	write(t, dir, "lista.csv", list+"Świetlica;Fundacja Mosty;1,00;\n")
	english := program(dir, append(importing, "--dry-run")...)
	english.Env = append(english.Env, "ATLAS_LANG=en")
	if out, err := english.CombinedOutput(); err != nil || !strings.Contains(string(out), "as in the last file with the same columns") || !strings.Contains(string(out), "Xyz → nothing (not sure). ") {
		t.Errorf("%v:\n%s", err, out)
	}
}

// kill -9 during an import: after restart the whole batch or nothing, on both
// engines.
func TestAKilledImportOfProjectsLeavesTheBatchOrNothing(t *testing.T) {
	t.Parallel()
	eachDatabase(t, func(t *testing.T, flags ...string) {
		dir := t.TempDir()
		write(t, dir, "seznam.csv", operationsList(1500))
		mustRun(t, dir, append([]string{"import", "projects", "seznam.csv", "--dry-run"}, flags...)...) // what ships is there
		importing := append([]string{"import", "projects", "seznam.csv"}, flags...)
		for _, after := range []time.Duration{100, 200, 400} {
			cmd := program(dir, importing...)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(after * time.Millisecond)
			cmd.Process.Kill()
			cmd.Wait()
			r := atlasRun(t, dir, append(importing, "--dry-run")...)
			if all := strings.Contains(r.out, "už byl načten"); !all && !strings.Contains(r.out, "vytvořit 1\u00a0500") {
				t.Errorf("killed after %d ms, the next import finds:\n%s%s", after, r.out, r.err)
			}
		}
		mustRun(t, dir, importing...)
		atlasRun(t, dir, append([]string{"reindex"}, flags...)...).said(t, exitOK, "z\u00a01\u00a0500 projektů", "shodují")
	})
}

func TestProgressIsShownOnATerminalOnly(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	tool, err := newTool(&out, &out, func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	newProgress(tool, "seznam.csv").tell(1, 2)
	if out.Len() > 0 {
		t.Errorf("shown to a file: %q", out.String())
	}
	tool.terminal = true
	p := newProgress(tool, "slozka/seznam.csv")
	p.tell(1, 2)
	p.tell(2, 2) // too soon
	p.end()
	if got := out.String(); got != "\r\x1b[Kseznam.csv: 50\u00a0%\r\x1b[K" {
		t.Errorf("%q", got)
	}
}

func TestTheRealListsAreRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, list := range []struct{ file, says string }{
		{"reference/projects/cz_seznam_operaci_2014_2020_train70.csv", "vytvořit 1\u00a0238"},
		{"reference/projects/cz_seznam_operaci_2014_2020_train70.xlsx", "beze změny 1\u00a0238"},
		{"reference/projects/cz_integracni_projekty_z_webu_rucne.csv", "vytvořit 16"},
		{"open/projects_360giving/360giving_a002400000OiDBQAA3.csv", "vytvořit 4\u00a0116"},
	} {
		path := realData(t, list.file)
		atlasRun(t, dir, "import", "projects", path, "--publish").said(t, exitOK, list.says, "nepoužitelných 0", "Zapsáno jako dávka")
		atlasRun(t, dir, "import", "projects", path).said(t, exitOK, "už byl načten")
	}
	atlasRun(t, dir, "reindex").said(t, exitOK, "5\u00a0370 zveřejněných", "shodují")
}

// realData is a file of real data, which are not part of the program.
func realData(t *testing.T, name string) string {
	t.Helper()
	data := os.Getenv("ATLAS_DATA")
	if data == "" {
		data = "../../../shared/data"
	}
	path, err := filepath.Abs(filepath.Join(data, name))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the real data are not at hand (set ATLAS_DATA): %v", err)
	}
	return path
}
