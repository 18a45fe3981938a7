package territories

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"atlas/internal/app"
	"atlas/internal/coverage"
	"atlas/internal/i18n"
	"atlas/internal/search"
	"atlas/internal/web/route"
)

// similarView is a similar territory and why it is like this one (8.7).
type similarView struct {
	line
	Distance string
	Alike    []string // the traits that are nearest, in words with both values
	Differs  string   // the trait that is farthest; "" where none differs
	Parts    []partView
	Unknown  int // traits that cannot be compared
}

// partView is what one trait adds to the distance.
type partView struct {
	Trait, Here, There string // values; "" is not known
	Part               string
}

// learnView is an area in which a similar territory has a project and this one has
// none.
type learnView struct {
	code, Area string
	Places     []line // where, with the number of projects and the way to them
}

// alikeTold is how many traits are named as the reason.
const alikeTold = 3

// similar tells the nearest territories and what they did that this one has not.
func (o *profile) similar(t teller, p *showPage, own *app.Profile, near []app.Similarity) {
	traits := slices.DeleteFunc(coverage.Traits(), func(x coverage.Trait) bool { return x == coverage.TraitKind && own.Kind == "" })
	missing := map[string][]line{}
	for _, x := range near {
		counts, total := t.areasIn(x.Code)
		v := similarView{
			line:     line{Code: x.Code, Name: t.app.Places().Label(x.Code), URL: route.Territory(t.lang, x.Code), Count: total},
			Distance: t.plainDecimal(x.Distance),
		}
		t.reasons(&v, traits, own, &x)
		o.Similar = append(o.Similar, v)
		for _, area := range p.Missing {
			if n := counts[area.Code]; n > 0 {
				missing[area.Code] = append(missing[area.Code], line{Code: x.Code, Name: v.Name, Count: n, URL: t.projectsIn(x.Code, area.Code)})
			}
		}
	}
	for _, area := range p.Missing {
		if places := missing[area.Code]; len(places) > 0 {
			o.Learn = append(o.Learn, learnView{area.Code, area.Label, places})
		}
	}
	if len(near) > 0 {
		o.URLBeside = route.TerritoriesBeside(t.lang, p.T.Code, near[0].Code)
	}
}

func (t teller) projectsIn(code, area string) string {
	return route.ProjectsWith(t.lang, url.Values{string(search.FacetTerritory): {code}, string(search.FacetArea): {area}})
}

// areasIn counts the projects of a territory by area.
func (t teller) areasIn(code string) (map[string]int, int) {
	r := t.app.Index().Search(search.Query{Filters: at(code), Count: []search.Facet{search.FacetArea}})
	return tally(r, search.FacetArea), r.Total
}

func (t teller) plainDecimal(v float64) string {
	return i18n.Decimal(t.lang, strconv.FormatFloat(v, 'f', 2, 64))
}

// reasons say the parts of the distance, in words for the nearest and the farthest
// and as a table for all.
func (t teller) reasons(v *similarView, traits []coverage.Trait, own *app.Profile, x *app.Similarity) {
	compared := slices.DeleteFunc(slices.Clone(traits), func(tr coverage.Trait) bool { return x.Missing[tr] })
	slices.SortStableFunc(compared, func(a, b coverage.Trait) int { return cmp.Compare(x.Parts[a], x.Parts[b]) })
	words := func(tr coverage.Trait) string {
		key := traitKeys[tr]
		return t.T("territories.reason", "trait", t.T("territories.trait."+key), "here", t.trait(own, tr), "there", t.trait(&x.Profile, tr))
	}
	for _, tr := range compared[:min(len(compared), alikeTold)] {
		if !v.differsMost(x, tr) {
			v.Alike = append(v.Alike, words(tr))
		}
	}
	if n := len(compared); n > alikeTold && x.Parts[compared[n-1]] > 0 {
		v.Differs = words(compared[n-1])
	}
	for _, tr := range traits {
		v.Parts = append(v.Parts, partView{t.T("territories.trait." + traitKeys[tr]), t.trait(own, tr), t.trait(&x.Profile, tr), t.plainDecimal(x.Parts[tr])})
	}
	v.Unknown = len(traits) - len(compared)
}

// differsMost says whether a trait is so far that it is no reason to call two
// territories alike: more than one standard deviation.
func (v *similarView) differsMost(x *app.Similarity, tr coverage.Trait) bool {
	return x.Parts[tr]*float64(len(coverage.Traits())) > 1
}

// mostInspiring is how many near projects are told.
const mostInspiring = 4

// inspiring finds projects in the widest territory that this one lies in, in the
// areas of which none is known here.
func (t teller) inspiring(p *showPage) []string {
	up := t.app.Places().Ancestors(p.T.Code)
	if len(up) == 0 || len(p.Missing) == 0 {
		return nil
	}
	var areas []string
	for _, x := range p.Missing {
		areas = append(areas, x.Code)
	}
	return t.app.Index().Search(search.Query{Sort: search.SortYear, Limit: mostInspiring, Filters: map[search.Facet][]string{
		search.FacetTerritory: {up[0].Code}, search.FacetArea: areas,
	}}).Hits
}
