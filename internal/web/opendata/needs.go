package opendata

import (
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/web/question"
	"atlas/internal/web/route"
)

// Parameters of the lists of needs and of extents of sources.
const (
	paramArea   = "oblast"
	paramPlace  = "uzemi"
	paramStatus = "stav"
)

func (a *area) needEndpoints() []endpoint {
	asked := []parameter{
		{name: question.ParamText, doc: "Beginnings of words of the title or description", example: "čeština"},
		{name: paramPlace, doc: "Code of a territory: needs of it, of what lies in it and of what it lies in", example: "CZ041"},
		{name: paramArea, doc: "Area of integration, a code of CL-01", example: "JAZ"},
		{name: paramStatus, doc: "Status, a code of CL-32", example: "OVEREN"},
	}
	place := []parameter{
		{name: paramPlace, doc: "Code of a territory that the extent says something of", example: "CZ041"},
		{name: paramYear, doc: "Year", from: atlas.FirstYear, to: 2100, example: "2024"},
	}
	return []endpoint{
		{pattern: route.APINeeds, id: "needs", summary: "Needs in the order of their codes", params: slices.Concat(asked, pages), shape: NeedPage{}, read: a.needs},
		{pattern: route.APINeed, id: "need", summary: "One need", shape: Need{}, read: a.need},
		{pattern: route.APISources, id: "sources", summary: "Which territories and years of sources of projects are here: without that, a missing project says nothing", params: slices.Concat(place, pages), shape: SourceExtentPage{}, read: a.sources},
		{pattern: route.APISource, id: "source", summary: "One source and what of it is here", shape: SourceExtent{}, read: a.source},
	}
}

