package transfer_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlas"
	"atlas/internal/transfer"
)

func card(id, town string) *atlas.Practice {
	return &atlas.Practice{ID: id, Territories: []string{town}}
}

func taken(id, practice, via, town string) *atlas.Replication {
	return &atlas.Replication{ID: id, Practice: practice, Via: via, Territory: town}
}

func named(code, words string) string { return code + words }

func chain(all []transfer.Node) string {
	var out []string
	for _, n := range all {
		out = append(out, n.Name)
	}
	return strings.Join(out, "→")
}

// told writes a tree a line for each step.
func told(steps []transfer.Step) []string {
	var out []string
	for _, s := range steps {
		line := fmt.Sprintf("%d %s %s", s.Depth, s.Link.ID, s.Node.Name)
		if s.Link.Given {
			line += " opuštěno"
		}
		if s.Again {
			line += " znovu"
		}
		out = append(append(out, strings.TrimSpace(line)), told(s.Kids)...)
	}
	return out
}

// ranked 3: A→B→C and A→D, which was given up.
func TestAChainOfTownsHasItsDepthsAndWhatWasGivenUp(t *testing.T) {
	given := taken("B-3", "K-1", "", "D")
	given.Status = atlas.TransferAbandoned
	g := transfer.New([]*atlas.Practice{card("K-1", "A")}, []*atlas.Replication{given, taken("B-2", "K-1", "B-1", "C"), taken("B-1", "K-1", "", "B")}, named)
	part, roots := g.Family("B-2")
	want := []string{"0  A", "1 B-1 B", "2 B-2 C", "1 B-3 D opuštěno"}
	if got := told(part.Tree(roots)); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if d := part.Depths(); d["K-1"] != 0 || d["B-1"] != 1 || d["B-2"] != 2 || d["B-3"] != 1 {
		t.Error(d)
	}
	for _, l := range g.Links() {
		if fault := g.Check(l.ID); fault != nil {
			t.Errorf("%s: %v", l.ID, fault)
		}
	}
}

