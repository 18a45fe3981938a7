package rubric

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"atlas"
)

// sheet is a submitted sheet of an evaluator that answers K1, K2, … in order: a
// digit is points, "-" is not applicable, "?" is without data, "." is no answer.
func sheet(account, answers string) *atlas.Sheet {
	s := &atlas.Sheet{Account: account, Role: atlas.SheetEvaluator, Submitted: time.Unix(1, 0)}
	for i, a := range answers {
		score := atlas.Score{Criterion: fmt.Sprintf("K%d", i+1)}
		switch a {
		case '.':
			continue
		case '-':
			score.Kind = atlas.ScoreNA
		case '?':
			score.Kind = atlas.ScoreNoData
		default:
			score.Kind, score.Points = atlas.ScorePoints, int(a-'0')
		}
		s.Scores = append(s.Scores, score)
	}
	for _, g := range Default().Gates {
		s.Gates = append(s.Gates, atlas.GateAnswer{Code: g.Code, Yes: atlas.No})
	}
	return s
}

func broken(s *atlas.Sheet, gate string) *atlas.Sheet {
	for i := range s.Gates {
		if s.Gates[i].Code == gate {
			s.Gates[i].Yes = atlas.Yes
		}
	}
	return s
}

// said is a verdict in a line.
func said(v Verdict) string {
	out := tenths(v.Total).En + ", completeness " + tenths(v.Completeness).En + " %, " + v.Band
	if v.Insufficient {
		out += ", nedostatek podkladů"
	}
	if v.Excluded {
		out += ", vyloučeno"
	}
	return out
}

func marks(answers string) string {
	r := Default()
	res := Panel(r, atlas.ModeExPost, []*atlas.Sheet{sheet("a", answers), sheet("b", answers)})
	Mark(r, &res, 12, true)
	return fmt.Sprintf("%s, candidate %v, upscaling mark %v", tenths(res.Total).En, res.Candidate, res.Upscaling)
}

// alphaReference is a published example: where it stands, its units, alpha by metric
// to as many places as is published and, to a millionth, what the same data give by
// hand from the published matrix of coincidences.
type alphaReference struct {
	source    string
	units     [][]int
	published map[Metric]string
	exact     map[Metric]float64
}

// byRater turns lines of raters, one sign for each unit and "." for what is missing,
// into units.
func byRater(lines ...string) [][]int {
	units := make([][]int, len(lines[0]))
	for _, line := range lines {
		for u, c := range line {
			if c != '.' {
				units[u] = append(units[u], int(c-'0'))
			}
		}
	}
	return units
}

func alphaReferences() []alphaReference {
	return []alphaReference{
		{
			source: "Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, A: two observers, ten units, binary",
			units:  byRater("0100000010", "1110010000"), published: map[Metric]string{Nominal: "0.095"}, exact: map[Metric]float64{Nominal: 2.0 / 21},
		},
		{
			source: "Krippendorff 2011, B: two observers, twelve units, five categories",
			units:  byRater("112243335441", "212223335444"), published: map[Metric]string{Nominal: "0.692"}, exact: map[Metric]float64{Nominal: 155.0 / 224},
		},
		{
			source: "Krippendorff 2011, C and D: four observers, twelve units, missing data",
			units: byRater(
				"123321412...",
				"1233224125.3",
				".3332342251.",
				"12332441251."),
			published: map[Metric]string{Nominal: "0.743", Ordinal: "0.815", Interval: "0.849", Ratio: "0.797"},
			exact:     map[Metric]float64{Nominal: 0.743421, Ordinal: 0.815388, Interval: 0.849107, Ratio: 0.797403},
		},
		{
			source: "Krippendorff's alpha, the worked example of three coders and fifteen units",
			units: byRater(
				".....34121133.3",
				"1.213343.......",
				"..21344.21133.4"),
			published: map[Metric]string{Nominal: "0.691", Interval: "0.811"},
			exact:     map[Metric]float64{Nominal: 0.691358, Interval: 0.810845},
		},
	}
}

// TestTheNumberedExamplesAndTheReferencesOfAlphaHold prints what make
// check-evaluation shows: each acceptance example of chapter 13 on evaluations and
// each published example of alpha, what is expected and what is computed.
func TestTheNumberedExamplesAndTheReferencesOfAlphaHold(t *testing.T) {
	r := Default()
	exPost := func(answers string) string { return said(Judge(r, atlas.ModeExPost, sheet("a", answers))) }
	exAnte := func(answers string) string { return said(Judge(r, atlas.ModeExAnte, sheet("a", answers))) }
	dispute := Disputes(r, atlas.ModeExPost, []*atlas.Sheet{sheet("a", "421222222222"), sheet("b", "423222222222")})
	for _, x := range []struct{ name, want, got string }{
		{"9 ex-post", "72.0, completeness 100.0 %, dobre", exPost("433233232432")},
		{"9 marks", "72.0, candidate true, upscaling mark true", marks("433233232432")},
		{"9 with K4 = BD", "74.4, completeness 90.0 %, dobre", exPost("433?33232432")},
		{"9 insufficient", "53.0, completeness 66.0 %, prumerne, nedostatek podkladů", exPost("3?2??23212?1")},
		{"10 ex-ante", "60.0, completeness 100.0 %, prumerne", exAnte("3232223312123")},
		{"10 all 4", "100.0, completeness 100.0 %, vynikajici", exAnte(strings.Repeat("4", 13))},
		{"10 all 2", "50.0, completeness 100.0 %, prumerne", exAnte(strings.Repeat("2", 13))},
		{"11 K3 = 1 and 3", "k dohodě: true, [K3]", fmt.Sprintf("k dohodě: %v, %v", dispute.Any(), dispute.Criteria)},
		{"11 gate", "100.0, completeness 100.0 %, vynikajici, vyloučeno", said(Judge(r, atlas.ModeExPost, broken(sheet("a", strings.Repeat("4", 12)), "H2")))},
	} {
		report(t, "acceptance example "+x.name, x.want, x.got, x.want == x.got)
	}
	for _, ref := range alphaReferences() {
		t.Log(ref.source)
		for _, m := range Metrics() {
			published, ok := ref.published[m]
			if !ok {
				continue
			}
			got := Alpha(m, ref.units)
			want := ref.exact[m]
			holds := got.Known && math.Abs(got.Alpha-want) <= 1e-6 && fmt.Sprintf("%.3f", got.Alpha) == published
			report(t, "  alpha "+string(m), fmt.Sprintf("%.6f (published %s)", want, published), fmt.Sprintf("%.6f = %v", got.Alpha, got.Exact), holds)
		}
	}
}

func report(t *testing.T, name, want, got string, holds bool) {
	t.Helper()
	if !holds {
		t.Errorf("%-32s expected %s\n%37s computed %s", name, want, "", got)
		return
	}
	t.Logf("%-32s expected %-62s computed %s", name, want, got)
}
