package document

import "fmt"

// padding is what a cell leaves free on each side.
const padding = 3.5

// row is a row of a table laid out: the lines of its cells and what they are.
type row struct {
	spans  [][]Span
	lines  [][]line
	nodes  []*node
	links  []map[int]*node
	height int // in lines
	header bool
}

// table writes a table whose header is repeated on each page it reaches; a
// repeated one is not read again. A row taller than a page goes on on the next.
func (d *pdf) table(t *Table) {
	n := d.document.child("Table", "")
	widths := d.columns(t)
	titles := make([][]Span, len(t.Columns))
	for i, c := range t.Columns {
		titles[i] = Plain(c.Title)
	}
	header := d.row(titles, widths, func(int) int { return bold })
	header.header = true
	d.room(min(6*cellSize*leading+tall(header.height), pageHeight/3)) // a caption never stands without its table
	d.y -= 4
	if t.Caption != "" {
		d.paragraph(n.child("Caption", ""), Plain(t.Caption), bold, noteSize+0.5, 3)
	}
	tr := n.child("TR", "")
	for i := range header.nodes {
		header.nodes[i] = tr.child("TH", " /A <</O /Table /Scope /Column>>")
	}
	d.rowAcross(t, widths, header, nil)
	for i, cells := range t.Rows {
		last := t.Total && i == len(t.Rows)-1
		r := d.row(t.cells(cells), widths, func(column int) int {
			if last || column == 0 && t.RowHeader {
				return bold
			}
			return regular
		})
		tr := n.child("TR", "")
		for c := range r.nodes {
			if c == 0 && t.RowHeader {
				r.nodes[c] = tr.child("TH", " /A <</O /Table /Scope /Row>>")
			} else {
				r.nodes[c] = tr.child("TD", "")
			}
		}
		d.rowAcross(t, widths, r, header)
	}
	d.y -= 10
}

// row breaks the cells into lines.
func (d *pdf) row(cells [][]Span, widths []float64, look func(column int) int) *row {
	r := &row{spans: cells, height: 1, nodes: make([]*node, len(cells))}
	for i, spans := range cells {
		lines := d.wrap(spans, look(i), cellSize, widths[i]-2*padding)
		r.lines = append(r.lines, lines)
		r.links = append(r.links, map[int]*node{})
		r.height = max(r.height, len(lines))
	}
	return r
}

// tall is how much of a page lines of a row take.
func tall(lines int) float64 { return float64(lines)*cellSize*leading + 2*padding }

// rowAcross draws a row, on the next page where it does not fit, over several
// where it fits on none. again is the header to be repeated.
func (d *pdf) rowAcross(t *Table, widths []float64, r, again *row) {
	const page = pageHeight - margin - bottom
	whole := page
	if again != nil && tall(again.height) < page/3 {
		whole -= tall(again.height)
	} else {
		again = nil
	}
	for from := 0; from < r.height; {
		fit := int((d.y-bottom-2*padding)/(cellSize*leading) + 0.001) // what fits exactly fits
		if fit < 1 || fit < r.height-from && tall(r.height-from) <= whole {
			d.newPage()
			if again != nil {
				d.drawRow(t, widths, again, 0, again.height, true)
			}
			continue
		}
		to := min(r.height, from+fit)
		d.drawRow(t, widths, r, from, to, false)
		from = to
	}
}

// drawRow draws lines of a row with the rule under it. A repeated row is only seen.
func (d *pdf) drawRow(t *Table, widths []float64, r *row, from, to int, repeated bool) {
	s, height := d.sheet(), tall(to-from)
	total := 0.0
	for _, w := range widths {
		total += w
	}
	s.artifact("/Type /Layout")
	if r.header {
		fmt.Fprintf(&s.body, "0.92 g %.2f %.2f %.2f %.2f re f 0 g\n", margin, d.y-height, total, height)
	}
	fmt.Fprintf(&s.body, "0.6 G 0.5 w %.2f %.2f m %.2f %.2f l S\n", margin, d.y-height, margin+total, d.y-height)
	if !repeated {
		s.close()
	}
	x := margin
	for i, lines := range r.lines {
		y := d.y - padding
		for n := from; n < min(to, len(lines)); n++ {
			y -= cellSize * leading
			at := x + padding
			if t.Columns[i].Number {
				at = x + widths[i] - padding - d.width(lines[n], cellSize)
			}
			if repeated {
				for _, p := range lines[n] {
					d.draw(s, p, at, y+cellSize*(leading-1), cellSize)
					at += p.width
				}
				continue
			}
			d.line(r.nodes[i], lines[n], r.spans[i], r.links[i], at, y+cellSize*(leading-1), cellSize)
		}
		x += widths[i]
	}
	s.close()
	d.y -= height
}

// columns shares the width of the page among columns: each gets what its longest
// word needs, what is left goes to those with longer texts. Where not even words
// fit, all are narrowed alike and words break.
func (d *pdf) columns(t *Table) []float64 {
	least, natural := make([]float64, len(t.Columns)), make([]float64, len(t.Columns))
	measure := func(column int, spans []Span, look int) {
		for _, l := range d.wrap(spans, look, cellSize, 1e9) {
			natural[column] = max(natural[column], d.width(l, cellSize)+2*padding+0.1)
		}
		for _, l := range d.wrap(spans, look, cellSize, 0.1*textWidth) {
			least[column] = max(least[column], d.width(l, cellSize)+2*padding+0.1)
		}
	}
	for i, c := range t.Columns {
		measure(i, Plain(c.Title), bold)
	}
	for _, cells := range t.Rows {
		for i, spans := range t.cells(cells) {
			measure(i, spans, bold)
		}
	}
	sumLeast, sumNatural := 0.0, 0.0
	for i := range least {
		least[i], natural[i] = max(least[i], 2*padding+2), max(natural[i], 2*padding+2)
		sumLeast, sumNatural = sumLeast+least[i], sumNatural+natural[i]
	}
	widths := make([]float64, len(least))
	for i := range widths {
		switch {
		case sumNatural <= textWidth:
			widths[i] = natural[i]
		case sumLeast >= textWidth:
			widths[i] = least[i] * textWidth / sumLeast
		default:
			widths[i] = least[i] + (natural[i]-least[i])*(textWidth-sumLeast)/(sumNatural-sumLeast)
		}
	}
	return widths
}
