package contributions

import (
	"context"
	"errors"
	"net/http"
	"time"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// mostMine is how many records of one person are listed.
const mostMine = 200

// minePage is what a person started and proposed.
type minePage struct {
	page.Base
	Started []startedLine
	Lines   []mineLine
}

// startedLine is a form that was not sent.
type startedLine struct {
	Title, What, URL, Form string
	At                     time.Time
}

// mineLine is a proposal and where it stands.
type mineLine struct {
	Title, What, State, Reason, URL string
	At                              time.Time
}

// mine lists what the person started and proposed.
func (a *area) mine(q *page.Request) error {
	p := &minePage{Base: q.Base(q.T("contributions.title"))}
	p.Nav, p.NoIndex = route.Contributions, true
	started, err := a.app.Drafts(q.Context(), q.Viewer)
	if err != nil {
		return err
	}
	for _, d := range started {
		line := startedLine{Title: d.Title, What: q.T("contributions.form." + formKind(d.Form)), URL: resuming(q.Lang, d.Form), Form: d.Form, At: d.SavedAt}
		if line.Title == "" {
			line.Title = q.T("contributions.untitled")
		}
		p.Started = append(p.Started, line)
	}
	if p.Lines, err = a.lines(q); err != nil {
		return err
	}
	return q.Render(http.StatusOK, "contributions/mine", p)
}

// formKind is what a form is for.
func formKind(address string) string {
	switch m := forms.FindStringSubmatch(address); {
	case m == nil:
		return "project"
	case m[3] == "navrhnout-opravu":
		return "correction"
	case m[3] == "upravit":
		return "edit"
	case m[1] == "akteri":
		return "actor"
	}
	return "project"
}

// lines are the corrections and the records of a person.
func (a *area) lines(q *page.Request) ([]mineLine, error) {
	v, ctx := q.Viewer, q.Context()
	if !v.SignedIn() {
		return nil, nil
	}
	var out []mineLine
	proposals, err := a.app.Reader().ProposalsBy(ctx, v.Account)
	if err != nil {
		return nil, err
	}
	for _, p := range proposals {
		line := mineLine{Title: p.Title, What: q.T("contributions.kind.correction"), State: q.T("contributions.state." + p.State), URL: route.Matter(q.Lang, p.ID), At: p.SentAt}
		if p.State == store.ProposalReturned {
			line.Reason, err = a.reason(ctx, p.ID)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, line)
	}
	for _, kind := range []string{atlas.KindProject, atlas.KindActor, atlas.KindNeed, atlas.KindPractice, atlas.KindReplication} {
		more, err := a.records(q, kind)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}

// records are the records of a kind that a person wrote first.
func (a *area) records(q *page.Request, kind string) ([]mineLine, error) {
	ids, err := a.app.Reader().RecordsBy(q.Context(), kind, q.Viewer.Account, mostMine)
	if err != nil {
		return nil, err
	}
	var out []mineLine
	add := func(id, title string, meta atlas.Meta) error {
		line := mineLine{Title: title, What: q.T("contributions.kind." + kind), State: a.status(q.Lang, meta), URL: route.Matter(q.Lang, id), At: meta.UpdatedAt}
		var err error
		if meta.RecordStatus == atlas.RecordReturned {
			line.Reason, err = a.reason(q.Context(), id)
		}
		out = append(out, line)
		return err
	}
	if kind == atlas.KindActor {
		all, err := a.app.Reader().Actors(q.Context(), ids)
		for _, r := range all {
			err = errors.Join(err, add(r.ID, r.DisplayName(q.Lang), r.Meta))
		}
		return out, err
	}
	if kind == atlas.KindNeed {
		all, err := a.app.Reader().Needs(q.Context(), ids)
		for _, n := range all {
			err = errors.Join(err, add(n.ID, n.Title, n.Meta))
		}
		return out, err
	}
	if kind == atlas.KindPractice {
		all, err := a.app.Reader().Practices(q.Context(), ids)
		for _, p := range all {
			err = errors.Join(err, add(p.ID, p.Title, p.Meta))
		}
		return out, err
	}
	if kind == atlas.KindReplication {
		all, err := a.app.Reader().Replications(q.Context(), ids)
		for _, x := range all {
			err = errors.Join(err, add(x.ID, q.T("contributions.replication", "card", x.Practice, "place", a.app.Places().Label(x.Territory)), x.Meta))
		}
		return out, err
	}
	all, err := a.app.Reader().Projects(q.Context(), ids)
	for _, p := range all {
		err = errors.Join(err, add(p.ID, p.Title(q.Lang), p.Meta))
	}
	return out, err
}

// status says in words where a record stands.
func (a *area) status(lang string, m atlas.Meta) string {
	return a.site.Words.T(lang, "contributions.status."+m.RecordStatus)
}

// reason is why something came back last.
func (a *area) reason(ctx context.Context, about string) (string, error) {
	all, err := a.app.Reader().Remarks(ctx, about)
	last := ""
	for _, m := range all {
		if m.Deed == store.DeedReturned {
			last = m.Text
		}
	}
	return last, err
}
