package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/document"
	"atlas/internal/i18n"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// listPage is the list of reports.
type listPage struct {
	page.Base
	Rows     []line
	URLNew   string
	MayWrite bool
}

// line is one report in the list.
type line struct {
	Title, URL, Place, Years, Edition string
	Lang                              string
	Draft                             bool
}

func (a *area) list(q *page.Request) error {
	p := &listPage{Base: q.Base(q.T("reports.title")), URLNew: route.In(q.Lang, route.RegionalReportNew), MayWrite: q.May(atlas.RightPublish, atlas.Subject{})}
	p.Nav = route.RegionalReports
	err := a.app.Reader().EachReport(q.Context(), func(r *atlas.Report) error {
		if !q.May(atlas.RightRead, r.Subject()) {
			return nil
		}
		l := line{Title: r.Title, URL: route.ReportOf(q.Lang, r.ID), Lang: r.Lang, Draft: !r.Public()}
		l.Place, l.Years = a.about(q.Lang, r)
		if n := r.Latest(); n > 0 {
			l.Edition = q.T("reports.edition", "number", n, "date", i18n.Date(q.Lang, r.Editions[n-1].AsOf))
		}
		p.Rows = append(p.Rows, l)
		return nil
	})
	if err != nil {
		return err
	}
	slices.Reverse(p.Rows) // the newest first
	return q.Render(http.StatusOK, "reports/list", p)
}

// about says of which territory and years a report is.
func (a *area) about(lang string, r *atlas.Report) (place, years string) {
	c := composer{app: a.app, words: a.site.Words, report: &atlas.Report{Lang: lang, Territory: r.Territory, From: r.From, To: r.To}}
	return c.place(), c.years()
}

// showPage is a report: an edition of it, or what would be published now.
type showPage struct {
	page.Base
	R            *atlas.Report
	Number       int // of the edition shown; 0 = what would be published now
	AsOf         string
	Newer        string // address of the newest edition where another is shown
	Place, Years string
	Subject      string
	Body         template.HTML
	Files        []file
	Editions     []edition
	MayWrite     bool
	URLEdit      string
	URLPublish   string
	URLPreview   string
	URLHistory   string // for those who write; the history of readers are the editions
}

type file struct{ Label, URL string }

type edition struct {
	Number  int
	Date    string
	URL     string
	Digest  string
	Current bool
}

// show answers a report: to readers its newest edition, to editors what they would
// publish.
func (a *area) show(q *page.Request) error {
	r, err := a.read(q)
	if err != nil {
		return err
	}
	if !q.May(atlas.RightPublish, atlas.Subject{}) {
		if r.Latest() == 0 {
			return atlas.ErrNotFound
		}
		return a.answer(q, r, r.Latest())
	}
	return a.answer(q, r, 0)
}

// edition answers one edition at its lasting address.
func (a *area) edition(q *page.Request) error {
	r, err := a.read(q)
	if err != nil {
		return err
	}
	n, err := number(q, r)
	if err != nil {
		return err
	}
	return a.answer(q, r, n)
}

