package app

import (
	"context"
	"slices"

	"atlas"
)

// knownRecords are the records that rows of one chunk certainly are.
type knownRecords struct {
	byNumber map[string]*atlas.Project
	byRow    map[*importStep]*atlas.Project // of rows without a number
	merged   map[*importStep]string         // likewise: the project into which the record was merged
	// withdrawn are those that an undone import took to the archive, with its
	// batch: the file brings them back.
	withdrawn map[string]string
}

// of finds the record that a row certainly is: by the registration number, or,
// where the list has none, the one of the same title and implementer that an
// earlier import took from the same place. into is the project into which that
// record was merged.
func (k *knownRecords) of(s *importStep) (found *atlas.Project, into string) {
	if s.project.RegNumber == "" {
		return k.byRow[s], k.merged[s]
	}
	found = k.byNumber[s.project.RegNumber]
	if found != nil && found.RegNumber != s.project.RegNumber {
		return nil, found.ID
	}
	return found, ""
}

// load reads what a chunk of rows needs of the database: whole records only of
// those that rows certainly are.
func (c *checker) load(ctx context.Context, steps []*importStep) error {
	c.known = &knownRecords{byRow: map[*importStep]*atlas.Project{}, merged: map[*importStep]string{}}
	implementers := map[string]bool{}
	for _, s := range steps {
		if s.project != nil {
			for _, ref := range s.project.Implementers() {
				implementers[ref] = true
			}
		}
	}
	if err := c.book.load(ctx, c.r, implementers); err != nil {
		return err
	}
	if err := c.loadNumbers(ctx, steps); err != nil {
		return err
	}
	if err := c.loadTitles(ctx, steps); err != nil {
		return err
	}
	return c.loadWithdrawn(ctx)
}

// loadNumbers reads the records by the registration numbers of rows.
func (c *checker) loadNumbers(ctx context.Context, steps []*importStep) error {
	numbers := map[string]bool{}
	for _, s := range steps {
		if s.project != nil && s.project.RegNumber != "" {
			numbers[s.project.RegNumber] = true
		}
	}
	ids, err := c.r.ProjectsByRegNumber(ctx, sorted(numbers))
	if err != nil {
		return err
	}
	c.known.byNumber = make(map[string]*atlas.Project, len(ids))
	records, err := c.records(ctx, ids)
	for number, id := range ids {
		c.known.byNumber[number] = records[id]
	}
	return err
}

// records reads the records that the values of a map are.
func (c *checker) records(ctx context.Context, by map[string]string) (map[string]*atlas.Project, error) {
	ids := map[string]bool{}
	for _, id := range by {
		ids[id] = true
	}
	found, err := c.r.Projects(ctx, sorted(ids))
	out := make(map[string]*atlas.Project, len(found))
	for _, p := range found {
		out[p.ID] = p
	}
	return out, err
}

// loadTitles reads the records that rows without a number are. Each record is
// one row's: the first that claims it.
func (c *checker) loadTitles(ctx context.Context, steps []*importStep) error {
	alike := map[*importStep][]entry{}
	ids := map[string]bool{}
	for _, s := range steps {
		if s.project == nil || s.project.RegNumber != "" {
			continue
		}
		same, err := c.book.sameTitle(s.project)
		if err != nil {
			return err
		}
		alike[s] = same
		for _, e := range same {
			ids[e.ID] = true
		}
	}
	origins, err := c.r.Origins(ctx, sorted(ids))
	if err != nil {
		return err
	}
	chosen, claimed := map[string]string{}, map[*importStep]string{}
	for _, s := range steps {
		if s.project == nil {
			continue
		}
		id := c.choose(s, alike[s], origins)
		if id == "" {
			continue
		}
		c.claimed.add(id)
		if s.project.RegNumber == "" {
			chosen[id], claimed[s] = id, id
		}
	}
	records, err := c.records(ctx, chosen)
	for s, id := range claimed {
		c.known.byRow[s] = records[id]
	}
	return err
}

// choose gives the id of the record that a row is and that is to be claimed by
// it.
func (c *checker) choose(s *importStep, alike []entry, origins map[string][]atlas.Source) string {
	if s.project.RegNumber != "" {
		if found, _ := c.known.of(s); found != nil {
			return found.ID
		}
		return ""
	}
	from := c.plan.source(s.draft)
	var found, merged *entry
	for i := range alike {
		e := &alike[i]
		at := &found
		if e.MergedInto != "" {
			at = &merged
		} else if c.claimed.has(e.ID) {
			continue
		}
		if !cameFrom(origins[e.ID], from) {
			continue
		}
		if *at == nil || e.From == s.project.From && (*at).From != s.project.From {
			*at = e
		}
	}
	switch {
	case found != nil:
		return found.ID
	case merged != nil:
		c.known.merged[s] = merged.MergedInto
	}
	return ""
}

// cameFrom says whether an import took a project of some sources from the place
// of a source.
func cameFrom(sources []atlas.Source, from atlas.Source) bool {
	return slices.ContainsFunc(sources, func(s atlas.Source) bool {
		return s.BatchID != "" && s.URL == from.URL && s.Note == from.Note
	})
}

// loadWithdrawn finds which of the records were withdrawn.
func (c *checker) loadWithdrawn(ctx context.Context) error {
	archived := map[string]bool{}
	note := func(p *atlas.Project) {
		if p != nil && p.RecordStatus == atlas.RecordArchived {
			archived[p.ID] = true
		}
	}
	for _, p := range c.known.byNumber {
		note(p)
	}
	for _, p := range c.known.byRow {
		note(p)
	}
	var err error
	c.known.withdrawn, err = c.r.WithdrawnOf(ctx, sorted(archived))
	return err
}
