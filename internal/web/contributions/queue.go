package contributions

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/store"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// Names of what the queue is asked and sent.
const (
	paramKind   = "druh"
	fieldMatter = "vec"
	fieldDeed   = "rozhodnuti"
	fieldReason = "duvod"
	fieldWords  = "slovy"
)

// filters of the queue, in their order.
var filters = []string{"", "projekty", "akteri", "opravy"}

// reasons for which editors return something, offered beside their own words.
var reasons = []string{"zdroj", "udaje", "castka", "duplicita", "osobni", "mimo"}

// queuePage is what waits for editors.
type queuePage struct {
	page.Base
	Tabs    []tab
	Kind    string
	Lines   []queueLine
	Reasons []reasonBox
	Words   string
	Wrong   string
	Action  string
}

type tab struct {
	Label, URL string
	Count      int
	Current    bool
}

type queueLine struct {
	Mark                 string // "P-00001.3"; "" of what is decided one by one
	ID, Title, What, URL string
	Day                  string
	Missing              []string // labels of the fields that publishing asks for
	NoAmount, Chosen     bool
}

type reasonBox struct {
	Value, Label string
	Chosen       bool
}

func kindOf(w app.Waiting) string {
	switch {
	case w.Proposal != nil:
		return "opravy"
	case w.Kind == atlas.KindActor:
		return "akteri"
	}
	return "projekty"
}

// queue lists what waits, the oldest first.
func (a *area) queue(q *page.Request) error {
	return a.showQueue(q, http.StatusOK, q.Param(paramKind), nil, "")
}

func (a *area) showQueue(q *page.Request, status int, kind string, f interface{ Choices(string) []string }, wrong string) error {
	all, err := a.app.Queue(q.Context(), q.Viewer)
	if err != nil {
		return err
	}
	if !slices.Contains(filters, kind) {
		kind = ""
	}
	p := &queuePage{Base: q.Base(q.T("contributions.queue.title")), Kind: kind, Wrong: wrong, Action: route.In(q.Lang, route.Queue)}
	p.Nav, p.NoIndex, p.Wide = route.Queue, true, true
	for _, name := range filters {
		t := tab{Label: q.T("contributions.queue." + cmp.Or(name, "vse")), URL: p.Action, Current: name == kind}
		if name != "" {
			t.URL = route.WithQuery(t.URL, paramKind+"="+name)
		}
		for _, w := range all {
			if name == "" || kindOf(w) == name {
				t.Count++
			}
		}
		p.Tabs = append(p.Tabs, t)
	}
	var marked, chosen []string
	if f != nil {
		marked, chosen = f.Choices(fieldMatter), f.Choices(fieldReason)
		p.Words = strings.Join(f.Choices(fieldWords), "\n")
	}
	for _, w := range all {
		if kind == "" || kindOf(w) == kind {
			p.Lines = append(p.Lines, a.queueLine(q, w, marked))
		}
	}
	p.Reasons = reasonBoxes(q, chosen)
	return q.Render(status, "contributions/queue", p)
}

func (a *area) queueLine(q *page.Request, w app.Waiting, marked []string) queueLine {
	l := queueLine{ID: w.ID, Title: w.Title, What: q.T("contributions.kind." + w.Kind), URL: route.Judging(q.Lang, w.ID), NoAmount: w.Unknown}
	if l.Title == "" {
		l.Title = q.T("contributions.untitled")
	}
	if w.Proposal != nil {
		l.What, l.Day = q.T("contributions.kind.correction"), i18n.Day(q.Lang, w.Proposal.SentAt)
		return l
	}
	l.Day = i18n.Day(q.Lang, w.Meta().UpdatedAt)
	l.Mark = fmt.Sprintf("%s.%d", w.ID, w.Version)
	l.Chosen = slices.Contains(marked, l.Mark)
	t := a.teller(q.Lang)
	for _, m := range w.Missing {
		name, _, _ := strings.Cut(m.Field, ".")
		if label := t.Label(w.Kind, name); !slices.Contains(l.Missing, label) {
			l.Missing = append(l.Missing, label)
		}
	}
	return l
}

func reasonBoxes(q *page.Request, chosen []string) []reasonBox {
	var out []reasonBox
	for _, r := range reasons {
		out = append(out, reasonBox{r, q.T("contributions.reason." + r), slices.Contains(chosen, r)})
	}
	return out
}

// reasonOf writes the chosen reasons and the editor's own words, in a language.
func (a *area) reasonOf(lang string, f interface {
	Choices(string) []string
	Text(string) string
}) string {
	var lines []string
	for _, r := range f.Choices(fieldReason) {
		if slices.Contains(reasons, r) {
			lines = append(lines, a.site.Words.T(lang, "contributions.reason."+r))
		}
	}
	if words := f.Text(fieldWords); words != "" {
		lines = append(lines, words)
	}
	return strings.Join(lines, "\n")
}

