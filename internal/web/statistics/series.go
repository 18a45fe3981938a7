package statistics

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/store"
	"atlas/internal/web/figure"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// Parameters of the page of a series, by which a date and a category are chosen.
const (
	paramDate        = "datum"
	paramCitizenship = "obcanstvi"
	paramSex         = "pohlavi"
	paramAge         = "vek"
	paramResidence   = "pobyt"
)

// seriesPage is the numbers of one territory in one data set by date, of the
// category that the address asks for, and all categories of one date.
type seriesPage struct {
	page.Base
	Set      setLine
	Place    string
	PlaceURL string
	Here     string // address of the page
	CSV      string
	Category string
	Choices  []choice
	Runs     []seriesRun // one for each definition and extent of the territory
	Date     atlas.Date
	Parts    []partLine
	More     int
	Hidden   bool
	Versions []versionLine
	Sum      string // says that the numbers are our sums and who stands apart
	Unknown  int    // dates at which the category is not known
	Days     []option
	Charts   []*figure.Figure
	Warning  string // about two data sets in one chart
}

// choice is a field by which the category is chosen.
type choice struct {
	ID, Label string
	Options   []option
}

type option struct {
	Value, Label string
	Chosen       bool
}

// seriesRun is a part of the numbers that may be put into one line.
type seriesRun struct {
	Edition, Since string
	Lines          []seriesLine
}

type seriesLine struct {
	Date   atlas.Date
	Value  string
	Known  bool
	Summed bool
	Sum    string // of our sum of municipalities: of how many, and how many it lacks
	Note   string
	URL    string
	Origin origin
	Newer  int64 // version above the first; 0
}

type partLine struct{ Category, Value string }

type versionLine struct {
	Version int64
	Value   string
	Row     int
	Origin  origin
}

// partsShown is how many categories of a date the page shows.
const partsShown = 400

func (a *area) series(q *page.Request) error {
	d, all, err := a.slices(q)
	if err != nil {
		return err
	}
	code := q.PathValue("territory")
	p := &seriesPage{Base: q.Base(a.place(q, code) + " – " + d.Dataset.Name(q.Lang)), Set: a.line(q, *d), Place: a.place(q, code)}
	p.Nav, p.Wide = route.Statistics, true
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Statistics), Text: q.T("statistics.title")}, {URL: p.Set.URL, Text: p.Set.Name}}
	if _, ok := a.app.Places().Get(code); ok {
		p.PlaceURL = route.Territory(q.Lang, code)
	}
	p.Here, p.CSV = route.Series(q.Lang, d.Code, code), route.In(q.Lang, route.Fill(route.Fill(route.StatisticsSeriesCSV, d.Code), code))
	asked, err := askedCategory(q)
	if err != nil {
		return err
	}
	p.Category = a.category(q, asked)
	if err := p.runs(a, q, d, all, asked); err != nil {
		return err
	}
	if len(all) == 0 {
		return q.Render(http.StatusOK, "statistics/series", p)
	}
	if err := p.charts(a, q, d, all, asked); err != nil {
		return err
	}
	chosen := &all[len(all)-1]
	for i := range all {
		if all[i].Date.String() == q.Param(paramDate) {
			chosen = &all[i]
		}
	}
	p.choices(a, q, all, asked)
	if err := p.sum(a, q, d, chosen); err != nil {
		return err
	}
	if err := p.day(a, q, d, chosen, asked); err != nil {
		return err
	}
	return q.Render(http.StatusOK, "statistics/series", p)
}

// sum says of our sum of municipalities what it is of, and how many people without
// an address stand apart.
func (p *seriesPage) sum(a *area, q *page.Request, d *store.DatasetExtent, s *atlas.Slice) error {
	if s.Parts == 0 {
		return nil
	}
	none, err := a.app.WithoutAddress(q.Context(), d.Code, s.Date)
	p.Sum = q.T("statistics.sum", "publisher", d.Publisher, "date", i18n.Date(q.Lang, s.Date)) + " " + sumWords(q, s.Parts, s.Untold)
	if none.Known() {
		p.Sum += " " + q.N("statistics.sum.no_address", none.Value)
	}
	return err
}

