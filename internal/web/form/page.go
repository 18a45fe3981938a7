package form

import (
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// Page is the page of a form; its template is "edit", which draws the part
// "fields" of the area.
type Page struct {
	page.Base
	Sheet
	URLSave, URLBack string
	Draft            string // under which the browser keeps what is not saved
	Version          int64  // that the person reads
	Published        bool
	Changed          bool // a row came or went, and nothing is saved yet
}

// Record is what a form is about.
type Record struct {
	Kind             string // in the names of drafts: "projekt"
	ID, Name         string // "" of a new record
	Meta             atlas.Meta
	List, New        string // patterns of the section and of the form of a new record
	URLShow, URLEdit string // of a stored record
}

// Page puts the frame of the page around the form of a record.
func (s Sheet) Page(q *page.Request, r Record) Page {
	action := s.Get(FieldAction)
	p := Page{
		Sheet: s, Draft: draftKey(r.Kind, r.ID), Published: r.Meta.Public(), Version: r.Meta.Version,
		Changed: strings.HasPrefix(action, actionAdd) || strings.HasPrefix(action, actionDrop),
	}
	if v := Version(s.Form); v > 0 {
		p.Version = v
	}
	list := page.Link{URL: route.In(q.Lang, r.List), Text: q.T(s.area + ".title")}
	if r.ID == "" {
		p.Base = q.Base(q.T(s.area + ".form.new"))
		p.URLSave, p.URLBack, p.Breadcrumb = route.In(q.Lang, r.New), list.URL, []page.Link{list}
	} else {
		p.Base = q.Base(q.T("form.edit", "name", r.Name))
		p.URLSave, p.URLBack, p.Breadcrumb = r.URLEdit, r.URLShow, []page.Link{list, {URL: r.URLShow, Text: r.Name}}
	}
	p.Nav, p.NoIndex = r.List, true
	return p
}

// Read takes the form of a request.
func Read(q *page.Request) (*typed.Form, error) {
	if err := q.ReadForm(); err != nil {
		return nil, err
	}
	return typed.New(q.PostForm), nil
}

// Version is the version that the person read; 0 where the form says none that
// could be.
func Version(f *typed.Form) int64 {
	v, err := strconv.ParseInt(f.Get(FieldVersion), 10, 64)
	if err != nil {
		return 0
	}
	return v
}

// paramSaved names, on the page after a save, the browser's copy of the form
// that is not needed any more.
const paramSaved = "ulozeno"

// draftKey names the copy of the form that a browser keeps.
func draftKey(kind, id string) string {
	if id == "" {
		return kind + "-novy"
	}
	return kind + "-" + id
}

// Saved says that a record was saved and leads to its page. id is the one that
// the form was opened with, "" of a new record.
func Saved(q *page.Request, kind, id, status, address string) error {
	q.Flash(page.FlashSuccess, q.T("form.saved."+status))
	return q.Redirect(route.WithQuery(address, paramSaved+"="+draftKey(kind, id)))
}

// SavedDraft is the browser's copy of the form of a record that was just saved,
// for the attribute data-saved; "" when the page is not shown after a save.
func SavedDraft(q *page.Request, kind, id string) string {
	if key := q.Param(paramSaved); key == draftKey(kind, "") || key == draftKey(kind, id) {
		return key
	}
	return ""
}
