package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"atlas/internal/store"
)

func TestTheLogIsVerifiedAndItsHeadKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	list := filepath.Join(t.TempDir(), "obce.csv")
	if err := os.WriteFile(list, []byte("kod_obce,nazev,kod_okres_lau1,kod_orp\n554782,Praha,CZ0100,1100\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	mustRun(t, dir, "import", "territories", list)
	said := mustRun(t, dir, "audit", "verify")
	head := regexp.MustCompile(`\d+:[0-9a-f]{64}`).FindString(said)
	if !strings.Contains(said, "Protokol je celý") || head == "" {
		t.Fatalf("said %s", said)
	}
	mustRun(t, dir, "audit", "verify", "--head", head)
	for given, code := range map[string]int{"9999" + head: exitError, "1:" + strings.Repeat("0", 64): exitError, "neco": exitUsage, "0:" + head: exitUsage} {
		if r := atlasRun(t, dir, "audit", "verify", "--head", given); r.code != code {
			t.Errorf("--head %s ended with %d: %s%s", given, r.code, r.out, r.err)
		}
	}
	shown := mustRun(t, dir, "audit", "show", "--since", "2026", "--by", "atlas")
	if !strings.Contains(shown, "zápis") || strings.Count(shown, "\n") < 2 {
		t.Errorf("shown %s", shown)
	}
	if none := mustRun(t, dir, "audit", "show", "--record", "P-00001"); !strings.Contains(none, "Žádný") {
		t.Errorf("of no record: %s", none)
	}
	for _, args := range [][]string{{"audit"}, {"audit", "show", "--since", "včera"}} {
		if r := atlasRun(t, dir, args...); r.code != exitUsage {
			t.Errorf("%v ended with %d", args, r.code)
		}
	}
}

func TestEveryBreakOfTheLogHasWordsInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"cs", "en"} {
		tool, err := newTool(nil, nil, func(string) string { return lang })
		if err != nil {
			t.Fatal(err)
		}
		c := &call{tool: tool}
		for _, b := range []store.AuditBreak{
			{Kind: store.BreakEntryMissing, Entry: 7}, {Kind: store.BreakEntryChanged, Entry: 7}, {Kind: store.BreakChain, Entry: 7},
			{Kind: store.BreakChangeChanged, Entry: 7, First: 3, Last: 5}, {Kind: store.BreakChangeRemoved, Entry: 7, First: 3, Last: 3},
			{Kind: store.BreakChangeAdded, First: 3, Last: 5}, {Kind: store.BreakRedaction, Entry: 1, First: 3, Last: 3},
			{Kind: store.BreakRedaction, Entry: 7}, {Kind: store.BreakCut, Entry: 7}, {Kind: store.BreakCut, First: 3, Last: 3}, {Kind: store.BreakHead},
		} {
			words := tool.explain(c.auditBroken(&b))
			if strings.Contains(words, "audit.") || strings.ContainsAny(words, "{}") ||
				b.Kind != store.BreakHead && !strings.Contains(words, "7") && !strings.Contains(words, "3") {
				t.Errorf("%s: %+v: %s", lang, b, words)
			}
		}
	}
}
