package importer

import "atlas"

// Title is a title as duplicates are looked for by it (8.9): lower case, without
// diacritics and punctuation.
type Title struct {
	Key     string
	letters []rune
	counts  [32]int16 // of letters by their lowest bits
}

// NewTitle normalises a title.
func NewTitle(title string) Title {
	t := Title{Key: columnKey(title)}
	t.letters = []rune(t.Key)
	for _, r := range t.letters {
		t.counts[r%32]++
	}
	return t
}

// Len is how many letters the normalised title has.
func (t *Title) Len() int { return len(t.letters) }

// MayBeLike says whether a title of so many letters, not fewer than this one
// has, can be similar to it.
func (t *Title) MayBeLike(longer int) bool { return longer-len(t.letters) <= longer*15/100 }

// Similar says whether two titles are at least 85 % alike (8.9): one minus the
// number of letters to change over the length of the longer.
func (t *Title) Similar(u *Title) bool {
	if t.Key == u.Key {
		return t.Key != ""
	}
	x, y := t.letters, u.letters
	if len(x) > len(y) {
		x, y = y, x
	}
	most := len(y) * 15 / 100
	return len(x) > 0 && len(y)-len(x) <= most && t.apart(u) <= most && within(x, y, most)
}

// apart is a number of changes that cannot be avoided, quick to count: letters
// that one title has more of than the other.
func (t *Title) apart(u *Title) int {
	more, less := 0, 0
	for i, n := range t.counts {
		if d := int(n - u.counts[i]); d > 0 {
			more += d
		} else {
			less -= d
		}
	}
	return max(more, less)
}

// within says whether at most so many letters must be changed, added or left
// out to make y of x. It looks only at the band of the table that matters.
func within(x, y []rune, most int) bool {
	const far = 1 << 30
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(x); i++ {
		low, high := max(1, i-most), min(len(y), i+most)
		diagonal, best := row[low-1], far
		if row[low-1] = far; low == 1 {
			row[0] = i
		}
		if high < len(y) {
			row[high+1] = far
		}
		for j := low; j <= high; j++ {
			cost := diagonal
			if x[i-1] != y[j-1] {
				cost = min(diagonal, row[j], row[j-1]) + 1
			}
			diagonal, row[j] = row[j], cost
			best = min(best, cost)
		}
		if best > most {
			return false
		}
	}
	return row[len(y)] <= most
}

// MayOverlap says whether the years of two projects can overlap (8.9). Where
// those of one are not known they can, unless two registration numbers tell the
// projects apart.
func MayOverlap(p, q *atlas.Project, now int) bool {
	from1, to1, ok1 := p.ActiveYears(now)
	from2, to2, ok2 := q.ActiveYears(now)
	if !ok1 || !ok2 {
		return p.RegNumber == "" || q.RegNumber == ""
	}
	return from1 <= to2 && from2 <= to1
}
