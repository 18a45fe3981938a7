package statistics

import (
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/blob"
	"atlas/internal/importer"
	"atlas/internal/statistics"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// Parameters of the upload form and of the preview's address.
const (
	paramDataset   = "sada"
	paramName      = "jmeno"
	paramURL       = "odkud"
	paramAccessed  = "kdy"
	paramIndicator = "ukazatel"
	paramFile      = "soubor"
)

// asked is what a person says of a file; it travels in the address of the preview.
type asked struct{ Dataset, Name, URL, Accessed, Indicator string }

func askedOf(q *page.Request) asked {
	return asked{q.Param(paramDataset), q.Param(paramName), q.Param(paramURL), q.Param(paramAccessed), q.Param(paramIndicator)}
}

func (s asked) query() string {
	v := url.Values{}
	for name, text := range map[string]string{paramDataset: s.Dataset, paramName: s.Name, paramURL: s.URL, paramAccessed: s.Accessed, paramIndicator: s.Indicator} {
		if text != "" {
			v.Set(name, text)
		}
	}
	return v.Encode()
}

// options reads what was typed; a date that is none is a problem of the form.
func (s asked) options() (app.StatisticsOptions, error) {
	o := app.StatisticsOptions{Dataset: s.Dataset, URL: s.URL, Indicator: s.Indicator}
	if s.Accessed == "" {
		return o, nil
	}
	d, ok := typed.ParseDate(s.Accessed)
	if !ok {
		return o, &atlas.InvalidError{Problems: []atlas.Problem{{Field: "accessed", Key: typed.KeyDate, Args: map[string]any{"value": s.Accessed}}}}
	}
	o.Accessed = d
	return o, nil
}

// uploadPage is the form for a file.
type uploadPage struct {
	page.Base
	Asked    asked
	Sets     []option
	Faults   []fault
	Action   string
	Create   string
	Any      bool // may import of public sources, whose files tell of what they are
	Limit    int
	Template string // columns of own data
}

func (a *area) uploading(q *page.Request) error {
	return a.uploadForm(q, http.StatusOK, askedOf(q), nil)
}

func (a *area) uploadForm(q *page.Request, status int, s asked, faults []fault) error {
	all, err := a.app.Reader().Datasets(q.Context())
	if err != nil {
		return err
	}
	p := &uploadPage{Base: q.Base(q.T("statistics.upload")), Asked: s, Faults: faults, Action: route.In(q.Lang, route.StatisticsUpload),
		Create: route.In(q.Lang, route.StatisticsNew), Any: q.Viewer.May(atlas.RightPublish), Limit: uploadLimit >> 20, Template: strings.Join(statistics.LongColumns(), ";")}
	p.Nav, p.Breadcrumb = route.Statistics, []page.Link{{URL: route.In(q.Lang, route.Statistics), Text: q.T("statistics.title")}}
	for _, d := range all {
		if a.app.MayWriteDataset(q.Viewer, &d.Dataset) {
			p.Sets = append(p.Sets, option{d.Code, d.Dataset.Name(q.Lang), d.Code == s.Dataset})
		}
	}
	return q.Render(status, "statistics/upload", p)
}

// upload keeps the file and goes on to the preview of what it would do.
func (a *area) upload(q *page.Request) error {
	s, sum, err := a.receive(q)
	switch {
	case errors.Is(err, blob.ErrTooLarge):
		return &http.MaxBytesError{Limit: uploadLimit}
	case err != nil:
		return err
	case sum == "":
		return a.uploadForm(q, http.StatusUnprocessableEntity, s, []fault{{"#" + paramFile, q.T("statistics.no_file")}})
	}
	return q.Redirect(route.WithQuery(route.In(q.Lang, route.Fill(route.StatisticsPreview, sum)), s.query()))
}

// receive reads the parts of the form as they come; the file goes to the disk and
// never whole into memory. sum is "" when no file was chosen.
func (a *area) receive(q *page.Request) (s asked, sum string, err error) {
	parts, err := q.MultipartReader()
	if err != nil {
		return s, "", page.ErrBadRequest
	}
	fields := map[string]*string{paramDataset: &s.Dataset, paramURL: &s.URL, paramAccessed: &s.Accessed, paramIndicator: &s.Indicator}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return s, sum, nil
		}
		if err != nil {
			return s, "", brokenOff(err)
		}
		if part.FormName() == paramFile && part.FileName() != "" {
			s.Name = filepath.Base(strings.ReplaceAll(strings.ToValidUTF8(part.FileName(), "\uFFFD"), `\`, "/"))
			if sum, _, err = a.files.Put(part, uploadLimit); err != nil {
				return s, "", brokenOff(err)
			}
			continue
		}
		data, err := io.ReadAll(io.LimitReader(part, 4096))
		if err != nil {
			return s, "", brokenOff(err)
		}
		if to := fields[part.FormName()]; to != nil {
			*to = strings.TrimSpace(strings.ToValidUTF8(string(data), "\uFFFD"))
		}
	}
}

// brokenOff says that a form broke off or cannot be read, unless it is known to be
// too large or the disk is to blame.
func brokenOff(err error) error {
	var large *http.MaxBytesError
	var disk *fs.PathError
	if errors.As(err, &large) || errors.As(err, &disk) || errors.Is(err, blob.ErrTooLarge) {
		return err
	}
	return errors.Join(page.ErrBadRequest, err)
}

// previewPage is what a file would do.
type previewPage struct {
	page.Base
	Plan        *app.StatisticsPlan
	Action      string
	Leave       string
	Set         setLine
	Columns     []string
	Notices     []string
	Groups      []groupLine
	Differences []differenceLine
	Already     *page.Link
	Changes     bool
}

type groupLine struct {
	Count         int
	Column, Words string
	Rows          []int
	Refused       bool
}

type differenceLine struct {
	Place, Category, Was, Is string
	Date                     atlas.Date
}

// open makes the plan of an uploaded file.
func (a *area) open(q *page.Request) (*app.StatisticsPlan, error) {
	sum := q.PathValue("sum")
	if !a.files.Has(sum) {
		return nil, atlas.ErrNotFound
	}
	s := askedOf(q)
	o, err := s.options()
	if err != nil {
		return nil, err
	}
	file, err := a.files.File(sum)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	return a.app.OpenStatistics(q.Context(), q.Viewer, o, app.ImportFile{Name: s.Name, Data: file, Size: info.Size()})
}

// refused shows the form again with the reason, and what was said of the file.
func (a *area) refused(q *page.Request, err error) error {
	var file *importer.FileError
	var invalid *atlas.InvalidError
	switch {
	case errors.As(err, &file):
		return a.uploadForm(q, http.StatusUnprocessableEntity, askedOf(q), []fault{{"#" + paramFile, words(q, file.Key, file.Args)}})
	case errors.As(err, &invalid):
		var all []fault
		for _, p := range invalid.Problems {
			id := paramFile
			if p.Field == "url" {
				id = paramURL
			} else if p.Field == "accessed" {
				id = paramAccessed
			}
			all = append(all, fault{"#" + id, words(q, p.Key, p.Args)})
		}
		return a.uploadForm(q, http.StatusUnprocessableEntity, askedOf(q), all)
	}
	return err
}

// words is a message with its arguments.
func words(q *page.Request, key string, args map[string]any) string {
	var pairs []any
	for name, value := range args {
		pairs = append(pairs, name, value)
	}
	return q.T(key, pairs...)
}

func problemWords(q *page.Request, p atlas.RowProblem) string {
	pairs := []any{"row", p.Row, "column", p.Column, "value", p.Value}
	for name, value := range p.Args {
		pairs = append(pairs, name, value)
	}
	return q.T(p.Key, pairs...)
}

// preview shows what the file would do; nothing is written.
func (a *area) preview(q *page.Request) error {
	plan, err := a.open(q)
	if err != nil {
		return a.refused(q, err)
	}
	defer plan.Close()
	p := &previewPage{Base: q.Base(q.T("statistics.preview", "file", plan.Batch.File)), Plan: plan}
	d, err := a.app.Reader().Dataset(q.Context(), plan.Dataset.Code)
	if err != nil {
		return err
	}
	p.Set = a.line(q, *d)
	p.Nav, p.NoIndex, p.Wide = route.Statistics, true, true
	p.Leave = route.WithQuery(route.In(q.Lang, route.StatisticsUpload), askedOf(q).query())
	if b := plan.AlreadyApplied; b != nil {
		p.Already = &page.Link{URL: route.Import(q.Lang, b.ID), Text: b.ID}
		return q.Render(http.StatusOK, "statistics/preview", p)
	}
	if err := a.app.PreviewStatistics(q.Context(), plan); err != nil {
		return err
	}
	p.fill(a, q)
	p.Action = route.WithQuery(route.In(q.Lang, route.Fill(route.StatisticsPreview, q.PathValue("sum"))), askedOf(q).query())
	return q.Render(http.StatusOK, "statistics/preview", p)
}

func (p *previewPage) fill(a *area, q *page.Request) {
	plan := p.Plan
	p.Changes = plan.Created+plan.Changed > 0
	for _, c := range plan.Columns {
		p.Columns = append(p.Columns, c.Header+" → "+words(q, c.Key, c.Args))
	}
	for _, n := range plan.Report.Notices {
		p.Notices = append(p.Notices, problemWords(q, n))
	}
	p.Groups = groups(q, plan.Report)
	for _, c := range plan.Differences {
		p.Differences = append(p.Differences, differenceLine{a.place(q, c.Territory), a.category(q, c.Category),
			number(q, &plan.Dataset, c.Was), number(q, &plan.Dataset, c.Is), c.Date})
	}
}

func groups(q *page.Request, r *statistics.Report) []groupLine {
	var out []groupLine
	for _, g := range r.Groups {
		line := groupLine{Count: g.Count, Column: g.Column, Words: problemWords(q, g.Examples[0]), Refused: g.Refused}
		for _, e := range g.Examples {
			if !slices.Contains(line.Rows, e.Row) {
				line.Rows = append(line.Rows, e.Row)
			}
		}
		out = append(out, line)
	}
	return out
}

// apply writes the file.
func (a *area) apply(q *page.Request) error {
	plan, err := a.open(q)
	if err != nil {
		return a.refused(q, err)
	}
	defer plan.Close()
	b, err := a.app.ApplyStatistics(q.Context(), q.Viewer, plan)
	if err != nil {
		return a.refused(q, err)
	}
	q.Flash(page.FlashSuccess, q.T("statistics.applied", "batch", b.ID, "created", b.Created, "changed", b.Updated))
	return q.Redirect(route.StatisticsOf(q.Lang, plan.Dataset.Code))
}
