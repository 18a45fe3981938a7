package actors

import (
	"atlas"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// conflict shows what was typed beside what somebody else saved meanwhile.
func (a *area) conflict(q *page.Request, f *typed.Form, stored *atlas.Actor) error {
	filled := func(r *atlas.Actor) *typed.Form { return fill(r, a.teller(q.Lang).lookup(nil).named) }
	read := form.Version(f)
	before, err := form.Before(q.Context(), a.app.Reader(), atlas.KindActor, stored.ID, read, filled)
	if err != nil {
		return err
	}
	return a.sheet(q.Lang, f).ShowConflict(q, form.Conflict{
		Nav: route.Actors, ID: stored.ID, Read: read, Stored: stored.Meta,
		Theirs: filled(stored).Values, Before: before, Parts: parts, Lists: lists,
		URLSave: route.ActorEditing(q.Lang, stored.ID), URLShow: route.Actor(q.Lang, stored.ID),
	})
}

// sheet draws a form over what was typed.
func (a *area) sheet(lang string, f *typed.Form) form.Sheet {
	return form.New(f, "actors", lang, a.site.Words, a.app.Lists(), needed)
}
