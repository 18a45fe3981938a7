package app_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// plzen is a territory of the shipped ones: okres Plzeň-město.
const plzen = "CZ0323"

func need(change func(*atlas.Need)) *atlas.Need {
	n := &atlas.Need{
		Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Title: "Kurzy češtiny pro pracující", Kind: "SLUZBA", Area: "JAZ",
		Territory: plzen, TargetLegal: []string{"TG-EU"}, Severity: 3, Origin: "NNO", Reported: atlas.Date{Year: 2026, Month: 5}, Status: atlas.NeedVerified,
	}
	if change != nil {
		change(n)
	}
	return n
}

func TestANeedIsProposedByAnybodyAndVerifiedByEditorsOnly(t *testing.T) { // 6.14
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		n := need(func(n *atlas.Need) { n.RecordStatus = atlas.RecordReview })
		refused(t, d.SaveNeed(t.Context(), d.author, n), "problem.verified_by_editor")
		n.Status = ""
		ok(t, d.SaveNeed(t.Context(), d.author, n))
		if n.ID != "T-00001" || n.Status != atlas.NeedReported || n.CreatedBy != d.author.Account {
			t.Errorf("stored %+v", n)
		}
		if err := d.SaveNeed(t.Context(), d.author, need(nil)); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("published by its author: %v", err)
		}
		waits, err := d.Queue(t.Context(), d.editor)
		if err != nil || len(waits) != 1 || waits[0].ID != n.ID || len(waits[0].Missing) > 0 {
			t.Fatalf("in the queue: %+v, %v", waits, err)
		}
		ok(t, d.Decide(t.Context(), d.editor, n.ID, 1, store.DeedPublished, ""))
		if got := d.letters(t, "jana@mesto.example"); !reflect.DeepEqual(got, []string{"published", "received"}) {
			t.Errorf("letters %v", got)
		}
		if len(d.OpenNeeds()) != 0 {
			t.Error("a need that nobody verified is weighed")
		}
		stands, err := d.Reader().Need(t.Context(), n.ID)
		ok(t, err)
		stands.Status = atlas.NeedVerified
		ok(t, d.SaveNeed(t.Context(), d.editor, stands))
		if got := d.NeedSeverity(); !reflect.DeepEqual(got, map[[2]string]int{{plzen, "JAZ"}: 3}) {
			t.Errorf("severity %v", got)
		}
	})
}

func TestTheCoordinatorOfATerritoryEditsItsNeedsAndNoOthers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		here, there := need(nil), need(func(n *atlas.Need) { n.Territory = "CZ0642" })
		ok(t, d.SaveNeed(t.Context(), d.editor, here))
		ok(t, d.SaveNeed(t.Context(), d.editor, there))
		coordinator := d.author
		coordinator.Grants = []atlas.Grant{{Role: atlas.RoleTerritory, Territory: "CZ032"}}
		for _, status := range []string{atlas.NeedAddressed, atlas.NeedResolved} { // verified it is already
			here.Status = status
			ok(t, d.SaveNeed(t.Context(), coordinator, here))
		}
		there.Title = "Jinak"
		if err := d.SaveNeed(t.Context(), coordinator, there); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("of another territory: %v", err)
		}
		here.Territory = "CZ0642"
		refused(t, d.SaveNeed(t.Context(), coordinator, here), "problem.handed_over")
	})
}

func TestNeedsAreWeighedAsSoonAsTheyChange(t *testing.T) { // 8.1.6
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, other := loaded(t, s), loaded(t, s)
		n := need(nil)
		ok(t, a.SaveNeed(t.Context(), editor, n))
		ok(t, a.SaveNeed(t.Context(), editor, need(func(n *atlas.Need) { n.Severity = 4 })))
		ok(t, a.SaveNeed(t.Context(), editor, need(func(n *atlas.Need) { n.Territory = "CZ032" })))
		want := map[[2]string]int{{plzen, "JAZ"}: 7, {"CZ032", "JAZ"}: 3}
		if got := a.NeedSeverity(); !reflect.DeepEqual(got, want) {
			t.Errorf("%v", got)
		}
		ok(t, other.Load(t.Context()))
		if got := other.NeedSeverity(); !reflect.DeepEqual(got, want) {
			t.Errorf("of another process: %v", got)
		}
		n.Status = atlas.NeedResolved
		ok(t, a.SaveNeed(t.Context(), editor, n))
		if got := a.NeedSeverity()[[2]string{plzen, "JAZ"}]; got != 4 {
			t.Errorf("after one was resolved: %d", got)
		}
	})
}

