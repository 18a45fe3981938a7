package app_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/search"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// twins writes two records of one project: a hand-kept one and one of a list.
func twins(t *testing.T, a *app.App) (keep, drop *atlas.Project) {
	t.Helper()
	org := simi(t, a)
	keep, drop = mis(org.ID), mis(org.ID)
	keep.RegNumber, keep.Goal = "", "Lepší soužití"
	keep.Funding = []atlas.Funding{{Funder: org.ID, Programme: "OPZ"}}
	drop.TitleCs, drop.Acronym, drop.TargetLegal = "Města a inkluzívní strategie", "MIS", []string{"TG-ALL", "TG-AZY"}
	drop.Sources = append(drop.Sources, atlas.Source{Kind: "SEZNAM", URL: "https://www.example.org/seznam", Accessed: atlas.Date{Year: 2026}})
	drop.Funding[0].Granted = atlas.Crowns(850)
	save(t, a, keep)
	drop.Follows = nil
	save(t, a, drop)
	return keep, drop
}

func save(t *testing.T, a *app.App, p *atlas.Project) {
	t.Helper()
	if err := a.SaveProject(t.Context(), editor, p); err != nil {
		var invalid *atlas.InvalidError
		if errors.As(err, &invalid) {
			t.Fatalf("%v %+v", err, invalid.Problems)
		}
		t.Fatal(err)
	}
}

func merge(t *testing.T, a *app.App, m app.Merge) {
	t.Helper()
	if err := a.MergeProjects(t.Context(), editor, m); err != nil {
		t.Fatal(err)
	}
}

// record is all that a record says, without when it was written.
func record(t *testing.T, a *app.App, id string) string {
	t.Helper()
	found, err := a.Reader().Projects(t.Context(), []string{id})
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %d %v", id, len(found), err)
	}
	p := *found[0]
	p.Version, p.UpdatedAt, p.UpdatedBy = 0, time.Time{}, ""
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func leadsTo(t *testing.T, a *app.App, from string) string {
	t.Helper()
	_, err := a.Reader().Project(t.Context(), from)
	var redirect *atlas.RedirectError
	if errors.As(err, &redirect) {
		return redirect.ID
	}
	return ""
}

func TestAMergeTakesWhatWasChosenAndDoublesNothing(t *testing.T) { // 8.9
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		keep, drop := twins(t, a)
		var said []string
		for _, d := range app.Differences(keep, drop) {
			said = append(said, d.Key+" "+d.Default)
		}
		if got := strings.Join(said, ", "); got != "title_cs keep, acronym drop, reg_number both, goal keep, funding both, target_legal both, sources both" {
			t.Errorf("differences: %s", got)
		}
		merge(t, a, app.Merge{Keep: keep.ID, Drop: drop.ID, KeepVersion: 1, DropVersion: 1, Choice: map[string]string{"goal": app.MergeDrop, "title_cs": "nonsense"}})
		p, err := a.Reader().Project(t.Context(), keep.ID)
		if err != nil {
			t.Fatal(err)
		}
		if p.TitleCs != keep.TitleCs || p.Goal != drop.Goal || p.Acronym != "MIS" || p.RegNumber != drop.RegNumber || len(p.TargetLegal) != 2 {
			t.Errorf("%+v", p)
		}
		if len(p.Parties) != 1 || len(p.Funding) != 1 || p.Funding[0].Granted != atlas.Crowns(850) || p.Funding[0].CallNo != "124" || len(p.Sources) != 2 {
			t.Errorf("%+v %+v %+v", p.Parties, p.Funding, p.Sources)
		}
		if leadsTo(t, a, drop.ID) != keep.ID {
			t.Error("the old address leads nowhere")
		}
		if n := a.Index().Search(search.Query{Text: "MIS"}).Total; n != 1 || a.Index().Len() != 1 {
			t.Errorf("the index finds %d of %d", n, a.Index().Len())
		}
		if err := a.MergeProjects(t.Context(), editor, app.Merge{Keep: keep.ID, Drop: keep.ID}); err == nil {
			t.Error("merged with itself")
		}
	})
}

