package store

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"

	"atlas"
)

func newLists() *table[atlas.List] {
	type l = atlas.List
	return newTable("list",
		text("code", func(r *l) *string { return &r.Code }),
		text("slug", func(r *l) *string { return &r.Slug }),
		text("cs", func(r *l) *string { return &r.Cs }),
		text("en", func(r *l) *string { return &r.En }),
		text("source_cs", func(r *l) *string { return &r.SourceCs }),
		text("source_en", func(r *l) *string { return &r.SourceEn }),
		counted("version", func(r *l) *int64 { return &r.Version }),
	)
}

func newItems() child[atlas.List, atlas.Item] {
	type i = atlas.Item
	return newList("list_item", "list", func(l *atlas.List) *[]i { return &l.Items },
		text("code", func(r *i) *string { return &r.Code }),
		text("cs", func(r *i) *string { return &r.Cs }),
		text("en", func(r *i) *string { return &r.En }),
		text("note_cs", func(r *i) *string { return &r.NoteCs }),
		text("note_en", func(r *i) *string { return &r.NoteEn }),
		counted("item_order", func(r *i) *int { return &r.Order }),
		date("valid_from", func(r *i) *atlas.Date { return &r.ValidFrom }),
		date("valid_to", func(r *i) *atlas.Date { return &r.ValidTo }),
		text("parent", func(r *i) *string { return &r.Parent }),
		text("successor", func(r *i) *string { return &r.Successor }),
	)
}

// Lists reads all code lists with their items, by code.
func (r *Reader) Lists(ctx context.Context) ([]atlas.List, error) {
	var out []atlas.List
	err := r.snapshot(ctx, func(q *querier) error {
		byCode := map[string]*atlas.List{}
		var all []*atlas.List
		err := r.schema.lists.each(ctx, q, "", nil, func(l *atlas.List) error {
			found := *l
			byCode[l.Code] = &found
			all = append(all, &found)
			return nil
		})
		if err != nil {
			return err
		}
		everyOne := selection{where: func(string) string { return "1 = 1" }}
		if err := r.schema.items.load(ctx, q, everyOne, byCode); err != nil {
			return err
		}
		for _, l := range all {
			out = append(out, *l)
		}
		return nil
	})
	// Not by the database: its order depends on its language.
	slices.SortFunc(out, func(a, b atlas.List) int { return cmp.Compare(a.Code, b.Code) })
	return out, err
}

// list reads one list; nil when there is none.
func (tx *Tx) list(ctx context.Context, code string) (*atlas.List, error) {
	var found *atlas.List
	err := tx.schema.lists.each(ctx, tx.q, "WHERE code = $1", []any{code}, func(l *atlas.List) error {
		found = new(atlas.List)
		*found = *l
		return nil
	})
	if err != nil || found == nil {
		return nil, err
	}
	return found, tx.schema.items.load(ctx, tx.q, tx.q.oneOf([]string{code}), map[string]*atlas.List{code: found})
}

// PutList creates or changes a code list. A list that stands as given is left
// alone, whatever its version; otherwise the version must be the one that
// stands (0 for a new list), else the error is *atlas.ConflictError.
func (tx *Tx) PutList(ctx context.Context, l atlas.List, w Write) error {
	stored, err := tx.list(ctx, l.Code)
	if err != nil {
		return err
	}
	read, current := l.Version, int64(0)
	if stored != nil {
		current, l.Version = stored.Version, stored.Version
		if sameList(*stored, l) {
			return nil
		}
	}
	if read != current {
		return &atlas.ConflictError{Kind: atlas.KindList, ID: l.Code, Read: read, Current: current}
	}
	w = w.complete(current)
	l.Version = current + 1
	if err := tx.replaceList(ctx, &l); err != nil {
		return fmt.Errorf("put list %s: %w", l.Code, err)
	}
	return tx.record(ctx, atlas.Change{
		At: w.At, Kind: atlas.KindList, ID: l.Code, Version: l.Version,
		Action: w.Action, By: w.By, Origin: w.Origin,
	}, &l)
}

func sameList(a, b atlas.List) bool {
	if len(a.Items) == 0 && len(b.Items) == 0 {
		a.Items, b.Items = nil, nil
	}
	return reflect.DeepEqual(a, b)
}

// replaceList deletes the list with its items and writes it anew.
func (tx *Tx) replaceList(ctx context.Context, l *atlas.List) error {
	if _, err := tx.q.exec(ctx, "DELETE FROM list WHERE code = $1", l.Code); err != nil {
		return err
	}
	if err := tx.schema.lists.insert(ctx, tx.q, []atlas.List{*l}); err != nil {
		return err
	}
	return tx.schema.items.store(tx.q, l.Code, l)
}
