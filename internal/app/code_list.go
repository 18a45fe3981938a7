package app

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"atlas"
	"atlas/internal/store"
)

// ItemEdit is an item of a code list as somebody wants it to be.
type ItemEdit struct {
	List     string // code of the list
	Version  int64  // of the list, that was read
	New      bool   // the list must not have it yet; otherwise it must
	Position int    // its place among the items from 1; 0 = where it is, a new one last
	Item     atlas.Item
}

var itemCode = regexp.MustCompile(`^[A-Z0-9](?:[A-Z0-9_-]{0,38}[A-Z0-9])?$`)

// longestLabel is how many letters the name of an item may have, longestRemark
// its note.
const (
	longestLabel  = 200
	longestRemark = 1000
)

// FixedList says whether the program itself speaks of the items of a list, so
// that none can be added or retired; their words can be changed.
func FixedList(code string) bool {
	return slices.Contains([]string{atlas.ListRecordStatus, atlas.ListStatus, atlas.ListRole, atlas.ListScope, atlas.ListCountKind}, code)
}

// SaveItem adds an item to a code list or changes one: its words, its place, its
// end and who follows it. Codes stay and nothing is deleted, so a record never
// names what is not there. Of a list that somebody else changed meanwhile the
// error is an atlas.ConflictError.
func (a *App) SaveItem(ctx context.Context, v atlas.Viewer, e ItemEdit) error {
	if !v.May(atlas.RightLists) {
		return atlas.ErrForbidden
	}
	return a.update(ctx, func(tx *store.Tx) error {
		if err := a.stillMay(ctx, tx, v, atlas.RightLists, atlas.Subject{}); err != nil {
			return err
		}
		all, err := tx.Lists(ctx)
		if err != nil {
			return err
		}
		l, ok := atlas.NewLists(all).List(e.List)
		if !ok {
			return atlas.ErrNotFound
		}
		if l.Version != e.Version {
			return &atlas.ConflictError{Kind: atlas.KindList, ID: l.Code, Read: e.Version, Current: l.Version}
		}
		if wrong := itemProblems(l, e); len(wrong) > 0 {
			return &atlas.InvalidError{Problems: wrong}
		}
		return tx.PutList(ctx, withItem(*l, e), a.write(v))
	})
}

// itemProblems says what of an item cannot be.
func itemProblems(l *atlas.List, e ItemEdit) []atlas.Problem {
	var out []atlas.Problem
	add := func(field, key string, args map[string]any) {
		out = append(out, atlas.Problem{Field: field, Key: key, Args: args})
	}
	it := e.Item
	old, there := l.Item(it.Code)
	switch {
	case e.New && FixedList(l.Code):
		add("code", "problem.list_fixed", nil)
	case e.New && !itemCode.MatchString(it.Code):
		add("code", "problem.item_code", map[string]any{"value": it.Code})
	case e.New && there:
		add("code", "problem.item_there", map[string]any{"code": it.Code})
	case !e.New && !there:
		add("code", "problem.code", map[string]any{"code": it.Code})
	}
	for field, text := range map[string]string{"cs": it.Cs, "en": it.En} {
		if strings.TrimSpace(text) == "" {
			add(field, "problem.required", nil)
		}
		tooLong(&out, field, text, longestLabel)
	}
	tooLong(&out, "note_cs", it.NoteCs, longestRemark)
	tooLong(&out, "note_en", it.NoteEn, longestRemark)
	if it.ValidFrom.Known() && it.ValidTo.Known() && it.ValidTo.Last().Compare(it.ValidFrom.First()) < 0 {
		add("valid_to", "problem.date_order", nil)
	}
	if FixedList(l.Code) && it.ValidTo.Known() && !old.ValidTo.Known() {
		add("valid_to", "problem.list_fixed", nil)
	}
	if it.Successor == "" {
		return out
	}
	next, ok := l.Item(it.Successor)
	switch {
	case !it.ValidTo.Known():
		add("valid_to", "problem.successor_end", nil)
	case !ok:
		add("successor", "problem.code", map[string]any{"code": it.Successor})
	case next.Code == it.Code, next.ValidTo.Known():
		add("successor", "problem.successor_item", map[string]any{"code": it.Successor})
	}
	return out
}

func tooLong(out *[]atlas.Problem, field, text string, limit int) {
	if n := utf8.RuneCountInString(text); n > limit {
		*out = append(*out, atlas.Problem{Field: field, Key: "problem.item_long", Args: map[string]any{"n": n, "limit": limit}})
	}
}

// withItem puts an item into a list at its place. Items keep the numbers of their
// order as long as they keep their places.
func withItem(l atlas.List, e ItemEdit) atlas.List {
	items := slices.Clone(l.Items)
	at := len(items)
	if i := slices.IndexFunc(items, func(it atlas.Item) bool { return it.Code == e.Item.Code }); i >= 0 {
		at, e.Item.Order = i, items[i].Order
		items = slices.Delete(items, i, i+1)
	}
	moved := e.New || e.Position > 0 && e.Position != at+1
	if e.Position > 0 {
		at = min(e.Position-1, len(items))
	}
	items = slices.Insert(items, at, e.Item)
	if moved {
		for i := range items {
			items[i].Order = i + 1
		}
	}
	l.Items = items
	return l
}
