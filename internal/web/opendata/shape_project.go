package opendata

// Project is a project (6.1).
type Project struct {
	Record
	TitleCs       *string  `json:"title_cs" doc:"Title in Czech"`
	TitleEn       *string  `json:"title_en" doc:"Title in English"`
	Acronym       *string  `json:"acronym" doc:"Acronym"`
	RegNumber     *string  `json:"reg_number" doc:"Registration number" example:"CZ.03.3.X/0.0/0.0/15_124/0006483"`
	Annotation    *string  `json:"annotation" doc:"Summary, at most 1 500 characters"`
	Detail        *string  `json:"detail" doc:"Detailed description"`
	NeedRationale *string  `json:"need_rationale" doc:"Why it was needed"`
	Goal          *string  `json:"goal" doc:"Goal"`
	Subgoals      []string `json:"subgoals" doc:"Partial goals"`

	DateFrom    *Date          `json:"date_from" doc:"When it began"`
	DateTo      *Date          `json:"date_to" doc:"When it ended"`
	Ongoing     bool           `json:"ongoing" doc:"It goes on or became a regular service"`
	Status      *Code          `json:"status" doc:"Status of the project (CL-11)"`
	Country     *Code          `json:"country" doc:"Country (ISO 3166)"`
	Scope       *Code          `json:"scope" doc:"Territorial scope (CL-13)"`
	Territories []ProjectPlace `json:"territories" doc:"Places of implementation"`
	PlaceText   *string        `json:"place_text" doc:"The place in words, where it is abroad or not in the register"`

	Parties []Party   `json:"parties" doc:"Actors by their roles"`
	Funding []Funding `json:"funding" doc:"Money by its sources (6.2)"`
	// Amount is the amount that lists show and sums add.
	Amount           ProjectAmount `json:"amount" doc:"The amount that lists show and sums add: of funding, or of total_cost where no line of funding has one"`
	TotalCost        Money         `json:"total_cost" doc:"Total cost"`
	IntegrationShare *string       `json:"integration_share" doc:"Share of integration of foreigners in the project, in percent" example:"40.00"`

	Areas           []ProjectArea `json:"areas" doc:"Areas of integration (CL-01)"`
	TargetLegal     []Code        `json:"target_legal" doc:"Target groups by legal position (CL-02)"`
	TargetSituation []Code        `json:"target_situation" doc:"Target groups by situation (CL-03)"`
	Citizenships    []Code        `json:"citizenships" doc:"Citizenships of the target group (ISO 3166)"`
	Activities      []Activity    `json:"activities" doc:"Key activities (CL-05)"`
	Indicators      []Indicator   `json:"indicators" doc:"Outputs, outcomes and impacts (6.3)"`
	PeoplePlanned   *People       `json:"people_planned" doc:"People planned; null = not known"`
	PeopleReached   *People       `json:"people_reached" doc:"People reached; null = not known"`
	ServiceForm     []Code        `json:"service_form" doc:"Forms of the service"`
	PriceForClient  *Code         `json:"price_for_client" doc:"Price for the client"`
	Follows         []string      `json:"follows" doc:"Codes of published projects it follows on"`

	Innovation       Flag       `json:"innovation_flag" doc:"Innovative"`
	Transfer         *Code      `json:"transfer_flag" doc:"Transferable: not, in segments, as a whole"`
	TransferNote     *string    `json:"transfer_note" doc:"How it can be transferred"`
	Upscaling        Flag       `json:"upscaling_flag" doc:"Potential for upscaling"`
	ReplicationNotes *string    `json:"replication_notes" doc:"How and where to replicate it"`
	Barriers         []Barrier  `json:"barriers" doc:"What stood in the way (CL-35)"`
	Evaluation       Evaluation `json:"evaluation_done" doc:"Whether it was evaluated"`

	Measures     []Link    `json:"measures" doc:"Measures it belongs to"`
	GoodPractice []Link    `json:"good_practice" doc:"Cards of good practice"`
	Web          *string   `json:"web" doc:"Web of the project"`
	Contacts     []Contact `json:"contacts" doc:"People who agreed to be named"`
	Media        []Media   `json:"media" doc:"Videos and photographs"`
	Sources      []Source  `json:"sources" doc:"Where the record comes from"`

	DetailLevel  Code     `json:"detail_level" doc:"How detailed the record is"`
	Completeness int      `json:"completeness" doc:"How much of twenty weighed fields is known, in percent"`
	Missing      []string `json:"missing" doc:"Which of those fields are not known"`
}

