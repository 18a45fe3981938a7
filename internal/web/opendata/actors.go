package opendata

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/search"
	"atlas/internal/web/question"
	"atlas/internal/web/route"
)

// Parameters of the list of actors.
const (
	paramType   = "typ"
	paramRegion = "kraj"
)

func (a *area) actorEndpoints() []endpoint {
	asked := []parameter{
		{name: question.ParamText, doc: "Beginnings of words of a name, a code or an IČO", example: "plzen"},
		{name: paramType, doc: "Type of the actor, a code of CL-08", example: "OBEC"},
		{name: paramRegion, doc: "Code of the kraj it works in, or CZ for the whole country", example: "CZ032"},
	}
	return []endpoint{
		{pattern: route.APIActors, id: "actors", summary: "Actors in the order of their codes", params: slices.Concat(asked, pages), shape: ActorPage{}, read: a.actorList},
		{pattern: route.APIActor, id: "actor", summary: "One actor", shape: Actor{}, read: a.actor},
	}
}

// actorList answers one page: the directory, one read of its records and one of
// those they lead to.
func (a *area) actorList(q *asked) (any, error) {
	all, err := a.actors.list(q.Context())
	if err != nil {
		return nil, err
	}
	asked, values, notes := q.actorQuestion()
	c, found := q.cut(), asked.narrow(all)
	page, err := a.app.Reader().Actors(q.Context(), of(c, found))
	if err != nil {
		return nil, err
	}
	items, err := a.fillActors(q, page)
	return ActorPage{Paging: q.paging(len(found), c, values, notes), Items: items}, err
}

func (q *asked) actorQuestion() (actorQuestion, url.Values, []Note) {
	out := actorQuestion{kind: q.text(paramType), region: q.text(paramRegion), words: words(q.text(question.ParamText))}
	if joined := strings.Join(out.words, ""); len(joined) >= 6 && question.IsNumber(joined) {
		out.ico = joined
		if ico, ok := czech.NormaliseICO(joined); ok {
			out.ico = ico
		}
	}
	notes := []Note{}
	if out.kind != "" && !q.lists.Has(atlas.ListActorType, out.kind) {
		notes = append(notes, q.unknownCode(paramType, out.kind))
	}
	if _, ok := q.places.Get(out.region); out.region != "" && !ok {
		notes = append(notes, q.unknownCode(paramRegion, out.region))
	}
	return out, q.given(question.ParamText, paramType, paramRegion), notes
}

func (q *asked) unknownCode(parameter, code string) Note {
	return Note{Kind: "unknown_code", Parameter: &parameter, Value: opt(code), Message: q.say("opendata.note.unknown", "code", code)}
}

// given are the parameters that say something, to be kept by links.
func (q *asked) given(names ...string) url.Values {
	out := url.Values{}
	for _, name := range names {
		if v := q.text(name); v != "" {
			out.Set(name, v)
		}
	}
	return out
}

func (a *area) actor(q *asked) (any, error) {
	r, err := a.app.Reader().Actor(q.Context(), q.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !r.Public() {
		return nil, atlas.ErrNotFound
	}
	out, err := a.fillActors(q, []*atlas.Actor{r})
	if err != nil {
		return nil, err
	}
	return out[0], nil
}

// fillActors gives actors their public shapes.
func (a *area) fillActors(q *asked, all []*atlas.Actor) ([]Actor, error) {
	var others, ids []string
	for _, r := range all {
		ids = append(ids, r.ID)
		if r.Parent != "" {
			others = append(others, r.Parent)
		}
		for _, x := range r.Relations {
			others = append(others, x.Actor)
		}
	}
	published, err := a.publishedActors(q.Context(), others)
	if err != nil {
		return nil, err
	}
	n := tally{a.count(search.FacetImplementer, ids), a.count(search.FacetFunder, ids)}
	public := slices.DeleteFunc(slices.Clone(all), func(r *atlas.Actor) bool { return !r.Public() })
	return list(public, func(r *atlas.Actor) Actor { return q.actorOf(r, published, n) }), nil
}

func (a *area) publishedActors(ctx context.Context, ids []string) (map[string]bool, error) {
	out := map[string]bool{}
	if len(ids) == 0 {
		return out, nil
	}
	found, err := a.app.Reader().Actors(ctx, slices.Compact(slices.Sorted(slices.Values(ids))))
	for _, r := range found {
		if r.Public() {
			out[r.ID] = true
		}
	}
	return out, err
}

// count is how many published projects have some values of a facet.
func (a *area) count(f search.Facet, values []string) map[string]int {
	out := map[string]int{}
	if len(values) == 0 {
		return out
	}
	r := a.app.Index().Search(search.Query{Count: []search.Facet{f}, Only: map[search.Facet][]string{f: values}})
	for _, c := range r.Facets[f] {
		out[c.Value] = c.Count
	}
	return out
}
