package projects

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/web/typed"
)

// control is one field of a form as the template draws it.
type control struct {
	Kind               string // "line", "text", "pick", "ticks", "yes", "money", "people"
	Name, ID           string
	Label, Hint, Value string
	Needed             bool     // without it the record cannot be published
	Problems           []string // what is wrong, with an example, in the reader's language
	Options            []choice
	List, Suggest      string // id of the list of suggestions and where more come from
	Focus              bool   // the person goes on here
	Checked            bool   // of "yes" and of the estimate of "money"
	Aside              string // label of the second part of "money" and "people"
	Open               bool   // long lists of ticks stand open when something is ticked
}

type choice struct {
	Value, Label string
	Chosen       bool
}

// needed are the fields without which a project cannot be published (6.1).
var needed = []string{
	"title_cs", "annotation", "goal", "date_from", "status", "country", "scope", "parties.actor", "areas.code",
	"target_legal", "activities.code", "sources.kind",
}

// hinted are the fields that say what to write, or an example.
var hinted = []string{
	"title_cs", "reg_number", "annotation", "goal", "subgoals", "date_from", "date_to", "territories.place", "place_text",
	"parties.actor", "funding.funder", "funding.rate", "total_cost", "integration_share", "areas.share", "people_reached",
	"follows", "detail", "replication_notes", "contacts.public", "media.alt", "sources.url", "sources.accessed",
	"indicators.target", "ongoing",
}

var rowNumber = regexp.MustCompile(`\.\d+`)

// plain is the name of a field without the numbers of rows: the key of its
// words.
func plain(name string) string { return rowNumber.ReplaceAllString(name, "") }

// sheet draws the controls of a form over what was typed.
type sheet struct {
	*typed.Form
	lang  string
	lists *atlas.Lists
	word  func(key string, args map[string]any) string
	// suggest says where suggestions of a list come from, focus the start of
	// the names of the row that was just opened.
	suggest map[string]string
	focus   string
}

func (s sheet) control(kind, name string) control {
	key := plain(name)
	c := control{
		Kind: kind, Name: name, ID: fieldID(name), Label: s.word("projects.field."+key, nil),
		Value: s.Get(name), Needed: slices.Contains(needed, key),
	}
	if slices.Contains(hinted, key) {
		c.Hint = s.word("projects.hint."+key, nil)
	}
	c.Focus = s.focus != "" && name == s.focus+firstField[plain(strings.TrimSuffix(s.focus, "."))]
	for _, p := range s.ProblemsOf(name) {
		c.Problems = append(c.Problems, s.word(p.Key, p.Args))
	}
	return c
}

// firstField is the first field of a row of each group.
var firstField = map[string]string{
	"territories": "place", "parties": "actor", "activities": "code", "sources": "kind", "funding": "funder",
	"indicators": "name", "indicators.measurements": "period", "barriers": "code", "measures": "title",
	"good_practice": "title", "contacts": "name", "media": "kind",
}

// fieldID is the id of a field's element: addresses in the summary of problems
// lead to it.
func fieldID(name string) string { return "f-" + strings.ReplaceAll(name, ".", "-") }

// Line is a field of one line.
func (s sheet) Line(name string) control { return s.control("line", name) }

// Suggest is a field of one line with suggestions.
func (s sheet) Suggest(name, list string) control {
	c := s.control("line", name)
	c.List, c.Suggest = list, s.suggest[list]
	return c
}

// Long is a field of many lines.
func (s sheet) Long(name string) control { return s.control("text", name) }

// Money is an amount with a box for an estimate.
func (s sheet) Money(name string) control {
	c := s.control("money", name)
	c.Aside = s.word("projects.form.estimate", nil)
	c.Checked = s.Get(name+"_state") == string(atlas.AmountEstimate)
	return c
}

// People is a number with what was counted.
func (s sheet) People(name string) control {
	c := s.control("people", name)
	c.Aside = s.word("projects.form.counted", nil)
	c.Options = s.options(atlas.ListCountKind, s.Values[name+"_kind"])
	return c
}

// Yes is a box to tick.
func (s sheet) Yes(name string) control {
	c := s.control("yes", name)
	c.Checked = s.Get(name) != ""
	return c
}

// Pick chooses one item of a code list.
func (s sheet) Pick(name, list string) control {
	c := s.control("pick", name)
	c.Options = s.options(list, s.Values[name])
	return c
}

// Ticks chooses several items of a code list.
func (s sheet) Ticks(name, list string) control {
	c := s.control("ticks", name)
	c.Options = s.options(list, s.Values[name])
	c.Open = len(s.Values[name]) > 0 || len(c.Problems) > 0
	return c
}

// Answer is yes, no or not known; Words is a choice of few words of our own.
func (s sheet) Answer(name string) control { return s.Words(name, "ano", "ne") }

// Words chooses one of few words that are no code list.
func (s sheet) Words(name string, values ...string) control {
	c := s.control("pick", name)
	for _, v := range values {
		c.Options = append(c.Options, choice{Value: v, Label: s.word("projects.word."+v, nil), Chosen: c.Value == v})
	}
	return c
}

