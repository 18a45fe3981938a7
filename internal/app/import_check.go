package app

import (
	"context"
	"fmt"

	"atlas"
	"atlas/internal/importer"
	"atlas/internal/store"
)

// importStep is one row with the decision about it.
type importStep struct {
	draft   *importer.Draft
	outcome string
	// project is what to write: a new one, or the record with the changes. nil
	// when nothing is written. Organisations that are new stand in it by their
	// keys.
	project  *atlas.Project
	record   string
	other    string      // record that it may be a duplicate of
	like     *importStep // row of this file that it may be a duplicate of
	into     *importStep // row that it was joined to
	fields   []string
	problems []atlas.RowProblem
}

func (s *importStep) row() ImportRow {
	row := ImportRow{
		Row: s.draft.Row, Outcome: s.outcome, Title: s.draft.Title(), Record: s.record,
		Other: s.other, Fields: s.fields, Problems: s.problems,
	}
	if s.like != nil {
		row.OtherRow = s.like.draft.Row
	}
	return row
}

func (s *importStep) problem(column, value, key string, args map[string]any) {
	s.problems = append(s.problems, atlas.RowProblem{
		Row: s.draft.Row, Column: column, Value: value, Key: importer.ProblemPrefix + key, Args: args,
	})
}

// importCheck is the decisions about all rows, made against one state of the
// database.
type importCheck struct {
	seq    int64 // last change of that state, or unsure
	steps  []*importStep
	actors *importActors
}

// unsure is no number of a change: the state has to be looked at again.
const unsure = -1

// checker makes them.
type checker struct {
	*App
	r       *store.Reader
	plan    *ImportPlan
	actors  *importActors
	blocks  *importBlocks
	claimed map[string]bool // records that a row of the file already is
	// withdrawn are the projects that an undone import took to the archive, with
	// its batch: the file brings them back.
	withdrawn map[string]string
}

// checkImport decides about every row: which record it is, what changes, what
// is wrong. It does not change the drafts, so that it can run again.
func (a *App) checkImport(ctx context.Context, r *store.Reader, plan *ImportPlan) (*importCheck, error) {
	seq, err := r.LastChange(ctx)
	if err != nil {
		return nil, err
	}
	a.mu.RLock()
	if a.applied != seq { // names of organisations are of another state
		seq = unsure
	}
	a.mu.RUnlock()
	c := &checker{App: a, r: r, plan: plan, claimed: map[string]bool{}}
	if c.withdrawn, err = r.Withdrawn(ctx, atlas.KindProject); err != nil {
		return nil, err
	}
	if c.actors, err = a.resolveActors(ctx, r, plan.drafts); err != nil {
		return nil, fmt.Errorf("organisations of the file: %w", err)
	}
	check := &importCheck{seq: seq, actors: c.actors}
	for _, d := range plan.drafts {
		check.steps = append(check.steps, c.begin(d))
	}
	if c.blocks, err = loadBlocks(ctx, r, check.steps); err != nil {
		return nil, fmt.Errorf("projects to compare with: %w", err)
	}
	rows := map[int]*importStep{}
	for i, s := range check.steps {
		if i%100 == 99 {
			plan.options.Progress(len(check.steps)+i+1, 2*len(check.steps))
		}
		if err := c.decide(ctx, s); err != nil {
			return nil, fmt.Errorf("row %d: %w", s.draft.Row, err)
		}
		for _, row := range s.draft.Rows[1:] {
			rows[row] = s
		}
		s.into = rows[s.draft.Row]
	}
	return check, nil
}

// begin makes the step of a draft with the organisations that are known put in.
func (c *checker) begin(d *importer.Draft) *importStep {
	s := &importStep{draft: d, problems: append([]atlas.RowProblem{}, d.Problems...)}
	if d.Skip {
		s.outcome = atlas.OutcomeSkip
		return s
	}
	p := cloneProject(&d.Project)
	s.project = p
	var parties []atlas.Party
	for _, q := range p.Parties {
		if id, ok := c.actors.ref(q.Actor); ok {
			q.Actor = id
			parties = appendParty(parties, q)
		} else {
			c.ambiguousActor(s, q.Actor)
		}
	}
	p.Parties = parties
	for i := range p.Funding {
		if key := p.Funding[i].Funder; key != "" {
			id, ok := c.actors.ref(key)
			if p.Funding[i].Funder = id; !ok {
				c.ambiguousActor(s, key)
			}
		}
	}
	return s
}

// appendParty leaves out a second mention of an organisation under another
// name.
func appendParty(all []atlas.Party, p atlas.Party) []atlas.Party {
	for _, have := range all {
		if have == p {
			return all
		}
	}
	return append(all, p)
}

