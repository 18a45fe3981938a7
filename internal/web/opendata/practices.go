package opendata

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/question"
	"atlas/internal/web/route"
)

// paramMark narrows cards by their mark.
const paramMark = "znacka"

// noMark is the state of the mark of a card that never had one.
const noMark = "bez"

func (a *area) practiceEndpoints() []endpoint {
	asked := []parameter{
		{name: question.ParamText, doc: "Czech words in any form", example: "čeština"},
		{name: paramPlace, doc: "Code of a territory: cards of it and of what lies in it", example: "CZ032"},
		{name: paramArea, doc: "Area of integration, a code of CL-01", example: "JAZ"},
		{name: paramMark, doc: "State of the mark of good practice", oneOf: []string{app.PracticeCurrent, app.PracticeLapsed, noMark}, example: app.PracticeCurrent},
	}
	return []endpoint{
		{pattern: route.APIPractices, id: "practices", summary: "Cards of good practice in the order of their codes", params: slices.Concat(asked, pages), shape: PracticePage{}, read: a.practices},
		{pattern: route.APIPractice, id: "practice", summary: "One card of good practice", shape: Practice{}, read: a.practice},
	}
}

// practices answers one page of the cards, which are in memory.
func (a *area) practices(q *asked) (any, error) {
	text, place, area, mark := q.text(question.ParamText), q.text(paramPlace), q.text(paramArea), q.text(paramMark)
	book, err := a.app.Practices(q.Context())
	if err != nil {
		return nil, err
	}
	var has []string
	if text != "" {
		has = book.Find(text)
	}
	var found []*atlas.Practice
	for _, p := range book.All {
		near := place == "" || slices.ContainsFunc(p.Territories, func(code string) bool { return slices.Contains(a.app.Chain(code), place) })
		if p.Public() && near && (text == "" || slices.Contains(has, p.ID)) && (area == "" || slices.Contains(p.Areas, area)) &&
			(mark == "" || mark == cmp.Or(book.Mark(p), noMark)) {
			found = append(found, p)
		}
	}
	c := q.cut()
	page := of(c, found)
	projects, err := q.projectsOf(page)
	if err != nil {
		return nil, err
	}
	notes := q.unknownPlace(place)
	if area != "" && !q.lists.Has(atlas.ListArea, area) {
		notes = append(notes, q.unknownCode(paramArea, area))
	}
	slices.SortFunc(notes, func(x, y Note) int { return strings.Compare(*x.Parameter, *y.Parameter) })
	return PracticePage{
		Paging: q.paging(len(found), c, q.given(question.ParamText, paramPlace, paramArea, paramMark), notes),
		Items:  list(page, func(p *atlas.Practice) Practice { return q.filler.practice(p, book.Mark(p), projects) }),
	}, nil
}

func (a *area) practice(q *asked) (any, error) {
	book, err := a.app.Practices(q.Context())
	if err != nil {
		return nil, err
	}
	p, ok := book.Practice(q.PathValue("id"))
	if !ok || !p.Public() {
		return nil, atlas.ErrNotFound
	}
	projects, err := q.projectsOf([]*atlas.Practice{p})
	return q.filler.practice(p, book.Mark(p), projects), err
}

// projectsOf reads the published projects that cards name: title by code.
func (q *asked) projectsOf(cards []*atlas.Practice) (map[string]string, error) {
	var ids []string
	for _, p := range cards {
		ids = append(ids, p.Projects...)
	}
	found, err := q.app.Reader().Projects(q.Context(), ids)
	out := map[string]string{}
	for _, p := range found {
		if p.Public() {
			out[p.ID] = p.Title("cs")
		}
	}
	return out, err
}

