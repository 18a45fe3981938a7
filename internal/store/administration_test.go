package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

func TestAnItemKeepsWhoFollowsIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		l := atlas.List{Code: "CL-99", Slug: "zkousky", Cs: "Zkoušky", En: "Trials", Items: []atlas.Item{
			{Code: "A", Cs: "Dřív", En: "Before", Order: 1, ValidTo: atlas.Date{Year: 2026}, Successor: "B"}, {Code: "B", Cs: "Teď", En: "Now", Order: 2}}}
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutList(ctx, l, store.Write{By: "test"}) })
		l.Version = 1
		same(t, "list", []atlas.List{l}, must(s.Lists(t.Context())))
	})
}

func TestATextOfAPageAndSpellingsAreWrittenOverTheVersionThatStandsOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		put := func(text atlas.PageText) error {
			return s.Update(t.Context(), func(tx *store.Tx) error { return tx.PutText(t.Context(), text, store.Write{By: "U-00001"}) })
		}
		if err := errors.Join(put(atlas.PageText{Code: "home.lead", Cs: "a"}), put(atlas.PageText{Code: "home.lead", En: "b", Version: 1})); err != nil {
			t.Fatal(err)
		}
		if err := put(atlas.PageText{Code: "home.lead", Version: 1}); !errors.Is(err, atlas.ErrConflict) {
			t.Errorf("an old version: %v", err)
		}
		same(t, "texts", []atlas.PageText{{Code: "home.lead", En: "b", Version: 2}}, must(s.Texts(t.Context())))
		spell := func(version int64, groups ...[]string) error {
			return s.Update(t.Context(), func(tx *store.Tx) error {
				return tx.PutSpellings(t.Context(), atlas.Spellings{Groups: groups, Version: version}, store.Write{By: "U-00001"})
			})
		}
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutAliases(ctx, [][]string{{"x", "y"}}) })
		same(t, "as shipped", atlas.Spellings{Groups: [][]string{{"x", "y"}}}, must(s.Spellings(t.Context())))
		if err := spell(0, []string{"Charkov", "Харків"}); err != nil {
			t.Fatal(err)
		}
		if err := spell(0); !errors.Is(err, atlas.ErrConflict) {
			t.Errorf("an old version: %v", err)
		}
		same(t, "spellings", atlas.Spellings{Groups: [][]string{{"Charkov", "Харків"}}, Version: 1}, must(s.Spellings(t.Context())))
		if report := must(s.VerifyAudit(t.Context(), store.AuditHead{}, nil)); report.Broken != nil || report.Changes != 3 {
			t.Errorf("%+v", report)
		}
	})
}

func TestOpenLinksAreThoseThatCanStillBeUsed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		link := func(hash, email, detail string, until time.Duration) {
			update(t, s, func(ctx context.Context, tx *store.Tx) error {
				return tx.PutLink(ctx, store.Link{Hash: hash, Purpose: "invitation", Email: email, Detail: detail, CreatedAt: noon, ExpiresAt: noon.Add(until)})
			})
		}
		link("a", "a@o.example", "A-00001", time.Hour)
		link("b", "b@o.example", "A-00001", time.Hour)
		link("c", "a@o.example", "A-00002", time.Hour)
		link("d", "d@o.example", "A-00001", -time.Hour)
		closed := false
		update(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
			closed, err = tx.CloseLinks(ctx, "invitation", "A-00001", "a@o.example", noon)
			return err
		})
		all := must(s.LinksOpen(t.Context(), "invitation", "A-00001", noon))
		if !closed || len(all) != 1 || all[0].Hash != "b" {
			t.Errorf("%v %+v", closed, all)
		}
		update(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
			closed, err = tx.CloseLinks(ctx, "invitation", "A-00001", "a@o.example", noon)
			return err
		})
		if closed {
			t.Error("closed twice")
		}
	})
}

func TestAccountsAreReadByCodesAndByRole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, b := account(t, s, "a@o.example"), account(t, s, "b@o.example")
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.PutGrant(ctx, b.ID, atlas.Grant{Role: atlas.RoleAdmin, At: noon, By: "atlas"})
		})
		b = must(s.Account(t.Context(), b.ID))
		same(t, "by codes", []*atlas.Account{a, b}, must(s.AccountsByID(t.Context(), []string{b.ID, "U-99999", a.ID})))
		same(t, "by no codes", []*atlas.Account(nil), must(s.AccountsByID(t.Context(), nil)))
		same(t, "by role", []*atlas.Account{b}, must(s.AccountsWithRole(t.Context(), atlas.RoleAdmin)))
		if n := must(s.CountAccounts(t.Context(), atlas.AccountActive)); n != 2 {
			t.Errorf("%d accounts", n)
		}
	})
}

func TestTheLastEntryOfTheLogIsFoundByItsAction(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		if _, err := s.LastAuditOf(t.Context(), ""); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("an empty log: %v", err)
		}
		for _, action := range []string{"a", "b", "a", "c"} {
			update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.Audit(ctx, store.AuditEntry{Action: action}) })
		}
		for action, want := range map[string]int64{"": 4, "a": 3, "b": 2} {
			if e := must(s.LastAuditOf(t.Context(), action)); e.Seq != want {
				t.Errorf("%q: entry %d", action, e.Seq)
			}
		}
	})
}

func TestTheOverviewCountsWhatIsThere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		if n := must(s.Size(t.Context())); n < 10_000 {
			t.Errorf("%d bytes", n)
		}
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			_, _, _, err := tx.PutTerritories(ctx, []atlas.Territory{{Code: "CZ", Level: atlas.LevelCountry, Name: "Česko"},
				{Code: "554782", Level: atlas.LevelMunicipality, Name: "Praha", Source: "RÚIAN"}}, store.Write{By: "test"})
			return err
		})
		same(t, "sources", []store.TerritorySource{{Level: atlas.LevelMunicipality, Source: "RÚIAN", Count: 1}, {Level: atlas.LevelCountry, Count: 1}},
			must(s.TerritorySources(t.Context())))
		same(t, "records", map[string]int64{atlas.KindProject: 0, atlas.KindActor: 0, atlas.KindCall: 0, atlas.KindExtent: 0, atlas.KindPractice: 0, atlas.KindReplication: 0, atlas.KindNeed: 0}, must(s.CountByStatus(t.Context(), atlas.RecordReview)))
	})
}
