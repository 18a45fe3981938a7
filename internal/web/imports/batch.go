package imports

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/statistics"
	"atlas/internal/web/page"
	"atlas/internal/web/pager"
	"atlas/internal/web/route"
)

// indexPage lists the batches and takes a new file.
type indexPage struct {
	page.Base
	Action   string
	Asked    asked
	Problems []problem
	Batches  []batchLine
	Limit    string // of an uploaded file
}

// batchLine is one batch in the list.
type batchLine struct {
	tally
	ID, URL, File, Source string
	AppliedAt             time.Time
	Undone                bool
}

func (a *area) index(q *page.Request) error {
	s := askedOf(q)
	return a.form(q, http.StatusOK, s, nil)
}

// again shows the form with what is wrong and what was typed.
func (a *area) again(q *page.Request, s asked, wrong []problem) error {
	return a.form(q, http.StatusUnprocessableEntity, s, wrong)
}

func (a *area) form(q *page.Request, status int, s asked, wrong []problem) error {
	batches, err := a.app.Reader().Batches(q.Context())
	if err != nil {
		return err
	}
	p := indexPage{Base: q.Base(q.T("imports.title")), Action: route.In(q.Lang, route.Imports), Asked: s, Problems: wrong}
	p.Nav, p.Limit = route.Imports, i18n.Number(q.Lang, uploadLimit>>20)
	for _, b := range batches {
		p.Batches = append(p.Batches, batchLine{
			tally: tallyOf(b), ID: b.ID, URL: route.Import(q.Lang, b.ID), File: b.File, Source: sourceName(q, b.Source), AppliedAt: b.AppliedAt, Undone: b.Undone(),
		})
	}
	slices.SortStableFunc(p.Batches, func(x, y batchLine) int { return y.AppliedAt.Compare(x.AppliedAt) })
	return q.Render(status, "imports/index", p)
}

// showPage is one batch.
type showPage struct {
	page.Base
	tally
	Batch    *atlas.Batch
	Source   string
	Href     string       // where the file was got, when that is an address of the web
	Original string       // address of the file as it came, for those who may change records
	Undo     string       // where the batch is taken back, likewise; "" when it was
	Twins    string       // suspected duplicates with its records, likewise
	Extents  []extentLine // what is said of which territories and years it holds
	Extent   string       // where that is said, for those who may
	Outcomes []choice
	Rows     []line
	Pager    pager.Pager
}

// show answers one batch: one pass over its rows, of which one page is kept.
func (a *area) show(q *page.Request) error {
	b, err := a.app.Reader().Batch(q.Context(), q.PathValue("id"))
	if err != nil {
		return err
	}
	chosen, asked := q.Param(paramOutcome), pager.Number(q.Param(paramPage))
	count, total, all := map[string]int{}, 0, 0
	var kept []atlas.BatchRow // the page asked for, and always the last full one
	err = a.app.Reader().BatchRows(q.Context(), b.ID, func(r atlas.BatchRow) error {
		all++
		count[r.Outcome]++
		if chosen != "" && r.Outcome != chosen {
			return nil
		}
		if total%pageRows == 0 && total/pageRows < asked {
			kept = kept[:0]
		}
		if total/pageRows < asked {
			kept = append(kept, r)
		}
		total++
		return nil
	})
	if err != nil {
		return err
	}
	p := showPage{Base: q.Base(q.T("imports.batch.title", "id", b.ID)), tally: tallyOf(*b), Batch: b, Source: sourceName(q, b.Source)}
	p.Breadcrumb, p.Nav, p.NoIndex, p.Wide = crumbs(q), route.Imports, true, true
	if webAddress(b.URL) {
		p.Href = b.URL
	}
	if a.files.Has(b.SHA256) && q.Viewer.May(atlas.RightPublish) {
		p.Original = route.In(q.Lang, route.Fill(route.ImportFile, b.ID))
	}
	if q.Viewer.May(atlas.RightPublish) && !b.Undone() {
		p.Undo, p.Twins = route.ImportUndoing(q.Lang, b.ID), route.ProjectsTwinsOf(q.Lang, b.ID)
		if p.Extent, err = a.newExtent(q, b); err != nil {
			return err
		}
	}
	here := route.Import(q.Lang, b.ID) + "?"
	address := func(outcome string, n int) string { return here + rowsQuery(outcome, n) + "#radky" }
	p.Extents = a.extentsOf(q.Lang, b.ID)
	p.Outcomes = outcomes(q, count, chosen, all, func(o string) string { return address(o, 1) })
	p.Pager = pager.New(total, asked, pageRows, func(n int) string { return address(chosen, n) })
	told, err := a.tellsNumbers(q, b)
	if err != nil {
		return err
	}
	for _, r := range kept {
		l := a.stored(q, r)
		if !told && len(l.Problems) > 0 {
			l.Problems = []said{{Text: q.T("imports.rows_closed")}}
		}
		p.Rows = append(p.Rows, l)
	}
	if err := a.name(q, p.Rows); err != nil {
		return err
	}
	return q.Render(http.StatusOK, "imports/show", p)
}

