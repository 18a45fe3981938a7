package coverage

import (
	"slices"

	"atlas"
	"atlas/internal/place"
)

// active is the bits of an entry that is counted and in this country.
func (b *Book) active(doc uint32) (flag, bool) {
	if int(doc) >= len(b.flags) {
		return 0, false
	}
	f := b.flags[doc]
	return f, f&present != 0 && f&counted != 0 && f&abroad == 0 && b.first[doc] != 0
}

// Ending keeps the documents whose last month lies in from–to, in their order.
// What goes on and what nobody knows the end of does not end (8.1.2).
func (b *Book) Ending(docs []uint32, from, to Month) []uint32 {
	var out []uint32
	for _, doc := range docs {
		if f, ok := b.active(doc); !ok || f&(ongoing|endUnknown) != 0 {
			continue
		}
		if last := b.Last(doc); from <= last && last <= to {
			out = append(out, doc)
		}
	}
	return out
}

// Last is the last month of a document whose end is known.
func (b *Book) Last(doc uint32) Month { return month(b.last[doc]) }

// Sameness is what projects must share to overlap: a municipality, a primary area,
// a target group and an activity.
type Sameness struct{ Place, Area, Group, Activity string }

// Same is documents that share a municipality, a primary area, a target group and
// an activity, which is the number that the caller knows it by.
type Same struct {
	Place, Area, Group string
	Activity           uint32
	Docs               []uint32
}

// Overlaps finds what at least so many documents, running in a month, share
// (8.1.8). Activities gives the activities of a document. A document without a
// municipality, an area, a group or an activity overlaps with nothing: not known is
// not the same. It goes municipality by municipality, so that memory holds what is
// shared in one of them.
func (b *Book) Overlaps(docs []uint32, places *place.Gazetteer, now Month, least int, activities func(doc uint32) []uint32) []Same {
	at := fromEpoch(now)
	in := map[string][]uint32{}
	known := map[uint32][]string{}
	for _, doc := range docs {
		f, ok := b.active(doc)
		last := b.last[doc]
		if f&ongoing != 0 {
			last = max(b.first[doc], at)
		}
		if !ok || f&(wide|endUnknown) != 0 || b.first[doc] > at || last < at {
			continue
		}
		set := b.places[doc]
		if _, ok := known[set]; !ok {
			known[set] = b.municipalities(places, set)
		}
		for _, code := range known[set] {
			in[code] = append(in[code], doc)
		}
	}
	var out []Same
	for code, docs := range in {
		if len(docs) >= least {
			out = append(out, b.shared(code, docs, least, activities)...)
		}
	}
	return out
}

// municipalities are those that a set of places names or stands for.
func (b *Book) municipalities(places *place.Gazetteer, set uint32) []string {
	var out []string
	codes, _ := b.placeSets.of(set)
	for _, code := range codes {
		for _, t := range chainOf(places, b.placeSets.codes[code]) {
			if t.Level == atlas.LevelMunicipality && !slices.Contains(out, t.Code) {
				out = append(out, t.Code)
			}
		}
	}
	return out
}

func (b *Book) shared(place string, docs []uint32, least int, activities func(uint32) []uint32) []Same {
	type key struct{ area, group, activity uint32 }
	by := map[key][]uint32{}
	for _, doc := range docs {
		areas, _ := b.areaSets.of(b.areas[doc])
		if len(areas) == 0 {
			continue
		}
		groups, _ := b.groupSets.of(b.groups[doc])
		for _, group := range groups {
			for _, activity := range activities(doc) {
				k := key{areas[0], group, activity}
				by[k] = append(by[k], doc)
			}
		}
	}
	var out []Same
	for k, docs := range by {
		if len(docs) >= least {
			out = append(out, Same{place, b.areaSets.codes[k.area], b.groupSets.codes[k.group], k.activity, docs})
		}
	}
	return out
}
