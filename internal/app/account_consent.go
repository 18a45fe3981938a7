package app

import (
	"context"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/store"
)

// Purposes that a person may agree to, each by itself (12.2). Nothing else of
// what the instance does with an account rests on a consent.
const (
	// ConsentContact lets members of the same organisations see one's e-mail.
	ConsentContact = "contact"
	// ConsentNews lets the operator write about what is new in the database.
	ConsentNews = "news"
)

// ConsentPurposes are all purposes, in the order in which they are shown.
func ConsentPurposes() []string { return []string{ConsentContact, ConsentNews} }

// Agreed says which purposes hold of consents.
func Agreed(all []store.Consent) map[string]store.Consent {
	holds := map[string]store.Consent{}
	for _, c := range all {
		if c.WithdrawnAt.IsZero() {
			holds[c.Purpose] = c
		}
	}
	return holds
}

// Consented says whether an account agrees to a purpose now.
func (a *App) Consented(ctx context.Context, account, purpose string) (bool, error) {
	all, err := a.Reader().Consents(ctx, account)
	_, holds := Agreed(all)[purpose]
	return holds, err
}

// GiveConsent keeps that who asks agreed to a purpose, in the words that stood on
// the page. What is agreed to already stays as it was.
func (s *Self) GiveConsent(ctx context.Context, who Asker, purpose, wording string) error {
	if !slices.Contains(ConsentPurposes(), purpose) || strings.TrimSpace(wording) == "" {
		return atlas.ErrNotFound
	}
	return s.change(ctx, who, "consent_given "+purpose, "", func(tx *store.Tx, a *atlas.Account) error {
		all, err := tx.Consents(ctx, a.ID)
		if err != nil {
			return err
		}
		if _, holds := Agreed(all)[purpose]; holds {
			return nil
		}
		return tx.PutConsent(ctx, store.Consent{Account: a.ID, Purpose: purpose, Wording: wording, GivenAt: s.app.now().UTC()})
	})
}

// WithdrawConsent takes a consent back, by one click.
func (s *Self) WithdrawConsent(ctx context.Context, who Asker, purpose string) error {
	return s.change(ctx, who, "consent_withdrawn "+purpose, "", func(tx *store.Tx, a *atlas.Account) error {
		_, err := tx.WithdrawConsent(ctx, a.ID, purpose, s.app.now())
		return err
	})
}
