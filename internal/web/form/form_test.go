package form

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/web/typed"
)

func sheet(t *testing.T, values url.Values) Sheet {
	t.Helper()
	messages := `{"x.field.name":"Název","x.field.areas":"Oblasti","x.field.rows":"Řádky","x.field.rows.kind":"Druh",
		"x.problem":"„{value}“ nejde","shared":"sdílené","x.hint.name":"nápověda","x.add.rows":"přidat",
		"form.drop":"odebrat","form.drop_row":"odebrat {group} {number}","form.ticked":"Ano"}`
	words, err := i18n.Load(fstest.MapFS{"cs.json": {Data: []byte(messages)}, "en.json": {Data: []byte(messages)}})
	if err != nil {
		t.Fatal(err)
	}
	lists := atlas.NewLists([]atlas.List{{Code: "L", Items: []atlas.Item{
		{Code: "A", Cs: "První"}, {Code: "B", Cs: "Druhá"}, {Code: "C", Cs: "Stará", ValidTo: atlas.Date{Year: 2010}},
	}}})
	return New(typed.New(values), "x", "cs", words, lists, []string{"name"})
}

func TestARetiredOrUnknownCodeThatIsChosenStaysInTheForm(t *testing.T) {
	s := sheet(t, url.Values{"areas": {"C", "ZZ"}})
	var got []string
	for _, o := range s.Ticks("areas", "L").Options {
		got = append(got, o.Value)
	}
	if !slices.Equal(got, []string{"A", "B", "C", "ZZ"}) {
		t.Errorf("%q", got)
	}
	if n := len(sheet(t, nil).Ticks("areas", "L").Options); n != 2 {
		t.Errorf("a retired code is offered anew: %d choices", n)
	}
}

func TestAProblemIsSaidInTheWordsOfTheAreaWhereNobodySharesThem(t *testing.T) {
	s := sheet(t, nil)
	s.Fail("name", "problem", map[string]any{"value": "abc"})
	s.Fail("rows.1.kind", "shared", nil)
	flaws := s.Flaws()
	if flaws[0].Text != "„abc“ nejde" || flaws[0].Href != "#f-name" || flaws[1].Text != "sdílené" || flaws[1].Href != "#f-rows-1-kind" || flaws[1].Label != "Řádky 2: Druh" {
		t.Errorf("%+v", flaws)
	}
	if c := s.Line("name"); !c.Needed || c.Hint != "nápověda" || len(c.Problems) != 1 {
		t.Errorf("%+v", c)
	}
}

func TestTheCodeInBracketsIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name, code := rapid.String().Draw(t, "name"), rapid.StringMatching(`[A-Z]-[0-9]{5}`).Draw(t, "code")
		if got := Code(Coded(name, code)); got != code && name != "" && name != code {
			t.Fatalf("%q [%s] reads as %q", name, code, got)
		}
	})
	if Code("Město Plzeň") != "" || Code("Praha [část]") != "část" {
		t.Error("a name without a code has none")
	}
}

func TestAVersionIsTakenPartByPartOnlyFromThePageOfAConflict(t *testing.T) {
	theirs, parts := url.Values{"name": {"jejich"}, "rows.0.kind": {"B"}}, []string{"name", "rows"}
	plainForm := typed.New(url.Values{"name": {"moje"}, "volba.name": {"jejich"}})
	if !Settle(plainForm, theirs, parts) || plainForm.Get("name") != "moje" {
		t.Error("a plain form was changed")
	}
	f := typed.New(url.Values{"name": {"moje"}, "rows.0.kind": {"A"}, "rozpor": {"1"}, "volba.name": {"moje"}, "volba.rows": {"jejich"}})
	if !Settle(f, theirs, parts) || f.Get("name") != "moje" || f.Get("rows.0.kind") != "B" {
		t.Errorf("%v", f.Values)
	}
	f = typed.New(url.Values{"name": {"moje"}, "rozpor": {"1"}, "volba.rows": {"jejich"}})
	if Settle(f, theirs, parts) {
		t.Error("an undecided difference was settled")
	}
}

