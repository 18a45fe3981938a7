package evaluations

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/web/form"
)

// teller says things in the language of a request.
type teller struct {
	app   *app.App
	words *i18n.Catalog
	lang  string
}

func (a *area) teller(lang string) teller { return teller{a.app, a.site.Words, lang} }

func (t teller) T(key string, args ...any) string { return t.words.T(t.lang, key, args...) }

func (t teller) in(w atlas.Words) string { return w.In(t.lang) }

func (t teller) mode(m atlas.Mode) string { return t.T("evaluations.mode." + string(m)) }

func (t teller) state(s atlas.EvaluationState) string { return t.T("evaluations.state." + string(s)) }

// tenths writes 720 as "72,0".
func (t teller) tenths(n int) string {
	return i18n.Tenths(t.lang, n)
}

// hundredths writes 350 as "3,5" and 300 as "3".
func (t teller) hundredths(n int) string {
	text := strings.TrimRight(fmt.Sprintf("%d.%02d", n/100, n%100), "0")
	return i18n.Decimal(t.lang, strings.TrimSuffix(text, "."))
}

// band is what a band is called by the version that it was given by.
func (t teller) band(r *atlas.Rubric, code string) string {
	for _, b := range r.Bands {
		if b.Code == code {
			return t.in(b.Words)
		}
	}
	return code
}

// given says what a score is: its points, or why it has none.
func (t teller) given(s *atlas.Score, there bool) string {
	switch {
	case !there || s.Kind == "":
		return t.T("evaluations.score.open")
	case s.Kind == atlas.ScoreNA:
		return t.T("evaluations.score.na")
	case s.Kind == atlas.ScoreNoData:
		return t.T("evaluations.score.bd")
	}
	return strconv.Itoa(s.Points)
}

// rubricName names a version: "Metodika Atlasu integrace, verze 1".
func (t teller) rubricName(r *atlas.Rubric) string {
	return t.T("evaluations.rubric_name", "title", t.in(r.Title), "number", r.Number)
}

// said is a problem in words; days are written as people write them.
func (t teller) said(p atlas.Problem) string {
	var pairs []any
	for name, v := range p.Args {
		if d, is := v.(atlas.Date); is {
			v = i18n.Date(t.lang, d)
		}
		pairs = append(pairs, name, v)
	}
	return t.T(p.Key, pairs...)
}

// flaws are what is wrong, each with the way to its field.
func (t teller) flaws(r *atlas.Rubric, all []atlas.Problem) []form.Flaw {
	var out []form.Flaw
	for _, p := range all {
		f := form.Flaw{Text: t.said(p), Label: t.place(r, p.Field)}
		if p.Field != "" {
			f.Href = "#" + form.ID(p.Field)
		}
		out = append(out, f)
	}
	return out
}

// place names a field of a sheet or of another form of the area.
func (t teller) place(r *atlas.Rubric, field string) string {
	part, rest, _ := strings.Cut(field, ".")
	code, _, _ := strings.Cut(rest, ".")
	switch {
	case r == nil:
	case part == "scores" || part == "settlements":
		if c, ok := r.Criterion(code); ok {
			return code + " " + t.in(c.Title)
		}
	case part == "gates":
		return t.T("evaluations.gate", "code", code)
	}
	return t.T("evaluations.field." + part)
}

// problemsOf are what an operation was refused for; false where that was something
// else.
func problemsOf(err error) ([]atlas.Problem, bool) {
	var invalid *atlas.InvalidError
	if errors.As(err, &invalid) {
		return invalid.Problems, true
	}
	return nil, false
}
