package app

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"atlas"
	"atlas/internal/account"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// nameLetters is how many letters the name of a person may have.
const nameLetters = 100

// ChangeDetails changes how colleagues see a person and in which language
// letters to them are. An *atlas.InvalidError says what is wrong.
func (s *Self) ChangeDetails(ctx context.Context, who Asker, name, lang string) error {
	name = strings.Join(strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	switch n := utf8.RuneCountInString(name); {
	case name == "":
		return wrong("name", "mine.problem.name")
	case n > nameLetters:
		return wrong("name", "mine.problem.name_long", "n", n, "max", nameLetters)
	case lang != "cs" && lang != "en":
		return wrong("lang", "mine.problem.lang")
	}
	return s.change(ctx, who, "account_details", "", func(tx *store.Tx, a *atlas.Account) error {
		a.Name, a.Lang = name, lang
		return tx.PutAccount(ctx, a)
	})
}

// linksInHour is how many links go to one address in an hour.
const linksInHour = 5

// AskEmail sends a link to a new address, which becomes that of the account once
// it is confirmed. Whether somebody else has an account with the address is not
// told: then nothing is sent. link makes the address of a secret.
func (s *Self) AskEmail(ctx context.Context, who Asker, email string, link func(secret string) string) error {
	if !s.Fresh(who.Visit) {
		return ErrUnproved
	}
	address, err := mail.Address(strings.TrimSpace(email))
	if err != nil {
		return wrong("email", "problem.email", "value", email)
	}
	if sameEmail(address, who.Email) {
		return wrong("email", "mine.problem.email_same")
	}
	return s.change(ctx, who, "account_email_asked", "", func(tx *store.Tx, a *atlas.Account) error {
		switch _, err := tx.AccountByEmail(ctx, address); {
		case err == nil:
			return nil
		case !errors.Is(err, atlas.ErrNotFound):
			return err
		}
		secret, until, err := s.putLink(ctx, tx, account.PurposeEmail, address, a.ID)
		if err != nil {
			return err
		}
		to := &atlas.Account{ID: a.ID, Email: address, Name: a.Name, Lang: a.Lang}
		return s.tell(ctx, tx, to, mail.ConfirmEmail{Link: link(secret), Until: until})
	})
}

func sameEmail(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}

// putLink keeps a link that is about to be sent for an account.
func (s *Self) putLink(ctx context.Context, tx *store.Tx, p account.Purpose, email, of string) (secret string, until time.Time, err error) {
	now := s.app.now().UTC()
	n, err := tx.LinksSent(ctx, string(p), email, now.Add(-time.Hour), now.Add(time.Hour))
	if err != nil {
		return "", until, err
	}
	if n >= linksInHour {
		return "", until, wrong("email", "mine.problem.links")
	}
	secret, hash, err := account.NewSecret(p, rand.Reader)
	if err != nil {
		return "", until, err
	}
	until = now.Add(p.Life())
	return secret, until, tx.PutLink(ctx, store.Link{Hash: hex.EncodeToString(hash), Purpose: string(p), Email: email, Account: of, CreatedAt: now, ExpiresAt: until})
}

// useLink takes a link that came back: it must be for the purpose and of who
// asks, good yet and not used. Else it is an *atlas.InvalidError without a field.
func (s *Self) useLink(ctx context.Context, tx *store.Tx, p account.Purpose, who Asker, secret string) (store.Link, error) {
	hash, ok := account.HashSecret(p, secret)
	if !ok {
		return store.Link{}, wrong("", "mine.problem.link")
	}
	l, err := tx.Link(ctx, hex.EncodeToString(hash))
	switch {
	case errors.Is(err, atlas.ErrNotFound), err == nil && (l.Purpose != string(p) || l.Account != who.Account):
		return l, wrong("", "mine.problem.link")
	case err != nil:
		return l, err
	case !s.app.now().Before(l.ExpiresAt):
		return l, wrong("", "mine.problem.link_old")
	}
	first, err := tx.UseLink(ctx, l.Hash, s.app.now())
	if err == nil && !first {
		err = wrong("", "mine.problem.link_used")
	}
	return l, err
}

// ConfirmEmail makes the address that a link came back from that of the account.
// Links sent to the former one are good no more; it is told of the change.
func (s *Self) ConfirmEmail(ctx context.Context, who Asker, secret string) error {
	err := s.change(ctx, who, "account_email", mail.ChangedEmail, func(tx *store.Tx, a *atlas.Account) error {
		l, err := s.useLink(ctx, tx, account.PurposeEmail, who, secret)
		if err != nil {
			return err
		}
		a.Email = l.Email
		if err := tx.PutAccount(ctx, a); err != nil {
			return err
		}
		return tx.DropLinks(ctx, a.ID)
	})
	if errors.Is(err, store.ErrEmailTaken) {
		return wrong("", "mine.problem.email_taken")
	}
	return err
}
