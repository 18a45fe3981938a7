package app_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/importer"
	"atlas/internal/search"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// operations writes a list of operations; each row is number, title, applicant,
// costs and support.
func operations(comma string, rows ...[5]string) []byte {
	lines := []string{strings.Join([]string{"Registrační číslo projektu", "Název projektu CZ", "Žadatel", "Kód stavu", "Název stavu",
		"Číslo výzvy", "Název výzvy", "Operační program", "CZV projektu", "Příspěvek EU"}, comma)}
	for _, r := range rows {
		reg := r[0]
		if len(reg) == 1 {
			reg = number(int(reg[0] - '0'))
		}
		lines = append(lines, strings.Join([]string{reg, r[1], r[2], "PP36", "Projekt ve fyzické realizaci", "03_15_001", "Výzva", "03", r[3], r[4]}, comma))
	}
	return []byte(strings.Join(lines, "\n") + "\n")
}

// number is a registration number.
func number(n int) string { return fmt.Sprintf("CZ.03.2.60/0.0/0.0/15_001/%07d", n) }

// hand writes a list kept by hand; each row is title, implementer, from, to,
// place and address.
func hand(rows ...[6]string) []byte {
	text := "nazev,realizator,od,do,uzemi,zdroj_url,donor,celkem_kc,poznamka\n"
	for _, r := range rows {
		text += strings.Join(r[:], ",") + ",,,\n"
	}
	return []byte(text)
}

