package document

import (
	"bytes"
	"fmt"
	"strings"
)

// node is an element of the structure tree: what a part of a page is and in which
// order it is read.
type node struct {
	tag    string
	more   string // further entries of its dictionary
	parent *node
	kids   []any // *node, content or annotation
	object int
}

// content is marked content of a page.
type content struct{ page, id int }

// annotation is a place on a page that leads somewhere.
type annotation struct {
	page   int
	box    [4]float64
	uri    string
	to     int // number of the heading it leads to, when there is no address
	about  string
	node   *node
	object int
}

func (n *node) child(tag, more string) *node {
	kid := &node{tag: tag, more: more, parent: n}
	n.kids = append(n.kids, kid)
	return kid
}

// sheet is one page while it is drawn.
type sheet struct {
	number      int
	body        bytes.Buffer
	marks       []*node // by the number of marked content
	open        *node
	aside       bool // open is an artifact: what is not read
	annotations []*annotation
	pictures    []int
	object      int
}

// mark says that what is drawn from now on belongs to an element.
func (s *sheet) mark(n *node) {
	if s.open == n {
		return
	}
	s.close()
	s.open = n
	n.kids = append(n.kids, content{s.number, len(s.marks)})
	fmt.Fprintf(&s.body, "/%s <</MCID %d>> BDC\n", n.tag, len(s.marks))
	s.marks = append(s.marks, n)
}

// artifact says that what is drawn from now on is not read, such as lines;
// properties say more of it.
func (s *sheet) artifact(properties string) {
	s.close()
	s.aside = true
	fmt.Fprintf(&s.body, "/Artifact <<%s>> BDC\n", properties)
}

func (s *sheet) close() {
	if s.open != nil || s.aside {
		s.body.WriteString("EMC\n")
	}
	s.open, s.aside = nil, false
}

// writeTree writes the elements and gives back the number of the root, whose
// parents by page and annotation are in one tree of numbers.
func (d *pdf) writeTree() int {
	root := d.reserve()
	d.number(d.document)
	d.writeNode(d.document, root)
	var parents strings.Builder
	for i, s := range d.sheets {
		fmt.Fprintf(&parents, "%d [", i)
		for _, n := range s.marks {
			fmt.Fprintf(&parents, "%d 0 R ", n.object)
		}
		parents.WriteString("]\n")
	}
	for i, a := range d.annotations {
		fmt.Fprintf(&parents, "%d %d 0 R\n", len(d.sheets)+i, a.node.object)
	}
	tree := d.add("<</Nums [" + parents.String() + "]>>")
	d.set(root, fmt.Sprintf("<</Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey %d>>", d.document.object, tree, len(d.sheets)+len(d.annotations)))
	return root
}

// number gives each element the number of its object.
func (d *pdf) number(n *node) {
	n.object = d.reserve()
	for _, kid := range n.kids {
		if kid, ok := kid.(*node); ok {
			d.number(kid)
		}
	}
}

func (d *pdf) writeNode(n *node, parent int) {
	var kids strings.Builder
	for _, kid := range n.kids {
		switch kid := kid.(type) {
		case *node:
			fmt.Fprintf(&kids, "%d 0 R ", kid.object)
		case content:
			fmt.Fprintf(&kids, "<</Type /MCR /Pg %d 0 R /MCID %d>> ", d.sheets[kid.page].object, kid.id)
		case *annotation:
			fmt.Fprintf(&kids, "<</Type /OBJR /Pg %d 0 R /Obj %d 0 R>> ", d.sheets[kid.page].object, kid.object)
		}
	}
	d.set(n.object, fmt.Sprintf("<</Type /StructElem /S /%s /P %d 0 R%s /K [%s]>>", n.tag, parent, n.more, kids.String()))
	for _, kid := range n.kids {
		if kid, ok := kid.(*node); ok {
			d.writeNode(kid, n.object)
		}
	}
}
