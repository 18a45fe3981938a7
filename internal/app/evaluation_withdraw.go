package app

import (
	"context"
	"strings"

	"atlas"
	"atlas/internal/rubric"
	"atlas/internal/store"
)

// Piece (kus důkazu) says which piece of evidence is meant, as it was read.
type Piece struct {
	Sheet     string // code of the sheet
	Version   int64  // of the sheet
	Criterion string
	At        int // its place among the evidence of the criterion, from 0
}

// WithdrawEvidence says of a piece of evidence of an approved evaluation that it does
// not hold, and why: it stays to be read with the reason and carries nothing any more.
// Points stay as they were approved. Whether the project is a candidate of good
// practice is worked out anew, and a mark that rested on the piece falls with it.
func (a *App) WithdrawEvidence(ctx context.Context, v atlas.Viewer, id string, x Piece, reason string) error {
	if reason = strings.TrimSpace(reason); reason == "" {
		return refusal("reason", "problem.withdrawn_why")
	}
	return a.changeEvaluation(ctx, v, atlas.RightApprove, id, afterApproval(), func(tx *store.Tx, e *atlas.Evaluation) error {
		s, evidence, err := pieceOf(ctx, tx.Reader, e, x)
		if err != nil {
			return err
		}
		evidence.Withdrawn = reason
		if err := tx.PutSheet(ctx, s, a.write(v)); err != nil {
			return err
		}
		return a.stillCarried(ctx, tx.Reader, e)
	})
}

// pieceOf finds a piece of evidence that still holds, with its sheet.
func pieceOf(ctx context.Context, r *store.Reader, e *atlas.Evaluation, x Piece) (*atlas.Sheet, *atlas.Evidence, error) {
	all, err := countedSheets(ctx, r, e)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range all {
		score, there := s.Score(x.Criterion)
		if s.ID != x.Sheet || !there || x.At < 0 || x.At >= len(score.Evidence) {
			continue
		}
		if s.Version != x.Version {
			return nil, nil, &atlas.ConflictError{Kind: atlas.KindSheet, ID: s.ID, Read: x.Version, Current: s.Version}
		}
		if score.Evidence[x.At].Carries() {
			return s, &score.Evidence[x.At], nil
		}
	}
	return nil, nil, refusal("evidence", "problem.evidence_gone")
}

// stillCarried takes from an approved result that it proposes a mark which what is
// left does not carry.
func (a *App) stillCarried(ctx context.Context, r *store.Reader, e *atlas.Evaluation) error {
	by, err := r.Rubric(ctx, e.Rubric)
	if err != nil {
		return err
	}
	p, err := a.projectNow(ctx, r, e.Project)
	if err != nil {
		return err
	}
	sheets, err := a.OpenSheets(ctx, r, e)
	if err != nil {
		return err
	}
	months, known := rubric.MonthsRun(p, a.today())
	s := Standing{Evaluation: e, Rubric: by, Conditions: rubric.Candidate(by, e.Result, months, known), Upscaling: rubric.Upscaling(by, e.Result)}
	s.weigh(evidenceOf(e, sheets[e.ID]))
	e.Result.Candidate = e.Result.Candidate && s.Stands()
	e.Result.Upscaling = e.Result.Upscaling && s.StandsUpscaled() && e.Result.Candidate
	return nil
}

// WithdrawEvaluation takes a published evaluation back for a reason, for instance
// because it rests on a mistake: nobody reads it any more, nothing is found by it and
// marks that it carried fall. Those who judged and the implementer are told.
func (a *App) WithdrawEvaluation(ctx context.Context, v atlas.Viewer, id string, version int64, reason string) error {
	if reason = strings.TrimSpace(reason); reason == "" {
		return refusal("reason", "problem.withdrawn_why")
	}
	published := []atlas.EvaluationState{atlas.EvaluationPublished}
	return a.changeEvaluation(ctx, v, atlas.RightApprove, id, published, func(tx *store.Tx, e *atlas.Evaluation) error {
		if err := readAt(e, version); err != nil {
			return err
		}
		e.State, e.RecordStatus, e.Cancelled = atlas.EvaluationCancelled, atlas.RecordArchived, reason
		if err := a.tellEvaluators(ctx, tx, e, letterWithdrawn, active(e)...); err != nil {
			return err
		}
		return a.tellImplementers(ctx, tx, e, letterWithdrawn)
	})
}
