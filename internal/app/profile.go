package app

import (
	"context"
	"errors"
	"slices"

	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/reference"
)

// Sources of facts that are no data set.
const (
	FromRegister = "registr" // the register of territories
	FromRecords  = "zaznamy" // published records of this database
)

// Ground (podklad) is what a fact stands on: a data set by its code or one of the
// sources above, and the date that its number is of, where it is known.
type Ground struct {
	Source string
	Date   atlas.Date
	// Of our sum of municipalities: how many were added, and how many others lie
	// inside (see atlas.Slice); 0 and 0 of what the source tells itself.
	Parts, Untold int
}

// Fact (údaj) is a number about a territory with everything that it stands on. One
// that is not known has no grounds.
type Fact struct {
	coverage.Value
	Grounds []Ground
}

func fact(v coverage.Value, grounds ...Ground) Fact {
	if !v.Known {
		return Fact{}
	}
	return Fact{v, grounds}
}

// CityKind (typ obce) is how a municipality stands in public administration; "" for
// territories that are no municipalities.
type CityKind string

// Kinds of municipalities.
const (
	KindStatutory CityKind = "statutarni" // § 4 of Act 128/2000, and Praha
	KindORP       CityKind = "orp"        // seat of an ORP
	KindOther     CityKind = "ostatni"
)

// Profile (profil) is what is known of the people of a territory (8.7). Shares are
// parts of one: 0.05 is five percent.
type Profile struct {
	Code       string
	Population Fact
	Foreigners Fact
	Share      Fact // of foreigners among inhabitants
	Change     Fact // of the number of foreigners over five years; its grounds are the later and the earlier date
	Largest    Fact // share of the largest citizenship among foreigners
	LargestOf  string
	Protected  Fact // holders of temporary protection
	Protection Fact // holders per 1 000 inhabitants
	NGOs       Fact // non-governmental organisations that are seated or work here
	Kind       CityKind
}

// Fact is what stands behind a trait; TraitKind has none.
func (p *Profile) Fact(t coverage.Trait) Fact {
	switch t {
	case coverage.TraitPopulation:
		return p.Population
	case coverage.TraitShare:
		return p.Share
	case coverage.TraitChange:
		return p.Change
	case coverage.TraitLargest:
		return p.Largest
	case coverage.TraitProtection:
		return p.Protection
	case coverage.TraitNGOs:
		return p.NGOs
	}
	return Fact{}
}

func (p *Profile) portrait() coverage.Portrait {
	out := coverage.Portrait{Code: p.Code, Kind: string(p.Kind)}
	for t := range coverage.TraitKind {
		out.Values[t] = p.Fact(t).Value
	}
	if p.Kind == "" {
		out.Kind = "none" // no territory of the level is of any kind: none is unlike another in it
	}
	return out
}

// Profiles are those of all territories of a level that exist, in Czech order. A
// constant number of queries, and none but one while nothing has changed.
func (a *App) Profiles(ctx context.Context, level atlas.Level) ([]Profile, error) {
	return remembered(ctx, a, a.remember.profiles, string(level), func() ([]Profile, error) { return a.makeProfiles(ctx, level) })
}

// Similarity is a territory that is like another one, and why (8.7).
type Similarity struct {
	coverage.Likeness
	Profile Profile
}

// mostSimilar is how many similar territories are told (8.7).
const mostSimilar = 10

// Similar gives the profile of a territory and the ten of its level that are most
// like it, the nearest first. The parts of each sum to its distance.
// atlas.ErrNotFound for a code that no territory in force has.
func (a *App) Similar(ctx context.Context, code string) (own Profile, near []Similarity, err error) {
	t, ok := a.Places().Get(code)
	if !ok {
		return own, nil, atlas.ErrNotFound
	}
	all, err := a.Profiles(ctx, t.Level)
	if err != nil {
		return own, nil, err
	}
	by := make(map[string]int, len(all))
	portraits := make([]coverage.Portrait, len(all))
	for i := range all {
		by[all[i].Code], portraits[i] = i, all[i].portrait()
	}
	at, ok := by[t.Code]
	if !ok {
		return own, nil, atlas.ErrNotFound
	}
	for _, l := range coverage.Similar(portraits, t.Code, mostSimilar) {
		near = append(near, Similarity{l, all[by[l.Code]]})
	}
	return all[at], near, nil
}

