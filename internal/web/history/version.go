package history

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// versionPage is a record as it was at one version, whole.
type versionPage struct {
	page.Base
	Name, ID             string
	Number               int64
	Newest               int64 // 0 when the reader is not told
	When, What           string
	Author               author
	Facts                []fact
	Sample               bool
	URLRecord, URLList   string
	URLBefore, URLNow    string // comparisons, "" where there are none
	Action               string // where it is restored, "" for those who may not
	Problems             []string
	Why, TypedWhy        string   // why the version was made; what was typed into the form
	Raw                  []rawRow // of the file that it came from, for staff
	AsOf, Notice         string
	Address, Accessed    string // of a citation
	Entry, Hash          string
	PreviousURL, NextURL string
}

// fact is a field of which something is known.
type fact struct {
	Label string
	Lines []string
}

// rawRow is a row of an imported file word for word.
type rawRow struct {
	Row   int
	Cells []cell
}

type cell struct{ Name, Value string }

// facts are all fields of a record of which something is known.
func (t teller) facts(record any) []fact {
	var out []fact
	for _, c := range app.Compare(blank(record), record) {
		if lines := t.lines(c.Key, c.After); len(lines) > 0 { // a currency without an amount says nothing
			out = append(out, fact{t.label(c.Key), lines})
		}
	}
	return out
}

// showVersion answers one version of a record with what was wrong with restoring
// it.
func (a *area) showVersion(q *page.Request, r *record, version string, status int, problems []string) error {
	e, err := r.edition(version)
	if err != nil {
		return err
	}
	t := a.teller(q.Lang, r.kind)
	p := &versionPage{
		Base: r.base(q, q.T("history.version.title", "version", strconv.FormatInt(e.Version, 10)), r.history(q)), Name: app.TitleOf(e.Record, q.Lang), ID: r.id,
		Number: e.Version, Newest: r.newest(), When: moment(q.Lang, e.At), Facts: t.facts(e.Record), Sample: app.MetaOf(e.Record).Sample,
		URLRecord: r.Record(q.Lang, r.id), URLList: r.Of(q.Lang, r.id), Problems: problems,
		Why: e.Why, TypedWhy: q.PostForm.Get(fieldWhy),
	}
	before := r.before(e)
	if p.What = t.what(e, before); before != nil {
		p.URLBefore, p.PreviousURL = r.Comparing(q.Lang, r.id, before.Version, e.Version), r.At(q.Lang, r.id, before.Version)
	}
	if e.Version != r.newest() {
		p.URLNow = r.Comparing(q.Lang, r.id, e.Version, r.newest())
		at := slices.IndexFunc(r.editions, func(other app.Edition) bool { return other.Version == e.Version })
		p.NextURL = r.At(q.Lang, r.id, r.editions[at-1].Version)
		if r.may {
			p.Action = r.Of(q.Lang, r.id)
		}
	}
	if p.Author, err = a.signatures(q).of(e); err != nil {
		return err
	}
	if isBatch(e.Origin) && q.Viewer.May(atlas.RightPublish) {
		if p.Raw, err = a.raw(q, r.id, e.Origin); err != nil {
			return err
		}
	}
	return q.Render(status, "history/version", p)
}

// raw reads the rows of a file that a record came from.
func (a *area) raw(q *page.Request, id, batch string) ([]rawRow, error) {
	rows, err := a.app.Reader().BatchRowsOf(q.Context(), id)
	var out []rawRow
	for _, row := range rows {
		if row.BatchID != batch {
			continue
		}
		raw := rawRow{Row: row.Row}
		for name, value := range row.Raw {
			raw.Cells = append(raw.Cells, cell{name, value})
		}
		slices.SortFunc(raw.Cells, func(a, b cell) int { return strings.Compare(a.Name, b.Name) })
		out = append(out, raw)
	}
	return out, err
}

