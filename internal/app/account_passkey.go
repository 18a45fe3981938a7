package app

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"unicode/utf8"

	"atlas"
	"atlas/internal/account"
	"atlas/internal/mail"
	"atlas/internal/store"
)

const (
	ceremonyAdding = "passkey_add"
	keyNameLetters = 60
)

// adding is what adding a passkey must remember: whose it will be as well, so that
// nobody finishes what another began.
type adding struct {
	Account string
	Session json.RawMessage
}

// BeginKey begins adding a passkey. Options are JSON for the browser, secret is to
// be left with it. ErrUnproved, or wrong input where there are no passkeys at this
// address.
func (s *Self) BeginKey(ctx context.Context, who Asker) (options []byte, secret string, err error) {
	if !s.Fresh(who.Visit) {
		return nil, "", ErrUnproved
	}
	keys, err := s.app.Passkeys(who.Origin)
	if err != nil {
		return nil, "", wrong("", "mine.problem.keys_off")
	}
	owner, err := s.app.PasskeyOwner(ctx, who.Account)
	if err != nil {
		return nil, "", err
	}
	c, err := keys.BeginAdd(owner, s.app.now())
	if err != nil {
		return nil, "", err
	}
	begun, err := json.Marshal(adding{who.Account, c.Session})
	if err != nil {
		return nil, "", err
	}
	secret, err = s.app.beginCeremony(ctx, ceremonyAdding, begun, "", Arrival{Address: who.From})
	return c.Options, secret, err
}

// keyName is the name of a passkey as its owner typed it.
func keyName(typed string) (string, error) {
	name := strings.Join(strings.Fields(strings.ToValidUTF8(typed, "")), " ")
	if n := utf8.RuneCountInString(name); n == 0 || n > keyNameLetters {
		return "", wrong("key_name", "mine.problem.key_name")
	}
	return name, nil
}

// AddKey adds a passkey by the answer of the browser. It gives recovery codes where
// none are left; they are shown once. Other browsers are signed out.
func (s *Self) AddKey(ctx context.Context, who Asker, secret string, answer []byte, typedName string) (recovery []string, err error) {
	name, err := keyName(typedName)
	if err != nil {
		return nil, err
	}
	key, err := s.finishKey(ctx, who, secret, answer, name)
	if err != nil {
		return nil, err
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
	return recovery, s.change(ctx, who, "passkey_added", mail.ChangedPasskey, func(tx *store.Tx, _ *atlas.Account) error {
		if _, err := tx.Passkey(ctx, key.ID); !errors.Is(err, atlas.ErrNotFound) {
			return orWrong(err, "mine.problem.key_taken")
		}
		if err := tx.PutPasskey(ctx, key); err != nil {
			return err
		}
		return s.strengthened(ctx, tx, who, hashes)
	})
}

func (s *Self) finishKey(ctx context.Context, who Asker, secret string, answer []byte, name string) (store.Passkey, error) {
	keys, err := s.app.Passkeys(who.Origin)
	if err != nil {
		return store.Passkey{}, wrong("", "mine.problem.keys_off")
	}
	begun, err := s.app.takeCeremony(ctx, ceremonyAdding, secret)
	if err != nil {
		return store.Passkey{}, err
	}
	var of adding
	if json.Unmarshal([]byte(begun.Content), &of) != nil || of.Account != who.Account {
		return store.Passkey{}, wrong("", "account.passkey.session")
	}
	owner, err := s.app.PasskeyOwner(ctx, who.Account)
	if err != nil {
		return store.Passkey{}, err
	}
	key, err := keys.FinishAdd(owner, of.Session, answer, name, s.app.now())
	var refused *account.Refused
	if errors.As(err, &refused) {
		return store.Passkey{}, wrong("", refused.Key)
	}
	if err != nil {
		return store.Passkey{}, err
	}
	return StoredPasskey(who.Account, key)
}

// RenameKey calls a passkey otherwise. atlas.ErrNotFound when it is not one of the
// account.
func (s *Self) RenameKey(ctx context.Context, who Asker, id, typedName string) error {
	name, err := keyName(typedName)
	if err != nil {
		return err
	}
	return s.change(ctx, who, "passkey_renamed", "", func(tx *store.Tx, a *atlas.Account) error {
		key, err := ownKey(ctx, tx, a.ID, id)
		if err != nil {
			return err
		}
		key.Name = name
		return tx.PutPasskey(ctx, key)
	})
}

func ownKey(ctx context.Context, tx *store.Tx, of, id string) (store.Passkey, error) {
	key, err := tx.Passkey(ctx, id)
	if err == nil && key.Account != of {
		err = atlas.ErrNotFound
	}
	return key, err
}

// RemoveKey takes a passkey away. The last second factor stays as long as a role of
// staff demands one.
func (s *Self) RemoveKey(ctx context.Context, who Asker, id string) error {
	if !s.Fresh(who.Visit) {
		return ErrUnproved
	}
	return s.change(ctx, who, "passkey_removed", mail.ChangedPasskey, func(tx *store.Tx, a *atlas.Account) error {
		if _, err := ownKey(ctx, tx, a.ID, id); err != nil {
			return err
		}
		if err := tx.DropPasskey(ctx, a.ID, id); err != nil {
			return err
		}
		return s.weakened(ctx, tx, a)
	})
}
