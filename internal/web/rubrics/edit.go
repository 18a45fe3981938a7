package rubrics

import (
	"errors"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// draftKind stands in the names of the copies of the form that browsers keep.
const draftKind = "metodika"

// paramFrom names the version that a new rubric is a copy of.
const paramFrom = "z"

// editPage is the form of a rubric.
type editPage struct {
	form.Page
	New       bool
	Sums      []sum
	Meanwhile bool // somebody else saved it; saving again writes over that
}

// sum is what the weights of a mode add up to as they are typed.
type sum struct {
	Mode, Label, ID string
	Sum, Off        int // Off is how far the sum is from 100
	Unused          bool
	Wrong           bool
}

// create answers the form of a new rubric, empty or a copy of one.
func (a *area) create(q *page.Request) error {
	r := &atlas.Rubric{Floor: 70, Evaluators: 2, CriterionGap: 2, TotalGap: 15}
	if id := q.Param(paramFrom); id != "" {
		from, err := a.app.Reader().Rubric(q.Context(), id)
		if err != nil {
			return err
		}
		copied := *from
		copied.ID, copied.Meta, copied.Family, copied.Owner, copied.Number = "", atlas.Meta{}, "", "", 0
		r = &copied
	}
	return a.showResumed(q, fill(q.Lang, r, ""), &atlas.Rubric{})
}

// edit answers the form of a draft; what was published has none, and its page says
// what to do instead.
func (a *area) edit(q *page.Request) error {
	r, err := a.stored(q)
	if err != nil {
		return err
	}
	if r.RecordStatus != atlas.RecordDraft {
		q.Flash(page.FlashWarning, q.T("rubrics.problem.rubric_frozen"))
		return q.Redirect(route.Rubric(q.Lang, r.ID))
	}
	return a.showResumed(q, fill(q.Lang, r, a.ownerOf(q, r).Text), r)
}

// stored reads the version that the address names, an empty one of a new rubric.
func (a *area) stored(q *page.Request) (*atlas.Rubric, error) {
	if q.PathValue("id") == "" {
		return &atlas.Rubric{}, nil
	}
	return a.readable(q)
}

// showResumed offers what the person typed into this form before, or gives it back.
func (a *area) showResumed(q *page.Request, f *typed.Form, r *atlas.Rubric) error {
	kept, err := a.app.Draft(q.Context(), q.Viewer, form.Address(q))
	f, offer, err := form.Resume(q, f, kept.Content, kept.SavedAt, err)
	if err != nil {
		return err
	}
	return a.showForm(q, http.StatusOK, f, r, "", offer)
}

func (a *area) showForm(q *page.Request, status int, f *typed.Form, r *atlas.Rubric, focus string, kept *form.Kept) error {
	f.AtLeast("scale", 2)
	f.AtLeast("criteria", 1)
	f.AtLeast("bands", 1)
	form.InOrder(f, parts)
	p := &editPage{New: r.ID == "", Page: a.sheet(q.Lang, f).Page(q, form.Record{
		Kind: draftKind, ID: r.ID, Name: named(q, r), Meta: r.Meta, List: route.Rubrics, New: route.RubricNew,
		URLShow: route.Rubric(q.Lang, r.ID), URLEdit: route.RubricEditing(q.Lang, r.ID),
	})}
	p.Focus, p.Kept, p.MayPublish, p.MaySend = focus, kept, false, false
	p.Sums = sums(q, f)
	if status == http.StatusConflict {
		p.Meanwhile, p.Version = true, r.Version
	}
	return q.Render(status, "rubrics/edit", p)
}

// sums adds up the weights that are typed; what is no number counts as 0 and is
// named at its field.
func sums(q *page.Request, f *typed.Form) []sum {
	var out []sum
	for _, m := range atlas.Modes() {
		s := sum{Mode: string(m), Label: q.T("rubrics.mode." + string(m)), ID: form.ID("weights." + string(m))}
		for _, row := range f.Rows("criteria") {
			n, _ := strconv.Atoi(f.Text(row.Prefix + "weights." + string(m)))
			s.Sum += n
		}
		s.Unused, s.Wrong = s.Sum == 0, s.Sum != 0 && s.Sum != 100
		s.Off = s.Sum - 100
		if s.Off < 0 {
			s.Off = -s.Off
		}
		out = append(out, s)
	}
	return out
}

// Weight is the field of a weight in the table of weights, its words said to those
// who do not see the table.
func (p *editPage) Weight(prefix, mode string) form.Control {
	return p.Line(prefix + "weights." + mode)
}

// RowName names a criterion in the head of its row.
func (p *editPage) RowName(prefix string) string {
	title := p.Text(prefix + "title." + "cs")
	if p.Lang == "en" && p.Text(prefix+"title.en") != "" {
		title = p.Text(prefix + "title.en")
	}
	return strings.TrimSpace(p.Text(prefix+"code") + " " + title)
}

// Unfolded says whether the fields of a criterion stand open: it is new or something
// in it is wrong.
func (p *editPage) Unfolded(r typed.Row) bool {
	if p.Text(r.Prefix+"code") == "" || strings.HasPrefix(p.Focus, r.Prefix) && !form.Moved(p.Focus) {
		return true
	}
	for _, w := range p.Problems {
		if strings.HasPrefix(w.Field, r.Prefix) {
			return true
		}
	}
	return false
}

// Unfold says whether a group of rows stands open: something in it is wrong or was
// just added, or there is nothing in it yet.
func (p *editPage) Unfold(group string) bool {
	for _, w := range p.Problems {
		if typed.Part(w.Field) == group {
			return true
		}
	}
	return strings.HasPrefix(p.Focus, group+".") || len(typed.Of(p.Values, group)) == 0
}

// save takes the form: adds, drops or moves a row, or writes the draft. What cannot be
// written comes back with every word that was typed.
func (a *area) save(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	stored, err := a.stored(q)
	if err != nil {
		return err
	}
	if focus, done := rowGroups.Change(f); done {
		return a.showForm(q, http.StatusOK, f, stored, focus, nil)
	}
	r := decode(f, *stored)
	if stored.ID != "" && stored.RecordStatus != atlas.RecordDraft {
		f.Fail("", "problem.rubric_frozen", nil) // published while somebody was writing
	}
	if stored.ID != "" {
		r.Family = stored.Family
	}
	r.Version = form.Version(f)
	if report(f, r.Problems(atlas.StageSave)); len(f.Problems) > 0 {
		return a.showForm(q, http.StatusUnprocessableEntity, f, stored, "", nil)
	}
	err = a.app.SaveRubric(q.Context(), q.Viewer, form.Address(q), r)
	var invalid *atlas.InvalidError
	var conflict *atlas.ConflictError
	switch {
	case errors.As(err, &invalid):
		report(f, invalid.Problems)
		return a.showForm(q, http.StatusUnprocessableEntity, f, stored, "", nil)
	case errors.As(err, &conflict):
		return a.showForm(q, http.StatusConflict, f, stored, "", nil)
	case err != nil:
		return err
	}
	return form.Saved(q, draftKind, stored.ID, r.RecordStatus, route.Rubric(q.Lang, r.ID))
}

// inLines are fields that hold several texts, one to a line.
var inLines = regexp.MustCompile(`^(criteria\.\d+\.(?:questions|anchors))(?:\.\d+)?(?:\.(?:cs|en|points))?$`)

// inRule are the parts of the rule, each one field.
var inRule = regexp.MustCompile(`^(mark\.(?:all|one_of|upscaling))\.`)

// inWords are texts in both languages said as one.
var inWords = regexp.MustCompile(`^(?:title|note|criteria\.\d+\.title|(?:scale|gates|bands)\.\d+)$`)

// report takes problems of the rubric over to the fields of the form, each once. A
// field that could not be read is not called missing.
func report(f *typed.Form, all []atlas.Problem) {
	for _, p := range all {
		switch {
		case inRule.MatchString(p.Field):
			p.Field = inRule.FindStringSubmatch(p.Field)[1]
		case inLines.MatchString(p.Field):
			m := inLines.FindStringSubmatch(p.Field)
			p.Field = m[1] + ".cs"
		case inWords.MatchString(p.Field):
			p.Field += ".cs"
		case strings.HasSuffix(p.Field, ".weights"):
			p.Field += "." + string(atlas.ModeExAnte)
		case strings.HasPrefix(p.Field, "scale.") && strings.HasSuffix(p.Field, ".points"):
			p.Field = strings.TrimSuffix(p.Field, "points") + "cs"
		}
		if len(f.ProblemsOf(p.Field)) == 0 {
			f.Problems = append(f.Problems, p)
		}
	}
}

// sheet draws a form over what was typed.
func (a *area) sheet(lang string, f *typed.Form) form.Sheet {
	return form.New(f, "rubrics", lang, a.site.Words, a.app.Lists(), needed)
}
