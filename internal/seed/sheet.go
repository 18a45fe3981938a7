package seed

import (
	"context"
	"fmt"
	"strings"

	"atlas"
	"atlas/internal/app"
)

// sheet is what one person wrote: in Points one sign for each criterion asked, with
// words out of the phrases, or in Scores in words of its own.
type sheet struct {
	By                            string // key of the person; "" = of the evaluator in this place
	Far                           string // "" = submitted; "asked", "writing"
	Points                        string // "3 2 - n": "-" without data, "n" not applicable, "." not answered yet
	Scores                        []score
	Strengths, Weaknesses, Advice string
	Opinions                      []struct{ Of, Text, Source string }
}

type score struct {
	Criterion, Text, Evidence string
	Points                    int
}

// phrases are invented justifications and what they rest on, by criterion.
type phrases struct {
	Points   map[string][][]string // by points, each in several ways
	NoData   []string
	Evidence map[string][]struct{ Kind, Text string }
}

// How far somebody is with a sheet.
const (
	farAsked   = "asked"   // has not said whether they have a conflict of interest
	farWriting = "writing" // has not submitted
)

// judge does what an evaluator does.
func (l *loader) judge(ctx context.Context, v atlas.Viewer, id string, x sheet) error {
	if x.Far == farAsked {
		return nil
	}
	if err := l.app.DeclareConflict(ctx, v, id, false, ""); err != nil {
		return err
	}
	d, err := l.app.SheetFor(ctx, v, id)
	if err != nil {
		return err
	}
	return l.write(ctx, v, d, x)
}

// write writes a sheet and submits it, unless it is said to be being written or is of
// those that nobody submits.
func (l *loader) write(ctx context.Context, v atlas.Viewer, d *app.Desk, x sheet) error {
	s := &atlas.Sheet{ID: d.Sheet.ID, Meta: atlas.Meta{Version: d.Sheet.Version}, Strengths: x.Strengths, Weaknesses: x.Weaknesses, Advice: x.Advice}
	var err error
	if s.Scores, err = l.scores(d, x); err != nil {
		return err
	}
	for _, g := range d.Rubric.Gates {
		s.Gates = append(s.Gates, atlas.GateAnswer{Code: g.Code, Yes: atlas.No})
	}
	for _, o := range x.Opinions {
		s.Opinions = append(s.Opinions, atlas.Opinion{Of: atlas.OpinionOf(o.Of), Text: o.Text, Source: o.Source})
	}
	if x.Far == farWriting || d.Sheet.Role == atlas.SheetCheck {
		return l.app.SaveSheet(ctx, v, "", s)
	}
	return l.app.SubmitSheet(ctx, v, "", s)
}

func (l *loader) scores(d *app.Desk, x sheet) ([]atlas.Score, error) {
	var out []atlas.Score
	for _, y := range x.Scores {
		z := atlas.Score{Criterion: y.Criterion, Kind: atlas.ScorePoints, Points: y.Points, Justification: y.Text}
		if y.Evidence != "" {
			z.Evidence = []atlas.Evidence{{Kind: atlas.EvidenceDocument, Text: y.Evidence}}
		}
		out = append(out, z)
	}
	signs := strings.Fields(x.Points)
	if asked := d.Rubric.Asked(d.Sheet.Mode); len(signs) > 0 && len(signs) != len(asked) {
		return nil, fmt.Errorf("%d signs for %d criteria", len(signs), len(asked))
	}
	for i, sign := range signs {
		z := atlas.Score{Criterion: d.Rubric.Asked(d.Sheet.Mode)[i].Code}
		switch sign {
		case ".":
			continue
		case "-":
			z.Kind, z.Justification = atlas.ScoreNoData, l.one(l.phrases.NoData)
		case "n":
			z.Kind, z.Justification = atlas.ScoreNA, l.one(l.phrases.NoData)
		default:
			z.Kind, z.Points = atlas.ScorePoints, int(sign[0]-'0')
			ways := l.phrases.Points[z.Criterion]
			if z.Points < 0 || z.Points >= len(ways) {
				return nil, fmt.Errorf("no words for %s points of %s", sign, z.Criterion)
			}
			z.Justification = l.one(ways[z.Points])
			z.Evidence = l.evidence(z.Criterion, z.Points)
		}
		out = append(out, z)
	}
	return out, nil
}

// much is from how many points on the shipped rubric asks for evidence.
const much = 3

// evidence is what many points rest on.
func (l *loader) evidence(criterion string, points int) []atlas.Evidence {
	all := l.phrases.Evidence[criterion]
	if points < much || len(all) == 0 {
		return nil
	}
	x := all[l.said%len(all)]
	return []atlas.Evidence{{Kind: atlas.EvidenceKind(x.Kind), Text: x.Text}}
}

// one takes ways to say the same in turn, so that no two people say it in the same
// words one after the other.
func (l *loader) one(ways []string) string {
	if len(ways) == 0 {
		return ""
	}
	l.turns[ways[0]]++
	l.said++
	return ways[l.turns[ways[0]]%len(ways)]
}
