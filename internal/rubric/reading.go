package rubric

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"atlas"
)

// Limits of what a rubric from elsewhere may hold.
const (
	textLimit = 2000 // characters of a text
	listLimit = 60   // items of a list
	intLimit  = 100_000
)

// reading reads a tree of JSON and collects what is wrong with it: all at once, so
// that whoever repairs the file does it once.
type reading struct{ problems []atlas.Problem }

func (x *reading) add(at, key string, args ...any) {
	m := map[string]any{}
	for i := 0; i+1 < len(args); i += 2 {
		m[args[i].(string)] = args[i+1]
	}
	x.problems = append(x.problems, atlas.Problem{Field: at, Key: key, Args: m})
}

func under(at string, key any) string {
	if at == "" {
		return fmt.Sprint(key)
	}
	return fmt.Sprintf("%s.%v", at, key)
}

// twice names the fields that stand in an object more than once: which of them counts
// nobody can tell, and the reader of JSON takes the last one without a word. data is
// well formed.
func (x *reading) twice(data []byte) {
	d := json.NewDecoder(bytes.NewReader(data))
	var value func(at string)
	value = func(at string) {
		open, _ := d.Token()
		seen := map[string]bool{}
		for n := 0; (open == json.Delim('{') || open == json.Delim('[')) && d.More(); n++ {
			if open == json.Delim('[') {
				value(under(at, n))
				continue
			}
			key, _ := d.Token()
			name, _ := key.(string)
			if seen[name] {
				x.add(under(at, short(name)), "rubric.file.twice", "field", short(name))
			}
			seen[name] = true
			value(under(at, short(name)))
		}
		if open == json.Delim('{') || open == json.Delim('[') {
			_, _ = d.Token() // its end
		}
	}
	value("")
}

// object reads an object; a field that is not one of those asked for is named.
func (x *reading) object(v any, at, fields string) map[string]any {
	m, ok := v.(map[string]any)
	if !ok {
		x.add(at, "rubric.file.object", "example", `{"`+strings.Fields(fields)[0]+`": …}`)
		return nil
	}
	known := strings.Fields(fields)
	var strange []string
	for name := range m {
		if !slices.Contains(known, name) {
			strange = append(strange, name)
		}
	}
	sort.Strings(strange)
	for _, name := range strange {
		x.add(under(at, short(name)), "rubric.file.unknown", "known", strings.Join(known, ", "))
	}
	return m
}

// list reads a list; one that is not there is empty.
func (x *reading) list(m map[string]any, at, name string, item func(v any, at string)) {
	v, there := m[name]
	if !there || v == nil {
		return
	}
	all, ok := v.([]any)
	switch {
	case !ok:
		x.add(under(at, name), "rubric.file.list", "example", "[…]")
	case len(all) > listLimit:
		x.add(under(at, name), "rubric.file.long_list", "limit", listLimit, "found", len(all))
	default:
		for i, v := range all {
			item(v, under(under(at, name), i))
		}
	}
}

func (x *reading) text(m map[string]any, at, name, example string) string {
	v, there := m[name]
	if !there || v == nil {
		return ""
	}
	s, ok := v.(string)
	switch {
	case !ok:
		x.add(under(at, name), "rubric.file.text", "example", strconv.Quote(example))
	case utf8.RuneCountInString(s) > textLimit:
		x.add(under(at, name), "rubric.file.long_text", "limit", textLimit)
	case strings.ContainsFunc(s, func(c rune) bool { return c < ' ' && c != '\n' && c != '\t' || c == utf8.RuneError }):
		x.add(under(at, name), "rubric.file.signs", "example", strconv.Quote(example))
	default:
		return strings.TrimSpace(s)
	}
	return ""
}

// decimal reads a number with so many decimal places at most and gives it times ten
// to them: 65.5 with one place is 655.
func (x *reading) decimal(m map[string]any, at, name, example string, places int) int {
	v, there := m[name]
	if !there || v == nil {
		return 0
	}
	n, ok := v.(json.Number)
	if ok {
		whole, part, _ := strings.Cut(n.String(), ".")
		if len(part) <= places {
			out, err := strconv.Atoi(whole + part + strings.Repeat("0", places-len(part)))
			if err == nil && out >= 0 && out <= intLimit && !strings.HasPrefix(whole, "-") {
				return out
			}
		}
	}
	x.add(under(at, name), "rubric.file.number", "example", example)
	return 0
}

func (x *reading) whole(m map[string]any, at, name, example string) int {
	return x.decimal(m, at, name, example, 0)
}

