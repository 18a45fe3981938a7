package typed_test

import (
	"net/url"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"atlas/internal/web/typed"
)

func prefixes(f *typed.Form, group string) []string {
	var out []string
	for _, r := range f.Rows(group) {
		out = append(out, r.Prefix)
	}
	return out
}

func TestRowsComeInTheOrderOfTheirNumbersAndOnlyThoseWeWrite(t *testing.T) {
	f := typed.New(url.Values{
		"funding.10.amount": {"1"}, "funding.2.row": {"1"}, "funding.2.amount": {""}, "funding.0.measures.3.row": {"1"},
		"funding.-1.amount": {"1"}, "funding.x.amount": {"1"}, "funding.+5.amount": {"1"}, "funding.07.amount": {"1"},
		"funding.9223372036854775807.amount": {"1"}, "funding.99999999999999999999.amount": {"1"}, "fundings.1.amount": {"1"}, "funding": {"1"},
	})
	if diff := cmp.Diff([]string{"funding.0.", "funding.2.", "funding.10."}, prefixes(f, "funding")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"funding.0.measures.3."}, prefixes(f, "funding.0.measures")); diff != "" {
		t.Error(diff)
	}
}

func TestARowIsAddedAfterTheLastAndDroppedWithAllThatWasTypedInIt(t *testing.T) {
	f := typed.New(url.Values{"funding.1.amount": {"7"}, "funding.1.note": {"x"}, "funding.1.parts.0.row": {"1"}, "funding.10.amount": {"8"}, "funding_note": {"y"}})
	f.AddRow("funding")
	if diff := cmp.Diff([]string{"funding.1.", "funding.10.", "funding.11."}, prefixes(f, "funding")); diff != "" {
		t.Error(diff)
	}
	f.DropRow("funding.1")
	if diff := cmp.Diff(url.Values{"funding.10.amount": {"8"}, "funding.11.row": {"1"}, "funding_note": {"y"}}, f.Values); diff != "" {
		t.Error(diff)
	}
	f.AddRow("media")
	f.AtLeast("media", 3)
	f.AtLeast("media", 2)
	if diff := cmp.Diff([]string{"media.0.", "media.1.", "media.2."}, prefixes(f, "media")); diff != "" {
		t.Error(diff)
	}
}

func TestARowChangesPlacesWithAllThatWasTypedInBoth(t *testing.T) {
	start := func() *typed.Form {
		return typed.New(url.Values{"gates.1.code": {"H1"}, "gates.1.parts.0.row": {"1"}, "gates.10.code": {"H2"}, "gates.10.note": {"x", "y"}, "gates.11.code": {"H3"}, "gates_note": {"z"}})
	}
	f := start()
	if at := f.MoveRow("gates.1", 1); at.Prefix != "gates.10." {
		t.Errorf("it stands at %+v", at)
	}
	if diff := cmp.Diff(url.Values{"gates.1.code": {"H2"}, "gates.1.note": {"x", "y"}, "gates.10.code": {"H1"}, "gates.10.parts.0.row": {"1"}, "gates.11.code": {"H3"}, "gates_note": {"z"}}, f.Values); diff != "" {
		t.Error(diff)
	}
	f.MoveRow("gates.10", -1)
	if diff := cmp.Diff(start().Values, f.Values); diff != "" {
		t.Errorf("back again: %s", diff)
	}
	for name, by := range map[string]int{"gates.1": -1, "gates.11": 1, "gates.7": 1, "gates": 1, "": 1, "gates.x": -1} {
		if f.MoveRow(name, by); cmp.Diff(start().Values, f.Values) != "" {
			t.Errorf("%q by %d moved something", name, by)
		}
	}
}

func TestAFormOfSomebodyElseCannotMakeUsAddRowsForEver(t *testing.T) {
	for _, last := range []string{"9223372036854775806", "9223372036854775807", "999999", "999998"} {
		f := typed.New(url.Values{"areas." + last + ".row": {"1"}})
		f.AddRow("areas")
		f.AtLeast("areas", 5) // must come to an end
		for _, r := range f.Rows("areas") {
			if r.Index < 0 || f.Values[r.Prefix+"row"] == nil {
				t.Errorf("after %s there is the row %v", last, r)
			}
		}
	}
	values := url.Values{}
	for i := range 3 * typed.MaxRows {
		values.Set("areas."+strconv.Itoa(i)+".code", "JAZ")
	}
	f := typed.New(values)
	f.AtLeast("areas", 2*typed.MaxRows)
	rows := f.Rows("areas")
	if len(rows) != typed.MaxRows || rows[0].Index != 0 || rows[typed.MaxRows-1].Index != typed.MaxRows-1 {
		t.Errorf("%d rows are read: %v … %v", len(rows), rows[0], rows[len(rows)-1])
	}
}

