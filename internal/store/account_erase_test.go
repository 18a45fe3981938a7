package store_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// person puts an account with everything that there can be of one, and says what
// words of it must be found nowhere once it is erased.
func person(t *testing.T, s *store.Store) (a *atlas.Account, words []string) {
	t.Helper()
	a = &atlas.Account{Email: "Vendula.Ryzova@Mesto.example", Name: "Vendula Ryzová", Lang: "en", State: atlas.AccountActive, CreatedAt: noon, SeenAt: noon}
	actor := &atlas.Actor{Name: "Město", Type: "OBEC", Meta: atlas.Meta{RecordStatus: atlas.RecordDraft}}
	update(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := errors.Join(tx.PutAccount(ctx, a), tx.PutActor(ctx, actor, store.Write{By: a.ID, Action: atlas.ActionCreate, Origin: "form", At: noon})); err != nil {
			return err
		}
		later := noon.Add(time.Hour)
		return errors.Join(
			tx.PutSecrets(ctx, a.ID, store.Secrets{Password: "$argon2id$ryzova-heslo", PasswordAt: noon, TOTP: "ryzova-klic", TOTPAt: noon}),
			tx.PutRecoveryCodes(ctx, a.ID, []string{"ryzova-kod"}),
			tx.PutPasskey(ctx, store.Passkey{ID: "ryzova-passkey", Account: a.ID, Name: "Ryzová telefon", Credential: "{}", AddedAt: noon}),
			tx.PutIdentity(ctx, "https://ryzova.example", "ryzova-subject", a.ID, noon),
			tx.PutSession(ctx, store.Session{Hash: "ryzova-session", Account: a.ID, Device: "Ryzová Firefox", ConfirmedAt: noon, CreatedAt: noon, UsedAt: noon, ExpiresAt: later}),
			tx.PutLink(ctx, store.Link{Hash: "ryzova-link", Purpose: "email", Email: "nova.ryzova@mesto.example", Account: a.ID, CreatedAt: noon, ExpiresAt: later}),
			tx.PutLink(ctx, store.Link{Hash: "ryzova-invitation", Purpose: "invitation", Email: "vendula.ryzova@MESTO.example", CreatedAt: noon, ExpiresAt: later}),
			tx.PutGrant(ctx, a.ID, atlas.Grant{Role: atlas.RoleMethodologist, By: "atlas", At: noon}),
			tx.PutMembership(ctx, atlas.Membership{Account: a.ID, Actor: actor.ID, State: atlas.MemberActive, Note: "Ryzová z odboru", By: a.ID, At: noon}),
			tx.PutDraft(ctx, store.Draft{Account: a.ID, Form: "/projekty/novy", Title: "Ryzová píše", Content: "title=Ryzov%C3%A1+ryzova", SavedAt: noon}),
			tx.PutConsent(ctx, store.Consent{Account: a.ID, Purpose: "contact", Wording: "Já, Ryzová, souhlasím.", GivenAt: noon}),
			tx.PutWarning(ctx, a.ID, 1, later),
			tx.PutLetter(ctx, store.Letter{ID: "1", Kind: "changed", Lang: "cs", To: "vendula.ryzova@mesto.example", ToName: "Vendula Ryzová", Subject: "Změna", Text: strings.Repeat("Vendula Ryzová ", 3000)}, noon),
			tx.Audit(ctx, store.AuditEntry{At: noon, By: a.ID, Action: "account_password", Subject: a.ID}),
		)
	})
	contribute(t, s, a, actor)
	judges(t, s, a)
	return a, []string{"ryzov", "vendula", "777 123 456"}
}

