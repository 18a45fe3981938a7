package app

import (
	"context"
	"errors"

	"atlas"
	"atlas/internal/account"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// SignInByPassword lets in whoever knows the password of the account with an
// e-mail. ErrWrong says nothing of which of the two was wrong, and takes the same
// time whether there is an account, whether it has a password. A *WaitError says
// that nothing was tried, ErrBlocked that it was right but may not come in.
//
// No connection to the database is held while the password is hashed or a guesser
// waits.
func (a *App) SignInByPassword(ctx context.Context, typed, password string, from Arrival) (Entered, error) {
	who, secrets, err := a.byEmail(ctx, typed)
	if err != nil {
		return Entered{}, err
	}
	try := account.Attempt{Account: folded(typed), Address: from.Address, Device: a.mark(from, who.ID)}
	verdict := a.gate.first.Try(try, a.now())
	if verdict.Wait > 0 {
		return Entered{}, &WaitError{verdict.Wait}
	}
	hasher, err := a.Hasher()
	if err != nil {
		return Entered{}, err
	}
	right, outdated, err := hasher.Check(ctx, secrets.Password, password)
	if err != nil {
		return Entered{}, err
	}
	if err := hold(ctx, verdict.Delay); err != nil {
		return Entered{}, err
	}
	if !right {
		return Entered{}, ErrWrong
	}
	a.gate.first.Succeeded(try, verdict)
	better := ""
	if outdated {
		if better, err = hasher.Hash(ctx, password); err != nil {
			return Entered{}, err
		}
	}
	return a.enterByPassword(ctx, who.ID, secrets.Password, better, from)
}

// enterByPassword lets an account in whose password was right; better is a hash to
// put in place of the old one, "" = none.
func (a *App) enterByPassword(ctx context.Context, id, old, better string, from Arrival) (in Entered, err error) {
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		s, err := tx.Secrets(ctx, id)
		if err != nil {
			return err
		}
		if s.Password != old { // it was changed while we looked
			return ErrWrong
		}
		if better != "" {
			s.Password = better
			if err := tx.PutSecrets(ctx, id, s); err != nil {
				return err
			}
		}
		in, err = a.enter(ctx, tx, id, from, false)
		return err
	})
	return in, err
}

// byEmail reads an account and its secrets; both are empty where there is none.
func (a *App) byEmail(ctx context.Context, typed string) (*atlas.Account, store.Secrets, error) {
	email := typed
	if address, err := mail.Address(typed); err == nil {
		email = address // the domain as it is stored
	}
	who, err := a.Reader().AccountByEmail(ctx, email)
	if errors.Is(err, atlas.ErrNotFound) {
		who, err = &atlas.Account{}, nil
	}
	if err != nil {
		return nil, store.Secrets{}, err
	}
	s, err := a.Reader().Secrets(ctx, who.ID) // also of nobody: it takes its time
	return who, s, err
}
