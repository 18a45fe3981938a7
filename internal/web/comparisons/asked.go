package comparisons

import (
	"cmp"
	"context"
	"slices"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/rubric"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// combination is a version of a rubric in a mode by which something is published:
// all that may ever be compared together.
type combination struct {
	Rubric string
	Mode   atlas.Mode
}

// pool is everything that is published, by what may be compared.
type pool struct {
	all     []*atlas.Evaluation
	titles  map[string]string // of projects, by the code of the evaluation
	there   []combination     // by rubric, its modes in the order of time
	counts  map[combination]int
	rubrics map[string]*atlas.Rubric
}

func (a *area) pool(ctx context.Context, lang string) (*pool, error) {
	found, err := a.app.PublishedEvaluations(ctx, lang)
	if err != nil {
		return nil, err
	}
	p := &pool{titles: map[string]string{}, counts: map[combination]int{}, rubrics: map[string]*atlas.Rubric{}}
	var versions []string
	for _, x := range found {
		p.add(x)
		versions = append(versions, x.Rubric)
	}
	slices.Sort(versions)
	rubrics, err := a.app.Reader().Rubrics(ctx, slices.Compact(versions))
	for _, r := range rubrics {
		p.rubrics[r.ID] = r
	}
	for c := range p.counts {
		if p.rubrics[c.Rubric] != nil {
			p.there = append(p.there, c)
		}
	}
	modes := atlas.Modes()
	slices.SortFunc(p.there, func(x, y combination) int {
		return cmp.Or(cmp.Compare(x.Rubric, y.Rubric), cmp.Compare(slices.Index(modes, x.Mode), slices.Index(modes, y.Mode)))
	})
	return p, err
}

func (p *pool) add(x app.PublishedEvaluation) {
	p.all = append(p.all, x.Evaluation)
	p.titles[x.ID] = x.Title
	p.counts[combination{x.Rubric, x.Mode}]++
}

func (p *pool) peers(c combination) rubric.Peers { return rubric.PeersOf(p.all, c.Rubric, c.Mode) }

// most is the combination with the most evaluations among those that fit; false
// where none does.
func (p *pool) most(fits func(combination) bool) (best combination, ok bool) {
	for _, c := range p.there {
		if fits(c) && p.counts[c] > p.counts[best] {
			best, ok = c, true
		}
	}
	return best, ok
}

// choose reads what an address asks to compare. It is one version in one mode or
// nothing: an address that names more of them, or what nothing was published by, gets
// the key of words that say so.
func (p *pool) choose(q *page.Request) (chosen combination, wrong string) {
	given := q.URL.Query()
	if len(given[route.ParamRubric]) > 1 || len(given[route.ParamMode]) > 1 {
		return combination{}, "comparisons.wrong.mixed"
	}
	version, mode := q.Param(route.ParamRubric), atlas.Mode(q.Param(route.ParamMode))
	c, ok := p.most(func(c combination) bool {
		return (version == "" || c.Rubric == version) && (mode == "" || c.Mode == mode)
	})
	if !ok && version+string(mode) != "" {
		return combination{}, "comparisons.wrong.none"
	}
	return c, ""
}
