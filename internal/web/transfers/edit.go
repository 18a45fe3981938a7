package transfers

import (
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// draftKind stands in the names of the copies of the form that browsers keep.
const draftKind = "prenos"

// editPage is the checklist.
type editPage struct {
	form.Page
	Card  *atlas.Practice // nil while nobody said which card it is
	Chain []form.Choice   // through whom it may have been taken
	URLTo string          // of the card
	t     teller
}

// stepForm is one step of the checklist in the form.
type stepForm struct {
	N            int
	Label, Ask   string
	Answer, Done form.Control
}

// Steps are the five steps with what the card advises at each.
func (p *editPage) Steps() []stepForm {
	var out []stepForm
	for i, code := range atlas.StepCodes() {
		s := stepForm{N: i + 1, Label: p.t.T("transfers.step." + string(code)), Answer: p.Long(stepField(code) + "answer"), Done: p.Line(stepField(code) + "done")}
		if p.Card != nil && i < len(p.Card.Advice) {
			s.Ask = p.Card.Advice[i]
		}
		out = append(out, s)
	}
	return out
}

// answerForm is the question whether a prerequisite of the card is met.
type answerForm struct {
	Label       string
	Met, Source form.Control
}

// Answers are the prerequisites of the card with what the town says of them.
func (p *editPage) Answers() []answerForm {
	if p.Card == nil {
		return nil
	}
	var out []answerForm
	for _, need := range p.Card.Prerequisites {
		x := answerForm{Label: p.t.prerequisite(need), Met: p.Answer(answerField(need.Code) + "met"), Source: p.Line(answerField(need.Code) + "source")}
		x.Met.Label, x.Source.Label = p.t.T("transfers.field.answers.met"), p.t.T("transfers.field.answers.source")
		out = append(out, x)
	}
	return out
}

// Segments are those of the card, to be ticked; what was ticked and the card has no
// more stays.
func (p *editPage) Segments() form.Control {
	chosen := p.Values["segments"]
	var names []string
	if p.Card != nil {
		for _, s := range p.Card.Segments {
			names = append(names, s.Name)
		}
	}
	for _, name := range chosen {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	c := p.TickWords("segments")
	c.Options = nil
	for _, name := range names {
		c.Options = append(c.Options, form.Choice{Value: name, Label: name, Chosen: slices.Contains(chosen, name)})
	}
	return c
}

// Via chooses the town that the practice was taken from; the town of the card when
// none is chosen.
func (p *editPage) Via() form.Control {
	c := p.Choose("via", nil)
	c.Options = p.Chain
	return c
}

// Later chooses how far it is where no step says so.
func (p *editPage) Later() form.Control {
	c := p.Pick("status", atlas.ListTransferStatus)
	c.Options = slices.DeleteFunc(c.Options, func(o form.Choice) bool { return !slices.Contains(atlas.LaterTransferStatuses(), o.Value) })
	return c
}

// create answers the empty checklist; a card and a territory may come with the
// address.
func (a *area) create(q *page.Request) error {
	f, t := typed.New(nil), a.teller(q.Lang)
	f.Set("practice", recordCode.FindString(strings.ToUpper(q.Param(paramPractice))))
	code := q.Param(paramTown)
	for _, g := range q.Viewer.Grants {
		if code == "" && g.Role == atlas.RoleTerritory {
			code = g.Territory // whose town it is nobody needs to type
		}
	}
	if place, ok := t.app.Places().Get(code); ok {
		f.Set("territory", form.Coded(t.app.Places().Label(place.Code), place.Code))
	}
	if len(q.Viewer.Memberships) == 1 {
		actor := q.Viewer.Memberships[0].Actor
		f.Set("actor", form.Coded(a.app.ActorName(actor, q.Lang), actor))
	}
	f.Set("country", atlas.CountryCode)
	return a.showResumed(q, f, &atlas.Replication{})
}

// edit answers the checklist of a stored replication.
func (a *area) edit(q *page.Request) error {
	r, err := a.stored(q)
	if err != nil {
		return err
	}
	return a.showResumed(q, a.teller(q.Lang).fill(r), r)
}

// stored reads the replication that the address names, of those that the viewer may
// edit. A new one is empty.
func (a *area) stored(q *page.Request) (*atlas.Replication, error) {
	id := q.PathValue("id")
	if id == "" {
		return &atlas.Replication{}, nil
	}
	r, err := a.app.Reader().Replication(q.Context(), id)
	if err != nil {
		return nil, err
	}
	return r, q.Allow(atlas.RightEdit, r.Subject())
}

// showResumed offers what the person typed into this form before, or gives it back.
func (a *area) showResumed(q *page.Request, f *typed.Form, r *atlas.Replication) error {
	kept, err := a.app.Draft(q.Context(), q.Viewer, form.Address(q))
	f, offer, err := form.Resume(q, f, kept.Content, kept.SavedAt, err)
	if err != nil {
		return err
	}
	return a.showForm(q, http.StatusOK, f, r, "", offer)
}

// showForm writes the form over what was typed; focus is the field in which the
// person goes on, kept what they typed before.
func (a *area) showForm(q *page.Request, status int, f *typed.Form, r *atlas.Replication, focus string, kept *form.Kept) error {
	t := a.teller(q.Lang)
	card, err := a.card(q, codeOf(f, "practice"))
	if err != nil && !errors.Is(err, atlas.ErrNotFound) {
		return err
	}
	f.AtLeast("sources", 1)
	form.InOrder(f, parts)
	p := &editPage{Card: card, t: t, Page: a.sheet(q.Lang, f).Page(q, form.Record{
		Kind: draftKind, ID: r.ID, Name: t.T("transfers.of", "town", t.town(r).Text), Meta: r.Meta, List: route.Transfers, New: route.TransferNew,
		URLShow: route.Transfer(q.Lang, r.ID), URLEdit: route.TransferEditing(q.Lang, r.ID),
	})}
	if card != nil {
		p.URLTo = route.Practice(q.Lang, card.ID)
		if p.Chain, err = a.chain(q, t, card, r.ID, f.Get("via")); err != nil {
			return err
		}
	}
	p.Focus, p.Kept, p.ActorOptions = focus, kept, form.ActorOptions(a.app.ActorNames(q.Lang))
	if len(p.ActorOptions) > mostListed {
		p.ActorOptions = p.ActorOptions[:mostListed]
	}
	return q.Render(status, "transfers/edit", p)
}

// mostListed bounds the suggestions that the page carries for those who have no
// script.
const mostListed = 300

// chain are the towns that a card could have been taken from besides its own.
func (a *area) chain(q *page.Request, t teller, card *atlas.Practice, itself, chosen string) ([]form.Choice, error) {
	all, err := a.app.FollowersOf(q.Context(), card.ID)
	var out []form.Choice
	for _, r := range all {
		if r.ID != itself {
			out = append(out, form.Choice{Value: r.ID, Label: t.town(r).Text + " (" + r.ID + ")", Chosen: r.ID == chosen})
		}
	}
	if chosen != "" && !slices.ContainsFunc(out, func(c form.Choice) bool { return c.Chosen }) {
		out = append(out, form.Choice{Value: chosen, Label: chosen, Chosen: true})
	}
	return out, err
}

// save takes the form: adds or drops a row, or writes the record. What cannot be
// written comes back with every word that was typed.
func (a *area) save(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	stored, err := a.stored(q)
	if err != nil {
		return err
	}
	if focus, done := rowGroups.Change(f); done {
		return a.showForm(q, http.StatusOK, f, stored, focus, nil)
	}
	t := a.teller(q.Lang)
	if !form.Settle(f, t.fill(stored).Values, parts) {
		return a.conflict(q, f, stored)
	}
	card, err := a.card(q, codeOf(f, "practice"))
	if err != nil && !errors.Is(err, atlas.ErrNotFound) {
		return err
	}
	r := t.decode(f, *stored, card)
	r.Version = form.Version(f)
	r.Advance()
	if to := form.StatusAfter(f.Get(form.FieldAction), stored.RecordStatus); to == stored.RecordStatus || a.app.MayMove(q.Viewer, stored.Subject(), to) {
		r.RecordStatus = to
	}
	wrong, err := a.app.CheckReplication(q.Context(), r)
	if err != nil {
		return err
	}
	if report(f, r, wrong); len(f.Problems) > 0 {
		return a.showForm(q, http.StatusUnprocessableEntity, f, stored, "", nil)
	}
	return a.store(q, f, r, stored)
}

// store saves the replication, or shows what stands in the way.
func (a *area) store(q *page.Request, f *typed.Form, r, stored *atlas.Replication) error {
	err := a.app.SaveReplicationOf(q.Context(), q.Viewer, form.Address(q), r)
	var invalid *atlas.InvalidError
	var conflict *atlas.ConflictError
	switch {
	case errors.As(err, &invalid):
		report(f, r, invalid.Problems)
		return a.showForm(q, http.StatusUnprocessableEntity, f, stored, "", nil)
	case errors.As(err, &conflict):
		return a.conflict(q, f, stored)
	case err != nil:
		return err
	}
	return form.Saved(q, draftKind, stored.ID, r.RecordStatus, route.Transfer(q.Lang, r.ID))
}

// numbered is a field of a step or of an answer by its position.
var numbered = regexp.MustCompile(`^(steps|answers)\.(\d+)(?:\.(.*))?$`)

// report takes problems of the record over to the fields of the form, each once. A
// field that could not be read is not called missing.
func report(f *typed.Form, r *atlas.Replication, all []atlas.Problem) {
	for _, p := range all {
		if m := numbered.FindStringSubmatch(p.Field); m != nil {
			at, _ := strconv.Atoi(m[2])
			switch {
			case m[1] == "steps" && at < len(r.Steps):
				p.Field = stepField(r.Steps[at].Code) + m[3]
			case m[1] == "answers" && at < len(r.Answers):
				p.Field = answerField(r.Answers[at].Code) + "source"
			}
		}
		if len(f.ProblemsOf(p.Field)) == 0 {
			f.Problems = append(f.Problems, p)
		}
	}
}

// conflict shows what was typed beside what somebody else saved meanwhile.
func (a *area) conflict(q *page.Request, f *typed.Form, stored *atlas.Replication) error {
	t, read := a.teller(q.Lang), form.Version(f)
	before, err := form.Before(q.Context(), a.app.Reader(), atlas.KindReplication, stored.ID, read, t.fill)
	if err != nil {
		return err
	}
	return a.sheet(q.Lang, f).ShowConflict(q, form.Conflict{
		Nav: route.Practices, ID: stored.ID, Read: read, Stored: stored.Meta,
		Theirs: t.fill(stored).Values, Before: before, Parts: parts, Lists: lists,
		URLSave: route.TransferEditing(q.Lang, stored.ID), URLShow: route.Transfer(q.Lang, stored.ID),
	})
}

// sheet draws a form over what was typed.
func (a *area) sheet(lang string, f *typed.Form) form.Sheet {
	return form.New(f, "transfers", lang, a.site.Words, a.app.Lists(), needed)
}
