package app_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store"
	"atlas/internal/store/storetest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// drawn is a project with some of what changes between versions.
func drawn(t *rapid.T, label string) *atlas.Project {
	some := func(name string, all ...string) []string {
		return rapid.SliceOfN(rapid.SampledFrom(all), 0, 4).Draw(t, label+name)
	}
	p := &atlas.Project{
		TitleCs: rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, label+"title"), TargetLegal: some("legal", "TG-ALL", "TG-AZY", "TG-TP"),
		Subgoals: some("goals", "x", "y"), From: atlas.Date{Year: rapid.IntRange(2015, 2017).Draw(t, label+"year")},
	}
	for _, role := range some("parties", "REAL", "PARTNER", "POSK") {
		p.Parties = append(p.Parties, atlas.Party{Actor: rapid.SampledFrom([]string{"A-1", "A-2"}).Draw(t, label+"actor"), Role: role,
			Amount: atlas.Crowns(int64(rapid.IntRange(1, 2).Draw(t, label+"amount")))})
	}
	for _, programme := range some("funding", "OPZ", "AMIF") {
		p.Funding = append(p.Funding, atlas.Funding{Programme: programme, Year: rapid.IntRange(0, 2).Draw(t, label+"fy")})
	}
	return p
}

// TestAComparisonLeadsFromOneVersionToTheOther takes from each list what was
// removed and adds what was added: that must give the other version.
func TestAComparisonLeadsFromOneVersionToTheOther(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		before, after := drawn(rt, "before "), drawn(rt, "after ")
		if got := app.Compare(before, before); got != nil {
			rt.Fatalf("with itself: %+v", got)
		}
		for _, c := range app.Compare(before, after) {
			if reflect.DeepEqual(c.Before, c.After) {
				rt.Fatalf("%s did not change", c.Key)
			}
			old := reflect.ValueOf(c.Before[0])
			if old.Kind() != reflect.Slice {
				continue
			}
			have := counts(old)
			for _, item := range c.Items {
				if item.What != app.ItemAdded {
					have[fmt.Sprintf("%+v", item.Before)]--
				}
				if item.What != app.ItemRemoved {
					have[fmt.Sprintf("%+v", item.After)]++
				}
			}
			for item, n := range counts(reflect.ValueOf(c.After[0])) {
				have[item] -= n
			}
			for item, n := range have {
				if n != 0 {
					rt.Fatalf("%s: %s comes out %d times too often: %+v", c.Key, item, n, c)
				}
			}
		}
	})
}

func counts(list reflect.Value) map[string]int {
	out := map[string]int{}
	for i := range list.Len() {
		out[fmt.Sprintf("%+v", list.Index(i).Interface())]++
	}
	return out
}

func TestAPartnerWithAnotherAmountIsChangedAndNotExchanged(t *testing.T) {
	before, after := mis("A-1"), mis("A-1")
	before.Parties[0].Amount, after.Parties[0].Amount = atlas.Crowns(1), atlas.Crowns(2)
	after.Parties = append(after.Parties, atlas.Party{Actor: "A-2", Role: "PARTNER"})
	after.TargetLegal = []string{"TG-AZY"}
	after.Goal = "Jiný cíl"
	var got []string
	for _, c := range app.Compare(before, after) {
		got = append(got, c.Key)
		for _, i := range c.Items {
			got = append(got, i.What)
		}
	}
	want := []string{"goal", "parties", app.ItemChanged, app.ItemAdded, "target_legal", app.ItemRemoved, app.ItemAdded}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEveryFieldOfARecordIsCompared(t *testing.T) {
	for _, record := range []any{new(atlas.Project), new(atlas.Actor), new(atlas.Call), new(atlas.SourceExtent), new(atlas.Need), new(atlas.Report)} {
		of := reflect.TypeOf(record).Elem()
		for i := range of.NumField() {
			f := of.Field(i)
			if f.Name == "ID" || f.Name == "Meta" {
				continue
			}
			other := reflect.New(of)
			disturb(other.Elem().Field(i))
			if got := app.Compare(record, other.Interface()); len(got) != 1 {
				t.Errorf("%s.%s: %d differences", of.Name(), f.Name, len(got))
			}
		}
	}
}

// disturb gives a field a value other than zero.
func disturb(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		disturb(v.Field(0))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	default:
		v.SetInt(7)
	}
}

func TestAnOlderVersionComesBackAsANewOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		p := mis(simi(t, a).ID)
		save(t, a, p)
		p.Goal, p.TargetLegal, p.Funding = "Jiný cíl", []string{"TG-AZY"}, nil
		save(t, a, p)
		p.RecordStatus = atlas.RecordArchived
		save(t, a, p)
		member := atlas.Viewer{Account: "U-00001", Name: "U-00001", Memberships: []atlas.Membership{{Actor: p.Parties[0].Actor}}}
		for _, c := range []struct {
			who     atlas.Viewer
			current int64
			want    error
			status  string
		}{
			{editor, 2, atlas.ErrConflict, ""}, {editor, 0, atlas.ErrConflict, ""}, {atlas.Viewer{}, 3, atlas.ErrForbidden, ""},
			{atlas.Viewer{Account: "U-2", Name: "U-2"}, 3, atlas.ErrForbidden, ""},
			{member, 3, nil, atlas.RecordArchived}, {editor, 4, nil, atlas.RecordPublished},
		} {
			if err := a.RestoreVersion(t.Context(), c.who, atlas.KindProject, p.ID, 1, c.current, ""); !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
				t.Fatalf("%+v: %v", c, err)
			}
			if c.want != nil {
				continue
			}
			now, err := a.EditionOf(t.Context(), editor, atlas.KindProject, p.ID, c.current+1)
			if err != nil {
				t.Fatal(err)
			}
			old, err := a.EditionOf(t.Context(), editor, atlas.KindProject, p.ID, 1)
			if err != nil {
				t.Fatal(err)
			}
			diff := app.Compare(old.Record, now.Record)
			if c.status == atlas.RecordArchived {
				diff = slices.DeleteFunc(diff, func(f app.FieldChange) bool { return f.Key == "record_status" })
			}
			if len(diff) > 0 || now.Action != atlas.ActionRestore || now.Origin != "v1" || now.By != c.who.Name {
				t.Errorf("restored with %+v: %+v", diff, now.Change)
			}
			if r := now.Record.(*atlas.Project); r.RecordStatus != c.status || r.CreatedBy != "editor" {
				t.Errorf("%s by %s", r.RecordStatus, r.CreatedBy)
			}
		}
		if err := a.RestoreVersion(t.Context(), editor, atlas.KindProject, p.ID, 9, 5, ""); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("a version there never was: %v", err)
		}
		if r, err := s.VerifyAudit(t.Context(), store.AuditHead{}, nil); err != nil || r.Broken != nil {
			t.Errorf("%v %v", err, r.Broken)
		}
	})
}

