package projects

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store"
	"atlas/internal/web/page"
	"atlas/internal/web/pager"
	"atlas/internal/web/route"
)

// Parameters of the work list of duplicates.
const (
	paramTwinsState = "stav"
	paramTwinsBatch = "davka"
	paramTwinsPage  = "strana"
)

// States of the work list: what nobody decided yet, what was put off, what are
// two projects, what was merged.
const (
	twinsOpen   = ""
	twinsLater  = "pozdeji"
	twinsTwo    = "dva"
	twinsMerged = "sloucene"
)

// twinsPerPage is how many pairs a page shows.
const twinsPerPage = 20

// twinsPage is the work list of suspected duplicates (8.9).
type twinsPage struct {
	page.Base
	Tabs         []twinsTab
	State, Batch string
	None         string // what an empty list says
	Found        int
	Pairs        []twinsPair
	Merged       []mergedLine
	Pager        pager.Pager
	Action, Here string
}

type twinsTab struct {
	Label, URL string
	Count      int
	Current    bool
}

// twinsPair is two projects beside each other.
type twinsPair struct {
	First, Second  *atlas.Project
	Compare        string
	URLFirst       string
	URLSecond      string
	Rows           []twinsRow
	Differing      []string // labels of all fields in which they differ
	CanTwo, CanNot bool     // what may be decided of it
}

// twinsRow is a field of both.
type twinsRow struct {
	Label         string
	First, Second []string
	Differs       bool
}

// mergedLine is a project that was merged into another one.
type mergedLine struct{ Title, ID, Into, URLInto, URLUndo, Day string }

// twinsRows are the fields that a person knows a duplicate by.
var twinsRows = []string{"reg_number", "implementers", "date_from", "date_to", "status", "territories", "total_cost", "sources"}

func (a *area) twins(q *page.Request) error {
	all, err := a.app.Suspicions(q.Context(), q.Viewer)
	if err != nil {
		return err
	}
	merged, err := a.app.Reader().Merged(q.Context())
	if err != nil {
		return err
	}
	batch := q.Param(paramTwinsBatch)
	if batch != "" {
		if all, err = a.twinsOf(q, all, batch); err != nil {
			return err
		}
	}
	state := stateOf(q.Param(paramTwinsState))
	p := &twinsPage{Base: q.Base(q.T("projects.twins.title")), State: state.name, None: q.T(state.none), Batch: batch,
		Action: route.In(q.Lang, route.ProjectsTwins)}
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Projects), Text: q.T("projects.title")}}
	p.Nav, p.NoIndex, p.Wide = route.Projects, true, true
	p.tabs(q, all, len(merged))
	p.Found = p.Tabs[slices.IndexFunc(p.Tabs, func(t twinsTab) bool { return t.Current })].Count
	p.Pager = pager.New(p.Found, pager.Number(q.Param(paramTwinsPage)), twinsPerPage, func(n int) string { return p.address(p.State, n) })
	p.Here = p.address(p.State, p.Pager.Page)
	if p.State == twinsMerged {
		err = a.mergedLines(q, p, pager.Of(p.Pager, merged))
	} else {
		err = a.pairs(q, p, pager.Of(p.Pager, ofState(all, state)))
	}
	if err != nil {
		return err
	}
	return q.Render(http.StatusOK, "projects/twins", p)
}

// twinsOf keeps the pairs that a record of a batch is in.
func (a *area) twinsOf(q *page.Request, all []app.SuspectPair, batch string) ([]app.SuspectPair, error) {
	records, err := a.app.Reader().BatchRecords(q.Context(), batch)
	if err != nil {
		return nil, err
	}
	mine := map[string]bool{}
	for _, id := range records {
		mine[id] = true
	}
	return slices.DeleteFunc(all, func(p app.SuspectPair) bool { return !mine[p.First] && !mine[p.Second] }), nil
}

// twinsState is a part of the work list: what its pairs were decided, and the
// keys of its name, of what it says when empty, and of what it says to the one
// who puts a pair there.
type twinsState struct{ name, decision, label, none, decided string }

var twinsStates = []twinsState{
	{twinsOpen, "", "projects.twins.state.otevrene", "projects.twins.none", "projects.twins.decided.open"},
	{twinsLater, store.PairLater, "projects.twins.state.pozdeji", "projects.twins.none.pozdeji", "projects.twins.decided.later"},
	{twinsTwo, store.PairTwo, "projects.twins.state.dva", "projects.twins.none.dva", "projects.twins.decided.two"},
	{twinsMerged, "", "projects.twins.state.sloucene", "projects.twins.none.sloucene", ""},
}

