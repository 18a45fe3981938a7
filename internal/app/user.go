package app

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"atlas"
	"atlas/internal/account"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// ErrName says that an account cannot be founded under a name.
var ErrName = errors.New("the name is missing or too long")

// invitedFor is how long a link made by an administrator is good for.
const invitedFor = 24 * time.Hour

// Entries of the audit log about accounts. Their subject is the account.
const (
	auditAdded     = "account_added"
	auditGiven     = "role_given"
	auditTaken     = "role_taken"
	auditBlocked   = "account_blocked"
	auditUnblocked = "account_unblocked"
	auditReset     = "second_factor_reset"
	auditLink      = "link_made"
	auditSignedOut = "account_signed_out"
)

// UserLink is an account with a link that signs in to it.
type UserLink struct {
	*atlas.Account
	Secret string
	Until  time.Time
}

// AddUser founds an account with roles, and makes a link to sign in with, to be
// handed over: there is no password. A role may be given at once.
func (a *App) AddUser(ctx context.Context, by atlas.Viewer, who atlas.Account, roles ...atlas.Grant) (UserLink, error) {
	if !by.May(atlas.RightUsers) {
		return UserLink{}, atlas.ErrForbidden
	}
	email, err := mail.Address(who.Email)
	if err != nil {
		return UserLink{}, ErrEmail
	}
	who.Name = strings.Join(strings.Fields(who.Name), " ")
	if n := utf8.RuneCountInString(who.Name); n == 0 || n > longestPerson {
		return UserLink{}, ErrName
	}
	for i := range roles {
		if wrong := a.grantProblems(roles[i]); len(wrong) > 0 {
			return UserLink{}, &atlas.InvalidError{Problems: wrong}
		}
		roles[i].By, roles[i].At = by.Name, a.now().UTC()
	}
	who.Email, who.State, who.CreatedAt, who.Grants = email, atlas.AccountActive, a.now().UTC(), roles
	var out UserLink
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		made := who
		if err := tx.PutAccount(ctx, &made); err != nil {
			return err
		}
		if err := a.noteUser(ctx, tx, by, auditAdded, made.ID); err != nil {
			return err
		}
		for _, g := range roles {
			if err := a.give(ctx, tx, by, made.ID, g); err != nil {
				return err
			}
		}
		out, err = a.linkTo(ctx, tx, by, &made)
		return err
	})
	return out, err
}

func (a *App) give(ctx context.Context, tx *store.Tx, by atlas.Viewer, id string, g atlas.Grant) error {
	if err := tx.PutGrant(ctx, id, g); err != nil {
		return err
	}
	return a.noteUser(ctx, tx, by, auditGiven, grantWords(id, g))
}

// grantWords say of a role what the audit log keeps: "U-00001 territory CZ041
// 2026-12-31".
func grantWords(id string, g atlas.Grant) string {
	words := id + " " + string(g.Role)
	if g.Territory != "" {
		words += " " + g.Territory
	}
	if g.Until.Known() {
		words += " " + g.Until.String()
	}
	return words
}

func (a *App) noteUser(ctx context.Context, tx *store.Tx, by atlas.Viewer, action, subject string) error {
	return tx.Audit(ctx, store.AuditEntry{At: a.now(), By: by.Name, Action: action, Subject: "account " + subject})
}

func (a *App) linkTo(ctx context.Context, tx *store.Tx, by atlas.Viewer, who *atlas.Account) (UserLink, error) {
	l := store.Link{Purpose: string(account.PurposeSignIn), Email: folded(who.Email), Account: who.ID}
	secret, err := a.putSecret(ctx, tx, l, invitedFor)
	if err != nil {
		return UserLink{}, err
	}
	return UserLink{who, secret, a.now().Add(invitedFor)}, a.noteUser(ctx, tx, by, auditLink, who.ID)
}

// MakeUserLink makes a link that signs in to an account, good for a day.
func (a *App) MakeUserLink(ctx context.Context, by atlas.Viewer, account string) (out UserLink, err error) {
	err = a.changeAccount(ctx, by, account, func(tx *store.Tx, who *atlas.Account) error {
		if who.State != atlas.AccountActive {
			return refusal("", "problem.account_blocked")
		}
		out, err = a.linkTo(ctx, tx, by, who)
		return err
	})
	return out, err
}
