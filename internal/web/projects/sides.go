package projects

import (
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/dataset"
)

// sides writes the fields of two projects beside each other.
type sides struct {
	teller
	cells map[string]func(*atlas.Project) string // by the key of the column
}

// severalColumns are the columns that one field of a record is written in.
var severalColumns = map[string][]string{
	"total_cost": {"total_cost", "currency"}, "follows": {"followed"},
	"innovation_flag": {"innovation_flag", "innovation_reason"}, "upscaling_flag": {"upscaling_flag", "upscaling_reason"},
	"evaluation_done": {"evaluation_done", "evaluation_when", "evaluation_method", "evaluation_who", "evaluation_url"},
	"people_planned":  {"people_planned", "people_planned_kind"}, "people_reached": {"people_reached", "people_reached_kind"},
}

func (a *area) sides(lang string) *sides {
	return &sides{teller: a.teller(lang), cells: a.columns(lang, "").By()}
}

// lines are the values of a field of a project, one on a line; none when it is
// not known.
func (s *sides) lines(p *atlas.Project, key string) []string {
	switch key {
	case "date_from":
		return known(s.date(p.From))
	case "date_to":
		return known(s.date(p.To))
	case "verbatim":
		return eachLine(p.Verbatim, func(v atlas.Verbatim) string { return v.Field + ": " + v.Value })
	case "contacts": // editors see those without consent too
		return eachLine(p.Contacts, func(c atlas.Person) string { v := s.person(c); return joined(v.Text, v.Note) })
	case "subgoals":
		return p.Subgoals
	}
	var out []string
	columns, ok := severalColumns[key]
	if !ok {
		columns = []string{key}
	}
	for _, name := range columns {
		if cell := s.cells[name]; cell != nil {
			out = append(out, dataset.Lines(cell(p))...)
		}
	}
	return out
}

func known(texts ...string) []string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return out
}

func eachLine[T any](all []T, text func(T) string) []string {
	var out []string
	for _, v := range all {
		out = append(out, known(text(v))...)
	}
	return out
}

// label is the name of a field.
func (s *sides) label(key string) string {
	if key == "verbatim" { // no field of the form
		return s.T("projects.field.verbatim")
	}
	return s.known("projects.field."+key, key)
}

// kept says which field an undoing leaves as it is and who edited it since.
func (s *sides) kept(k app.KeptField) string {
	by := k.By
	switch {
	case k.At.IsZero():
		return s.label(k.Key)
	case strings.HasPrefix(k.Origin, "D-"), strings.HasPrefix(k.Origin, "P-"):
		by = k.Origin
	case by == "":
		by = s.T("projects.unmerge.someone")
	}
	return s.T("projects.unmerge.kept", "field", s.label(k.Key), "day", s.day(k.At), "by", by)
}

// said is a problem in words.
func (s *sides) said(p atlas.Problem) string {
	var args []any
	for name, v := range p.Args {
		args = append(args, name, v)
	}
	return s.T(p.Key, args...)
}
