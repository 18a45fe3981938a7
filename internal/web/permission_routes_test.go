package web_test

import (
	"net/url"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/dataset"
	"atlas/internal/web/route"
	"atlas/internal/web/webtest"
)

// asking says how one route is asked in the check of permissions.
type asking struct {
	// of is the kind of the record that the first {…} of the address names; "" where
	// the route is about no record.
	of string
	// fill gives the values of the other {…}, in their order.
	fill  []string
	query string
	form  url.Values // what is posted; nil = an empty form
	// stricter is what the handler demands beside the right of the route; nil =
	// nothing. It needs a reason beside it.
	stricter func(atlas.Viewer, atlas.Subject) bool
	// pending says why the route is known not to agree yet: its disagreements are
	// printed and fail nothing.
	pending string
	// apart says why the route is asked elsewhere and not here.
	apart string
}

// Shorter names of what most rows say.
var (
	plain    = asking{}
	project  = asking{of: atlas.KindProject}
	actor    = asking{of: atlas.KindActor}
	call     = asking{of: atlas.KindCall}
	need     = asking{of: atlas.KindNeed}
	extent   = asking{of: atlas.KindExtent}
	card     = asking{of: atlas.KindPractice}
	transfer = asking{of: atlas.KindReplication}
	// ofTowns is for the two sides of a transfer, which a role does not say.
	ofTowns = asking{apart: "for the two towns, whatever their roles; tested in internal/web/transfers"}
	// chosen is a collection of cards.
	chosen = asking{of: atlas.KindCollection}
	// byNobody are ways in: what they answer depends on a secret and not on a role.
	// watched are one's own watches, and what the secret in a letter or a feed
	// opens; who is not signed in is led to signing in.
	watched = asking{apart: "of whoever watches; tested in internal/web/watching"}
	// drawn are charts of statistics: where no numbers are loaded, there is none.
	checks   = asking{apart: "of whoever writes for an organisation or a territory; tested in internal/web/evaluations"}
	drawn    = asking{apart: "no chart without numbers, which nobody has loaded here; tested in internal/web/statistics"}
	unjudged = "no evaluation is published here; tested in internal/web/comparisons and internal/web/opendata"
	byNobody = asking{apart: "nobody is signed in yet; tested in internal/web/signin"}
)

// kept is a form of which what is typed is kept: of accounts only, which everybody
// has who may propose.
var kept = asking{form: url.Values{"formular": {"/projekty/novy"}, "title_cs": {"Klub"}}}

// concerned is a page of an author and editors: for all others it does not exist,
// whatever may be read of the record.
var concerned = asking{of: atlas.KindProject, stricter: func(v atlas.Viewer, s atlas.Subject) bool {
	return v.May(atlas.RightPublish) || v.Account == s.Author || atlas.Can(v, atlas.RightEdit, s)
}}

var noted = asking{of: concerned.of, stricter: concerned.stricter, form: url.Values{"text": {"Poznámka"}}}

// correctable are published records only: drafts are edited, not corrected.
func correctable(kind string) asking {
	return asking{of: kind, form: url.Values{"version": {"1"}}, stricter: func(_ atlas.Viewer, s atlas.Subject) bool { return s.Status == atlas.RecordPublished }}
}

func with(values ...string) asking { return asking{fill: values} }

// decides is for an organisation that nobody of the check belongs to: only
// administrators decide about its members.
func decides(v atlas.Viewer, _ atlas.Subject) bool { return v.May(atlas.RightMembers) }

// importing is for whoever may import lists.
func importing(v atlas.Viewer, _ atlas.Subject) bool { return v.May(atlas.RightPublish) }

// settles is for an evaluation that nobody of the check judges.
func settles(v atlas.Viewer, _ atlas.Subject) bool { return v.May(atlas.RightAssign) }

// ofRubric is the rubric that is shipped.
var ofRubric = with("R-00001")

// assigning is for whoever assigns evaluators or looks after the instance.
func assigning(v atlas.Viewer, _ atlas.Subject) bool {
	return v.May(atlas.RightAssign) || v.May(atlas.RightUsers)
}

func nobody(atlas.Viewer, atlas.Subject) bool { return false }

