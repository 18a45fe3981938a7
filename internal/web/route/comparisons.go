package route

import "net/url"

// Patterns of what is made of evaluations: comparisons, history, reports.
const (
	EvaluationsCompare   = "/hodnoceni/porovnani"
	EvaluationPeers      = "/hodnoceni/{id}/mezi-ostatnimi"
	EvaluationReport     = "/hodnoceni/{id}/zprava"
	EvaluationReportPDF  = "/hodnoceni/{id}/zprava.pdf"
	EvaluationReportDOCX = "/hodnoceni/{id}/zprava.docx"
	ProjectEvaluations   = "/projekty/{id}/hodnoceni"

	EvaluationsChart        = "/graf/hodnoceni/porovnani/{file}"
	EvaluationPeersChart    = "/graf/hodnoceni/{id}/mezi-ostatnimi/{file}"
	ProjectEvaluationsChart = "/graf/projekty/{id}/hodnoceni/{file}"
)

// ParamRubric is the version of a rubric in an address: "R-00001". ParamMode stands
// beside it.
const ParamRubric = "metodika"

// EvaluationComparison is the comparison of published evaluations by one version of
// a rubric in one mode.
func EvaluationComparison(lang, rubric, mode string) string {
	return WithQuery(In(lang, EvaluationsCompare), ComparisonQuery(rubric, mode).Encode())
}

// ComparisonQuery are the parameters that say what is compared.
func ComparisonQuery(rubric, mode string) url.Values {
	return url.Values{ParamRubric: {rubric}, ParamMode: {mode}}
}

// PeersOf is where an evaluation stands among others like it.
func PeersOf(lang, id string) string { return In(lang, Fill(EvaluationPeers, id)) }

// EvaluationReportOf is the report of an evaluation as a page.
func EvaluationReportOf(lang, id string) string { return In(lang, Fill(EvaluationReport, id)) }

// EvaluationReportFiles are the addresses of the report as PDF and DOCX.
func EvaluationReportFiles(lang, id string) (pdf, docx string) {
	return In(lang, Fill(EvaluationReportPDF, id)), In(lang, Fill(EvaluationReportDOCX, id))
}

// EvaluationsOfProject is the history of evaluations of a project.
func EvaluationsOfProject(lang, id string) string { return In(lang, Fill(ProjectEvaluations, id)) }