func (x *reading) rubric(tree any) *atlas.Rubric {
	m := x.object(tree, "", "format family number title note scale criteria gates bands floor_percent evaluators criterion_gap total_gap good_practice")
	if m == nil {
		return nil
	}
	if f := x.text(m, "", "format", Format); f != Format {
		x.add("format", "rubric.file.format", "example", Format, "found", short(f))
	}
	r := &atlas.Rubric{
		Family: x.text(m, "", "family", "mesto"), Number: x.whole(m, "", "number", "1"),
		Floor: x.whole(m, "", "floor_percent", "70"), Evaluators: x.whole(m, "", "evaluators", "2"),
		CriterionGap: x.whole(m, "", "criterion_gap", "2"), TotalGap: x.whole(m, "", "total_gap", "15"),
	}
	r.Title, r.Note = x.words(m, "", "title"), x.words(m, "", "note")
	x.list(m, "", "scale", func(v any, at string) { r.Scale = append(r.Scale, x.step(v, at)) })
	x.list(m, "", "criteria", func(v any, at string) { r.Criteria = append(r.Criteria, x.criterion(v, at)) })
	x.list(m, "", "gates", func(v any, at string) {
		g := x.object(v, at, "code cs en")
		r.Gates = append(r.Gates, atlas.Gate{Code: x.text(g, at, "code", "H1"), Words: x.wordsOf(g, at)})
	})
	x.list(m, "", "bands", func(v any, at string) {
		b := x.object(v, at, "from code cs en")
		r.Bands = append(r.Bands, atlas.Band{From: x.decimal(b, at, "from", "65", 1), Code: x.text(b, at, "code", "dobre"), Words: x.wordsOf(b, at)})
	})
	if rule, there := m["good_practice"]; there && rule != nil {
		r.Mark = x.rule(rule)
	}
	return r
}

func (x *reading) criterion(v any, at string) atlas.Criterion {
	m := x.object(v, at, "code title questions anchors weights")
	c := atlas.Criterion{Code: x.text(m, at, "code", "K1"), Title: x.words(m, at, "title")}
	x.list(m, at, "questions", func(v any, at string) {
		c.Questions = append(c.Questions, x.wordsOf(x.object(v, at, "cs en"), at))
	})
	x.list(m, at, "anchors", func(v any, at string) { c.Anchors = append(c.Anchors, x.step(v, at)) })
	if w, there := m["weights"]; there && w != nil {
		at := under(at, "weights")
		w := x.object(w, at, "ex-ante interim ex-post")
		c.Weights = atlas.Weights{
			ExAnte: x.whole(w, at, "ex-ante", "14"), Interim: x.whole(w, at, "interim", "10"), ExPost: x.whole(w, at, "ex-post", "12"),
		}
	}
	return c
}

func (x *reading) rule(v any) atlas.MarkRule {
	const at = "good_practice"
	m := x.object(v, at, "total all one_of months completeness_percent upscaling valid_months")
	out := atlas.MarkRule{
		Total: x.decimal(m, at, "total", "70", 1), Months: x.whole(m, at, "months", "12"),
		Completeness: x.whole(m, at, "completeness_percent", "70"), Valid: x.whole(m, at, "valid_months", "36"),
	}
	for name, to := range map[string]*[]atlas.AtLeast{"all": &out.All, "one_of": &out.OneOf, "upscaling": &out.Upscaling} {
		x.list(m, at, name, func(v any, at string) {
			l := x.object(v, at, "criterion points")
			*to = append(*to, atlas.AtLeast{Criterion: x.text(l, at, "criterion", "K5"), Points: x.whole(l, at, "points", "3")})
		})
	}
	return out
}

func (x *reading) step(v any, at string) atlas.Step {
	m := x.object(v, at, "points cs en")
	return atlas.Step{Points: x.whole(m, at, "points", "2"), Words: x.wordsOf(m, at)}
}

// words is a text in both languages in a field of its own.
func (x *reading) words(m map[string]any, at, name string) atlas.Words {
	v, there := m[name]
	if !there || v == nil {
		return atlas.Words{}
	}
	at = under(at, name)
	return x.wordsOf(x.object(v, at, "cs en"), at)
}

func (x *reading) wordsOf(m map[string]any, at string) atlas.Words {
	return atlas.Words{Cs: x.text(m, at, "cs", "česky"), En: x.text(m, at, "en", "in English")}
}

// short cuts a name that somebody else chose.
func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
