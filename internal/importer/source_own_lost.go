package importer

// NotReadBack are the columns of our export of projects that change nothing of
// the record when the file is read by the import, each with the reason. What the
// others say comes back whole.
func NotReadBack() map[string]string {
	const (
		words    = "the code beside says it"
		computed = "computed of other fields"
		theirs   = "of the record where it was written, not of the project"
		kept     = "kept in words: the line is for people and does not say everything"
	)
	return map[string]string{
		"status": words, "country": words, "scope": words, "target_legal": words, "target_situation": words, "citizenships": words,
		"service_form": words, "price_for_client": words, "transfer_flag": words,
		"implementers": computed, "funders": computed, "amount_czk": computed, "amount_from": computed, "amount_unknown_lines": computed,
		"completeness": computed, "level": computed,
		"record_status": theirs, "sample": theirs, "updated": theirs, "version": theirs,
		"indicators": kept + "; the file of indicators does",
		"media":      kept + ": not the kind",
		"contacts":   "a person agreed to be named by the database that wrote the file, not by another",
		"sources":    "the source of what is imported is the file, with the address of the record",
	}
}
