package projects

import (
	"slices"
	"strings"

	"atlas"
	"atlas/internal/search"
	"atlas/internal/web/route"
)

// fact is one known field of a project on its page.
type fact struct {
	Label  string
	Long   bool // paragraphs, not a short value
	Values []value
}

// value is one value of a field.
type value struct {
	Text, Href string
	Note       string // "hlavní, 60 %", a reason, what was counted
	NoteHref   string
}

// section is one part of the page: what is known and the names of what is not.
type section struct {
	ID, Title string
	Facts     []fact
	Unknown   []string
}

// teller writes the facts of one project in the reader's language.
type teller struct {
	vocabulary
	words
	link func(kind, id string) string // address of a record, or of a value of a facet
}

func (t teller) lang() string { return t.words.lang }

func (t teller) section(id string) *section {
	return &section{ID: id, Title: t.T("projects.section." + id)}
}

// tell adds a field; without a value its name goes among the unknown ones.
func (t teller) tell(s *section, field string, values ...value) {
	values = slices.DeleteFunc(values, func(v value) bool { return v.Text == "" })
	label := t.T("projects.field." + field)
	if len(values) == 0 {
		s.Unknown = append(s.Unknown, label)
		return
	}
	s.Facts = append(s.Facts, fact{Label: label, Values: values})
}

// long adds a field of paragraphs.
func (t teller) long(s *section, field, text string) {
	n := len(s.Facts)
	t.tell(s, field, value{Text: text})
	if len(s.Facts) > n {
		s.Facts[n].Long = true
	}
}

// items names codes of a list and links each to the projects that have it.
func (t teller) items(list string, codes []string, href func(code string) string) []value {
	var out []value
	for _, code := range codes {
		v := value{Text: t.lists.Label(list, code, t.lang())}
		if href != nil {
			v.Href = href(code)
		}
		out = append(out, v)
	}
	return out
}

// by gives the address of all projects with a value of a facet.
func (t teller) by(f search.Facet) func(code string) string {
	return func(code string) string { return t.link(string(f), code) }
}

func (t teller) item(list, code string) value {
	if code == "" {
		return value{}
	}
	return value{Text: t.lists.Label(list, code, t.lang())}
}

func texts(all []string) []value {
	var out []value
	for _, s := range all {
		out = append(out, value{Text: s})
	}
	return out
}

// about tells what the project is.
func (t teller) about(p *atlas.Project) *section {
	s := t.section("about")
	t.long(s, "annotation", p.Annotation)
	t.long(s, "goal", p.Goal)
	t.tell(s, "subgoals", texts(p.Subgoals)...)
	t.tell(s, "areas", t.areas(p)...)
	var activities []value
	for _, a := range p.Activities {
		v := t.item(atlas.ListActivity, a.Code)
		if v.Note = a.Text; v.Text == "" {
			v = value{Text: a.Text}
		}
		activities = append(activities, v)
	}
	t.tell(s, "activities", activities...)
	t.long(s, "detail", p.Detail)
	t.long(s, "need_rationale", p.NeedRationale)
	t.tell(s, "title_en", value{Text: p.TitleEn})
	t.tell(s, "acronym", value{Text: p.Acronym})
	t.tell(s, "reg_number", value{Text: p.RegNumber})
	return s
}

func (t teller) areas(p *atlas.Project) []value {
	var out []value
	for _, a := range p.Areas {
		v := t.item(atlas.ListArea, a.Code)
		v.Href = t.link(string(search.FacetArea), a.Code)
		var notes []string
		if a.Primary {
			notes = append(notes, t.T("projects.primary"))
		}
		if a.Share.Known {
			notes = append(notes, t.percent(a.Share))
		}
		v.Note = strings.Join(notes, ", ")
		out = append(out, v)
	}
	return out
}

// people tells whom the project serves and how many.
func (t teller) people(p *atlas.Project) *section {
	s := t.section("people")
	t.tell(s, "target_legal", t.items(atlas.ListTargetLegal, p.TargetLegal, t.by(search.FacetTargetLegal))...)
	t.tell(s, "target_situation", t.items(atlas.ListTargetSituation, p.TargetSituation, t.by(search.FacetTargetSituation))...)
	t.tell(s, "citizenships", t.items(atlas.ListCountry, p.Citizenships, nil)...)
	t.tell(s, "people_planned", t.count(p.PeoplePlanned))
	t.tell(s, "people_reached", t.count(p.PeopleReached))
	t.tell(s, "service_form", t.items(atlas.ListServiceForm, p.ServiceForms, nil)...)
	t.tell(s, "price_for_client", t.item(atlas.ListPrice, p.PriceForClient))
	return s
}

