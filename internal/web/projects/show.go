package projects

import (
	"context"
	"strconv"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/search"
	"atlas/internal/web/chart"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// showPage is one project with everything that is known of it.
type showPage struct {
	page.Base
	P             *atlas.Project
	Draft         string // name of the record's status when it is not published
	Status, Years string
	Place         string
	Implementers  []namedLink
	Money         moneyView
	Parts         []*section
	Silent        []*section // of which nothing is known
	Where         chart.Map
	Parties       []partyLine
	PartyMoney    bool // some organisation has an amount of its own
	Measures      []measureLine
	Media         []mediaLine
	Before, After []chainLink
	Ends          bool // support ends and nothing follows (U-04)
	Similar       []likeLine
	Costs         []costLine // beside others like it
	Judged        judgedView
	Sources       []sourceLine
	Behind        []app.OnBehalf // who entered the record in whose name
	Complete      string
	Lacking       []string
	RecordLine    string
	Linked        map[string]any
	Practice      *practiced
	URLHistory    string
	Ways          ways
	Saved         string // the browser's copy of the form that was just saved
}

// ways are what the reader may do with the record.
type ways struct {
	Edit    string // address of its form
	Correct string // of the form of a correction, for those who may not edit it
	Matter  string // of what its author and editors say of it
	Judge   string // where an editor decides
}

// waysOf says what the reader may do with a project. A correction is offered to
// everybody: who is not signed in is asked to.
func waysOf(q *page.Request, p *atlas.Project) ways {
	var w ways
	switch {
	case q.May(atlas.RightEdit, p.Subject()):
		w.Edit = route.ProjectEditing(q.Lang, p.ID)
	case p.Public():
		w.Correct = route.ProjectCorrecting(q.Lang, p.ID)
	}
	own := q.Viewer.SignedIn() && q.Viewer.Account == p.CreatedBy
	if publisher := q.Viewer.May(atlas.RightPublish); publisher && p.RecordStatus == atlas.RecordReview {
		w.Judge = route.Judging(q.Lang, p.ID)
	} else if own || q.Viewer.SignedIn() && w.Edit != "" {
		w.Matter = route.Matter(q.Lang, p.ID)
	}
	return w
}

// surroundings is what the page of a project reads beside the project itself.
type surroundings struct {
	chain   app.Chain
	ends    bool
	hits    []search.SimilarHit
	similar []*atlas.Project
	types   map[string]string // actor → CL-08
	costs   []app.Compared
}

// show answers the page of one project. A merged one leads to where it lives
// on; one that the reader may not see is not there for him.
func (a *area) show(q *page.Request) error {
	if led, err := q.ToDay(); led {
		return err
	}
	p, err := a.app.Reader().Project(q.Context(), q.PathValue("id"))
	if err != nil {
		return err
	}
	if !q.May(atlas.RightRead, p.Subject()) {
		return atlas.ErrNotFound
	}
	around, err := a.surroundings(q.Context(), p)
	if err != nil {
		return err
	}
	t := a.teller(q.Lang)
	s := &showPage{Base: q.Base(p.Title(q.Lang)), P: p, Ways: waysOf(q, p), URLHistory: route.ProjectHistories().Of(q.Lang, p.ID)}
	s.Saved = form.SavedDraft(q, draftKind, p.ID)
	s.Query = nil // the address of a project has no parameters
	s.Nav, s.Description = route.Projects, brief(p.Annotation)
	s.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Projects), Text: q.T("projects.title")}}
	s.NoIndex = !p.Public() || p.Sample
	s.head(t, p)
	s.body(t, p, around, a.outlines())
	s.tail(t, p)
	if s.Practice, err = a.practice(q, p); err != nil {
		return err
	}
	if s.Behind, err = a.app.BehindRecord(q.Context(), atlas.KindProject, p.ID, q.Lang); err != nil {
		return err
	}
	if s.Judged, err = a.judged(q, p); err != nil {
		return err
	}
	s.Linked = linkedData(p, q.Origin()+route.Project(q.Lang, p.ID), t.vocabulary)
	return q.Render(200, "projects/show", s)
}

