package atlas

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// Lengths that the template for integration practices recommends (4.7); nothing is
// refused for them.
const (
	PracticeTitleWords   = 15
	PracticeSummaryLeast = 75
	PracticeSummaryMost  = 100
)

// Limits of a card beyond which something is a slip of the pen.
const (
	practiceTitle  = 300 // characters
	practiceMonths = 240
)

// WordCount counts the words of a text as an editor counts them: what stands between
// blanks, a dash by itself left out.
func WordCount(text string) int {
	n := 0
	for _, w := range strings.Fields(text) {
		if strings.Trim(w, "–—-•·/&|") != "" {
			n++
		}
	}
	return n
}

// Problems checks a card by the rules of 6.11 for a stage. year is the current
// year. Whether what it names exists, the operation that saves it asks.
func (p *Practice) Problems(ls *Lists, stage Stage, year int) []Problem {
	var ps problems
	p.checkTrue(&ps, ls, year)
	p.checkPersonal(&ps)
	if stage >= StageListed {
		p.checkWhole(&ps)
	}
	return ps
}

// checkTrue refuses what cannot be true of any card, a draft included.
func (p *Practice) checkTrue(ps *problems, ls *Lists, year int) {
	ps.require(p.Title != "", "title")
	if n := utf8.RuneCountInString(p.Title); n > practiceTitle {
		ps.add("title", "problem.title_long", "n", n, "limit", practiceTitle)
	}
	ps.code(ls, ListCountry, p.Country, "country")
	if p.Abroad() && len(p.Territories) > 0 {
		ps.add("territories", "problem.abroad_territories")
	}
	ps.date(p.From, year, "from")
	ps.date(p.To, year, "to")
	if p.From.Known() && p.To.Known() && p.From.Valid() && p.To.Valid() && p.To.Last().Compare(p.From.First()) < 0 {
		ps.add("to", "problem.date_order")
	}
	for _, x := range []struct {
		list, field string
		codes       []string
	}{
		{ListArea, "areas", p.Areas}, {ListActivity, "activities", p.Activities}, {ListTargetLegal, "target_legal", p.TargetLegal},
		{ListTargetSituation, "situations", p.Situations},
	} {
		ps.codes(ls, x.list, x.codes, x.field)
	}
	for i, r := range p.CityRoles {
		if !slices.Contains(CityRoles(), r) {
			ps.add(fmt.Sprintf("city_roles.%d", i), "problem.code", "code", string(r))
		}
	}
	ps.code(ls, ListTransfer, p.Transferability, "transferability")
	ps.code(ls, ListPractice, p.Status, "status")
	ps.amount(p.YearlyCost, "yearly_cost")
	if p.Staff.Known && p.Staff.Hundredths < 0 || p.Months < 0 {
		ps.add("staff", "problem.negative")
	}
	if p.Months > practiceMonths {
		ps.add("months", "problem.months_many", "n", p.Months, "limit", practiceMonths)
	}
	p.checkRows(ps, ls, year)
	ps.sources(ls, p.Sources, year)
}

func (p *Practice) checkRows(ps *problems, ls *Lists, year int) {
	for i, m := range p.Milestones {
		ps.date(m.When, year, inRow("milestones", i, "when"))
		ps.require(m.Text != "", inRow("milestones", i, "text"))
	}
	for i, s := range p.Services {
		ps.code(ls, ListServiceForm, s.Form, inRow("services", i, "form"))
		ps.code(ls, ListPrice, s.Price, inRow("services", i, "price"))
	}
	names := map[string]bool{}
	for i, s := range p.Segments {
		ps.require(s.Name != "", inRow("segments", i, "name"))
		if names[s.Name] && s.Name != "" {
			ps.add(inRow("segments", i, "name"), "problem.repeated")
		}
		names[s.Name] = true
	}
	for i, x := range p.Prerequisites {
		ps.require(x.Text != "" || x.Least > 0, inRow("prerequisites", i, "text"))
		if !slices.Contains(PrerequisiteKinds(), x.Kind) {
			ps.require(false, inRow("prerequisites", i, "kind"))
		}
		if x.Least < 0 {
			ps.add(inRow("prerequisites", i, "least"), "problem.negative")
		}
	}
	for i, b := range p.Barriers {
		ps.code(ls, ListBarrier, b.Code, inRow("barriers", i, "code"))
	}
	for i, o := range p.Assessments {
		if !slices.Contains(OpinionsOf(), o.Of) {
			ps.require(false, inRow("assessments", i, "of"))
		}
		ps.require(o.Text != "", inRow("assessments", i, "text"))
	}
	for i, w := range p.Awards {
		ps.code(ls, ListAward, w.Code, inRow("awards", i, "code"))
		ps.require(w.Code != "" || w.Name != "", inRow("awards", i, "name"))
		ps.web(w.URL, inRow("awards", i, "url"))
		if w.Year != 0 && (w.Year < FirstYear || w.Year > year) {
			ps.add(inRow("awards", i, "year"), "problem.year_range", "from", FirstYear, "to", year)
		}
	}
	p.checkMedia(ps, ls)
	for i, c := range p.Contacts {
		ps.require(c.Name != "" || c.Organisation != "", inRow("contacts", i, "organisation"))
		ps.email(c.Email, inRow("contacts", i, "email"))
		if c.Public && c.Name != "" && c.Consent == "" {
			ps.add(inRow("contacts", i, "consent"), "problem.consent")
		}
	}
}

