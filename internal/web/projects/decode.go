package projects

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/web/form"
	"atlas/internal/web/typed"
)

// Keys of problems that only this form can find, with the argument "value".
const (
	keyActorUnknown   = "projects.form.actor_unknown"
	keyActorAmbiguous = "projects.form.actor_ambiguous" // argument "options"
	keyICOUnknown     = "projects.form.ico_unknown"
	keyPlaceUnknown   = "projects.form.place_unknown"
	keyPlaceAmbiguous = "projects.form.place_ambiguous" // argument "options"
	keyFollows        = "projects.form.follows"
)

// resolver finds records by what a person typed: a code, a number, a name.
// Several answers mean that the name alone does not decide.
type resolver struct {
	actors func(text string) ([]string, error)          // Actor.ID
	places func(text string) ([]atlas.Territory, error) // Territory.Code decides
	label  func(id string) string                       // actor or territory, for choices
}

// newActor is an organisation that the person wants to found on the way.
type newActor struct {
	field, name, kind string
	group             string // "parties" or "funding", with the number of the row
	row               int
}

// decoding reads one form over a stored project: what the form does not hold –
// codes, verbatim values – stays.
type decoding struct {
	*typed.Form
	resolver
	founded []newActor
	err     error // the first failure of a look-up; not the person's mistake
}

// decode gives the project as typed. Problems are in the form; the error is a
// failure of the store.
func decode(f *typed.Form, base atlas.Project, r resolver) (*atlas.Project, []newActor, error) {
	d := &decoding{Form: f, resolver: r}
	p := base
	d.basics(&p)
	d.content(&p)
	p.Territories = d.territories()
	p.Parties = d.parties()
	p.Funding = d.funding()
	p.Indicators = d.indicators()
	d.evidence(&p)
	return &p, d.founded, d.err
}

func (d *decoding) basics(p *atlas.Project) {
	p.TitleCs, p.TitleEn, p.Acronym = d.Text("title_cs"), d.Text("title_en"), d.Text("acronym")
	p.RegNumber, p.Annotation, p.Detail = d.Text("reg_number"), d.Text("annotation"), d.Text("detail")
	p.NeedRationale, p.Goal, p.Subgoals = d.Text("need_rationale"), d.Text("goal"), d.Lines("subgoals")
	p.From, p.To, p.Ongoing = d.Date("date_from"), d.Date("date_to"), d.Get("ongoing") != ""
	p.Status, p.Scope, p.PlaceText = d.Text("status"), d.Text("scope"), d.Text("place_text")
	p.Country, p.Currency = d.Text("country"), d.Text("currency")
	p.TotalCost, p.IntegrationShare = d.Amount("total_cost"), d.Percent("integration_share")
	p.PeoplePlanned, p.PeopleReached = d.Count("people_planned"), d.Count("people_reached")
	p.PriceForClient, p.Web = d.Text("price_for_client"), d.URL("web")
	p.Innovation = atlas.Flag{State: d.tri("innovation_flag"), Reason: d.Text("innovation_reason")}
	p.Upscaling = atlas.Flag{State: d.tri("upscaling_flag"), Reason: d.Text("upscaling_reason")}
	p.Transfer, p.TransferNote = d.Text("transfer_flag"), d.Text("transfer_note")
	p.ReplicationNotes = d.Text("replication_notes")
	p.Evaluated = atlas.EvaluationDone{
		State: d.tri("evaluation_done"), When: d.Date("evaluation_when"), Method: d.Text("evaluation_method"),
		Who: d.Text("evaluation_who"), URL: d.URL("evaluation_url"),
	}
	p.Follows = d.follows()
}

func (d *decoding) tri(name string) atlas.Tri {
	switch t := atlas.Tri(d.Text(name)); t {
	case atlas.Yes, atlas.No:
		return t
	}
	return atlas.Unknown
}

var projectCode = regexp.MustCompile(`P-\d{5,}`)

func (d *decoding) follows() []string {
	var out []string
	for _, line := range d.Lines("follows") {
		code := projectCode.FindString(line)
		if code == "" {
			d.Fail("follows", keyFollows, map[string]any{"value": line})
			continue
		}
		out = append(out, code)
	}
	return out
}

