// Package transfer works out how a practice travels (6.12, R4-14, R4-15): whether
// a municipality has what a card asks for (fit.go) and who took it from whom
// (lineage.go, layout.go). It is pure: what is known comes in, nothing is read.
package transfer

import (
	"cmp"
	"maps"
	"slices"

	"atlas"
)

// Node (uzel) is a town where a practice is, was or is to be: the town of a card, or
// the follower of a replication that has no card of its own.
type Node struct {
	ID    string // "K-00001" or "B-00001"
	Place string // what makes two nodes one town; "" is not known
	Name  string // of the town, for explanations
}

// Link (předání) is one replication: from whose town, to whose.
type Link struct {
	ID       string // of the replication
	From, To string // nodes
	Given    bool   // abandoned
	Agreed   bool   // both sides confirmed
}

// Graph (rodokmen) is nodes and links. One that was checked link by link has no
// cycles; one that was not is walked all the same, each link once.
type Graph struct {
	nodes map[string]Node
	links []Link
	out   map[string][]int // links that leave a node
	in    map[string][]int
}

// Place tells two towns apart: a code, or abroad the country with the words.
func Place(territory, country, words string) string {
	switch {
	case territory != "":
		return territory
	case words == "":
		return ""
	}
	return country + " " + words
}

// New makes the graph of cards and replications: the town of a card is a node, and
// so is the follower of a replication, which is that of its own card where it has
// one. A replication goes out of the town that it was taken from: that of Via, else
// that of the card. A card that was merged away is the one that it lives in. What
// names something that is not there begins where nothing is known. name gives the
// name of a town.
func New(cards []*atlas.Practice, all []*atlas.Replication, name func(territory, words string) string) *Graph {
	g := &Graph{nodes: map[string]Node{}, out: map[string][]int{}, in: map[string][]int{}}
	lives := map[string]string{}
	stands := func(card string) string { return cmp.Or(lives[card], card) }
	for _, p := range cards {
		if p.MergedInto != "" {
			lives[p.ID] = p.MergedInto
			continue
		}
		town := ""
		if len(p.Territories) > 0 {
			town = p.Territories[0]
		}
		g.nodes[p.ID] = Node{p.ID, Place(town, p.Country, p.PlaceText), name(town, p.PlaceText)}
	}
	to := make(map[string]string, len(all))
	sorted := slices.SortedFunc(slices.Values(all), func(a, b *atlas.Replication) int { return cmp.Compare(a.ID, b.ID) })
	for _, r := range sorted {
		to[r.ID] = cmp.Or(stands(r.Card), r.ID)
		if _, there := g.nodes[to[r.ID]]; !there {
			g.nodes[to[r.ID]] = Node{to[r.ID], Place(r.Territory, r.Country, r.PlaceText), name(r.Territory, r.PlaceText)}
		}
	}
	for _, r := range sorted {
		from := stands(r.Practice)
		if via := to[r.Via]; r.Via != "" && via != "" {
			from = via
		}
		if _, there := g.nodes[from]; !there {
			g.nodes[from] = Node{ID: from}
		}
		g.add(Link{r.ID, from, to[r.ID], r.Abandoned(), r.Confirmed()})
	}
	return g
}

func (g *Graph) add(l Link) {
	g.out[l.From] = append(g.out[l.From], len(g.links))
	g.in[l.To] = append(g.in[l.To], len(g.links))
	g.links = append(g.links, l)
}

// Node finds a node.
func (g *Graph) Node(id string) (Node, bool) { n, ok := g.nodes[id]; return n, ok }

// Links are all links in the order of their replications.
func (g *Graph) Links() []Link { return slices.Clone(g.links) }

// Link finds the link of a replication.
func (g *Graph) Link(id string) (Link, bool) {
	i := slices.IndexFunc(g.links, func(l Link) bool { return l.ID == id })
	if i < 0 {
		return Link{}, false
	}
	return g.links[i], true
}

// trail (stopa) is what was got to from a node: the nodes, the nearest first, and by
// which link each was got to; the first by none, -1.
type trail struct {
	nodes []string
	by    map[string]int
}

func (t trail) has(id string) bool { _, there := t.by[id]; return there }

func (g *Graph) reach(from []string, next map[string][]int, end func(Link) string) trail {
	t := trail{slices.Clone(from), map[string]int{}}
	for _, id := range from {
		t.by[id] = -1
	}
	for at := 0; at < len(t.nodes); at++ {
		for _, i := range next[t.nodes[at]] {
			if to := end(g.links[i]); !t.has(to) {
				t.by[to] = i
				t.nodes = append(t.nodes, to)
			}
		}
	}
	return t
}

