package route

// Patterns of transfers of practices (přenosy): the checklist, the fit and the
// journey of a card, inspiration for a municipality.
const (
	Transfers       = "/prenosy"
	TransferNew     = "/prenosy/novy"
	TransferReply   = "/prenosy/odpoved"
	TransferShow    = "/prenosy/{id}"
	TransferEdit    = "/prenosy/{id}/upravit"
	TransferConfirm = "/prenosy/{id}/potvrdit"
	TransferWrite   = "/prenosy/{id}/zprava"
	TransferHistory = "/prenosy/{id}/historie"
	TransferCompare = "/prenosy/{id}/porovnani"

	PracticeFit     = "/dobra-praxe/{id}/sedi-nam"
	PracticeJourney = "/dobra-praxe/{id}/cesta"
	PracticeLD      = "/dobra-praxe/{id}/cesta.jsonld"
	PracticeMerge   = "/dobra-praxe/{id}/sloucit"
	PracticeUnmerge = "/dobra-praxe/{id}/oddelit"

	Inspiration = "/inspirace"
)

// PracticeMerging is the address where a card is merged into another one.
func PracticeMerging(lang, id string) string { return In(lang, Fill(PracticeMerge, id)) }

// PracticeUnmerging is the address that makes a card that was merged stand by itself.
func PracticeUnmerging(lang, id string) string { return In(lang, Fill(PracticeUnmerge, id)) }

// Transfer is the address of a replication.
func Transfer(lang, id string) string { return In(lang, Fill(TransferShow, id)) }

// TransferEditing is the address of its checklist.
func TransferEditing(lang, id string) string { return In(lang, Fill(TransferEdit, id)) }

// TransferOf is the address where a checklist of a card is opened.
func TransferOf(lang, practice string) string {
	return WithQuery(In(lang, TransferNew), "praxe="+practice)
}

// FitOf is the address that says whether a card fits a municipality; "" asks which.
func FitOf(lang, practice, territory string) string {
	address := In(lang, Fill(PracticeFit, practice))
	if territory == "" {
		return address
	}
	return WithQuery(address, "obec="+territory)
}

// JourneyOf is the address of who took a card over from whom.
func JourneyOf(lang, practice string) string { return In(lang, Fill(PracticeJourney, practice)) }

// InspirationOf is the address of practices that fit a municipality.
func InspirationOf(lang, territory string) string {
	if territory == "" {
		return In(lang, Inspiration)
	}
	return WithQuery(In(lang, Inspiration), "obec="+territory)
}

// TransferHistories are the addresses of what was of replications.
func TransferHistories() History { return History{TransferShow, TransferHistory, TransferCompare} }
