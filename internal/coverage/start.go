package coverage

import (
	"cmp"
	"slices"
)

// Known (známo) is what of a territory decides where somebody begins who has never
// done it before. Every number of it stands on the page.
type Known struct {
	Ending      int // running projects that end within six months with no follow-up
	EndingFirst string
	Needs       []KnownNeed
	Themes      []KnownTheme // in the order of the list
	People      bool         // whether statistics tell how many foreigners live here
	Sources     bool         // whether sources of projects of the last years are loaded
	Overlaps    int
	Running     int
	Actors      int // organisations that carried projects out here
	Nearest     string
	Verified    int // open verified needs
}

// KnownNeed is a verified need that lasts.
type KnownNeed struct {
	ID, Area string
	Severity int
	Answered bool // a project or a call that answers it is named
}

// KnownTheme is an area of integration in this territory.
type KnownTheme struct {
	Area    string
	Class   Class
	Gap     Value
	Need    Value
	Similar string // the most similar territory that has a project in it; "" = none of them has
	Count   int    // projects of it there
}

// StepKind says what to do.
type StepKind string

// Steps, in the order in which they are taken when there is a reason for them.
const (
	StepEnding   StepKind = "konci"      // call whoever carries an ending project out
	StepNeed     StepKind = "potreba"    // look for an answer to a need that has none
	StepTheme    StepKind = "tema"       // look how a similar territory does what nobody does here
	StepPeople   StepKind = "statistika" // ask for statistics
	StepSources  StepKind = "zdroje"     // ask for the sources of projects
	StepOverlap  StepKind = "prekryv"    // bring together those who do the same
	StepNeeds    StepKind = "sbirat"     // ask around and write needs down: none is verified
	StepActors   StepKind = "akteri"     // meet those who work here
	StepNearest  StepKind = "podobna"    // see what the most similar territory does
	StepProjects StepKind = "projekty"   // tell of projects that the database does not know
	StepFollow   StepKind = "sledovat"   // be told of what is new here
)

// Step (krok) is one thing to begin with and the number that is the reason for it.
type Step struct {
	Kind   StepKind
	Number int    // how many of what Kind says; the severity of a need
	Of     string // the need, the area or the territory
	Beside string // the territory to look at
	Class  Class
}

// steps is how many are told.
const steps = 3

// NextSteps gives three things to begin with, the most urgent first. A kind is
// told once: three ending projects are one telephone call after another and not
// three ways to begin.
func NextSteps(k Known) []Step {
	var all []Step
	add := func(when bool, s Step) {
		if when {
			all = append(all, s)
		}
	}
	add(k.Ending > 0, Step{Kind: StepEnding, Number: k.Ending, Of: k.EndingFirst})
	need, open := worstUnanswered(k.Needs)
	add(open, Step{Kind: StepNeed, Number: need.Severity, Of: need.ID})
	theme, gap := worstTheme(k.Themes)
	add(gap, Step{Kind: StepTheme, Number: theme.Count, Of: theme.Area, Beside: theme.Similar, Class: theme.Class})
	add(!k.People, Step{Kind: StepPeople})
	add(!k.Sources, Step{Kind: StepSources})
	add(k.Overlaps > 0, Step{Kind: StepOverlap, Number: k.Overlaps})
	add(k.Verified == 0, Step{Kind: StepNeeds})
	add(k.Actors > 0, Step{Kind: StepActors, Number: k.Actors})
	add(k.Nearest != "", Step{Kind: StepNearest, Of: k.Nearest})
	add(true, Step{Kind: StepProjects, Number: k.Running})
	add(k.Verified > 0, Step{Kind: StepNeeds, Number: k.Verified})
	add(true, Step{Kind: StepFollow, Number: k.Running})
	return all[:min(len(all), steps)]
}

// worstUnanswered is the most severe need that nothing answers, the first of equal.
func worstUnanswered(all []KnownNeed) (worst KnownNeed, any bool) {
	for _, n := range all {
		if !n.Answered && (!any || n.Severity > worst.Severity) {
			worst, any = n, true
		}
	}
	return worst, any
}

// worstTheme is the white spot with the largest need, else the weakly covered area
// with the largest gap. Of equal ones that is taken in which a similar territory has
// something to show.
func worstTheme(all []KnownTheme) (KnownTheme, bool) {
	gaps := slices.DeleteFunc(slices.Clone(all), func(t KnownTheme) bool { return t.Class != ClassWhiteSpot && t.Class != ClassWeak })
	if len(gaps) == 0 {
		return KnownTheme{}, false
	}
	return slices.MinFunc(gaps, func(a, b KnownTheme) int {
		return cmp.Or(urgency(a)-urgency(b), cmp.Compare(b.Need.V, a.Need.V), cmp.Compare(b.Gap.V, a.Gap.V), cmp.Compare(b.Count, a.Count))
	}), true
}

func urgency(t KnownTheme) int {
	if t.Class == ClassWhiteSpot {
		return 0
	}
	return 1
}
