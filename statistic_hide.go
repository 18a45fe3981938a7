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

// sensitive says whether a number of a category is of few people told closely.
func (c Category) sensitive() bool {
	return c.Citizenship != "" && c.Attributes() > sensitiveAttributes
}

// small says whether a figure is of few people told closely.
func (f Figure) small() bool {
	return f.Category.sensitive() && f.Known() && f.Value > 0 && f.Value < SmallNumber
}

func (s *Slice) tellsTooMuch() bool { return slices.ContainsFunc(s.Figures, Figure.small) }

// ToldClosely says whether a slice tells numbers by citizenship and two more
// attributes, so that some of it may have to be hidden in a municipality.
func (s *Slice) ToldClosely() bool {
	return slices.ContainsFunc(s.Figures, func(f Figure) bool { return f.Category.sensitive() })
}

// tellsMore says whether a slice tells more than totals and those of citizenships.
func (s *Slice) tellsMore() bool {
	return slices.ContainsFunc(s.Figures, func(f Figure) bool { return f.Known() && !(hiding{}).keeps(f.Category) })
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

// ways are ways of hiding that hold at once: what stays is what all of them keep.
type ways []hiding

func (w ways) keeps(c Category) bool {
	return !slices.ContainsFunc(w, func(h hiding) bool { return !h.keeps(c) })
}

// apply hides. Of what is hidden by citizenship, each citizenship has every
// category that any has, so that it is no sign which of them are there.
func (h ways) apply(s *Slice) []Figure {
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
// that it is in, nor below what these have more together than the whole. A sum
// that the slice does not tell and a wider territory does could be told from what
// that one has beside all others, so it must not be there.
func (h hiding) protects(s *Slice, wider []*Slice) bool {
	if h == (hiding{}) {
		return true // nothing is left but totals
	}
	if h.margins != "" && h.margins != everyAttribute && s.manyAttributes() {
		return false // the bounds would not be exact
	}
	for _, f := range s.Figures {
		if !f.small() {
			continue
		}
		low, high := h.bounds(s, f.Category)
		whole := s.Figure(Category{Citizenship: f.Category.Citizenship})
		most := int64(SmallNumber - 1)
		if whole.Known() {
			most = min(most, whole.Value)
		}
		if low > 0 || high < most || h.toldAbove(s, wider, f.Category) {
			return false
		}
	}
	return true
}

// toldAbove says whether a wider territory tells a sum that a number is in and the
// slice does not.
func (h hiding) toldAbove(s *Slice, wider []*Slice, c Category) bool {
	for _, d := range c.sums() {
		if !h.keeps(d) || s.Figure(d).Known() || h.margins == everyAttribute && d.Citizenship == "" {
			continue // what all citizenships make together says nothing of one
		}
		for _, w := range wider {
			if slices.ContainsFunc(w.Figures, func(f Figure) bool { return f.Known() && f.Category.touches(d) }) {
				return true
			}
		}
	}
	return false
}

// sums are the categories that a number of one is a part of: by every choice of its
// attributes but all.
func (c Category) sums() []Category {
	var out []Category
	for mask := range 15 {
		d := c
		if mask&1 == 0 {
			d.Citizenship = ""
		}
		if mask&2 == 0 {
			d.Sex = ""
		}
		if mask&4 == 0 {
			d.Age = Ages{}
		}
		if mask&8 == 0 {
			d.Residence = ""
		}
		if d != c && !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	return out
}

// touches says whether two categories tell people apart by the same attributes and
// some people are of both.
func (c Category) touches(d Category) bool {
	return c.Citizenship == d.Citizenship && c.Sex == d.Sex && c.Residence == d.Residence && c.Age.Set() == d.Age.Set() &&
		(!c.Age.Set() || c.Age.From < d.Age.Below && d.Age.From < c.Age.Below)
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
