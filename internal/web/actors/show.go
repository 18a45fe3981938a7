package actors

import (
	"context"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/search"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// showPage is one actor.
type showPage struct {
	page.Base
	A            *atlas.Actor
	Name, Type   string
	Draft        string // name of the record's status when it is not published
	Sections     []*section
	Roles        []role
	Sources      []source
	Parent       link
	Parts        []link // actors that belong to this one
	Verified     string
	VerifiedLate bool // more than a year ago, or never
	Linked       map[string]any
	URLEdit      string
}

// CanWrite says whether the reader may change the record.
func (p showPage) CanWrite() bool { return p.Viewer.Write }

// show answers the page of one actor.
func (a *area) show(q *page.Request) error {
	r, err := a.read(q, q.PathValue("id"))
	if err != nil {
		return err
	}
	all, err := a.directory.list(q.Context(), q.Lang)
	if err != nil {
		return err
	}
	t := a.teller(q.Lang)
	p := &showPage{Base: q.Base(r.DisplayName(q.Lang)), A: r, Name: r.DisplayName(q.Lang), URLEdit: route.ActorEditing(q.Lang, r.ID)}
	p.Nav, p.Breadcrumb = route.Actors, []page.Link{{URL: route.In(q.Lang, route.Actors), Text: q.T("actors.title")}}
	p.NoIndex = !r.Public()
	if r.Type != "" {
		p.Type = t.label(atlas.ListActorType, r.Type)
	}
	if !r.Public() {
		p.Draft = t.label(atlas.ListRecordStatus, r.RecordStatus)
	}
	ties := p.around(t, seen(q.Viewer, all))
	p.Sections = t.sections(r, q.Viewer, ties)
	p.Sources = t.sources(r.Sources)
	p.Verified, p.VerifiedLate = t.date(r.Verified), late(r.Verified, a.app.Now().Year(), int(a.app.Now().Month()))
	if p.Roles, err = a.roles(q.Context(), t, q.Viewer, r.ID); err != nil {
		return err
	}
	if !r.Generic {
		p.Linked = linkedData(r, t, p.Absolute(route.Actor(q.Lang, r.ID)), p.Parent.Text)
	}
	return q.Render(200, "actors/show", p)
}

// late says whether a contact was last verified more than twelve months ago
// (6.4).
func late(d atlas.Date, year, month int) bool {
	last := d.Last()
	return !d.Known() || (year-last.Year)*12+month-last.Month > 12
}

// seen are the actors that the viewer may see.
func seen(v atlas.Viewer, all []*entry) []*entry {
	return slices.DeleteFunc(slices.Clone(all), func(e *entry) bool { return !atlas.Can(v, atlas.ActRead, e.Meta) })
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
	URLAll      string // the list of all of them; "" where there is none
}

// project is one project in a list of the page.
type project struct {
	Title, URL, Years, Status string
	Draft                     string
	Sample                    bool
}

const (
	shownProjects = 20  // projects of one role, newest first
	mostOthers    = 200 // projects in which the actor is neither implementer nor funder
)

// roles finds the projects of an actor. What it carries out and funds is
// counted and found by the index; the rest – partners, drafts – is read.
func (a *area) roles(ctx context.Context, t teller, v atlas.Viewer, id string) ([]role, error) {
	main := []role{
		a.indexed(t, search.FacetImplementer, atlas.RoleImplementer, id),
		a.indexed(t, search.FacetFunder, atlas.RoleFunder, id),
	}
	theirs, err := a.app.Reader().ProjectsOfActor(ctx, id)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	var read []string
	for _, r := range main {
		for i, p := range r.ids {
			known[p] = true
			if i < shownProjects {
				read = append(read, p)
			}
		}
	}
	var others []string
	for _, p := range slices.Backward(theirs) {
		if !known[p] && len(others) < mostOthers {
			others = append(others, p)
		}
	}
	found, err := a.app.Reader().Projects(ctx, append(read, others...))
	if err != nil {
		return nil, err
	}
	return t.roles(v, id, main, found, others), nil
}

// found is a role whose projects the index knows.
type found struct {
	role
	ids []string // newest first, all of them
}

func (a *area) indexed(t teller, facet search.Facet, code, id string) found {
	n := a.app.Index().Len()
	r := a.app.Index().Search(search.Query{
		Filters: map[search.Facet][]string{facet: {id}}, Sort: search.SortYear, Limit: n,
	})
	return found{ids: r.Hits, role: role{Code: code, Total: r.Total, URLAll: route.ProjectsBy(t.lang, string(facet), id)}}
}

// roles writes the groups: those of the index first, then the others by role in
// the order of the code list.
func (t teller) roles(v atlas.Viewer, id string, main []found, all []*atlas.Project, others []string) []role {
	byID := map[string]*atlas.Project{}
	for _, p := range all {
		byID[p.ID] = p
	}
	var out []role
	for _, f := range main {
		for _, p := range f.ids[:min(len(f.ids), shownProjects)] {
			if byID[p] != nil {
				f.Projects = append(f.Projects, t.project(byID[p]))
			}
		}
		if f.Total > 0 {
			out = append(out, f.role)
		}
	}
	for _, p := range others {
		if byID[p] == nil || !atlas.Can(v, atlas.ActRead, byID[p].Meta) {
			continue
		}
		for _, code := range rolesIn(byID[p], id) {
			i := slices.IndexFunc(out, func(r role) bool { return r.Code == code })
			if i < 0 {
				i = len(out)
				out = append(out, role{Code: code})
			}
			out[i].Total++
			out[i].Projects = append(out[i].Projects, t.project(byID[p]))
		}
	}
	for i := range out {
		out[i].Title = t.label(atlas.ListRole, out[i].Code)
	}
	return out
}

// rolesIn are the roles of an actor in a project, each once; who gave money is
// a funder.
func rolesIn(p *atlas.Project, id string) []string {
	var out []string
	for _, q := range p.Parties {
		if q.Actor == id {
			out = append(out, q.Role)
		}
	}
	for i := range p.Funding {
		if p.Funding[i].Funder == id {
			out = append(out, atlas.RoleFunder)
		}
	}
	return slices.Compact(slices.Sorted(slices.Values(out)))
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
