package rubric

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"atlas"
)

// Kinds of conditions of the mark.
const (
	ConditionTotal        = "total"
	ConditionCriterion    = "criterion"
	ConditionOneOf        = "one_of" // at least one of several criteria
	ConditionMonths       = "months"
	ConditionGate         = "gate"
	ConditionCompleteness = "completeness"
	ConditionEvaluators   = "evaluators"
)

// Condition (podmínka) is one line of the rule of the mark (8.2.7): what is asked,
// how much is wanted, what was found, whether it holds.
type Condition struct {
	Kind     string
	Criteria []string    // codes that it asks about
	What     atlas.Words // "K5 Dopad / přínosnost"
	Wanted   atlas.Words // "alespoň 3"
	Found    atlas.Words // "3,5"; "není známo"
	Met      atlas.Tri   // Unknown where what was found is not known
}

// Met says whether all conditions hold. No condition at all is a rule that proposes
// nothing.
func Met(cs []Condition) bool {
	return len(cs) > 0 && !slices.ContainsFunc(cs, func(c Condition) bool { return c.Met != atlas.Yes })
}

// Candidate is the rule of the good-practice candidate (kandidát dobré praxe,
// 8.2.7) line by line. months is how long the project has run, see MonthsRun.
func Candidate(r *atlas.Rubric, res atlas.Result, months int, monthsKnown bool) []Condition {
	rule := r.Mark
	if len(rule.All)+len(rule.OneOf) == 0 {
		return nil
	}
	out := []Condition{{
		Kind: ConditionTotal, What: atlas.Words{Cs: "Celkem bodů ze 100", En: "Total points of 100"},
		Wanted: atLeast(tenths(rule.Total)), Found: found(res.Known, tenths(res.Total)),
		Met: met(res.Known, res.Total >= rule.Total),
	}}
	for _, least := range rule.All {
		out = append(out, points(r, res, least))
	}
	if len(rule.OneOf) > 0 {
		out = append(out, oneOf(r, res))
	}
	if rule.Months > 0 {
		out = append(out, Condition{
			Kind: ConditionMonths, What: atlas.Words{Cs: "Projekt běží nebo běžel, měsíců", En: "Months the project has run"},
			Wanted: atLeast(same(strconv.Itoa(rule.Months))), Found: found(monthsKnown, same(strconv.Itoa(months))),
			Met: met(monthsKnown, months >= rule.Months),
		})
	}
	least := max(rule.Completeness, r.Floor)
	return append(out,
		Condition{
			Kind: ConditionGate, What: atlas.Words{Cs: "Horizontální podmínky", En: "Horizontal conditions"},
			Wanted: gateWords(false), Found: gateWords(res.Excluded), Met: met(true, !res.Excluded),
		},
		Condition{
			Kind: ConditionCompleteness, What: atlas.Words{Cs: "Úplnost podkladů v %", En: "Completeness of data in %"},
			Wanted: atLeast(same(strconv.Itoa(least))), Found: found(true, tenths(res.Completeness)),
			Met: met(true, res.Completeness >= 10*least && !res.Insufficient),
		},
		Condition{
			Kind: ConditionEvaluators, What: atlas.Words{Cs: "Hodnotitelů", En: "Evaluators"},
			Wanted: atLeast(same(strconv.Itoa(r.Evaluators))), Found: same(strconv.Itoa(res.Evaluators)),
			Met: met(true, !res.Preliminary && res.Evaluators >= r.Evaluators),
		})
}

// Upscaling is what the upscaling mark wants besides the mark of good practice.
func Upscaling(r *atlas.Rubric, res atlas.Result) []Condition {
	var out []Condition
	for _, least := range r.Mark.Upscaling {
		out = append(out, points(r, res, least))
	}
	return out
}

// Mark sets in a result whether the project is a candidate of good practice and of
// the upscaling mark.
func Mark(r *atlas.Rubric, res *atlas.Result, months int, monthsKnown bool) {
	res.Candidate = Met(Candidate(r, *res, months, monthsKnown))
	res.Upscaling = res.Candidate && Met(Upscaling(r, *res))
}

