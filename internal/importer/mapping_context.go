package importer

import "slices"

// inContext changes what columns can be by what the other columns are.
func inContext(guesses []guess) {
	lastPaymentEnds(guesses)
	totalIsEligible(guesses)
	yearIsOfTheGrant(guesses)
}

// lastPaymentEnds takes the last payment for the end of the project in a list
// that has no other end.
func lastPaymentEnds(guesses []guess) {
	if slices.ContainsFunc(guesses, func(g guess) bool { return g.can(TargetEnd) && !g.can(TargetLastPaid) }) {
		return
	}
	for _, g := range guesses {
		if g.can(TargetLastPaid) && g.can(TargetEnd) {
			g.become(TargetEnd, g.scores[TargetEnd])
			delete(g.scores, TargetLastPaid)
		}
	}
}

// totalIsEligible takes a total, of which the header does not say what it is the
// total of, for that of eligible expenditure in a list which has a category of
// intervention and tells nothing else of money: it is a list that regulation
// 1303/2013, annex XII, prescribes, and no other total is in it.
func totalIsEligible(guesses []guess) {
	prescribed := false
	for _, g := range guesses {
		if g.says["eligible"] || g.can(TargetEUAmount) || g.can(TargetEUGranted) || g.can(TargetStateAmount) || g.can(TargetOtherAmount) {
			return
		}
		prescribed = prescribed || g.says["intervention"] && (g.can(TargetPriority) || g.can(TargetPriorityNumber))
	}
	for _, g := range guesses {
		if prescribed && g.says["total"] && !g.says["cost"] && g.can(TargetTotal) {
			g.become(TargetEligible, g.scores[TargetTotal])
			delete(g.scores, TargetTotal)
		}
	}
}

// yearIsOfTheGrant takes the only date of a list, of which the header does not
// say what it is the date of, for that of the grant where the list tells what was
// granted and what was paid in the end, as regulation 1828/2006 prescribes.
func yearIsOfTheGrant(guesses []guess) {
	granted, paid := false, false
	var dates []guess
	for _, g := range guesses {
		granted = granted || g.says["committed"] && g.can(TargetEligible)
		paid = paid || g.says["paid"] && g.can(TargetTotal)
		if g.can(TargetStart) || g.can(TargetEnd) || g.can(TargetApproved) {
			dates = append(dates, g)
		}
	}
	if granted && paid && len(dates) == 1 && dates[0].scores[TargetStart].score < nearlySure && dates[0].can(TargetStart) {
		dates[0].become(TargetApproved, dates[0].scores[TargetStart])
		delete(dates[0].scores, TargetStart)
	}
}

// nearlySure is what a header reaches that says more than that it is a date.
const nearlySure = 0.8

// can says whether a target is sure enough for the column.
func (g guess) can(t Target) bool { return g.scores[t].score >= Sure }

// become gives the column a target as sure as another one was.
func (g guess) become(t Target, as candidate) {
	g.scores[t] = candidate{t, as.score, because(ReasonContext, "words", as.reason.Args["words"])}
}