// contribute has an account write all that people may: records with its own
// contact, corrections in every state, notes and reasons; and others write letters
// about it and name it as a contact.
func contribute(t *testing.T, s *store.Store, a *atlas.Account, actor *atlas.Actor) {
	t.Helper()
	own := atlas.Person{Name: "Vendula  Ryzová", TitlesBefore: "Mgr.", Function: "referentka", Email: "v.ryzova@jinde.example", Phone: "+420 777 123 456", Public: true}
	known := atlas.Person{Name: "V. R.", Email: "VENDULA.ryzova@mesto.example", Phone: "777 123 456"}
	other := atlas.Person{Name: "Karel Zůstává", Email: "karel@mesto.example"}
	mine, theirs := project("Můj"), project("Cizí")
	mine.Contacts, theirs.Contacts = []atlas.Person{other, own, known}, []atlas.Person{known, other}
	by := func(who, why string) store.Write {
		return store.Write{By: who, Origin: "form", At: noon, Why: why}
	}
	update(t, s, func(ctx context.Context, tx *store.Tx) error {
		err := errors.Join(tx.PutProject(ctx, mine, by(a.ID, "přidala Vendula Ryzová")), tx.PutProject(ctx, theirs, by("U-77777", "jiný důvod")))
		actor.Email, actor.Phone = "vendula.ryzova@mesto.example", "777 123 456"
		return errors.Join(err, tx.PutActor(ctx, actor, by(a.ID, "")))
	})
	proposed := *theirs
	proposed.Contacts = []atlas.Person{own, other}
	content := string(must(json.Marshal(&proposed)))
	update(t, s, func(ctx context.Context, tx *store.Tx) error {
		mine.TitleEn = "Mine" // the contact stays in an old version and the newest one
		if err := tx.PutProject(ctx, mine, by("U-77777", "")); err != nil {
			return err
		}
		for _, state := range []string{store.ProposalWaiting, store.ProposalAccepted, store.ProposalReturned, store.ProposalWithdrawn} {
			p := store.Proposal{Kind: atlas.KindProject, Record: theirs.ID, BaseVersion: 1, Title: "Cizí", Content: content,
				Note: "píše Vendula Ryzová", State: state, By: a.ID, At: noon, SentAt: noon}
			if err := tx.PutProposal(ctx, &p); err != nil {
				return err
			}
			for deed, who := range map[string]string{store.DeedSent: a.ID, store.DeedNote: a.ID, store.DeedReturned: "U-77777"} {
				text := "volejte 777 123 456, Ryzová"
				if state == store.ProposalAccepted && who != a.ID {
					text = "děkujeme"
				} else if state == store.ProposalWaiting && who != a.ID {
					continue
				}
				if err := tx.PutRemark(ctx, &store.Remark{About: p.ID, Deed: deed, Text: text, By: who, At: noon}); err != nil {
					return err
				}
			}
		}
		if err := tx.PutTransferMessage(ctx, &store.TransferMessage{Replication: "B-00001", Side: store.SideFollower, Text: "volejte 777 123 456, Ryzová", By: a.ID, At: noon}); err != nil {
			return err
		}
		err := tx.PutWatch(ctx, &store.Watch{Account: a.ID, Kind: store.WatchSearch, Subject: "q=ryzova", Period: store.WatchDaily, CreatedAt: noon, ToldAt: noon})
		return errors.Join(err,
			tx.PutLetter(ctx, store.Letter{ID: "2", Kind: "join", Lang: "cs", To: "spravce@mesto.example", Subject: "Žádost", Text: "O členství žádá Vendula Ryzová."}, noon),
			tx.PutLetter(ctx, store.Letter{ID: "3", Kind: "digest", Lang: "cs", To: "jina@mesto.example", Subject: "Novinky", Text: "Nový projekt."}, noon))
	})
}

// rows dumps every row of every table.
func rows(t *testing.T, s *store.Store) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, name := range store.Tables() {
		out[name] = strings.ToLower(strings.Join(must(s.Dump(t.Context(), name)), "\n"))
	}
	return out
}

func TestNothingOfAPersonIsLeftInAnyTableOnceTheirAccountIsErased(t *testing.T) { // 12.2
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, words := person(t, s)
		other := account(t, s, "jina@mesto.example")
		before := rows(t, s)
		for _, name := range []string{"account", "change", "project_contact", "proposal", "remark", "transfer_message", "change_reason", "watch", "outbox", "actor", "sheet", "evaluation", "evaluation_assignment", "practice", "project_measurement"} {
			if !strings.Contains(before[name], words[0]) {
				t.Fatalf("%s never said %q", name, words[0])
			}
		}
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.EraseAccount(ctx, a.ID, noon.Add(5*time.Hour))
		})
		for name, content := range rows(t, s) {
			for _, word := range words {
				if at := strings.Index(content, word); at >= 0 {
					t.Errorf("table %s still says %q", name, content[max(0, at-40):min(len(content), at+40)])
				}
			}
		}
		erased := must(s.Account(t.Context(), a.ID))
		same(t, "what is left", &atlas.Account{ID: a.ID, Lang: "cs", State: atlas.AccountErased, CreatedAt: noon.Truncate(24 * time.Hour), Version: 2}, erased)
		stands(t, s, a.ID)
		same(t, "another account", other, must(s.Account(t.Context(), other.ID)))
		if r := must(s.VerifyAudit(t.Context(), store.AuditHead{}, nil)); r.Broken != nil {
			t.Errorf("the log: %+v", r.Broken)
		}
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.EraseAccount(ctx, a.ID, noon) }) // a double click
	})
}

