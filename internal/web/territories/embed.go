package territories

import (
	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/i18n"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// embedPage is a territory in a frame of somebody else's page: a few numbers, where
// they are from, and the way here.
type embedPage struct {
	page.Base
	Name, Level string
	Facts       []factView
	Gaps        []classTally
	URLFull     string
	Day         string
}

// classTally is how many areas have a class.
type classTally struct {
	Class coverage.Class
	Label string
	Count int
}

// embed answers the page that may stand in a frame. It is for nobody in particular:
// whoever is signed in sees the same.
func (a *area) embed(q *page.Request) error {
	place, ok := a.app.Places().Get(q.PathValue("code"))
	if !ok || place.Level == atlas.LevelCountry {
		return atlas.ErrNotFound
	}
	t := a.teller(q.Lang)
	p := &embedPage{
		Base: q.Base(a.app.Places().Label(place.Code)), Name: a.app.Places().Label(place.Code), Level: q.T("territories.level." + string(place.Level)),
		Day: i18n.Day(q.Lang, a.app.Now()),
	}
	p.NoIndex, p.URLFull = true, p.Absolute(route.Territory(q.Lang, place.Code))
	s, err := a.sources(q.Context(), t)
	if err != nil {
		return err
	}
	if p.Facts, err = s.allFacts(q.Context(), place); err != nil {
		return err
	}
	now := a.app.Now().In(i18n.Prague).Year()
	st, err := a.app.StandingOf(q.Context(), place.Code, now-moneyYears+1, now)
	if err != nil {
		return err
	}
	if st.Row != nil {
		for _, c := range coverage.Classes() {
			n := 0
			for _, x := range st.Row.Standings {
				if x.Class == c {
					n++
				}
			}
			if n > 0 {
				p.Gaps = append(p.Gaps, classTally{c, q.T("coverage.class." + string(c)), n})
			}
		}
	}
	q.Frameable()
	return q.RenderPart("territories/embed", "embed", p)
}

// embedding writes the snippet that puts the small page into another one.
func (a *area) embedding(q *page.Request, p *showPage) {
	p.Profile.URLEmbed = route.Embedded(q.Lang, p.T.Code)
	p.Profile.Snippet = `<iframe src="` + p.Absolute(p.Profile.URLEmbed) + `" title="` + p.Name + `" width="100%" height="620" loading="lazy"></iframe>`
}
