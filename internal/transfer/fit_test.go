package transfer_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/transfer"
)

func number(v float64) transfer.Number {
	return transfer.Number{Value: coverage.KnownValue(v), Source: "cizinci", Date: atlas.Date{Year: 2025, Month: 12, Day: 31}}
}

// ranked 4: each prerequisite as met, not met or unknown, with what says so.
func TestEachPrerequisiteIsMetNotMetOrUnknown(t *testing.T) {
	town := transfer.Town{
		Code: "555134", Inhabitants: number(92_000), Foreigners: number(8_000),
		Powers:   []string{transfer.PowerMunicipality, transfer.PowerORP},
		Partners: map[string][]string{"NNO": {"A-00001", "A-00002"}}, Speakers: map[string][]string{"uk": {"A-00002"}},
	}
	answered := town
	answered.Answers = map[string]atlas.PrerequisiteAnswer{"p1": {Code: "p1", Met: atlas.Yes, Source: "Rozpočet 2026"}}
	denied := town
	denied.Answers = map[string]atlas.PrerequisiteAnswer{"p1": {Code: "p1", Met: atlas.No}}
	dontKnow := town
	dontKnow.Answers = map[string]atlas.PrerequisiteAnswer{"p1": {Code: "p1"}}
	for name, c := range map[string]struct {
		asked atlas.Prerequisite
		town  transfer.Town
		met   atlas.Tri
		by    transfer.Basis
	}{
		"staff that nobody spoke of":         {atlas.Prerequisite{Kind: atlas.NeedsStaff, Least: 100}, town, atlas.Unknown, transfer.ByNobody},
		"staff that the town says it has":    {atlas.Prerequisite{Code: "p1", Kind: atlas.NeedsStaff, Least: 100}, answered, atlas.Yes, transfer.ByAnswer},
		"money that it says it has not":      {atlas.Prerequisite{Code: "p1", Kind: atlas.NeedsMoney}, denied, atlas.No, transfer.ByAnswer},
		"an answer that it does not know":    {atlas.Prerequisite{Code: "p1", Kind: atlas.NeedsMoney}, dontKnow, atlas.Unknown, transfer.ByNobody},
		"a partner of our records":           {atlas.Prerequisite{Kind: atlas.NeedsPartner, Of: "NNO"}, town, atlas.Yes, transfer.ByRecords},
		"more partners than we know of":      {atlas.Prerequisite{Kind: atlas.NeedsPartner, Of: "NNO", Least: 3}, town, atlas.Unknown, transfer.ByNobody},
		"a partner that we know none of":     {atlas.Prerequisite{Kind: atlas.NeedsPartner, Of: "CPIC"}, town, atlas.Unknown, transfer.ByNobody},
		"a partner in words only":            {atlas.Prerequisite{Kind: atlas.NeedsPartner, Text: "cizinecká policie"}, transfer.Town{Partners: map[string][]string{"": {"A-00009"}}}, atlas.Unknown, transfer.ByNobody},
		"a partner that would not":           {atlas.Prerequisite{Code: "p1", Kind: atlas.NeedsPartner, Of: "NNO"}, denied, atlas.No, transfer.ByAnswer},
		"a power that it has":                {atlas.Prerequisite{Kind: atlas.NeedsPower, Of: transfer.PowerORP}, town, atlas.Yes, transfer.ByRegister},
		"a power that it has not":            {atlas.Prerequisite{Kind: atlas.NeedsPower, Of: transfer.PowerRegion}, town, atlas.No, transfer.ByRegister},
		"a power that it says it has":        {atlas.Prerequisite{Code: "p1", Kind: atlas.NeedsPower, Of: transfer.PowerRegion}, answered, atlas.No, transfer.ByRegister},
		"a power in words only":              {atlas.Prerequisite{Kind: atlas.NeedsPower, Text: "zřizovatel školy"}, town, atlas.Unknown, transfer.ByNobody},
		"inhabitants enough":                 {atlas.Prerequisite{Kind: atlas.NeedsSize, Of: transfer.OfInhabitants, Least: 92_000}, town, atlas.Yes, transfer.ByStatistics},
		"foreigners too few":                 {atlas.Prerequisite{Kind: atlas.NeedsSize, Of: transfer.OfForeigners, Least: 8_001}, town, atlas.No, transfer.ByStatistics},
		"a size against what the town says":  {atlas.Prerequisite{Code: "p1", Kind: atlas.NeedsSize, Of: transfer.OfForeigners, Least: 8_001}, answered, atlas.No, transfer.ByStatistics},
		"a size of a town nobody counted":    {atlas.Prerequisite{Kind: atlas.NeedsSize, Of: transfer.OfForeigners, Least: 10}, transfer.Town{}, atlas.Unknown, transfer.ByNobody},
		"a size that the card gives as text": {atlas.Prerequisite{Kind: atlas.NeedsSize, Of: transfer.OfForeigners}, town, atlas.Unknown, transfer.ByNobody},
		"a language somebody serves in":      {atlas.Prerequisite{Kind: atlas.NeedsLanguage, Of: "uk"}, town, atlas.Yes, transfer.ByRecords},
		"a language nobody is known to":      {atlas.Prerequisite{Kind: atlas.NeedsLanguage, Of: "vi"}, town, atlas.Unknown, transfer.ByNobody},
		"something else":                     {atlas.Prerequisite{Kind: atlas.NeedsOther, Text: "politická podpora"}, town, atlas.Unknown, transfer.ByNobody},
	} {
		t.Run(name, func(t *testing.T) {
			f := transfer.Fit([]atlas.Prerequisite{c.asked}, c.town)[0]
			if f.Met != c.met || f.By != c.by || f.Asked != c.asked {
				t.Errorf("%q by %q of %+v", f.Met, f.By, f.Asked)
			}
		})
	}
}

