package practices

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/rubric"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// Fields and deeds of the form of the mark.
const (
	fieldDeed     = "akce"
	fieldUpscaled = "upscaled"
	fieldReason   = "reason"

	deedGive    = "udelit"
	deedConfirm = "potvrdit"
	deedTake    = "odebrat"
)

// condition is a line of the rule, in words.
type condition struct{ What, Wanted, Found, Met string }

// conditions is a table of them.
type conditions struct {
	Caption string
	Rows    []condition
}

// markPage is the mark of a card: what it rests on and what an editor can do.
type markPage struct {
	page.Base
	form.Sheet
	Card                      *atlas.Practice
	Mark                      *markLine
	Lost                      string
	Evaluation                *link
	Stands, MayUpscale        bool
	Fails                     string
	Rule, Upscaling           conditions
	Confirmed                 []string
	MayGive, MayConfirm       bool
	URLSave, URLBack, URLRule string
	Version                   int64
}

// mark answers the page of the mark of a card, to everybody: what it rests on is no
// secret.
func (a *area) mark(q *page.Request) error {
	c, err := a.readable(q)
	if err != nil {
		return err
	}
	return a.showMark(q, http.StatusOK, typed.New(nil), c)
}

func (a *area) readable(q *page.Request) (*atlas.Practice, error) {
	c, err := a.app.Reader().Practice(q.Context(), q.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !q.May(atlas.RightRead, c.Subject()) {
		return nil, atlas.ErrNotFound
	}
	return c, nil
}

func (a *area) showMark(q *page.Request, status int, f *typed.Form, c *atlas.Practice) error {
	t := a.teller(q.Lang)
	book, err := a.app.Practices(q.Context())
	if err != nil {
		return err
	}
	s, err := a.app.MarkStanding(q.Context(), c)
	if err != nil {
		return err
	}
	p := &markPage{
		Base: q.Base(q.T("practices.mark.of", "name", c.Title)), Sheet: a.sheet(q.Lang, f), Card: c, Mark: t.mark(book, c), Lost: t.why(c.Lost), Stands: s.Stands(),
		MayUpscale: s.StandsUpscaled(), Fails: t.why(s.Fails), Rule: t.conditions("practices.mark.rule", s.Conditions), Upscaling: t.conditions("practices.mark.upscaling", s.Upscaling),
		URLSave: route.PracticeMarking(q.Lang, c.ID), URLBack: route.Practice(q.Lang, c.ID), URLRule: route.In(q.Lang, route.PracticeRule), Version: c.Version,
	}
	p.Nav, p.NoIndex, p.Query = route.Practices, true, nil
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Practices), Text: q.T("practices.title")}, {URL: p.URLBack, Text: c.Title}}
	if e := s.Evaluation; e != nil && e.Public() && e.State == atlas.EvaluationPublished {
		e := t.evaluation(e)
		p.Evaluation = &e
	}
	for _, x := range c.Confirmed {
		p.Confirmed = append(p.Confirmed, q.T("practices.mark.confirmed", "day", t.date(x.On), "until", t.date(x.Until)))
	}
	if q.Viewer.May(atlas.RightPublish) {
		holds := c.Marked.Known() && !c.LostOn.Known()
		p.MayGive, p.MayConfirm = !holds, holds
	}
	return q.Render(status, "practices/mark", p)
}

// why says in words why a mark does not stand: "evidence K5". What an editor wrote
// stays as it is.
func (t teller) why(fails string) string {
	key, about, _ := strings.Cut(fails, " ")
	if key = "practices.fails." + key; t.words.Has(key) {
		return t.T(key, "criterion", about)
	}
	return fails
}

func (t teller) conditions(key string, all []rubric.Condition) conditions {
	out := conditions{Caption: t.T(key)}
	for _, c := range all {
		met := map[atlas.Tri]string{atlas.Yes: "yes", atlas.No: "no", atlas.Unknown: "unknown"}[c.Met]
		out.Rows = append(out.Rows, condition{c.What.In(t.lang), c.Wanted.In(t.lang), c.Found.In(t.lang), t.T("practices.met." + met)})
	}
	return out
}

// changeMark gives, confirms or takes the mark.
func (a *area) changeMark(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	c, err := a.readable(q)
	if err != nil {
		return err
	}
	version, _ := strconv.ParseInt(f.Get(form.FieldVersion), 10, 64)
	switch deed := f.Get(fieldDeed); deed {
	case deedGive:
		err = a.app.GiveMark(q.Context(), q.Viewer, c.ID, version, f.Get(fieldUpscaled) != "")
	case deedConfirm:
		err = a.app.ConfirmMark(q.Context(), q.Viewer, c.ID, version)
	case deedTake:
		err = a.app.TakeMark(q.Context(), q.Viewer, c.ID, version, f.Text(fieldReason))
	default:
		return page.ErrBadRequest
	}
	var invalid *atlas.InvalidError
	if errors.As(err, &invalid) || errors.Is(err, atlas.ErrConflict) {
		if invalid != nil {
			f.Problems = invalid.Problems
		} else {
			f.Fail("", "practices.problem.changed", nil)
		}
		return a.showMark(q, http.StatusUnprocessableEntity, f, c)
	}
	if err != nil {
		return err
	}
	q.Flash(page.FlashSuccess, q.T("practices.mark.done."+f.Get(fieldDeed)))
	return q.Redirect(route.PracticeMarking(q.Lang, c.ID))
}

