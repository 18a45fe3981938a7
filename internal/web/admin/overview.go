package admin

import (
	"net/http"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/store"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// overviewPage is what the administration shows first.
type overviewPage struct {
	page.Base
	*app.Overview         // nil for those who do not decide about people
	Asked         []asked // requests to join organisations without a manager, and others
	Review        []waits
	Desk          bool  // may decide about what waits in the queue
	Queue         int64 // how much waits there
	Mail          bool  // a mail server is configured
	Nameless      bool  // letters cannot lead anywhere: no public address is configured
	Folder        string
	Letters       []letter
	Version       string
	SizeMB        string
	LastVerified  string
	HeadDay       string
	Broken        bool
}

// asked is somebody who asks to join an organisation.
type asked struct {
	Organisation, URL string
	Since             string
}

// waits is how many records of a kind wait for an editor.
type waits struct {
	Kind string
	N    int64
	URL  string
}

// letter is a letter that was not sent.
type letter struct {
	store.Letter
	Why, Put, Due, URL string
	Failed             bool
	Over               bool // its link is dead: it cannot be sent again
}

// overview answers what waits and how the instance fares; of people and letters
// only to administrators.
func (a *area) overview(q *page.Request) error {
	p := &overviewPage{Base: q.Base(q.T("admin.title")), Version: a.site.Version}
	p.Nav, p.NoIndex = route.Admin, true
	if p.Desk = q.Viewer.May(atlas.RightPublish); p.Desk {
		var err error
		if p.Queue, err = a.app.Reader().CountWaiting(q.Context()); err != nil {
			return err
		}
	}
	if !q.Viewer.May(atlas.RightUsers) {
		return q.Render(http.StatusOK, "admin/overview", p)
	}
	o, err := a.app.Overview(q.Context(), q.Viewer)
	if err != nil {
		return err
	}
	p.Overview = o
	p.Mail, p.Folder = a.site.Config.SMTP != "", a.site.Config.Letters()
	p.Nameless = p.Mail && a.site.Config.BaseURL == ""
	p.SizeMB = i18n.Number(q.Lang, (o.Size+1<<19)>>20)
	for _, kind := range []string{atlas.KindProject, atlas.KindActor, atlas.KindCall, atlas.KindNeed, atlas.KindExtent} {
		if n := o.Review[kind]; n > 0 {
			p.Review = append(p.Review, waits{kind, n, queueOf(q.Lang, kind)})
		}
	}
	for _, m := range o.Asked {
		p.Asked = append(p.Asked, asked{a.app.ActorName(m.Actor, q.Lang), route.MembersOf(q.Lang, m.Actor), i18n.Day(q.Lang, m.At)})
	}
	for _, l := range o.Failed {
		p.Letters = append(p.Letters, a.letterLine(q, l))
	}
	for _, l := range o.Waiting {
		p.Letters = append(p.Letters, a.letterLine(q, l))
	}
	if o.Head.Seq > 0 {
		p.HeadDay = minute(q.Lang, o.Head)
	}
	if o.Verified.Seq > 0 {
		p.LastVerified = minute(q.Lang, o.Verified)
	}
	return q.Render(http.StatusOK, "admin/overview", p)
}

// queueOf is where records of a kind that wait are decided: what only editors write
// has no queue.
func queueOf(lang, kind string) string {
	switch kind {
	case atlas.KindCall:
		return route.In(lang, route.Calls)
	case atlas.KindExtent:
		return route.In(lang, route.Extents)
	}
	return route.In(lang, route.Queue)
}

func minute(lang string, e store.AuditEntry) string {
	return i18n.Day(lang, e.At) + " " + e.At.In(i18n.Prague).Format("15:04")
}

func (a *area) letterLine(q *page.Request, l store.Letter) letter {
	out := letter{Letter: l, Failed: l.State == store.LetterFailed, Over: l.Failure == app.LetterExpired, Put: i18n.Day(q.Lang, l.PutAt) + " " + l.PutAt.In(i18n.Prague).Format("15:04"),
		URL: route.In(q.Lang, route.Fill(route.AdminLetter, l.ID))}
	if l.Failure != "" {
		out.Why = q.T("admin." + l.Failure)
	}
	if !out.Failed && l.Attempts > 0 {
		out.Due = i18n.Day(q.Lang, l.DueAt) + " " + l.DueAt.In(i18n.Prague).Format("15:04")
	}
	return out
}

// letter has a letter sent again or thrown away.
func (a *area) letter(q *page.Request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	id, back := q.PathValue("id"), route.In(q.Lang, route.Admin)
	switch q.PostForm.Get("akce") {
	case "znovu":
		return a.after(q, a.app.ResendLetter(q.Context(), q.Viewer, id), "letter_resent", back)
	case "zahodit":
		return a.after(q, a.app.DiscardLetter(q.Context(), q.Viewer, id), "letter_discarded", back)
	}
	return page.ErrBadRequest
}

// testLetter sends a letter to the viewer themselves.
func (a *area) testLetter(q *page.Request) error {
	return a.after(q, a.app.SendTestLetter(q.Context(), q.Viewer), "test_letter", route.In(q.Lang, route.Admin))
}
