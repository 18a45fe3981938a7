package reference

import (
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"strings"

	"atlas"
)

// ListMembership tells by date which countries are in the EU, the EEA or, for
// Switzerland, in the free movement of persons (10.6): the validity of an item
// is the time of membership, its code and parent the country.
const ListMembership = "ATL-EU"

// Lists gives all code lists in their order. Items are in theirs, Item.Order
// counting from 1.
func Lists() []atlas.List {
	lists, _, err := loadLists(files)
	return must(lists, err)
}

var (
	codePattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)
	slugPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
)

// loadLists reads lists/lists.csv and the file of each list it names. parents
// tells for a list code the list its items' parents are in, "" for none.
func loadLists(fsys fs.FS) (lists []atlas.List, parents map[string]string, err error) {
	t, err := readTable(fsys, "lists/lists.csv",
		"code", "slug", "cs", "en", "source_cs", "source_en", "parent_list")
	if err != nil {
		return nil, nil, err
	}
	parents = map[string]string{}
	seen := map[string]bool{}
	for i := range t.rows {
		l := atlas.List{
			Code: t.get(i, "code"), Slug: t.get(i, "slug"), Cs: t.get(i, "cs"), En: t.get(i, "en"),
			SourceCs: t.get(i, "source_cs"), SourceEn: t.get(i, "source_en"),
		}
		switch {
		case !codePattern.MatchString(l.Code) || !slugPattern.MatchString(l.Slug):
			return nil, nil, t.fault(i, "code %q or slug %q not well formed", l.Code, l.Slug)
		case seen[l.Code] || seen[l.Slug]:
			return nil, nil, t.fault(i, "code %q or slug %q twice", l.Code, l.Slug)
		case l.Cs == "" || l.En == "" || l.SourceCs == "" || l.SourceEn == "":
			return nil, nil, t.fault(i, "a name or source is missing")
		}
		seen[l.Code], seen[l.Slug] = true, true
		parents[l.Code] = t.get(i, "parent_list")
		if l.Items, err = loadItems(fsys, "lists/"+strings.ToLower(l.Code)+".csv"); err != nil {
			return nil, nil, err
		}
		lists = append(lists, l)
	}
	return lists, parents, checkParents(lists, parents)
}

func loadItems(fsys fs.FS, name string) ([]atlas.Item, error) {
	t, err := readTable(fsys, name,
		"code", "cs", "en", "note_cs", "note_en", "order", "valid_from", "valid_to", "parent")
	if err != nil {
		return nil, err
	}
	items := make([]atlas.Item, 0, len(t.rows))
	seen := map[string]bool{}
	for i := range t.rows {
		it, err := item(t, i)
		if err != nil {
			return nil, err
		}
		if seen[it.Code] {
			return nil, t.fault(i, "code %q twice", it.Code)
		}
		seen[it.Code] = true
		items = append(items, it)
	}
	return items, nil
}

// item reads one row; its order must be its place in the file.
func item(t *table, i int) (atlas.Item, error) {
	it := atlas.Item{
		Code: t.get(i, "code"), Cs: t.get(i, "cs"), En: t.get(i, "en"),
		NoteCs: t.get(i, "note_cs"), NoteEn: t.get(i, "note_en"), Parent: t.get(i, "parent"),
	}
	var err error
	if it.Order, err = strconv.Atoi(t.get(i, "order")); err != nil || it.Order != i+1 {
		return it, t.fault(i, "order %q, want %d", t.get(i, "order"), i+1)
	}
	if it.ValidFrom, err = atlas.ParseDate(t.get(i, "valid_from")); err != nil {
		return it, t.fault(i, "valid_from: %v", err)
	}
	if it.ValidTo, err = atlas.ParseDate(t.get(i, "valid_to")); err != nil {
		return it, t.fault(i, "valid_to: %v", err)
	}
	switch {
	case !codePattern.MatchString(it.Code):
		return it, t.fault(i, "code %q not well formed", it.Code)
	case it.Cs == "" || it.En == "":
		return it, t.fault(i, "%s has no Czech or no English name", it.Code)
	case (it.NoteCs == "") != (it.NoteEn == ""):
		return it, t.fault(i, "%s has its note in one language only", it.Code)
	case it.ValidTo.Known() && it.ValidFrom.Compare(it.ValidTo) > 0:
		return it, t.fault(i, "%s ends before it begins", it.Code)
	}
	return it, nil
}

// checkParents demands that every parent is an item of the list named for it.
func checkParents(lists []atlas.List, parents map[string]string) error {
	all := atlas.NewLists(lists)
	for _, l := range lists {
		for _, it := range l.Items {
			if it.Parent != "" && !all.Has(parents[l.Code], it.Parent) {
				return fmt.Errorf("%s %s: parent %q is not in list %q", l.Code, it.Code, it.Parent, parents[l.Code])
			}
		}
	}
	return nil
}
