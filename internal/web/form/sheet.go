// Package form draws the fields of a form over what was typed: each with its
// label, its hint, its choices and what is wrong with it, in the language of
// the reader. The words stand in the area whose form it is, under
// area.field.NAME, area.hint.NAME and area.word.VALUE.
package form

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/web/typed"
)

// Sheet is one form as a template draws it.
type Sheet struct {
	*typed.Form
	area   string // first part of the keys of its words: "actors"
	lang   string
	lists  *atlas.Lists
	words  *i18n.Catalog
	needed []string
}

// New makes the sheet of a form of an area. needed are the fields without
// which the record cannot be published.
func New(f *typed.Form, area, lang string, words *i18n.Catalog, lists *atlas.Lists, needed []string) Sheet {
	return Sheet{Form: f, area: area, lang: lang, lists: lists, words: words, needed: needed}
}

// Control is one field as the template draws it.
type Control struct {
	Kind               string // "line", "text", "pick", "ticks", "yes", "money"
	Name, ID           string
	Label, Hint, Value string
	Needed             bool
	Problems           []string // what is wrong, with an example
	Options            []Choice
	List               string // id of the list of suggestions
	Suggest            string // address that gives more of them while typing
	Checked            bool   // of "yes", and of the estimate of "money"
	Aside              string // label of the box that says an amount is an estimate
	Open               bool   // long lists of ticks stand open when something is ticked
}

// Choice is one value that can be chosen.
type Choice struct {
	Value, Label string
	Chosen       bool
}

var rowNumber = regexp.MustCompile(`\.\d+`)

// plain is the name of a field without the numbers of rows: the key of its
// words.
func plain(name string) string { return rowNumber.ReplaceAllString(name, "") }

// ID is the id of a field's element: the summary of problems leads to it.
func ID(name string) string { return "f-" + strings.ReplaceAll(name, ".", "-") }

// Said is a message of the form with the arguments of a problem. A key that
// no page shares is one of the area.
func (s Sheet) Said(key string, args map[string]any) string {
	if !s.words.Has(key) {
		key = s.area + "." + key
	}
	var pairs []any
	for name, v := range args {
		pairs = append(pairs, name, v)
	}
	return s.words.T(s.lang, key, pairs...)
}

func (s Sheet) label(name string) string { return s.words.T(s.lang, s.area+".field."+plain(name)) }

func (s Sheet) control(kind, name string) Control {
	key := plain(name)
	c := Control{
		Kind: kind, Name: name, ID: ID(name), Label: s.label(name),
		Value: s.Get(name), Needed: slices.Contains(s.needed, key),
	}
	if hint := s.area + ".hint." + key; s.words.Has(hint) {
		c.Hint = s.words.T(s.lang, hint)
	}
	for _, p := range s.ProblemsOf(name) {
		c.Problems = append(c.Problems, s.Said(p.Key, p.Args))
	}
	return c
}

// Line is a field of one line.
func (s Sheet) Line(name string) Control { return s.control("line", name) }

// Suggest is a field of one line with suggestions: those of a list of the page
// and, for readers with scripts, those an address gives while typing.
func (s Sheet) Suggest(name, list, address string) Control {
	c := s.control("line", name)
	c.List, c.Suggest = list, address
	return c
}

// Long is a field of many lines.
func (s Sheet) Long(name string) Control { return s.control("text", name) }

// Yes is a box to tick.
func (s Sheet) Yes(name string) Control {
	c := s.control("yes", name)
	c.Checked = s.Get(name) != ""
	return c
}

// Money is an amount with a box for an estimate.
func (s Sheet) Money(name string) Control {
	c := s.control("money", name)
	c.Aside = s.words.T(s.lang, s.area+".form.estimate")
	c.Checked = s.Get(name+"_state") == string(atlas.AmountEstimate)
	return c
}

// Pick chooses one item of a code list.
func (s Sheet) Pick(name, list string) Control {
	c := s.control("pick", name)
	c.Options = s.options(list, s.Values[name])
	return c
}

