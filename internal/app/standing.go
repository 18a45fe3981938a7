package app

import (
	"context"
	"errors"
	"slices"

	"atlas"
	"atlas/internal/store"
)

// stillMay says whether a viewer has a right to a subject by what the
// transaction sees: whoever lost a role while they filled a form in has lost it.
// What a viewer did not have when they were asked who they are (a role of staff
// without a second factor) they do not get here.
func (a *App) stillMay(ctx context.Context, tx *store.Tx, v atlas.Viewer, r atlas.Right, s atlas.Subject) error {
	now, err := a.standing(ctx, tx.Reader, v)
	if err != nil {
		return err
	}
	if !a.may(now, r, s) {
		return atlas.ErrForbidden
	}
	return nil
}

// standing is a viewer with what they still have.
func (a *App) standing(ctx context.Context, r *store.Reader, v atlas.Viewer) (atlas.Viewer, error) {
	if !v.SignedIn() {
		return v, nil // the public, or who sits at the machine itself
	}
	who, err := r.Account(ctx, v.Account)
	if errors.Is(err, atlas.ErrNotFound) || err == nil && who.State != atlas.AccountActive {
		return atlas.Viewer{Lang: v.Lang}, nil
	}
	if err != nil {
		return v, err
	}
	members, err := r.Memberships(ctx, v.Account)
	if err != nil {
		return v, err
	}
	v.Grants = slices.DeleteFunc(slices.Clone(v.Grants), func(g atlas.Grant) bool {
		return !slices.ContainsFunc(who.Grants, func(x atlas.Grant) bool {
			return x.Role == g.Role && x.Territory == g.Territory && x.InForce(a.today())
		})
	})
	v.Memberships = slices.DeleteFunc(members, func(m atlas.Membership) bool { return m.State != atlas.MemberActive })
	v.Mandates = nil // by mandate nobody decides about people
	return v, nil
}

// refusal is an operation refused because of one thing, said at a field.
func refusal(field, key string, args ...any) error {
	p := atlas.Problem{Field: field, Key: key}
	for i := 0; i+1 < len(args); i += 2 {
		if p.Args == nil {
			p.Args = map[string]any{}
		}
		p.Args[args[i].(string)] = args[i+1]
	}
	return &atlas.InvalidError{Problems: []atlas.Problem{p}}
}

// audit notes a deed that changes no record. What it says of people are codes.
func (a *App) audit(ctx context.Context, tx *store.Tx, v atlas.Viewer, action, subject string) error {
	return tx.Audit(ctx, store.AuditEntry{At: a.now(), By: v.Name, Action: action, Subject: subject})
}

// activeAdministrators are the accounts that are administrators today.
func (a *App) activeAdministrators(ctx context.Context, r *store.Reader) ([]*atlas.Account, error) {
	all, err := r.AccountsWithRole(ctx, atlas.RoleAdmin)
	return slices.DeleteFunc(all, func(who *atlas.Account) bool {
		return who.State != atlas.AccountActive || !slices.ContainsFunc(who.Grants, func(g atlas.Grant) bool {
			return g.Role == atlas.RoleAdmin && g.InForce(a.today())
		})
	}), err
}

// lastAdministrator says whether an account is the only one that may still look
// after accounts.
func (a *App) lastAdministrator(ctx context.Context, r *store.Reader, id string) (bool, error) {
	all, err := a.activeAdministrators(ctx, r)
	return len(all) == 1 && all[0].ID == id, err
}
