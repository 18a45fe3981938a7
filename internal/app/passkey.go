package app

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"atlas"
	"atlas/internal/account"
	"atlas/internal/store"
)

// PasskeyID is the id by which the database finds a passkey.
func PasskeyID(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

// StoredPasskey is a passkey as the database keeps it.
func StoredPasskey(of string, k account.Passkey) (store.Passkey, error) {
	content, err := json.Marshal(k)
	return store.Passkey{ID: PasskeyID(k.ID), Account: of, Name: k.Name, Credential: string(content), AddedAt: k.AddedAt.UTC(), UsedAt: k.UsedAt}, err
}

// ReadPasskey reads what StoredPasskey wrote.
func ReadPasskey(s store.Passkey) (account.Passkey, error) {
	var k account.Passkey
	if err := json.Unmarshal([]byte(s.Credential), &k); err != nil {
		return k, fmt.Errorf("passkey %s: %w", s.ID, err)
	}
	k.Name, k.AddedAt, k.UsedAt = s.Name, s.AddedAt, s.UsedAt
	return k, nil
}

// PasskeyOwner is an account with its passkeys towards browsers.
func (a *App) PasskeyOwner(ctx context.Context, id string) (account.Owner, error) {
	who, err := a.Reader().Account(ctx, id)
	if err != nil {
		return account.Owner{}, err
	}
	o := account.Owner{Handle: a.keys.handleOf(id), Email: who.Email, Name: who.Name}
	if who.State != atlas.AccountActive {
		return o, ErrBlocked
	}
	all, err := a.Reader().Passkeys(ctx, id)
	if err != nil {
		return o, err
	}
	for _, s := range all {
		k, err := ReadPasskey(s)
		if err != nil {
			return o, err
		}
		o.Keys = append(o.Keys, k)
	}
	return o, nil
}

// Passkeys are passkeys of the site under its address; the error says why they
// cannot be used there.
func (a *App) Passkeys(origin string) (*account.Passkeys, error) {
	keys, err := account.NewPasskeys(origin, a.gate.Site)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoPasskeys, err)
	}
	return keys, nil
}