// decideMany decides several records at once.
func (a *area) decideMany(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	var items []store.ReviewItem
	for _, mark := range f.Choices(fieldMatter) {
		id, number, _ := strings.Cut(mark, ".")
		version, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return fmt.Errorf("%w: %s", page.ErrBadRequest, fieldMatter)
		}
		items = append(items, store.ReviewItem{ID: id, Version: version})
	}
	if len(items) == 0 {
		return a.showQueue(q, http.StatusUnprocessableEntity, f.Get(paramKind), f, q.T("contributions.queue.none_chosen"))
	}
	done, left, err := a.app.DecideMany(q.Context(), q.Viewer, items, f.Get(fieldDeed), a.reasonOf(q.Lang, f))
	var invalid *atlas.InvalidError
	if errors.As(err, &invalid) {
		return a.showQueue(q, http.StatusUnprocessableEntity, f.Get(paramKind), f, a.wrongReason(q, invalid.Problems[0]))
	}
	if errors.Is(err, app.ErrTransition) {
		return page.ErrBadRequest
	}
	if err != nil {
		return err
	}
	a.flashLeft(q, left, "contributions.left")
	if done.ID == "" {
		return q.Redirect(route.In(q.Lang, route.Queue))
	}
	return q.Redirect(route.Reviewed(q.Lang, done.ID))
}

// wrongReason says what is wrong with a reason.
func (a *area) wrongReason(q *page.Request, p atlas.Problem) string {
	if p.Key == "problem.required" {
		return q.T("contributions.reason.missing")
	}
	return a.said(q, p)
}

// mostNamed is how many records a message names.
const mostNamed = 8

// flashLeft says what was left as it is.
func (a *area) flashLeft(q *page.Request, left []app.LeftOut, key string) {
	if len(left) == 0 {
		return
	}
	var names []string
	for _, l := range left[:min(len(left), mostNamed)] {
		why := q.T("contributions.why.changed")
		var invalid *atlas.InvalidError
		if errors.As(l.Err, &invalid) {
			why = a.problem(q, invalid.Problems[0])
		}
		names = append(names, l.ID+" ("+why+")")
	}
	if len(left) > mostNamed {
		names = append(names, "…")
	}
	q.Flash(page.FlashWarning, q.N(key, int64(len(left)), "names", strings.Join(names, "; ")))
}

// problem is a problem with the name of its field.
func (a *area) problem(q *page.Request, p atlas.Problem) string {
	field, _, _ := strings.Cut(p.Field, ".")
	if field == "" {
		return a.said(q, p)
	}
	return a.teller(q.Lang).Label(atlas.KindProject, field) + ": " + a.said(q, p)
}

// reviewPage is several decisions made at once.
type reviewPage struct {
	page.Base
	What, Day string
	Undone    bool
	Lines     []page.Link
	URLUndo   string
	URLQueue  string
}

// review shows several decisions made at once; they can be taken back.
func (a *area) review(q *page.Request) error {
	r, err := a.app.Reader().Review(q.Context(), q.PathValue("id"))
	if err != nil {
		return err
	}
	p := &reviewPage{Base: q.Base(q.T("contributions.review.title")), What: q.T("contributions.deed." + r.Deed), Day: i18n.Day(q.Lang, r.At),
		Undone: !r.UndoneAt.IsZero(), URLUndo: route.In(q.Lang, route.Fill(route.ReviewUndo, r.ID)), URLQueue: route.In(q.Lang, route.Queue)}
	p.Nav, p.NoIndex = route.Queue, true
	p.Breadcrumb = []page.Link{{URL: p.URLQueue, Text: q.T("contributions.queue.title")}}
	for _, it := range r.Items {
		name := it.ID
		if m, err := a.app.Matter(q.Context(), q.Viewer, it.ID); err == nil {
			name = m.Title + " (" + it.ID + ")"
		}
		p.Lines = append(p.Lines, page.Link{URL: record(q.Lang, it.Kind, it.ID), Text: name})
	}
	return q.Render(http.StatusOK, "contributions/review", p)
}

// undo takes several decisions back.
func (a *area) undo(q *page.Request) error {
	kept, err := a.app.UndoReview(q.Context(), q.Viewer, q.PathValue("id"))
	if err != nil {
		return err
	}
	if len(kept) == 0 {
		q.Flash(page.FlashSuccess, q.T("contributions.review.undone"))
	}
	a.flashLeft(q, kept, "contributions.kept_changed")
	return q.Redirect(route.Reviewed(q.Lang, q.PathValue("id")))
}
