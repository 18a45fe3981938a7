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
	APINeeds         = "/api/v1/needs"
	APINeed          = "/api/v1/needs/{id}"
	APIPractices     = "/api/v1/practices"
	APIPractice      = "/api/v1/practices/{id}"
	APIReplications  = "/api/v1/replications"
	APIReplication   = "/api/v1/replications/{id}"
	APISources       = "/api/v1/sources" // of projects: which territories and years are here
	APISource        = "/api/v1/sources/{id}"
	APIEvaluations   = "/api/v1/evaluations" // published ones
	APIEvaluation    = "/api/v1/evaluations/{id}"
	APIDatasets      = "/api/v1/datasets" // of statistics
	APIDataset       = "/api/v1/datasets/{code}"
	APIDatasetValues = "/api/v1/datasets/{code}/values"
	// APIDatasetTerritory is all numbers of a territory in a data set.
	APIDatasetTerritory = "/api/v1/datasets/{code}/territories/{territory}"
	Catalogue           = "/katalog.jsonld"
	CatalogueDataset    = "/katalog/{sada}"
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
