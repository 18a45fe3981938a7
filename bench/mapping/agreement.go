package main

import (
	"fmt"
	"math"
)

// comparison is what the answers of a second reader say.
type comparison struct {
	readers figures // the gold table, as if the second reader were right
	kappa   agreement
	ours    figures // the proposals, as if the second reader were right
	agreed  figures // the proposals, on columns of which both readers say the same
}

// compare compares columns that the second reader answered.
func compare(all []reading) comparison {
	return comparison{
		readers: tallies(all, func(r reading) tally { return compared(r.gold, r.second) }),
		kappa:   agreementOf(all),
		ours:    tallies(all, func(r reading) tally { return compared(r.ours, r.second) }),
		agreed: tallies(all, func(r reading) tally {
			if r.gold != r.second {
				return tally{}
			}
			return compared(r.ours, r.gold)
		}),
	}
}

// compared counts one column: "" is no target, which is right where there is
// none.
func compared(have, want string) tally {
	switch {
	case have == want:
		return tally{right: 1}
	case have == "":
		return tally{unsure: 1}
	}
	return tally{wrong: 1}
}

// tallies counts columns by file, without files of which none is counted.
func tallies(all []reading, count func(reading) tally) (out figures) {
	for _, file := range filesOf(all) {
		var t tally
		for _, r := range file {
			t = sum([]tally{t, count(r)})
		}
		if t.all() > 0 {
			out = append(out, t)
		}
	}
	return out
}

// filesOf are the columns by file, in their order.
func filesOf(all []reading) (out [][]reading) {
	at := map[string]int{}
	for _, r := range all {
		i, ok := at[r.at.file]
		if !ok {
			i = len(out)
			at[r.at.file] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], r)
	}
	return out
}

// agreement is Cohen's kappa of the two readers: 1 when they agree in all
// columns, 0 when no more than two who say each target as often but at random.
// It is NaN when there is no telling, and so is the interval, by drawing whole
// files.
type agreement struct{ kappa, low, high float64 }

func (a agreement) String() string {
	switch {
	case math.IsNaN(a.kappa):
		return "cannot be told"
	case math.IsNaN(a.low):
		return fmt.Sprintf("%5.2f", a.kappa)
	}
	return fmt.Sprintf("%5.2f    %5.2f–%5.2f", a.kappa, a.low, a.high)
}

func agreementOf(all []reading) agreement {
	a := agreement{kappa(all), math.NaN(), math.NaN()}
	byFile := filesOf(all)
	if len(byFile) < fewFiles || math.IsNaN(a.kappa) {
		return a
	}
	a.low, a.high = byDrawing(len(byFile), func(drawn []int) float64 {
		var sample []reading
		for _, i := range drawn {
			sample = append(sample, byFile[i]...)
		}
		if k := kappa(sample); !math.IsNaN(k) {
			return k
		}
		return 1 // both say one and the same of all
	})
	return a
}

// kappa is the agreement of the readers beyond chance; NaN when there are no
// columns or both readers say one and the same target of all.
func kappa(all []reading) float64 {
	same, n := 0.0, float64(len(all))
	gold, second := map[string]float64{}, map[string]float64{}
	for _, r := range all {
		if r.gold == r.second {
			same++
		}
		gold[r.gold]++
		second[r.second]++
	}
	chance := 0.0
	for target, times := range gold {
		chance += times * second[target]
	}
	if n == 0 || chance == n*n {
		return math.NaN()
	}
	return (same/n - chance/(n*n)) / (1 - chance/(n*n))
}
