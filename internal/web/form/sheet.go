// Package form draws the fields of a form over what was typed: each with its
// label, its hint, its choices and what is wrong with it, in the language of
// the reader. The words stand in the area whose form it is, under
// area.field.NAME, area.hint.NAME, area.word.VALUE and area.add.GROUP; what all
// forms say stands with the shared parts of pages.
package form

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/web/route"
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

	Focus                      string   // the field in which the person goes on, ""
	ActorOptions, PlaceOptions []string // suggestions for those who have no script
}

// Names of the lists of suggestions on the page.
const (
	listActors = "akteri"
	listPlaces = "uzemi"
)

// New makes the sheet of a form of an area. needed are the fields without
// which the record cannot be published.
func New(f *typed.Form, area, lang string, words *i18n.Catalog, lists *atlas.Lists, needed []string) Sheet {
	return Sheet{Form: f, area: area, lang: lang, lists: lists, words: words, needed: needed}
}

// Control is one field as the template draws it.
type Control struct {
	Kind               string // "line", "text", "pick", "ticks", "yes", "money", "people", "rows"
	Name, ID           string
	Label, Hint, Value string
	Needed             bool
	Problems           []string // what is wrong, with an example
	Options            []Choice
	List               string // id of the list of suggestions
	Suggest            string // address that gives more of them while typing
	Checked            bool   // of "yes", and of the estimate of "money"
	Aside              string // label of the second part of "money" and "people"
	Open               bool   // long lists of ticks stand open when something is ticked
	Focus              bool   // the person goes on here
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

// control is a field with its words. A hint stands in the first row of a group
// only.
func (s Sheet) control(kind, name string) Control {
	key := plain(name)
	c := Control{
		Kind: kind, Name: name, ID: ID(name), Label: s.label(name), Value: s.Get(name),
		Needed: slices.Contains(s.needed, key), Focus: s.Focus == name,
	}
	if row := rowNumber.FindString(name); row == "" || row == ".0" {
		c.Hint = s.known(s.area + ".hint." + key)
	}
	for _, p := range s.ProblemsOf(name) {
		c.Problems = append(c.Problems, s.Said(p.Key, p.Args))
	}
	return c
}

// known is a message that need not exist; "" then.
func (s Sheet) known(key string) string {
	if !s.words.Has(key) {
		return ""
	}
	return s.words.T(s.lang, key)
}

// Line is a field of one line.
func (s Sheet) Line(name string) Control { return s.control("line", name) }

// Actor is a field that names an actor: suggestions stand on the page and, for
// readers with scripts, come while typing.
func (s Sheet) Actor(name string) Control { return s.suggest(name, listActors, route.ActorsSuggest) }

// Place is a field that names a territory, with suggestions like Actor.
func (s Sheet) Place(name string) Control { return s.suggest(name, listPlaces, route.PlacesSuggest) }

func (s Sheet) suggest(name, list, pattern string) Control {
	c := s.control("line", name)
	c.List, c.Suggest = list, route.In(s.lang, pattern)
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
	c.Aside = s.words.T(s.lang, "form.estimate")
	c.Checked = s.Get(name+"_state") == string(atlas.AmountEstimate)
	return c
}

// People is a number with what was counted.
func (s Sheet) People(name string) Control {
	c := s.control("people", name)
	c.Aside = s.words.T(s.lang, "form.counted")
	c.Options = s.options(atlas.ListCountKind, s.Values[name+"_kind"])
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

// Opened shows the choice unfolded, for a form of few fields that needs it.
func (c Control) Opened() Control {
	c.Open = true
	return c
}

// Words chooses one of few words that are no code list.
func (s Sheet) Words(name string, values ...string) Control { return s.Choose(name, values) }

// Choose is Words for a list of them. What was typed and is none of them stays.
func (s Sheet) Choose(name string, values []string) Control {
	c := s.control("pick", name)
	for _, v := range values {
		c.Options = append(c.Options, Choice{v, s.words.T(s.lang, s.area+".word."+v), s.Has(name, v)})
	}
	if c.Value != "" && !slices.Contains(values, c.Value) {
		c.Options = append(c.Options, Choice{c.Value, c.Value, true})
	}
	return c
}

// TickWords chooses several of few words.
func (s Sheet) TickWords(name string, values ...string) Control {
	c := s.Choose(name, values)
	c.Kind, c.Open = "ticks", true
	return c
}

// Answer is yes, no or not known.
func (s Sheet) Answer(name string) Control {
	return s.Words(name, string(atlas.Yes), string(atlas.No))
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

// Flaws lists all problems with a way to the field, which is named with its
// row: "Financování 2: Přiznáno".
func (s Sheet) Flaws() []Flaw {
	var out []Flaw
	for _, p := range s.Problems {
		f := Flaw{Text: s.Said(p.Key, p.Args)}
		if p.Field != "" {
			f.Href, f.Label = "#"+ID(p.Field), s.label(p.Field)
		}
		if parts := strings.SplitN(p.Field, ".", 3); len(parts) == 3 {
			if n, err := strconv.Atoi(parts[1]); err == nil {
				f.Label = fmt.Sprintf("%s %d: %s", s.label(parts[0]), n+1, f.Label)
			}
		}
		out = append(out, f)
	}
	return out
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
