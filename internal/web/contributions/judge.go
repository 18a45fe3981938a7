package contributions

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/store"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// Names of what an editor sends about a correction.
const (
	fieldFields = "pole"
	fieldRecord = "zaznam" // version of the record that the editor saw
)

// difference is a field of a correction, or of a new record.
type difference struct {
	Key, Label    string
	Before, After []string
	Now           []string // as it stands, where somebody changed it otherwise since
	Changed, Done bool
	Chosen        bool
}

// differences writes the fields of a correction in words.
func (a *area) differences(lang, kind string, fields []app.ProposedField) []difference {
	t := a.teller(lang)
	var out []difference
	for _, f := range fields {
		d := difference{Key: f.Key, Label: t.Label(kind, f.Key), Before: t.Lines(f.Key, f.Before), After: t.Lines(f.Key, f.After),
			Changed: f.State == app.FieldChanged, Done: f.State == app.FieldDone, Chosen: f.State == app.FieldFree}
		if d.Changed {
			d.Now = t.Lines(f.Key, f.Now)
		}
		out = append(out, d)
	}
	return out
}

// judgePage is all that an editor decides by.
type judgePage struct {
	page.Base
	Name, What, State, Note string
	Waits, Correction       bool
	Version, Record         int64
	URLRecord, URLEdit      string
	Sources                 []string
	Missing                 []string
	NoAmount                bool
	Suspects                []suspect
	Differences             []difference
	Reasons                 []reasonBox
	Words, Wrong            string
	Action, URLQueue        string
	Thread                  thread
}

type suspect struct{ Title, URL, Merge string }

// judge shows one thing of the queue.
func (a *area) judge(q *page.Request) error { return a.showJudge(q, http.StatusOK, nil, "") }

func (a *area) showJudge(q *page.Request, status int, f *typed.Form, wrong string) error {
	w, err := a.app.Judge(q.Context(), q.Viewer, q.PathValue("id"))
	if err != nil {
		return err
	}
	p := &judgePage{Base: q.Base(w.Title), Name: w.Title, What: q.T("contributions.kind." + w.Kind), Version: w.Version, Record: w.Meta().Version,
		State: a.status(q.Lang, w.Meta()), Waits: w.Meta().RecordStatus == atlas.RecordReview, URLRecord: record(q.Lang, w.Kind, w.ID),
		URLEdit: editing(q.Lang, w.Kind, w.ID), NoAmount: w.Unknown, Wrong: wrong, Action: route.Judging(q.Lang, w.ID), URLQueue: route.In(q.Lang, route.Queue)}
	p.Nav, p.NoIndex, p.Wide = route.Queue, true, true
	p.Breadcrumb = []page.Link{{URL: p.URLQueue, Text: q.T("contributions.queue.title")}}
	for _, m := range w.Missing {
		p.Missing = append(p.Missing, a.problemOf(q, w.Kind, m))
	}
	for _, s := range w.Suspect {
		p.Suspects = append(p.Suspects, suspect{s.Title(q.Lang), route.Project(q.Lang, s.ID), route.ProjectsMerging(q.Lang, s.ID, w.ID)})
	}
	p.Sources = a.teller(q.Lang).Lines("sources", []any{w.Sources()})
	if err := a.fields(q, p, w); err != nil {
		return err
	}
	var chosen []string
	if f != nil {
		chosen, p.Words = f.Choices(fieldReason), f.Get(fieldWords)
		for i, d := range p.Differences {
			p.Differences[i].Chosen = slices.Contains(f.Choices(fieldFields), d.Key)
		}
	}
	p.Reasons = reasonBoxes(q, chosen)
	if p.Thread, err = a.thread(q, &w.Matter); err != nil {
		return err
	}
	return q.Render(status, "contributions/judge", p)
}

// problemOf is a problem of a record of a kind with the name of its field.
func (a *area) problemOf(q *page.Request, kind string, p atlas.Problem) string {
	return a.teller(q.Lang).Label(kind, typed.Part(p.Field)) + ": " + a.said(q, p)
}

// fields writes what is proposed: the differences of a correction, all that is
// known of a new record.
func (a *area) fields(q *page.Request, p *judgePage, w *app.Waiting) error {
	if r := w.Proposal; r != nil {
		p.Correction, p.Waits, p.Note = true, r.State == store.ProposalWaiting, r.Note
		p.Title, p.What = q.T("contributions.correction_of", "name", w.Title), q.T("contributions.kind.correction")
		p.State, p.URLRecord, p.URLEdit = q.T("contributions.state."+r.State), record(q.Lang, w.Kind, r.Record), editing(q.Lang, w.Kind, r.Record)
		all, err := a.app.ProposedFields(q.Context(), q.Viewer, &w.Matter)
		p.Differences = a.differences(q.Lang, w.Kind, all)
		return err
	}
	var nothing any = new(atlas.Project)
	switch w.Kind {
	case atlas.KindActor:
		nothing = new(atlas.Actor)
	case atlas.KindNeed:
		nothing = new(atlas.Need)
	case atlas.KindPractice:
		nothing = new(atlas.Practice)
	case atlas.KindReplication:
		nothing = new(atlas.Replication)
	}
	t := a.teller(q.Lang).Of(w.Kind)
	for _, c := range app.Compare(nothing, w.Matter.Record) {
		if c.Key != "record_status" && c.Key != "sources" {
			p.Differences = append(p.Differences, difference{Key: c.Key, Label: t.Label(w.Kind, c.Key), After: t.Lines(c.Key, c.After)})
		}
	}
	return nil
}

