// Package search answers which projects match a query, how they rank and how
// many there are by each facet, from an index held in memory.
//
// The index is derived data: it is built from documents, follows every change
// by Put and Delete, and knows no database. A word is indexed once, in its
// folded form; inflected forms, prefixes, aliases and corrections are found by
// expanding the query over the dictionary of words. Counts are exact; each is
// made in the way that costs least, see tally.
package search

import (
	"atlas"
	"atlas/internal/coverage"
)

// Facet is a property by which results are counted and filtered. Its value is
// the name of the parameter in addresses.
type Facet string

// NotKnown is the value of a facet of which nothing is known. It can be found
// and counted like others, but makes no two projects alike.
const NotKnown = "NEZN"

// The facets of a project.
const (
	FacetArea            Facet = "oblast"
	FacetTargetLegal     Facet = "skupina"
	FacetTargetSituation Facet = "situace"
	FacetActivity        Facet = "aktivita"
	FacetTerritory       Facet = "uzemi" // the place and all that it lies in
	FacetFunder          Facet = "poskytovatel"
	FacetFunderType      Facet = "zdroj"
	FacetProgramme       Facet = "program"
	FacetPeriod          Facet = "obdobi"
	FacetYear            Facet = "rok" // every active year
	FacetStatus          Facet = "stav"
	FacetCountry         Facet = "zeme"
	FacetUpscaling       Facet = "upscaling"
	FacetTransfer        Facet = "prenositelnost"
	FacetAmountBand      Facet = "castka"
	FacetPeopleBand      Facet = "osoby"
	FacetImplementerType Facet = "realizator_typ"
	FacetImplementer     Facet = "realizator"
	FacetDetailLevel     Facet = "uroven"
	FacetCoverage        Facet = "pokryti" // rows of a matrix of coverage, see coverage.Codes
	// FacetUnitCost has the units of which a project says a cost, or why it says
	// none, see coverage.Costs.Keys. Nobody is offered it.
	FacetUnitCost Facet = "naklad"
	// FacetEvaluation says of an evaluated project which band it came to and whether
	// it is a candidate of good practice; of the others that they are not evaluated.
	FacetEvaluation Facet = "hodnoceni"
	// FacetPractice says of a project that a card of good practice of it has the mark
	// or had it, or that an evaluation proposes it; nothing of the others.
	FacetPractice Facet = "dobra_praxe"
)

// Facets lists all facets in the order in which people are offered them.
func Facets() []Facet {
	return []Facet{
		FacetArea, FacetTargetLegal, FacetTargetSituation, FacetActivity, FacetTerritory,
		FacetFunder, FacetFunderType, FacetProgramme, FacetPeriod, FacetYear, FacetStatus,
		FacetCountry, FacetUpscaling, FacetTransfer, FacetAmountBand, FacetPeopleBand,
		FacetImplementerType, FacetImplementer, FacetDetailLevel, FacetEvaluation, FacetPractice, FacetCoverage,
	}
}

// Field says where in a project a text stands; a word in the title tells more
// than one in the detailed description.
type Field uint8

// The fields of a project that are searched.
const (
	FieldTitle Field = iota
	FieldActors
	FieldProgramme
	FieldPlace
	FieldAnnotation
	FieldGoal
	FieldActivities
	FieldDetail
	FieldCodes // registration number, acronym
	fieldCount
)

// Document is what the index knows of one project.
type Document struct {
	ID     string
	Texts  map[Field]string   // several values are separated by a line break
	Facets map[Facet][]string // codes
	Year   int                // first active year, 0 unknown
	Amount atlas.Amount       // crowns
	Added  int64              // when it was added, Unix seconds
	Title  string             // as shown and sorted
	Entry  coverage.Entry     // what is summed over the projects found
}

// zone groups fields of like weight; a posting keeps one bit for each.
type zone uint8

const (
	zoneTitle zone = iota
	zoneNames
	zoneSummary
	zoneDetail
	zoneCount
)

// zoneOf says which zone a field counts to.
func zoneOf(f Field) zone {
	switch f {
	case FieldTitle, FieldCodes:
		return zoneTitle
	case FieldActors, FieldProgramme, FieldPlace:
		return zoneNames
	case FieldDetail:
		return zoneDetail
	}
	return zoneSummary
}

// zoneWeight is what a word in the zone adds to relevance.
func zoneWeight(z zone) float32 {
	return [zoneCount]float32{8, 4, 2, 1}[z]
}
