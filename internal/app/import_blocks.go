package app

import (
	"context"
	"maps"
	"slices"

	"atlas"
	"atlas/internal/importer"
	"atlas/internal/store"
)

// importBlocks holds the projects that a row may be or be like: those with a
// registration number of the file, and those of the implementers that the file
// names. A row is compared only with the block of its implementers, so the work
// does not grow with the square of the file.
type importBlocks struct {
	byNumber      map[string]*atlas.Project
	byImplementer map[string][]*compared
	merged        map[string][]*compared // likewise, those merged into others
}

// compared is a project with what rule 8.9 compares.
type compared struct {
	project *atlas.Project
	title   importer.Title
	step    *importStep // nil for one that is in the database
}

// loadBlocks reads them.
func loadBlocks(ctx context.Context, r *store.Reader, steps []*importStep) (*importBlocks, error) {
	numbers, actors := map[string]bool{}, map[string]bool{}
	for _, s := range steps {
		if s.project == nil {
			continue
		}
		numbers[s.project.RegNumber] = true
		for _, actor := range s.project.Implementers() {
			actors[actor] = true
		}
	}
	delete(numbers, "")
	byNumber, err := r.ProjectsByRegNumber(ctx, sorted(numbers))
	if err != nil {
		return nil, err
	}
	ids, err := r.ProjectsImplementedBy(ctx, sorted(actors))
	if err != nil {
		return nil, err
	}
	ids = slices.AppendSeq(ids, maps.Values(byNumber))
	slices.Sort(ids)
	found, err := r.Projects(ctx, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	return newBlocks(found, byNumber), nil
}

func newBlocks(found []*atlas.Project, byNumber map[string]string) *importBlocks {
	b := &importBlocks{byNumber: map[string]*atlas.Project{}, byImplementer: map[string][]*compared{}, merged: map[string][]*compared{}}
	byID := map[string]*atlas.Project{}
	for _, p := range found {
		if byID[p.ID] = p; p.MergedInto == "" {
			b.add(p, nil)
		} else {
			b.addTo(b.merged, p, nil)
		}
	}
	for number, id := range byNumber {
		b.byNumber[number] = byID[id]
	}
	return b
}

func sorted(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }

// add makes a project one that later rows are compared with. step is its row,
// nil for one of the database.
func (b *importBlocks) add(p *atlas.Project, step *importStep) { b.addTo(b.byImplementer, p, step) }

func (b *importBlocks) addTo(blocks map[string][]*compared, p *atlas.Project, step *importStep) {
	c := &compared{p, importer.NewTitle(p.Title("cs")), step}
	for _, actor := range slices.Compact(slices.Sorted(slices.Values(p.Implementers()))) {
		blocks[actor] = append(blocks[actor], c)
	}
}

// same finds the record that a row certainly is: by the registration number,
// or, where the list has none, the one of the same title and implementer that
// an earlier import took from the same place.
func (b *importBlocks) same(p *atlas.Project, from atlas.Source, claimed map[string]bool) *atlas.Project {
	if p.RegNumber != "" {
		return b.byNumber[p.RegNumber]
	}
	return sameTitle(b.byImplementer, p, from, claimed)
}

// mergedAway finds the project into which the record that a row certainly is
// was merged; "" when it was not.
func (b *importBlocks) mergedAway(p, found *atlas.Project, from atlas.Source) string {
	switch {
	case found != nil && p.RegNumber != "" && found.RegNumber != p.RegNumber:
		return found.ID
	case found != nil || p.RegNumber != "":
		return ""
	}
	if away := sameTitle(b.merged, p, from, nil); away != nil {
		return away.MergedInto
	}
	return ""
}

// sameTitle finds the record of the same title and implementer that an earlier
// import took from the same place.
func sameTitle(blocks map[string][]*compared, p *atlas.Project, from atlas.Source, claimed map[string]bool) *atlas.Project {
	key := importer.NewTitle(p.Title("cs")).Key
	var found *atlas.Project
	for _, actor := range p.Implementers() {
		for _, c := range blocks[actor] {
			if c.step != nil || c.title.Key != key || claimed[c.project.ID] || !cameFrom(c.project, from) {
				continue
			}
			if found == nil || c.project.From == p.From && found.From != p.From {
				found = c.project
			}
		}
	}
	return found
}

// cameFrom says whether an import took a project from the place of a source.
func cameFrom(p *atlas.Project, from atlas.Source) bool {
	return slices.ContainsFunc(p.Sources, func(s atlas.Source) bool {
		return s.BatchID != "" && s.URL == from.URL && s.Note == from.Note
	})
}

// suspect finds a project that a row may be a duplicate of (8.9): alike in
// title, of the same implementer, with overlapping years. One of the database
// goes before a row of the file.
func (b *importBlocks) suspect(s *importStep, year int) *compared {
	title := importer.NewTitle(s.project.Title("cs"))
	for _, actor := range s.project.Implementers() {
		for _, c := range b.byImplementer[actor] {
			if c.project.RecordStatus != atlas.RecordArchived && importer.MayOverlap(s.project, c.project, year) && title.Similar(&c.title) {
				return c
			}
		}
	}
	return nil
}
