package store

import (
	"context"
	"fmt"
	"math"
)

// sealed is a change as the log sees it: with what was erased from it.
type sealed struct {
	change
	digest     string // of the snapshot that stands
	redactions []Redaction
}

// original is the digest of the snapshot as it was written.
func (c *sealed) original() string {
	if len(c.redactions) > 0 {
		return c.redactions[0].Digest
	}
	return c.digest
}

// unbroken says whether each redaction replaced what the one before it left,
// and the last one left what stands.
func (c *sealed) unbroken() bool {
	at := c.original()
	for _, r := range c.redactions {
		if r.Digest != at {
			return false
		}
		at = r.Replacement
	}
	return at == c.digest
}

// changeFeed reads all changes in their order, a page in memory at a time, and
// leaves the connection free between pages.
type changeFeed struct {
	q      *querier
	schema *schema
	page   []sealed
	at     int
	after  int64
	ended  bool
}

// newFeed stands before the first change, whatever its number is.
func newFeed(q *querier, s *schema) changeFeed {
	return changeFeed{q: q, schema: s, after: math.MinInt64}
}

// feedPage is how many changes a feed holds in memory.
const feedPage = 256

// next gives the next change without its snapshot; nil after the last one. It
// holds until the call after.
func (f *changeFeed) next(ctx context.Context) (*sealed, error) {
	c, err := f.peek(ctx)
	if c != nil {
		f.at++
	}
	return c, err
}

// peek gives what next is going to give.
func (f *changeFeed) peek(ctx context.Context) (*sealed, error) {
	if f.at == len(f.page) && !f.ended {
		if err := f.read(ctx); err != nil {
			return nil, fmt.Errorf("read changes: %w", err)
		}
	}
	if f.at == len(f.page) {
		return nil, nil
	}
	return &f.page[f.at], nil
}

func (f *changeFeed) read(ctx context.Context) error {
	f.page, f.at = f.page[:0], 0
	at := map[int64]int{}
	err := f.schema.changes.each(ctx, f.q, fmt.Sprint("WHERE seq > $1 ORDER BY seq LIMIT ", feedPage), []any{f.after}, func(c *change) error {
		at[c.Seq] = len(f.page)
		digest := digestOf([]byte(c.snapshot))
		c.snapshot = ""
		f.page = append(f.page, sealed{change: *c, digest: digest})
		return nil
	})
	if err != nil {
		return err
	}
	f.ended = len(f.page) < feedPage
	if len(f.page) == 0 {
		return nil
	}
	first, last := f.page[0].Seq, f.page[len(f.page)-1].Seq
	f.after = last
	return f.schema.redactions.each(ctx, f.q, "WHERE change_seq BETWEEN $1 AND $2 ORDER BY seq", []any{first, last}, func(r *Redaction) error {
		if i, ok := at[r.Change]; ok {
			f.page[i].redactions = append(f.page[i].redactions, *r)
		}
		return nil
	})
}
