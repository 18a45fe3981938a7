package route

// Patterns of needs (potřeby).
const (
	Needs       = "/potreby"
	NeedNew     = "/potreby/nova"
	NeedShow    = "/potreby/{id}"
	NeedEdit    = "/potreby/{id}/upravit"
	NeedMerge   = "/potreby/{id}/sloucit"
	NeedUnmerge = "/potreby/{id}/oddelit"
	NeedHistory = "/potreby/{id}/historie"
	NeedCompare = "/potreby/{id}/porovnani"
	NeedAsOf    = "/k/{den}/potreby/{id}"
)

// Need is the address of a need.
func Need(lang, id string) string { return In(lang, Fill(NeedShow, id)) }

// NeedEditing is the address of its form.
func NeedEditing(lang, id string) string { return In(lang, Fill(NeedEdit, id)) }

// NeedMerging is the address where a need is merged into another one.
func NeedMerging(lang, id string) string { return In(lang, Fill(NeedMerge, id)) }

// NeedUnmerging is the address that takes the merge of a need back.
func NeedUnmerging(lang, id string) string { return In(lang, Fill(NeedUnmerge, id)) }

// NeedHistories are the addresses of what was of needs.
func NeedHistories() History { return History{NeedShow, NeedHistory, NeedCompare} }