func TestANeedNamesOnlyWhatIsThereAndFewPeopleNeverByAPartOfATown(t *testing.T) { // 8.10
	s := storetest.Open(t, storetest.SQLite(t))
	a := loaded(t, s)
	_, _, _, err := a.SaveTerritories(t.Context(), editor, []atlas.Territory{{Code: "547001", Level: atlas.LevelCityDistrict, Name: "Plzeň 2", District: plzen, Region: "CZ032"}})
	ok(t, err)
	for key, change := range map[string]func(*atlas.Need){
		"problem.reference": func(n *atlas.Need) { n.Territory = "XX" },
		"problem.few_place": func(n *atlas.Need) { n.Territory, n.People = "547001", atlas.Count{Known: true, N: 4, Kind: "ODH"} },
		"problem.nobody":    func(n *atlas.Need) { n.People = atlas.Count{Known: true, Kind: "ODH"} },
		"problem.not_few":   func(n *atlas.Need) { n.Few, n.People = true, atlas.Count{Known: true, N: 5, Kind: "ODH"} },
		"problem.severity":  func(n *atlas.Need) { n.Severity = 5 },
		"problem.personal":  func(n *atlas.Need) { n.Evidence = "Volat 777 123 456" },
		"problem.required":  func(n *atlas.Need) { n.TargetLegal = nil },
	} {
		refused(t, a.SaveNeed(t.Context(), editor, need(change)), key)
	}
	refused(t, a.SaveNeed(t.Context(), editor, need(func(n *atlas.Need) { n.Projects = []string{"P-09999"} })), "problem.reference")
	ok(t, a.SaveNeed(t.Context(), editor, need(func(n *atlas.Need) { n.Territory, n.People = "547001", atlas.Count{Known: true, N: 5, Kind: "ODH"} })))
}

func TestThePublicNeverReadsANumberUnderFive(t *testing.T) { // 8.10
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		n := need(func(n *atlas.Need) { n.People = atlas.Count{Known: true, N: 3, Kind: "ODH"} })
		ok(t, a.SaveNeed(t.Context(), editor, n))
		n.People.N = 4
		ok(t, a.SaveNeed(t.Context(), editor, n))
		all, err := a.Editions(t.Context(), atlas.Viewer{}, atlas.KindNeed, n.ID)
		ok(t, err)
		for _, e := range all {
			if r := e.Record.(*atlas.Need); r.People.Known || r.People.N != 0 || !r.Few {
				t.Errorf("version %d tells %+v", e.Version, r.People)
			}
		}
		if changed := app.Compare(all[1].Record, all[0].Record); len(changed) != 0 {
			t.Errorf("the public is told of %+v", changed)
		}
		mine, err := a.EditionOf(t.Context(), editor, atlas.KindNeed, n.ID, 1)
		ok(t, err)
		if mine.Record.(*atlas.Need).People.N != 3 {
			t.Error("an editor does not read the number")
		}
	})
}

func extent(change func(*atlas.SourceExtent)) *atlas.SourceExtent {
	x := &atlas.SourceExtent{
		Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Source: "Seznam operací OPZ", Publisher: "MPSV", Programmes: []string{"OPZ"},
		Territories: []string{"CZ"}, From: 2014, To: 2020, State: atlas.ExtentWhole, CheckedOn: atlas.Date{Year: 2026, Month: 11, Day: 21},
	}
	if change != nil {
		change(x)
	}
	return x
}

func TestExtentsOfSourcesAreKnownAsSoonAsTheyChange(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		x := extent(nil)
		ok(t, a.SaveExtent(t.Context(), editor, x))
		if !a.Completeness().Loaded(a.Chain(plzen), 2014, 2020) {
			t.Error("a source of the whole country is not that of an okres")
		}
		x.RecordStatus = atlas.RecordDraft
		ok(t, a.SaveExtent(t.Context(), editor, x))
		if whole, part, missing := a.Completeness().At(a.Chain(plzen), 2015, 2015); whole+part+missing != 0 {
			t.Errorf("a draft counts: %d, %d, %d", whole, part, missing)
		}
		if err := a.SaveExtent(t.Context(), atlas.Viewer{Account: "U-00001", Name: "U-00001"}, extent(nil)); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("by anybody: %v", err)
		}
	})
}