func TestMoreAreasThanARecordMayHaveAreNotJoinedUnasked(t *testing.T) { // 6.1
	areas := func(codes ...string) *atlas.Project {
		p := &atlas.Project{}
		for i, c := range codes {
			p.Areas = append(p.Areas, atlas.AreaShare{Code: c, Primary: i == 0})
		}
		return p
	}
	for _, c := range []struct {
		drop *atlas.Project
		want string
	}{{areas("A", "D", "E"), app.MergeBoth}, {areas("A", "D", "E", "F"), app.MergeKeep}, {areas(), app.MergeKeep}} {
		if d := app.Differences(areas("A", "B", "C"), c.drop); len(d) != 1 || d[0].Default != c.want {
			t.Errorf("%v: %+v", c.drop.Areas, d)
		}
	}
}

func TestMoneyOfTwoRecordsIsNotCountedTwice(t *testing.T) { // 8.9
	s := storetest.Open(t, storetest.SQLite(t))
	a := loaded(t, s)
	org := simi(t, a)
	line := func(call string, year int, granted int64) atlas.Funding {
		return atlas.Funding{Funder: org.ID, FunderType: "EU-S", CallNo: call, Year: year, Granted: atlas.Crowns(granted)}
	}
	keep, drop := mis(org.ID), mis(org.ID)
	drop.RegNumber = ""
	keep.Funding = []atlas.Funding{line("1", 2017, 10), line("2", 2018, 20), {FunderType: "NAD", Granted: atlas.Crowns(5)}}
	drop.Funding = []atlas.Funding{line("", 2018, 20), line("1", 2017, 11), line("3", 2019, 30), {FunderType: "NAD", Granted: atlas.Crowns(7)}}
	drop.Parties = append(drop.Parties, atlas.Party{Actor: org.ID, Role: atlas.RoleFunder})
	for i := range drop.Parties {
		drop.Parties[i].Amount = atlas.Crowns(3)
	}
	save(t, a, keep)
	save(t, a, drop)
	merge(t, a, app.Merge{Keep: keep.ID, Drop: drop.ID})
	p, err := a.Reader().Project(t.Context(), keep.ID)
	if err != nil {
		t.Fatal(err)
	}
	if amount, _, _ := p.Money(); amount != atlas.Crowns(10+20+5+30+7) || len(p.Funding) != 5 {
		t.Errorf("%v %+v", amount, p.Funding)
	}
	if len(p.Parties) != 2 || p.Parties[0].Amount != atlas.Crowns(3) {
		t.Errorf("%+v", p.Parties)
	}
}

func TestAnUndoneMergeGivesBothRecordsBackByteForByte(t *testing.T) { // 8.9
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		keep, drop := twins(t, a)
		next := mis(keep.Parties[0].Actor)
		next.TitleCs, next.RegNumber, next.Follows = "Nástupce", "", []string{drop.ID}
		save(t, a, next)
		ids := []string{keep.ID, drop.ID, next.ID}
		var before []string
		for _, id := range ids {
			before = append(before, record(t, a, id))
		}
		for range 2 { // a project may be merged again
			merge(t, a, app.Merge{Keep: keep.ID, Drop: drop.ID, Choice: map[string]string{"title_cs": app.MergeDrop, "funding": app.MergeDrop}})
			if plan, err := a.PrepareUndoMerge(t.Context(), editor, drop.ID); err != nil || plan.Kept() || len(plan.Rows) != 3 {
				t.Fatalf("%+v %v", plan, err)
			}
			if _, err := a.UndoMerge(t.Context(), editor, drop.ID); err != nil {
				t.Fatal(err)
			}
			for i, id := range ids {
				if after := record(t, a, id); after != before[i] {
					t.Errorf("%s\nwas %s\nis  %s", id, before[i], after)
				}
			}
		}
		if a.Index().Len() != 3 || leadsTo(t, a, drop.ID) != "" {
			t.Errorf("%d projects are found", a.Index().Len())
		}
		history, err := a.Reader().History(t.Context(), atlas.KindProject, drop.ID)
		if err != nil || len(history) != 5 || history[0].Action != atlas.ActionUndo || history[1].Action != atlas.ActionMerge {
			t.Errorf("%+v %v", history, err)
		}
		var invalid *atlas.InvalidError
		if _, err := a.UndoMerge(t.Context(), editor, drop.ID); !errors.As(err, &invalid) || invalid.Problems[0].Key != "problem.not_merged" {
			t.Errorf("undone twice: %v", err)
		}
	})
}

