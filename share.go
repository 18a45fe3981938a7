package atlas

import "math/big"

// Split divides an amount of minor units by weights into parts that sum to it
// exactly; each part is rounded towards zero and what is left goes to the part
// at index rest. Acceptance example 7: 1 000 000 Kč over three equal areas is
// 333 333.33, 333 333.33 and, for the primary one, 333 333.34.
func Split(minor int64, weights []int64, rest int) []int64 {
	total := new(big.Int)
	for _, w := range weights {
		total.Add(total, big.NewInt(w))
	}
	parts := make([]int64, len(weights))
	if total.Sign() == 0 || rest < 0 || rest >= len(weights) {
		return parts
	}
	left := minor
	for i, w := range weights {
		n := new(big.Int).Mul(big.NewInt(minor), big.NewInt(w))
		parts[i] = n.Quo(n, total).Int64()
		left -= parts[i]
	}
	parts[rest] += left
	return parts
}

// MonthsByYear counts the active months in each year of a span, both ends
// included: 09/2017–12/2020 is 4, 12, 12 and 12 (acceptance example 6).
func MonthsByYear(from, to Date) map[int]int64 {
	if MonthsBetween(from, to) == 0 {
		return nil
	}
	a, b := from.First(), to.Last()
	months := map[int]int64{}
	for y := a.Year; y <= b.Year; y++ {
		first, last := 1, 12
		if y == a.Year {
			first = a.Month
		}
		if y == b.Year {
			last = b.Month
		}
		months[y] = int64(last - first + 1)
	}
	return months
}