func prepare(t *testing.T, a *app.App, data []byte) *app.ImportPlan {
	t.Helper()
	o := app.ImportOptions{URL: "https://www.example.org/seznam", Accessed: atlas.Date{Year: 2026, Month: 11, Day: 20}, Publish: true}
	plan, err := a.PrepareImport(t.Context(), editor, o, "složka/seznam.csv", data)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func apply(t *testing.T, a *app.App, plan *app.ImportPlan) *atlas.Batch {
	t.Helper()
	b, err := a.ApplyImport(t.Context(), editor, plan)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// tally writes the counts of a batch: created, updated, unchanged, skipped, of
// all rows.
func tally(b atlas.Batch) string {
	return fmt.Sprintf("%d+%d+%d+%d of %d", b.Created, b.Updated, b.Unchanged, b.Skipped, b.Rows)
}

func outcomes(plan *app.ImportPlan) string {
	var out []string
	for _, r := range rowsOf(plan) {
		out = append(out, r.Outcome)
	}
	return strings.Join(out, " ")
}

// rowsOf are all rows of a plan. They are on a disk that tests rely on.
func rowsOf(plan *app.ImportPlan) []app.ImportRow {
	out, err := plan.Page("", 0, plan.Batch.Rows)
	if err != nil {
		panic(err)
	}
	return out
}

func keysOf(problems []atlas.RowProblem) string {
	var out []string
	for _, p := range problems {
		out = append(out, strings.TrimPrefix(p.Key, importer.ProblemPrefix))
	}
	return strings.Join(out, " ")
}

func byNumber(t *testing.T, a *app.App, n int) *atlas.Project {
	t.Helper()
	id, err := a.Reader().ProjectByRegNumber(t.Context(), number(n))
	if err != nil {
		t.Fatal(err)
	}
	p, err := a.Reader().Project(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func lastChange(t *testing.T, a *app.App) int64 {
	t.Helper()
	n, err := a.Reader().LastChange(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func batchRows(t *testing.T, a *app.App, id string) []atlas.BatchRow {
	t.Helper()
	var out []atlas.BatchRow
	if err := a.Reader().BatchRows(t.Context(), id, func(r atlas.BatchRow) error { out = append(out, r); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAnImportKeepsEveryRowAndWhereItCameFrom(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		data := operations(";",
			[5]string{"1", "Společně", "Město Ukázkov", "1000,50", "850.25"}, [5]string{"OPZ", "003", "", "", ""},
			[5]string{"2", "Dále společně", "Statutární město Ukázkov", "2000", "1700"}, [5]string{"2", "Dále společně", "Jiný spolek z. s.", "2000", "1600"},
			[5]string{"3", "Bez žadatele", "", "5", "4"}, [5]string{"4", "", "Město Ukázkov", "5", "4"})
		plan := prepare(t, a, data)
		if got := outcomes(plan); got != "create skip create skip error error" || plan.Errors() != 2 {
			t.Fatalf("%s, %d errors", got, plan.Errors())
		}
		if len(plan.Actors) != 2 || plan.Actors[0].Name != "Město Ukázkov" || !slices.Equal(plan.Actors[0].OtherNames, []string{"Statutární město Ukázkov"}) {
			t.Errorf("actors to be created: %+v", plan.Actors)
		}
		b := apply(t, a, plan)
		if b.ID != "D-00001" || tally(*b) != "2+0+0+2 of 6" || b.File != "seznam.csv" || b.Source != "operace-2014" || b.By != "editor" {
			t.Errorf("%+v", b)
		}
		p := byNumber(t, a, 2)
		want := []atlas.Source{
			{Kind: "SEZNAM", URL: "https://www.example.org/seznam", Accessed: atlas.Date{Year: 2026, Month: 11, Day: 20}, BatchID: b.ID, File: "seznam.csv", Row: 4},
			{Kind: "SEZNAM", URL: "https://www.example.org/seznam", Accessed: atlas.Date{Year: 2026, Month: 11, Day: 20}, BatchID: b.ID, File: "seznam.csv", Row: 5},
		}
		if !slices.Equal(p.Sources, want) || p.RecordStatus != atlas.RecordPublished || len(p.Parties) != 2 {
			t.Errorf("%+v", p)
		}
		rows := batchRows(t, a, b.ID)
		if len(rows) != 6 || rows[3].RecordID != p.ID || rows[4].RecordID != "" || rows[4].Raw["Název projektu CZ"] != "Bez žadatele" {
			t.Errorf("%+v", rows)
		}
		if got := keysOf(rows[3].Problems); got != "same_project row_differs row_differs" {
			t.Error(got)
		}
		if keysOf(rows[4].Problems) != "no_implementer" || keysOf(rows[5].Problems) != "no_title" {
			t.Errorf("%+v", rows[4:])
		}
		if n := a.Index().Search(search.Query{Text: "společně ukázkov"}).Total; n != 2 {
			t.Errorf("the index finds %d", n)
		}
	})
}

func TestTheSameFileAgainChangesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		rows := [][5]string{{"1", "Společně", "Město Ukázkov", "1000", "850"}, {"2", "Dál", "Spolek, z. s.", "10", "8"}}
		first := apply(t, a, prepare(t, a, operations(",", rows[0], [5]string{"2", "Dál", `"Spolek, z. s."`, "10", "8"})))
		before := lastChange(t, a)
		again := prepare(t, a, operations(",", rows[0], [5]string{"2", "Dál", `"Spolek, z. s."`, "10", "8"}))
		if again.AlreadyApplied == nil || again.AlreadyApplied.ID != first.ID {
			t.Fatalf("%+v", again.AlreadyApplied)
		}
		if b := apply(t, a, again); b.ID != first.ID {
			t.Errorf("a batch %s more", b.ID)
		}
		other := prepare(t, a, operations(";", rows...)) // the same said by other bytes
		if other.AlreadyApplied != nil || outcomes(other) != "unchanged unchanged" {
			t.Fatalf("%s %+v", outcomes(other), rowsOf(other))
		}
		if b := apply(t, a, other); b.ID != "D-00002" || tally(*b) != "0+0+2+0 of 2" {
			t.Errorf("%+v", b)
		}
		if lastChange(t, a) != before {
			t.Error("unchanged records were written")
		}
		if rows := batchRows(t, a, "D-00002"); rows[0].RecordID != "P-00001" {
			t.Errorf("%+v", rows)
		}
	})
}

func TestANewerFileChangesOnlyWhatNoPersonChanged(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		apply(t, a, prepare(t, a, operations(",", [5]string{"1", "Společně", "Město Ukázkov", "1000", "850"}, [5]string{"2", "Dál", "Město Ukázkov", "10", "8"})))
		p := byNumber(t, a, 1)
		p.TitleCs, p.Goal = "Společně v Ukázkově", "Lepší soužití"
		if err := a.SaveProject(t.Context(), editor, p); err != nil {
			t.Fatal(err)
		}
		newer := prepare(t, a, operations(",", [5]string{"1", "Společně!", "Město Ukázkov", "1200", "850"}, [5]string{"2", "Dál", "Město Ukázkov", "", "8"}))
		if got := outcomes(newer); got != "update unchanged" {
			t.Fatalf("%s: %+v", got, rowsOf(newer))
		}
		row := rowsOf(newer)[0]
		if !slices.Equal(row.Fields, []string{"total_cost", "verbatim"}) || keysOf(row.Problems) != "kept_edit" || row.Problems[0].Args["field"] != "title_cs" {
			t.Errorf("%+v", row)
		}
		b := apply(t, a, newer)
		p = byNumber(t, a, 1)
		if p.TitleCs != "Společně v Ukázkově" || p.Goal != "Lepší soužití" || p.TotalCost != atlas.Crowns(1200) {
			t.Errorf("%+v", p)
		}
		if len(p.Sources) != 2 || p.Sources[1].BatchID != b.ID || p.Sources[0].BatchID != "D-00001" {
			t.Errorf("%+v", p.Sources)
		}
		if q := byNumber(t, a, 2); q.TotalCost != atlas.Crowns(10) {
			t.Errorf("a blank in a newer file took away what was known: %v", q.TotalCost)
		}
		third := prepare(t, a, operations(",", [5]string{"1", "Společně?", "Město Ukázkov", "1300", "850"}))
		apply(t, a, third)
		p = byNumber(t, a, 1)
		if p.TitleCs != "Společně v Ukázkově" || p.TotalCost != atlas.Crowns(1300) {
			t.Errorf("after one more import: %q, %v", p.TitleCs, p.TotalCost)
		}
	})
}

func TestOrganisationsThatAreThereAreFound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		simi(t, a)
		for _, r := range []*atlas.Actor{
			{Name: "Multikulturní centrum", ICO: "70098085", Country: "CZ"},
			{Name: "Plzeň", Type: "OBEC", Country: "CZ", ICO: "00075370"},
			{Name: "Dvojčata, z. s.", Country: "CZ"}, {Name: "Dvojčata z.s.", Country: "CZ"},
			{Name: "Centre", ForeignID: "GB-CHC-1", Country: "GB"},
		} {
			if err := a.SaveActor(t.Context(), editor, r); err != nil {
				t.Fatal(err)
			}
		}
		data := hand([6]string{"A", "SDRUŽENÍ PRO INTEGRACI A MIGRACI o.p.s."}, [6]string{"B", "město Plzeň"}, [6]string{"C", "\"Dvojčata, z. s.\""},
			[6]string{"D", "Sdružení pro integraci a migraci"}, [6]string{"E", "\"Sdružení pro integraci a migraci, z. s.\""})
		plan := prepare(t, a, append(data, []byte("F,Úplně jiné jméno,,,,,,,IČO 70098085\n")...))
		if got := outcomes(plan); got != "create create error create create create" {
			t.Fatalf("%s %+v", got, rowsOf(plan))
		}
		if keysOf(rowsOf(plan)[2].Problems) != "actor_ambiguous" {
			t.Errorf("%+v", rowsOf(plan)[2].Problems)
		}
		if len(plan.Actors) != 1 { // another legal form is another organisation
			t.Errorf("%+v", plan.Actors)
		}
		apply(t, a, plan)
		implementers := map[string]string{}
		err := a.Reader().EachProject(t.Context(), func(p *atlas.Project) error {
			implementers[p.TitleCs] = p.Implementers()[0]
			return nil
		})
		if err != nil || implementers["A"] != "A-00001" || implementers["D"] != "A-00001" || implementers["B"] != "A-00003" || implementers["E"] != "A-00007" || implementers["F"] != "A-00002" {
			t.Errorf("%v %v", implementers, err)
		}
	})
}

