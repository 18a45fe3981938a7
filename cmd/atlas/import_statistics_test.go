package main

import (
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
		atlasRun(t, dir, importing...).said(t, exitOK, "už byl načten", "D-00001")
		write(t, dir, "oprava.csv", head+"13,2407,,804,,2023,101,40428,\n")
		atlasRun(t, dir, append([]string{"import", "statistics", "oprava.csv"}, flags...)...).said(t, exitOK, "CZ0411 2023-12-31 UA: bylo 12, je 13", "D-00002: nových 0, opravených 1")
		atlasRun(t, dir, append([]string{"import", "undo", "D-00002"}, flags...)...).said(t, exitOK, "odebráno údajů 1")
		write(t, dir, "vlastni.csv", "datum,uzemi_kod,hodnota\n2023,CZ0411,5\n")
		atlasRun(t, dir, append([]string{"import", "statistics", "vlastni.csv"}, flags...)...).said(t, exitError, "--dataset")
		atlasRun(t, dir, append([]string{"import", "statistics", "vlastni.csv", "--dataset", "neni"}, flags...)...).said(t, exitError, "csu-cizinci")
	})
}
