package calls

import (
	"time"

	"atlas"
	"atlas/internal/i18n"
)

// state says whether a call takes applications. The texts are parts of keys of
// messages.
type state string

// The states in the order of the list.
const (
	stateOpen    state = "open"
	stateSoon    state = "soon" // opens on a known later day
	stateClosed  state = "closed"
	stateUnknown state = "unknown" // neither a deadline nor continuous intake is known
)

// stateOf reads the state of a call at a moment. A deadline known to the month
// or year lasts to its end; one of the day lasts to its hour, in Prague.
func stateOf(c *atlas.Call, now time.Time) state {
	now = now.In(i18n.Prague)
	today := atlas.Date{Year: now.Year(), Month: int(now.Month()), Day: now.Day()}
	left := c.Deadline.Last().Compare(today)
	switch {
	case c.Deadline.Known() && (left < 0 || left == 0 && late(c.DeadlineTime, now)):
		return stateClosed
	case c.OpenFrom.Known() && c.OpenFrom.First().Compare(today) > 0:
		return stateSoon
	case c.Deadline.Known() || c.Continuous:
		return stateOpen
	}
	return stateUnknown
}

// late says whether an hour such as "12:00" is over; an unknown or unreadable
// one is the end of the day.
func late(hour string, now time.Time) bool {
	at, err := time.Parse("15:04", hour)
	return err == nil && (now.Hour() > at.Hour() || now.Hour() == at.Hour() && now.Minute() > at.Minute())
}

// rank orders states in the list: what can be applied for stands first.
func (s state) rank() int {
	switch s {
	case stateOpen:
		return 0
	case stateSoon:
		return 1
	}
	return 2
}
