package importer

import "math"

// assign gives each column its target, "" for none, so that the sum of the
// scores above the threshold is the largest. A target that does not repeat goes
// to one column; one that does goes to every column that it fits.
//
// This is the assignment problem; the targets are rows of the matrix and the
// columns of the table its columns. What a column would get without a target of
// its own is taken off first, so that only what is gained by it counts.
func assign(guesses []guess) []Target {
	out := make([]Target, len(guesses))
	base := make([]float64, len(guesses))
	for i, g := range guesses {
		for _, c := range g.scores {
			if gain := c.score - Sure; c.target.Repeats() && gain >= 0 && (gain > base[i] || out[i] == "") {
				out[i], base[i] = c.target, gain
			}
		}
	}
	var single []Target
	for _, t := range Targets() {
		if !t.Repeats() {
			single = append(single, t)
		}
	}
	gain := make([][]float64, len(single))
	for k, t := range single {
		gain[k] = make([]float64, len(guesses)+len(single)) // the last ones are "no column"
		for i, g := range guesses {
			if c, ok := g.scores[t]; ok && c.score >= Sure {
				gain[k][i] = math.Max(c.score-Sure-base[i]+firstCounts*float64(len(guesses)-i), 0)
			}
		}
	}
	for k, i := range bestMatching(gain) {
		if i < len(guesses) && gain[k][i] > 0 {
			out[i] = single[k]
		}
	}
	return out
}

// firstCounts is what a column gains by each that stands after it: less than any
// difference in what they say.
const firstCounts = 1e-9

// bestMatching gives each row its own column so that the sum of gains is the
// largest (Hungarian method, by shortest augmenting paths). There are at least
// as many columns as rows.
func bestMatching(gain [][]float64) []int {
	if len(gain) == 0 {
		return nil
	}
	rows, cols := len(gain), len(gain[0])
	u, v := make([]float64, rows+1), make([]float64, cols+1)
	rowOf := make([]int, cols+1) // 0 is free; rows and columns count from 1
	for r := 1; r <= rows; r++ {
		rowOf[0] = r
		way, least, used := make([]int, cols+1), make([]float64, cols+1), make([]bool, cols+1)
		for j := range least {
			least[j] = math.Inf(1)
		}
		at := 0
		for rowOf[at] != 0 {
			used[at] = true
			row, next, delta := rowOf[at], 0, math.Inf(1)
			for j := 1; j <= cols; j++ {
				if used[j] {
					continue
				}
				if cost := -gain[row-1][j-1] - u[row] - v[j]; cost < least[j] {
					least[j], way[j] = cost, at
				}
				if least[j] < delta {
					next, delta = j, least[j]
				}
			}
			for j := 0; j <= cols; j++ {
				if used[j] {
					u[rowOf[j]] += delta
					v[j] -= delta
				} else {
					least[j] -= delta
				}
			}
			at = next
		}
		for ; at != 0; at = way[at] {
			rowOf[at] = rowOf[way[at]]
		}
	}
	out := make([]int, rows)
	for j := 1; j <= cols; j++ {
		if rowOf[j] != 0 {
			out[rowOf[j]-1] = j - 1
		}
	}
	return out
}
