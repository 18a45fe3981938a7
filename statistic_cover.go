package atlas

import "slices"

// Cover (zakrytí) says what of the numbers of one data set at one date is hidden
// (8.10), by territory. Every way by which numbers leave the program – pages,
// charts, files, the interface for programs, profiles, reports – goes through it,
// and it looks at all that is public at once.
//
// In a municipality or a part of a city, numbers by citizenship and two more
// attributes are hidden when one of them is 1 to 4, all of them together, so that
// none can be told from the others; and so much more that from all that stays
// public of the place each small number can still be any of 1 to 4, or of 1 to the
// total of its citizenship when that is less. The totals of citizenships and of
// everybody stay.
//
// Whatever is hidden in a place is hidden by the same attributes in all that it
// lies in: the okres, the ORP, the kraj and the country. So people of the place
// could be of other categories in every way in which its own sums stay, and no
// public number of any territory would be another; that is why no number of other
// territories helps to tell a hidden one, however many are known. Other
// municipalities stay as they are. A city of which parts tell more than totals keeps
// totals only and so do they, because what is left of it could be told from them.
//
// Hidden numbers look alike whether they are small, great or zero, in corrected
// versions of a number as in the one that counts.
//
// What is hidden depends on how closely a number tells of people and not on who
// told it first. Foreigners of ČSÚ (290038) are of okresy and above, inhabitants
// (130149) without citizenship, temporary protection of the ministry without
// citizenship by sex and age only: none of them combines a municipality, a
// citizenship and two more attributes, so nothing of them is ever hidden. Numbers
// that their source hid itself stay as it told them.
type Cover map[string]ways

// Lie says how territories lie.
type Lie struct {
	Level func(code string) Level
	Above func(code string) []string // all that a territory lies in, the country too
}

// CoverOf works out the cover of all slices of a data set at one date, corrected
// versions too. It is empty where nothing is hidden.
func CoverOf(all []*Slice, lie Lie) Cover {
	of := map[string][]*Slice{}
	parts := map[string][]string{} // what tells more than totals, by what it lies in
	for _, s := range all {
		of[s.Territory] = append(of[s.Territory], s)
		if s.tellsMore() {
			for _, code := range lie.Above(s.Territory) {
				parts[code] = append(parts[code], s.Territory)
			}
		}
	}
	cover := Cover{}
	for code, own := range of {
		if level := lie.Level(code); level != LevelMunicipality && level != LevelCityDistrict || !slices.ContainsFunc(own, (*Slice).tellsTooMuch) {
			continue
		}
		above := lie.Above(code)
		way := hiding{}
		if len(parts[code]) == 0 {
			var wider []*Slice
			for _, a := range above {
				wider = append(wider, of[a]...)
			}
			way = mildest(own, wider)
		}
		for _, c := range slices.Concat([]string{code}, above, parts[code]) {
			cover.add(c, way)
		}
	}
	return cover
}

// mildest is the way that keeps the most and protects every version of a slice.
func mildest(own, wider []*Slice) hiding {
	for _, way := range hidings() {
		if !slices.ContainsFunc(own, func(s *Slice) bool { return !way.protects(s, wider) }) {
			return way
		}
	}
	return hiding{}
}

func (c Cover) add(code string, way hiding) {
	if !slices.Contains(c[code], way) {
		c[code] = append(c[code], way)
	}
}

// Public is a slice as anybody may see it.
func (c Cover) Public(s *Slice) *Slice {
	hidden := c[s.Territory]
	if hidden == nil {
		return s
	}
	out := *s
	out.Figures = hidden.apply(s)
	return &out
}
