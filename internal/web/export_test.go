package web

import (
	"testing"

	"atlas/internal/web/page"
)

// Routes are all routes of all areas, for tests of the whole.
func Routes(t *testing.T) []page.Route {
	t.Helper()
	var all []page.Route
	for _, a := range allAreas(t) {
		all = append(all, a.Routes...)
	}
	return all
}
