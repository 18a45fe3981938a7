package importer

import (
	"slices"
	"strings"
)

// Source is one kind of list of projects: how its header is known and what its
// columns mean. A list that no source knows is read by MappedSource, made of a
// mapping of its columns; the other steps stay the same.
type Source struct {
	Name string // kept with each batch: "operace-2014", "rucne", "360giving"
	// Kind is what the list is as a source of a record (CL-14).
	Kind string
	// needs are the columns that tell the list; of each group one is enough.
	needs [][]string
	// names are the names that columns may have, by the source's own keys.
	names map[string][]string
	// read maps one row.
	read func(*mapping)
}

// Sources are the lists that are understood; the first that fits counts.
func Sources() []Source { return []Source{operations(), handCollected(), ownExport(), threeSixty()} }

// Recognise finds the source of a table by its header. The error is a
// *FileError with the columns that were seen.
func Recognise(t *Table) (Source, error) {
	have := columnsOf(t)
	for _, s := range Sources() {
		if s.knows(have) {
			return s, nil
		}
	}
	seen := t.Header[:min(len(t.Header), 12)]
	return Source{}, fileError(ErrorLayout, nil, "file", t.File, "columns", strings.Join(seen, ", "))
}

func (s Source) knows(have map[string]int) bool {
	return !slices.ContainsFunc(s.needs, func(group []string) bool {
		return !slices.ContainsFunc(group, func(c string) bool { _, ok := have[columnKey(c)]; return ok })
	})
}

// columnsOf gives the places of the columns by their very names, and by their
// keys, the first of each.
func columnsOf(t *Table) map[string]int {
	out := make(map[string]int, 2*len(t.Header))
	for i, h := range t.Header {
		out[h] = i
	}
	for i, h := range t.Header {
		if _, ok := out[columnKey(h)]; !ok {
			out[columnKey(h)] = i
		}
	}
	return out
}

// Reading makes drafts of the rows of one table. It may be used by several
// goroutines at once.
type Reading struct {
	source  Source
	env     Env
	table   *Table
	columns map[string]int    // as of mapping
	keys    map[string]string // key of the source → the column that the table has for it
}

// Open gets ready to read a table.
func (s Source) Open(env Env, t *Table) *Reading {
	r := &Reading{source: s, env: env, table: t, columns: columnsOf(t), keys: map[string]string{}}
	for key, names := range s.names {
		for _, name := range names {
			if at, ok := r.columns[columnKey(name)]; ok {
				r.keys[key] = t.Header[at]
				break
			}
		}
	}
	for key := range s.names { // looked for in each row, and most lists of ours have a part of the columns
		if _, ok := r.columns[key]; ok {
			continue
		}
		at, ok := r.columns[columnKey(key)]
		if !ok {
			at = noColumn
		}
		r.columns[key] = at
	}
	return r
}

// noColumn is the place of a column that a table does not have.
const noColumn = -1

// Draft is what a row of the table says. It depends on nothing but the row, so a
// row may be read again instead of being kept.
func (r *Reading) Draft(row Row) *Draft {
	m := newMapping(r.env, r.table, r.columns, row)
	m.keys = r.keys
	r.source.read(m)
	return m.draft
}