// A follower that wrote its own card is one town, whichever way it is named; who
// follows that card comes of it.
func TestAFollowersOwnCardGoesOnWithTheLineage(t *testing.T) {
	first := taken("B-1", "K-1", "", "B")
	first.Card = "K-2"
	g := transfer.New([]*atlas.Practice{card("K-1", "A"), card("K-2", "B")}, []*atlas.Replication{first, taken("B-2", "K-2", "", "C"), taken("B-3", "K-1", "B-1", "D")}, named)
	part, roots := g.Family("K-2")
	want := []string{"0  A", "1 B-1 B", "2 B-2 C", "2 B-3 D"}
	if got := told(part.Tree(roots)); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestLinksThatCannotBeNameTheirChain(t *testing.T) { // ranked 3: cycles and self-links are refused with an explanation
	own := func(id, practice, via, town, card string) *atlas.Replication {
		r := taken(id, practice, via, town)
		r.Card = card
		return r
	}
	for name, c := range map[string]struct {
		cards []*atlas.Practice
		all   []*atlas.Replication
		check string
		want  transfer.Reason
		chain string
	}{
		"a card that follows itself": {
			[]*atlas.Practice{card("K-1", "A")}, []*atlas.Replication{own("B-1", "K-1", "", "X", "K-1")}, "B-1", transfer.SelfRecord, "A→A",
		},
		"a town that follows itself": {
			[]*atlas.Practice{card("K-1", "A")}, []*atlas.Replication{taken("B-1", "K-1", "", "A")}, "B-1", transfer.SelfTown, "A→A",
		},
		"a replication through itself": {
			[]*atlas.Practice{card("K-1", "A")}, []*atlas.Replication{taken("B-1", "K-1", "B-1", "B")}, "B-1", transfer.SelfRecord, "B→B",
		},
		"two replications through each other": {
			[]*atlas.Practice{card("K-1", "A")}, []*atlas.Replication{taken("B-1", "K-1", "B-2", "B"), taken("B-2", "K-1", "B-1", "C")}, "B-1", transfer.CycleRecord, "B→C→B",
		},
		"two cards that follow each other": {
			[]*atlas.Practice{card("K-1", "A"), card("K-2", "B"), card("K-3", "C")},
			[]*atlas.Replication{own("B-1", "K-1", "", "B", "K-2"), own("B-2", "K-2", "", "C", "K-3"), own("B-3", "K-3", "", "A", "K-1")},
			"B-3", transfer.CycleRecord, "A→B→C→A",
		},
		"a town that gets back what it gave": {
			[]*atlas.Practice{card("K-1", "A")},
			[]*atlas.Replication{taken("B-1", "K-1", "", "B"), taken("B-2", "K-1", "B-1", "C"), taken("B-3", "K-1", "B-2", "A")},
			"B-3", transfer.CycleTown, "A→B→C→A",
		},
		"a town whose followers would get it back": {
			[]*atlas.Practice{card("K-1", "A"), card("K-2", "B")},
			[]*atlas.Replication{own("B-1", "K-1", "", "B", "K-2"), taken("B-2", "K-2", "", "A")},
			"B-1", transfer.CycleTown, "A→B→A",
		},
	} {
		t.Run(name, func(t *testing.T) {
			fault := transfer.New(c.cards, c.all, named).Check(c.check)
			if fault == nil {
				t.Fatal("nothing is said")
			}
			if fault.Reason != c.want || chain(fault.Chain) != c.chain {
				t.Errorf("%s %s", fault.Reason, chain(fault.Chain))
			}
		})
	}
}

func TestATownOfWhichNothingIsKnownIsNoOther(t *testing.T) {
	g := transfer.New([]*atlas.Practice{card("K-1", "")}, []*atlas.Replication{taken("B-1", "K-1", "", ""), taken("B-2", "K-9", "", "C")}, named)
	for _, id := range []string{"B-1", "B-2"} {
		if fault := g.Check(id); fault != nil {
			t.Error(id, fault)
		}
	}
	abroad := transfer.New([]*atlas.Practice{{ID: "K-1", Country: "DE", PlaceText: "Lipsko"}}, []*atlas.Replication{{ID: "B-1", Practice: "K-1", Country: "DE", PlaceText: "Lipsko"}}, named)
	if fault := abroad.Check("B-1"); fault == nil || fault.Reason != transfer.SelfTown {
		t.Error(fault)
	}
}

// ranked 3: merging keeps all links; two cards of which one followed the other cannot
// be one.
func TestAMergedCardIsTheOneItLivesIn(t *testing.T) {
	gone := card("K-2", "A")
	gone.MergedInto = "K-1"
	own := taken("B-2", "K-2", "", "C")
	g := transfer.New([]*atlas.Practice{card("K-1", "A"), gone}, []*atlas.Replication{taken("B-1", "K-1", "", "B"), own}, named)
	part, roots := g.Family("K-1")
	if got := told(part.Tree(roots)); !slices.Equal(got, []string{"0  A", "1 B-1 B", "1 B-2 C"}) {
		t.Errorf("%q", got)
	}
	own.Card = "K-1"
	if fault := transfer.New([]*atlas.Practice{card("K-1", "A"), gone}, []*atlas.Replication{own}, named).Check("B-2"); fault == nil || fault.Reason != transfer.SelfRecord {
		t.Error(fault)
	}
}

// journeys draws replications of one card, each taken from the card or through an
// earlier one, some with cards of their own that are followed in turn.
func journeys(t *rapid.T) *transfer.Graph {
	cards, all := []*atlas.Practice{card("K-0", "town0")}, []*atlas.Replication(nil)
	for i := range rapid.IntRange(0, 25).Draw(t, "n") {
		town := fmt.Sprintf("town%d", i+1)
		r := taken(fmt.Sprintf("B-%02d", i), rapid.SampledFrom(cards).Draw(t, "card").ID, "", town)
		if len(all) > 0 && rapid.Bool().Draw(t, "via") {
			r.Via = rapid.SampledFrom(all).Draw(t, "from").ID
		}
		switch {
		case rapid.IntRange(0, 3).Draw(t, "own") == 0:
			c := card(fmt.Sprintf("K-%d", i+1), town)
			cards, r.Card = append(cards, c), c.ID
		case len(cards) > 1 && rapid.IntRange(0, 3).Draw(t, "joins") == 0: // a second way to a town that has a card
			c := cards[len(cards)-1]
			r.Card, r.Territory = c.ID, c.Territories[0]
		}
		all = append(all, r)
		if transfer.New(cards, all, named).Check(r.ID) != nil { // as the program refuses it
			all = all[:len(all)-1]
		}
	}
	return transfer.New(cards, all, named)
}

func walk(steps []transfer.Step, do func(transfer.Step)) {
	for _, s := range steps {
		do(s)
		walk(s.Kids, do)
	}
}

func TestTreeTableAndGraphTellTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, roots := journeys(t).Family("K-0")
		depth, links, whole := g.Depths(), map[string]int{}, map[string]int{}
		walk(g.Tree(roots), func(s transfer.Step) {
			if !s.Again {
				whole[s.Node.ID]++
				if depth[s.Node.ID] != s.Depth {
					t.Fatalf("%s stands at %d and is %d handings over away", s.Node.ID, s.Depth, depth[s.Node.ID])
				}
			}
			if s.Link.ID != "" {
				links[s.Link.ID]++
				if s.Link.To != s.Node.ID {
					t.Fatal("a line is of another town than its link")
				}
			}
		})
		for _, l := range g.Links() {
			if links[l.ID] != 1 {
				t.Fatalf("%s stands %d× in the tree", l.ID, links[l.ID])
			}
			if depth[l.To] <= depth[l.From] {
				t.Fatalf("%s leads from depth %d to %d", l.ID, depth[l.From], depth[l.To])
			}
		}
		if len(whole) != g.Len() || len(links) != len(g.Links()) {
			t.Fatalf("%d of %d towns, %d of %d links", len(whole), g.Len(), len(links), len(g.Links()))
		}
		for id, n := range whole {
			if n != 1 {
				t.Fatalf("%s stands %d× whole", id, n)
			}
		}
	})
}

