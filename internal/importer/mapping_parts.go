package importer

import (
	"regexp"
	"strings"
)

var (
	headerRemark = regexp.MustCompile(`\([^()]*\)|\[[^\[\]]*\]`)
	headerParts  = regexp.MustCompile(`\s*[/|;]\s*|\s+[-–—]\s+`)
)

// costPart is what a target costs that only a part of the header says.
const costPart = 0.03

// otherReadings are headers that say less than a whole one of which nothing can
// be made: without what stands in brackets, and each of the parts of a header in
// two languages ("Land / country"). A word in a remark, or one that means
// something else in the other language, then forbids nothing.
func otherReadings(header string) [][]string {
	var out [][]string
	bare := strings.TrimSpace(headerRemark.ReplaceAllString(header, " "))
	if bare != "" && bare != header {
		out = append(out, []string{bare})
	}
	if parts := headerParts.Split(bare, -1); len(parts) > 1 {
		out = append(out, parts)
	}
	return out
}

// guessByParts scores the targets that other readings of a header say; of parts
// that say different ones, none. What sets a column apart does so in any part of
// its header.
func (lex *lexicon) guessByParts(header string, p profile, union bool) map[Target]candidate {
	for _, parts := range otherReadings(header) {
		var found candidate
		agreed := true
		for _, part := range parts {
			g := guess{profile: p, scores: map[Target]candidate{}}
			lex.score(&g, lex.read(part, 0), union)
			best := g.best()
			if best.score -= costPart; best.score < Sure {
				continue
			}
			agreed = agreed && (found.target == "" || found.target == best.target)
			if best.score > found.score {
				found = best
			}
		}
		if found.target != "" && agreed {
			return map[Target]candidate{found.target: found}
		}
	}
	return nil
}
