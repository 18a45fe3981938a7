package main

import (
	"context"

	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/web/route"
)

// purge deletes personal data that are not kept any longer and prints how much it
// was; with --dry-run it prints what it would delete.
func purge(ctx context.Context, c *call) error {
	s, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if _, _, err := s.Migrate(ctx); err != nil {
		return err
	}
	letters, err := newComposer(c.config)
	if err != nil {
		return err
	}
	a := app.New(s, app.Options{WithoutIndex: true, Letters: letters})
	r, err := a.Purge(ctx, c.signInPage(), c.has("dry-run"))
	if err != nil {
		return err
	}
	if c.has("dry-run") {
		c.say("purge.rehearsed")
	}
	if r.String() == "" {
		c.say("purge.nothing")
		return nil
	}
	for _, line := range r.Counts() {
		if line.N > 0 {
			c.say("purge."+line.Name, "n", i18n.Number(c.lang, line.N))
		}
	}
	return nil
}

// signInPage is the public address of the page of signing in; "" where the
// configuration says no public address: then nobody can be warned by a letter.
func (c *call) signInPage() string {
	if c.config.BaseURL == "" {
		return ""
	}
	return c.config.BaseURL + route.SignIn
}
