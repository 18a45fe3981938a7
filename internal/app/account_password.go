package app

import (
	"context"

	"atlas"
	"atlas/internal/account"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// SetPassword gives an account a password, in place of the one that it has.
// Whoever has not proved lately who they are must type the present one. All other
// browsers are signed out.
func (s *Self) SetPassword(ctx context.Context, who Asker, present, next, again string) error {
	if err := s.presentPassword(ctx, who, present); err != nil {
		return err
	}
	if p := s.choice().Check(next, account.Person{Email: who.Email, Name: who.Person, Site: s.app.gate.Site}); len(p) > 0 {
		return &atlas.InvalidError{Problems: p}
	}
	if next != again {
		return wrong("again", "mine.problem.password_differs")
	}
	h, err := s.app.Hasher()
	if err != nil {
		return err
	}
	hash, err := h.Hash(ctx, next)
	if err != nil {
		return err
	}
	return s.putPassword(ctx, who, "account_password", hash)
}

func (s *Self) presentPassword(ctx context.Context, who Asker, present string) error {
	if s.Fresh(who.Visit) {
		return nil
	}
	ways, err := s.Proofs(ctx, who.Visit)
	switch {
	case err != nil:
		return err
	case !ways.Password:
		return ErrUnproved
	case present == "":
		return wrong("present", "mine.problem.password_present")
	}
	return s.guessed(ctx, who, "present", "mine.problem.password_wrong", func() (bool, error) { return s.rightPassword(ctx, who, present) }, false)
}

// RemovePassword takes the password away: from then on its owner signs in by
// links sent to their e-mail or by a passkey.
func (s *Self) RemovePassword(ctx context.Context, who Asker) error {
	if !s.Fresh(who.Visit) {
		return ErrUnproved
	}
	return s.putPassword(ctx, who, "account_password_removed", "")
}

func (s *Self) putPassword(ctx context.Context, who Asker, action, hash string) error {
	return s.change(ctx, who, action, mail.ChangedPassword, func(tx *store.Tx, a *atlas.Account) error {
		secrets, err := tx.Secrets(ctx, a.ID)
		if err != nil {
			return err
		}
		secrets.Password, secrets.PasswordAt = hash, s.app.now().UTC()
		if err := tx.PutSecrets(ctx, a.ID, secrets); err != nil {
			return err
		}
		return tx.EndSessions(ctx, a.ID, who.Session)
	})
}
