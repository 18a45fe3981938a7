package route

import "strconv"

// Patterns of regional reports (regionální zprávy).
const (
	RegionalReports       = "/zpravy"
	RegionalReportNew     = "/zpravy/nova"
	RegionalReport        = "/zpravy/{id}"
	RegionalReportEdit    = "/zpravy/{id}/upravit"
	RegionalReportPublish = "/zpravy/{id}/vydat"
	RegionalReportEdition = "/zpravy/{id}/{vydani}"
	RegionalReportFile    = "/zpravy/{id}/{vydani}/{soubor}"
	RegionalReportDraft   = "/zpravy/{id}/nahled/{soubor}"
	RegionalReportHistory = "/zpravy/{id}/historie"
	RegionalReportCompare = "/zpravy/{id}/porovnani"
)

// ReportHistories are the addresses of what was of reports.
func ReportHistories() History {
	return History{RegionalReport, RegionalReportHistory, RegionalReportCompare}
}

// ReportDraft is the address of what would be published now, as a file: "navrh.pdf".
func ReportDraft(lang, id, file string) string {
	return In(lang, Fill(Fill(RegionalReportDraft, id), file))
}

// ReportOf is the address of a report.
func ReportOf(lang, id string) string { return In(lang, Fill(RegionalReport, id)) }

// ReportEditing is the address of the form of a report.
func ReportEditing(lang, id string) string { return In(lang, Fill(RegionalReportEdit, id)) }

// ReportPublishing is where a report is published.
func ReportPublishing(lang, id string) string { return In(lang, Fill(RegionalReportPublish, id)) }

// EditionOf is the lasting address of an edition of a report.
func EditionOf(lang, id string, number int) string {
	return In(lang, Fill(Fill(RegionalReportEdition, id), strconv.Itoa(number)))
}

// EditionFile is the address of an edition as a file: "zprava.pdf".
func EditionFile(lang, id string, number int, file string) string {
	return In(lang, Fill(Fill(Fill(RegionalReportFile, id), strconv.Itoa(number)), file))
}