// count says what was counted, because numbers of different kinds must not be
// compared (U-08).
func (t teller) count(c atlas.Count) value {
	if !c.Known {
		return value{}
	}
	note := t.T("projects.kind_unknown")
	if c.Kind != "" {
		note = t.lists.Label(atlas.ListCountKind, c.Kind, t.lang())
	}
	return value{Text: t.number(c.N), Note: note}
}

// when tells the time and the place.
func (t teller) when(p *atlas.Project) *section {
	s := t.section("when")
	t.tell(s, "date_from", value{Text: t.date(p.From)})
	to := value{Text: t.date(p.To)}
	if p.Ongoing {
		if to.Text == "" {
			to.Text = t.T("projects.goes_on")
		} else {
			to.Note = t.T("projects.goes_on")
		}
	}
	t.tell(s, "date_to", to)
	t.tell(s, "status", value{Text: t.status(p)})
	t.tell(s, "country", t.item(atlas.ListCountry, p.Country))
	t.tell(s, "scope", t.item(atlas.ListScope, p.Scope))
	var places []value
	for _, q := range p.Territories {
		v := value{Text: t.places.Label(q.Territory), Href: t.link(atlas.KindTerritory, q.Territory)}
		if q.Share.Known {
			v.Note = t.percent(q.Share)
		}
		places = append(places, v)
	}
	if len(places) > 0 || p.PlaceText == "" {
		t.tell(s, "territories", places...)
	}
	if p.PlaceText != "" {
		t.tell(s, "place_text", value{Text: p.PlaceText})
	}
	return s
}

// money tells the sums; the lines of funding stand in their own table.
func (t teller) money(p *atlas.Project) *section {
	s := t.section("money")
	cost := value{Text: t.amount(p.TotalCost, p.Currency)}
	if p.TotalCost.State == atlas.AmountEstimate {
		cost.Note = t.T("projects.estimate")
	}
	t.tell(s, "total_cost", cost)
	share := value{}
	if p.IntegrationShare.Known {
		share.Text = t.percent(p.IntegrationShare)
	}
	t.tell(s, "integration_share", share)
	if len(p.Funding) == 0 {
		s.Unknown = append(s.Unknown, t.T("projects.field.funding"))
	}
	return s
}

// transfer tells what can be taken over elsewhere and what stands in the way.
func (t teller) transfer(p *atlas.Project) *section {
	s := t.section("transfer")
	t.tell(s, "innovation_flag", t.flag(p.Innovation))
	transfer := t.item(atlas.ListTransfer, p.Transfer)
	transfer.Note = p.TransferNote
	if transfer.Text == "" {
		transfer = value{Text: p.TransferNote}
	}
	t.tell(s, "transfer_flag", transfer)
	t.tell(s, "upscaling_flag", t.flag(p.Upscaling))
	t.long(s, "replication_notes", p.ReplicationNotes)
	var barriers []value
	for _, b := range p.Barriers {
		v := t.item(atlas.ListBarrier, b.Code)
		if v.Note = b.Text; v.Text == "" {
			v = value{Text: b.Text}
		}
		barriers = append(barriers, v)
	}
	t.tell(s, "barriers", barriers...)
	return s
}

func (t teller) flag(f atlas.Flag) value {
	if f.State == atlas.Unknown {
		return value{}
	}
	return value{Text: t.T("projects.word." + string(f.State)), Note: f.Reason}
}

// evaluation tells whether and how the project was evaluated.
func (t teller) evaluation(p *atlas.Project) *section {
	s := t.section("evaluation")
	e := p.Evaluated
	t.tell(s, "evaluation_done", t.flag(atlas.Flag{State: e.State}))
	if e == (atlas.EvaluationDone{State: e.State}) && e.State != atlas.Yes {
		return s // nothing more can be missing
	}
	t.tell(s, "evaluation_when", value{Text: t.date(e.When)})
	t.tell(s, "evaluation_method", value{Text: e.Method})
	t.tell(s, "evaluation_who", value{Text: e.Who})
	t.tell(s, "evaluation_url", value{Text: e.URL, Href: route.Outside(e.URL)})
	return s
}
