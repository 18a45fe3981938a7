package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// verified checks that the log holds.
func verified(t *testing.T, s *store.Store) *store.AuditReport {
	t.Helper()
	r := must(s.VerifyAudit(t.Context(), store.AuditHead{}, nil))
	if r.Broken != nil {
		t.Errorf("the log does not hold: %v", r.Broken)
	}
	return r
}

func TestEveryTransactionThatWritesHasOneEntryInTheLog(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		seed(t, s) // five changes
		put(t, s, project("Další"))
		failed := errors.New("nic")
		if err := s.Update(t.Context(), func(tx *store.Tx) error {
			return errors.Join(tx.PutProject(t.Context(), project("Nebude"), write()), failed)
		}); !errors.Is(err, failed) {
			t.Fatal(err)
		}
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.Audit(ctx, store.AuditEntry{By: "U-00001", Action: "signed_in", Subject: "U-00001"})
		})
		if err := inBulk(t, s, func(ctx context.Context, tx *store.Tx) error { return putListed(ctx, tx, 0, 700) }); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range must(s.AuditEntries(t.Context(), store.AuditFilter{})) {
			got = append(got, fmt.Sprintf("%d %s %s: %s %d-%d", e.Seq, e.By, e.Action, e.Subject, e.FirstChange, e.LastChange))
		}
		same(t, "entries", []string{
			"1 test write: actor A-00001 +4 1-5", "2 test write: project P-90003 6-6",
			"3 U-00001 signed_in: U-00001 0-0", "4 test write: project P-90004 +699 7-706",
		}, got)
		r := verified(t, s)
		if r.Entries != 4 || r.Changes != 706 || r.Head.Seq != 4 || r.Former != 0 {
			t.Errorf("found %+v", r)
		}
		head := r.Head
		put(t, s, project("A ještě jeden"))
		if r := must(s.VerifyAudit(t.Context(), head, nil)); r.Broken != nil || r.Head.Seq != 5 {
			t.Errorf("with the former head: %+v", r)
		}
		ofRecord := must(s.AuditEntries(t.Context(), store.AuditFilter{Record: "P-90003", By: "test", Since: time.Now().Add(-time.Hour)}))
		if len(ofRecord) != 1 || ofRecord[0].Seq != 2 {
			t.Errorf("entries of one record: %+v", ofRecord)
		}
	})
}

func TestTheLogAndTheChangesAreNeitherChangedNorDeleted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		everything(t, s)
		// Once something was written since, what was redacted stays as it is, too.
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.Audit(ctx, store.AuditEntry{By: "U-00001", Action: "signed_in", Subject: "U-00001"})
		})
		forbidden := []string{
			"UPDATE change SET snapshot = '{}' WHERE seq IN (SELECT change_seq FROM redaction)",
			"UPDATE audit SET made_by = 'jiný'", "DELETE FROM audit WHERE seq = 1",
			"UPDATE redaction SET reason = 'jiný'", "DELETE FROM redaction",
			"UPDATE change SET snapshot = '{}' WHERE seq = 1", "DELETE FROM change WHERE seq = 1",
			"UPDATE change SET action = 'x' WHERE seq = 2", "UPDATE change SET made_by = NULL, snapshot = '{}' WHERE seq = 2",
		}
		if s.Engine() == store.Postgres {
			forbidden = append(forbidden, "TRUNCATE audit CASCADE", "TRUNCATE change CASCADE", "TRUNCATE redaction")
		} else {
			forbidden = append(forbidden, "INSERT OR REPLACE INTO audit SELECT * FROM audit",
				"INSERT OR REPLACE INTO redaction SELECT seq, change_seq, entry, at, made_by, 'jiný', digest, replacement FROM redaction",
				"REPLACE INTO change SELECT seq, at, kind, record_id, version, action, 'jiný', origin, '{}' FROM change WHERE seq = 1",
				// Another number, the same version of the same record.
				"REPLACE INTO change SELECT 90000, at, kind, record_id, version, action, 'jiný', origin, '{}' FROM change WHERE seq = 1",
				"INSERT INTO change SELECT * FROM change WHERE seq = 1 ON CONFLICT (seq) DO UPDATE SET snapshot = '{}'")
		}
		for _, statement := range forbidden {
			if err := s.Raw(statement); err == nil {
				t.Errorf("not refused: %s", statement)
			}
		}
		verified(t, s)
	})
}

