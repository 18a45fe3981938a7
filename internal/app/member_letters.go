package app

import (
	"context"
	"errors"
	"slices"

	"atlas"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// PageLink is the absolute address of a page in a language, for a letter.
type PageLink func(lang string) string

// letterTo puts a letter to an account into the outbox. An address that cannot
// be written to holds nothing up.
func (a *App) letterTo(ctx context.Context, tx *store.Tx, who *atlas.Account, what mail.Content) error {
	return a.letterToAddress(ctx, tx, mail.Recipient{Address: who.Email, Name: who.Name, Lang: who.Lang}, what)
}

func (a *App) letterToAddress(ctx context.Context, tx *store.Tx, to mail.Recipient, what mail.Content) error {
	if a.letters == nil {
		return nil
	}
	l, err := a.letters.Compose(to, what)
	if errors.Is(err, mail.ErrAddress) {
		a.log.Warn("a letter cannot be addressed")
		return nil
	}
	if err != nil {
		return err
	}
	return PutLetter(ctx, tx, l, a.now())
}

// tellDeciders tells those who decide about the members of an organisation that
// somebody asks to join: its managers, where there is none the administrators.
func (a *App) tellDeciders(ctx context.Context, tx *store.Tx, r *atlas.Actor, asks, note string, link PageLink) error {
	deciders, err := managersOf(ctx, tx.Reader, r.ID)
	if err == nil && len(deciders) == 0 {
		deciders, err = a.activeAdministrators(ctx, tx.Reader)
	}
	if err != nil {
		return err
	}
	names, err := tx.AccountNames(ctx, []string{asks})
	if err != nil {
		return err
	}
	for _, who := range deciders {
		what := mail.JoinRequest{Organisation: r.DisplayName(who.Lang), Name: names[asks], Note: note, Link: link(who.Lang)}
		if err := a.letterTo(ctx, tx, who, what); err != nil {
			return err
		}
	}
	return nil
}

// tellDecision tells who asked what was decided.
func (a *App) tellDecision(ctx context.Context, tx *store.Tx, r *atlas.Actor, account string, accepted bool, link PageLink) error {
	who, err := tx.Account(ctx, account)
	if err != nil || who.State != atlas.AccountActive {
		return err
	}
	return a.letterTo(ctx, tx, who, mail.MembershipDecided{Organisation: r.DisplayName(who.Lang), Accepted: accepted, Link: link(who.Lang)})
}

// managersOf are the accounts that decide about the members of an organisation
// and can sign in.
func managersOf(ctx context.Context, r *store.Reader, actor string) ([]*atlas.Account, error) {
	all, err := r.Members(ctx, actor)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, m := range all {
		if m.Manager && m.State == atlas.MemberActive {
			ids = append(ids, m.Account)
		}
	}
	found, err := r.AccountsByID(ctx, ids)
	return slices.DeleteFunc(found, func(who *atlas.Account) bool { return who.State != atlas.AccountActive }), err
}
