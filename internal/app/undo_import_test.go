package app_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/search"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// undo takes a batch back and demands that the plan made before said the same.
func undo(t *testing.T, a *app.App, batch string) *app.UndoPlan {
	t.Helper()
	plan, err := a.PrepareUndo(t.Context(), editor, batch, nil)
	if err != nil {
		t.Fatal(err)
	}
	done, err := a.UndoImport(t.Context(), editor, batch, nil)
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprintf("%+v %+v", plan.Rows, plan.Actors) != fmt.Sprintf("%+v %+v", done.Rows, done.Actors) {
		t.Errorf("%s: planned\n%+v %+v, done\n%+v %+v", batch, plan.Rows, plan.Actors, done.Rows, done.Actors)
	}
	return done
}

// undone writes what became of the records of a batch: "P-00001 withdraw".
func undone(plan *app.UndoPlan) string {
	var out []string
	for _, r := range plan.Rows {
		text := r.Record + " " + r.Outcome
		if len(r.Restored) > 0 {
			text += " back " + strings.Join(r.Restored, "+")
		}
		for _, k := range r.Kept {
			text += " kept " + k.Key + " by " + k.By + "/" + k.Origin
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

func TestAnUndoneImportIsWithdrawnAndGoesInAgain(t *testing.T) { // 9.4
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		data := operations(",", [5]string{"1", "Společně", "Město Ukázkov", "1000", "850"}, [5]string{"2", "Dál", "Spolek Dál", "10", "8"})
		first := apply(t, a, prepare(t, a, data))
		before := byNumber(t, a, 1)
		plan := undo(t, a, first.ID)
		if got := undone(plan); got != "P-00001 withdraw, P-00002 withdraw" || plan.Rows[1].Row != 3 || len(plan.Actors) != 2 || !plan.Actors[0].Withdrawn {
			t.Fatalf("%s %+v", got, plan)
		}
		if n := a.Index().Search(search.Query{}).Total; n != 0 {
			t.Errorf("%d projects are found", n)
		}
		for _, id := range []string{"P-00001", "P-00002"} {
			if p, err := a.Reader().Project(t.Context(), id); err != nil || p.RecordStatus != atlas.RecordArchived || p.Version != 2 {
				t.Errorf("%s: %+v %v", id, p, err)
			}
		}
		actor, err := a.Reader().Actor(t.Context(), "A-00001")
		if err != nil || actor.RecordStatus != atlas.RecordArchived {
			t.Errorf("%+v %v", actor, err)
		}
		b, err := a.Reader().Batch(t.Context(), first.ID)
		if err != nil || !b.Undone() || b.UndoneBy != "editor" {
			t.Errorf("%+v %v", b, err)
		}
		changes := lastChange(t, a)
		if again := undo(t, a, first.ID); !again.Already || lastChange(t, a) != changes {
			t.Errorf("undone twice: %+v", again)
		}
		second := prepare(t, a, data)
		if second.AlreadyApplied != nil || outcomes(second) != "update update" {
			t.Fatalf("%+v %s", second.AlreadyApplied, outcomes(second))
		}
		if b := apply(t, a, second); b.ID != "D-00002" {
			t.Errorf("%+v", b)
		}
		p := byNumber(t, a, 1)
		if p.ID != before.ID || !p.Public() || len(p.Sources) != 1 || p.Sources[0].BatchID != "D-00002" {
			t.Errorf("%+v", p)
		}
		if actor, err := a.Reader().Actor(t.Context(), "A-00001"); err != nil || !actor.Public() {
			t.Errorf("the organisation did not come back: %+v %v", actor, err)
		}
		if n := a.Index().Search(search.Query{Text: "společně"}).Total; n != 1 {
			t.Errorf("the index finds %d", n)
		}
		if got := undone(undo(t, a, "D-00002")); got != "P-00001 withdraw back sources+record_status, P-00002 withdraw back sources+record_status" {
			t.Error(got)
		}
		if actor, err := a.Reader().Actor(t.Context(), "A-00001"); err != nil || actor.RecordStatus != atlas.RecordArchived {
			t.Errorf("%+v %v", actor, err)
		}
	})
}

func TestUndoingGivesBackWhatWasAndNamesWhatWasEditedSince(t *testing.T) { // 9.4
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		list := func(title, cost1, cost2 string, more ...[5]string) []byte {
			return operations(",", append([][5]string{{"1", title, "Město Ukázkov", cost1, "850"}, {"2", "Dál", "Město Ukázkov", cost2, "8"}}, more...)...)
		}
		apply(t, a, prepare(t, a, list("Společně", "1000", "10")))
		was := byNumber(t, a, 2)
		second := apply(t, a, prepare(t, a, list("Společně a dál", "1200", "20", [5]string{"3", "Nový", "Spolek Nový", "1", "1"}, [5]string{"4", "Jiný", "Spolek Jiný", "1", "1"})))
		third := apply(t, a, prepare(t, a, list("Společně a dál", "1300", "20")))
		p := byNumber(t, a, 4)
		p.Goal = "Cíl od člověka"
		if err := a.SaveProject(t.Context(), editor, p); err != nil {
			t.Fatal(err)
		}
		plan := undo(t, a, second.ID)
		want := "P-00001 partly back title_cs+sources+verbatim kept total_cost by editor/D-00003, P-00002 restore back total_cost+sources+verbatim, " +
			"P-00003 withdraw, P-00004 keep kept goal by editor/form"
		if got := undone(plan); got != want {
			t.Fatalf("%s\nwant %s", got, want)
		}
		if len(plan.Actors) != 2 || !plan.Actors[0].Withdrawn || plan.Actors[1].Withdrawn {
			t.Errorf("%+v", plan.Actors)
		}
		now := byNumber(t, a, 2)
		now.Meta = was.Meta
		if fmt.Sprintf("%+v", *now) != fmt.Sprintf("%+v", *was) {
			t.Errorf("not as before: %+v", now)
		}
		one := byNumber(t, a, 1)
		if one.TitleCs != "Společně" || one.TotalCost != atlas.Crowns(1300) || len(one.Sources) != 2 || one.Sources[1].BatchID != third.ID {
			t.Errorf("%+v", one)
		}
		if four := byNumber(t, a, 4); !four.Public() || four.Goal != "Cíl od člověka" {
			t.Errorf("%+v", four)
		}
		rows := batchRows(t, a, second.ID)
		if keysOf(rows[0].Problems) != "undo_kept" || keysOf(rows[3].Problems) != "undo_kept" || rows[3].Problems[0].Args["field"] != "goal" {
			t.Errorf("the batch does not remember what stayed: %+v", rows)
		}
		// What the undoing put back is no edit of a person: a newer list may change it.
		newer := prepare(t, a, list("Společně potřetí", "1300", "30"))
		if got := outcomes(newer); got != "update update" || !slices.Contains(rowsOf(newer)[0].Fields, "title_cs") {
			t.Errorf("%s %+v", got, rowsOf(newer))
		}
	})
}