// ProjectPlace is a place with its share of the project.
type ProjectPlace struct {
	Territory PlaceRef `json:"territory" doc:"The place"`
	SharePct  *string  `json:"share_pct" doc:"Its share in percent" example:"33.33"`
}

// Party is an actor in a role.
type Party struct {
	Actor  ActorRef `json:"actor" doc:"Who"`
	Role   *Code    `json:"role" doc:"In what role (CL-09)"`
	Amount Money    `json:"amount" doc:"Part of the money it had"`
}

// ProjectAmount is the money of a project in CZK and how it was got.
type ProjectAmount struct {
	Money
	Basis   *string `json:"basis" doc:"What it comes from; null when it is not known" enum:"funding,total_cost"`
	Partial bool    `json:"partial" doc:"Some lines of funding are not known and not in it"`
}

// Funding is money from one source.
type Funding struct {
	Funder        *ActorRef `json:"funder" doc:"Who gave it"`
	FunderType    *Code     `json:"funder_type" doc:"Kind of the source (CL-06)"`
	Programme     *Code     `json:"programme" doc:"Programme (CL-07)"`
	ProgrammeText *string   `json:"programme_text" doc:"Programme in the words of the source"`
	CallNo        *string   `json:"call_no" doc:"Number of the call"`
	Call          *string   `json:"call" doc:"Code of the call" example:"V-00001"`
	Year          *int      `json:"year" doc:"Year"`
	Requested     Money     `json:"amount_requested" doc:"Requested; never counted as given"`
	Granted       Money     `json:"amount_granted" doc:"Granted"`
	Spent         Money     `json:"amount_spent" doc:"Spent"`
	Rate          *string   `json:"rate" doc:"CZK for one unit of the currency" example:"25.413000"`
	RateDate      *Date     `json:"rate_date" doc:"Day of the rate"`
	SharePct      *string   `json:"share_pct" doc:"Share of the funding in percent" example:"95.00"`
}

// ProjectArea is an area of integration of a project.
type ProjectArea struct {
	Code
	Primary  bool    `json:"primary" doc:"The main one"`
	SharePct *string `json:"share_pct" doc:"Its share in percent"`
}

// Activity is a kind of activity with its own words.
type Activity struct {
	Kind *Code   `json:"kind" doc:"Kind (CL-05)"`
	Text *string `json:"text" doc:"In the project's own words"`
}

// Barrier is what stood in the way.
type Barrier struct {
	Kind *Code   `json:"kind" doc:"Kind (CL-35)"`
	Text *string `json:"text" doc:"In words"`
}

// Indicator is what a project measures.
type Indicator struct {
	Code           *string       `json:"code" doc:"Code in its own system"`
	Name           *string       `json:"name" doc:"Name"`
	Definition     *string       `json:"definition" doc:"Definition"`
	Kind           *Code         `json:"kind" doc:"Output, outcome or impact (CL-16)"`
	Unit           *string       `json:"unit" doc:"Unit"`
	Method         *string       `json:"method" doc:"How it is calculated"`
	DataSource     *string       `json:"data_source" doc:"Source of the data"`
	Administrator  *string       `json:"administrator" doc:"Administrator (správce měřítka)"`
	Guarantor      *string       `json:"guarantor" doc:"Guarantor (garant)"`
	Periodicity    *Code         `json:"periodicity" doc:"How often it is measured"`
	Direction      *Code         `json:"direction" doc:"Whether more is better"`
	Baseline       *string       `json:"baseline" doc:"Baseline, a decimal number"`
	BaselineDate   *Date         `json:"baseline_date" doc:"Its date"`
	Target         *string       `json:"target" doc:"Target, a decimal number"`
	TargetDate     *Date         `json:"target_date" doc:"Its date"`
	Disaggregation []string      `json:"disaggregation" doc:"By what it is broken down"`
	LinkedTo       *string       `json:"linked_to" doc:"Code of the area, goal or measure"`
	Measurements   []Measurement `json:"measurements" doc:"Measured values"`
}