func (g *Graph) above(id string) trail {
	return g.reach([]string{id}, g.in, func(l Link) string { return l.From })
}

func (g *Graph) below(ids ...string) trail {
	return g.reach(ids, g.out, func(l Link) string { return l.To })
}

// Family (příbuzenstvo) is the part of the graph that a card or a replication
// belongs to: everything that comes of where it came from. Roots are the nodes that
// nothing is known to have come before, in order.
func (g *Graph) Family(id string) (part *Graph, roots []string) {
	part = &Graph{nodes: map[string]Node{}, out: map[string][]int{}, in: map[string][]int{}}
	if _, there := g.nodes[id]; !there {
		return part, nil
	}
	for _, above := range g.above(id).nodes {
		if len(g.in[above]) == 0 {
			roots = append(roots, above)
		}
	}
	if len(roots) == 0 { // a circle, which nothing that is written now can be
		roots = []string{id}
	}
	slices.Sort(roots)
	for _, below := range g.below(roots...).nodes {
		part.nodes[below] = g.nodes[below]
	}
	for _, l := range g.links {
		if _, there := part.nodes[l.From]; there {
			part.add(l)
		}
	}
	return part, roots
}

// Len is how many nodes there are.
func (g *Graph) Len() int { return len(g.nodes) }

// Depths says after how many handings over each node got the practice, by the
// longest way: that is how far it travelled.
func (g *Graph) Depths() map[string]int {
	depth, waiting := map[string]int{}, map[string]int{}
	var ready []string
	for _, id := range slices.Sorted(maps.Keys(g.nodes)) {
		if waiting[id] = len(g.in[id]); waiting[id] == 0 {
			ready = append(ready, id)
		}
	}
	for len(ready) > 0 {
		id := ready[0]
		ready = ready[1:]
		for _, i := range g.out[id] {
			to := g.links[i].To
			depth[to] = max(depth[to], depth[id]+1)
			if waiting[to]--; waiting[to] == 0 {
				ready = append(ready, to)
			}
		}
	}
	return depth
}

// Fault (závada) is why a link cannot be: Reason and the chain that it would close,
// from the town that comes first to itself again.
type Fault struct {
	Reason Reason
	Chain  []Node
}

// Reason is why a link cannot be.
type Reason string

// The reasons.
const (
	SelfRecord  Reason = "self"       // the card or replication would come of itself
	SelfTown    Reason = "self_town"  // the town would take it from itself
	CycleRecord Reason = "cycle"      // a record would come of what came of it
	CycleTown   Reason = "cycle_town" // a town would get back what it gave
)

// Check says what is wrong with the link of a replication of the graph: it must
// come of nothing that comes of it, neither as a record nor as a town. nil is all
// right.
func (g *Graph) Check(id string) *Fault {
	l, ok := g.Link(id)
	if !ok {
		return nil
	}
	from, to := g.nodes[l.From], g.nodes[l.To]
	switch {
	case l.From == l.To:
		return &Fault{SelfRecord, []Node{from, to}}
	case to.Place != "" && from.Place == to.Place:
		return &Fault{SelfTown, []Node{from, to}}
	}
	up, down := g.above(l.From), g.below(l.To)
	if down.has(l.From) { // what it is taken from would come of it
		return &Fault{CycleRecord, append(g.wayTo(down, l.From), to)}
	}
	for _, above := range up.nodes {
		for _, below := range down.nodes {
			if place := g.nodes[above].Place; place != "" && place == g.nodes[below].Place {
				return &Fault{CycleTown, append(g.wayFrom(up, above), g.wayTo(down, below)...)}
			}
		}
	}
	return nil
}

// wayTo is how a node below was got to, from where the search began.
func (g *Graph) wayTo(down trail, id string) []Node {
	out := []Node{g.nodes[id]}
	for i := down.by[id]; i >= 0; i = down.by[id] {
		id = g.links[i].From
		out = append(out, g.nodes[id])
	}
	slices.Reverse(out)
	return out
}

// wayFrom is how one gets from a node above to where the search upwards began.
func (g *Graph) wayFrom(up trail, id string) []Node {
	out := []Node{g.nodes[id]}
	for i := up.by[id]; i >= 0; i = up.by[id] {
		id = g.links[i].To
		out = append(out, g.nodes[id])
	}
	return out
}
