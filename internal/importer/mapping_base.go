package importer

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// baseOfRate takes the only total of a list for that of eligible expenditure
// where the rate of the Union, times that total, is the sum of the Union row by
// row: by regulation 1303/2013, article 120, the rate is of what is eligible.
func baseOfRate(t *Table, guesses []guess) {
	rate, union, total := bestFor(guesses, TargetEUShare), bestFor(guesses, TargetEUAmount, TargetEUGranted), bestFor(guesses, TargetTotal)
	if rate < 0 || union < 0 || total < 0 || rate == union || union == total || !guesses[union].says["eu"] ||
		slices.ContainsFunc(guesses, func(g guess) bool { return g.says["eligible"] }) || !multiplies(t, guesses, rate, total, union) {
		return
	}
	g := guesses[total]
	whole := g.scores[TargetTotal]
	g.scores[TargetEligible] = candidate{target: TargetEligible, score: whole.score, style: whole.style, reason: because(ReasonContext, "words", whole.words())}
	delete(g.scores, TargetTotal)
}

// bestFor is the column that one of the targets fits most; -1 when none does.
func bestFor(guesses []guess, targets ...Target) int {
	best, score := -1, Sure
	for i, g := range guesses {
		for _, target := range targets {
			if c, ok := g.scores[target]; ok && c.score > score {
				best, score = i, c.score
			}
		}
	}
	return best
}

// How many rows must tell both sums and the rate, and in what part of them the
// product must be right: lists have corrections of their own.
const (
	rowsOfRate  = 5
	partOfRate  = 0.8
	nearlyARate = 0.011 // rates are told in whole per cent
)

// multiplies says whether a rate times a sum is another sum in most rows.
func multiplies(t *Table, guesses []guess, rate, whole, part int) bool {
	rows := t.Sample()
	step := (len(rows) + sampled - 1) / sampled
	all, right := 0, 0
	for i := 0; i < len(rows); i += step {
		cells := rows[i].Cells
		if max(rate, whole, part) >= len(cells) {
			continue
		}
		share, ok := readRate(cells[rate])
		of, known := ReadMoneyAs(clean(cells[whole]), guesses[whole].profile.style)
		is, also := ReadMoneyAs(clean(cells[part]), guesses[part].profile.style)
		if !ok || !known || !also || of.Amount.Minor <= 0 {
			continue
		}
		all++
		if math.Abs(float64(is.Amount.Minor)/float64(of.Amount.Minor)-share) < nearlyARate {
			right++
		}
	}
	return all >= rowsOfRate && float64(right) >= partOfRate*float64(all)
}

// readRate reads "60 %", "60,5" and "0.6" as a part of one.
func readRate(s string) (float64, bool) {
	s = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(clean(s)), "%"))
	rate, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", "."), 64)
	if err != nil || rate <= 0 || rate > 100 {
		return 0, false
	}
	if rate > 1 {
		rate /= 100
	}
	return rate, true
}
