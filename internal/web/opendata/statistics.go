package opendata

import (
	"slices"
	"strings"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/web/route"
)

// Parameters of numbers.
const (
	paramDate        = "datum"
	paramCitizenship = "obcanstvi"
	paramSex         = "pohlavi"
	paramAges        = "vek"
	paramResidence   = "pobyt"
)

func (a *area) statisticEndpoints() []endpoint {
	totals := []parameter{
		{name: paramLevel, doc: "Level; sums of municipalities that this database makes are given only where their level is asked for", oneOf: list(levels, func(l atlas.Level) string { return string(l) }), example: "kraj"},
		{name: paramWithin, doc: "Code of the territory it lies in", example: "CZ041"},
		{name: paramDate, doc: "Numbers on this date or the newest before it", date: true, example: "2023-12-31"},
	}
	figures := []parameter{
		{name: paramDate, doc: "Numbers of exactly this date", date: true, example: "2023-12-31"},
		{name: paramCitizenship, doc: "Citizenship, two letters of ISO 3166", example: "UA"},
		{name: paramSex, doc: "Sex", oneOf: []string{atlas.SexMen, atlas.SexWomen, atlas.SexUnknown}},
		{name: paramAges, doc: "Ages as 0-4 or 65+", example: "0-4"},
		{name: paramResidence, doc: "Type of residence, a code of CL-04"},
	}
	return []endpoint{
		{pattern: route.APIDatasets, id: "datasets", summary: "Data sets of statistics: source, definition, licence, how much of each there is", params: pages, shape: DatasetPage{}, read: a.datasets},
		{pattern: route.APIDataset, id: "dataset", summary: "One data set", shape: StatisticsDataset{}, read: a.oneDataset},
		{pattern: route.APIDatasetValues, id: "values", summary: "Newest totals of territories in a data set", params: slices.Concat(totals, pages), shape: ValuePage{}, read: a.values},
		{pattern: route.APIDatasetTerritory, id: "figures", summary: "All public numbers of a territory in a data set, by date and category; small ones are hidden", params: slices.Concat(figures, pages), shape: FigurePage{}, read: a.figures},
	}
}

func (a *area) datasets(q *asked) (any, error) {
	all, err := a.app.Reader().Datasets(q.Context())
	c := q.cut()
	return DatasetPage{Paging: q.paging(len(all), c, nil, nil), Items: list(of(c, all), q.filler.dataset)}, err
}

func (a *area) oneDataset(q *asked) (any, error) {
	d, err := a.app.Reader().Dataset(q.Context(), q.PathValue("code"))
	if err != nil {
		return nil, err
	}
	return q.filler.dataset(*d), nil
}

func (f filler) dataset(d store.DatasetExtent) StatisticsDataset {
	out := StatisticsDataset{
		Code: d.Code, Page: f.origin + route.StatisticsOf("cs", d.Code), Name: named(d.NameCs, d.NameEn), Definition: named(d.DefinitionCs, d.DefinitionEn),
		Edition: opt(d.Edition), Publisher: opt(d.Publisher), URL: opt(d.URL), Licence: f.code(atlas.ListLicence, d.Licence), Periodicity: f.code("CL-39", d.Periodicity),
		Indicator: named(d.Indicator, d.IndicatorEn), Unit: named(d.Unit, d.UnitEn), Decimals: d.Decimals, Own: d.Own(), Owner: f.actor(d.Owner),
		Territories: d.Extent.Territories, Dates: d.Days, First: date(d.First), Last: date(d.Last),
	}
	if d.Dataset.Territory != "" {
		p := f.place(d.Dataset.Territory)
		out.Territory = &p
	}
	return out
}

// values answers one page of totals: a query for each level.
func (a *area) values(q *asked) (any, error) {
	d, err := a.app.Reader().Dataset(q.Context(), q.PathValue("code"))
	if err != nil {
		return nil, err
	}
	asked, within := atlas.Level(q.text(paramLevel)), q.text(paramWithin)
	on, _ := atlas.ParseDate(q.text(paramDate)) // checked with the parameters
	all := append(slices.Clone(levels), "")
	if asked != "" {
		all = []atlas.Level{asked}
	}
	notes := []Note{}
	if _, ok := q.places.Get(within); within != "" && !ok {
		notes = append(notes, q.unknownCode(paramWithin, within))
	}
	var found []atlas.Observation
	for _, level := range all {
		if asked == "" && d.Sums(level) {
			continue // nobody is to add our sums to what they are made of
		}
		some, err := a.app.ObservationsOf(q.Context(), d.Code, level, on, atlas.Date{})
		if err != nil {
			return nil, err
		}
		some = slices.DeleteFunc(some, func(o atlas.Observation) bool { return within != "" && !a.lies(o.Territory, within) })
		slices.SortFunc(some, func(x, y atlas.Observation) int { return strings.Compare(x.Territory, y.Territory) })
		found = append(found, some...)
	}
	c := q.cut()
	return ValuePage{
		Paging: q.paging(len(found), c, q.given(paramLevel, paramWithin, paramDate), notes),
		Items:  list(of(c, found), func(o atlas.Observation) Value { return q.total(d, o) }),
	}, nil
}

