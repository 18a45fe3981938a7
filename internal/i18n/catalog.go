// Package i18n holds the words of the product in Czech and English, their
// plural forms, and how numbers, dates and money are written.
package i18n

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Languages of the interface; the first is the source.
var Languages = []string{"cs", "en"}

// Catalog is every message in every language. It is read-only once loaded.
type Catalog struct{ messages map[string]map[string]message }

// message is a text, or its plural forms by category: one, few, many, other.
type message struct {
	text  string
	forms map[string]string
}

func (m *message) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '{' {
		return json.Unmarshal(b, &m.forms)
	}
	return json.Unmarshal(b, &m.text)
}

// Load reads cs.json and en.json of each folder. A key given twice and a key
// missing in a language are errors, so that a forgotten translation never
// reaches a person.
func Load(folders ...fs.FS) (*Catalog, error) {
	c := &Catalog{messages: map[string]map[string]message{}}
	for _, lang := range Languages {
		c.messages[lang] = map[string]message{}
		for i, folder := range folders {
			if err := c.read(lang, folder); err != nil {
				return nil, fmt.Errorf("messages, folder %d: %w", i, err)
			}
		}
	}
	return c, c.check()
}

func (c *Catalog) read(lang string, folder fs.FS) error {
	data, err := fs.ReadFile(folder, lang+".json")
	if err != nil {
		return err
	}
	var all map[string]message
	if err := json.Unmarshal(data, &all); err != nil {
		return fmt.Errorf("%s.json: %w", lang, err)
	}
	for key, m := range all {
		if _, there := c.messages[lang][key]; there {
			return fmt.Errorf("%s.json: key %q stands twice", lang, key)
		}
		c.messages[lang][key] = m
	}
	return nil
}

// categories are the plural categories that each language must have.
var categories = map[string][]string{
	"cs": {"one", "few", "many", "other"},
	"en": {"one", "other"},
}

func (c *Catalog) check() error {
	var wrong []string
	source := c.messages[Languages[0]]
	for _, lang := range Languages[1:] {
		for key := range source {
			if _, ok := c.messages[lang][key]; !ok {
				wrong = append(wrong, fmt.Sprintf("%s lacks %q", lang, key))
			}
		}
		for key, m := range c.messages[lang] {
			s, ok := source[key]
			switch {
			case !ok:
				wrong = append(wrong, fmt.Sprintf("%s has %q, which the source lacks", lang, key))
			case (s.forms == nil) != (m.forms == nil):
				wrong = append(wrong, fmt.Sprintf("%s: %q has plural forms in one language only", lang, key))
			case arguments(s) != arguments(m):
				wrong = append(wrong, fmt.Sprintf("%s: %q has other arguments than the source", lang, key))
			}
		}
	}
	for lang, all := range c.messages {
		for key, m := range all {
			for _, cat := range categories[lang] {
				if m.forms != nil && m.forms[cat] == "" {
					wrong = append(wrong, fmt.Sprintf("%s: %q lacks the form %q", lang, key, cat))
				}
			}
		}
	}
	if len(wrong) > 0 {
		return fmt.Errorf("messages: %s", strings.Join(wrong, "; "))
	}
	return nil
}

// Has says whether there is such a message.
func (c *Catalog) Has(key string) bool { _, ok := c.messages[Languages[0]][key]; return ok }

// T is the message in a language. Arguments are pairs of name and value and
// stand in the text as {name}. A key that does not exist is shown as itself.
func (c *Catalog) T(lang, key string, args ...any) string {
	m, ok := c.messages[lang][key]
	if !ok {
		return key
	}
	text := m.text
	if m.forms != nil {
		text = m.forms["other"]
	}
	return fill(text, args)
}

// N is the message in the plural form of n; {n} stands for the number, written
// as the language writes it.
func (c *Catalog) N(lang, key string, n int64, args ...any) string {
	m, ok := c.messages[lang][key]
	if !ok {
		return key
	}
	text := m.text
	if m.forms != nil {
		text = m.forms[category(lang, n)]
	}
	return fill(text, append([]any{"n", Number(lang, n)}, args...))
}

func category(lang string, n int64) string {
	if n < 0 {
		n = -n
	}
	tag := language.Czech
	if lang == "en" {
		tag = language.English
	}
	switch plural.Cardinal.MatchPlural(tag, int(n%1_000_000_000), 0, 0, 0, 0) {
	case plural.One:
		return "one"
	case plural.Few:
		return "few"
	case plural.Many:
		return "many"
	}
	return "other"
}

func fill(text string, args []any) string {
	if len(args) < 2 || !strings.Contains(text, "{") {
		return text
	}
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		pairs = append(pairs, fmt.Sprintf("{%v}", args[i]), fmt.Sprint(args[i+1]))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// arguments are the names in braces of a message, sorted and joined.
func arguments(m message) string {
	names := map[string]bool{}
	for _, text := range append([]string{m.text}, values(m.forms)...) {
		for {
			_, rest, ok := strings.Cut(text, "{")
			if !ok {
				break
			}
			name, after, ok := strings.Cut(rest, "}")
			if !ok {
				break
			}
			names[name] = true
			text = after
		}
	}
	return strings.Join(sortedKeys(names), ",")
}