func TestARowIsBlankWhenNothingWasTypedButUsualValues(t *testing.T) {
	f := typed.New(url.Values{
		"p.0.row": {"1"}, "p.0.role": {"realizator"}, "p.0.name": {" \n"}, "p.0.sub.0.row": {"1"},
		"p.1.row": {"1"}, "p.1.role": {"realizator"}, "p.1.name": {"Spolek"},
	})
	rows := f.Rows("p")
	if !f.Blank(rows[0], "role") || f.Blank(rows[0]) || f.Blank(rows[1], "role") {
		t.Errorf("%v %v %v", f.Blank(rows[0], "role"), f.Blank(rows[0]), f.Blank(rows[1], "role"))
	}
}

func TestCompactNumbersRowsAnewAndLosesNothingTyped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := typed.New(url.Values{"other.0.name": {"zůstává"}})
		var want []string
		indexes := rapid.SliceOfNDistinct(rapid.IntRange(0, 30), 0, 12, rapid.ID[int]).Draw(t, "rows")
		slices.Sort(indexes)
		for _, i := range indexes {
			row := "p." + strconv.Itoa(i) + "."
			f.Values.Set(row+"row", "1")
			f.Values.Set(row+"role", "usual")
			if rapid.Bool().Draw(t, "typed") {
				name := "jméno " + strconv.Itoa(i)
				f.Values[row+"name"] = []string{name, "druhé"}
				f.Values.Set(row+"sub.4.text", name)
				want = append(want, name)
			}
		}
		f.Compact("p", "role")
		var got []string
		for n, r := range f.Rows("p") {
			if r.Index != n {
				t.Fatalf("row %d has the number %d", n, r.Index)
			}
			if len(f.Values[r.Prefix+"name"]) != 2 || f.Get(r.Prefix+"sub.4.text") != f.Get(r.Prefix+"name") || f.Get(r.Prefix+"role") != "usual" {
				t.Fatalf("row %d lost something: %v", n, f.Values)
			}
			got = append(got, f.Get(r.Prefix+"name"))
		}
		if diff := cmp.Diff(want, got); diff != "" || f.Get("other.0.name") != "zůstává" {
			t.Fatalf("%s %v", diff, f.Values)
		}
	})
}

func TestTwoVersionsDifferInThePartsThatWereChangedAndNowhereElse(t *testing.T) {
	mine := url.Values{
		"title": {"Nový název"}, "amount": {"5"}, "amount_state": {"odhad"}, "place": {" Brno "},
		"funding.3.amount": {"7"}, "funding.3.row": {"1"}, "funding.8.row": {"1"}, "tags": {"a", "b"},
	}
	theirs := url.Values{
		"title": {"Název"}, "amount": {"5"}, "place": {"Brno"},
		"funding.0.amount": {"7"}, "funding.1.amount": {""}, "tags": {"a"},
	}
	got := typed.Differing(mine, theirs, []string{"title", "amount", "place", "funding", "tags"})
	if diff := cmp.Diff([]string{"title", "amount", "tags"}, got); diff != "" {
		t.Error(diff)
	}
	for _, part := range got {
		typed.Take(mine, theirs, part)
	}
	if got := typed.Differing(mine, theirs, []string{"title", "amount", "place", "funding", "tags"}); got != nil {
		t.Errorf("after taking theirs they still differ in %v", got)
	}
	mine["title"][0] = "Jiný"
	if theirs.Get("title") != "Název" {
		t.Error("taking a part shares it")
	}
	for name, want := range map[string]string{"funding.2.amount_state": "funding", "amount_state": "amount", "people_kind": "people", "title": "title"} {
		if got := typed.Part(name); got != want {
			t.Errorf("%s is of %s", name, got)
		}
	}
}
