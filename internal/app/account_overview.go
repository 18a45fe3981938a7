package app

import (
	"context"
	"errors"

	"atlas"
	"atlas/internal/store"
)

// Own is what a person is shown of their account.
type Own struct {
	*atlas.Account
	Memberships []atlas.Membership
	Mandates    []atlas.Mandate // by which they may write for others today
	Drafts      []store.Draft
	Sessions    []store.Session // the last used first
	Passkeys    []store.Passkey
	Consents    []store.Consent
	// What the account is entered by.
	Password, Codes bool
	Recovery        int          // codes left
	Compulsory      []atlas.Role // for which a second factor must be kept
}

// Step is the one thing that would make an account safer.
type Step string

// Steps, the most urgent first.
const (
	StepFactor   Step = "factor"   // a role of staff waits for a second factor
	StepRecovery Step = "recovery" // no recovery code is left
	StepSpare    Step = "spare"    // passkeys alone, and only one
	StepAdd      Step = "add"      // a second factor is recommended
	StepNone     Step = "none"
)

// Second says whether the account has a second factor.
func (o *Own) Second() bool { return o.Codes || len(o.Passkeys) > 0 }

// Next is the step to take next.
func (o *Own) Next() Step {
	switch {
	case !o.Second() && len(o.Compulsory) > 0:
		return StepFactor
	case !o.Second():
		return StepAdd
	case o.Recovery == 0:
		return StepRecovery
	case !o.Codes && len(o.Passkeys) == 1:
		return StepSpare
	}
	return StepNone
}

// Own reads the account of who is signed in.
func (s *Self) Own(ctx context.Context, v atlas.Visit) (*Own, error) {
	if !v.SignedIn() {
		return nil, atlas.ErrForbidden
	}
	o := &Own{}
	err := s.app.Reader().View(ctx, func(r *store.Reader) error {
		var errs [8]error
		var secrets store.Secrets
		var codes []string
		o.Account, errs[0] = r.Account(ctx, v.Account)
		o.Memberships, errs[1] = r.Memberships(ctx, v.Account)
		o.Drafts, errs[2] = r.Drafts(ctx, v.Account)
		o.Sessions, errs[3] = r.Sessions(ctx, v.Account, s.app.now())
		o.Passkeys, errs[4] = r.Passkeys(ctx, v.Account)
		o.Consents, errs[5] = r.Consents(ctx, v.Account)
		secrets, errs[6] = r.Secrets(ctx, v.Account)
		codes, errs[7] = r.RecoveryCodes(ctx, v.Account)
		o.Password, o.Codes, o.Recovery = secrets.Password != "", secrets.TOTP != "", len(codes)
		return errors.Join(errs[:]...)
	})
	if err != nil {
		return nil, err
	}
	o.Mandates, o.Compulsory = v.Mandates, s.Compulsory(o.Account)
	return o, nil
}

// EndSession signs a person out of one of their browsers; of one that is signed
// out already, too.
func (s *Self) EndSession(ctx context.Context, who Asker, hash string) error {
	return s.change(ctx, who, "session_ended", "", func(tx *store.Tx, a *atlas.Account) error {
		return tx.EndSession(ctx, a.ID, hash)
	})
}

// EndOthers signs a person out of all browsers but the one they sit at.
func (s *Self) EndOthers(ctx context.Context, who Asker) error {
	return s.change(ctx, who, "sessions_ended", "", func(tx *store.Tx, a *atlas.Account) error {
		return tx.EndSessions(ctx, a.ID, who.Session)
	})
}
