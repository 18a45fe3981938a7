package opendata

import (
	"context"
	"net/url"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/search"
	"atlas/internal/web/question"
	"atlas/internal/web/route"
)

// Parameters of the counts of facets.
const (
	paramFacet  = "facet"
	paramValues = "hodnot"
)

// usualValues is how many values of a facet are counted out where nothing else
// is asked; chosen ones always are.
const usualValues, mostValues = 100, 1000

func (a *area) projectEndpoints() []endpoint {
	asked := questionParams()
	return []endpoint{
		{pattern: route.APIProjects, id: "projects", summary: "Projects under a question, as the list shows them", params: slices.Concat(asked, pages, counted("Facets to count as well: the answer then has the field facets; none where none is given")), shape: ProjectPage{}, read: a.projects},
		{pattern: route.APIProject, id: "project", summary: "One project", shape: ProjectDetail{}, read: a.project},
		{pattern: route.APIFacets, id: "facets", summary: "Exact counts of projects by facets under a question", params: slices.Concat(asked, counted("Facets to count; all where none is given")), shape: FacetPage{}, read: a.facets},
	}
}

// counted are the parameters of the counts of facets; doc says what naming some
// does.
func counted(doc string) []parameter {
	names := list(question.Offered, func(f search.Facet) string { return string(f) })
	return []parameter{
		{name: paramFacet, doc: doc, many: true, oneOf: names, example: "oblast"},
		{name: paramValues, doc: "Most values of each facet, those with the highest counts; chosen ones are given besides", from: 1, to: mostValues, usual: strconv.Itoa(usualValues)},
	}
}

// questionParams are the parameters of the list of projects.
func questionParams() []parameter {
	sorts := list(question.Orders, func(o question.Order) string { return o.Name })
	out := []parameter{
		{name: question.ParamText, doc: `Words, "a phrase", -without, begin*; in any form, with or without diacritics`, example: "kurzy češtiny"},
		{name: question.ParamSort, doc: "Order: relevance, first year, amount, newest added, title", oneOf: sorts, usual: sorts[0]},
		{name: question.ParamView, doc: "View of the page for people; has no effect here", ignored: true},
	}
	for _, f := range question.Facets {
		doc := "Any of the values of the facet; see facets"
		if code, ok := question.Lists[f]; ok {
			doc = "Any of the codes of " + code
		}
		if f == search.FacetCoverage {
			doc = "Row of a matrix of coverage: a territory with its local projects, CZ0421; what counts for a kraj as a whole, CZ042-okres; CZ nationwide or not known where; ZAHR abroad"
		}
		out = append(out, parameter{name: string(f), doc: doc, many: true})
	}
	return out
}

// question reads the question and what has to be said about it.
func (q *asked) question() (question.Question, []Note) {
	asked, noted := question.Read(q.values, question.Narrowest(q.places))
	notes := []Note{}
	for _, n := range noted {
		note := Note{Kind: string(n), Message: q.say("projects.note." + string(n))}
		if n == question.NoteLong {
			note.Parameter = opt(question.ParamText)
		}
		if n != question.NoteSort { // refused before
			notes = append(notes, note)
		}
	}
	for _, f := range question.Facets {
		for _, code := range asked.Filters[f] {
			if _, known := q.vocabulary("cs").Label(f, code); !known {
				notes = append(notes, q.unknownCode(string(f), code))
			}
		}
	}
	return asked, notes
}

// say is a message in both languages.
func (f filler) say(key string, args ...any) Words {
	return both(func(lang string) string { return f.words.T(lang, key, args...) })
}

func (f filler) vocabulary(lang string) question.Vocabulary {
	return question.Vocabulary{
		Lang: lang, Lists: f.lists, Places: f.places,
		Actor: func(id string) string { return f.app.ActorName(id, lang) },
		Band:  func(code string) string { return f.app.BandWords(code, lang) },
		Word:  func(key string) string { return f.words.T(lang, key) },
	}
}

// value is a value of a facet with its name.
func (f filler) value(facet search.Facet, code string) Code {
	return Code{Code: code, Label: both(func(lang string) string {
		label, _ := f.vocabulary(lang).Label(facet, code)
		return label
	})}
}

