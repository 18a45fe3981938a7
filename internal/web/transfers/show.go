package transfers

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/store"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// showPage is one replication.
type showPage struct {
	page.Base
	R          *atlas.Replication
	Row        row
	Facts      []fact
	Unknown    []string
	Steps      []stepView
	Answers    []answerView
	Sources    []source
	Sides      app.Sides
	Says       []sideView
	Talk       *talk // nil for whoever is of neither side
	MayEdit    bool
	URLEdit    string
	URLHistory string
	URLJourney string
	URLFit     string
	Saved      string
	Problem    string
}

type fact struct {
	Label, Text, Href string
	Long              bool
}

// stepView is one step of the checklist.
type stepView struct{ Label, Ask, Answer, Done string }

// answerView is what the town says of a prerequisite.
type answerView struct{ Label, Met, Source string }

type source struct{ Kind, URL, Href, Accessed, Note string }

// sideView is what one side says of the link, and the button by which who asks says
// so or takes it back.
type sideView struct {
	Side, Label, Said string
	Yes, May          bool
	Action            string
	Version           int64
}

// talk is what the two sides wrote each other.
type talk struct {
	Messages []messageView
	Action   string
	Text     string // what was typed and not sent
	Problem  string
	Limit    int
}

type messageView struct {
	From, Text, At string
	Own            bool
}

// show answers the page of one replication.
func (a *area) show(q *page.Request) error { return a.showWith(q, http.StatusOK, "", "") }

// showWith shows the page with a message that could not be sent.
func (a *area) showWith(q *page.Request, status int, typed, problem string) error {
	r, sides, err := a.app.SeeReplication(q.Context(), q.Viewer, q.PathValue("id"))
	if err != nil {
		return err
	}
	t := a.teller(q.Lang)
	card, from, err := a.from(q, t, r)
	if err != nil {
		return err
	}
	p := &showPage{
		Base: q.Base(t.title(from.Text, r)), R: r, Row: a.rowOf(t, r, card), Sides: sides, MayEdit: q.May(atlas.RightEdit, r.Subject()),
		URLEdit: route.TransferEditing(q.Lang, r.ID), URLHistory: route.TransferHistories().Of(q.Lang, r.ID), URLJourney: route.JourneyOf(q.Lang, r.Practice),
	}
	p.Row.From = from
	if r.Territory != "" {
		p.URLFit = route.FitOf(q.Lang, r.Practice, r.Territory)
	}
	p.Nav, p.Breadcrumb = route.Practices, []page.Link{{URL: route.In(q.Lang, route.Transfers), Text: q.T("transfers.title")}}
	p.NoIndex, p.Query = !r.Public(), nil
	p.Saved = form.SavedDraft(q, draftKind, r.ID)
	if err := p.facts(q, t, a); err != nil {
		return err
	}
	p.steps(t, card)
	p.says(t, a, q)
	if p.Talk, err = a.talk(q, t, r, sides, from.Text); err != nil {
		return err
	}
	if p.Talk != nil {
		p.Talk.Text, p.Talk.Problem = typed, problem
	}
	return q.Render(status, "transfers/show", p)
}

// from is the card that is followed, nil where the reader may not read it, and the
// town that the practice was taken from.
func (a *area) from(q *page.Request, t teller, r *atlas.Replication) (*atlas.Practice, link, error) {
	card, err := a.card(q, r.Practice)
	if errors.Is(err, atlas.ErrNotFound) {
		card, err = nil, nil
	}
	if err != nil {
		return nil, link{}, err
	}
	from := link{Text: t.T("transfers.town_unknown")}
	if card != nil {
		from = t.cardTown(card)
	}
	if r.Via == "" {
		return card, from, nil
	}
	via, err := a.app.Reader().Replication(q.Context(), r.Via)
	if errors.Is(err, atlas.ErrNotFound) {
		return card, from, nil
	}
	if err != nil {
		return card, from, err
	}
	return card, t.town(via), nil
}

