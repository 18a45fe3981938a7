package rubric

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"slices"

	"atlas"
)

// Peers (srovnatelná hodnocení) are published evaluations that may be compared:
// those by one version of a rubric in one mode and no others (8.2.8).
type Peers struct {
	Ranked       []*atlas.Evaluation // the highest total first, equal ones by their codes
	Insufficient []*atlas.Evaluation // too little data (8.2.4): shown apart, never ranked
	Excluded     []*atlas.Evaluation // shut out by a gate (8.2.3): told, never ranked
}

// PeersOf picks out of evaluations those that may be compared. What is not
// published is none of them.
func PeersOf(all []*atlas.Evaluation, version string, mode atlas.Mode) Peers {
	var p Peers
	for _, e := range all {
		if !e.Public() || e.Rubric != version || e.Mode != mode || e.Result.Preliminary {
			continue
		}
		switch {
		case e.Result.Excluded:
			p.Excluded = append(p.Excluded, e)
		case e.Result.Insufficient || !e.Result.Known:
			p.Insufficient = append(p.Insufficient, e)
		default:
			p.Ranked = append(p.Ranked, e)
		}
	}
	byCode := func(x, y *atlas.Evaluation) int { return cmp.Compare(x.ID, y.ID) }
	slices.SortFunc(p.Ranked, func(x, y *atlas.Evaluation) int {
		return cmp.Or(cmp.Compare(y.Result.Total, x.Result.Total), byCode(x, y))
	})
	slices.SortFunc(p.Insufficient, byCode)
	slices.SortFunc(p.Excluded, byCode)
	return p
}

// Len is how many evaluations there are, ranked or not.
func (p Peers) Len() int { return len(p.Ranked) + len(p.Insufficient) + len(p.Excluded) }

// Place (pořadí) is where an evaluation stands among those that are ranked; equal
// totals share their places: 7th to 8th of 23.
type Place struct{ From, To, Of int }

// Place finds an evaluation; false where it is not ranked.
func (p Peers) Place(id string) (Place, bool) {
	i := slices.IndexFunc(p.Ranked, func(e *atlas.Evaluation) bool { return e.ID == id })
	if i < 0 {
		return Place{}, false
	}
	out := Place{Of: len(p.Ranked)}
	for n, e := range p.Ranked {
		if e.Result.Total == p.Ranked[i].Result.Total {
			if out.From == 0 {
				out.From = n + 1
			}
			out.To = n + 1
		}
	}
	return out, true
}

// Totals are the totals of those that are ranked, in tenths, the least first.
func (p Peers) Totals() []int {
	out := make([]int, 0, len(p.Ranked))
	for _, e := range slices.Backward(p.Ranked) {
		out = append(out, e.Result.Total)
	}
	return out
}

// Points are what those that are ranked got for a criterion, in hundredths, the
// least first; without points one is not there.
func (p Peers) Points(criterion string) []int {
	var out []int
	for _, e := range p.Ranked {
		if n, ok := pointsIn(e.Result, criterion); ok {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

// FewestCompared is how many values there have to be before quartiles say anything.
const FewestCompared = 5

// Middle (střed a rozpětí) is what is told of many values: in their unit, rounded
// half up. Quartiles are those of type 7 of Hyndman and Fan (1996), as spreadsheets
// compute them.
type Middle struct {
	Count               int
	Least, Median, Most int
	Enough              bool // for quartiles
	Lower, Upper        int
}

// MiddleOf computes it of sorted values, none of them negative.
func MiddleOf(sorted []int) Middle {
	n := len(sorted)
	if n == 0 {
		return Middle{}
	}
	out := Middle{Count: n, Least: sorted[0], Median: quartile(sorted, 2), Most: sorted[n-1]}
	if out.Enough = n >= FewestCompared; out.Enough {
		out.Lower, out.Upper = quartile(sorted, 1), quartile(sorted, 3)
	}
	return out
}

// quartile lies between the two nearest values as far as its place does, in quarters
// of the way from one to the next.
func quartile(sorted []int, q int) int {
	at := q * (len(sorted) - 1)
	i, quarters := at/4, at%4
	low := sorted[i]
	if quarters == 0 {
		return low
	}
	return roundHalfUp(int64(low)*int64(4-quarters)+int64(sorted[i+1])*int64(quarters), 4)
}

// Unnamed puts sheets into an order that says nothing of who wrote them or when: by
// the digest of what they say. The same sheets are always in the same order, so
// "evaluator 1" is the same person wherever an evaluation is shown, and another
// person in the next one.
func Unnamed(sheets []*atlas.Sheet) []*atlas.Sheet {
	type one struct {
		digest [sha256.Size]byte
		sheet  *atlas.Sheet
	}
	all := make([]one, len(sheets))
	for i, s := range sheets {
		all[i] = one{sha256.Sum256(Said(submitted(s))), s}
	}
	slices.SortStableFunc(all, func(x, y one) int { return slices.Compare(x.digest[:], y.digest[:]) })
	out := make([]*atlas.Sheet, len(all))
	for i := range all {
		out[i] = all[i].sheet
	}
	return out
}

// submitted is a sheet as its author submitted it: whatever became of its evidence
// later, they keep their number.
func submitted(s *atlas.Sheet) *atlas.Sheet {
	out := *s
	out.Scores = slices.Clone(s.Scores)
	for i := range out.Scores {
		evidence := slices.Clone(out.Scores[i].Evidence)
		for n := range evidence {
			evidence[n].Withdrawn = ""
		}
		out.Scores[i].Evidence = evidence
	}
	return &out
}

// Said is what a sheet says, as bytes that are the same whenever it says the same:
// nothing of who wrote it, when, or of the record that it is kept in.
func Said(s *atlas.Sheet) []byte {
	data, err := json.Marshal(struct {
		Evaluation string
		Rubric     string
		Mode       atlas.Mode
		Scores     []atlas.Score
		Gates      []atlas.GateAnswer
		Strengths  string
		Weaknesses string
		Advice     string
		Opinions   []atlas.Opinion
	}{s.Evaluation, s.Rubric, s.Mode, s.Scores, s.Gates, s.Strengths, s.Weaknesses, s.Advice, s.Opinions})
	if err != nil {
		panic(err) // plain data
	}
	return data
}
