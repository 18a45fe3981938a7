package imports

import (
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/importer"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// maps says whether a person chose something that the plan does not have yet.
func (s asked) maps(plan *app.ImportPlan) bool {
	return plan.Mapping != nil && (len(s.Columns) > 0 || s.Currency != "" || s.Country != "")
}

// mapping is the proposed mapping with what a person chose; what cannot be read
// of it stays as proposed.
func (s asked) mapping(proposed *importer.Mapping) *importer.Mapping {
	m := *proposed
	m.Columns = slices.Clone(m.Columns)
	for _, c := range s.Columns {
		number, target, _ := strings.Cut(c, ":")
		i, err := strconv.Atoi(number)
		if err != nil || i < 0 || i >= len(m.Columns) || target != noTarget && !slices.Contains(importer.Targets(), importer.Target(target)) {
			continue
		}
		if chosen := importer.Target(strings.TrimPrefix(target, noTarget)); chosen != m.Columns[i].Target {
			m.Set(i, chosen)
		}
	}
	if s.Currency != "" {
		m.Currency = s.Currency
	}
	if s.Country != "" {
		m.Country = s.Country
	}
	return &m
}

// noTarget stands in addresses for a column that means nothing we know.
const noTarget = "-"

// columnsForm shows what each column of a list was taken for and lets a person
// change it before anything is stored.
type columnsForm struct {
	Action     string
	Hidden     []hidden
	Lines      []columnLine
	Currencies []option
	Countries  []option
	Remembered bool
	Unsure     int
}

// hidden is a value that the form carries along.
type hidden struct{ Name, Value string }

// columnLine is one column.
type columnLine struct {
	Header, Why string
	Sure        string // "86 %", "" where nothing was proposed
	Options     []option
}

// option is one value to choose.
type option struct {
	Value, Label string
	Chosen       bool
}

// columns is nil for a list that is known by its layout.
func (a *area) columns(q *page.Request, plan *app.ImportPlan) *columnsForm {
	if plan.Mapping == nil {
		return nil
	}
	s := askedOf(q)
	f := &columnsForm{Action: route.In(q.Lang, route.Fill(route.ImportPreview, q.PathValue("sum"))), Remembered: plan.Remembered}
	f.Hidden = []hidden{{paramName, s.Name}, {paramURL, s.URL}, {paramAccessed, s.Accessed}}
	if s.Publish {
		f.Hidden = append(f.Hidden, hidden{paramPublish, "1"})
	}
	for i, c := range plan.Mapping.Columns {
		f.Lines = append(f.Lines, columnLineOf(q, i, c))
		if c.Target == "" {
			f.Unsure++
		}
	}
	f.Currencies = a.choices(q.Lang, atlas.ListCurrency, plan.Mapping.Currency)
	f.Countries = a.choices(q.Lang, atlas.ListCountry, plan.Mapping.Country)
	return f
}

func columnLineOf(q *page.Request, i int, c importer.Column) columnLine {
	number := strconv.Itoa(i) + ":"
	l := columnLine{Header: c.Header, Why: explain(q, c.Reason.Key, c.Reason.Args)}
	if c.Target != "" {
		l.Sure = strconv.Itoa(int(c.Confidence*100+0.5)) + "\u00a0%"
	}
	l.Options = append(l.Options, option{number + noTarget, q.T("imports.column.none"), c.Target == ""})
	for _, t := range importer.Targets() {
		l.Options = append(l.Options, option{number + string(t), q.T("import.target." + string(t)), c.Target == t})
	}
	return l
}

// choices are the items of a code list, with none chosen for what is not known.
func (a *area) choices(lang, list, chosen string) []option {
	out := []option{{"", "", chosen == ""}}
	l, ok := a.app.Lists().List(list)
	if !ok {
		return out
	}
	for _, it := range l.Items {
		out = append(out, option{it.Code, a.app.Lists().Label(list, it.Code, lang) + " (" + it.Code + ")", it.Code == chosen})
	}
	return out
}
