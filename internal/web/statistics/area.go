// Package statistics shows data sets and their numbers, each with its source and
// date, and takes in files of statistics and own data that people type.
package statistics

import (
	"embed"
	"net/http"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/blob"
	"atlas/internal/web/chart"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed messages/*.json
var messages embed.FS

// uploadLimit is how many bytes an uploaded file may have.
const uploadLimit = 64 << 20

type area struct {
	site  *page.Site
	app   *app.App
	files *blob.Folder
	jobs  *jobs
	// outlines are the borders of kraje.
	outlines func() []chart.Outline
}

// New makes the area; originals are kept in files, outlines gives the borders of
// kraje that maps are drawn from.
func New(site *page.Site, ops *app.App, files *blob.Folder, outlines func() []chart.Outline) page.Area {
	a := &area{site: site, app: ops, files: files, jobs: newJobs(), outlines: outlines}
	get, post := http.MethodGet, http.MethodPost
	return page.Area{
		Name: "statistics",
		Routes: []page.Route{
			{Method: get, Pattern: route.Statistics, Handle: a.index, Right: atlas.RightRead},
			{Method: get, Pattern: route.StatisticsDataset, Handle: a.dataset, Right: atlas.RightRead},
			{Method: get, Pattern: route.StatisticsDatasetCSV, Handle: a.datasetCSV, Right: atlas.RightDownload, Long: true},
			{Method: get, Pattern: route.StatisticsSeries, Handle: a.series, Right: atlas.RightRead},
			{Method: get, Pattern: route.StatisticsSeriesChart, Handle: a.chart, Right: atlas.RightDownload},
			{Method: get, Pattern: route.StatisticsChart, Handle: a.changeChart, Right: atlas.RightDownload},
			{Method: get, Pattern: route.StatisticsSeriesCSV, Handle: a.seriesCSV, Right: atlas.RightDownload},
			{Method: get, Pattern: route.StatisticsNew, Handle: a.newDataset, Right: atlas.RightPropose},
			{Method: post, Pattern: route.StatisticsNew, Handle: a.saveDataset, Right: atlas.RightPropose},
			{Method: get, Pattern: route.StatisticsUpload, Handle: a.uploading, Right: atlas.RightPropose},
			{Method: post, Pattern: route.StatisticsUpload, Handle: a.upload, Right: atlas.RightPropose, Upload: uploadLimit + 1<<20, Long: true},
			{Method: get, Pattern: route.StatisticsPreview, Handle: a.preview, Right: atlas.RightPropose},
			{Method: post, Pattern: route.StatisticsPreview, Handle: a.apply, Right: atlas.RightPropose, Long: true},
			{Method: get, Pattern: route.StatisticsEnter, Handle: a.entering, Right: atlas.RightPropose},
			{Method: post, Pattern: route.StatisticsEnter, Handle: a.enter, Right: atlas.RightPropose},
		},
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}

// fault is one thing wrong, with where it stands in the form.
type fault struct{ Href, Text string }
