package atlas

import (
	"slices"
	"time"
)

// EvaluationState (stav hodnocení, 6.13) is how far an evaluation is.
type EvaluationState string

const (
	EvaluationOpen      EvaluationState = "koncept"    // evaluators are writing
	EvaluationSubmitted EvaluationState = "odevzdano"  // all have submitted and agree
	EvaluationDisputed  EvaluationState = "k_dohode"   // they differ by 8.2.5
	EvaluationApproved  EvaluationState = "schvaleno"  // a methodologist approved it
	EvaluationPublished EvaluationState = "zverejneno" // anybody may read it
	EvaluationCancelled EvaluationState = "zruseno"    // it was given up, with a reason
)

// EvaluationStates are all states in the order of their life.
func EvaluationStates() []EvaluationState {
	return []EvaluationState{EvaluationOpen, EvaluationSubmitted, EvaluationDisputed, EvaluationApproved, EvaluationPublished, EvaluationCancelled}
}

// Evaluation (hodnocení projektu, 6.13, 8.2) is the judgement of one project in one
// mode by one version of a rubric: who is to judge it, what they found together, who
// approved it. What each of them wrote is their Sheet.
type Evaluation struct {
	ID   string // "E-00001"
	Meta        // published only in EvaluationPublished

	Project string
	Mode    Mode
	Rubric  string // code of the version
	Round   string // code of the round it belongs to; "" = by itself
	State   EvaluationState
	Due     Date // when sheets are to be submitted; the end of that day in Prague

	Assignments []Assignment
	Statement   string       // joint statement on what evaluators differ in
	Settlements []Settlement // per criterion, where it needed words of its own
	Reply       string       // of the implementer, published beside the result
	RepliedBy   string       // account
	Result      Result       // frozen when it was approved
	ApprovedBy  string       // account
	Approved    Date         // day in Prague
	Cancelled   string       // why it was given up
}

// Settlement (dohoda) is what evaluators say together on a criterion.
type Settlement struct{ Criterion, Text string }

// AssignmentState is how far one evaluator is.
type AssignmentState string

const (
	AssignmentAsked     AssignmentState = "asked"     // has to declare first
	AssignmentWriting   AssignmentState = "writing"   // declared no conflict of interest
	AssignmentSubmitted AssignmentState = "submitted" // the sheet is closed
	AssignmentConflict  AssignmentState = "conflict"  // declared one; has no access any more
	AssignmentRemoved   AssignmentState = "removed"   // taken out by a methodologist
)

// Assignment (přidělení) is an evaluator of an evaluation.
type Assignment struct {
	Account  string
	State    AssignmentState
	Third    bool // called in to settle a dispute (8.2.5)
	Asked    time.Time
	Declared time.Time // when they said whether they have a conflict of interest
	Done     time.Time // when they submitted or left
	Reason   string    // of a conflict or a removal
	Reminded time.Time // when the last reminder was sent
}

// Active says whether the evaluator is still to judge, or has.
func (a Assignment) Active() bool {
	return a.State != AssignmentConflict && a.State != AssignmentRemoved
}

// Result (výsledek, 8.2.4–8.2.7) is what a panel found. Numbers are frozen with the
// approval and are never computed anew by another version.
type Result struct {
	Known        bool
	Total        int // tenths of a point of a hundred
	Completeness int // tenths of a percent
	Band         string
	Excluded     bool // a gate was answered with yes
	Insufficient bool // completeness under the floor: shown in grey, out of rankings
	Preliminary  bool // fewer evaluators than the rubric asks: never public
	Candidate    bool // good-practice candidate (8.2.7)
	Upscaling    bool
	Evaluators   int
	Criteria     []CriterionResult
}

// CriterionResult is what a panel gave for one criterion.
type CriterionResult struct {
	Code     string
	Scored   bool // false: not applicable or without data for everybody
	Missing  bool // without data for everybody who held it applicable
	Points   int  // hundredths of a point: the median
	Low, Top int  // the least and the most points given
	Disputed bool // they differ by the gap of 8.2.5 or more
}

// Assigned finds the assignment of an account.
func (e *Evaluation) Assigned(account string) (*Assignment, bool) {
	i := slices.IndexFunc(e.Assignments, func(a Assignment) bool { return a.Account == account })
	if i < 0 || account == "" {
		return nil, false
	}
	return &e.Assignments[i], true
}

// Blind says whether somebody who is to judge has not submitted yet.
func (e *Evaluation) Blind() bool {
	active := 0
	for _, a := range e.Assignments {
		if a.Active() {
			active++
			if a.State != AssignmentSubmitted {
				return true
			}
		}
	}
	return active == 0
}

// Subject is the evaluation for permissions. Whose project it is the operation adds
// where it matters.
func (e *Evaluation) Subject() Subject {
	s := e.Meta.Subject()
	s.ID = e.ID
	for _, a := range e.Assignments {
		s.Judges = append(s.Judges, a.Account)
		if a.Active() {
			s.Evaluators = append(s.Evaluators, a.Account)
		}
	}
	return s
}

// Round (kolo hodnocení) puts evaluations of one mode and rubric together, so that
// the agreement of evaluators can be told. In a calibration round all of them judge
// the same reference projects and nothing of it is published.
type Round struct {
	ID string // "G-00001"
	Meta

	Title       string
	Mode        Mode
	Rubric      string
	Due         Date
	Calibration bool
	Note        string
}

// Subject is the round for permissions.
func (r *Round) Subject() Subject {
	s := r.Meta.Subject()
	s.ID = r.ID
	return s
}
