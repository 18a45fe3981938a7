package web_test

import (
	"net/http"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store"
	"atlas/internal/web/route"
	"atlas/internal/web/webtest"
)

// update changes the database of an instance.
func update(t *testing.T, i *webtest.Instance, fn func(*store.Tx) error) {
	t.Helper()
	if err := i.Store.Update(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// publishes says whether whoever is at the browser may do what publishing is.
func publishes(t *testing.T, i *webtest.Instance) bool {
	t.Helper()
	return i.Get(t, route.ProjectsTwins).Status == http.StatusOK
}

func TestARoleOfStaffHoldsOnlyWithASecondFactorAndForADay(t *testing.T) { // 12.3
	i := webtest.Start(t)
	who := i.Account(t, "jana@mesto.example", atlas.Grant{Role: atlas.RoleMethodologist})
	i.SignIn(t, who.ID, false)
	if publishes(t, i) {
		t.Error("without a second factor")
	}
	i.SignIn(t, who.ID, true)
	if !publishes(t, i) {
		t.Error("not even with a second factor")
	}
	update(t, i, func(tx *store.Tx) error {
		all, err := tx.Sessions(t.Context(), who.ID, webtest.Now)
		for _, s := range all {
			s.ConfirmedAt = webtest.Now.Add(-15 * time.Hour)
			err = tx.PutSession(t.Context(), s)
		}
		return err
	})
	if publishes(t, i) {
		t.Error("fifteen hours later")
	}
}

func TestWhatIsTakenAwayIsGoneWithTheNextRequest(t *testing.T) {
	for name, take := range map[string]func(*testing.T, *webtest.Instance, *atlas.Account){
		"the role": func(t *testing.T, i *webtest.Instance, who *atlas.Account) {
			update(t, i, func(tx *store.Tx) error { return tx.DropGrant(t.Context(), who.ID, atlas.RoleAdmin, "") })
		},
		"the account": func(t *testing.T, i *webtest.Instance, who *atlas.Account) {
			who.State = atlas.AccountBlocked
			update(t, i, func(tx *store.Tx) error { return tx.PutAccount(t.Context(), who) })
		},
		"the session": func(t *testing.T, i *webtest.Instance, who *atlas.Account) {
			if err := i.App.SignOutElsewhere(t.Context(), who.ID, ""); err != nil {
				t.Fatal(err)
			}
		},
		"the time of the role": func(t *testing.T, i *webtest.Instance, who *atlas.Account) {
			update(t, i, func(tx *store.Tx) error {
				return tx.PutGrant(t.Context(), who.ID, atlas.Grant{Role: atlas.RoleAdmin, At: webtest.Now, Until: atlas.Date{Year: 2026, Month: 11, Day: 20}})
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			i := webtest.Start(t)
			who := i.Account(t, "jana@mesto.example", atlas.Grant{Role: atlas.RoleAdmin})
			i.SignIn(t, who.ID, true)
			if !publishes(t, i) {
				t.Fatal("an administrator may not publish")
			}
			take(t, i, who)
			if publishes(t, i) {
				t.Error("still there")
			}
		})
	}
}

func TestAnAccountWithASecondFactorIsNobodyUntilItIsShown(t *testing.T) {
	i := webtest.Start(t)
	who := i.Account(t, "jana@mesto.example")
	update(t, i, func(tx *store.Tx) error {
		return tx.PutPasskey(t.Context(), store.Passkey{ID: "k", Account: who.ID, Name: "Telefon", Credential: "{}", AddedAt: webtest.Now})
	})
	in, err := i.App.StartSession(t.Context(), who.ID, "test", false)
	if err != nil {
		t.Fatal(err)
	}
	hash, _ := app.SessionHash(in.Secret)
	v, err := i.App.Visit(t.Context(), hash)
	if err != nil || v.SignedIn() || v.Half != who.ID || v.May(atlas.RightPropose) {
		t.Errorf("%+v, %v", v, err)
	}
	if err := i.App.Strengthen(t.Context(), hash, true); err != nil {
		t.Fatal(err)
	}
	if v, err := i.App.Visit(t.Context(), hash); err != nil || v.Account != who.ID || !v.Strong {
		t.Errorf("%+v, %v", v, err)
	}
}

func TestPagesOfSomebodySignedInAreKeptByNobody(t *testing.T) {
	i := webtest.Start(t)
	who := i.Account(t, "jana@mesto.example")
	i.SignIn(t, who.ID, false)
	if got := i.Get(t, route.Projects).Header.Get("Cache-Control"); got != "private, no-store" {
		t.Errorf("signed in: %q", got)
	}
	i.SignOut(t)
	if got := i.Get(t, route.Projects).Header.Get("Cache-Control"); got != "no-cache" {
		t.Errorf("the public: %q", got)
	}
}
