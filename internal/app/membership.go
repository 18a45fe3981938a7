package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"atlas"
	"atlas/internal/store"
)

// ErrDecided says that somebody else decided about a membership meanwhile.
var ErrDecided = fmt.Errorf("decided meanwhile: %w", atlas.ErrConflict)

// Bounds of asking to join.
const (
	longestNote = 1000               // letters
	mostAsked   = 10                 // organisations that one person waits for
	askAgain    = 7 * 24 * time.Hour // after a refusal
)

// Actions in the audit log about members of organisations. The subject is the
// organisation and the account.
const (
	AuditMemberAsked    = "member_asked"
	AuditMemberInvited  = "member_invited"
	AuditMemberAccepted = "member_accepted"
	AuditMemberRefused  = "member_refused"
	AuditMemberEnded    = "member_ended"
	AuditManagerMade    = "manager_made"
	AuditManagerTaken   = "manager_taken"
)

// organisation reads an actor that people can belong to: one, not a group of
// them, and published.
func organisation(ctx context.Context, r *store.Reader, id string) (*atlas.Actor, error) {
	org, err := r.Actor(ctx, id)
	if err == nil && (org.Generic || !org.Public()) {
		err = fmt.Errorf("organisation %s: %w", id, atlas.ErrNotFound)
	}
	return org, err
}

// belonging reads how an account belongs to an organisation; zero where it never
// did.
func belonging(ctx context.Context, r *store.Reader, account, actor string) (atlas.Membership, error) {
	m, err := r.Membership(ctx, account, actor)
	if errors.Is(err, atlas.ErrNotFound) {
		return atlas.Membership{Account: account, Actor: actor}, nil
	}
	return m, err
}

func ofActor(id string) atlas.Subject { return atlas.Subject{Organisations: []string{id}} }

// putMembership writes a decision and notes it in the audit log.
func (a *App) putMembership(ctx context.Context, tx *store.Tx, v atlas.Viewer, m atlas.Membership, state, action string) error {
	m.State, m.By, m.At = state, v.Name, a.now().UTC()
	if state != atlas.MemberActive && state != atlas.MemberInvited {
		m.Manager = false
	}
	if state != atlas.MemberAsked {
		m.Note = "" // it was for who decides
	}
	if err := tx.PutMembership(ctx, m); err != nil {
		return err
	}
	return a.audit(ctx, tx, v, action, m.Actor+" "+m.Account)
}

// AskToJoin asks an organisation to take the viewer in. note says what they do
// there; link is the page where it is decided. Who is invited is taken in at
// once.
func (a *App) AskToJoin(ctx context.Context, v atlas.Viewer, actor, note string, link PageLink) error {
	if !a.may(v, atlas.RightAccount, atlas.Subject{}) {
		return atlas.ErrForbidden
	}
	switch note = strings.TrimSpace(note); {
	case note == "":
		return refusal("note", "problem.member_note")
	case utf8.RuneCountInString(note) > longestNote:
		return refusal("note", "problem.member_note_long", "n", utf8.RuneCountInString(note), "limit", longestNote)
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if err := a.stillMay(ctx, tx, v, atlas.RightAccount, atlas.Subject{}); err != nil {
			return err
		}
		org, err := organisation(ctx, tx.Reader, actor)
		if err != nil {
			return err
		}
		m, err := belonging(ctx, tx.Reader, v.Account, actor)
		if err != nil {
			return err
		}
		if m.State == atlas.MemberInvited {
			return a.putMembership(ctx, tx, v, m, atlas.MemberActive, AuditMemberAccepted)
		}
		if err := a.mayAsk(ctx, tx, m); err != nil {
			return err
		}
		m.Note = note
		if err := a.putMembership(ctx, tx, v, m, atlas.MemberAsked, AuditMemberAsked); err != nil {
			return err
		}
		return a.tellDeciders(ctx, tx, org, v.Account, note, link)
	})
}

// mayAsk says why somebody cannot ask now.
func (a *App) mayAsk(ctx context.Context, tx *store.Tx, m atlas.Membership) error {
	switch m.State {
	case atlas.MemberActive:
		return refusal("", "problem.member_already")
	case atlas.MemberAsked:
		return refusal("", "problem.member_asked")
	case atlas.MemberRefused:
		if a.now().Before(m.At.Add(askAgain)) {
			return refusal("", "problem.member_refused")
		}
	}
	all, err := tx.Memberships(ctx, m.Account)
	waiting := 0
	for _, other := range all {
		if other.State == atlas.MemberAsked {
			waiting++
		}
	}
	if err == nil && waiting >= mostAsked {
		return refusal("", "problem.member_many", "limit", mostAsked)
	}
	return err
}

