package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"atlas"
)

// soonMonths is how long before its end a mark is offered for confirming.
const soonMonths = 3

// PracticeWork (práce s dobrou praxí) is what waits for editors of good practice.
type PracticeWork struct {
	Candidates []MarkCandidate   // published evaluations that carry the mark, without a card that has it
	Ending     []*atlas.Practice // marks that end within three months, or have ended, the soonest first
	Fallen     []*atlas.Practice // marks that fell, the latest first
}

// MarkCandidate is a project that an evaluation proposes for the mark.
type MarkCandidate struct {
	Standing
	Project *atlas.Project
	Cards   []*atlas.Practice // that grew of the project and have no mark
}

// PracticeWork lists it; nothing in it is ever done by itself.
func (a *App) PracticeWork(ctx context.Context, v atlas.Viewer) (*PracticeWork, error) {
	if !v.May(atlas.RightPublish) {
		return nil, atlas.ErrForbidden
	}
	b, err := a.Practices(ctx)
	if err != nil {
		return nil, err
	}
	w := new(PracticeWork)
	soon := MonthsAfter(b.Day, soonMonths)
	for _, p := range b.All {
		switch {
		case !p.Marked.Known() || p.RecordStatus == atlas.RecordArchived:
		case p.LostOn.Known():
			w.Fallen = append(w.Fallen, p)
		case p.Until.Compare(soon) <= 0:
			w.Ending = append(w.Ending, p)
		}
	}
	slices.SortStableFunc(w.Ending, func(x, y *atlas.Practice) int { return x.Until.Compare(y.Until) })
	slices.SortStableFunc(w.Fallen, func(x, y *atlas.Practice) int { return y.LostOn.Compare(x.LostOn) })
	w.Candidates, err = a.candidates(ctx, b)
	return w, err
}

func (a *App) candidates(ctx context.Context, b *PracticeBook) ([]MarkCandidate, error) {
	var found []*atlas.Evaluation
	err := a.Reader().EachEvaluation(ctx, func(e *atlas.Evaluation) error {
		if b.Projects[e.Project] == PracticeCandidate && e.Result.Candidate {
			found = append(found, e)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(found, func(x, y *atlas.Evaluation) int {
		return cmp.Or(y.Approved.Compare(x.Approved), strings.Compare(y.ID, x.ID))
	})
	var out []MarkCandidate
	seen := map[string]bool{}
	for _, e := range found {
		s, err := a.judge(ctx, a.Reader(), e)
		if err != nil {
			return nil, err
		}
		if !s.Stands() || seen[e.Project] {
			continue
		}
		seen[e.Project] = true
		c := MarkCandidate{Standing: s}
		if c.Project, err = a.Reader().Project(ctx, e.Project); err != nil {
			return nil, err
		}
		for _, p := range b.All {
			if slices.Contains(p.Projects, e.Project) && p.RecordStatus != atlas.RecordArchived {
				c.Cards = append(c.Cards, p)
			}
		}
		out = append(out, c)
	}
	return out, nil
}
