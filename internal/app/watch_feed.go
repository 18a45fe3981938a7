package app

import (
	"context"

	"atlas"
	"atlas/internal/store"
)

// How far back a feed looks.
const (
	feedChunk  = 500
	feedChunks = 20
)

// WatchNews is what a feed of a watch says: the last change of each of the records
// that changed last, the newest first, at most so many. It looks through the
// last ten thousand changes, so that what a feed costs does not grow with the
// database; for each five hundred it costs what an editor does.
func (a *App) WatchNews(ctx context.Context, w store.Watch, most int) ([]News, error) {
	if a.watchWords() == nil {
		return nil, nil
	}
	before, err := a.settled(ctx)
	if err != nil {
		return nil, err
	}
	before++
	var out []News
	seen := map[record]bool{}
	for range feedChunks {
		changes, err := a.Reader().ChangesBefore(ctx, before, feedChunk)
		if err != nil || len(changes) == 0 {
			return out, err
		}
		before = changes[len(changes)-1].Seq
		found, err := a.lastNews(ctx, w, changes, seen)
		if err != nil {
			return nil, err
		}
		if out = append(out, found...); len(out) >= most {
			return out[:most], nil
		}
	}
	return out, nil
}

// lastNews is what some changes, the newest first, say of a watch about records
// that were not seen in later ones.
func (a *App) lastNews(ctx context.Context, w store.Watch, changes []atlas.Change, seen map[record]bool) ([]News, error) {
	g := &gazette{marks: map[record][]moment{}}
	for i, c := range changes {
		if r := (record{c.Kind, c.ID}); !seen[r] {
			seen[r] = true
			g.add(changes[i : i+1])
		}
	}
	g.settle()
	e, err := a.edit(ctx, g, []store.Watch{w})
	if err != nil {
		return nil, err
	}
	t, err := e.newsFor(ctx, w.Kind, w.Subject, 0)
	return t.news, err
}