func TestWhatWasEditedAfterAMergeStaysAndIsNamed(t *testing.T) { // 8.9
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		keep, drop := twins(t, a)
		merge(t, a, app.Merge{Keep: keep.ID, Drop: drop.ID})
		p, err := a.Reader().Project(t.Context(), keep.ID)
		if err != nil {
			t.Fatal(err)
		}
		p.Acronym, p.Goal = "MIS 2", "Nový cíl"
		p.Sources = append(p.Sources, atlas.Source{Kind: "WEB", URL: "https://www.example.org/nove", Accessed: atlas.Date{Year: 2026}})
		save(t, a, p)
		plan, err := a.UndoMerge(t.Context(), editor, drop.ID)
		if err != nil || plan.Rows[0].Record != drop.ID || len(plan.Rows[0].Kept) != 0 {
			t.Fatalf("%+v %v", plan, err)
		}
		if kept := plan.Rows[1].Kept; len(kept) != 1 || kept[0].Key != "acronym" || kept[0].By != "editor" || kept[0].Origin != "form" {
			t.Errorf("%+v", kept)
		}
		p, err = a.Reader().Project(t.Context(), keep.ID)
		if err != nil || p.Acronym != "MIS 2" || p.Goal != "Nový cíl" || p.RegNumber != "" || len(p.Sources) != 2 || p.Sources[1].URL != "https://www.example.org/nove" {
			t.Errorf("%+v %v", p, err)
		}
	})
}

func TestAChainOfMergesLeadsToItsEndAndIsUndoneFromThere(t *testing.T) { // 8.9
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		a := loaded(t, storetest.Open(t, dsn))
		first, second := twins(t, a)
		third := mis(first.Parties[0].Actor)
		third.RegNumber = ""
		third.Sources = slices.Clone(second.Sources) // the same source by another way
		save(t, a, third)
		before := []string{record(t, a, first.ID), record(t, a, second.ID), record(t, a, third.ID)}
		merge(t, a, app.Merge{Keep: second.ID, Drop: first.ID})
		merge(t, a, app.Merge{Keep: third.ID, Drop: second.ID})
		if leadsTo(t, a, first.ID) != third.ID || leadsTo(t, a, second.ID) != third.ID {
			t.Error("the chain is not followed to its end")
		}
		other := loaded(t, storetest.Open(t, dsn)) // another process
		if other.Index().Len() != 1 || leadsTo(t, other, first.ID) != third.ID {
			t.Errorf("another process finds %d", other.Index().Len())
		}
		if n, err := other.Reader().CountProjects(t.Context()); err != nil || n != 1 {
			t.Errorf("%d projects, %v", n, err)
		}
		var invalid *atlas.InvalidError
		if _, err := a.UndoMerge(t.Context(), editor, first.ID); !errors.As(err, &invalid) || invalid.Problems[0].Key != "problem.merged_on" {
			t.Fatalf("undone in the middle: %v", err)
		}
		for _, id := range []string{second.ID, first.ID} {
			if _, err := a.UndoMerge(t.Context(), editor, id); err != nil {
				t.Fatal(err)
			}
		}
		for i, p := range []*atlas.Project{first, second, third} {
			if after := record(t, a, p.ID); after != before[i] {
				t.Errorf("%s\nwas %s\nis  %s", p.ID, before[i], after)
			}
		}
	})
}

