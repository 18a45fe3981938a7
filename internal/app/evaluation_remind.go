package app

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// remindBefore are the days before the last one at which who has not submitted is
// reminded; the day after it they are told that it is over.
var remindBefore = []int{7, 1}

// reminder says of what somebody who owes a sheet is to be told now; "" of nothing.
// Each of the three moments counts once: what was told at it or after it is not
// told again, and a moment before somebody was asked is none of theirs.
func reminder(x atlas.Assignment, due atlas.Date, now time.Time) mail.EvaluationNews {
	at := func(days int) time.Time { // the morning of a day counted from the last one
		return time.Date(due.Year, time.Month(due.Month), due.Day+days, 7, 0, 0, 0, i18n.Prague)
	}
	news := func(moment time.Time) bool {
		return !now.Before(moment) && x.Reminded.Before(moment) && x.Asked.Before(moment)
	}
	if news(at(1)) {
		return letterOverdue
	}
	if !now.Before(at(1)) {
		return ""
	}
	for _, days := range slices.Backward(remindBefore) { // the latest of those that passed
		if moment := at(-days); !now.Before(moment) {
			if news(moment) {
				return letterSoon
			}
			return ""
		}
	}
	return ""
}

// RemindEvaluators reminds those who owe a sheet, each once at each moment, and says
// how many letters that were.
func (a *App) RemindEvaluators(ctx context.Context) (sent int, err error) {
	var due []string
	err = a.Reader().EachEvaluation(ctx, func(e *atlas.Evaluation) error {
		if e.State == atlas.EvaluationOpen && len(a.toRemind(e)) > 0 {
			due = append(due, e.ID)
		}
		return nil
	})
	if err != nil || len(due) == 0 {
		return 0, err
	}
	for _, id := range due {
		n := 0
		err := a.update(ctx, func(tx *store.Tx) error {
			n = 0
			e, err := tx.Evaluation(ctx, id)
			if err != nil || e.State != atlas.EvaluationOpen {
				return err
			}
			for account, what := range a.toRemind(e) {
				x, _ := e.Assigned(account)
				x.Reminded = a.now().UTC()
				if err := a.tellEvaluators(ctx, tx, e, what, account); err != nil {
					return err
				}
				n++
			}
			if n == 0 { // another process was sooner
				return nil
			}
			return tx.PutEvaluation(ctx, e, a.write(atlas.Operator("atlas")))
		})
		if err != nil {
			return sent, err
		}
		sent += n
	}
	return sent, nil
}

// toRemind are the accounts to be reminded now, with what of.
func (a *App) toRemind(e *atlas.Evaluation) map[string]mail.EvaluationNews {
	out := map[string]mail.EvaluationNews{}
	for _, account := range owing(e) {
		x, _ := e.Assigned(account)
		if what := reminder(*x, e.Due, a.now()); what != "" {
			out[account] = what
		}
	}
	return out
}

// KeepRemindingEvaluators reminds when it begins and once an hour, until ctx ends.
// Several processes of one database may do so at once.
func (a *App) KeepRemindingEvaluators(ctx context.Context, log *slog.Logger) {
	const every = time.Hour
	for ctx.Err() == nil {
		if n, err := a.RemindEvaluators(ctx); err != nil && ctx.Err() == nil {
			log.Error("evaluators were not reminded; it is tried again in an hour", "error", err)
		} else if n > 0 {
			log.Info("evaluators reminded", "letters", n)
		}
		select {
		case <-ctx.Done():
		case <-time.After(every):
		}
	}
}
