package main

import (
	"strings"
	"testing"
)

func TestImportingStatisticsTwiceChangesNothingAndTheBatchCanBeUndone(t *testing.T) {
	t.Parallel()
	eachDatabase(t, func(t *testing.T, flags ...string) {
		dir := t.TempDir()
		const head = "hodnota,stapro_kod,pohlavi_kod,stobcan_kod,vek_kod,rok,vuzemi_cis,vuzemi_kod,vek_txt\n"
		write(t, dir, "290038-24data2023.csv", head+"12,2407,,804,,2023,101,40428,\n5,2407,,804,,2023,101,99999,\n")
		importing := append([]string{"import", "statistics", "290038-24data2023.csv"}, flags...)
		atlasRun(t, dir, append(importing, "--dry-run")...).said(t, exitOK, "řádků 2, přečteno 1", "odmítnutých 1", "99999", "(řádky 3)", "Pozor", "nic se nezapsalo")
		atlasRun(t, dir, importing...).said(t, exitOK, "dávka D-00001: nových 1")
		atlasRun(t, dir, importing...).said(t, exitOK, "už byl načten", "odmítnuto řádků: 1", "atlas import undo D-00001")
		write(t, dir, "oprava.csv", head+"13,2407,,804,,2023,101,40428,\n")
		atlasRun(t, dir, append([]string{"import", "statistics", "oprava.csv"}, flags...)...).said(t, exitOK, "CZ0411 2023-12-31 UA: bylo 12, je 13", "D-00002: nových 0, opravených 1")
		atlasRun(t, dir, append([]string{"import", "undo", "D-00002"}, flags...)...).said(t, exitOK, "odebráno údajů 1")
		write(t, dir, "vlastni.csv", "datum,uzemi_kod,hodnota\n2023,CZ0411,5\n")
		atlasRun(t, dir, append([]string{"import", "statistics", "vlastni.csv"}, flags...)...).said(t, exitError, "--dataset")
		atlasRun(t, dir, append([]string{"import", "statistics", "vlastni.csv", "--dataset", "neni"}, flags...)...).said(t, exitError, "csu-cizinci")
	})
}

// The command says of a bad file what the web says of it.
func TestABadFileOfStatisticsIsToldInBothLanguages(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	const head = "hodnota,stapro_kod,pohlavi_kod,stobcan_kod,vek_kod,rok,vuzemi_cis,vuzemi_kod,vek_txt\n"
	for _, c := range []struct {
		name, text string
		code       int
		cs, en     []string
	}{
		{"290038-24data2019.csv", "vek_txt,vuzemi_kod,vuzemi_cis,rok,vek_kod,stobcan_kod,pohlavi_kod,stapro_kod,hodnota\n,40428,101,2023,,804,,2407,12\n", exitOK,
			[]string{"řádků 1, přečteno 1", "říká 2019, čísla uvnitř jsou z 2023-12-31"}, []string{"says 2019, the numbers in it are of 2023-12-31"}},
		{"pul.csv", head + strings.Repeat("12,2407,,804,,2023,101,40428,\n", 9) + "13,2407,,", exitOK, []string{"Poslední řádek není celý"}, []string{"The last row is not whole"}},
		{"dvakrat.csv", head + "12,2407,,804,,2023,101,40428,\n13,2407,,804,,2023,101,40428,\n", exitOK,
			[]string{"Řádek říká 12, kdežto jiné řádky (v závorce) 13 (3)", "Nevybrali jsme ani jedno", "odmítnutých 2"}, []string{"The row says 12, other rows (in brackets) 13 (3)"}},
		{"zaniklo.csv", head + "12,2407,,804,,2023,101,99999,\n", exitOK, []string{"Kód území „99999“ v registru není"}, []string{"“99999” is not in the register"}},
		{"zaporne.csv", head + "-12,2407,,804,,2023,101,40428,\n99999999999,2407,,804,,2023,101,40428,\n12,2407,,804,,2032,101,40428,\n", exitOK,
			[]string{"Počet -12 je záporný", "víc lidí, než v Česku kdy žilo", "teprve bude"}, []string{"The number -12 is negative", "more people than ever lived", "is yet to come"}},
		{"nic.csv", "jablka,hrušky\n1,2\n", exitError, []string{"má sloupce jablka, hrušky; to není žádné známé uspořádání"}, []string{"has the columns jablka, hrušky, which are of no known layout"}},
	} {
		write(t, dir, c.name, c.text)
		for lang, words := range map[string][]string{"cs": c.cs, "en": c.en} {
			cmd := program(dir, "import", "statistics", c.name, "--dry-run")
			cmd.Env = append(cmd.Env, "ATLAS_LANG="+lang)
			out, _ := cmd.CombinedOutput()
			for _, w := range words {
				if cmd.ProcessState.ExitCode() != c.code || !strings.Contains(strings.ReplaceAll(string(out), "\u00a0", " "), w) {
					t.Errorf("%s, %s: ended with %d and does not say %q:\n%s", c.name, lang, cmd.ProcessState.ExitCode(), w, out)
				}
			}
		}
	}
}