// stateOf finds a state by its name in the address; any other is the first.
func stateOf(name string) twinsState {
	at := slices.IndexFunc(twinsStates, func(s twinsState) bool { return s.name == name })
	return twinsStates[max(at, 0)]
}

func ofState(all []app.SuspectPair, s twinsState) []app.SuspectPair {
	return slices.DeleteFunc(slices.Clone(all), func(p app.SuspectPair) bool { return p.Decision != s.decision })
}

func (p *twinsPage) tabs(q *page.Request, all []app.SuspectPair, merged int) {
	for _, s := range twinsStates {
		n := merged
		if s.name != twinsMerged {
			n = len(ofState(all, s))
		}
		p.Tabs = append(p.Tabs, twinsTab{q.T(s.label), p.address(s.name, 1), n, s.name == p.State})
	}
}

// address of a page of the list in a state.
func (p *twinsPage) address(state string, n int) string {
	v := url.Values{}
	if state != twinsOpen {
		v.Set(paramTwinsState, state)
	}
	if p.Batch != "" {
		v.Set(paramTwinsBatch, p.Batch)
	}
	if n > 1 {
		v.Set(paramTwinsPage, strconv.Itoa(n))
	}
	return route.WithQuery(p.Action, v.Encode())
}

// pairs reads the projects of a page of pairs, all in one read.
func (a *area) pairs(q *page.Request, p *twinsPage, pairs []app.SuspectPair) error {
	var ids []string
	for _, x := range pairs {
		ids = append(ids, x.First, x.Second)
	}
	found, err := a.app.Reader().Projects(q.Context(), ids)
	if err != nil {
		return err
	}
	s := a.sides(q.Lang)
	for i := 0; i+1 < len(found); i += 2 { // no project is ever deleted
		keep, drop := preferred(found[i], found[i+1])
		pair := twinsPair{First: keep, Second: drop, Compare: route.ProjectsMerging(q.Lang, keep.ID, drop.ID),
			URLFirst: route.Project(q.Lang, keep.ID), URLSecond: route.Project(q.Lang, drop.ID),
			CanTwo: p.State != twinsTwo, CanNot: p.State != twinsOpen}
		differ := map[string]bool{}
		for _, d := range app.Differences(keep, drop) {
			differ[d.Key] = true
			pair.Differing = append(pair.Differing, s.label(d.Key))
		}
		for _, key := range twinsRows {
			row := twinsRow{Label: s.label(key), First: s.lines(keep, key), Second: s.lines(drop, key)}
			if key == "implementers" {
				row.Label = q.T("projects.export.implementers")
			}
			row.Differs = !slices.Equal(row.First, row.Second)
			if len(row.First)+len(row.Second) > 0 {
				pair.Rows = append(pair.Rows, row)
			}
		}
		p.Pairs = append(p.Pairs, pair)
	}
	return nil
}

// preferred says which of two records is better kept: one that people can read,
// then the one with a registration number, then the fuller one.
func preferred(a, b *atlas.Project) (keep, drop *atlas.Project) {
	worth := func(p *atlas.Project) int {
		n := p.Completeness().Percent
		if p.RegNumber != "" {
			n += 1000
		}
		if p.Public() {
			n += 10000
		}
		return n
	}
	if worth(b) > worth(a) {
		return b, a
	}
	return a, b
}

func (a *area) mergedLines(q *page.Request, p *twinsPage, ids []string) error {
	found, err := a.app.Reader().Projects(q.Context(), ids)
	if err != nil {
		return err
	}
	s := a.sides(q.Lang)
	for _, m := range found {
		p.Merged = append(p.Merged, mergedLine{Title: m.Title(q.Lang), ID: m.ID, Into: m.MergedInto, URLInto: route.Project(q.Lang, m.MergedInto),
			URLUndo: route.ProjectsUnmerging(q.Lang, m.ID), Day: s.day(m.UpdatedAt)})
	}
	return nil
}

// decide remembers what was decided of a pair and goes back to the list.
func (a *area) decide(q *page.Request) error {
	state := stateOf(q.PostFormValue("rozhodnuti"))
	if state.name != q.PostFormValue("rozhodnuti") || state.name == twinsMerged {
		return atlas.ErrNotFound
	}
	first, second := q.PostFormValue("prvni"), q.PostFormValue("druhy")
	if first == second {
		return atlas.ErrNotFound
	}
	if err := a.app.DecidePair(q.Context(), q.Viewer, first, second, state.decision); err != nil {
		return err
	}
	q.Flash(page.FlashSuccess, q.T(state.decided))
	back := q.PostFormValue("zpet")
	if !route.Own(back) {
		back = route.In(q.Lang, route.ProjectsTwins)
	}
	return q.Redirect(back)
}
