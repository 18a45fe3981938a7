package practices

import (
	"net/http"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// showPage is one card.
type showPage struct {
	page.Base
	P                                  *atlas.Practice
	Draft, Status, Where, When         string
	Mark                               *markLine
	Implementers                       []link
	Blocks                             []block
	Segments                           []segment
	Prerequisites                      []prerequisite
	Milestones, Barriers, Awards       []line
	Opinions                           []opinions
	Photos                             []photo
	Videos                             []video
	Files                              []link
	Services                           []line
	Projects, Evaluations, Collections []link
	Contacts                           []string
	Sources                            []source
	MayEdit, MayPublish                bool
	URLEdit, URLHistory, URLPhotos     string
	URLMark, URLTemplate, URLRule      string
	URLMerge                           string
	Merged                             []mergedCard // for editors
	LinkedData                         map[string]any
	Warnings                           []form.Flaw
	Saved                              string // the browser's copy of the form that was just saved
}

// markLine is the mark of a card in a line.
type markLine struct {
	State, Text string // State is that of app.PracticeBook
	Upscaled    bool
}

// block is a block of the card: its texts and what is not known of it.
type block struct {
	ID, Title string
	Facts     []fact
	Unknown   []string
}

// fact is one known field.
type fact struct {
	Label string
	Texts []string // paragraphs or items
	List  bool
	Steps bool // numbered
}

// mergedCard is a card that was merged into this one, and where that is undone.
type mergedCard struct{ Title, ID, Action string }

// line is a line of a list with a note behind it.
type line struct{ Lead, Text, Href string }

// segment is a part that can be taken over by itself.
type segment struct{ Name, Transferable, Adaptation string }

// prerequisite is what a card needs.
type prerequisite struct {
	Kind, Text, Least string
	Core              bool
}

// opinions are what one group says.
type opinions struct {
	Of   string
	Said []atlas.Opinion
}

// video is a recording as the page shows it: a link, never a foreign player.
type video struct {
	Title, URL, Who string
	Transcript      []string
}

// source is one source of the record.
type source struct{ Kind, URL, Href, Accessed, Note string }

// show answers the page of one card.
func (a *area) show(q *page.Request) error {
	if led, err := q.ToDay(); led {
		return err
	}
	c, err := a.app.Reader().Practice(q.Context(), q.PathValue("id"))
	if err != nil {
		return err
	}
	if !q.May(atlas.RightRead, c.Subject()) {
		return atlas.ErrNotFound
	}
	book, err := a.app.Practices(q.Context())
	if err != nil {
		return err
	}
	t := a.teller(q.Lang)
	p := &showPage{
		Base: q.Base(c.Title), P: c, Status: t.label(atlas.ListPractice, c.Status), Where: t.where(c), When: t.when(c), Mark: t.mark(book, c),
		MayEdit: q.May(atlas.RightEdit, c.Subject()), MayPublish: q.Viewer.May(atlas.RightPublish), Photos: t.photos(c), Sources: t.sources(c.Sources),
		URLEdit: route.PracticeEditing(q.Lang, c.ID), URLPhotos: route.PracticePictures(q.Lang, c.ID), URLHistory: route.PracticeHistories().Of(q.Lang, c.ID),
		URLMark: route.PracticeMarking(q.Lang, c.ID), URLTemplate: route.PracticeTemplate(q.Lang, c.ID), URLRule: route.In(q.Lang, route.PracticeRule),
	}
	p.Nav, p.Breadcrumb, p.Description = route.Practices, []page.Link{{URL: route.In(q.Lang, route.Practices), Text: q.T("practices.title")}}, c.Summary
	p.NoIndex, p.Query = !c.Public(), nil // the address of a record has no parameters
	p.Saved = form.SavedDraft(q, draftKind, c.ID)
	if !c.Public() {
		p.Draft = t.label(atlas.ListRecordStatus, c.RecordStatus)
	}
	if p.MayEdit {
		p.Warnings = a.warningsOf(q.Lang, c)
	}
	for _, id := range c.Implementers {
		p.Implementers = append(p.Implementers, link{t.app.ActorName(id, t.lang), route.Actor(t.lang, id)})
	}
	p.Blocks = t.blocks(c)
	p.rows(t, c)
	if err := a.around(q, p, book); err != nil {
		return err
	}
	if p.MayPublish {
		p.URLMerge = route.PracticeMerging(q.Lang, c.ID)
		for _, x := range book.All {
			if x.MergedInto == c.ID {
				p.Merged = append(p.Merged, mergedCard{x.Title, x.ID, route.PracticeUnmerging(q.Lang, x.ID)})
			}
		}
	}
	p.LinkedData = t.linkedData(c, q.Origin())
	return q.Render(http.StatusOK, "practices/show", p)
}

// warningsOf is what could be better about a stored card.
func (a *area) warningsOf(lang string, c *atlas.Practice) []form.Flaw {
	f := a.teller(lang).fill(c)
	f.Problems = c.Warnings()
	out := a.sheet(lang, f).Flaws()
	for i := range out {
		out[i].Href = route.PracticeEditing(lang, c.ID) + out[i].Href
	}
	return out
}

// mark is the mark of a card in words; nil where it never had one.
func (t teller) mark(b *app.PracticeBook, c *atlas.Practice) *markLine {
	m := &markLine{State: b.Mark(c), Upscaled: c.Upscaled}
	switch {
	case m.State == "":
		return nil
	case m.State == app.PracticeCurrent:
		m.Text = t.T("practices.mark.until", "date", t.date(c.Until))
	case c.LostOn.Known():
		m.Text = t.T("practices.mark.was_until", "date", t.date(c.LostOn))
	case c.Until.Compare(b.Day) < 0:
		m.Text = t.T("practices.mark.was_until", "date", t.date(c.Until))
	default: // what it rests on went, and that is not written into the card yet
		m.Text = t.T("practices.mark.was_until", "date", t.date(b.Day))
	}
	return m
}

// telling collects the facts of a block.
type telling struct {
	t teller
	b block
}

func (t teller) block(id string) *telling {
	return &telling{t, block{ID: id, Title: t.T("practices.section." + id)}}
}

func (x *telling) tell(field string, texts ...string) *telling {
	label := x.t.T("practices.field." + field)
	texts = slices.DeleteFunc(texts, func(s string) bool { return s == "" })
	if len(texts) == 0 {
		x.b.Unknown = append(x.b.Unknown, label)
		return x
	}
	x.b.Facts = append(x.b.Facts, fact{Label: label, Texts: texts})
	return x
}

// prose tells a long text by its paragraphs.
func (x *telling) prose(field, text string) *telling {
	return x.tell(field, strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")...)
}

// list tells texts as items, numbered where they are steps.
func (x *telling) list(field string, steps bool, texts []string) *telling {
	if n := len(x.b.Facts); len(x.tell(field, slices.Clone(texts)...).b.Facts) > n {
		x.b.Facts[n].List, x.b.Facts[n].Steps = true, steps
	}
	return x
}

// blocks are the texts of a card in the blocks of the card of good practice.
func (t teller) blocks(c *atlas.Practice) []block {
	basic := t.block("basic").prose("goal", c.Goal).list("subgoals", false, c.Subgoals).tell("beneficiaries", c.Beneficiaries).
		tell("areas", t.labels(atlas.ListArea, c.Areas)).tell("activities", t.labels(atlas.ListActivity, c.Activities)).
		tell("target_legal", t.labels(atlas.ListTargetLegal, c.TargetLegal)).tell("situations", t.labels(atlas.ListTargetSituation, c.Situations)).
		tell("city_roles", t.wordsOf(texts(c.CityRoles)))
	if c.Pioneer {
		basic.tell("pioneer", t.T("practices.yes"))
	}
	description := t.block("description").prose("stimulus", c.Stimulus).prose("description", c.Description).prose("results", c.Results).
		prose("funding", c.Funding).tell("staff", t.staff(c.Staff)).tell("months", t.months(c.Months)).tell("yearly_cost", t.money(c.YearlyCost))
	transfer := t.block("transfer").tell("transferability", t.label(atlas.ListTransfer, c.Transferability)).prose("adaptation", c.Adaptation).list("advice", true, c.Advice)
	if c.Abroad() {
		transfer.prose("needed", c.Needed)
	}
	transfer.tell("upscaling", t.flag(c.Upscaling))
	return []block{basic.b, description.b, transfer.b, t.block("barriers").b, t.block("experience").prose("lessons", c.Lessons).prose("evaluation", c.Evaluation).b}
}

func (t teller) wordsOf(all []string) string {
	var out []string
	for _, w := range all {
		out = append(out, t.T("practices.word."+w))
	}
	return strings.Join(out, ", ")
}

func (t teller) staff(s atlas.FTE) string {
	if !s.Known {
		return ""
	}
	return t.T("practices.jobs", "n", t.decimal(int64(s.Hundredths)))
}

// decimal writes hundredths in the language of the reader.
func (t teller) decimal(n int64) string {
	if t.lang == "en" {
		return strings.ReplaceAll(decimal(n), ",", ".")
	}
	return decimal(n)
}

func (t teller) months(n int) string {
	if n == 0 {
		return ""
	}
	return t.words.N(t.lang, "practices.months", int64(n))
}

func (t teller) money(m atlas.Amount) string {
	if !m.Known() {
		return ""
	}
	return i18n.Money(t.lang, m, "CZK")
}

func (t teller) flag(f atlas.Flag) string {
	if f.State == atlas.Unknown {
		return ""
	}
	text := t.T("practices.word." + string(f.State))
	if f.Reason != "" {
		text += " – " + f.Reason
	}
	return text
}

// rows fills in what the card has as rows.
func (p *showPage) rows(t teller, c *atlas.Practice) {
	for _, m := range c.Milestones {
		p.Milestones = append(p.Milestones, line{Lead: t.date(m.When), Text: m.Text})
	}
	for _, s := range c.Services {
		lead := strings.Join(slices.DeleteFunc([]string{t.label(atlas.ListServiceForm, s.Form), t.label(atlas.ListPrice, s.Price)}, func(s string) bool { return s == "" }), ", ")
		p.Services = append(p.Services, line{Lead: lead, Text: s.Who})
	}
	for _, s := range c.Segments {
		x := segment{Name: s.Name, Adaptation: s.Adaptation}
		if s.Transferable != atlas.Unknown {
			x.Transferable = t.T("practices.word." + string(s.Transferable))
		}
		p.Segments = append(p.Segments, x)
	}
	for _, x := range c.Prerequisites {
		p.Prerequisites = append(p.Prerequisites, prerequisite{Kind: t.T("practices.word." + string(x.Kind)), Text: x.Text, Least: t.least(x), Core: x.Core})
	}
	for _, b := range c.Barriers {
		p.Barriers = append(p.Barriers, line{Lead: t.label(atlas.ListBarrier, b.Code), Text: b.Text})
	}
	for _, of := range atlas.OpinionsOf() {
		group := opinions{Of: t.T("practices.word." + string(of))}
		for _, o := range c.Assessments {
			if o.Of == of {
				group.Said = append(group.Said, o)
			}
		}
		if len(group.Said) > 0 {
			p.Opinions = append(p.Opinions, group)
		}
	}
	for _, w := range c.Awards {
		p.Awards = append(p.Awards, line{Lead: t.award(w), Text: w.By, Href: route.Outside(w.URL)})
	}
	for _, f := range c.Files {
		text := f.Title
		if text == "" {
			text = f.URL
		}
		p.Files = append(p.Files, link{text, route.Outside(f.URL)})
	}
	for _, v := range c.Videos {
		who := slices.DeleteFunc([]string{v.Speaker, v.Function, v.Organisation}, func(s string) bool { return s == "" })
		shown := video{Title: v.Title, URL: route.Outside(v.URL), Who: strings.Join(who, ", ")}
		if v.Transcript != "" {
			shown.Transcript = strings.Split(v.Transcript, "\n")
		}
		if shown.Title == "" {
			shown.Title = v.URL
		}
		p.Videos = append(p.Videos, shown)
	}
	for _, x := range c.Contacts {
		if told := contact(x); told != "" {
			p.Contacts = append(p.Contacts, told)
		}
	}
}

// contact is what the public may know of a contact: of a person only what the person
// agreed to, of a workplace that it is there.
func contact(x atlas.Person) string {
	parts := []string{x.Organisation, x.Function}
	if x.Public {
		parts = []string{x.Name, x.Function, x.Organisation, x.Email, x.Phone}
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

// award is an award with its year: "Cena MV za inovaci ve veřejné správě (2012)".
func (t teller) award(w atlas.Award) string {
	name := w.Name
	if name == "" || w.Code != "" && w.Code != awardOther {
		name = t.label(atlas.ListAward, w.Code)
	}
	if w.Year != 0 {
		name += " (" + numeral(w.Year) + ")"
	}
	return name
}

// awardOther is the item of CL-34 for awards that it does not have.
const awardOther = "JINE"

// least is how much a prerequisite asks for, with what it counts.
func (t teller) least(x atlas.Prerequisite) string {
	of := x.Of
	switch x.Kind {
	case atlas.NeedsPartner:
		of = t.label(atlas.ListActorType, x.Of)
	case atlas.NeedsLanguage:
		of = t.label(atlas.ListLanguage, x.Of)
	case atlas.NeedsSize, atlas.NeedsPower:
		if key := "practices.of." + x.Of; x.Of != "" && t.words.Has(key) {
			of = t.T(key)
		}
	}
	switch {
	case x.Least == 0:
		return of
	case x.Kind == atlas.NeedsStaff:
		return strings.TrimSpace(t.T("practices.at_least", "n", t.T("practices.jobs", "n", t.decimal(x.Least))) + " " + of)
	case x.Kind == atlas.NeedsMoney:
		return t.T("practices.at_least", "n", t.T("practices.a_year", "money", i18n.Money(t.lang, atlas.Amount{Minor: x.Least * 100, State: atlas.AmountKnown}, "CZK")))
	}
	return strings.TrimSpace(t.T("practices.at_least", "n", i18n.Number(t.lang, x.Least)) + " " + of)
}

func (t teller) sources(all []atlas.Source) []source {
	var out []source
	for _, s := range all {
		out = append(out, source{Kind: t.label(atlas.ListSourceKind, s.Kind), URL: s.URL, Href: route.Outside(s.URL), Accessed: t.date(s.Accessed), Note: s.Note})
	}
	return out
}

// around names the projects, evaluations and collections of the card, those that the
// viewer may see.
func (a *area) around(q *page.Request, p *showPage, book *app.PracticeBook) error {
	projects, err := a.app.Reader().Projects(q.Context(), p.P.Projects)
	if err != nil {
		return err
	}
	for _, x := range projects {
		if q.May(atlas.RightRead, x.Subject()) {
			p.Projects = append(p.Projects, link{x.Title(q.Lang), route.Project(q.Lang, x.ID)})
		}
	}
	evaluations, err := a.app.Reader().Evaluations(q.Context(), p.P.Evaluations)
	if err != nil {
		return err
	}
	for _, e := range evaluations {
		if e.State == atlas.EvaluationPublished && e.Public() {
			p.Evaluations = append(p.Evaluations, a.teller(q.Lang).evaluation(e))
		}
	}
	return a.app.Reader().EachCollection(q.Context(), func(c *atlas.Collection) error {
		if slices.ContainsFunc(book.Chosen(c), func(x *atlas.Practice) bool { return x.ID == p.P.ID }) && q.May(atlas.RightRead, c.Subject()) {
			p.Collections = append(p.Collections, link{c.Title, route.Collection(q.Lang, c.ID)})
		}
		return nil
	})
}

// evaluation leads to an evaluation by what it came to.
func (t teller) evaluation(e *atlas.Evaluation) link {
	return link{t.T("practices.evaluation", "id", e.ID, "mode", t.T("evaluations.mode."+string(e.Mode)), "total", t.decimal(int64(e.Result.Total)*10)), route.Evaluation(t.lang, e.ID)}
}
