package actors

import (
	"encoding/json"
	"net/http"
	"net/url"

	"atlas"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// conflictPage shows two versions of an actor side by side. Nothing is lost:
// everything that was typed travels in hidden fields.
type conflictPage struct {
	page.Base
	Intro, Action    string
	Version          int64
	Mine             []form.Field
	Parts            []form.Difference
	URLSave, URLShow string
}

// conflict shows what was typed beside what somebody else saved meanwhile.
func (a *area) conflict(q *page.Request, f *typed.Form, mine, stored *atlas.Actor) error {
	named := a.teller(q.Lang).lookup(nil).named
	sheet := form.New(f, "actors", q.Lang, a.site.Words, a.app.Lists(), needed)
	p := &conflictPage{
		Base: q.Base(q.T("actors.conflict.title")), Action: f.Get(form.FieldAction), Version: stored.Version, Mine: sheet.Hidden(),
		Parts:   sheet.Differences(fill(stored, named).Values, a.before(q, mine, named), parts, lists),
		Intro:   q.T("actors.conflict.intro", "name", stored.DisplayName(q.Lang)),
		URLSave: route.ActorEditing(q.Lang, stored.ID), URLShow: route.Actor(q.Lang, stored.ID),
	}
	p.Nav, p.NoIndex = route.Actors, true
	return q.Render(http.StatusConflict, "actors/conflict", p)
}

// before is the version that the writer read, as a form; nil when it is not
// there any more.
func (a *area) before(q *page.Request, mine *atlas.Actor, named func(string) string) url.Values {
	data, err := a.app.Reader().Version(q.Context(), atlas.KindActor, mine.ID, mine.Version)
	if err != nil {
		return nil
	}
	var r atlas.Actor
	if json.Unmarshal(data, &r) != nil {
		return nil
	}
	return fill(&r, named).Values
}
