package store

import "atlas"

// schema is all tables that rows are read from and written to through columns.
// It is made once for a Store and never changes.
type schema struct {
	projects *records[atlas.Project]
	actors   *records[atlas.Actor]
	calls    *records[atlas.Call]
	extents  *records[atlas.SourceExtent]
	needs    *records[atlas.Need]
	reports  *records[atlas.Report]

	rubrics      *records[atlas.Rubric]
	rounds       *records[atlas.Round]
	evaluations  *records[atlas.Evaluation]
	sheets       *records[atlas.Sheet]
	practices    *records[atlas.Practice]
	collections  *records[atlas.Collection]
	replications *records[atlas.Replication]

	lists       *table[atlas.List]
	items       child[atlas.List, atlas.Item]
	texts       *table[atlas.PageText]
	territories *table[territory]
	changes     *table[change]
	batches     *table[atlas.Batch]
	batchRows   *table[atlas.BatchRow]
	problems    *table[batchProblem]
	pairs       *table[Pair]
	audit       *table[AuditEntry]
	redactions  *table[Redaction]
	reasons     *table[reason]
	letters     *table[Letter]

	accounts    *table[atlas.Account]
	grants      *table[grant]
	sessions    *table[Session]
	links       *table[Link]
	ceremonies  *table[Ceremony]
	passkeys    *table[Passkey]
	identities  *table[KnownIdentity]
	memberships *table[atlas.Membership]
	mandates    *table[atlas.Mandate]
	drafts      *table[Draft]
	consents    *table[Consent]
	watches     *table[Watch]

	proposals        *table[Proposal]
	remarks          *table[Remark]
	transferMessages *table[TransferMessage]
	reviews          *table[reviewRow]

	datasets *table[dataset]
	slices   *table[sliceRow]

	snapshots writers
}

func newSchema() *schema {
	return &schema{
		projects: newProjects(), actors: newActors(), calls: newCalls(), extents: newExtents(), needs: newNeeds(), reports: newReports(),
		rubrics: newRubrics(), rounds: newRounds(), evaluations: newEvaluations(), sheets: newSheets(),
		practices: newPractices(), collections: newCollections(), replications: newReplications(),
		lists: newLists(), items: newItems(), texts: newTexts(), territories: newTerritories(),
		changes: newChanges(),
		batches: newBatches(), batchRows: newBatchRows(), problems: newBatchProblems(),
		pairs: newPairs(), letters: newLetters(), audit: newAudit(), redactions: newRedactions(), reasons: newReasons(),

		accounts: newAccounts(), grants: newGrants(), sessions: newSessions(), links: newLinks(), ceremonies: newCeremonies(), passkeys: newPasskeys(), identities: newIdentities(),
		memberships: newMemberships(), mandates: newMandates(), drafts: newDrafts(), consents: newConsents(), watches: newWatches(),
		proposals: newProposals(), remarks: newRemarks(), reviews: newReviews(), transferMessages: newTransferMessages(),
		datasets: newDatasets(), slices: newSlices(),
	}
}

// tables names all tables of the database, each after those it refers to: the
// order in which a copy fills them.
func tables() []string {
	return []string{
		"counter", "change", "change_reason", "audit", "redaction",
		"list", "list_item", "page_text", "territory", "boundary", "alias",
		"actor", "actor_other_name", "actor_relation", "actor_value", "actor_source", "actor_verbatim",
		"call", "call_value", "call_source", "call_verbatim",
		"project", "project_place", "project_party", "project_funding", "project_area",
		"project_activity", "project_barrier", "project_indicator", "project_measurement",
		"project_follow", "project_reference", "project_contact", "project_media",
		"project_value", "project_source", "project_verbatim", "project_pair",
		"source_extent", "source_extent_value",
		"need", "need_value", "need_measure", "need_source",
		"batch", "batch_row", "batch_problem", "column_mapping",
		"account", "account_secret", "recovery_code", "passkey", "account_identity", "session", "login_link", "ceremony",
		"role_grant", "membership", "mandate", "draft", "consent", "account_warning", "watch",
		"outbox",
		"proposal", "remark", "review", "transfer_message",
		"statistic_dataset", "statistic_slice",
		"report", "report_text", "report_edition", "report_content",
		"rubric", "evaluation_round", "evaluation", "evaluation_assignment", "sheet",
		"practice", "practice_value", "practice_source", "collection", "collection_value",
		"replication", "replication_source",
	}
}
