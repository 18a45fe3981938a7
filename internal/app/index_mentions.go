package app

import (
	"slices"
	"sync"

	"atlas/internal/search"
)

// mention (zmínka) is what a record of another kind says of a project to the index: a
// published evaluation which band it came to, for instance.
type mention struct {
	Project string
	Facets  map[search.Facet][]string
}

// mentions are all of them. A project that nothing is said of costs nothing.
type mentions struct {
	mu       sync.RWMutex
	byRecord map[string]mention
	of       map[string][]string // records by project
}

func newMentions() *mentions {
	return &mentions{byRecord: map[string]mention{}, of: map[string][]string{}}
}

// set says what a record says now, nil = nothing; it gives the projects whose entry
// in the index changes.
func (m *mentions) set(record string, now *mention) (projects []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if before, there := m.byRecord[record]; there {
		projects = append(projects, before.Project)
		rest := slices.DeleteFunc(m.of[before.Project], func(id string) bool { return id == record })
		if m.of[before.Project] = rest; len(rest) == 0 {
			delete(m.of, before.Project)
		}
		delete(m.byRecord, record)
	}
	if now != nil {
		m.byRecord[record] = *now
		m.of[now.Project] = append(m.of[now.Project], record)
		projects = append(projects, now.Project)
	}
	return distinct(projects)
}

// saying gives what is said in a facet, by project.
func (m *mentions) saying(facet search.Facet) map[string]string {
	m.mu.RLock()
	defer m.mu.RUnlock()
	out := map[string]string{}
	for _, one := range m.byRecord {
		if values := one.Facets[facet]; len(values) > 0 {
			out[one.Project] = values[0]
		}
	}
	return out
}

// facets adds what is said of a project.
func (m *mentions) facets(project string, to map[search.Facet][]string) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	for _, record := range m.of[project] {
		for facet, values := range m.byRecord[record].Facets {
			to[facet] = append(to[facet], values...)
		}
	}
}
