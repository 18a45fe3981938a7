package web_test

import (
	"fmt"
	"testing"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/web/webtest"
)

// Where the people and the records of the check of permissions are at home: the
// editor's kraj, a district in it, and a district in another one.
const (
	homeRegion, homeDistrict, foreignDistrict = "CZ041", "CZ0412", "CZ0641"
)

// person is one column of the table of chapter 11 as it sits at a browser.
type person struct {
	name    string
	account string // "" = nobody is signed in
	cookie  string
	// viewer is what chapter 11 says of them. It is written here by hand and never
	// read from the instance, so that the instance is not compared with itself.
	viewer atlas.Viewer
	// join ties the person to an organisation that is theirs; nil = none ever is.
	join func(*testing.T, *store.Tx, *person, string)
}

// people founds everybody that the table tells apart.
func people(t *testing.T, i *webtest.Instance) []*person {
	t.Helper()
	c := casting{t: t, i: i}
	c.add("public", "", false)
	c.add("half signed in: a second factor is there and was not shown", "", false)
	c.half(c.all[len(c.all)-1])
	c.add("registered", atlas.RoleRegistered, false)
	c.add("member of an organisation", atlas.RoleRegistered, false).join = member(false)
	c.add("manager of an organisation", atlas.RoleRegistered, false).join = member(true)
	c.add("by mandate of an organisation", atlas.RoleRegistered, false).join = mandate("", c.actor("Pověřený spolek"))
	c.add("by mandate in a territory", atlas.RoleRegistered, false)
	c.inTerritory(c.all[len(c.all)-1], c.actor("Koordinátor území"), c.actor("Kraj, který pověřil"))
	c.add("editor of a territory", atlas.RoleTerritory, false)
	for _, role := range []atlas.Role{atlas.RoleEvaluator, atlas.RoleFacilitator, atlas.RoleMethodologist, atlas.RoleAdmin} {
		c.add(string(role)+" without a second factor", role, false)
		c.add(string(role), role, true)
	}
	return c.all
}

// casting founds people one by one.
type casting struct {
	t   *testing.T
	i   *webtest.Instance
	all []*person
}

// add founds a person of a role; "" is the public.
func (c *casting) add(name string, role atlas.Role, strong bool) *person {
	c.t.Helper()
	p := &person{name: name}
	c.all = append(c.all, p)
	if role == "" {
		return p
	}
	var grants []atlas.Grant
	if role != atlas.RoleRegistered {
		grants = []atlas.Grant{{Role: role}}
	}
	if role == atlas.RoleTerritory {
		grants[0].Territory = homeRegion
	}
	p.account = c.account(fmt.Sprintf("clovek-%d@lide.example", len(c.all)), grants...)
	p.viewer = atlas.Viewer{Account: p.account, Name: p.account}
	if !role.Staff() || strong { // 12.3
		p.viewer.Grants = grants
	}
	p.cookie = c.signIn(p.account, strong)
	return p
}

func (c *casting) account(email string, grants ...atlas.Grant) string {
	return c.i.Account(c.t, email, grants...).ID
}

func (c *casting) signIn(account string, strong bool) string {
	c.t.Helper()
	in, err := c.i.App.StartSession(c.t.Context(), account, "check", strong)
	if err != nil {
		c.t.Fatal(err)
	}
	return in.Secret
}

// half gives a person a session in which the second factor was not shown: to the
// table it is the public.
func (c *casting) half(p *person) {
	c.t.Helper()
	account := c.account("half@lide.example", atlas.Grant{Role: atlas.RoleAdmin})
	update(c.t, c.i, func(tx *store.Tx) error {
		return tx.PutSecrets(c.t.Context(), account, store.Secrets{TOTP: "sealed", TOTPAt: webtest.Now})
	})
	p.cookie = c.signIn(account, false)
}

func (c *casting) actor(name string) string {
	c.t.Helper()
	r := &atlas.Actor{Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Name: name}
	update(c.t, c.i, func(tx *store.Tx) error { return tx.PutActor(c.t.Context(), r, store.Write{By: "import"}) })
	return r.ID
}

// inTerritory lets a person write in the home region by a mandate of its office.
func (c *casting) inTerritory(p *person, ngo, office string) {
	c.t.Helper()
	c.i.Join(c.t, p.account, ngo, false)
	p.viewer.Memberships = []atlas.Membership{{Account: p.account, Actor: ngo, State: atlas.MemberActive}}
	m := atlas.Mandate{Actor: ngo, For: office, Territory: homeRegion, Until: atlas.DateOf(webtest.Now.AddDate(1, 0, 0)), By: "U-00001", At: webtest.Now}
	update(c.t, c.i, func(tx *store.Tx) error { return tx.PutMandate(c.t.Context(), &m) })
	p.viewer.Mandates = []atlas.Mandate{m}
}

// member makes organisations of a person those that it belongs to.
func member(manager bool) func(*testing.T, *store.Tx, *person, string) {
	return func(t *testing.T, tx *store.Tx, p *person, actor string) {
		t.Helper()
		m := atlas.Membership{Account: p.account, Actor: actor, State: atlas.MemberActive, Manager: manager, By: "U-00001", At: webtest.Now}
		if err := tx.PutMembership(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		p.viewer.Memberships = append(p.viewer.Memberships, m)
	}
}

// mandate makes organisations of a person those in whose name it may write, as a
// member of ngo.
func mandate(territory, ngo string) func(*testing.T, *store.Tx, *person, string) {
	return func(t *testing.T, tx *store.Tx, p *person, actor string) {
		t.Helper()
		if len(p.viewer.Memberships) == 0 {
			member(false)(t, tx, p, ngo)
		}
		m := atlas.Mandate{Actor: ngo, For: actor, Territory: territory, Until: atlas.DateOf(webtest.Now.AddDate(1, 0, 0)), By: "U-00001", At: webtest.Now}
		if err := tx.PutMandate(t.Context(), &m); err != nil {
			t.Fatal(err)
		}
		p.viewer.Mandates = append(p.viewer.Mandates, m)
	}
}
