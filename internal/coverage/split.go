package coverage

import "math/bits"

// portion is n·part/whole, rounded half away from zero, exactly. Part lies
// between 0 and whole; what lies beyond is cut to that.
func portion(n, part, whole int64) int64 {
	part = min(max(part, 0), whole)
	if n < 0 {
		return -portion(-n, part, whole)
	}
	hi, lo := bits.Mul64(uint64(n), uint64(part))
	lo, carry := bits.Add64(lo, uint64(whole)/2, 0)
	q, _ := bits.Div64(hi+carry, lo, uint64(whole))
	return int64(q)
}

// part is n·weight/total rounded towards zero, exactly, for 0 ≤ weight ≤ total.
// The quick way is right as long as the product fits, which it does for any
// money that was ever granted.
func part(n, weight, total int64) int64 {
	if weight == total {
		return n
	}
	const small = 1 << 40 // 11 thousand million crowns
	if n < small && n > -small && weight < 1<<22 {
		return n * weight / total
	}
	if n < 0 {
		return -part(-n, weight, total)
	}
	hi, lo := bits.Mul64(uint64(n), uint64(weight))
	q, _ := bits.Div64(hi, lo, uint64(total))
	return int64(q)
}

// split divides n by weights into to, which has their length. The parts sum to n;
// what rounding leaves goes to the first (acceptance example 7).
func split(to []int64, n int64, weights []int64) {
	if len(weights) == 1 {
		to[0] = n
		return
	}
	var total int64
	for _, w := range weights {
		total += w
	}
	left := n
	for i, w := range weights {
		to[i] = part(n, w, total)
		left -= to[i]
	}
	to[0] += left
}
