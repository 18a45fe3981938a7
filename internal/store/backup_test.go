package store_test

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"testing"
	"time"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// everything fills each table.
func everything(t *testing.T, s *store.Store) {
	t.Helper()
	seed(t, s)
	var f filler
	update(t, s, func(ctx context.Context, tx *store.Tx) error {
		list := *filled[atlas.List](&f)
		list.Version = 0
		place := *filled[atlas.Territory](&f)
		batch := filled[atlas.Batch](&f)
		batch.ID = ""
		_, _, _, err := tx.PutTerritories(ctx, []atlas.Territory{place}, write())
		err = errors.Join(err,
			tx.PutActor(ctx, fullActor(&f, ""), write()),
			tx.PutCall(ctx, fullCall(&f, ""), write()),
			tx.PutProject(ctx, fullProject(&f, ""), write()),
			tx.PutList(ctx, list, write()),
			tx.PutBoundary(ctx, place.Code, []byte("{}")),
			tx.PutAliases(ctx, [][]string{{"Plzeň", "Pilsen"}}),
			tx.PutBatch(ctx, batch),
			tx.PutMapping(ctx, store.Mapping{Shape: "tvar", Text: []byte("{}")}),
		)
		row := *filled[atlas.BatchRow](&f)
		row.BatchID = batch.ID
		return errors.Join(err, tx.PutBatchRows(ctx, []atlas.BatchRow{row}),
			tx.PutPair(ctx, store.Pair{First: "P-90001", Second: "P-90002", Decision: store.PairTwo, By: "test", At: write().At}))
	})
	if s.Unlogged() {
		return
	}
	update(t, s, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.PutExtent(ctx, fullExtent(&f, ""), write()), tx.PutNeed(ctx, fullNeed(&f, ""), write()),
			tx.PutDataset(ctx, &atlas.Dataset{Code: "sada", NameCs: "Sada", Decimals: 1, Levels: []atlas.Level{atlas.LevelMunicipality}}, write()),
			tx.PutSlices(ctx, "sada", []atlas.Slice{sliceOf("585068", 7, 1), {Territory: "585068", Date: atlas.Date{Year: 2021}, Version: 1, Batch: "D-00001"}}),
			tx.PutReport(ctx, published(), write()), tx.PutEdition(ctx, "H-00001", 1, []byte(published().Title)))
	})
	judging(t, s)
	update(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.Redact(ctx, 2, []byte(`{"ID":"A-00002"}`), "GDPR čl. 17", write())
	})
}

// people puts somebody who signs in, with all that belongs to them.
func people(t *testing.T, s *store.Store) {
	t.Helper()
	a := account(t, s, "a@mesto.example")
	ngo, town := &atlas.Actor{Name: "Spolek"}, &atlas.Actor{Name: "Město"}
	ngo.RecordStatus, town.RecordStatus = atlas.RecordPublished, atlas.RecordPublished
	because := write()
	because.Why = "oprava"
	update(t, s, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.PutActor(ctx, ngo, write()), tx.PutActor(ctx, town, because),
			tx.PutSecrets(ctx, a.ID, store.Secrets{Password: "hash", PasswordAt: noon}),
			tx.PutRecoveryCodes(ctx, a.ID, []string{"x"}),
			tx.PutPasskey(ctx, store.Passkey{ID: "k", Account: a.ID, Name: "Telefon", Credential: "{}", AddedAt: noon}),
			tx.PutIdentity(ctx, "https://id.example", "s", a.ID, noon),
			tx.PutSession(ctx, store.Session{Hash: "h", Account: a.ID, ConfirmedAt: noon, CreatedAt: noon, UsedAt: noon, ExpiresAt: noon.Add(time.Hour)}),
			tx.PutCeremony(ctx, store.Ceremony{Hash: "h", Kind: "passkey", Content: "{}", ExpiresAt: noon.Add(time.Hour)}, noon),
			tx.PutLink(ctx, store.Link{Hash: "h", Purpose: "signin", Email: a.Email, CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)}),
			tx.PutGrant(ctx, a.ID, atlas.Grant{Role: atlas.RoleAdmin, At: noon}),
			tx.PutMembership(ctx, atlas.Membership{Account: a.ID, Actor: ngo.ID, State: atlas.MemberActive, At: noon}),
			tx.PutMandate(ctx, &atlas.Mandate{Actor: ngo.ID, For: town.ID, Until: atlas.Date{Year: 2027}, At: noon}),
			tx.PutDraft(ctx, store.Draft{Account: a.ID, Form: "/projekty/novy", Content: "a=b", SavedAt: noon}),
			tx.PutWarning(ctx, a.ID, 1, noon),
			tx.PutText(ctx, atlas.PageText{Code: "home", Cs: "Vítejte", En: "Welcome"}, write()),
			tx.PutCeremony(ctx, store.Ceremony{Hash: "c", Kind: "passkey", Content: "{}", ExpiresAt: noon.Add(time.Hour)}, noon),
			tx.PutConsent(ctx, store.Consent{Account: a.ID, Purpose: "digest", Wording: "Posílejte mi souhrn.", GivenAt: noon}),
			tx.PutWatch(ctx, &store.Watch{Account: a.ID, Kind: store.WatchTerritory, Subject: "CZ010", Period: store.WatchDaily, CreatedAt: noon, ToldAt: noon}),
			tx.PutProposal(ctx, &store.Proposal{Kind: atlas.KindProject, Record: "P-00001", BaseVersion: 1, Content: "{}", State: store.ProposalWaiting, By: a.ID, At: noon, SentAt: noon}),
			tx.PutRemark(ctx, &store.Remark{About: "N-00001", Deed: store.DeedSent, By: a.ID, At: noon}),
			tx.PutTransferMessage(ctx, &store.TransferMessage{Replication: "B-00001", Side: store.SideFollower, Text: "Jak jste začínali?", By: a.ID, At: noon}),
			tx.PutReview(ctx, store.Review{ID: "R-00001", Deed: store.DeedPublished, Items: []store.ReviewItem{{Kind: atlas.KindProject, ID: "P-00001", Version: 2}}, By: a.ID, At: noon}),
		)
	})
}

