package route

// Patterns of rounds of evaluating (kola hodnocení).
const (
	Rounds      = "/kola-hodnoceni"
	RoundNew    = "/kola-hodnoceni/nove"
	RoundShow   = "/kola-hodnoceni/{id}"
	RoundEdit   = "/kola-hodnoceni/{id}/upravit"
	RoundAssign = "/kola-hodnoceni/{id}/pridelit"
	RoundCSV    = "/kola-hodnoceni/{id}/shoda.csv"

	RoundHistory = "/kola-hodnoceni/{id}/historie"
	RoundCompare = "/kola-hodnoceni/{id}/porovnani"
)

// Round is the address of a round.
func Round(lang, id string) string { return In(lang, Fill(RoundShow, id)) }

// RoundEditing is the address of its form.
func RoundEditing(lang, id string) string { return In(lang, Fill(RoundEdit, id)) }

// RoundAssigning is where projects and evaluators are put into a round.
func RoundAssigning(lang, id string) string { return In(lang, Fill(RoundAssign, id)) }

// RoundFile is the agreement of a round as CSV.
func RoundFile(lang, id string) string { return In(lang, Fill(RoundCSV, id)) }

// RoundHistories are the addresses of what was of rounds.
func RoundHistories() History { return History{RoundShow, RoundHistory, RoundCompare} }
