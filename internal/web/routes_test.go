package web

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/config"
	"atlas/internal/export"
	"atlas/internal/store"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/static"
)

// noPages are the addresses that answer with something else than a page.
var noPages = []string{route.ProjectsFeed, route.ProjectsSuggest, route.ProjectsExport, route.ExportAsOf, route.ActorsSuggest, route.PlacesSuggest, route.ImportFile,
	route.SignInProvider, route.SignInReturn, route.AccountDataJSON, route.AccountDataPDF, route.WatchFeed,
	route.CoverageChart, route.TerritoryChart, route.UnitCostsChart, route.RegionalReportDraft, route.StatisticsSeriesChart, route.StatisticsChart,
	route.EvaluationsChart, route.EvaluationPeersChart, route.ProjectEvaluationsChart, route.EvaluationReportPDF, route.EvaluationReportDOCX,
	route.StatisticsDatasetCSV, route.StatisticsSeriesCSV, route.RegionalReportFile, route.TerritoryCompareCSV,
	route.RubricJSON, route.RubricRule, route.RoundCSV}

// forPrograms are the addresses of open data.
var forPrograms = []string{
	route.API, route.APISpecification, route.APIProjects, route.APIProject, route.APIFacets, route.APIActors, route.APIActor, route.APICalls,
	route.APICall, route.APILists, route.APIList, route.APITerritories, route.APITerritory, route.APINeeds, route.APINeed, route.APIReplications, route.APIReplication, route.PracticeLD, route.APIPractices, route.APIPractice, route.PracticeRuleJSON, route.PracticeEWSI, route.Pictures, route.APISources, route.APISource, route.APIEvaluations, route.APIEvaluation,
	route.APIDatasets, route.APIDataset, route.APIDatasetValues, route.APIDatasetTerritory, route.Catalogue, route.CatalogueDataset,
	route.SecurityTxt,
}

// dataSets are the files under /export beside that of projects.
var dataSets = []string{dataset.Funding, dataset.Indicators, dataset.Actors, dataset.Calls, dataset.Coverage, dataset.Needs, dataset.Practices, dataset.Transfers, dataset.UnitCosts, dataset.Evaluations,
	dataset.CoverageRanking, dataset.CoverageThemes, dataset.CoverageEnding, dataset.CoverageOverlaps}

// onTheWay are the pages that e2e/import.test.mjs comes by.
var onTheWay = []string{route.ImportPreview, route.ImportShow, route.ImportUndo}

// behindAFile are the pages behind an uploaded file of statistics and behind own
// data, of which the demo has none; the tests of their area open them.
var behindAFile = []string{route.StatisticsPreview, route.StatisticsEnter}

func allAreas(t *testing.T) []page.Area {
	t.Helper()
	s, err := store.Open(t.Context(), t.TempDir()+"/atlas.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	files, err := static.New()
	if err != nil {
		t.Fatal(err)
	}
	ops := app.New(s, app.Options{})
	all, err := areas(&page.Site{Config: config.Default(), Lists: ops.Lists, Places: ops.Places, Assets: files}, ops, files)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// walked are the pages that the browser tests walk by a file of theirs.
func walked(t *testing.T, file string) (all []struct{ Name, Path string }) {
	t.Helper()
	data, err := os.ReadFile("../../e2e/" + file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// The browser tests walk the addresses of e2e/routes.json and, signed in, those
// of e2e/signed-in.json: a page that is in neither would never be checked for
// accessibility.
func TestTheBrowserTestsWalkEveryPage(t *testing.T) {
	mux := http.NewServeMux()
	pages := map[string]bool{}
	for _, a := range allAreas(t) {
		for _, r := range a.Routes {
			pattern := r.Method + " " + r.Pattern
			if r.Pattern == route.Home {
				pattern = r.Method + " /{$}"
			}
			mux.HandleFunc(pattern, func(http.ResponseWriter, *http.Request) {})
			pages[pattern] = r.Method == http.MethodGet
		}
	}
	for _, address := range slices.Concat(noPages, forPrograms, onTheWay, behindAFile) {
		delete(pages, "GET "+address)
	}
	for _, name := range dataSets {
		for _, f := range export.Formats {
			delete(pages, "GET "+route.Dataset(name, f.Extension))
		}
	}
	for _, w := range slices.Concat(walked(t, "routes.json"), walked(t, "signed-in.json")) {
		_, pattern := mux.Handler(httptest.NewRequest(http.MethodGet, w.Path, nil))
		delete(pages, pattern)
	}
	for pattern, page := range pages {
		if page {
			t.Errorf("neither e2e/routes.json nor e2e/signed-in.json walks a page of %s", pattern)
		}
	}
}

func TestNoAddressIsAnsweredTwice(t *testing.T) {
	seen := map[string]string{}
	for _, a := range allAreas(t) {
		for _, r := range a.Routes {
			key := r.Method + " " + r.Pattern
			if before, twice := seen[key]; twice {
				t.Errorf("%s is answered by %s and by %s", key, before, a.Name)
			}
			seen[key] = a.Name
		}
	}
}

// forEverybody are the forms that change nothing of the database: they keep a
// choice in the reader's own browser.
var forEverybody = []string{route.Theme, route.ProjectsViews}

// byLink are the forms that the link in a letter is the right to.
var byLink = []string{route.Invitation, route.TransferReply}

// waysIn are the forms of those who are nobody yet, and the way out.
var waysIn = []string{route.SignIn, route.SignInLink, route.SignInSecond, route.SignInKeyBegin, route.SignInKey, route.SignOut}

// byToken are the forms for whoever has the link of a letter, signed in or not.
var byToken = []string{route.WatchEnd}

func TestEveryRouteHasARightAndAFormOneBeyondReading(t *testing.T) {
	everybody := atlas.Viewer{Account: "U-00001", Memberships: []atlas.Membership{{Account: "U-00001", Actor: "A-00001", State: atlas.MemberActive}}}
	for _, role := range atlas.Roles() {
		everybody.Grants = append(everybody.Grants, atlas.Grant{Role: role, Territory: "CZ041"})
	}
	for _, a := range allAreas(t) {
		for _, r := range a.Routes {
			if !atlas.Could(everybody, r.Right) {
				t.Errorf("%s %s has the right %q, which nobody has", r.Method, r.Pattern, r.Right)
			}
			free := r.Right == atlas.RightRead || r.Right == atlas.RightDownload
			if r.Method == http.MethodPost && free != slices.Contains(slices.Concat(forEverybody, waysIn, byToken, byLink), r.Pattern) {
				t.Errorf("POST %s is for those who have %q", r.Pattern, r.Right)
			}
		}
	}
}
