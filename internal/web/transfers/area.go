// Package transfers shows how practices travel (přenosy, 6.12): the checklist of a
// town that wants to take one over, who took it from whom, whether it would work in a
// municipality, and what a municipality could take over.
package transfers

import (
	"cmp"
	"embed"
	"net/http"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/coverage"
	"atlas/internal/i18n"
	"atlas/internal/web/chart"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed messages/*.json
var messages embed.FS

// area answers the requests of the area.
type area struct {
	site     *page.Site
	app      *app.App
	outlines func() []chart.Outline
}

// New makes the area; outlines are the borders of kraje.
func New(site *page.Site, ops *app.App, outlines func() []chart.Outline) page.Area {
	a := &area{site, ops, outlines}
	return page.Area{
		Name: "transfers",
		Routes: append(dataset.Routes(dataset.Transfers, a.export), []page.Route{
			{Method: http.MethodGet, Pattern: route.Transfers, Handle: a.list, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.TransferNew, Handle: a.create, Right: atlas.RightPropose},
			{Method: http.MethodPost, Pattern: route.TransferNew, Handle: a.save, Right: atlas.RightPropose},
			{Method: http.MethodGet, Pattern: route.TransferReply, Handle: a.replying, Right: atlas.RightRead},
			{Method: http.MethodPost, Pattern: route.TransferReply, Handle: a.reply, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.TransferShow, Handle: a.show, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.TransferEdit, Handle: a.edit, Right: atlas.RightEdit},
			{Method: http.MethodPost, Pattern: route.TransferEdit, Handle: a.save, Right: atlas.RightEdit},
			{Method: http.MethodPost, Pattern: route.TransferConfirm, Handle: a.confirm, Right: atlas.RightPropose},
			{Method: http.MethodPost, Pattern: route.TransferWrite, Handle: a.write, Right: atlas.RightPropose},
			{Method: http.MethodGet, Pattern: route.PracticeFit, Handle: a.fit, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.PracticeJourney, Handle: a.journey, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.PracticeLD, Handle: a.journeyLD, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.PracticeMerge, Handle: a.merging, Right: atlas.RightPublish},
			{Method: http.MethodPost, Pattern: route.PracticeMerge, Handle: a.merge, Right: atlas.RightPublish},
			{Method: http.MethodPost, Pattern: route.PracticeUnmerge, Handle: a.unmerge, Right: atlas.RightPublish},
			{Method: http.MethodGet, Pattern: route.Inspiration, Handle: a.inspire, Right: atlas.RightRead},
		}...),
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}

// teller names codes, places and dates in the language of a request.
type teller struct {
	app   *app.App
	words *i18n.Catalog
	lang  string
}

func (a *area) teller(lang string) teller { return teller{a.app, a.site.Words, lang} }

func (t teller) T(key string, args ...any) string { return t.words.T(t.lang, key, args...) }

func (t teller) N(key string, n int, args ...any) string {
	return t.words.N(t.lang, key, int64(n), args...)
}

func (t teller) label(list, code string) string {
	if code == "" {
		return ""
	}
	return t.app.Lists().Label(list, code, t.lang)
}

func (t teller) date(d atlas.Date) string { return i18n.Date(t.lang, d) }

func (t teller) decimal(v float64, places int) string {
	return i18n.Decimal(t.lang, strconv.FormatFloat(v, 'f', places, 64))
}

func (t teller) whole(v coverage.Value) string {
	if !v.Known {
		return ""
	}
	return i18n.Number(t.lang, int64(v.V+0.5))
}

// link is a name that leads somewhere; without URL it is a name.
type link struct{ Text, URL string }

// town is whose town a replication is of.
func (t teller) town(r *atlas.Replication) link {
	if r.Territory != "" {
		return link{t.app.Places().Label(r.Territory), route.Territory(t.lang, r.Territory)}
	}
	text := r.PlaceText
	if country := t.label(atlas.ListCountry, r.Country); country != "" && r.Country != atlas.CountryCode {
		text = strings.Trim(text+", "+country, ", ")
	}
	return link{Text: cmp.Or(text, t.T("transfers.town_unknown"))}
}

// cardTown is the town that a card is of, the first where there are more.
func (t teller) cardTown(p *atlas.Practice) link {
	if len(p.Territories) > 0 {
		return link{t.app.Places().Label(p.Territories[0]), route.Territory(t.lang, p.Territories[0])}
	}
	return link{Text: cmp.Or(p.PlaceText, t.T("transfers.town_unknown"))}
}

// title is what a replication is called: "Plzeň → Pardubice".
func (t teller) title(from string, r *atlas.Replication) string {
	return t.T("transfers.from_to", "from", from, "to", t.town(r).Text)
}

// confirmation says how sure a link is.
func (t teller) confirmation(r *atlas.Replication) string {
	switch {
	case r.Confirmed():
		return t.T("transfers.confirmed")
	case r.BySource.Said():
		return t.T("transfers.confirmed_source")
	case r.ByFollower.Said():
		return t.T("transfers.confirmed_follower")
	}
	return t.T("transfers.unconfirmed")
}

// years are when a replication began and ended.
func (t teller) years(r *atlas.Replication) string {
	switch {
	case r.From.Known() && r.Until.Known():
		return t.date(r.From) + " – " + t.date(r.Until)
	case r.From.Known():
		return t.T("transfers.since", "date", t.date(r.From))
	case r.Until.Known():
		return t.T("transfers.until", "date", t.date(r.Until))
	}
	return ""
}

// changed is what the town changed, or why it gave up.
func changed(r *atlas.Replication) string {
	if r.Abandoned() {
		return r.Because
	}
	return r.Adapted
}
