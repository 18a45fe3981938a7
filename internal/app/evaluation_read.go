package app

import (
	"cmp"
	"context"
	"slices"

	"atlas"
	"atlas/internal/rubric"
	"atlas/internal/store"
)

// Judgement (posudek) is what one viewer may read of an evaluation, and nothing
// besides: pages, files and letters know evaluations by it only. While somebody is
// still to submit it says nothing of what anybody else wrote, to nobody.
type Judgement struct {
	Evaluation *atlas.Evaluation // what the viewer may not see is taken out of it
	Project    *atlas.Project
	Rubric     *atlas.Rubric
	Mine       *atlas.Assignment // of the viewer, nil where they do not judge
	Sheet      *atlas.Sheet      // of the viewer as an evaluator
	Self       *atlas.Sheet      // the self-evaluation: one's own, or that which may be seen
	SelfBegun  bool              // somebody of the implementer writes one, or did

	// What follows is known once everybody has submitted, to those who may read it.
	Open    bool
	Sheets  []*atlas.Sheet // of evaluators who count, in an order that says nothing of them (rubric.Unnamed)
	Result  atlas.Result   // frozen, or as it stands
	Dispute rubric.Dispute

	Manages     bool // assigns and sees who judges
	MayApprove  bool
	Implements  bool // writes for the implementer
	MaySettle   bool
	Calibration bool              // of a calibration round: never published
	Names       map[string]string // of evaluators by account, for who manages only
	Beside      []string          // other running evaluations of the project in the mode, for who manages only
}

// Judgement reads an evaluation for a viewer. Whoever may not read anything of it
// learns no more than of one that there is not.
func (a *App) Judgement(ctx context.Context, v atlas.Viewer, id string) (*Judgement, error) {
	var j *Judgement
	err := a.Reader().View(ctx, func(r *store.Reader) (err error) {
		j, err = a.judgement(ctx, r, v, id)
		return err
	})
	return j, err
}

func (a *App) judgement(ctx context.Context, r *store.Reader, v atlas.Viewer, id string) (*Judgement, error) {
	e, err := r.Evaluation(ctx, id)
	if err != nil {
		return nil, err
	}
	j := &Judgement{Evaluation: e, Manages: v.May(atlas.RightAssign) || v.May(atlas.RightUsers)}
	if j.Project, err = a.projectNow(ctx, r, e.Project); err != nil {
		return nil, err
	}
	if j.Rubric, err = r.Rubric(ctx, e.Rubric); err != nil {
		return nil, err
	}
	if j.Calibration, err = calibrates(ctx, r, e); err != nil {
		return nil, err
	}
	if mine, there := e.Assigned(v.Account); there && mine.Active() && a.may(v, atlas.RightEvaluate, e.Subject()) {
		j.Mine = mine
	}
	j.Implements = a.may(v, atlas.RightSelfCheck, j.Project.Subject())
	j.MayApprove = a.may(v, atlas.RightApprove, e.Subject())
	j.MaySettle = j.Mine != nil || v.May(atlas.RightAssign)
	if j.Mine == nil && !j.Manages && !j.Implements && !e.Public() {
		return nil, atlas.ErrNotFound
	}
	if err := a.sheetsFor(ctx, r, v, j); err != nil {
		return nil, err
	}
	if j.Manages {
		err = a.panelNames(ctx, r, j)
	} else {
		hidePanel(e, v.Account)
	}
	return j, err
}

// sheetsFor adds what the viewer may read of what was written.
func (a *App) sheetsFor(ctx context.Context, r *store.Reader, v atlas.Viewer, j *Judgement) error {
	e := j.Evaluation
	all, err := r.SheetsOf(ctx, e.ID)
	if err != nil {
		return err
	}
	j.Open = a.opened(v, j)
	for _, s := range all {
		switch {
		case s.Role == atlas.SheetSelf:
			j.SelfBegun = true
			if s.Account == v.Account && j.Implements || j.Open && s.Open {
				j.Self = s
			}
		case s.Account == v.Account && j.Mine != nil:
			j.Sheet = s
		}
	}
	if !j.Open {
		e.Statement, e.Settlements, e.Result = "", nil, atlas.Result{}
		return nil
	}
	open, err := a.OpenSheets(ctx, r, e)
	if err != nil {
		return err
	}
	j.Sheets = open[e.ID]
	if j.Dispute = rubric.Disputes(j.Rubric, e.Mode, j.Sheets); e.Result.Evaluators > 0 {
		j.Result = e.Result
		return nil
	}
	j.Result, err = a.panelOf(ctx, r, e)
	return err
}

// opened says whether a viewer may read what was found: those who manage and judge
// as soon as everybody has submitted, the implementer once it is approved, all when
// it is published.
func (a *App) opened(v atlas.Viewer, j *Judgement) bool {
	e := j.Evaluation
	switch {
	case e.Blind() || e.State == atlas.EvaluationCancelled:
		return false
	case e.Public():
		return true
	case j.Manages || j.Mine != nil:
		return true
	}
	return j.Implements && slices.Contains(afterApproval(), e.State)
}

