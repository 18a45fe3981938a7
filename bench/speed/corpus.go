package main

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/importer"
	"atlas/internal/reference"
)

// corpus makes records by resampling real projects: the words of one, the
// organisation of another, dates and money of a third. Each record depends on
// the seed and its number only, so that a smaller corpus is the start of a
// larger one.
type corpus struct {
	seed                                           uint64
	all                                            []real
	czech, annotated, named, dated, priced, abroad []int // places in all
	obce                                           []atlas.Territory
	seats                                          []atlas.Territory // municipalities that an ORP is called by
	lists                                          *atlas.Lists
	programmes                                     map[string][]string // by period
	orgs                                           map[string]string   // base of a name → the one spelling that is used
	spellings                                      map[string]string   // name → the same, once it was looked for
}

// thisYear is the year that statuses are drawn for; a fixed one, so that the
// corpus stays the same.
const thisYear = 2026

// lastYear is the last year that a project may end in: one far in the future is
// a mistake to the import.
const lastYear = 2034

func newCorpus(seed uint64, all []real, territories []atlas.Territory) *corpus {
	c := &corpus{seed: seed, all: all, lists: atlas.NewLists(reference.Lists()), programmes: map[string][]string{}, orgs: map[string]string{}, spellings: map[string]string{}}
	for i, r := range all {
		c.sort(i, r)
	}
	for _, pool := range []*[]int{&c.czech, &c.annotated, &c.dated, &c.priced, &c.abroad, &c.named} {
		if len(*pool) == 0 { // a small source: everything will do
			for i := range all {
				*pool = append(*pool, i)
			}
		}
	}
	l, _ := c.lists.List(atlas.ListProgramme)
	for _, it := range l.Items {
		c.programmes[it.Parent] = append(c.programmes[it.Parent], it.Code)
	}
	c.places(territories)
	return c
}

// sort puts a real project where it can be drawn from.
func (c *corpus) sort(i int, r real) {
	put := func(pool *[]int, yes bool) {
		if yes {
			*pool = append(*pool, i)
		}
	}
	put(&c.czech, r.country == "CZ")
	put(&c.annotated, len(r.annotation) > 4)
	put(&c.dated, r.from.Known() && r.to.Known() && r.from.Year >= 2000 && r.to.Year < 2020 && r.to.Last().Compare(r.from.First()) >= 0)
	put(&c.priced, r.minor > 0)
	put(&c.abroad, r.country != "" && r.country != "CZ" && c.lists.Has(atlas.ListCountry, r.country))
	put(&c.named, r.org != "")
	if base, _ := importer.NameKey(r.org); r.org != "" && c.orgs[base] == "" {
		c.orgs[base] = r.org
	}
}

// places picks the municipalities; without them, what the program ships with.
func (c *corpus) places(all []atlas.Territory) {
	orps, names := map[string]bool{}, map[string]int{}
	for _, t := range all {
		orps[t.Name] = orps[t.Name] || t.Level == atlas.LevelORP
		if t.Level == atlas.LevelMunicipality {
			names[t.Name]++
			c.obce = append(c.obce, t)
		}
	}
	if len(c.obce) == 0 {
		for _, t := range all {
			if t.Level == atlas.LevelORP {
				c.obce = append(c.obce, t)
				names[t.Name] = 1
			}
		}
	}
	slices.SortFunc(c.obce, func(a, b atlas.Territory) int { return strings.Compare(a.Code, b.Code) })
	for _, t := range c.obce {
		if orps[t.Name] && names[t.Name] == 1 {
			c.seats = append(c.seats, t)
		}
	}
}

// draw is the making of one record.
type draw struct {
	*corpus
	*rand.Rand
}

// at makes the record of a place.
func (c *corpus) at(n int) record {
	d := draw{c, rand.New(rand.NewPCG(c.seed, uint64(n)))}
	r := record{n: n, country: "CZ", title: d.title(), annotation: d.annotation()}
	if d.chance(0.13) {
		d.foreign(&r)
	} else {
		d.local(&r)
	}
	if d.chance(0.2) {
		r.partner = d.org(d.pick(c.named), r.implementer)
	}
	d.dates(&r)
	d.money(&r)
	d.classify(&r)
	r.reg = fmt.Sprintf("CZ.%02d.%d.%02d/0.0/0.0/%02d_%03d/%07d", 1+d.IntN(12), 1+d.IntN(4), 1+d.IntN(60), max(r.from.Year, 2004)%100, 1+d.IntN(140), n+1)
	return r
}

