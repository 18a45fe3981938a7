package actors

import (
	"cmp"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/web/form"
	"atlas/internal/web/typed"
)

// Keys of problems that only this form can find; the argument "value" is what
// was typed, "options" are the choices of an ambiguous name.
const (
	keyActorUnknown   = "actors.form.actor_unknown"
	keyActorAmbiguous = "actors.form.actor_ambiguous"
	keyPlaceUnknown   = "actors.form.place_unknown"
	keyPlaceAmbiguous = "actors.form.place_ambiguous"
	keyStrength       = "actors.form.strength"
	keyZIP            = "actors.form.zip"
)

// resolver finds records by what a person typed: a code or a name. Several
// answers mean that the name alone does not decide.
type resolver struct {
	actors func(text string) []string // Actor.ID
	places func(text string) []string // Territory.Code
	named  func(id string) string     // name of an actor or a territory
}

// decoding reads one form.
type decoding struct {
	*typed.Form
	resolver
}

// decode gives the actor as typed over the stored one, so that what the form
// does not hold stays. What is wrong is in the form.
func decode(f *typed.Form, base atlas.Actor, r resolver) *atlas.Actor {
	d := decoding{f, r}
	a := base
	a.Name, a.NameEn, a.OtherNames = d.Text("name"), d.Text("name_en"), d.Lines("other_names")
	a.Generic, a.Type, a.Sector = d.Get("generic") != "", d.Text("actor_type"), d.Text("sector")
	a.Sphere, a.LegalForm, a.Country = d.Text("sphere"), d.Text("legal_form"), d.Text("country")
	a.ICO, a.DIC = d.Text("ico"), strings.ToUpper(squeezed(d.Text("dic")))
	if ico, ok := czech.NormaliseICO(squeezed(a.ICO)); ok {
		a.ICO = ico
	}
	a.ForeignID, a.DataBox = d.Text("foreign_id"), strings.ToLower(d.Text("data_box"))
	a.Seat, a.Post, a.Billing = d.address("seat"), d.address("post"), d.address("billing")
	a.BankAccount = squeezed(d.Text("bank_account"))
	a.Email, a.Phone, a.Web = d.Text("email"), d.Text("phone"), d.URL("web")
	a.Parent = d.find("parent", d.actors, keyActorUnknown, keyActorAmbiguous)
	a.Areas, a.Activities, a.TargetLegal = d.Choices("areas"), d.Choices("activities"), d.Choices("target_legal")
	a.Languages, a.ServiceForms = d.Choices("languages"), d.Choices("service_form")
	a.Capacity, a.OpeningHours, a.Price = d.Text("capacity"), d.Text("opening_hours"), d.Text("price")
	a.Verified = d.Date("verified_at")
	a.Territories = d.territories()
	a.Relations = d.relations()
	a.Sources = form.Sources(d.Form)
	return &a
}

// squeezed takes blanks out of a number: "005 75 640".
func squeezed(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\u00a0", " ")), "")
}

func (d decoding) address(prefix string) atlas.Address {
	a := atlas.Address{
		Street: d.Text(prefix + "_street"), ZIP: squeezed(d.Text(prefix + "_zip")),
		City: d.Text(prefix + "_city"), RUIAN: squeezed(d.Text(prefix + "_ruian")),
	}
	if a.ZIP != "" && d.Text("country") == "CZ" && (len(a.ZIP) != 5 || strings.Trim(a.ZIP, "0123456789") != "") {
		d.Fail(prefix+"_zip", keyZIP, map[string]any{"value": d.Text(prefix + "_zip")})
	}
	return a
}

// mostOptions is how many readings of an ambiguous name are offered.
const mostOptions = 12

// find turns a name into the code of the one record it means. A name that more
// records have is never guessed: the choices are said (10.3).
func (d decoding) find(field string, look func(string) []string, unknown, ambiguous string) string {
	text := d.Text(field)
	if text == "" {
		return ""
	}
	found := look(text)
	switch len(found) {
	case 0:
		d.Fail(field, unknown, map[string]any{"value": text})
		return ""
	case 1:
		d.Set(field, form.Coded(d.named(found[0]), found[0]))
		return found[0]
	}
	var options []string
	for _, id := range found[:min(len(found), mostOptions)] {
		options = append(options, form.Coded(d.named(id), id))
	}
	d.Fail(field, ambiguous, map[string]any{"value": text, "options": strings.Join(options, "; ")})
	return ""
}

// filled numbers the rows of a group anew without the empty ones, so that the
// place of a problem is the place in the record.
func (d decoding) filled(group string) []typed.Row {
	d.Compact(group)
	return d.Rows(group)
}

func (d decoding) territories() []string {
	var out []string
	for _, r := range d.filled("territories") {
		out = append(out, d.find(r.Prefix+"place", d.places, keyPlaceUnknown, keyPlaceAmbiguous))
	}
	return out
}

func (d decoding) relations() []atlas.Relation {
	var out []atlas.Relation
	for _, r := range d.filled("relations") {
		x := atlas.Relation{
			Actor: d.find(r.Prefix+"actor", d.actors, keyActorUnknown, keyActorAmbiguous),
			Kind:  d.Text(r.Prefix + "kind"), Since: d.Date(r.Prefix + "since"),
		}
		if text := d.Text(r.Prefix + "strength"); text != "" {
			n, err := strconv.Atoi(text)
			if err != nil || n < 1 || n > 3 {
				d.Fail(r.Prefix+"strength", keyStrength, map[string]any{"value": text})
				n = 0
			}
			x.Strength = n
		}
		out = append(out, x)
	}
	return out
}

// lookup finds actors in the directory and territories in the gazetteer.
func (t teller) lookup(all []*entry) resolver {
	return resolver{
		actors: func(text string) []string { return findActors(all, text) },
		places: func(text string) []string {
			if place, ok := t.app.Places().Get(cmp.Or(form.Code(text), text)); ok {
				return []string{place.Code}
			}
			var out []string
			for _, place := range t.app.Places().Recognise(text) {
				out = append(out, place.Code)
			}
			return out
		},
		named: func(id string) string {
			if strings.HasPrefix(id, "A-") {
				return t.app.ActorName(id, t.lang)
			}
			return t.app.Places().Label(id)
		},
	}
}

// findActors finds by a code, an identification number or the whole of one of
// the names.
func findActors(all []*entry, text string) []string {
	id := cmp.Or(form.Code(text), strings.ToUpper(text))
	ico, isICO := czech.NormaliseICO(squeezed(text))
	name := strings.Join(words(text), " ")
	var out []string
	for _, e := range all {
		switch {
		case e.id == id:
			return []string{e.id}
		case isICO && e.ico == ico, name != "" && e.called(name):
			out = append(out, e.id)
		}
	}
	return out
}

func (e *entry) called(name string) bool {
	for _, n := range e.names {
		if n == name {
			return true
		}
	}
	return false
}
