package atlas

// Of is the number of a category as far as the slice lets tell it: what the
// source said, or else the sum of its parts. Parts are summed only where they
// are of one breakdown that adds up to the total of the slice, so totals are
// never added to parts and nothing that is missing is taken for 0. Whatever is
// not known or suppressed among the parts makes the sum not known.
func (s *Slice) Of(c Category) Figure {
	if f := s.Figure(c); f.State != FigureNotKnown {
		return f
	}
	best := Figure{Category: c}
	fewest := 0
	for shape := range s.shapes() {
		if !shape.covers(c) || fewest > 0 && shape.count() >= fewest {
			continue
		}
		if f := s.sumOf(shape, c); f.Known() {
			best, fewest = f, shape.count()
		}
	}
	return best
}

// shape says by which attributes a breakdown tells people apart.
type shape struct{ citizenship, sex, age, residence bool }

func shapeOf(c Category) shape {
	return shape{c.Citizenship != "", c.Sex != "", c.Age.Set(), c.Residence != ""}
}

func (h shape) covers(c Category) bool {
	d := shapeOf(c)
	return h != d && (h.citizenship || !d.citizenship) && (h.sex || !d.sex) && (h.age || !d.age) && (h.residence || !d.residence)
}

func (h shape) count() int {
	n := 0
	for _, set := range []bool{h.citizenship, h.sex, h.age, h.residence} {
		if set {
			n++
		}
	}
	return n
}

// shapes are the breakdowns of the slice.
func (s *Slice) shapes() map[shape]bool {
	all := map[shape]bool{}
	for _, f := range s.Figures {
		if !f.Category.Total() {
			all[shapeOf(f.Category)] = true
		}
	}
	return all
}

// sumOf adds up the parts of a breakdown that belong to a category. The whole
// breakdown has to add up to the total of the slice.
func (s *Slice) sumOf(h shape, c Category) Figure {
	sum, all, whole := Figure{Category: c, State: FigureKnown}, int64(0), s.Total()
	for _, f := range s.Figures {
		if shapeOf(f.Category) != h {
			continue
		}
		if !f.Known() || f.Category.Age.cuts(c.Age) {
			return Figure{Category: c}
		}
		all += f.Value
		if f.Category.within(c) {
			sum.Value += f.Value
		}
	}
	if !whole.Known() || all != whole.Value {
		return Figure{Category: c}
	}
	return sum
}

// within says whether all people of one category are of another.
func (c Category) within(d Category) bool {
	return (d.Citizenship == "" || d.Citizenship == c.Citizenship) && (d.Sex == "" || d.Sex == c.Sex) &&
		(d.Residence == "" || d.Residence == c.Residence) &&
		(!d.Age.Set() || c.Age.Set() && c.Age.From >= d.Age.From && c.Age.Below <= d.Age.Below)
}

// cuts says whether ages lie in part within others and in part outside.
func (a Ages) cuts(b Ages) bool {
	if !a.Set() || !b.Set() || a.Below <= b.From || b.Below <= a.From {
		return false
	}
	return a.From < b.From || a.Below > b.Below
}
