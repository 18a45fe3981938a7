package transfers

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/coverage"
	"atlas/internal/i18n"
	"atlas/internal/transfer"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// fitPage says whether a practice would work in a municipality.
type fitPage struct {
	page.Base
	Card         link
	From         link
	Chosen       chosen
	Town         string // "" nobody was chosen yet
	URLTown      string
	Findings     []findingView
	Tally        transfer.Tally
	Answered     link // whose answers are told
	Near         *nearView
	Compared     string // why there is no similarity
	Adopters     []nearView
	GaveUp       []row
	URLStart     string
	URLJourney   string
	URLInspire   string
	PlaceOptions []string
}

// chosen is the field in which a municipality is typed.
type chosen struct{ Action, Value, Problem, Suggest string }

// findingView is one prerequisite with the answer and what says so.
type findingView struct {
	Label, Met, State, By string
	Core                  bool
	Actors                []link
}

// nearView is how like the municipality a town is.
type nearView struct {
	Here      string // the municipality that is compared
	Town, Row link
	Distance  string
	Rank, Of  int
	Parts     []partView
	Status    string
	Missing   int
}

// partView is what one trait adds to the distance.
type partView struct{ Trait, Here, There, Part string }

// traitWords name the traits in messages (8.7); their words are those of the profile
// of a territory.
var traitWords = map[coverage.Trait]string{
	coverage.TraitPopulation: "population", coverage.TraitShare: "share", coverage.TraitChange: "change", coverage.TraitLargest: "largest",
	coverage.TraitProtection: "protection", coverage.TraitNGOs: "ngos", coverage.TraitKind: "kind",
}

// choose reads the municipality that an address names, by its code or its name.
func (a *area) choose(q *page.Request, t teller, action string) (code string, c chosen) {
	c = chosen{Action: action, Value: q.Param(paramTown), Suggest: route.In(q.Lang, route.PlacesSuggest)}
	code, key, args := t.place(c.Value)
	if key != "" {
		c.Problem = a.said(q, key, args)
	} else if code != "" {
		c.Value = form.Coded(a.app.Places().Label(code), code)
	}
	return code, c
}

func (a *area) said(q *page.Request, key string, args map[string]any) string {
	return form.New(nil, "transfers", q.Lang, a.site.Words, a.app.Lists(), nil).Said(key, args)
}

// townOptions are suggestions for those who have no script.
func (a *area) townOptions() []string {
	g := a.app.Places()
	var out []string
	for _, level := range []atlas.Level{atlas.LevelORP, atlas.LevelMunicipality} {
		for _, t := range g.Children(atlas.CountryCode, level) {
			if len(out) < mostListed {
				out = append(out, form.Coded(g.Label(t.Code), t.Code))
			}
		}
	}
	return out
}

// fit answers the page "would it work here".
func (a *area) fit(q *page.Request) error {
	t := a.teller(q.Lang)
	card, err := a.card(q, q.PathValue("id"))
	if err != nil {
		return err
	}
	p := &fitPage{
		Base: q.Base(q.T("transfers.fit.title", "name", card.Title)), Card: link{card.Title, route.Practice(q.Lang, card.ID)}, From: t.cardTown(card),
		URLJourney: route.JourneyOf(q.Lang, card.ID), PlaceOptions: a.townOptions(),
	}
	p.Nav, p.NoIndex = route.Practices, true
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Practices), Text: q.T("practices.title")}, {URL: p.Card.URL, Text: card.Title}}
	code, c := a.choose(q, t, route.FitOf(q.Lang, card.ID, ""))
	p.Chosen = c
	status := http.StatusOK
	switch {
	case c.Problem != "":
		status = http.StatusUnprocessableEntity
	case code != "":
		err = a.fits(q, t, p, card, code)
	}
	if errors.Is(err, atlas.ErrNotFound) {
		err, p.Chosen.Problem, status = nil, q.T("transfers.fit.no_level"), http.StatusUnprocessableEntity
	}
	if err != nil {
		return err
	}
	return q.Render(status, "transfers/fit", p)
}

