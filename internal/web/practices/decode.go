package practices

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/web/form"
	"atlas/internal/web/typed"
)

// parts are the fields of the form in their order: what a conflict of two versions
// is shown and chosen by.
var parts = []string{
	"title", "country", "territories", "place_text", "needed", "implementers", "contacts", "projects", "evaluations",
	"from", "to", "ongoing", "became_service", "pioneer", "summary", "goal", "subgoals", "beneficiaries", "areas", "activities", "target_legal", "situations", "city_roles",
	"stimulus", "description", "milestones", "results", "services", "funding", "staff", "months", "yearly_cost", "files",
	"transferability", "segments", "adaptation", "advice", "prerequisites", "upscaling",
	"barriers", "lessons", "evaluation", "assessments", "awards", "photos", "videos", "sources", "status",
}

// needed are the fields without which a card cannot be published (6.11).
var needed = []string{
	"title", "country", "territories", "implementers", "contacts", "from", "to", "summary", "goal", "beneficiaries", "areas", "description", "results",
	"transferability", "barriers", "lessons", "sources", "photos.alt", "photos.source", "photos.licence", "videos.title", "videos.speaker",
}

// rowGroups are the groups of the form whose rows are added and dropped, each with
// the first field of its row.
var rowGroups = form.Groups{
	"territories": "territory", "implementers": "actor", "contacts": "organisation", "milestones": "when", "services": "form", "files": "title",
	"segments": "name", "prerequisites": "kind", "barriers": "code", "assessments": "of", "awards": "code", "photos": "url", "videos": "url", "sources": "kind",
}

// lists says from which code list the choices of a field come.
var lists = map[string]string{
	"country": atlas.ListCountry, "areas": atlas.ListArea, "activities": atlas.ListActivity, "target_legal": atlas.ListTargetLegal,
	"situations": atlas.ListTargetSituation, "city_roles": form.Word, "ongoing": form.Box, "became_service": form.Box, "pioneer": form.Box,
	"services.form": atlas.ListServiceForm, "services.price": atlas.ListPrice, "transferability": atlas.ListTransfer, "segments.transferable": form.Word,
	"prerequisites.kind": form.Word, "prerequisites.core": form.Box, "upscaling": form.Word, "barriers.code": atlas.ListBarrier, "assessments.of": form.Word,
	"awards.code": atlas.ListAward, "photos.licence": atlas.ListLicence, "contacts.public": form.Box, "sources.kind": atlas.ListSourceKind, "status": atlas.ListPractice,
}

// word is a field of the form that is one text of the card.
type word struct {
	name string
	text *string
}

// words are the texts of a card by the field of the form.
func words(p *atlas.Practice) []word {
	return []word{
		{"title", &p.Title}, {"country", &p.Country}, {"place_text", &p.PlaceText}, {"needed", &p.Needed}, {"summary", &p.Summary}, {"goal", &p.Goal},
		{"beneficiaries", &p.Beneficiaries}, {"stimulus", &p.Stimulus}, {"description", &p.Description}, {"results", &p.Results}, {"funding", &p.Funding},
		{"transferability", &p.Transferability}, {"adaptation", &p.Adaptation}, {"lessons", &p.Lessons}, {"evaluation", &p.Evaluation}, {"status", &p.Status},
		{"upscaling_reason", &p.Upscaling.Reason},
	}
}

// choices are the fields that are several codes of a list.
func choices(p *atlas.Practice) map[string]*[]string {
	return map[string]*[]string{"areas": &p.Areas, "activities": &p.Activities, "target_legal": &p.TargetLegal, "situations": &p.Situations}
}

// boxes are the fields that are ticked or not.
func boxes(p *atlas.Practice) map[string]*bool {
	return map[string]*bool{"ongoing": &p.Ongoing, "became_service": &p.BecameService, "pioneer": &p.Pioneer}
}

