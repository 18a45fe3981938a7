package route

// Patterns of what people propose and what editors decide.
const (
	Contributions        = "/prispevky"
	Contribution         = "/prispevky/{id}"
	ContributionNote     = "/prispevky/{id}/poznamka"
	ContributionSend     = "/prispevky/{id}/odeslat"
	ContributionWithdraw = "/prispevky/{id}/stahnout"

	Drafts     = "/rozepsane"
	DraftsDrop = "/rozepsane/zahodit"

	Queue      = "/redakce"
	QueueOne   = "/redakce/{id}"
	Review     = "/redakce/davky/{id}"
	ReviewUndo = "/redakce/davky/{id}/zpet"

	ProjectCorrect = "/projekty/{id}/navrhnout-opravu"
	ActorCorrect   = "/akteri/{id}/navrhnout-opravu"
)

// ParamProposal names, on the form of a correction, one that came back and is
// gone on with.
const ParamProposal = "navrh"

// ParamResume asks a form for what was typed into it before.
const ParamResume = "rozepsane"

// Matter is the address of the page about a record or a proposal between its
// author and editors.
func Matter(lang, id string) string { return In(lang, Fill(Contribution, id)) }

// Judging is the address of the page on which an editor decides.
func Judging(lang, id string) string { return In(lang, Fill(QueueOne, id)) }

// Reviewed is the address of several decisions made at once.
func Reviewed(lang, id string) string { return In(lang, Fill(Review, id)) }

// ProjectCorrecting and ActorCorrecting are the forms of a correction.
func ProjectCorrecting(lang, id string) string { return In(lang, Fill(ProjectCorrect, id)) }

func ActorCorrecting(lang, id string) string { return In(lang, Fill(ActorCorrect, id)) }