// charts draws the numbers, and offers data sets of the same unit to draw beside.
func (p *seriesPage) charts(a *area, q *page.Request, d *store.DatasetExtent, all []atlas.Slice, asked atlas.Category) error {
	figures, warning, err := a.figures(q, d, all, asked)
	if err != nil {
		return err
	}
	if p.Charts = figures; warning != "" {
		p.Warning = q.T(warning)
	}
	others, err := a.app.Reader().Datasets(q.Context())
	if err != nil {
		return err
	}
	beside := choice{ID: paramBeside, Label: q.T("statistics.beside"), Options: []option{{"", q.T("statistics.beside.none"), q.Param(paramBeside) == ""}}}
	here, _ := a.app.Places().Get(q.PathValue("territory"))
	same := func(h store.HeldBy) bool { return h.Level == here.Level }
	for _, o := range others {
		if o.Code != d.Code && o.Unit == d.Unit && o.Decimals == d.Decimals && o.Slices > 0 && (slices.ContainsFunc(o.Held, same) || o.Sums(here.Level)) {
			beside.Options = append(beside.Options, option{o.Code, o.Name(q.Lang), o.Code == q.Param(paramBeside)})
		}
	}
	if len(beside.Options) > 1 {
		p.Choices = append(p.Choices, beside)
	}
	return nil
}

// slices reads the numbers of the territory, as anybody may see them. A territory
// that neither the register nor the data set knows does not exist.
func (a *area) slices(q *page.Request) (*store.DatasetExtent, []atlas.Slice, error) {
	d, err := a.app.Reader().Dataset(q.Context(), q.PathValue("dataset"))
	if err != nil {
		return nil, nil, err
	}
	code := q.PathValue("territory")
	all, err := a.app.SeriesOf(q.Context(), d.Code, code)
	if err != nil {
		return nil, nil, err
	}
	if _, known := a.app.Places().Get(code); !known && code != atlas.NoAddress && len(all) == 0 {
		return nil, nil, atlas.ErrNotFound
	}
	return d, all, nil
}

// askedCategory reads the category from the address.
func askedCategory(q *page.Request) (atlas.Category, error) {
	ages, err := atlas.ParseAges(q.Param(paramAge))
	if err != nil {
		return atlas.Category{}, errors.Join(page.ErrBadRequest, err)
	}
	return atlas.Category{Citizenship: q.Param(paramCitizenship), Sex: q.Param(paramSex), Age: ages, Residence: q.Param(paramResidence)}, nil
}

// runs makes a table of each series: numbers of two definitions or of two extents
// of the territory never stand in one.
func (p *seriesPage) runs(a *area, q *page.Request, d *store.DatasetExtent, all []atlas.Slice, asked atlas.Category) error {
	from := a.origins(q)
	var last atlas.Series
	for i := range all {
		s := &all[i]
		if now := s.Series(asked); len(p.Runs) == 0 || now != last {
			last = now
			p.Runs = append(p.Runs, seriesRun{Edition: s.Edition, Since: s.TerritoryVersion})
		}
		o, err := from.of(s.Batch)
		if err != nil {
			return err
		}
		f := s.Of(asked)
		line := seriesLine{Date: s.Date, Value: number(q, &d.Dataset, f), Known: f.Known(), Summed: s.Summed && s.Parts == 0, Sum: sumShort(q, s.Parts, s.Untold), Note: s.Note,
			Origin: o, URL: route.SeriesOn(q.Lang, d.Code, s.Territory, s.Date.String())}
		if s.Version > 1 {
			line.Newer = s.Version
		}
		if f.State == atlas.FigureNotKnown {
			p.Unknown++
		}
		run := &p.Runs[len(p.Runs)-1]
		run.Lines = append(run.Lines, line)
	}
	for i := range p.Runs {
		slices.Reverse(p.Runs[i].Lines) // the newest first
	}
	slices.Reverse(p.Runs)
	return nil
}

