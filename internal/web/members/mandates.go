package members

import (
	"errors"
	"net/http"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/czech"
	"atlas/internal/i18n"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// mandates fills in what the organisation gave and what it has.
func (a *area) mandates(q *page.Request, r *atlas.Actor, p *showPage) error {
	all, err := a.app.Reader().Mandates(q.Context(), r.ID)
	today := today(a.app.Now())
	for _, m := range all {
		other := m.Actor
		if m.Actor == r.ID {
			other = m.For
		}
		one := mandate{ID: m.ID, Name: a.app.ActorName(other, q.Lang), URL: route.Actor(q.Lang, other), Until: i18n.Date(q.Lang, m.Until),
			Holds: m.InForce(today), Ended: m.TakenBack()}
		if m.Territory != "" {
			one.Territory = a.app.Places().Label(m.Territory)
		}
		if one.Ended {
			one.Over = i18n.Day(q.Lang, m.EndedAt)
		}
		if m.For == r.ID {
			p.Given = append(p.Given, one)
		} else {
			p.Had = append(p.Had, one)
		}
	}
	return err
}

// today is the day in Prague, where ends of mandates are meant.
func today(now time.Time) atlas.Date { return atlas.DateOf(now.In(i18n.Prague)) }

// giveMandate authorises another organisation.
func (a *area) giveMandate(q *page.Request) error {
	r, err := a.managed(q)
	if err != nil {
		return err
	}
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	actor, err := a.actorIn(q, f, "actor")
	if err != nil {
		return err
	}
	m := &atlas.Mandate{For: r.ID, Actor: actor, Territory: a.placeIn(f, "territory"), Until: f.Date("until")}
	if len(f.Problems) == 0 {
		err = a.app.GiveMandate(q.Context(), q.Viewer, m)
	}
	if len(f.Problems) > 0 || a.failed(f, err) {
		return a.render(q, r, http.StatusUnprocessableEntity, typed.New(nil), f)
	}
	return a.after(q, err, "mandate_given", route.MembersOf(q.Lang, r.ID))
}

// actorIn reads which organisation a field names: by code, IČO or its whole name.
// What is none is given as it was typed, so that the problem names it.
func (a *area) actorIn(q *page.Request, f *typed.Form, field string) (string, error) {
	text := f.Text(field)
	if code := form.Code(text); code != "" || text == "" {
		return code, nil
	}
	if ico, ok := czech.NormaliseICO(text); ok {
		id, err := a.app.Reader().ActorByICO(q.Context(), ico)
		if !errors.Is(err, atlas.ErrNotFound) {
			return id, err
		}
	}
	found, err := a.app.Reader().ActorsByFoldedName(q.Context(), czech.Fold(text))
	switch {
	case err != nil:
		return "", err
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		f.Fail(field, "problem.actor_several", map[string]any{"value": text})
	}
	return text, nil
}

// placeIn reads which territory a field names, by code or by its whole name.
func (a *area) placeIn(f *typed.Form, field string) string {
	text := f.Text(field)
	if code := form.Code(text); code != "" || text == "" {
		return code
	}
	switch found := a.app.Places().Recognise(text); len(found) {
	case 0:
	case 1:
		return found[0].Code
	default:
		f.Fail(field, "problem.place_several", map[string]any{"value": text})
	}
	return text
}

// endMandate takes a mandate back, or gives it back.
func (a *area) endMandate(q *page.Request) error {
	r, err := a.managed(q)
	if err != nil {
		return err
	}
	if err := q.ReadForm(); err != nil {
		return err
	}
	err = a.app.EndMandate(q.Context(), q.Viewer, q.PostForm.Get("povereni"))
	if errors.Is(err, atlas.ErrNotFound) {
		err = app.ErrDecided // the page says which there are
	}
	return a.after(q, err, "mandate_ended", route.MembersOf(q.Lang, r.ID))
}
