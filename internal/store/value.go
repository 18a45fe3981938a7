package store

import "atlas"

// value is one text of a plain list of a record: a code, a name. All such
// lists of a kind of record share one table.
type value struct {
	list string // "target_legal"
	// item says to which item of a child table the list belongs, counted from
	// 1: the languages of the second contact. 0 is the record itself.
	item int
	text string
}

// values is a list of texts of P that is kept as values.
type values[P any] struct {
	name string
	// lists gives the list itself, or that of each item it belongs to.
	lists func(*P) []*[]string
	items bool
}

// ofRecord is a list of the record itself.
func ofRecord[P any](name string, at func(*P) *[]string) values[P] {
	return values[P]{name, func(p *P) []*[]string { return []*[]string{at(p)} }, false}
}

// ofItems is a list of each item of another list of the record. Those items
// must be read before the values.
func ofItems[P, C any](name string, items func(*P) *[]C, at func(*C) *[]string) values[P] {
	return values[P]{name, func(p *P) []*[]string {
		list := *items(p)
		out := make([]*[]string, len(list))
		for i := range list {
			out[i] = at(&list[i])
		}
		return out
	}, true}
}

// newValues makes the child table of the lists.
func newValues[P any](name, owner string, all ...values[P]) child[P, value] {
	byName := make(map[string]values[P], len(all))
	for _, v := range all {
		byName[v.name] = v
	}
	return newChild(name, owner,
		func(p *P) []value { return flatten(p, all) },
		func(p *P, v *value) {
			of, ok := byName[v.list]
			lists := of.lists
			if !ok {
				return
			}
			if at, i := lists(p), max(v.item-1, 0); i < len(at) {
				*at[i] = append(*at[i], v.text)
			}
		},
		text("list", func(v *value) *string { return &v.list }),
		number("item", func(v *value) *int { return &v.item }),
		text("value", func(v *value) *string { return &v.text }),
	)
}

func flatten[P any](p *P, all []values[P]) []value {
	var out []value
	for _, v := range all {
		for i, list := range v.lists(p) {
			item := 0
			if v.items {
				item = i + 1
			}
			for _, s := range *list {
				out = append(out, value{v.name, item, s})
			}
		}
	}
	return out
}

// newSources and newVerbatim are the child tables that every kind of record
// has.
func newSources[P any](name, owner string, at func(*P) *[]atlas.Source) child[P, atlas.Source] {
	type s = atlas.Source
	return newList(name, owner, at,
		text("kind", func(r *s) *string { return &r.Kind }),
		text("url", func(r *s) *string { return &r.URL }),
		date("accessed", func(r *s) *atlas.Date { return &r.Accessed }),
		text("note", func(r *s) *string { return &r.Note }),
		text("batch_id", func(r *s) *string { return &r.BatchID }),
		text("file", func(r *s) *string { return &r.File }),
		number("row_no", func(r *s) *int { return &r.Row }),
	)
}

func newVerbatim[P any](name, owner string, at func(*P) *[]atlas.Verbatim) child[P, atlas.Verbatim] {
	type v = atlas.Verbatim
	return newList(name, owner, at,
		text("field", func(r *v) *string { return &r.Field }),
		text("value", func(r *v) *string { return &r.Value }),
	)
}
