package app

import (
	"context"
	"fmt"

	"atlas"
	"atlas/internal/search"
)

// Values of search.FacetEvaluation beside the codes of bands.
const (
	EvaluatedValue    = "ANO"      // a published evaluation
	NotEvaluatedValue = "NE"       // of the others
	CandidateValue    = "KANDIDAT" // of good practice, by rule 8.2.7
	UpscalingValue    = "UPSCALING"
	ExcludedValue     = "VYLOUCENO"
	PoorDataValue     = "NEDOSTATEK"
)

// ofOthers says which value the projects have that are given no other of a facet.
var ofOthers = map[search.Facet]string{search.FacetEvaluation: NotEvaluatedValue}

// evaluationMention is what an evaluation says of its project to the index; nil until
// it is published.
func evaluationMention(e *atlas.Evaluation) *mention {
	if !e.Public() {
		return nil
	}
	values := []string{EvaluatedValue}
	switch r := e.Result; {
	case r.Excluded:
		values = append(values, ExcludedValue)
	case r.Insufficient:
		values = append(values, PoorDataValue)
	case r.Band != "":
		values = append(values, r.Band)
	}
	if e.Result.Candidate {
		values = append(values, CandidateValue)
	}
	if e.Result.Upscaling {
		values = append(values, UpscalingValue)
	}
	return &mention{Project: e.Project, Facets: map[search.Facet][]string{search.FacetEvaluation: values}}
}

// loadEvaluations reads what published evaluations say of projects.
func (a *App) loadEvaluations(ctx context.Context) error {
	err := a.Reader().EachEvaluation(ctx, func(e *atlas.Evaluation) error {
		a.mentions.set(e.ID, evaluationMention(e))
		return nil
	})
	if err != nil {
		return fmt.Errorf("evaluations: %w", err)
	}
	return nil
}

// mentionEvaluations takes changed evaluations into memory and gives the projects whose
// entry in the index they change.
func (a *App) mentionEvaluations(ctx context.Context, ids []string) (projects []string, err error) {
	all, err := a.Reader().Evaluations(ctx, ids)
	for _, e := range all {
		projects = append(projects, a.mentions.set(e.ID, evaluationMention(e))...)
	}
	return projects, err
}
