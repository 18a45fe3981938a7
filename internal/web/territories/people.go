package territories

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/web/chart"
	"atlas/internal/web/route"
)

// peopleView is who lives in a territory by one data set, which is never mixed with
// another one.
type peopleView struct {
	ID, Name, Publisher, URL string
	Definition               string
	Date                     atlas.Date
	Total                    string // "" is not known
	Trend                    []datedNumber
	Chart                    chart.Bars
	Groups                   []partGroup
	Sum                      string // says that these are our sums; ""
	Apart                    int    // older numbers that are not comparable
}

type datedNumber struct{ Date, Value string }

// partGroup is the parts of a total by one attribute.
type partGroup struct {
	Title string
	Rows  []part
	More  int // citizenships that are not named
}

type part struct{ Label, Value, Share string }

const (
	mostCitizenships = 8
	mostDates        = 24 // points of a trend; of more the last of each year is told
)

// people reads who lives here by each data set that tells it: a query for each.
func (s sources) people(ctx context.Context, place atlas.Territory) ([]peopleView, error) {
	var out []peopleView
	for _, code := range []string{atlas.DatasetForeigners, atlas.DatasetProtection} {
		set, ok := s.sets[code]
		if !ok || !slices.Contains(set.Levels, place.Level) && !set.Sums(place.Level) {
			continue
		}
		all, err := s.app.SeriesOf(ctx, code, place.Code)
		if err != nil {
			return nil, err
		}
		if len(all) == 0 {
			continue
		}
		v := s.peopleBy(set, place, all)
		if last := &all[len(all)-1]; last.Parts > 0 {
			none, err := s.app.WithoutAddress(ctx, code, last.Date)
			if err != nil {
				return nil, err
			}
			v.Sum = s.sumWords(last.Parts, last.Untold)
			if none.Known() {
				v.Sum += " " + s.words.N(s.lang, "statistics.sum.no_address", none.Value)
			}
		}
		out = append(out, v)
	}
	return out, nil
}

func (s sources) peopleBy(set atlas.Dataset, place atlas.Territory, all []atlas.Slice) peopleView {
	last := &all[len(all)-1]
	v := peopleView{
		ID: set.Code, Name: set.Name(s.lang), Publisher: set.Publisher, Definition: set.Definition(s.lang),
		URL: route.Series(s.lang, set.Code, place.Code), Date: last.Date,
	}
	total := last.Total()
	if total.Known() {
		v.Total = i18n.Number(s.lang, total.Value)
	}
	v.Chart = chart.Bars{ID: "vyvoj-" + set.Code, Title: v.Name, Desc: s.T("territories.people.chart_desc")}
	comparable := oneSeries(all)
	v.Apart = len(all) - len(comparable)
	points := fewDates(comparable)
	years := map[int]bool{}
	for _, slice := range points {
		years[slice.Date.Year] = true
	}
	for _, slice := range points {
		f, date := slice.Total(), i18n.Date(s.lang, slice.Date)
		text := s.T("territories.unknown")
		if f.Known() {
			text = i18n.Number(s.lang, f.Value)
			label := strconv.Itoa(slice.Date.Year)
			if len(years) < len(points) {
				label = strconv.Itoa(slice.Date.Month) + "/" + label[2:]
			}
			v.Chart.Bars = append(v.Chart.Bars, chart.Bar{Label: label, Value: int(f.Value), Name: date + ": " + text})
		}
		v.Trend = append(v.Trend, datedNumber{date, text})
	}
	slices.Reverse(v.Trend)
	for _, by := range []struct {
		title string
		of    func(atlas.Category) string
	}{
		{"citizenship", func(c atlas.Category) string { return c.Citizenship }}, {"age", func(c atlas.Category) string { return c.Age.String() }},
		{"sex", func(c atlas.Category) string { return c.Sex }}, {"residence", func(c atlas.Category) string { return c.Residence }},
	} {
		if g := s.parts(last, by.title, by.of); len(g.Rows) > 0 {
			v.Groups = append(v.Groups, g)
		}
	}
	return v
}

// oneSeries are the latest slices of one definition and one extent of the
// territory: older ones are never put into one line with them.
func oneSeries(all []atlas.Slice) []atlas.Slice {
	last := all[len(all)-1].Series(atlas.Category{})
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].Series(atlas.Category{}) != last {
			return all[i+1:]
		}
	}
	return all
}

// fewDates keeps the last slice of each year where there are many.
func fewDates(all []atlas.Slice) []atlas.Slice {
	if len(all) <= mostDates {
		return all
	}
	var out []atlas.Slice
	for i, s := range all {
		if i+1 == len(all) || all[i+1].Date.Year != s.Date.Year {
			out = append(out, s)
		}
	}
	return out
}

// parts are the numbers of one attribute only: the largest citizenships, the others
// in their order.
func (s sources) parts(slice *atlas.Slice, title string, of func(atlas.Category) string) partGroup {
	g := partGroup{Title: s.T("territories.people.by." + title)}
	var figures []atlas.Figure
	for _, f := range slice.Figures {
		if f.Category.Attributes() == 1 && of(f.Category) != "" {
			figures = append(figures, f)
		}
	}
	if title == "citizenship" {
		slices.SortStableFunc(figures, func(a, b atlas.Figure) int { return cmp.Compare(b.Value, a.Value) })
		g.More = max(0, len(figures)-mostCitizenships)
		figures = figures[:min(len(figures), mostCitizenships)]
	}
	total := slice.Total()
	for _, f := range figures {
		row := part{Label: s.partLabel(title, of(f.Category)), Value: s.T("territories.unknown")}
		switch {
		case f.State == atlas.FigureSuppressed:
			row.Value = s.T("territories.people.hidden")
		case f.Known():
			row.Value = i18n.Number(s.lang, f.Value)
			if total.Known() && total.Value > 0 {
				row.Share = s.percent(float64(f.Value) / float64(total.Value))
			}
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

func (s sources) partLabel(title, value string) string {
	switch title {
	case "citizenship":
		return s.citizenship(value)
	case "sex":
		return s.T("statistics.sex." + value)
	case "age":
		return strings.ReplaceAll(value, "-", "–")
	}
	if s.app.Lists().Has(atlas.ListResidence, value) {
		return s.app.Lists().Label(atlas.ListResidence, value, s.lang)
	}
	return s.app.Lists().Label("CL-04-SK", value, s.lang)
}
