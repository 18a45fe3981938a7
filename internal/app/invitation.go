package app

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"atlas"
	"atlas/internal/account"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// ErrInvitationOver says that an invitation was used, taken back or has expired.
var ErrInvitationOver = errors.New("the invitation is over")

// ErrSignInFirst says that an invitation is for somebody who has an account, so
// they sign in to it and then come back.
var ErrSignInFirst = errors.New("sign in first")

// Bounds of inviting.
const (
	mostInvited  = 50         // invitations of an organisation that wait
	mostToOne    = 5          // letters with links to one address in a day
	managerAfter = " manager" // in the detail of a link: to be a manager
)

// Invite (pozvání) is who is invited where.
type Invite struct {
	Actor   string
	Email   string // as it was typed
	Lang    string // of the letter
	Manager bool
}

func (in Invite) detail() string {
	if in.Manager {
		return in.Actor + managerAfter
	}
	return in.Actor
}

// InviteMember sends a letter with an invitation to join an organisation, which
// works for people without an account too. link is the page of the invitation.
// An earlier invitation of the same address is good no more.
func (a *App) InviteMember(ctx context.Context, v atlas.Viewer, in Invite, link func(lang, secret string) string) error {
	email, err := mail.Address(in.Email)
	if err != nil {
		return refusal("email", "problem.email", "value", strings.TrimSpace(in.Email))
	}
	in.Email = strings.ToLower(email)
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if err := a.stillMay(ctx, tx, v, atlas.RightMembers, ofActor(in.Actor)); err != nil {
			return err
		}
		org, err := organisation(ctx, tx.Reader, in.Actor)
		if err != nil {
			return err
		}
		who, err := a.invited(ctx, tx, v, in)
		if err != nil {
			return err
		}
		if err := a.mayInvite(ctx, tx, in); err != nil {
			return err
		}
		l, secret, err := a.newInvitation(in, who)
		if err != nil {
			return err
		}
		if err := tx.PutLink(ctx, l); err != nil {
			return err
		}
		return a.sendInvitation(ctx, tx, v, in, org, who, func(lang string) string { return link(lang, secret) })
	})
}

// invited finds the account of who is invited and notes that it is; nil where
// they have none yet.
func (a *App) invited(ctx context.Context, tx *store.Tx, v atlas.Viewer, in Invite) (*atlas.Account, error) {
	who, err := tx.AccountByEmail(ctx, in.Email)
	if errors.Is(err, atlas.ErrNotFound) || err == nil && who.State != atlas.AccountActive {
		return nil, a.audit(ctx, tx, v, AuditMemberInvited, in.Actor)
	}
	if err != nil {
		return nil, err
	}
	m, err := belonging(ctx, tx.Reader, who.ID, in.Actor)
	if err != nil {
		return nil, err
	}
	if m.State == atlas.MemberActive {
		return nil, refusal("email", "problem.invited_member", "value", in.Email)
	}
	m.Manager = in.Manager
	return who, a.putMembership(ctx, tx, v, m, atlas.MemberInvited, AuditMemberInvited)
}

// mayInvite closes earlier invitations of the address and says when there are
// too many.
func (a *App) mayInvite(ctx context.Context, tx *store.Tx, in Invite) error {
	if err := a.closeLinks(ctx, tx, in.Actor, in.Email); err != nil {
		return err
	}
	sent, err := tx.LinksSent(ctx, string(account.PurposeInvitation), in.Email, a.now().Add(-24*time.Hour), a.now())
	if err != nil {
		return err
	}
	if sent >= mostToOne {
		return refusal("email", "problem.invited_often", "value", in.Email)
	}
	open, err := a.openInvitations(ctx, tx.Reader, in.Actor)
	if err == nil && len(open) >= mostInvited {
		return refusal("email", "problem.invited_many", "limit", mostInvited)
	}
	return err
}

func (a *App) closeLinks(ctx context.Context, tx *store.Tx, actor, email string) error {
	for _, detail := range []string{actor, actor + managerAfter} {
		if _, err := tx.CloseLinks(ctx, string(account.PurposeInvitation), detail, email, a.now()); err != nil {
			return err
		}
	}
	return nil
}