// asOf answers a record as it stood on a day: the published version of then, the
// same for everybody, so that it can be cited.
func (a *area) asOf(q *page.Request, k kind) error {
	first, last, err := a.app.Days(q.Context())
	if err != nil {
		return err
	}
	id := q.PathValue("id")
	day, ok := page.Day(q.PathValue("den"))
	if problem := a.noDay(q, day, ok, first, last); problem != "" {
		return a.nothing(q, k, id, problem)
	}
	if q.PathValue("den") != day.String() {
		return atlas.ErrNotFound // one address for one page
	}
	e, err := a.app.EditionAt(q.Context(), atlas.Viewer{Lang: q.Lang}, k.name, id, a.app.EndOf(day))
	if errors.Is(err, atlas.ErrNotFound) {
		return a.nothing(q, k, id, q.T("history.as_of.not_there", "id", id, "day", i18n.Date(q.Lang, day)))
	}
	if err != nil {
		return err
	}
	return a.showAsOf(q, k, e, day, day == last)
}

func (a *area) showAsOf(q *page.Request, k kind, e *app.Edition, day atlas.Date, unended bool) error {
	if into := app.MetaOf(e.Record).MergedInto; into != "" {
		return q.Redirect(route.In(q.Lang, route.At(day.String(), route.Fill(k.Show, into))))
	}
	t := a.teller(q.Lang, k)
	name := app.TitleOf(e.Record, q.Lang)
	p := &versionPage{
		Base: q.Base(name + " – " + q.T("history.as_of", "day", i18n.Date(q.Lang, day))), Name: name, ID: e.ID, Number: e.Version,
		When: moment(q.Lang, e.At), Facts: t.facts(e.Record), Sample: app.MetaOf(e.Record).Sample, URLRecord: k.Record(q.Lang, e.ID),
		AsOf: q.T("history.as_of", "day", i18n.Date(q.Lang, day)), Accessed: i18n.Day(q.Lang, a.app.Now()),
		Address: q.Origin() + route.In(q.Lang, route.At(day.String(), route.Fill(k.Show, e.ID))),
	}
	p.Nav, p.NoIndex, p.Query = k.list, true, nil
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, k.list), Text: q.T(k.area + ".title")}}
	if unended {
		p.Notice = q.T("history.as_of.present")
	}
	var err error
	if p.Entry, p.Hash, err = a.proof(q, day); err != nil {
		return err
	}
	return q.Render(http.StatusOK, "history/version", p)
}

// hashShown is how much of the hash of an entry a citation gives.
const hashShown = 16

// proof is the number and the hash of the last entry of the log that is of a day;
// "" where the log begins later.
func (a *area) proof(q *page.Request, day atlas.Date) (entry, hash string, err error) {
	e, err := a.app.Reader().LastAudit(q.Context(), a.app.EndOf(day))
	if errors.Is(err, atlas.ErrNotFound) {
		return "", "", nil
	}
	if err != nil {
		return "", "", err
	}
	return strconv.FormatInt(e.Seq, 10), e.Hash[:hashShown], nil
}

// noDay says why there is nothing as of a day; "" when there may be.
func (a *area) noDay(q *page.Request, day atlas.Date, ok bool, first, last atlas.Date) string {
	switch {
	case !ok:
		return q.T("history.no_day.wrong", "value", q.PathValue("den"))
	case !first.Known():
		return q.T("history.no_day.empty")
	case day.Compare(last) > 0:
		return q.T("history.no_day.future", "day", i18n.Date(q.Lang, day), "last", i18n.Date(q.Lang, last))
	case day.Compare(first) < 0:
		return q.T("history.no_day.before", "day", i18n.Date(q.Lang, day), "first", i18n.Date(q.Lang, first))
	}
	return ""
}

// nothingPage says why a record cannot be shown as of a day.
type nothingPage struct {
	page.Base
	Problem, Action, URLRecord string
}

func (a *area) nothing(q *page.Request, k kind, id, problem string) error {
	p := &nothingPage{Base: q.Base(q.T("history.no_day.title")), Problem: problem, URLRecord: k.Record(q.Lang, id)}
	p.Nav, p.NoIndex, p.Action = k.list, true, p.URLRecord
	return q.Render(http.StatusNotFound, "history/nothing", p)
}
