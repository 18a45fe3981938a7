package statistics

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/blob"
	"atlas/internal/i18n"
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
type asked struct {
	Dataset, Name, URL, Accessed, Indicator string
	Layout                                  string   // of columns that a person named; "" = by the file
	Columns                                 []string // see paramColumn
}

func askedOf(q *page.Request) asked {
	s := asked{Dataset: q.Param(paramDataset), Name: q.Param(paramName), URL: q.Param(paramURL), Accessed: q.Param(paramAccessed), Indicator: q.Param(paramIndicator)}
	if l := q.Param(paramLayout); slices.Contains(statistics.MappedLayouts(), l) {
		s.Layout = l
	}
	for _, c := range q.URL.Query()[paramColumn] {
		s.Columns = append(s.Columns, strings.ToValidUTF8(c, ""))
	}
	return s
}

func (s asked) query() string {
	v := url.Values{}
	for name, text := range map[string]string{paramDataset: s.Dataset, paramName: s.Name, paramURL: s.URL, paramAccessed: s.Accessed, paramIndicator: s.Indicator, paramLayout: s.Layout} {
		if text != "" {
			v.Set(name, text)
		}
	}
	if len(s.Columns) > 0 {
		v[paramColumn] = s.Columns
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
	p := &uploadPage{Base: q.Base(q.T("statistics.upload")), Asked: s, Faults: faults, Action: route.In(q.Lang, route.StatisticsUpload),
		Create: route.In(q.Lang, route.StatisticsNew), Limit: uploadLimit >> 20, Template: strings.Join(statistics.LongColumns(), ";")}
	p.Nav, p.Breadcrumb = route.Statistics, []page.Link{{URL: route.In(q.Lang, route.Statistics), Text: q.T("statistics.title")}}
	var err error
	if p.Sets, p.Any, err = a.writable(q, s.Dataset); err != nil {
		return err
	}
	return q.Render(status, "statistics/upload", p)
}

// writable are the data sets that the viewer may write, and whether a file itself
// may tell which.
func (a *area) writable(q *page.Request, chosen string) (sets []option, any bool, err error) {
	all, err := a.app.Reader().Datasets(q.Context())
	for _, d := range all {
		if a.app.MayWriteDataset(q.Viewer, &d.Dataset) {
			sets = append(sets, option{d.Code, d.Dataset.Name(q.Lang), d.Code == chosen})
		}
	}
	return sets, q.Viewer.May(atlas.RightPublish), err
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
	Form        *columnsForm // of a layout whose columns a person may choose
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

// patience is how long a page waits for work before it shows progress instead, and
// usualWait how long the press of the button waits for a plan that has to be made
// again.
const (
	patience  = 700 * time.Millisecond
	usualWait = 20 * time.Second
)

// job finds or starts the work on an uploaded file: each viewer and each choice has
// its own.
func (a *area) job(q *page.Request) (*job, string, error) {
	sum, s := q.PathValue("sum"), askedOf(q)
	if !a.files.Has(sum) {
		return nil, "", atlas.ErrNotFound
	}
	o, err := s.options()
	if err != nil {
		return nil, "", err
	}
	viewer := q.Viewer
	key := viewer.Account + " " + viewer.Name + " " + sum + "?" + s.query()
	return a.jobs.get(key, func(j *job) {
		var plan *app.StatisticsPlan
		o.Progress = j.tell
		j.work(reading, ready, func() (err error) { plan, err = a.prepare(viewer, sum, s, o); return err }, func(now *standing) { now.Plan = plan })
	}), key, nil
}

// prepare makes the plan of an uploaded file and says what it would do.
func (a *area) prepare(v atlas.Viewer, sum string, s asked, o app.StatisticsOptions) (*app.StatisticsPlan, error) {
	file, err := a.files.File(sum)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	ctx, f := context.Background(), app.ImportFile{Name: s.Name, Data: file, Size: info.Size()}
	if len(s.Columns) > 0 {
		sheet, err := a.app.LookAtStatistics(ctx, v, s.Dataset, f)
		if err != nil {
			return nil, err
		}
		o.Mapping = s.mapping(sheet)
	}
	plan, err := a.app.OpenStatistics(ctx, v, o, f)
	if err != nil || plan.AlreadyApplied != nil {
		return plan, err
	}
	if err := a.app.PreviewStatistics(ctx, plan); err != nil {
		plan.Close()
		return nil, err
	}
	return plan, nil
}

// refused shows the form again with the reason, and what was said of the file.
func (a *area) refused(q *page.Request, err error) error {
	var file *importer.FileError
	var invalid *atlas.InvalidError
	switch {
	case errors.As(err, &file) && columnsMatter(file.Key, askedOf(q)):
		return a.askColumns(q, file)
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

// preview shows what the file would do, or how far the work is.
func (a *area) preview(q *page.Request) error {
	j, key, err := a.job(q)
	if err != nil {
		return a.refused(q, err)
	}
	now := j.wait(q.Context(), reading, patience)
	if now.Step == applying {
		now = j.wait(q.Context(), applying, patience)
	}
	switch now.Step {
	case reading, applying:
		return a.progress(q, now)
	case failed:
		a.jobs.forget(key)
		return a.refused(q, now.Err)
	case applied:
		a.jobs.forget(key)
		q.Flash(page.FlashSuccess, q.T("statistics.applied", "batch", now.Batch.ID, "created", now.Batch.Created, "changed", now.Batch.Updated))
		return q.Redirect(route.StatisticsOf(q.Lang, now.Plan.Dataset.Code))
	}
	if now.Plan.AlreadyApplied != nil {
		a.jobs.forget(key) // it may be taken back
	}
	return a.plan(q, now.Plan)
}

// progressPage says how far the work is; the browser asks again by itself.
type progressPage struct {
	page.Base
	standing
	Words string
}

func (a *area) progress(q *page.Request, now standing) error {
	p := progressPage{Base: q.Base(q.T("statistics." + now.Step)), standing: now, Words: q.T("statistics.progress.unknown")}
	if now.Total > 0 && now.Step == reading {
		p.Words = q.T("statistics.progress", "done", i18n.Number(q.Lang, int64(now.Done)), "total", i18n.Number(q.Lang, int64(now.Total)))
	}
	p.Nav, p.NoIndex = route.Statistics, true
	q.W.Header().Set("Refresh", "1")
	q.W.Header().Set("Cache-Control", "no-store")
	return q.Render(http.StatusOK, "statistics/progress", p)
}

// plan shows a plan.
func (a *area) plan(q *page.Request, plan *app.StatisticsPlan) error {
	p := &previewPage{Base: q.Base(q.T("statistics.preview", "file", plan.Batch.File)), Plan: plan}
	d, err := a.app.Reader().Dataset(q.Context(), plan.Dataset.Code)
	if err != nil {
		return err
	}
	s := askedOf(q)
	p.Set = a.line(q, *d)
	p.Nav, p.NoIndex, p.Wide = route.Statistics, true, true
	p.Leave = route.WithQuery(route.In(q.Lang, route.StatisticsUpload), asked{Dataset: s.Dataset, URL: s.URL, Accessed: s.Accessed, Indicator: s.Indicator}.query())
	if b := plan.AlreadyApplied; b != nil {
		p.Already = &page.Link{URL: route.Import(q.Lang, b.ID), Text: b.ID}
		return q.Render(http.StatusOK, "statistics/preview", p)
	}
	p.fill(a, q)
	p.Action = route.WithQuery(route.In(q.Lang, route.Fill(route.StatisticsPreview, q.PathValue("sum"))), s.query())
	if slices.Contains(statistics.MappedLayouts(), plan.Layout) {
		sheet, err := a.sheet(q, s, q.Viewer)
		if err != nil {
			return err
		}
		m := plan.Mapping
		if m == nil {
			m = sheet.Propose(plan.Layout)
		}
		if p.Form, err = a.columnsForm(q, s, sheet, m); err != nil {
			return err
		}
		p.Form.Remembered = plan.Remembered
	}
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

// apply begins the writing; two clicks begin it once.
func (a *area) apply(q *page.Request) error {
	j, key, err := a.job(q)
	if err != nil {
		return a.refused(q, err)
	}
	if now := j.wait(q.Context(), reading, usualWait); now.Step == failed {
		a.jobs.forget(key)
		return a.refused(q, now.Err)
	}
	viewer := q.Viewer
	if j.move(ready, func(now *standing) { now.Step = applying }) {
		go j.work(applying, applied, func() error {
			batch, err := a.app.ApplyStatistics(context.Background(), viewer, j.look().Plan)
			if err == nil {
				j.move(applying, func(now *standing) { now.Batch = batch })
			}
			return err
		}, func(*standing) {})
	}
	return q.Redirect(route.WithQuery(route.In(q.Lang, route.Fill(route.StatisticsPreview, q.PathValue("sum"))), askedOf(q).query()))
}
