package atlas

// Call (dotační výzva, 6.16) as far as projects name it: who gives, in which
// programme, how much, until when.
type Call struct {
	ID string // "V-00001"
	Meta

	Title               string
	Number              string
	Year                int    // 0 = not known
	Funder              string // Vyhlašovatel, Actor.ID
	Programme           string // CL-07
	Theme               string
	Description         string
	Areas               []string // CL-01
	Applicants          []string // CL-24
	Announced, OpenFrom Date
	// Deadline is the last day; DeadlineTime "23:59" in Europe/Prague.
	Deadline             Date
	DeadlineTime         string
	Continuous           bool // průběžný příjem
	CostFrom, CostTo     Date
	Allocation, Min, Max Amount // CZK
	SupportPct, OwnShare Percent
	URL                  string
	Checked              Date // Ověřeno u zdroje dne
	Sources              []Source
	Verbatim             []Verbatim
}
