package calls

import (
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/search"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// showPage is one call.
type showPage struct {
	page.Base
	C           *atlas.Call
	State       state
	Deadline    string
	Draft       string
	Known       []*section
	Projects    []project
	More        int // projects that are not named here
	Programme   link
	InProgramme int // projects of the programme in the database
	Sources     []source
	URLEdit     string
	URLHistory  string
	Saved       string // the browser's copy of the form that was just saved
}

// section is one part of the page: what is known and the names of what is not.
type section struct {
	ID, Title string
	Facts     []fact
	Unknown   []string
}

// fact is one known field.
type fact struct {
	Label  string
	Long   bool
	Values []value
}

// value is one value of a field.
type value struct {
	Text, Href string
	External   bool
}

// project is one project in the list of the page.
type project struct {
	Title, URL, Years, Draft string
	Who                      []link
	Amount                   string // granted in this call; "" not known
	Sample                   bool
}

// source is one source of the record.
type source struct{ Kind, URL, Href, Accessed, Note, File, Row string }

// shownProjects is how many projects of a call the page names.
const shownProjects = 100

// show answers the page of one call.
func (a *area) show(q *page.Request) error {
	if led, err := q.ToDay(); led {
		return err
	}
	c, err := a.app.Reader().Call(q.Context(), q.PathValue("id"))
	if err != nil {
		return err
	}
	if !q.May(atlas.RightRead, c.Subject()) {
		return atlas.ErrNotFound
	}
	t := a.teller(q.Lang)
	p := &showPage{Base: q.Base(c.Title), C: c, State: stateOf(c, a.app.Now()), Deadline: t.deadline(c), URLEdit: route.CallEditing(q.Lang, c.ID), URLHistory: route.CallHistories().Of(q.Lang, c.ID)}
	p.Nav, p.Breadcrumb = route.Calls, []page.Link{{URL: route.In(q.Lang, route.Calls), Text: q.T("calls.title")}}
	p.NoIndex, p.Query = !c.Public(), nil // the address of a record has no parameters
	p.Saved = form.SavedDraft(q, draftKind, c.ID)
	if !c.Public() {
		p.Draft = t.label(atlas.ListRecordStatus, c.RecordStatus)
	}
	p.Known = []*section{t.about(c), t.conditions(c), t.times(c)}
	p.Sources = t.sources(c.Sources)
	p.programme(t)
	if err := a.projects(q, t, p); err != nil {
		return err
	}
	return q.Render(200, "calls/show", p)
}

// programme leads to the projects of the whole programme.
func (p *showPage) programme(t teller) {
	if p.C.Programme == "" {
		return
	}
	p.Programme = link{t.label(atlas.ListProgramme, p.C.Programme), route.ProjectsBy(t.lang, string(search.FacetProgramme), p.C.Programme)}
	p.InProgramme = t.app.Index().Search(search.Query{Filters: map[search.Facet][]string{search.FacetProgramme: {p.C.Programme}}}).Total
}

// projects names the projects that the call gave money to, those that the
// viewer may see.
func (a *area) projects(q *page.Request, t teller, p *showPage) error {
	ids, err := a.app.Reader().ProjectsOfCall(q.Context(), p.C.ID)
	if err != nil {
		return err
	}
	found, err := a.app.Reader().Projects(q.Context(), ids)
	if err != nil {
		return err
	}
	found = slices.DeleteFunc(found, func(x *atlas.Project) bool { return !q.May(atlas.RightRead, x.Subject()) })
	p.More = max(0, len(found)-shownProjects)
	for _, x := range found[:len(found)-p.More] {
		p.Projects = append(p.Projects, t.project(x, p.C.ID))
	}
	return nil
}

func (t teller) project(x *atlas.Project, call string) project {
	p := project{Title: x.Title(t.lang), URL: route.Project(t.lang, x.ID), Sample: x.Sample}
	if x.From.Known() {
		p.Years = strconv.Itoa(x.From.Year)
		if x.To.Known() && x.To.Year != x.From.Year {
			p.Years += "–" + strconv.Itoa(x.To.Year)
		}
	}
	for _, id := range x.Implementers() {
		p.Who = append(p.Who, t.actor(id))
	}
	if !x.Public() {
		p.Draft = t.label(atlas.ListRecordStatus, x.RecordStatus)
	}
	var sum atlas.Sum
	for i := range x.Funding {
		if x.Funding[i].Call == call {
			sum.Add(x.Funding[i].Best())
		}
	}
	if sum.Known > 0 && sum.Unknown == 0 {
		p.Amount = i18n.Money(t.lang, atlas.Amount{Minor: sum.Minor, State: atlas.AmountKnown}, "CZK")
	}
	return p
}

// tell adds a field; without a value its name goes among the unknown ones.
func (t teller) tell(s *section, field string, values ...value) {
	values = slices.DeleteFunc(values, func(v value) bool { return v.Text == "" })
	label := t.T("calls.field." + field)
	if len(values) == 0 {
		s.Unknown = append(s.Unknown, label)
		return
	}
	s.Facts = append(s.Facts, fact{Label: label, Long: field == "description", Values: values})
}

func (t teller) items(s *section, field, list string, codes ...string) {
	var all []value
	for _, code := range codes {
		all = append(all, value{Text: t.label(list, code)})
	}
	t.tell(s, field, all...)
}

func (t teller) about(c *atlas.Call) *section {
	s := &section{ID: "o-vyzve", Title: t.T("calls.section.about")}
	funder := t.actor(c.Funder)
	t.tell(s, "funder", value{Text: funder.Text, Href: funder.URL})
	t.items(s, "programme", atlas.ListProgramme, c.Programme)
	t.tell(s, "number", value{Text: c.Number})
	year := ""
	if c.Year != 0 {
		year = strconv.Itoa(c.Year)
	}
	t.tell(s, "year", value{Text: year})
	t.tell(s, "theme", value{Text: c.Theme})
	t.tell(s, "description", value{Text: c.Description})
	t.items(s, "areas", atlas.ListArea, c.Areas...)
	t.tell(s, "url", value{Text: c.URL, Href: route.Outside(c.URL), External: true})
	return s
}

func (t teller) conditions(c *atlas.Call) *section {
	s := &section{ID: "podminky", Title: t.T("calls.section.conditions")}
	t.items(s, "applicants", atlas.ListApplicant, c.Applicants...)
	t.tell(s, "allocation", value{Text: t.money(c.Allocation)})
	t.tell(s, "min", value{Text: t.money(c.Min)})
	t.tell(s, "max", value{Text: t.money(c.Max)})
	t.tell(s, "support_pct", value{Text: i18n.Percent(t.lang, c.SupportPct)})
	t.tell(s, "own_share_pct", value{Text: i18n.Percent(t.lang, c.OwnShare)})
	return s
}

func (t teller) money(a atlas.Amount) string {
	switch {
	case !a.Known():
		return ""
	case a.State == atlas.AmountEstimate:
		return i18n.Money(t.lang, a, "CZK") + " (" + t.T("calls.estimate") + ")"
	}
	return i18n.Money(t.lang, a, "CZK")
}

func (t teller) times(c *atlas.Call) *section {
	s := &section{ID: "terminy", Title: t.T("calls.section.times")}
	t.tell(s, "announced_on", value{Text: t.date(c.Announced)})
	t.tell(s, "open_from", value{Text: t.date(c.OpenFrom)})
	t.tell(s, "deadline", value{Text: t.deadline(c)})
	t.tell(s, "cost_from", value{Text: t.date(c.CostFrom)})
	t.tell(s, "cost_to", value{Text: t.date(c.CostTo)})
	t.tell(s, "source_checked_on", value{Text: t.date(c.Checked)})
	return s
}

// deadline writes the last day with its hour, or that applications are taken
// all the time.
func (t teller) deadline(c *atlas.Call) string {
	text := t.date(c.Deadline)
	if text != "" && c.DeadlineTime != "" {
		text += ", " + c.DeadlineTime
	}
	if c.Continuous {
		text = strings.TrimPrefix(text+"; "+t.T("calls.continuous"), "; ")
	}
	return text
}

func (t teller) sources(all []atlas.Source) []source {
	var out []source
	for _, s := range all {
		line := source{
			Kind: t.label(atlas.ListSourceKind, s.Kind), URL: s.URL, Href: route.Outside(s.URL), Accessed: t.date(s.Accessed), Note: s.Note, File: s.File,
		}
		if s.Row > 0 {
			line.Row = strconv.Itoa(s.Row)
		}
		out = append(out, line)
	}
	return out
}