// surroundings costs a number of queries that depends only on the length of the
// chain of continuity; where a unit cost of the project can be compared, one more
// of each table for every few hundred projects like it, once until a change.
func (a *area) surroundings(ctx context.Context, p *atlas.Project) (surroundings, error) {
	s := surroundings{types: map[string]string{}, hits: a.app.Index().Similar(p.ID, similarCount)}
	var err error
	if s.chain, err = a.app.Continuity(ctx, p); err != nil {
		return s, err
	}
	s.ends = a.app.EndsWithoutFollowUp(p, s.chain)
	if s.costs, err = a.app.CompareCosts(ctx, p); err != nil {
		return s, err
	}
	var ids []string
	for _, h := range s.hits {
		ids = append(ids, h.ID)
	}
	if s.similar, err = a.app.Reader().Projects(ctx, ids); err != nil {
		return s, err
	}
	ids = nil
	for _, q := range p.Parties {
		ids = append(ids, q.Actor)
	}
	actors, err := a.app.Reader().Actors(ctx, ids)
	for _, r := range actors {
		s.types[r.ID] = r.Type
	}
	return s, err
}

func (a *area) teller(lang string) teller {
	return teller{vocabulary: a.vocabulary(lang), words: a.words(lang), link: func(kind, id string) string {
		switch kind {
		case atlas.KindTerritory:
			return route.Territory(lang, id)
		case linkBatch:
			return route.Import(lang, id)
		}
		return route.ProjectsBy(lang, kind, id) // a facet
	}}
}

// head fills what stands over the sections.
func (s *showPage) head(t teller, p *atlas.Project) {
	f := finding{vocabulary: t.vocabulary}
	if !p.Public() {
		s.Draft = t.lists.Label(atlas.ListRecordStatus, p.RecordStatus, t.lang())
	}
	s.Status, s.Years, s.Place = t.status(p), t.years(p), f.place(t.words, p)
	for _, id := range p.Implementers() {
		s.Implementers = append(s.Implementers, t.actorLink(id))
	}
	s.Money = t.moneyOf(p)
}

// body fills the sections and what the template puts into them.
func (s *showPage) body(t teller, p *atlas.Project, around surroundings, outlines []chart.Outline) {
	editor := s.Viewer.May(atlas.RightPublish)
	s.Parties, s.Where = t.parties(p, around.types), t.smallMap(p, outlines)
	for _, q := range p.Parties {
		s.PartyMoney = s.PartyMoney || q.Amount.Known()
	}
	s.Measures, s.Media = t.indicators(p, editor), t.media(p)
	s.Before, s.After, s.Ends = t.chain(around.chain.Before), t.chain(around.chain.After), around.ends
	s.Similar, s.Costs = t.similar(around.hits, around.similar), t.costs(around.costs)
	who, results := t.section("who"), t.section("results")
	if len(p.Parties) == 0 {
		who.Unknown = append(who.Unknown, t.T("projects.field.parties"))
	}
	if len(p.Indicators) == 0 {
		results.Unknown = append(results.Unknown, t.T("projects.field.indicators"))
	}
	drawn := map[string]bool{ // sections that hold more than facts
		"who": len(s.Parties) > 0, "money": len(s.Money.Lines) > 0, "results": len(s.Measures) > 0,
		"links": len(s.Before)+len(s.After)+len(s.Media) > 0 || s.Ends,
	}
	for _, part := range []*section{
		t.about(p), t.people(p), t.when(p), who, t.money(p), results, t.transfer(p), t.evaluation(p), t.links(p, editor),
	} {
		if len(part.Facts) > 0 || drawn[part.ID] {
			s.Parts = append(s.Parts, part)
		} else {
			s.Silent = append(s.Silent, part)
		}
	}
}

// tail fills what is said of the record itself.
func (s *showPage) tail(t teller, p *atlas.Project) {
	s.Sources = t.sources(p)
	c := p.Completeness()
	word, _ := t.label(search.FacetDetailLevel, levelOf(p))
	s.Complete = t.T("projects.complete", "percent", c.Percent, "level", word)
	for _, field := range c.Missing {
		s.Lacking = append(s.Lacking, t.T("projects.field."+field))
	}
	s.RecordLine = t.T("projects.record_line", "id", p.ID, "version", strconv.FormatInt(p.Version, 10),
		"created", t.day(p.CreatedAt), "updated", t.day(p.UpdatedAt))
}

// levelOf is how detailed a record is (6.1 detail_level).
func levelOf(p *atlas.Project) string {
	if p.Completeness().Full {
		return app.LevelFull
	}
	return app.LevelBasic
}

// brief is the start of a text for descriptions of pages, cut between words.
func brief(text string) string {
	const most = 200
	out := search.Snippet(text, nil, most)
	joined := ""
	for _, s := range out {
		joined += s.Text
	}
	return joined
}
