package app

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"atlas"
	"atlas/internal/account"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// BeginPasskey begins a sign-in by a passkey: of whoever waits for their second
// step, or by the passkey alone. Options are JSON for the browser, secret is to be
// left with it. What cannot be is an *account.Refused with words, or says why
// there are no passkeys at this address.
func (a *App) BeginPasskey(ctx context.Context, v atlas.Visit, next string, from Arrival) (options []byte, secret string, err error) {
	keys, err := a.Passkeys(from.Origin)
	if err != nil {
		return nil, "", err
	}
	var c account.Challenge
	if id := waiting(v); id != "" {
		owner, err := a.PasskeyOwner(ctx, id)
		if err != nil {
			return nil, "", err
		}
		c, err = keys.BeginSecond(owner, a.now())
		if err != nil {
			return nil, "", err
		}
	} else if c, err = keys.BeginAlone(a.now()); err != nil {
		return nil, "", err
	}
	secret, err = a.beginCeremony(ctx, ceremonyPasskey, c.Session, next, from)
	return c.Options, secret, err
}

// FinishPasskey lets in by the answer of the browser.
func (a *App) FinishPasskey(ctx context.Context, v atlas.Visit, secret string, answer []byte, from Arrival) (Entered, error) {
	keys, err := a.Passkeys(from.Origin)
	if err != nil {
		return Entered{}, err
	}
	begun, err := a.takeCeremony(ctx, ceremonyPasskey, secret)
	if err != nil {
		return Entered{}, err
	}
	id, use, err := a.passkeyUsed(ctx, keys, v, []byte(begun.Content), answer)
	var refused *account.Refused
	if errors.As(err, &refused) && id != "" {
		err = errors.Join(err, a.passkeyRefused(ctx, id, refused, from))
	}
	if err != nil {
		return Entered{}, err
	}
	in, err := a.enterByPasskey(ctx, id, use, v, from)
	in.Next = begun.Next
	return in, err
}

// clonedAgain is how long the owner of a passkey that seems to be copied is not told
// again: whoever has the copy must not fill a mailbox with it.
const clonedAgain = 24 * time.Hour

// passkeyRefused notes in the log that a passkey of an account was refused. Where
// its count of signatures went back, there are two of it: its owner is told.
func (a *App) passkeyRefused(ctx context.Context, id string, why *account.Refused, from Arrival) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if why.Key != account.RefusedCloned {
			return a.noteSignIn(ctx, tx, id, auditSecond)
		}
		if err := a.noteSignIn(ctx, tx, id, auditCloned); err != nil || a.letters == nil || from.Keys == "" {
			return err
		}
		who, err := tx.Account(ctx, id)
		if err != nil || who.State != atlas.AccountActive {
			return err
		}
		sent, err := tx.LettersTo(ctx, who.Email)
		for _, l := range sent {
			if l.Kind == mail.KindCloned && a.now().Sub(l.PutAt) < clonedAgain {
				return err
			}
		}
		if err != nil {
			return err
		}
		return a.putLetter(ctx, tx, who, mail.PasskeyCloned{Device: from.Device, At: a.now(), Link: from.Keys})
	})
}

// passkeyUsed says whose passkey was used. The account is said also of an answer
// that is refused, when it is known.
func (a *App) passkeyUsed(ctx context.Context, keys *account.Passkeys, v atlas.Visit, session, answer []byte) (string, account.Use, error) {
	if id := waiting(v); id != "" {
		owner, err := a.PasskeyOwner(ctx, id)
		if err != nil {
			return "", account.Use{}, err
		}
		use, err := keys.FinishSecond(owner, session, answer, a.now())
		return id, use, err
	}
	id := ""
	_, use, err := keys.FinishAlone(func([]byte) (account.Owner, error) {
		// The library compares the handle of the answer with that of the owner.
		var said struct {
			ID string `json:"id"`
		}
		if err := json.Unmarshal(answer, &said); err != nil {
			return account.Owner{}, err
		}
		key, err := a.Reader().Passkey(ctx, said.ID)
		if err != nil {
			return account.Owner{}, err
		}
		id = key.Account
		return a.PasskeyOwner(ctx, id)
	}, session, answer, a.now())
	if errors.Is(err, ErrBlocked) {
		err = ErrBlocked
	}
	return id, use, err
}

// enterByPasskey stores the passkey as it is now and lets its owner in. A passkey
// that did not verify the person is a second factor only after a first.
func (a *App) enterByPasskey(ctx context.Context, id string, use account.Use, v atlas.Visit, from Arrival) (in Entered, err error) {
	stored, err := StoredPasskey(id, use.Key)
	if err != nil {
		return Entered{}, err
	}
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		if _, err := tx.Passkey(ctx, stored.ID); err != nil { // taken away meanwhile
			return err
		}
		if err := tx.PutPasskey(ctx, stored); err != nil {
			return err
		}
		var err error
		in, err = a.enter(ctx, tx, id, from, use.Strong || waiting(v) != "")
		return err
	})
	return in, err
}
