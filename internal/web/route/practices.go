package route

// Patterns of cards of good practice (karty dobré praxe) and their collections.
const (
	Practices        = "/dobra-praxe"
	PracticeNew      = "/dobra-praxe/nova"
	PracticeRule     = "/dobra-praxe/pravidlo"
	PracticeRuleJSON = "/dobra-praxe/pravidlo.json"
	PracticeWork     = "/dobra-praxe/prace"
	PracticeShow     = "/dobra-praxe/{id}"
	PracticeEdit     = "/dobra-praxe/{id}/upravit"
	PracticePhotos   = "/dobra-praxe/{id}/fotografie"
	PracticeMark     = "/dobra-praxe/{id}/znacka"
	PracticeEWSI     = "/dobra-praxe/{id}/ewsi.docx"
	PracticeHistory  = "/dobra-praxe/{id}/historie"
	PracticeCompare  = "/dobra-praxe/{id}/porovnani"
	PracticeAsOf     = "/k/{den}/dobra-praxe/{id}"
	Pictures         = "/obrazky/{soubor}"

	Collections    = "/sbirky"
	CollectionNew  = "/sbirky/nova"
	CollectionShow = "/sbirky/{id}"
	CollectionEdit = "/sbirky/{id}/upravit"
)

// ParamEvaluation names the evaluation that a new card is pre-filled from.
const ParamEvaluation = "hodnoceni"

// Practice is the address of a card.
func Practice(lang, id string) string { return In(lang, Fill(PracticeShow, id)) }

// PracticeEditing is the address of its form.
func PracticeEditing(lang, id string) string { return In(lang, Fill(PracticeEdit, id)) }

// PracticePictures is where photographs are put to a card.
func PracticePictures(lang, id string) string { return In(lang, Fill(PracticePhotos, id)) }

// PracticeMarking is the page of the mark of a card.
func PracticeMarking(lang, id string) string { return In(lang, Fill(PracticeMark, id)) }

// PracticeTemplate is the card in the template of the European Web Site on
// Integration.
func PracticeTemplate(lang, id string) string { return In(lang, Fill(PracticeEWSI, id)) }

// PracticeOf is the form of a new card pre-filled from a project and, where there is
// one, its evaluation.
func PracticeOf(lang, project, evaluation string) string {
	query := ParamProject + "=" + project
	if evaluation != "" {
		query += "&" + ParamEvaluation + "=" + evaluation
	}
	return WithQuery(In(lang, PracticeNew), query)
}

// PracticeHistories are the addresses of what was of cards.
func PracticeHistories() History { return History{PracticeShow, PracticeHistory, PracticeCompare} }

// Picture is the address of a kept picture by its SHA-256; the same in every
// language.
func Picture(sum string) string { return Fill(Pictures, sum+".jpg") }

// Collection is the address of a collection.
func Collection(lang, id string) string { return In(lang, Fill(CollectionShow, id)) }

// CollectionEditing is the address of its form.
func CollectionEditing(lang, id string) string { return In(lang, Fill(CollectionEdit, id)) }
