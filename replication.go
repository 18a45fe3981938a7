package atlas

// Kinds of replications (CL-33-VZT) that rules speak of. That one was given up is
// its status, whatever was to be taken over.
const (
	TransferInspired = "INSPIRACE"
	TransferPart     = "PRENOS_CAST"
	TransferWhole    = "PRENOS_CELEK"
	TransferUpscaled = "ROZSIRENI"
)

// Statuses of a replication (CL-33-PREN) that rules speak of.
const (
	TransferInterest  = "ZAJEM"
	TransferRunning   = "REAL"
	TransferDone      = "PRENES"
	TransferAdapted   = "UPRAV"
	TransferAbandoned = "OPUST"
)

// Replication (přenos, 6.12, R4-14, R4-15) is that a town takes over a practice, or
// tries to: its way through the five steps, what it took, what it changed and what
// came of it.
type Replication struct {
	ID string // "B-00001"
	Meta

	Practice string // card that was followed
	// Via is the replication of the same card from whose town it was taken; "" = from
	// the town of the card itself.
	Via string
	// The follower.
	Territory string // code
	PlaceText string // in words where it is abroad
	Country   string // ISO 3166
	Actor     string // who carries it out there
	Project   string // their project
	Card      string // their own card of it

	Kind     string // CL-33-VZT
	Status   string // CL-33-PREN
	Segments []string
	Steps    []TransferStep
	Answers  []PrerequisiteAnswer
	Adapted  string // what was changed
	Result   string
	Because  string // why it was given up
	From     Date
	Until    Date

	// Both sides say that it is so; before that the link is called unconfirmed.
	BySource   SideConfirmation
	ByFollower SideConfirmation

	Sources []Source
}

// TransferStep is the answer to a step of the checklist.
type TransferStep struct {
	Code   StepCode
	Answer string
	Done   Date // zero = not yet
}

// StepCode is one of the five steps of R4-15.
type StepCode string

const (
	StepAcquaint  StepCode = "acquaint"  // seznámení s podstatou a přínosem
	StepJustify   StepCode = "justify"   // opodstatnění a rizika
	StepResources StepCode = "resources" // zdroje finanční, časové, personální
	StepPlan      StepCode = "plan"      // koncepční postup a hodnoticí parametry
	StepPartners  StepCode = "partners"  // spolupráce se subjekty v problematice
)

// StepCodes are the five steps in their order.
func StepCodes() []StepCode {
	return []StepCode{StepAcquaint, StepJustify, StepResources, StepPlan, StepPartners}
}

// PrerequisiteAnswer is what the follower says of a prerequisite of the card.
type PrerequisiteAnswer struct {
	Code   string // Prerequisite.Code
	Met    Tri
	Source string
}

// SideConfirmation is that one of the two sides said that the link is true.
type SideConfirmation struct {
	By string // account
	On Date
}

// Said says whether the side confirmed.
func (c SideConfirmation) Said() bool { return c.On.Known() }

// Confirmed says whether both sides did.
func (r *Replication) Confirmed() bool { return r.BySource.Said() && r.ByFollower.Said() }

// Abandoned says whether it was given up.
func (r *Replication) Abandoned() bool { return r.Status == TransferAbandoned }

// Subject is the replication for permissions: it belongs to the follower.
func (r *Replication) Subject() Subject {
	s := r.Meta.Subject()
	s.ID = r.ID
	if r.Territory != "" {
		s.Territories = []string{r.Territory}
	}
	if r.Actor != "" {
		s.Organisations = []string{r.Actor}
	}
	return s
}
