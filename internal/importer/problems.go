package importer

// ProblemPrefix begins the key of every problem of a row.
const ProblemPrefix = "import.problem."

// Problems are the keys of all problems that rows can have, without the prefix,
// each with the arguments of its message. Every message can also use row, column
// and value of the problem itself.
func Problems() map[string][]string {
	return map[string][]string{
		// Rows.
		"not_project":  nil,
		"total_row":    nil,
		"header_row":   nil,
		"maybe_cut":    nil,               // the last row, shorter than the others
		"same_project": {"into"},          // joined to the row
		"row_differs":  {"into", "there"}, // says otherwise than the row it was joined to
		"suspect":      {"id", "title"},   // may be a duplicate of a record
		"suspect_row":  {"other", "title"},
		"kept_edit":    {"field", "id"}, // a person changed the field since
		"merged_away":  {"into"},        // its record was merged into another
		"undo_kept":    {"field", "id"}, // stayed when the import was undone: edited since
		"undo_merged":  {"id", "into"},  // likewise: merged since
		"rule":         {"field", "rule"},
		"no_title":     nil,
		"reg_number":   nil,
		"long_text":    {"limit", "n"},
		"not_coded":    nil, // areas and target groups in words
		"status":       nil,
		"url":          nil,
		// Dates.
		"date":       nil,
		"date_order": {"from"},
		"year_range": {"from", "to"},
		// Money.
		"money":             nil,
		"negative":          nil,
		"zero":              nil,
		"currency":          nil,
		"no_currency":       nil,
		"shared_money":      nil, // one sum for several funders
		"support_over_cost": {"cost"},
		"programme":         nil,
		"programme_differs": {"number"},
		"programme_period":  {"programme", "year"},
		// Organisations.
		"no_implementer":  nil,
		"partner_role":    nil, // taken for partners without money
		"actor_ambiguous": {"candidates"},
		"actor_namesakes": {"candidates"},
		"organisation_id": nil,
		"ico":             {"ico"},
		// Places.
		"place_unknown":     {"place"},
		"place_ambiguous":   {"place", "candidates"},
		"country":           nil,
		"country_of_funder": {"country"},
		"several_countries": nil,
	}
}
