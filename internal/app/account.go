package app

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"sync"
	"time"

	"atlas"
	"atlas/internal/account"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// Self (můj účet) is what people do with their own accounts. Each change is an
// entry of the audit log, and whatever an account is entered by sends a letter.
type Self struct {
	app    *App
	choice func() *account.Choice
}

// NewSelf makes the operations on one's own account.
func (a *App) NewSelf() *Self {
	return &Self{app: a, choice: sync.OnceValue(account.NewChoice)}
}

// Asker is a person at their own account.
type Asker struct {
	atlas.Visit
	From   netip.Addr // address of the browser
	Origin string     // public address of the instance, never one that the request made up
	Home   string     // public address of the page of the account, for letters
}

// ErrUnproved says that a change needs a fresh proof of who one is.
var ErrUnproved = errors.New("a fresh proof of who one is is needed")

// freshFor is how long a proof of who one is lasts for changes of the account.
const freshFor = 15 * time.Minute

// Fresh says whether a person has proved lately who they are. A proof from the
// future is of a clock that was put back.
func (s *Self) Fresh(v atlas.Visit) bool {
	age := s.app.now().Sub(v.ConfirmedAt)
	return v.SignedIn() && age < freshFor && age > -freshFor
}

// change runs fn over the account of who asks, in one transaction with the entry
// of the log and, when what is not "", the letter to the address as it was. The
// session is read again: it may have been ended elsewhere meanwhile.
func (s *Self) change(ctx context.Context, who Asker, action string, what mail.AccountChange, fn func(*store.Tx, *atlas.Account) error) error {
	return s.app.store.Update(ctx, func(tx *store.Tx) error {
		a, err := s.owner(ctx, tx, who)
		if err != nil {
			return err
		}
		before := *a
		if err := fn(tx, a); err != nil {
			return err
		}
		if what != "" {
			if err := s.tell(ctx, tx, &before, mail.AccountChanged{What: what, At: s.app.now(), Link: who.Home}); err != nil {
				return err
			}
		}
		return s.audit(ctx, tx, who, action)
	})
}

// owner reads the account of who asks; atlas.ErrForbidden when it is not theirs
// any more.
func (s *Self) owner(ctx context.Context, tx *store.Tx, who Asker) (*atlas.Account, error) {
	if !who.SignedIn() {
		return nil, atlas.ErrForbidden
	}
	session, err := tx.Session(ctx, who.Session, s.app.now())
	if errors.Is(err, atlas.ErrNotFound) || err == nil && session.Account != who.Account {
		return nil, atlas.ErrForbidden
	}
	if err != nil {
		return nil, err
	}
	a, err := tx.Account(ctx, who.Account)
	if err == nil && a.State != atlas.AccountActive {
		err = atlas.ErrForbidden
	}
	return a, err
}

// audit notes what a person did with their account: by its code only.
func (s *Self) audit(ctx context.Context, tx *store.Tx, who Asker, action string) error {
	return tx.Audit(ctx, store.AuditEntry{At: s.app.now(), By: who.Account, Action: action, Subject: who.Account})
}

// tell sends a letter to an account. Where none are sent, nothing happens.
func (s *Self) tell(ctx context.Context, tx *store.Tx, to *atlas.Account, what mail.Content) error {
	if s.app.letters == nil {
		return nil
	}
	l, err := s.app.letters.Compose(mail.Recipient{Address: to.Email, Name: to.Name, Lang: to.Lang}, what)
	if err != nil {
		return fmt.Errorf("letter to %s: %w", to.ID, err)
	}
	return PutLetter(ctx, tx, l, s.app.now())
}

// wrong is one thing wrong with what was typed.
func wrong(field, key string, args ...any) error {
	p := atlas.Problem{Field: field, Key: key}
	for i := 0; i+1 < len(args); i += 2 {
		if p.Args == nil {
			p.Args = map[string]any{}
		}
		p.Args[fmt.Sprint(args[i])] = args[i+1]
	}
	return &atlas.InvalidError{Problems: []atlas.Problem{p}}
}

// Compulsory are the roles of an account today for which a second factor must
// be kept (12.3).
func (s *Self) Compulsory(a *atlas.Account) []atlas.Role {
	var out []atlas.Role
	for _, g := range a.Grants {
		if g.Role.Staff() && g.InForce(s.app.today()) && !slices.Contains(out, g.Role) {
			out = append(out, g.Role)
		}
	}
	return out
}
