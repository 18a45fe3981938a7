package atlas

// Report (regionální zpráva, R3-02, R3-22) is a document about the integration of
// foreigners in a kraj or in the whole country: texts of editors between figures
// that are computed when it is published.
type Report struct {
	ID string // "H-00001"
	Meta

	Title     string
	Lang      string // in which it is written: "cs", "en"
	Territory string // code of a kraj, or "CZ"
	From, To  int    // first and last year it is about
	Texts     []ReportText
	Editions  []ReportEdition // what was published, the oldest first
}

// ReportText is what an editor wrote in one section.
type ReportText struct {
	Section string // one of ReportSections
	Text    string
}

// ReportEdition (vydání) is a published version of a report. Its content is frozen
// and kept beside the report; the digest in the record's history proves it.
type ReportEdition struct {
	Number int  // from 1
	AsOf   Date // the day whose data it shows, in Prague
	By     string
	Digest string // SHA-256 of its content
}

// Sections of a report in their order (R3-03 to R3-07).
const (
	ReportFramework  = "framework"  // European and Czech framework, legislation
	ReportFlows      = "flows"      // financial flows
	ReportActors     = "actors"     // actors and their capacity
	ReportGrants     = "grants"     // grant schemes
	ReportApproach   = "approach"   // present approach of the region and its municipalities
	ReportStatistics = "statistics" // statistical data on foreigners
	ReportCoverage   = "coverage"   // coverage, geographic and thematic
	ReportEvaluation = "evaluation" // whether, when and how evaluation took place
	ReportPractice   = "practice"   // good practice
	ReportTrends     = "trends"     // international development and trends
)

// ReportSections lists the sections in their order.
func ReportSections() []string {
	return []string{ReportFramework, ReportFlows, ReportActors, ReportGrants, ReportApproach, ReportStatistics, ReportCoverage, ReportEvaluation, ReportPractice, ReportTrends}
}

// Text is what an editor wrote in a section, "" = nothing.
func (r *Report) Text(section string) string {
	for _, t := range r.Texts {
		if t.Section == section {
			return t.Text
		}
	}
	return ""
}

// Latest is the number of the newest edition; 0 = never published.
func (r *Report) Latest() int { return len(r.Editions) }
