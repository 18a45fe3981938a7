package app

import (
	"context"
	"slices"

	"atlas"
	"atlas/internal/importer"
	"atlas/internal/store"
)

// suspectBlocks finds suspected duplicates among the projects of one implementer
// after another, so that the work does not grow with the square of the database.
type suspectBlocks struct {
	r     *store.Reader
	year  int
	group map[string]string   // Actor.ID → the group of records of one organisation, where there are several
	of    map[string][]string // group → Actor.IDs
	pairs map[[2]string]bool
}

func newSuspectBlocks(ctx context.Context, r *store.Reader, year int) (*suspectBlocks, error) {
	b := &suspectBlocks{r: r, year: year, group: map[string]string{}, of: map[string][]string{}}
	names := map[[2]string][]store.Identity{}
	err := r.EachIdentity(ctx, func(n store.Identity) error {
		if n.ICO != "" {
			b.put("IČO "+n.ICO, n.ID)
		}
		base, form := importer.NameKey(n.Name)
		names[[2]string{base, form}] = append(names[[2]string{base, form}], n)
		return nil
	})
	for key, same := range names {
		b.putNamesakes("name "+key[0]+" "+key[1], same)
	}
	for group, actors := range b.of {
		if len(actors) < 2 {
			delete(b.of, group)
			delete(b.group, actors[0])
		}
	}
	return b, err
}

func (b *suspectBlocks) put(group, actor string) {
	b.group[actor] = group
	b.of[group] = append(b.of[group], actor)
}

// putNamesakes makes one organisation of records of one name where no two have
// different numbers (IČO).
func (b *suspectBlocks) putNamesakes(group string, same []store.Identity) {
	numbers := map[string]bool{}
	for _, n := range same {
		if n.ICO != "" {
			numbers[n.ICO] = true
		}
	}
	if len(numbers) == 1 {
		group = "IČO " + sorted(numbers)[0]
	}
	for _, n := range same {
		if n.ICO == "" {
			b.put(group, n.ID)
		}
	}
}

// all compares the projects of the whole database.
func (b *suspectBlocks) all(ctx context.Context) error {
	shared := map[string][]*candidate{}
	var block []*candidate
	last := ""
	err := b.r.EachSketch(ctx, func(s *store.Sketch) error {
		if s.Implementer != last {
			b.compare(block)
			block, last = block[:0], s.Implementer
		}
		if group := b.group[s.Implementer]; group != "" {
			shared[group] = append(shared[group], newCandidate(s))
		} else {
			block = append(block, newCandidate(s))
		}
		return nil
	})
	b.compare(block)
	for _, block := range shared {
		b.compare(block)
	}
	return err
}

// some finds the pairs of a few projects anew; the other pairs stay.
func (b *suspectBlocks) some(ctx context.Context, pairs map[[2]string]bool, ids []string) error {
	touched := map[string]bool{}
	for _, id := range ids {
		touched[id] = true
	}
	b.pairs = make(map[[2]string]bool, len(pairs))
	for pair := range pairs {
		if !touched[pair[0]] && !touched[pair[1]] {
			b.pairs[pair] = true
		}
	}
	found, err := b.r.Projects(ctx, ids)
	if err != nil {
		return err
	}
	blocks := map[string][]string{}
	for _, p := range found {
		for _, actor := range p.Implementers() {
			if group := b.group[actor]; group != "" {
				blocks[group] = b.of[group]
			} else {
				blocks[actor] = []string{actor}
			}
		}
	}
	for _, actors := range blocks {
		if err := b.block(ctx, actors, touched); err != nil {
			return err
		}
	}
	return nil
}

// block compares the touched projects of one organisation with all of its
// projects.
func (b *suspectBlocks) block(ctx context.Context, actors []string, touched map[string]bool) error {
	var all, mine []*candidate
	err := b.r.SketchesOf(ctx, actors, func(s *store.Sketch) error {
		c := newCandidate(s)
		if all = append(all, c); touched[s.ID] {
			mine = append(mine, c)
		}
		return nil
	})
	for _, c := range mine {
		for _, d := range all {
			b.look(c, d)
		}
	}
	return err
}

// candidate is a project with what rule 8.9 compares.
type candidate struct {
	id, text string
	title    *importer.Title // made when first compared
	years    atlas.Project   // its years and registration number only
}

func newCandidate(s *store.Sketch) *candidate {
	return &candidate{id: s.ID, text: s.Title,
		years: atlas.Project{RegNumber: s.RegNumber, From: s.From, To: s.To, Ongoing: s.Ongoing}}
}

func (c *candidate) key() *importer.Title {
	if c.title == nil {
		t := importer.NewTitle(c.text)
		c.title = &t
	}
	return c.title
}

// compare looks at every two projects of a block whose titles are about as
// long: no others are alike.
func (b *suspectBlocks) compare(block []*candidate) {
	if len(block) < 2 {
		return
	}
	slices.SortFunc(block, func(x, y *candidate) int { return x.key().Len() - y.key().Len() })
	for i, c := range block {
		for _, d := range block[i+1:] {
			if !c.key().MayBeLike(d.key().Len()) {
				break
			}
			b.look(c, d)
		}
	}
}

func (b *suspectBlocks) look(c, d *candidate) {
	if c.id == d.id || !importer.MayOverlap(&c.years, &d.years, b.year) || !c.key().Similar(d.key()) {
		return
	}
	first, second := store.InOrder(c.id, d.id)
	b.pairs[[2]string{first, second}] = true
}