func (a *area) fits(q *page.Request, t teller, p *fitPage, card *atlas.Practice, code string) error {
	f, err := a.app.TransferFit(q.Context(), q.Viewer, card, code)
	if err != nil {
		return err
	}
	p.Town, p.URLTown, p.Tally = a.app.Places().Label(code), route.Territory(q.Lang, code), f.Tally
	p.Title = q.T("transfers.fit.title_town", "name", card.Title, "town", p.Town)
	p.URLStart = route.WithQuery(route.In(q.Lang, route.TransferNew), "praxe="+card.ID+"&obec="+code)
	p.URLInspire = route.InspirationOf(q.Lang, code)
	if f.Answers != nil {
		_, from, err := a.from(q, t, f.Answers)
		if err != nil {
			return err
		}
		p.Answered = link{t.title(from.Text, f.Answers), route.Transfer(q.Lang, f.Answers.ID)}
	}
	for _, x := range f.Findings {
		p.Findings = append(p.Findings, t.finding(x))
	}
	switch {
	case f.Near != nil:
		v := t.near(&f.Town, f.Source, *f.Near)
		p.Near = &v
	case slices.Contains(card.Territories, code):
		p.Compared = q.T("transfers.fit.itself")
	default:
		p.Compared = q.T("transfers.fit.not_compared")
	}
	for _, x := range f.Adopters {
		v := t.near(&f.Town, &x.Profile, x.Nearness)
		v.Row, v.Status = link{x.Replication.ID, route.Transfer(q.Lang, x.Replication.ID)}, t.label(atlas.ListTransferStatus, x.Replication.Status)
		p.Adopters = append(p.Adopters, v)
	}
	for _, r := range f.GaveUp {
		p.GaveUp = append(p.GaveUp, a.rowOf(t, r, card))
	}
	return nil
}

func (t teller) finding(x transfer.Finding) findingView {
	v := findingView{Label: t.prerequisite(x.Asked), Met: t.met(x.Met), State: cmp.Or(string(x.Met), "nevime"), Core: x.Asked.Core}
	switch x.By {
	case transfer.ByAnswer:
		if v.By = t.T("transfers.by.answer"); x.Words != "" {
			v.By += ": " + x.Words
		}
	case transfer.ByStatistics:
		v.By = t.number(x)
	case transfer.ByRegister:
		v.By = t.T("transfers.by.register")
	case transfer.ByRecords:
		v.By = t.T("transfers.by.records")
	default:
		v.By = t.unknown(x)
	}
	for _, id := range x.Actors {
		v.Actors = append(v.Actors, link{t.app.ActorName(id, t.lang), route.Actor(t.lang, id)})
	}
	return v
}

// number is a size with its source and date.
func (t teller) number(x transfer.Finding) string {
	return t.T("transfers.by.number", "n", t.whole(x.Have.Value), "source", t.sourceName(x.Have.Source), "date", cmp.Or(t.date(x.Have.Date), t.T("territories.ground.no_date")))
}

func (t teller) sourceName(code string) string {
	for _, key := range []string{"transfers.source." + code} {
		if t.words.Has(key) {
			return t.T(key)
		}
	}
	return code
}

// unknown says why nobody knows.
func (t teller) unknown(x transfer.Finding) string {
	switch x.Asked.Kind {
	case atlas.NeedsPartner, atlas.NeedsLanguage:
		if x.Asked.Of == "" {
			break
		}
		return t.T("transfers.by.no_record")
	case atlas.NeedsSize:
		if x.Have.Known {
			return t.number(x)
		}
		return t.T("transfers.by.no_number")
	}
	return t.T("transfers.by.ask")
}

func (t teller) near(own, other *app.Profile, n transfer.Nearness) nearView {
	v := nearView{
		Here: t.app.Places().Label(own.Code), Town: link{t.app.Places().Label(n.Code), route.Territory(t.lang, n.Code)},
		Distance: t.decimal(n.Distance, 2), Rank: n.Rank, Of: n.Of,
	}
	for _, tr := range coverage.Traits() {
		if tr == coverage.TraitKind && own.Kind == "" {
			continue
		}
		if n.Missing[tr] {
			v.Missing++
		}
		v.Parts = append(v.Parts, partView{t.T("territories.trait." + traitWords[tr]), t.trait(own, tr), t.trait(other, tr), t.decimal(n.Parts[tr], 3)})
	}
	return v
}

// trait writes the value of a trait; "" is not known.
func (t teller) trait(p *app.Profile, of coverage.Trait) string {
	f := p.Fact(of)
	switch {
	case of == coverage.TraitKind && p.Kind != "":
		return t.T("territories.kind." + string(p.Kind))
	case !f.Known:
		return ""
	}
	switch of {
	case coverage.TraitShare, coverage.TraitLargest, coverage.TraitChange:
		return strings.Replace(t.decimal(100*f.V, 1), "-", "−", 1) + "\u00a0%"
	case coverage.TraitProtection:
		return t.decimal(f.V, 1)
	}
	return i18n.Number(t.lang, int64(f.V+0.5))
}