func TestDifferencesAreReadByPeople(t *testing.T) {
	s := sheet(t, url.Values{"name": {"x"}, "rows.0.kind": {"A"}, "rows.0.note": {"pozn."}, "rows.1.kind": {"B"}, "yes": {"1"}})
	c := Conflict{
		Theirs: url.Values{"name": {"x"}}, Before: url.Values{"name": {"x"}},
		Parts: []string{"name", "rows", "yes"}, Lists: map[string]string{"rows.kind": "L", "yes": Box},
	}
	got := s.differences(c)
	if len(got) != 2 || strings.Join(got[0].Mine, "|") != "1. Druh: První|1. pozn.|2. Druh: Druhá" || !got[0].PreferMine || got[0].PreferTheirs ||
		got[0].Hint != "form.conflict.only_mine" || got[1].Mine[0] != "Ano" {
		t.Errorf("%+v", got)
	}
	c.Before = nil
	if got := s.differences(c); got[0].PreferMine || got[0].Hint != "" {
		t.Errorf("it is not known who changed it: %+v", got[0])
	}
}

func TestOnlyGroupsOfTheFormGrowAndShrink(t *testing.T) {
	groups := Groups{"rows": "kind", "rows.inner": "name"}
	for action, want := range map[string]string{
		"pridat:rows": "rows.2.kind", "pridat:rows.0.inner": "rows.0.inner.0.name", "odebrat:rows.0": "rows.1.kind", "odebrat:rows.1": "rows.0.kind",
		"pridat:cizi": "", "pridat:": "", "odebrat:cizi.0": "", "odebrat:rows": "", "odebrat:rows.0.inner": "", "odebrat:": "", "odebrat:.0": "",
	} {
		f := typed.New(url.Values{"akce": {action}, "rows.0.kind": {"A"}, "rows.1.kind": {"B"}})
		focus, done := groups.Change(f)
		if changed := len(f.Values) != 3; !done || focus != want || changed != (want != "") {
			t.Errorf("%q: focus %q, values %v", action, focus, f.Values)
		}
	}
	if _, done := (Groups{"rows": "kind"}).Change(typed.New(url.Values{"akce": {"ulozit"}})); done {
		t.Error("saving was taken for a row")
	}
}

func TestARowIsMovedAndThePersonGoesOnAtItsButton(t *testing.T) {
	groups := Groups{"rows": "kind"}
	for action, want := range map[string]struct{ focus, first string }{
		"dolu:rows.0": {"rows.1.dolu", "B"}, "nahoru:rows.2": {"rows.1.nahoru", "A"}, "nahoru:rows.0": {"rows.0.nahoru", "A"}, "dolu:rows.2": {"rows.2.dolu", "A"},
		"nahoru:cizi.0": {"", "A"}, "dolu:rows": {"", "A"}, "dolu:": {"", "A"}, "dolu:rows.9": {"", "A"},
	} {
		f := typed.New(url.Values{"akce": {action}, "rows.0.kind": {"A"}, "rows.1.kind": {"B"}, "rows.2.kind": {"C"}})
		focus, done := groups.Change(f)
		if !done || focus != want.focus || f.Get("rows.0.kind") != want.first {
			t.Errorf("%q: focus %q, values %v", action, focus, f.Values)
		}
	}
}

func TestActorsAreOfferedInCzechOrderWhileTheyCanBeLookedThrough(t *testing.T) {
	got := ActorOptions(map[string]string{"A-1": "Charita", "A-2": "Humpolec", "A-3": "čtenáři", "A-4": "Charita", "A-5": "Cizinci"})
	if want := []string{"Cizinci [A-5]", "čtenáři [A-3]", "Humpolec [A-2]", "Charita [A-1]", "Charita [A-4]"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	many := map[string]string{}
	for i := range mostSuggested + 1 {
		many[Row("a", i)] = "jméno"
	}
	if n := len(ActorOptions(many)); n != 0 {
		t.Errorf("%d names", n)
	}
}
