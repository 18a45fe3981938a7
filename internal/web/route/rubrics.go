package route

// Patterns of rubrics (metodiky hodnocení): each address is one version.
const (
	Rubrics       = "/metodiky"
	RubricNew     = "/metodiky/nova"
	RubricImport  = "/metodiky/nacist"
	RubricShow    = "/metodiky/{id}"
	RubricEdit    = "/metodiky/{id}/upravit"
	RubricPreview = "/metodiky/{id}/nahled"
	RubricState   = "/metodiky/{id}/stav"
	RubricVersion = "/metodiky/{id}/nova-verze"
	RubricJSON    = "/metodiky/{id}/metodika.json"
	RubricRule    = "/metodiky/{id}/pravidlo.json"
	RubricHistory = "/metodiky/{id}/historie"
	RubricCompare = "/metodiky/{id}/porovnani"
)

// ParamMode is the mode of evaluating in an address: "ex-ante".
const ParamMode = "rezim"

// Rubric is the address of a version of a rubric.
func Rubric(lang, id string) string { return In(lang, Fill(RubricShow, id)) }

// RubricEditing is the address of its form.
func RubricEditing(lang, id string) string { return In(lang, Fill(RubricEdit, id)) }

// RubricPreviewing is the rubric in a mode as an evaluator sees it.
func RubricPreviewing(lang, id, mode string) string {
	return WithQuery(In(lang, Fill(RubricPreview, id)), ParamMode+"="+mode)
}

// RubricStating is where a version is published and withdrawn.
func RubricStating(lang, id string) string { return In(lang, Fill(RubricState, id)) }

// RubricVersioning is where the next version is begun.
func RubricVersioning(lang, id string) string { return In(lang, Fill(RubricVersion, id)) }

// RubricFile is a version as JSON.
func RubricFile(lang, id string) string { return In(lang, Fill(RubricJSON, id)) }

// RubricRuleFile is its rule of the mark as JSON.
func RubricRuleFile(lang, id string) string { return In(lang, Fill(RubricRule, id)) }

// RubricHistories are the addresses of what was of versions of rubrics.
func RubricHistories() History { return History{RubricShow, RubricHistory, RubricCompare} }
