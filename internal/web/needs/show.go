package needs

import (
	"net/http"
	"net/url"

	"atlas"
	"atlas/internal/search"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// showPage is one need.
type showPage struct {
	page.Base
	N                   *atlas.Need
	Draft, Status       string
	Severity            string
	Facts               []fact
	Unknown             []string
	Projects, Calls     []link
	Cover               []cover
	Sources             []source
	MayEdit             bool
	URLEdit, URLHistory string
	URLMerge            string // for those who may, "" else
	Merged              []merged
	Saved               string // the browser's copy of the form that was just saved
}

// fact is one known field.
type fact struct {
	Label, Text, Href string
	Long              bool
}

// cover is how many projects of the area of the need there are in its place or in a
// wider one.
type cover struct {
	Place, URL string
	Now, Ever  int
	URLNow     string
	Sources    string // what is known of the sources of the place and year: part of a key
}

// merged is a need that lives on in this one, with the way to take that back.
type merged struct{ Title, ID, Action string }

// source is one source of the record.
type source struct{ Kind, URL, Href, Accessed, Note string }

// show answers the page of one need.
func (a *area) show(q *page.Request) error {
	if led, err := q.ToDay(); led {
		return err
	}
	n, err := a.app.Reader().Need(q.Context(), q.PathValue("id"))
	if err != nil {
		return err
	}
	if !q.May(atlas.RightRead, n.Subject()) {
		return atlas.ErrNotFound
	}
	t := a.teller(q.Lang)
	p := &showPage{
		Base: q.Base(n.Title), N: n, Status: t.label(atlas.ListNeedStatus, n.Status), Severity: t.severity(n.Severity), MayEdit: q.May(atlas.RightEdit, n.Subject()),
		URLEdit: route.NeedEditing(q.Lang, n.ID), URLHistory: route.NeedHistories().Of(q.Lang, n.ID),
	}
	p.Nav, p.Breadcrumb = route.Needs, []page.Link{{URL: route.In(q.Lang, route.Needs), Text: q.T("needs.title")}}
	p.NoIndex, p.Query = !n.Public(), nil // the address of a record has no parameters
	p.Saved = form.SavedDraft(q, draftKind, n.ID)
	if !n.Public() {
		p.Draft = t.label(atlas.ListRecordStatus, n.RecordStatus)
	}
	p.facts(t, n)
	p.Sources = t.sources(n.Sources)
	p.Cover = t.covers(n)
	if q.Viewer.May(atlas.RightPublish) {
		p.URLMerge = route.NeedMerging(q.Lang, n.ID)
		err := a.app.Reader().EachNeed(q.Context(), func(x *atlas.Need) error {
			if x.MergedInto == n.ID {
				p.Merged = append(p.Merged, merged{x.Title, x.ID, route.NeedUnmerging(q.Lang, x.ID)})
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	if err := a.linked(q, p); err != nil {
		return err
	}
	return q.Render(http.StatusOK, "needs/show", p)
}

func (p *showPage) facts(t teller, n *atlas.Need) {
	tell := func(field, text, href string) {
		label := t.T("needs.field." + field)
		if text == "" {
			p.Unknown = append(p.Unknown, label)
			return
		}
		p.Facts = append(p.Facts, fact{label, text, href, field == "description" || field == "evidence"})
	}
	tell("description", n.Description, "")
	tell("kind", t.label(atlas.ListNeedKind, n.Kind), "")
	tell("area", t.label(atlas.ListArea, n.Area), "")
	tell("territory", t.place(n.Territory), route.Territory(t.lang, n.Territory))
	tell("target_legal", t.labels(atlas.ListTargetLegal, n.TargetLegal), "")
	tell("people", t.people(n, p.MayEdit), "")
	tell("origin", t.label(atlas.ListNeedOrigin, n.Origin), "")
	tell("reported", t.date(n.Reported), "")
	tell("evidence", n.Evidence, "")
}

// linked names the projects and calls that answer the need, those that the viewer
// may see.
func (a *area) linked(q *page.Request, p *showPage) error {
	projects, err := a.app.Reader().Projects(q.Context(), p.N.Projects)
	if err != nil {
		return err
	}
	for _, x := range projects {
		if q.May(atlas.RightRead, x.Subject()) {
			p.Projects = append(p.Projects, link{x.Title(q.Lang), route.Project(q.Lang, x.ID)})
		}
	}
	calls, err := a.app.Reader().Calls(q.Context(), p.N.Calls)
	for _, x := range calls {
		if q.May(atlas.RightRead, x.Subject()) {
			p.Calls = append(p.Calls, link{x.Title, route.Call(q.Lang, x.ID)})
		}
	}
	return err
}

// covers counts the projects of the area of the need in its place and in the wider
// ones, the nearest first: those of this year and all. A place of which no source is
// whole in the database is never called uncovered.
func (t teller) covers(n *atlas.Need) []cover {
	if n.Territory == "" || n.Area == "" {
		return nil
	}
	year := t.app.Now().Year()
	var out []cover
	chain := t.app.Chain(n.Territory)
	for _, code := range append(chain[:1:1], reversed(chain[1:])...) {
		where := search.FacetTerritory
		if code == atlas.CountryCode { // projects of all its parts, not only nationwide ones
			where = search.FacetCountry
		}
		values := url.Values{string(where): {code}, string(search.FacetArea): {n.Area}}
		c := cover{Place: t.place(code), URL: route.ProjectsWith(t.lang, values)}
		filters := map[search.Facet][]string{where: {code}, search.FacetArea: {n.Area}}
		c.Ever = t.app.Index().Search(search.Query{Filters: filters}).Total
		filters[search.FacetYear] = []string{yearText(year)}
		values.Set(string(search.FacetYear), yearText(year))
		c.Now, c.URLNow = t.app.Index().Search(search.Query{Filters: filters}).Total, route.ProjectsWith(t.lang, values)
		sources := t.app.Completeness()
		whole, part, missing := sources.At(t.app.Chain(code), year, year)
		switch {
		case whole > 0:
			c.Sources = "loaded"
		case part > 0:
			c.Sources = "partial"
		case missing > 0:
			c.Sources = "missing"
		default:
			c.Sources = "unseen"
		}
		out = append(out, c)
	}
	return out
}

func reversed(all []string) []string {
	var out []string
	for i := len(all) - 1; i >= 0; i-- {
		out = append(out, all[i])
	}
	return out
}

func (t teller) sources(all []atlas.Source) []source {
	var out []source
	for _, s := range all {
		out = append(out, source{Kind: t.label(atlas.ListSourceKind, s.Kind), URL: s.URL, Href: route.Outside(s.URL), Accessed: t.date(s.Accessed), Note: s.Note})
	}
	return out
}

// Measures are the references of the need with safe addresses.
func (p showPage) Measures() []link {
	var out []link
	for _, m := range p.N.Measures {
		text := m.Title
		if text == "" {
			text = m.URL
		}
		out = append(out, link{text, route.Outside(m.URL)})
	}
	return out
}
