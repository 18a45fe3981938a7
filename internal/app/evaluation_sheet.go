package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"atlas"
	"atlas/internal/rubric"
	"atlas/internal/store"
)

// ErrSubmitted is what comes of submitting a sheet again, or of changing one that
// was submitted: nothing, and it is said.
var ErrSubmitted = fmt.Errorf("the sheet was submitted already: %w", atlas.ErrConflict)

// Desk (pracovní stůl) is all that somebody needs who writes a sheet.
type Desk struct {
	Sheet      *atlas.Sheet
	Rubric     *atlas.Rubric
	Evaluation *atlas.Evaluation // nil of a private self-check
	Project    *atlas.Project    // nil of a self-check of what is no record
	Verdict    rubric.Verdict    // what it comes to as it stands
	Closed     bool              // it cannot be changed any more
	Late       bool              // the last day is over: it can be written and not submitted
}

// SheetFor reads the sheet that an evaluator writes; atlas.ErrForbidden until they
// have declared that they have no conflict of interest.
func (a *App) SheetFor(ctx context.Context, v atlas.Viewer, evaluation string) (*Desk, error) {
	r := a.Reader()
	e, err := r.Evaluation(ctx, evaluation)
	if err != nil {
		return nil, err
	}
	if !a.may(v, atlas.RightEvaluate, e.Subject()) {
		if a.may(v, atlas.RightRead, e.Subject()) {
			return nil, atlas.ErrForbidden
		}
		return nil, atlas.ErrNotFound
	}
	s, err := sheetOf(ctx, r, e.ID, v.Account, atlas.SheetEvaluator)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return nil, atlas.ErrForbidden
	}
	return a.desk(ctx, r, s, e)
}

// desk puts together what belongs to a sheet.
func (a *App) desk(ctx context.Context, r *store.Reader, s *atlas.Sheet, e *atlas.Evaluation) (*Desk, error) {
	d := &Desk{Sheet: s, Evaluation: e}
	var err error
	if d.Rubric, err = r.Rubric(ctx, s.Rubric); err != nil {
		return nil, err
	}
	project := s.Project
	if e != nil {
		project = e.Project
		d.Closed = s.Done() || !slices.Contains(beforeApproval(), e.State)
		d.Late = s.Role == atlas.SheetEvaluator && e.Due.Compare(a.today()) < 0
	}
	if project != "" {
		d.Project, err = a.projectNow(ctx, r, project)
	}
	d.Verdict = rubric.Judge(d.Rubric, s.Mode, s)
	return d, err
}

// projectNow reads a project where it lives now.
func (a *App) projectNow(ctx context.Context, r *store.Reader, id string) (*atlas.Project, error) {
	p, err := r.Project(ctx, id)
	var moved *atlas.RedirectError
	if errors.As(err, &moved) {
		return r.Project(ctx, moved.ID)
	}
	return p, err
}

// sheetOf finds what an account wrote in a part of an evaluation; nil where it did
// not begin.
func sheetOf(ctx context.Context, r *store.Reader, evaluation, account string, role atlas.SheetRole) (*atlas.Sheet, error) {
	all, err := r.SheetsOf(ctx, evaluation)
	if err != nil {
		return nil, err
	}
	for _, s := range all {
		if s.Role == role && s.Account == account {
			return s, nil
		}
	}
	return nil, nil
}

// SaveSheet keeps what its author has written, of any part: an evaluator, a
// self-evaluation or a private self-check. form is the address whose draft it
// replaces, "" where there is none. Only its words count; whose it is and by what
// rubric stays.
func (a *App) SaveSheet(ctx context.Context, v atlas.Viewer, form string, s *atlas.Sheet) error {
	return a.writeSheet(ctx, v, form, s, false)
}

// SubmitSheet is SaveSheet that closes the sheet as well. When something is missing
// (8.2.8), or the last day is over, what was written is kept all the same and the
// atlas.InvalidError says what. Submitted again it is ErrSubmitted and nothing
// changes.
func (a *App) SubmitSheet(ctx context.Context, v atlas.Viewer, form string, s *atlas.Sheet) error {
	return a.writeSheet(ctx, v, form, s, true)
}

func (a *App) writeSheet(ctx context.Context, v atlas.Viewer, form string, posted *atlas.Sheet, submit bool) error {
	var missing []atlas.Problem
	err := a.update(ctx, func(tx *store.Tx) error {
		missing = nil
		s, err := tx.Sheet(ctx, posted.ID)
		if err != nil {
			return err
		}
		if !v.SignedIn() || s.Account != v.Account {
			return atlas.ErrNotFound
		}
		e, err := a.writable(ctx, tx.Reader, v, s)
		if err != nil {
			return err
		}
		r, err := tx.Rubric(ctx, s.Rubric)
		if err != nil {
			return err
		}
		s.Version, s.Scores, s.Gates = posted.Version, posted.Scores, posted.Gates
		s.Strengths, s.Weaknesses, s.Advice, s.Opinions = posted.Strengths, posted.Weaknesses, posted.Advice, posted.Opinions
		if wrong := s.Problems(r, false); len(wrong) > 0 {
			return &atlas.InvalidError{Problems: wrong}
		}
		if submit {
			if missing = s.Problems(r, true); s.Role == atlas.SheetEvaluator && e.Due.Compare(a.today()) < 0 {
				missing = append(missing, atlas.Problem{Field: "due", Key: "problem.sheet_late", Args: map[string]any{"day": e.Due}})
			}
			if len(missing) == 0 {
				s.Submitted = a.now().UTC()
			}
		}
		if s.Role == atlas.SheetSelf && s.Done() {
			s.Open = !e.Blind()
		}
		if err := tx.PutSheet(ctx, s, a.write(v)); err != nil {
			return err
		}
		if form != "" {
			if err := tx.DropDraft(ctx, v.Account, form); err != nil {
				return err
			}
		}
		posted.Version = s.Version
		if s.Role == atlas.SheetEvaluator && s.Done() {
			return a.handIn(ctx, tx, v, e)
		}
		return nil
	})
	if err == nil && len(missing) > 0 {
		return &atlas.InvalidError{Problems: missing}
	}
	return err
}

