package atlas

import (
	"strings"
	"time"
)

// SheetRole is in which part somebody judges.
type SheetRole string

const (
	SheetEvaluator SheetRole = "evaluator" // hodnotitel
	SheetSelf      SheetRole = "self"      // sebehodnocení realizátora beside an evaluation
	SheetCheck     SheetRole = "check"     // soukromá sebekontrola žadatele (8.2.9)
)

// Sheet (hodnoticí list, 6.13) is what one person wrote about one project by one
// version of a rubric. Until everybody has submitted it is sealed: only its author
// reads it.
type Sheet struct {
	ID string // "L-00001"
	Meta

	Evaluation string // "" of a private self-check
	Project    string // "" of a self-check of what is no record yet
	Title      string // what a self-check is of, in the words of its author
	Rubric     string
	Mode       Mode
	Account    string // whose it is
	Role       SheetRole

	NoConflict bool // declared; an evaluator's sheet does not exist without it (8.2.5)
	Declared   time.Time

	Scores     []Score
	Gates      []GateAnswer
	Strengths  string
	Weaknesses string
	Advice     string // recommendations
	Opinions   []Opinion

	Submitted time.Time // zero = being written
	Open      bool      // the blind phase is over: those who may read the evaluation may read it
}

// ScoreKind is what was said of a criterion.
type ScoreKind string

const (
	ScorePoints ScoreKind = "points"
	ScoreNA     ScoreKind = "na" // nerelevantní
	ScoreNoData ScoreKind = "bd" // bez dat
)

// Score is the judgement of one criterion. A criterion that is not in the list was
// not answered.
type Score struct {
	Criterion     string
	Kind          ScoreKind
	Points        int
	Justification string
	Evidence      []Evidence
	// Confidence is how sure the evaluator is: 1 (not much) to 3 (very), 0 = not
	// said. It is told and never changes a score.
	Confidence int
}

// EvidenceKind (druh důkazu, 8.2.8) is what a score rests on.
type EvidenceKind string

const (
	EvidenceDocument  EvidenceKind = "document"  // dokument
	EvidenceData      EvidenceKind = "data"      // data
	EvidenceSurvey    EvidenceKind = "survey"    // dotazník
	EvidenceStatement EvidenceKind = "statement" // vyjádření příjemců, donora, odborníka
	EvidenceVisit     EvidenceKind = "visit"     // návštěva na místě
)

// EvidenceKinds are all kinds in their order.
func EvidenceKinds() []EvidenceKind {
	return []EvidenceKind{EvidenceDocument, EvidenceData, EvidenceSurvey, EvidenceStatement, EvidenceVisit}
}

// Evidence (důkaz) is what a score rests on.
type Evidence struct {
	Kind EvidenceKind
	Text string
	URL  string
	// Withdrawn is why it does not hold, "" of what does. It was found after the
	// approval; the piece stays to be read and carries nothing any more.
	Withdrawn string `json:",omitempty"`
}

// Carries says whether something that is named rests there and still holds.
func (e Evidence) Carries() bool { return e.Withdrawn == "" && strings.TrimSpace(e.Text+e.URL) != "" }

// GateAnswer is the answer to a question of the horizontal gate.
type GateAnswer struct {
	Code string
	Yes  Tri
	Note string
}

// OpinionOf (6.13, R4-22) is whose opinion it is.
type OpinionOf string

const (
	OpinionLeadership OpinionOf = "leadership" // vedení
	OpinionPartners   OpinionOf = "partners"   // partneři
	OpinionForeigners OpinionOf = "foreigners" // cizinci
	OpinionExperts    OpinionOf = "experts"    // odborná veřejnost
)

// OpinionsOf are all groups in their order.
func OpinionsOf() []OpinionOf {
	return []OpinionOf{OpinionLeadership, OpinionPartners, OpinionForeigners, OpinionExperts}
}

// Opinion (názor zúčastněných) is what a group says of a project; kept apart by
// group.
type Opinion struct {
	Of     OpinionOf
	Text   string
	Source string // where it comes from: survey, letter, address
}

// Score finds what was said of a criterion.
func (s *Sheet) Score(criterion string) (*Score, bool) {
	for i := range s.Scores {
		if s.Scores[i].Criterion == criterion {
			return &s.Scores[i], true
		}
	}
	return nil, false
}

// Done says whether the sheet was submitted.
func (s *Sheet) Done() bool { return !s.Submitted.IsZero() }

// Subject is the sheet for permissions: sealed until the blind phase is over; that
// of a private self-check for ever.
func (s *Sheet) Subject() Subject {
	sub := s.Meta.Subject()
	sub.ID, sub.Author, sub.Sealed = s.ID, s.Account, !s.Open
	return sub
}
