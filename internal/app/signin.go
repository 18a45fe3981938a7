package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"atlas"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// Entered (vpuštěný) is somebody who was let in.
type Entered struct {
	SignedIn
	Account string
	Half    bool   // a second step must follow; nobody is signed in until then
	New     bool   // the account was founded just now
	Next    string // address to go on to, "" = none was asked for
	// Mark is to be left with the browser, "" when it has one.
	Mark string
	// RecoveryLeft is how many recovery codes are left when one was used, else -1.
	RecoveryLeft int
}

// Entries of the audit log about signing in. Their subject is the account, never
// an address.
const (
	auditSignedIn   = "sign_in"
	auditRegistered = "register"
	auditSecond     = "second_step_failed"
	auditRecovery   = "recovery_code_used"
	auditCloned     = "passkey_cloned"
	auditProvider   = "identity_added"
)

func (a *App) noteSignIn(ctx context.Context, tx *store.Tx, id, action string) error {
	return tx.Audit(ctx, store.AuditEntry{At: a.now(), By: id, Action: action, Subject: "account " + id})
}

// enter lets an account in: a new session begins, the one that the browser had
// ends. Where a second step is needed, the new session is good for that only.
func (a *App) enter(ctx context.Context, tx *store.Tx, id string, from Arrival, strong bool) (Entered, error) {
	who, err := tx.Account(ctx, id)
	if err != nil {
		return Entered{}, err
	}
	if who.State != atlas.AccountActive {
		return Entered{}, ErrBlocked
	}
	in := Entered{Account: id, RecoveryLeft: -1}
	if !strong {
		if in.Half, err = hasSecondFactor(ctx, tx.Reader, id); err != nil {
			return Entered{}, err
		}
	}
	if err := a.endFormer(ctx, tx, from.Session); err != nil {
		return Entered{}, err
	}
	if in.SignedIn, err = a.startSession(ctx, tx, id, from.Device, strong); err != nil || in.Half {
		return in, err
	}
	if err := a.noteSignIn(ctx, tx, id, auditSignedIn); err != nil {
		return in, err
	}
	return in, a.recognise(ctx, tx, who, from, &in)
}

// endFormer ends the session that a browser had.
func (a *App) endFormer(ctx context.Context, tx *store.Tx, hash string) error {
	if hash == "" {
		return nil
	}
	s, err := tx.Session(ctx, hash, a.now())
	if errors.Is(err, atlas.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return tx.EndSession(ctx, s.Account, hash)
}

// recognise marks a browser that an account has not signed in from before, and
// tells its owner, unless it is the very first time.
func (a *App) recognise(ctx context.Context, tx *store.Tx, who *atlas.Account, from Arrival, in *Entered) error {
	if a.mark(from, who.ID) != "" {
		return nil
	}
	var err error
	if in.Mark, err = a.keys.signer.Device(who.ID, a.now(), rand.Reader); err != nil {
		return err
	}
	if who.SeenAt.IsZero() || from.Sessions == "" {
		return nil
	}
	return a.putLetter(ctx, tx, who, mail.NewDevice{Device: from.Device, At: a.now(), Link: from.Sessions})
}

// putLetter writes to an account.
func (a *App) putLetter(ctx context.Context, tx *store.Tx, who *atlas.Account, what mail.Content) error {
	return a.putLetterTo(ctx, tx, mail.Recipient{Address: who.Email, Name: who.Name, Lang: who.Lang}, what)
}

func (a *App) putLetterTo(ctx context.Context, tx *store.Tx, to mail.Recipient, what mail.Content) error {
	if a.letters == nil {
		return errors.New("no letters can be written here")
	}
	l, err := a.letters.Compose(to, what)
	if err != nil {
		return fmt.Errorf("letter: %w", err)
	}
	return PutLetter(ctx, tx, l, a.now())
}