// unguarded runs statements as somebody who took the triggers away first and
// puts nothing back.
func unguarded(t *testing.T, s *store.Store, statements ...string) {
	t.Helper()
	if s.Engine() == store.Postgres {
		for _, table := range []string{"audit", "change", "redaction"} {
			statements = slices.Insert(statements, 0, "ALTER TABLE "+table+" DISABLE TRIGGER USER")
		}
	} else {
		for _, name := range must(s.Column("SELECT name FROM sqlite_master WHERE type = 'trigger'")) {
			statements = slices.Insert(statements, 0, "DROP TRIGGER "+name)
		}
	}
	for _, statement := range statements {
		if err := s.Raw(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

func TestTamperingIsFoundWhereItWasDone(t *testing.T) {
	// The log: 1 = changes 1–5, 2 = 6, 3 signed in, 4 = changes 7–9, 5 redacts 2.
	history := func(t *testing.T, s *store.Store) {
		seed(t, s)
		put(t, s, project("Šestý"))
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.Audit(ctx, store.AuditEntry{By: "U-00001", Action: "signed_in", Subject: "U-00001"})
		})
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return putListed(ctx, tx, 0, 3) })
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.Redact(ctx, 2, []byte(`{"ID":"A-00002"}`), "GDPR čl. 17", write())
		})
	}
	added := "INSERT INTO change (seq, at, kind, record_id, version, action, snapshot) VALUES (%d, '2024-01-01T00:00:00.000000000Z', 'project', 'P-1', 1, 'create', '{}')"
	for name, c := range map[string]struct {
		do   []string
		want store.AuditBreak
	}{
		"who signed":          {[]string{"UPDATE change SET made_by = 'jiný' WHERE seq = 6"}, store.AuditBreak{Kind: store.BreakChangeChanged, Entry: 2, First: 6, Last: 6}},
		"snapshot":            {[]string{"UPDATE change SET snapshot = '{}' WHERE seq = 8"}, store.AuditBreak{Kind: store.BreakChangeChanged, Entry: 4, First: 7, Last: 9}},
		"time":                {[]string{"UPDATE change SET at = '2020-01-01T00:00:00.000000000Z' WHERE seq = 1"}, store.AuditBreak{Kind: store.BreakChangeChanged, Entry: 1, First: 1, Last: 5}},
		"change removed":      {[]string{"DELETE FROM change WHERE seq = 8"}, store.AuditBreak{Kind: store.BreakChangeRemoved, Entry: 4, First: 8, Last: 8}},
		"last of a range":     {[]string{"DELETE FROM change WHERE seq = 5"}, store.AuditBreak{Kind: store.BreakChangeRemoved, Entry: 1, First: 5, Last: 5}},
		"range removed":       {[]string{"DELETE FROM change WHERE seq = 6"}, store.AuditBreak{Kind: store.BreakChangeRemoved, Entry: 2, First: 6, Last: 6}},
		"change added":        {[]string{fmt.Sprintf(added, 10)}, store.AuditBreak{Kind: store.BreakChangeAdded, First: 10, Last: 10}},
		"change before all":   {[]string{fmt.Sprintf(added, 0)}, store.AuditBreak{Kind: store.BreakChangeAdded, Entry: 1, First: 0, Last: 0}},
		"exchanged":           {[]string{"UPDATE change SET seq = 100 WHERE seq = 7", "UPDATE change SET seq = 7 WHERE seq = 8", "UPDATE change SET seq = 8 WHERE seq = 100"}, store.AuditBreak{Kind: store.BreakChangeChanged, Entry: 4, First: 7, Last: 9}},
		"entry changed":       {[]string{"UPDATE audit SET made_by = 'jiný' WHERE seq = 3"}, store.AuditBreak{Kind: store.BreakEntryChanged, Entry: 3}},
		"entry removed":       {[]string{"DELETE FROM audit WHERE seq = 3"}, store.AuditBreak{Kind: store.BreakEntryMissing, Entry: 3}},
		"first entry removed": {[]string{"DELETE FROM audit WHERE seq = 1"}, store.AuditBreak{Kind: store.BreakEntryMissing, Entry: 1}},
		"end cut off":         {[]string{"DELETE FROM redaction", "UPDATE change SET snapshot = 'x' WHERE seq = 2", "DELETE FROM audit WHERE seq >= 4", "DELETE FROM change WHERE seq >= 7"}, store.AuditBreak{Kind: store.BreakChangeChanged, Entry: 1, First: 1, Last: 5}},
		"last entry cut off":  {[]string{"DELETE FROM audit WHERE seq = 5"}, store.AuditBreak{Kind: store.BreakRedaction, Entry: 1, First: 2, Last: 2}},
		"redaction removed":   {[]string{"DELETE FROM redaction"}, store.AuditBreak{Kind: store.BreakChangeChanged, Entry: 1, First: 1, Last: 5}},
		"redaction changed":   {[]string{"UPDATE redaction SET reason = 'jiný'"}, store.AuditBreak{Kind: store.BreakRedaction, Entry: 1, First: 2, Last: 2}},
		"redacted again":      {[]string{"UPDATE change SET snapshot = '{}' WHERE seq = 2"}, store.AuditBreak{Kind: store.BreakRedaction, Entry: 1, First: 2, Last: 2}},
		"redaction made up": {[]string{"INSERT INTO redaction SELECT 2, 6, 5, at, made_by, reason, digest, replacement FROM redaction", "UPDATE change SET snapshot = '{}' WHERE seq = 6"},
			store.AuditBreak{Kind: store.BreakRedaction, Entry: 2, First: 6, Last: 6}},
	} {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				history(t, s)
				if r := verified(t, s); r.Redacted != 1 {
					t.Errorf("%d redactions", r.Redacted)
				}
				// Nor do references stop somebody who wants to.
				free := map[string]string{store.SQLite: "PRAGMA foreign_keys = 0", store.Postgres: "SET session_replication_role = replica"}
				unguarded(t, s, append([]string{free[s.Engine()]}, c.do...)...)
				r := must(s.VerifyAudit(t.Context(), store.AuditHead{}, nil))
				if r.Broken == nil || *r.Broken != c.want {
					t.Errorf("found %+v, want %+v", r.Broken, c.want)
				}
			})
		})
	}
}