// points is the condition on one criterion.
func points(r *atlas.Rubric, res atlas.Result, least atlas.AtLeast) Condition {
	got, known := pointsIn(res, least.Criterion)
	return Condition{
		Kind: ConditionCriterion, Criteria: []string{least.Criterion}, What: name(r, least.Criterion),
		Wanted: atLeast(same(strconv.Itoa(least.Points))), Found: found(known, hundredths(got)),
		Met: met(known, got >= hundred*least.Points),
	}
}

// oneOf is the condition that one of several criteria fulfils. It is not known only
// where none fulfils it and one of them is not known.
func oneOf(r *atlas.Rubric, res atlas.Result) Condition {
	out := Condition{Kind: ConditionOneOf, Met: atlas.No}
	join := func(to *atlas.Words, w atlas.Words, cs, en string) {
		if to.Cs != "" {
			to.Cs, to.En = to.Cs+cs, to.En+en
		}
		to.Cs, to.En = to.Cs+w.Cs, to.En+w.En
	}
	for _, least := range r.Mark.OneOf {
		c := points(r, res, least)
		out.Criteria = append(out.Criteria, least.Criterion)
		join(&out.What, c.What, " nebo ", " or ")
		join(&out.Wanted, coded(least.Criterion, c.Wanted), " nebo ", " or ")
		join(&out.Found, coded(least.Criterion, c.Found), "; ", "; ")
		if c.Met == atlas.Yes || c.Met == atlas.Unknown && out.Met == atlas.No {
			out.Met = c.Met
		}
	}
	return out
}

func pointsIn(res atlas.Result, code string) (int, bool) {
	i := slices.IndexFunc(res.Criteria, func(c atlas.CriterionResult) bool { return c.Code == code })
	if i < 0 || !res.Criteria[i].Scored {
		return 0, false
	}
	return res.Criteria[i].Points, true
}

func met(known, holds bool) atlas.Tri {
	switch {
	case !known:
		return atlas.Unknown
	case holds:
		return atlas.Yes
	}
	return atlas.No
}

func name(r *atlas.Rubric, code string) atlas.Words {
	if c, ok := r.Criterion(code); ok {
		return coded(code, c.Title)
	}
	return same(code)
}

// coded puts a code before words. Both languages are always filled, so that what is
// joined of them never loses a part.
func coded(code string, w atlas.Words) atlas.Words {
	return atlas.Words{Cs: code + " " + w.In("cs"), En: code + " " + w.In("en")}
}

func same(text string) atlas.Words { return atlas.Words{Cs: text, En: text} }

func atLeast(w atlas.Words) atlas.Words {
	return atlas.Words{Cs: "alespoň " + w.Cs, En: "at least " + w.En}
}

func found(known bool, w atlas.Words) atlas.Words {
	if !known {
		return atlas.Words{Cs: "není známo", En: "not known"}
	}
	return w
}

func gateWords(broken bool) atlas.Words {
	if broken {
		return atlas.Words{Cs: "některá je porušena", En: "one of them is broken"}
	}
	return atlas.Words{Cs: "žádná není porušena", En: "none is broken"}
}

// tenths writes 745 as "74,5".
func tenths(n int) atlas.Words { return decimal(fmt.Sprintf("%d.%d", n/10, n%10)) }

// hundredths writes 350 as "3,5" and 300 as "3".
func hundredths(n int) atlas.Words {
	text := strings.TrimRight(fmt.Sprintf("%d.%02d", n/hundred, n%hundred), "0")
	return decimal(strings.TrimSuffix(text, "."))
}

func decimal(text string) atlas.Words {
	return atlas.Words{Cs: strings.Replace(text, ".", ",", 1), En: text}
}

// MonthsRun is how many months a project has run up to a day, both ends included:
// from its start to its end or, where it goes on or ends later, to that day. It is
// not known where the start is not, or the end of what is not said to go on.
func MonthsRun(p *atlas.Project, day atlas.Date) (int, bool) {
	end := p.To
	switch {
	case p.Ongoing:
		end = day
	case !end.Known():
		return 0, false
	case end.Last().Compare(day) > 0:
		end = day
	}
	if !p.From.Known() {
		return 0, false
	}
	return atlas.MonthsBetween(p.From, end), true
}
