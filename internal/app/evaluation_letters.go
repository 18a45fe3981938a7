package app

import (
	"context"
	"slices"

	"atlas"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// What letters tell of evaluations.
const (
	letterAssigned  = mail.EvaluationAssigned
	letterExtended  = mail.EvaluationExtended
	letterSoon      = mail.EvaluationSoon
	letterOverdue   = mail.EvaluationOverdue
	letterRemoved   = mail.EvaluationRemoved
	letterCancelled = mail.EvaluationCancelled
	letterDisputed  = mail.EvaluationDisputed
	letterConflict  = mail.EvaluationConflict
	letterErased    = mail.EvaluationErased
	letterGathered  = mail.EvaluationGathered
	letterSettled   = mail.EvaluationSettled
	letterApproved  = mail.EvaluationApproved
	letterPublished = mail.EvaluationPublished
	letterWithdrawn = mail.EvaluationWithdrawn
)

// tellEvaluators tells some evaluators what became of an evaluation.
func (a *App) tellEvaluators(ctx context.Context, tx *store.Tx, e *atlas.Evaluation, what mail.EvaluationNews, accounts ...string) error {
	found, err := tx.AccountsByID(ctx, accounts)
	if err != nil {
		return err
	}
	return a.tellOfEvaluation(ctx, tx, e, what, found)
}

// tellMethodologists tells those who manage evaluations and do not judge this one.
func (a *App) tellMethodologists(ctx context.Context, tx *store.Tx, e *atlas.Evaluation, what mail.EvaluationNews) error {
	all, err := a.methodologists(ctx, tx.Reader)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(who *atlas.Account) bool {
		_, judges := e.Assigned(who.ID)
		return judges
	})
	return a.tellOfEvaluation(ctx, tx, e, what, all)
}

// methodologists are all who can sign in and have that role today.
func (a *App) methodologists(ctx context.Context, r *store.Reader) ([]*atlas.Account, error) {
	all, err := r.AccountsWithRole(ctx, atlas.RoleMethodologist)
	return slices.DeleteFunc(all, func(who *atlas.Account) bool {
		return who.State != atlas.AccountActive || !a.holds(who, atlas.RoleMethodologist)
	}), err
}

// tellImplementers tells those who decide about the members of the organisations
// that carry the project out.
func (a *App) tellImplementers(ctx context.Context, tx *store.Tx, e *atlas.Evaluation, what mail.EvaluationNews) error {
	p, err := a.projectNow(ctx, tx.Reader, e.Project)
	if err != nil {
		return err
	}
	var all []*atlas.Account
	for _, actor := range p.Implementers() {
		managers, err := managersOf(ctx, tx.Reader, actor)
		if err != nil {
			return err
		}
		all = append(all, managers...)
	}
	return a.tellOfEvaluation(ctx, tx, e, what, all)
}

func (a *App) tellOfEvaluation(ctx context.Context, tx *store.Tx, e *atlas.Evaluation, what mail.EvaluationNews, all []*atlas.Account) error {
	if a.letters == nil || len(all) == 0 {
		return nil
	}
	p, err := a.projectNow(ctx, tx.Reader, e.Project)
	if err != nil {
		return err
	}
	told := map[string]bool{}
	for _, who := range all {
		if told[who.ID] || who.State != atlas.AccountActive {
			continue
		}
		told[who.ID] = true
		letter := mail.EvaluationLetter{What: what, Project: p.Title(who.Lang), Due: e.Due, Link: a.pages(who.Lang, e.ID)}
		if err := a.letterTo(ctx, tx, who, letter); err != nil {
			return err
		}
	}
	return nil
}