// makeProfiles reads what is known of all territories of a level.
func (a *App) makeProfiles(ctx context.Context, level atlas.Level) ([]Profile, error) {
	r := profileReader{a: a, ctx: ctx, level: level}
	population := r.population()
	foreigners, change := r.foreigners()
	largest, largestOf := r.largest(foreigners)
	protected := r.newest(atlas.DatasetProtection)
	ngos := r.ngos()
	if r.err != nil {
		return nil, r.err
	}
	kinds := a.cityKinds(level)
	var out []Profile
	for _, t := range r.places() {
		p := Profile{
			Code: t.Code, Population: population[t.Code], Foreigners: foreigners[t.Code], Change: change[t.Code],
			Largest: largest[t.Code], LargestOf: largestOf[t.Code], Protected: protected[t.Code], NGOs: ngos(t.Code), Kind: kinds(t),
		}
		p.Share = over(p.Foreigners, p.Population, 1)
		p.Protection = over(p.Protected, p.Population, 1000)
		out = append(out, p)
	}
	return out, nil
}

// over is one fact for so many of another; it stands on the grounds of both.
func over(x, y Fact, many float64) Fact {
	v := x.Over(y.Value)
	v.V *= many
	return fact(v, slices.Concat(x.Grounds, y.Grounds)...)
}

// cityKinds tells the kind of a municipality. The seat of an ORP bears its name.
func (a *App) cityKinds(level atlas.Level) func(atlas.Territory) CityKind {
	if level != atlas.LevelMunicipality {
		return func(atlas.Territory) CityKind { return "" }
	}
	statutory := reference.StatutoryCities()
	return func(t atlas.Territory) CityKind {
		if statutory[t.Code] != "" {
			return KindStatutory
		}
		if orp, ok := a.Places().Get(t.ORP); ok && orp.Name == t.Name {
			return KindORP
		}
		return KindOther
	}
}

// profileReader reads the facts of all territories of a level; after an error it
// reads nothing more.
type profileReader struct {
	a     *App
	ctx   context.Context
	level atlas.Level
	err   error
}

func (r *profileReader) places() []atlas.Territory { return r.a.living(r.level) }

// living are the territories of a level that exist.
func (a *App) living(level atlas.Level) []atlas.Territory {
	return slices.DeleteFunc(slices.Clone(a.Places().Children(atlas.CountryCode, level)), func(t atlas.Territory) bool { return t.ValidTo.Known() })
}

// observations reads the totals of a level on a date or before it.
func (r *profileReader) observations(dataset string, level atlas.Level, on, notBefore atlas.Date) []atlas.Observation {
	if r.err != nil {
		return nil
	}
	var all []atlas.Observation
	all, r.err = r.a.ObservationsOf(r.ctx, dataset, level, on, notBefore)
	return all
}

// newest are the totals of the last date that a data set tells of a level. A
// territory whose number is older is not known: dates are not mixed.
func (r *profileReader) newest(dataset string) map[string]Fact { return r.newestAt(dataset, r.level) }

func (r *profileReader) newestAt(dataset string, level atlas.Level) map[string]Fact {
	all := r.observations(dataset, level, atlas.Date{}, atlas.Date{})
	return factsOn(all, dataset, newestDate(all))
}

func newestDate(all []atlas.Observation) (last atlas.Date) {
	for _, o := range all {
		if o.Date.Compare(last) > 0 {
			last = o.Date
		}
	}
	return last
}

