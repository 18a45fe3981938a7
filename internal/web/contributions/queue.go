package contributions

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
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
var filters = []string{"", "projekty", "akteri", "potreby", "praxe", "prenosy", "opravy"}

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
	Mark                 string // "P-00001.3"
	ID, Title, What, URL string
	Day                  string
	Missing              []string // labels of the fields that publishing asks for
	NoAmount, Chosen     bool
	Changes              []string // labels of the fields that a correction would change
	Contested            bool     // somebody changed one of them since
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
	case w.Kind == atlas.KindNeed:
		return "potreby"
	case w.Kind == atlas.KindPractice:
		return "praxe"
	case w.Kind == atlas.KindReplication:
		return "prenosy"
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
			l, err := a.queueLine(q, w, marked)
			if err != nil {
				return err
			}
			p.Lines = append(p.Lines, l)
		}
	}
	p.Reasons = reasonBoxes(q, chosen)
	return q.Render(status, "contributions/queue", p)
}

func (a *area) queueLine(q *page.Request, w app.Waiting, marked []string) (queueLine, error) {
	l := queueLine{ID: w.ID, Title: w.Title, What: q.T("contributions.kind." + w.Kind), URL: route.Judging(q.Lang, w.ID), NoAmount: w.Unknown}
	if l.Title == "" {
		l.Title = q.T("contributions.untitled")
	}
	l.Mark = fmt.Sprintf("%s.%d", w.ID, w.Version)
	l.Chosen = slices.Contains(marked, l.Mark)
	t := a.teller(q.Lang)
	if w.Proposal != nil {
		l.What, l.Day = q.T("contributions.kind.correction"), i18n.Day(q.Lang, w.Proposal.SentAt)
		fields, err := a.app.ProposedFields(q.Context(), q.Viewer, &w.Matter)
		for _, f := range fields {
			l.Changes, l.Contested = append(l.Changes, t.Label(w.Kind, f.Key)), l.Contested || f.State == app.FieldChanged
		}
		return l, err
	}
	l.Day = i18n.Day(q.Lang, w.Meta().UpdatedAt)
	for _, m := range w.Missing {
		name, _, _ := strings.Cut(m.Field, ".")
		if label := t.Label(w.Kind, name); !slices.Contains(l.Missing, label) {
			l.Missing = append(l.Missing, label)
		}
	}
	return l, nil
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