// TickWords chooses several of few words.
func (s sheet) TickWords(name string, values ...string) control {
	c := s.Words(name, values...)
	c.Kind = "ticks"
	for i := range c.Options {
		c.Options[i].Chosen = s.Has(name, c.Options[i].Value)
	}
	c.Open = true
	return c
}

// options lists a code list for choosing. Retired items are offered only where
// they are chosen; a chosen code that the list does not have stays, so that
// nothing is lost by opening the form.
func (s sheet) options(list string, chosen []string) []choice {
	var out []choice
	l, ok := s.lists.List(list)
	if ok {
		for _, it := range l.Items {
			picked := slices.Contains(chosen, it.Code)
			if it.ValidTo.Known() && !picked {
				continue
			}
			out = append(out, choice{Value: it.Code, Label: s.lists.Label(list, it.Code, s.lang), Chosen: picked})
		}
	}
	for _, code := range chosen {
		if code != "" && !slices.ContainsFunc(out, func(c choice) bool { return c.Value == code }) {
			out = append(out, choice{Value: code, Label: code, Chosen: true})
		}
	}
	return out
}

// Founding offers to found the organisation typed in a field that was not
// found.
func (s sheet) Founding(name string) *control {
	for _, p := range s.ProblemsOf(name) {
		if p.Key == keyActorUnknown {
			return s.founding(name)
		}
	}
	if s.Text(name+"_new") != "" {
		return s.founding(name)
	}
	return nil
}

func (s sheet) founding(name string) *control {
	c := s.Pick(name+"_new", atlas.ListActorType)
	c.Label, c.Hint = s.word("projects.form.found", nil), ""
	return &c
}

// flaw is one entry of the summary of problems over the form.
type flaw struct{ Href, Label, Text string }

// Flaws lists all problems with a way to the field.
func (s sheet) Flaws() []flaw {
	var out []flaw
	for _, p := range s.Problems {
		f := flaw{Text: s.word(p.Key, p.Args)}
		if p.Field != "" {
			f.Href, f.Label = "#"+fieldID(p.Field), s.named(p.Field)
		}
		out = append(out, f)
	}
	return out
}

// named is the label of a field with its row: "Financování 2: Přiznáno".
func (s sheet) named(field string) string {
	label := s.word("projects.field."+plain(field), nil)
	parts := strings.SplitN(field, ".", 3)
	if len(parts) < 3 {
		return label
	}
	n, err := strconv.Atoi(parts[1])
	if err != nil {
		return label
	}
	return s.word("projects.field."+parts[0], nil) + " " + strconv.Itoa(n+1) + ": " + label
}

// Group gives the problems of a group as a whole ("parties": nobody carries the
// project out).
func (s sheet) Group(name string) []flaw {
	var out []flaw
	for _, p := range s.ProblemsOf(name) {
		out = append(out, flaw{Href: fieldID(name), Text: s.word(p.Key, p.Args)})
	}
	return out
}

// rowButton adds or drops a row.
type rowButton struct{ Name, Label, Said string }

// Add is the button that opens one more row.
func (s sheet) Add(group string) rowButton {
	return rowButton{Name: group, Label: s.word("projects.add."+plain(group), nil)}
}

// Drop is the button that takes a row away.
func (s sheet) Drop(r typed.Row) rowButton {
	return rowButton{
		Name: strings.TrimSuffix(r.Prefix, "."), Label: s.word("projects.form.drop", nil),
		Said: s.word("projects.form.drop_row", map[string]any{"group": s.word("projects.field."+plain(r.Group), nil), "number": r.Index + 1}),
	}
}

// InnerID names the rows inside a row.
func (s sheet) InnerID(prefix string) string { return strings.ReplaceAll(prefix, ".", "-") }

// partsOf says which fields stand in which closed part of the form.
var partsOf = map[string][]string{
	"money":      {"total_cost", "currency", "funding"},
	"naming":     {"title_en", "acronym", "reg_number", "web", "follows"},
	"content":    {"detail", "need_rationale", "subgoals", "target_situation", "citizenships", "service_form", "price_for_client"},
	"people":     {"people_planned", "people_reached", "indicators"},
	"transfer":   {"innovation_flag", "innovation_reason", "transfer_flag", "transfer_note", "upscaling_flag", "upscaling_reason", "replication_notes", "barriers"},
	"evaluation": {"evaluation_done", "evaluation_when", "evaluation_method", "evaluation_who", "evaluation_url", "measures", "good_practice"},
	"contacts":   {"contacts", "media"},
}

// PartOpen opens a part of the form that has something in it or something wrong.
func (s sheet) PartOpen(name string) bool {
	for _, part := range partsOf[name] {
		if part != "currency" && len(typed.Of(s.Values, part)) > 0 || len(s.Rows(part)) > 0 {
			return true
		}
		if slices.ContainsFunc(s.Problems, func(p atlas.Problem) bool { return typed.Part(p.Field) == part }) {
			return true
		}
	}
	return false
}
