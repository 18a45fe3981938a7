package importer

// Targets of columns. Their names are those that European lists of projects
// have in common.
const (
	TargetNumber          Target = "project_id"
	TargetName            Target = "project_name"
	TargetDescription     Target = "project_description"
	TargetBeneficiary     Target = "beneficiary_name"
	TargetICO             Target = "beneficiary_ico"
	TargetLegalForm       Target = "beneficiary_legal_form"
	TargetPerson          Target = "beneficiary_person"
	TargetEmail           Target = "beneficiary_email"
	TargetPhone           Target = "beneficiary_phone"
	TargetAddress         Target = "beneficiary_address"
	TargetPostcode        Target = "beneficiary_postal_code"
	TargetCity            Target = "beneficiary_city"
	TargetCounty          Target = "beneficiary_county"
	TargetRegion          Target = "beneficiary_nuts_region"
	TargetNUTS            Target = "beneficiary_nuts_code"
	TargetCountry         Target = "beneficiary_country"
	TargetURL             Target = "beneficiary_url"
	TargetPartner         Target = "partner_name"
	TargetAuthority       Target = "management_authority"
	TargetProgramme       Target = "operational_programme"
	TargetProgrammeCode   Target = "cci_program_code"
	TargetProgrammeTitle  Target = "cci_program_title"
	TargetFund            Target = "fund_acronym"
	TargetPriority        Target = "priority_label"
	TargetPriorityNumber  Target = "priority_number"
	TargetTheme           Target = "theme_name"
	TargetThemeCode       Target = "theme_code"
	TargetCallName        Target = "call_name"
	TargetCallNumber      Target = "call_number"
	TargetStart           Target = "starting_date"
	TargetEnd             Target = "completion_date"
	TargetApproved        Target = "approval_date"
	TargetLastPaid        Target = "final_payment_date"
	TargetStatus          Target = "project_status"
	TargetTotal           Target = "total_amount"
	TargetEligible        Target = "total_amount_eligible"
	TargetEUShare         Target = "eu_cofinancing_rate"
	TargetEUAmount        Target = "eu_cofinancing_amount"
	TargetEUGranted       Target = "eu_cofinancing_amount_eligible"
	TargetGrant           Target = "grant_amount" // of whoever gives it
	TargetStateAmount     Target = "member_state_amount"
	TargetOtherAmount     Target = "third_party_amount"
	TargetRequestedAmount Target = "requested_amount"
	TargetCurrency        Target = "currency"
	TargetGroup           Target = "target_group"
	TargetActivities      Target = "activities"
	TargetSource          Target = "source"
	TargetNote            Target = "note"
)

// Targets are all targets, in the order in which a person chooses among them.
func Targets() []Target {
	return []Target{
		TargetName, TargetNumber, TargetDescription, TargetStatus, TargetStart, TargetEnd, TargetApproved, TargetLastPaid,
		TargetBeneficiary, TargetICO, TargetLegalForm, TargetPerson, TargetEmail, TargetPhone, TargetURL,
		TargetAddress, TargetPostcode, TargetCity, TargetCounty, TargetRegion, TargetNUTS, TargetCountry,
		TargetPartner, TargetAuthority, TargetProgramme, TargetProgrammeCode, TargetProgrammeTitle, TargetFund,
		TargetPriority, TargetPriorityNumber, TargetTheme, TargetThemeCode, TargetCallName, TargetCallNumber,
		TargetTotal, TargetEligible, TargetGrant, TargetEUAmount, TargetEUGranted, TargetEUShare, TargetStateAmount, TargetOtherAmount,
		TargetRequestedAmount, TargetCurrency, TargetGroup, TargetActivities, TargetSource, TargetNote,
	}
}

// Repeats says whether several columns of one table can have the target, such
// as a place that is told by its parts.
func (t Target) Repeats() bool {
	switch t {
	case TargetDescription, TargetCity, TargetRegion, TargetPartner, TargetTheme, TargetGroup, TargetActivities,
		TargetSource, TargetNote, TargetEmail, TargetPhone, TargetPerson, TargetURL:
		return true
	}
	return false
}
