package app

import (
	"context"
	"slices"
	"time"

	"atlas"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// GiveRole gives an account a role, in place of the same one. link is the page
// of the account, for the letter.
func (a *App) GiveRole(ctx context.Context, v atlas.Viewer, account string, g atlas.Grant, link PageLink) error {
	if wrong := a.grantProblems(g); len(wrong) > 0 {
		return &atlas.InvalidError{Problems: wrong}
	}
	return a.changeAccount(ctx, v, account, func(tx *store.Tx, who *atlas.Account) error {
		if who.State != atlas.AccountActive {
			return refusal("role", "problem.account_blocked")
		}
		if g.Role == atlas.RoleAdmin && g.Until.Known() {
			if err := a.keepAdministrator(ctx, tx, who); err != nil {
				return err
			}
		}
		g.By, g.At = v.Name, a.now().UTC()
		if err := a.give(ctx, tx, v, who.ID, g); err != nil {
			return err
		}
		return a.tellRole(ctx, tx, who, g, true, link)
	})
}

// grantProblems says what of a role cannot be.
func (a *App) grantProblems(g atlas.Grant) []atlas.Problem {
	var out []atlas.Problem
	if !slices.Contains(atlas.Roles(), g.Role) || !g.Role.Granted() {
		out = append(out, atlas.Problem{Field: "role", Key: "problem.role"})
	}
	_, known := a.Places().Get(g.Territory)
	switch {
	case g.Role == atlas.RoleTerritory && g.Territory == "":
		out = append(out, atlas.Problem{Field: "territory", Key: "problem.role_territory"})
	case g.Territory != "" && !known:
		out = append(out, atlas.Problem{Field: "territory", Key: "problem.reference", Args: map[string]any{"value": g.Territory}})
	case g.Role != atlas.RoleTerritory && g.Territory != "":
		out = append(out, atlas.Problem{Field: "territory", Key: "problem.role_no_territory"})
	}
	if g.Until.Known() && !g.InForce(a.today()) {
		out = append(out, atlas.Problem{Field: "until", Key: "problem.role_past"})
	}
	return out
}

// TakeRole takes a role from an account; one that it does not have any more is
// ErrDecided. The role of the last administrator stays.
func (a *App) TakeRole(ctx context.Context, v atlas.Viewer, account string, role atlas.Role, territory string, link PageLink) error {
	return a.changeAccount(ctx, v, account, func(tx *store.Tx, who *atlas.Account) error {
		i := slices.IndexFunc(who.Grants, func(g atlas.Grant) bool { return g.Role == role && g.Territory == territory })
		if i < 0 {
			return ErrDecided
		}
		g := who.Grants[i]
		if role == atlas.RoleAdmin && g.InForce(a.today()) {
			if err := a.keepAdministrator(ctx, tx, who); err != nil {
				return err
			}
		}
		if err := tx.DropGrant(ctx, who.ID, role, territory); err != nil {
			return err
		}
		g.Until = atlas.Date{}
		if err := a.noteUser(ctx, tx, v, auditTaken, grantWords(who.ID, g)); err != nil {
			return err
		}
		return a.tellRole(ctx, tx, who, g, false, link)
	})
}

func (a *App) tellRole(ctx context.Context, tx *store.Tx, who *atlas.Account, g atlas.Grant, given bool, link PageLink) error {
	what := mail.RoleChanged{Role: g.Role, Given: given, Link: link(who.Lang)}
	if given {
		what.Until = g.Until
	}
	if g.Territory != "" {
		what.Territory = a.Places().Label(g.Territory)
	}
	return a.letterTo(ctx, tx, who, what)
}

// BlockAccount keeps an account from signing in, and signs it out everywhere, or
// lets it in again. version is the one that was read. Nobody blocks themselves
// or the last administrator.
func (a *App) BlockAccount(ctx context.Context, v atlas.Viewer, account string, version int64, blocked bool) error {
	return a.changeAccount(ctx, v, account, func(tx *store.Tx, who *atlas.Account) error {
		state, action := atlas.AccountActive, auditUnblocked
		if blocked {
			state, action = atlas.AccountBlocked, auditBlocked
			if who.ID == v.Account {
				return refusal("", "problem.block_self")
			}
			if err := a.keepAdministrator(ctx, tx, who); err != nil {
				return err
			}
		}
		if who.State == state {
			return ErrDecided
		}
		who.State, who.Version = state, version
		if err := tx.PutAccount(ctx, who); err != nil {
			return err
		}
		if err := tx.EndSessions(ctx, who.ID, ""); err != nil {
			return err
		}
		return a.noteUser(ctx, tx, v, action, who.ID)
	})
}

// keepAdministrator refuses what would leave the instance without an
// administrator.
func (a *App) keepAdministrator(ctx context.Context, tx *store.Tx, without *atlas.Account) error {
	last, err := a.lastAdministrator(ctx, tx.Reader, without.ID)
	if err == nil && last {
		err = refusal("role", "problem.last_admin")
	}
	return err
}

// SignOutAccount ends all sessions of an account.
func (a *App) SignOutAccount(ctx context.Context, v atlas.Viewer, account string) error {
	return a.changeAccount(ctx, v, account, func(tx *store.Tx, who *atlas.Account) error {
		if err := tx.EndSessions(ctx, who.ID, ""); err != nil {
			return err
		}
		return a.noteUser(ctx, tx, v, auditSignedOut, who.ID)
	})
}

// ResetSecondFactor takes one-time codes, passkeys and recovery codes from an
// account whose owner has lost them, and signs it out everywhere. Roles of staff
// hold again once a new second factor was set. link is the page of the account.
func (a *App) ResetSecondFactor(ctx context.Context, v atlas.Viewer, account string, link PageLink) error {
	return a.changeAccount(ctx, v, account, func(tx *store.Tx, who *atlas.Account) error {
		s, err := tx.Secrets(ctx, who.ID)
		if err != nil {
			return err
		}
		keys, err := tx.Passkeys(ctx, who.ID)
		if err != nil {
			return err
		}
		if s.TOTP == "" && len(keys) == 0 {
			return refusal("", "problem.no_factor")
		}
		s.TOTP, s.TOTPAt, s.TOTPStep = "", time.Time{}, 0
		for _, k := range keys {
			if err := tx.DropPasskey(ctx, who.ID, k.ID); err != nil {
				return err
			}
		}
		if err := tx.PutRecoveryCodes(ctx, who.ID, nil); err != nil {
			return err
		}
		if err := tx.EndSessions(ctx, who.ID, ""); err != nil {
			return err
		}
		if err := tx.PutSecrets(ctx, who.ID, s); err != nil {
			return err
		}
		if err := a.noteUser(ctx, tx, v, auditReset, who.ID); err != nil {
			return err
		}
		return a.letterTo(ctx, tx, who, mail.AccountChanged{What: mail.ChangedSecondFactor, At: a.now(), Link: link(who.Lang)})
	})
}

// changeAccount runs an operation on an account in a transaction in which the
// viewer still is an administrator. An erased account is not there any more.
func (a *App) changeAccount(ctx context.Context, v atlas.Viewer, account string, fn func(*store.Tx, *atlas.Account) error) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if err := a.stillMay(ctx, tx, v, atlas.RightUsers, atlas.Subject{}); err != nil {
			return err
		}
		who, err := tx.Account(ctx, account)
		if err != nil {
			return err
		}
		if who.State == atlas.AccountErased {
			return atlas.ErrNotFound
		}
		return fn(tx, who)
	})
}

// SecondFactor says, to an administrator, whether an account has a second
// factor.
func (a *App) SecondFactor(ctx context.Context, v atlas.Viewer, account string) (bool, error) {
	if !a.may(v, atlas.RightUsers, atlas.Subject{}) {
		return false, atlas.ErrForbidden
	}
	return hasSecondFactor(ctx, a.Reader(), account)
}
