package actors

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/search"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// showPage is one actor.
type showPage struct {
	page.Base
	A            *atlas.Actor
	Name, Type   string
	Draft        string // name of the record's status when it is not published
	Known        []*section
	Roles        []role
	Sources      []source
	Parent       link
	Parts        []link // actors that belong to this one
	Verified     string
	VerifiedLate bool // more than a year ago, or never
	Linked       map[string]any
	URLHistory   string
	URLPeople    string // who belongs to it; "" for those who may not know
	URLJoin      string // where to ask to join; "" for those who cannot
	Behind       []app.OnBehalf
	Ways         ways
	Saved        string // the browser's copy of the form that was just saved
}

// ways are what the reader may do with the record.
type ways struct {
	Edit    string // address of its form
	Correct string // of the form of a correction, for those who may not edit it
	Matter  string // of what its author and editors say of it
	Judge   string // where an editor decides
}

// waysOf says what the reader may do with an actor. A correction is offered to
// everybody: who is not signed in is asked to.
func waysOf(q *page.Request, r *atlas.Actor) ways {
	var w ways
	switch {
	case q.May(atlas.RightEdit, r.Subject()):
		w.Edit = route.ActorEditing(q.Lang, r.ID)
	case r.Public():
		w.Correct = route.ActorCorrecting(q.Lang, r.ID)
	}
	own := q.Viewer.SignedIn() && q.Viewer.Account == r.CreatedBy
	if q.Viewer.May(atlas.RightPublish) && r.RecordStatus == atlas.RecordReview {
		w.Judge = route.Judging(q.Lang, r.ID)
	} else if own || q.Viewer.SignedIn() && w.Edit != "" {
		w.Matter = route.Matter(q.Lang, r.ID)
	}
	return w
}

// show answers the page of one actor.
func (a *area) show(q *page.Request) error {
	if led, err := q.ToDay(); led {
		return err
	}
	r, err := a.read(q, q.PathValue("id"))
	if err != nil {
		return err
	}
	all, err := a.directory.list(q.Context(), q.Lang)
	if err != nil {
		return err
	}
	t := a.teller(q.Lang)
	p := &showPage{Base: q.Base(r.DisplayName(q.Lang)), A: r, Name: r.DisplayName(q.Lang), Ways: waysOf(q, r), URLHistory: route.ActorHistories().Of(q.Lang, r.ID)}
	p.Nav, p.Breadcrumb = route.Actors, []page.Link{{URL: route.In(q.Lang, route.Actors), Text: q.T("actors.title")}}
	p.NoIndex, p.Query = !r.Public(), nil // the address of a record has no parameters
	p.Saved = form.SavedDraft(q, draftKind, r.ID)
	if r.Type != "" {
		p.Type = t.label(atlas.ListActorType, r.Type)
	}
	if !r.Public() {
		p.Draft = t.label(atlas.ListRecordStatus, r.RecordStatus)
	}
	ties := p.around(t, seen(q.Viewer, all))
	p.Known = t.sections(r, q.Viewer, ties, p.Parent.Text != "" || len(p.Parts) > 0)
	p.Sources = t.sources(r.Sources)
	p.Verified, p.VerifiedLate = t.date(r.Verified), late(r.Verified, a.app.Now().Year(), int(a.app.Now().Month()))
	if p.Roles, err = a.roles(q.Context(), t, q.Viewer, r.ID); err != nil {
		return err
	}
	p.people(q, r)
	if p.Behind, err = a.app.BehindRecord(q.Context(), atlas.KindActor, r.ID, q.Lang); err != nil {
		return err
	}
	if !r.Generic {
		p.Linked = linkedData(r, t, p.Absolute(route.Actor(q.Lang, r.ID)), p.Parent.Text)
	}
	return q.Render(200, "actors/show", p)
}

// people leads to who belongs to the organisation those who do and who decide,
// and others who are signed in to asking.
func (p *showPage) people(q *page.Request, r *atlas.Actor) {
	if r.Generic || !r.Public() {
		return
	}
	of := atlas.Subject{Organisations: []string{r.ID}}
	member := slices.ContainsFunc(q.Viewer.Memberships, func(m atlas.Membership) bool { return m.Actor == r.ID })
	switch {
	case member, q.May(atlas.RightMembers, of):
		p.URLPeople = route.MembersOf(q.Lang, r.ID)
	case q.Viewer.SignedIn():
		p.URLJoin = route.Joining(q.Lang, r.ID)
	}
}

// late says whether a contact was last verified more than twelve months ago
// (6.4).
func late(d atlas.Date, year, month int) bool {
	last := d.Last()
	return !d.Known() || (year-last.Year)*12+month-last.Month > 12
}

