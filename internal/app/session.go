package app

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"time"

	"atlas"
	"atlas/internal/account"
	"atlas/internal/store"
)

// SignedIn is a session that has begun: the secret goes into the cookie and is
// kept nowhere else.
type SignedIn struct {
	Secret string
	Until  time.Time
}

// SessionHash is what a session is found by; false where a cookie says nothing of
// ours.
func SessionHash(secret string) (string, bool) {
	hash, ok := account.HashSecret(account.PurposeSession, secret)
	return hex.EncodeToString(hash), ok
}

// StartSession signs an account in to a browser. Strong says that a second factor
// was shown.
func (a *App) StartSession(ctx context.Context, id, device string, strong bool) (SignedIn, error) {
	var in SignedIn
	err := a.store.Update(ctx, func(tx *store.Tx) error {
		var err error
		in, err = a.startSession(ctx, tx, id, device, strong)
		return err
	})
	return in, err
}

func (a *App) startSession(ctx context.Context, tx *store.Tx, id, device string, strong bool) (SignedIn, error) {
	who, err := tx.Account(ctx, id)
	if err != nil {
		return SignedIn{}, err
	}
	if who.State != atlas.AccountActive {
		return SignedIn{}, atlas.ErrForbidden
	}
	secret, hash, err := account.NewSecret(account.PurposeSession, rand.Reader)
	if err != nil {
		return SignedIn{}, err
	}
	now := a.now().UTC()
	s := store.Session{Hash: hex.EncodeToString(hash), Account: id, Device: device, Strong: strong,
		ConfirmedAt: now, CreatedAt: now, UsedAt: now, ExpiresAt: now.Add(account.PurposeSession.Life())}
	if err := tx.PutSession(ctx, s); err != nil {
		return SignedIn{}, err
	}
	return SignedIn{secret, s.ExpiresAt}, tx.SeenAccount(ctx, id, now)
}

// Strengthen notes that who sits at a session has shown a second factor, or
// proved once more who they are.
func (a *App) Strengthen(ctx context.Context, hash string, strong bool) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		s, err := tx.Session(ctx, hash, a.now())
		if err != nil {
			return err
		}
		s.Strong, s.ConfirmedAt = s.Strong || strong, a.now().UTC()
		return tx.PutSession(ctx, s)
	})
}

// SignOut ends a session; one that is not there has ended.
func (a *App) SignOut(ctx context.Context, account, hash string) error {
	return a.store.Update(ctx, func(tx *store.Tx) error { return tx.EndSession(ctx, account, hash) })
}

// SignOutElsewhere ends all sessions of an account but one; "" = all.
func (a *App) SignOutElsewhere(ctx context.Context, account, but string) error {
	return a.store.Update(ctx, func(tx *store.Tx) error { return tx.EndSessions(ctx, account, but) })
}
