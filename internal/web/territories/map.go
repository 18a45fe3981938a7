package territories

import (
	"cmp"
	"context"
	"slices"

	"atlas"
	"atlas/internal/web/chart"
	"atlas/internal/web/figure"
	"atlas/internal/web/route"
)

// borders are the outlines of one territory that were imported. They are read
// for each page: an import may change them at any time.
type borders struct {
	own    chart.Outline // no rings where none was imported
	inside []chart.Outline
}

// borders reads the outline of a territory and, where there is one, those of
// the territories inside: at most two queries.
func (a *area) borders(ctx context.Context, place atlas.Territory) (b borders, err error) {
	own, err := figure.Outlines(ctx, a.app, a.site.Log, []string{place.Code})
	if err != nil || len(own) == 0 {
		return borders{}, err
	}
	var codes []string
	for _, level := range drawnInside[place.Level] {
		for _, child := range a.app.Places().Children(place.Code, level) {
			codes = append(codes, child.Code)
		}
	}
	all, err := figure.Outlines(ctx, a.app, a.site.Log, codes)
	if err != nil {
		return borders{}, err
	}
	return borders{own[0], a.oneLevel(place.Level, all)}, nil
}

// drawnInside are the levels of which one is drawn in a territory of a level: the
// first that has outlines.
var drawnInside = map[atlas.Level][]atlas.Level{
	atlas.LevelRegion:       {atlas.LevelDistrict, atlas.LevelORP},
	atlas.LevelDistrict:     {atlas.LevelMunicipality},
	atlas.LevelORP:          {atlas.LevelMunicipality},
	atlas.LevelMunicipality: {atlas.LevelCityDistrict},
}

// oneLevel keeps the outlines of the first level that has any: districts and
// districts of ORP lie over each other.
func (a *area) oneLevel(of atlas.Level, all []chart.Outline) []chart.Outline {
	for _, level := range drawnInside[of] {
		some := slices.DeleteFunc(slices.Clone(all), func(o chart.Outline) bool {
			place, _ := a.app.Places().Get(o.Code)
			return place.Level != level
		})
		if len(some) > 0 {
			return some
		}
	}
	return nil
}

// draw shows the kraj with this territory: its border and the territories
// inside where they were imported, and else its municipalities that have a
// project as points.
func (p *showPage) draw(t teller, counts map[string]int, outlines []chart.Outline, b borders) {
	region := cmp.Or(p.T.Region, p.T.Code)
	i := slices.IndexFunc(outlines, func(o chart.Outline) bool { return o.Code == region })
	if i < 0 {
		return
	}
	name := t.app.Places().Label(region)
	p.Map = chart.Map{ID: "mapa", Title: t.T("territories.place_map", "name", name), Plain: true}
	p.MapNote, p.Mapped = t.T("territories.map_note"), true
	kraj := chart.Region{Code: region, Value: 1, Name: name, Href: route.Territory(t.lang, region)}
	if len(b.own.Rings) == 0 {
		p.Map.Outlines, p.Map.Regions = outlines[i:i+1], []chart.Region{kraj}
	} else {
		p.border(t, counts, outlines[i], kraj, b)
	}
	if p.points(t, counts); p.Map.Around.Code != "" && len(p.Map.Points) > 0 {
		p.MapNote += " " + t.T("territories.map_note")
	}
}

// border draws the territory and what is inside on the plain kraj. A territory
// that is the whole of its kraj, as Praha is, stands alone: the two outlines
// differ in detail.
func (p *showPage) border(t teller, counts map[string]int, outline chart.Outline, kraj chart.Region, b borders) {
	p.Map.Around = b.own
	p.MapNote, p.Shaded = t.T("territories.map_border"), len(b.inside) > 0
	if !p.wholeRegion(t) {
		kraj.Value = 0
		p.shape(outline, kraj)
	}
	own := chart.Region{Code: p.T.Code, Value: counts[p.T.Code], Name: p.Name + ": " + t.projects(counts[p.T.Code])}
	if p.Shaded {
		p.MapNote, own.Value = t.T("territories.map_inside"), 0
	}
	p.shape(b.own, own)
	for _, o := range b.inside {
		place, _ := t.app.Places().Get(o.Code)
		l := t.line(place, counts)
		p.shape(o, chart.Region{Code: o.Code, Value: l.Count, Name: l.Name + ": " + t.projects(l.Count), Href: l.URL})
	}
}

func (p *showPage) shape(o chart.Outline, r chart.Region) {
	p.Map.Outlines, p.Map.Regions = append(p.Map.Outlines, o), append(p.Map.Regions, r)
}

func (p *showPage) wholeRegion(t teller) bool {
	return p.T.Level == atlas.LevelRegion ||
		p.T.Level != atlas.LevelCityDistrict && len(t.app.Places().Children(p.T.Region, atlas.LevelDistrict)) == 1
}

// points marks the municipalities with a project that are not drawn as areas.
func (p *showPage) points(t teller, counts map[string]int) {
	places := t.app.Places().Children(p.T.Code, atlas.LevelMunicipality)
	if p.T.Level == atlas.LevelMunicipality {
		places = []atlas.Territory{p.T}
	}
	for _, m := range places {
		drawn := slices.ContainsFunc(p.Map.Regions, func(r chart.Region) bool { return r.Code == m.Code })
		if m.HasPoint && counts[m.Code] > 0 && !drawn {
			l := t.line(m, counts)
			p.Map.Points = append(p.Map.Points, chart.Point{Lat: m.Lat, Lon: m.Lon, Value: l.Count, Name: l.Name + ": " + t.projects(l.Count), Href: l.URL})
		}
	}
}
