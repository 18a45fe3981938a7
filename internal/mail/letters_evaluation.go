package mail

import "atlas"

// EvaluationNews is what a letter about an evaluation tells.
type EvaluationNews string

// What is told of evaluations, and to whom.
const (
	EvaluationAssigned  EvaluationNews = "assigned"  // an evaluator: asked to judge
	EvaluationExtended  EvaluationNews = "extended"  // an evaluator: another last day
	EvaluationSoon      EvaluationNews = "soon"      // an evaluator: the last day comes
	EvaluationOverdue   EvaluationNews = "overdue"   // an evaluator: it is over
	EvaluationRemoved   EvaluationNews = "removed"   // an evaluator: taken out
	EvaluationCancelled EvaluationNews = "cancelled" // an evaluator: given up
	EvaluationDisputed  EvaluationNews = "disputed"  // both: they have to agree
	EvaluationConflict  EvaluationNews = "conflict"  // a methodologist: somebody has a conflict
	EvaluationErased    EvaluationNews = "erased"    // a methodologist: the account of an evaluator is no more
	EvaluationGathered  EvaluationNews = "gathered"  // a methodologist: all have submitted
	EvaluationSettled   EvaluationNews = "settled"   // a methodologist: they have agreed
	EvaluationApproved  EvaluationNews = "approved"  // the implementer: may reply
	EvaluationPublished EvaluationNews = "published" // the implementer: anybody may read it
	EvaluationWithdrawn EvaluationNews = "withdrawn" // both: taken back after it was published
)

// EvaluationLetter tells those who have to do with an evaluation what became of it.
// It never says anything that somebody wrote in a sheet.
type EvaluationLetter struct {
	What    EvaluationNews
	Project string // title
	Due     atlas.Date
	Link    string // page of the evaluation
}

func (EvaluationLetter) kind() string { return KindEvaluation }

func (d EvaluationLetter) write(p *pen) {
	title := line(d.Project, longTitle)
	p.page.Subject, p.page.Title = p.own("subject."+string(d.What), "title", title), p.own("title."+string(d.What), "title", title)
	p.say("text." + string(d.What))
	p.fact("title", title)
	p.fact("due", p.day(d.Due))
	p.button(d.Link)
	p.why("evaluation")
}
