package projects

import (
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/web/route"
)

// links tells what lies around the project. People are shown to the public
// only with their consent.
func (t teller) links(p *atlas.Project, editor bool) *section {
	s := t.section("links")
	t.tell(s, "web", value{Text: p.Web, Href: route.Outside(p.Web)})
	t.tell(s, "measures", references(p.Measures)...)
	t.tell(s, "good_practice", references(p.GoodPractice)...)
	var contacts []value
	for _, c := range p.Contacts {
		if c.Public || editor {
			contacts = append(contacts, t.person(c))
		}
	}
	t.tell(s, "contacts", contacts...)
	return s
}

func (t teller) person(c atlas.Person) value {
	name := strings.TrimSpace(c.TitlesBefore + " " + c.Name)
	if c.TitlesAfter != "" {
		name += ", " + c.TitlesAfter
	}
	notes := []string{c.Function, c.Organisation, c.Email, c.Phone}
	for _, code := range c.Languages {
		notes = append(notes, t.item(atlas.ListLanguage, code).Text)
	}
	notes = slices.DeleteFunc(notes, func(s string) bool { return s == "" })
	if !c.Public {
		notes = append(notes, t.T("projects.not_public"))
	}
	return value{Text: name, Note: strings.Join(notes, ", ")}
}

func references(all []atlas.Reference) []value {
	var out []value
	for _, r := range all {
		v := value{Text: r.Title, Href: route.Outside(r.URL)}
		if v.Text == "" {
			v.Text = r.URL
		}
		out = append(out, v)
	}
	return out
}

// linkBatch is the kind of address of an import.
const linkBatch = "batch"

// sourceLine is one source of the record.
type sourceLine struct {
	Kind, URL, Href, Accessed, Note string
	Batch, BatchHref, File          string
	Row                             string
}

func (t teller) sources(p *atlas.Project) []sourceLine {
	var out []sourceLine
	for _, s := range p.Sources {
		line := sourceLine{
			Kind: t.lists.Label(atlas.ListSourceKind, s.Kind, t.lang()), URL: s.URL, Href: route.Outside(s.URL),
			Accessed: t.date(s.Accessed), Note: s.Note, Batch: s.BatchID, File: s.File,
		}
		if s.BatchID != "" {
			line.BatchHref = t.link(linkBatch, s.BatchID)
		}
		if s.Row > 0 {
			line.Row = strconv.Itoa(s.Row)
		}
		out = append(out, line)
	}
	return out
}