// practice gives a card its public shape; mark is the state of its mark, projects says
// to which projects it may lead.
func (f filler) practice(p *atlas.Practice, mark string, projects map[string]string) Practice {
	out := Practice{
		Record: f.record(p.ID, route.Practice("cs", p.ID), p.Meta), Title: p.Title, Projects: refs(p.Projects, projects), Evaluations: list(p.Evaluations, same),
		Territories: list(p.Territories, f.place), PlaceText: opt(p.PlaceText), Country: f.code(atlas.ListCountry, p.Country), Needed: opt(p.Needed),
		Implementers: list(p.Implementers, f.ref), Contacts: []Contact{}, From: date(p.From), To: date(p.To), Ongoing: p.Ongoing, BecameService: p.BecameService,
		Pioneer: p.Pioneer, Summary: opt(p.Summary), Goal: opt(p.Goal), Subgoals: list(p.Subgoals, same), Beneficiaries: opt(p.Beneficiaries),
		Areas: f.codes(atlas.ListArea, p.Areas), Activities: f.codes(atlas.ListActivity, p.Activities), TargetLegal: f.codes(atlas.ListTargetLegal, p.TargetLegal),
		Situations: f.codes(atlas.ListTargetSituation, p.Situations), CityRoles: list(p.CityRoles, func(r atlas.CityRole) string { return string(r) }),
		Stimulus: opt(p.Stimulus), Description: opt(p.Description), Results: opt(p.Results), Funding: opt(p.Funding), Months: whole(p.Months), YearlyCost: money(p.YearlyCost, ""),
		Milestones: list(p.Milestones, func(m atlas.Milestone) Milestone { return Milestone{date(m.When), opt(m.Text)} }),
		Services: list(p.Services, func(s atlas.Service) CardService {
			return CardService{f.code(atlas.ListServiceForm, s.Form), f.code(atlas.ListPrice, s.Price), opt(s.Who)}
		}),
		Transferability: f.code(atlas.ListTransfer, p.Transferability), Adaptation: opt(p.Adaptation), Advice: list(p.Advice, same), Upscaling: flag(p.Upscaling),
		Segments: list(p.Segments, func(s atlas.Segment) Segment { return Segment{s.Name, answer(s.Transferable), opt(s.Adaptation)} }),
		Prerequisites: list(p.Prerequisites, func(x atlas.Prerequisite) Requirement {
			return Requirement{opt(x.Code), opt(string(x.Kind)), opt(x.Of), whole(int(x.Least)), opt(x.Text), x.Core}
		}),
		Barriers: list(p.Barriers, f.barrier), Lessons: opt(p.Lessons), Evaluation: opt(p.Evaluation),
		Assessments: list(p.Assessments, func(o atlas.Opinion) Opinion { return Opinion{opt(string(o.Of)), opt(o.Text), opt(o.Source)} }),
		Awards: list(p.Awards, func(w atlas.Award) Award {
			return Award{f.code(atlas.ListAward, w.Code), opt(w.Name), opt(w.By), whole(w.Year), opt(w.URL)}
		}),
		Photos: list(p.Photos, f.photo), Files: list(p.Files, link), Status: f.code(atlas.ListPractice, p.Status), Sources: list(p.Sources, f.source),
		Videos: list(p.Videos, func(v atlas.Video) Video {
			return Video{opt(v.URL), opt(v.Title), opt(v.Speaker), opt(v.Function), opt(v.Organisation), opt(v.Transcript)}
		}),
		Mark: Mark{
			State: cmp.Or(mark, noMark), Since: date(p.Marked), Until: date(p.Until), LostOn: date(p.LostOn), Lost: opt(p.Lost), Upscaled: p.Upscaled && mark == app.PracticeCurrent,
			Confirmed: list(p.Confirmed, func(c atlas.Confirmation) string { return c.On.String() }),
		},
	}
	if p.Staff.Known {
		out.Staff = opt(fmt.Sprintf("%d.%02d", p.Staff.Hundredths/100, p.Staff.Hundredths%100))
	}
	for _, c := range p.Contacts {
		if c.Public {
			out.Contacts = append(out.Contacts, f.contact(c))
		}
	}
	return out
}

func (f filler) photo(x atlas.Photo) Photo {
	address := func(sum string) *string {
		if sum == "" {
			return nil
		}
		return opt(f.origin + route.Picture(sum))
	}
	return Photo{address(x.File), address(x.Small), whole(x.Width), whole(x.Height), opt(x.URL), opt(x.Alt), opt(x.Author), opt(x.Source), f.code(atlas.ListLicence, x.Licence)}
}