// writable says whether the author of a sheet may still write it; it gives the
// evaluation that it belongs to.
func (a *App) writable(ctx context.Context, r *store.Reader, v atlas.Viewer, s *atlas.Sheet) (*atlas.Evaluation, error) {
	if s.Role == atlas.SheetCheck {
		return nil, nil
	}
	e, err := r.Evaluation(ctx, s.Evaluation)
	if err != nil {
		return nil, err
	}
	if s.Role == atlas.SheetEvaluator && !a.may(v, atlas.RightEvaluate, e.Subject()) {
		return nil, atlas.ErrNotFound
	}
	if s.Role == atlas.SheetSelf {
		if p, err := a.projectNow(ctx, r, e.Project); err != nil {
			return nil, err
		} else if !a.may(v, atlas.RightSelfCheck, p.Subject()) {
			return nil, atlas.ErrNotFound
		}
	}
	switch {
	case s.Done():
		return nil, ErrSubmitted
	case !slices.Contains(beforeApproval(), e.State):
		return nil, refusal("state", "problem.evaluation_is."+string(e.State))
	}
	return e, nil
}

// handIn notes in the evaluation that its evaluator has submitted.
func (a *App) handIn(ctx context.Context, tx *store.Tx, v atlas.Viewer, e *atlas.Evaluation) error {
	x, there := e.Assigned(v.Account)
	if !there {
		return atlas.ErrForbidden
	}
	x.State, x.Done = atlas.AssignmentSubmitted, a.now().UTC()
	if !e.Blind() {
		if err := a.gathered(ctx, tx, v, e); err != nil {
			return err
		}
	}
	return tx.PutEvaluation(ctx, e, a.write(v))
}

// gathered ends the blind phase: all who judge have submitted. They agree, or have
// to (8.2.5); a third evaluator settles it by the median.
func (a *App) gathered(ctx context.Context, tx *store.Tx, v atlas.Viewer, e *atlas.Evaluation) error {
	if err := a.seal(ctx, tx, v, e, true); err != nil {
		return err
	}
	r, err := tx.Rubric(ctx, e.Rubric)
	if err != nil {
		return err
	}
	sheets, err := countedSheets(ctx, tx.Reader, e)
	if err != nil {
		return err
	}
	settled := slices.ContainsFunc(e.Assignments, func(x atlas.Assignment) bool { return x.Third && x.Active() })
	if e.State = atlas.EvaluationSubmitted; !settled && rubric.Disputes(r, e.Mode, sheets).Any() {
		e.State = atlas.EvaluationDisputed
		if err := a.tellEvaluators(ctx, tx, e, letterDisputed, active(e)...); err != nil {
			return err
		}
		return a.tellMethodologists(ctx, tx, e, letterDisputed)
	}
	return a.tellMethodologists(ctx, tx, e, letterGathered)
}

// seal opens what was submitted to those who may read the evaluation, or closes it
// again while somebody else judges.
func (a *App) seal(ctx context.Context, tx *store.Tx, v atlas.Viewer, e *atlas.Evaluation, open bool) error {
	all, err := tx.SheetsOf(ctx, e.ID)
	if err != nil {
		return err
	}
	for _, s := range all {
		x, there := e.Assigned(s.Account)
		counts := s.Role == atlas.SheetSelf || there && x.Active()
		if !s.Done() || !counts || s.Open == open {
			continue
		}
		s.Open = open
		if err := tx.PutSheet(ctx, s, a.write(v)); err != nil {
			return err
		}
	}
	return nil
}

// countedSheets are what makes the panel: submitted sheets of those who judge, in
// the order in which they were asked. It knows nothing of who may read them.
func countedSheets(ctx context.Context, r *store.Reader, e *atlas.Evaluation) ([]*atlas.Sheet, error) {
	all, err := r.SheetsOf(ctx, e.ID)
	return countedOf(all, e), err
}

// countedOf picks them out of sheets of any evaluations.
func countedOf(all []*atlas.Sheet, e *atlas.Evaluation) []*atlas.Sheet {
	var out []*atlas.Sheet
	for _, x := range e.Assignments {
		if x.State != atlas.AssignmentSubmitted {
			continue
		}
		for _, s := range all {
			if s.Evaluation == e.ID && s.Role == atlas.SheetEvaluator && s.Account == x.Account && s.Done() {
				out = append(out, s)
			}
		}
	}
	return out
}

// evaluationsOf are the evaluations that sheets belong to.
func evaluationsOf(ctx context.Context, r *store.Reader, sheets []string) ([]string, error) {
	all, err := r.Sheets(ctx, distinct(sheets))
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = s.Evaluation
	}
	return distinct(out), err
}
