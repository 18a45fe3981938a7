package atlas

import "slices"

// Practice (karta dobré praxe, 6.11, R4-01…R4-24) describes what somewhere works,
// so that another town can judge whether to take it over. Blocks follow the card of
// Plzeň: basic data, description, transferability, barriers, assessment of
// experience, award, photo.
type Practice struct {
	ID string // "K-00001"
	Meta

	Title       string   // at most 15 words
	Projects    []string // projects it grew of
	Evaluations []string // published evaluations it rests on
	Territories []string // codes
	PlaceText   string   // in words where it is abroad
	Country     string   // ISO 3166
	// Needed is what would be needed to do it here, of a foreign practice (R3-17).
	Needed       string
	Implementers []string // actors
	Contacts     []Person

	// Basic data.
	From, To      Date
	Ongoing       bool
	BecameService bool // it is a regular service now
	Pioneer       bool // nobody could be followed when it began (R4-11)
	Summary       string
	Goal          string
	Subgoals      []string
	Beneficiaries string
	Areas         []string // CL-01
	Activities    []string // CL-05
	TargetLegal   []string // CL-02
	Situations    []string // CL-03
	CityRoles     []CityRole

	// Description.
	Stimulus    string
	Description string
	Milestones  []Milestone
	Results     string
	Services    []Service
	Funding     string
	Staff       FTE    // full-time equivalents it takes
	Months      int    // how long getting ready takes; 0 = not known
	YearlyCost  Amount // CZK a year

	// Transferability.
	Transferability string
	Segments        []Segment
	Adaptation      string   // what must be kept in mind elsewhere (R4-13)
	Advice          []string // to those who want to take it over, step by step (R4-15)
	Prerequisites   []Prerequisite
	Upscaling       Flag

	Barriers []Barrier // CL-35 with words

	// Assessment of experience.
	Lessons     string
	Evaluation  string // in words: method, indicators, failures, side effects
	Assessments []Opinion

	Awards []Award
	Photos []Photo
	Videos []Video
	Files  []Reference // materials that were made

	Sources []Source

	// The mark of good practice (8.2.7). MarkedOn is when an editor gave it, Until to
	// which day it holds unless confirmed; Confirmed are the days when it was. Lost is
	// why it fell before that day.
	Status    string // CL-33
	Marked    Date
	Until     Date
	Confirmed []Confirmation
	Lost      string
	LostOn    Date
	Upscaled  bool // the upscaling mark was given as well
}

// Statuses of a card (CL-33) that rules speak of.
const (
	PracticeDraft       = "KONCEPT"
	PracticeEvaluated   = "HODNOT"
	PracticePublished   = "ZVEREJ"
	PracticeRecommended = "PRENOS"
	PracticeOutdated    = "ZASTAR"
	PracticeArchived    = "ARCHIV"
)

// CityRole (role města, F59) is as what the town acts.
type CityRole string

const (
	CityPolicy   CityRole = "policy"   // tvůrce politik
	CityService  CityRole = "service"  // poskytovatel služeb
	CityEmployer CityRole = "employer" // zaměstnavatel
	CityBuyer    CityRole = "buyer"    // zadavatel
)

// CityRoles are all roles in their order.
func CityRoles() []CityRole { return []CityRole{CityPolicy, CityService, CityEmployer, CityBuyer} }

// Milestone (milník) is what changed over time (R4-06).
type Milestone struct {
	When Date
	Text string
}

// Service (služba, R4-05) is what clients are given: in which form and for how much.
type Service struct {
	Form  string // ATL-FORMA
	Price string // ATL-CENA
	Who   string // for whom: who lives in the town, who works there
}

// FTE (úvazky) is hundredths of a full-time job; not known is never 0.
type FTE struct {
	Known      bool
	Hundredths int
}

// Segment is a part that can be taken over by itself (R4-12).
type Segment struct {
	Name         string
	Transferable Tri
	Adaptation   string // what needs to be adapted
}

// PrerequisiteKind (druh předpokladu) is what a practice needs to work.
type PrerequisiteKind string

const (
	NeedsStaff    PrerequisiteKind = "staff"    // lidé: hundredths of a full-time job
	NeedsMoney    PrerequisiteKind = "money"    // peníze: CZK a year
	NeedsPartner  PrerequisiteKind = "partner"  // partner: type of an actor, CL-08
	NeedsPower    PrerequisiteKind = "power"    // pravomoc: obec, ORP, kraj, statutory city
	NeedsSize     PrerequisiteKind = "size"     // velikost: inhabitants or foreigners
	NeedsLanguage PrerequisiteKind = "language" // jazyk: CL-37
	NeedsOther    PrerequisiteKind = "other"
)

// PrerequisiteKinds are all kinds in their order.
func PrerequisiteKinds() []PrerequisiteKind {
	return []PrerequisiteKind{NeedsStaff, NeedsMoney, NeedsPartner, NeedsPower, NeedsSize, NeedsLanguage, NeedsOther}
}

// Prerequisite (předpoklad) is what a practice needs, so far as it can be asked of a
// municipality. Least is in the unit of its kind – hundredths of a job, CZK a year,
// people – and 0 where only Text says how much; Of says which: the code of a type
// of actors, of a language, of a level of territories, "foreigners" or "inhabitants".
type Prerequisite struct {
	Code  string // stable within the card: "p1"
	Kind  PrerequisiteKind
	Of    string
	Least int64
	Text  string
	Core  bool // it does not work without it; false: it can be adapted
}

// Award (ocenění, R4-23).
type Award struct {
	Code string // CL-34
	Name string // in words where the list has none
	By   string // who gave it
	Year int
	URL  string
}

// Photo (fotografie) never goes without its source, licence and a text in its place
// (R4-24).
type Photo struct {
	File    string // SHA-256 of the kept picture, without the data a camera puts in
	Small   string // SHA-256 of the same in a small size
	URL     string // where it is, when it is not kept here
	Alt     string
	Author  string
	Source  string
	Licence string // CL-38
	Width   int
	Height  int
}

// Video (R2-13…15) has a speaker with a function, and what is said in words.
type Video struct {
	URL          string
	Title        string
	Speaker      string
	Function     string
	Organisation string
	Transcript   string
}

// Confirmation (potvrzení) is that somebody said it still holds.
type Confirmation struct {
	On    Date
	By    string // account
	Until Date
}

// Segment finds a segment by its name.
func (p *Practice) Segment(name string) (*Segment, bool) {
	i := slices.IndexFunc(p.Segments, func(s Segment) bool { return s.Name == name })
	if i < 0 {
		return nil, false
	}
	return &p.Segments[i], true
}

// Holds says whether the mark of good practice was given and holds on a day.
func (p *Practice) Holds(on Date) bool {
	return p.Marked.Known() && !p.LostOn.Known() && p.Until.String() >= on.String()
}

// Lapsed says whether the mark was given and holds no more on a day.
func (p *Practice) Lapsed(on Date) bool { return p.Marked.Known() && !p.Holds(on) }

// Subject is the card for permissions: it belongs to those who carry it out and to
// its towns.
func (p *Practice) Subject() Subject {
	s := p.Meta.Subject()
	s.ID, s.Organisations, s.Territories = p.ID, p.Implementers, slices.Clone(p.Territories)
	return s
}

// Collection (sbírka) is practices put together by somebody for a purpose.
type Collection struct {
	ID string // "S-00001"
	Meta

	Title     string
	Text      string
	Practices []string // in the order that is wanted
}

// Subject is the collection for permissions.
func (c *Collection) Subject() Subject {
	s := c.Meta.Subject()
	s.ID = c.ID
	return s
}
