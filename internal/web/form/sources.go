package form

import (
	"strconv"

	"atlas"
	"atlas/internal/web/typed"
)

// groupSources is the group of rows in which every record says where it is from.
const groupSources = "sources"

// Sources reads the sources of a record. Its rows are numbered anew without the
// empty ones, so that the place of a problem is the place in the record.
func Sources(f *typed.Form) []atlas.Source {
	f.Compact(groupSources)
	var out []atlas.Source
	for _, r := range f.Rows(groupSources) {
		at := r.Prefix
		row, _ := strconv.Atoi(f.Text(at + "file_row"))
		out = append(out, atlas.Source{
			Kind: f.Text(at + "kind"), URL: f.URL(at + "url"), Accessed: f.Date(at + "accessed"), Note: f.Text(at + "note"),
			BatchID: f.Text(at + "batch"), File: f.Text(at + "file"), Row: max(0, row),
		})
	}
	return out
}

// SetSources writes the sources of a record so that Sources reads them back.
func SetSources(f *typed.Form, all []atlas.Source) {
	for i, s := range all {
		at := Row(groupSources, i)
		f.Set(at+"kind", s.Kind)
		f.Set(at+"url", s.URL)
		f.SetDate(at+"accessed", s.Accessed)
		f.Set(at+"note", s.Note)
		f.Set(at+"batch", s.BatchID)
		f.Set(at+"file", s.File)
		if s.Row > 0 {
			f.Set(at+"file_row", strconv.Itoa(s.Row))
		}
	}
}
