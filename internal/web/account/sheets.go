package account

import (
	"fmt"
	"strings"

	"atlas"
	"atlas/internal/app"
)

// sheetLines are the sheets that the person wrote, word for word: of each what it is
// of, every score with its reasons, every condition and every text.
func (q *request) sheetLines(p *app.Personal) (out []string) {
	for _, s := range p.Sheets {
		submitted := q.T("mine.sheet.unsubmitted")
		if s.Submitted != nil {
			submitted = q.T("mine.sheet.submitted", "when", q.moment(*s.Submitted))
		}
		out = append(out, row(s.ID, q.T("mine.sheet."+string(s.Part)), s.Evaluation, s.Project, s.Title, s.Rubric, q.T("evaluations.mode."+string(s.Mode)), submitted))
		for _, x := range s.Content.Scores {
			out = append(out, row(s.ID, x.Criterion+": "+q.given(x), x.Justification, q.evidence(x.Evidence)))
		}
		for _, g := range s.Content.Gates {
			if g.Yes != atlas.Unknown || g.Note != "" {
				out = append(out, row(s.ID, g.Code+": "+q.T("mine.sheet.gate."+gateWord[g.Yes]), g.Note))
			}
		}
		text := func(key, value string) {
			if value != "" {
				out = append(out, row(s.ID, q.T("evaluations.field."+key)+": "+value))
			}
		}
		text("strengths", s.Content.Strengths)
		text("weaknesses", s.Content.Weaknesses)
		text("advice", s.Content.Advice)
		for _, o := range s.Content.Opinions {
			out = append(out, row(s.ID, q.T("evaluations.opinion."+string(o.Of))+": "+o.Text, o.Source))
		}
	}
	return out
}

// gateWord is the end of the key of an answer to a condition.
var gateWord = map[atlas.Tri]string{atlas.Yes: "yes", atlas.No: "no", atlas.Unknown: "unknown"}

// given is a score in words: its points, or why there are none.
func (q *request) given(x atlas.Score) string {
	switch x.Kind {
	case atlas.ScorePoints:
		return fmt.Sprint(x.Points)
	case atlas.ScoreNA:
		return q.T("evaluations.score.na")
	case atlas.ScoreNoData:
		return q.T("evaluations.score.bd")
	}
	return q.T("evaluations.score.open")
}

func (q *request) evidence(all []atlas.Evidence) string {
	var out []string
	for _, e := range all {
		kind := "unknown"
		if e.Kind != "" {
			kind = string(e.Kind)
		}
		out = append(out, row(q.T("evaluations.evidence."+kind), e.Text, e.URL))
	}
	return strings.Join(out, "; ")
}