func TestACutEndIsFoundByTheCountersOrByAHeadKeptElsewhere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		seed(t, s)
		earlier := verified(t, s).Head
		put(t, s, project("Odříznutý"))
		kept := verified(t, s).Head
		unguarded(t, s, "DELETE FROM audit WHERE seq = 2", "DELETE FROM change WHERE seq = 6")
		if r := must(s.VerifyAudit(t.Context(), store.AuditHead{}, nil)); r.Broken == nil || *r.Broken != (store.AuditBreak{Kind: store.BreakCut, Entry: 2}) {
			t.Errorf("by the counters: %+v", r.Broken)
		}
		unguarded(t, s, "UPDATE counter SET value = 1 WHERE name = 'audit'", "UPDATE counter SET value = 5 WHERE name = 'change'")
		verified(t, s) // cannot be known from the database alone
		for head, want := range map[store.AuditHead]store.BreakKind{
			kept: store.BreakCut, {Hash: kept.Hash}: store.BreakHead, {Seq: 1, Hash: kept.Hash}: store.BreakHead, earlier: "", {Hash: earlier.Hash}: "",
		} {
			r := must(s.VerifyAudit(t.Context(), head, nil))
			if got := r.Broken; want == "" && got != nil || want != "" && (got == nil || got.Kind != want) {
				t.Errorf("head %v: %+v, want %q", head, got, want)
			}
		}
		put(t, s, project("Nový"))
		if r := must(s.VerifyAudit(t.Context(), kept, nil)); r.Broken == nil || r.Broken.Kind != store.BreakHead {
			t.Errorf("another entry in the place of the cut one: %+v", r.Broken)
		}
	})
}

