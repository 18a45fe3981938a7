package extents

import (
	"net/http"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/search"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// showPage is one source.
type showPage struct {
	page.Base
	X                   *atlas.SourceExtent
	State               state
	Draft               string
	Years               string
	Facts               []fact
	Unknown             []string
	URLEdit, URLHistory string
	Saved               string // the browser's copy of the form that was just saved
}

// fact is one known field.
type fact struct {
	Label  string
	Values []value
}

// value is one value of a field.
type value struct {
	Text, Href string
	External   bool
}

// show answers the page of one source.
func (a *area) show(q *page.Request) error {
	if led, err := q.ToDay(); led {
		return err
	}
	x, err := a.app.Reader().Extent(q.Context(), q.PathValue("id"))
	if err != nil {
		return err
	}
	if !q.May(atlas.RightRead, x.Subject()) {
		return atlas.ErrNotFound
	}
	t := a.teller(q.Lang)
	p := &showPage{Base: q.Base(x.Source), X: x, State: t.state(x.State), Years: years(x), URLEdit: route.ExtentEditing(q.Lang, x.ID), URLHistory: route.ExtentHistories().Of(q.Lang, x.ID)}
	p.Nav, p.Breadcrumb = route.Extents, []page.Link{{URL: route.In(q.Lang, route.Extents), Text: q.T("extents.title")}}
	p.NoIndex, p.Query = !x.Public(), nil // the address of a record has no parameters
	p.Saved = form.SavedDraft(q, draftKind, x.ID)
	if !x.Public() {
		p.Draft = t.app.Lists().Label(atlas.ListRecordStatus, x.RecordStatus, q.Lang)
	}
	p.facts(t, x)
	return q.Render(http.StatusOK, "extents/show", p)
}

func (p *showPage) facts(t teller, x *atlas.SourceExtent) {
	tell := func(field string, values ...value) {
		if len(values) == 0 || values[0].Text == "" {
			p.Unknown = append(p.Unknown, t.T("extents.field."+field))
			return
		}
		p.Facts = append(p.Facts, fact{t.T("extents.field." + field), values})
	}
	tell("publisher", value{Text: x.Publisher})
	tell("url", value{Text: x.URL, Href: route.Outside(x.URL), External: true})
	var programmes, places []value
	for _, code := range x.Programmes {
		programmes = append(programmes, value{Text: t.programme(code), Href: route.ProjectsBy(t.lang, string(search.FacetProgramme), code)})
	}
	tell("programmes", programmes...)
	for _, code := range x.Territories {
		v := value{Text: t.place(code)}
		if code != atlas.CountryCode {
			v.Href = route.Territory(t.lang, code)
		}
		places = append(places, v)
	}
	tell("territories", places...)
	tell("years", value{Text: p.Years})
	tell("checked_on", value{Text: i18n.Date(t.lang, x.CheckedOn)})
	if x.Batch != "" {
		tell("batch", value{Text: x.Batch, Href: route.Import(t.lang, x.Batch)})
	}
	if x.Note != "" {
		tell("note", value{Text: x.Note})
	}
}
