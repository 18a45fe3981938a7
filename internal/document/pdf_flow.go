package document

import (
	"fmt"
	"strconv"
	"strings"
)

// Sizes of letters in points, and how far lines are from each other.
const (
	textSize, noteSize, cellSize, footSize = 10.5, 8.5, 8.5, 8.0
	leading                                = 1.35
)

// headingSizes are those of the title and of headings under it.
var headingSizes = [...]float64{22, 16, 13, 11}

// flow lays the document out, page after page.
func (d *pdf) flow() error {
	d.newPage()
	d.paragraph(d.document.child("H1", ""), Plain(d.doc.Title), bold, headingSizes[0], 0)
	for _, s := range []string{d.doc.Subject, d.doc.AsOf} {
		if s != "" {
			d.paragraph(d.document.child("P", ""), Plain(s), regular, textSize, 4)
		}
	}
	d.contents()
	levels := d.doc.levels()
	for i, b := range d.doc.Blocks {
		if b.Kind == KindHeading && i+1 < len(d.doc.Blocks) {
			d.room(headingSizes[levels[i]]*leading + 14 + d.doc.Blocks[i+1].picturedIn())
		}
		if err := d.block(b, levels[i]); err != nil {
			return err
		}
	}
	d.feet()
	return nil
}

func (d *pdf) block(b Block, level int) error {
	switch b.Kind {
	case KindHeading:
		d.heading(words(b.Text), level)
	case KindText:
		d.paragraph(d.document.child("P", ""), b.Text, regular, textSize, 6)
	case KindNote:
		d.paragraph(d.document.child("P", ""), b.Text, regular, noteSize, 4)
	case KindList:
		d.list(b)
	case KindTable:
		if b.Table != nil && len(b.Table.Columns) > 0 {
			d.table(b.Table)
		}
	case KindFigure:
		if b.Figure != nil {
			return d.figure(b.Figure)
		}
	}
	return nil
}

func (d *pdf) sheet() *sheet { return d.sheets[len(d.sheets)-1] }

func (d *pdf) newPage() {
	if len(d.sheets) > 0 {
		d.sheet().close()
	}
	d.sheets = append(d.sheets, &sheet{number: len(d.sheets)})
	d.y = pageHeight - margin
}

// room begins a new page where less than height is left of this one, unless it is
// empty.
func (d *pdf) room(height float64) {
	if d.y-height < bottom && d.y < pageHeight-margin {
		d.newPage()
	}
}

// feet draws what stands on the foot of each page, when it is known how many there
// are. It is not read.
func (d *pdf) feet() {
	for i, s := range d.sheets {
		s.artifact("/Type /Pagination /Subtype /Footer")
		text := strings.TrimSpace(clean(strings.ReplaceAll(d.doc.Foot, "\n", " ")) + "   " + strconv.Itoa(i+1) + " / " + strconv.Itoa(len(d.sheets)))
		d.draw(s, piece{text: text, face: regular}, pageWidth-margin-d.faces[regular].width(text, footSize), margin-14, footSize)
		s.close()
	}
}

// draw writes one piece where its line stands.
func (d *pdf) draw(s *sheet, p piece, x, y, size float64) {
	if p.text == "" {
		return
	}
	var hex strings.Builder
	for _, r := range p.text {
		fmt.Fprintf(&hex, "%04X", d.faces[p.face].glyph(r).id)
	}
	fmt.Fprintf(&s.body, "BT /F%d %.1f Tf 1 0 0 1 %.2f %.2f Tm <%s> Tj ET\n", p.face, size, x, y, hex.String())
}

// line draws a line for an element; links is where links of its spans are kept
// from line to line.
func (d *pdf) line(n *node, l line, spans []Span, links map[int]*node, x, y, size float64) {
	s := d.sheet()
	for _, p := range l {
		if p.link < 0 {
			s.mark(n)
			d.draw(s, p, x, y, size)
			x += p.width
			continue
		}
		kid := links[p.link]
		if kid == nil {
			kid = n.child("Link", "")
			links[p.link] = kid
		}
		s.mark(kid)
		s.body.WriteString("0.04 0.31 0.62 rg\n")
		d.draw(s, p, x, y, size)
		s.body.WriteString("0 g\n")
		d.annotate(&annotation{box: [4]float64{x, y - size*0.25, x + p.width, y + size*0.85}, uri: spans[p.link].link(), about: words(spans[p.link : p.link+1]), node: kid})
		x += p.width
	}
}