// choices offers the attributes that the numbers are told by.
func (p *seriesPage) choices(a *area, q *page.Request, all []atlas.Slice, asked atlas.Category) {
	var citizenships, sexes, residences []string
	var ages []atlas.Ages
	for i := range all {
		for _, f := range all[i].Figures {
			c := f.Category
			citizenships, sexes, residences = withText(citizenships, c.Citizenship), withText(sexes, c.Sex), withText(residences, c.Residence)
			if c.Age.Set() && !slices.Contains(ages, c.Age) {
				ages = append(ages, c.Age)
			}
		}
	}
	slices.SortFunc(ages, atlas.Ages.Compare)
	add := func(id, label string, values []string, now string, name func(string) string) {
		if len(values) == 0 {
			return
		}
		ch := choice{ID: id, Label: label, Options: []option{{"", q.T("statistics.together"), now == ""}}}
		for _, v := range values {
			ch.Options = append(ch.Options, option{v, name(v), v == now})
		}
		p.Choices = append(p.Choices, ch)
	}
	add(paramCitizenship, q.T("statistics.by.citizenship"), citizenships, asked.Citizenship, func(v string) string { return a.citizenship(q, v) })
	add(paramSex, q.T("statistics.by.sex"), sexes, asked.Sex, func(v string) string { return q.T("statistics.sex." + v) })
	var bands []string
	for _, b := range ages {
		bands = append(bands, b.String())
	}
	add(paramAge, q.T("statistics.by.age"), bands, asked.Age.String(), func(v string) string { return v })
	add(paramResidence, q.T("statistics.by.residence"), residences, asked.Residence, func(v string) string { return a.residence(q, v) })
}

func withText(all []string, text string) []string {
	if text == "" {
		return all
	}
	if at, there := slices.BinarySearch(all, text); !there {
		return slices.Insert(all, at, text)
	}
	return all
}

// day tells all categories of a date and the versions of their number.
func (p *seriesPage) day(a *area, q *page.Request, d *store.DatasetExtent, s *atlas.Slice, asked atlas.Category) error {
	p.Date = s.Date
	for _, f := range s.Figures {
		p.Hidden = p.Hidden || f.State == atlas.FigureSuppressed
		if len(p.Parts) == partsShown {
			p.More++
			continue
		}
		p.Parts = append(p.Parts, partLine{a.category(q, f.Category), number(q, &d.Dataset, f)})
	}
	versions, err := a.app.RevisionsOf(q.Context(), d.Code, s.Territory, s.Date)
	if err != nil || len(versions) < 2 {
		return err
	}
	from := a.origins(q)
	for i := range versions {
		v := &versions[i]
		o, err := from.of(v.Batch)
		if err != nil {
			return err
		}
		p.Versions = append(p.Versions, versionLine{v.Version, number(q, &d.Dataset, v.Of(asked)), v.Row, o})
	}
	return nil
}

// seriesCSV answers all public numbers of the territory: one on each row.
func (a *area) seriesCSV(q *page.Request) error {
	d, all, err := a.slices(q)
	if err != nil {
		return err
	}
	from := a.origins(q)
	columns := []string{"territory", "name", "date", "citizenship", "sex", "age", "residence", "value", "state", "summed", "parts", "untold", "edition", "territory_version", "version", "source", "batch", "obtained", "licence"}
	return a.csv(q, d.Code+"-"+q.PathValue("territory"), columns, func(yield func([]string, error) bool) {
		for i := range all {
			s := &all[i]
			o, err := from.of(s.Batch)
			summed := ""
			if s.Summed {
				summed = "1"
			}
			for _, f := range s.Figures {
				c := f.Category
				if !yield([]string{s.Territory, a.place(q, s.Territory), s.Date.String(), c.Citizenship, c.Sex, c.Age.String(), c.Residence, plainNumber(&d.Dataset, f),
					state(f), summed, count(s.Parts), count(s.Untold), s.Edition, s.TerritoryVersion, atlas.FormatValue(s.Version, 0), d.Publisher, s.Batch, o.Accessed.String(), d.Licence}, err) {
					return
				}
			}
		}
	})
}

// count writes how many municipalities a sum has, for programs; "" of what is no
// sum and where it is not known.
func count(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}
