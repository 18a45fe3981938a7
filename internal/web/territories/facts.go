package territories

import (
	"context"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/coverage"
	"atlas/internal/i18n"
	"atlas/internal/web/route"
)

// factView is a number as people read it, with what it stands on.
type factView struct {
	Key     string // "population"
	Label   string
	Value   string // "" is not known
	Plain   string // for programs; "" is not known
	Note    string
	Grounds []groundView
}

type groundView struct{ Text, URL string }

// sources writes what facts stand on.
type sources struct {
	teller
	sets map[string]atlas.Dataset
}

func (a *area) sources(ctx context.Context, t teller) (sources, error) {
	sets, err := a.app.DatasetNames(ctx)
	return sources{t, sets}, err
}

// ground names a source with its date and leads to its numbers.
func (s sources) ground(g app.Ground, place atlas.Territory) groundView {
	when := s.T("territories.ground.no_date")
	if g.Date.Known() {
		when = i18n.Date(s.lang, g.Date)
	}
	set, ok := s.sets[g.Source]
	if !ok {
		return groundView{Text: s.T("territories.ground."+g.Source, "date", when)}
	}
	out := groundView{s.T("territories.ground.set", "name", set.Name(s.lang), "publisher", set.Publisher, "date", when), route.StatisticsOf(s.lang, set.Code)}
	if slices.Contains(set.Levels, place.Level) || set.Sums(place.Level) {
		out.URL = route.Series(s.lang, set.Code, place.Code)
	}
	if g.Parts > 0 {
		out.Text += " – " + s.sumWords(g.Parts, g.Untold)
	}
	return out
}

// sumWords says that a number is our sum, of how many municipalities, and how many
// it does not know.
func (s sources) sumWords(parts, untold int) string {
	text := s.words.N(s.lang, "statistics.sum.parts", int64(parts))
	if untold == atlas.NoCount {
		return text + " " + s.T("statistics.sum.no_count")
	}
	return text + " " + s.words.N(s.lang, "statistics.sum.untold", int64(untold))
}

func (s sources) view(key string, f app.Fact, place atlas.Territory, write func(float64) string) factView {
	v := factView{Key: key, Label: s.T("territories.fact." + key)}
	if !f.Known {
		return v
	}
	v.Value, v.Plain = write(f.V), strconv.FormatFloat(f.V, 'f', -1, 64)
	for _, g := range f.Grounds {
		v.Grounds = append(v.Grounds, s.ground(g, place))
	}
	return v
}

// facts are the numbers of a profile in the order of the page.
func (s sources) facts(p *app.Profile, place atlas.Territory) []factView {
	out := []factView{
		s.view("population", p.Population, place, s.whole), s.view("foreigners", p.Foreigners, place, s.whole),
		s.view("share", p.Share, place, s.percent), s.view("change", p.Change, place, s.signedPercent),
		s.view("largest", p.Largest, place, s.percent),
		s.view("protected", p.Protected, place, s.whole), s.view("protection", p.Protection, place, s.decimal),
		s.view("ngos", p.NGOs, place, s.whole),
	}
	if p.LargestOf != "" {
		out[4].Note = s.citizenship(p.LargestOf)
	}
	return out
}

func (t teller) citizenship(code string) string {
	switch code {
	case atlas.CitizenshipKosovo, atlas.CitizenshipStateless, atlas.CitizenshipUnknown:
		return t.T("statistics.citizenship." + code)
	}
	return t.app.Lists().Label(atlas.ListCountry, code, t.lang)
}

// The forms of numbers.
func (t teller) whole(v float64) string { return i18n.Number(t.lang, int64(v+0.5)) }

func (t teller) decimal(v float64) string {
	return i18n.Decimal(t.lang, strconv.FormatFloat(v, 'f', 1, 64))
}

func (t teller) percent(v float64) string { return t.decimal(100*v) + "\u00a0%" }

func (t teller) signedPercent(v float64) string {
	switch text := t.percent(v); {
	case text[0] == '-':
		return "−" + text[1:]
	case v > 0.0005:
		return "+" + text
	default:
		return text
	}
}

func (t teller) signed(v coverage.Value) string {
	if !v.Known {
		return ""
	}
	text := i18n.Decimal(t.lang, strconv.FormatFloat(v.V, 'f', 2, 64))
	switch {
	case text[0] == '-':
		return "−" + text[1:]
	case v.V > 0.005:
		return "+" + text
	}
	return text
}

// traitKeys name the traits in messages (8.7).
var traitKeys = map[coverage.Trait]string{
	coverage.TraitPopulation: "population", coverage.TraitShare: "share", coverage.TraitChange: "change", coverage.TraitLargest: "largest",
	coverage.TraitProtection: "protection", coverage.TraitNGOs: "ngos", coverage.TraitKind: "kind",
}

// trait writes the value of a trait; "" is not known.
func (t teller) trait(p *app.Profile, of coverage.Trait) string {
	f := p.Fact(of)
	switch {
	case of == coverage.TraitKind && p.Kind != "":
		return t.T("territories.kind." + string(p.Kind))
	case !f.Known:
		return ""
	}
	switch of {
	case coverage.TraitShare, coverage.TraitLargest:
		return t.percent(f.V)
	case coverage.TraitChange:
		return t.signedPercent(f.V)
	case coverage.TraitProtection:
		return t.decimal(f.V)
	}
	return t.whole(f.V)
}