// Unknown is never met: of a town of which nothing is known nothing is met and
// nothing is missing either.
func TestNothingIsMetOfATownThatNothingIsKnownOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var asked []atlas.Prerequisite
		for range rapid.IntRange(0, 12).Draw(t, "n") {
			asked = append(asked, atlas.Prerequisite{
				Code: "p1", Kind: rapid.SampledFrom(atlas.PrerequisiteKinds()).Draw(t, "kind"), Least: rapid.Int64Range(0, 5).Draw(t, "least"),
				Of: rapid.SampledFrom([]string{"", "NNO", "uk", transfer.OfForeigners, transfer.PowerORP}).Draw(t, "of"), Core: rapid.Bool().Draw(t, "core"),
			})
		}
		if n := transfer.Count(transfer.Fit(asked, transfer.Town{})); n != (transfer.Tally{Unknown: len(asked)}) {
			t.Fatal(n)
		}
	})
}

func TestWhatIsLackingIsCoreAndNotMet(t *testing.T) {
	all := []transfer.Finding{
		{Asked: atlas.Prerequisite{Core: true}, Met: atlas.No}, {Met: atlas.No}, {Asked: atlas.Prerequisite{Core: true}, Met: atlas.Yes}, {Asked: atlas.Prerequisite{Core: true}},
	}
	if n := transfer.Count(all); n != (transfer.Tally{Met: 1, NotMet: 2, Unknown: 1, Lacking: 1}) {
		t.Error(n)
	}
}

// portrait of a town of which all traits are the same as of the others but the share
// of foreigners.
func portrait(code string, share float64) coverage.Portrait {
	p := coverage.Portrait{Code: code, Kind: "orp"}
	for t := range p.Values {
		p.Values[t] = coverage.KnownValue(1)
	}
	p.Values[coverage.TraitShare] = coverage.KnownValue(share)
	return p
}

// 8.7 as documented: |x − y| ÷ standard deviation, a seventh of it for each of the
// seven traits. Shares 0, 5 and 10 % have the mean 5 and the deviation √(50/3) %;
// 0, 10 and 10 % the mean 20/3 and the deviation √(200/9) %.
func TestChangingOneStatisticChangesTheDistanceByTheFormula(t *testing.T) { // ranked 4, golden
	for _, c := range []struct {
		source float64
		want   float64
	}{
		{0.05, 5 / math.Sqrt(50./3) / 7},
		{0.10, 10 / math.Sqrt(200./9) / 7},
	} {
		from, _ := transfer.Alike([]coverage.Portrait{portrait("A", 0), portrait("B", c.source), portrait("C", 0.10)}, "A", "B", nil)
		if math.Abs(from.Distance-c.want) > 1e-12 || from.Parts[coverage.TraitShare] != from.Distance {
			t.Errorf("distance %v of %v, want %v", from.Distance, c.source, c.want)
		}
	}
	// A statistic that one of them lacks adds 2/√π deviations, a seventh of it.
	unknown := portrait("B", 0)
	unknown.Values[coverage.TraitShare] = coverage.Value{}
	from, _ := transfer.Alike([]coverage.Portrait{portrait("A", 0), unknown, portrait("C", 0.10)}, "A", "B", nil)
	if want := 2 / math.Sqrt(math.Pi) / 7; math.Abs(from.Distance-want) > 1e-12 || !from.Missing[coverage.TraitShare] {
		t.Errorf("distance %v, want %v", from.Distance, want)
	}
}

func TestPartsSumToTheDistanceAndTheThreeNearestAdoptersAreTold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []coverage.Portrait
		var codes []string
		for i := range rapid.IntRange(2, 20).Draw(t, "n") {
			p := coverage.Portrait{Code: string(rune('A' + i)), Kind: rapid.SampledFrom([]string{"", "orp", "ostatni"}).Draw(t, "kind")}
			for tr := range p.Values {
				if rapid.IntRange(0, 4).Draw(t, "known") > 0 {
					p.Values[tr] = coverage.KnownValue(rapid.Float64Range(0, 1e6).Draw(t, "v"))
				}
			}
			all, codes = append(all, p), append(codes, p.Code)
		}
		adopters := rapid.SliceOfDistinct(rapid.SampledFrom(codes), rapid.ID).Draw(t, "adopters")
		from, most := transfer.Alike(all, "A", "B", adopters)
		others := slices.DeleteFunc(slices.Clone(adopters), func(c string) bool { return c == "A" })
		if from == nil || len(most) != min(3, len(others)) {
			t.Fatalf("%v, %d adopters of %v", from, len(most), adopters)
		}
		for _, n := range append(slices.Clone(most), *from) {
			sum := 0.0
			for _, part := range n.Parts {
				sum += part
			}
			if math.Abs(sum-n.Distance) > 1e-9 || n.Rank < 1 || n.Rank > n.Of || n.Of != len(all)-1 {
				t.Fatalf("parts sum to %v of %v; rank %d of %d", sum, n.Distance, n.Rank, n.Of)
			}
		}
		for _, n := range most {
			for _, l := range coverage.Similar(all, "A", len(all)) {
				if l.Distance < n.Distance && slices.Contains(others, l.Code) && !slices.ContainsFunc(most, func(m transfer.Nearness) bool { return m.Code == l.Code }) {
					t.Fatalf("%s is nearer than %s and left out", l.Code, n.Code)
				}
			}
		}
	})
}
