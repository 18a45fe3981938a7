package store

import (
	"context"
	"fmt"
	"time"

	"atlas"
)

// VersionAt reads a record as it stood at a moment: its last version written
// not after it, as Version gives it, and the change that wrote it.
// atlas.ErrNotFound when it was not there yet.
func (r *Reader) VersionAt(ctx context.Context, kind, id string, at time.Time) (c atlas.Change, json []byte, err error) {
	found := false
	err = r.schema.changes.each(ctx, r.q, "WHERE kind = $1 AND record_id = $2 AND at <= $3 ORDER BY version DESC LIMIT 1",
		[]any{kind, id, at.UTC().Format(timeFormat)}, func(row *change) error {
			c, json, found = row.Change, []byte(row.snapshot), true
			return nil
		})
	if err == nil && !found {
		err = fmt.Errorf("%s %s at %s: %w", kind, id, at.UTC().Format(time.RFC3339), atlas.ErrNotFound)
	}
	return c, json, err
}

// VersionsAt reads records as they stood at a moment, in the order of ids, each as
// Version gives it. Those that were not there yet, or not any more, are left out.
// It is one query.
func (r *Reader) VersionsAt(ctx context.Context, kind string, ids []string, at time.Time) ([][]byte, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	in, arg := r.q.engine.among(ids)
	found := make(map[string]string, len(ids))
	err := r.schema.changes.each(ctx, r.q, "WHERE kind = $2 AND record_id "+in+" AND at <= $3 ORDER BY record_id, version",
		[]any{arg, kind, at.UTC().Format(timeFormat)}, func(c *change) error {
			found[c.ID] = c.snapshot
			if c.Action == atlas.ActionDelete {
				delete(found, c.ID)
			}
			return nil
		})
	if err != nil {
		return nil, err
	}
	out := make([][]byte, 0, len(found))
	for _, id := range ids {
		if json, ok := found[id]; ok {
			out = append(out, []byte(json))
		}
	}
	return out, nil
}

// EarliestChange is the earliest time that a change after a number bears; zero
// when there is none. A change may bear an earlier time than one before it:
// whoever wrote it waited for another.
func (r *Reader) EarliestChange(ctx context.Context, after int64) (time.Time, error) {
	var at time.Time
	err := r.q.scan(ctx, "SELECT MIN(at) FROM change WHERE seq > $1", []any{after}, timeCell{&at})
	return at, err
}

// ChangesAround are the times of the last change not after a moment and of the
// first one after it; zero when there is none. It looks at all changes.
func (r *Reader) ChangesAround(ctx context.Context, at time.Time) (before, after time.Time, err error) {
	err = r.q.scan(ctx, "SELECT MAX(CASE WHEN at <= $1 THEN at END), MIN(CASE WHEN at > $1 THEN at END) FROM change",
		[]any{at.UTC().Format(timeFormat)}, timeCell{&before}, timeCell{&after})
	return before, after, err
}

// asOfPage is how many versions EachAsOf holds in memory.
const asOfPage = 500

// EachAsOf streams all records of a kind as they stood at a moment, in the order
// of their ids: the change that wrote each last and the record as Version gives
// it, which holds until fn returns. Records that were deleted by then are left
// out. It goes once through the index of versions and holds a page in memory.
func (r *Reader) EachAsOf(ctx context.Context, kind string, at time.Time, fn func(atlas.Change, []byte) error) error {
	return r.snapshot(ctx, func(q *querier) error {
		var last, read change // the last one not after the moment, and of all
		give := func() error {
			if last.ID == "" || last.Action == atlas.ActionDelete {
				return nil
			}
			return fn(last.Change, []byte(last.snapshot))
		}
		page := make([]change, 0, asOfPage)
		for {
			var err error
			if page, err = r.versionsAfter(ctx, q, kind, &read, page[:0]); err != nil {
				return err
			}
			for i := range page {
				if read = page[i]; read.At.After(at) {
					continue
				}
				if page[i].ID != last.ID {
					if err := give(); err != nil {
						return err
					}
				}
				last = page[i]
			}
			if len(page) < asOfPage {
				return give()
			}
		}
	})
}

// versionsAfter reads a page of versions, by record and number. Those written
// later are not sorted out here, and the limit stands in the text, so that the
// planner of PostgreSQL, which does not know parameters of statements that it
// prepared, walks the index of versions instead of sorting all of them for each page.
func (r *Reader) versionsAfter(ctx context.Context, q *querier, kind string, last *change, page []change) ([]change, error) {
	err := r.schema.changes.each(ctx, q, fmt.Sprint("WHERE kind = $1 AND (record_id, version) > ($2, $3) ORDER BY record_id, version LIMIT ", asOfPage),
		[]any{kind, last.ID, last.Version}, func(c *change) error {
			page = append(page, *c)
			return nil
		})
	return page, err
}
