package account

import (
	"container/list"
	"time"
)

// counters count failures by key. Each leaks: it falls by one in a time that its
// user gives. Only so many keys are kept.
type counters struct {
	most  int
	byKey map[string]*list.Element
	order *list.List // of *counter, last touched first
}

type counter struct {
	key   string
	level float64
	at    time.Time // when level was true
}

func newCounters(most int) *counters {
	return &counters{most: most, byKey: map[string]*list.Element{}, order: list.New()}
}

// level is the count of a key now. When the clock goes back, the count falls from
// there on: nobody waits for the clock to catch up.
func (c *counters) level(key string, every time.Duration, now time.Time) float64 {
	e, ok := c.byKey[key]
	if !ok {
		return 0
	}
	of := e.Value.(*counter)
	if now.Before(of.at) {
		of.at = now
	}
	return max(of.level-now.Sub(of.at).Seconds()/every.Seconds(), 0)
}

// wait is how long it takes until one more fits under a rate; 0 = it fits now.
func (c *counters) wait(key string, r Rate, now time.Time) time.Duration {
	over := c.level(key, r.Every, now) + 1 - float64(r.Burst)
	if over <= 1e-9 {
		return 0
	}
	return max(time.Duration(over*float64(r.Every)), time.Millisecond)
}

func (c *counters) add(key string, every time.Duration, now time.Time) {
	level := c.level(key, every, now) + 1
	e, ok := c.byKey[key]
	if !ok {
		e = c.order.PushFront(&counter{key: key})
		c.byKey[key] = e
	}
	of := e.Value.(*counter)
	of.level, of.at = level, now
	c.order.MoveToFront(e)
	if c.order.Len() > c.most {
		c.remove(c.order.Back())
	}
}

// takeBack undoes one add.
func (c *counters) takeBack(key string) {
	if e, ok := c.byKey[key]; ok {
		of := e.Value.(*counter)
		of.level = max(of.level-1, 0)
	}
}

func (c *counters) forget(key string) {
	if e, ok := c.byKey[key]; ok {
		c.remove(e)
	}
}

func (c *counters) remove(e *list.Element) {
	delete(c.byKey, e.Value.(*counter).key)
	c.order.Remove(e)
}
