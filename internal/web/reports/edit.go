package reports

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// editPage is the form of a report.
type editPage struct {
	page.Base
	form.Sheet
	Version          int64
	URLSave, URLBack string
	Published        bool
	Meanwhile        []meanwhile // what somebody else saved, where it differs from what was typed
	controls         controls
}

// meanwhile is a field that somebody else changed: what stands in it now.
type meanwhile struct{ Label, Text string }

// controls are the fields whose choices are made by the area.
type controls struct{ territory, lang form.Control }

// Territory chooses the country or a kraj.
func (p *editPage) Territory() form.Control { return p.controls.territory }

// Language chooses the language in which the report is written.
func (p *editPage) Language() form.Control { return p.controls.lang }

// Parts are the long fields of the sections in their order.
func (p *editPage) Parts() (all []form.Control) {
	for _, s := range atlas.ReportSections() {
		all = append(all, p.Long("text."+s))
	}
	return all
}

// create answers an empty form with the years that coverage shows.
func (a *area) create(q *page.Request) error {
	year := a.app.Now().Year()
	return a.showForm(q, http.StatusOK, fill(&atlas.Report{Lang: q.Lang, Territory: "CZ", From: year - 5, To: year - 1}), &atlas.Report{}, 0)
}

func (a *area) edit(q *page.Request) error {
	r, err := a.app.Reader().Report(q.Context(), q.PathValue("id"))
	if err != nil {
		return err
	}
	return a.showForm(q, http.StatusOK, fill(r), r, r.Version)
}

// fill writes a report into a form.
func fill(r *atlas.Report) *typed.Form {
	f := typed.New(nil)
	f.Set("title", r.Title)
	f.Set("lang", r.Lang)
	f.Set("territory", r.Territory)
	f.Set("from", strconv.Itoa(r.From))
	f.Set("to", strconv.Itoa(r.To))
	for _, s := range atlas.ReportSections() {
		f.Set("text."+s, r.Text(s))
	}
	return f
}

// decode reads a form; a year that is no number is a year that no report has.
func decode(f *typed.Form, id string) *atlas.Report {
	r := &atlas.Report{ID: id, Title: f.Text("title"), Lang: f.Get("lang"), Territory: f.Get("territory")}
	r.Version = form.Version(f)
	r.From, _ = strconv.Atoi(f.Text("from"))
	r.To, _ = strconv.Atoi(f.Text("to"))
	for _, s := range atlas.ReportSections() {
		if text := f.Text("text." + s); text != "" {
			r.Texts = append(r.Texts, atlas.ReportText{Section: s, Text: text})
		}
	}
	return r
}

func (a *area) showForm(q *page.Request, status int, f *typed.Form, r *atlas.Report, version int64) error {
	p := &editPage{
		Sheet: form.New(f, "reports", q.Lang, a.site.Words, a.app.Lists(), []string{"title", "territory", "from", "to"}), Version: version,
		URLSave: route.In(q.Lang, route.RegionalReportNew), URLBack: route.In(q.Lang, route.RegionalReports), Published: r.Latest() > 0,
	}
	title := q.T("reports.new")
	if r.ID != "" {
		title = q.T("reports.edit", "title", r.Title)
		p.URLSave, p.URLBack = route.ReportEditing(q.Lang, r.ID), route.ReportOf(q.Lang, r.ID)
	}
	p.Base = q.Base(title)
	p.Nav, p.NoIndex = route.RegionalReports, true
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.RegionalReports), Text: q.T("reports.title")}}
	p.controls = controls{p.Line("territory"), p.Words("lang", "cs", "en")}
	p.controls.territory.Kind = "pick"
	p.controls.territory.Options = append(p.controls.territory.Options, form.Choice{Value: "CZ", Label: q.T("reports.country"), Chosen: f.Get("territory") == "CZ"})
	for _, t := range a.app.Places().Children("CZ", atlas.LevelRegion) {
		p.controls.territory.Options = append(p.controls.territory.Options, form.Choice{Value: t.Code, Label: a.app.Places().Label(t.Code), Chosen: f.Get("territory") == t.Code})
	}
	if status == http.StatusConflict {
		p.Meanwhile = p.differing(fill(r))
	}
	return q.Render(status, "reports/edit", p)
}

// differing are the fields in which what stands is not what was typed.
func (p *editPage) differing(stands *typed.Form) (out []meanwhile) {
	names := []string{"title", "lang", "territory", "from", "to"}
	for _, s := range atlas.ReportSections() {
		names = append(names, "text."+s)
	}
	for _, name := range names {
		if stands.Text(name) != p.Text(name) {
			out = append(out, meanwhile{p.Line(name).Label, stands.Text(name)})
		}
	}
	return out
}

// save writes a report. Where somebody else was faster, every word that was typed
// stays, what stands is shown beside it, and saving again writes over it.
func (a *area) save(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	r := decode(f, q.PathValue("id"))
	stored := &atlas.Report{}
	if r.ID != "" {
		if stored, err = a.app.Reader().Report(q.Context(), r.ID); err != nil {
			return err
		}
	}
	version := r.Version
	err = a.app.SaveReport(q.Context(), q.Viewer, r)
	var invalid *atlas.InvalidError
	var conflict *atlas.ConflictError
	switch {
	case errors.As(err, &invalid):
		for _, p := range invalid.Problems {
			f.Fail(p.Field, p.Key, p.Args)
		}
		return a.showForm(q, http.StatusUnprocessableEntity, f, stored, version)
	case errors.As(err, &conflict):
		if stored, err = a.app.Reader().Report(q.Context(), r.ID); err != nil {
			return err
		}
		return a.showForm(q, http.StatusConflict, f, stored, stored.Version)
	case err != nil:
		return err
	}
	q.Flash(page.FlashSuccess, q.T("reports.saved"))
	return q.Redirect(route.ReportOf(q.Lang, r.ID))
}

// publish freezes what the preview shows as the next edition.
func (a *area) publish(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	r, err := a.app.Reader().Report(q.Context(), q.PathValue("id"))
	if err != nil {
		return err
	}
	d, err := a.compose(q.Context(), r, true)
	if err != nil {
		return err
	}
	content, err := json.Marshal(d)
	if err != nil {
		return err
	}
	n, err := a.app.PublishReport(q.Context(), q.Viewer, r.ID, form.Version(f), atlas.DateOf(d.MadeAt), content)
	if errors.Is(err, atlas.ErrConflict) {
		if n, err := a.alreadyOut(q, r.ID, content); err != nil || n > 0 {
			return err
		}
		q.Flash(page.FlashWarning, q.T("reports.meanwhile"))
		return q.Redirect(route.ReportOf(q.Lang, r.ID))
	}
	if err != nil {
		return err
	}
	q.Flash(page.FlashSuccess, q.T("reports.published", "number", n))
	return q.Redirect(route.EditionOf(q.Lang, r.ID, n))
}

// alreadyOut leads to the newest edition where that is the very same content, as when
// somebody pressed the button twice; 0 where it is not.
func (a *area) alreadyOut(q *page.Request, id string, content []byte) (number int, err error) {
	r, err := a.app.Reader().Report(q.Context(), id)
	if err != nil {
		return 0, err
	}
	n := r.Latest()
	if n == 0 || r.Editions[n-1].Digest != store.Digest(content) {
		return 0, nil
	}
	q.Flash(page.FlashSuccess, q.T("reports.already", "number", n))
	return n, q.Redirect(route.EditionOf(q.Lang, id, n))
}
