package importer

import (
	"maps"
	"math"
	"slices"
	"strings"
)

// apart are the concepts that make a column something else, whatever its other
// words say, unless a rule knows them: the date of an update is no date of the
// project.
func apart() []string {
	return []string{"update", "contract", "score", "media", "geo", "contractor", "tax", "duration", "ineligible", "phone", "email",
		"account", "birth", "check", "count", "resolution", "era"}
}

// What a word of the header costs that a rule does not explain: one with a
// meaning more than an unknown one.
const (
	costMeaning = 0.05
	costUnknown = 0.01
	costVague   = 0.25 // an unknown one, where the rule needs so little that it may mean anything
	costMost    = 0.3
	vague       = 0.7 // the weight below which a rule needs little
)

// plain is the concept of words that add nothing to what the others say.
const plain = "plain"

// fit is how well a header says the target of a rule; 0 when it does not. The
// words are those that say it.
func (r rule) fit(h reading) (float64, []string) {
	var words []string
	own := false
	explains := append(slices.Clone(r.also), plain)
	for _, group := range r.needs {
		i := slices.IndexFunc(group, func(c string) bool { return h.has[c] })
		if i < 0 {
			return 0, nil
		}
		own = own || h.own[group[i]]
		explains = append(explains, group...)
		if w := h.spoken[group[i]]; !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	if !own {
		return 0, nil
	}
	if slices.ContainsFunc(r.never, func(c string) bool { return h.own[c] }) || slices.ContainsFunc(apart(), func(c string) bool {
		return h.own[c] && !slices.Contains(explains, c)
	}) {
		return 0, nil
	}
	cost := 0.0
	for i, meanings := range h.of {
		switch {
		case len(meanings) == 0 && r.weight < vague && !isParticle(h.words[i]):
			cost += costVague
		case len(meanings) == 0:
			cost += costUnknown
		case !slices.ContainsFunc(meanings, func(c string) bool { return slices.Contains(explains, c) }):
			cost += costMeaning
		}
	}
	return r.weight - math.Min(cost, costMost), words
}

// isParticle says whether a word is so short that it only joins others.
func isParticle(word string) bool {
	return len([]rune(word)) <= 3 && !strings.ContainsAny(word, "0123456789")
}

// valuesFor is how much values that fit add to what the header says.
const valuesFor = 0.08

// How much values take off that do not fit: such as can hardly be those of the
// target, and such as can be. What looks like words is the least sure of shapes:
// titles can be codes.
const (
	againstMost = 0.5
	againstSome = 0.3
)

// against is how much the values of a column take off a target that wants a
// shape. Sums are never words. Of numbers written in a way that nobody thought
// of, half the doubt is left: "Q2 2013" is a start, "2,5 Mio. €" a sum.
func (p profile) against(s shape) float64 {
	share, _ := p.share(s)
	switch s {
	case shapeText, shapeLong, shapeBody, shapeCountry, shapeCurrency, shapeID, shapeCode:
		if p.areSums() {
			return againstMost
		}
		return againstSome * (1 - share)
	case shapeDate, shapePercent, shapePostcode, shapeMoney:
		if numeric, _ := p.share(shapeNumeric); s == shapeMoney && !p.areDates() || s != shapeMoney && !p.areSums() {
			return againstMost * (1 - max(share, (share+numeric)/2))
		}
	}
	return againstMost * (1 - share)
}

// areSums says whether nearly all values look like money, and most like no code.
func (p profile) areSums() bool {
	money, _ := p.share(shapeMoney)
	decimals, _ := p.share(shapeDecimal)
	return money >= 0.9 && decimals >= 0.5
}

// areDates says whether most values are dates.
func (p profile) areDates() bool {
	dates, _ := p.share(shapeDate)
	return dates >= 0.5
}

// isConstant says whether all rows have the same value: such a column is of the
// list, not of its projects.
func (p profile) isConstant() bool { return p.kinds == 1 && p.filled >= 10 }

// ofEachProject says whether each project has its own.
func ofEachProject(t Target) bool { return t == TargetName || t == TargetNumber }

// ofUnion says whether a target is money of the Union: a grant is that only
// where the header, or the table, names the Union or a fund of it.
func ofUnion(t Target) bool {
	return t == TargetEUAmount || t == TargetEUGranted
}

// guess scores every target for a column; union says that the table names the
// Union.
func (lex *lexicon) guess(header string, heading int, p profile, union bool) guess {
	h := lex.read(header, heading)
	g := guess{profile: p, says: h.own, strange: h.strange(), scores: map[Target]candidate{}}
	lex.score(&g, h, union)
	if g.best().score < Sure && !slices.ContainsFunc(apart(), func(c string) bool { return h.has[c] }) {
		maps.Copy(g.scores, lex.guessByParts(header, p, union))
	}
	if len(h.has) == 0 {
		g.byValues()
	}
	return g
}

// score scores the targets that a header says.
func (lex *lexicon) score(g *guess, h reading, union bool) {
	for _, r := range lex.rules {
		score, words := r.fit(h)
		if score <= 0 {
			continue
		}
		if ofUnion(r.target) && !h.has["eu"] && !union {
			continue
		}
		c := candidate{target: r.target, score: score, reason: because(ReasonHeader, "words", quoted(words))}
		if r.values == shapeSpan {
			c.style = StyleSpan
		}
		share, known := g.profile.share(r.values)
		if known && share >= 0.5 {
			c.score += valuesFor * share
			c.reason = because(ReasonBoth, "words", quoted(words), "share", int(math.Round(share*100)))
		} else if known {
			c.score -= g.profile.against(r.values)
		}
		if g.profile.isConstant() && ofEachProject(r.target) {
			c.score -= againstMost
		}
		if c.score < Sure && score >= Sure && g.against.score < score {
			g.against = candidate{target: r.target, score: c.score, reason: because(ReasonAgainst, "words", quoted(words), "target", string(r.target))}
		}
		if c.score > g.scores[r.target].score {
			g.scores[r.target] = c
		}
	}
}