func TestASuspectedDuplicateIsCreatedAndSaysOfWhat(t *testing.T) { // 8.9
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		p := mis(simi(t, a).ID)
		if err := a.SaveProject(t.Context(), editor, p); err != nil {
			t.Fatal(err)
		}
		plan := prepare(t, a, hand(
			[6]string{"Města a inkluzívní strategie!", "Sdružení pro integraci a migraci", "září 2017", "červenec 2020", "", "https://www.example.org/a"},
			[6]string{"Města a inkluzivní strategie", "Někdo jiný", "2017", "2020", "", "https://www.example.org/b"},
			[6]string{"Města a inkluzivní strategie", "Sdružení pro integraci a migraci", "2022", "2023", "", "https://www.example.org/c"},
			[6]string{"Města a inkluzivní strategie", "Někdo jiný", "2020", "2020", "", "https://www.example.org/d"}))
		if got := outcomes(plan); got != "duplicate create create duplicate" {
			t.Fatalf("%s %+v", got, rowsOf(plan))
		}
		if rowsOf(plan)[0].Other != p.ID || rowsOf(plan)[3].OtherRow != 3 || plan.Batch.Created != 4 {
			t.Errorf("%+v", rowsOf(plan))
		}
		b := apply(t, a, plan)
		rows := batchRows(t, a, b.ID)
		if rows[0].Problems[0].Args["id"] != p.ID || rows[3].Problems[0].Args["id"] != rows[1].RecordID || rows[3].Outcome != atlas.OutcomeSuspect {
			t.Errorf("%+v", rows)
		}
		again := prepare(t, a, append(hand(
			[6]string{"Města a inkluzívní strategie!", "Sdružení pro integraci a migraci", "září 2017", "srpen 2020", "", "https://www.example.org/a"}), '\n'))
		if got := outcomes(again); got != "update" || rowsOf(again)[0].Record != rows[0].RecordID {
			t.Errorf("the same row of a newer file: %s %+v", got, rowsOf(again))
		}
	})
}