// closeInvitations makes the invitations of an account to an organisation good
// no more.
func (a *App) closeInvitations(ctx context.Context, tx *store.Tx, actor, id string) error {
	who, err := tx.Account(ctx, id)
	if err != nil || who.Email == "" {
		return err
	}
	return a.closeLinks(ctx, tx, actor, strings.ToLower(who.Email))
}

func (a *App) newInvitation(in Invite, who *atlas.Account) (store.Link, string, error) {
	secret, hash, err := account.NewSecret(account.PurposeInvitation, rand.Reader)
	now := a.now().UTC()
	l := store.Link{Hash: hex.EncodeToString(hash), Purpose: string(account.PurposeInvitation), Email: in.Email, Detail: in.detail(),
		CreatedAt: now, ExpiresAt: now.Add(account.PurposeInvitation.Life())}
	if who != nil {
		l.Account = who.ID
	}
	return l, secret, err
}

func (a *App) sendInvitation(ctx context.Context, tx *store.Tx, v atlas.Viewer, in Invite, org *atlas.Actor, who *atlas.Account, link PageLink) error {
	to := mail.Recipient{Address: in.Email, Lang: in.Lang}
	if who != nil {
		to.Name, to.Lang = who.Name, who.Lang
	}
	by, err := tx.AccountNames(ctx, []string{v.Account})
	if err != nil {
		return err
	}
	return a.letterToAddress(ctx, tx, to, mail.Invitation{
		Organisation: org.DisplayName(to.Lang), By: by[v.Account], Link: link(to.Lang),
		Until: a.now().Add(account.PurposeInvitation.Life()),
	})
}

// Invitation is an invitation that was sent.
type Invitation struct {
	Actor, Email string
	Account      string // of who is invited; "" where they have none
	Manager      bool
	At, Until    time.Time
	hash         string
}

// Invitation reads an invitation by the secret of its link: atlas.ErrNotFound
// when there never was one, ErrInvitationOver when it is good no more.
func (a *App) Invitation(ctx context.Context, secret string) (Invitation, error) {
	return a.invitation(ctx, a.Reader(), secret)
}

func (a *App) invitation(ctx context.Context, r *store.Reader, secret string) (Invitation, error) {
	raw, ok := account.HashSecret(account.PurposeInvitation, secret)
	if !ok {
		return Invitation{}, atlas.ErrNotFound
	}
	l, err := r.Link(ctx, hex.EncodeToString(raw))
	if err != nil {
		return Invitation{}, err
	}
	if l.Purpose != string(account.PurposeInvitation) {
		return Invitation{}, atlas.ErrNotFound
	}
	in := invitationOf(l)
	who, err := r.AccountByEmail(ctx, l.Email)
	switch {
	case err == nil:
		in.Account = who.ID
	case !errors.Is(err, atlas.ErrNotFound):
		return in, err
	}
	if !l.UsedAt.IsZero() || !a.now().Before(l.ExpiresAt) {
		return in, ErrInvitationOver
	}
	return in, nil
}

func invitationOf(l store.Link) Invitation {
	actor, manager := strings.CutSuffix(l.Detail, managerAfter)
	return Invitation{Actor: actor, Manager: manager, Email: l.Email, Account: l.Account, At: l.CreatedAt, Until: l.ExpiresAt, hash: l.Hash}
}

// Invitations lists the invitations of an organisation that wait.
func (a *App) Invitations(ctx context.Context, v atlas.Viewer, actor string) ([]Invitation, error) {
	if !a.may(v, atlas.RightMembers, ofActor(actor)) {
		return nil, atlas.ErrForbidden
	}
	return a.openInvitations(ctx, a.Reader(), actor)
}

func (a *App) openInvitations(ctx context.Context, r *store.Reader, actor string) ([]Invitation, error) {
	var out []Invitation
	for _, detail := range []string{actor, actor + managerAfter} {
		links, err := r.LinksOpen(ctx, string(account.PurposeInvitation), detail, a.now())
		if err != nil {
			return nil, err
		}
		for _, l := range links {
			out = append(out, invitationOf(l))
		}
	}
	return out, nil
}

