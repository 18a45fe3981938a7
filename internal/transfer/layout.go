package transfer

import (
	"cmp"
	"slices"
)

// Step (krok stromu) is a line of the tree: a node and the link by which it was got
// to. A node that more links lead to stands once with all that comes of it and is
// only named (Again) at the others, so that every link stands once.
type Step struct {
	Node  Node
	Link  Link // the zero Link of a root
	Depth int  // of the line in the tree
	Again bool
	Kids  []Step
}

// Tree is the graph as a tree from some roots: what comes of a node in the order of
// the replications.
func (g *Graph) Tree(roots []string) []Step {
	home := g.homes(roots)
	told := make([]bool, len(g.links))
	var grow func(id string, depth int) []Step
	grow = func(id string, depth int) []Step {
		var out []Step
		for _, i := range g.out[id] {
			if told[i] {
				continue
			}
			told[i] = true
			l := g.links[i]
			s := Step{Node: g.nodes[l.To], Link: l, Depth: depth, Again: home[l.To] != i}
			if !s.Again {
				s.Kids = grow(l.To, depth+1)
			}
			out = append(out, s)
		}
		return out
	}
	var out []Step
	for _, id := range roots {
		out = append(out, Step{Node: g.nodes[id], Kids: grow(id, 1)})
	}
	return out
}

// homes chooses for each node the link at which it stands whole: the one that comes
// from the node of the greatest depth, so that the tree is as deep as the graph.
func (g *Graph) homes(roots []string) map[string]int {
	depth, home := g.Depths(), map[string]int{}
	for to, in := range g.in {
		home[to] = slices.MaxFunc(in, func(a, b int) int {
			return cmp.Or(cmp.Compare(depth[g.links[a].From], depth[g.links[b].From]), cmp.Compare(b, a))
		})
	}
	for _, id := range roots {
		home[id] = -1
	}
	return home
}

// Spot (místo) is where a node of a drawing stands: the column is its depth, the
// row in halves of a place.
type Spot struct {
	Node   Node
	Column int
	Row    float64
}

// Layout places the nodes so that links run from left to right and those of the tree
// do not cross: what comes of a node stands together beside it, and the node stands
// in the middle of that. Links are all that there are; those besides the tree may
// cross others, as some graphs cannot be drawn without.
func (g *Graph) Layout(roots []string) (spots []Spot, columns, rows int) {
	depth, free := g.Depths(), 0.0
	var place func(s Step) float64
	place = func(s Step) float64 {
		var kids []float64
		for _, k := range s.Kids {
			if !k.Again {
				kids = append(kids, place(k))
			}
		}
		row := free
		if len(kids) == 0 {
			free++
		} else {
			row = (kids[0] + kids[len(kids)-1]) / 2
		}
		spots = append(spots, Spot{s.Node, depth[s.Node.ID], row})
		columns = max(columns, depth[s.Node.ID]+1)
		return row
	}
	for _, root := range g.Tree(roots) {
		place(root)
	}
	slices.SortFunc(spots, func(a, b Spot) int {
		return cmp.Or(cmp.Compare(a.Column, b.Column), cmp.Compare(a.Row, b.Row))
	})
	return spots, columns, int(free)
}
