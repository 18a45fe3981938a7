package statistics

import (
	"net/http"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// indexPage lists the data sets.
type indexPage struct {
	page.Base
	Sets           []setLine
	Upload, Create string // addresses for those who may; ""
}

// setLine is one data set in the list.
type setLine struct {
	store.DatasetExtent
	Name, Definition, Licence, Periodicity, URL string
}

func (a *area) index(q *page.Request) error {
	all, err := a.app.Reader().Datasets(q.Context())
	if err != nil {
		return err
	}
	p := &indexPage{Base: q.Base(q.T("statistics.title"))}
	p.Nav, p.Description = route.Statistics, q.T("statistics.lead")
	for _, d := range all {
		p.Sets = append(p.Sets, a.line(q, d))
	}
	if q.Viewer.May(atlas.RightPropose) {
		p.Upload, p.Create = route.In(q.Lang, route.StatisticsUpload), route.In(q.Lang, route.StatisticsNew)
	}
	return q.Render(http.StatusOK, "statistics/index", p)
}

func (a *area) line(q *page.Request, d store.DatasetExtent) setLine {
	return setLine{
		DatasetExtent: d, Name: d.Dataset.Name(q.Lang), Definition: d.Dataset.Definition(q.Lang), URL: route.StatisticsOf(q.Lang, d.Code),
		Licence: a.app.Lists().Label(atlas.ListLicence, d.Licence, q.Lang), Periodicity: a.app.Lists().Label("CL-39", d.Periodicity, q.Lang),
	}
}
