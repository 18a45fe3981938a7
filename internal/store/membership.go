package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"atlas"
)

func newMemberships() *table[atlas.Membership] {
	type m = atlas.Membership
	return newTable("membership",
		text("account_id", func(r *m) *string { return &r.Account }),
		text("actor_id", func(r *m) *string { return &r.Actor }),
		text("state", func(r *m) *string { return &r.State }),
		yesNo("manager", func(r *m) *bool { return &r.Manager }),
		text("note", func(r *m) *string { return &r.Note }),
		text("made_by", func(r *m) *string { return &r.By }),
		moment("made_at", func(r *m) *time.Time { return &r.At }),
	)
}

// Memberships reads to which organisations accounts belong, asked to belong or were
// invited.
func (r *Reader) Memberships(ctx context.Context, accounts ...string) ([]atlas.Membership, error) {
	s := r.q.oneOf(accounts)
	return r.memberships(ctx, "WHERE "+s.where("account_id")+" ORDER BY account_id, actor_id", s.args...)
}

// Members reads who belongs to an organisation, asked to or was invited.
func (r *Reader) Members(ctx context.Context, actor string) ([]atlas.Membership, error) {
	return r.memberships(ctx, "WHERE actor_id = $1 ORDER BY made_at, account_id", actor)
}

// Membership reads how an account belongs to an organisation; atlas.ErrNotFound
// when it never did.
func (r *Reader) Membership(ctx context.Context, account, actor string) (atlas.Membership, error) {
	all, err := r.memberships(ctx, "WHERE account_id = $1 AND actor_id = $2", account, actor)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("membership: %w", atlas.ErrNotFound)
	}
	if err != nil {
		return atlas.Membership{}, err
	}
	return all[0], nil
}

// AskedMemberships reads whoever waits for an organisation's decision.
func (r *Reader) AskedMemberships(ctx context.Context) ([]atlas.Membership, error) {
	return r.memberships(ctx, "WHERE state = $1 ORDER BY made_at, account_id", atlas.MemberAsked)
}

func (r *Reader) memberships(ctx context.Context, rest string, args ...any) ([]atlas.Membership, error) {
	var out []atlas.Membership
	err := r.schema.memberships.each(ctx, r.q, rest, args, func(m *atlas.Membership) error {
		out = append(out, *m)
		return nil
	})
	return out, err
}

// PutMembership writes how an account belongs to an organisation, in place of
// what was before.
func (tx *Tx) PutMembership(ctx context.Context, m atlas.Membership) error {
	if _, err := tx.q.exec(ctx, "DELETE FROM membership WHERE account_id = $1 AND actor_id = $2", m.Account, m.Actor); err != nil {
		return err
	}
	return tx.schema.memberships.insert(ctx, tx.q, []atlas.Membership{m})
}

// mandatePrefix begins the codes of mandates.
const mandatePrefix = "M"

func newMandates() *table[atlas.Mandate] {
	type m = atlas.Mandate
	return newTable("mandate",
		text("id", func(r *m) *string { return &r.ID }),
		text("actor_id", func(r *m) *string { return &r.Actor }),
		text("for_id", func(r *m) *string { return &r.For }),
		text("territory", func(r *m) *string { return &r.Territory }),
		date("until", func(r *m) *atlas.Date { return &r.Until }),
		text("made_by", func(r *m) *string { return &r.By }),
		moment("made_at", func(r *m) *time.Time { return &r.At }),
		moment("ended_at", func(r *m) *time.Time { return &r.EndedAt }),
	)
}

// Mandates reads what an organisation gave or has: all, also those that ended,
// the newest first.
func (r *Reader) Mandates(ctx context.Context, actor string) ([]atlas.Mandate, error) {
	return r.mandates(ctx, "WHERE actor_id = $1 OR for_id = $1 ORDER BY made_at DESC, id DESC", actor)
}

// MandatesOf reads the mandates of the organisations that one of some accounts is
// an active member of, without those taken back.
func (r *Reader) MandatesOf(ctx context.Context, accounts ...string) ([]atlas.Mandate, error) {
	s := r.q.oneOf(accounts)
	all, err := r.mandates(ctx, "WHERE actor_id IN (SELECT actor_id FROM membership WHERE "+s.where("account_id")+" AND state = $2) ORDER BY id",
		append(s.args, atlas.MemberActive)...)
	return slices.DeleteFunc(all, atlas.Mandate.TakenBack), err
}

// MandatesBehind reads the mandates by which a record was ever written, in the
// order of their codes.
func (r *Reader) MandatesBehind(ctx context.Context, kind, id string) ([]atlas.Mandate, error) {
	return r.mandates(ctx, `WHERE EXISTS (SELECT 1 FROM change WHERE kind = $1 AND record_id = $2
		AND (origin = mandate.id OR origin LIKE mandate.id || ' %')) ORDER BY id`, kind, id)
}

// OpenMandates reads the mandates that nobody took back and of whose end nobody
// was told.
func (r *Reader) OpenMandates(ctx context.Context) ([]atlas.Mandate, error) {
	return r.mandates(ctx, "WHERE ended_at IS NULL ORDER BY id")
}

// Mandate reads a mandate by its code.
func (r *Reader) Mandate(ctx context.Context, id string) (atlas.Mandate, error) {
	all, err := r.mandates(ctx, "WHERE id = $1", id)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("mandate %q: %w", id, atlas.ErrNotFound)
	}
	if err != nil {
		return atlas.Mandate{}, err
	}
	return all[0], nil
}

func (r *Reader) mandates(ctx context.Context, rest string, args ...any) ([]atlas.Mandate, error) {
	var out []atlas.Mandate
	err := r.schema.mandates.each(ctx, r.q, rest, args, func(m *atlas.Mandate) error {
		out = append(out, *m)
		return nil
	})
	return out, err
}

// PutMandate writes a new mandate, giving it its code, or the end of one.
func (tx *Tx) PutMandate(ctx context.Context, m *atlas.Mandate) error {
	if m.ID != "" {
		_, err := tx.q.exec(ctx, "UPDATE mandate SET ended_at = $2 WHERE id = $1", m.ID, timeOrNull(m.EndedAt))
		return err
	}
	if err := tx.assignID(ctx, "mandate", mandatePrefix, &m.ID); err != nil {
		return err
	}
	tx.undone(func() { m.ID = "" })
	return tx.schema.mandates.insert(ctx, tx.q, []atlas.Mandate{*m})
}
