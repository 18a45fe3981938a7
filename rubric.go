package atlas

import "slices"

// Mode (režim hodnocení, 8.2.2) is when in the life of a project it is judged.
type Mode string

const (
	ModeExAnte  Mode = "ex-ante"
	ModeInterim Mode = "interim"
	ModeExPost  Mode = "ex-post"
)

// Modes are all modes in the order of time.
func Modes() []Mode { return []Mode{ModeExAnte, ModeInterim, ModeExPost} }

// Known says whether there is such a mode.
func (m Mode) Known() bool { return slices.Contains(Modes(), m) }

// Words (dvojjazyčný text) is a text in both languages of the pages.
type Words struct{ Cs, En string }

// In is the text in a language, the Czech one where there is no other.
func (w Words) In(lang string) string {
	if lang == "en" && w.En != "" || w.Cs == "" {
		return w.En
	}
	return w.Cs
}

// Rubric (metodika hodnocení, 8.2) is one version of a set of criteria by which
// projects are judged. A published version never changes: evaluations keep the one
// they were made by (8.2.8). RecordArchived is a version that was withdrawn, by
// which no evaluation begins any more.
type Rubric struct {
	ID string // "R-00001"
	Meta

	Family string // what it is a version of, the same for all its versions: "atlas"
	Number int    // of the version within its family, from 1; 0 = never published
	Title  Words
	Note   Words
	Owner  string // actor whose own it is; "" = for everybody

	Scale    []Step // from 0 up, without a gap
	Criteria []Criterion
	Gates    []Gate // horizontal gate (8.2.3)
	Bands    []Band // from the highest
	// Floor is under how many percent of weight with data the result is "nedostatek
	// podkladů" (8.2.4).
	Floor int
	// Evaluators is how many a panel has at least; CriterionGap and TotalGap are
	// from which difference in points of a criterion and of a hundred they have to
	// agree (8.2.5).
	Evaluators, CriterionGap, TotalGap int
	Mark                               MarkRule
}

// Step (stupeň škály) is what a number of points means.
type Step struct {
	Points int
	Words
}

// Criterion (kritérium) is what points are given for.
type Criterion struct {
	Code      string // "K1"
	Title     Words
	Questions []Words // guiding questions
	Anchors   []Step  // what some of the points mean here
	Weights   Weights
}

// Weights are those of a criterion in each mode; each mode adds up to 100 over a
// rubric. 0 = not asked in the mode.
type Weights struct{ ExAnte, Interim, ExPost int }

// In is the weight in a mode.
func (w Weights) In(m Mode) int {
	switch m {
	case ModeExAnte:
		return w.ExAnte
	case ModeInterim:
		return w.Interim
	case ModeExPost:
		return w.ExPost
	}
	return 0
}

// Gate (horizontální podmínka) is a question that shuts the project out when the
// answer is yes.
type Gate struct {
	Code string // "H1"
	Words
}

// Band (pásmo, 8.2.6) is what a total is called from a number of tenths of a point.
type Band struct {
	From int // tenths: 650 = 65.0
	Code string
	Words
}

// MarkRule (pravidlo dobré praxe, 8.2.7) is when a published evaluation makes a
// project a candidate of good practice. A rule without criteria proposes nothing.
type MarkRule struct {
	Total        int // tenths of a point at least
	All          []AtLeast
	OneOf        []AtLeast // at least one of them, where there are any
	Months       int       // how long the project has run at least
	Completeness int       // percent at least
	Upscaling    []AtLeast // what the upscaling mark wants besides
	Valid        int       // months after which the mark has to be confirmed
}

// AtLeast is so many points of a criterion at least.
type AtLeast struct {
	Criterion string
	Points    int
}

// Max is the most points of a criterion.
func (r *Rubric) Max() int {
	most := 0
	for _, l := range r.Scale {
		most = max(most, l.Points)
	}
	return most
}

// EvidenceFrom is from how many points on a score needs evidence: 3 of the scale from 0
// to 4 (8.2.8), three quarters of any other.
func (r *Rubric) EvidenceFrom() int { return (3*r.Max() + 3) / 4 }

// Criterion finds a criterion by its code.
func (r *Rubric) Criterion(code string) (*Criterion, bool) {
	i := slices.IndexFunc(r.Criteria, func(c Criterion) bool { return c.Code == code })
	if i < 0 {
		return nil, false
	}
	return &r.Criteria[i], true
}

// Asked are the criteria that have weight in a mode, in their order.
func (r *Rubric) Asked(m Mode) []Criterion {
	var out []Criterion
	for _, c := range r.Criteria {
		if c.Weights.In(m) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// Open says whether evaluations may begin by the version.
func (r *Rubric) Open() bool { return r.RecordStatus == RecordPublished }

// Withdrawn says whether the version was published and no evaluation begins by it
// any more.
func (r *Rubric) Withdrawn() bool { return r.RecordStatus == RecordArchived && r.Number > 0 }

// Subject is the rubric for permissions. A withdrawn version is read like a
// published one: evaluations made by it are still public.
func (r *Rubric) Subject() Subject {
	s := r.Meta.Subject()
	s.ID = r.ID
	if r.Withdrawn() {
		s.Status = RecordPublished
	}
	return s
}