// card reads a card that the reader may read, or the one that it was merged into.
func (a *area) card(q *page.Request, id string) (*atlas.Practice, error) {
	p, err := a.app.Reader().Practice(q.Context(), id)
	var moved *atlas.RedirectError
	if errors.As(err, &moved) {
		p, err = a.app.Reader().Practice(q.Context(), moved.ID)
	}
	if err == nil && !q.May(atlas.RightRead, p.Subject()) {
		err = atlas.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return p, nil
}

// told are the facts that the form asks the town for and the page tells of it in
// other words.
var told = []string{"territory", "actor", "segments", "adapted", "because"}

func (p *showPage) facts(q *page.Request, t teller, a *area) error {
	r := p.R
	tell := func(field, text, href string) {
		label := t.T("transfers.field." + field)
		if slices.Contains(told, field) {
			label = t.T("transfers.told." + field)
		}
		if text == "" {
			p.Unknown = append(p.Unknown, label)
			return
		}
		p.Facts = append(p.Facts, fact{label, text, href, field == "adapted" || field == "result" || field == "because"})
	}
	tell("practice", p.Row.Practice.Text, p.Row.Practice.URL)
	tell("via", p.Row.From.Text, p.Row.From.URL)
	tell("territory", p.Row.To.Text, p.Row.To.URL)
	actor := ""
	if r.Actor != "" {
		actor = a.app.ActorName(r.Actor, t.lang)
	}
	tell("actor", actor, route.Actor(t.lang, r.Actor))
	tell("kind", p.Row.Kind, "")
	tell("state", p.Row.Status, "")
	tell("dates", p.Row.Years, "")
	tell("segments", strings.Join(r.Segments, ", "), "")
	tell("adapted", r.Adapted, "")
	tell("result", r.Result, "")
	if r.Abandoned() {
		tell("because", r.Because, "")
	}
	projects, err := a.app.Reader().Projects(q.Context(), []string{r.Project})
	for _, x := range projects {
		if q.May(atlas.RightRead, x.Subject()) {
			tell("project", x.Title(t.lang), route.Project(t.lang, x.ID))
		}
	}
	if r.Card != "" && err == nil {
		if own, cardErr := a.card(q, r.Card); cardErr == nil {
			tell("card", own.Title, route.Practice(t.lang, own.ID))
		}
	}
	for _, s := range r.Sources {
		p.Sources = append(p.Sources, source{t.label(atlas.ListSourceKind, s.Kind), s.URL, route.Outside(s.URL), t.date(s.Accessed), s.Note})
	}
	return err
}

func (p *showPage) steps(t teller, card *atlas.Practice) {
	for i, code := range atlas.StepCodes() {
		s := p.R.Step(code)
		v := stepView{Label: t.T("transfers.step." + string(code)), Answer: s.Answer, Done: t.date(s.Done)}
		if card != nil && i < len(card.Advice) {
			v.Ask = card.Advice[i]
		}
		p.Steps = append(p.Steps, v)
	}
	if card == nil {
		return
	}
	for _, need := range card.Prerequisites {
		if said, ok := p.R.Answer(need.Code); ok {
			p.Answers = append(p.Answers, answerView{t.prerequisite(need), t.met(said.Met), said.Source})
		}
	}
}

// says tells what each side says of the link.
func (p *showPage) says(t teller, a *area, q *page.Request) {
	for _, s := range []struct {
		side string
		said atlas.SideConfirmation
		may  bool
		town string
	}{{store.SideSource, p.R.BySource, p.Sides.Source, p.Row.From.Text}, {store.SideFollower, p.R.ByFollower, p.Sides.Follower, p.Row.To.Text}} {
		v := sideView{Side: s.side, Label: t.T("transfers.side."+s.side, "town", s.town), Said: t.T("transfers.side.silent"), Yes: s.said.Said(), Version: p.R.Version}
		if v.Yes {
			v.Said = t.T("transfers.side.said", "date", t.date(s.said.On))
		}
		v.May = s.may && q.Viewer.May(atlas.RightPropose)
		v.Action = route.In(q.Lang, route.Fill(route.TransferConfirm, p.R.ID))
		p.Says = append(p.Says, v)
	}
}

func (a *area) talk(q *page.Request, t teller, r *atlas.Replication, s app.Sides, from string) (*talk, error) {
	all, err := a.app.TownTalk(q.Context(), q.Viewer, r)
	if errors.Is(err, atlas.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &talk{Messages: t.messages(all, r, s, from), Action: route.In(q.Lang, route.Fill(route.TransferWrite, r.ID)), Limit: app.RemarkLimit}, nil
}

func (t teller) messages(all []store.TransferMessage, r *atlas.Replication, s app.Sides, from string) []messageView {
	var out []messageView
	for _, m := range all {
		v := messageView{From: from, Text: m.Text, At: i18n.Day(t.lang, m.At), Own: s.Source && !s.Follower}
		if m.Side == store.SideFollower {
			v.From, v.Own = t.town(r).Text, s.Follower
		}
		out = append(out, v)
	}
	return out
}

// confirm says for one side that the link is true, or takes that back.
func (a *area) confirm(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	id, yes := q.PathValue("id"), f.Get("ano") != ""
	err = a.app.ConfirmReplication(q.Context(), q.Viewer, id, form.Version(f), f.Get("strana"), yes)
	var invalid *atlas.InvalidError
	switch {
	case errors.As(err, &invalid):
		q.Flash(page.FlashError, a.sheet(q.Lang, f).Said(invalid.Problems[0].Key, invalid.Problems[0].Args))
	case errors.Is(err, atlas.ErrConflict):
		q.Flash(page.FlashError, q.T("transfers.confirm.changed"))
	case err != nil:
		return err
	case yes:
		q.Flash(page.FlashSuccess, q.T("transfers.confirm.done"))
	default:
		q.Flash(page.FlashSuccess, q.T("transfers.confirm.back"))
	}
	return q.Redirect(route.Transfer(q.Lang, id))
}

// links are the absolute addresses that letters about a replication lead to.
func links(q *page.Request, id string) app.TownLinks {
	return app.TownLinks{
		Page: func(lang string) string { return q.Root() + route.Transfer(lang, id) + "#zpravy" },
		Reply: func(lang, key string) string {
			return q.Root() + route.WithQuery(route.In(lang, route.TransferReply), "klic="+key)
		},
	}
}

// write sends a message to the other side.
func (a *area) write(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	id := q.PathValue("id")
	told, err := a.app.WriteToTown(q.Context(), q.Viewer, id, f.Get("message"), links(q, id))
	var invalid *atlas.InvalidError
	switch {
	case errors.As(err, &invalid):
		return a.showWith(q, http.StatusUnprocessableEntity, f.Get("message"), a.sheet(q.Lang, f).Said(invalid.Problems[0].Key, invalid.Problems[0].Args))
	case err != nil:
		return err
	case told == 0:
		q.Flash(page.FlashSuccess, q.T("transfers.message.kept"))
	default:
		q.Flash(page.FlashSuccess, q.T("transfers.message.sent"))
	}
	return q.Redirect(route.Transfer(q.Lang, id) + "#zpravy")
}

// replyPage is where a contact without an account answers.
type replyPage struct {
	page.Base
	Practice      string
	Messages      []messageView
	Action, Key   string
	Text, Problem string
	Done          bool
}

// replying answers the page that a letter to a contact leads to.
func (a *area) replying(q *page.Request) error {
	return a.showReply(q, http.StatusOK, q.Param("klic"), "", "")
}

func (a *area) showReply(q *page.Request, status int, key, typed, problem string) error {
	r, all, err := a.app.OpenReply(q.Context(), key)
	if err != nil {
		return err
	}
	t := a.teller(q.Lang)
	card, from, err := a.from(q, t, r)
	if err != nil {
		return err
	}
	p := &replyPage{
		Base: q.Base(q.T("transfers.reply.title", "town", t.town(r).Text)), Messages: t.messages(all, r, app.Sides{Source: true}, from.Text),
		Action: route.In(q.Lang, route.TransferReply), Key: key, Text: typed, Problem: problem, Done: q.Param("odeslano") != "",
	}
	if card != nil {
		p.Practice = card.Title
	}
	p.Nav, p.NoIndex, p.Query = route.Practices, true, nil
	return q.Render(status, "transfers/reply", p)
}

// reply takes the answer of a contact.
func (a *area) reply(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	key := f.Get("klic")
	r, _, err := a.app.OpenReply(q.Context(), key)
	if err != nil {
		return err
	}
	err = a.app.Reply(q.Context(), key, f.Get("message"), links(q, r.ID))
	var invalid *atlas.InvalidError
	if errors.As(err, &invalid) {
		return a.showReply(q, http.StatusUnprocessableEntity, key, f.Get("message"), a.sheet(q.Lang, f).Said(invalid.Problems[0].Key, invalid.Problems[0].Args))
	}
	if err != nil {
		return err
	}
	return q.Redirect(route.WithQuery(route.In(q.Lang, route.TransferReply), "klic="+key+"&odeslano=1"))
}