// stands checks that the facts are there after the person behind them was erased.
func stands(t *testing.T, s *store.Store, id string) {
	t.Helper()
	ctx := t.Context()
	var signed []string
	for _, c := range must(s.ChangesBy(ctx, id)) {
		signed = append(signed, fmt.Sprintf("%s %d %s", c.ID, c.Version, c.Origin))
	}
	same(t, "changes signed by the code", []string{"A-00001 1 form", "P-00001 1 form", "A-00001 2 form", "K-00001 1 form", "P-00003 1 form",
		"P-00001 3 erasure", "P-00002 2 erasure", "P-00003 2 erasure", "A-00001 3 erasure", "K-00001 2 erasure", "K-00002 2 erasure",
		"L-00002 3 erasure", "E-00001 2 erasure", "E-00002 2 erasure", "E-00004 2 erasure"}, signed)
	for _, record := range []string{"P-00001", "P-00002"} {
		for v := range must(s.Project(ctx, record)).Version {
			var p atlas.Project
			if err := json.Unmarshal(must(s.Version(ctx, atlas.KindProject, record, v+1)), &p); err != nil {
				t.Fatal(err)
			}
			if p.TitleCs == "" || len(p.Contacts) != 1 || p.Contacts[0].Email != "karel@mesto.example" {
				t.Errorf("%s version %d: %q, contacts %+v", record, v+1, p.TitleCs, p.Contacts)
			}
		}
	}
	var left []string
	for _, p := range must(s.ProposalsBy(ctx, id)) {
		left = append(left, p.State)
		if !strings.Contains(p.Content, "karel@mesto.example") {
			t.Errorf("%s lost more than the contact: %s", p.ID, p.Content)
		}
		for _, m := range must(s.Remarks(ctx, p.ID)) {
			left = append(left, m.Deed+m.Text)
		}
	}
	slices.Sort(left)
	same(t, "proposals and what was said of them", []string{"accepted", "returnedděkujeme", "sent", "sent", "waiting"}, left)
	if got := must(s.Reasons(ctx, atlas.KindProject, "P-00002")); got[1] != "jiný důvod" {
		t.Errorf("the reason of somebody else: %v", got)
	}
	if n := must(s.LettersCount(ctx, store.LetterWaiting)); n != 1 {
		t.Errorf("%d letters wait, want that of somebody else", n)
	}
}

// Calling oneself like somebody, or registering their address without ever proving
// it, takes no contact away: neither where one only proposed something.
func TestNobodyErasesTheContactOfAnother(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := &atlas.Account{Email: "zlodej@mesto.example", Name: "Jan Novák", Lang: "cs", State: atlas.AccountActive, CreatedAt: noon, SeenAt: noon}
		unproved := &atlas.Account{Email: "jan.novak@mesto.example", Lang: "cs", State: atlas.AccountActive, CreatedAt: noon}
		p := project("Cizí")
		p.Contacts = []atlas.Person{{Name: "Jan Novák", Email: "jan.novak@mesto.example"}}
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.PutAccount(ctx, a), tx.PutAccount(ctx, unproved), tx.PutProject(ctx, p, write()))
		})
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			for _, state := range []string{store.ProposalWaiting, store.ProposalAccepted} {
				content := must(json.Marshal(p))
				err := tx.PutProposal(ctx, &store.Proposal{Kind: atlas.KindProject, Record: p.ID, BaseVersion: 1, Content: string(content), State: state, By: a.ID, At: noon, SentAt: noon})
				if err != nil {
					return err
				}
			}
			return nil
		})
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.EraseAccount(ctx, a.ID, noon), tx.EraseAccount(ctx, unproved.ID, noon))
		})
		if got := must(s.Project(t.Context(), p.ID)); got.Version != 1 || len(got.Contacts) != 1 {
			t.Errorf("%+v", got)
		}
		verified(t, s)
	})
}

// What an editor took over from a proposal is signed by the editor; the contact that
// its author added goes all the same.
func TestAContactAddedByAnAcceptedProposalIsErased(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := &atlas.Account{Email: "jana@mesto.example", Name: "Jana Nová", Lang: "cs", State: atlas.AccountActive, CreatedAt: noon, SeenAt: noon}
		p := project("Cizí")
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.PutAccount(ctx, a), tx.PutProject(ctx, p, write()))
		})
		p.Contacts = []atlas.Person{{Name: "Jana Nová", Email: "nova@prace.example"}}
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			proposal := store.Proposal{Kind: atlas.KindProject, Record: p.ID, BaseVersion: 1, Content: string(must(json.Marshal(p))), State: store.ProposalAccepted, By: a.ID, At: noon, SentAt: noon}
			return errors.Join(tx.PutProposal(ctx, &proposal), tx.PutProject(ctx, p, write()))
		})
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.EraseAccount(ctx, a.ID, noon) })
		for name, content := range rows(t, s) {
			if strings.Contains(content, "nova@prace") {
				t.Errorf("table %s still has the contact", name)
			}
		}
		verified(t, s)
	})
}

