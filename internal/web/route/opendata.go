package route

import "strings"

// Patterns of open data. Those for programs have no language.
const (
	Guide            = "/api" // the page that explains the rest
	API              = "/api/v1"
	APISpecification = "/api/v1/openapi.json"
	APIProjects      = "/api/v1/projects"
	APIProject       = "/api/v1/projects/{id}"
	APIFacets        = "/api/v1/facets"
	APIActors        = "/api/v1/actors"
	APIActor         = "/api/v1/actors/{id}"
	APICalls         = "/api/v1/calls"
	APICall          = "/api/v1/calls/{id}"
	APILists         = "/api/v1/lists"
	APIList          = "/api/v1/lists/{code}"
	APITerritories   = "/api/v1/territories"
	APITerritory     = "/api/v1/territories/{code}"
	Catalogue        = "/katalog.jsonld"
	CatalogueDataset = "/katalog/{sada}"
)

// ForMachines says whether an address answers programs, errors included.
func ForMachines(path string) bool {
	return path == API || strings.HasPrefix(path, "/api/") || path == Catalogue || strings.HasPrefix(path, "/katalog/")
}

// Open says whether pages of other sites may read what the address answers:
// data in the open, never a page.
func Open(path string) bool {
	_, rest := Split(path)
	return ForMachines(path) || strings.HasPrefix(rest, "/export/")
}
