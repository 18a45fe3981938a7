package app

import (
	"context"

	"atlas"
	"atlas/internal/account"
	"atlas/internal/store"
)

// Seconds says what second steps an account can make.
type Seconds struct {
	Codes, Recovery, Passkeys bool
}

// Any says whether there is one at all.
func (s Seconds) Any() bool { return s.Codes || s.Passkeys }

// waiting is the account that is to show a second factor: it is half signed in, or
// showed one longer ago than that holds.
func waiting(v atlas.Visit) string {
	if v.Half != "" {
		return v.Half
	}
	return v.Account
}

// SecondSteps says what second steps whoever sits at a session can make.
func (a *App) SecondSteps(ctx context.Context, v atlas.Visit) (Seconds, error) {
	id := waiting(v)
	if id == "" || v.Session == "" {
		return Seconds{}, nil
	}
	secrets, err := a.Reader().Secrets(ctx, id)
	if err != nil {
		return Seconds{}, err
	}
	keys, err := a.Reader().Passkeys(ctx, id)
	if err != nil {
		return Seconds{}, err
	}
	codes, err := a.Reader().RecoveryCodes(ctx, id)
	return Seconds{Codes: secrets.TOTP != "", Recovery: len(codes) > 0, Passkeys: len(keys) > 0}, err
}

// SecondStep lets in whoever is half signed in and types a one-time code or a
// recovery code. Errors are those of SignInByPassword; ErrNoSecond where nobody is
// half signed in.
func (a *App) SecondStep(ctx context.Context, v atlas.Visit, typed string, from Arrival) (Entered, error) {
	id := waiting(v)
	if id == "" || v.Session == "" {
		return Entered{}, ErrNoSecond
	}
	try := account.Attempt{Account: id, Address: from.Address, Device: a.mark(from, id)}
	verdict := a.gate.second.Try(try, a.now())
	if verdict.Wait > 0 {
		return Entered{}, &WaitError{verdict.Wait}
	}
	use, err := a.secondOf(ctx, id, typed)
	if err != nil {
		return Entered{}, err
	}
	if err := hold(ctx, verdict.Delay); err != nil {
		return Entered{}, err
	}
	in, right := Entered{}, false
	if use != nil {
		in, right, err = a.enterBySecond(ctx, id, use, from)
	}
	switch {
	case err != nil:
		return Entered{}, err
	case !right:
		return Entered{}, a.secondFailed(ctx, id)
	}
	a.gate.second.Succeeded(try, verdict)
	return in, nil
}

// secondFailed notes that a second step was wrong: whoever tries has passed the
// first.
func (a *App) secondFailed(ctx context.Context, id string) error {
	if err := a.store.Update(ctx, func(tx *store.Tx) error { return a.noteSignIn(ctx, tx, id, auditSecond) }); err != nil {
		return err
	}
	return ErrWrong
}

// usingUp takes a second factor out of the database; false when somebody else was
// faster.
type usingUp func(context.Context, *store.Tx) (bool, error)

// secondOf is what using a typed code up takes; nil when it is wrong.
func (a *App) secondOf(ctx context.Context, id, typed string) (usingUp, error) {
	if _, ok := account.TypedCode(typed); ok {
		return a.codeOf(ctx, id, typed)
	}
	hashes, err := a.Reader().RecoveryCodes(ctx, id)
	if err != nil {
		return nil, err
	}
	hasher, err := a.Hasher()
	if err != nil {
		return nil, err
	}
	n, err := hasher.UseRecovery(ctx, hashes, typed)
	if err != nil || n < 0 {
		return nil, err
	}
	return func(ctx context.Context, tx *store.Tx) (bool, error) {
		first, err := tx.UseRecoveryCode(ctx, id, hashes[n], a.now())
		if err != nil || !first {
			return false, err
		}
		return true, a.noteSignIn(ctx, tx, id, auditRecovery)
	}, nil
}

// codeOf is what using a one-time code up takes; nil when it is wrong.
func (a *App) codeOf(ctx context.Context, id, typed string) (usingUp, error) {
	s, err := a.Reader().Secrets(ctx, id)
	if err != nil || s.TOTP == "" {
		return nil, err
	}
	key, err := a.keys.opened(s.TOTP, id)
	if err != nil {
		return nil, err
	}
	step, ok, err := account.CheckTOTP(key, typed, a.now(), s.TOTPStep)
	if err != nil || !ok {
		return nil, err
	}
	return func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.UseTOTP(ctx, id, step) }, nil
}

// enterBySecond uses a second factor up and begins a session with it, in place of
// the half one.
func (a *App) enterBySecond(ctx context.Context, id string, use usingUp, from Arrival) (in Entered, right bool, err error) {
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		right = false
		first, err := use(ctx, tx)
		if err != nil || !first {
			return err
		}
		if in, err = a.enter(ctx, tx, id, from, true); err != nil {
			return err
		}
		left, err := tx.RecoveryCodes(ctx, id)
		if err != nil {
			return err
		}
		right, in.RecoveryLeft = true, len(left)
		return nil
	})
	return in, right, err
}
