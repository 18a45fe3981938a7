package coverage

import (
	"net/url"
	"slices"

	"atlas/internal/coverage"
	"atlas/internal/i18n"
	"atlas/internal/web/chart"
	"atlas/internal/web/figure"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// matrixName is the name of the matrix as a picture in addresses.
const matrixName = "matice"

// mostPictured is how many rows a picture of the matrix can have: more would be too
// long to be looked at.
const mostPictured = 300

// chart answers the trend, the map or the matrix as a file, under the question of the
// page.
func (a *area) chart(q *page.Request) error {
	return figure.Answer(q, a.app.Now(), func(name string) (*figure.Figure, error) {
		s := read(q.URL.Query(), a.app, a.app.Now().In(i18n.Prague).Year())
		if name == trendName {
			s.View = viewTrend
			s.readShow()
		}
		b, err := a.ask(q.Context(), a.teller(q.Lang), s)
		if err != nil {
			return nil, err
		}
		switch name {
		case trendName:
			return a.trend(q, b).Chart, nil
		case mapName:
			p := &matrixPage{}
			if err := a.mapView(q, b, p); err != nil || !p.Map.Drawn {
				return nil, err
			}
			return p.Map.Chart, nil
		case matrixName:
			return b.matrixFigure(), nil
		}
		return nil, nil
	})
}

// matrixFigure is the matrix as a picture; nil where it is too long for one.
func (b builder) matrixFigure() *figure.Figure {
	t := b.table()
	lines := slices.Concat(t.Rows, []line{t.Sum}, t.Others)
	if len(lines) > mostPictured {
		return nil
	}
	s := b.asked
	f := &figure.Figure{Name: matrixName, Title: b.T("coverage.caption."+s.Show, "years", b.years(s)) + b.where(), Source: b.source(), Sentence: b.sentence()}
	corner, sum := b.T("coverage.level."+string(s.Level)), b.T("coverage.sum."+string(s.facet()))
	g := chart.Grid{ID: matrixName, Title: f.Title, Corner: corner, Columns: []string{sum}}
	f.Columns = []figure.Column{{Key: "row", Label: corner}, {Key: "all", Label: sum}}
	for _, c := range t.Columns {
		g.Columns = append(g.Columns, c.Label)
		f.Columns = append(f.Columns, figure.Column{Key: c.Code, Label: c.Label})
	}
	for _, state := range states {
		g.States = append(g.States, chart.State{Pattern: state.pattern, Mark: marks[state.state], Text: b.T("coverage.legend." + string(state.state))})
	}
	for i, l := range lines {
		row, cells := chart.GridRow{Name: l.Name, Apart: i == len(t.Rows)}, []figure.Cell{figure.Word(l.Name)}
		for _, c := range append([]cell{l.Total}, l.Cells...) {
			row.Cells = append(row.Cells, chart.GridCell{State: stateAt(c.State), Text: c.Text})
			cells = append(cells, figure.Word(c.Text))
		}
		g.Rows, f.Rows = append(g.Rows, row), append(f.Rows, cells)
	}
	f.Pictures = []chart.Picture{g}
	return f
}

// pictured gives the page of the matrix the address of its picture.
func (p *matrixPage) pictured(b builder) {
	if len(p.Table.Rows)+len(p.Table.Others) >= mostPictured {
		p.NoPicture = b.N("coverage.png.too_long", mostPictured)
		return
	}
	p.URLPNG = route.WithQuery(route.In(b.lang, route.ChartFile(route.Coverage, matrixName+".png")), b.asked.values().Encode())
}

// embedded is how the matrix or the map comes into a page of somebody else.
type embedded struct{ URL, Snippet string }

// embedding writes the snippet. What the page takes for granted is left out, so that
// a frame that was never asked for years goes on with them.
func (p *matrixPage) embedding(b builder) {
	v := b.asked.values()
	if from, to := usualTo(b.app.Now().In(i18n.Prague).Year()); b.asked.From == from && b.asked.To == to {
		v.Del(paramFrom)
		v.Del(paramTo)
	}
	height := "760"
	if b.asked.View == viewMatrix {
		height = "900"
	}
	address := route.WithQuery(route.In(b.lang, route.CoverageEmbed), v.Encode())
	p.Embed = &embedded{URL: address, Snippet: `<iframe src="` + escape(p.Absolute(address)) + `" title="` + escape(b.frameTitle()) + `" width="100%" height="` + height + `" loading="lazy"></iframe>`}
}

// frameTitle names what the frame shows.
func (b builder) frameTitle() string {
	if b.asked.View == viewMap {
		return b.mapTitle()
	}
	return b.title() + " – " + lower(b.T("coverage.caption."+b.asked.Show, "years", b.years(b.asked))) + b.conditionsText()
}

// embedPage is the matrix or the map in a frame of somebody else's page.
type embedPage struct {
	matrixPage
	URLFull string
	Source  string
}

// embed answers the page that may stand in a frame. It is for nobody in particular:
// whoever is signed in sees the same. Only the matrix and the map are shown so.
func (a *area) embed(q *page.Request) error {
	t := a.teller(q.Lang)
	s := read(q.URL.Query(), a.app, a.app.Now().In(i18n.Prague).Year())
	if s.View != viewMap {
		s.View = viewMatrix
	}
	b, err := a.ask(q.Context(), t, s)
	if err != nil {
		return err
	}
	p := &embedPage{matrixPage: matrixPage{Base: q.Base(b.frameTitle())}}
	p.NoIndex, p.Source, p.URLFull = true, b.source(), p.Absolute(s.url(q.Lang, func(url.Values) {}))
	p.tabled(b)
	if s.View == viewMap {
		if p.Map, err = a.mapped(q.Context(), b); err != nil {
			return err
		}
	}
	q.Frameable()
	return q.RenderPart("coverage/embed", "embed", p)
}

// tabled fills in the table with what stands around it.
func (p *matrixPage) tabled(b builder) {
	s := b.asked
	p.Table, p.Corner = b.table(), b.T("coverage.level."+string(s.Level))
	p.SumHead, p.Caption = b.T("coverage.sum."+string(s.facet())), b.T("coverage.caption."+s.Show, "years", b.years(s))
	p.Sentence, p.Empty = b.sentence(), b.m.Everything().Ever == 0
	for _, state := range []coverage.State{coverage.StateNow, coverage.StatePast, coverage.StateNone, coverage.StateNoData} {
		p.Legend = append(p.Legend, legend{state, marks[state], b.T("coverage.legend." + string(state))})
	}
}
