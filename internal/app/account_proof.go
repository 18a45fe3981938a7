package app

import (
	"context"
	"math"

	"atlas"
	"atlas/internal/account"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// Proofs are the ways by which a person may prove once more who they are.
type Proofs struct {
	Password, Code bool
	// Link by e-mail: not where there are one-time codes, as it would be worth
	// less than what they already showed.
	Link bool
}

// Proofs says which ways who is signed in has.
func (s *Self) Proofs(ctx context.Context, v atlas.Visit) (Proofs, error) {
	if !v.SignedIn() {
		return Proofs{}, atlas.ErrForbidden
	}
	secrets, err := s.app.Reader().Secrets(ctx, v.Account)
	return Proofs{Password: secrets.Password != "", Code: secrets.TOTP != "", Link: secrets.TOTP == ""}, err
}

// ProvePassword takes the password of who asks as a proof.
func (s *Self) ProvePassword(ctx context.Context, who Asker, typed string) error {
	return s.guessed(ctx, who, "password", "mine.problem.password_wrong", func() (bool, error) { return s.rightPassword(ctx, who, typed) }, false)
}

func (s *Self) rightPassword(ctx context.Context, who Asker, typed string) (bool, error) {
	h, err := s.app.Hasher()
	if err != nil {
		return false, err
	}
	secrets, err := s.app.Reader().Secrets(ctx, who.Account)
	if err != nil {
		return false, err
	}
	right, _, err := h.Check(ctx, secrets.Password, typed)
	return right, err
}

// ProveCode takes a one-time code or a recovery code as a proof.
func (s *Self) ProveCode(ctx context.Context, who Asker, typed string) error {
	return s.guessed(ctx, who, "code", "mine.problem.code_wrong", func() (bool, error) {
		if _, ok := account.TypedCode(typed); ok {
			return s.rightCode(ctx, who, typed)
		}
		return s.rightRecovery(ctx, who, typed)
	}, true)
}

// rightCode says whether a one-time code is right and was not used yet.
func (s *Self) rightCode(ctx context.Context, who Asker, typed string) (right bool, err error) {
	err = s.app.store.Update(ctx, func(tx *store.Tx) error {
		right = false
		secrets, err := tx.Secrets(ctx, who.Account)
		if err != nil || secrets.TOTP == "" {
			return err
		}
		secret, err := s.app.keys.opened(secrets.TOTP, who.Account)
		if err != nil {
			return err
		}
		step, ok, err := account.CheckTOTP(secret, typed, s.app.now(), secrets.TOTPStep)
		if err != nil || !ok {
			return err
		}
		right, err = tx.UseTOTP(ctx, who.Account, step)
		return err
	})
	return right, err
}

// rightRecovery says whether a recovery code is right, and uses it up.
func (s *Self) rightRecovery(ctx context.Context, who Asker, typed string) (right bool, err error) {
	if _, ok := account.TypedRecovery(typed); !ok {
		return false, nil
	}
	h, err := s.app.Hasher()
	if err != nil {
		return false, err
	}
	hashes, err := s.app.Reader().RecoveryCodes(ctx, who.Account)
	if err != nil {
		return false, err
	}
	i, err := h.UseRecovery(ctx, hashes, typed)
	if err != nil || i < 0 {
		return false, err
	}
	err = s.app.store.Update(ctx, func(tx *store.Tx) (err error) {
		right, err = tx.UseRecoveryCode(ctx, who.Account, hashes[i], s.app.now())
		return err
	})
	return right, err
}

// guessed runs a check of what was typed under the limits against guessing, and
// notes that it was right. Wrong is an *atlas.InvalidError at the field.
func (s *Self) guessed(ctx context.Context, who Asker, field, wrongKey string, check func() (bool, error), strong bool) error {
	if !who.SignedIn() {
		return atlas.ErrForbidden
	}
	attempt := account.Attempt{Account: who.Account, Address: who.From}
	verdict := s.app.gate.second.Try(attempt, s.app.now())
	if verdict.Wait > 0 {
		return wrong(field, "mine.problem.wait", "minutes", int(math.Ceil(verdict.Wait.Minutes())))
	}
	right, err := check()
	if err != nil {
		return err
	}
	if err := hold(ctx, verdict.Delay); err != nil {
		return err
	}
	if !right {
		return wrong(field, wrongKey)
	}
	s.app.gate.second.Succeeded(attempt, verdict)
	return s.proved(ctx, who, strong)
}

// proved notes the proof with the session.
func (s *Self) proved(ctx context.Context, who Asker, strong bool) error {
	return s.change(ctx, who, "account_proved", "", func(tx *store.Tx, _ *atlas.Account) error {
		return s.confirm(ctx, tx, who, strong)
	})
}

func (s *Self) confirm(ctx context.Context, tx *store.Tx, who Asker, strong bool) error {
	session, err := tx.Session(ctx, who.Session, s.app.now())
	if err != nil {
		return err
	}
	session.Strong, session.ConfirmedAt = session.Strong || strong, s.app.now().UTC()
	return tx.PutSession(ctx, session)
}

// AskProof sends a link by which who asks may prove who they are, in the browser
// that they sit at.
func (s *Self) AskProof(ctx context.Context, who Asker, link func(secret string) string) error {
	ways, err := s.Proofs(ctx, who.Visit)
	if err != nil {
		return err
	}
	if !ways.Link {
		return wrong("", "mine.problem.no_link")
	}
	return s.change(ctx, who, "account_proof_asked", "", func(tx *store.Tx, a *atlas.Account) error {
		secret, until, err := s.putLink(ctx, tx, account.PurposeProof, a.Email, a.ID)
		if err != nil {
			return err
		}
		return s.tell(ctx, tx, a, mail.SignIn{Link: link(secret), Until: until})
	})
}

// ProveLink takes a link that came back as a proof.
func (s *Self) ProveLink(ctx context.Context, who Asker, secret string) error {
	return s.change(ctx, who, "account_proved", "", func(tx *store.Tx, _ *atlas.Account) error {
		if _, err := s.useLink(ctx, tx, account.PurposeProof, who, secret); err != nil {
			return err
		}
		return s.confirm(ctx, tx, who, false)
	})
}
