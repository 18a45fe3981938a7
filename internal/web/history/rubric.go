package history

import (
	"fmt"
	"strconv"

	"atlas"
	"atlas/internal/i18n"
)

// ofRubric writes a part of a rubric. Its texts are told in both languages, because
// either may have changed.
func (t teller) ofRubric(v any) string {
	switch x := v.(type) {
	case atlas.Words:
		return joined(" / ", x.Cs, x.En)
	case atlas.Step:
		return joined(": ", strconv.Itoa(x.Points), t.ofRubric(x.Words))
	case atlas.Gate:
		return joined(": ", x.Code, t.ofRubric(x.Words))
	case atlas.Band:
		return joined(": ", joined(" ", x.Code, t.named("rubrics.field.bands.from", i18n.Tenths(t.lang, x.From))), t.ofRubric(x.Words))
	case atlas.AtLeast:
		return fmt.Sprintf("%s ≥ %d", x.Criterion, x.Points)
	case atlas.Criterion:
		return t.criterion(x)
	case atlas.MarkRule:
		return t.markRule(x)
	}
	return ""
}

func (t teller) criterion(c atlas.Criterion) string {
	out := []string{joined(" ", c.Code, t.ofRubric(c.Title))}
	for _, m := range atlas.Modes() {
		if w := c.Weights.In(m); w > 0 {
			out = append(out, t.named("rubrics.field.criteria.weights."+string(m), strconv.Itoa(w)))
		}
	}
	for _, q := range c.Questions {
		out = append(out, t.ofRubric(q))
	}
	for _, s := range c.Anchors {
		out = append(out, t.ofRubric(s))
	}
	return joined("; ", out...)
}

func (t teller) markRule(m atlas.MarkRule) string {
	var out []string
	add := func(key, value string) {
		if value != "" {
			out = append(out, t.named("rubrics.field.mark."+key, value))
		}
	}
	least := func(all []atlas.AtLeast) string {
		var texts []string
		for _, l := range all {
			texts = append(texts, t.ofRubric(l))
		}
		return joined(", ", texts...)
	}
	count := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	if m.Total > 0 {
		add("total", i18n.Tenths(t.lang, m.Total))
	}
	add("all", least(m.All))
	add("one_of", least(m.OneOf))
	add("months", count(m.Months))
	add("completeness", count(m.Completeness))
	add("upscaling", least(m.Upscaling))
	add("valid", count(m.Valid))
	return joined("; ", out...)
}

// named is a value with its name before it.
func (t teller) named(key, value string) string { return t.T(key) + ": " + value }
