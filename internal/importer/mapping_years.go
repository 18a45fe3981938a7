package importer

import "slices"

// bareDates gives the columns that say of themselves only that they are a date
// or a year, whatever else unknown is in their headers.
func bareDates(guesses []guess) (out []int) {
	for i, g := range guesses {
		only := g.says["date"] || g.says["year"]
		for concept := range g.says {
			only = only && (concept == "date" || concept == "year" || concept == plain)
		}
		if only {
			out = append(out, i)
		}
	}
	return out
}

// yearOfAllocation takes the only bare year or date of a list that tells what was
// allocated and what was paid in the end, and no date of approval, for that of
// the allocation: it is a list that regulation 1828/2006, article 7, asked for,
// and its pattern has that year beside the sums.
func yearOfAllocation(guesses []guess) {
	bare := bareDates(guesses)
	if len(bare) != 1 || !guesses[bare[0]].can(TargetStart) || !allocatedAndPaid(guesses) {
		return
	}
	for i, g := range guesses {
		if i != bare[0] && (g.can(TargetApproved) || g.can(TargetStart)) {
			return
		}
	}
	g := guesses[bare[0]]
	start := g.scores[TargetStart]
	g.scores[TargetApproved] = candidate{target: TargetApproved, score: start.score, style: start.style,
		reason: because(ReasonContext, "words", start.words())}
	delete(g.scores, TargetStart)
}

// allocatedAndPaid says whether the sums allocated and those paid are columns of
// their own.
func allocatedAndPaid(guesses []guess) bool {
	paid, allocated := false, false
	for _, g := range guesses {
		paid = paid || g.says["paid"] && g.can(TargetTotal)
		allocated = allocated || !g.says["paid"] && (g.says["committed"] || g.says["public"]) && (g.can(TargetEligible) || g.can(TargetGrant))
	}
	return paid && allocated
}

// firstAndLast takes two columns that are no more than a year or a date, of which
// the first is never after the second, for the start and the end, where nothing else is.
func firstAndLast(t *Table, guesses []guess) {
	bare := bareDates(guesses)
	if len(bare) != 2 || guesses[bare[0]].strange || guesses[bare[1]].strange || !follow(t, bare[0], bare[1]) {
		return
	}
	for i, g := range guesses {
		if !slices.Contains(bare, i) && (g.can(TargetStart) || g.can(TargetEnd)) {
			return
		}
	}
	for k, target := range []Target{TargetStart, TargetEnd} {
		g := guesses[bare[k]]
		words := g.scores[TargetStart].words()
		delete(g.scores, TargetStart)
		g.scores[target] = candidate{target: target, score: sureByOrder, reason: because(ReasonContext, "words", words)}
	}
}

// sureByOrder is how sure the order of dates makes a start and an end.
const sureByOrder = 0.6

// follow says whether dates of one column are not after those of another in the
// same row, and before them in some.
func follow(t *Table, first, last int) bool {
	rows := t.Sample()
	step := (len(rows) + sampled - 1) / sampled
	both, before := 0, 0
	for i := 0; i < len(rows); i += step {
		cells := rows[i].Cells
		if max(first, last) >= len(cells) {
			continue
		}
		from, ok := ReadDateAs(clean(cells[first]), "")
		to, also := ReadDateAs(clean(cells[last]), "")
		if !ok || !also {
			continue
		}
		if to.Last().Compare(from.First()) < 0 {
			return false
		}
		both++
		if from.Last().Compare(to.First()) < 0 {
			before++
		}
	}
	return both >= 3 && before > 0
}

// words are the words of the header that a candidate stands on.
func (c candidate) words() string {
	words, _ := c.reason.Args["words"].(string)
	return words
}
