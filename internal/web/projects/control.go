package projects

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/web/form"
	"atlas/internal/web/typed"
)

// sheet draws the form of a project: the shared fields of forms, and those that
// only a project has.
type sheet struct {
	form.Sheet
	suggest map[string]string // list of suggestions → where more of them come from
	focus   string            // beginning of the names of the row that was just opened
}

// control is one field as the template draws it.
type control struct {
	form.Control
	Aside string // label of the second part of "money" and "people"
	Focus bool   // the person goes on here
}

// needed are the fields without which a project cannot be published (6.1).
// Groups of rows carry their star in the legend.
var needed = []string{"title_cs", "annotation", "goal", "date_from", "status", "country", "scope", "target_legal"}

// firstField is the first field of a row of each group.
var firstField = map[string]string{
	"territories": "place", "parties": "actor", "activities": "code", "sources": "kind", "funding": "funder",
	"indicators": "name", "indicators.measurements": "period", "barriers": "code", "measures": "title",
	"good_practice": "title", "contacts": "name", "media": "kind",
}

var rowNumber = regexp.MustCompile(`\.(\d+)`)

// plain is the name of a field without the numbers of rows: the key of its
// words.
func plain(name string) string { return rowNumber.ReplaceAllString(name, "") }

// dress adds to a shared control what this form has. A hint stands in the first
// row of a group only.
func (s sheet) dress(c form.Control) control {
	if m := rowNumber.FindStringSubmatch(c.Name); m != nil && m[1] != "0" {
		c.Hint = ""
	}
	opened := s.focus + firstField[plain(strings.TrimSuffix(s.focus, "."))]
	return control{Control: c, Focus: s.focus != "" && c.Name == opened}
}

// Line is a field of one line.
func (s sheet) Line(name string) control { return s.dress(s.Sheet.Line(name)) }

// Suggest is a field of one line with suggestions.
func (s sheet) Suggest(name, list string) control {
	return s.dress(s.Sheet.Suggest(name, list, s.suggest[list]))
}

// Long is a field of many lines.
func (s sheet) Long(name string) control { return s.dress(s.Sheet.Long(name)) }

// Yes is a box to tick.
func (s sheet) Yes(name string) control { return s.dress(s.Sheet.Yes(name)) }

// Pick chooses one item of a code list.
func (s sheet) Pick(name, list string) control { return s.dress(s.Sheet.Pick(name, list)) }

// Ticks chooses several items of a code list.
func (s sheet) Ticks(name, list string) control { return s.dress(s.Sheet.Ticks(name, list)) }

// Answer is yes, no or not known.
func (s sheet) Answer(name string) control {
	return s.Words(name, string(atlas.Yes), string(atlas.No))
}

// Words chooses one of few words that are no code list.
func (s sheet) Words(name string, values ...string) control {
	return s.dress(s.Choose(name, values))
}

// TickWords chooses several of few words.
func (s sheet) TickWords(name string, values ...string) control {
	c := s.Words(name, values...)
	c.Kind, c.Open = "ticks", true
	for i := range c.Options {
		c.Options[i].Chosen = s.Has(name, c.Options[i].Value)
	}
	return c
}

// Money is an amount with a box for an estimate.
func (s sheet) Money(name string) control {
	c := s.Line(name)
	c.Kind, c.Aside = "money", s.Said("projects.form.estimate", nil)
	c.Checked = s.Get(name+"_state") == string(atlas.AmountEstimate)
	return c
}

// People is a number with what was counted.
func (s sheet) People(name string) control {
	c := s.Line(name)
	c.Kind, c.Aside = "people", s.Said("projects.form.counted", nil)
	c.Options = s.Sheet.Pick(name+"_kind", atlas.ListCountKind).Options
	return c
}

// Founding offers to found the organisation typed in a field that was not
// found.
func (s sheet) Founding(name string) *control {
	unknown := func(p atlas.Problem) bool { return p.Key == keyActorUnknown }
	if !slices.ContainsFunc(s.ProblemsOf(name), unknown) && s.Text(name+"_new") == "" {
		return nil
	}
	c := s.Pick(name+"_new", atlas.ListActorType)
	c.Label, c.Hint = s.Said("projects.form.found", nil), ""
	return &c
}

// Flaws lists all problems with a way to the field, which is named with its
// row: "Financování 2: Přiznáno".
func (s sheet) Flaws() []form.Flaw {
	out := s.Sheet.Flaws()
	for i, p := range s.Problems {
		parts := strings.SplitN(p.Field, ".", 3)
		if len(parts) < 3 {
			continue
		}
		if n, err := strconv.Atoi(parts[1]); err == nil {
			out[i].Label = s.Sheet.Line(parts[0]).Label + " " + strconv.Itoa(n+1) + ": " + out[i].Label
		}
	}
	return out
}

// InnerID names the rows inside a row.
func (s sheet) InnerID(prefix string) string { return strings.ReplaceAll(prefix, ".", "-") }

// partsOf says which fields stand in which closed part of the form.
var partsOf = map[string][]string{
	"money":      {"total_cost", "funding"},
	"naming":     {"title_en", "acronym", "reg_number", "web", "follows"},
	"content":    {"detail", "need_rationale", "subgoals", "target_situation", "citizenships", "service_form", "price_for_client"},
	"people":     {"people_planned", "people_reached", "indicators"},
	"transfer":   {"innovation_flag", "innovation_reason", "transfer_flag", "transfer_note", "upscaling_flag", "upscaling_reason", "replication_notes", "barriers"},
	"evaluation": {"evaluation_done", "evaluation_when", "evaluation_method", "evaluation_who", "evaluation_url", "measures", "good_practice"},
	"contacts":   {"contacts", "media"},
}

// PartOpen opens a part of the form that has something in it or something
// wrong.
func (s sheet) PartOpen(name string) bool { return s.Any(partsOf[name]...) }

// newSheet makes the sheet over what was typed.
func (a *area) newSheet(lang string, f *typed.Form) sheet {
	return sheet{Sheet: form.New(f, "projects", lang, a.site.Words, a.app.Lists(), needed), suggest: suggestions(lang)}
}
