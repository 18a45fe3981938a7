package app

import (
	"context"

	"atlas"
	"atlas/internal/importer"
)

// importStep is one row with the decision about it.
type importStep struct {
	place   int // in the table, counted from 0
	draft   *importer.Draft
	outcome string
	// project is what to write: a new one, or the record with the changes. nil
	// when nothing is written. Organisations that are new stand in it by their
	// numbers.
	project  *atlas.Project
	record   string
	other    string // record that it may be a duplicate of
	like     *entry // row of this file that it may be a duplicate of
	into     int    // place of the row that it was joined to, or notJoined
	fields   []string
	problems []atlas.RowProblem
	founds   []founded // new organisations that the project is the first to name
}

// founded is an organisation to be created, with its number among the new ones
// and without the batch.
type founded struct {
	number int
	actor  *atlas.Actor
}

// notJoined is no place of a row.
const notJoined = -1

func (s *importStep) row() ImportRow {
	row := ImportRow{
		Row: s.draft.Row, Outcome: s.outcome, Title: s.draft.Title(), Record: s.record,
		Other: s.other, Fields: s.fields, Problems: s.problems,
	}
	if s.like != nil {
		row.OtherRow = s.like.Row
	}
	return row
}

func (s *importStep) problem(column, value, key string, args map[string]any) {
	s.problems = append(s.problems, atlas.RowProblem{
		Row: s.draft.Row, Column: column, Value: value, Key: importer.ProblemPrefix + key, Args: args,
	})
}

// begin makes the step of a draft with the organisations that are known put in.
func (c *checker) begin(place, into int, d *importer.Draft) *importStep {
	s := &importStep{place: place, into: into, draft: d, problems: append([]atlas.RowProblem{}, d.Problems...)}
	if d.Skip {
		s.outcome = atlas.OutcomeSkip
		return s
	}
	p := cloneProject(&d.Project)
	s.project = p
	var parties []atlas.Party
	for _, q := range p.Parties {
		if id, ok := c.file.actors.ref(q.Actor); ok {
			q.Actor = id
			parties = appendParty(parties, q)
		} else {
			c.ambiguousActor(s, q.Actor)
		}
	}
	p.Parties = parties
	for i := range p.Funding {
		if key := p.Funding[i].Funder; key != "" {
			id, ok := c.file.actors.ref(key)
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
	s.problem(n.Column, n.Name, "actor_ambiguous", map[string]any{"candidates": c.file.actors.candidates(key)})
	s.project.Verbatim = append(s.project.Verbatim, atlas.Verbatim{Field: n.Column, Value: n.Name})
}

// decide says what becomes of one row.
func (c *checker) decide(ctx context.Context, s *importStep) error {
	if s.outcome == atlas.OutcomeSkip {
		return nil
	}
	for _, key := range s.draft.Order {
		if n := s.draft.Actors[key]; len(n.Namesakes) > 0 && c.file.actors.isNew(key) {
			s.problem(n.Column, n.Name, "actor_namesakes", map[string]any{"candidates": joinWords(n.Namesakes)})
		}
	}
	found, into := c.known.of(s)
	if into != "" {
		s.record, s.project, s.outcome = into, nil, atlas.OutcomeUnchanged
		s.problem("", s.draft.Title(), "merged_away", map[string]any{"into": into})
		return nil
	}
	s.problems = append(s.problems, s.draft.Settle(s.project, found)...)
	if found != nil {
		return c.update(ctx, s, found)
	}
	return c.create(s)
}

// create decides about a row that is a new project.
func (c *checker) create(s *importStep) error {
	p := s.project
	p.RecordStatus = c.plan.status()
	p.Sources = c.plan.sources(s.draft, "")
	if c.refuse(s, p.Problems(c.Lists(), atlas.StageListed, c.year())) {
		return nil
	}
	s.outcome = atlas.OutcomeCreate
	title := importer.NewTitle(p.Title("cs"))
	like, err := c.book.suspect(p, &title)
	if err != nil {
		return err
	}
	switch {
	case like == nil:
	case like.ID != "":
		s.outcome, s.other = atlas.OutcomeSuspect, like.ID
		s.problem("", s.draft.Title(), "suspect", map[string]any{"id": s.other, "title": like.Title})
	default:
		s.outcome, s.like = atlas.OutcomeSuspect, like
		s.problem("", s.draft.Title(), "suspect_row", map[string]any{"other": like.Row, "title": like.Title})
	}
	return c.book.addRow(s, &title)
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
