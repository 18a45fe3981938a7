package history

import (
	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// author is who made a version.
type author struct {
	Text   string // for everybody: an organisation, the editors, an import; never a person
	Person string // the person's name, for those who may see it; "" otherwise
	URL    string // of the import, for those who may open it
}

// signatures names the authors of versions.
type signatures struct {
	q     *page.Request
	known *app.Signatures
}

func (a *area) signatures(q *page.Request) *signatures {
	return &signatures{q, a.app.Signatures()}
}

// of says who made a version.
func (s *signatures) of(e *app.Edition) (author, error) {
	by, err := s.known.Of(s.q.Context(), s.q.Viewer, s.q.Lang, e.Change, subjectOf(e.Record).Organisations...)
	out := author{Text: by.Public}
	if by.Account != "" {
		out.Person = by.Name
		if by.Name != by.Account {
			out.Person += " (" + by.Account + ")"
		}
	}
	if isBatch(e.Origin) {
		out.Text = s.q.T("history.by.import", "id", e.Origin)
		if s.q.Viewer.May(atlas.RightPublish) {
			out.URL = route.Import(s.q.Lang, e.Origin)
		}
	}
	return out, err
}