func TestLinksOfTheTreeNeverCross(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, roots := journeys(t).Family("K-0")
		spots, columns, rows := g.Layout(roots)
		at := map[string]transfer.Spot{}
		for _, s := range spots {
			if s.Column >= columns || s.Row > float64(rows) {
				t.Fatal("a town stands outside of the drawing")
			}
			for id, o := range at {
				if o.Column == s.Column && o.Row == s.Row {
					t.Fatalf("%s and %s stand at one place", id, s.Node.ID)
				}
			}
			at[s.Node.ID] = s
		}
		if len(at) != g.Len() {
			t.Fatalf("%d of %d towns are drawn", len(at), g.Len())
		}
		var drawn [][2]transfer.Spot
		walk(g.Tree(roots), func(s transfer.Step) {
			if s.Link.ID != "" && !s.Again {
				drawn = append(drawn, [2]transfer.Spot{at[s.Link.From], at[s.Link.To]})
			}
		})
		for i, a := range drawn {
			if a[1].Column != a[0].Column+1 {
				t.Fatal("a link of the tree leaps over a column")
			}
			for _, b := range drawn[:i] {
				if a[0].Column == b[0].Column && (a[0].Row-b[0].Row)*(a[1].Row-b[1].Row) < 0 {
					t.Fatalf("%s→%s crosses %s→%s", a[0].Node.ID, a[1].Node.ID, b[0].Node.ID, b[1].Node.ID)
				}
			}
		}
	})
}

// Whatever the graph is, a refused link closes a circle of towns or of records, and
// one that is not refused closes none.
func TestOnlyLinksThatCloseACircleAreRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		towns := rapid.IntRange(2, 8).Draw(t, "towns")
		cards, all := []*atlas.Practice{card("K-1", "town0")}, []*atlas.Replication(nil)
		for i := range rapid.IntRange(1, 12).Draw(t, "n") {
			r := taken(fmt.Sprintf("B-%02d", i), "K-1", "", fmt.Sprintf("town%d", rapid.IntRange(0, towns-1).Draw(t, "town")))
			if len(all) > 0 && rapid.Bool().Draw(t, "via") {
				r.Via = rapid.SampledFrom(all).Draw(t, "from").ID
			}
			above := map[string]bool{"town0": true}
			for up := r.Via; up != ""; {
				j := slices.IndexFunc(all, func(x *atlas.Replication) bool { return x.ID == up })
				above[all[j].Territory], up = true, all[j].Via
			}
			fault := transfer.New(cards, append(slices.Clone(all), r), named).Check(r.ID)
			if (fault != nil) != above[r.Territory] {
				t.Fatalf("%s in %s through %q: %v", r.ID, r.Territory, r.Via, fault)
			}
			if fault != nil {
				if n := len(fault.Chain); n < 2 || fault.Chain[0].Place != fault.Chain[n-1].Place {
					t.Fatalf("the chain %s is no circle", chain(fault.Chain))
				}
				continue
			}
			all = append(all, r)
		}
	})
}
