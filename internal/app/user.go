package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"atlas"
	"atlas/internal/account"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// Reasons why an administrator cannot do something with an account.
var (
	ErrRole      = errors.New("no such role is given")
	ErrTerritory = errors.New("the role needs a territory, or has none")
	ErrName      = errors.New("the name is missing or too long")
	ErrNoGrant   = errors.New("the account does not have the role")
	ErrState     = errors.New("the account is in that state already")
)

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
		if err := a.checkGrant(&roles[i], by); err != nil {
			return UserLink{}, err
		}
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

// checkGrant says whether a role can be given as it stands, and signs it.
func (a *App) checkGrant(g *atlas.Grant, by atlas.Viewer) error {
	if !g.Role.Granted() {
		return ErrRole
	}
	if _, ok := a.Places().Get(g.Territory); ok != (g.Role == atlas.RoleTerritory) || !ok && g.Territory != "" {
		return ErrTerritory
	}
	g.By, g.At = by.Name, a.now().UTC()
	return nil
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

// changeUser does something with the account with an e-mail, by its right.
func (a *App) changeUser(ctx context.Context, by atlas.Viewer, email string, do func(*store.Tx, *atlas.Account) error) error {
	if !by.May(atlas.RightUsers) {
		return atlas.ErrForbidden
	}
	if address, err := mail.Address(email); err == nil {
		email = address
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		who, err := tx.AccountByEmail(ctx, email)
		if err != nil {
			return err
		}
		return do(tx, who)
	})
}

// MakeUserLink makes a link that signs in to an account, good for a day.
func (a *App) MakeUserLink(ctx context.Context, by atlas.Viewer, email string) (out UserLink, err error) {
	err = a.changeUser(ctx, by, email, func(tx *store.Tx, who *atlas.Account) error {
		if who.State != atlas.AccountActive {
			return ErrBlocked
		}
		out, err = a.linkTo(ctx, tx, by, who)
		return err
	})
	return out, err
}

// ChangeUserRole gives an account a role or takes it, and tells its owner; link is
// the page of the account.
func (a *App) ChangeUserRole(ctx context.Context, by atlas.Viewer, email string, g atlas.Grant, given bool, link string) error {
	if err := a.checkGrant(&g, by); err != nil {
		return err
	}
	return a.changeUser(ctx, by, email, func(tx *store.Tx, who *atlas.Account) error {
		if given {
			if err := a.give(ctx, tx, by, who.ID, g); err != nil {
				return err
			}
		} else if err := a.withdraw(ctx, tx, by, who, g); err != nil {
			return err
		}
		letter := mail.RoleChanged{Role: g.Role, Given: given, Until: g.Until, Link: link}
		if g.Territory != "" {
			letter.Territory = a.Places().Label(g.Territory)
		}
		return a.putLetter(ctx, tx, who, letter)
	})
}

func (a *App) withdraw(ctx context.Context, tx *store.Tx, by atlas.Viewer, who *atlas.Account, g atlas.Grant) error {
	same := func(x atlas.Grant) bool { return x.Role == g.Role && x.Territory == g.Territory }
	if !slices.ContainsFunc(who.Grants, same) {
		return ErrNoGrant
	}
	if err := tx.DropGrant(ctx, who.ID, g.Role, g.Territory); err != nil {
		return err
	}
	return a.noteUser(ctx, tx, by, auditTaken, grantWords(who.ID, g))
}

// BlockUser keeps an account out and signs it out everywhere, or lets it in again.
func (a *App) BlockUser(ctx context.Context, by atlas.Viewer, email string, blocked bool) error {
	return a.changeUser(ctx, by, email, func(tx *store.Tx, who *atlas.Account) error {
		state, action := atlas.AccountActive, auditUnblocked
		if blocked {
			state, action = atlas.AccountBlocked, auditBlocked
		}
		if who.State == state {
			return ErrState
		}
		who.State = state
		if err := tx.PutAccount(ctx, who); err != nil {
			return err
		}
		if err := tx.EndSessions(ctx, who.ID, ""); err != nil {
			return err
		}
		return a.noteUser(ctx, tx, by, action, who.ID)
	})
}

// ResetUserSecondFactor takes all second factors from an account whose owner has
// lost them, signs it out everywhere and tells the owner.
func (a *App) ResetUserSecondFactor(ctx context.Context, by atlas.Viewer, email, link string) error {
	return a.changeUser(ctx, by, email, func(tx *store.Tx, who *atlas.Account) error {
		s, err := tx.Secrets(ctx, who.ID)
		if err != nil {
			return err
		}
		s.TOTP, s.TOTPAt, s.TOTPStep = "", time.Time{}, 0
		keys, err := tx.Passkeys(ctx, who.ID)
		if err != nil {
			return err
		}
		for _, k := range keys {
			if err := tx.DropPasskey(ctx, who.ID, k.ID); err != nil {
				return err
			}
		}
		err = errors.Join(tx.PutSecrets(ctx, who.ID, s), tx.PutRecoveryCodes(ctx, who.ID, nil), tx.EndSessions(ctx, who.ID, ""),
			a.noteUser(ctx, tx, by, auditReset, who.ID))
		if err != nil {
			return fmt.Errorf("second factor: %w", err)
		}
		return a.putLetter(ctx, tx, who, mail.AccountChanged{What: mail.ChangedSecondFactor, At: a.now(), Link: link})
	})
}
