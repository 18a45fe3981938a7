package atlas

import (
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	// JustificationMin is how many characters a justification has at least (6.13).
	JustificationMin = 30
	// ConfidenceMax is the highest confidence of a score.
	ConfidenceMax = 3
)

// Problems says what is wrong with a sheet. What it says by a rubric has to be said
// by that rubric; whole demands besides what a sheet has to have when it is
// submitted (8.2.8): an answer to every criterion asked in the mode and to every
// gate, a justification of each score and evidence for the high ones. Fields are
// "scores.K1", "scores.K1.justification", "scores.K1.evidence", "gates.H1".
func (s *Sheet) Problems(r *Rubric, whole bool) []Problem {
	var out []Problem
	fail := func(field, key, code string, n int) {
		out = append(out, Problem{Field: field, Key: key, Args: map[string]any{"code": code, "n": n, "max": r.Max(), "min": JustificationMin}})
	}
	for _, score := range s.Scores {
		if _, ok := r.Criterion(score.Criterion); !ok {
			fail("scores."+score.Criterion, "problem.score_criterion", score.Criterion, 0)
		} else if !score.understood(r) {
			fail("scores."+score.Criterion, "problem.score_points", score.Criterion, score.Points)
		}
	}
	for _, g := range s.Gates {
		if !slices.ContainsFunc(r.Gates, func(x Gate) bool { return x.Code == g.Code }) {
			fail("gates."+g.Code, "problem.score_criterion", g.Code, 0)
		}
	}
	if !whole {
		return out
	}
	for _, g := range r.Gates {
		answer, _ := s.Gate(g.Code)
		switch {
		case answer.Yes == Unknown:
			fail("gates."+g.Code, "problem.gate_open", g.Code, 0)
		case answer.Yes == Yes && length(answer.Note) < JustificationMin:
			fail("gates."+g.Code, "problem.gate_reason", g.Code, length(answer.Note))
		}
	}
	for _, c := range r.Asked(s.Mode) {
		score, there := s.Score(c.Code)
		field := "scores." + c.Code
		if !there || score.Kind == "" {
			fail(field, "problem.score_open", c.Code, 0)
			continue
		}
		if n := length(score.Justification); n < JustificationMin {
			fail(field+".justification", "problem.justification", c.Code, n)
		}
		if score.Kind == ScorePoints && score.Points >= r.EvidenceFrom() && !score.Evident() {
			fail(field+".evidence", "problem.evidence", c.Code, score.Points)
		}
	}
	return out
}

// length counts the characters of a text without the blanks around it.
func length(s string) int { return utf8.RuneCountInString(strings.TrimSpace(s)) }

// understood says whether a score is one of the scale. One that was not chosen yet
// may stand with its words.
func (s *Score) understood(r *Rubric) bool {
	if s.Confidence < 0 || s.Confidence > ConfidenceMax {
		return false
	}
	switch s.Kind {
	case ScorePoints:
		return slices.ContainsFunc(r.Scale, func(l Step) bool { return l.Points == s.Points })
	case "", ScoreNA, ScoreNoData:
		return s.Points == 0
	}
	return false
}

// Evident says whether the score rests on something that is named.
func (s *Score) Evident() bool {
	return slices.ContainsFunc(s.Evidence, func(e Evidence) bool {
		return slices.Contains(EvidenceKinds(), e.Kind) && e.Carries()
	})
}

// Gate finds the answer to a question of the horizontal gate.
func (s *Sheet) Gate(code string) (GateAnswer, bool) {
	i := slices.IndexFunc(s.Gates, func(g GateAnswer) bool { return g.Code == code })
	if i < 0 {
		return GateAnswer{Code: code}, false
	}
	return s.Gates[i], true
}