// decide publishes, accepts or returns one thing.
func (a *area) decide(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	id, deed := q.PathValue("id"), f.Get(fieldDeed)
	m, err := a.app.Matter(q.Context(), q.Viewer, id)
	if err != nil {
		return err
	}
	reason := a.reasonOf(a.langOf(q, m.Author), f)
	switch {
	case m.Proposal == nil:
		err = a.app.Decide(q.Context(), q.Viewer, id, form.Version(f), deed, reason)
	case deed == store.DeedAccepted:
		seen, _ := strconv.ParseInt(f.Get(fieldRecord), 10, 64)
		err = a.app.Accept(q.Context(), q.Viewer, app.Acceptance{ID: id, Version: form.Version(f), Record: seen, Fields: f.Choices(fieldFields), Note: reason})
	case deed == store.DeedReturned:
		err = a.app.ReturnProposal(q.Context(), q.Viewer, id, form.Version(f), reason)
	default:
		return page.ErrBadRequest
	}
	var invalid *atlas.InvalidError
	switch {
	case errors.As(err, &invalid):
		return a.showJudge(q, http.StatusUnprocessableEntity, f, a.wrong(q, m, invalid.Problems))
	case errors.Is(err, atlas.ErrConflict):
		again, failed := a.doneAlready(q, m, deed, reason, f.Choices(fieldFields))
		if failed != nil {
			return failed
		}
		if !again {
			return a.first(q, id, f.Text(fieldWords))
		}
	case err != nil:
		return err
	}
	q.Flash(page.FlashSuccess, q.T("contributions.decided."+deed, "name", m.Title))
	return q.Redirect(route.In(q.Lang, route.Queue))
}

// doneAlready says whether the viewer has just done the very same, by a double
// click; chosen are fields of a correction.
func (a *area) doneAlready(q *page.Request, m *app.Matter, deed, reason string, chosen []string) (bool, error) {
	all, err := a.app.Remarks(q.Context(), q.Viewer, m)
	if err != nil || len(all) == 0 {
		return false, err
	}
	last := all[len(all)-1]
	if last.By != q.Viewer.Name || last.Deed != deed || last.Text != strings.TrimSpace(reason) {
		return false, nil
	}
	if deed != store.DeedAccepted {
		return true, nil
	}
	m, err = a.app.Matter(q.Context(), q.Viewer, m.ID) // as it was decided
	if err != nil {
		return false, err
	}
	fields, err := a.app.ProposedFields(q.Context(), q.Viewer, m)
	taken := strings.Split(m.Proposal.Fields, ",")
	return !slices.ContainsFunc(fields, func(f app.ProposedField) bool {
		return slices.Contains(chosen, f.Key) != slices.Contains(taken, f.Key)
	}), err
}

// wrong says what stands in the way of a decision.
func (a *area) wrong(q *page.Request, m *app.Matter, all []atlas.Problem) string {
	p := all[0]
	switch p.Field {
	case "reason":
		return a.wrongReason(q, p)
	case fieldFields, "":
		return a.said(q, p)
	}
	return q.T("contributions.incomplete", "text", a.problemOf(q, m.Kind, p))
}

// langOf is the language of an account, in which the reasons are written for it.
func (a *area) langOf(q *page.Request, account string) string {
	who, err := a.app.Reader().Account(q.Context(), account)
	if err != nil || who.Lang == "" {
		return i18n.Languages[0]
	}
	return who.Lang
}

// firstPage tells an editor that somebody else was first.
type firstPage struct {
	page.Base
	Name, State         string
	Waits               bool
	URLAgain, URLRecord string
	URLQueue            string
	Thread              thread
}

// first answers a decision about what somebody else decided or changed meanwhile,
// with what they did. The words of the second stay, as a note to be sent.
func (a *area) first(q *page.Request, id, words string) error {
	w, err := a.app.Judge(q.Context(), q.Viewer, id)
	if err != nil {
		return err
	}
	p := &firstPage{Base: q.Base(q.T("contributions.first.title")), Name: w.Title, State: a.status(q.Lang, w.Meta()), Waits: w.Meta().RecordStatus == atlas.RecordReview,
		URLAgain: route.Judging(q.Lang, id), URLRecord: record(q.Lang, w.Kind, id), URLQueue: route.In(q.Lang, route.Queue)}
	if r := w.Proposal; r != nil {
		p.State, p.Waits, p.URLRecord = q.T("contributions.state."+r.State), r.State == store.ProposalWaiting, record(q.Lang, w.Kind, r.Record)
	}
	p.Nav, p.NoIndex = route.Queue, true
	if p.Thread, err = a.thread(q, &w.Matter); err != nil {
		return err
	}
	p.Thread.Typed = words
	return q.Render(http.StatusConflict, "contributions/first", p)
}
