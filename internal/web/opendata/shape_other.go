package opendata

// Actor is an organisation, its part, or a group of organisations (6.4).
type Actor struct {
	Record
	Name         string     `json:"name" doc:"Name"`
	NameEn       *string    `json:"name_en" doc:"Name in English"`
	OtherNames   []string   `json:"other_names" doc:"Names in other sources and languages"`
	Generic      bool       `json:"generic" doc:"A group of organisations such as language schools"`
	Type         *Code      `json:"actor_type" doc:"Type (CL-08)"`
	Sector       *Code      `json:"sector" doc:"Public or private"`
	Parent       *ActorRef  `json:"parent" doc:"Published actor it belongs to"`
	LegalForm    *Code      `json:"legal_form" doc:"Legal form (CL-10)"`
	Country      *Code      `json:"country" doc:"Country (ISO 3166)"`
	ICO          *string    `json:"ico" doc:"IČO, eight digits" example:"00254657"`
	ForeignID    *string    `json:"foreign_id" doc:"Identifier abroad" example:"GB-CHC-1136419"`
	DIC          *string    `json:"dic" doc:"DIČ of a legal person"`
	DataBox      *string    `json:"data_box" doc:"ID of the data box"`
	Seat         *Address   `json:"address_seat" doc:"Seat"`
	Post         *Address   `json:"address_post" doc:"Address for letters"`
	Billing      *Address   `json:"address_billing" doc:"Address for invoices"`
	Email        *string    `json:"email" doc:"E-mail of the organisation"`
	Phone        *string    `json:"phone" doc:"Phone of the organisation"`
	Web          *string    `json:"web" doc:"Web"`
	Territories  []PlaceRef `json:"territories" doc:"Where it works"`
	Areas        []Code     `json:"areas" doc:"Areas of integration (CL-01)"`
	Activities   []Code     `json:"activities" doc:"Activities (CL-05)"`
	TargetLegal  []Code     `json:"target_legal" doc:"Whom it serves (CL-02)"`
	Languages    []Code     `json:"languages" doc:"Languages (CL-37)"`
	ServiceForm  []Code     `json:"service_form" doc:"Forms of the service"`
	Capacity     *string    `json:"capacity" doc:"Capacity"`
	OpeningHours *string    `json:"opening_hours" doc:"Opening hours"`
	Price        *Code      `json:"price" doc:"Price for the client"`
	Relations    []Relation `json:"relations" doc:"Relations to published actors"`
	Sphere       *Code      `json:"sphere" doc:"Sphere"`
	VerifiedAt   *Date      `json:"verified_at" doc:"When the record was last verified"`
	Implements   int        `json:"projects_implemented" doc:"Published projects it implements"`
	Funds        int        `json:"projects_funded" doc:"Published projects it gave money to"`
	Sources      []Source   `json:"sources" doc:"Where the record comes from"`
}

// Address is a Czech address.
type Address struct {
	Street *string `json:"street" doc:"Street with the number"`
	ZIP    *string `json:"zip" doc:"Postal code" example:"36001"`
	City   *string `json:"city" doc:"Municipality"`
	RUIAN  *string `json:"ruian" doc:"Code of the address point in RÚIAN"`
}

// Relation leads to another actor.
type Relation struct {
	Actor    ActorRef `json:"actor" doc:"The other actor"`
	Kind     *string  `json:"kind" doc:"Kind of the relation" example:"zrizovatel"`
	Since    *Date    `json:"since" doc:"Since when"`
	Strength *int     `json:"strength" doc:"1 to 3"`
}

// ActorPage is a page of actors.
type ActorPage struct {
	Paging
	Items []Actor `json:"items" doc:"Actors of this page, in the order of their codes"`
}

// Call is a grant call (6.16).
type Call struct {
	Record
	Title        string    `json:"title" doc:"Title"`
	Number       *string   `json:"number" doc:"Number"`
	Year         *int      `json:"year" doc:"Year"`
	Funder       *ActorRef `json:"funder" doc:"Who announced it"`
	Programme    *Code     `json:"programme" doc:"Programme (CL-07)"`
	Theme        *string   `json:"theme" doc:"Theme"`
	Description  *string   `json:"description" doc:"Description"`
	Areas        []Code    `json:"areas" doc:"Areas of integration (CL-01)"`
	Applicants   []Code    `json:"applicants" doc:"Who may apply (CL-24)"`
	Announced    *Date     `json:"announced_on" doc:"When it was announced"`
	OpenFrom     *Date     `json:"open_from" doc:"When it opens"`
	Deadline     *Date     `json:"deadline" doc:"Last day to apply"`
	DeadlineTime *string   `json:"deadline_time" doc:"Hour of that day in Prague" example:"23:59"`
	Continuous   bool      `json:"continuous" doc:"Applications are taken all the time"`
	CostFrom     *Date     `json:"cost_from" doc:"Costs are eligible from"`
	CostTo       *Date     `json:"cost_to" doc:"Costs are eligible to"`
	Allocation   Money     `json:"allocation" doc:"Allocation"`
	Min          Money     `json:"min" doc:"Least grant"`
	Max          Money     `json:"max" doc:"Highest grant"`
	SupportPct   *string   `json:"support_pct" doc:"Rate of support in percent"`
	OwnShare     *string   `json:"own_share_pct" doc:"Own share of the applicant in percent"`
	URL          *string   `json:"url" doc:"Where it is published"`
	Checked      *Date     `json:"source_checked_on" doc:"When it was checked at the source"`
	Sources      []Source  `json:"sources" doc:"Where the record comes from"`
}