func factsOn(all []atlas.Observation, dataset string, on atlas.Date) map[string]Fact {
	usual := []Ground{{Source: dataset, Date: on}}
	out := make(map[string]Fact, len(all))
	for _, o := range all {
		if o.State != atlas.FigureKnown || on.Known() && o.Date != on {
			continue
		}
		ground := usual
		if o.Parts > 0 {
			ground = []Ground{{dataset, on, o.Parts, o.Untold}}
		}
		out[o.Territory] = Fact{coverage.KnownValue(float64(o.Value)), ground}
	}
	return out
}

// foreigners are how many there are and how that changed in five years.
func (r *profileReader) foreigners() (now, change map[string]Fact) {
	const dataset = atlas.DatasetForeigners
	all := r.observations(dataset, r.level, atlas.Date{}, atlas.Date{})
	if len(all) == 0 {
		return nil, nil
	}
	last := newestDate(all)
	before := atlas.Date{Year: last.Year - changeYears, Month: last.Month, Day: last.Day}
	earlier := r.observations(dataset, r.level, before, before)
	then := factsOn(earlier, dataset, before)
	now, change = factsOn(all, dataset, last), map[string]Fact{}
	apart := r.a.incomparable(all, earlier)
	for code, f := range now {
		if old := then[code]; old.Known && old.V > 0 && !apart[code] {
			change[code] = fact(coverage.KnownValue(f.V/old.V-1), f.Grounds[0], old.Grounds[0])
		}
	}
	return now, change
}

// incomparable are the territories of which two numbers are of two definitions or
// of two extents of the territory: their difference says nothing.
func (a *App) incomparable(now, then []atlas.Observation) map[string]bool {
	of := make(map[string]atlas.Observation, len(then))
	for _, o := range then {
		o.TerritoryVersion = a.versionOf(o.Territory, o.TerritoryVersion, o.Date)
		of[o.Territory] = o
	}
	out := map[string]bool{}
	for _, o := range now {
		o.TerritoryVersion = a.versionOf(o.Territory, o.TerritoryVersion, o.Date)
		if old, ok := of[o.Territory]; ok && !o.Comparable(old) {
			out[o.Territory] = true
		}
	}
	return out
}

// changeYears is over how many years a change is told (8.7).
const changeYears = 5

// largest is the share of the citizenship that most foreigners of a territory have.
func (r *profileReader) largest(foreigners map[string]Fact) (share map[string]Fact, of map[string]string) {
	if r.err != nil || len(foreigners) == 0 {
		return nil, nil
	}
	var codes []string
	var on atlas.Date
	for code, f := range foreigners {
		codes, on = append(codes, code), f.Grounds[0].Date
	}
	slices.Sort(codes)
	all, err := r.a.SlicesNear(r.ctx, atlas.DatasetForeigners, codes, on, on)
	if r.err = err; err != nil {
		return nil, nil
	}
	share, of = map[string]Fact{}, map[string]string{}
	for i := range all {
		s := &all[i]
		if citizenship, n := LargestCitizenship(s); citizenship != "" {
			v := coverage.KnownValue(float64(n)).Over(foreigners[s.Territory].Value)
			share[s.Territory], of[s.Territory] = fact(v, Ground{Source: atlas.DatasetForeigners, Date: on}), citizenship
		}
	}
	return share, of
}

// LargestCitizenship is the one that most people of a slice have, and how many; ""
// where the slice tells none.
func LargestCitizenship(s *atlas.Slice) (citizenship string, n int64) {
	for _, f := range s.Figures {
		c := f.Category
		if c.Citizenship == "" || c.Attributes() > 1 || c.Citizenship == atlas.CitizenshipUnknown || !f.Known() || f.Value <= n {
			continue
		}
		citizenship, n = c.Citizenship, f.Value
	}
	return citizenship, n
}

