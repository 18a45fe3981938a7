// Package lists shows the code lists (číselníky, chapter 5) to people and gives
// them to machines.
package lists

import (
	"bytes"
	"embed"
	"net/http"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/export"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed messages/*.json
var messages embed.FS

type area struct{ site *page.Site }

// New makes the area.
func New(site *page.Site) page.Area {
	a := &area{site}
	return page.Area{
		Name: "lists",
		Routes: []page.Route{
			{Method: http.MethodGet, Pattern: route.Lists, Handle: a.index, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.ListShow, Handle: a.show, Right: atlas.RightRead},
		},
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}

// indexPage names all lists.
type indexPage struct {
	page.Base
	Lists []line
	Items int
}

// line is one list in the index.
type line struct {
	Code, Slug, Name, Source string
	Items                    int
	Version                  int64
}

func (a *area) index(q *page.Request) error {
	p := indexPage{Base: q.Base(q.T("lists.title"))}
	p.Nav, p.Description = route.Lists, q.T("lists.lead")
	for _, l := range a.site.Lists().All() {
		p.Lists = append(p.Lists, line{l.Code, l.Slug, either(q.Lang, l.Cs, l.En), either(q.Lang, l.SourceCs, l.SourceEn), len(l.Items), l.Version})
		p.Items += len(l.Items)
	}
	return q.Render(http.StatusOK, "lists/index", p)
}

// showPage is one list.
type showPage struct {
	page.Base
	List           *atlas.List
	Source         string
	Rows           []row
	Notes, Parents bool // whether any item has one
	Validity       bool
	Other          string // the language of the second column of names
}

// row is one item of a list.
type row struct {
	atlas.Item
	Name, OtherName, Note, Parent string
}

// show answers a list as a page, and under its name with .csv or .json as data.
func (a *area) show(q *page.Request) error {
	slug, format, data := strings.Cut(q.PathValue("slug"), ".")
	l, ok := a.site.Lists().List(slug)
	if !ok {
		return atlas.ErrNotFound
	}
	if data {
		return download(q, l, format)
	}
	p := showPage{List: l, Source: either(q.Lang, l.SourceCs, l.SourceEn), Other: "en"}
	if q.Lang == "en" {
		p.Other = "cs"
	}
	for _, it := range l.Items {
		r := row{Item: it, Name: either(q.Lang, it.Cs, it.En), OtherName: either(p.Other, it.Cs, it.En), Note: either(q.Lang, it.NoteCs, it.NoteEn), Parent: it.Parent}
		p.Notes, p.Parents = p.Notes || r.Note != "", p.Parents || r.Parent != ""
		p.Validity = p.Validity || it.ValidFrom.Known() || it.ValidTo.Known()
		p.Rows = append(p.Rows, r)
	}
	p.Base = q.Base(either(q.Lang, l.Cs, l.En))
	p.Nav = route.Lists
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Lists), Text: q.T("lists.title")}}
	return q.Render(http.StatusOK, "lists/show", p)
}

// either gives the text in the language of the reader, or the other one rather
// than nothing.
func either(lang, cs, en string) string {
	if lang == "en" && en != "" || cs == "" {
		return en
	}
	return cs
}

// columns of the download follow the open formal norm for code lists (OFN
// Číselníky): the list repeats on every line, then its item.
var columns = []string{
	"číselník_kód", "číselník_název_cs", "číselník_název_en", "číselník_verze",
	"číselník_položka_kód", "číselník_položka_název_cs", "číselník_položka_název_en",
	"číselník_položka_popis_cs", "číselník_položka_popis_en", "číselník_položka_pořadí",
	"číselník_položka_platnost_od", "číselník_položka_platnost_do", "číselník_položka_nadřazená",
}

func download(q *page.Request, l *atlas.List, name string) error {
	format, ok := export.ByName(name)
	if !ok {
		return atlas.ErrNotFound
	}
	table := export.Table{Rows: func(yield func([]string, error) bool) {
		for _, it := range l.Items {
			cells := []string{l.Code, l.Cs, l.En, strconv.FormatInt(l.Version, 10), it.Code, it.Cs, it.En, it.NoteCs, it.NoteEn,
				strconv.Itoa(it.Order), it.ValidFrom.String(), it.ValidTo.String(), it.Parent}
			if !yield(cells, nil) {
				return
			}
		}
	}}
	for _, c := range columns {
		table.Columns = append(table.Columns, export.Column{Key: c, Label: c})
	}
	var b bytes.Buffer
	if err := format.Write(&b, table); err != nil {
		return err
	}
	return q.Download(format.MediaType, l.Slug+format.Extension, b.Bytes())
}
