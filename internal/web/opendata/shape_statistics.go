package opendata

// Need is what foreigners or those who work with them lack in a place (6.14).
type Need struct {
	Record
	Title       string      `json:"title" doc:"Title"`
	Description *string     `json:"description" doc:"Description"`
	Kind        *Code       `json:"kind" doc:"Kind of the need"`
	Area        *Code       `json:"area" doc:"Area of integration (CL-01)"`
	Territory   *PlaceRef   `json:"territory" doc:"Where it is"`
	TargetLegal []Code      `json:"target_legal" doc:"Whom it concerns (CL-02)"`
	People      *People     `json:"people" doc:"How many it concerns, estimated; null when it is not known, or few"`
	Few         bool        `json:"few" doc:"It concerns fewer than five people; their number is not public"`
	Severity    *int        `json:"severity" doc:"1 (mild) to 4 (critical)"`
	Origin      *Code       `json:"origin" doc:"Who reported it"`
	ReportedOn  *Date       `json:"reported_on" doc:"When it was reported"`
	Evidence    *string     `json:"evidence" doc:"What shows it"`
	Status      *Code       `json:"status" doc:"Status (CL-32)"`
	Open        bool        `json:"open" doc:"Verified and lasting: the index of need weighs it"`
	Projects    []RecordRef `json:"projects" doc:"Published projects that answer it"`
	Calls       []RecordRef `json:"calls" doc:"Published calls that answer it"`
	Measures    []Link      `json:"measures" doc:"Measures of strategies"`
	Sources     []Source    `json:"sources" doc:"Where the record comes from"`
}

// RecordRef names a record of another list.
type RecordRef struct {
	ID    string `json:"id" doc:"Stable code of the record" example:"P-00001"`
	Title string `json:"title" doc:"Its title"`
}

// NeedPage is a page of needs.
type NeedPage struct {
	Paging
	Items []Need `json:"items" doc:"Needs of this page, in the order of their codes"`
}

// SourceExtent says which territories and years of a source of projects are here.
type SourceExtent struct {
	Record
	Source      string     `json:"source" doc:"The source in words"`
	Publisher   *string    `json:"publisher" doc:"Who publishes it"`
	URL         *string    `json:"url" doc:"Where it is published"`
	Programmes  []Code     `json:"programmes" doc:"Programmes (CL-07); none when it is not of one programme"`
	Territories []PlaceRef `json:"territories" doc:"Territories that the statement is about"`
	From        int        `json:"from" doc:"First year"`
	To          int        `json:"to" doc:"Last year"`
	State       string     `json:"state" doc:"All of it is here, a part, or nothing; only where all is here does a missing project say anything" enum:"cely,cast,neni"`
	CheckedOn   *Date      `json:"checked_on" doc:"When the database was last compared with the source"`
	Batch       *string    `json:"batch" doc:"Import that brought it" example:"D-00001"`
	Note        *string    `json:"note" doc:"Note"`
}

// SourceExtentPage is a page of extents.
type SourceExtentPage struct {
	Paging
	Items []SourceExtent `json:"items" doc:"Extents of this page, in the order of their codes"`
}

// StatisticsDataset is a data set of statistics: one source with one definition. Numbers of
// two of them are never to be put into one series.
type StatisticsDataset struct {
	Code        string    `json:"code" doc:"Stable code" example:"csu-cizinci"`
	Page        string    `json:"page" doc:"Address of its page for people" format:"uri"`
	Name        Words     `json:"name" doc:"Its name"`
	Definition  Words     `json:"definition" doc:"What exactly is counted"`
	Edition     *string   `json:"edition" doc:"Edition of the definition"`
	Publisher   *string   `json:"publisher" doc:"Who publishes it"`
	URL         *string   `json:"url" doc:"Where it is published"`
	Licence     *Code     `json:"licence" doc:"Licence (CL-38)"`
	Periodicity *Code     `json:"periodicity" doc:"How often it appears (CL-39)"`
	Indicator   Words     `json:"indicator" doc:"What is measured"`
	Unit        Words     `json:"unit" doc:"Unit"`
	Decimals    int       `json:"decimals" doc:"Decimal places of its values"`
	Own         bool      `json:"own" doc:"Own data of an organisation or a territory and not of a public source"`
	Owner       *ActorRef `json:"owner" doc:"Organisation whose data they are"`
	Territory   *PlaceRef `json:"territory" doc:"Territory whose data they are"`
	Territories int       `json:"territories" doc:"Territories that have some number"`
	Dates       int       `json:"dates" doc:"Dates of the numbers"`
	First       *Date     `json:"first" doc:"The first date; null when there is nothing"`
	Last        *Date     `json:"last" doc:"The last date"`
}

// DatasetPage is a page of data sets.
type DatasetPage struct {
	Paging
	Items []StatisticsDataset `json:"items" doc:"Data sets of this page"`
}

// Number is a number of statistics with what there is to know of it.
type Number struct {
	Date             *Date   `json:"date" doc:"Date that it is of"`
	Value            *string `json:"value" doc:"The number, with as many decimal places as the data set has; null when it is hidden or not known, which is never 0" example:"1234"`
	State            string  `json:"state" doc:"Known, hidden because it is small or a small one could be computed of it, or not known" enum:"known,hidden,not_known"`
	Edition          *string `json:"edition" doc:"Edition of the definition; numbers of two are not comparable"`
	TerritoryVersion *string `json:"territory_version" doc:"Since when the territory has had the extent that the number is about; numbers of two are not comparable"`
	Municipalities   *int    `json:"municipalities" doc:"Of a sum that this database made: how many municipalities were added; null of what the source tells itself"`
	Untold           *int    `json:"municipalities_untold" doc:"Of such a sum: how many other municipalities lie inside, of which nothing is known; null when that is not known"`
	Batch            *string `json:"batch" doc:"Import it came in by" example:"D-00001"`
}

// Value is the newest total of a territory.
type Value struct {
	Territory PlaceRef `json:"territory" doc:"Territory; BEZ-ADRESY are people without a valid address, who are in no other number of a municipality"`
	Number
}

// ValuePage is a page of totals.
type ValuePage struct {
	Paging
	Items []Value `json:"items" doc:"Totals of this page, by level and code of the territory"`
}

// Figure is a number of one category of people.
type Figure struct {
	Citizenship *Code   `json:"citizenship" doc:"Citizenship (ISO 3166; XX not known, XA none, XK Kosovo); null = all together"`
	Sex         *string `json:"sex" doc:"Men, women, not known; null = all together" enum:"m,z,x"`
	AgeFrom     *int    `json:"age_from" doc:"From this age, in whole years; null = all together"`
	AgeTo       *int    `json:"age_to" doc:"To this age, included; null = without an end"`
	Residence   *Code   `json:"residence" doc:"Type of residence (CL-04); null = all together"`
	Number
	Version int64   `json:"version" doc:"Grows when the source corrects its numbers"`
	Note    *string `json:"note" doc:"Note"`
}

// FigurePage is a page of numbers of a territory.
type FigurePage struct {
	Paging
	Territory PlaceRef `json:"territory" doc:"The territory"`
	Items     []Figure `json:"items" doc:"Numbers of this page, by date and category; totals and parts stand beside each other and are never to be added"`
}
