package atlas

import (
	"fmt"
	"slices"
)

// Statuses of a replication that the steps of its checklist say (CL-33-PREN).
const (
	TransferAcquainted = "SEZNAM"
	TransferJustified  = "VYHODN"
	TransferResourced  = "ZDROJE"
	TransferPlanned    = "PLAN"
	TransferPartnered  = "PARTNERI"
)

// statusOfStep is the status of a replication of which a step was the last done.
var statusOfStep = map[StepCode]string{
	StepAcquaint: TransferAcquainted, StepJustify: TransferJustified, StepResources: TransferResourced,
	StepPlan: TransferPlanned, StepPartners: TransferPartnered,
}

// LaterTransferStatuses are those that no step of the checklist says: that it runs,
// and how it ended.
func LaterTransferStatuses() []string {
	return []string{TransferRunning, TransferDone, TransferAdapted, TransferAbandoned}
}

// Step finds the answer to a step; the zero answer where none was given.
func (r *Replication) Step(code StepCode) TransferStep {
	for _, s := range r.Steps {
		if s.Code == code {
			return s
		}
	}
	return TransferStep{Code: code}
}

// Answer finds what the follower says of a prerequisite.
func (r *Replication) Answer(code string) (PrerequisiteAnswer, bool) {
	i := slices.IndexFunc(r.Answers, func(a PrerequisiteAnswer) bool { return a.Code == code })
	if i < 0 {
		return PrerequisiteAnswer{}, false
	}
	return r.Answers[i], true
}

// Advance moves the status with the steps of the checklist: to that of the farthest
// step done, or back to the interest where none is. That the practice runs and how
// it ended stays, as no step says it; so does a status that nobody knows while nothing
// is known of the steps either.
func (r *Replication) Advance() {
	if slices.Contains(LaterTransferStatuses(), r.Status) || r.Status == "" && len(r.Steps) == 0 {
		return
	}
	r.Status = TransferInterest
	for _, code := range StepCodes() {
		if r.Step(code).Done.Known() {
			r.Status = statusOfStep[code]
		}
	}
}

// Town says whether it is known whose town follows.
func (r *Replication) Town() bool { return r.Territory != "" || r.PlaceText != "" }

// Problems checks a replication by the rules of 6.12. What it names is checked by
// the operation that saves it. year is the current year.
func (r *Replication) Problems(ls *Lists, stage Stage, year int) []Problem {
	var ps problems
	ps.require(r.Practice != "", "practice")
	ps.code(ls, ListTransferKind, r.Kind, "kind")
	ps.code(ls, ListTransferStatus, r.Status, "status")
	ps.code(ls, ListCountry, r.Country, "country")
	ps.date(r.From, year, "from")
	ps.date(r.Until, year+10, "until")
	if r.From.Known() && r.Until.Known() && r.Until.Last().Compare(r.From.First()) < 0 {
		ps.add("until", "problem.date_order", "from", r.From.String(), "to", r.Until.String())
	}
	r.checkSteps(&ps, year)
	r.checkEnd(&ps, stage)
	for i, a := range r.Answers {
		ps.impersonal(fmt.Sprintf("answers.%d", i), a.Source)
	}
	ps.sources(ls, r.Sources, year)
	if stage >= StageListed {
		ps.require(r.Town(), "territory")
		ps.require(r.Kind != "", "kind")
		ps.require(r.Kind != TransferPart || len(r.Segments) > 0, "segments")
	}
	return ps
}

func (r *Replication) checkSteps(ps *problems, year int) {
	seen := map[StepCode]bool{}
	for i, s := range r.Steps {
		field := fmt.Sprintf("steps.%d", i)
		if !slices.Contains(StepCodes(), s.Code) || seen[s.Code] {
			ps.add(field, "problem.code", "code", string(s.Code))
		}
		seen[s.Code] = true
		ps.date(s.Done, year, field+".done")
		ps.impersonal(field+".answer", s.Answer)
	}
}

// checkEnd asks for what a way through the steps ended by: why it was given up, what
// came of it, what was changed.
func (r *Replication) checkEnd(ps *problems, stage Stage) {
	if r.Abandoned() && r.Because == "" {
		ps.add("because", "problem.because")
	}
	if stage >= StageListed {
		ps.require(r.Status != TransferDone && r.Status != TransferAdapted || r.Result != "", "result")
		ps.require(r.Status != TransferAdapted || r.Adapted != "", "adapted")
	}
	for field, text := range map[string]string{"adapted": r.Adapted, "result": r.Result, "because": r.Because} {
		ps.impersonal(field, text)
	}
}

// impersonal refuses data of a person in a text that everybody reads.
func (ps *problems) impersonal(field, text string) {
	if found := personal.FindString(text); found != "" {
		ps.add(field, "problem.personal", "value", found)
	}
}
