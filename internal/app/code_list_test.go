package app_test

import (
	"errors"
	"slices"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/search"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

func (p *people) list(t *testing.T, code string) atlas.List {
	t.Helper()
	l, there := p.Lists().List(code)
	if !there {
		t.Fatal(code)
	}
	return *l
}

func codes(l atlas.List) []string {
	var out []string
	for _, it := range l.Items {
		out = append(out, it.Code)
	}
	return out
}

func TestAnItemTakesItsPlaceAndIsRetiredForAnotherButNeverDeleted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := peopled(t, s), t.Context()
		before := p.list(t, atlas.ListActivity)
		save := func(e app.ItemEdit) error {
			e.List = before.Code
			if e.Version == 0 {
				e.Version = p.list(t, before.Code).Version
			}
			return p.SaveItem(ctx, editor, e)
		}
		item := atlas.Item{Code: "NOVA", Cs: "Nová", En: "New"}
		ok(t, save(app.ItemEdit{New: true, Position: 2, Item: item}))
		now := p.list(t, before.Code)
		if want := slices.Insert(codes(before), 1, "NOVA"); !slices.Equal(codes(now), want) || now.Version != before.Version+1 || now.Items[1].Order != 2 {
			t.Errorf("%v", codes(now))
		}
		refused(t, save(app.ItemEdit{New: true, Item: item}), "problem.item_there")
		refused(t, save(app.ItemEdit{New: true, Item: atlas.Item{Code: "a b", Cs: "x", En: "y"}}), "problem.item_code")
		refused(t, save(app.ItemEdit{Item: atlas.Item{Code: "NENI", Cs: "x", En: "y"}}), "problem.code")
		refused(t, save(app.ItemEdit{Item: atlas.Item{Code: "NOVA", Cs: " ", En: "y"}}), "problem.required")
		item.Successor = codes(before)[0]
		refused(t, save(app.ItemEdit{Item: item}), "problem.successor_end")
		item.ValidTo = atlas.Date{Year: 2026}
		ok(t, save(app.ItemEdit{Item: item}))
		other := atlas.Item{Code: codes(before)[1], Cs: "x", En: "y", ValidTo: atlas.Date{Year: 2026}, Successor: "NOVA"}
		refused(t, save(app.ItemEdit{Item: other}), "problem.successor_item")
		if it, there := p.Lists().Item(before.Code, "NOVA"); !there || it.Successor != codes(before)[0] {
			t.Errorf("%+v", it)
		}
		var conflict *atlas.ConflictError
		if err := save(app.ItemEdit{Version: before.Version, Item: item}); !errors.As(err, &conflict) {
			t.Errorf("an old version: %v", err)
		}
		if err := p.SaveItem(ctx, atlas.Viewer{Account: "U-00001"}, app.ItemEdit{List: before.Code, Item: item}); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("anybody: %v", err)
		}
		status := p.list(t, atlas.ListRecordStatus)
		err := p.SaveItem(ctx, editor, app.ItemEdit{List: status.Code, Version: status.Version, New: true, Item: atlas.Item{Code: "X", Cs: "x", En: "x"}})
		refused(t, err, "problem.list_fixed")
		if all, err := p.Reader().History(ctx, atlas.KindList, before.Code); err != nil || len(all) != 3 || all[0].By != editor.Name {
			t.Errorf("%+v %v", all, err)
		}
	})
}

func TestAProjectIsFoundByTheNewWordsOfACodeAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := peopled(t, s), t.Context()
		ok(t, p.SaveProject(ctx, editor, mis(p.organisation(t, "Sdružení"))))
		l := p.list(t, atlas.ListActivity)
		it, _ := p.Lists().Item(l.Code, "A35")
		it.Cs = "Zcela neobvyklé pojmenování"
		ok(t, p.SaveItem(ctx, editor, app.ItemEdit{List: l.Code, Version: l.Version, Item: it}))
		if got := p.Index().Search(search.Query{Text: "neobvyklé pojmenování", Limit: 1}); got.Total != 1 {
			t.Errorf("%d found", got.Total)
		}
	})
}

func TestTextsAndSpellingsAreVersionedAndOtherProcessesFollow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, other, ctx := peopled(t, s), peopled(t, s), t.Context()
		ok(t, p.SaveText(ctx, editor, atlas.PageText{Code: app.TextHomeLead, Cs: " Vítejte \r\n\r\n\r\n\r\ntady  "}))
		if got := p.Text(app.TextHomeLead); got.Cs != "Vítejte\n\ntady" || got.Version != 1 || got.En != "" {
			t.Errorf("%+v", got)
		}
		var conflict *atlas.ConflictError
		if err := p.SaveText(ctx, editor, atlas.PageText{Code: app.TextHomeLead, Cs: "jinak"}); !errors.As(err, &conflict) {
			t.Errorf("an old version: %v", err)
		}
		if err := p.SaveText(ctx, editor, atlas.PageText{Code: "nic"}); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("no such text: %v", err)
		}
		ok(t, p.SaveSpellings(ctx, editor, atlas.Spellings{Groups: [][]string{{"Charkov", "Kharkiv"}, {"Brno", "Brünn"}}}))
		if err := p.SaveSpellings(ctx, editor, atlas.Spellings{Groups: [][]string{{"a", "b"}}}); !errors.As(err, &conflict) {
			t.Errorf("an old version: %v", err)
		}
		refused(t, p.SaveSpellings(ctx, editor, atlas.Spellings{Version: 1, Groups: [][]string{{"Brno", "b"}, {"c", "BRNO"}}}), "problem.spelling_twice")
		refused(t, p.SaveSpellings(ctx, editor, atlas.Spellings{Version: 1, Groups: [][]string{{"a"}}}), "problem.spellings_one")
		if got, err := p.Reader().Spellings(ctx); err != nil || got.Version != 1 || len(got.Groups) != 2 {
			t.Errorf("%+v %v", got, err)
		}
		for kind, id := range map[string]string{atlas.KindText: app.TextHomeLead, atlas.KindSpellings: "names"} {
			if text, err := p.Reader().Version(ctx, kind, id, 1); err != nil || len(text) < 10 {
				t.Errorf("%s: %s %v", kind, text, err)
			}
		}
		ok(t, other.SaveActor(ctx, editor, &atlas.Actor{Name: "Další", Type: "NNO", Country: "CZ", Territories: []string{"CZ"}})) // takes in what others wrote
		if got := other.Text(app.TextHomeLead); got.Version != 1 {
			t.Errorf("another process says %+v", got)
		}
		if report := verified(t, p.App, editor); report.Broken != nil {
			t.Errorf("%+v", report)
		}
	})
}