// signIns is what belongs to the person of people.
func signIns(t *testing.T, s *store.Store) map[string]any {
	t.Helper()
	ctx, id := t.Context(), "U-00001"
	return map[string]any{
		"account": must(s.Account(ctx, id)), "secrets": must(s.Secrets(ctx, id)), "codes": must(s.RecoveryCodes(ctx, id)),
		"passkeys": must(s.Passkeys(ctx, id)), "identity": must(s.AccountOfIdentity(ctx, "https://id.example", "s")),
		"memberships": must(s.Memberships(ctx, id)), "mandates": must(s.MandatesOf(ctx, id)), "drafts": must(s.Drafts(ctx, id)),
		"consents": must(s.Consents(ctx, id)), "watches": must(s.Watches(ctx, id)),
		"texts": must(s.Texts(ctx)), "spellings": must(s.Spellings(ctx)),
		"proposals": must(s.ProposalsBy(ctx, id)), "remarks": must(s.Remarks(ctx, "N-00001")),
		"messages": must(s.TransferMessages(ctx, "B-00001")), "review": must(s.Review(ctx, "R-00001")),
	}
}

func TestPeopleComeBackFromABackupButNobodyIsSignedIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		everything(t, s)
		people(t, s)
		want := signIns(t, s)
		file := filepath.Join(t.TempDir(), "zaloha.sqlite")
		if err := s.Backup(t.Context(), file); err != nil {
			t.Fatal(err)
		}
		storetest.EachDSN(t, func(t *testing.T, dsn string) {
			if err := store.Restore(t.Context(), file, dsn); err != nil {
				t.Fatal(err)
			}
			restored := storetest.Open(t, dsn)
			same(t, "people", want, signIns(t, restored))
			if _, err := restored.Session(t.Context(), "h", noon); !errors.Is(err, atlas.ErrNotFound) {
				t.Errorf("a session: %v", err)
			}
			if _, err := restored.Link(t.Context(), "h"); !errors.Is(err, atlas.ErrNotFound) {
				t.Errorf("a link: %v", err)
			}
		})
	})
}

// contents is all there is in a database.
func contents(t *testing.T, s *store.Store) map[string]any {
	t.Helper()
	ctx := t.Context()
	out := map[string]any{
		"lists": must(s.Lists(ctx)), "territories": must(s.Territories(ctx)), "aliases": must(s.Aliases(ctx)), "mapping": string(must(s.Mapping(ctx, "tvar"))),
		"batches": must(s.Batches(ctx)), "changes": must(s.Changes(ctx, 0, 1_000_000)),
	}
	var projects []*atlas.Project
	var actors []*atlas.Actor
	var calls []*atlas.Call
	var extents []*atlas.SourceExtent
	var needs []*atlas.Need
	var rows []atlas.BatchRow
	err := errors.Join(
		s.EachProject(ctx, func(p *atlas.Project) error { projects = append(projects, p); return nil }),
		s.EachActor(ctx, func(a *atlas.Actor) error { actors = append(actors, a); return nil }),
		s.EachCall(ctx, func(c *atlas.Call) error { calls = append(calls, c); return nil }),
		s.BatchRows(ctx, "D-00001", func(r atlas.BatchRow) error { rows = append(rows, r); return nil }),
	)
	if err != nil {
		t.Fatal(err)
	}
	if !s.Unlogged() { // younger than the log
		err = errors.Join(
			s.EachExtent(ctx, func(x *atlas.SourceExtent) error { extents = append(extents, x); return nil }),
			s.EachNeed(ctx, func(n *atlas.Need) error { needs = append(needs, n); return nil }),
			s.EachReport(ctx, func(r *atlas.Report) error {
				out["report "+r.ID], out["edition of "+r.ID] = r, string(must(s.EditionContent(ctx, r.ID, 1)))
				return nil
			}),
		)
	}
	if err != nil {
		t.Fatal(err)
	}
	if !s.Unlogged() {
		maps.Copy(out, judged(t, s))
		for _, d := range must(s.Datasets(ctx)) {
			out["dataset "+d.Code], out["slices of "+d.Code] = d, must(s.SeriesOf(ctx, d.Code, "585068"))
		}
	}
	out["pairs"] = must(s.Pairs(ctx))
	out["projects"], out["actors"], out["calls"], out["rows"] = projects, actors, calls, rows
	out["extents"], out["needs"] = extents, needs
	for _, c := range out["changes"].([]atlas.Change) {
		out["version of "+c.ID] = string(must(s.Version(ctx, c.Kind, c.ID, c.Version)))
	}
	return out
}

