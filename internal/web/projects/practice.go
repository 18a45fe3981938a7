package projects

import (
	"context"
	"slices"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// practiced is what good practice knows of a project.
type practiced struct {
	Cards    []namedLink // of those that the viewer may read
	New      string      // where a card of it is made; "" for who may not
	Proposed bool        // an evaluation proposes it and no card has the mark
}

// practice asks memory; whoever may make a card costs one query more.
func (a *area) practice(q *page.Request, p *atlas.Project) (*practiced, error) {
	book, err := a.app.Practices(q.Context())
	if err != nil {
		return nil, err
	}
	out := &practiced{Proposed: book.Projects[p.ID] == app.PracticeCandidate}
	for _, c := range book.All {
		if slices.Contains(c.Projects, p.ID) && q.May(atlas.RightRead, c.Subject()) {
			out.Cards = append(out.Cards, namedLink{Text: c.Title, URL: route.Practice(q.Lang, c.ID)})
		}
	}
	if p.Public() && q.Viewer.May(atlas.RightPropose) {
		evaluation, err := a.proposing(q.Context(), p.ID)
		if err != nil {
			return nil, err
		}
		out.New = route.PracticeOf(q.Lang, p.ID, evaluation)
	}
	return out, nil
}

// proposing is the newest published evaluation of a project that proposes it for the
// mark, "" when none does.
func (a *area) proposing(ctx context.Context, project string) (string, error) {
	all, err := a.app.Reader().EvaluationsOf(ctx, project)
	var newest *atlas.Evaluation
	for _, e := range all {
		proposes := e.Public() && e.State == atlas.EvaluationPublished && e.Result.Candidate
		if proposes && (newest == nil || e.Approved.Compare(newest.Approved) > 0) {
			newest = e
		}
	}
	if newest == nil {
		return "", err
	}
	return newest.ID, err
}
