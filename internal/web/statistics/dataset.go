package statistics

import (
	"errors"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/export"
	"atlas/internal/i18n"
	"atlas/internal/store"
	"atlas/internal/web/figure"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// Parameters of the page of a data set.
const (
	paramLevel  = "uroven"
	paramWithin = "v"
)

// rowsShown is how many territories one page shows; the file has all of them.
const rowsShown = 120

// datasetPage is one data set: what it is, what there is of it and what is
// missing, and its newest numbers.
type datasetPage struct {
	page.Base
	Set         setLine
	Owner       string
	CSV, Upload string
	Enter       string // address of the form for own data; ""
	Levels      []levelLine
	Years       []int
	Territories []territoryLine
	Sums        []page.Link // levels of our sums of municipalities
	Sum         string      // says that the numbers below are such sums
	Level       string
	Within      string
	Wider       []page.Link
	More        int // territories that are not shown
	NoAddress   *territoryLine
	Revised     []revisedLine
	Change      *figure.Figure
	Small       *figure.Figure // the territories of the level side by side
	Narrower    []page.Link    // where there are too many of them for small pictures
}

// levelLine is how complete a level is, year by year.
type levelLine struct {
	Name, URL string
	Current   bool
	Of        int // territories that there are
	Years     []held
}

// held is what there is of one year.
type held struct {
	Year, Territories, Dates int
	Whole                    bool
}

// territoryLine is one territory: its newest number and its years.
type territoryLine struct {
	Code, Name, URL, Narrower string
	Value                     string
	Sum                       string // of our sum: of how many municipalities
	Date                      atlas.Date
	Known                     bool
	Years                     []held
}

// revisedLine is a number that its source corrected.
type revisedLine struct {
	Name, URL, Now, Before string
	Date                   atlas.Date
	Version                int64
}

func (a *area) dataset(q *page.Request) error {
	d, err := a.app.Reader().Dataset(q.Context(), q.PathValue("dataset"))
	if err != nil {
		return err
	}
	p := &datasetPage{Base: q.Base(d.Dataset.Name(q.Lang)), Set: a.line(q, *d), CSV: route.In(q.Lang, route.Fill(route.StatisticsDatasetCSV, d.Code))}
	if level := chosenLevel(q, d); d.Sums(level) {
		p.CSV = route.WithQuery(p.CSV, url.Values{paramLevel: {string(level)}}.Encode())
	}
	p.Nav, p.Wide, p.Breadcrumb = route.Statistics, true, []page.Link{{URL: route.In(q.Lang, route.Statistics), Text: q.T("statistics.title")}}
	if d.Owner != "" {
		p.Owner = a.app.ActorName(d.Owner, q.Lang)
	} else if d.Territory != "" {
		p.Owner = a.place(q, d.Territory)
	}
	if a.app.MayWriteDataset(q.Viewer, &d.Dataset) {
		p.Upload = route.WithQuery(route.In(q.Lang, route.StatisticsUpload), url.Values{paramDataset: {d.Code}}.Encode())
		if d.Own() {
			p.Enter = route.In(q.Lang, route.Fill(route.StatisticsEnter, d.Code))
		}
	}
	if err := p.fill(a, q, d); err != nil {
		return err
	}
	return q.Render(http.StatusOK, "statistics/dataset", p)
}

// fill reads what the page shows of one level.
func (p *datasetPage) fill(a *area, q *page.Request, d *store.DatasetExtent) error {
	level, within := chosenLevel(q, d), a.chosenWithin(q)
	p.levels(a, q, d, level, within)
	if level == "" {
		return nil
	}
	if err := p.territories(a, q, d, level, within); err != nil {
		return err
	}
	var err error
	if p.Change, err = a.changes(q, d, level); err != nil {
		return err
	}
	if p.Small, err = a.small(q, d, level, within); err != nil {
		return err
	}
	if p.Small == nil && within == "CZ" && (level == atlas.LevelDistrict || level == atlas.LevelORP) {
		for _, kraj := range a.app.Places().Children("CZ", atlas.LevelRegion) {
			p.Narrower = append(p.Narrower, page.Link{URL: route.WithQuery(p.Set.URL, url.Values{paramLevel: {string(level)}, paramWithin: {kraj.Code}}.Encode()) + "#nadpis-" + chartSmall, Text: kraj.Name})
		}
	}
	return p.revisions(a, q, d)
}

// chosenWithin is the territory whose parts are shown; the country unless somebody
// asks otherwise.
func (a *area) chosenWithin(q *page.Request) string {
	if t, ok := a.app.Places().Get(q.Param(paramWithin)); ok {
		return t.Code
	}
	return "CZ"
}

// chosenLevel is the level asked for, else the widest that there is.
func chosenLevel(q *page.Request, d *store.DatasetExtent) atlas.Level {
	var there []atlas.Level
	for _, l := range order {
		if slices.ContainsFunc(d.Held, func(h store.HeldBy) bool { return h.Level == l }) {
			there = append(there, l)
		}
	}
	if asked := atlas.Level(q.Param(paramLevel)); slices.Contains(there, asked) || len(there) > 0 && d.Sums(asked) {
		return asked
	}
	if len(there) > 1 && there[0] == atlas.LevelCountry {
		return there[1]
	}
	if len(there) > 0 {
		return there[0]
	}
	return ""
}

// order of levels, the widest first.
var order = []atlas.Level{atlas.LevelCountry, atlas.LevelRegion, atlas.LevelDistrict, atlas.LevelORP, atlas.LevelMunicipality, atlas.LevelCityDistrict}

func (p *datasetPage) levels(a *area, q *page.Request, d *store.DatasetExtent, level atlas.Level, within string) {
	for _, h := range d.Held {
		if !slices.Contains(p.Years, h.Year) {
			p.Years = append(p.Years, h.Year)
		}
	}
	slices.Sort(p.Years)
	for _, l := range order {
		line := levelLine{Name: q.T("statistics.level." + string(l)), Current: l == level, Of: len(a.app.Places().Children("CZ", l))}
		if l == atlas.LevelCountry {
			line.Of = 1
		}
		some := false
		for _, y := range p.Years {
			i := slices.IndexFunc(d.Held, func(h store.HeldBy) bool { return h.Level == l && h.Year == y })
			if i < 0 {
				line.Years = append(line.Years, held{Year: y})
				continue
			}
			some = true
			h := d.Held[i]
			line.Years = append(line.Years, held{y, h.Territories, h.Dates, h.Territories >= line.Of})
		}
		if !some {
			continue
		}
		line.URL = route.WithQuery(p.Set.URL, url.Values{paramLevel: {string(l)}}.Encode())
		p.Levels = append(p.Levels, line)
	}
	for _, l := range order {
		if d.Sums(l) && d.Slices > 0 {
			p.Sums = append(p.Sums, page.Link{URL: route.WithQuery(p.Set.URL, url.Values{paramLevel: {string(l)}}.Encode()), Text: q.T("statistics.level." + string(l))})
		}
	}
	p.Level, p.Within = q.T("statistics.level."+string(level)), a.place(q, within)
}

func (p *datasetPage) territories(a *area, q *page.Request, d *store.DatasetExtent, level atlas.Level, within string) error {
	places := a.app.Places().Children(within, level)
	if t, ok := a.app.Places().Get("CZ"); ok && level == atlas.LevelCountry {
		places = []atlas.Territory{t}
	}
	latest, err := a.app.ObservationsOf(q.Context(), d.Code, level, atlas.Date{}, atlas.Date{})
	if err != nil {
		return err
	}
	if d.Sums(level) && len(latest) > 0 {
		p.Sum = q.T("statistics.sum", "publisher", d.Publisher, "date", i18n.Date(q.Lang, latest[0].Date))
	}
	if len(places) > rowsShown {
		p.More = len(places) - rowsShown
		places = places[:rowsShown]
		for _, kraj := range a.app.Places().Children("CZ", atlas.LevelRegion) {
			p.Wider = append(p.Wider, page.Link{URL: route.WithQuery(p.Set.URL, url.Values{paramLevel: {string(level)}, paramWithin: {kraj.Code}}.Encode()), Text: kraj.Name})
		}
		if within != "CZ" {
			p.Wider = nil
			for _, okres := range a.app.Places().Children(within, atlas.LevelDistrict) {
				p.Wider = append(p.Wider, page.Link{URL: route.WithQuery(p.Set.URL, url.Values{paramLevel: {string(level)}, paramWithin: {okres.Code}}.Encode()), Text: a.place(q, okres.Code)})
			}
		}
	}
	codes := make([]string, len(places))
	for i, t := range places {
		codes[i] = t.Code
	}
	years, err := a.app.Reader().HeldIn(q.Context(), d.Code, codes)
	if err != nil {
		return err
	}
	of := map[string]atlas.Observation{}
	for _, o := range latest {
		of[o.Territory] = o
	}
	dates := map[string]map[int]int{}
	for _, h := range years {
		if dates[h.Territory] == nil {
			dates[h.Territory] = map[int]int{}
		}
		dates[h.Territory][h.Year] = h.Dates
	}
	for _, t := range places {
		line := a.territory(q, d, t.Code, of[t.Code])
		for _, y := range p.Years {
			line.Years = append(line.Years, held{Year: y, Dates: dates[t.Code][y]})
		}
		p.Territories = append(p.Territories, line)
	}
	none, err := a.app.Reader().Observations(q.Context(), d.Code, "", atlas.Date{}, atlas.Date{})
	if err == nil && len(none) > 0 {
		line := a.territory(q, d, atlas.NoAddress, none[0])
		p.NoAddress = &line
	}
	return err
}

func (a *area) territory(q *page.Request, d *store.DatasetExtent, code string, o atlas.Observation) territoryLine {
	return territoryLine{
		Code: code, Name: a.place(q, code), URL: route.Series(q.Lang, d.Code, code), Date: o.Date, Known: o.Date.Known(), Sum: sumShort(q, o.Parts, o.Untold),
		Value: number(q, &d.Dataset, atlas.Figure{Value: o.Value, State: o.State}),
	}
}

// revisionsShown is how many corrected numbers are listed.
const revisionsShown = 30

func (p *datasetPage) revisions(a *area, q *page.Request, d *store.DatasetExtent) error {
	all, err := a.app.Reader().Revised(q.Context(), d.Code, revisionsShown)
	if err != nil {
		return err
	}
	for i := range all {
		s := &all[i]
		versions, err := a.app.RevisionsOf(q.Context(), d.Code, s.Territory, s.Date)
		if err != nil {
			return err
		}
		line := revisedLine{Name: a.place(q, s.Territory), URL: route.SeriesOn(q.Lang, d.Code, s.Territory, s.Date.String()), Date: s.Date,
			Version: s.Version, Now: number(q, &d.Dataset, s.Total()), Before: q.T("statistics.not_known")}
		if len(versions) > 1 {
			line.Before = number(q, &d.Dataset, versions[1].Total())
		}
		p.Revised = append(p.Revised, line)
	}
	return nil
}

// datasetCSV answers the newest totals of all territories of a level, or those on
// a date and before it.
func (a *area) datasetCSV(q *page.Request) error {
	d, err := a.app.Reader().Dataset(q.Context(), q.PathValue("dataset"))
	if err != nil {
		return err
	}
	on, err := atlas.ParseDate(q.Param(paramDate))
	if err != nil {
		return errors.Join(page.ErrBadRequest, err)
	}
	levels := []atlas.Level{atlas.Level(q.Param(paramLevel))}
	if levels[0] == "" {
		levels = append(slices.Clone(order), "")
	}
	// Sums of municipalities are ours and not of the source: they are in the file
	// of their level only, where nobody adds them to what they are made of.
	read := a.app.Reader().Observations
	if d.Sums(levels[0]) {
		read = a.app.ObservationsOf
	}
	from := a.origins(q)
	return a.csv(q, d.Code, []string{"territory", "name", "level", "date", "value", "state", "parts", "untold", "source", "batch", "obtained", "licence"}, func(yield func([]string, error) bool) {
		for _, level := range levels {
			all, err := read(q.Context(), d.Code, level, on, atlas.Date{})
			if err != nil {
				yield(nil, err)
				return
			}
			slices.SortFunc(all, func(x, y atlas.Observation) int { return strings.Compare(x.Territory, y.Territory) })
			for _, o := range all {
				f := atlas.Figure{Value: o.Value, State: o.State}
				src, err := from.of(o.Batch)
				if !yield([]string{o.Territory, a.place(q, o.Territory), string(level), o.Date.String(), plainNumber(&d.Dataset, f), state(f),
					count(o.Parts), count(o.Untold), d.Publisher, o.Batch, src.Accessed.String(), d.Licence}, err) {
					return
				}
			}
		}
	})
}

// state is what is known of a figure, for programs.
func state(f atlas.Figure) string {
	return [...]string{atlas.FigureNotKnown: "not_known", atlas.FigureKnown: "known", atlas.FigureSuppressed: "hidden"}[f.State]
}

// csv answers a table as a file; labels of columns are of the language.
func (a *area) csv(q *page.Request, name string, columns []string, rows iter.Seq2[[]string, error]) error {
	t := export.Table{Rows: rows}
	for _, key := range columns {
		t.Columns = append(t.Columns, export.Column{Key: key, Label: q.T("statistics.csv." + key)})
	}
	format, _ := export.ByName("csv")
	q.Attach(format.MediaType, name+format.Extension)
	return format.Write(q.W, t)
}
