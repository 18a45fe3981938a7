package atlas

import (
	"cmp"
	"maps"
	"slices"
)

// SmallNumber is below what a number of people is hidden where it tells too much
// of them (8.10).
const SmallNumber = 5

// sensitiveAttributes is how many attributes beside the citizenship make a number
// of people of a municipality tell too much.
const sensitiveAttributes = 2

// Public is the slice as anybody may see it (8.10). In a municipality or a part
// of a city, numbers by citizenship and two more attributes are hidden when one
// of them is 1 to 4, all of them together, so that none can be told from the
// others; and so much more that from all that stays public each small number can
// still be any of 1 to 4, or of 1 to the total of its citizenship when that is
// less. The totals of citizenships and of everybody stay.
//
// Hidden numbers look alike whether they are small, great or zero.
func (s *Slice) Public(level Level) *Slice {
	if level != LevelMunicipality && level != LevelCityDistrict || !s.tellsTooMuch() {
		return s
	}
	out := *s
	for _, rule := range hidings() {
		out.Figures = rule.apply(s)
		if rule.protects(s) {
			break
		}
	}
	return &out
}

// sensitive says whether a number of a category is of few people told closely.
func (c Category) sensitive() bool {
	return c.Citizenship != "" && c.Attributes() > sensitiveAttributes
}

func (s *Slice) tellsTooMuch() bool {
	return slices.ContainsFunc(s.Figures, func(f Figure) bool {
		return f.Category.sensitive() && f.Known() && f.Value > 0 && f.Value < SmallNumber
	})
}

// hiding is how much is hidden beside the sensitive numbers themselves.
type hiding struct {
	// margins of citizenships by one attribute that stay public: "" = none,
	// otherwise those of one attribute or of all.
	margins string
	// inner numbers of all citizenships together by several attributes stay.
	inner bool
	// outer ones by one attribute stay.
	outer bool
}

const everyAttribute = "all"

// hidings are the ways from that which keeps the most.
func hidings() []hiding {
	return []hiding{
		{margins: everyAttribute, outer: true},
		{margins: "age", outer: true}, {margins: "sex", outer: true}, {margins: "residence", outer: true},
		{inner: true, outer: true}, {outer: true}, {},
	}
}

// keeps says whether a number stays public.
func (h hiding) keeps(c Category) bool {
	further := c.Attributes()
	if c.Citizenship != "" {
		further--
	}
	switch {
	case further == 0:
		return true
	case c.Citizenship != "":
		return further == 1 && (h.margins == everyAttribute || h.margins == attribute(c))
	case further == 1:
		return h.outer
	}
	return h.inner
}

// attribute is the first attribute of a category beside the citizenship.
func attribute(c Category) string {
	switch {
	case c.Age.Set():
		return "age"
	case c.Sex != "":
		return "sex"
	}
	return "residence"
}

// apply hides. Of what is hidden by citizenship, each citizenship has every
// category that any has, so that it is no sign which of them are there.
func (h hiding) apply(s *Slice) []Figure {
	kept := make(map[Category]Figure, len(s.Figures))
	citizenships, grid := map[string]bool{}, map[Category]bool{}
	for _, f := range s.Figures {
		if h.keeps(f.Category) {
			kept[f.Category] = f
			continue
		}
		kept[f.Category] = Figure{Category: f.Category, State: FigureSuppressed}
	}
	for _, f := range s.Figures {
		if c := f.Category; c.Citizenship != "" {
			citizenships[c.Citizenship] = true
			if c.Citizenship = ""; !h.keeps(f.Category) {
				for _, sex := range sexesBeside(c.Sex) {
					c.Sex = sex
					grid[c] = true
				}
			}
		}
	}
	for c := range grid {
		for c.Citizenship = range citizenships {
			kept[c] = Figure{Category: c, State: FigureSuppressed}
		}
	}
	return slices.SortedFunc(maps.Values(kept), func(a, b Figure) int { return a.Category.Compare(b.Category) })
}

func sexesBeside(sex string) []string {
	if sex == "" {
		return []string{""}
	}
	return []string{SexMen, SexWomen, SexUnknown}
}

// protects says whether every small number can still be any of 1 to 4. What stays
// public are sums over the hidden numbers by one group of attributes at a time,
// so the closest bounds are those of Fréchet: no number is above any of the sums
// that it is in, nor below what these have more together than the whole.
func (h hiding) protects(s *Slice) bool {
	if h == (hiding{}) {
		return true // nothing is left but totals
	}
	if h.margins != "" && h.margins != everyAttribute && s.manyAttributes() {
		return false // the bounds would not be exact
	}
	for _, f := range s.Figures {
		if !f.Category.sensitive() || !f.Known() || f.Value == 0 || f.Value >= SmallNumber {
			continue
		}
		low, high := h.bounds(s, f.Category)
		whole := s.Figure(Category{Citizenship: f.Category.Citizenship})
		most := int64(SmallNumber - 1)
		if whole.Known() {
			most = min(most, whole.Value)
		}
		if low > 0 || high < most {
			return false
		}
	}
	return true
}

// manyAttributes says whether people are told apart by all three attributes.
func (s *Slice) manyAttributes() bool {
	var sex, age, residence bool
	for _, f := range s.Figures {
		sex, age, residence = sex || f.Category.Sex != "", age || f.Category.Age.Set(), residence || f.Category.Residence != ""
	}
	return sex && age && residence
}

// bounds are between what a hidden number must be by what stays public.
func (h hiding) bounds(s *Slice, c Category) (low, high int64) {
	ours := Category{Citizenship: c.Citizenship}
	var sums []int64
	add := func(d Category) {
		if f := s.Figure(d); f.Known() {
			sums = append(sums, f.Value)
		}
	}
	everybody := s.Figure(Category{})
	whole := everybody
	if h.margins == everyAttribute {
		whole = s.Figure(ours)
		for _, d := range parts(c) {
			d.Citizenship = c.Citizenship
			add(d)
		}
	} else {
		own := ours
		for _, d := range parts(c) {
			if attribute(d) == h.margins {
				own = d
				own.Citizenship = c.Citizenship
			} else if !h.inner {
				add(d)
			}
		}
		add(own)
		if h.inner {
			all := c
			all.Citizenship = ""
			add(all)
		}
	}
	high = int64(1) << 62
	for _, n := range sums {
		high = min(high, n)
	}
	if f := s.Figure(ours); f.Known() {
		high = min(high, f.Value)
	}
	if !whole.Known() {
		return 0, high
	}
	for _, n := range sums {
		low += n
	}
	return max(0, low-int64(len(sums)-1)*whole.Value), high
}

// parts are the attributes of a category beside the citizenship, one by one.
func parts(c Category) []Category {
	var out []Category
	for _, d := range []Category{{Age: c.Age}, {Sex: c.Sex}, {Residence: c.Residence}} {
		if d != (Category{}) {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b Category) int { return cmp.Compare(attribute(a), attribute(b)) })
	return out
}