func TestOfTwoMergedIntoOneEachComesBackWithoutHarmToTheOther(t *testing.T) { // 8.9
	s := storetest.Open(t, storetest.SQLite(t))
	a := loaded(t, s)
	keep, one := twins(t, a)
	two := mis(keep.Parties[0].Actor)
	two.RegNumber, two.Sources = "", slices.Clone(one.Sources)
	save(t, a, two)
	merge(t, a, app.Merge{Keep: keep.ID, Drop: one.ID})
	merge(t, a, app.Merge{Keep: keep.ID, Drop: two.ID})
	if _, err := a.UndoMerge(t.Context(), editor, one.ID); err != nil {
		t.Fatal(err)
	}
	p, err := a.Reader().Project(t.Context(), keep.ID)
	if err != nil || len(p.Sources) != 2 {
		t.Errorf("a source that the other has too is gone: %+v %v", p.Sources, err)
	}
}

func TestAMergeIsRefusedToReadersAndWhenARecordChangedMeanwhile(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a := loaded(t, s)
	keep, drop := twins(t, a)
	if err := a.MergeProjects(t.Context(), atlas.Viewer{}, app.Merge{Keep: keep.ID, Drop: drop.ID}); !errors.Is(err, atlas.ErrForbidden) {
		t.Error(err)
	}
	if _, err := a.UndoMerge(t.Context(), atlas.Viewer{}, drop.ID); !errors.Is(err, atlas.ErrForbidden) {
		t.Error(err)
	}
	save(t, a, drop)
	if err := a.MergeProjects(t.Context(), editor, app.Merge{Keep: keep.ID, Drop: drop.ID, KeepVersion: 1, DropVersion: 1}); !errors.Is(err, atlas.ErrConflict) {
		t.Error(err)
	}
	if _, err := a.UndoMerge(t.Context(), editor, "P-99999"); !errors.Is(err, atlas.ErrNotFound) {
		t.Error(err)
	}
}

func TestAListDoesNotBringAMergedRecordBack(t *testing.T) { // 8.9, 9.4
	s := storetest.Open(t, storetest.SQLite(t))
	a := loaded(t, s)
	list := func(cost string) []byte {
		return operations(",", [5]string{"1", "Společně", "Město Ukázkov", cost, "850"}, [5]string{"2", "Společně 2", "Město Ukázkov", cost, "8"})
	}
	apply(t, a, prepare(t, a, list("10")))
	apply(t, a, prepare(t, a, hand([6]string{"Ruční", "Město Ukázkov", "2017", "2018", "", "https://www.example.org/a"})))
	merge(t, a, app.Merge{Keep: "P-00001", Drop: "P-00002"})
	merge(t, a, app.Merge{Keep: "P-00001", Drop: "P-00003"})
	newer := prepare(t, a, list("20"))
	if got := outcomes(newer); got != "update unchanged" || keysOf(rowsOf(newer)[1].Problems) != "merged_away" || rowsOf(newer)[1].Record != "P-00001" {
		t.Errorf("%s %+v", got, rowsOf(newer))
	}
	apply(t, a, newer)
	again := prepare(t, a, hand([6]string{"Ruční", "Město Ukázkov", "2017", "2019", "", "https://www.example.org/a"}))
	if got := outcomes(again); got != "unchanged" || rowsOf(again)[0].Record != "P-00001" {
		t.Errorf("%s %+v", got, rowsOf(again))
	}
	if n, err := a.Reader().CountProjects(t.Context()); err != nil || n != 1 {
		t.Errorf("%d projects, %v", n, err)
	}
	plan := undo(t, a, "D-00001") // of records that were merged since
	if got := undone(plan); !strings.HasPrefix(got, "P-00001 keep kept ") || !strings.HasSuffix(got, ", P-00002 keep") || plan.Rows[1].Merged != "P-00001" {
		t.Error(got)
	}
	if rows := batchRows(t, a, "D-00001"); keysOf(rows[1].Problems) != "undo_merged" {
		t.Errorf("%+v", rows[1].Problems)
	}
	if leadsTo(t, a, "P-00002") != "P-00001" {
		t.Error("the old address leads nowhere")
	}
}