// CallPage is a page of calls.
type CallPage struct {
	Paging
	Items []Call `json:"items" doc:"Calls of this page, in the order of their codes"`
}

// ListHead is a code list without its items.
type ListHead struct {
	Code    string `json:"code" doc:"Stable number" example:"CL-01"`
	Slug    string `json:"slug" doc:"Name in addresses" example:"oblasti-integrace"`
	Label   Words  `json:"label" doc:"Its name"`
	Source  Words  `json:"source" doc:"Where the content comes from"`
	Version int64  `json:"version" doc:"Grows with each change"`
	Count   int    `json:"count" doc:"How many items it has"`
	Page    string `json:"page" doc:"Address of its page for people" format:"uri"`
}

// ListPage is all code lists.
type ListPage struct {
	Paging
	Items []ListHead `json:"items" doc:"Code lists"`
}

// List is a code list with its items.
type List struct {
	ListHead
	Items []Item `json:"items" doc:"Items in their order"`
}

// Item is an entry of a code list.
type Item struct {
	Code
	Note      *Words  `json:"note" doc:"What it means"`
	Order     int     `json:"order" doc:"Place in the list"`
	Parent    *string `json:"parent" doc:"Code of the item it belongs to"`
	ValidFrom *Date   `json:"valid_from" doc:"Valid from"`
	ValidTo   *Date   `json:"valid_to" doc:"Valid to; a retired item keeps its code"`
	Successor *string `json:"successor" doc:"Code of the item to use instead of a retired one"`
}

// Territory is a place of the Czech territorial order.
type Territory struct {
	Code           string   `json:"code" doc:"Unique over all levels: CZ, NUTS 3, LAU 1, ČSÚ number of ORP, RÚIAN number of a municipality" example:"CZ041"`
	Level          string   `json:"level" doc:"Level" enum:"stat,kraj,okres,orp,obec,mc"`
	Name           string   `json:"name" doc:"Name" example:"Karlovarský kraj"`
	CSU            *string  `json:"csu_code" doc:"Number in the registers of ČSÚ, where it differs from the code"`
	RUIAN          *string  `json:"ruian_code" doc:"Number in RÚIAN, where it differs from the code"`
	Region         *string  `json:"region" doc:"Code of its kraj"`
	District       *string  `json:"district" doc:"Code of its okres"`
	ORP            *string  `json:"orp" doc:"Code of its ORP"`
	Municipality   *string  `json:"municipality" doc:"Code of its municipality"`
	Lat            *float64 `json:"lat" doc:"Definition point, WGS 84"`
	Lon            *float64 `json:"lon" doc:"Definition point, WGS 84"`
	Population     *int64   `json:"population" doc:"Inhabitants; null = not known"`
	PopulationDate *Date    `json:"population_date" doc:"Their date"`
	ValidFrom      *Date    `json:"valid_from" doc:"Valid from"`
	ValidTo        *Date    `json:"valid_to" doc:"When it ceased to exist"`
	Source         *string  `json:"source" doc:"Where it comes from"`
	Projects       int      `json:"projects" doc:"Published projects in it and in what lies in it"`
	Page           string   `json:"page" doc:"Address of its page for people" format:"uri"`
}

// TerritoryPage is a page of territories.
type TerritoryPage struct {
	Paging
	Items []Territory `json:"items" doc:"Territories of this page, in Czech order of names"`
}

// Start is the way in.
type Start struct {
	Version       string `json:"version" doc:"Version of the interface"`
	Licence       string `json:"licence" doc:"Licence of the data" format:"uri"`
	Documentation string `json:"documentation" doc:"Explanation for people" format:"uri"`
	Specification string `json:"specification" doc:"OpenAPI document" format:"uri"`
	Catalogue     string `json:"catalogue" doc:"DCAT-AP-CZ catalogue of the data sets" format:"uri"`
	Operator      string `json:"operator" doc:"Who runs the instance"`
	Projects      int    `json:"projects" doc:"Published projects"`
	LastChange    int64  `json:"last_change" doc:"Number of the last change of the database; as long as it stays, nothing changed"`
}
