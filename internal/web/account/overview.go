package account

import (
	"net/http"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/store"
	"atlas/internal/web/route"
)

// overviewPage says who somebody is here and what to do next.
type overviewPage struct {
	frame
	Own           *app.Own
	Step          app.Step
	Roles         []role
	Organisations []organisation
	Mandates      []mandate
	Drafts        []draft
	Devices       []device
}

type role struct {
	Name, Territory, Until string
	Suspended              bool // waits for a second factor
}

type organisation struct {
	Name, URL, State string
	Manager          bool
}

type mandate struct{ Actor, For, Until string }

type draft struct{ Title, URL, Saved string }

// device is a browser that is signed in.
type device struct {
	Hash, Name, Since, Used string
	This, Strong            bool
}

// devicesShown is how many devices the overview shows.
const devicesShown = 3

// overview answers the first page of the account: five reads by keys.
func (a *area) overview(q *request) error {
	own, err := a.self.Own(q.Context(), q.Visit)
	if err != nil {
		return err
	}
	p := overviewPage{frame: q.frame("mine.title", route.Account), Own: own, Step: own.Next(), Roles: a.roles(q, own)}
	for _, m := range own.Memberships {
		p.Organisations = append(p.Organisations, organisation{a.app.ActorName(m.Actor, q.Lang), route.Actor(q.Lang, m.Actor), q.T("mine.membership." + m.State), m.Manager})
	}
	for _, m := range own.Mandates {
		p.Mandates = append(p.Mandates, mandate{a.app.ActorName(m.Actor, q.Lang), a.app.ActorName(m.For, q.Lang), i18n.Date(q.Lang, m.Until)})
	}
	p.Drafts, p.Devices = q.drafts(own.Drafts), q.devices(own.Sessions)
	p.Devices = p.Devices[:min(len(p.Devices), devicesShown)]
	return q.Render(http.StatusOK, "account/overview", p)
}

// roles are the roles that hold today, and those that wait for a second factor.
func (a *area) roles(q *request, own *app.Own) []role {
	var out []role
	for _, g := range own.Grants {
		if !g.InForce(atlas.DateOf(a.app.Now().In(i18n.Prague))) {
			continue
		}
		r := role{Name: q.T("mine.role." + string(g.Role)), Until: i18n.Date(q.Lang, g.Until), Suspended: g.Role.Staff() && !q.Visit.Strong}
		if g.Territory != "" {
			r.Territory = q.Site.Places().Label(g.Territory)
		}
		out = append(out, r)
	}
	return out
}

func (q *request) drafts(all []store.Draft) []draft {
	var out []draft
	for _, d := range all {
		x := draft{Title: d.Title, Saved: q.moment(d.SavedAt)}
		if x.Title == "" {
			x.Title = q.T("mine.draft_unnamed")
		}
		if route.Own(d.Form) {
			_, path := route.Split(d.Form)
			x.URL = route.In(q.Lang, path)
		}
		out = append(out, x)
	}
	return out
}

func (q *request) devices(all []store.Session) []device {
	var out []device
	for _, s := range all {
		d := device{Hash: s.Hash, Name: s.Device, Since: q.moment(s.CreatedAt), Used: q.moment(s.UsedAt), This: s.Hash == q.Visit.Session, Strong: s.Strong}
		if d.Name == "" {
			d.Name = q.T("mine.device_unknown")
		}
		out = append(out, d)
	}
	return out
}

// devicesPage lists where somebody is signed in.
type devicesPage struct {
	frame
	Devices []device
}

func (a *area) devices(q *request) error {
	own, err := a.self.Own(q.Context(), q.Visit)
	if err != nil {
		return err
	}
	return q.Render(http.StatusOK, "account/devices", devicesPage{q.frame("mine.devices.title", route.AccountDevices), q.devices(own.Sessions)})
}

// endDevices signs out of one browser or of all others.
func (a *area) endDevices(q *request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	if q.PostForm.Get("akce") == "ostatni" {
		if err := a.self.EndOthers(q.Context(), q.who); err != nil {
			return err
		}
		return q.done("mine.devices.done_all", route.AccountDevices)
	}
	hash := q.PostForm.Get("zarizeni")
	if err := a.self.EndSession(q.Context(), q.who, hash); err != nil {
		return err
	}
	if hash == q.Visit.Session {
		q.ForgetSession()
		return q.done("mine.devices.done_this", route.Home)
	}
	return q.done("mine.devices.done", route.AccountDevices)
}
