package app_test

import (
	"database/sql"
	"slices"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/mail"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

const signInPage = "https://atlas.example/prihlaseni"

// purger is an application with letters and a clock.
func purger(t *testing.T, s *store.Store) (*app.App, *clock) {
	t.Helper()
	letters, err := mail.NewComposer(mail.Site{})
	if err != nil {
		t.Fatal(err)
	}
	c := newClock()
	return app.New(s, app.Options{Now: c.Now, Letters: letters, WithoutIndex: true}), c
}

func founded(t *testing.T, s *store.Store, email string, at, seen time.Time, roles ...atlas.Role) string {
	t.Helper()
	a := &atlas.Account{Email: email, Name: "Jana Nová", Lang: "cs", State: atlas.AccountActive, CreatedAt: at, SeenAt: seen}
	err := s.Update(t.Context(), func(tx *store.Tx) error {
		if err := tx.PutAccount(t.Context(), a); err != nil {
			return err
		}
		for _, r := range roles {
			if err := tx.PutGrant(t.Context(), a.ID, atlas.Grant{Role: r, At: at}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return a.ID
}

func purge(t *testing.T, a *app.App, want string) {
	t.Helper()
	got, err := a.Purge(t.Context(), signInPage, false)
	if err != nil || got.String() != want {
		t.Errorf("purged %q, want %q: %v", got, want, err)
	}
}

func state(t *testing.T, s *store.Store, id string) string {
	t.Helper()
	a, err := s.Account(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return a.State
}

func TestAnAccountThatNobodySignsInToIsErasedAfterThreeYearsAndTwoWarnings(t *testing.T) { // 12.2
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, c := purger(t, s)
		day := 24 * time.Hour
		id := founded(t, s, "spi@mesto.example", c.Now(), c.Now())
		back := founded(t, s, "vrati.se@mesto.example", c.Now(), c.Now())
		admin := founded(t, s, "spravce@mesto.example", c.Now(), c.Now(), atlas.RoleAdmin)
		c.now = c.now.AddDate(3, 0, -61)
		purge(t, a, "")
		c.move(2 * day)
		purge(t, a, "warned 2")
		purge(t, a, "")
		letters, err := s.Letters(t.Context(), store.LetterWaiting, 10)
		if err != nil || len(letters) != 2 || letters[0].Kind != mail.KindAsleep {
			t.Fatalf("%+v, %v", letters, err)
		}
		c.move(30 * day)
		err = s.Update(t.Context(), func(tx *store.Tx) error { return tx.SeenAccount(t.Context(), back, c.Now()) })
		if err != nil {
			t.Fatal(err)
		}
		purge(t, a, "warned 1")
		c.move(28 * day)
		purge(t, a, "")
		c.move(2 * day)
		purge(t, a, "asleep 1")
		if state(t, s, id) != atlas.AccountErased || state(t, s, back) != atlas.AccountActive || state(t, s, admin) != atlas.AccountActive {
			t.Error("the wrong accounts were erased")
		}
		entries, err := s.AuditEntries(t.Context(), store.AuditFilter{By: "atlas"})
		if err != nil || len(entries) != 3 || entries[2].Action != app.AuditPurge || entries[2].Subject != "asleep 1" {
			t.Errorf("%+v, %v", entries, err)
		}
		if r, err := s.VerifyAudit(t.Context(), store.AuditHead{}, nil); err != nil || r.Broken != nil {
			t.Errorf("%+v, %v", r.Broken, err)
		}
	})
}

func TestWithoutLettersNobodyIsErasedForNotSigningIn(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	c := newClock()
	a := app.New(s, app.Options{Now: c.Now, WithoutIndex: true})
	id := founded(t, s, "spi@mesto.example", c.Now(), c.Now())
	c.now = c.now.AddDate(10, 0, 0)
	purge(t, a, "")
	if state(t, s, id) != atlas.AccountActive {
		t.Error("erased without a warning")
	}
}

func TestAnAccountThatNobodyEverSignedInToIsErasedAfterThirtyDaysUnlessItIsTheLastAdministrator(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, c := purger(t, s)
		id := founded(t, s, "nepotvrdil@mesto.example", c.Now(), time.Time{})
		admin := founded(t, s, "spravce@mesto.example", c.Now(), time.Time{}, atlas.RoleAdmin)
		c.move(29 * 24 * time.Hour)
		purge(t, a, "")
		c.move(2 * 24 * time.Hour)
		rehearsed, err := a.Purge(t.Context(), signInPage, true)
		if err != nil || rehearsed.Unconfirmed != 1 || state(t, s, id) != atlas.AccountActive {
			t.Errorf("a rehearsal: %+v, %v, %s", rehearsed, err, state(t, s, id))
		}
		purge(t, a, "unconfirmed 1")
		if state(t, s, id) != atlas.AccountErased || state(t, s, admin) != atlas.AccountActive {
			t.Error("the wrong accounts were erased")
		}
	})
}

// Columns of tables about people that are no data about anybody.
var technical = map[string]bool{
	"account.id": true, "account.version": true, "login_link.hash": true, "session.hash": true, "session.strong": true, "passkey.id": true, "watch.id": true,
	"proposal.id": true, "proposal.kind": true, "proposal.record_id": true, "proposal.base_version": true, "proposal.state": true, "proposal.fields": true, "proposal.version": true,
	"transfer_message.id": true, "transfer_message.replication_id": true, "transfer_message.side": true,
	"remark.id": true, "remark.about": true, "remark.deed": true, "remark.staff": true, "change_reason.change_seq": true,
	"evaluation_assignment.evaluation_id": true,
	"sheet.id":                            true, "sheet.created_at": true, "sheet.created_by": true, "sheet.updated_at": true, "sheet.updated_by": true, "sheet.record_status": true, "sheet.version": true, "sheet.merged_into": true, "sheet.sample": true,
	"sheet.evaluation_id": true, "sheet.rubric_id": true, "sheet.mode": true, "sheet.part": true, "sheet.is_open": true,
	"review.id": true, "review.deed": true, "review.items": true,
	"outbox.id": true, "outbox.kind": true, "outbox.lang": true, "outbox.state": true, "outbox.put_at": true, "outbox.attempts": true, "outbox.tried_at": true,
	"outbox.due_at": true, "outbox.lease": true, "outbox.leased_until": true, "outbox.ended_at": true, "outbox.failure": true,
}

func TestTheRegisterOfProcessingMissesNoColumnAboutAPerson(t *testing.T) { // 12.2
	file := storetest.SQLite(t)
	storetest.Open(t, file)
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	listed := map[string]bool{}
	for _, k := range app.Retention() {
		for _, text := range []app.Text{k.What, k.Purpose, k.Ground, k.Long, k.Then} {
			if text.Cs == "" || text.En == "" || text.Cs == text.En {
				t.Errorf("%v: a text is missing in one language", k.Columns)
			}
		}
		for _, c := range k.Columns {
			if listed[c] {
				t.Errorf("%s stands twice", c)
			}
			listed[c] = true
		}
	}
	tables := []string{"account", "account_secret", "recovery_code", "passkey", "account_identity", "session", "login_link", "role_grant",
		"membership", "draft", "consent", "account_warning", "watch", "project_contact", "proposal", "remark", "change_reason", "review", "outbox", "transfer_message", "evaluation_assignment", "sheet"}
	for _, table := range tables {
		rows, err := db.QueryContext(t.Context(), "SELECT * FROM "+table+" LIMIT 0")
		if err != nil {
			t.Fatal(err)
		}
		names, err := rows.Columns()
		rows.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			column := table + "." + name
			if !listed[column] && !technical[column] && !slices.Contains([]string{"account_id", "project_id", "position"}, name) {
				t.Errorf("%s: say in Retention what it is for and how long it is kept", column)
			}
		}
	}
	for c := range listed {
		table, column, _ := strings.Cut(c, ".")
		var n int
		if err := db.QueryRowContext(t.Context(), "SELECT COUNT(*) FROM pragma_table_info($1) WHERE name = $2", table, column).Scan(&n); err != nil || n != 1 {
			t.Errorf("the register names %s, which there is not: %v", c, err)
		}
	}
}

func TestThePublicNeverSeesTheNameOfAPersonBehindAWrite(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a, c := purger(t, s)
	if err := a.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	lone, editor, member := founded(t, s, "a@mesto.example", c.Now(), c.Now()), founded(t, s, "b@mesto.example", c.Now(), c.Now(), atlas.RoleMethodologist), founded(t, s, "c@mesto.example", c.Now(), c.Now())
	ngo, town := &atlas.Actor{Name: "Spolek", Type: "NNO"}, &atlas.Actor{Name: "Město", Type: "OBEC"}
	m := atlas.Mandate{Until: atlas.Date{Year: 2030}, At: c.Now()}
	err := s.Update(t.Context(), func(tx *store.Tx) error {
		for _, x := range []*atlas.Actor{ngo, town} {
			x.RecordStatus = atlas.RecordDraft
			if err := tx.PutActor(t.Context(), x, store.Write{By: member, Action: atlas.ActionCreate, At: c.Now()}); err != nil {
				return err
			}
		}
		m.Actor, m.For = ngo.ID, town.ID
		if err := tx.PutMandate(t.Context(), &m); err != nil {
			return err
		}
		return tx.PutMembership(t.Context(), atlas.Membership{Account: member, Actor: ngo.ID, State: atlas.MemberActive, At: c.Now()})
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ by, origin, want string }{
		{lone, "form", "registrovaný přispěvatel"}, {editor, "form", "redakce"}, {member, "form", ngo.ID}, {member, m.ID, "zadal " + ngo.ID + " z pověření " + town.ID}, {member, m.ID + " v3", "zadal " + ngo.ID + " z pověření " + town.ID},
		{"import", "D-00001", "import"}, {editor, "D-00001", "import"}, {"demo", "demo", "ukázka"}, {"atlas", "", "redakce"}, {"U-99999", "form", "smazaný účet"},
	} {
		got, err := a.AuthorName(t.Context(), atlas.Viewer{}, "cs", x.by, x.origin)
		if err != nil || got.Name != x.want || got.Account != "" {
			t.Errorf("%s, %s: %+v, want %q; %v", x.by, x.origin, got, x.want, err)
		}
	}
	for _, v := range []atlas.Viewer{atlas.Operator("atlas"), {Account: lone}} {
		all, err := a.Authors(t.Context(), v, "cs", []atlas.Change{{By: lone, Origin: "form"}})
		if err != nil || all[0].Name != "Jana Nová" || all[0].Account != lone {
			t.Errorf("%+v, %v", all, err)
		}
	}
	if got, _ := a.AuthorName(t.Context(), atlas.Viewer{Account: member}, "cs", lone, "form"); got.Name == "Jana Nová" {
		t.Error("a stranger sees the name")
	}
}
