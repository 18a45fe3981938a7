package statistics

import (
	"context"
	"io"
	"strings"

	"atlas"
	"atlas/internal/importer"
)

// Keys of what makes a file of statistics unreadable. Each has a message.
const (
	// ErrorLayout: {file} has {columns}, which are of no known layout.
	ErrorLayout = "statistics.error.layout"
	// ErrorColumns: {file} is of a known layout and lacks {columns}.
	ErrorColumns = "statistics.error.columns"
	// ErrorDataset: {file} is of the data set {found}, not of {asked}.
	ErrorDataset = "statistics.error.dataset"
	// ErrorWhose: own data need to say of which data set they are.
	ErrorWhose = "statistics.error.whose"
	// ErrorIndicator: {file} has several indicators, {indicators}.
	ErrorIndicator = "statistics.error.indicator"
	// ErrorDimension: {file} parts numbers by {dimension}, which is not known.
	ErrorDimension = "statistics.error.dimension"
	// ErrorTwice: two columns of {file} were said to be {column}.
	ErrorTwice = "statistics.error.twice"
	// ErrorShape: {file} is no JSON-stat as it says to be.
	ErrorShape = "statistics.error.shape"
)

// File is a file of statistics whose layout is known.
type File struct {
	Name   string
	Layout string
	// Dataset is the code of the data set that the layout is of; "" where the
	// layout is of any.
	Dataset string
	// Columns is how columns were understood, for people to check: what they mean
	// by their header.
	Columns []Meaning

	// Mapping is what a person said that the columns are; nil where they were known
	// by their names.
	Mapping *Mapping

	table *importer.Table
	cube  *cube
}

// Meaning is what a column was taken for.
type Meaning struct {
	Header string
	Key    string // of the message: "statistics.column.territory"
	Args   map[string]any
}

// Open reads a file and tells its layout by its columns, in whatever order they
// are. The error is a *importer.FileError.
func Open(name string, data io.ReaderAt, size int64) (*File, error) {
	return OpenMapped(name, data, size, func(string) (*Mapping, error) { return nil, nil })
}

// OpenMapped reads a file by what a person said that columns of its shape are; by
// their names where mapped gives nil.
func OpenMapped(name string, data io.ReaderAt, size int64, mapped func(shape string) (*Mapping, error)) (*File, error) {
	c, err := openCube(name, data, size)
	if err != nil {
		return nil, err
	}
	if c != nil {
		return &File{Name: c.name, Layout: LayoutJSONStat, cube: c}, nil
	}
	t, err := importer.ReadTable(name, data, size)
	if err != nil {
		return nil, err
	}
	f := &File{Name: t.File, table: t}
	if f.Mapping, err = mapped(t.Shape()); err == nil && f.Mapping != nil {
		err = f.follow()
	} else if err == nil {
		err = f.recognise()
	}
	if err != nil {
		t.Close()
		return nil, err
	}
	return f, nil
}

// Close frees what the file holds.
func (f *File) Close() error {
	if f.table == nil {
		return nil
	}
	return f.table.Close()
}

// recognise tells the layout by the columns.
func (f *File) recognise() error {
	h := f.head()
	has := func(names ...string) bool { return columnOf(h, names...).there() }
	switch {
	case has("hodnota") && has("vuzemi kod", "uzemi kod") && has("rok", "casref do") && has("stobcan kod"):
		f.Layout, f.Dataset = LayoutForeigners, atlas.DatasetForeigners
	case has("hodnota") && has("vuzemi kod") && has("rok", "casref do"):
		f.Layout, f.Dataset = LayoutPopulation, atlas.DatasetPopulation
	case has("hodnota", "value") && has("uzemi kod", "uzemi", "territory") && has("datum", "rok", "date"):
		f.Layout = LayoutLong
	case len(bandsOf(h)) >= 2 && protectionTotal(h).there():
		f.Layout, f.Dataset = LayoutProtection, atlas.DatasetProtection
	default:
		return &importer.FileError{Key: ErrorLayout, Args: map[string]any{"file": f.Name, "columns": someHeaders(h.names)}}
	}
	f.Columns = f.meanings()
	return nil
}

// someHeaders is the first columns, for a message.
func someHeaders(h []string) string {
	const shown = 12
	text := strings.Join(h[:min(len(h), shown)], ", ")
	if len(h) > shown {
		text += ", …"
	}
	return text
}

// read understands all rows.
func (f *File) read(ctx context.Context, r *Reading) error {
	if f.Dataset != "" && r.env.Dataset.Code != f.Dataset {
		return &importer.FileError{Key: ErrorDataset, Args: map[string]any{"file": f.Name, "found": f.Dataset, "asked": r.env.Dataset.Code}}
	}
	if r.env.Dataset.Code == "" {
		return &importer.FileError{Key: ErrorWhose, Args: map[string]any{"file": f.Name}}
	}
	r.name = f.Name
	var one rowReader
	switch f.Layout {
	case LayoutForeigners, LayoutPopulation:
		one = newCSU(f, r)
	case LayoutProtection:
		one = newProtection(f, r)
	case LayoutLong:
		one = newLong(f, r)
	default:
		return f.cube.read(ctx, r)
	}
	return f.rows(ctx, r, one)
}

// rowReader understands one row.
type rowReader interface {
	row(row importer.Row) error
}

func (f *File) rows(ctx context.Context, r *Reading, one rowReader) error {
	for row, err := range f.table.Rows(0) {
		if err != nil {
			return err
		}
		if r.counts.Rows%1024 == 0 {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			r.env.Progress(r.counts.Rows, f.table.Len())
		}
		if row.Number == f.table.Cut {
			r.refuse(problem(row.Number, "", "", "cut"))
			continue
		}
		if err := one.row(row); err != nil {
			return noRoom(f.Name, err)
		}
	}
	return nil
}
