package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/store"
)

// SelfSheet is the self-evaluation (sebehodnocení) of the implementer beside an
// evaluation, on the same rubric. It begins when it is first asked for and has one
// author; another member of the organisation is told that somebody writes it
// (problem.self_begun). Evaluators see it when all of them have submitted.
func (a *App) SelfSheet(ctx context.Context, v atlas.Viewer, id string) (*Desk, error) {
	r := a.Reader()
	e, err := a.ofImplementer(ctx, r, v, id)
	if err != nil {
		return nil, err
	}
	s, err := selfOf(ctx, r, e.ID)
	if err != nil {
		return nil, err
	}
	switch {
	case s == nil:
		return nil, errNotBegun
	case s.Account != v.Account:
		return nil, refusal("sheet", "problem.self_begun")
	}
	return a.desk(ctx, r, s, e)
}

// errNotBegun says that there is no self-evaluation yet.
var errNotBegun = errors.Join(errors.New("not begun"), atlas.ErrNotFound)

// NotBegun says whether an error is that the self-evaluation was not begun.
func NotBegun(err error) bool { return errors.Is(err, errNotBegun) }

// BeginSelf begins the self-evaluation of a running evaluation; one's own that is
// there already is left as it is.
func (a *App) BeginSelf(ctx context.Context, v atlas.Viewer, id string) error {
	if !v.SignedIn() {
		return atlas.ErrForbidden
	}
	return a.update(ctx, func(tx *store.Tx) error {
		e, err := a.ofImplementer(ctx, tx.Reader, v, id)
		if err != nil {
			return err
		}
		if s, err := selfOf(ctx, tx.Reader, e.ID); err != nil {
			return err
		} else if s != nil && s.Account == v.Account {
			return nil
		} else if s != nil {
			return refusal("sheet", "problem.self_begun")
		}
		if !slices.Contains(beforeApproval(), e.State) {
			return refusal("state", "problem.evaluation_is."+string(e.State))
		}
		return tx.PutSheet(ctx, &atlas.Sheet{
			Meta: atlas.Meta{RecordStatus: atlas.RecordDraft, Sample: e.Sample}, Evaluation: e.ID, Project: e.Project, Rubric: e.Rubric, Mode: e.Mode,
			Account: v.Account, Role: atlas.SheetSelf,
		}, a.write(v))
	})
}

// selfOf finds the self-evaluation beside an evaluation; nil where there is none.
func selfOf(ctx context.Context, r *store.Reader, evaluation string) (*atlas.Sheet, error) {
	all, err := r.SheetsOf(ctx, evaluation)
	if err != nil {
		return nil, err
	}
	for _, s := range all {
		if s.Role == atlas.SheetSelf {
			return s, nil
		}
	}
	return nil, nil
}

// MayCheck says whether a viewer may check a plan of theirs privately (8.2.9):
// whoever writes for an organisation or a territory.
func MayCheck(v atlas.Viewer) bool { return v.SignedIn() && atlas.Could(v, atlas.RightSelfCheck) }

// BeginCheck begins a private self-check of an applicant (8.2.9) by the same rubric
// ex-ante: of a record that they write for, or of a mere title. Nobody else ever
// reads it.
func (a *App) BeginCheck(ctx context.Context, v atlas.Viewer, rubric, project, title string) (id string, err error) {
	if !MayCheck(v) {
		return "", atlas.ErrForbidden
	}
	s := &atlas.Sheet{
		Meta:  atlas.Meta{RecordStatus: atlas.RecordDraft},
		Title: strings.TrimSpace(title), Rubric: rubric, Mode: atlas.ModeExAnte, Account: v.Account, Role: atlas.SheetCheck,
	}
	err = a.update(ctx, func(tx *store.Tx) error {
		if _, err := usableRubric(ctx, tx.Reader, rubric, s.Mode); err != nil {
			return err
		}
		if project = strings.TrimSpace(project); project != "" {
			p, err := tx.Project(ctx, project)
			if err != nil {
				return named("project", project, err)
			}
			if !a.may(v, atlas.RightSelfCheck, p.Subject()) {
				return refusal("project", "problem.check_foreign", "id", project)
			}
			s.Project = p.ID
		} else if s.Title == "" {
			return refusal("title", "problem.check_title")
		}
		return tx.PutSheet(ctx, s, a.write(v))
	})
	return s.ID, err
}

// Check reads a private self-check for its author; for all others it does not
// exist.
func (a *App) Check(ctx context.Context, v atlas.Viewer, id string) (*Desk, error) {
	r := a.Reader()
	s, err := r.Sheet(ctx, id)
	if err != nil {
		return nil, err
	}
	if s.Role != atlas.SheetCheck || !v.SignedIn() || s.Account != v.Account {
		return nil, atlas.ErrNotFound
	}
	return a.desk(ctx, r, s, nil)
}

// Checks are the private self-checks of a viewer, the newest first.
func (a *App) Checks(ctx context.Context, v atlas.Viewer) ([]*atlas.Sheet, error) {
	if !v.SignedIn() {
		return nil, nil
	}
	all, err := a.Reader().SheetsBy(ctx, v.Account)
	all = slices.DeleteFunc(all, func(s *atlas.Sheet) bool { return s.Role != atlas.SheetCheck })
	slices.Reverse(all)
	return all, err
}