func (c *checker) ambiguousActor(s *importStep, key string) {
	n := s.draft.Actors[key]
	s.problem(n.Column, n.Name, "actor_ambiguous", map[string]any{"candidates": c.actors.candidates(key)})
	s.project.Verbatim = append(s.project.Verbatim, atlas.Verbatim{Field: n.Column, Value: n.Name})
}

// decide says what becomes of one row.
func (c *checker) decide(ctx context.Context, s *importStep) error {
	if s.outcome == atlas.OutcomeSkip {
		return nil
	}
	for _, key := range s.draft.Order {
		if n := s.draft.Actors[key]; len(n.Namesakes) > 0 && c.actors.isNew(key) {
			s.problem(n.Column, n.Name, "actor_namesakes", map[string]any{"candidates": joinWords(n.Namesakes)})
		}
	}
	found := c.blocks.same(s.project, c.plan.source(s.draft), c.claimed)
	if into := c.blocks.mergedAway(s.project, found, c.plan.source(s.draft)); into != "" {
		s.record, s.project, s.outcome = into, nil, atlas.OutcomeUnchanged
		s.problem("", s.draft.Title(), "merged_away", map[string]any{"into": into})
		return nil
	}
	if found != nil {
		c.claimed[found.ID] = true
		return c.update(ctx, s, found)
	}
	c.create(s)
	return nil
}

// create decides about a row that is a new project.
func (c *checker) create(s *importStep) {
	p := s.project
	p.RecordStatus = c.plan.status()
	p.Sources = c.plan.sources(s.draft, "")
	if c.refuse(s, p.Problems(c.Lists(), atlas.StageListed, c.year())) {
		return
	}
	s.outcome = atlas.OutcomeCreate
	like := c.blocks.suspect(s, c.year())
	if like == nil {
		c.blocks.add(s.project, s)
		return
	}
	s.outcome = atlas.OutcomeSuspect
	s.other, s.like = like.project.ID, like.step
	if like.step == nil {
		s.problem("", s.draft.Title(), "suspect", map[string]any{"id": s.other, "title": like.project.Title("cs")})
	} else {
		s.problem("", s.draft.Title(), "suspect_row", map[string]any{"other": like.step.draft.Row, "title": like.project.Title("cs")})
	}
	c.blocks.add(s.project, s)
}

// refuse makes problems of the rules (6.1) problems of the row; a row that has
// any is not written.
func (c *checker) refuse(s *importStep, wrong []atlas.Problem) bool {
	if len(wrong) == 0 {
		return false
	}
	for _, w := range wrong {
		switch {
		case w.Key == "problem.required" && w.Field == "title_cs":
			s.problem("", "", "no_title", nil)
		case w.Key == "problem.required" && w.Field == "parties":
			if !s.says("no_implementer") && !s.says("actor_ambiguous") {
				s.problem("", "", "no_implementer", nil)
			}
		default:
			s.problem("", "", "rule", map[string]any{"field": w.Field, "rule": w.Key})
		}
	}
	s.outcome, s.project = atlas.OutcomeError, nil
	return true
}

func (s *importStep) says(key string) bool {
	for _, p := range s.problems {
		if p.Key == importer.ProblemPrefix+key {
			return true
		}
	}
	return false
}

// status is the record status of what the import brings (CL-12).
func (p *ImportPlan) status() string {
	if p.options.Publish {
		return atlas.RecordPublished
	}
	return atlas.RecordReview
}

// source is the source of a row as the list gives it, without the batch.
func (p *ImportPlan) source(d *importer.Draft) atlas.Source { return p.sources(d, "")[0] }

// sources of the record of a draft: one for each of its rows.
func (p *ImportPlan) sources(d *importer.Draft, batch string) []atlas.Source {
	s := atlas.Source{Kind: p.kind}
	if len(d.Project.Sources) > 0 {
		s = d.Project.Sources[0]
	}
	if s.URL == "" && s.Note == "" {
		s.URL = p.options.URL
	}
	s.Accessed, s.BatchID, s.File = p.options.Accessed, batch, p.Batch.File
	var out []atlas.Source
	for _, row := range d.Rows {
		s.Row = row
		out = append(out, s)
	}
	return out
}

// count fills the counts of a batch.
func (c *importCheck) count(b *atlas.Batch) {
	b.Rows = len(c.steps)
	b.Created, b.Updated, b.Unchanged, b.Skipped, b.Problems = 0, 0, 0, 0, 0
	for _, s := range c.steps {
		b.Problems += len(s.problems)
		switch s.outcome {
		case atlas.OutcomeCreate, atlas.OutcomeSuspect:
			b.Created++
		case atlas.OutcomeUpdate:
			b.Updated++
		case atlas.OutcomeUnchanged:
			b.Unchanged++
		case atlas.OutcomeSkip:
			b.Skipped++
		}
	}
}
