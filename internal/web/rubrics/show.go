package rubrics

import (
	"net/http"

	"atlas"
	"atlas/internal/rubric"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// listPage names all rubrics.
type listPage struct {
	page.Base
	Lines             []line
	MayEdit           bool
	URLNew, URLImport string
}

// line is one version in the list.
type line struct {
	Rubric                              *atlas.Rubric
	URL, Title, Version, State, ModeSet string
	Owner                               page.Link
}

func (a *area) list(q *page.Request) error {
	all, err := a.app.Rubrics(q.Context(), q.Viewer)
	if err != nil {
		return err
	}
	p := &listPage{Base: q.Base(q.T("rubrics.title")), MayEdit: q.Viewer.May(atlas.RightLists)}
	p.Nav, p.Description = route.Rubrics, q.T("rubrics.lead")
	p.URLNew, p.URLImport = route.In(q.Lang, route.RubricNew), route.In(q.Lang, route.RubricImport)
	for _, r := range all {
		p.Lines = append(p.Lines, line{
			Rubric: r, URL: route.Rubric(q.Lang, r.ID), Title: r.Title.In(q.Lang),
			Version: versionOf(q, r), State: stateOf(q, r), ModeSet: modeWords(q, r), Owner: a.ownerOf(q, r),
		})
	}
	return q.Render(http.StatusOK, "rubrics/list", p)
}

// showPage is one version.
type showPage struct {
	page.Base
	R                      *atlas.Rubric
	Version, State         string
	Owner                  page.Link
	Criteria               []criterion
	Modes                  []mode
	Gates                  []string
	Scale                  []atlas.Step
	Bands                  []band
	Rule                   []rubric.Condition
	Upscaling              []rubric.Condition
	Others                 []line // versions of the same family
	MayEdit                bool
	Flaws                  []form.Flaw // what keeps a draft from being published
	Draft                  string
	URLEdit, URLState      string
	URLVersion, URLPreview string
	URLFile, URLRule       string
	URLHistory             string
	URLCopy                string
}

// mode is a mode with the sum of its weights.
type mode struct {
	Code, Label, URL string
	Sum              int
}

// criterion is a criterion in the language of the reader.
type criterion struct {
	Code, Title string
	Questions   []string
	Anchors     []atlas.Step
	Weights     []int // in the order of the modes used
}

// band is a band with its bounds.
type band struct{ Name, From, Below string }

func (a *area) show(q *page.Request) error {
	r, err := a.readable(q)
	if err != nil {
		return err
	}
	return a.showVersion(q, http.StatusOK, r, nil)
}

// showVersion answers the page of a version; wrong is what has just been refused.
func (a *area) showVersion(q *page.Request, status int, r *atlas.Rubric, wrong []atlas.Problem) error {
	p := &showPage{Base: q.Base(named(q, r)), R: r, Version: versionOf(q, r), State: stateOf(q, r), Owner: a.ownerOf(q, r)}
	p.Nav, p.Breadcrumb, p.Description = route.Rubrics, crumbs(q, nil), r.Note.In(q.Lang)
	p.NoIndex = !r.Open()
	p.MayEdit = q.Viewer.May(atlas.RightLists)
	p.Draft = form.SavedDraft(q, draftKind, r.ID)
	p.URLHistory = route.RubricHistories().Of(q.Lang, r.ID)
	p.URLEdit, p.URLState = route.RubricEditing(q.Lang, r.ID), route.RubricStating(q.Lang, r.ID)
	p.URLVersion, p.URLFile, p.URLRule = route.RubricVersioning(q.Lang, r.ID), route.RubricFile(q.Lang, r.ID), route.RubricRuleFile(q.Lang, r.ID)
	p.URLCopy = route.WithQuery(route.In(q.Lang, route.RubricNew), paramFrom+"="+r.ID)
	p.fill(q, r)
	if p.MayEdit && r.RecordStatus == atlas.RecordDraft {
		if wrong == nil {
			wrong = r.Problems(atlas.StagePublish)
		}
		f := typed.New(nil)
		report(f, wrong)
		p.Flaws = a.sheet(q.Lang, f).Flaws()
		for i := range p.Flaws {
			p.Flaws[i].Href = p.URLEdit + p.Flaws[i].Href
		}
	}
	all, err := a.app.Rubrics(q.Context(), q.Viewer)
	if err != nil {
		return err
	}
	for _, x := range all {
		if x.Family == r.Family && x.ID != r.ID {
			p.Others = append(p.Others, line{Rubric: x, URL: route.Rubric(q.Lang, x.ID), Title: x.Title.In(q.Lang), Version: versionOf(q, x), State: stateOf(q, x)})
		}
	}
	return q.Render(status, "rubrics/show", p)
}

// fill says the content of a version in the language of the reader.
func (p *showPage) fill(q *page.Request, r *atlas.Rubric) {
	sums := r.WeightSums()
	var used []atlas.Mode
	for _, m := range atlas.Modes() {
		if sums[m] > 0 {
			used = append(used, m)
			p.Modes = append(p.Modes, mode{string(m), q.T("rubrics.mode." + string(m)), route.RubricPreviewing(q.Lang, r.ID, string(m)), sums[m]})
		}
	}
	if len(p.Modes) > 0 {
		p.URLPreview = p.Modes[len(p.Modes)-1].URL
	}
	for _, c := range r.Criteria {
		p.Criteria = append(p.Criteria, criterionIn(q.Lang, c, used))
	}
	for _, g := range r.Gates {
		p.Gates = append(p.Gates, g.Code+" – "+g.In(q.Lang))
	}
	p.Scale = stepsIn(q.Lang, r.Scale)
	above := ""
	for _, b := range r.Bands {
		p.Bands = append(p.Bands, band{b.In(q.Lang), tenths(q.Lang, b.From), above})
		above = tenths(q.Lang, b.From)
	}
	p.Rule, p.Upscaling = rubric.Candidate(r, atlas.Result{}, 0, false), rubric.Upscaling(r, atlas.Result{})
}

func criterionIn(lang string, c atlas.Criterion, used []atlas.Mode) criterion {
	out := criterion{Code: c.Code, Title: c.Title.In(lang), Anchors: stepsIn(lang, c.Anchors)}
	for _, w := range c.Questions {
		out.Questions = append(out.Questions, w.In(lang))
	}
	for _, m := range used {
		out.Weights = append(out.Weights, c.Weights.In(m))
	}
	return out
}

// stepsIn are steps with their words in one language, in both places.
func stepsIn(lang string, all []atlas.Step) []atlas.Step {
	var out []atlas.Step
	for _, s := range all {
		text := s.In(lang)
		out = append(out, atlas.Step{Points: s.Points, Words: atlas.Words{Cs: text, En: text}})
	}
	return out
}

// file answers a version as JSON that another instance reads.
func (a *area) file(q *page.Request) error {
	r, err := a.readable(q)
	if err != nil {
		return err
	}
	return q.Download("application/json; charset=utf-8", "metodika-"+r.Family+"-"+r.ID+".json", rubric.Write(r))
}

// rule answers the rule of good practice as JSON.
func (a *area) rule(q *page.Request) error {
	r, err := a.readable(q)
	if err != nil {
		return err
	}
	return q.Answer("application/json; charset=utf-8", rubric.WriteRule(r))
}
