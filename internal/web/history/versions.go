package history

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/web/page"
	"atlas/internal/web/pager"
	"atlas/internal/web/route"
)

// versionsPage is the history of a record.
type versionsPage struct {
	page.Base
	Name, ID   string
	Rows       []versionRow
	Choices    []choice
	Pager      pager.Pager
	MergedInto string // where a merged record lives on
	URLRecord  string
	URLDay     string // where the record as of a day is asked for; "" where it is not
	URLCompare string
	URLMerged  string
	Staff      bool
	From, To   int64 // chosen for comparing
}

// versionRow is one version.
type versionRow struct {
	Number    int64
	When      string
	Author    author
	What      string // in a few words
	Why       string
	Rows      string // of the file that it came from
	Newest    bool
	URL       string
	URLBefore string // compared with the version before, "" of the first
}

// choice is a version that can be chosen for comparing.
type choice struct {
	Number int64
	Label  string
}

// paramVersion asks for one version.
const paramVersion = "verze"

// pageSize is how many versions a page shows.
const pageSize = 50

// versions answers the history of a record, or one version of it.
func (a *area) versions(q *page.Request, k kind) error {
	r, err := a.open(q, k)
	if err != nil {
		return err
	}
	if version := q.Param(paramVersion); version != "" {
		return a.showVersion(q, r, version, http.StatusOK, nil)
	}
	p := &versionsPage{Base: r.base(q, q.T("history.title")), Name: app.TitleOf(r.editions[0].Record, q.Lang), ID: r.id,
		URLRecord: r.Record(q.Lang, r.id), URLCompare: route.In(q.Lang, route.Fill(r.Compare, r.id)), Staff: q.Viewer.May(atlas.RightPublish)}
	p.Pager = pager.New(len(r.editions), pager.Number(q.Param("strana")), pageSize, func(n int) string {
		return route.WithQuery(r.Of(q.Lang, r.id), "strana="+strconv.Itoa(n))
	})
	p.choices(r)
	if k.asOfPattern != "" {
		p.URLDay = p.URLRecord
	}
	if into := app.MetaOf(r.editions[0].Record).MergedInto; into != "" {
		p.MergedInto, p.URLMerged = into, r.Record(q.Lang, into)
	}
	t, by := a.teller(q.Lang, k), a.signatures(q)
	rows, err := a.app.Reader().BatchRowsOf(q.Context(), r.id)
	if err != nil {
		return err
	}
	shown := pager.Of(p.Pager, r.editions)
	for i := range shown {
		row, err := t.version(r, &shown[i], by)
		if err != nil {
			return err
		}
		row.Rows = t.rowsOf(rows, shown[i].Origin)
		p.Rows = append(p.Rows, row)
	}
	return q.Render(http.StatusOK, "history/versions", p)
}

func (p *versionsPage) choices(r *record) {
	for _, e := range r.editions {
		p.Choices = append(p.Choices, choice{e.Version, p.Site.Words.T(p.Lang, "history.choice", "version", strconv.FormatInt(e.Version, 10), "when", i18n.Day(p.Lang, e.At))})
	}
	p.To = r.newest()
	if before := r.before(&r.editions[0]); before != nil {
		p.From = before.Version
	}
}

func (t teller) version(r *record, e *app.Edition, by *signatures) (versionRow, error) {
	row := versionRow{Number: e.Version, When: moment(t.lang, e.At), Newest: e.Version == r.newest(), Why: e.Why, URL: r.At(t.lang, r.id, e.Version)}
	before := r.before(e)
	if before != nil {
		row.URLBefore = r.Comparing(t.lang, r.id, before.Version, e.Version)
	}
	row.What = t.what(e, before)
	var err error
	row.Author, err = by.of(e)
	return row, err
}

// mostNamed is how many changed fields a few words name.
const mostNamed = 4

// what says in a few words what a version changed.
func (t teller) what(e, before *app.Edition) string {
	var out []string
	switch e.Action {
	case atlas.ActionMerge:
		out = append(out, t.T("history.what.merge", "id", e.Origin))
	case atlas.ActionUndo:
		out = append(out, t.T("history.what.undo", "id", e.Origin))
	case atlas.ActionRestore:
		out = append(out, t.T("history.what.restore", "version", e.Restored()))
	case atlas.ActionCreate:
		out = append(out, t.T("history.what.create"))
	}
	if before == nil {
		if len(out) == 0 {
			out = append(out, t.T("history.what.first"))
		}
		return strings.Join(out, "; ")
	}
	var fields []string
	for _, c := range app.Compare(before.Record, e.Record) {
		fields = append(fields, t.label(c.Key))
	}
	switch n := len(fields); {
	case n == 0:
		out = append(out, t.T("history.what.nothing"))
	case n > mostNamed:
		out = append(out, t.T("history.what.fields_more", "fields", strings.Join(fields[:mostNamed], ", "), "n", n-mostNamed))
	default:
		out = append(out, t.T("history.what.fields", "fields", strings.Join(fields, ", ")))
	}
	return strings.Join(out, "; ")
}

// rowsOf says which rows of a batch a record came from.
func (t teller) rowsOf(rows []atlas.BatchRow, batch string) string {
	var numbers []string
	for _, row := range rows {
		if row.BatchID == batch {
			numbers = append(numbers, strconv.Itoa(row.Row))
		}
	}
	if len(numbers) == 0 {
		return ""
	}
	return t.T("history.rows", "rows", strings.Join(numbers, ", "))
}

// moment is a day with the hour, in Prague.
func moment(lang string, at time.Time) string {
	return i18n.Day(lang, at) + " " + at.In(i18n.Prague).Format("15:04")
}

func decimal(lang, s string) string { return i18n.Decimal(lang, s) }
