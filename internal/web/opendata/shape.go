package opendata

import "time"

// Shapes that records share. Every field is always there, but for the counts
// that are asked for: what is not known is null, a list of nothing is []. Field names are those of the domain
// specification and never change within a version of the interface.

// Words is a text in both languages.
type Words struct {
	Cs string `json:"cs" doc:"In Czech"`
	En string `json:"en" doc:"In English; the Czech text where there is no other"`
}

// Code is an item of a code list.
type Code struct {
	Code  string `json:"code" doc:"Stable code" example:"JAZ"`
	Label Words  `json:"label" doc:"Its name"`
}

// Money is an amount. An unknown one has no number, so that it is never added
// as 0.
type Money struct {
	Amount   *string `json:"amount" doc:"Decimal number with two places" pattern:"^-?[0-9]+\\.[0-9]{2}$" example:"740576.85"`
	Minor    *int64  `json:"minor" doc:"The same in minor units (haléře, cents)" example:"74057685"`
	Currency string  `json:"currency" doc:"ISO 4217" example:"CZK"`
	State    string  `json:"state" doc:"Known, an estimate, or unknown" enum:"znamo,odhad,neznamo"`
}

// Date is a date as exact as its source says.
type Date struct {
	Value     string `json:"value" doc:"2017, 2017-09 or 2017-09-01" pattern:"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" example:"2017-09"`
	Precision string `json:"precision" doc:"How exact it is" enum:"year,month,day"`
}

// People is a count of people. Counts of different kinds are never comparable.
type People struct {
	Value int64 `json:"value" doc:"How many"`
	Kind  *Code `json:"kind" doc:"What was counted (CL-15)"`
}

// Flag is a yes/no statement with its reason.
type Flag struct {
	Value  *bool   `json:"value" doc:"Yes, no, or null for not known"`
	Reason *string `json:"reason" doc:"Why"`
}

// ActorRef names an actor; its record is at actors/{id}.
type ActorRef struct {
	ID   string `json:"id" doc:"Code of the actor" example:"A-00001"`
	Name Words  `json:"name" doc:"Its name"`
}

// PlaceRef names a territory; its record is at territories/{code}.
type PlaceRef struct {
	Code  string  `json:"code" doc:"NUTS 3, LAU 1, ČSÚ number of ORP or RÚIAN number" example:"CZ041"`
	Name  string  `json:"name" doc:"Name that tells it from others" example:"Karlovarský kraj"`
	Level *string `json:"level" doc:"Level of the territorial order; null for a code that is not in the register" enum:"stat,kraj,okres,orp,obec,mc"`
}

// Link is a document or record held elsewhere.
type Link struct {
	Title *string `json:"title" doc:"What it is"`
	URL   *string `json:"url" doc:"Where it is"`
}

// Source says where a record comes from.
type Source struct {
	Kind     *Code   `json:"kind" doc:"Kind of the source (CL-14)"`
	URL      *string `json:"url" doc:"Address of the source"`
	Accessed *Date   `json:"accessed" doc:"When it was read"`
	Note     *string `json:"note" doc:"Note"`
	Batch    *string `json:"batch" doc:"Import it came in by" example:"D-00001"`
	File     *string `json:"file" doc:"File of that import"`
	Row      *int    `json:"row" doc:"Row of the file, counted from 1 with its header"`
}

// Record is what every record carries. It stands in each of them.
type Record struct {
	ID        string    `json:"id" doc:"Stable code of the record"`
	Page      string    `json:"page" doc:"Address of its page for people" format:"uri"`
	Sample    bool      `json:"sample" doc:"Invented content that must never be taken for a fact"`
	CreatedAt time.Time `json:"created_at" doc:"When it was added (UTC)"`
	UpdatedAt time.Time `json:"updated_at" doc:"When it was last changed (UTC)"`
	Version   int64     `json:"version" doc:"Grows by one with each change"`
}

// Links leads through the pages of a list.
type Links struct {
	Self  string  `json:"self" doc:"This page" format:"uri"`
	First string  `json:"first" doc:"The first page" format:"uri"`
	Prev  *string `json:"prev" doc:"The page before; null on the first one" format:"uri"`
	Next  *string `json:"next" doc:"The page after; null on the last one" format:"uri"`
	Last  string  `json:"last" doc:"The last page" format:"uri"`
}

// Note is something in the question that could not be taken as written.
type Note struct {
	Kind      string  `json:"kind" doc:"What it is about" enum:"unknown_code,many,long,bytes,words"`
	Parameter *string `json:"parameter" doc:"Parameter it is about; null when it is about more of them"`
	Value     *string `json:"value" doc:"Value it is about, where there is one"`
	Message   Words   `json:"message" doc:"The same for people"`
}

// Paging says what part of a list a page is.
type Paging struct {
	Total   int    `json:"total" doc:"Records found"`
	Page    int    `json:"page" doc:"Number of this page, from 1"`
	PerPage int    `json:"per_page" doc:"Records on a page"`
	Links   Links  `json:"links" doc:"Other pages"`
	Notes   []Note `json:"notes" doc:"What could not be taken as written"`
}

// Sum is a total of money that says what it does not know.
type Sum struct {
	Amount    string `json:"amount" doc:"Sum of the known amounts in CZK" example:"740576.85"`
	Minor     int64  `json:"minor" doc:"The same in haléře"`
	Currency  string `json:"currency" doc:"Always CZK"`
	Known     int    `json:"known" doc:"Projects whose amount is in the sum"`
	Estimates int    `json:"estimates" doc:"Of them estimates"`
	Unknown   int    `json:"unknown" doc:"Projects left out because their amount is not known"`
}
