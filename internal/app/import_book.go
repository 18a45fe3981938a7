package app

import (
	"context"
	"iter"
	"maps"
	"slices"

	"atlas"
	"atlas/internal/importer"
	"atlas/internal/store"
)

// importBook holds what a row may be or be like: the projects of the
// implementers that the file names, those of the database before those of the
// file's own earlier rows. A row is compared only with the block of its
// implementers, so the work does not grow with the square of the file. Of a
// project some 40 B stay in memory, enough to leave aside almost all that are not
// alike; the titles are on a shelf.
type importBook struct {
	year   int
	marks  []mark
	titles shelf[entry]
	blocks chains[uint64] // hash of an implementer → marks
	loaded codeSet        // implementers whose projects were read
	hash   func(string) uint64
	stored bool // some of the projects are of the database
}

// mark is what of a project stays in memory.
type mark struct {
	outline  importer.Outline
	from, to int16 // years in which it is active
	flags    uint8
}

// flags of a mark.
const (
	markYears    = 1 << iota // its years are known
	markNumber               // it has a registration number
	markArchived             // in the database
	markMerged               // in the database
	markStored               // it is in the database
)

// entry is the rest.
type entry struct {
	ID         string // "" for a row of the file
	MergedInto string
	Row, Place int // in the file: its number, and its place in the table
	Title, Key string
	From       atlas.Date
}

func (e *entry) AppendBinary(to []byte) ([]byte, error) {
	to = packTexts(to, e.ID, e.MergedInto, e.Title, e.Key)
	return packNumbers(to, e.Row, e.Place, e.From.Year, e.From.Month, e.From.Day), nil
}

func (e *entry) UnmarshalBinary(packed []byte) error {
	u := newUnpacking(packed)
	u.texts(&e.ID, &e.MergedInto, &e.Title, &e.Key)
	u.numbers(&e.Row, &e.Place, &e.From.Year, &e.From.Month, &e.From.Day)
	return u.err()
}

func newImportBook(year int, hash func(string) uint64) *importBook {
	return &importBook{year: year, hash: hash, blocks: newChains[uint64](), loaded: codeSet{prefix: actorCodes}}
}

// load reads the projects of implementers from the database, each once.
func (b *importBook) load(ctx context.Context, r *store.Reader, implementers map[string]bool) error {
	var missing []string
	for ref := range implementers {
		if _, fresh := freshNumber(ref); fresh || ref == "" || b.loaded.has(ref) {
			continue
		}
		b.loaded.add(ref)
		missing = append(missing, ref)
	}
	slices.Sort(missing)
	return r.ImplementedBy(ctx, missing, func(s *store.Implemented) error {
		p := &atlas.Project{RegNumber: s.RegNumber, From: s.From, To: s.To, Ongoing: s.Ongoing}
		b.stored = true
		flags := uint8(markStored)
		if s.MergedInto != "" {
			flags |= markMerged
		}
		if s.RecordStatus == atlas.RecordArchived {
			flags |= markArchived
		}
		title := importer.NewTitle(s.Title)
		return b.add(s.Implementer, p, &title, flags, entry{ID: s.ID, MergedInto: s.MergedInto, Title: s.Title, Key: title.Key, From: s.From})
	})
}

// addRow makes a row of a title one that later ones are compared with.
func (b *importBook) addRow(s *importStep, title *importer.Title) error {
	e := entry{Row: s.draft.Row, Place: s.place, Title: s.project.Title("cs"), Key: title.Key}
	for _, ref := range distinct(s.project.Implementers()) {
		if err := b.add(ref, s.project, title, 0, e); err != nil {
			return err
		}
	}
	return nil
}

func (b *importBook) add(ref string, p *atlas.Project, title *importer.Title, flags uint8, e entry) error {
	m := b.markOf(p, title)
	m.flags |= flags
	b.marks = append(b.marks, m)
	b.blocks.add(b.hash(ref))
	_, err := b.titles.put(e)
	return err
}

func (b *importBook) markOf(p *atlas.Project, title *importer.Title) mark {
	m := mark{outline: title.Outline()}
	if from, to, ok := p.ActiveYears(b.year); ok {
		m.from, m.to, m.flags = int16(from), int16(to), markYears
	}
	if p.RegNumber != "" {
		m.flags |= markNumber
	}
	return m
}

// mayOverlap says of two marks what importer.MayOverlap says of their projects.
func (m *mark) mayOverlap(o *mark) bool {
	if m.flags&o.flags&markYears == 0 {
		return m.flags&o.flags&markNumber == 0
	}
	return m.from <= o.to && o.from <= m.to
}

// of are the projects of the implementers of another one, in their order, by
// their places in the book.
func (b *importBook) of(p *atlas.Project) iter.Seq2[int, *mark] {
	return func(yield func(int, *mark) bool) {
		for _, ref := range p.Implementers() {
			for i := range b.blocks.all(b.hash(ref)) {
				if !yield(i, &b.marks[i]) {
					return
				}
			}
		}
	}
}

// suspect finds a project that a row may be a duplicate of (8.9): alike in
// title, of the same implementer, with overlapping years. One of the database
// goes before a row of the file.
func (b *importBook) suspect(p *atlas.Project, title *importer.Title) (*entry, error) {
	mine := b.markOf(p, title)
	for i, m := range b.of(p) {
		if m.flags&(markArchived|markMerged) != 0 || !m.mayOverlap(&mine) || !m.outline.MayBeLike(&mine.outline) {
			continue
		}
		e, err := b.titles.get(i)
		if err != nil {
			return nil, err
		}
		if theirs := importer.NewTitle(e.Key); title.Similar(&theirs) {
			return &e, nil
		}
	}
	return nil, nil
}

// sameTitle finds the records of the same title and implementer.
func (b *importBook) sameTitle(p *atlas.Project) ([]entry, error) {
	if !b.stored { // as in a new database
		return nil, nil
	}
	title := importer.NewTitle(p.Title("cs"))
	outline := title.Outline()
	var out []entry
	for i, m := range b.of(p) {
		if m.flags&markStored == 0 || m.outline != outline {
			continue
		}
		e, err := b.titles.get(i)
		if err != nil {
			return nil, err
		}
		if e.Key == title.Key {
			out = append(out, e)
		}
	}
	return out, nil
}

func sorted(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }
