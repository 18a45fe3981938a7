package form

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/web/page"
	"atlas/internal/web/typed"
)

// Marks in place of a code list, for fields whose values are no codes.
const (
	Box  = "box"  // ticked or not
	Word = "word" // one of few words
)

// Conflict is a form that was typed over a version that does not stand any
// more.
type Conflict struct {
	Nav              string // pattern of the section
	ID               string // of the record
	Read             int64  // version that the person read; 0 when the record was another one, merged into this
	Stored           atlas.Meta
	Theirs, Before   url.Values        // what stands now and what the person read, nil where it is not known
	Parts            []string          // fields of the form in their order
	Lists            map[string]string // field → code list of its values, or a mark
	URLSave, URLShow string
}

// conflictPage shows both versions part by part. All that was typed travels on
// in hidden fields, and each difference is decided by the person: nothing is
// overwritten unseen.
type conflictPage struct {
	page.Base
	Intro, Action    string
	Version          int64 // that the answer is based on
	Mine             []Field
	Parts            []Difference
	URLSave, URLShow string
}

// Difference is one part of a form in which two versions differ.
type Difference struct {
	Part, Label              string
	Mine, Theirs             []string // a line for each value, to be read by people
	PreferMine, PreferTheirs bool     // only one of the two was changed
	Hint                     string   // key of who changed it, "" where it is not known
}

// Field is a name with one value.
type Field struct{ Name, Value string }

// ShowConflict answers with both versions side by side.
func (s Sheet) ShowConflict(q *page.Request, c Conflict) error {
	p := &conflictPage{
		Base: q.Base(q.T("form.conflict.title")), Action: s.Get(FieldAction), Version: c.Stored.Version, Mine: s.hidden(),
		Parts: s.differences(c), URLSave: c.URLSave, URLShow: c.URLShow,
		Intro: q.T("form.conflict.intro", "read", strconv.FormatInt(c.Read, 10), "current", strconv.FormatInt(c.Stored.Version, 10),
			"when", i18n.Day(q.Lang, c.Stored.UpdatedAt)),
	}
	if c.Read == 0 {
		p.Intro = q.T("form.conflict.intro_merged", "id", c.ID)
	}
	if !slices.Contains([]string{ActionSave, ActionPublish, ActionReturn, ActionSend}, p.Action) {
		p.Action = ActionSave
	}
	p.Nav, p.NoIndex = c.Nav, true
	return q.Render(http.StatusConflict, "page/conflict", p)
}

// Versions gives a version of a record as it was stored.
type Versions interface {
	Version(ctx context.Context, kind, id string, version int64) ([]byte, error)
}

// Before gives a version of a record as form values; nil when it is not kept.
func Before[R any](ctx context.Context, kept Versions, kind, id string, version int64, fill func(*R) *typed.Form) (url.Values, error) {
	data, err := kept.Version(ctx, kind, id, version)
	if errors.Is(err, atlas.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	r := new(R)
	if err := json.Unmarshal(data, r); err != nil {
		return nil, err
	}
	return fill(r).Values, nil
}

// differences compares part by part; what only one side changed is chosen
// beforehand.
func (s Sheet) differences(c Conflict) []Difference {
	var out []Difference
	for _, part := range typed.Differing(s.Values, c.Theirs, c.Parts) {
		d := Difference{Part: part, Label: s.label(part), Mine: s.lines(s.Values, part, c.Lists), Theirs: s.lines(c.Theirs, part, c.Lists)}
		if c.Before != nil {
			d.PreferMine = len(typed.Differing(c.Before, c.Theirs, []string{part})) == 0
			d.PreferTheirs = len(typed.Differing(c.Before, s.Values, []string{part})) == 0
			switch {
			case d.PreferMine:
				d.Hint = "form.conflict.only_mine"
			case d.PreferTheirs:
				d.Hint = "form.conflict.only_theirs"
			default:
				d.Hint = "form.conflict.both"
			}
		}
		out = append(out, d)
	}
	return out
}

// lines writes the values of a part for people: "1. Role: Realizátor".
func (s Sheet) lines(values url.Values, part string, lists map[string]string) []string {
	var out []string
	for _, entry := range typed.Of(values, part) {
		name, value, _ := strings.Cut(entry, "=")
		index, inner, isRow := strings.Cut(name, ".")
		field := name
		if isRow {
			field = plain(part + "." + inner)
		}
		value = s.readable(field, value, lists[field])
		if n, err := strconv.Atoi(index); isRow && err == nil {
			if label := s.known(s.area + ".field." + field); label != "" {
				value = label + ": " + value
			}
			value = strconv.Itoa(n+1) + ". " + value
		}
		out = append(out, value)
	}
	return out
}

func (s Sheet) readable(field, value, list string) string {
	switch {
	case strings.HasSuffix(field, "_state"):
		return s.words.T(s.lang, "form.estimate")
	case list == "":
		return value
	case list == Box:
		return s.words.T(s.lang, "form.ticked")
	case list == Word:
		if word := s.known(s.area + ".word." + value); word != "" {
			return word
		}
		return value
	}
	return s.lists.Label(list, value, s.lang)
}

// hidden gives all that was typed.
func (s Sheet) hidden() []Field {
	var out []Field
	for _, name := range slices.Sorted(maps.Keys(s.Values)) {
		if name == FieldVersion || name == FieldConflict || name == FieldForm || name == FieldAction || strings.HasPrefix(name, fieldChoice) {
			continue
		}
		for _, v := range s.Values[name] {
			out = append(out, Field{name, v})
		}
	}
	return out
}

// Settle puts the parts that were chosen of the other version into a form that
// comes from the page of a conflict; any other form stays as it is. It is false
// while some difference is undecided.
func Settle(f *typed.Form, theirs url.Values, parts []string) bool {
	if f.Get(FieldConflict) == "" {
		return true
	}
	decided := true
	for _, part := range typed.Differing(f.Values, theirs, parts) {
		switch f.Get(fieldChoice + part) {
		case choiceMine:
		case choiceTheirs:
			typed.Take(f.Values, theirs, part)
		default:
			decided = false
		}
	}
	return decided
}
