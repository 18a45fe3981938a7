package route

import "strings"

// Patterns of charts as files: under the address of the page the chart stands on,
// its name with .png or .csv, and the same question as the page has.
const (
	Charts         = "/graf"
	CoverageChart  = "/graf/pokryti/{file}"
	TerritoryChart = "/graf/uzemi/{code}/{file}"
	UnitCostsChart = "/graf/jednotkove-naklady/{file}"

	StatisticsChart       = "/graf/statistiky/{dataset}/{file}"
	StatisticsSeriesChart = "/graf/statistiky/{dataset}/{territory}/{file}"
)

// ChartFile is the address of a chart as a file; page is the address of its page
// without a language and a query.
func ChartFile(page, file string) string { return Charts + page + "/" + file }

// ChartPage is the address of the page that the file of a chart belongs to and
// the name of the file: "/graf/uzemi/CZ041/temata.png" is "/uzemi/CZ041" and
// "temata.png".
func ChartPage(address string) (page, file string) {
	i := strings.LastIndexByte(address, '/')
	if i < 0 || !strings.HasPrefix(address, Charts+"/") {
		return "", ""
	}
	return strings.TrimPrefix(address[:i], Charts), address[i+1:]
}
