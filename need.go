package atlas

import (
	"regexp"
	"slices"
)

// Need (potřeba, 6.14) is something that foreigners or those who live and work
// with them in a place lack. It holds nothing of a person.
type Need struct {
	ID string // "T-00001"
	Meta

	Title       string
	Description string
	Kind        string   // CL-32-DR
	Area        string   // CL-01
	Territory   string   // code
	TargetLegal []string // CL-02
	// People is how many it concerns, estimated; Few that they are fewer than
	// FewPeople, whether or not their number is known (8.10).
	People   Count
	Few      bool
	Severity int    // 1 (mild) to 4 (critical); 0 = not known
	Origin   string // CL-32-ZDR: who reported it
	Reported Date
	Evidence string
	Status   string // CL-32

	Projects, Calls []string    // what answers it, by codes
	Measures        []Reference // measures of strategies
	Sources         []Source
}

// Statuses of a need (CL-32) that rules speak of.
const (
	NeedReported  = "NAHLAS"
	NeedVerified  = "OVEREN"
	NeedPriority  = "PRIORIT"
	NeedAddressed = "RESENA"
	NeedRecurring = "OPAKOV"
	NeedResolved  = "VYRESENA"
	NeedRejected  = "ZAMIT"
)

// OpenNeedStatuses are those of needs that somebody has verified and that last:
// what the need index weighs (8.1.6). One that is being addressed lasts until it
// is resolved.
func OpenNeedStatuses() []string {
	return []string{NeedVerified, NeedPriority, NeedAddressed, NeedRecurring}
}

// VerifiesNeed says whether a change of the status of a need says that it is true,
// which only editors say: from a need that nobody verified to one that is. "" is
// the status of a new need.
func VerifiesNeed(from, to string) bool {
	verified := append(OpenNeedStatuses(), NeedResolved)
	return slices.Contains(verified, to) && !slices.Contains(verified, from)
}

// FewPeople is under how many people no number is shown to the public (8.10).
const FewPeople = 5

// MaxSeverity is the severity of a critical need; 1 is that of a mild one.
const MaxSeverity = 4

// Subject is the need for permissions: it belongs to its territory.
func (n *Need) Subject() Subject {
	s := n.Meta.Subject()
	s.ID = n.ID
	if n.Territory != "" {
		s.Territories = []string{n.Territory}
	}
	return s
}

// ConcernsFew says whether the need concerns so few people that their number is
// not for the public.
func (n *Need) ConcernsFew() bool { return n.Few || n.People.Known && n.People.N < FewPeople }

// HideFew takes out the number of people where they are few; that they are stays.
func (n *Need) HideFew() {
	if n.ConcernsFew() {
		n.People, n.Few = Count{}, true
	}
}

// Open says whether the need is verified and lasts.
func (n *Need) Open() bool { return slices.Contains(OpenNeedStatuses(), n.Status) }

// personal are texts that look like data of a person: an e-mail, a telephone, a
// birth number.
var personal = regexp.MustCompile(`[\w.+-]+@[\w-]+\.[\w.]+|(?:\+|\b00)\d{3}[ \x{a0}]?\d{3}[ \x{a0}]?\d{3}[ \x{a0}]?\d{3}\b|\b[67]\d{2}[ \x{a0}]?\d{3}[ \x{a0}]?\d{3}\b|\b\d{6}/\d{3,4}\b`)

// Problems checks a need by the rules of 6.14 and 8.10. Territories and linked
// records are checked by the operation that saves it. year is the current year.
func (n *Need) Problems(ls *Lists, stage Stage, year int) []Problem {
	var ps problems
	ps.require(n.Title != "", "title")
	for _, text := range []struct{ field, says string }{{"title", n.Title}, {"description", n.Description}, {"evidence", n.Evidence}} {
		if found := personal.FindString(text.says); found != "" {
			ps.add(text.field, "problem.personal", "value", found)
		}
	}
	ps.code(ls, ListNeedKind, n.Kind, "kind")
	ps.code(ls, ListArea, n.Area, "area")
	ps.codes(ls, ListTargetLegal, n.TargetLegal, "target_legal")
	ps.code(ls, ListNeedOrigin, n.Origin, "origin")
	ps.code(ls, ListNeedStatus, n.Status, "status")
	ps.date(n.Reported, year-10, "reported") // not of years to come
	if n.Severity < 0 || n.Severity > MaxSeverity {
		ps.add("severity", "problem.severity")
	}
	n.checkPeople(&ps, ls)
	ps.sources(ls, n.Sources, year)
	if stage >= StageListed {
		for _, x := range []struct {
			field string
			there bool
		}{
			{"kind", n.Kind != ""}, {"area", n.Area != ""}, {"territory", n.Territory != ""}, {"target_legal", len(n.TargetLegal) > 0},
			{"severity", n.Severity != 0}, {"origin", n.Origin != ""}, {"reported", n.Reported.Known()},
		} {
			ps.require(x.there, x.field)
		}
	}
	return ps
}

func (n *Need) checkPeople(ps *problems, ls *Lists) {
	ps.count(ls, n.People, "people")
	switch {
	case n.People.Known && n.People.N == 0:
		ps.add("people", "problem.nobody")
	case n.People.Known && n.People.N >= FewPeople && n.Few:
		ps.add("few", "problem.not_few", "limit", FewPeople)
	}
}