// OpenSheets are the sheets that make the panels of evaluations, by their codes, in an
// order that says nothing of who wrote them; none where somebody is still to submit. It
// is the only way by which what evaluators wrote leaves this package; who may read the
// evaluations themselves the caller asks.
func (a *App) OpenSheets(ctx context.Context, r *store.Reader, all ...*atlas.Evaluation) (map[string][]*atlas.Sheet, error) {
	var ids []string
	for _, e := range all {
		if !e.Blind() {
			ids = append(ids, e.ID)
		}
	}
	written, err := r.SheetsOf(ctx, ids...)
	out := make(map[string][]*atlas.Sheet, len(ids))
	for _, e := range all {
		if !e.Blind() {
			open := slices.DeleteFunc(countedOf(written, e), func(s *atlas.Sheet) bool { return !s.Open })
			out[e.ID] = rubric.Unnamed(open)
		}
	}
	return out, err
}

// PublishedSheets are the sheets of evaluations that everybody may read, see OpenSheets.
func (a *App) PublishedSheets(ctx context.Context, published []*atlas.Evaluation) (map[string][]*atlas.Sheet, error) {
	ids := make([]string, len(published))
	for i, e := range published {
		ids[i] = e.ID
	}
	all, err := a.Reader().Evaluations(ctx, ids) // with who judged, by whom sheets are found
	if err != nil {
		return nil, err
	}
	return a.OpenSheets(ctx, a.Reader(), slices.DeleteFunc(all, func(e *atlas.Evaluation) bool { return !e.Public() })...)
}

// panelNames says who judges, to who manages, and what else runs beside.
func (a *App) panelNames(ctx context.Context, r *store.Reader, j *Judgement) error {
	var accounts []string
	for _, x := range j.Evaluation.Assignments {
		accounts = append(accounts, x.Account)
	}
	var err error
	if j.Names, err = r.AccountNames(ctx, accounts); err != nil {
		return err
	}
	others, err := r.EvaluationsOf(ctx, j.Evaluation.Project)
	for _, o := range others {
		if o.ID != j.Evaluation.ID && o.Mode == j.Evaluation.Mode && goesOn(o) && goesOn(j.Evaluation) {
			j.Beside = append(j.Beside, o.ID)
		}
	}
	return err
}

// hidePanel takes out who judges and why somebody left; of the viewer their own
// part stays.
func hidePanel(e *atlas.Evaluation, account string) {
	e.CreatedBy, e.UpdatedBy, e.ApprovedBy, e.RepliedBy = "", "", "", ""
	for i := range e.Assignments {
		if x := &e.Assignments[i]; x.Account != account || account == "" {
			*x = atlas.Assignment{State: x.State, Third: x.Third}
		}
	}
}

// PublishedEvaluation is an evaluation that everybody may read, with its project.
type PublishedEvaluation struct {
	*atlas.Evaluation
	Title string // of the project, in the language of the viewer
}

// PublishedEvaluations lists what everybody may read, the newest approval first.
func (a *App) PublishedEvaluations(ctx context.Context, lang string) ([]PublishedEvaluation, error) {
	var all []*atlas.Evaluation
	err := a.Reader().EachEvaluation(ctx, func(e *atlas.Evaluation) error {
		if e.Public() {
			hidePanel(e, "")
			all = append(all, e)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	titles, err := a.titlesOf(ctx, a.Reader(), all, lang)
	out := make([]PublishedEvaluation, len(all))
	for i, e := range all {
		out[i] = PublishedEvaluation{e, titles[e.Project]}
	}
	slices.SortStableFunc(out, func(x, y PublishedEvaluation) int {
		return cmp.Or(y.Approved.Compare(x.Approved), cmp.Compare(y.ID, x.ID))
	})
	return out, err
}

// titlesOf are the titles of the projects of evaluations.
func (a *App) titlesOf(ctx context.Context, r *store.Reader, all []*atlas.Evaluation, lang string) (map[string]string, error) {
	var ids []string
	for _, e := range all {
		ids = append(ids, e.Project)
	}
	found, err := r.ProjectTitles(ctx, distinct(ids))
	titles := make(map[string]string, len(found))
	for id, title := range found {
		titles[id] = title.In(lang)
	}
	return titles, err
}

// EvaluationsOfProject are the evaluations of a project that a viewer may know of,
// in the order of the modes, as far as they may: what runs only says that it does.
func (a *App) EvaluationsOfProject(ctx context.Context, v atlas.Viewer, p *atlas.Project) ([]*atlas.Evaluation, error) {
	all, err := a.Reader().EvaluationsOf(ctx, p.ID)
	manages, implements := v.May(atlas.RightAssign) || v.May(atlas.RightUsers), a.may(v, atlas.RightSelfCheck, p.Subject())
	all = slices.DeleteFunc(all, func(e *atlas.Evaluation) bool {
		return !e.Public() && !manages && !a.may(v, atlas.RightEvaluate, e.Subject()) && (!implements || e.State == atlas.EvaluationCancelled)
	})
	for _, e := range all {
		if !e.Public() {
			e.Statement, e.Settlements, e.Result = "", nil, atlas.Result{}
		}
		hidePanel(e, v.Account)
	}
	order := atlas.Modes()
	slices.SortStableFunc(all, func(x, y *atlas.Evaluation) int {
		return cmp.Or(cmp.Compare(slices.Index(order, x.Mode), slices.Index(order, y.Mode)), cmp.Compare(x.ID, y.ID))
	})
	return all, err
}