func TestTheFileOfTheDatabaseDoesNotHoldAPersonWhoWasErased(t *testing.T) {
	file := storetest.SQLite(t)
	s := storetest.Open(t, file)
	a, words := person(t, s)
	update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.EraseAccount(ctx, a.ID, noon) })
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		content, err := os.ReadFile(file + suffix)
		if err != nil && suffix == "" {
			t.Fatal(err)
		}
		for _, word := range words {
			if strings.Contains(strings.ToLower(string(content)), word) {
				t.Errorf("the file %s still holds %q", suffix, word)
			}
		}
	}
}

// A table about accounts that erasing forgets would keep people for ever.
func TestEveryTableWithRowsOfAnAccountIsErased(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for _, name := range store.Tables() {
			for _, column := range must(s.Columns(t.Context(), name)) {
				if column != "account_id" {
					continue
				}
				found := false
				for _, owned := range store.OwnedTables() {
					found = found || owned == name
				}
				if !found {
					t.Errorf("%s.account_id: add the table to ownedTables", name)
				}
			}
		}
	})
}

func TestWhatIsNotKeptAnyLongerIsPurged(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, _ := person(t, s)
		slept := account(t, s, "spi@mesto.example")
		for _, step := range []struct {
			what  string
			purge func(*store.Tx, time.Time) (int64, error)
		}{
			{"drafts", func(tx *store.Tx, at time.Time) (int64, error) { return tx.PurgeDrafts(t.Context(), at) }},
			{"roles", func(tx *store.Tx, at time.Time) (int64, error) {
				if err := tx.PutGrant(t.Context(), a.ID, atlas.Grant{Role: atlas.RoleAdmin, At: noon, Until: atlas.Date{Year: 2026, Month: 3, Day: 4}}); err != nil {
					return 0, err
				}
				return tx.PurgeGrants(t.Context(), atlas.DateOf(at.AddDate(0, 0, 1)))
			}},
		} {
			for at, want := range map[time.Time]int64{noon.Add(-48 * time.Hour): 0, noon.Add(48 * time.Hour): 1} {
				_ = s.Update(t.Context(), func(tx *store.Tx) error {
					if n, err := step.purge(tx, at); err != nil || n != want {
						t.Errorf("%s before %s: %d, %v", step.what, at, n, err)
					}
					return errors.New("back")
				})
			}
		}
		if got := must(s.NeverSignedIn(t.Context(), noon.Add(time.Hour))); fmt.Sprint(got) != "["+slept.ID+"]" {
			t.Errorf("never signed in: %v", got)
		}
		asleep := must(s.Asleep(t.Context(), noon.Add(time.Hour)))
		if len(asleep) != 1 || asleep[0].ID != a.ID || asleep[0].Warnings != 1 || !asleep[0].WarnedAt.Equal(noon.Add(time.Hour)) {
			t.Errorf("asleep: %+v", asleep)
		}
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SeenAccount(ctx, a.ID, noon.Add(2*time.Hour)) })
		if asleep := must(s.Asleep(t.Context(), noon.Add(3*time.Hour))); asleep[0].Warnings != 0 {
			t.Errorf("a warning from before counts: %+v", asleep)
		}
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			if n, err := tx.PurgeWarnings(ctx); err != nil || n != 1 {
				t.Errorf("warnings: %d, %v", n, err)
			}
			return nil
		})
	})
}

func TestWordsOfProposalsArePurgedAndWhatWasDecidedStays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, _ := person(t, s)
		before := len(must(s.ProposalsBy(t.Context(), a.ID)))
		purge := func(at time.Time) (proposals, remarks int64) {
			update(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
				if proposals, err = tx.PurgeProposals(ctx, at); err == nil {
					remarks, err = tx.PurgeRemarks(ctx, at)
				}
				return err
			})
			return proposals, remarks
		}
		if p, r := purge(noon.Add(-time.Hour)); p != 0 || r != 0 {
			t.Errorf("too early: %d proposals, %d remarks", p, r)
		}
		// Of two that stay: two notes, what was said at three deeds; the note of the
		// accepted one has no day of decision and stays.
		if p, r := purge(noon.Add(time.Hour)); p != 2 || r != 5 || before != 4 {
			t.Errorf("%d proposals of %d, %d remarks", p, before, r)
		}
		deeds := 0
		for _, p := range must(s.ProposalsBy(t.Context(), a.ID)) {
			for _, m := range must(s.Remarks(t.Context(), p.ID)) {
				if deeds++; m.Text != "" || m.Deed == store.DeedNote {
					t.Errorf("left: %+v", m)
				}
			}
		}
		if deeds != 3 {
			t.Errorf("%d deeds are left", deeds)
		}
	})
}
