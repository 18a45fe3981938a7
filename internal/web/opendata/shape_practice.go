package opendata

// Practice is a card of good practice (6.11).
type Practice struct {
	Record
	Title           string        `json:"title" doc:"Title"`
	Projects        []RecordRef   `json:"projects" doc:"Published projects that it grew of"`
	Evaluations     []string      `json:"evaluations" doc:"Codes of the evaluations that it rests on" example:"E-00001"`
	Territories     []PlaceRef    `json:"territories" doc:"Where it is"`
	PlaceText       *string       `json:"place_text" doc:"Where it is in words, abroad"`
	Country         *Code         `json:"country" doc:"Country, ISO 3166"`
	Needed          *string       `json:"needed" doc:"What would be needed in Czechia, of a practice from abroad"`
	Implementers    []ActorRef    `json:"implementers" doc:"Who carries it out"`
	Contacts        []Contact     `json:"contacts" doc:"People who agreed to be public, and workplaces"`
	From            *Date         `json:"from" doc:"Since when"`
	To              *Date         `json:"to" doc:"Until when"`
	Ongoing         bool          `json:"ongoing" doc:"It goes on"`
	BecameService   bool          `json:"became_service" doc:"It became a regular service"`
	Pioneer         bool          `json:"pioneer" doc:"There was nobody to follow when it began"`
	Summary         *string       `json:"summary" doc:"Summary"`
	Goal            *string       `json:"goal" doc:"Goal"`
	Subgoals        []string      `json:"subgoals" doc:"Sub-goals"`
	Beneficiaries   *string       `json:"beneficiaries" doc:"Whom it serves"`
	Areas           []Code        `json:"areas" doc:"Areas of integration (CL-01)"`
	Activities      []Code        `json:"activities" doc:"Activities (CL-05)"`
	TargetLegal     []Code        `json:"target_legal" doc:"Groups by legal position (CL-02)"`
	Situations      []Code        `json:"situations" doc:"Groups by situation (CL-03)"`
	CityRoles       []string      `json:"city_roles" doc:"As what the town acts: policy, service, employer, buyer"`
	Stimulus        *string       `json:"stimulus" doc:"What made them begin"`
	Description     *string       `json:"description" doc:"Description"`
	Milestones      []Milestone   `json:"milestones" doc:"What changed over time"`
	Results         *string       `json:"results" doc:"Results and outputs"`
	Services        []CardService `json:"services" doc:"What clients are given"`
	Funding         *string       `json:"funding" doc:"Funding, in words"`
	Staff           *string       `json:"staff" doc:"Full-time equivalents it takes" example:"1.50"`
	Months          *int          `json:"months" doc:"Months of getting ready"`
	YearlyCost      Money         `json:"yearly_cost" doc:"Cost a year"`
	Transferability *Code         `json:"transferability" doc:"Transferability of the whole"`
	Segments        []Segment     `json:"segments" doc:"Parts that can be taken over by themselves"`
	Adaptation      *string       `json:"adaptation" doc:"What to keep in mind elsewhere"`
	Advice          []string      `json:"advice" doc:"Advice to those interested, step by step"`
	Prerequisites   []Requirement `json:"prerequisites" doc:"What it needs to work"`
	Upscaling       Flag          `json:"upscaling" doc:"Upscaling potential"`
	Barriers        []Barrier     `json:"barriers" doc:"What stood in the way (CL-35)"`
	Lessons         *string       `json:"lessons" doc:"Assessment of experience"`
	Evaluation      *string       `json:"evaluation" doc:"How it was evaluated and what that showed"`
	Assessments     []Opinion     `json:"assessments" doc:"What those concerned say, by group"`
	Awards          []Award       `json:"awards" doc:"Awards"`
	Photos          []Photo       `json:"photos" doc:"Photographs, each with its source and licence"`
	Videos          []Video       `json:"videos" doc:"Recordings"`
	Files           []Link        `json:"files" doc:"Materials that were made"`
	Status          *Code         `json:"status" doc:"Status of the card (CL-33)"`
	Mark            Mark          `json:"mark" doc:"Mark of good practice"`
	Sources         []Source      `json:"sources" doc:"Where the record comes from"`
}

