package rubrics

import (
	"net/http"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/rubric"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// Answers in the address of a preview that are no points.
const (
	answerNA     = "na"
	answerNoData = "bd"
	answerYes    = "ano"
)

// previewPage is the rubric as an evaluator sees it, to be tried out: nothing is
// stored, answers stand in the address.
type previewPage struct {
	page.Base
	R         *atlas.Rubric
	Mode      string
	Modes     []mode
	Asked     []asked
	Gates     []gate
	Tried     bool
	Verdict   rubric.Verdict
	Total     string
	Complete  string
	Band      string
	URLAction string
}

// asked is a criterion with its possible answers.
type asked struct {
	criterion
	Weight  int
	Choices []choice
}

type choice struct {
	Value, Label, Anchor string
	Chosen               bool
}

type gate struct {
	Code, Text string
	Yes        bool
}

func (a *area) preview(q *page.Request) error {
	r, err := a.readable(q)
	if err != nil {
		return err
	}
	m := atlas.Mode(q.Param(route.ParamMode))
	if !r.Uses(m) {
		for _, used := range atlas.Modes() { // the latest one that is used
			if r.Uses(used) {
				m = used
			}
		}
	}
	p := &previewPage{Base: q.Base(q.T("rubrics.preview_of", "title", r.Title.In(q.Lang))), R: r, Mode: string(m)}
	p.Nav, p.Breadcrumb, p.NoIndex = route.Rubrics, crumbs(q, r), true
	p.URLAction = route.In(q.Lang, route.Fill(route.RubricPreview, r.ID))
	for _, used := range atlas.Modes() {
		if r.Uses(used) {
			p.Modes = append(p.Modes, mode{Code: string(used), Label: q.T("rubrics.mode." + string(used)), URL: route.RubricPreviewing(q.Lang, r.ID, string(used))})
		}
	}
	p.ask(q, r, m)
	return q.Render(http.StatusOK, "rubrics/preview", p)
}

// ask draws the questions and what the answers in the address come to.
func (p *previewPage) ask(q *page.Request, r *atlas.Rubric, m atlas.Mode) {
	var tried atlas.Sheet
	for _, c := range r.Asked(m) {
		said := q.Param(c.Code)
		if score, ok := scoreOf(c.Code, said); ok {
			tried.Scores = append(tried.Scores, score)
		}
		one := asked{criterion: criterionIn(q.Lang, c, nil), Weight: c.Weights.In(m)}
		for _, s := range r.Scale {
			value := strconv.Itoa(s.Points)
			anchor := ""
			if i := slices.IndexFunc(c.Anchors, func(a atlas.Step) bool { return a.Points == s.Points }); i >= 0 {
				anchor = c.Anchors[i].In(q.Lang)
			}
			one.Choices = append(one.Choices, choice{value, value + " – " + s.In(q.Lang), anchor, said == value})
		}
		for _, v := range []string{answerNA, answerNoData} {
			one.Choices = append(one.Choices, choice{v, q.T("rubrics.answer." + v), "", said == v})
		}
		p.Asked = append(p.Asked, one)
	}
	for _, g := range r.Gates {
		yes := q.Param(g.Code) == answerYes
		if yes {
			tried.Gates = append(tried.Gates, atlas.GateAnswer{Code: g.Code, Yes: atlas.Yes})
		}
		p.Gates = append(p.Gates, gate{g.Code, g.In(q.Lang), yes})
	}
	p.Tried = len(tried.Scores)+len(tried.Gates) > 0
	p.Verdict = rubric.Judge(r, m, &tried)
	p.Total, p.Complete = tenths(q.Lang, p.Verdict.Total), tenths(q.Lang, p.Verdict.Completeness)
	for _, b := range r.Bands {
		if b.Code == p.Verdict.Band {
			p.Band = b.In(q.Lang)
		}
	}
}

// scoreOf is an answer of the address as a score.
func scoreOf(code, said string) (atlas.Score, bool) {
	switch said {
	case "":
		return atlas.Score{}, false
	case answerNA:
		return atlas.Score{Criterion: code, Kind: atlas.ScoreNA}, true
	case answerNoData:
		return atlas.Score{Criterion: code, Kind: atlas.ScoreNoData}, true
	}
	n, err := strconv.Atoi(said)
	return atlas.Score{Criterion: code, Kind: atlas.ScorePoints, Points: n}, err == nil
}