// annotate puts an annotation on the page and into its element.
func (d *pdf) annotate(a *annotation) {
	s := d.sheet()
	a.page = s.number
	a.node.kids = append(a.node.kids, a)
	s.annotations = append(s.annotations, a)
	d.annotations = append(d.annotations, a)
}

// paragraph writes spans across the page.
func (d *pdf) paragraph(n *node, spans []Span, look int, size, after float64) {
	d.indented(n, spans, look, size, 0, nil)
	d.y -= after
}

// indented writes spans from an indent on; before is called on the page of the
// first line with where it stands.
func (d *pdf) indented(n *node, spans []Span, look int, size, indent float64, before func(y float64)) {
	links, height := map[int]*node{}, size*leading
	for _, l := range d.wrap(spans, look, size, textWidth-indent) {
		d.room(height)
		d.y -= height
		if before != nil {
			before(d.y + height - size)
			before = nil
		}
		d.line(n, l, spans, links, margin+indent, d.y+height-size, size)
	}
}

// heading writes a heading; it never stands alone at the end of a page.
func (d *pdf) heading(text string, level int) {
	size := headingSizes[level]
	d.room(size*leading + 14 + 3*textSize*leading)
	if d.y < pageHeight-margin {
		d.y -= 12
	}
	d.headings = append(d.headings, heading{text, level, d.sheet().number, d.y})
	d.paragraph(d.document.child("H"+strconv.Itoa(level+1), ""), Plain(text), bold, size, 5)
}

// contents writes the table of contents. Numbers of pages are those of the round
// before, so that the first round only takes up the room.
func (d *pdf) contents() {
	if d.doc.Contents == "" {
		return
	}
	entries := d.known
	if entries == nil {
		d.doc.headings(func(_, level int, text string) { entries = append(entries, heading{text: text, level: level}) })
	}
	if len(entries) == 0 {
		return
	}
	d.y -= 10
	d.paragraph(d.document.child("P", ""), Plain(d.doc.Contents), bold, headingSizes[2], 4)
	toc := d.document.child("TOC", "")
	for i, h := range entries {
		n := toc.child("TOCI", "").child("Reference", "").child("Link", "")
		indent, height, number := 14*float64(h.level-1), textSize*leading, strconv.Itoa(h.page+1)
		lines := d.wrap(Plain(h.text), regular, textSize, textWidth-indent-40)
		for at, l := range lines {
			d.room(height)
			d.y -= height
			y := d.y + height - textSize
			d.line(n, l, nil, nil, margin+indent, y, textSize)
			if at == len(lines)-1 {
				d.draw(d.sheet(), piece{text: " ", face: regular}, margin+indent+d.width(l, textSize), y, textSize)
				d.draw(d.sheet(), piece{text: number, face: regular}, pageWidth-margin-d.faces[regular].width(number, textSize), y, textSize)
			}
			if d.known != nil {
				d.annotate(&annotation{box: [4]float64{margin + indent, y - 3, pageWidth - margin, y + 9}, to: i, about: h.text, node: n})
			}
		}
	}
	d.y -= 8
}

// list writes a list with its marks beside the items.
func (d *pdf) list(b Block) {
	numbering := "/Disc"
	if b.Ordered {
		numbering = "/Decimal"
	}
	list := d.document.child("L", " /A <</O /List /ListNumbering "+numbering+">>")
	for i, item := range b.Items {
		mark := "• "
		if b.Ordered {
			mark = strconv.Itoa(i+1) + ". "
		}
		li := list.child("LI", "")
		label := li.child("Lbl", "")
		d.indented(li.child("LBody", ""), item, regular, textSize, 20, func(y float64) {
			d.sheet().mark(label)
			d.draw(d.sheet(), piece{text: mark, face: regular}, margin+4, y, textSize)
		})
		d.y -= 2
	}
	d.y -= 4
}
