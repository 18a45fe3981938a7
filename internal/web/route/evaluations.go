package route

import "strings"

// Patterns of evaluations (hodnocení) and of private self-checks (sebekontrola).
const (
	Evaluations       = "/hodnoceni"
	EvaluationsRun    = "/hodnoceni/prubeh" // who owes what
	EvaluationsMine   = "/hodnoceni/moje"   // what waits for the reader
	EvaluationNew     = "/hodnoceni/nove"
	EvaluationShow    = "/hodnoceni/{id}"
	EvaluationManage  = "/hodnoceni/{id}/rizeni"
	EvaluationDecide  = "/hodnoceni/{id}/schvaleni"
	EvaluationDeclare = "/hodnoceni/{id}/prohlaseni"
	EvaluationSheet   = "/hodnoceni/{id}/list"
	EvaluationSettle  = "/hodnoceni/{id}/dohoda"
	EvaluationSelf    = "/hodnoceni/{id}/sebehodnoceni"
	EvaluationReply   = "/hodnoceni/{id}/vyjadreni"
	SelfChecks        = "/sebekontrola"
	SelfCheck         = "/sebekontrola/{id}"
)

// ParamProject names the project that an evaluation or a card begins of.
const ParamProject = "projekt"

// Evaluation is the address of an evaluation.
func Evaluation(lang, id string) string { return In(lang, Fill(EvaluationShow, id)) }

// EvaluationPart is the address of a part of an evaluation, of which the pattern is
// given.
func EvaluationPart(lang, pattern, id string) string { return In(lang, Fill(pattern, id)) }

// EvaluationBeginning is the form of an evaluation of a project.
func EvaluationBeginning(lang, project string) string {
	return WithQuery(In(lang, EvaluationNew), ParamProject+"="+project)
}

// Checking is the address of a private self-check.
func Checking(lang, id string) string { return In(lang, Fill(SelfCheck, id)) }

// Told is the page that a letter about a record leads to: an evaluation has one of
// its own, of the others it is the page between their author and editors.
func Told(lang, id string) string {
	if strings.HasPrefix(id, "E-") {
		return Evaluation(lang, id)
	}
	return Matter(lang, id)
}
