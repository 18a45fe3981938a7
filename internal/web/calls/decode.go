package calls

import (
	"cmp"
	"errors"
	"regexp"
	"strings"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/typed"
)

// Keys of problems that only this form can find; the argument "value" is what
// was typed, "options" are the choices of an ambiguous name.
const (
	keyActorUnknown   = "calls.form.actor_unknown"
	keyActorAmbiguous = "calls.form.actor_ambiguous"
	keyHour           = "calls.form.hour"
	keyNoDeadline     = "calls.form.no_deadline"
)

// resolver finds actors by what a person typed: a code, an identification
// number or a whole name.
type resolver struct {
	actors func(text string) ([]string, error)
	named  func(id string) string
}

// decoding reads one form.
type decoding struct {
	*typed.Form
	resolver
	err error // the first failure of a look-up; not the person's mistake
}

var hour = regexp.MustCompile(`^([01]?\d|2[0-3])[:.]([0-5]\d)$`)

// decode gives the call as typed over the stored one, so that what the form
// does not hold stays. What is wrong is in the form; the error is a failure of
// the store.
func decode(f *typed.Form, base atlas.Call, r resolver) (*atlas.Call, error) {
	d := &decoding{Form: f, resolver: r}
	c := base
	c.Title, c.Number, c.Year = d.Text("title"), d.Text("number"), d.Year("year")
	c.Funder, c.Programme = d.funder(), d.Text("programme")
	c.Theme, c.Description = d.Text("theme"), d.Text("description")
	c.Areas, c.Applicants = d.Choices("areas"), d.Choices("applicants")
	c.Announced, c.OpenFrom, c.Deadline = d.Date("announced_on"), d.Date("open_from"), d.Date("deadline")
	c.DeadlineTime, c.Continuous = d.hour(), d.Get("continuous") != ""
	c.CostFrom, c.CostTo = d.Date("cost_from"), d.Date("cost_to")
	c.Allocation, c.Min, c.Max = d.Amount("allocation"), d.Amount("min"), d.Amount("max")
	c.SupportPct, c.OwnShare = d.Percent("support_pct"), d.Percent("own_share_pct")
	c.URL, c.Checked = d.URL("url"), d.Date("source_checked_on")
	c.Sources = form.Sources(d.Form)
	return &c, d.err
}

func (d *decoding) funder() string {
	text := d.Text("funder")
	if text == "" {
		return ""
	}
	found, err := d.actors(text)
	d.err = cmp.Or(d.err, err)
	switch len(found) {
	case 0:
		d.Fail("funder", keyActorUnknown, map[string]any{"value": text})
		return ""
	case 1:
		d.Set("funder", form.Coded(d.named(found[0]), found[0]))
		return found[0]
	}
	var options []string
	for _, id := range found {
		options = append(options, form.Coded(d.named(id), id))
	}
	d.Fail("funder", keyActorAmbiguous, map[string]any{"value": text, "options": strings.Join(options, "; ")})
	return ""
}

// hour reads "12:00" or "12.00".
func (d *decoding) hour() string {
	text := d.Text("deadline_time")
	if text == "" {
		return ""
	}
	m := hour.FindStringSubmatch(text)
	if m == nil {
		d.Fail("deadline_time", keyHour, map[string]any{"value": text})
		return ""
	}
	if len(m[1]) == 1 {
		m[1] = "0" + m[1]
	}
	return m[1] + ":" + m[2]
}

// lookup finds actors in the database.
func (a *area) lookup(q *page.Request) resolver {
	t, reader, ctx := a.teller(q.Lang), a.app.Reader(), q.Context()
	return resolver{
		named: func(id string) string { return t.actor(id).Text },
		actors: func(text string) ([]string, error) {
			found, err := reader.Actors(ctx, []string{cmp.Or(form.Code(text), strings.ToUpper(text))})
			if err != nil || len(found) > 0 {
				return ids(found), err
			}
			if ico, ok := czech.NormaliseICO(text); ok {
				id, err := reader.ActorByICO(ctx, ico)
				if !errors.Is(err, atlas.ErrNotFound) {
					return []string{id}, err
				}
			}
			return reader.ActorsByFoldedName(ctx, czech.Fold(text))
		},
	}
}

func ids(actors []*atlas.Actor) []string {
	var out []string
	for _, r := range actors {
		out = append(out, cmp.Or(r.MergedInto, r.ID))
	}
	return out
}
