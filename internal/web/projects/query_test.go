package projects

import (
	"net/url"
	"slices"
	"testing"

	"atlas/internal/search"
	"atlas/internal/web/question"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func parse(t *testing.T, query string) state {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	return parseState(values, nil)
}

func TestSeveralValuesOfOneFacetAreKeptAndWrittenInOneOrder(t *testing.T) {
	a := parse(t, "oblast=SKO&q=%C5%BD%C4%8F%C3%A1r&oblast=JAZ&oblast=SKO")
	b := parse(t, "oblast=JAZ&oblast=SKO&q=%C5%BD%C4%8F%C3%A1r")
	if diff := cmp.Diff([]string{"SKO", "JAZ"}, a.Filters[search.FacetArea]); diff != "" {
		t.Error(diff)
	}
	if a.Encode() != b.Encode() || a.Encode() != "q=%C5%BD%C4%8F%C3%A1r&oblast=JAZ&oblast=SKO" {
		t.Errorf("%q and %q are the same list", a.Encode(), b.Encode())
	}
}

func TestAPageThatIsNoPageIsTheFirstOneAndIsSaid(t *testing.T) {
	for _, given := range []string{"-1", "0", "abc", "1.5", "+"} {
		s := parse(t, "strana="+url.QueryEscape(given))
		if s.Page != 1 || !slices.Contains(s.Notes, notePage) {
			t.Errorf("strana=%s: page %d, notes %v", given, s.Page, s.Notes)
		}
	}
}

func TestAnEnormousPageIsTheLastOneAndIsSaid(t *testing.T) {
	for _, given := range []string{"1000000000", "99999999999999999999999999", "4"} {
		s := parse(t, "strana="+given)
		if !s.clamp(41) || s.Page != 3 || !slices.Contains(s.Notes, notePage) {
			t.Errorf("strana=%s of 41 projects: page %d, notes %v", given, s.Page, s.Notes)
		}
	}
	if s := parse(t, "strana=3"); s.clamp(41) || s.query(nil).Offset != 40 {
		t.Errorf("the last page moved: %+v", s)
	}
}

func TestUnknownSortAndViewFallBackAndAreSaid(t *testing.T) {
	s := parse(t, "razeni=podle-barvy&zobrazeni=kolo")
	if s.Sort != "shoda" || s.View != viewList || len(s.Notes) != 2 {
		t.Errorf("%+v", s)
	}
}

func TestBytesThatAreNoTextDoNotReachTheIndex(t *testing.T) {
	s := parseState(url.Values{"q": {"a\xff\x00b"}, "oblast": {"\xfe"}}, nil)
	if s.Text != "a\uFFFD b" || s.Filters[search.FacetArea][0] != "\uFFFD" || !slices.Contains(s.Notes, noteBytes) {
		t.Errorf("%q %v", s.Text, s.Filters)
	}
}

func TestAMillionValuesOfAFacetAreCutAndSaid(t *testing.T) {
	many := make([]string, 1_000_000)
	for i := range many {
		many[i] = string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676%26))
	}
	s := parseState(url.Values{"oblast": many}, nil)
	if len(s.Filters[search.FacetArea]) != question.MaxValues || !slices.Contains(s.Notes, noteMany) {
		t.Errorf("%d values, notes %v", len(s.Filters[search.FacetArea]), s.Notes)
	}
}

func TestChoosingAndDroppingAValueGoesBackToTheFirstPage(t *testing.T) {
	s := parse(t, "oblast=JAZ&strana=7&zobrazeni=tabulka")
	if got := s.with(search.FacetYear, "2019").Encode(); got != "oblast=JAZ&rok=2019&zobrazeni=tabulka" {
		t.Error(got)
	}
	if got := s.without(search.FacetArea, "JAZ").Encode(); got != "zobrazeni=tabulka" {
		t.Error(got)
	}
	if got := s.Encode(); got != "oblast=JAZ&zobrazeni=tabulka&strana=7" {
		t.Errorf("the state itself changed: %s", got)
	}
}

func TestWhatIsWrittenReadsBackTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := url.Values{}
		values.Set("q", rapid.String().Draw(t, "q"))
		for _, f := range facets {
			values[string(f)] = rapid.SliceOfN(rapid.String(), 0, 3).Draw(t, string(f))
		}
		values.Set("strana", rapid.SampledFrom([]string{"", "-4", "2", "77", "x"}).Draw(t, "strana"))
		values.Set("razeni", rapid.SampledFrom([]string{"", "rok", "castka", "?"}).Draw(t, "razeni"))
		once := parseState(values, nil).Encode()
		again, err := url.ParseQuery(once)
		if err != nil {
			t.Fatal(err)
		}
		if twice := parseState(again, nil).Encode(); twice != once {
			t.Fatalf("%q became %q", once, twice)
		}
	})
}

func FuzzAnyAddressGivesAStateThatWritesAndReadsBackTheSame(f *testing.F) {
	for _, seed := range []string{"", "q=kurz&oblast=JAZ", "strana=-1", "q=%ff%00", "uzemi=CZ010&uzemi=CZ010", "razeni=rok&zobrazeni=mapa&strana=7", "q=\"a b\" -c*"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		values, _ := url.ParseQuery(query) // a browser may send anything
		s := parseState(values, nil)
		if s.Page < 1 || s.Chosen() > question.MaxValues || len([]rune(s.Text)) > question.MaxText {
			t.Fatalf("%q gives %+v", query, s)
		}
		again, err := url.ParseQuery(s.Encode())
		if err != nil {
			t.Fatal(err)
		}
		if twice := parseState(again, nil); twice.Encode() != s.Encode() {
			t.Fatalf("%q became %q", s.Encode(), twice.Encode())
		}
	})
}