func TestWhatIsWrongWithTheExtentOfASourceIsSaid(t *testing.T) {
	a := loaded(t, storetest.Open(t, storetest.SQLite(t)))
	for field, change := range map[string]func(*atlas.SourceExtent){
		"source": func(x *atlas.SourceExtent) { x.Source = "" }, "publisher": func(x *atlas.SourceExtent) { x.Publisher = "" },
		"url": func(x *atlas.SourceExtent) { x.URL = "javascript:alert(1)" }, "programmes.0": func(x *atlas.SourceExtent) { x.Programmes = []string{"NIC"} },
		"territories": func(x *atlas.SourceExtent) { x.Territories = nil }, "territories.0": func(x *atlas.SourceExtent) { x.Territories = []string{"XX"} },
		"territories.1": func(x *atlas.SourceExtent) { x.Territories = []string{"CZ", "CZ"} }, "from": func(x *atlas.SourceExtent) { x.From = 0 },
		"to": func(x *atlas.SourceExtent) { x.To = 2013 }, "state": func(x *atlas.SourceExtent) { x.State = "snad" },
		"checked_on": func(x *atlas.SourceExtent) { x.CheckedOn = atlas.Date{} }, "batch": func(x *atlas.SourceExtent) { x.Batch = "D-00009" },
	} {
		var invalid *atlas.InvalidError
		err := a.SaveExtent(t.Context(), editor, extent(change))
		if !errors.As(err, &invalid) || len(invalid.Problems) != 1 || !strings.HasPrefix(invalid.Problems[0].Field, field) {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestOfTwoNeedsThatSayTheSameOneStaysAndTheMergeIsTakenBack(t *testing.T) { // 6.14
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		web := atlas.Source{Kind: "WEB", URL: "https://www.mesto.cz/x"}
		keep, drop := need(nil), need(func(n *atlas.Need) {
			n.TargetLegal, n.Sources = []string{"TG-DOC", "TG-EU"}, []atlas.Source{web}
			n.Measures = []atlas.Reference{{Title: "C2.2.5"}}
		})
		ok(t, d.SaveNeed(t.Context(), d.editor, keep))
		ok(t, d.SaveNeed(t.Context(), d.editor, drop))
		if err := d.MergeNeed(t.Context(), d.author, drop.ID, 1, keep.ID); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("by anybody: %v", err)
		}
		refused(t, d.MergeNeed(t.Context(), d.editor, drop.ID, 1, drop.ID), "problem.merge_itself")
		refused(t, d.MergeNeed(t.Context(), d.editor, drop.ID, 1, "T-99999"), "problem.reference")
		if err := d.MergeNeed(t.Context(), d.editor, drop.ID, 7, keep.ID); !errors.Is(err, atlas.ErrConflict) {
			t.Errorf("of another version: %v", err)
		}
		ok(t, d.MergeNeed(t.Context(), d.editor, drop.ID, 1, keep.ID))
		var moved *atlas.RedirectError
		if _, err := d.Reader().Need(t.Context(), drop.ID); !errors.As(err, &moved) || moved.ID != keep.ID {
			t.Errorf("the one given up: %v", err)
		}
		now, err := d.Reader().Need(t.Context(), keep.ID)
		ok(t, err)
		if !reflect.DeepEqual(now.TargetLegal, []string{"TG-EU", "TG-DOC"}) || !reflect.DeepEqual(now.Sources, []atlas.Source{web}) || len(now.Measures) != 1 {
			t.Errorf("the one kept: %+v", now)
		}
		if got := d.NeedSeverity()[[2]string{plzen, "JAZ"}]; got != 3 {
			t.Errorf("both are weighed: %d", got)
		}
		refused(t, d.MergeNeed(t.Context(), d.editor, keep.ID, 2, drop.ID), "problem.reference")
		refused(t, d.UnmergeNeed(t.Context(), d.editor, keep.ID), "problem.not_merged")
		ok(t, d.UnmergeNeed(t.Context(), d.editor, drop.ID))
		back, err := d.Reader().Need(t.Context(), drop.ID)
		ok(t, err)
		if !back.Public() || back.Version != 3 || d.NeedSeverity()[[2]string{plzen, "JAZ"}] != 6 {
			t.Errorf("after the merge was taken back: %+v", back.Meta)
		}
	})
}
