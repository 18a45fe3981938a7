package atlas

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// OpenAge is the upper bound of ages without one: 65 and more.
const OpenAge = math.MaxInt16

// Ages (věk) is whole years of age from From to one less than Below, so that
// neighbours meet: 0–4 is {0, 5}. The zero Ages is all ages together.
type Ages struct{ From, Below int16 }

// AgesBetween is the ages from one to another, both included; to < 0 has no
// upper bound.
func AgesBetween(from, to int) Ages {
	if to < 0 {
		return Ages{int16(from), OpenAge}
	}
	return Ages{int16(from), int16(to + 1)}
}

// Set says whether some ages are meant and not all together.
func (a Ages) Set() bool { return a.Below != 0 }

// Open says whether there is no upper bound.
func (a Ages) Open() bool { return a.Below == OpenAge }

// Valid says whether somebody can be of these ages.
func (a Ages) Valid() bool {
	return a == Ages{} || a.From >= 0 && a.Below > a.From && (a.Open() || a.Below <= 150) && a.From < 150
}

// Compare orders ages: all together first, then by where they begin and end.
func (a Ages) Compare(b Ages) int {
	switch {
	case a.Set() != b.Set():
		if b.Set() {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Below, b.Below))
}

// String gives "0-4", "65+" or "" for all.
func (a Ages) String() string {
	switch {
	case !a.Set():
		return ""
	case a.Open():
		return fmt.Sprintf("%d+", a.From)
	}
	return fmt.Sprintf("%d-%d", a.From, a.Below-1)
}

// ParseAges reads what String writes.
func ParseAges(s string) (Ages, error) {
	if s == "" {
		return Ages{}, nil
	}
	from, to, between := strings.Cut(s, "-")
	if open, ok := strings.CutSuffix(s, "+"); ok {
		from, to, between = open, "-1", true
	}
	low, err := strconv.Atoi(from)
	high, err2 := strconv.Atoi(to)
	if err != nil || err2 != nil || !between || low < 0 || low > 149 || high > 149 {
		return Ages{}, fmt.Errorf("ages %q: want 0-4 or 65+", s)
	}
	if a := AgesBetween(low, high); a.Valid() {
		return a, nil
	}
	return Ages{}, fmt.Errorf("ages %q: want 0-4 or 65+", s)
}
