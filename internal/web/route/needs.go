package route

// Patterns of needs (potřeby).
const (
	Needs       = "/potreby"
	NeedNew     = "/potreby/nova"
	NeedShow    = "/potreby/{id}"
	NeedEdit    = "/potreby/{id}/upravit"
	NeedHistory = "/potreby/{id}/historie"
	NeedCompare = "/potreby/{id}/porovnani"
	NeedAsOf    = "/k/{den}/potreby/{id}"
)

// Need is the address of a need.
func Need(lang, id string) string { return In(lang, Fill(NeedShow, id)) }

// NeedEditing is the address of its form.
func NeedEditing(lang, id string) string { return In(lang, Fill(NeedEdit, id)) }

// NeedHistories are the addresses of what was of needs.
func NeedHistories() History { return History{NeedShow, NeedHistory, NeedCompare} }
