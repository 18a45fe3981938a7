package webtest

import (
	"net/http"
	"net/url"
	"testing"

	"atlas"
	"atlas/internal/store"
)

// Account founds an account with roles in the database.
func (i *Instance) Account(t testing.TB, email string, roles ...atlas.Grant) *atlas.Account {
	t.Helper()
	who := &atlas.Account{Email: email, Name: "Jana Nová", Lang: "cs", State: atlas.AccountActive, CreatedAt: Now}
	err := i.Store.Update(t.Context(), func(tx *store.Tx) error {
		if err := tx.PutAccount(t.Context(), who); err != nil {
			return err
		}
		for _, g := range roles {
			g.By, g.At = "atlas", Now
			if err := tx.PutGrant(t.Context(), who.ID, g); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	who.Grants = roles
	return who
}

// Join makes an account a member of an organisation.
func (i *Instance) Join(t testing.TB, account, actor string, manager bool) {
	t.Helper()
	err := i.Store.Update(t.Context(), func(tx *store.Tx) error {
		return tx.PutMembership(t.Context(), atlas.Membership{Account: account, Actor: actor, State: atlas.MemberActive, Manager: manager, By: "atlas", At: Now})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// SignIn puts an account at the browser of an instance that is closed for
// editing; strong says that a second factor was shown.
func (i *Instance) SignIn(t testing.TB, account string, strong bool) {
	t.Helper()
	in, err := i.App.StartSession(t.Context(), account, "test", strong)
	if err != nil {
		t.Fatal(err)
	}
	i.Viewer = atlas.Viewer{}
	i.setCookie(t, &http.Cookie{Name: "atlas", Value: in.Secret, Path: "/"})
}

// SignOut takes whoever is signed in from the browser, without the instance
// knowing.
func (i *Instance) SignOut(t testing.TB) {
	t.Helper()
	i.Viewer = atlas.Viewer{}
	i.setCookie(t, &http.Cookie{Name: "atlas", Path: "/", MaxAge: -1})
}

func (i *Instance) setCookie(t testing.TB, c *http.Cookie) {
	t.Helper()
	u, err := url.Parse(i.at(t))
	if err != nil {
		t.Fatal(err)
	}
	i.client.Jar.SetCookies(u, []*http.Cookie{c})
}
