package importer

// Outline is of a title what fits into 18 bytes and tells of most other titles
// that they are not similar to it (8.9): how many letters it has and how often,
// up to 15 times, those of each of 32 kinds. Whoever compares many titles keeps
// outlines in memory and reads the titles of the few that may be alike.
type Outline struct {
	length uint16
	counts [16]uint8 // of two kinds in each
}

// longestOutline is the length that stands for itself and all above.
const longestOutline = 1<<16 - 1

// Outline gives that of a title.
func (t *Title) Outline() Outline {
	o := Outline{length: uint16(min(len(t.letters), longestOutline))}
	for i, n := range t.counts {
		o.counts[i/2] |= uint8(min(n, 15)) << (i % 2 * 4)
	}
	return o
}

// MayBeLike says whether the titles of two outlines can be similar.
func (o *Outline) MayBeLike(p *Outline) bool {
	short, long := int(min(o.length, p.length)), int(max(o.length, p.length))
	if long == longestOutline {
		return true
	}
	most := long * 15 / 100
	if short == 0 || long-short > most {
		return false
	}
	more, less := 0, 0
	for i, n := range o.counts {
		m := p.counts[i]
		if n == m {
			continue
		}
		for _, d := range [2]int{int(n&15) - int(m&15), int(n>>4) - int(m>>4)} {
			if d > 0 {
				more += d
			} else {
				less -= d
			}
		}
	}
	return max(more, less) <= most
}
