package importer

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
			total := g.scores[TargetTotal]
			g.scores[TargetEligible] = candidate{target: TargetEligible, score: total.score, reason: because(ReasonContext, "words", total.reason.Args["words"])}
			delete(g.scores, TargetTotal)
		}
	}
}

// can says whether a target is sure enough for the column.
func (g guess) can(t Target) bool { return g.scores[t].score >= Sure }