// WithdrawInvitation takes back what was sent to an address.
func (a *App) WithdrawInvitation(ctx context.Context, v atlas.Viewer, actor, email string) error {
	email = strings.ToLower(strings.TrimSpace(email))
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if err := a.stillMay(ctx, tx, v, atlas.RightMembers, ofActor(actor)); err != nil {
			return err
		}
		if err := a.closeLinks(ctx, tx, actor, email); err != nil {
			return err
		}
		who, err := tx.AccountByEmail(ctx, email)
		if errors.Is(err, atlas.ErrNotFound) {
			return a.audit(ctx, tx, v, AuditMemberEnded, actor)
		}
		if err != nil {
			return err
		}
		m, err := belonging(ctx, tx.Reader, who.ID, actor)
		if err != nil || m.State != atlas.MemberInvited {
			return err
		}
		return a.putMembership(ctx, tx, v, m, atlas.MemberEnded, AuditMemberEnded)
	})
}

// AnswerInvitation takes the invitation of the viewer to an organisation, or
// refuses it.
func (a *App) AnswerInvitation(ctx context.Context, v atlas.Viewer, actor string, accept bool) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if err := a.stillMay(ctx, tx, v, atlas.RightAccount, atlas.Subject{}); err != nil {
			return err
		}
		m, err := belonging(ctx, tx.Reader, v.Account, actor)
		if err != nil {
			return err
		}
		if m.State != atlas.MemberInvited {
			return ErrDecided
		}
		if err := a.closeInvitations(ctx, tx, actor, v.Account); err != nil {
			return err
		}
		if !accept {
			return a.putMembership(ctx, tx, v, m, atlas.MemberRefused, AuditMemberRefused)
		}
		return a.putMembership(ctx, tx, v, m, atlas.MemberActive, AuditMemberAccepted)
	})
}

// AcceptByLink takes an invitation by its link. Who is signed in must have the
// address that it was sent to. Who has no account gets one, as the letter has
// proved the address, and is signed in. Who has one and is not signed in gets
// ErrSignInFirst.
func (a *App) AcceptByLink(ctx context.Context, v atlas.Viewer, secret string, n Newcomer, from Arrival) (SignedIn, error) {
	var in SignedIn
	err := a.store.Update(ctx, func(tx *store.Tx) error {
		in = SignedIn{}
		found, err := a.invitation(ctx, tx.Reader, secret)
		if err != nil {
			return err
		}
		if _, err := organisation(ctx, tx.Reader, found.Actor); err != nil {
			return err
		}
		switch {
		case found.Account != "" && !v.SignedIn():
			return ErrSignInFirst
		case v.SignedIn() && found.Account != v.Account:
			return refusal("", "problem.invited_other", "value", found.Email)
		case found.Account == "":
			if found.Account, in, err = a.foundInvited(ctx, tx, found, n, from); err != nil {
				return err
			}
		default:
			if err := a.stillMay(ctx, tx, v, atlas.RightAccount, atlas.Subject{}); err != nil {
				return err
			}
		}
		if used, err := tx.UseLink(ctx, found.hash, a.now()); err != nil || !used {
			return errors.Join(err, ErrInvitationOver)
		}
		m, err := belonging(ctx, tx.Reader, found.Account, found.Actor)
		if err != nil || m.State == atlas.MemberActive {
			return err
		}
		m.Manager = found.Manager
		by := atlas.Viewer{Account: found.Account, Name: found.Account}
		return a.putMembership(ctx, tx, by, m, atlas.MemberActive, AuditMemberAccepted)
	})
	return in, err
}

// foundInvited founds the account of somebody who came by an invitation and
// signs them in.
func (a *App) foundInvited(ctx context.Context, tx *store.Tx, in Invitation, n Newcomer, from Arrival) (string, SignedIn, error) {
	if from.Lang != "en" {
		from.Lang = "cs"
	}
	id, err := a.foundAccount(ctx, tx, store.Link{Email: in.Email}, n, from)
	if err != nil {
		return "", SignedIn{}, err
	}
	session, err := a.startSession(ctx, tx, id, from.Device, false)
	return id, session, err
}
