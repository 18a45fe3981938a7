package transfers

import (
	"context"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/web/chart"
	"atlas/internal/web/figure"
	"atlas/internal/web/route"
)

// mapping is the map of a journey, and what it cannot show in words.
type mapping struct {
	chart.Map
	Drawn   bool
	Areas   bool     // some of the places are territories, not towns
	Abroad  []string // places beyond the map
	Missing []string // places in the country of which no point is known
}

// spot is where a place is drawn.
type spot struct {
	lat, lon float64
	area     bool // in the middle of a territory
}

// onMap draws the links between places of which a point is known and names the others.
func (w drawn) onMap(ctx context.Context) (mapping, error) {
	m := mapping{Map: chart.Map{ID: "mapa", Title: w.T("transfers.journey.map"), Desc: w.T("transfers.journey.desc"), Plain: true, Outlines: w.area.outlines()}}
	all, _, _ := w.j.Layout(w.j.Roots)
	var codes []string
	for _, s := range all {
		codes = append(codes, w.territoryOf(s.Node.ID))
	}
	spots, err := w.spots(ctx, codes)
	if err != nil {
		return m, err
	}
	seen := map[string]bool{}
	for _, s := range all {
		n, code := w.node(s.Node.ID), w.territoryOf(s.Node.ID)
		at, ok := spots[code]
		switch {
		case ok && !seen[code]:
			m.Points = append(m.Points, chart.Point{Lat: at.lat, Lon: at.lon, Value: 1, Name: n.Text, Href: n.URL, Area: at.area})
			m.Areas = m.Areas || at.area
			seen[code] = true
		case ok:
		case w.abroad(s.Node.ID):
			m.Abroad = append(m.Abroad, n.Text)
		default:
			m.Missing = append(m.Missing, n.Text)
		}
	}
	for _, names := range []*[]string{&m.Abroad, &m.Missing} {
		slices.SortFunc(*names, func(x, y string) int { return strings.Compare(czech.SortKey(x), czech.SortKey(y)) })
		*names = slices.Compact(*names)
	}
	for _, l := range w.j.Links() {
		from, known := spots[w.territoryOf(l.From)]
		to, there := spots[w.territoryOf(l.To)]
		if known && there {
			m.Legs = append(m.Legs, chart.Leg{FromLat: from.lat, FromLon: from.lon, ToLat: to.lat, ToLon: to.lon, Style: styleOf(l), Name: w.spoken(l), Href: route.Transfer(w.lang, l.ID)})
		}
	}
	m.Drawn = len(m.Outlines) > 0 && len(m.Points) > 0
	return m, nil
}

// spots finds where territories are drawn: a town at its own point, a wider one in the
// middle of its outline – shipped or imported – or at the point that the register
// gives it, a part of a city in its city where nothing better is known.
func (w drawn) spots(ctx context.Context, codes []string) (map[string]spot, error) {
	borders, err := figure.Outlines(ctx, w.app, w.area.site.Log, slices.Compact(slices.Sorted(slices.Values(codes))))
	if err != nil {
		return nil, err
	}
	outlines := map[string]chart.Outline{}
	for _, o := range slices.Concat(w.area.outlines(), borders) {
		outlines[o.Code] = o
	}
	out := map[string]spot{}
	for _, code := range codes {
		t, ok := w.app.Places().Get(code)
		if !ok {
			continue
		}
		area := t.Level != atlas.LevelMunicipality && t.Level != atlas.LevelCityDistrict
		city, _ := w.app.Places().Get(t.Municipality)
		switch lat, lon, drawn := outlines[code].Centre(); {
		case t.HasPoint && (!area || !drawn):
			out[code] = spot{t.Lat, t.Lon, area}
		case drawn:
			out[code] = spot{lat, lon, area}
		case city.HasPoint:
			out[code] = spot{city.Lat, city.Lon, false}
		}
	}
	return out, nil
}

// abroad says whether a node lies in another country.
func (w drawn) abroad(id string) bool {
	if card := w.j.Cards[id]; card != nil {
		return card.Abroad()
	}
	r := w.j.Replications[id]
	return r != nil && r.Country != "" && r.Country != atlas.CountryCode
}