// rulePage is the rule of the mark in words.
type rulePage struct {
	page.Base
	Rubrics []ruleOf
	URLJSON string
}

// ruleOf is the rule of one rubric.
type ruleOf struct {
	Title           string
	Rule, Upscaling conditions
	Valid           int
}

// rubrics are the published rubrics that have a rule: the newest version of each.
func (a *area) rubrics(q *page.Request) ([]*atlas.Rubric, error) {
	newest := map[string]int{}
	var out []*atlas.Rubric
	err := a.app.Reader().EachRubric(q.Context(), func(r *atlas.Rubric) error {
		if !r.Public() || len(r.Mark.All)+len(r.Mark.OneOf) == 0 {
			return nil
		}
		if at, there := newest[r.Family]; !there {
			newest[r.Family] = len(out)
			out = append(out, r)
		} else if out[at].Number < r.Number {
			out[at] = r
		}
		return nil
	})
	return out, err
}

// rule answers the rule of the mark in words.
func (a *area) rule(q *page.Request) error {
	all, err := a.rubrics(q)
	if err != nil {
		return err
	}
	t := a.teller(q.Lang)
	p := &rulePage{Base: q.Base(q.T("practices.rule.title")), URLJSON: route.PracticeRuleJSON}
	p.Nav, p.Breadcrumb = route.Practices, []page.Link{{URL: route.In(q.Lang, route.Practices), Text: q.T("practices.title")}}
	for _, r := range all {
		p.Rubrics = append(p.Rubrics, ruleOf{
			Title: r.Title.In(q.Lang), Rule: t.conditions("practices.mark.rule", rubric.Candidate(r, atlas.Result{}, 0, false)),
			Upscaling: t.conditions("practices.mark.upscaling", rubric.Upscaling(r, atlas.Result{})), Valid: r.Mark.Valid,
		})
	}
	return q.Render(http.StatusOK, "practices/rule", p)
}

// ruleJSON answers the same for programs, by the code of the rubric.
func (a *area) ruleJSON(q *page.Request) error {
	all, err := a.rubrics(q)
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("{")
	for i, r := range all {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString(strconv.Quote(r.ID) + ":")
		b.Write(rubric.WriteRule(r))
	}
	b.WriteString("}\n")
	return q.Answer("application/json", []byte(b.String()))
}

// workPage is what waits for editors of good practice.
type workPage struct {
	page.Base
	Candidates     []candidate
	Ending, Fallen []row
}

// candidate is a project that an evaluation proposes for the mark.
type candidate struct {
	Project, Evaluation link
	Upscaling           bool
	Cards               []link // that have no mark
	URLNew              string
	Rule                conditions
}

// work answers what waits: candidates without a mark, marks that end, marks that fell.
func (a *area) work(q *page.Request) error {
	w, err := a.app.PracticeWork(q.Context(), q.Viewer)
	if err != nil {
		return err
	}
	book, err := a.app.Practices(q.Context())
	if err != nil {
		return err
	}
	t := a.teller(q.Lang)
	p := &workPage{Base: q.Base(q.T("practices.work.title"))}
	p.Nav, p.NoIndex, p.Breadcrumb = route.Practices, true, []page.Link{{URL: route.In(q.Lang, route.Practices), Text: q.T("practices.title")}}
	for _, c := range w.Candidates {
		p.Candidates = append(p.Candidates, t.candidate(c))
	}
	for _, list := range []struct {
		from []*atlas.Practice
		to   *[]row
	}{{w.Ending, &p.Ending}, {w.Fallen, &p.Fallen}} {
		for _, c := range list.from {
			r := t.row(book, c)
			r.URL, r.Summary = route.PracticeMarking(q.Lang, c.ID), t.why(c.Lost)
			*list.to = append(*list.to, r)
		}
	}
	return q.Render(http.StatusOK, "practices/work", p)
}

func (t teller) candidate(c app.MarkCandidate) candidate {
	e := c.Evaluation
	out := candidate{
		Project: link{c.Project.Title(t.lang), route.Project(t.lang, c.Project.ID)}, Upscaling: c.StandsUpscaled(), URLNew: route.PracticeOf(t.lang, c.Project.ID, e.ID),
		Evaluation: t.evaluation(e),
		Rule:       t.conditions("practices.mark.rule", c.Conditions),
	}
	for _, card := range c.Cards {
		out.Cards = append(out.Cards, link{card.Title, route.PracticeMarking(t.lang, card.ID)})
	}
	return out
}
