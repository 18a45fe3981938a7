package app

import (
	"context"
	"crypto/rand"
	"fmt"
	"strconv"
	"strings"
	"time"

	"atlas"
	"atlas/internal/account"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// enrolFor is how long setting one-time codes up may take.
const enrolFor = time.Hour

// Enrolling is a key of one-time codes that waits for the first code. Token holds
// it, sealed for one account, so that nothing need be stored meanwhile.
type Enrolling struct {
	account.Enrolment
	Token string
}

// BeginCodes makes a new key of one-time codes. title is said by its picture to
// those who do not see it.
func (s *Self) BeginCodes(v atlas.Visit, title string) (Enrolling, error) {
	if !s.Fresh(v) {
		return Enrolling{}, ErrUnproved
	}
	secret, err := account.NewTOTP(rand.Reader)
	if err != nil {
		return Enrolling{}, err
	}
	return s.enrolling(v, secret, strconv.FormatInt(s.app.now().Unix(), 10), title)
}

// AgainCodes shows a key once more, after a code that was wrong; a token that is
// not ours or too old is ErrUnproved: it begins anew.
func (s *Self) AgainCodes(v atlas.Visit, token, title string) (Enrolling, error) {
	secret, begun, err := s.enrolled(v.Account, token)
	if err != nil {
		return Enrolling{}, err
	}
	return s.enrolling(v, secret, begun, title)
}

func (s *Self) enrolling(v atlas.Visit, secret, begun, title string) (Enrolling, error) {
	e, err := account.EnrolTOTP(secret, s.app.gate.Site, v.Email, title)
	return Enrolling{e, s.app.keys.sealed(begun+" "+secret, enrolLabel(v.Account))}, err
}

func enrolLabel(id string) string { return "enrol " + id }

func (s *Self) enrolled(id, token string) (secret, begun string, err error) {
	text, err := s.app.keys.opened(token, enrolLabel(id))
	if err != nil {
		return "", "", ErrUnproved
	}
	begun, secret, _ = strings.Cut(text, " ")
	at, err := strconv.ParseInt(begun, 10, 64)
	if err != nil || s.app.now().Sub(time.Unix(at, 0)).Abs() > enrolFor {
		return "", "", ErrUnproved
	}
	return secret, begun, nil
}

// FinishCodes takes the key of a token into use, once a code shows that the app
// of its owner has it. It gives new recovery codes where none are left. Other
// browsers are signed out.
func (s *Self) FinishCodes(ctx context.Context, who Asker, token, typed string) (recovery []string, err error) {
	secret, _, err := s.enrolled(who.Account, token)
	if err != nil {
		return nil, err
	}
	step, ok, err := account.CheckTOTP(secret, typed, s.app.now(), 0)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, wrong("code", "mine.problem.code_first")
	}
	left, err := s.app.Reader().RecoveryCodes(ctx, who.Account)
	if err != nil {
		return nil, err
	}
	var hashes []string
	if len(left) == 0 {
		if recovery, hashes, err = s.newRecovery(ctx); err != nil {
			return nil, err
		}
	}
	return recovery, s.change(ctx, who, "account_codes", mail.ChangedSecondFactor, func(tx *store.Tx, a *atlas.Account) error {
		secrets, err := tx.Secrets(ctx, a.ID)
		if err != nil {
			return err
		}
		secrets.TOTP, secrets.TOTPAt, secrets.TOTPStep = s.app.keys.sealed(secret, a.ID), s.app.now().UTC(), step
		if err := tx.PutSecrets(ctx, a.ID, secrets); err != nil {
			return err
		}
		return s.strengthened(ctx, tx, who, hashes)
	})
}

// strengthened makes the session at hand one with a second factor, ends all
// others and writes recovery codes, if there are new ones.
func (s *Self) strengthened(ctx context.Context, tx *store.Tx, who Asker, hashes []string) error {
	if len(hashes) > 0 {
		if err := tx.PutRecoveryCodes(ctx, who.Account, hashes); err != nil {
			return err
		}
	}
	if err := tx.EndSessions(ctx, who.Account, who.Session); err != nil {
		return err
	}
	return s.confirm(ctx, tx, who, true)
}

func (s *Self) newRecovery(ctx context.Context) (codes, hashes []string, err error) {
	h, err := s.app.Hasher()
	if err != nil {
		return nil, nil, err
	}
	return h.NewRecovery(ctx)
}

// NewRecovery makes new recovery codes; the former are good no more. They are
// shown once.
func (s *Self) NewRecovery(ctx context.Context, who Asker) ([]string, error) {
	if !s.Fresh(who.Visit) {
		return nil, ErrUnproved
	}
	if second, err := hasSecondFactor(ctx, s.app.Reader(), who.Account); err != nil || !second {
		return nil, orWrong(err, "mine.problem.no_factor")
	}
	codes, hashes, err := s.newRecovery(ctx)
	if err != nil {
		return nil, err
	}
	return codes, s.change(ctx, who, "account_recovery", mail.ChangedRecovery, func(tx *store.Tx, a *atlas.Account) error {
		if second, err := hasSecondFactor(ctx, tx.Reader, a.ID); err != nil || !second {
			return orWrong(err, "mine.problem.no_factor")
		}
		return tx.PutRecoveryCodes(ctx, a.ID, hashes)
	})
}

// orWrong is an error, or else what is wrong.
func orWrong(err error, key string) error {
	if err != nil {
		return err
	}
	return wrong("", key)
}

// RemoveCodes takes one-time codes away. The last second factor stays as long as
// a role of staff demands one.
func (s *Self) RemoveCodes(ctx context.Context, who Asker) error {
	if !s.Fresh(who.Visit) {
		return ErrUnproved
	}
	return s.change(ctx, who, "account_codes_removed", mail.ChangedSecondFactor, func(tx *store.Tx, a *atlas.Account) error {
		secrets, err := tx.Secrets(ctx, a.ID)
		if err != nil {
			return err
		}
		secrets.TOTP, secrets.TOTPAt, secrets.TOTPStep = "", time.Time{}, 0
		if err := tx.PutSecrets(ctx, a.ID, secrets); err != nil {
			return err
		}
		return s.weakened(ctx, tx, a)
	})
}

// weakened is called when a second factor was taken away. Was it the last one,
// recovery codes go and sessions are strong no more.
func (s *Self) weakened(ctx context.Context, tx *store.Tx, a *atlas.Account) error {
	left, err := hasSecondFactor(ctx, tx.Reader, a.ID)
	if err != nil || left {
		return err
	}
	if len(s.Compulsory(a)) > 0 {
		return wrong("", "mine.problem.compulsory")
	}
	if err := tx.PutRecoveryCodes(ctx, a.ID, nil); err != nil {
		return err
	}
	all, err := tx.Sessions(ctx, a.ID, s.app.now())
	if err != nil {
		return err
	}
	for _, session := range all {
		session.Strong = false
		if err := tx.PutSession(ctx, session); err != nil {
			return fmt.Errorf("session: %w", err)
		}
	}
	return nil
}