func (d draw) chance(p float64) bool { return d.Float64() < p }

func (d draw) pick(pool []int) real { return d.all[pool[d.IntN(len(pool))]] }

// skewed draws one of n, low ones far more often.
func (d draw) skewed(n int) int { return min(n-1, int(float64(n)*math.Pow(d.Float64(), 2.4))) }

// title mixes the title of one project with words of others.
func (d draw) title() string {
	pool := d.all[d.IntN(len(d.all))]
	if d.chance(0.35) {
		pool = d.pick(d.czech)
	}
	w := slices.Clone(pool.title)
	if len(w) > 2 && d.chance(0.4) {
		at := d.IntN(len(w))
		w = slices.Delete(w, at, at+1)
	}
	if d.chance(0.6) {
		w[d.IntN(len(w))] = d.word(d.all[d.IntN(len(d.all))].title)
	}
	if len(w) < 4 || d.chance(0.2) {
		more := d.all[d.IntN(len(d.all))].title
		w = append(append(w, "–"), more[:min(len(more), 1+d.IntN(4))]...)
	}
	return strings.Join(w[:min(len(w), 40)], " ")
}

func (d draw) word(of []string) string { return of[d.IntN(len(of))] }

// annotation takes one of another project and drops or changes some words; two
// records of five have none.
func (d draw) annotation() string {
	if d.chance(0.4) {
		return ""
	}
	other := d.pick(d.annotated).annotation
	var out []string
	size := 0
	for _, w := range d.pick(d.annotated).annotation {
		switch {
		case d.chance(0.07):
			continue
		case d.chance(0.06) && len(other) > 0:
			w = d.word(other)
		}
		if size += len(w) + 1; size > 1200 {
			break
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

// org is the implementer of a real project, or what stands for it; "" when it
// is the other one.
func (d draw) org(r real, other string) string {
	name := d.spelled(cmp.Or(r.org, "Sdružení pro integraci"))
	if name == other {
		return ""
	}
	return name
}

// spelled is the one spelling of an organisation that is used, so that what is
// one by its name is one in the corpus.
func (c *corpus) spelled(name string) string {
	as, ok := c.spellings[name]
	if !ok {
		base, _ := importer.NameKey(name)
		as = cmp.Or(c.orgs[base], name)
		c.spellings[name] = as
	}
	return as
}

// foreign makes a project abroad.
func (d draw) foreign(r *record) {
	base := d.pick(d.abroad)
	r.country, r.scope = base.country, atlas.ScopeAbroad
	if r.placeText = usableName(base.place); r.placeText == "" {
		r.placeText = usableName(d.pick(d.abroad).place)
	}
	r.implementer = d.org(base, "")
}

// local makes a project in this country.
func (d draw) local(r *record) {
	switch u := d.Float64(); {
	case u < 0.08:
		r.scope = atlas.ScopeCountry
	case u < 0.13: // the place is not known
	default:
		r.scope = atlas.ScopeMunicipality
		for range 1 + d.skewed(3) {
			if t := d.municipality(); !slices.Contains(r.territories, t.Code) {
				r.territories = append(r.territories, t.Code)
			}
		}
	}
	switch u := d.Float64(); {
	case u < 0.2:
		r.implementer = d.spelled("Město " + d.seats[d.skewed(len(d.seats))].Name)
	case u < 0.55:
		r.implementer = d.org(d.pick(d.czech), "")
	default:
		r.implementer = d.org(d.pick(d.named), "")
	}
}

// municipality draws Praha and the seats of ORP more often than villages.
func (d draw) municipality() atlas.Territory {
	if d.chance(0.5) {
		return d.seats[d.skewed(len(d.seats))]
	}
	return d.obce[d.IntN(len(d.obce))]
}

// dates takes those of a real project some years later.
func (d draw) dates(r *record) {
	if d.chance(0.06) {
		r.status = d.of("", "NEZN", "UKON", "PODAN")
		return
	}
	base := d.pick(d.dated)
	later := d.IntN(13)
	r.from, r.to = base.from, base.to
	if !r.from.Known() { // a source without dates
		r.from = atlas.Date{Year: 2007 + d.IntN(10)}
		r.to = atlas.Date{Year: r.from.Year + d.IntN(3)}
	}
	r.from.Year += later
	r.to.Year = min(r.to.Year+later, lastYear)
	if r.from.Day == 29 && r.from.Month == 2 {
		r.from.Day = 28
	}
	if r.to.Day == 29 && r.to.Month == 2 {
		r.to.Day = 28
	}
	if d.chance(0.15) {
		r.to, r.ongoing = atlas.Date{}, d.chance(0.3)
	}
	switch last := max(r.from.Year, r.to.Year); {
	case r.ongoing:
		r.status = d.of("REAL", "UDRZ")
	case last < thisYear:
		r.status = d.of("UKON", "UKON", "UKON", "UKON", "UKON", "UDRZ", "ZRUS", "NEZN", "NEPOD")
	default:
		r.status = d.of("REAL", "REAL", "REAL", "PODPOR", "PODAN", "ZAMER")
	}
}

func (d draw) of(all ...string) string { return all[d.IntN(len(all))] }

// money draws lines of funding with a programme of the time, its funder and a
// real amount.
func (d draw) money(r *record) {
	lines := 1
	if u := d.Float64(); u < 0.06 {
		return
	} else if u > 0.85 {
		lines = 2
	}
	for range lines {
		var l line
		if d.chance(0.9) {
			of := d.programmes[period(r.from.Year)]
			l.programme = of[d.skewed(len(of))]
		}
		if d.chance(0.87) {
			l.funder = d.funder(l.programme)
		}
		if d.chance(0.92) {
			kinds, _ := d.lists.List(atlas.ListFunderType)
			l.kind = kinds.Items[(stable(l.programme)+d.skewed(3))%len(kinds.Items)].Code
		}
		if minor := d.pick(d.priced).minor; d.chance(0.9) {
			l.minor = max(100_00, int64(float64(minor)*math.Exp2(2*d.Float64()-1))/100*100)
		}
		r.funding = append(r.funding, l)
	}
}

// period is the parent of the programmes of a year.
func period(year int) string {
	switch {
	case year >= 2021:
		return "2021-2027"
	case year >= 2014:
		return "2014-2020"
	case year >= 2007:
		return "2007-2013"
	}
	return "MIMO"
}

// funder draws one of the few that give money for a programme.
func (d draw) funder(programme string) string {
	const each = 3
	all := []string{
		"Ministerstvo vnitra", "Ministerstvo práce a sociálních věcí", "Ministerstvo školství, mládeže a tělovýchovy", "Ministerstvo kultury",
		"Ministerstvo pro místní rozvoj", "Úřad vlády", "Evropská komise", "Správa uprchlických zařízení", "Nadace OSF", "Nadace Via",
		"Nadace České spořitelny", "Magistrát hlavního města Prahy", "Středočeský kraj", "Plzeňský kraj", "Karlovarský kraj", "Ústecký kraj",
		"Liberecký kraj", "Královéhradecký kraj", "Pardubický kraj", "Jihomoravský kraj", "Olomoucký kraj", "Zlínský kraj", "Moravskoslezský kraj",
		"Jihočeský kraj", "Česká rozvojová agentura", "Dům zahraniční spolupráce", "Státní fond kultury", "Výbor dobré vůle", "Mezinárodní visegrádský fond",
		"Organizace spojených národů", "Velvyslanectví Norského království", "Skautský institut", "Nadace Partnerství",
	}
	return d.spelled(all[(stable(programme)*each+d.skewed(2*each))%len(all)])
}

// stable is a small number of a text, the same on every run.
func stable(text string) int {
	h := fnv.New32a()
	h.Write([]byte(text))
	return int(h.Sum32() % 97)
}

// classify says what a project is about, with some unknown in every respect.
func (d draw) classify(r *record) {
	r.areas = d.codes(atlas.ListArea, 3, 0.08)
	r.targets = d.codes(atlas.ListTargetLegal, 4, 0.12)
	r.situations = d.codes(atlas.ListTargetSituation, 3, 0.3)
	r.activities = d.codes(atlas.ListActivity, 4, 0.1)
}

// codes draws up to most codes of a list, none as often as unknown says.
func (d draw) codes(list string, most int, unknown float64) (out []string) {
	if d.chance(unknown) {
		return nil
	}
	l, _ := d.lists.List(list)
	for range 1 + d.skewed(most) {
		if code := l.Items[d.skewed(len(l.Items))].Code; !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out
}
