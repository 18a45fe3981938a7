package projects

import (
	"slices"

	"atlas"
	"atlas/internal/search"
)

// tree lays the territories out as kraj → okres and ORP → obec → městská část;
// below a kraj only where something in it is chosen.
func (v vocabulary) tree(s state, counts []search.FacetCount) []option {
	t := territoryTree{vocabulary: v, chosen: s.Filters[search.FacetTerritory], counts: map[string]int{}, open: map[string]bool{}}
	for _, c := range counts {
		t.counts[c.Value] = c.Count
	}
	for _, code := range t.chosen {
		t.open[code] = true
		for _, a := range v.places.Ancestors(code) {
			t.open[a.Code] = true
		}
	}
	for _, region := range v.places.Children("CZ", atlas.LevelRegion) {
		t.branch(region, 0)
	}
	t.country()
	t.strangers()
	return t.out
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
	switch here.Level {
	case atlas.LevelRegion:
		t.children(here, atlas.LevelDistrict, depth+1)
		t.children(here, atlas.LevelORP, depth+1)
	case atlas.LevelDistrict, atlas.LevelORP:
		t.children(here, atlas.LevelMunicipality, depth+1)
	case atlas.LevelMunicipality:
		t.children(here, atlas.LevelCityDistrict, depth+1)
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
