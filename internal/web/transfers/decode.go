package transfers

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/transfer"
	"atlas/internal/web/form"
	"atlas/internal/web/typed"
)

// parts are the fields of the form in their order: what a conflict of two versions
// is shown and chosen by.
var parts = []string{
	"practice", "via", "territory", "place_text", "country", "actor", "kind", "segments", "steps", "answers",
	"status", "from", "until", "adapted", "result", "because", "project", "card", "sources",
}

// needed are the fields without which a replication cannot be published.
var needed = []string{"practice", "territory", "kind"}

// rowGroups are the groups of the form whose rows are added and dropped.
var rowGroups = form.Groups{"sources": "kind"}

// lists says from which code list the choices of a field come.
var lists = map[string]string{
	"kind": atlas.ListTransferKind, "status": atlas.ListTransferStatus, "country": atlas.ListCountry, "sources.kind": atlas.ListSourceKind,
}

// fill writes a replication into a form so that decode reads the same back.
func (t teller) fill(r *atlas.Replication) *typed.Form {
	f := typed.New(nil)
	for name, value := range map[string]string{
		"practice": r.Practice, "via": r.Via, "place_text": r.PlaceText, "country": r.Country, "kind": r.Kind, "adapted": r.Adapted, "result": r.Result,
		"because": r.Because, "project": r.Project, "card": r.Card,
		"territory": form.Coded(t.app.Places().Label(r.Territory), r.Territory), "actor": form.Coded(t.app.ActorName(r.Actor, t.lang), r.Actor),
	} {
		f.Set(name, value)
	}
	if r.Territory == "" {
		f.Set("territory", "")
	}
	if r.Actor == "" {
		f.Set("actor", "")
	}
	if len(r.Segments) > 0 {
		f.Values["segments"] = r.Segments
	}
	if slices.Contains(atlas.LaterTransferStatuses(), r.Status) {
		f.Set("status", r.Status)
	}
	f.SetDate("from", r.From)
	f.SetDate("until", r.Until)
	for _, s := range r.Steps {
		f.Set(stepField(s.Code)+"answer", s.Answer)
		f.SetDate(stepField(s.Code)+"done", s.Done)
	}
	for _, x := range r.Answers {
		f.Set(answerField(x.Code)+"met", string(x.Met))
		f.Set(answerField(x.Code)+"source", x.Source)
	}
	form.SetSources(f, r.Sources)
	return f
}

func stepField(code atlas.StepCode) string { return "steps." + string(code) + "." }

func answerField(code string) string { return "answers." + code + "." }

// decode gives the replication as typed over the stored one, so that what the form
// does not hold stays. What is wrong is in the form.
func (t teller) decode(f *typed.Form, base atlas.Replication, card *atlas.Practice) *atlas.Replication {
	r := base
	r.Practice, r.Via, r.Project, r.Card = codeOf(f, "practice"), codeOf(f, "via"), codeOf(f, "project"), codeOf(f, "card")
	r.Territory, r.PlaceText, r.Country = t.territory(f), f.Text("place_text"), f.Text("country")
	r.Actor = cmp.Or(form.Code(f.Text("actor")), f.Text("actor"))
	r.Kind, r.Segments = f.Text("kind"), f.Choices("segments")
	r.Adapted, r.Result, r.Because = f.Text("adapted"), f.Text("result"), f.Text("because")
	r.From, r.Until = f.Date("from"), f.Date("until")
	if r.Status = f.Text("status"); !slices.Contains(atlas.LaterTransferStatuses(), r.Status) {
		r.Status = atlas.TransferInterest // the steps say more
	}
	r.Steps = nil
	for _, code := range atlas.StepCodes() {
		s := atlas.TransferStep{Code: code, Answer: f.Text(stepField(code) + "answer"), Done: f.Date(stepField(code) + "done")}
		if s.Answer != "" || s.Done.Known() {
			r.Steps = append(r.Steps, s)
		}
	}
	if card != nil {
		r.Answers = slices.DeleteFunc(slices.Clone(base.Answers), func(x atlas.PrerequisiteAnswer) bool {
			return slices.ContainsFunc(card.Prerequisites, func(p atlas.Prerequisite) bool { return p.Code == x.Code })
		})
		for _, p := range card.Prerequisites {
			x := atlas.PrerequisiteAnswer{Code: p.Code, Met: atlas.Tri(f.Text(answerField(p.Code) + "met")), Source: f.Text(answerField(p.Code) + "source")}
			if x.Met != atlas.Unknown || x.Source != "" {
				r.Answers = append(r.Answers, x)
			}
		}
	}
	r.Sources = form.Sources(f)
	return &r
}

