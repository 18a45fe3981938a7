package importer

import "slices"

// totalIsEligible takes a total, of which the header does not say what it is the
// total of, for that of eligible expenditure in a list which has a category of
// intervention and tells nothing else of money: it is a list that regulation
// 1303/2013, annex XII, prescribes, and no other total is in it.
func totalIsEligible(guesses []guess) {
	prescribed := false
	for _, g := range guesses {
		if g.says["eligible"] || g.says["committed"] && g.can(TargetEligible) || g.can(TargetEUAmount) || g.can(TargetEUGranted) || g.can(TargetStateAmount) || g.can(TargetOtherAmount) {
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

// paidIsNoTotal leaves the total to a column that says the costs of the project,
// where there is one: what was paid is the total only of a list that has none.
func paidIsNoTotal(guesses []guess) {
	if !slices.ContainsFunc(guesses, saysWholeCost) {
		return
	}
	for _, g := range guesses {
		if total := g.scores[TargetTotal]; g.says["paid"] && total.score > paidBesideTotal {
			total.score = paidBesideTotal
			g.scores[TargetTotal] = total
		}
	}
}

// paidBesideTotal is how sure it is that what was paid is the total of a project
// of which the costs are known: less than enough.
const paidBesideTotal = 0.4

// saysWholeCost says whether a column is surely the costs of the whole project.
func saysWholeCost(g guess) bool {
	for _, c := range []string{"paid", "public", "eligible", "committed", "eu"} {
		if g.says[c] {
			return false
		}
	}
	whole := g.says["total"] && g.says["cost"] || g.says["project"] && (g.says["cost"] || g.says["amount"])
	return whole && g.can(TargetTotal)
}

// can says whether a target is sure enough for the column.
func (g guess) can(t Target) bool { return g.scores[t].score >= Sure }