// projects answers one page, with the counts of the facets named: one question
// to the index, and while that counts, one read of its projects and, where some
// follow on others, one more.
func (a *area) projects(q *asked) (any, error) {
	asked, notes := q.question()
	c := q.cut()
	count := q.named()
	query := asked.Query(count, c.offset(), c.size)
	query.Most, query.Correct = q.number(paramValues, usualValues), true
	reading := make(chan records, 1)
	query.Found = func(ids []string) { go func() { reading <- a.records(q.Context(), ids) }() }
	r := a.app.Index().Search(query)
	found := <-reading
	if found.err != nil {
		return nil, found.err
	}
	if r.Truncated != "" {
		notes = append(notes, Note{Kind: "words", Parameter: opt(question.ParamText), Message: q.say("projects.truncated")})
	}
	return ProjectPage{
		Paging: q.paging(r.Total, c, q.counting(asked.Values()), notes), Amount: sum(r.Amount), DidYouMean: opt(r.DidYouMean),
		Items:  list(found.projects, func(p *atlas.Project) Project { return q.filler.project(p, found.published) }),
		Facets: q.facetsOf(count, r),
	}, nil
}

// records are the projects of a page, and which of those that they follow
// anybody may read.
type records struct {
	projects  []*atlas.Project
	published map[string]bool
	err       error
}

func (a *area) records(ctx context.Context, ids []string) (r records) {
	if r.projects, r.err = a.public(ctx, ids); r.err != nil {
		return r
	}
	var before []string
	for _, p := range r.projects {
		before = append(before, p.Follows...)
	}
	r.published, r.err = a.published(ctx, before)
	return r
}

// public reads those of the projects that anybody may read, in the order of
// ids.
func (a *area) public(ctx context.Context, ids []string) ([]*atlas.Project, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := a.app.Reader().Projects(ctx, ids)
	return slices.DeleteFunc(found, func(p *atlas.Project) bool { return !p.Public() }), err
}

// published says which of the projects anybody may read.
func (a *area) published(ctx context.Context, ids []string) (map[string]bool, error) {
	found, err := a.public(ctx, slices.Compact(slices.Sorted(slices.Values(ids))))
	out := make(map[string]bool, len(found))
	for _, p := range found {
		out[p.ID] = true
	}
	return out, err
}

// project answers one project.
func (a *area) project(q *asked) (any, error) {
	p, err := a.app.Reader().Project(q.Context(), q.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !p.Public() {
		return nil, atlas.ErrNotFound
	}
	after, err := a.app.Reader().FollowedBy(q.Context(), p.ID)
	if err != nil {
		return nil, err
	}
	published, err := a.published(q.Context(), slices.Concat(p.Follows, after))
	return ProjectDetail{Project: q.filler.project(p, published), FollowedBy: only(after, published)}, err
}

// facets answers the counts of facets. It asks the index only.
func (a *area) facets(q *asked) (any, error) {
	asked, notes := q.question()
	count := question.Offered
	if len(q.values[paramFacet]) > 0 {
		count = q.named()
	}
	query := asked.Query(count, 0, 0)
	query.Most = q.number(paramValues, usualValues)
	r := a.app.Index().Search(query)
	return FacetPage{Total: r.Total, Amount: sum(r.Amount), Facets: q.facetsOf(count, r), Notes: notes}, nil
}

// named are the facets that the parameter facet names, in the order of the list.
func (q *asked) named() []search.Facet {
	return slices.DeleteFunc(slices.Clone(question.Offered), func(f search.Facet) bool { return !slices.Contains(q.values[paramFacet], string(f)) })
}

// counting adds to a question what is asked of its counts, where something is,
// so that other pages of the list bring them as well.
func (q *asked) counting(values url.Values) url.Values {
	if count := q.named(); len(count) > 0 {
		values[paramFacet] = list(count, func(f search.Facet) string { return string(f) })
		if n := q.number(paramValues, usualValues); n != usualValues {
			values.Set(paramValues, strconv.Itoa(n))
		}
	}
	return values
}

// facetsOf tells the counts of facets.
func (q *asked) facetsOf(count []search.Facet, r search.Result) []Facet {
	return list(count, func(f search.Facet) Facet { return q.facet(f, r.Facets[f], r.Distinct[f]) })
}

// facet tells the counts of a facet, in the order of the index; there are so
// many values with a count.
func (q *asked) facet(f search.Facet, counts []search.FacetCount, known int) Facet {
	out := Facet{
		Name: string(f), Label: q.say("projects.facet." + string(f)), List: opt(question.Lists[f]),
		Known: known, Values: make([]FacetValue, 0, len(counts)),
	}
	for _, c := range counts {
		if c.Count == 0 { // chosen all the same
			out.Known++
		}
		out.Values = append(out.Values, FacetValue{Code: q.value(f, c.Value), Count: c.Count, Adds: c.Adds, Selected: c.Selected})
	}
	return out
}