func TestABackupRestoresOnEitherEngine(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		everything(t, s)
		want := contents(t, s)
		file := filepath.Join(t.TempDir(), "zaloha.sqlite")
		if err := s.Backup(t.Context(), file); err != nil {
			t.Fatal(err)
		}
		storetest.EachDSN(t, func(t *testing.T, dsn string) {
			if err := store.Restore(t.Context(), file, dsn); err != nil {
				t.Fatal(err)
			}
			restored := storetest.Open(t, dsn)
			same(t, "contents", want, contents(t, restored))
			p := project("Po obnově")
			put(t, restored, p)
			if p.ID != "P-90004" {
				t.Errorf("the next id is %s", p.ID)
			}
		})
	})
}

func TestNoTableIsEmptyInTheBackupTest(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	everything(t, s)
	people(t, s)
	post(t, s, "d1")
	for _, table := range store.Tables() {
		if n := must(s.Column("SELECT COUNT(*) FROM " + table))[0]; n == "0" {
			t.Errorf("%s is empty, so no test sees it copied", table)
		}
	}
}

func TestABackupIsNeverWrittenOverAFile(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		file := filepath.Join(t.TempDir(), "zaloha.sqlite")
		if err := os.WriteFile(file, []byte("důležité"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := s.Backup(t.Context(), file); !errors.Is(err, fs.ErrExist) {
			t.Errorf("got %v", err)
		}
		if got := string(must(os.ReadFile(file))); got != "důležité" {
			t.Errorf("the file now holds %q", got)
		}
	})
}

func TestADatabaseWithRecordsIsNotRestoredOver(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s := storetest.Open(t, dsn)
		put(t, s, project("Zůstane"))
		file := filepath.Join(t.TempDir(), "zaloha.sqlite")
		if err := s.Backup(t.Context(), file); err != nil {
			t.Fatal(err)
		}
		if err := store.Restore(t.Context(), file, dsn); !errors.Is(err, store.ErrNotEmpty) {
			t.Errorf("got %v", err)
		}
		if n := must(s.CountProjects(t.Context())); n != 1 {
			t.Errorf("%d projects", n)
		}
	})
}

func TestAFileThatIsNoBackupIsRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "neco.txt")
	if err := os.WriteFile(file, []byte("to není databáze, ale text, dost dlouhý na hlavičku, aby se poznalo, že jí není"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, f := range []string{file, file + ".není"} {
		if err := store.Restore(t.Context(), f, storetest.SQLite(t)); err == nil {
			t.Errorf("%s was restored", f)
		}
	}
}

// Each transaction writes two projects; a backup made meanwhile has both or
// neither.
func TestABackupWhileWritingIsOneState(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() {
			for ctx.Err() == nil {
				err := s.Update(t.Context(), func(tx *store.Tx) error { return putListed2(t.Context(), tx) })
				if err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
		for n := range 3 {
			file := filepath.Join(t.TempDir(), "zaloha.sqlite")
			if err := s.Backup(t.Context(), file); err != nil {
				t.Fatal(err)
			}
			copied := must(store.Open(t.Context(), file))
			count, last := must(copied.CountProjects(ctx)), must(copied.LastChange(ctx))
			if count%2 != 0 || last != int64(count) {
				t.Errorf("backup %d holds %d projects and %d changes", n, count, last)
			}
			if err := copied.Close(); err != nil {
				t.Error(err)
			}
		}
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func putListed2(ctx context.Context, tx *store.Tx) error {
	return errors.Join(
		tx.PutProject(ctx, project("Jeden"), write()),
		tx.PutProject(ctx, project("Druhý"), write()))
}

func TestABackupMayReplaceWhatADatabaseHolds(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s := storetest.Open(t, dsn)
		everything(t, s)
		want := contents(t, s)
		file := filepath.Join(t.TempDir(), "zaloha.sqlite")
		if err := s.Backup(t.Context(), file); err != nil {
			t.Fatal(err)
		}
		put(t, s, project("Vznikl po záloze"))
		if err := store.Replace(t.Context(), file, dsn); err != nil {
			t.Fatal(err)
		}
		same(t, "contents", want, contents(t, s))
	})
}
