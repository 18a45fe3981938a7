package app

import (
	"context"
	"crypto/rand"
	"errors"
	"net/url"

	"atlas"
	"atlas/internal/account"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// BeginProvider begins a sign-in through the provider of identities: the address
// to send the browser to, and the secret to leave with it.
func (a *App) BeginProvider(ctx context.Context, next string, from Arrival) (address, secret string, err error) {
	if a.gate.Provider == nil {
		return "", "", atlas.ErrNotFound
	}
	address, session, err := a.gate.Provider.Begin(ctx, a.now(), rand.Reader)
	if err != nil {
		return "", "", err
	}
	secret, err = a.beginCeremony(ctx, ceremonyProvider, session, next, from)
	return address, secret, err
}

// FinishProvider lets in whoever came back from the provider. Somebody new gets
// the secret of a link instead, where they say a name and agree. What is refused is
// an *account.Refused; ErrNoAccount and ErrUnverified say why an identity that is
// right cannot come in.
func (a *App) FinishProvider(ctx context.Context, secret string, query url.Values, from Arrival) (in Entered, link string, err error) {
	if a.gate.Provider == nil {
		return in, "", atlas.ErrNotFound
	}
	begun, err := a.takeCeremony(ctx, ceremonyProvider, secret)
	if err != nil {
		return in, "", err
	}
	who, err := a.gate.Provider.Finish(ctx, []byte(begun.Content), query, a.now())
	if err != nil {
		return in, "", err
	}
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		link = ""
		id, err := a.accountOf(ctx, tx, who)
		if errors.Is(err, atlas.ErrNotFound) {
			link, err = a.invite(ctx, tx, who, begun.Next)
			return err
		}
		if err != nil {
			return err
		}
		in, err = a.enter(ctx, tx, id, from, who.Strong)
		in.Next = begun.Next
		return err
	})
	return in, link, err
}

// accountOf is the account of an identity: the one it is tied to, or the one with
// its e-mail, if the provider vouches for that. Whoever may write any e-mail into
// their identity would else come into any account.
func (a *App) accountOf(ctx context.Context, tx *store.Tx, who account.Identity) (string, error) {
	id, err := tx.AccountOfIdentity(ctx, who.Issuer, who.Subject)
	if !errors.Is(err, atlas.ErrNotFound) {
		return id, err
	}
	if !who.EmailVerified {
		return "", ErrUnverified
	}
	email, err := mail.Address(who.Email)
	if err != nil {
		return "", ErrUnverified
	}
	one, err := tx.AccountByEmail(ctx, email)
	if err != nil {
		return "", err
	}
	if one.State != atlas.AccountActive {
		return "", ErrBlocked
	}
	return one.ID, a.tie(ctx, tx, who.Issuer, who.Subject, one.ID)
}

// tie notes that an identity is an account's.
func (a *App) tie(ctx context.Context, tx *store.Tx, issuer, subject, id string) error {
	if tied, err := tx.AccountOfIdentity(ctx, issuer, subject); !errors.Is(err, atlas.ErrNotFound) {
		if err == nil && tied != id {
			return ErrLinkUsed // it came to another account since the link was made
		}
		return err
	}
	if err := tx.PutIdentity(ctx, issuer, subject, id, a.now()); err != nil {
		return err
	}
	return a.noteSignIn(ctx, tx, id, auditProvider)
}

// invite makes the link by which somebody new founds an account. It is not sent:
// the provider vouched for the e-mail.
func (a *App) invite(ctx context.Context, tx *store.Tx, who account.Identity, next string) (string, error) {
	if !a.gate.Open {
		return "", ErrNoAccount
	}
	email, err := mail.Address(who.Email)
	if err != nil {
		return "", ErrUnverified
	}
	d := linkDetail{Next: next, Issuer: who.Issuer, Subject: who.Subject, Name: who.Name, Strong: who.Strong}
	return a.putSecret(ctx, tx, store.Link{Purpose: string(account.PurposeSignIn), Email: folded(email), Detail: d.String()}, account.PurposeSignIn.Life())
}