// lies says whether a territory is another one or lies in it.
func (a *area) lies(code, within string) bool {
	return slices.Contains(a.app.Chain(code), within) || within == atlas.CountryCode && code != atlas.NoAddress
}

func (f filler) total(d *store.DatasetExtent, o atlas.Observation) Value {
	return Value{Territory: f.somewhere(o.Territory), Number: number(&d.Dataset, atlas.Figure{Value: o.Value, State: o.State},
		Number{Date: date(o.Date), Edition: opt(o.Edition), TerritoryVersion: opt(o.TerritoryVersion), Batch: opt(o.Batch)}, o.Parts, o.Untold)}
}

// somewhere is a territory, or people without an address.
func (f filler) somewhere(code string) PlaceRef {
	p := f.place(code)
	if code == atlas.NoAddress {
		p.Name = f.words.T("cs", "statistics.no_address")
	}
	return p
}

// number is a figure as programs read it.
func number(d *atlas.Dataset, f atlas.Figure, n Number, parts, untold int) Number {
	n.State = [...]string{atlas.FigureNotKnown: "not_known", atlas.FigureKnown: "known", atlas.FigureSuppressed: "hidden"}[f.State]
	if f.Known() {
		n.Value = opt(atlas.FormatValue(f.Value, d.Decimals))
	}
	if parts > 0 {
		n.Municipalities = &parts
		if untold != atlas.NoCount {
			n.Untold = &untold
		}
	}
	return n
}

// figures answers one page of the numbers of a territory: one query.
func (a *area) figures(q *asked) (any, error) {
	d, err := a.app.Reader().Dataset(q.Context(), q.PathValue("code"))
	if err != nil {
		return nil, err
	}
	code := q.PathValue("territory")
	all, err := a.app.SeriesOf(q.Context(), d.Code, code)
	if err != nil {
		return nil, err
	}
	if _, known := q.places.Get(code); !known && code != atlas.NoAddress && len(all) == 0 {
		return nil, atlas.ErrNotFound
	}
	var found []Figure
	for i := range all {
		s := &all[i]
		if on := q.text(paramDate); on != "" && s.Date.String() != on {
			continue
		}
		for _, f := range s.Figures {
			if q.wants(f.Category) {
				found = append(found, q.figure(d, s, f))
			}
		}
	}
	c := q.cut()
	return FigurePage{
		Paging:    q.paging(len(found), c, q.given(paramDate, paramCitizenship, paramSex, paramAges, paramResidence), nil),
		Territory: q.somewhere(code), Items: list(of(c, found), func(f Figure) Figure { return f }),
	}, nil
}

// wants says whether a category is one that is asked for; what is not asked for
// may be anything.
func (q *asked) wants(c atlas.Category) bool {
	is := func(name, value string) bool { asked := q.text(name); return asked == "" || asked == value }
	return is(paramCitizenship, c.Citizenship) && is(paramSex, c.Sex) && is(paramAges, c.Age.String()) && is(paramResidence, c.Residence)
}

func (f filler) figure(d *store.DatasetExtent, s *atlas.Slice, x atlas.Figure) Figure {
	c := x.Category
	out := Figure{Citizenship: f.code(atlas.ListCountry, c.Citizenship), Sex: opt(c.Sex), Residence: f.code(f.residenceList(c.Residence), c.Residence), Version: s.Version, Note: opt(s.Note)}
	switch c.Citizenship {
	case atlas.CitizenshipKosovo, atlas.CitizenshipStateless, atlas.CitizenshipUnknown:
		out.Citizenship.Label = both(func(lang string) string { return f.words.T(lang, "statistics.citizenship."+c.Citizenship) })
	}
	if c.Age.Set() {
		from, to := int(c.Age.From), int(c.Age.Below)-1
		if out.AgeFrom = &from; !c.Age.Open() {
			out.AgeTo = &to
		}
	}
	out.Number = number(&d.Dataset, x, Number{Date: date(s.Date), Edition: opt(s.Edition), TerritoryVersion: opt(s.TerritoryVersion), Batch: opt(s.Batch)}, s.Parts, s.Untold)
	return out
}

// residenceList is the list that a type of residence is of: CL-04 or its groups.
func (f filler) residenceList(code string) string {
	if f.lists.Has(atlas.ListResidence, code) {
		return atlas.ListResidence
	}
	return "CL-04-SK"
}
