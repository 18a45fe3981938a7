package coverage

import (
	"slices"
	"testing"

	"atlas"
)

func book(projects ...*atlas.Project) (*Book, []uint32) {
	b := NewBook()
	var docs []uint32
	for i, p := range projects {
		b.Put(uint32(i), Of(p))
		docs = append(docs, uint32(i))
	}
	return b, docs
}

var november = MonthOf(atlas.Date{Year: 2026, Month: 11})

func TestWhatEndsIsWhatHasItsLastMonthInTheSpan(t *testing.T) {
	ongoing := func(p *atlas.Project) { p.Ongoing = true }
	b, docs := book(
		project("2025-01", "2026-10-31", 1),             // ended last month
		project("2025-01", "2026-11-30", 1),             // this month
		project("2025-01", "2027-05-01", 1),             // six months after it
		project("2025-01", "2027-06-01", 1),             // seven
		project("2026-01", "", 1),                       // nobody knows
		project("2026-01", "", 1, ongoing),              // goes on
		project("2025-01", "2026-12", 1, scope("ZAHR")), // abroad
		project("2025-01", "2026-12", 1, func(p *atlas.Project) { p.Status = atlas.StatusCancelled }),
		project("2025-01", "2026", 1), // in December
	)
	if got := b.Ending(docs, november, november+6); !slices.Equal(got, []uint32{1, 2, 8}) {
		t.Errorf("%v end", got)
	}
	if got := b.Last(8); got != november+1 {
		t.Errorf("a year ends in month %d", got)
	}
}

// same is a running project of courses for a group in places.
func same(group string, codes ...string) *atlas.Project {
	return project("2026-01", "2027-12", 1, in(codes...), about("JAZ"), func(p *atlas.Project) { p.TargetLegal = []string{group} })
}

func TestThreeRunningProjectsOfOneMunicipalityAreaGroupAndActivityOverlap(t *testing.T) {
	ended := same("TG-EU", "562335")
	ended.To = atlas.Date{Year: 2026, Month: 10}
	other := same("TG-EU", "562335")
	other.Areas = []atlas.AreaShare{{Code: "ZDR", Primary: true}, {Code: "JAZ"}}
	b, docs := book(
		same("TG-EU", "562335"), same("TG-EU", "562335", "562394"), same("TG-EU", "562335"), // Děčín
		same("TG-EU", "CZ0421"), same("TG-AZY", "562335"), ended, other, // an okres, another group, over, another primary area
		same("TG-EU", "CZ010"), same("TG-EU", "554782"), same("TG-EU", "CZ0100"), // Praha by three codes
	)
	of := func(doc uint32) []uint32 {
		if doc == 2 {
			return []uint32{7, 8}
		}
		return []uint32{7}
	}
	got := b.Overlaps(docs, country(), november, 3, of)
	slices.SortFunc(got, func(x, y Same) int { return int(x.Docs[0]) - int(y.Docs[0]) })
	if len(got) != 2 {
		t.Fatalf("%+v", got)
	}
	for i, want := range []Same{{"562335", "JAZ", "TG-EU", 7, []uint32{0, 1, 2}}, {"554782", "JAZ", "TG-EU", 7, []uint32{7, 8, 9}}} {
		if g := got[i]; g.Place != want.Place || g.Area != want.Area || g.Group != want.Group || g.Activity != want.Activity || !slices.Equal(g.Docs, want.Docs) {
			t.Errorf("%+v, want %+v", g, want)
		}
	}
	if got := b.Overlaps(docs, country(), november, 4, of); len(got) != 0 {
		t.Errorf("four of the same: %+v", got)
	}
}