func TestASnapshotIsReplacedOnlyWithAReasonAndLeavesATrace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := project("S kontaktem")
		p.Contacts = []atlas.Person{{Name: "Jana Nováková", Email: "jana@example.cz"}}
		put(t, s, p)
		for _, clean := range []string{`{"ID":"P-00001","TitleCs":"S kontaktem"}`, `{"ID":"P-00001"}`} {
			update(t, s, func(ctx context.Context, tx *store.Tx) error {
				return tx.Redact(ctx, 1, []byte(clean), "GDPR čl. 17", store.Write{By: "U-00007"})
			})
			if got := string(must(s.Version(t.Context(), atlas.KindProject, p.ID, 1))); got != clean {
				t.Errorf("now %s", got)
			}
			if r := verified(t, s); r.Redacted != 1 {
				t.Errorf("%+v", r)
			}
		}
		for _, wrong := range []func(*store.Tx) error{
			func(tx *store.Tx) error { return tx.Redact(t.Context(), 1, []byte("{"), "důvod", write()) },
			func(tx *store.Tx) error { return tx.Redact(t.Context(), 1, []byte("{}"), "", write()) },
			func(tx *store.Tx) error { return tx.Redact(t.Context(), 99, []byte("{}"), "důvod", write()) },
		} {
			if err := s.Update(t.Context(), wrong); err == nil {
				t.Error("not refused")
			}
		}
		verified(t, s)
	})
}

func TestARestoredDatabaseCarriesTheWholeLog(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		everything(t, s)
		head := verified(t, s).Head
		file := filepath.Join(t.TempDir(), "zaloha.sqlite")
		if err := s.Backup(t.Context(), file); err != nil {
			t.Fatal(err)
		}
		storetest.EachDSN(t, func(t *testing.T, dsn string) {
			for _, fill := range []func(context.Context, string, string) error{store.Restore, store.Replace} {
				if err := fill(t.Context(), file, dsn); err != nil {
					t.Fatal(err)
				}
				restored := storetest.Open(t, dsn)
				r := must(restored.VerifyAudit(t.Context(), head, nil))
				if r.Broken != nil || r.Head.Seq != head.Seq+1 || r.Redacted != 1 {
					t.Errorf("restored: %+v", r)
				}
				put(t, restored, project("Po obnově"))
				verified(t, restored)
				if err := restored.Raw("DELETE FROM change WHERE seq = 1"); err == nil {
					t.Error("the changes are not guarded any more")
				}
			}
		})
	})
}

func TestAnEntryNeverStandsBeforeTheOneBefore(t *testing.T) { // a clock that jumps
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for _, at := range []time.Time{time.Now().Add(time.Hour), time.Now()} {
			update(t, s, func(ctx context.Context, tx *store.Tx) error {
				return tx.Audit(ctx, store.AuditEntry{At: at, Action: "settings"})
			})
		}
		all := must(s.AuditEntries(t.Context(), store.AuditFilter{}))
		if len(all) != 2 || all[1].At.Before(all[0].At) {
			t.Errorf("%+v", all)
		}
		verified(t, s)
	})
}

func TestRecordsAreReadAsTheyStoodAtATime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		day := func(n int) time.Time { return time.Date(2026, 1, n, 12, 0, 0, 0, time.UTC) }
		want := map[int][]string{}
		projects := []*atlas.Project{}
		for n := 1; n <= 6; n++ {
			update(t, s, func(ctx context.Context, tx *store.Tx) error {
				w := write()
				w.At = day(n)
				for i := range 300 { // more than a page together
					if n == 1 || i%n == 0 {
						if n == 1 {
							projects = append(projects, project(""))
						}
						projects[i].TitleCs = fmt.Sprintf("den %d", n)
						if err := tx.PutProject(ctx, projects[i], w); err != nil {
							return err
						}
					}
				}
				return nil
			})
			for _, p := range projects {
				want[n] = append(want[n], p.ID+" "+p.TitleCs)
			}
		}
		for n := range 7 {
			var got []string
			err := s.EachAsOf(t.Context(), atlas.KindProject, day(n), func(c atlas.Change, json []byte) error {
				_, title, _ := strings.Cut(string(json), `"TitleCs":"`)
				title, _, _ = strings.Cut(title, `"`)
				got = append(got, c.ID+" "+title)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			same(t, fmt.Sprint("as of day ", n), want[n], got)
		}
		c, _, err := s.VersionAt(t.Context(), atlas.KindProject, projects[0].ID, day(3).Add(time.Minute))
		if err != nil || c.Version != 3 || !c.At.Equal(day(3)) {
			t.Errorf("%+v, %v", c, err)
		}
		if _, _, err := s.VersionAt(t.Context(), atlas.KindProject, projects[0].ID, day(0)); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("before it was there: %v", err)
		}
	})
}
