package coverage

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/place"
	"atlas/internal/reference"
	"atlas/internal/search"
)

// Years of the matrix: 21, as the twenty full ones and the current.
const (
	firstYear = 2006
	lastYear  = 2026
)

// corpus makes projects that spread over places, areas and years about as real
// lists do: nearly all in one okres, most of one or two areas, one to four years
// long, a tenth without a known amount. The same number gives the same projects.
type corpus struct {
	n      int
	places *place.Gazetteer
	okresy []string
	areas  []string
	funds  []string
}

func newCorpus(n int) *corpus {
	c := &corpus{n: n, places: place.New(reference.Territories())}
	for _, t := range c.places.Children("CZ", atlas.LevelDistrict) {
		c.okresy = append(c.okresy, t.Code)
	}
	for _, l := range reference.Lists() {
		for _, it := range l.Items {
			switch l.Code {
			case atlas.ListArea:
				c.areas = append(c.areas, it.Code)
			case atlas.ListProgramme:
				c.funds = append(c.funds, it.Code)
			}
		}
	}
	return c
}

// record is a project with what the peers filter by.
type record struct {
	id        string
	project   *atlas.Project
	programme string
	group     string
	word      string
}

func (c *corpus) each() iter.Seq[record] {
	return func(yield func(record) bool) {
		r := rand.New(rand.NewPCG(8, 1))
		for i := range c.n {
			if !yield(c.one(r, i)) {
				return
			}
		}
	}
}

func (c *corpus) one(r *rand.Rand, i int) record {
	year, month := firstYear+r.IntN(lastYear-firstYear), 1+r.IntN(12)
	p := &atlas.Project{
		Status: atlas.StatusEnded, Country: "CZ", Scope: atlas.ScopeDistrict, IntegrationShare: atlas.Pct(100),
		From: atlas.Date{Year: year, Month: month}, To: atlas.Date{Year: min(year+r.IntN(4), lastYear), Month: 12},
	}
	for _, okres := range picks(r, c.okresy, 1+r.IntN(20)/18) {
		p.Territories = append(p.Territories, atlas.Place{Territory: okres})
	}
	for n, area := range picks(r, c.areas, 1+r.IntN(10)/6) {
		p.Areas = append(p.Areas, atlas.AreaShare{Code: area, Primary: n == 0})
	}
	if r.IntN(10) > 0 {
		p.Funding = []atlas.Funding{{Granted: atlas.Amount{Minor: r.Int64N(500_000_000), State: atlas.AmountKnown}}}
	}
	rec := record{id: fmt.Sprintf("P-%07d", i), project: p, programme: pick(r, c.funds), group: "TG-EU", word: "kurz"}
	if r.IntN(3) > 0 {
		rec.group = "TG-ALL"
	}
	if r.IntN(50) == 0 {
		rec.word = "tlumočení"
	}
	p.TargetLegal = []string{rec.group}
	return rec
}

// pick takes one value, the first ones oftener.
func pick(r *rand.Rand, from []string) string {
	return from[min(r.IntN(len(from)), r.IntN(len(from)))]
}

// picks takes n values, none twice.
func picks(r *rand.Rand, from []string, n int) []string {
	var out []string
	for len(out) < n {
		if v := pick(r, from); !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// document is what the index of the product knows of a record.
func (c *corpus) document(rec record) search.Document {
	e := coverage.Of(rec.project)
	f := map[search.Facet][]string{search.FacetProgramme: {rec.programme}, search.FacetTargetLegal: {rec.group}}
	for _, a := range rec.project.Areas {
		f[search.FacetArea] = append(f[search.FacetArea], a.Code)
	}
	for _, t := range rec.project.Territories {
		f[search.FacetTerritory] = append(f[search.FacetTerritory], t.Territory)
	}
	for y := rec.project.From.Year; y <= rec.project.To.Year; y++ {
		f[search.FacetYear] = append(f[search.FacetYear], strconv.Itoa(y))
	}
	return search.Document{ID: rec.id, Title: rec.word + " " + rec.id, Texts: map[search.Field]string{search.FieldTitle: rec.word}, Facets: f, Entry: e}
}

// share is one row of the table that the peers sum: a project in one okres, area
// and year with its part of the money.
type share struct {
	okres, area   string
	year          int
	minor, months int64
}

// shares splits a project as 8.1.4 does.
func shares(p *atlas.Project) []share {
	money, _, _ := p.Money()
	months := atlas.MonthsByYear(p.From, p.To)
	var years []int
	var weights []int64
	for y := p.From.Year; y <= p.To.Year; y++ {
		years, weights = append(years, y), append(weights, months[y])
	}
	ones := func(n int) []int64 {
		out := make([]int64, n)
		for i := range out {
			out[i] = 1
		}
		return out
	}
	var out []share
	for i, perPlace := range atlas.Split(money.Minor, ones(len(p.Territories)), 0) {
		for j, perArea := range atlas.Split(perPlace, ones(len(p.Areas)), 0) {
			for k, perYear := range atlas.Split(perArea, weights, 0) {
				out = append(out, share{p.Territories[i].Territory, p.Areas[j].Code, years[k], perYear, weights[k]})
			}
		}
	}
	return out
}
