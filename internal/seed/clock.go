package seed

import (
	"sync/atomic"
	"time"

	"atlas"
)

// Clock is the time by which the demo is written. It shows the present but while
// something invented is written that is said to have happened on an earlier day: a
// project is judged before it begins, on its way and after it.
type Clock struct{ behind atomic.Int64 }

// Now is the time by the clock.
func (c *Clock) Now() time.Time { return time.Now().Add(-time.Duration(c.behind.Load())) }

// on runs what happens at noon of a day; a day that is not known is today.
func (c *Clock) on(day atlas.Date, do func() error) error {
	if day.Known() {
		noon := time.Date(day.Year, time.Month(day.Month), day.Day, 12, 0, 0, 0, time.UTC)
		c.behind.Store(int64(time.Since(noon)))
		defer c.behind.Store(0)
	}
	return do()
}
