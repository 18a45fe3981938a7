package seed

import (
	"context"

	"atlas"
)

// person is somebody invented with an account of their own: an evaluator, or whoever
// decides about an organisation.
type person struct {
	Key, Name, Email string
	Actor            string // key of the organisation; "" = an evaluator
}

func (l *loader) writePeople(ctx context.Context, c content) error {
	for _, x := range c.People {
		who := atlas.Account{Email: x.Email, Name: x.Name, Lang: "cs"}
		v := atlas.Viewer{Lang: "cs"}
		if x.Actor == "" {
			v.Grants = []atlas.Grant{{Role: atlas.RoleEvaluator}}
		}
		made, err := l.app.AddUser(ctx, viewer, who, v.Grants...)
		if err != nil {
			return said("person "+x.Key, err)
		}
		v.Account, v.Name = made.ID, made.ID
		if x.Actor != "" {
			if err := l.join(ctx, &v, x.Actor); err != nil {
				return said("person "+x.Key, err)
			}
		}
		l.people[x.Key] = v
	}
	return nil
}

// join has somebody ask an organisation to take them in, and taken in as who decides
// about its people.
func (l *loader) join(ctx context.Context, v *atlas.Viewer, key string) error {
	actor, err := named(l.actors, key)
	if err != nil {
		return err
	}
	nowhere := func(string) string { return "" }
	if err := l.app.AskToJoin(ctx, *v, actor, "Ukázka", nowhere); err != nil {
		return err
	}
	if err := l.app.DecideMembership(ctx, viewer, actor, v.Account, true, true, nowhere); err != nil {
		return err
	}
	v.Memberships = []atlas.Membership{{Account: v.Account, Actor: actor, State: atlas.MemberActive, Manager: true}}
	return nil
}

// who finds people by their keys.
func (l *loader) who(keys ...string) ([]atlas.Viewer, error) {
	var out []atlas.Viewer
	for _, key := range keys {
		v, ok := l.people[key]
		if !ok {
			_, err := named(nil, key)
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

func accounts(all []atlas.Viewer) (ids []string) {
	for _, v := range all {
		ids = append(ids, v.Account)
	}
	return ids
}
