package imports

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/web/job"
	"atlas/internal/web/page"
	"atlas/internal/web/pager"
	"atlas/internal/web/route"
)

// undoPage shows what taking a batch back would do, and asks.
type undoPage struct {
	page.Base
	Plan              *app.UndoPlan
	Action, Leave     string
	Withdrawn, Back   int
	Edited, Organised int // records with later edits; organisations that go
	Outcomes          []choice
	Rows              []undoLine
	Actors            []undoActor
	Pager             pager.Pager
}

// undoLine is one record of the batch.
type undoLine struct {
	Row                      int
	Said, Title, Record, URL string
	Fields, Kept             []string
}

// undoActor is one organisation that came with the batch.
type undoActor struct{ Name, URL, Said string }

// undoing shows what would become of every record, or how far the work is.
func (a *area) undoing(q *page.Request) error {
	id := q.PathValue("id")
	if j := a.jobs.Find(undoKey(id)); j != nil {
		switch now := j.Wait(q.Context(), undoing, patience); now.Step {
		case undoing:
			return a.progress(q, now)
		case job.Failed:
			a.jobs.Forget(undoKey(id))
			return a.failure(now)
		default:
			a.jobs.Forget(undoKey(id))
			q.Flash(page.FlashSuccess, q.T("imports.undo.done", "id", id))
			return q.Redirect(route.Import(q.Lang, id))
		}
	}
	seq, err := a.app.Reader().LastChange(q.Context())
	if err != nil {
		return err
	}
	key, viewer := undoKey(id)+"@"+strconv.FormatInt(seq, 10), q.Viewer // of one state of the database
	j := a.jobs.Get(key, looking, seen, func(j *work, m *made) (err error) {
		m.Undo, err = a.app.PrepareUndo(context.Background(), viewer, id, j.Tell)
		return err
	})
	switch now := j.Wait(q.Context(), looking, patience); now.Step {
	case looking:
		return a.progress(q, now)
	case job.Failed:
		a.jobs.Forget(key)
		return a.failure(now)
	default:
		return a.undoPlan(q, now.Made.Undo)
	}
}

// undoKey names the work of taking a batch back.
func undoKey(batch string) string { return "undo " + batch }

func (a *area) undoPlan(q *page.Request, plan *app.UndoPlan) error {
	id := plan.Batch.ID
	p := undoPage{Base: q.Base(q.T("imports.undo.title", "id", id)), Plan: plan, Action: route.ImportUndoing(q.Lang, id), Leave: route.Import(q.Lang, id),
		Withdrawn: plan.Count(app.UndoWithdraw), Back: plan.Count(app.UndoRestore), Edited: plan.Edited()}
	p.Breadcrumb = append(crumbs(q), page.Link{URL: p.Leave, Text: q.T("imports.batch.title", "id", id)})
	p.Nav, p.NoIndex, p.Wide = route.Imports, true, true
	for i, r := range plan.Actors {
		said := "imports.undo.actor_stays"
		if r.Withdrawn {
			p.Organised++
			said = "imports.undo.actor_goes"
		}
		if i < mostNamed {
			p.Actors = append(p.Actors, undoActor{r.Name, route.Actor(q.Lang, r.ID), q.T(said)})
		}
	}
	chosen := q.Param(paramOutcome)
	rows := plan.Rows
	if slices.Contains(undoOutcomes, chosen) {
		rows = slices.DeleteFunc(slices.Clone(rows), func(r app.UndoRow) bool { return r.Outcome != chosen })
	}
	address := func(outcome string, n int) string {
		return p.Action + "?" + strings.TrimPrefix(rowsQuery(outcome, n), "&") + "#zaznamy"
	}
	p.Outcomes = undoChoices(q, plan, chosen, func(o string) string { return address(o, 1) })
	p.Pager = pager.New(len(rows), pager.Number(q.Param(paramPage)), pageRows, func(n int) string { return address(chosen, n) })
	for _, r := range pager.Of(p.Pager, rows) {
		p.Rows = append(p.Rows, undoLineOf(q, r))
	}
	return q.Render(http.StatusOK, "imports/undo", p)
}

// undo begins to take the batch back; two clicks begin it once.
func (a *area) undo(q *page.Request) error {
	id, viewer := q.PathValue("id"), q.Viewer
	a.jobs.Get(undoKey(id), undoing, undone, func(j *work, m *made) (err error) {
		m.Undo, err = a.app.UndoImport(context.Background(), viewer, id, j.Tell)
		return err
	})
	return q.Redirect(route.ImportUndoing(q.Lang, id))
}

// undoOutcomes in the order in which people ask for them.
var undoOutcomes = []string{app.UndoKeep, app.UndoPartly, app.UndoWithdraw, app.UndoRestore}

func undoChoices(q *page.Request, plan *app.UndoPlan, chosen string, url func(string) string) []choice {
	out := []choice{{Label: q.T("imports.undo.outcome.all"), URL: url(""), Count: len(plan.Rows), Current: !slices.Contains(undoOutcomes, chosen)}}
	for _, o := range undoOutcomes {
		if n := plan.Count(o); n > 0 || o == chosen {
			out = append(out, choice{Label: q.T("imports.undo.outcome." + o), URL: url(o), Count: n, Current: o == chosen})
		}
	}
	return out
}

func undoLineOf(q *page.Request, r app.UndoRow) undoLine {
	l := undoLine{Row: r.Row, Said: q.T("imports.undo.outcome." + r.Outcome), Title: r.Title, Record: r.Record, URL: route.Project(q.Lang, r.Record)}
	for _, key := range r.Restored {
		l.Fields = append(l.Fields, fieldName(q, key))
	}
	if r.Merged != "" {
		l.Kept = append(l.Kept, q.T("imports.undo.merged", "into", r.Merged))
	}
	for _, k := range r.Kept {
		l.Kept = append(l.Kept, keptWords(q, k))
	}
	if r.Taken != "" {
		l.Kept = append(l.Kept, q.T("imports.undo.taken", "id", r.Taken))
	}
	if len(r.Invalid) > 0 {
		l.Kept = append(l.Kept, q.T("imports.undo.invalid", "rule", explain(q, r.Invalid[0].Key, r.Invalid[0].Args)))
	}
	return l
}

// keptWords says which field stays and who edited it since.
func keptWords(q *page.Request, k app.KeptField) string {
	field := fieldName(q, k.Key)
	switch {
	case k.At.IsZero():
		return q.T("imports.undo.kept_plain", "field", field)
	case strings.HasPrefix(k.Origin, "D-"):
		return q.T("imports.undo.kept_batch", "field", field, "batch", k.Origin)
	case strings.HasPrefix(k.Origin, "P-"):
		return q.T("imports.undo.kept_merge", "field", field, "id", k.Origin)
	}
	by := k.By
	if by == "" {
		by = q.T("imports.undo.someone")
	}
	return q.T("imports.undo.kept_person", "field", field, "day", i18n.Day(q.Lang, k.At), "by", by)
}
