package practices

import (
	"cmp"
	"strings"

	"atlas/internal/czech"
	"atlas/internal/web/form"
	"atlas/internal/web/typed"
)

// mostOptions is how many readings of an ambiguous name are offered.
const mostOptions = 12

// territory turns a name into the code of the one territory it means. A name that
// more territories have is never guessed: the choices are said (10.3).
func (t teller) territory(f *typed.Form, field string) string {
	text, g := f.Text(field), t.app.Places()
	if text == "" {
		return ""
	}
	if place, ok := g.Get(cmp.Or(form.Code(text), text)); ok {
		return place.Code
	}
	found := g.Recognise(text)
	var options []string
	for _, place := range found {
		options = append(options, form.Coded(g.Label(place.Code), place.Code))
	}
	if !t.chosen(f, field, options) {
		return ""
	}
	return found[0].Code
}

// actor turns a name into the code of the one organisation it means.
func (t teller) actor(f *typed.Form, field string) string {
	text := f.Text(field)
	id := cmp.Or(form.Code(text), text)
	if text == "" || t.app.ActorName(id, t.lang) != id {
		return id
	}
	var ids, options []string
	for id, name := range t.app.ActorNames(t.lang) {
		if czech.Fold(name) == czech.Fold(strings.TrimSpace(text)) {
			ids, options = append(ids, id), append(options, form.Coded(name, id))
		}
	}
	if !t.chosen(f, field, options) {
		return ""
	}
	return ids[0]
}

// chosen puts the only option into a field; with none or several it says so there.
func (t teller) chosen(f *typed.Form, field string, options []string) bool {
	group, key := typed.Part(field), "unknown"
	if len(options) == 1 {
		f.Set(field, options[0])
		return true
	}
	if len(options) > 1 {
		key = "ambiguous"
	}
	f.Fail(field, "practices.form."+group+"."+key, map[string]any{"value": f.Text(field), "options": strings.Join(options[:min(len(options), mostOptions)], "; ")})
	return false
}
