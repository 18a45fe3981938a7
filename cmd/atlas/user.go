package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/mail"
	"atlas/internal/store"
	"atlas/internal/web/route"
)

// withUsers runs fn over the application of a database, with letters but without
// the search index.
func (c *call) withUsers(ctx context.Context, fn func(*app.App) error) (err error) {
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if _, _, err := s.Migrate(ctx); err != nil {
		return err
	}
	letters, err := newComposer(c.config)
	if err != nil {
		return err
	}
	a := app.New(s, app.Options{WithoutIndex: true, Letters: letters})
	if err := a.Load(ctx); err != nil {
		return err
	}
	return c.explainUser(fn(a))
}

// explainUser says what stands in the way, in words.
func (c *call) explainUser(err error) error {
	key := ""
	for _, x := range []struct {
		err error
		key string
	}{
		{store.ErrEmailTaken, "user.exists"}, {app.ErrEmail, "mailing.address"}, {app.ErrName, "user.name"}, {atlas.ErrNotFound, "user.nobody"},
	} {
		if errors.Is(err, x.err) {
			key = x.key
		}
	}
	var invalid *atlas.InvalidError
	if errors.As(err, &invalid) {
		key = map[string]string{
			"problem.role": "user.no_role", "problem.role_territory": "user.territory", "problem.role_no_territory": "user.territory",
			"problem.reference": "user.territory", "problem.role_past": "user.past", "problem.account_blocked": "user.is_blocked",
			"problem.last_admin": "user.last_admin", "problem.no_factor": "user.no_factor",
		}[invalid.Problems[0].Key]
	}
	if key == "" {
		return err
	}
	value := ""
	if len(c.args) > 0 {
		value = printable(c.args[0])
	}
	return fail(key, "value", value, "roles", strings.Join(roleNames(), ", "))
}

// onUser runs an operation on the account with the address in the first argument;
// what it says has been done already is told as the words of a message.
func (c *call) onUser(ctx context.Context, already string, do func(*app.App, *atlas.Account) error) error {
	return c.withUsers(ctx, func(a *app.App) error {
		email := c.args[0]
		if address, err := mail.Address(email); err == nil {
			email = address
		}
		who, err := a.Reader().AccountByEmail(ctx, email)
		if err != nil {
			return err
		}
		if err = do(a, who); errors.Is(err, app.ErrDecided) {
			return fail(already, "value", printable(c.args[0]))
		}
		return err
	})
}

// roleNames are the roles that can be given.
func roleNames() (out []string) {
	for _, r := range atlas.Roles() {
		if r.Granted() {
			out = append(out, string(r))
		}
	}
	return out
}

// grant reads a role from the flags of a command.
func (c *call) grant(command, role string) (atlas.Grant, error) {
	until, err := atlas.ParseDate(c.given["until"])
	if err != nil {
		return atlas.Grant{}, &usageError{command: command, key: "usage.until", args: []any{"value", c.given["until"]}}
	}
	return atlas.Grant{Role: atlas.Role(role), Territory: c.given["territory"], Until: until}, nil
}

// accountLink is the page of one's own account, for letters.
func (c *call) accountLink(lang string) string {
	return c.config.Address() + route.In(lang, route.Account)
}

// userAdd founds an account and prints a link to sign in with.
func userAdd(ctx context.Context, c *call) error {
	var roles []atlas.Grant
	if role := c.given["role"]; role != "" {
		g, err := c.grant("user add", role)
		if err != nil {
			return err
		}
		roles = append(roles, g)
	}
	name := c.given["name"]
	if name == "" {
		name, _, _ = strings.Cut(c.args[0], "@")
	}
	return c.withUsers(ctx, func(a *app.App) error {
		made, err := a.AddUser(ctx, viewer, atlas.Account{Email: c.args[0], Name: name, Lang: c.lang}, roles...)
		if err != nil {
			return err
		}
		c.say("user.added", "id", made.ID, "email", printable(made.Email))
		for _, g := range roles {
			c.say("user.role", "role", c.grantWords(g))
			if g.Role.Staff() {
				c.say("user.second")
			}
		}
		c.printLink(made)
		return nil
	})
}