// Ticks chooses several items of a code list.
func (s Sheet) Ticks(name, list string) Control {
	c := s.control("ticks", name)
	c.Options = s.options(list, s.Values[name])
	c.Open = len(s.Values[name]) > 0 || len(c.Problems) > 0
	return c
}

// Choose chooses one of few words that are no code list. What was typed and is
// none of them stays.
func (s Sheet) Choose(name string, values []string) Control {
	c := s.control("pick", name)
	for _, v := range values {
		c.Options = append(c.Options, Choice{v, s.words.T(s.lang, s.area+".word."+v), c.Value == v})
	}
	if c.Value != "" && !slices.Contains(values, c.Value) {
		c.Options = append(c.Options, Choice{c.Value, c.Value, true})
	}
	return c
}

// options lists a code list for choosing. Retired items are offered only where
// they are chosen; a chosen code that the list does not have stays, so that
// nothing is lost by opening the form.
func (s Sheet) options(list string, chosen []string) []Choice {
	var out []Choice
	if l, ok := s.lists.List(list); ok {
		for _, it := range l.Items {
			picked := slices.Contains(chosen, it.Code)
			if it.ValidTo.Known() && !picked {
				continue
			}
			out = append(out, Choice{it.Code, s.lists.Label(list, it.Code, s.lang), picked})
		}
	}
	for _, code := range chosen {
		if code != "" && !slices.ContainsFunc(out, func(c Choice) bool { return c.Value == code }) {
			out = append(out, Choice{code, code, true})
		}
	}
	return out
}

// Flaw is one entry of the summary of problems over the form.
type Flaw struct{ Href, Label, Text string }

// Flaws lists all problems with a way to the field.
func (s Sheet) Flaws() []Flaw {
	var out []Flaw
	for _, p := range s.Problems {
		f := Flaw{Text: s.Said(p.Key, p.Args)}
		if p.Field != "" {
			f.Href, f.Label = "#"+ID(p.Field), s.label(p.Field)
		}
		out = append(out, f)
	}
	return out
}

// Whole gives the problems of a group of rows as a whole: "nowhere".
func (s Sheet) Whole(group string) []Flaw {
	var out []Flaw
	for _, p := range s.ProblemsOf(group) {
		out = append(out, Flaw{Href: ID(group), Text: s.Said(p.Key, p.Args)})
	}
	return out
}

// Button adds or drops a row.
type Button struct{ Name, Label, Said string }

// Add is the button that opens one more row.
func (s Sheet) Add(group string) Button {
	return Button{Name: group, Label: s.words.T(s.lang, s.area+".add."+plain(group))}
}

// Drop is the button that takes a row away.
func (s Sheet) Drop(r typed.Row) Button {
	return Button{
		Name: strings.TrimSuffix(r.Prefix, "."), Label: s.words.T(s.lang, s.area+".form.drop"),
		Said: s.words.T(s.lang, s.area+".form.drop_row", "group", s.label(r.Group), "number", r.Index+1),
	}
}

// Any says whether something stands in one of the fields or is wrong with it:
// then the part of the form that holds them stands open.
func (s Sheet) Any(fields ...string) bool {
	for _, name := range fields {
		if len(typed.Of(s.Values, name)) > 0 || len(s.Rows(name)) > 0 {
			return true
		}
		if slices.ContainsFunc(s.Problems, func(p atlas.Problem) bool { return typed.Part(p.Field) == name }) {
			return true
		}
	}
	return false
}

// Row is the beginning of the names of a row's fields: "sources.2.".
func Row(group string, i int) string { return fmt.Sprintf("%s.%d.", group, i) }

var code = regexp.MustCompile(`\[([^\[\]]+)\]\s*$`)

// Coded writes a record by name in a form, with the code in brackets, so that
// the name reads well and the code decides.
func Coded(name, code string) string {
	if code == "" || name == "" || name == code {
		return code
	}
	return name + " [" + code + "]"
}

// Code reads the code that Coded wrote; "" where the text has none.
func Code(text string) string {
	if m := code.FindStringSubmatch(text); m != nil {
		return strings.TrimSpace(m[1])
	}
	return ""
}