func TestAPlanIsCheckedAgainWhenTheDatabaseChangedSince(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		one := prepare(t, a, operations(",", [5]string{"1", "Společně", "Město Ukázkov", "1000", "850"}))
		two := prepare(t, a, operations(";", [5]string{"1", "Společně", "Město Ukázkov", "1000", "850"}, [5]string{"2", "Dál", "Město Ukázkov", "10", "8"}))
		same := prepare(t, a, operations(",", [5]string{"1", "Společně", "Město Ukázkov", "1000", "850"}))
		first := apply(t, a, one)
		if outcomes(two) != "create create" {
			t.Fatal(outcomes(two))
		}
		if b := apply(t, a, two); tally(*b) != "1+0+1+0 of 2" {
			t.Errorf("%s", tally(*b))
		}
		if b := apply(t, a, same); b.ID != first.ID {
			t.Errorf("the same file went in twice: %+v", b)
		}
		actors := 0
		if err := a.Reader().EachActor(t.Context(), func(*atlas.Actor) error { actors++; return nil }); err != nil || actors != 1 {
			t.Errorf("%d organisations, %v", actors, err)
		}
	})
}

func TestAnImportThatFailsInTheMiddleLeavesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		before := lastChange(t, a)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		applying := false
		o := app.ImportOptions{Progress: func(done, total int) {
			if applying && done > 800 { // some is written
				stop()
			}
		}}
		plan, err := a.PrepareImport(ctx, editor, o, "velký.csv", many(600))
		if err != nil {
			t.Fatal(err)
		}
		applying = true
		if _, err := a.ApplyImport(ctx, editor, plan); !errors.Is(err, context.Canceled) {
			t.Fatalf("got %v", err)
		}
		if n := lastChange(t, a); n != before {
			t.Errorf("%d changes are there", n-before)
		}
		batches, err := a.Reader().Batches(t.Context())
		if err != nil || len(batches) > 0 {
			t.Errorf("%+v %v", batches, err)
		}
		applying = false
		if b := apply(t, a, plan); tally(*b) != "600+0+0+0 of 600" || b.ID != "D-00001" {
			t.Errorf("afterwards: %+v", b)
		}
		if p := byNumber(t, a, 600); p.RecordStatus != atlas.RecordReview {
			t.Errorf("not asked to publish, got %s", p.RecordStatus)
		}
	})
}

// many is a list of n operations of as many organisations.
func many(n int) []byte {
	rows := make([][5]string, n)
	for i := range rows {
		rows[i] = [5]string{number(i + 1), fmt.Sprint("Projekt ", i, strings.Repeat(" dlouhý", 60)), fmt.Sprint("Organizace ", i), "1000", "850"}
	}
	return operations(",", rows...)
}

func TestAReaderCannotImportAndOptionsAreChecked(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a := loaded(t, s)
	data := operations(",", [5]string{"1", "Společně", "Město Ukázkov", "1000", "850"})
	if _, err := a.PrepareImport(t.Context(), atlas.Viewer{}, app.ImportOptions{}, "x.csv", data); !errors.Is(err, atlas.ErrForbidden) {
		t.Error(err)
	}
	if _, err := a.ApplyImport(t.Context(), atlas.Viewer{}, prepare(t, a, data)); !errors.Is(err, atlas.ErrForbidden) {
		t.Error(err)
	}
	var invalid *atlas.InvalidError
	_, err := a.PrepareImport(t.Context(), editor, app.ImportOptions{URL: "javascript:x", Accessed: atlas.Date{Year: 2026, Month: 13}}, "x.csv", data)
	if !errors.As(err, &invalid) || len(invalid.Problems) != 2 {
		t.Error(err)
	}
	var refused *importer.FileError
	if _, err := a.PrepareImport(t.Context(), editor, app.ImportOptions{}, "x.csv", []byte("a,b\n1,2\n")); !errors.As(err, &refused) {
		t.Error(err)
	}
	if _, err := a.ApplyImport(t.Context(), editor, &app.ImportPlan{}); !errors.As(err, &refused) {
		t.Error(err)
	}
}

func fileOf(data []byte) app.ImportFile {
	return app.ImportFile{Name: "seznam.csv", Data: bytes.NewReader(data), Size: int64(len(data))}
}
