package actors

import (
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/web/route"
)

// section is one part of the page: what is known and the names of what is not.
type section struct {
	ID, Title string
	Facts     []fact
	Unknown   []string
}

// fact is one known field.
type fact struct {
	Label  string
	Values []value
}

// value is one value of a field.
type value struct {
	Text, Href, Note string
	External         bool // leads away from the instance
}

func (t teller) date(d atlas.Date) string { return i18n.Date(t.lang, d) }

// tell adds a field; without a value its name goes among the unknown ones.
func (t teller) tell(s *section, field string, values ...value) {
	values = slices.DeleteFunc(values, func(v value) bool { return v.Text == "" })
	label := t.T("actors.field." + field)
	if len(values) == 0 {
		s.Unknown = append(s.Unknown, label)
		return
	}
	s.Facts = append(s.Facts, fact{label, values})
}

func (t teller) text(s *section, field, text string) { t.tell(s, field, value{Text: text}) }

func (t teller) item(s *section, field, list string, codes ...string) {
	var all []value
	for _, code := range codes {
		if code != "" {
			all = append(all, value{Text: t.label(list, code)})
		}
	}
	t.tell(s, field, all...)
}

// sections tells everything known of an actor. related says that some of its
// relatives are known beside the ties.
func (t teller) sections(r *atlas.Actor, v atlas.Viewer, ties []value, related bool) []*section {
	relations := &section{ID: "vazby", Title: t.T("actors.section.ties")}
	if len(ties) > 0 || !related {
		t.tell(relations, "relations", ties...)
	}
	return []*section{t.identity(r), t.contact(r, v), t.work(r), relations}
}

func (t teller) identity(r *atlas.Actor) *section {
	s := &section{ID: "kdo", Title: t.T("actors.section.identity")}
	if t.lang == "en" {
		t.text(s, "name", r.Name)
	}
	t.text(s, "name_en", r.NameEn)
	var others []value
	for _, n := range r.OtherNames {
		others = append(others, value{Text: n})
	}
	t.tell(s, "other_names", others...)
	t.item(s, "actor_type", atlas.ListActorType, r.Type)
	t.item(s, "sector", listSector, r.Sector)
	t.item(s, "sphere", atlas.ListSphere, r.Sphere)
	t.item(s, "legal_form", atlas.ListLegalForm, r.LegalForm)
	t.item(s, "country", atlas.ListCountry, r.Country)
	if r.Generic {
		return s // a group of organisations has no number of its own
	}
	if r.Country == "CZ" || r.Country == "" {
		t.text(s, "ico", r.ICO)
		t.text(s, "dic", r.DIC)
		t.text(s, "data_box", r.DataBox)
	}
	if r.Country != "CZ" || r.ForeignID != "" {
		t.text(s, "foreign_id", r.ForeignID)
	}
	return s
}

// listSector names the two sectors.
const listSector = "CL-08-SEK"

// contact tells how to reach the organisation. The bank account is never
// public.
func (t teller) contact(r *atlas.Actor, v atlas.Viewer) *section {
	s := &section{ID: "kontakt", Title: t.T("actors.section.contact")}
	web := value{Text: r.Web, Href: route.Outside(r.Web), External: true}
	t.tell(s, "web", web)
	mail := value{Text: r.Email}
	if r.Email != "" {
		mail.Href = "mailto:" + r.Email
	}
	t.tell(s, "email", mail)
	t.text(s, "phone", r.Phone)
	t.text(s, "seat", t.address(r.Seat))
	t.text(s, "post", t.address(r.Post))
	t.text(s, "billing", t.address(r.Billing))
	if v.May(atlas.RightPublish) {
		account := value{Text: r.BankAccount, Note: t.T("actors.not_public")}
		t.tell(s, "bank_account", account)
	}
	return s
}

// address writes "Smetanovy sady 1145/1, 360 01 Karlovy Vary" (10.5).
func (t teller) address(a atlas.Address) string {
	zip := a.ZIP
	if len(zip) == 5 {
		zip = zip[:3] + "\u00a0" + zip[3:]
	}
	town := strings.TrimSpace(zip + " " + a.City)
	parts := slices.DeleteFunc([]string{a.Street, town}, func(s string) bool { return s == "" })
	if len(parts) == 0 && a.RUIAN != "" {
		return t.T("actors.ruian", "code", a.RUIAN)
	}
	return strings.Join(parts, ", ")
}

// work tells where, in what and for whom the actor works.
func (t teller) work(r *atlas.Actor) *section {
	s := &section{ID: "pusobeni", Title: t.T("actors.section.work")}
	var places []value
	for _, code := range r.Territories {
		v := value{Text: t.place(code), Href: route.Territory(t.lang, code)}
		if code == "CZ" {
			v.Href = route.In(t.lang, route.Territories)
		}
		places = append(places, v)
	}
	t.tell(s, "territories", places...)
	t.item(s, "areas", atlas.ListArea, r.Areas...)
	t.item(s, "activities", atlas.ListActivity, r.Activities...)
	t.item(s, "target_legal", atlas.ListTargetLegal, r.TargetLegal...)
	t.item(s, "languages", atlas.ListLanguage, r.Languages...)
	t.item(s, "service_form", atlas.ListServiceForm, r.ServiceForms...)
	t.text(s, "capacity", r.Capacity)
	t.text(s, "opening_hours", r.OpeningHours)
	t.item(s, "price", atlas.ListPrice, r.Price)
	return s
}

// relationKinds are the kinds of relations (6.4).
var relationKinds = []string{"spoluprace", "zrizovatel", "clen", "financuje", "partnerske_mesto", "inspiroval"}

// relation tells one relation to another actor; word says which way it goes.
func (t teller) relation(other, word string, r atlas.Relation) value {
	to := t.actor(other)
	v := value{Text: to.Text, Href: to.URL}
	var notes []string
	if slices.Contains(relationKinds, r.Kind) {
		notes = append(notes, t.T("actors.relation."+word))
	} else if r.Kind != "" {
		notes = append(notes, r.Kind)
	}
	if r.Since.Known() {
		notes = append(notes, t.T("actors.relation.since", "date", t.date(r.Since)))
	}
	if r.Strength > 0 {
		notes = append(notes, t.T("actors.relation.strength", "n", strconv.Itoa(r.Strength)))
	}
	v.Note = strings.Join(notes, ", ")
	return v
}

// source is one source of the record.
type source struct {
	Kind, URL, Href, Accessed, Note string
	File, BatchURL, Row             string
}

func (t teller) sources(all []atlas.Source) []source {
	var out []source
	for _, s := range all {
		line := source{
			Kind: t.label(atlas.ListSourceKind, s.Kind), URL: s.URL, Href: route.Outside(s.URL),
			Accessed: t.date(s.Accessed), Note: s.Note, File: s.File,
		}
		if s.BatchID != "" {
			line.BatchURL = route.Import(t.lang, s.BatchID)
			if line.File == "" {
				line.File = s.BatchID
			}
		}
		if s.Row > 0 {
			line.Row = strconv.Itoa(s.Row)
		}
		out = append(out, line)
	}
	return out
}
