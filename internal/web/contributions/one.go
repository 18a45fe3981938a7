package contributions

import (
	"errors"
	"net/http"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/store"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// thread is what was said and done, for a template.
type thread struct {
	Notes  []noteLine
	Action string // address for another note
	Typed  string
	Wrong  string
}

type noteLine struct {
	Who, What, Text, Day, Clock string
}

// thread reads what was said and done about a matter. Editors see who it was; all
// others see which side.
func (a *area) thread(q *page.Request, m *app.Matter) (thread, error) {
	t := thread{Action: route.In(q.Lang, route.Fill(route.ContributionNote, m.ID))}
	all, err := a.app.Remarks(q.Context(), q.Viewer, m)
	if err != nil {
		return t, err
	}
	names := map[string]string{}
	if q.Viewer.May(atlas.RightPublish) {
		var ids []string
		for _, r := range all {
			ids = append(ids, r.By)
		}
		if names, err = a.app.Reader().AccountNames(q.Context(), ids); err != nil {
			return t, err
		}
	}
	for _, r := range all {
		line := noteLine{What: q.T("contributions.deed." + r.Deed), Text: r.Text, Day: i18n.Day(q.Lang, r.At), Clock: r.At.In(i18n.Prague).Format("15:04")}
		side := "contributions.author"
		if r.Staff {
			side = "contributions.editor"
		}
		switch line.Who = q.T(side); {
		case r.By == q.Viewer.Name:
			line.Who = q.T("contributions.you")
		case names[r.By] != "":
			line.Who = names[r.By] + " (" + line.Who + ")"
		}
		t.Notes = append(t.Notes, line)
	}
	return t, nil
}

// onePage is one proposal and where it stands.
type onePage struct {
	page.Base
	Name, What, State    string
	URLRecord            string
	URLEdit              string // to go on with it; "" where it is decided
	CanSend, CanWithdraw bool
	URLSend, URLWithdraw string
	URLJudge             string
	Saved                string // the browser's copy of the form that is not needed any more
	Differences          []difference
	Thread               thread
}

// one shows a proposal to its author and to editors.
func (a *area) one(q *page.Request) error { return a.showOne(q, http.StatusOK, "", "") }

func (a *area) showOne(q *page.Request, status int, typed, wrong string) error {
	m, err := a.app.Matter(q.Context(), q.Viewer, q.PathValue("id"))
	if err != nil {
		return err
	}
	p := &onePage{Base: q.Base(m.Title), Name: m.Title, URLSend: route.In(q.Lang, route.Fill(route.ContributionSend, m.ID)),
		URLWithdraw: route.In(q.Lang, route.Fill(route.ContributionWithdraw, m.ID))}
	p.Nav, p.NoIndex = route.Contributions, true
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Contributions), Text: q.T("contributions.title")}}
	if m.Proposal != nil {
		err = a.describeProposal(q, p, m)
	} else {
		a.describeRecord(q, p, m)
	}
	if err != nil {
		return err
	}
	if p.Thread, err = a.thread(q, m); err != nil {
		return err
	}
	p.Thread.Typed, p.Thread.Wrong = typed, wrong
	return q.Render(status, "contributions/one", p)
}

func (a *area) describeProposal(q *page.Request, p *onePage, m *app.Matter) error {
	r := m.Proposal
	p.Title = q.T("contributions.correction_of", "name", m.Title)
	p.What, p.State = q.T("contributions.kind.correction"), q.T("contributions.state."+r.State)
	p.URLRecord, p.Saved = record(q.Lang, m.Kind, r.Record), form.ProposedDraft(q, r.Record)
	mine := q.Viewer.SignedIn() && r.By == q.Viewer.Account
	if mine && r.State != store.ProposalAccepted {
		p.URLEdit = correcting(q.Lang, m.Kind, r.Record, r.ID)
	}
	p.CanWithdraw = mine && (r.State == store.ProposalWaiting || r.State == store.ProposalReturned)
	if r.State == store.ProposalWaiting && q.Viewer.May(atlas.RightPublish) {
		p.URLJudge = route.Judging(q.Lang, r.ID)
	}
	fields, err := a.app.ProposedFields(q.Context(), q.Viewer, m)
	p.Differences = a.differences(q.Lang, m.Kind, fields)
	return err
}

func (a *area) describeRecord(q *page.Request, p *onePage, m *app.Matter) {
	meta, subject := m.Meta(), m.Subject()
	p.What, p.State, p.URLRecord = q.T("contributions.kind."+m.Kind), a.status(q.Lang, meta), record(q.Lang, m.Kind, m.ID)
	if q.May(atlas.RightEdit, subject) {
		p.URLEdit = editing(q.Lang, m.Kind, m.ID)
	}
	p.CanSend = a.app.MayMove(q.Viewer, subject, atlas.RecordReview)
	p.CanWithdraw = meta.RecordStatus == atlas.RecordReview && a.app.MayMove(q.Viewer, subject, atlas.RecordDraft)
	if meta.RecordStatus == atlas.RecordReview && q.Viewer.May(atlas.RightPublish) {
		p.URLJudge = route.Judging(q.Lang, m.ID)
	}
}

// note adds a note.
func (a *area) note(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	id := q.PathValue("id")
	err = a.app.AddRemark(q.Context(), q.Viewer, id, f.Get("text"))
	var invalid *atlas.InvalidError
	if errors.As(err, &invalid) {
		return a.showOne(q, http.StatusUnprocessableEntity, f.Get("text"), a.said(q, invalid.Problems[0]))
	}
	if err != nil {
		return err
	}
	q.Flash(page.FlashSuccess, q.T("contributions.noted"))
	return q.Redirect(route.Matter(q.Lang, id))
}

// said is a problem in words.
func (a *area) said(q *page.Request, p atlas.Problem) string {
	var args []any
	for name, v := range p.Args {
		args = append(args, name, v)
	}
	return q.T(p.Key, args...)
}

// send sends a draft to editors.
func (a *area) send(q *page.Request) error {
	return a.moved(q, a.app.Send(q.Context(), q.Viewer, q.PathValue("id")), "contributions.sent")
}

// withdraw takes back what nobody decided yet.
func (a *area) withdraw(q *page.Request) error {
	return a.moved(q, a.app.Withdraw(q.Context(), q.Viewer, q.PathValue("id")), "contributions.withdrawn")
}

// moved leads back to the page of a matter, or to the form when something is
// missing in it.
func (a *area) moved(q *page.Request, err error, said string) error {
	id := q.PathValue("id")
	var invalid *atlas.InvalidError
	switch {
	case errors.As(err, &invalid):
		q.Flash(page.FlashError, q.T("contributions.incomplete", "text", a.problem(q, invalid.Problems[0])))
	case errors.Is(err, atlas.ErrConflict):
		q.Flash(page.FlashWarning, q.T("contributions.too_late"))
	case err != nil:
		return err
	default:
		q.Flash(page.FlashSuccess, q.T(said))
	}
	return q.Redirect(route.Matter(q.Lang, id))
}
