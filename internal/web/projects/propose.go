package projects

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/i18n"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/typed"
)

// paramWhole asks for the whole form in place of the short one.
const paramWhole = "cele"

// shortFields are the fields of the short form (U-13): what an editor needs and
// what most people know without looking it up.
var shortFields = []string{
	"title_cs", "annotation", "goal", "date_from", "date_to", "ongoing", "status", "territories", "parties", "areas", "activities", "target_legal",
	"sources", "funding", "jiny",
}

// onShort says whether all that is wrong can be put right on the short form.
func onShort(wrong []atlas.Problem) bool {
	return !slices.ContainsFunc(wrong, func(p atlas.Problem) bool { return !slices.Contains(shortFields, typed.Part(p.Field)) })
}

// prefill writes what is known of the person into the form of a new project:
// their organisation, its territory, the programme of their last project.
func (a *area) prefill(q *page.Request, f *typed.Form) error {
	v := q.Viewer
	if !v.SignedIn() || len(v.Memberships) == 0 {
		return a.prefillTerritory(v, f)
	}
	org, err := a.app.Reader().Actors(q.Context(), []string{v.Memberships[0].Actor})
	if err != nil {
		return err
	}
	names := a.names(q.Lang)
	for _, r := range org {
		f.Set("parties.0.actor", form.Coded(names.actor(r.ID), r.ID))
		f.Set("parties.0.role", atlas.RoleImplementer)
		f.Set("sources.0.kind", "REAL")
		if len(r.Territories) == 1 && r.Territories[0] != "CZ" {
			f.Set("territories.0.place", form.Coded(names.place(r.Territories[0]), r.Territories[0]))
		}
	}
	mine, err := a.app.Reader().RecordsBy(q.Context(), atlas.KindProject, v.Account, 1)
	if err != nil || len(mine) == 0 {
		return err
	}
	last, err := a.app.Reader().Projects(q.Context(), mine)
	if err != nil || len(last) == 0 || len(last[0].Funding) == 0 {
		return err
	}
	f.Set("funding.0.programme", last[0].Funding[0].Programme)
	return nil
}

// prefillTerritory writes the territory of an editor of a municipality or kraj.
func (a *area) prefillTerritory(v atlas.Viewer, f *typed.Form) error {
	for _, g := range v.Grants {
		if g.Role == atlas.RoleTerritory && g.Territory != "" {
			f.Set("territories.0.place", form.Coded(a.app.Places().Label(g.Territory), g.Territory))
			break
		}
	}
	return nil
}

// complete fills in what the short form does not ask for because it follows from
// the rest: the scope from the place, the status from the dates, the day on which
// a source was read.
func (s *saving) complete(p *atlas.Project) {
	if p.Scope == "" {
		p.Scope = s.scopeOf(p)
	}
	if p.Status == "" && p.From.Known() {
		p.Status = statusOn(p, s.app.Now())
	}
	for i, src := range p.Sources {
		if src.URL != "" && !src.Accessed.Known() {
			p.Sources[i].Accessed = atlas.DateOf(s.app.Now().In(i18n.Prague))
		}
	}
}

// scopeOf is the scope (CL-13) that the places of a project say; "" when they say
// none.
func (s *saving) scopeOf(p *atlas.Project) string {
	scopes := map[atlas.Level]string{
		atlas.LevelCountry: atlas.ScopeCountry, atlas.LevelRegion: "KRAJ", atlas.LevelDistrict: "OKRES", atlas.LevelORP: "ORP", atlas.LevelMunicipality: "OBEC",
	}
	if len(p.Territories) != 1 {
		return ""
	}
	t, ok := s.app.Places().Get(p.Territories[0].Territory)
	if !ok {
		return ""
	}
	return scopes[t.Level]
}

// statusOn is the status (CL-11) of a project on a day, by its dates.
func statusOn(p *atlas.Project, now time.Time) string {
	today := atlas.DateOf(now.In(i18n.Prague))
	switch {
	case p.From.First().Compare(today) > 0:
		return "" // intended, applied for or supported: that is not known
	case p.To.Known() && p.To.Last().Compare(today) < 0:
		return atlas.StatusEnded
	case p.Ongoing || p.To.Known():
		return atlas.StatusRunning
	}
	return ""
}

var icoInText = regexp.MustCompile(`(?:,|\(|\s)\s*(?:I[ČC]O?:?\s*)?(\d{8})\)?\s*$`)

// withICO splits "Spolek Soused, IČO 12345679" into the name and the number; a
// number that is none stays in the name.
func withICO(text string) (name, ico string) {
	m := icoInText.FindStringSubmatchIndex(text)
	if m == nil || !czech.ValidICO(text[m[2]:m[3]]) {
		return text, ""
	}
	return strings.TrimSpace(text[:m[0]]), text[m[2]:m[3]]
}

// icoOnly says whether a text is a number of an organisation and nothing else.
func icoOnly(text string) bool {
	_, ok := czech.NormaliseICO(text)
	return ok
}
