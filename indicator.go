package atlas

// Indicator kinds (CL-16).
const (
	IndicatorOutput  = "VYSTUP"
	IndicatorOutcome = "VYSLED"
	IndicatorImpact  = "DOPAD"
)

// Indicator (indikátor, 6.3) is what a project measures, with its measurements.
// Numbers are decimal texts ("12.5"), exact; "" is not known.
type Indicator struct {
	Code           string
	Name           string
	Definition     string
	Kind           string // CL-16
	Unit           string
	Method         string // calculation method
	DataSource     string
	Administrator  string // správce měřítka
	Guarantor      string // garant
	Periodicity    string // CL-16-PER
	Direction      string // CL-16-SM
	Baseline       string
	BaselineDate   Date
	Target         string
	TargetDate     Date
	Disaggregation []string // "pohlavi", "vek", "obcanstvi", "pobyt"
	LinkedTo       string   // code of the area, goal or measure
	Measurements   []Measurement
}

// Measurement (měření) is one value of an indicator.
type Measurement struct {
	Period    string // "2019", "2019-06", "2019/1. pololetí"
	Value     string // decimal text; "" = not known
	CountKind string // CL-15
	Note      string
	Source    string
	EnteredBy string
}
