package opendata

// Judgement is the published judgement of a project (6.13). Evaluations are
// comparable only by the same version of a rubric in the same mode.
type Judgement struct {
	ID           string            `json:"id" doc:"Stable code of the evaluation" example:"E-00001"`
	Page         string            `json:"page" doc:"Address of its page for people" format:"uri"`
	Sample       bool              `json:"sample" doc:"Invented content that must never be taken for a fact"`
	Project      RecordRef         `json:"project" doc:"What was judged"`
	Mode         string            `json:"mode" doc:"When in the life of the project" enum:"ex-ante,interim,ex-post"`
	Rubric       RubricRef         `json:"rubric" doc:"The version of a rubric by which it was judged"`
	Approved     *Date             `json:"approved_on" doc:"When it was approved"`
	Evaluators   int               `json:"evaluators" doc:"How many evaluators judged"`
	Total        *string           `json:"total" doc:"Points of a hundred; null where nothing has points" pattern:"^[0-9]+\\.[0-9]$" example:"72.0"`
	Completeness string            `json:"completeness" doc:"Percent of the weight of applicable criteria that has points" pattern:"^[0-9]+\\.[0-9]$" example:"90.0"`
	Band         *Code             `json:"band" doc:"What the total is called; null of an excluded one and of one with too little data"`
	Excluded     bool              `json:"excluded" doc:"A horizontal condition is broken: points do not matter"`
	Insufficient bool              `json:"insufficient" doc:"Too little data: not to be ranked"`
	Candidate    bool              `json:"candidate" doc:"Candidate of good practice by the rule of the rubric"`
	Upscaling    bool              `json:"upscaling" doc:"Has upscaling potential by the rule of the rubric"`
	Criteria     []JudgedCriterion `json:"criteria" doc:"What evaluators found together, by criteria"`
	Statement    *string           `json:"statement" doc:"Joint statement on what evaluators differed in"`
	Reply        *string           `json:"reply" doc:"Reply of the implementer"`
}

// RubricRef names a version of a rubric.
type RubricRef struct {
	ID      string `json:"id" doc:"Code of the version" example:"R-00001"`
	Family  string `json:"family" doc:"What it is a version of"`
	Version int    `json:"version" doc:"Number of the version"`
	Title   Words  `json:"title" doc:"Its name"`
}

// JudgedCriterion is what evaluators gave for a criterion together.
type JudgedCriterion struct {
	Code     string  `json:"code" doc:"Code within the rubric" example:"K1"`
	Title    Words   `json:"title" doc:"Its name"`
	Weight   int     `json:"weight" doc:"Weight in the mode"`
	Points   *string `json:"points" doc:"Median of the points of evaluators; null without points" pattern:"^[0-9]+\\.[0-9]{2}$" example:"3.50"`
	Low      *int    `json:"low" doc:"The least points given"`
	Top      *int    `json:"top" doc:"The most points given"`
	Missing  bool    `json:"missing" doc:"It is applicable and nobody had data"`
	Disputed bool    `json:"disputed" doc:"Evaluators differed so much that they had to agree"`
}

// JudgementPage is a page of evaluations.
type JudgementPage struct {
	Paging
	Items []Judgement `json:"items" doc:"Evaluations of this page, in the order of their codes"`
}
