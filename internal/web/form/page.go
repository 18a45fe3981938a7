package form

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"atlas"
	"atlas/internal/i18n"
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

	Short      bool // only what is needed; the whole form is a button away
	MayPublish bool
	MaySend    bool        // to editors
	Correction *Correction // nil of a form that writes the record itself
	// Of who is signed in: under which address what they type is kept, and what
	// they typed before.
	Address string
	Kept    *Kept
}

// Correction is what a form that proposes a correction has besides.
type Correction struct {
	Note     string
	Proposal string // sent again; "" of a new one
}

// Reference names a correction with its version in a form: "N-00001.2"; "" where
// there is none.
func Reference(proposal string, version int64) string {
	if proposal == "" {
		return ""
	}
	return proposal + "." + strconv.FormatInt(version, 10)
}

// ReadReference reads what Reference wrote.
func ReadReference(text string) (proposal string, version int64) {
	proposal, number, _ := strings.Cut(text, ".")
	version, _ = strconv.ParseInt(number, 10, 64)
	return proposal, version
}

// Kept (rozepsané) is what somebody typed into a form and did not send.
type Kept struct {
	At  time.Time
	URL string // of the form with it
}

// Clock is when it was kept, by the clock of Prague.
func (k Kept) Clock() string { return k.At.In(i18n.Prague).Format("15:04") }

// Address is the address of a form without its language: what is typed into it is
// kept under that.
func Address(q *page.Request) string {
	_, path := route.Split(q.URL.Path)
	return path
}

// Resumed reads what was kept of a form.
func Resumed(content string) *typed.Form {
	values, err := url.ParseQuery(content)
	if err != nil {
		values = url.Values{}
	}
	return typed.New(values)
}

// Resuming says that the person asks for what they typed before.
func Resuming(q *page.Request) bool { return q.Param(route.ParamResume) != "" }

// NewKept offers what was kept of the form of a request.
func NewKept(q *page.Request, at time.Time) *Kept {
	values := q.URL.Query()
	values.Set(route.ParamResume, "1")
	return &Kept{At: at, URL: route.WithQuery(q.URL.EscapedPath(), values.Encode())}
}

// Resume is what an opened form shows: f, or what the person typed into it before when
// they ask for that; else that is offered. content, at and err are what reading the
// draft of the form gave, atlas.ErrNotFound where there is none.
func Resume(q *page.Request, f *typed.Form, content string, at time.Time, err error) (*typed.Form, *Kept, error) {
	switch {
	case errors.Is(err, atlas.ErrNotFound):
		return f, nil, nil
	case err != nil:
		return nil, nil, err
	case Resuming(q):
		return Resumed(content), nil, nil
	}
	return f, NewKept(q, at), nil
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
	p.MayPublish = q.Viewer.May(atlas.RightPublish)
	p.MaySend = !p.MayPublish && slices.Contains([]string{"", atlas.RecordDraft, atlas.RecordReturned}, r.Meta.RecordStatus)
	if q.Viewer.SignedIn() {
		p.Address = Address(q)
	}
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
	return q.Redirect(Forget(kind, id, address))
}

// Forget is an address whose page has the browser forget its copy of the form of a
// record that was just saved.
func Forget(kind, id, address string) string {
	return route.WithQuery(address, paramSaved+"="+draftKey(kind, id))
}

// ofCorrection ends the name of the copy of the form of a correction.
const ofCorrection = "-oprava"

// Corrects makes the page that of a correction.
func (p *Page) Corrects() { p.Draft += ofCorrection }

// Proposed says that a correction of a record was sent and leads to its page.
func Proposed(q *page.Request, kind, record, address string) error {
	q.Flash(page.FlashSuccess, q.T("form.correction.sent"))
	return q.Redirect(route.WithQuery(address, paramSaved+"="+draftKey(kind, record)+ofCorrection))
}

// ProposedDraft is the browser's copy of the form of a correction of a record that
// was just sent, for the attribute data-saved; "" when the page is not shown after
// that.
func ProposedDraft(q *page.Request, record string) string {
	if key := q.Param(paramSaved); strings.HasSuffix(key, "-"+record+ofCorrection) {
		return key
	}
	return ""
}

// SavedDraft is the browser's copy of the form of a record that was just saved,
// for the attribute data-saved; "" when the page is not shown after a save.
func SavedDraft(q *page.Request, kind, id string) string {
	if key := q.Param(paramSaved); key == draftKey(kind, "") || key == draftKey(kind, id) {
		return key
	}
	return ""
}
