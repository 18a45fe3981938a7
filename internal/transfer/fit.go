package transfer

import (
	"slices"

	"atlas"
	"atlas/internal/coverage"
)

// Basis (podklad odpovědi) is what says whether a prerequisite is met.
type Basis string

// The bases.
const (
	ByNobody     Basis = ""           // nobody says
	ByAnswer     Basis = "answer"     // the town said so in its checklist
	ByStatistics Basis = "statistics" // a number of a data set
	ByRegister   Basis = "register"   // the register of territories
	ByRecords    Basis = "records"    // records of this database
)

// What Prerequisite.Of says of the kinds that no code list tells.
const (
	OfInhabitants = "inhabitants"
	OfForeigners  = "foreigners"

	PowerMunicipality = "obec"
	PowerORP          = "orp" // obec s rozšířenou působností
	PowerStatutory    = "statutarni"
	PowerRegion       = "kraj"
)

// Powers are the powers that a prerequisite can ask for, the least first.
func Powers() []string { return []string{PowerMunicipality, PowerORP, PowerStatutory, PowerRegion} }

// Number (číslo) is a number about a town with what says it.
type Number struct {
	coverage.Value
	Source string
	Date   atlas.Date
}

// Town (obec) is what is known of the municipality that a practice is to come to.
type Town struct {
	Code                    string
	Inhabitants, Foreigners Number
	Powers                  []string            // none: not known
	Partners                map[string][]string // actors at work there, by type (CL-08)
	Speakers                map[string][]string // actors that serve in a language (CL-37)
	Answers                 map[string]atlas.PrerequisiteAnswer
}

// Finding (zjištění) is whether a town has what a card asks for, and what says so.
type Finding struct {
	Asked  atlas.Prerequisite
	Met    atlas.Tri
	By     Basis
	Have   Number   // of a size
	Actors []string // of a partner or a language
	Words  string   // of an answer
}

// Fit (vhodnost) tells each prerequisite of a card. What nobody knows is not known
// and never met: that we know of no partner does not say that there is none.
func Fit(asked []atlas.Prerequisite, t Town) []Finding {
	out := make([]Finding, len(asked))
	for i, p := range asked {
		f := known(p, t)
		// A town knows its people, money and partners better than our records do;
		// numbers and powers are as their sources tell them.
		said, answered := t.Answers[p.Code]
		fixed := p.Kind == atlas.NeedsSize || p.Kind == atlas.NeedsPower
		if answered && said.Met != atlas.Unknown && (f.Met == atlas.Unknown || !fixed) {
			f.Met, f.By, f.Words = said.Met, ByAnswer, said.Source
		}
		f.Asked = p
		out[i] = f
	}
	return out
}

// known is what is known of a prerequisite without asking the town.
func known(p atlas.Prerequisite, t Town) Finding {
	if p.Of == "" { // in words only
		return Finding{}
	}
	switch p.Kind {
	case atlas.NeedsSize:
		return size(p, t)
	case atlas.NeedsPower:
		if len(t.Powers) > 0 && slices.Contains(Powers(), p.Of) {
			return Finding{Met: tri(slices.Contains(t.Powers, p.Of)), By: ByRegister}
		}
	case atlas.NeedsPartner:
		return enough(t.Partners[p.Of], p.Least)
	case atlas.NeedsLanguage:
		return enough(t.Speakers[p.Of], p.Least)
	}
	return Finding{}
}

func size(p atlas.Prerequisite, t Town) Finding {
	have := t.Inhabitants
	switch p.Of {
	case OfForeigners:
		have = t.Foreigners
	case OfInhabitants:
	default:
		return Finding{}
	}
	if !have.Known || p.Least == 0 {
		return Finding{Have: have}
	}
	return Finding{Met: tri(have.V >= float64(p.Least)), By: ByStatistics, Have: have}
}

// enough says whether so many actors are known; fewer says nothing.
func enough(actors []string, least int64) Finding {
	f := Finding{Actors: actors}
	if int64(len(actors)) >= max(least, 1) {
		f.Met, f.By = atlas.Yes, ByRecords
	}
	return f
}

func tri(yes bool) atlas.Tri {
	if yes {
		return atlas.Yes
	}
	return atlas.No
}

// Tally (souhrn) counts findings; Lacking are the core ones that are not met.
type Tally struct{ Met, NotMet, Unknown, Lacking int }

// Count counts findings.
func Count(all []Finding) Tally {
	var t Tally
	for _, f := range all {
		switch f.Met {
		case atlas.Yes:
			t.Met++
		case atlas.No:
			t.NotMet++
			if f.Asked.Core {
				t.Lacking++
			}
		default:
			t.Unknown++
		}
	}
	return t
}

// Nearness (blízkost) is how like the town another one is (8.7): the likeness, whose
// parts sum to the distance, and which one it is from the nearest, of so many.
type Nearness struct {
	coverage.Likeness
	Rank, Of int
}

// mostAdopters is how many towns that took a practice over are told.
const mostAdopters = 3

// Alike compares a town with the source of a practice and with those that took it
// over, the most similar three of them. The source is nil when it is not of the
// same level as the town or is the town itself.
func Alike(all []coverage.Portrait, town, source string, adopters []string) (from *Nearness, most []Nearness) {
	near := coverage.Similar(all, town, len(all))
	for i, l := range near {
		n := Nearness{l, i + 1, len(near)}
		if l.Code == source {
			from = &n
		}
		if slices.Contains(adopters, l.Code) && len(most) < mostAdopters {
			most = append(most, n)
		}
	}
	return from, most
}