// population is how many people live in each territory: by statistics, else by the
// register, else the sum of all municipalities inside where each of them is known
// from the same source on the same date.
func (r *profileReader) population() map[string]Fact {
	out := r.newest(atlas.DatasetPopulation)
	var sums map[string]Fact
	for _, t := range r.places() {
		switch {
		case out[t.Code].Known:
		case t.Population > 0:
			out[t.Code] = fact(coverage.KnownValue(float64(t.Population)), Ground{Source: FromRegister, Date: t.PopulationDate})
		case r.level != atlas.LevelMunicipality && r.level != atlas.LevelCityDistrict:
			if sums == nil {
				sums = r.sums()
			}
			if f := sums[t.Code]; f.Known {
				out[t.Code] = f
			}
		}
	}
	return out
}

// wholeRegister is how many municipalities tell that the register is loaded whole;
// there are 6 258 of them.
const wholeRegister = 6000

// sums adds municipalities up by what they lie in.
func (r *profileReader) sums() map[string]Fact {
	out, missing := map[string]Fact{}, map[string]bool{}
	towns := r.a.living(atlas.LevelMunicipality)
	if len(towns) < wholeRegister {
		return out
	}
	told := r.newestAt(atlas.DatasetPopulation, atlas.LevelMunicipality)
	for _, t := range towns {
		f := told[t.Code]
		if !f.Known && t.Population > 0 {
			f = fact(coverage.KnownValue(float64(t.Population)), Ground{Source: FromRegister, Date: t.PopulationDate})
		}
		for _, code := range t.Parents() {
			sum := out[code]
			if !f.Known || sum.Known && sum.Grounds[0] != f.Grounds[0] {
				missing[code] = true
				continue
			}
			out[code] = fact(coverage.KnownValue(sum.V+f.V), f.Grounds[0])
		}
	}
	for code := range missing {
		delete(out, code)
	}
	return out
}

// ngoTypes are the types of actors (CL-08) that are non-governmental organisations.
var ngoTypes = []string{"NNO", "SPOLEK-C", "SPOLEK-NM", "NADACE"}

// ngos counts the published organisations that are seated or work in a territory or
// inside of it; one that works in a whole kraj is not said to work in each of its
// municipalities. Where the database knows the place of none at all, nothing is
// known of any territory.
func (r *profileReader) ngos() func(code string) Fact {
	in := map[string]map[string]bool{}
	if r.err == nil {
		r.err = r.a.Reader().EachActor(r.ctx, func(x *atlas.Actor) error {
			if x.Public() && !x.Generic && slices.Contains(ngoTypes, x.Type) {
				r.a.placeActor(x, in)
			}
			return nil
		})
	}
	today := r.a.today()
	return func(code string) Fact {
		if len(in) == 0 {
			return Fact{}
		}
		return fact(coverage.KnownValue(float64(len(in[code]))), Ground{Source: FromRecords, Date: today})
	}
}

// placeActor notes an actor in every territory where it is seated or works.
func (a *App) placeActor(x *atlas.Actor, in map[string]map[string]bool) {
	places := slices.Clone(x.Territories)
	if seat := a.Places().Find(x.Seat.City, ""); x.Seat.City != "" && len(seat) == 1 {
		places = append(places, seat[0].Code)
	}
	for _, place := range places {
		if place == atlas.CountryCode {
			continue
		}
		for _, code := range a.Chain(place) {
			if in[code] == nil {
				in[code] = map[string]bool{}
			}
			in[code][x.ID] = true
		}
	}
}

// DatasetNames are all data sets by their codes, for the grounds of facts.
func (a *App) DatasetNames(ctx context.Context) (map[string]atlas.Dataset, error) {
	all, err := a.Reader().Datasets(ctx)
	if err != nil && !errors.Is(err, atlas.ErrNotFound) {
		return nil, err
	}
	out := make(map[string]atlas.Dataset, len(all))
	for _, d := range all {
		out[d.Code] = d.Dataset
	}
	return out, nil
}

// ProfileOf is the profile of one territory; of one that exists no more nothing is
// known.
func (a *App) ProfileOf(ctx context.Context, t atlas.Territory) (Profile, error) {
	all, err := a.Profiles(ctx, t.Level)
	for _, p := range all {
		if p.Code == t.Code {
			return p, err
		}
	}
	return Profile{Code: t.Code}, err
}