// askings has a row for every route: its method and pattern, and how it is asked.
// The right stands in the route itself and what it means in permission.go. A new
// route without a row fails the check; so does a row without a route.
func askings(w *checked) map[string]asking {
	restore := url.Values{"obnovit": {"1"}, "verze": {"999"}} // over a version there never was: a conflict, so that nothing is written
	today := webtest.Now.Format(time.DateOnly)
	rows := map[string]asking{
		"GET " + route.Home: plain, "GET " + route.About: plain, "POST " + route.Theme: plain,

		"GET " + route.Projects: plain, "GET " + route.ProjectsValues: {query: "facet=oblast"}, "GET " + route.ProjectsSuggest: {query: "q=a"},
		"GET " + route.ProjectsFeed: plain, "POST " + route.ProjectsViews: plain,
		"GET " + route.ProjectsTwins: plain, "POST " + route.ProjectsTwins: {form: url.Values{"rozhodnuti": {"dva"}, "prvni": {w.twin}, "druhy": {w.other}}},
		"GET " + route.ProjectsMerge: with(w.twin, w.other), "POST " + route.ProjectsMerge: with(w.twin, w.other),
		"GET " + route.ProjectsUnmerge: with(w.twin), "POST " + route.ProjectsUnmerge: with(w.twin),
		"GET " + route.ProjectNew: plain, "POST " + route.ProjectNew: plain,
		"GET " + route.ProjectShow: project, "GET " + route.ProjectEdit: project, "POST " + route.ProjectEdit: project,

		"GET " + route.Actors: plain, "GET " + route.ActorsSuggest: {query: "q=a"},
		"GET " + route.ActorNew: plain, "POST " + route.ActorNew: plain,
		"GET " + route.ActorShow: actor, "GET " + route.ActorEdit: actor, "POST " + route.ActorEdit: actor,

		"GET " + route.StatisticsSeriesChart: drawn, "GET " + route.StatisticsChart: drawn,
		"GET " + route.CoverageChart: with("vyvoj.png"), "GET " + route.TerritoryChart: with("CZ041", "temata.png"),
		"GET " + route.UnitCostsChart: {apart: "no chart without costs, which no record says here; tested in internal/web/unitcosts"},
		"GET " + route.Coverage:       plain, "GET " + route.CoverageEmbed: {query: "zobrazeni=mapa"}, "GET " + route.UnitCosts: plain, "GET " + route.Calls: plain, "GET " + route.CallNew: plain, "POST " + route.CallNew: plain,
		"GET " + route.CallShow: call, "GET " + route.CallEdit: call, "POST " + route.CallEdit: call,

		"GET " + route.Needs: plain, "GET " + route.NeedNew: plain, "POST " + route.NeedNew: plain,
		"GET " + route.NeedShow: need, "GET " + route.NeedEdit: need, "POST " + route.NeedEdit: need,
		"GET " + route.NeedHistory: need, "GET " + route.NeedCompare: need, "POST " + route.NeedHistory: {of: atlas.KindNeed, form: restore},
		"GET " + route.NeedMerge: need, "POST " + route.NeedMerge: need, "POST " + route.NeedUnmerge: with(w.need),
		"GET " + route.NeedAsOf:  with(today, w.need),
		"GET " + route.Practices: plain, "GET " + route.PracticeRule: plain, "GET " + route.PracticeRuleJSON: plain, "GET " + route.PracticeWork: plain,
		"GET " + route.PracticeNew: plain, "POST " + route.PracticeNew: plain, "GET " + route.PracticeShow: card, "GET " + route.PracticeEdit: card,
		"POST " + route.PracticeEdit: card, "GET " + route.PracticePhotos: card,
		"POST " + route.PracticePhotos: {apart: "a form with a file; tested in internal/web/practices"},
		"GET " + route.PracticeMark:    card, "POST " + route.PracticeMark: {of: atlas.KindPractice, form: url.Values{"akce": {"odebrat"}}},
		"GET " + route.PracticeEWSI: card, "GET " + route.Pictures: {apart: "by the card that shows it; tested in internal/web/practices"},
		"GET " + route.PracticeHistory: card, "GET " + route.PracticeCompare: card, "POST " + route.PracticeHistory: {of: atlas.KindPractice, form: restore},
		"GET " + route.PracticeAsOf: with(today, w.practice),
		"GET " + route.Transfers:    plain, "GET " + route.TransferNew: plain, "POST " + route.TransferNew: plain, "GET " + route.Inspiration: plain,
		"GET " + route.TransferShow: transfer, "GET " + route.TransferEdit: transfer, "POST " + route.TransferEdit: transfer,
		"GET " + route.TransferHistory: transfer, "GET " + route.TransferCompare: transfer, "POST " + route.TransferHistory: {of: atlas.KindReplication, form: restore},
		"POST " + route.TransferConfirm: ofTowns, "POST " + route.TransferWrite: ofTowns, "GET " + route.TransferReply: ofTowns, "POST " + route.TransferReply: ofTowns,
		"GET " + route.PracticeFit: card, "GET " + route.PracticeJourney: card, "GET " + route.PracticeLD: card, "GET " + route.PracticeMerge: card, "POST " + route.PracticeMerge: card, "POST " + route.PracticeUnmerge: with(w.practice),
		"GET " + route.Collections: plain, "GET " + route.CollectionNew: plain, "POST " + route.CollectionNew: plain, "GET " + route.CollectionShow: chosen,
		"GET " + route.CollectionEdit: chosen, "POST " + route.CollectionEdit: chosen,

		"GET " + route.Evaluations: plain, "GET " + route.EvaluationsRun: plain, "GET " + route.EvaluationsMine: plain,
		"GET " + route.EvaluationNew: plain, "POST " + route.EvaluationNew: plain,
		"GET " + route.EvaluationShow: with(w.evaluation), "POST " + route.EvaluationManage: with(w.evaluation), "POST " + route.EvaluationDecide: with(w.evaluation),
		// Nobody of the check judges it or carries the project out.
		"POST " + route.EvaluationDeclare: with(w.evaluation), "GET " + route.EvaluationSheet: with(w.evaluation), "POST " + route.EvaluationSheet: with(w.evaluation),
		"GET " + route.EvaluationSelf: with(w.evaluation), "POST " + route.EvaluationSelf: with(w.evaluation), "POST " + route.EvaluationReply: with(w.evaluation),
		// Beside the right, those who judge and those who manage.
		"GET " + route.EvaluationSettle: {fill: []string{w.evaluation}, stricter: settles}, "POST " + route.EvaluationSettle: {fill: []string{w.evaluation}, stricter: settles},
		"GET " + route.SelfChecks: checks, "POST " + route.SelfChecks: checks, "GET " + route.SelfCheck: checks, "POST " + route.SelfCheck: checks,

		"GET " + route.Extents: plain, "GET " + route.ExtentNew: plain, "POST " + route.ExtentNew: plain,
		"GET " + route.ExtentShow: extent, "GET " + route.ExtentEdit: extent, "POST " + route.ExtentEdit: extent,
		"GET " + route.ExtentHistory: extent, "GET " + route.ExtentCompare: extent, "POST " + route.ExtentHistory: {of: atlas.KindExtent, form: restore},
		"GET " + route.ExtentAsOf: with(today, w.extent),

		"GET " + route.ProjectHistory: project, "GET " + route.ProjectCompare: project, "POST " + route.ProjectHistory: {of: atlas.KindProject, form: restore},
		"GET " + route.ActorHistory: actor, "GET " + route.ActorCompare: actor, "POST " + route.ActorHistory: {of: atlas.KindActor, form: restore},
		"GET " + route.CallHistory: call, "GET " + route.CallCompare: call, "POST " + route.CallHistory: {of: atlas.KindCall, form: restore},
		"GET " + route.ProjectsAsOf: with(today), "GET " + route.ValuesAsOf: {fill: []string{today}, query: "facet=oblast"}, "GET " + route.ExportAsOf: with(today, "projekty.csv"),
		"GET " + route.ProjectAsOf: with(today, w.twin), "GET " + route.ActorAsOf: with(today, w.organisation), "GET " + route.CallAsOf: with(today, w.call),
		"GET " + route.ActorsAsOf: with(today), "GET " + route.CallsAsOf: with(today),
		"GET " + route.Log: plain, "POST " + route.LogVerify: plain,

		"GET " + route.EvaluationsCompare: plain, "GET " + route.ProjectEvaluations: project,
		"GET " + route.EvaluationsChart: {apart: unjudged}, "GET " + route.EvaluationPeers: {apart: unjudged}, "GET " + route.EvaluationPeersChart: {apart: unjudged},
		"GET " + route.ProjectEvaluationsChart: {apart: unjudged}, "GET " + route.EvaluationReport: {apart: unjudged}, "GET " + route.EvaluationReportPDF: {apart: unjudged},
		"GET " + route.EvaluationReportDOCX: {apart: unjudged}, "GET " + route.APIEvaluations: plain, "GET " + route.APIEvaluation: {apart: unjudged},
		"GET " + route.Rubrics: plain, "GET " + route.RubricNew: plain, "POST " + route.RubricNew: plain, "GET " + route.RubricImport: plain, "POST " + route.RubricImport: plain,
		"GET " + route.RubricShow: ofRubric, "GET " + route.RubricPreview: ofRubric, "GET " + route.RubricJSON: ofRubric, "GET " + route.RubricRule: ofRubric,
		"GET " + route.RubricHistory: ofRubric, "GET " + route.RubricCompare: ofRubric,
		"GET " + route.RubricEdit: ofRubric, "POST " + route.RubricEdit: ofRubric, "POST " + route.RubricVersion: ofRubric,
		"POST " + route.RubricState: {fill: ofRubric.fill, form: url.Values{"stav": {"zverejnit"}, "version": {"999"}}}, // of a version there never was: nothing changes

		"GET " + route.Rounds: plain, "GET " + route.RoundNew: plain, "POST " + route.RoundNew: plain,
		"GET " + route.RoundHistory: with(w.round), "GET " + route.RoundCompare: with(w.round),
		"GET " + route.RoundEdit: with(w.round), "POST " + route.RoundEdit: with(w.round), "POST " + route.RoundAssign: with(w.round),
		// Beside the right, those who assign and those who judge in it: here nobody does.
		"GET " + route.RoundShow: {fill: []string{w.round}, stricter: assigning}, "GET " + route.RoundCSV: {fill: []string{w.round}, stricter: assigning},

		"GET " + route.RegionalReports: plain, "GET " + route.RegionalReportNew: plain, "POST " + route.RegionalReportNew: plain,
		"GET " + route.RegionalReport: with(w.report), "GET " + route.RegionalReportEdit: with(w.report), "POST " + route.RegionalReportEdit: with(w.report),
		"POST " + route.RegionalReportPublish: with(w.report), // over a version there never was: nothing is published
		"GET " + route.RegionalReportEdition:  with(w.report, "1"), "GET " + route.RegionalReportFile: with(w.report, "1", "zprava.pdf"),
		"GET " + route.RegionalReportDraft:   with(w.report, "navrh.pdf"),
		"GET " + route.RegionalReportHistory: with(w.report), "GET " + route.RegionalReportCompare: with(w.report),
		"POST " + route.RegionalReportHistory: {fill: []string{w.report}, form: restore},

		"GET " + route.Territories: plain, "GET " + route.PlacesSuggest: {query: "q=a"}, "GET " + route.TerritoryShow: with(homeRegion),
		"GET " + route.TerritoryEmbed: with(homeRegion), "GET " + route.TerritoryCompare: plain, "GET " + route.TerritoryCompareCSV: {query: "uzemi=" + homeRegion},
		"GET " + route.Lists: plain, "GET " + route.ListShow: with("oblasti-integrace"),

		"GET " + route.Contributions: plain, "POST " + route.Drafts: kept, "POST " + route.DraftsDrop: kept,
		"GET " + route.Contribution: concerned, "POST " + route.ContributionNote: noted, "POST " + route.ContributionSend: concerned,
		"POST " + route.ContributionWithdraw: concerned,
		"GET " + route.ProjectCorrect:        correctable(atlas.KindProject), "POST " + route.ProjectCorrect: correctable(atlas.KindProject),
		"GET " + route.ActorCorrect: correctable(atlas.KindActor), "POST " + route.ActorCorrect: correctable(atlas.KindActor),
		"GET " + route.Queue: plain, "POST " + route.Queue: plain, "GET " + route.QueueOne: project, "POST " + route.QueueOne: {of: atlas.KindProject, form: url.Values{"rozhodnuti": {"returned"}}},
		"GET " + route.Review: with(w.review), "POST " + route.ReviewUndo: with(w.review),

		"GET " + route.Imports: plain, "POST " + route.Imports: plain,
		"GET " + route.ImportPreview: with(w.upload), "POST " + route.ImportPreview: with(w.upload),
		"GET " + route.ImportShow: with(w.batch), "GET " + route.ImportFile: with(w.batch),
		"GET " + route.ImportUndo: with(w.batch), "POST " + route.ImportUndo: with(w.batch),

		"GET " + route.Statistics: plain, "GET " + route.StatisticsDataset: with(atlas.DatasetForeigners), "GET " + route.StatisticsDatasetCSV: with(atlas.DatasetForeigners),
		"GET " + route.StatisticsSeries: with(atlas.DatasetForeigners, homeRegion), "GET " + route.StatisticsSeriesCSV: with(atlas.DatasetForeigners, homeRegion),
		"GET " + route.StatisticsNew: plain, "POST " + route.StatisticsNew: plain, "GET " + route.StatisticsUpload: plain, "POST " + route.StatisticsUpload: plain,
		// Beside the right, those who may write the data set: here one of a public source.
		"GET " + route.StatisticsPreview: {fill: []string{w.upload}, query: "sada=" + atlas.DatasetForeigners, stricter: importing}, "POST " + route.StatisticsPreview: {fill: []string{w.upload}, query: "sada=" + atlas.DatasetForeigners, stricter: importing},
		// The numbers of a public source are typed by nobody.
		"GET " + route.StatisticsEnter: {fill: []string{atlas.DatasetForeigners}, stricter: nobody}, "POST " + route.StatisticsEnter: {fill: []string{atlas.DatasetForeigners}, stricter: nobody},

		"GET " + route.Contact: plain, "GET " + route.Accessibility: plain, "GET " + route.Privacy: plain, "GET " + route.Cookies: plain,
		"GET " + route.Report: plain, "GET " + route.SecurityTxt: plain,

		"GET " + route.Account: plain, "GET " + route.AccountDetails: plain, "POST " + route.AccountDetails: plain, "POST " + route.AccountEmail: plain,
		"GET " + route.AccountEmailConfirm: with("neni"), "POST " + route.AccountEmailConfirm: with("neni"),
		"GET " + route.AccountPassword: plain, "POST " + route.AccountPassword: plain, "POST " + route.AccountPasswordDrop: plain,
		"GET " + route.AccountFactor: plain, "POST " + route.AccountFactor: plain, "POST " + route.AccountFactorDrop: plain, "POST " + route.AccountRecovery: plain,
		"GET " + route.AccountKeys: plain, "POST " + route.AccountKeys: plain, "POST " + route.AccountKeysBegin: plain, "POST " + route.AccountKey: with("neni"),
		"GET " + route.AccountDevices: plain, "POST " + route.AccountDevices: plain,
		"GET " + route.AccountConsents: plain, "POST " + route.AccountConsents: {form: url.Values{"ucel": {app.ConsentNews}}},
		"GET " + route.AccountData: plain, "GET " + route.AccountDataJSON: plain, "GET " + route.AccountDataPDF: plain,
		"GET " + route.AccountErase: plain, "POST " + route.AccountErase: plain, // without the tick: nobody is erased
		"GET " + route.AccountProof: plain, "POST " + route.AccountProof: plain, "GET " + route.AccountProofLink: with("neni"), "POST " + route.AccountProofLink: with("neni"),
		// Beside the right, members alone and those who decide.
		"GET " + route.Members: {fill: []string{w.organisation}, stricter: decides}, "POST " + route.MemberDecide: {fill: []string{w.organisation}, stricter: decides},
		"GET " + route.MemberJoin: with(w.organisation), "POST " + route.MemberJoin: with(w.organisation),
		"POST " + route.MemberInvite: with(w.organisation), "POST " + route.MemberWithdraw: with(w.organisation),
		"POST " + route.MandateGive: with(w.organisation), "POST " + route.MandateEnd: with(w.organisation),
		// No such invitation: whoever has the link of one is let in by it.
		"GET " + route.Invitation: {fill: []string{"x"}, stricter: nobody}, "POST " + route.Invitation: {fill: []string{"x"}, stricter: nobody},

		"GET " + route.Admin: plain, "POST " + route.AdminTestLetter: plain, "POST " + route.AdminLetter: with("x"),
		"GET " + route.AdminPeople: plain, "GET " + route.AdminPerson: with("U-00001"), "POST " + route.AdminPerson: with("U-00001"),
		"POST " + route.AdminPersonRole: with("U-00001"),
		"GET " + route.AdminLists:       plain, "GET " + route.AdminList: with("aktivity"),
		"GET " + route.AdminItemNew: with("aktivity"), "POST " + route.AdminItemNew: with("aktivity"),
		"GET " + route.AdminItem: with("aktivity", "A01"), "POST " + route.AdminItem: with("aktivity", "A01"),
		"GET " + route.AdminSpellings: plain, "POST " + route.AdminSpellings: plain,
		"GET " + route.AdminTexts: plain, "GET " + route.AdminText: with("home.lead"), "POST " + route.AdminText: with("home.lead"),
		"GET " + route.AdminTerritories: plain,
		"GET " + route.SignIn:           plain, "POST " + route.SignIn: plain, "GET " + route.SignInSent: plain,
		"GET " + route.SignInLink: byNobody, "POST " + route.SignInLink: byNobody, "GET " + route.SignInSecond: byNobody, "POST " + route.SignInSecond: byNobody,
		"POST " + route.SignInKeyBegin: byNobody, "POST " + route.SignInKey: byNobody, "GET " + route.SignInProvider: byNobody, "GET " + route.SignInReturn: byNobody,
		"POST " + route.SignOut: {apart: "it ends the session of whoever asks; tested in internal/web/signin"},

		"GET " + route.Watches: watched, "GET " + route.WatchNew: watched, "POST " + route.WatchNew: watched, "POST " + route.WatchChange: watched,
		"GET " + route.WatchNews: watched, "GET " + route.WatchFeed: watched, "GET " + route.WatchEnd: watched, "POST " + route.WatchEnd: watched,

		"GET " + route.Guide: plain, "GET " + route.API: plain, "GET " + route.APISpecification: plain,
		"GET " + route.APIProjects: plain, "GET " + route.APIProject: with(w.twin), "GET " + route.APIFacets: plain,
		"GET " + route.APIActors: plain, "GET " + route.APIActor: with(w.organisation), "GET " + route.APICalls: plain, "GET " + route.APICall: with(w.call),
		"GET " + route.APINeeds: plain, "GET " + route.APINeed: with(w.need), "GET " + route.APIReplications: plain, "GET " + route.APIReplication: with(w.transfer), "GET " + route.APIPractices: plain, "GET " + route.APIPractice: with(w.practice), "GET " + route.APISources: plain, "GET " + route.APISource: with(w.extent),
		"GET " + route.APIDatasets: plain, "GET " + route.APIDataset: with(atlas.DatasetForeigners), "GET " + route.APIDatasetValues: with(atlas.DatasetForeigners),
		"GET " + route.APIDatasetTerritory: with(atlas.DatasetForeigners, homeRegion),
		"GET " + route.APILists:            plain, "GET " + route.APIList: with("oblasti-integrace"),
		"GET " + route.APITerritories: plain, "GET " + route.APITerritory: with(homeRegion),
		"GET " + route.Catalogue: plain, "GET " + route.CatalogueDataset: with("akteri"),
		"GET " + route.ProjectsExport: with("projekty.csv"),
	}
	for _, name := range []string{dataset.Funding, dataset.Indicators, dataset.Actors, dataset.Calls, dataset.Coverage, dataset.Needs, dataset.Practices, dataset.Transfers, dataset.UnitCosts, dataset.Evaluations,
		dataset.CoverageRanking, dataset.CoverageThemes, dataset.CoverageEnding, dataset.CoverageOverlaps} {
		for _, ending := range []string{".csv", ".json", ".xlsx"} {
			rows["GET "+route.Dataset(name, ending)] = plain
		}
	}
	return rows
}