func TestWhatBreaksARuleOfTodayIsNotRestored(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a := loaded(t, s)
	p := mis(simi(t, a).ID)
	p.RecordStatus, p.Sources = atlas.RecordDraft, nil
	save(t, a, p)
	p.RecordStatus, p.Sources = atlas.RecordPublished, mis("").Sources
	save(t, a, p)
	member := atlas.Viewer{Account: "U-1", Name: "U-1", Memberships: []atlas.Membership{{Actor: p.Parties[0].Actor}}}
	var invalid *atlas.InvalidError
	if err := a.RestoreVersion(t.Context(), member, atlas.KindProject, p.ID, 1, 2, ""); !errors.As(err, &invalid) {
		t.Errorf("a published project without a source: %v", err)
	}
}

func TestThePublicHistoryHasNothingOfPersonsAndNothingUnpublished(t *testing.T) { // 12.2
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		p := mis(simi(t, a).ID)
		p.RecordStatus = atlas.RecordDraft
		save(t, a, p)
		p.RecordStatus = atlas.RecordPublished
		p.Contacts = []atlas.Person{{Name: "Jana Nováková", Email: "jana@example.cz", Public: true, Consent: "e-mail"}}
		save(t, a, p)
		all, err := a.Editions(t.Context(), editor, atlas.KindProject, p.ID)
		if err != nil || len(all) != 2 || len(all[0].Record.(*atlas.Project).Contacts) != 1 {
			t.Fatalf("editor: %+v %v", all, err)
		}
		shown, err := a.Editions(t.Context(), atlas.Viewer{}, atlas.KindProject, p.ID)
		if err != nil || len(shown) != 1 || shown[0].Version != 2 || len(shown[0].Record.(*atlas.Project).Contacts) != 0 {
			t.Errorf("public: %+v %v", shown, err)
		}
		if _, err := a.EditionOf(t.Context(), atlas.Viewer{}, atlas.KindProject, p.ID, 1); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("a draft by its number: %v", err)
		}
		e, err := a.EditionAt(t.Context(), atlas.Viewer{}, atlas.KindProject, p.ID, time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC))
		if err != nil || e.Version != 2 {
			t.Errorf("as of later: %+v %v", e, err)
		}
		if _, err := a.EditionAt(t.Context(), atlas.Viewer{}, atlas.KindProject, p.ID, time.Date(2020, 12, 1, 0, 0, 0, 0, time.UTC)); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("as of earlier: %v", err)
		}
	})
}

// A report goes back to older texts, never to older editions: what was published
// stays, and who may not publish may not restore.
func TestAReportGoesBackToOlderTextsAndKeepsItsEditions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		ctx := t.Context()
		r := &atlas.Report{Title: "Zpráva", Lang: "cs", Territory: "CZ", From: 2020, To: 2021, Texts: []atlas.ReportText{{Section: atlas.ReportApproach, Text: "první"}}}
		if err := a.SaveReport(ctx, editor, r); err != nil {
			t.Fatal(err)
		}
		if _, err := a.PublishReport(ctx, editor, r.ID, r.Version, atlas.Date{Year: 2026, Month: 1, Day: 2}, []byte("{}")); err != nil {
			t.Fatal(err)
		}
		r, err := a.Reader().Report(ctx, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		r.Texts[0].Text = "druhý"
		if err := a.SaveReport(ctx, editor, r); err != nil {
			t.Fatal(err)
		}
		author := atlas.Viewer{Account: r.CreatedBy, Name: r.CreatedBy}
		for _, v := range []atlas.Viewer{{}, author} {
			if err := a.RestoreVersion(ctx, v, atlas.KindReport, r.ID, 1, 3, ""); !errors.Is(err, atlas.ErrForbidden) {
				t.Errorf("%q restores: %v", v.Name, err)
			}
			if all, err := a.Editions(ctx, v, atlas.KindReport, r.ID); !errors.Is(err, atlas.ErrNotFound) {
				t.Errorf("%q reads %d versions: %v", v.Name, len(all), err)
			}
		}
		if err := a.RestoreVersion(ctx, editor, atlas.KindReport, r.ID, 1, 3, "zpět"); err != nil {
			t.Fatal(err)
		}
		now, err := a.Reader().Report(ctx, r.ID)
		if err != nil || now.Text(atlas.ReportApproach) != "první" || now.Latest() != 1 || !now.Public() {
			t.Errorf("%+v %v", now, err)
		}
		if content, err := a.Reader().EditionContent(ctx, r.ID, 1); err != nil || string(content) != "{}" {
			t.Errorf("the edition: %s %v", content, err)
		}
	})
}
