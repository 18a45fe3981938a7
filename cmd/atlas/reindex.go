package main

import (
	"context"
	"log/slog"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/search"
)

// reindex builds the search index as serving does and checks that it holds
// exactly the published projects of the database and their money.
func reindex(ctx context.Context, c *call) error {
	s, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if _, _, err := s.Migrate(ctx); err != nil {
		return err
	}
	before, err := s.LastChange(ctx)
	if err != nil {
		return err
	}
	a := app.New(s, app.Options{Log: newLog(c.err, c.config.LogFormat, slog.LevelWarn)})
	start := time.Now()
	if err := a.Load(ctx); err != nil {
		return err
	}
	took := time.Since(start)
	found, err := compareIndex(ctx, a)
	if err != nil {
		return err
	}
	c.say("reindex.done", "public", c.number(found.public), "all", c.number(found.all), "actors", c.number(found.actors),
		"territories", c.number(a.Places().Len()), "seconds", c.seconds(took))
	if found.agrees() {
		c.say("reindex.agrees")
		return nil
	}
	if after, err := s.LastChange(ctx); err != nil || after != before {
		return fail("reindex.changed")
	}
	return fail("reindex.differs", "missing", c.number(found.missing), "surplus", c.number(found.surplus))
}

// comparison is what the index and the database have in common.
type comparison struct {
	all, public, actors int // in the database
	missing             int // projects the index lacks
	surplus             int // projects it should not have
	money               bool
}

func (c comparison) agrees() bool { return c.missing == 0 && c.surplus == 0 && c.money }

// compareIndex reads every project of the database beside the index.
func compareIndex(ctx context.Context, a *app.App) (comparison, error) {
	var c comparison
	answer := a.Index().Search(search.Query{Limit: a.Index().Len()})
	surplus := make(map[string]bool, len(answer.Hits))
	for _, id := range answer.Hits {
		surplus[id] = true
	}
	var money atlas.Sum
	err := a.Reader().EachProject(ctx, func(p *atlas.Project) error {
		c.all++
		if !p.Public() {
			return nil
		}
		c.public++
		amount, _, _ := p.Money()
		money.Add(amount)
		if !surplus[p.ID] {
			c.missing++
		}
		delete(surplus, p.ID)
		return nil
	})
	c.surplus, c.money = len(surplus), money == answer.Amount
	c.actors = len(a.ActorNames("cs"))
	return c, err
}