func (d *decoding) content(p *atlas.Project) {
	p.TargetLegal = inOrderOf(p.TargetLegal, d.Choices("target_legal"))
	p.TargetSituation = inOrderOf(p.TargetSituation, d.Choices("target_situation"))
	p.Citizenships = inOrderOf(p.Citizenships, d.Choices("citizenships"))
	p.ServiceForms = inOrderOf(p.ServiceForms, d.Choices("service_form"))
	p.Areas, p.Activities, p.Barriers = nil, nil, nil
	for _, r := range d.filled("areas") {
		p.Areas = append(p.Areas, atlas.AreaShare{
			Code: d.Text(r.Prefix + "code"), Primary: len(p.Areas) == 0, Share: d.Percent(r.Prefix + "share"),
		})
	}
	for _, r := range d.filled("activities") {
		p.Activities = append(p.Activities, atlas.Activity{Code: d.Text(r.Prefix + "code"), Text: d.Text(r.Prefix + "text")})
	}
	for _, r := range d.filled("barriers") {
		p.Barriers = append(p.Barriers, atlas.Barrier{Code: d.Text(r.Prefix + "code"), Text: d.Text(r.Prefix + "text")})
	}
}

// inOrderOf keeps the order in which a record names its codes; new ones follow.
// Boxes come in the order of their list, and that is no change of the record.
func inOrderOf(before, chosen []string) []string {
	rank := func(code string) int {
		if i := slices.Index(before, code); i >= 0 {
			return i
		}
		return len(before)
	}
	slices.SortStableFunc(chosen, func(a, b string) int { return cmp.Compare(rank(a), rank(b)) })
	return chosen
}

// filled numbers the rows of a group anew without the empty ones, so that the
// place of a problem is the place in the project. Fields in except have a usual
// value and do not make a row.
func (d *decoding) filled(group string, except ...string) []typed.Row {
	d.Compact(group, except...)
	return d.Rows(group)
}

func (d *decoding) territories() []atlas.Place {
	var out []atlas.Place
	for _, r := range d.filled("territories") {
		out = append(out, atlas.Place{
			Territory: d.territory(r.Prefix + "place"), Share: d.Percent(r.Prefix + "share"),
		})
	}
	return out
}

// territory finds a place by its name; a name that more places have is never
// guessed (10.3).
func (d *decoding) territory(field string) string {
	text := d.Text(field)
	found, err := d.places(text)
	d.fail(err)
	switch {
	case text == "":
		return ""
	case len(found) == 1:
		d.Set(field, form.Coded(d.label(found[0].Code), found[0].Code))
		return found[0].Code
	case len(found) == 0:
		d.Fail(field, keyPlaceUnknown, map[string]any{"value": text})
		return ""
	}
	var options []string
	for _, t := range found[:min(len(found), 12)] {
		options = append(options, form.Coded(d.label(t.Code), t.Code))
	}
	d.Fail(field, keyPlaceAmbiguous, map[string]any{"value": text, "options": strings.Join(options, "; ")})
	return ""
}

func (d *decoding) fail(err error) { d.err = cmp.Or(d.err, err) }

// actor finds an organisation. One that is not found is founded when the field
// name_new says of what type it is.
func (d *decoding) actor(r typed.Row, name string) string {
	field := r.Prefix + name
	text := d.Text(field)
	if text == "" {
		return ""
	}
	found, err := d.actors(text)
	d.fail(err)
	switch {
	case len(found) == 1:
		d.Set(field, form.Coded(d.label(found[0]), found[0]))
		return found[0]
	case len(found) > 1:
		var options []string
		for _, id := range found[:min(len(found), 12)] {
			options = append(options, form.Coded(d.label(id), id))
		}
		d.Fail(field, keyActorAmbiguous, map[string]any{"value": text, "options": strings.Join(options, "; ")})
	case icoOnly(text):
		d.Fail(field, keyICOUnknown, map[string]any{"value": text})
	case d.Text(field+"_new") != "":
		d.founded = append(d.founded, newActor{field: field, name: text, kind: d.Text(field + "_new"), group: r.Group, row: r.Index})
	default:
		d.Fail(field, keyActorUnknown, map[string]any{"value": text})
	}
	return ""
}

