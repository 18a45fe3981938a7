package main

import "testing"

func TestAnImportIsTakenBackByACommand(t *testing.T) { // domain.md 9.4
	t.Parallel()
	eachDatabase(t, func(t *testing.T, flags ...string) {
		dir := t.TempDir()
		write(t, dir, "seznam.csv", operationsList(12))
		importing := append([]string{"import", "projects", "seznam.csv"}, flags...)
		undoing := append([]string{"import", "undo", "d-00001"}, flags...)
		atlasRun(t, dir, undoing...).said(t, exitError, "D-00001 v databázi není")
		atlasRun(t, dir, importing...).said(t, exitOK, "dávka D-00001")
		for range 2 {
			atlasRun(t, dir, append(undoing, "--dry-run")...).said(t, exitOK, "do archivu 12", "aktérů do archivu 7", "nic se nezapsalo")
		}
		atlasRun(t, dir, undoing...).said(t, exitOK, "Vrácení dávky D-00001 (seznam.csv): záznamů do archivu 12", "aktérů do archivu 7")
		atlasRun(t, dir, undoing...).said(t, exitOK, "už byla vrácena", "nic se nemění")
		atlasRun(t, dir, importing...).said(t, exitOK, "dávka D-00002: vytvořeno 0, změněno 12")
		atlasRun(t, dir, append([]string{"reindex"}, flags...)...).said(t, exitOK, "0 zveřejněných z\u00a012 projektů", "shodují")
	})
}