func (c *call) printLink(l app.UserLink) {
	c.say("user.link", "until", c.minute(l.Until))
	fmt.Fprintln(c.out, "  "+c.config.Address()+route.SigningInBy(c.lang, l.Secret))
}

// userLink prints a link that signs in to an account.
func userLink(ctx context.Context, c *call) error {
	return c.onUser(ctx, "", func(a *app.App, who *atlas.Account) error {
		l, err := a.MakeUserLink(ctx, viewer, who.ID)
		if err == nil {
			c.printLink(l)
		}
		return err
	})
}

// grantWords is a role with its territory and end.
func (t *tool) grantWords(g atlas.Grant) string {
	words := t.T("mail.role." + string(g.Role))
	if g.Territory != "" {
		words += " " + g.Territory
	}
	if g.Until.Known() {
		words += " " + t.T("user.until", "day", i18n.Date(t.lang, g.Until))
	}
	return words
}

// userRole gives an account a role or takes it.
func userRole(ctx context.Context, c *call) error {
	give, take := c.given["give"], c.given["take"]
	if (give == "") == (take == "") {
		return &usageError{command: "user role", key: "usage.give_or_take"}
	}
	g, err := c.grant("user role", give+take)
	if err != nil {
		return err
	}
	return c.onUser(ctx, "user.not_given", func(a *app.App, who *atlas.Account) error {
		if give == "" {
			err := a.TakeRole(ctx, viewer, who.ID, g.Role, g.Territory, c.accountLink)
			if err == nil {
				c.say("user.taken", "role", c.grantWords(g))
			}
			return err
		}
		if err := a.GiveRole(ctx, viewer, who.ID, g, c.accountLink); err != nil {
			return err
		}
		c.say("user.role", "role", c.grantWords(g))
		if g.Role.Staff() {
			c.say("user.second")
		}
		return nil
	})
}

// userBlock keeps an account out, userUnblock lets it in again.
func userBlock(ctx context.Context, c *call) error {
	return c.setBlocked(ctx, true, "user.blocked")
}

func userUnblock(ctx context.Context, c *call) error {
	return c.setBlocked(ctx, false, "user.unblocked")
}

func (c *call) setBlocked(ctx context.Context, blocked bool, said string) error {
	return c.onUser(ctx, "user.same_state", func(a *app.App, who *atlas.Account) error {
		err := a.BlockAccount(ctx, viewer, who.ID, who.Version, blocked)
		if err == nil {
			c.say(said, "email", printable(c.args[0]))
		}
		return err
	})
}

// userReset takes all second factors from an account whose owner lost them.
func userReset(ctx context.Context, c *call) error {
	return c.onUser(ctx, "", func(a *app.App, who *atlas.Account) error {
		err := a.ResetSecondFactor(ctx, viewer, who.ID, c.accountLink)
		if err == nil {
			c.say("user.reset", "email", printable(c.args[0]))
		}
		return err
	})
}

// userList lists all accounts, the newest first.
func userList(ctx context.Context, c *call) error {
	return c.withUsers(ctx, func(a *app.App) error {
		all, err := a.Reader().Accounts(ctx)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			c.say("user.none")
			return nil
		}
		out := tabwriter.NewWriter(c.out, 0, 4, 2, ' ', 0)
		for _, u := range all {
			var roles []string
			for _, g := range u.Grants {
				roles = append(roles, c.grantWords(g))
			}
			seen := c.T("user.never")
			if !u.SeenAt.IsZero() {
				seen = c.minute(u.SeenAt)
			}
			state := ""
			if u.State == atlas.AccountBlocked {
				state = c.T("user.state_blocked")
			}
			fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\n", u.ID, printable(u.Email), printable(u.Name), seen, strings.Join(roles, ", "), state)
		}
		return out.Flush()
	})
}
