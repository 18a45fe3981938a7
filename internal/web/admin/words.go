package admin

import (
	"net/http"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// spellingsPage is the form of all spellings of names.
type spellingsPage struct {
	page.Base
	form.Sheet
	Version int64
	URLSave string
	Groups  int
}

// spellings answers the spellings of names: a group a line.
func (a *area) spellings(q *page.Request) error {
	s, err := a.app.Reader().Spellings(q.Context())
	if err != nil {
		return err
	}
	f := typed.New(nil)
	var lines []string
	for _, g := range s.Groups {
		lines = append(lines, strings.Join(g, " | "))
	}
	f.Set("groups", strings.Join(lines, "\n"))
	return a.renderSpellings(q, http.StatusOK, f, s.Version)
}

func (a *area) renderSpellings(q *page.Request, status int, f *typed.Form, version int64) error {
	return q.Render(status, "admin/spellings", &spellingsPage{
		Base: frame(q, q.T("admin.spellings")), Sheet: a.sheet(q, f, "groups"), Version: version,
		URLSave: route.In(q.Lang, route.AdminSpellings), Groups: len(f.Lines("groups")),
	})
}

func (a *area) saveSpellings(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	s := atlas.Spellings{Version: form.Version(f)}
	for _, l := range f.Lines("groups") {
		var group []string
		for _, spelling := range strings.Split(l, "|") {
			if spelling = strings.Join(strings.Fields(spelling), " "); spelling != "" {
				group = append(group, spelling)
			}
		}
		s.Groups = append(s.Groups, group)
	}
	err = a.app.SaveSpellings(q.Context(), q.Viewer, s)
	if failed(f, err) {
		return a.renderSpellings(q, http.StatusUnprocessableEntity, f, s.Version)
	}
	return a.after(q, err, "spellings_saved", route.In(q.Lang, route.AdminSpellings))
}

// textsPage names the texts of pages.
type textsPage struct {
	page.Base
	Texts []textLine
}

type textLine struct {
	Code, URL, Where string
	Cs, En           bool // written by the operator
	Version          int64
}

func (a *area) texts(q *page.Request) error {
	p := &textsPage{Base: frame(q, q.T("admin.texts"))}
	for _, code := range append(app.Texts(), a.app.ChartTexts()...) {
		t := a.app.Text(code)
		p.Texts = append(p.Texts, textLine{code, route.AdminTextOf(q.Lang, code), textName(q, code), t.Cs != "", t.En != "", t.Version})
	}
	return q.Render(http.StatusOK, "admin/texts", p)
}

// textPage is the form of a text of a page.
type textPage struct {
	page.Base
	form.Sheet
	Version              int64
	URLSave, URLBack     string
	ShippedCs, ShippedEn []page.Paragraph
	PreviewCs, PreviewEn []page.Paragraph
	Preview              bool
}

// text answers the form of a text.
func (a *area) text(q *page.Request) error {
	code := q.PathValue("code")
	t := a.app.Text(code)
	f := typed.New(nil)
	f.Set("cs", t.Cs)
	f.Set("en", t.En)
	return a.renderText(q, http.StatusOK, code, f, t.Version)
}

func (a *area) renderText(q *page.Request, status int, code string, f *typed.Form, version int64) error {
	if !app.KnownText(code) {
		return atlas.ErrNotFound
	}
	shipped := func(lang string) []page.Paragraph {
		if key := page.TextKey(code); key != "" {
			return page.Prose(a.site.Words.T(lang, key))
		}
		return nil
	}
	p := &textPage{
		Base:  frame(q, textName(q, code), page.Link{URL: route.In(q.Lang, route.AdminTexts), Text: q.T("admin.texts")}),
		Sheet: a.sheet(q, f), Version: version, URLSave: route.AdminTextOf(q.Lang, code), URLBack: route.In(q.Lang, route.AdminTexts),
		ShippedCs: shipped("cs"), ShippedEn: shipped("en"), PreviewCs: page.Prose(f.Get("cs")), PreviewEn: page.Prose(f.Get("en")),
		Preview: f.Get(form.FieldAction) == "nahled",
	}
	return q.Render(status, "admin/text", p)
}

// textName says where a text stands.
func textName(q *page.Request, code string) string {
	if address := app.ChartOfText(code); address != "" {
		return q.T("admin.text_chart", "address", address)
	}
	return q.T("admin.text." + code)
}

// saveText writes a text, or shows how it would look.
func (a *area) saveText(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	code, version := q.PathValue("code"), form.Version(f)
	if f.Get(form.FieldAction) == "nahled" {
		return a.renderText(q, http.StatusOK, code, f, version)
	}
	err = a.app.SaveText(q.Context(), q.Viewer, atlas.PageText{Code: code, Cs: f.Get("cs"), En: f.Get("en"), Version: version})
	if failed(f, err) {
		return a.renderText(q, http.StatusUnprocessableEntity, code, f, version)
	}
	return a.after(q, err, "text_saved", route.In(q.Lang, route.AdminTexts))
}

// territoriesPage says where territories come from.
type territoriesPage struct {
	page.Base
	Sources []territorySource
}

type territorySource struct {
	Level, Source string
	N             int64
}

func (a *area) territories(q *page.Request) error {
	p := &territoriesPage{Base: frame(q, q.T("admin.territories"))}
	all, err := a.app.Reader().TerritorySources(q.Context())
	for _, s := range all {
		p.Sources = append(p.Sources, territorySource{q.T("admin.level." + string(s.Level)), s.Source, s.Count})
	}
	if err != nil {
		return err
	}
	return q.Render(http.StatusOK, "admin/territories", p)
}