// recordCode is a code of a record: "K-00001".
var recordCode = regexp.MustCompile(`[A-Z]-\d+`)

// codeOf reads a code however it is written: in an address, with a name.
func codeOf(f *typed.Form, field string) string {
	text := f.Text(field)
	return cmp.Or(recordCode.FindString(strings.ToUpper(text)), text)
}

// mostOptions is how many readings of an ambiguous name are offered.
const mostOptions = 12

// territory turns a name into the code of the one territory it means. A name that
// more territories have is never guessed: the choices are said (10.3).
func (t teller) territory(f *typed.Form) string {
	code, key, args := t.place(f.Text("territory"))
	if key != "" {
		f.Fail("territory", key, args)
	} else if code != "" {
		f.Set("territory", form.Coded(t.app.Places().Label(code), code))
	}
	return code
}

// place reads the name or the code of a territory; key says what is wrong with it.
func (t teller) place(text string) (code, key string, args map[string]any) {
	g := t.app.Places()
	if text == "" {
		return "", "", nil
	}
	if place, ok := g.Get(cmp.Or(form.Code(text), text)); ok {
		return place.Code, "", nil
	}
	found := g.Recognise(text)
	if towns := slices.DeleteFunc(slices.Clone(found), func(x atlas.Territory) bool { return x.Level != atlas.LevelMunicipality }); len(towns) == 1 {
		found = towns // who speaks of a transfer speaks of a town
	}
	switch len(found) {
	case 0:
		return "", "problem.place_unknown", map[string]any{"value": text}
	case 1:
		return found[0].Code, "", nil
	}
	var options []string
	for _, x := range found[:min(len(found), mostOptions)] {
		options = append(options, form.Coded(g.Label(x.Code), x.Code))
	}
	return "", "problem.place_ambiguous", map[string]any{"value": text, "options": strings.Join(options, "; ")}
}

// prerequisite writes what a card asks for: "peníze: 1 200 000 Kč ročně – tlumočení".
func (t teller) prerequisite(p atlas.Prerequisite) string {
	out := t.T("transfers.needs." + string(p.Kind))
	if detail := t.asked(p); detail != "" {
		out += ": " + detail
	}
	if p.Text != "" {
		out += " – " + p.Text
	}
	return out
}

func (t teller) asked(p atlas.Prerequisite) string {
	n := i18n.Number(t.lang, p.Least)
	switch p.Kind {
	case atlas.NeedsStaff:
		if p.Least > 0 {
			return t.T("transfers.needs.jobs", "n", t.decimal(float64(p.Least)/100, 2))
		}
	case atlas.NeedsMoney:
		if p.Least > 0 {
			return t.T("transfers.needs.crowns", "n", n)
		}
	case atlas.NeedsPartner:
		return withNumber(t.label(atlas.ListActorType, p.Of), p.Least)
	case atlas.NeedsLanguage:
		return withNumber(t.label(atlas.ListLanguage, p.Of), p.Least)
	case atlas.NeedsPower:
		if slices.Contains(transfer.Powers(), p.Of) {
			return t.T("transfers.power." + p.Of)
		}
	case atlas.NeedsSize:
		if p.Least > 0 && (p.Of == transfer.OfForeigners || p.Of == transfer.OfInhabitants) {
			return t.T("transfers.size."+p.Of, "n", n)
		}
	}
	return ""
}

func withNumber(text string, least int64) string {
	if least > 1 && text != "" {
		return text + " (" + strconv.FormatInt(least, 10) + "×)"
	}
	return text
}

// met writes the answer to a prerequisite.
func (t teller) met(x atlas.Tri) string {
	return t.T("transfers.met." + cmp.Or(string(x), "nevime"))
}