// needs answers one page: one stream over all needs, of which there are few.
func (a *area) needs(q *asked) (any, error) {
	text, place, area, status := words(q.text(question.ParamText)), q.text(paramPlace), q.text(paramArea), q.text(paramStatus)
	var found []*atlas.Need
	err := a.app.Reader().EachNeed(q.Context(), func(n *atlas.Need) error {
		is := func(asked, value string) bool { return asked == "" || asked == value }
		near := place == "" || slices.Contains(a.app.Chain(n.Territory), place) || slices.Contains(a.app.Chain(place), n.Territory) || n.Territory == atlas.CountryCode || place == atlas.CountryCode
		if n.Public() && near && is(area, n.Area) && is(status, n.Status) && begins(" "+strings.Join(words(n.ID+" "+n.Title+" "+n.Description), " "), text) {
			found = append(found, n)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(found, func(x, y *atlas.Need) int { return strings.Compare(x.ID, y.ID) })
	c := q.cut()
	page := of(c, found)
	answers, err := q.answers(page)
	if err != nil {
		return nil, err
	}
	notes := q.unknownPlace(place)
	for list, code := range map[string]string{atlas.ListArea: area, atlas.ListNeedStatus: status} {
		if code != "" && !q.lists.Has(list, code) {
			notes = append(notes, q.unknownCode(map[string]string{atlas.ListArea: paramArea, atlas.ListNeedStatus: paramStatus}[list], code))
		}
	}
	slices.SortFunc(notes, func(x, y Note) int { return strings.Compare(*x.Parameter, *y.Parameter) })
	return NeedPage{
		Paging: q.paging(len(found), c, q.given(question.ParamText, paramPlace, paramArea, paramStatus), notes),
		Items:  list(page, func(n *atlas.Need) Need { return q.filler.need(n, answers) }),
	}, nil
}

// unknownPlace notes a territory that no register has.
func (q *asked) unknownPlace(code string) []Note {
	if _, ok := q.places.Get(code); code != "" && !ok {
		return []Note{q.unknownCode(paramPlace, code)}
	}
	return []Note{}
}

func (a *area) need(q *asked) (any, error) {
	n, err := a.app.Reader().Need(q.Context(), q.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !n.Public() {
		return nil, atlas.ErrNotFound
	}
	answers, err := q.answers([]*atlas.Need{n})
	return q.filler.need(n, answers), err
}

// answers reads the published projects and calls that needs name: title by code.
func (q *asked) answers(needs []*atlas.Need) (map[string]string, error) {
	var projects, calls []string
	for _, n := range needs {
		projects, calls = append(projects, n.Projects...), append(calls, n.Calls...)
	}
	out := map[string]string{}
	found, err := q.app.Reader().Projects(q.Context(), projects)
	if err != nil {
		return nil, err
	}
	for _, p := range found {
		if p.Public() {
			out[p.ID] = p.Title("cs")
		}
	}
	announced, err := q.app.Reader().Calls(q.Context(), calls)
	for _, c := range announced {
		if c.Public() {
			out[c.ID] = c.Title
		}
	}
	return out, err
}

// need gives a need its public shape; answers says to which records it may lead.
// Few people are not counted (8.10).
func (f filler) need(n *atlas.Need, answers map[string]string) Need {
	shown := *n
	shown.HideFew()
	out := Need{
		Record: f.record(n.ID, route.Need("cs", n.ID), n.Meta), Title: n.Title, Description: opt(n.Description),
		Kind: f.code(atlas.ListNeedKind, n.Kind), Area: f.code(atlas.ListArea, n.Area), TargetLegal: f.codes(atlas.ListTargetLegal, n.TargetLegal),
		People: f.people(shown.People), Few: shown.Few, Severity: whole(n.Severity), Origin: f.code(atlas.ListNeedOrigin, n.Origin),
		ReportedOn: date(n.Reported), Evidence: opt(n.Evidence), Status: f.code(atlas.ListNeedStatus, n.Status), Open: n.Open(),
		Projects: refs(n.Projects, answers), Calls: refs(n.Calls, answers), Measures: list(n.Measures, link), Sources: list(n.Sources, f.source),
	}
	if n.Territory != "" {
		p := f.place(n.Territory)
		out.Territory = &p
	}
	return out
}

func refs(ids []string, titles map[string]string) []RecordRef {
	out := []RecordRef{}
	for _, id := range ids {
		if title, ok := titles[id]; ok {
			out = append(out, RecordRef{id, title})
		}
	}
	return out
}

// sources answers what of which source is here, from memory.
func (a *area) sources(q *asked) (any, error) {
	place, year := q.text(paramPlace), q.number(paramYear, 0)
	found := a.app.Completeness().All()
	switch {
	case place != "" && year != 0:
		found = a.app.Completeness().Of(a.app.Chain(place), year, year)
	case place != "":
		found = a.app.Completeness().Of(a.app.Chain(place), 0, 9999)
	case year != 0:
		found = slices.DeleteFunc(slices.Clone(found), func(x atlas.SourceExtent) bool { return x.From > year || x.To < year })
	}
	c := q.cut()
	given := q.given(paramPlace)
	if year != 0 {
		given.Set(paramYear, strconv.Itoa(year))
	}
	return SourceExtentPage{Paging: q.paging(len(found), c, given, q.unknownPlace(place)), Items: list(of(c, found), q.filler.extent)}, nil
}

func (a *area) source(q *asked) (any, error) {
	x, err := a.app.Reader().Extent(q.Context(), q.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !x.Public() {
		return nil, atlas.ErrNotFound
	}
	return q.filler.extent(*x), nil
}

func (f filler) extent(x atlas.SourceExtent) SourceExtent {
	return SourceExtent{
		Record: f.record(x.ID, route.Extent("cs", x.ID), x.Meta), Source: x.Source, Publisher: opt(x.Publisher), URL: opt(x.URL),
		Programmes: f.codes(atlas.ListProgramme, x.Programmes), Territories: list(x.Territories, f.place), From: x.From, To: x.To,
		State: string(x.State), CheckedOn: date(x.CheckedOn), Batch: opt(x.Batch), Note: opt(x.Note),
	}
}
