package app

import (
	"context"

	"atlas"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// LastAdmin says whether an account is the only one that may still look after
// accounts: it cannot be erased, or nobody could give the role to another.
func (s *Self) LastAdmin(ctx context.Context, id string) (bool, error) {
	return s.app.lastAdministrator(ctx, s.app.Reader(), id)
}

// Erase takes away all that is known of who asks (store.Tx.EraseAccount). What
// they wrote stays, signed by a code behind which nobody stands any more. It
// cannot be taken back.
func (s *Self) Erase(ctx context.Context, who Asker) error {
	if !s.Fresh(who.Visit) {
		return ErrUnproved
	}
	return s.change(ctx, who, "account_erased", "", func(tx *store.Tx, a *atlas.Account) error {
		last, err := s.app.lastAdministrator(ctx, tx.Reader, a.ID)
		if err != nil {
			return err
		}
		if last {
			return wrong("", "mine.problem.last_admin")
		}
		return eraseAccount(ctx, tx, s.app, a)
	})
}

// eraseAccount erases an account however letters write its address. Panels that
// still wait for its sheet do not wait any longer; cards of good practice are judged
// anew, as after any other write.
func eraseAccount(ctx context.Context, tx *store.Tx, a *App, who *atlas.Account) error {
	var sent []string
	if address, err := mail.Address(who.Email); err == nil {
		sent = append(sent, address)
	}
	if err := a.leavePanels(ctx, tx, who); err != nil {
		return err
	}
	if err := tx.EraseAccount(ctx, who.ID, a.now(), sent...); err != nil {
		return err
	}
	return a.settleMarks(ctx, tx)
}