// DecideMembership takes in who asked, as a manager if told so, or refuses them.
// When somebody else has decided meanwhile, the error is ErrDecided.
func (a *App) DecideMembership(ctx context.Context, v atlas.Viewer, actor, account string, accept, manager bool, link PageLink) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if err := a.stillMay(ctx, tx, v, atlas.RightMembers, ofActor(actor)); err != nil {
			return err
		}
		org, err := tx.Actor(ctx, actor)
		if err != nil {
			return err
		}
		m, err := belonging(ctx, tx.Reader, account, actor)
		if err != nil {
			return err
		}
		if m.State != atlas.MemberAsked {
			return ErrDecided
		}
		m.Manager = manager
		state, action := atlas.MemberRefused, AuditMemberRefused
		if accept {
			state, action = atlas.MemberActive, AuditMemberAccepted
		}
		if err := a.putMembership(ctx, tx, v, m, state, action); err != nil {
			return err
		}
		return a.tellDecision(ctx, tx, org, account, accept, link)
	})
}

// EndMembership ends how an account belongs to an organisation: it leaves, is
// let go, takes its request back or its invitation is. The last manager goes only
// when a member follows as manager, or by the word of an administrator.
func (a *App) EndMembership(ctx context.Context, v atlas.Viewer, actor, account, successor string) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if err := a.mayEnd(ctx, tx, v, actor, account); err != nil {
			return err
		}
		m, err := belonging(ctx, tx.Reader, account, actor)
		if err != nil {
			return err
		}
		switch m.State {
		case atlas.MemberActive:
			if err := a.keepManaged(ctx, tx, v, m, successor); err != nil {
				return err
			}
		case atlas.MemberAsked, atlas.MemberInvited:
			if err := a.closeInvitations(ctx, tx, actor, account); err != nil {
				return err
			}
		default:
			return ErrDecided
		}
		return a.putMembership(ctx, tx, v, m, atlas.MemberEnded, AuditMemberEnded)
	})
}

// mayEnd lets everybody end their own membership, and managers that of others.
func (a *App) mayEnd(ctx context.Context, tx *store.Tx, v atlas.Viewer, actor, account string) error {
	if v.SignedIn() && v.Account == account {
		return a.stillMay(ctx, tx, v, atlas.RightAccount, atlas.Subject{})
	}
	return a.stillMay(ctx, tx, v, atlas.RightMembers, ofActor(actor))
}

// SetManager makes a member a manager of the organisation, or one who is a
// manager no more.
func (a *App) SetManager(ctx context.Context, v atlas.Viewer, actor, account string, manager bool) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if err := a.stillMay(ctx, tx, v, atlas.RightMembers, ofActor(actor)); err != nil {
			return err
		}
		m, err := belonging(ctx, tx.Reader, account, actor)
		switch {
		case err != nil:
			return err
		case m.State != atlas.MemberActive:
			return ErrDecided
		case m.Manager == manager:
			return nil
		}
		action := AuditManagerMade
		if !manager {
			action = AuditManagerTaken
			if err := a.keepManaged(ctx, tx, v, m, ""); err != nil {
				return err
			}
		}
		m.Manager = manager
		return a.putMembership(ctx, tx, v, m, atlas.MemberActive, action)
	})
}

// keepManaged sees to it that an organisation does not lose its last manager
// unless somebody follows or an administrator says so.
func (a *App) keepManaged(ctx context.Context, tx *store.Tx, v atlas.Viewer, leaving atlas.Membership, successor string) error {
	if !leaving.Manager {
		return nil
	}
	managers, err := managersOf(ctx, tx.Reader, leaving.Actor)
	if err != nil {
		return err
	}
	for _, who := range managers {
		if who.ID != leaving.Account {
			return nil
		}
	}
	if successor == "" || successor == leaving.Account {
		if a.stillMay(ctx, tx, v, atlas.RightUsers, atlas.Subject{}) == nil {
			return nil
		}
		return refusal("successor", "problem.last_manager")
	}
	next, err := belonging(ctx, tx.Reader, successor, leaving.Actor)
	if err != nil {
		return err
	}
	if next.State != atlas.MemberActive {
		return refusal("successor", "problem.successor")
	}
	next.Manager = true
	return a.putMembership(ctx, tx, v, next, atlas.MemberActive, AuditManagerMade)
}
