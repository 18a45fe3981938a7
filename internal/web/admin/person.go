package admin

import (
	"net/http"
	"strconv"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// personPage is a person: what they may, where they belong and how they sign in.
type personPage struct {
	page.Base
	form.Sheet
	Who             *atlas.Account
	Self            bool
	Roles           []held
	Organisations   []belongs
	Sessions        int
	Second          bool // has a second factor
	Seen            string
	URLSave, URLAdd string
}

// belongs is an organisation that the person belongs to, asked or was invited.
type belongs struct {
	Name, URL, State string
	Manager          bool
}

// person answers the page of a person.
func (a *area) person(q *page.Request) error { return a.renderPerson(q, http.StatusOK, typed.New(nil)) }

func (a *area) renderPerson(q *page.Request, status int, f *typed.Form) error {
	ctx, r := q.Context(), a.app.Reader()
	who, err := r.Account(ctx, q.PathValue("id"))
	if err != nil {
		return err
	}
	if who.State == atlas.AccountErased {
		return atlas.ErrNotFound
	}
	p := &personPage{
		Base: frame(q, who.Name, page.Link{URL: route.In(q.Lang, route.AdminPeople), Text: q.T("admin.people")}),
		Who:  who, Self: who.ID == q.Viewer.Account, Roles: a.held(q, who), Sheet: a.sheet(q, f, "role"),
		URLSave: route.AdminPersonOf(q.Lang, who.ID), URLAdd: route.In(q.Lang, route.Fill(route.AdminPersonRole, who.ID)),
	}
	if p.Title == "" {
		p.Title = who.ID
	}
	if !who.SeenAt.IsZero() {
		p.Seen = i18n.Day(q.Lang, who.SeenAt)
	}
	members, err := r.Memberships(ctx, who.ID)
	if err != nil {
		return err
	}
	for _, m := range members {
		p.Organisations = append(p.Organisations, belongs{a.app.ActorName(m.Actor, q.Lang), route.MembersOf(q.Lang, m.Actor), m.State, m.Manager})
	}
	sessions, err := r.Sessions(ctx, who.ID, a.app.Now())
	if err != nil {
		return err
	}
	p.Sessions = len(sessions)
	if p.Second, err = a.app.SecondFactor(ctx, q.Viewer, who.ID); err != nil {
		return err
	}
	return q.Render(status, "admin/person", p)
}

// RoleNames are the roles that can be given.
func (p personPage) RoleNames() []string {
	var out []string
	for _, r := range granted() {
		out = append(out, string(r))
	}
	return out
}

// giveRole gives a person a role.
func (a *area) giveRole(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	g := atlas.Grant{Role: atlas.Role(f.Get("role")), Until: f.Date("until")}
	g.Territory = a.place(f, "territory")
	id := q.PathValue("id")
	if len(f.Problems) == 0 {
		err = a.app.GiveRole(q.Context(), q.Viewer, id, g, accountLink(q))
	}
	if len(f.Problems) > 0 || failed(f, err) {
		return a.renderPerson(q, http.StatusUnprocessableEntity, f)
	}
	return a.after(q, err, "role_given", route.AdminPersonOf(q.Lang, id))
}

// place reads which territory a field names, by code or by its whole name. What
// is none is given as it was typed, so that the problem names it.
func (a *area) place(f *typed.Form, field string) string {
	text := f.Text(field)
	if code := form.Code(text); code != "" || text == "" {
		return code
	}
	switch found := a.app.Places().Recognise(text); len(found) {
	case 0:
	case 1:
		return found[0].Code
	default:
		f.Fail(field, "problem.place_several", map[string]any{"value": text})
	}
	return text
}

// accountLink is the page of an account for its owner, for a letter.
func accountLink(q *page.Request) app.PageLink {
	return func(lang string) string { return q.Root() + route.In(lang, route.Account) }
}

// changePerson does what a button says.
func (a *area) changePerson(q *page.Request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	f, id, ctx, v := q.PostForm, q.PathValue("id"), q.Context(), q.Viewer
	version, _ := strconv.ParseInt(f.Get("version"), 10, 64) // what is no number is no version of anything
	back := route.AdminPersonOf(q.Lang, id)
	switch f.Get("akce") {
	case "odebrat":
		err := a.app.TakeRole(ctx, v, id, atlas.Role(f.Get("role")), f.Get("territory"), accountLink(q))
		if err == nil && id == v.Account && f.Get("role") == string(atlas.RoleAdmin) {
			back = route.In(q.Lang, route.Home) // the administration is not theirs any more
		}
		return a.after(q, err, "role_taken", back)
	case "zablokovat":
		return a.after(q, a.app.BlockAccount(ctx, v, id, version, true), "blocked", back)
	case "odblokovat":
		return a.after(q, a.app.BlockAccount(ctx, v, id, version, false), "unblocked", back)
	case "odhlasit":
		return a.after(q, a.app.SignOutAccount(ctx, v, id), "signed_out", back)
	case "druhy-faktor":
		return a.after(q, a.app.ResetSecondFactor(ctx, v, id, accountLink(q)), "factor_reset", back)
	}
	return page.ErrBadRequest
}
