package route

import "net/url"

// Patterns of the pages of statistics.
const (
	Statistics           = "/statistiky"
	StatisticsNew        = "/statistiky/nova"
	StatisticsUpload     = "/statistiky/nahrat"
	StatisticsPreview    = "/statistiky-nahled/{sum}"
	StatisticsDataset    = "/statistiky/{dataset}"
	StatisticsDatasetCSV = "/statistiky/{dataset}/data.csv"
	StatisticsEnter      = "/statistiky/{dataset}/zadat"
	StatisticsSeries     = "/statistiky/{dataset}/{territory}"
	StatisticsSeriesCSV  = "/statistiky/{dataset}/{territory}/data.csv"
)

// StatisticsOf is the page of a data set.
func StatisticsOf(lang, dataset string) string { return In(lang, Fill(StatisticsDataset, dataset)) }

// Series is the page of the numbers of a territory in a data set.
func Series(lang, dataset, territory string) string {
	return In(lang, Fill(Fill(StatisticsSeries, dataset), territory))
}

// SeriesOn is the page of a series at a date.
func SeriesOn(lang, dataset, territory, date string) string {
	return WithQuery(Series(lang, dataset, territory), url.Values{"datum": {date}}.Encode())
}