// seen are the actors that the viewer may see.
func seen(v atlas.Viewer, all []*entry) []*entry {
	return slices.DeleteFunc(slices.Clone(all), func(e *entry) bool { return !atlas.Can(v, atlas.RightRead, e.subject()) })
}

// around names what the actor belongs to and what belongs to it, and gives its
// relations in both directions, all among those that may be seen.
func (p *showPage) around(t teller, all []*entry) []value {
	var to, from []value
	for _, e := range all {
		if e.id == p.A.Parent {
			p.Parent = t.actor(e.id)
		}
		if e.parent == p.A.ID {
			p.Parts = append(p.Parts, t.actor(e.id))
		}
		for _, r := range p.A.Relations {
			if r.Actor == e.id {
				to = append(to, t.relation(e.id, "to."+r.Kind, r))
			}
		}
		for _, r := range e.relations {
			if r.Actor == p.A.ID {
				from = append(from, t.relation(e.id, "from."+r.Kind, r))
			}
		}
	}
	return append(to, from...)
}

// role is the projects in which the actor has one role.
type role struct {
	Code, Title string
	Total       int
	Projects    []project
	More        int    // that are not named here
	URLAll      string // the list of all of them; "" where there is none
}

// project is one project in a list of the page.
type project struct {
	Title, URL, Years, Status string
	Draft                     string
	Sample                    bool
}

// shownProjects is how many projects of one role the page names, latest first.
const shownProjects = 20

// roles groups the projects of an actor by its role, in the order of the code
// list. Readers do not see drafts.
func (a *area) roles(ctx context.Context, t teller, v atlas.Viewer, id string) ([]role, error) {
	all, err := a.app.Reader().RolesOfActor(ctx, id)
	if err != nil {
		return nil, err
	}
	shown := map[string][]string{} // role → projects
	total := map[string]int{}
	var read []string
	for _, r := range all {
		if !atlas.Can(v, atlas.RightRead, atlas.Subject{Status: r.Status}) {
			continue
		}
		if total[r.Role]++; total[r.Role] <= shownProjects {
			shown[r.Role] = append(shown[r.Role], r.Project)
			read = append(read, r.Project)
		}
	}
	found, err := a.app.Reader().Projects(ctx, slices.Compact(slices.Sorted(slices.Values(read))))
	if err != nil {
		return nil, err
	}
	byID := map[string]*atlas.Project{}
	for _, p := range found {
		byID[p.ID] = p
	}
	return t.roles(id, total, shown, byID), nil
}

// listed are the roles by which the list of projects can be filtered.
var listed = map[string]search.Facet{atlas.RoleImplementer: search.FacetImplementer, atlas.RoleFunder: search.FacetFunder}

func (t teller) roles(id string, total map[string]int, shown map[string][]string, byID map[string]*atlas.Project) []role {
	var out []role
	add := func(code string) {
		r := role{Code: code, Title: t.label(atlas.ListRole, code), Total: total[code]}
		for _, p := range shown[code] {
			if byID[p] != nil {
				r.Projects = append(r.Projects, t.project(byID[p]))
			}
		}
		r.More = r.Total - len(r.Projects)
		if facet, ok := listed[code]; ok {
			r.URLAll = route.ProjectsBy(t.lang, string(facet), id)
		}
		out = append(out, r)
		delete(total, code)
	}
	if l, ok := t.app.Lists().List(atlas.ListRole); ok {
		for _, it := range l.Items {
			if total[it.Code] > 0 {
				add(it.Code)
			}
		}
	}
	for _, code := range slices.Sorted(maps.Keys(total)) { // roles the list does not have
		add(code)
	}
	return out
}

func (t teller) project(p *atlas.Project) project {
	line := project{Title: p.Title(t.lang), URL: route.Project(t.lang, p.ID), Years: t.years(p), Sample: p.Sample}
	if p.Status != "" && p.Status != atlas.StatusUnknown {
		line.Status = t.label(atlas.ListStatus, p.Status)
	}
	if !p.Public() {
		line.Draft = t.label(atlas.ListRecordStatus, p.RecordStatus)
	}
	return line
}

// years writes the time of a project: "2017–2020", "od 2019", "2014"; "" when
// it is not known.
func (t teller) years(p *atlas.Project) string {
	from, to := strconv.Itoa(p.From.Year), strconv.Itoa(p.To.Year)
	switch {
	case !p.From.Known() && !p.To.Known():
		return ""
	case !p.From.Known():
		return t.T("actors.years.until", "year", to)
	case p.To.Known() && from != to:
		return from + "–" + to
	case !p.To.Known() && p.Ongoing:
		return t.T("actors.years.since", "year", from)
	}
	return from
}