// read reads a report that the viewer may see.
func (a *area) read(q *page.Request) (*atlas.Report, error) {
	r, err := a.app.Reader().Report(q.Context(), q.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !q.May(atlas.RightRead, r.Subject()) {
		return nil, atlas.ErrNotFound
	}
	return r, nil
}

// number is the edition that the address names.
func number(q *page.Request, r *atlas.Report) (int, error) {
	n, err := strconv.Atoi(q.PathValue("vydani"))
	if err != nil || n < 1 || n > r.Latest() || strconv.Itoa(n) != q.PathValue("vydani") {
		return 0, fmt.Errorf("edition of %s: %w", r.ID, atlas.ErrNotFound)
	}
	return n, nil
}

// document reads an edition; 0 is what would be published now.
func (a *area) document(q *page.Request, r *atlas.Report, n int) (*document.Document, error) {
	if n == 0 {
		return a.compose(q.Context(), r, false)
	}
	content, err := a.app.Reader().EditionContent(q.Context(), r.ID, n)
	if err != nil {
		return nil, err
	}
	var d document.Document
	return &d, json.Unmarshal(content, &d)
}

func (a *area) answer(q *page.Request, r *atlas.Report, n int) error {
	d, err := a.document(q, r, n)
	if err != nil {
		return err
	}
	p := &showPage{
		Base: q.Base(d.Title), R: r, Number: n, AsOf: d.AsOf, Subject: d.Subject, Body: template.HTML(document.HTML(d)), //nolint:gosec // every text in it is escaped
		MayWrite: q.May(atlas.RightPublish, atlas.Subject{}), URLEdit: route.ReportEditing(q.Lang, r.ID), URLPublish: route.ReportPublishing(q.Lang, r.ID),
		URLPreview: route.ReportOf(q.Lang, r.ID),
	}
	p.Nav, p.NoIndex, p.Query = route.RegionalReports, n == 0, nil
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.RegionalReports), Text: q.T("reports.title")}}
	p.Place, p.Years = a.about(q.Lang, r)
	for i := range slices.Backward(r.Editions) {
		e := r.Editions[i]
		p.Editions = append(p.Editions, edition{e.Number, i18n.Date(q.Lang, e.AsOf), route.EditionOf(q.Lang, r.ID, e.Number), e.Digest, e.Number == n})
	}
	for _, f := range formats {
		label, address := q.T("reports.file."+f.extension), route.EditionFile(q.Lang, r.ID, n, fileName+f.extension)
		if n == 0 {
			label, address = q.T("reports.draft_file."+f.extension), route.ReportDraft(q.Lang, r.ID, draftName+f.extension)
		}
		p.Files = append(p.Files, file{label, address})
	}
	if n > 0 && n < r.Latest() {
		p.Newer = route.EditionOf(q.Lang, r.ID, r.Latest())
	}
	if p.MayWrite {
		p.URLHistory = route.ReportHistories().Of(q.Lang, r.ID)
	}
	return q.Render(http.StatusOK, "reports/show", p)
}

// fileName and draftName begin the names of files of an edition and of what would be
// published now.
const (
	fileName  = "zprava."
	draftName = "navrh."
)

// formats are the files that an edition is written as.
var formats = []struct {
	extension, mediaType string
	write                func(io.Writer, *document.Document) error
}{
	{"pdf", "application/pdf", document.WritePDF},
	{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", document.WriteDOCX},
}

// file answers an edition as a file. The same edition is always the same bytes.
func (a *area) file(q *page.Request) error {
	r, err := a.read(q)
	if err != nil {
		return err
	}
	n, err := number(q, r)
	if err != nil {
		return err
	}
	return a.send(q, fileName, fmt.Sprintf("zprava-%s-%d", r.ID, n), func() (*document.Document, error) { return a.document(q, r, n) })
}

// draft answers what would be published now as a file, marked so that nobody takes it
// for an edition.
func (a *area) draft(q *page.Request) error {
	r, err := a.read(q)
	if err != nil {
		return err
	}
	return a.send(q, draftName, "navrh-"+r.ID, func() (*document.Document, error) {
		d, err := a.compose(q.Context(), r, true)
		if err != nil {
			return nil, err
		}
		T := func(key string, args ...any) string { return a.site.Words.T(r.Lang, key, args...) }
		d.Title = T("reports.draft_title", "title", d.Title)
		d.Foot = T("reports.draft_foot") + " – " + d.Foot
		d.Blocks = append([]document.Block{document.Text(document.Span{Text: T("reports.draft_note"), Strong: true})}, d.Blocks...)
		return d, nil
	})
}

// send answers a document as the file that the address names: begin, then one of the
// extensions.
func (a *area) send(q *page.Request, begin, name string, document func() (*document.Document, error)) error {
	extension, ok := strings.CutPrefix(q.PathValue("soubor"), begin)
	for _, f := range formats {
		if !ok || f.extension != extension {
			continue
		}
		d, err := document()
		if err != nil {
			return err
		}
		var body bytes.Buffer
		if err := f.write(&body, d); err != nil {
			return err
		}
		return q.Download(f.mediaType, name+"."+f.extension, body.Bytes())
	}
	return fmt.Errorf("file %q: %w", q.PathValue("soubor"), atlas.ErrNotFound)
}