func TestWhatAPersonWroteIsStillTheirsAfterAnUndoing(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a := loaded(t, s)
	row := func(title, cost string) []byte {
		return operations(",", [5]string{"1", title, "Město Ukázkov", cost, "850"})
	}
	apply(t, a, prepare(t, a, row("Společně", "1000")))
	p := byNumber(t, a, 1)
	p.TitleCs = "Společně v Ukázkově"
	if err := a.SaveProject(t.Context(), editor, p); err != nil {
		t.Fatal(err)
	}
	b := apply(t, a, prepare(t, a, row("Společně!", "1200")))
	undo(t, a, b.ID)
	newer := prepare(t, a, row("Společně?", "1300"))
	if got := rowsOf(newer)[0].Fields; slices.Contains(got, "title_cs") || !slices.Contains(got, "total_cost") {
		t.Errorf("%v", got)
	}
}

func TestTwoWhoUndoOneImportAtOnceUndoItOnce(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		one, two := loaded(t, storetest.Open(t, dsn)), loaded(t, storetest.Open(t, dsn))
		b := apply(t, one, prepare(t, one, many(50)))
		var all sync.WaitGroup
		plans := make([]*app.UndoPlan, 2)
		for i, a := range []*app.App{one, two} {
			all.Go(func() {
				var err error
				if plans[i], err = a.UndoImport(t.Context(), editor, b.ID, nil); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if plans[0].Already == plans[1].Already {
			t.Errorf("%v %v", plans[0].Already, plans[1].Already)
		}
		for i, a := range []*app.App{one, two} {
			if _, err := a.PrepareUndo(t.Context(), editor, b.ID, nil); err != nil {
				t.Error(err)
			}
			if p := byNumber(t, a, 7); p.Version != 2 || p.RecordStatus != atlas.RecordArchived {
				t.Errorf("%d: %+v", i, p)
			}
		}
	})
}

func TestAnUndoingTellsHowManyRecordsAreDone(t *testing.T) {
	a := loaded(t, storetest.Open(t, storetest.SQLite(t)))
	b := apply(t, a, prepare(t, a, many(250))) // 250 projects and as many organisations
	for _, do := range []func(context.Context, atlas.Viewer, string, func(done, total int)) (*app.UndoPlan, error){a.PrepareUndo, a.UndoImport} {
		told := ""
		if _, err := do(t.Context(), editor, b.ID, func(done, total int) { told += fmt.Sprintf("%d/%d ", done, total) }); err != nil {
			t.Fatal(err)
		}
		if told != "100/500 200/500 300/500 400/500 500/500 " {
			t.Error(told)
		}
	}
}

func TestAnUndoingIsRefusedToReadersAndOfNoBatch(t *testing.T) {
	a := loaded(t, storetest.Open(t, storetest.SQLite(t)))
	if _, err := a.PrepareUndo(t.Context(), atlas.Viewer{}, "D-00001", nil); !errors.Is(err, atlas.ErrForbidden) {
		t.Error(err)
	}
	if _, err := a.UndoImport(t.Context(), atlas.Viewer{}, "D-00001", nil); !errors.Is(err, atlas.ErrForbidden) {
		t.Error(err)
	}
	if _, err := a.UndoImport(t.Context(), editor, "D-00001", nil); !errors.Is(err, atlas.ErrNotFound) {
		t.Error(err)
	}
}

func TestEveryFieldOfAProjectCanBeTakenBack(t *testing.T) {
	if left := app.FieldsLeftOut(); len(left) > 0 {
		t.Errorf("no field of app.projectFields has %v", left)
	}
}
