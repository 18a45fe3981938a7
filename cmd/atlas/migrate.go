package main

import "context"

// migrate brings the tables of the database up to date.
func migrate(ctx context.Context, c *call) error {
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	from, to, err := s.Migrate(ctx)
	switch {
	case err != nil:
		return err
	case from == to:
		c.say("migrate.same", "version", to)
	default:
		c.say("migrate.done", "from", from, "to", to)
	}
	return nil
}