// Mark is the mark of good practice of a card.
type Mark struct {
	State     string   `json:"state" doc:"It holds, it was there and holds no more, or there was none" enum:"plati,pozbyla,bez"`
	Since     *Date    `json:"since" doc:"When an editor gave it"`
	Until     *Date    `json:"until" doc:"To which day it holds unless it is confirmed"`
	Confirmed []string `json:"confirmed" doc:"Days when an editor said that it holds" example:"2026-11-21"`
	LostOn    *Date    `json:"lost_on" doc:"When it fell before that day"`
	Lost      *string  `json:"lost" doc:"Why it fell: a code, or the words of an editor" example:"evidence K5"`
	Upscaled  bool     `json:"upscaled" doc:"The upscaling mark was given as well"`
}

// Milestone is what changed at a time.
type Milestone struct {
	When *Date   `json:"when" doc:"When"`
	Text *string `json:"text" doc:"What changed"`
}

// CardService is a service to clients.
type CardService struct {
	Form  *Code   `json:"form" doc:"Form"`
	Price *Code   `json:"price" doc:"Price for the client"`
	Who   *string `json:"who" doc:"For whom"`
}

// Segment is a part that can be taken over by itself.
type Segment struct {
	Name         string  `json:"name" doc:"Name"`
	Transferable *bool   `json:"transferable" doc:"It can be taken over; null for not known"`
	Adaptation   *string `json:"adaptation" doc:"What needs to be adapted"`
}

// Requirement is what a practice needs.
type Requirement struct {
	Code  *string `json:"code" doc:"Stable within the card" example:"p1"`
	Kind  *string `json:"kind" doc:"Kind" enum:"staff,money,partner,power,size,language,other"`
	Of    *string `json:"of" doc:"Of what: a code by its kind"`
	Least *int    `json:"least" doc:"At least how much: hundredths of a job, CZK a year, people"`
	Text  *string `json:"text" doc:"In words"`
	Core  bool    `json:"core" doc:"It does not work without it"`
}

// Opinion is what a group says.
type Opinion struct {
	Of     *string `json:"of" doc:"Who" enum:"leadership,partners,foreigners,experts"`
	Text   *string `json:"text" doc:"What they say"`
	Source *string `json:"source" doc:"How it is known"`
}

// Award is an award of a practice.
type Award struct {
	Award *Code   `json:"award" doc:"Which (CL-34)"`
	Name  *string `json:"name" doc:"Its name where the list has none"`
	By    *string `json:"by" doc:"Who gave it"`
	Year  *int    `json:"year" doc:"When"`
	URL   *string `json:"url" doc:"Where it is told"`
}

// Photo is a photograph.
type Photo struct {
	File    *string `json:"file" doc:"Address of the picture kept here"`
	Small   *string `json:"small" doc:"The same in a small size"`
	Width   *int    `json:"width" doc:"Its width in pixels"`
	Height  *int    `json:"height" doc:"Its height in pixels"`
	URL     *string `json:"url" doc:"Where the original is"`
	Alt     *string `json:"alt" doc:"What it shows"`
	Author  *string `json:"author" doc:"Who took it"`
	Source  *string `json:"source" doc:"Where it is from"`
	Licence *Code   `json:"licence" doc:"Licence (CL-38)"`
}

// Video is a recording held elsewhere.
type Video struct {
	URL          *string `json:"url" doc:"Where it is"`
	Title        *string `json:"title" doc:"Title"`
	Speaker      *string `json:"speaker" doc:"Who speaks"`
	Function     *string `json:"function" doc:"In what job"`
	Organisation *string `json:"organisation" doc:"Of which organisation"`
	Transcript   *string `json:"transcript" doc:"What is said"`
}

// PracticePage is a page of cards.
type PracticePage struct {
	Paging
	Items []Practice `json:"items" doc:"Cards of this page, in the order of their codes"`
}
