package app

import (
	"context"
	"fmt"
	"slices"

	"atlas"
	"atlas/internal/importer"
	"atlas/internal/store"
)

// checker decides about the rows of a file, against one state of the database:
// which record a row is, what changes, what is wrong. It reads the file a second
// time, by chunks, and holds no more of it than a chunk.
type checker struct {
	*App
	r       *store.Reader
	plan    *ImportPlan
	reading *importer.Reading
	file    *survey
	book    *importBook
	claimed codeSet   // records that a row of the file already is
	named   numberSet // new organisations that a project to be written already names
	known   *knownRecords
}

// decideAll hands over the decisions in the order of the file.
func (a *App) decideAll(ctx context.Context, r *store.Reader, plan *ImportPlan, s *survey, take func([]*importStep) error) error {
	c := &checker{App: a, r: r, plan: plan, reading: plan.reading(a), file: s, book: newImportBook(a.year(), s.actors.hash),
		claimed: codeSet{prefix: projectCodes}}
	for chunk, err := range draftsOf(ctx, plan.table, c.reading) {
		if err != nil {
			return err
		}
		steps, err := c.decideChunk(ctx, chunk)
		if err != nil {
			return err
		}
		if err := take(steps); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) decideChunk(ctx context.Context, chunk *draftChunk) ([]*importStep, error) {
	steps := make([]*importStep, len(chunk.drafts))
	for i, d := range chunk.drafts {
		into, err := c.join(chunk.from+i, d)
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", d.Row, err)
		}
		steps[i] = c.begin(chunk.from+i, into, d)
	}
	if err := c.load(ctx, steps); err != nil {
		return nil, fmt.Errorf("projects to compare with: %w", err)
	}
	for _, s := range steps {
		if err := c.decide(ctx, s); err != nil {
			return nil, fmt.Errorf("row %d: %w", s.draft.Row, err)
		}
		if err := c.found(s); err != nil {
			return nil, fmt.Errorf("row %d: %w", s.draft.Row, err)
		}
	}
	return steps, nil
}

// found makes the new organisations that a project to be written is the first to
// name.
func (c *checker) found(s *importStep) error {
	if s.project == nil {
		return nil
	}
	for _, n := range freshOf(s.project) {
		if !c.named.add(n) {
			continue
		}
		f, err := c.file.actors.fresh.get(n)
		if err != nil {
			return err
		}
		r := f.record(c.App, c.plan)
		if wrong := c.CheckActor(r); len(wrong) > 0 {
			return fmt.Errorf("organisation %q: %w", r.Name, &atlas.InvalidError{Problems: wrong})
		}
		s.founds = append(s.founds, founded{n, r})
	}
	return nil
}

// freshOf are the new organisations that a project names, in the order in which
// the file first does.
func freshOf(p *atlas.Project) []int {
	var out []int
	note := func(ref string) {
		if n, ok := freshNumber(ref); ok && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	for _, q := range p.Parties {
		note(q.Actor)
	}
	for _, f := range p.Funding {
		note(f.Funder)
	}
	slices.Sort(out)
	return out
}

// join joins the rows of one project: the later ones to the draft of the first
// of them, and the draft of a later one to a first that is read again. It gives
// the place of that, or notJoined.
func (c *checker) join(place int, d *importer.Draft) (into int, err error) {
	first, ok := c.file.into[int32(place)]
	if !ok {
		return notJoined, c.file.first(place, d, c.draft)
	}
	f, err := c.draft(int(first))
	if err != nil {
		return notJoined, err
	}
	f.Join(d)
	return int(first), nil
}

// draft reads a row again.
func (c *checker) draft(place int) (*importer.Draft, error) {
	row, err := c.plan.table.Row(place)
	if err != nil {
		return nil, err
	}
	return c.reading.Draft(row), nil
}
