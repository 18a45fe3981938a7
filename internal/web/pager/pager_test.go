package pager

import (
	"fmt"
	"slices"
	"testing"
)

func address(n int) string { return fmt.Sprintf("?strana=%d", n) }

func TestAPagePastTheEndIsTheLastOne(t *testing.T) {
	p := New(101, 1_000_000, 50, address)
	if p.Page != 3 || p.First != 101 || p.End != 101 || p.Next != "" || p.Prev != "?strana=2" {
		t.Errorf("%+v", p)
	}
}

func TestAnEmptyListHasOnePageWithNothingOnIt(t *testing.T) {
	p := New(0, 7, 50, address)
	if p.Page != 1 || p.Last != 1 || len(Of(p, []int{})) != 0 {
		t.Errorf("%+v", p)
	}
}

func TestTheMiddleOfALongListLeavesGaps(t *testing.T) {
	p := New(1000, 10, 50, address)
	var numbers []int
	for _, l := range p.Pages {
		numbers = append(numbers, l.Number)
	}
	if !slices.Equal(numbers, []int{1, 8, 9, 10, 11, 12, 20}) || !p.Pages[1].Gap || !p.Pages[6].Gap || p.Pages[2].Gap {
		t.Errorf("%+v", p.Pages)
	}
	if got := Of(New(5, 2, 2, address), []int{1, 2, 3, 4, 5}); !slices.Equal(got, []int{3, 4}) {
		t.Errorf("%v", got)
	}
}

func TestWhatIsNoNumberOfAPageIsTheFirst(t *testing.T) {
	for _, text := range []string{"", "-3", "0", "abc", "99999999999999999999999", "\xff"} {
		if Number(text) != 1 {
			t.Errorf("%q is %d", text, Number(text))
		}
	}
}