// Measurement is one value of an indicator.
type Measurement struct {
	Period    *string `json:"period" doc:"Period" example:"2019/1. pololetí"`
	Value     *string `json:"value" doc:"Decimal number; null = not known" example:"12.5"`
	CountKind *Code   `json:"count_kind" doc:"What was counted (CL-15)"`
	Note      *string `json:"note" doc:"Note"`
	Source    *string `json:"source" doc:"Source"`
}

// Evaluation says whether the project was evaluated.
type Evaluation struct {
	Value  *bool   `json:"value" doc:"Yes, no, or null for not known"`
	When   *Date   `json:"when" doc:"When"`
	Method *string `json:"method" doc:"How"`
	Who    *string `json:"who" doc:"By whom"`
	URL    *string `json:"url" doc:"Where the evaluation is"`
}

// Contact is a person who agreed to be named.
type Contact struct {
	Name         *string `json:"name" doc:"Name"`
	TitlesBefore *string `json:"titles_before" doc:"Titles before the name"`
	TitlesAfter  *string `json:"titles_after" doc:"Titles after the name"`
	Function     *string `json:"function" doc:"Function"`
	Organisation *string `json:"organisation" doc:"Organisation"`
	Email        *string `json:"email" doc:"E-mail"`
	Phone        *string `json:"phone" doc:"Phone"`
	Languages    []Code  `json:"languages" doc:"Languages (CL-37)"`
}

// Media is a video or a photograph.
type Media struct {
	Kind    *string `json:"kind" doc:"Video or photograph" enum:"video,foto"`
	URL     *string `json:"url" doc:"Where it is"`
	Title   *string `json:"title" doc:"Title"`
	Author  *string `json:"author" doc:"Author"`
	Source  *string `json:"source" doc:"Source"`
	Licence *Code   `json:"licence" doc:"Licence (CL-38)"`
	Alt     *string `json:"alt" doc:"Text alternative"`
}

// ProjectDetail is one project with what follows it.
type ProjectDetail struct {
	Project
	FollowedBy []string `json:"followed_by" doc:"Codes of published projects that follow on it"`
}

// ProjectPage is a page of projects.
type ProjectPage struct {
	Paging
	Amount     Sum       `json:"amount" doc:"Money of all projects found"`
	DidYouMean *string   `json:"did_you_mean" doc:"The words with their unknown ones corrected"`
	Items      []Project `json:"items" doc:"Projects of this page"`
	Facets     []Facet   `json:"facets,omitempty" doc:"Counts over all projects found, of the facets that the parameter facet names, as the address facets gives them; not there where it names none"`
}

// FacetPage is the counts of facets under a question.
type FacetPage struct {
	Total  int     `json:"total" doc:"Projects found"`
	Amount Sum     `json:"amount" doc:"Their money"`
	Facets []Facet `json:"facets" doc:"Facets in the order of the list"`
	Notes  []Note  `json:"notes" doc:"What could not be taken as written"`
}

// Facet is a property by which projects are counted and filtered.
type Facet struct {
	Name   string       `json:"name" doc:"Name of the parameter" example:"oblast"`
	Label  Words        `json:"label" doc:"Its name for people"`
	List   *string      `json:"list" doc:"Code list of its values" example:"CL-01"`
	Known  int          `json:"values_total" doc:"How many values there are, also those left out of values by the parameter hodnot"`
	Values []FacetValue `json:"values" doc:"The most frequent values first, as many as the parameter hodnot says, and all chosen ones"`
}

// FacetValue is a value and how many projects have it.
type FacetValue struct {
	Code
	Count    int  `json:"count" doc:"Distinct projects that have the value, under the words and the filters of all other facets"`
	Adds     int  `json:"adds" doc:"How many projects the answer would gain if the value were chosen beside those of its facet"`
	Selected bool `json:"selected" doc:"It is chosen"`
}
