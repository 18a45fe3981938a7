package app

import (
	"context"
	"time"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/store"
)

// strongFor is how long after a person proved who they are roles of staff hold:
// a working day with its evening.
const strongFor = 14 * time.Hour

// touched is how often it is noted that a session is in use.
const touched = 10 * time.Minute

// Visit says who the session with a hash is, by what holds now: a role taken
// away, a membership that ended or a blocked account count from the next
// request on. atlas.ErrNotFound when nobody is signed in by it.
//
// It costs four reads by keys, six where a second factor is missing.
func (a *App) Visit(ctx context.Context, hash string) (atlas.Visit, error) {
	s, err := a.Reader().Session(ctx, hash, a.now())
	if err != nil {
		return atlas.Visit{}, err
	}
	who, err := a.Reader().Account(ctx, s.Account)
	if err != nil {
		return atlas.Visit{}, err
	}
	if who.State != atlas.AccountActive {
		return atlas.Visit{}, atlas.ErrNotFound
	}
	v := atlas.Visit{Session: s.Hash, Email: who.Email, Person: who.Name, ConfirmedAt: s.ConfirmedAt, UsedAt: s.UsedAt,
		Strong: s.Strong && a.strongStill(s.ConfirmedAt)}
	v.Lapsed = s.Strong && !v.Strong
	if !s.Strong {
		second, err := hasSecondFactor(ctx, a.Reader(), who.ID)
		if err != nil {
			return atlas.Visit{}, err
		}
		if second {
			v.Half = who.ID
			return v, nil
		}
	}
	v.Account, v.Name = who.ID, who.ID
	return v, a.grant(ctx, who, &v)
}

// strongStill says whether a second factor shown at a time holds. A time in the
// future is of a clock that was ahead: nobody knows how long ago it was.
func (a *App) strongStill(shown time.Time) bool {
	return a.now().Before(shown.Add(strongFor)) && !a.now().Add(clockSlip).Before(shown)
}

// grant fills in what an account may do today.
func (a *App) grant(ctx context.Context, who *atlas.Account, v *atlas.Visit) error {
	today := a.today()
	for _, g := range who.Grants {
		switch {
		case !g.InForce(today):
		case g.Role.Staff() && !v.Strong:
			v.Suspended = append(v.Suspended, g.Role)
		default:
			v.Grants = append(v.Grants, g)
		}
	}
	all, err := a.Reader().Memberships(ctx, who.ID)
	if err != nil {
		return err
	}
	for _, m := range all {
		if m.State == atlas.MemberActive {
			v.Memberships = append(v.Memberships, m)
		}
	}
	if len(v.Memberships) == 0 {
		return nil
	}
	mandates, err := a.Reader().MandatesOf(ctx, who.ID)
	for _, m := range mandates {
		if m.InForce(today) {
			v.Mandates = append(v.Mandates, m)
		}
	}
	return err
}

// today is the day in Prague, where ends of roles and mandates are meant.
func (a *App) today() atlas.Date {
	return atlas.DateOf(a.now().In(i18n.Prague))
}

// hasSecondFactor says whether an account has one-time codes or a passkey.
func hasSecondFactor(ctx context.Context, r *store.Reader, account string) (bool, error) {
	s, err := r.Secrets(ctx, account)
	if err != nil || s.TOTP != "" {
		return err == nil, err
	}
	keys, err := r.Passkeys(ctx, account)
	return len(keys) > 0, err
}

// Touch notes that the session of a visit is in use, now and then.
func (a *App) Touch(ctx context.Context, v atlas.Visit) error {
	if a.now().Sub(v.UsedAt) < touched {
		return nil
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		s, err := tx.Session(ctx, v.Session, a.now())
		if err != nil {
			return err
		}
		s.UsedAt = a.now().UTC()
		return tx.PutSession(ctx, s)
	})
}
