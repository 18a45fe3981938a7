package projects

import (
	"slices"

	"atlas"
	"atlas/internal/place"
	"atlas/internal/search"
)

// tree lays the territories out as kraj → okres and ORP → obec → městská část;
// below a kraj only where something in it is chosen.
func (v vocabulary) tree(s state, counts []search.FacetCount) []option {
	t := territoryTree{vocabulary: v, chosen: s.Filters[search.FacetTerritory], counts: make(map[string]int, len(counts))}
	for _, c := range counts {
		t.counts[c.Value] = c.Count
	}
	t.open = opened(v.places, t.chosen)
	for _, region := range v.places.Children("CZ", atlas.LevelRegion) {
		t.branch(region, 0)
	}
	t.country()
	t.strangers()
	return t.out
}

// opened are the territories that stand open in the tree: the chosen ones and
// those around them.
func opened(places *place.Gazetteer, chosen []string) map[string]bool {
	out := map[string]bool{}
	for _, code := range chosen {
		out[code] = true
		for _, a := range places.Ancestors(code) {
			out[a.Code] = true
		}
	}
	return out
}

// treeCodes are all codes that the tree may show.
func treeCodes(places *place.Gazetteer, chosen []string) []string {
	out := append([]string{"CZ", notKnown}, chosen...)
	add := func(parent string, levels ...atlas.Level) {
		for _, level := range levels {
			for _, t := range places.Children(parent, level) {
				out = append(out, t.Code)
			}
		}
	}
	add("CZ", atlas.LevelRegion)
	for code := range opened(places, chosen) {
		if t, ok := places.Get(code); ok {
			add(code, below(t.Level)...)
		}
	}
	return out
}

// below are the levels of the branches of a territory.
func below(level atlas.Level) []atlas.Level {
	switch level {
	case atlas.LevelRegion:
		return []atlas.Level{atlas.LevelDistrict, atlas.LevelORP}
	case atlas.LevelDistrict, atlas.LevelORP:
		return []atlas.Level{atlas.LevelMunicipality}
	case atlas.LevelMunicipality:
		return []atlas.Level{atlas.LevelCityDistrict}
	}
	return nil
}

type territoryTree struct {
	vocabulary
	chosen []string
	counts map[string]int
	open   map[string]bool
	out    []option
}

func (t *territoryTree) add(code string, depth int) {
	label, known := t.label(search.FacetTerritory, code)
	chosen := slices.Contains(t.chosen, code)
	if t.counts[code] == 0 && !chosen && !t.open[code] && depth > 0 {
		return
	}
	t.out = append(t.out, option{Value: code, Label: label, Count: t.counts[code], Chosen: chosen, Unknown: !known, Depth: depth})
}

// country adds the projects of the whole country and those of no known place.
func (t *territoryTree) country() {
	for _, code := range []string{"CZ", notKnown} {
		if t.counts[code] > 0 || slices.Contains(t.chosen, code) {
			t.add(code, 0)
		}
	}
}

func (t *territoryTree) branch(here atlas.Territory, depth int) {
	t.add(here.Code, depth)
	if !t.open[here.Code] {
		return
	}
	for _, level := range below(here.Level) {
		t.children(here, level, depth+1)
	}
}

// children shows those with projects, the most frequent where there are many.
// A municipality stands once, although both its okres and its ORP are open.
func (t *territoryTree) children(parent atlas.Territory, level atlas.Level, depth int) {
	shown := 0
	for _, child := range t.places.Children(parent.Code, level) {
		if slices.ContainsFunc(t.out, func(o option) bool { return o.Value == child.Code }) {
			continue
		}
		if t.counts[child.Code] == 0 && !t.open[child.Code] || shown >= shownPlaces && !t.open[child.Code] {
			continue
		}
		shown++
		t.branch(child, depth)
	}
}

// strangers are chosen codes that no territory has; they can be taken away.
func (t *territoryTree) strangers() {
	for _, code := range t.chosen {
		if !slices.ContainsFunc(t.out, func(o option) bool { return o.Value == code }) {
			t.add(code, 0)
		}
	}
}