// tellsNumbers says whether the viewer may read what stands in refused rows. Those of
// statistics can say numbers of few people that are hidden everywhere else (8.10),
// so only those read them who may write the data set.
func (a *area) tellsNumbers(q *page.Request, b *atlas.Batch) (bool, error) {
	code, ok := strings.CutPrefix(b.Source, statistics.SourcePrefix)
	if !ok {
		return true, nil
	}
	d, err := a.app.Reader().Dataset(q.Context(), code)
	if errors.Is(err, atlas.ErrNotFound) {
		return false, nil
	}
	return err == nil && a.app.MayWriteDataset(q.Viewer, &d.Dataset), err
}

// extentLine is what is said of which territories and years a batch holds whole.
type extentLine struct{ Name, URL string }

// extentsOf are the published extents of sources that name a batch.
func (a *area) extentsOf(lang, batch string) []extentLine {
	var out []extentLine
	for _, x := range a.app.Completeness().All() {
		if x.Batch == batch {
			out = append(out, extentLine{x.Source, route.Extent(lang, x.ID)})
		}
	}
	return out
}

// newExtent is the address where an editor says which territories and years a batch
// holds whole, with what is known of it.
func (a *area) newExtent(q *page.Request, b *atlas.Batch) (string, error) {
	from, to, err := a.app.Reader().BatchYears(q.Context(), b.ID)
	return route.ExtentOf(q.Lang, b.File, b.URL, b.ID, from, to), err
}

// stored is a row of a batch.
func (a *area) stored(q *page.Request, r atlas.BatchRow) line {
	l := line{Row: r.Row, Outcome: r.Outcome, Said: q.T("imports.outcome." + r.Outcome), Record: r.RecordID, Problems: problems(q, r.Problems)}
	if r.RecordID != "" {
		l.URL = route.Project(q.Lang, r.RecordID)
	}
	return l
}

// name puts the titles of the records beside the rows, in one read. A record
// that the viewer may not see has none.
func (a *area) name(q *page.Request, rows []line) error {
	var ids []string
	for _, l := range rows {
		if l.Record != "" && !slices.Contains(ids, l.Record) {
			ids = append(ids, l.Record)
		}
	}
	projects, err := a.app.Reader().Projects(q.Context(), ids)
	if err != nil {
		return err
	}
	titles := map[string]string{}
	for _, p := range projects {
		if q.May(atlas.RightRead, p.Subject()) {
			titles[p.ID] = p.Title(q.Lang)
		}
	}
	for i := range rows {
		rows[i].Title = titles[rows[i].Record]
		if rows[i].Title == "" {
			rows[i].URL = ""
		}
	}
	return nil
}

// original sends the file as it came.
func (a *area) original(q *page.Request) error {
	b, err := a.app.Reader().Batch(q.Context(), q.PathValue("id"))
	if err != nil {
		return err
	}
	data, err := a.files.Read(b.SHA256)
	if err != nil {
		return atlas.ErrNotFound
	}
	return q.Foreign(b.File, data)
}

func crumbs(q *page.Request) []page.Link {
	return []page.Link{{URL: route.In(q.Lang, route.Imports), Text: q.T("imports.title")}}
}
