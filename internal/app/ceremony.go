package app

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"time"

	"atlas"
	"atlas/internal/account"
	"atlas/internal/store"
)

// Kinds of sign-ins that wait for the browser.
const (
	ceremonyPasskey  = "passkey"
	ceremonyProvider = "provider"
	ceremonyTime     = 15 * time.Minute
)

// beginCeremony keeps what a sign-in that has begun must remember, and gives the secret to
// leave with the browser.
func (a *App) beginCeremony(ctx context.Context, kind string, content []byte, next string, from Arrival) (string, error) {
	if v := a.gate.begun.Try(account.Attempt{Address: from.Address}, a.now()); v.Wait > 0 {
		return "", &WaitError{v.Wait}
	}
	secret, hash, err := account.NewSecret(purposeCeremony, rand.Reader)
	if err != nil {
		return "", err
	}
	c := store.Ceremony{Hash: hex.EncodeToString(hash), Kind: kind, Content: string(content), Next: next, ExpiresAt: a.now().Add(ceremonyTime).UTC()}
	return secret, a.store.Update(ctx, func(tx *store.Tx) error { return tx.PutCeremony(ctx, c, a.now()) })
}

// purposeCeremony is that of the cookie of a sign-in that has begun.
const purposeCeremony account.Purpose = "ceremony"

// takeCeremony takes a sign-in that has begun away, whatever becomes of it; empty when
// there is none such.
func (a *App) takeCeremony(ctx context.Context, kind, secret string) (c store.Ceremony, err error) {
	hash, ok := account.HashSecret(purposeCeremony, secret)
	if !ok {
		return c, nil
	}
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		taken, err := tx.TakeCeremony(ctx, hex.EncodeToString(hash), kind, a.now())
		if errors.Is(err, atlas.ErrNotFound) {
			return nil
		}
		c = taken
		return err
	})
	return c, err
}