// fill writes a card into a form so that decode reads the same back.
func (t teller) fill(p *atlas.Practice) *typed.Form {
	f := typed.New(nil)
	for _, w := range words(p) {
		f.Set(w.name, *w.text)
	}
	for name, codes := range choices(p) {
		if len(*codes) > 0 {
			f.Values[name] = *codes
		}
	}
	for name, ticked := range boxes(p) {
		if *ticked {
			f.Set(name, "1")
		}
	}
	for _, r := range p.CityRoles {
		f.Values.Add("city_roles", string(r))
	}
	f.SetDate("from", p.From)
	f.SetDate("to", p.To)
	f.Set("subgoals", strings.Join(p.Subgoals, "\n"))
	f.Set("advice", strings.Join(p.Advice, "\n"))
	f.Set("projects", strings.Join(p.Projects, ", "))
	f.Set("evaluations", strings.Join(p.Evaluations, ", "))
	f.Set("staff", staffText(p.Staff))
	if p.Months > 0 {
		f.Set("months", strconv.Itoa(p.Months))
	}
	f.SetAmount("yearly_cost", p.YearlyCost)
	f.Set("upscaling", string(p.Upscaling.State))
	t.fillRows(f, p)
	form.SetSources(f, p.Sources)
	return f
}

// set writes the fields of a row.
func set(f *typed.Form, group string, i int, pairs ...string) {
	for n := 0; n+1 < len(pairs); n += 2 {
		f.Set(form.Row(group, i)+pairs[n], pairs[n+1])
	}
}

func ticked(is bool) string {
	if is {
		return "1"
	}
	return ""
}