func (p *Practice) checkMedia(ps *problems, ls *Lists) {
	for i, x := range p.Photos {
		ps.require(x.File != "" || x.URL != "", inRow("photos", i, "url"))
		ps.web(x.URL, inRow("photos", i, "url"))
		ps.code(ls, ListLicence, x.Licence, inRow("photos", i, "licence"))
	}
	for i, v := range p.Videos {
		at := inRow("videos", i, "url")
		if ps.require(v.URL != "", at); v.URL != "" && !VideoAddress(v.URL) {
			ps.add(at, "problem.video", "value", v.URL)
		}
	}
	for i, f := range p.Files {
		ps.require(f.URL != "", inRow("files", i, "url"))
		ps.web(f.URL, inRow("files", i, "url"))
	}
}

// checkPersonal refuses texts with an e-mail, a telephone or a birth number in
// them: clients are never named, and contacts have fields of their own.
func (p *Practice) checkPersonal(ps *problems) {
	for field, text := range p.texts() {
		if found := personal.FindString(text); found != "" {
			ps.add(field, "problem.personal", "value", found)
		}
	}
}

// texts are all texts of the card by their field, in its order.
func (p *Practice) texts() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		all := [][2]string{
			{"title", p.Title}, {"needed", p.Needed}, {"summary", p.Summary}, {"goal", p.Goal}, {"subgoals", strings.Join(p.Subgoals, "\n")},
			{"beneficiaries", p.Beneficiaries}, {"stimulus", p.Stimulus}, {"description", p.Description}, {"results", p.Results},
			{"funding", p.Funding}, {"adaptation", p.Adaptation}, {"advice", strings.Join(p.Advice, "\n")}, {"lessons", p.Lessons}, {"evaluation", p.Evaluation},
		}
		for i, m := range p.Milestones {
			all = append(all, [2]string{inRow("milestones", i, "text"), m.Text})
		}
		for i, s := range p.Segments {
			all = append(all, [2]string{inRow("segments", i, "adaptation"), s.Adaptation})
		}
		for i, x := range p.Prerequisites {
			all = append(all, [2]string{inRow("prerequisites", i, "text"), x.Text})
		}
		for i, b := range p.Barriers {
			all = append(all, [2]string{inRow("barriers", i, "text"), b.Text})
		}
		for i, o := range p.Assessments {
			all = append(all, [2]string{inRow("assessments", i, "text"), o.Text})
		}
		for i, v := range p.Videos {
			all = append(all, [2]string{inRow("videos", i, "transcript"), v.Transcript})
		}
		for _, x := range all {
			if !yield(x[0], x[1]) {
				return
			}
		}
	}
}

// checkWhole asks for all that 6.11 requires of a card that others read, for what
// makes it a card – transferability (R4-12), barriers (R4-16) – and for the source,
// the licence and the words of every photo (R4-24).
func (p *Practice) checkWhole(ps *problems) {
	for _, x := range []struct {
		field string
		there bool
	}{
		{"country", p.Country != ""},
		{"territories", len(p.Territories) > 0 || p.Abroad() && p.PlaceText != ""},
		{"implementers", len(p.Implementers) > 0},
		{"contacts", len(p.Contacts) > 0},
		{"from", p.From.Known()},
		{"to", p.To.Known() || p.Ongoing || p.BecameService},
		{"summary", p.Summary != ""},
		{"goal", p.Goal != ""},
		{"beneficiaries", p.Beneficiaries != ""},
		{"areas", len(p.Areas) > 0},
		{"description", p.Description != ""},
		{"results", p.Results != ""},
		{"lessons", p.Lessons != ""},
		{"sources", len(p.Sources) > 0},
		{"needed", !p.Abroad() || p.Needed != ""},
	} {
		ps.require(x.there, x.field)
	}
	if p.Transferability == "" && len(p.Segments) == 0 {
		ps.add("transferability", "problem.transferability")
	}
	if len(p.Barriers) == 0 {
		ps.add("barriers", "problem.barriers")
	}
	for i, x := range p.Photos {
		if x.Source == "" {
			ps.add(inRow("photos", i, "source"), "problem.photo_source")
		}
		if x.Licence == "" {
			ps.add(inRow("photos", i, "licence"), "problem.photo_licence")
		}
		if x.Alt == "" {
			ps.add(inRow("photos", i, "alt"), "problem.photo_alt")
		}
	}
	for i, v := range p.Videos {
		ps.require(v.Title != "", inRow("videos", i, "title"))
		ps.require(v.Speaker != "", inRow("videos", i, "speaker"))
	}
	for i, s := range p.Sources {
		ps.require(s.URL == "" || s.Accessed.Known(), inRow("sources", i, "accessed"))
	}
}

// Warnings is what could be better and refuses nothing: lengths that the template
// recommends, recordings without their words.
func (p *Practice) Warnings() []Problem {
	var ps problems
	if n := WordCount(p.Title); n > PracticeTitleWords {
		ps.add("title", "problem.title_words", "limit", PracticeTitleWords, "n", n)
	}
	if n := WordCount(p.Summary); p.Summary != "" && (n < PracticeSummaryLeast || n > PracticeSummaryMost) {
		ps.add("summary", "problem.summary_words", "least", PracticeSummaryLeast, "most", PracticeSummaryMost, "n", n)
	}
	for i, v := range p.Videos {
		if v.Transcript == "" {
			ps.add(inRow("videos", i, "transcript"), "problem.no_transcript")
		}
	}
	for i, x := range p.Photos {
		if x.Licence == LicenceUnknown {
			ps.add(inRow("photos", i, "licence"), "problem.licence_unknown")
		}
	}
	return ps
}

// LicenceUnknown is the licence (CL-38) of what nobody knows the terms of.
const LicenceUnknown = "NEZNAME"

// Abroad says whether the practice is of another country.
func (p *Practice) Abroad() bool { return p.Country != "" && p.Country != CountryCode }

// inRow is a field of a row: "photos.0.alt".
func inRow(group string, i int, field string) string { return fmt.Sprintf("%s.%d.%s", group, i, field) }