func (d *decoding) parties() []atlas.Party {
	var out []atlas.Party
	for _, r := range d.filled("parties", "role") {
		out = append(out, atlas.Party{
			Actor: d.actor(r, "actor"), Role: d.Text(r.Prefix + "role"), Amount: d.Amount(r.Prefix + "amount"),
		})
	}
	return out
}

func (d *decoding) funding() []atlas.Funding {
	var out []atlas.Funding
	for _, r := range d.filled("funding", "currency") {
		at := r.Prefix
		out = append(out, atlas.Funding{
			Funder: d.actor(r, "funder"), FunderType: d.Text(at + "funder_type"),
			Programme: d.Text(at + "programme"), ProgrammeText: d.Text(at + "programme_text"),
			CallNo: d.Text(at + "call_no"), Call: d.Text(at + "call"), Year: d.Year(at + "year"),
			Requested: d.Amount(at + "amount_requested"), Granted: d.Amount(at + "amount_granted"),
			Spent: d.Amount(at + "amount_spent"), Currency: d.Text(at + "currency"),
			Rate: d.Rate(at + "rate"), RateDate: d.Date(at + "rate_date"), Share: d.Percent(at + "share_pct"),
		})
	}
	return out
}

func (d *decoding) indicators() []atlas.Indicator {
	var out []atlas.Indicator
	for _, r := range d.filled("indicators") {
		at := r.Prefix
		x := atlas.Indicator{
			Code: d.Text(at + "code"), Name: d.Text(at + "name"), Definition: d.Text(at + "definition"),
			Kind: d.Text(at + "kind"), Unit: d.Text(at + "unit"), Method: d.Text(at + "method"),
			DataSource: d.Text(at + "data_source"), Administrator: d.Text(at + "administrator"),
			Guarantor: d.Text(at + "guarantor"), Periodicity: d.Text(at + "periodicity"),
			Direction: d.Text(at + "direction"), Baseline: d.Number(at + "baseline"),
			BaselineDate: d.Date(at + "baseline_date"), Target: d.Number(at + "target"),
			TargetDate: d.Date(at + "target_date"), Disaggregation: d.Choices(at + "disaggregation"),
			LinkedTo: d.Text(at + "linked_to"),
		}
		for _, m := range d.filled(at + "measurements") {
			x.Measurements = append(x.Measurements, atlas.Measurement{
				Period: d.Text(m.Prefix + "period"), Value: d.Number(m.Prefix + "value"),
				CountKind: d.Text(m.Prefix + "count_kind"), Note: d.Text(m.Prefix + "note"),
				Source: d.Text(m.Prefix + "source"), EnteredBy: d.Text(m.Prefix + "entered_by"),
			})
		}
		out = append(out, x)
	}
	return out
}

func (d *decoding) evidence(p *atlas.Project) {
	p.Measures, p.GoodPractice = d.references("measures"), d.references("good_practice")
	p.Contacts, p.Media = nil, nil
	for _, r := range d.filled("contacts") {
		at := r.Prefix
		p.Contacts = append(p.Contacts, atlas.Person{
			Name: d.Text(at + "name"), TitlesBefore: d.Text(at + "titles_before"), TitlesAfter: d.Text(at + "titles_after"),
			Function: d.Text(at + "function"), Organisation: d.Text(at + "organisation"), Email: d.Text(at + "email"),
			Phone: d.Text(at + "phone"), Languages: d.Choices(at + "languages"), Public: d.Get(at+"public") != "",
			Consent: d.Text(at + "consent"), RetainUntil: d.Date(at + "retain_until"),
		})
	}
	for _, r := range d.filled("media", "kind") {
		at := r.Prefix
		p.Media = append(p.Media, atlas.Media{
			Kind: d.Text(at + "kind"), URL: d.URL(at + "url"), Title: d.Text(at + "title"), Author: d.Text(at + "author"),
			Source: d.Text(at + "source"), Licence: d.Text(at + "licence"), Alt: d.Text(at + "alt"),
		})
	}
	p.Sources = form.Sources(d.Form)
}

func (d *decoding) references(group string) []atlas.Reference {
	var out []atlas.Reference
	for _, r := range d.filled(group) {
		out = append(out, atlas.Reference{Title: d.Text(r.Prefix + "title"), URL: d.URL(r.Prefix + "url")})
	}
	return out
}