func numeral(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func (t teller) fillRows(f *typed.Form, p *atlas.Practice) {
	for i, code := range p.Territories {
		set(f, "territories", i, "territory", form.Coded(t.place(code), code))
	}
	for i, id := range p.Implementers {
		set(f, "implementers", i, "actor", form.Coded(t.app.ActorName(id, t.lang), id))
	}
	for i, c := range p.Contacts {
		set(f, "contacts", i, "name", c.Name, "function", c.Function, "organisation", c.Organisation, "email", c.Email, "phone", c.Phone, "public", ticked(c.Public), "consent", c.Consent)
	}
	for i, m := range p.Milestones {
		set(f, "milestones", i, "when", typed.DateText(m.When), "text", m.Text)
	}
	for i, s := range p.Services {
		set(f, "services", i, "form", s.Form, "price", s.Price, "who", s.Who)
	}
	for i, r := range p.Files {
		set(f, "files", i, "title", r.Title, "url", r.URL)
	}
	for i, s := range p.Segments {
		set(f, "segments", i, "name", s.Name, "transferable", string(s.Transferable), "adaptation", s.Adaptation)
	}
	for i, x := range p.Prerequisites {
		set(f, "prerequisites", i, "code", x.Code, "kind", string(x.Kind), "of", x.Of, "least", leastText(x), "text", x.Text, "core", ticked(x.Core))
	}
	for i, b := range p.Barriers {
		set(f, "barriers", i, "code", b.Code, "text", b.Text)
	}
	for i, o := range p.Assessments {
		set(f, "assessments", i, "of", string(o.Of), "text", o.Text, "source", o.Source)
	}
	for i, w := range p.Awards {
		set(f, "awards", i, "code", w.Code, "name", w.Name, "by", w.By, "year", numeral(w.Year), "url", w.URL)
	}
	for i, x := range p.Photos {
		fillPhoto(f, i, x)
	}
	for i, v := range p.Videos {
		set(f, "videos", i, "url", v.URL, "title", v.Title, "speaker", v.Speaker, "function", v.Function, "organisation", v.Organisation, "transcript", v.Transcript)
	}
}

func fillPhoto(f *typed.Form, i int, x atlas.Photo) {
	set(f, "photos", i, "file", x.File, "small", x.Small, "width", numeral(x.Width), "height", numeral(x.Height),
		"url", x.URL, "alt", x.Alt, "author", x.Author, "source", x.Source, "licence", x.Licence)
}

// decode gives the card as typed over the stored one, so that what the form does not
// hold – the mark – stays. What is wrong is in the form.
func (t teller) decode(f *typed.Form, base atlas.Practice) *atlas.Practice {
	p := base
	for _, w := range words(&p) {
		*w.text = f.Text(w.name)
	}
	for name, codes := range choices(&p) {
		*codes = f.Choices(name)
	}
	for name, is := range boxes(&p) {
		*is = f.Get(name) != ""
	}
	p.CityRoles = nil
	for _, r := range f.Choices("city_roles") {
		p.CityRoles = append(p.CityRoles, atlas.CityRole(r))
	}
	p.From, p.To = f.Date("from"), f.Date("to")
	p.Subgoals, p.Advice = f.Lines("subgoals"), f.Lines("advice")
	p.Projects, p.Evaluations = codesOf(f, "projects"), codesOf(f, "evaluations")
	p.Staff, p.Months, p.YearlyCost = staffOf(f, "staff"), int(f.Count("months").N), f.Amount("yearly_cost")
	p.Upscaling.State = atlas.Tri(f.Text("upscaling"))
	t.decodeRows(f, &p)
	p.Sources = form.Sources(f)
	return &p
}

// rowsOf gives the rows of a group without the empty ones, numbered anew.
func rowsOf(f *typed.Form, group string, except ...string) []typed.Row {
	f.Compact(group, except...)
	return f.Rows(group)
}

// each reads the rows of a group into a list; get gives a field of the row, its name
// as the form has it first.
func each[T any](f *typed.Form, group string, read func(at string, text func(string) string) T, except ...string) []T {
	var out []T
	for _, r := range rowsOf(f, group, except...) {
		out = append(out, read(r.Prefix, func(name string) string { return f.Text(r.Prefix + name) }))
	}
	return out
}

func (t teller) decodeRows(f *typed.Form, p *atlas.Practice) {
	type text = func(string) string
	p.Territories = each(f, "territories", func(at string, _ text) string { return t.territory(f, at+"territory") })
	p.Implementers = each(f, "implementers", func(at string, _ text) string { return t.actor(f, at+"actor") })
	p.Contacts = each(f, "contacts", func(_ string, is text) atlas.Person {
		return atlas.Person{Name: is("name"), Function: is("function"), Organisation: is("organisation"), Email: is("email"), Phone: is("phone"), Public: is("public") != "", Consent: is("consent")}
	}, "public")
	p.Milestones = each(f, "milestones", func(at string, is text) atlas.Milestone {
		return atlas.Milestone{When: f.Date(at + "when"), Text: is("text")}
	})
	p.Services = each(f, "services", func(_ string, is text) atlas.Service {
		return atlas.Service{Form: is("form"), Price: is("price"), Who: is("who")}
	})
	p.Files = each(f, "files", func(at string, is text) atlas.Reference {
		return atlas.Reference{Title: is("title"), URL: f.URL(at + "url")}
	})
	p.Segments = each(f, "segments", func(_ string, is text) atlas.Segment {
		return atlas.Segment{Name: is("name"), Transferable: atlas.Tri(is("transferable")), Adaptation: is("adaptation")}
	})
	p.Prerequisites = each(f, "prerequisites", func(at string, is text) atlas.Prerequisite {
		kind := atlas.PrerequisiteKind(is("kind"))
		return atlas.Prerequisite{Code: is("code"), Kind: kind, Of: is("of"), Least: leastOf(f, at+"least", kind), Text: is("text"), Core: is("core") != ""}
	}, "core", "code")
	nameCodes(p.Prerequisites)
	p.Barriers = each(f, "barriers", func(_ string, is text) atlas.Barrier { return atlas.Barrier{Code: is("code"), Text: is("text")} })
	p.Assessments = each(f, "assessments", func(_ string, is text) atlas.Opinion {
		return atlas.Opinion{Of: atlas.OpinionOf(is("of")), Text: is("text"), Source: is("source")}
	})
	p.Awards = each(f, "awards", func(at string, is text) atlas.Award {
		return atlas.Award{Code: is("code"), Name: is("name"), By: is("by"), Year: f.Year(at + "year"), URL: f.URL(at + "url")}
	})
	p.Photos = each(f, "photos", func(at string, is text) atlas.Photo { return photoOf(f, at) })
	p.Videos = each(f, "videos", func(at string, is text) atlas.Video {
		return atlas.Video{URL: f.URL(at + "url"), Title: is("title"), Speaker: is("speaker"), Function: is("function"), Organisation: is("organisation"), Transcript: is("transcript")}
	})
}

func photoOf(f *typed.Form, at string) atlas.Photo {
	size := func(name string) int { n, _ := strconv.Atoi(f.Text(at + name)); return max(0, n) }
	return atlas.Photo{
		File: sumOf(f.Text(at + "file")), Small: sumOf(f.Text(at + "small")), Width: size("width"), Height: size("height"), URL: f.URL(at + "url"),
		Alt: f.Text(at + "alt"), Author: f.Text(at + "author"), Source: f.Text(at + "source"), Licence: f.Text(at + "licence"),
	}
}

var sum = regexp.MustCompile(`^[0-9a-f]{64}$`)

// sumOf lets the SHA-256 of a picture through and nothing else.
func sumOf(s string) string { return sum.FindString(s) }

// nameCodes gives prerequisites that have none a code that stays theirs.
func nameCodes(all []atlas.Prerequisite) {
	taken := map[string]bool{}
	for _, x := range all {
		taken[x.Code] = true
	}
	next := 1
	for i := range all {
		for all[i].Code == "" {
			if code := "p" + strconv.Itoa(next); !taken[code] {
				all[i].Code, taken[code] = code, true
			}
			next++
		}
	}
}

// hundredths reads a decimal number with at most two places: "1,5" is 150.
func hundredths(f *typed.Form, name string) (n int, ok bool) {
	text := f.Number(name)
	if text == "" {
		return 0, false
	}
	head, tail, _ := strings.Cut(text, ".")
	n, err := strconv.Atoi(head + (tail + "00")[:2])
	if err != nil || n < 0 || len(tail) > 2 || n > 1_000_000 {
		f.Fail(name, typed.KeyNumber, map[string]any{"value": f.Text(name)})
		return 0, false
	}
	return n, true
}

func staffOf(f *typed.Form, name string) atlas.FTE {
	n, ok := hundredths(f, name)
	return atlas.FTE{Known: ok, Hundredths: n}
}

func staffText(s atlas.FTE) string {
	if !s.Known {
		return ""
	}
	return decimal(int64(s.Hundredths))
}

// decimal writes hundredths as people do: "1,5".
func decimal(n int64) string {
	text := strconv.FormatInt(n/100, 10)
	if rest := n % 100; rest != 0 {
		text += "," + strings.TrimRight(strconv.FormatInt(100+rest, 10)[1:], "0")
	}
	return text
}

// leastOf reads how much of a prerequisite is needed, in the unit of its kind: jobs
// with decimals, all else whole.
func leastOf(f *typed.Form, name string, kind atlas.PrerequisiteKind) int64 {
	switch kind {
	case atlas.NeedsStaff:
		n, _ := hundredths(f, name)
		return int64(n)
	case atlas.NeedsMoney:
		return f.Amount(name).Minor / 100
	}
	return f.Count(name).N
}

func leastText(x atlas.Prerequisite) string {
	switch {
	case x.Least == 0:
		return ""
	case x.Kind == atlas.NeedsStaff:
		return decimal(x.Least)
	}
	return strconv.FormatInt(x.Least, 10)
}

// code is a code of a record: "P-00001".
var code = regexp.MustCompile(`[A-Z]-\d+`)

// codesOf reads codes of records however they are written: with commas, with names,
// in an address. What has no code is itself, so that it is said to be nowhere.
func codesOf(f *typed.Form, field string) []string {
	seen := map[string]bool{}
	var out []string
	for _, part := range strings.FieldsFunc(f.Text(field), func(r rune) bool { return strings.ContainsRune(",;\n ", r) }) {
		if id := cmp.Or(code.FindString(strings.ToUpper(part)), part); !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}
